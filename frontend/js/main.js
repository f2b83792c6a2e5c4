// Everything works without this file; it only saves time and steps. Each module wires one thing on `document`,
// so content swapped in later needs no wiring of its own.
import "./requests.js";
import "./focus.js";
import "./search.js";
import "./submit.js";
import "./draft.js";
import "./choose.js";
import "./copy.js";
import "./menus.js";

// what is useless without scripts is served hidden and shown here
const reveal = (root) => root.querySelectorAll("[data-js][hidden]").forEach((e) => { e.hidden = false; });
reveal(document);
document.addEventListener("htmx:after:swap", () => reveal(document));
