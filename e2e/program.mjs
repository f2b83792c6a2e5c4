// The running program and the browser: where it is, who may sign in, how pages are opened and watched.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

function told(name, what) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set (${what}); run: cargo xtask e2e`);
  return value;
}

export const BASE = told("CHIBO_E2E_URL", "address of a running chibo");

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

// Playwright's own browser is never fetched: the system's is used.
export function launch() {
  return chromium.launch({ executablePath: told("CHIBO_CHROMIUM", "path of the browser"), args: FLAGS });
}

// The demonstration writes its accounts beside its data.
function accounts() {
  const file = join(told("CHIBO_E2E_DATA", "data folder of the demonstration"), "demo-accounts.json");
  if (!existsSync(file)) throw new Error(`${file} is missing: the demonstration should have written it`);
  return JSON.parse(readFileSync(file, "utf8")).accounts;
}

export function passwordOf(login) {
  const found = accounts().find((account) => account.login === login);
  if (!found) throw new Error(`the demonstration has no account ${login}`);
  return found.password;
}

// How a page is looked at: language, text size 0-2, contrast, width.
export const look = (lang = "vi", size = 0, contrast = false, width = 1366) => ({ lang, size, contrast, width });
export const lookName = (l) => `${l.lang} ${l.width}px ${"A" + "+".repeat(l.size)}${l.contrast ? " contrast" : ""}`;

export function lookCookie(l) {
  return { name: "chibo_look", value: `${l.lang}.${l.size}.${l.contrast ? "c" : "n"}`, url: BASE };
}

// Height in which most pages need scrolling, so that nothing is tested only above the fold.
const HEIGHT = 800;

export async function visitor(browser, options = {}) {
  const context = await browser.newContext({
    baseURL: BASE, locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh", viewport: { width: 1366, height: HEIGHT }, ...options,
  });
  context.setDefaultTimeout(15_000);
  return context;
}

export async function see(page, l) {
  await page.context().addCookies([lookCookie(l)]);
  await page.setViewportSize({ width: l.width, height: HEIGHT });
}

export const signInForm = {
  form: 'main form[action^="/sign-in"]',
  login: 'main form[action^="/sign-in"] input[type=text]',
  password: 'main form[action^="/sign-in"] input[type=password]',
  submit: 'main form[action^="/sign-in"] button[type=submit]',
};

// Signs in once per account and browser; further contexts start from the kept cookies.
const kept = new Map();
export async function signedIn(browser, login, options = {}) {
  if (!kept.has(login)) {
    const context = await visitor(browser);
    const page = await context.newPage();
    await page.goto("/sign-in");
    await page.fill(signInForm.login, login);
    await page.fill(signInForm.password, passwordOf(login));
    await page.click(signInForm.submit);
    await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
    kept.set(login, await context.storageState());
    await context.close();
  }
  return visitor(browser, { storageState: kept.get(login), ...options });
}

// Everything a page should not do: script errors, refused resources, policy violations, failed requests.
export function watch(page) {
  const seen = [];
  page.on("pageerror", (error) => seen.push(`script error: ${error.message}`));
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    // a request given up because the page was left is no fault
    if (why !== "net::ERR_ABORTED") seen.push(`request failed: ${request.url()} ${why}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !response.request().isNavigationRequest()) {
      seen.push(`${response.status()}: ${response.url()}`);
    }
    if (!response.url().startsWith(BASE)) seen.push(`foreign address: ${response.url()}`);
  });
  page.on("console", (message) => {
    // the browser repeats the status of an answer as an error; statuses are judged above and by the tests
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      seen.push(`console: ${message.text()}`);
    }
  });
  return { take: () => seen.splice(0) };
}
