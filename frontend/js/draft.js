// Nothing typed is lost: a form with data-draft="/drafts" is sent there every 10 s while it changes, and on leaving.
// The answer is one line of text ("Đã lưu nháp 19:42") for the form's [data-draft-status]. Before such a form itself is sent, the
// same is asked once more: without network, or signed out meanwhile, the page stays with everything in it.
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

// "kept", "signed-out" (the answer was a way to sign in, not ours) or "failed"; says so in the form
async function keep(form) {
  const status = form.querySelector("[data-draft-status]");
  const say = (text) => { if (status) status.textContent = text ?? ""; };
  try {
    // not followed: the sign-in page would answer 200 and look like a draft that was kept
    const answer = await fetch(form.dataset.draft, { method: "POST", body: fields(form), keepalive: true, redirect: "manual" });
    if (answer.type === "opaqueredirect") {
      say(status?.dataset.signedOut);
      return "signed-out";
    }
    if (!answer.ok) throw new Error(String(answer.status));
    say(await answer.text());
    return "kept";
  } catch {
    say(status?.dataset.failed);
    return "failed";
  }
}

async function save(form) {
  if (!form.isConnected || form.dataset.sent) return;
  changed.delete(form);
  if (await keep(form) !== "kept") changed.add(form);
}

// signed in again in another window: the forms of this page get that session's token
async function renew() {
  try {
    const answer = await fetch(location.href, { redirect: "manual" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("form[data-draft] input[name=_form]")?.value;
    if (token) document.querySelectorAll("input[name=_form]").forEach((input) => { input.value = token; });
  } catch {
    // no network: the form stays as it is
  }
}

async function check(form, submitter) {
  let state = await keep(form);
  if (state !== "kept") {
    await renew();
    state = await keep(form);
  }
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
  form.querySelectorAll("button[aria-disabled]").forEach((b) => b.removeAttribute("aria-disabled"));
  if (state !== "kept") {
    changed.add(form);
    return;
  }
  form.dataset.reached = "1";
  form.requestSubmit(submitter);
  delete form.dataset.reached;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset?.draft || form.dataset.reached || event.defaultPrevented) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  check(form, event.submitter);
}, true);

const flush = () => [...changed].forEach(save);
for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.form;
    if (form?.dataset.draft) changed.add(form);
  });
}
setInterval(flush, EVERY);
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") flush(); });
