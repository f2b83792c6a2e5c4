// Tells everybody, and screen readers first, what just happened: the shell's <div id="say" role="status">.
export function say(text) {
  const place = document.getElementById("say");
  if (!place || !text) return;
  place.textContent = "";
  setTimeout(() => { place.textContent = text; }, 50);
}
