// Hands that have only a keyboard: every step checks that the eye can follow the focus.
import assert from "node:assert/strict";

function whereIsFocus(selector) {
  const e = document.activeElement;
  if (!e || e === document.body) return { name: "nothing", found: false, visible: true, hidden: false };
  const style = getComputedStyle(e);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const visible = outlined || style.boxShadow !== "none";
  // wholly covered by something else, for example a bar that stays on top (WCAG 2.4.11)
  const boxes = [...e.getClientRects()];
  const points = boxes.flatMap((b) => [[b.x + b.width / 2, b.y + b.height / 2], [b.x + 2, b.y + 2], [b.right - 2, b.bottom - 2]]);
  const seen = points.some(([x, y]) => { const top = document.elementFromPoint(x, y); return top && (e.contains(top) || top.contains(e)); });
  const text = (e.getAttribute("aria-label") ?? e.textContent ?? "").trim().slice(0, 40);
  return { name: `${e.tagName.toLowerCase()} "${text}"`, found: e.matches(selector), visible, hidden: !seen };
}

// Presses Tab until the focus is on something that matches; gives the number of presses.
export async function tabTo(page, selector, most = 150) {
  const way = [];
  for (let presses = 1; presses <= most; presses += 1) {
    await page.keyboard.press("Tab");
    const focus = await page.evaluate(whereIsFocus, selector);
    way.push(focus.name);
    assert.ok(focus.visible, `focus cannot be seen on ${focus.name}`);
    assert.ok(!focus.hidden, `focus is covered on ${focus.name}`);
    if (focus.found) return presses;
  }
  assert.fail(`${most} presses of Tab did not reach ${selector}; last: ${way.slice(-8).join(", ")}`);
}

// Enter on a link or button, and the page it leads to.
export async function enter(page) {
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
}

export async function retype(page, text) {
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}
