// Every page in both languages, at three widths, in three text sizes, with and without contrast mode:
// no axe violations, no sideways scrolling, no policy violations, no missing words.
import { mkdirSync, writeFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { launch, look, lookName, see, signedIn, visitor, watch } from "./program.mjs";
import { PAGES, VISITOR, addressOf, visit } from "./pages.mjs";
import { axe, frame, missingWords, overflow } from "./inspect.mjs";

// Languages × widths in full at normal size; sizes and contrast so that each meets every width.
const FULL = [
  look("vi", 0, false, 1366), look("vi", 0, false, 768), look("vi", 0, false, 360),
  look("en", 0, false, 1366), look("en", 0, false, 768), look("en", 0, false, 360),
  look("vi", 1, false, 768), look("vi", 1, true, 360), look("vi", 1, true, 1366),
  look("en", 2, false, 360), look("en", 2, true, 768), look("en", 2, true, 1366),
];
// Each language, width, size and contrast at least once.
const ALIKE = [look("vi", 0, false, 1366), look("vi", 0, false, 360), look("vi", 1, true, 768), look("en", 2, true, 1366)];
// The other accounts see parts of the same pages.
const SHORT = [look("vi", 0, false, 360), look("en", 2, true, 1366)];
// 320 px is 1280 px at 400 % (WCAG 1.4.10).
const REFLOW = [look("vi", 0, false, 320), look("vi", 2, false, 320)];

const browser = await launch();
const unsure = {};
after(async () => {
  await browser.close();
  mkdirSync("out", { recursive: true });
  // what axe cannot decide by itself, for people to look through
  writeFileSync("out/axe-incomplete.json", JSON.stringify(unsure, null, 2));
});

function note(rule, path) {
  const paths = (unsure[rule] ??= []);
  if (!paths.includes(path)) paths.push(path);
}

async function inspect(page, watched, l, deep, whole) {
  const wrong = [...watched.take(), ...(await overflow(page)), ...(await missingWords(page)), ...(await frame(page, l))];
  if (deep) {
    const { violations, incomplete } = await axe(page, whole);
    wrong.push(...violations);
    for (const line of incomplete) note(line.split(":")[0], new URL(page.url()).pathname);
  }
  return wrong;
}

// One line for each fault, with the looks it was found in.
class Faults {
  found = new Map();
  add(l, lines) {
    for (const line of lines) this.found.set(line, [...(this.found.get(line) ?? []), lookName(l)]);
  }
  toString() {
    return [...this.found].map(([line, looks]) => `${line}\n      [${looks.join(" | ")}]`).join("\n");
  }
}

// The faults say where they are; a stack of this file would only hide them.
function bare(message) {
  const error = new Error(message);
  error.stack = message;
  return error;
}

// Two pages at a time: while one is judged the other is drawn.
describe("every page", { concurrency: 2 }, () => {
  for (const [login, { full, pages }] of PAGES) {
    for (const wanted of pages) {
      test(`${login ?? "visitor"}: ${wanted.name}`, { timeout: 120_000 }, () => everyLook(login, wanted, full));
    }
  }
});

async function everyLook(login, wanted, full) {
  const context = login === VISITOR ? await visitor(browser) : await signedIn(browser, login);
  const page = await context.newPage();
  const path = await addressOf(page, wanted);
  const watched = watch(page);
  const faults = new Faults();
  let shown = "";
  // seen with all rules
  const known = new Set();
  const looks = wanted.alike ? ALIKE : full ? FULL : SHORT;
  for (const l of [...looks, ...REFLOW]) {
    await see(page, l);
    // a change of width needs no new answer from the program
    const asked = `${l.lang} ${l.size} ${l.contrast}`;
    if (asked !== shown) await visit(page, path, wanted.status);
    shown = asked;
    const structure = `${l.lang} ${l.width}`;
    faults.add(l, await inspect(page, watched, l, l.width > 320, !known.has(structure)));
    known.add(structure);
  }
  await context.close();
  if (faults.found.size > 0) throw bare(`${path}\n${faults}`);
}
