// After a page or a part of it changed, the keyboard continues where the eye does.
import { say } from "./say.js";

function focus(element) {
  if (!element) return;
  if (!element.matches("a[href], button, input, select, textarea, summary, [tabindex]")) element.tabIndex = -1;
  element.focus();
}

// A link of the error summary leads to its field and puts the caret in it.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('.errors a[href^="#"]');
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  (field.closest(".field, fieldset") ?? field).scrollIntoView({ block: "start" });
  focus(field.matches("input, select, textarea") ? field : field.querySelector("input, select, textarea") ?? field);
});

let before = null;
document.addEventListener("htmx:before:swap", () => { before = document.activeElement; });
document.addEventListener("htmx:after:swap", (event) => {
  const target = event.detail.ctx.target;
  const root = target?.isConnected ? target : (target?.id && document.getElementById(target.id)) || event.target;
  const words = root.matches?.("[data-say]") ? root : root.querySelector?.("[data-say]");
  say(words?.dataset.say);
  const errors = root.matches?.(".errors") ? root : root.querySelector?.(".errors");
  if (errors) return focus(errors);
  // only where the swap took the focus away; a poll or a live search leaves it alone
  if (before && !before.isConnected && document.activeElement === document.body) focus(root.querySelector?.("h1, h2, caption") ?? root);
});

focus(document.querySelector(".errors"));
