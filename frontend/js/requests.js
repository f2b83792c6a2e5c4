// htmx, kept to get/post/target/select/swap/trigger/push-url/sync/indicator.
import htmx from "htmx.org/dist/htmx.esm.js";
import { say } from "./say.js";

// No code from attributes, whatever the policy header says: hx-on, js: and trigger filters all end here.
function refuse() { throw new Error("code in attributes is refused"); }
htmx.registerExtension("no-eval", { init: (api) => api.initSecurity(null, refuse, refuse) });
// Going back loads the page again: figures and rights may have changed, and nothing is kept in the browser.
htmx.config.history = "reload";

document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx) say(document.getElementById("say")?.dataset.offline);
});
