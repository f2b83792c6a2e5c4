// A member's life in the organisation, as a ward's officer writes it down: counted in actions, with the keyboard where it matters.
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { launch, signedIn, watch } from "./program.mjs";

const WARD = "phuong";
const BRANCH = 'main a[href^="/members?unit="]';
const PERSON = /^\/members\/[0-9a-f]{32}$/;

const browser = await launch();
after(() => browser.close());

async function opened() {
  const context = await signedIn(browser, WARD);
  const page = await context.newPage();
  return { context, page, watched: watch(page) };
}

const heading = async (page) => (await page.locator("h1").innerText()).trim();
const branchOf = async (page) => (await page.locator(BRANCH).first().innerText()).trim();

async function people(page) {
  await page.goto("/members");
  const paths = await page.locator('main a[href^="/members/"]').evaluateAll((links) => links.map((a) => a.getAttribute("href")));
  return paths.filter((path) => PERSON.test(path));
}

test("TRF-02 a transfer is asked for in at most twelve actions", { timeout: 120_000 }, async () => {
  const { context, page, watched } = await opened();
  const paths = await people(page);
  await page.goto(paths[0]);
  const [who, from] = [await heading(page), await branchOf(page)];
  let to = from;
  for (const path of paths.slice(1)) {
    await page.goto(path);
    to = await branchOf(page);
    if (to !== from) break;
  }
  assert.notEqual(to, from, "a second branch among the first members");

  let actions = 0;
  const act = async (what) => { actions += 1; await what; };
  await page.goto("/transfers/new");
  await act(page.fill('input[name="from"]', from));
  await act(page.fill('input[name="person"]', who));
  await act(page.fill('input[name="to"]', to));
  for (const [part, value] of [["day", "20"], ["month", "11"], ["year", "2026"]]) await act(page.fill(`input[name="cause-${part}"]`, value));
  await act(page.fill('textarea[name="reason"]', "Chuyển nơi ở"));
  await act(page.locator('main form button[type="submit"]').last().click());
  // names that stand for several are asked back, and everything typed is still there
  for (const name of ["from-id", "person-id", "to-id"]) {
    const choices = page.locator(`main input[name="${name}"]`);
    if ((await choices.count()) > 0) await act(choices.first().check());
  }
  if (new URL(page.url()).pathname === "/transfers/new") {
    assert.equal(await page.inputValue('textarea[name="reason"]'), "Chuyển nơi ở");
    await act(page.locator('main form button[type="submit"]').last().click());
  }
  assert.match(new URL(page.url()).pathname, /^\/transfers\/[0-9a-f]{32}$/);
  assert.ok((await page.locator("main").innerText()).includes(who), who);
  assert.ok(actions <= 12, `${actions} actions`);
  assert.deepEqual(watched.take(), []);
  await context.close();
});

test("DPD-05 one secret field is opened with a reason, shown once, and stands in the log", { timeout: 120_000 }, async () => {
  const { context, page, watched } = await opened();
  const [path] = await people(page);
  await page.goto(path);
  assert.equal(await page.locator("main").getByText(/^09\d{8}$/).count(), 0, "covered until asked for");
  await page.locator("details:has(input[name=field]) summary").click();
  await page.check('input[name="field"][value="phone"]');
  const send = page.locator('main form:has(input[name="field"]) button[type="submit"]');
  await send.click();
  assert.match(await page.title(), /^Lỗi:/, "not without a reason");
  await page.check('input[name="field"][value="phone"]');
  await page.fill('textarea[name="reason"]', "Báo lịch sinh hoạt chi bộ");
  await send.click();
  assert.ok((await page.locator("main").getByText(/^09\d{8}$/).count()) === 1, "the number is shown");
  await page.goto(path);
  assert.equal(await page.locator("main").getByText(/^09\d{8}$/).count(), 0, "only once");
  assert.deepEqual(watched.take(), []);
  await context.close();
  // who looked and why is read above the ward
  const above = await (await signedIn(browser, "thanhuy")).newPage();
  await above.goto(`${path}?tab=log`);
  assert.match(await above.locator("main").innerText(), /Báo lịch sinh hoạt chi bộ/);
  await above.context().close();
});

test("rows pasted from a spreadsheet: what is wrong is told by cell, the rest comes in, and all of it can be taken back", { timeout: 120_000 }, async () => {
  const { context, page, watched } = await opened();
  const [path] = await people(page);
  await page.goto(path);
  const branch = await branchOf(page);
  const rows = [
    "Họ và tên\tNgày sinh\tGiới tính\tChi bộ\tNgày vào Đảng",
    `Nguyễn Thị Dán Thử\t31/02/1980\tNữ\t${branch}\t19/05/2010`,
    `Trần Văn Dán Thử\t12/03/1985\tNam\t${branch}\t19/05/2010`,
  ];
  await page.goto("/members/import");
  await page.fill('textarea[name="pasted"]', rows.join("\n"));
  await page.locator('main form button[type="submit"]').first().click();
  assert.match(await page.locator("main").innerText(), /B2[\s\S]*31\/02\/1980/);
  const preview = page.url();
  await page.locator('form[action$="/confirmation"] button[type="submit"]').click();
  const found = async () => {
    await page.goto("/members?q=tran+van+dan+thu");
    return page.locator('main a[href^="/members/"]').filter({ hasText: "Trần Văn Dán Thử" }).count();
  };
  const until = async (count) => {
    for (let tries = 0; tries < 40 && (await found()) !== count; tries += 1) await page.waitForTimeout(250);
    return found();
  };
  assert.equal(await until(1), 1);
  await page.goto("/members?q=nguyen+thi+dan+thu");
  assert.equal(await page.locator("main").getByText("Nguyễn Thị Dán Thử").count(), 0, "the refused row stays out");
  await page.goto(preview);
  await page.locator('form[action$="/undoing"] button[type="submit"]').click();
  assert.equal(await until(0), 0);
  assert.deepEqual(watched.take(), []);
  await context.close();
});
