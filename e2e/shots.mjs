// Pictures of every page, for people to look at: e2e/shots/<account>-<page>-<look>.png
import { mkdirSync, rmSync } from "node:fs";
import { launch, look, lookName, see, signedIn, visitor } from "./program.mjs";
import { PAGES, VISITOR, addressOf } from "./pages.mjs";

const LOOKS = [
  look("vi", 0, false, 1366), look("en", 0, false, 1366), look("vi", 0, false, 360), look("en", 0, false, 360),
  look("vi", 2, false, 360), look("vi", 0, true, 1366),
];

rmSync("shots", { recursive: true, force: true });
mkdirSync("shots");
const slug = (text) => text.replace(/[^\w+]+/g, "-");
const browser = await launch();
let count = 0;
for (const [login, { full, pages }] of PAGES) {
  if (!full) continue;
  const context = login === VISITOR ? await visitor(browser) : await signedIn(browser, login);
  const page = await context.newPage();
  for (const wanted of pages) {
    const path = await addressOf(page, wanted);
    for (const l of LOOKS) {
      await see(page, l);
      await page.goto(path);
      await page.screenshot({ path: `shots/${slug(login ?? "visitor")}-${slug(wanted.name)}-${slug(lookName(l))}.png`, fullPage: true });
      count += 1;
    }
  }
  await context.close();
}
await browser.close();
console.log(`${count} pictures in e2e/shots`);
