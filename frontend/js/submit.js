// A form is sent once. The idempotency key in it (input name=_key) makes a retry safe, so the lock opens again after a while.
const LOCK = 15000;

function release(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
  form.querySelectorAll("button[aria-disabled]").forEach((b) => b.removeAttribute("aria-disabled"));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("method")?.toLowerCase() !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sent = "1";
  form.setAttribute("aria-busy", "true");
  // not `disabled`: that would drop the button's own value and its focus
  event.submitter?.setAttribute("aria-disabled", "true");
  setTimeout(() => release(form), LOCK);
}, true);

document.addEventListener("htmx:finally:request", (event) => {
  const form = event.detail.ctx.sourceElement?.closest?.("form[data-sent]");
  if (form) release(form);
});
// back from the next page with the old one still in memory
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
