// Nothing typed is lost: a form with data-draft="/drafts" is sent there every 10 s while it changes, and on leaving.
// The answer is one line of text ("Đã lưu nháp 19:42") for the form's [data-draft-status].
const EVERY = 10000;
const changed = new Set();

function fields(form) {
  const data = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && form.elements[name]?.type !== "password") data.append(name, value);
  }
  data.set("_path", location.pathname + location.search);
  return data;
}

async function save(form) {
  changed.delete(form);
  if (!form.isConnected || form.dataset.sent) return;
  const status = form.querySelector("[data-draft-status]");
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body: fields(form), keepalive: true });
    if (!answer.ok) throw new Error(String(answer.status));
    const text = await answer.text();
    if (status) status.textContent = text;
  } catch {
    changed.add(form);
    if (status) status.textContent = status.dataset.failed ?? "";
  }
}

const flush = () => [...changed].forEach(save);
for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.form;
    if (form?.dataset.draft) changed.add(form);
  });
}
setInterval(flush, EVERY);
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") flush(); });
