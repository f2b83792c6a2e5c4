// Minutes without network: one meeting is taken along, encrypted under a PIN, written on, and handed over once when the network is
// back. The address names the meeting: /offline/minutes#<branch>/<number>. Texts come with the page.
import { drop, lock, names, save, unlock } from "./vault.js";
import { merge } from "./merge.js";

const root = document.getElementById("offline");
const words = JSON.parse(root.dataset.words);
const wanted = decodeURIComponent(location.hash.slice(1));
const place = (name) => `/meetings/units/${name}`;
let drawer;
let draft;

// elements: el("p", { class: "hint" }, "text", child)
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child != null));
  return made;
}
function show(...parts) {
  root.replaceChildren(...parts);
  root.querySelector("input, select, button")?.focus();
}
const note = (text, kind = "") => el("div", { class: `note ${kind}`, role: kind ? "alert" : "status" }, text);
const button = (text, click, kind = "") => el("button", { class: `btn ${kind}`, type: "button", onclick: click }, text);
function select(label, options, value, change) {
  const made = el("select", { "aria-label": label, onchange: () => change(made.value) });
  made.append(...options.map(([code, text]) => el("option", { value: code, selected: code === value }, text)));
  return made;
}
function box(label, value, change, type = "text") {
  const made = el("input", { type, value, "aria-label": label, oninput: () => change(made.value) });
  return made;
}

// the meeting as it stands on the server, or why not
async function fetchNow(name) {
  try {
    const answer = await fetch(`${place(name)}/offline.json`, { redirect: "manual", cache: "no-store" });
    if (answer.type === "opaqueredirect") return { problem: words.signIn };
    if (!answer.ok) return { problem: words.notAllowed };
    return { now: await answer.json() };
  } catch {
    return { problem: words.noNetwork };
  }
}

// One save after the other: of two quick changes the second is written last, with what stood at its moment.
let saving = Promise.resolve();
function keep() {
  const now = structuredClone(draft);
  saving = saving.then(() => save(drawer, now));
  return saving;
}
const kept = (change) => async (value) => { change(value); await keep(); };

function askPin(name, text, go) {
  const pin = el("input", { type: "password", inputmode: "numeric", autocomplete: "off", minlength: 6, required: true, id: "pin" });
  const form = el("form", { class: "form", novalidate: true },
    el("div", { class: "field" }, el("label", { for: "pin" }, words.pin), el("p", { class: "hint" }, words.pinHint), pin),
    el("div", { class: "form-actions" }, el("button", { class: "btn primary", type: "submit" }, text)));
  const said = el("p", { role: "alert", class: "error-message" });
  form.prepend(said);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!/^\d{6,12}$/.test(pin.value)) {
      said.textContent = words.pinShort;
      return;
    }
    said.textContent = (await go(pin.value)) ?? "";
  });
  show(form);
}

async function takeAlong(name) {
  const { now, problem } = await fetchNow(name);
  if (problem) return show(note(problem, "warn"));
  if (!now.open) return show(note(words.closed, "warn"));
  askPin(name, words.take, async (pin) => {
    const { key, token, ...base } = now; // made anew for every sending
    draft = { base, seats: base.members.map((seat) => ({ ...seat })), tasks: [] };
    drawer = await lock(name, pin, draft);
    editor();
  });
}

function openDrawer(name) {
  askPin(name, words.unlock, async (pin) => {
    const found = await unlock(name, pin);
    if (found.drawer) {
      ({ drawer, value: draft } = found);
      editor();
      return "";
    }
    if (found.left <= 0) {
      show(note(words.gone, "warn"));
      return "";
    }
    return words.pinWrong.replace("{n}", found.left);
  });
}

function seatRow(seat) {
  const spoke = [["", words.spokeNot], ["0", words.spokeYes], ...draft.base.items.map((item) => [String(item.no), `${item.no}. ${item.title}`])];
  if (!spoke.some(([code]) => code === seat.spoke)) spoke.push([seat.spoke, seat.spoke]);
  return el("tr", {},
    el("th", { scope: "row" }, seat.name),
    el("td", { "data-label": words.was }, select(`${seat.name}: ${words.was}`, draft.base.presences, seat.was, kept((value) => { seat.was = value; }))),
    el("td", { "data-label": words.why }, box(`${seat.name}: ${words.why}`, seat.why, kept((value) => { seat.why = value; }))),
    el("td", { "data-label": words.spoke }, select(`${seat.name}: ${words.spoke}`, spoke, seat.spoke, kept((value) => { seat.spoke = value; }))));
}

function taskRow(task, at) {
  const people = [["", "–"], ...draft.seats.map((seat) => [seat.id, seat.name])];
  return el("tr", {},
    el("td", { "data-label": words.what }, box(words.what, task.what, kept((value) => { task.what = value; }))),
    el("td", { "data-label": words.who }, select(words.who, people, task.who, kept((value) => { task.who = value; }))),
    el("td", { "data-label": words.product }, box(words.product, task.product, kept((value) => { task.product = value; }))),
    el("td", { "data-label": words.due }, box(words.due, task.due, kept((value) => { task.due = value; }), "date")),
    el("td", {}, button(words.remove, async () => { draft.tasks.splice(at, 1); await keep(); editor(); })));
}

function table(caption, heads, rows) {
  return el("div", { class: "table", tabindex: 0, role: "region", "aria-label": caption },
    el("table", {}, el("caption", {}, caption),
      el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, head)))), el("tbody", {}, ...rows)));
}

function editor(...before) {
  const until = new Date(drawer.until).toLocaleDateString("vi-VN");
  show(...before,
    el("h2", {}, draft.base.title), el("p", { class: "hint" }, words.until.replace("{day}", until)),
    table(words.roll, [words.member, words.was, words.why, words.spoke], draft.seats.map(seatRow)),
    table(words.tasks, [words.what, words.who, words.product, words.due, words.remove], draft.tasks.map(taskRow)),
    el("div", { class: "form-actions" },
      button(words.addTask, async () => { draft.tasks.push({ what: "", who: "", product: "", due: "" }); await keep(); editor(); }),
      button(words.send, handOver, "primary"),
      button(words.discard, async () => { if (confirm(words.discardSure)) { await drop(drawer.name); show(note(words.discarded)); } }, "danger")));
}

async function handOver() {
  const { now, problem } = await fetchNow(drawer.name);
  if (problem) return editor(note(problem, "warn"));
  if (!now.open) return editor(note(words.closed, "warn"));
  const merged = now.version === draft.base.version
    ? draft.seats.map((seat) => ({ seat }))
    : merge(draft.base.members, draft.seats, now.members);
  const clashes = merged.filter((one) => one.clash);
  const seats = merged.map((one) => one.seat);
  if (clashes.length === 0) return send(now, seats);
  const said = (seat) => [(draft.base.presences.find(([code]) => code === seat.was) ?? [])[1], seat.why, seat.spoke].filter(Boolean).join(" · ");
  const choice = ({ seat, clash }) => el("tr", {},
    el("th", { scope: "row" }, seat.name), el("td", { "data-label": words.mine }, said(clash.mine)),
    el("td", { "data-label": words.theirs }, said(clash.theirs)),
    el("td", { "data-label": words.choose }, select(`${seat.name}: ${words.choose}`, [["mine", words.mine], ["theirs", words.theirs]], "mine",
      (value) => Object.assign(seat, { was: clash[value].was, why: clash[value].why, spoke: clash[value].spoke }))));
  show(note(words.clash, "warn"), table(words.clash, [words.member, words.mine, words.theirs, words.choose], clashes.map(choice)),
    el("div", { class: "form-actions" }, button(words.send, () => send(now, seats), "primary"), button(words.back, () => editor())));
}

async function send(now, seats) {
  const form = new URLSearchParams({ _form: now.token, _key: now.key, version: now.version, given: draft.base.given });
  for (const seat of seats) for (const field of ["was", "why", "spoke"]) form.set(`${field}-${seat.id}`, seat[field]);
  draft.tasks.forEach((task, at) => {
    for (const field of ["what", "who", "product", "due"]) form.set(`task-${field}-${at}`, task[field]);
  });
  let answer;
  try {
    answer = await fetch(`${place(drawer.name)}/offline`, { method: "POST", body: form, redirect: "manual" });
  } catch {
    return editor(note(words.noNetwork, "warn"));
  }
  if (answer.type !== "opaqueredirect") {
    const told = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
    return editor(note([words.refused, ...(told.issues ?? [])].join(" "), "warn"));
  }
  await drop(drawer.name);
  show(note(words.sent), el("p", {}, el("a", { class: "btn primary", href: place(drawer.name) }, words.openMeeting)));
}

async function begin() {
  if (!window.isSecureContext || !navigator.serviceWorker || !crypto.subtle) return show(note(words.cannot, "warn"));
  navigator.serviceWorker.register("/offline/worker.js", { scope: "/offline/" }).catch(() => root.before(note(words.cannot, "warn")));
  const all = await names();
  if (all.some(({ name }) => name === wanted)) return openDrawer(wanted);
  if (/^[0-9a-f]{32}\/\d+$/.test(wanted)) return takeAlong(wanted);
  if (all.length === 0) return show(note(words.nothing));
  show(el("ul", { class: "plain" }, ...all.map(({ name, until }) => el("li", {},
    button(words.openKept.replace("{no}", name.split("/")[1]).replace("{day}", new Date(until).toLocaleDateString("vi-VN")), () => openDrawer(name))))));
}
window.addEventListener("hashchange", () => location.reload());
begin();
