// Live search: after a pause of 400 ms, never while a word is being composed, and never touching the field itself.
// The form carries data-live, hx-get, hx-trigger="live, submit", hx-sync="this:replace" and a target that does not contain it.
const PAUSE = 400;
const timers = new WeakMap();
const sent = new WeakMap();

function schedule(form, field) {
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => {
    const text = field.value.normalize("NFC").trim();
    if (text === sent.get(form)) return;
    sent.set(form, text);
    form.dispatchEvent(new CustomEvent("live", { bubbles: true }));
  }, PAUSE));
}

function typed(event) {
  const form = event.target.closest?.("form[data-live]");
  if (form && !event.isComposing) schedule(form, event.target);
}
document.addEventListener("input", typed);
document.addEventListener("compositionend", typed);
document.addEventListener("submit", (event) => clearTimeout(timers.get(event.target)), true);

// the address follows, so that reload, copy and back find the same results
document.addEventListener("htmx:after:swap", (event) => {
  const { sourceElement, response } = event.detail.ctx;
  if (sourceElement?.matches?.("form[data-live]") && response?.raw?.ok) {
    history.replaceState(history.state, "", response.raw.url);
  }
});
