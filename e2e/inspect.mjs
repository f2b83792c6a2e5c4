// What is asked of every page in every look.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// What text size and contrast can change; all else depends on language and width only.
const BY_LOOK = ["color-contrast", "target-size", "scrollable-region-focusable"];

// A list of fifty rows is one row fifty times: what differs in words and addresses alone is judged three times, the
// first, the second (every other row may be tinted) and the last, not fifty times.
// The others step aside while axe looks: it reads the style of every element there is, however few it judges.
const setAside = () => {
  const GEOMETRY = new Set(["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height", "d", "points", "transform"]);
  const WORDS = new Set([
    "id", "for", "href", "hx-get", "hx-post", "action", "src", "name", "value", "title", "alt", "datetime",
    "aria-label", "aria-labelledby", "aria-describedby", "aria-controls",
  ]);
  const shape = (e) => {
    if (e.nodeType !== Node.ELEMENT_NODE) return e.textContent.trim() ? "…" : "";
    const said = (a) => (WORDS.has(a.name) || a.name.startsWith("data-") ? Boolean(a.value) : a.value);
    const facts = [...e.attributes].filter((a) => !GEOMETRY.has(a.name)).map((a) => `${a.name}=${said(a)}`);
    return `<${e.tagName} ${facts.sort().join(" ")}>${[...e.childNodes].map(shape).join("")}</>`;
  };
  const aside = [];
  for (const parent of [...document.body.querySelectorAll("*")].filter((e) => e.children.length >= 8)) {
    const alike = new Map();
    for (const child of parent.children) {
      const key = shape(child);
      alike.set(key, [...(alike.get(key) ?? []), child]);
    }
    for (const child of [...alike.values()].flatMap((children) => children.slice(2, -1))) {
      const place = document.createComment("");
      child.replaceWith(place);
      aside.push([place, child]);
    }
  }
  globalThis.backAgain = () => { for (const [place, child] of aside.reverse()) place.replaceWith(child); };
};

// Run through the browser's debugging channel, so the page keeps its own content security policy.
export async function axe(page, whole) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  await page.evaluate(setAside);
  const { violations, incomplete } = await page.evaluate(
    (runOnly) => globalThis.axe.run(document, { runOnly, resultTypes: ["violations", "incomplete"] }),
    whole ? { type: "tag", values: TAGS } : { type: "rule", values: BY_LOOK },
  );
  await page.evaluate(() => globalThis.backAgain());
  const said = ({ id, help, nodes }) =>
    `${id} (${help}): ${nodes.slice(0, 3).map((n) => `${n.target.join(" ")} ${n.failureSummary?.split("\n")[1]?.trim() ?? ""}`).join("; ")}` +
    (nodes.length > 3 ? ` and ${nodes.length - 3} more` : "");
  return { violations: violations.map(said), incomplete: incomplete.map((found) => `${found.id}: ${found.nodes.length}`) };
}

// The page itself never scrolls sideways; wide tables scroll inside their own region.
export async function overflow(page) {
  const { wide, culprits } = await page.evaluate(() => {
    const root = document.documentElement;
    const limit = root.clientWidth;
    const inside = (e) => { for (let p = e.parentElement; p; p = p.parentElement) if (getComputedStyle(p).overflowX !== "visible") return true; return false; };
    const out = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > limit + 1 && !inside(e));
    const name = (e) => `${e.tagName.toLowerCase()}${e.className?.baseVal ?? (e.className ? `.${e.className}` : "")}`;
    return { wide: root.scrollWidth - limit, culprits: out.slice(0, 3).map(name) };
  });
  return wide > 0 ? [`${wide} px wider than the window: ${culprits.join(", ")}`] : [];
}

// A word without a translation is shown in these brackets.
export async function missingWords(page) {
  const found = await page.evaluate(() => document.documentElement.outerHTML.match(/⟦[^⟧]*⟧?/gu) ?? []);
  return [...new Set(found)].map((word) => `missing word: ${word}`);
}

// Language, heading and title stand where readers of every kind expect them.
export async function frame(page, l) {
  const found = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    h1: [...document.querySelectorAll("h1")].map((h) => h.textContent.trim()),
    title: document.title,
  }));
  const wrong = [];
  if (found.lang !== l.lang) wrong.push(`lang is ${found.lang}`);
  if (found.h1.length !== 1 || !found.h1[0]) wrong.push(`main headings: ${JSON.stringify(found.h1)}`);
  if (!found.title.includes(found.h1[0])) wrong.push(`title "${found.title}" does not name the page`);
  return wrong;
}
