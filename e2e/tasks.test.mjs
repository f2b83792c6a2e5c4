// The core tasks from beginning to end: with the keyboard alone, and without JavaScript.
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { launch, look, passwordOf, see, signInForm, signedIn, visitor, watch } from "./program.mjs";
import { axe, missingWords } from "./inspect.mjs";
import { enter, retype, tabTo } from "./keyboard.mjs";
import { countRows } from "./workbook.mjs";

const CITY = "thanhuy";
const WHO = 'header .find input[name="q"]';
const PERSON = 'main a[href^="/members/"]:not([href*="import"])';
const UNIT = 'main a[href^="/units/"]:not([href*="export"]):not([href*="import"]):not([href*="new"]):not([href*="/list."])';
const CELL = 'main td a[href^="/members?"]';
const EXPORT = 'main a[href*="export"], main form[action*="export"] button';
const WRITE = 'main form[action^="/members/exports"] button[type="submit"]';
const MENU = (href) => `nav.nav .nav-wide a[href="${href}"]`;

const browser = await launch();
after(() => browser.close());

const number = (text) => Number(text.replace(/\D/g, ""));
const heading = async (page) => (await page.locator("h1").innerText()).trim();

async function saved(page, activate) {
  const [download] = await Promise.all([page.waitForEvent("download"), activate()]);
  assert.match(download.suggestedFilename(), /\.xlsx$/);
  return countRows(await download.path());
}

// An export has a row for each member and a few lines of title, day and headings above them.
function assertRows(rows, members) {
  assert.ok(rows > members && rows <= members + 10, `${members} members in the cell, ${rows} rows in the workbook`);
}

test("keyboard: sign in, find a member, open person, branch and unit, change the day", { timeout: 120_000 }, async () => {
  const context = await visitor(browser);
  const page = await context.newPage();
  const watched = watch(page);
  await page.goto("/sign-in");
  await tabTo(page, signInForm.login);
  await page.keyboard.type(CITY);
  await tabTo(page, signInForm.password);
  await page.keyboard.type(passwordOf(CITY));
  await enter(page);
  assert.equal(new URL(page.url()).pathname, "/");

  const presses = await tabTo(page, WHO);
  assert.ok(presses <= 4, `the search box is ${presses} presses of Tab away`);
  await page.keyboard.type("nguyen van");
  await enter(page);
  assert.equal(new URL(page.url()).pathname, "/search");
  await tabTo(page, PERSON);
  const name = await page.evaluate(() => document.activeElement.textContent.trim());
  await enter(page);
  assert.match(new URL(page.url()).pathname, /^\/members\/[0-9a-f]{32}$/);
  assert.ok((await heading(page)).includes(name), `page of ${name}`);

  await tabTo(page, MENU("/units"));
  await enter(page);
  await tabTo(page, UNIT);
  await enter(page);
  assert.match(new URL(page.url()).pathname, /^\/units\/[0-9a-f]{32}$/);

  await tabTo(page, "details.asof summary");
  await page.keyboard.press("Enter");
  await tabTo(page, "#asof-day");
  await retype(page, "30/6/2025");
  await enter(page);
  assert.match(page.url(), /[?&]day=30(%2F|\/)6(%2F|\/)2025/);
  assert.match(await page.locator("details.asof summary").innerText(), /30\/06\/2025/);
  assert.deepEqual(watched.take(), []);
  await context.close();
});

test("keyboard: cross-tab, the list behind a cell, its export", { timeout: 120_000 }, async () => {
  const context = await signedIn(browser, CITY);
  const page = await context.newPage();
  const watched = watch(page);
  await page.goto("/");
  await tabTo(page, MENU("/crosstab"));
  await enter(page);
  await tabTo(page, CELL);
  const members = number(await page.evaluate(() => document.activeElement.textContent));
  assert.ok(members > 0);
  await enter(page);
  assert.equal(new URL(page.url()).pathname, "/members");
  await tabTo(page, EXPORT);
  await enter(page);
  await tabTo(page, WRITE);
  assertRows(await saved(page, () => page.keyboard.press("Enter")), members);
  assert.deepEqual(watched.take(), []);
  await context.close();
});

test("keyboard: the skip link leads past the menu", async () => {
  const context = await signedIn(browser, CITY);
  const page = await context.newPage();
  await page.goto("/members");
  assert.equal(await tabTo(page, "a.skip"), 1);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.closest("main") !== null));
  await context.close();
});

test("without JavaScript: the same tasks finish", { timeout: 120_000 }, async () => {
  const context = await visitor(browser, { javaScriptEnabled: false });
  const page = await context.newPage();
  const watched = watch(page);
  await page.goto("/sign-in");
  await page.fill(signInForm.login, CITY);
  await page.fill(signInForm.password, passwordOf(CITY));
  await page.click(signInForm.submit);
  assert.equal(new URL(page.url()).pathname, "/");

  await page.fill(WHO, "nguyễn văn");
  await page.press(WHO, "Enter");
  await page.locator(PERSON).first().click();
  assert.match(new URL(page.url()).pathname, /^\/members\/[0-9a-f]{32}$/);

  await page.click(MENU("/units"));
  await page.locator(UNIT).first().click();
  await page.click("details.asof summary");
  await page.fill("#asof-day", "30/6/2025");
  await page.press("#asof-day", "Enter");
  assert.match(await page.locator("details.asof summary").innerText(), /30\/06\/2025/);

  await page.click(MENU("/crosstab"));
  const cell = page.locator(CELL).first();
  const members = number(await cell.innerText());
  await cell.click();
  await page.locator(EXPORT).first().click();
  assertRows(await saved(page, () => page.click(WRITE)), members);

  await page.click("details.account summary");
  await page.click('form[action="/sign-out"] button');
  await page.goto("/members");
  assert.equal(new URL(page.url()).pathname, "/sign-in", "signed out");
  assert.deepEqual(watched.take(), []);
  await context.close();
});

test("language, text size and contrast change in place and stay", async () => {
  const context = await signedIn(browser, CITY);
  const page = await context.newPage();
  await see(page, look());
  await page.goto("/members?q=nguyen");
  const html = page.locator("html");
  await page.click('form.look button[name=lang][value="en"]');
  assert.equal(await html.getAttribute("lang"), "en");
  assert.equal(page.url().split("/").pop(), "members?q=nguyen", "the same page");
  await page.click('form.look button[name=size][value="2"]');
  await page.click('form.look button[name=contrast][value="c"]');
  await page.goto("/units");
  assert.equal(await html.getAttribute("lang"), "en");
  assert.match(await html.getAttribute("class"), /size-2/);
  assert.match(await html.getAttribute("class"), /contrast/);
  assert.equal(await page.getAttribute('form.look button[name=size][value="2"]', "aria-pressed"), "true");
  await context.close();
});

test("a wrong password: summary with focus, marked title, what was typed kept", async () => {
  const context = await visitor(browser);
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.fill(signInForm.login, "khong-co-nguoi-nay");
  await page.fill(signInForm.password, "mat-khau-sai");
  await page.click(signInForm.submit);
  await page.locator(".errors").waitFor();
  assert.ok(await page.evaluate(() => document.activeElement?.closest(".errors") !== null), "the summary has the focus");
  assert.match(await page.title(), /^Lỗi:/);
  assert.equal(await page.inputValue(signInForm.login), "khong-co-nguoi-nay");
  assert.equal(await page.inputValue(signInForm.password), "");
  assert.deepEqual((await axe(page, true)).violations, []);
  assert.deepEqual(await missingWords(page), []);
  await context.close();
});

test("out of scope looks exactly like absent", async () => {
  const city = await (await signedIn(browser, CITY)).newPage();
  await city.goto("/units");
  const top = await city.locator(UNIT).first().getAttribute("href");
  const page = await (await signedIn(browser, "chibo")).newPage();
  const texts = [];
  for (const path of [top.split("?")[0], `/units/${"0".repeat(32)}`]) {
    const answer = await page.goto(path);
    assert.equal(answer.status(), 404, path);
    // each answer has its own trace code, nothing else may differ
    texts.push((await page.locator("main").innerText()).replace(/[0-9a-f]{16}/g, ""));
  }
  assert.equal(texts[0], texts[1]);
});

test("a branch secretary writes down and closes a meeting in at most forty actions", { timeout: 120_000 }, async () => {
  const context = await signedIn(browser, "chibo");
  const page = await context.newPage();
  const watched = watch(page);
  let actions = 0;
  const act = async (what) => { actions += 1; await what; };
  await page.goto("/meetings?show=");
  await act(page.locator('main table a[href^="/meetings/units/"]').first().click());
  // The month's regular meeting may be there already: a thematic one may always be opened.
  if (!(await page.locator('select[name="kind"]').first().isVisible())) await act(page.locator("main details.more summary").first().click());
  await act(page.locator('select[name="kind"]').first().selectOption("2"));
  await act(page.locator('main details.more form button[type="submit"]').first().click());
  await page.waitForURL(/\/meetings\/units\/[0-9a-f]{32}\/\d+\?done=saved$/);

  const was = page.locator('select[name^="was-"]');
  const members = await was.count();
  assert.ok(members > 3, `${members} members on the roll`);
  await act(was.nth(0).selectOption("2"));
  for (let at = 1; at <= Math.min(10, members - 1); at += 1) await act(page.locator('select[name^="spoke-"]').nth(at).selectOption("0"));
  await act(page.locator('select[name="chair"]').selectOption({ index: 2 }));
  for (const name of ["report", "discussion", "conclusion"]) await act(page.locator(`textarea[name="${name}"]`).fill("Đã bàn và thống nhất"));
  await act(page.locator('input[name="ideology"]').fill("20"));
  for (const tick of await page.locator('input[name="ticks"]').all()) await act(tick.check());
  await act(page.locator('section form.wide button[type="submit"]').click());
  await page.waitForURL(/done=saved$/);
  await act(page.locator('form[action$="/closing"] button[type="submit"]').click());
  await page.waitForURL(/done=meeting-closed$/);
  assert.match(await page.locator("main").innerText(), /\/100/);
  assert.ok(actions <= 40, `${actions} actions`);
  assert.deepEqual(watched.take(), []);
  await context.close();
});
