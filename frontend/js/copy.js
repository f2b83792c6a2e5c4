// "Copy table": <button data-copy="table-id" data-done="Đã chép bảng">. Cells go as tab-separated text; data-v, where
// present, is the bare value, so that a spreadsheet reads 248.736 as a number. A <textarea> is copied the same way.
import { say } from "./say.js";

const cell = (c) => (c.dataset.v ?? c.innerText).replace(/\s+/g, " ").trim();

function tsv(table) {
  const rows = [...table.rows].map((row) => [...row.cells].flatMap((c) => [cell(c), ...Array(c.colSpan - 1).fill("")]));
  return rows.map((row) => row.join("\t")).join("\n");
}

// a text in a <textarea>: addresses of this site are made whole, for it is pasted elsewhere
const whole = (text) => text.replace(/(^|\s)(\/(?:m|meetings)\/\S+)/g, (_, before, path) => before + location.origin + path);

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
  const what = button && document.getElementById(button.dataset.copy);
  if (!what) return;
  await put(what.tagName === "TABLE" ? tsv(what) : whole(what.value));
  button.focus();
  say(button.dataset.done);
});
