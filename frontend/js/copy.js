// "Copy table": <button data-copy="table-id" data-done="Đã chép bảng">. Cells go as tab-separated text; data-v, where
// present, is the bare value, so that a spreadsheet reads 248.736 as a number.
import { say } from "./say.js";

const cell = (c) => (c.dataset.v ?? c.innerText).replace(/\s+/g, " ").trim();

function tsv(table) {
  const rows = [...table.rows].map((row) => [...row.cells].flatMap((c) => [cell(c), ...Array(c.colSpan - 1).fill("")]));
  return rows.map((row) => row.join("\t")).join("\n");
}

async function put(text) {
  // the clipboard interface is missing on plain-http networks
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = Object.assign(document.createElement("textarea"), { className: "visually-hidden", value: text });
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  const table = button && document.getElementById(button.dataset.copy);
  if (!table) return;
  await put(tsv(table));
  button.focus();
  say(button.dataset.done);
});
