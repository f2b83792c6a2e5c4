// What comes over the wire, compressed, headers included.
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { launch, signedIn, visitor } from "./program.mjs";

const FIRST = 150_000;
const LATER = 30_000;
const SCRIPTS = 40_000;

const browser = await launch();
after(() => browser.close());

// Loads pages one after the other with one cache; gives the bytes of each by kind.
async function weigh(context, paths) {
  const page = await context.newPage();
  const channel = await context.newCDPSession(page);
  await channel.send("Network.enable");
  const kinds = new Map();
  let sums = {};
  channel.on("Network.responseReceived", (event) => kinds.set(event.requestId, event.type));
  channel.on("Network.loadingFinished", (event) => {
    const kind = kinds.get(event.requestId) ?? "Other";
    sums[kind] = (sums[kind] ?? 0) + event.encodedDataLength;
    sums.all = (sums.all ?? 0) + event.encodedDataLength;
  });
  const weights = [];
  for (const path of paths) {
    sums = {};
    const answer = await page.goto(path, { waitUntil: "networkidle" });
    assert.equal(answer.status(), 200, path);
    console.log(`${path}: ${JSON.stringify(sums)}`);
    weights.push(sums);
  }
  await context.close();
  return weights;
}

test(`first page for a visitor ≤ ${FIRST} bytes`, async () => {
  const [first] = await weigh(await visitor(browser), ["/sign-in"]);
  assert.ok(first.all <= FIRST, JSON.stringify(first));
  assert.ok(first.Font > 0 && first.Stylesheet > 0, "fonts and style sheet were counted");
});

test(`first page after signing in ≤ ${FIRST} bytes, later ones ≤ ${LATER}, scripts ≤ ${SCRIPTS}`, async () => {
  const paths = ["/", "/members", "/units", "/crosstab"];
  const [first, ...later] = await weigh(await signedIn(browser, "thanhuy"), paths);
  assert.ok(first.all <= FIRST, `first page: ${JSON.stringify(first)}`);
  assert.ok((first.Script ?? 0) <= SCRIPTS, `scripts: ${first.Script}`);
  later.forEach((sums, index) => assert.ok(sums.all <= LATER, `${paths[index + 1]}: ${JSON.stringify(sums)}`));
});
