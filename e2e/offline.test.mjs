// Minutes without network: taken along under a PIN, written on while the network is away, handed over once; conflicts side by side.
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { launch, signedIn, watch } from "./program.mjs";

const PIN = "246810";
const ROW = "#offline table >> nth=0 >> tbody tr";

const browser = await launch();
after(() => browser.close());

// A new meeting of the secretary's branch, which the committee above allows to be taken along.
async function openMeeting(page) {
  await page.goto("/meetings?show=");
  await page.locator('main table a[href^="/meetings/units/"]').first().click();
  // The month's regular meeting may be there already: a thematic one may always be opened.
  if (!(await page.locator('select[name="kind"]').first().isVisible())) await page.locator("main details.more summary").first().click();
  await page.locator('select[name="kind"]').first().selectOption("2");
  await page.locator('main details.more form button[type="submit"]').first().click();
  await page.waitForURL(/\/meetings\/units\/[0-9a-f]{32}\/\d+\?done=saved$/);
  return new URL(page.url()).pathname;
}

async function allow(meeting) {
  const context = await signedIn(browser, "thanhuy");
  const page = await context.newPage();
  await page.goto(meeting);
  await page.locator('form[action$="/offline"] button[type="submit"]').first().click();
  await page.waitForURL(/done=saved/);
  await context.close();
}

// What lies on the device, sealed; changes with every saving.
const sealed = (page) => page.evaluate(async () => {
  const db = await new Promise((done) => { const asked = indexedDB.open("chibo-offline", 1); asked.onsuccess = () => done(asked.result); });
  const all = await new Promise((done) => { const asked = db.transaction("kept").objectStore("kept").getAll(); asked.onsuccess = () => done(asked.result); });
  db.close();
  return all.filter((one) => one.box).map((one) => String(new Uint8Array(one.box.data))).join();
});

// Sealing takes a moment: does something and waits until it lies on the device.
async function saving(page, act) {
  const before = await sealed(page);
  await act();
  for (let tries = 0; (await sealed(page)) === before; tries += 1) {
    assert.ok(tries < 100, "what was typed is saved without being asked");
    await page.waitForTimeout(30);
  }
}

const told = (page, was) => page.locator(ROW).nth(was);

test("MTG-10 minutes are written without network and handed over once, conflicts stand side by side", { timeout: 120_000 }, async () => {
  const context = await signedIn(browser, "chibo");
  const page = await context.newPage();
  const watched = watch(page);
  const meeting = await openMeeting(page);
  assert.equal(await page.locator('a[href^="/offline/minutes"]').count(), 0, "off by default");
  await allow(meeting);

  // taken along: nothing of it can be read without the PIN
  await page.goto(`/offline/minutes#${meeting.slice("/meetings/units/".length)}`);
  await page.fill("#pin", "12");
  await page.keyboard.press("Enter");
  await page.locator("#offline .error-message:not(:empty)").waitFor();
  await page.fill("#pin", PIN);
  await page.keyboard.press("Enter");
  await page.locator(ROW).first().waitFor();
  assert.ok((await page.locator(ROW).count()) >= 2, "a branch has two members at least");
  await page.evaluate(() => navigator.serviceWorker.ready);
  const names = await told(page, 0).locator("th").innerText();
  const kept = await page.evaluate(async () => {
    const db = await new Promise((done) => { const asked = indexedDB.open("chibo-offline", 1); asked.onsuccess = () => done(asked.result); });
    const all = await new Promise((done) => { const asked = db.transaction("kept").objectStore("kept").getAll(); asked.onsuccess = () => done(asked.result); });
    const boxes = all.filter((one) => one.box).map((one) => new TextDecoder().decode(one.box.data));
    return { boxes: boxes.length, text: boxes.join("") };
  });
  assert.equal(kept.boxes, 1);
  assert.ok(!kept.text.includes(names), "names lie encrypted on the device");

  // the network goes, the battery too: the page still opens, asks for the PIN and knows what was written
  await context.setOffline(true);
  await saving(page, () => told(page, 0).locator("select").first().selectOption({ index: 2 }));
  await saving(page, async () => {
    await told(page, 0).locator("input").fill("Ốm");
    await page.locator("#offline h2").click();
  });
  await page.reload();
  await page.fill("#pin", "135791");
  await page.keyboard.press("Enter");
  await page.locator("#offline .error-message:not(:empty)").waitFor();
  await page.fill("#pin", PIN);
  await page.keyboard.press("Enter");
  await told(page, 0).waitFor();
  assert.equal(await told(page, 0).locator("input").inputValue(), "Ốm");
  const mine = await told(page, 0).locator("select").first().inputValue();
  await page.locator("#offline .form-actions .btn.primary").click();
  await page.locator("#offline .note.warn").waitFor();

  // meanwhile somebody writes something else about the same member
  await context.setOffline(false);
  const other = await context.newPage();
  await other.goto(meeting);
  const seat = await other.locator('select[name^="was-"]').first().getAttribute("name");
  await other.locator(`[name="${seat}"]`).selectOption({ index: 1 });
  await other.locator(`form:has([name="${seat}"]) button[type=submit]`).first().click();
  await other.waitForURL(/done=/);

  await page.locator("#offline .form-actions .btn.primary").click();
  // One conflict, both texts beside each other; the note of the lost network stands until then, so the rows are waited for.
  await page.waitForFunction(() => document.querySelectorAll("#offline tbody tr").length === 1);
  await page.locator("#offline .form-actions .btn.primary").click();
  await page.locator("#offline a.btn.primary").click();
  assert.equal(new URL(page.url()).pathname, meeting);
  assert.equal(await page.locator(`[name="${seat}"]`).first().inputValue(), mine, "what was chosen stands");

  // handed over once: nothing is left on the device
  await page.goto("/offline/minutes");
  await page.locator("#offline .note").waitFor();
  assert.equal(await page.locator("#pin").count(), 0);
  const wrong = watched.take().filter((line) => !/ERR_INTERNET_DISCONNECTED|Failed to fetch/.test(line));
  assert.deepEqual(wrong, []);
  await context.close();
});
