// "Select all": <input type="checkbox" data-all="ids"> governs every checkbox named ids; [data-count="ids"] shows how many.
const boxes = (name) => [...document.querySelectorAll(`input[type=checkbox][name="${CSS.escape(name)}"]:not(:disabled)`)];

function refresh(name) {
  const all = boxes(name);
  const on = all.filter((b) => b.checked).length;
  document.querySelectorAll(`[data-all="${CSS.escape(name)}"]`).forEach((master) => {
    master.checked = on > 0 && on === all.length;
    master.indeterminate = on > 0 && on < all.length;
  });
  document.querySelectorAll(`[data-count="${CSS.escape(name)}"]`).forEach((place) => { place.textContent = on; });
}

document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.type !== "checkbox") return;
  if (box.dataset.all) {
    const { checked } = box;
    boxes(box.dataset.all).forEach((b) => { b.checked = checked; });
  }
  refresh(box.dataset.all || box.name);
});
