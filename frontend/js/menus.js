// What opens in place closes on Escape (focus returns to its summary), on a click outside and when focus leaves it.
const open = () => document.querySelectorAll("details:is(.account, .asof, .chooser, [data-menu])[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  open().forEach((menu) => {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary")?.focus();
  });
});
for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, (event) => open().forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  }));
}
