// Every page, per account. Pages of single things are found the way people find them: by a link on another page.
import assert from "node:assert/strict";

const ID = "[0-9a-f]{32}";
const at = (name, path, status = 200) => ({ name, path, status });
// the address a link on `from` leads to, and perhaps a page below it
const linked = (name, from, to, below = "") => ({ name, from, to: new RegExp(`^${to.replace("{id}", ID)}$`), below, status: 200 });
// a page about a member of the list, of a capability that the list does not link to
const about = (name, address) => ({ name, from: "/members", to: new RegExp(`^/members/${ID}$`), address, status: 200 });

const NOBODY = "0".repeat(32);

const everyday = [
  at("dashboard", "/"),
  at("crosstab", "/crosstab"),
  at("members", "/members"),
  linked("person", "/members", "/members/{id}"),
  at("units", "/units"),
  linked("unit", "/units", "/units/{id}"),
  at("search", "/search?q=nguyen"),
  at("search that finds nothing", "/search?q=zzzz"),
  at("own account", "/account"),
];

// Pages with a drawing, a form or an order of their own.
const cityBoard = [
  at("dashboard of the day before 1 July 2025", "/?day=30/06/2025"),
  at("members import", "/members/import"),
  at("new unit", "/units/new"),
  linked("reorganisation", "/reorganisations", "/reorganisations/{id}"),
  linked("restructuring plan", "/restructuring", "/restructuring/{id}"),
  linked("election", "/committees", "/committees/units/{id}", "/elections"),
  at("places", "/coverage"),
  at("due today", "/today"),
  at("data quality", "/quality"),
  at("development of members", "/development"),
  linked("an outstanding person", "/development/candidates", "/development/candidates/{id}"),
  linked("a transfer", "/transfers", "/transfers/{id}"),
  at("alerts", "/alerts"),
  at("audit", "/audit"),
  at("an address that does not exist", "/no-such-page", 404),
];

// Pages made of the same tables, forms and charts as those above: fewer looks, but each language, width, size and contrast.
const alike = [
  linked("hold on transfers", "/members", "/members/{id}", "/holds"),
  about("cancelling a decision", "/development/members/{id}/cancellation"),
  about("a dossier that is lost", "/cards/members/{id}/lost"),
  linked("a temporary stay before recognition", "/development/probation", "/development/probation/{id}", "/stay"),
  linked("conditions of a candidate", "/development/candidates", "/development/candidates/{id}", "/facts"),
  linked("a move while considered", "/development/candidates", "/development/candidates/{id}", "/move"),
  at("monthly list", "/development/monthly"),
  at("heat map by points", "/meetings?of=points"),
  at("monthly report of meetings", "/meetings/report"),
  at("spot checks", "/meetings/draws"),
  at("spread of self-scores", "/meetings/spread"),
  at("model meetings", "/meetings/models"),
  at("guidance for meetings", "/meetings/guidance"),
  at("resolutions to study", "/meetings/studies"),
  at("quarterly briefings", "/meetings/briefings"),
  at("assigned to attend", "/meetings/watchers"),
  at("reviews and classification", "/evaluation"),
  at("new evaluation campaign", "/evaluation/campaigns/new"),
  at("columns of a list", "/take-out?of=%2Ftransfers%2Fexport.xlsx"),
  linked("person's log", "/members", "/members/{id}", "?tab=log"),
  at("units import", "/units/import"),
  linked("unit's facts", "/units", "/units/{id}", "/facts"),
  linked("unit's offices", "/units", "/units/{id}", "/offices"),
  at("reorganisations", "/reorganisations"),
  at("restructuring plans", "/restructuring"),
  at("new restructuring plan", "/restructuring/new"),
  linked("a line of a plan", "/restructuring", "/restructuring/{id}", "/lines?kind=join"),
  linked("lines of a plan from a spreadsheet", "/restructuring", "/restructuring/{id}", "/upload"),
  at("case files", "/lifecycle"),
  at("new case file", "/lifecycle/new?case=founding"),
  at("committees", "/committees"),
  at("committees with vacancies", "/committees?show=vacant"),
  at("people in several committees", "/committees/concurrent"),
  linked("committee of a unit", "/committees", "/committees/units/{id}"),
  at("list of places", "/coverage/places?state=few"),
  linked("a place", "/coverage/places", "/coverage/places/{id}"),
  at("new place", "/coverage/places/new"),
  at("pilots", "/pilots"),
  linked("a pilot", "/pilots", "/pilots/{id}"),
  at("findings", "/quality/list"),
  at("new cleaning campaign", "/quality/campaigns/new"),
  at("outstanding people", "/development/candidates"),
  at("new outstanding person", "/development/candidates/new"),
  at("members on probation", "/development/probation"),
  linked("a member on probation", "/development/probation", "/development/probation/{id}"),
  at("admission targets", "/development/targets"),
  at("transfers", "/transfers"),
  at("new transfer", "/transfers/new"),
  at("party badges", "/badges"),
  linked("badges of a member", "/badges", "/badges/members/{id}"),
  at("alerts of one rule", "/alerts?rule=ORG-05"),
  at("working regulations", "/regulations"),
  at("texts by kind", "/regulations/models"),
  at("new text by kind", "/regulations/models/new"),
  linked("a unit's working regulation", "/regulations?state=never", "/regulations/units/{id}"),
  at("jobs", "/jobs"),
  at("own password", "/account/password"),
  linked("a cleaning campaign", "/quality", "/quality/campaigns/{id}"),
  at("findings by month", "/quality/trend"),
  at("possible duplicates", "/quality/doubles"),
  at("merges", "/quality/merges"),
  at("comparison with the national database", "/quality/reconciliations"),
  linked("help for an outstanding person", "/development/candidates", "/development/candidates/{id}", "/help"),
  linked("introducers", "/development/candidates", "/development/candidates/{id}", "/introduction"),
  linked("verification", "/development/candidates", "/development/candidates/{id}", "/checks"),
  linked("papers of a candidate", "/development/candidates", "/development/candidates/{id}", "/papers"),
  linked("a membership before", "/development/candidates", "/development/candidates/{id}", "/former"),
  linked("papers of a recognition", "/development/probation", "/development/probation/{id}", "/papers"),
  at("outstanding people from a spreadsheet", "/development/import"),
  at("branch meetings", "/meetings"),
  at("branch meetings nobody reported", "/meetings?show=silent"),
  linked("meetings of a branch", "/meetings?show=", "/meetings/units/{id}"),
  at("dossiers", "/dossiers"),
  at("dossiers not opened", "/dossiers?state=unopened"),
  linked("a dossier", "/dossiers", "/dossiers/members/{id}"),
  linked("documents of a dossier", "/dossiers", "/dossiers/members/{id}", "?show=papers"),
  linked("names and supplements", "/dossiers", "/dossiers/members/{id}", "?show=more"),
  linked("a part of a dossier", "/dossiers", "/dossiers/members/{id}", "/items?part=work"),
  linked("a document of a dossier", "/dossiers", "/dossiers/members/{id}", "/papers?code=don"),
  linked("printing a sheet", "/dossiers", "/dossiers/members/{id}", "/sheet"),
  at("yearly supplements", "/dossiers/supplements"),
  at("party fees", "/fees"),
  at("arrears of fees", "/fees/arrears"),
  linked("fees of a member", "/fees/arrears", "/fees/members/{id}"),
  linked("by what a member pays", "/fees/arrears", "/fees/members/{id}", "/category"),
  linked("book of a branch", "/fees/arrears", "/fees/units/{id}"),
  linked("by what members of a branch pay", "/fees/arrears", "/fees/units/{id}", "/categories"),
  linked("remittances of a branch", "/fees/arrears", "/fees/units/{id}", "/remittances"),
  linked("shares of fees", "/fees/arrears", "/fees/units/{id}", "/shares"),
  at("new temporary transfer", "/transfers/new?kind=temporary"),
  at("somebody from outside", "/transfers/new?kind=incoming"),
  at("transfers of several members", "/transfers/bulk"),
  at("temporary stays", "/transfers/stays"),
  at("residence contacts", "/transfers/residence"),
  at("checks of notices", "/transfers/checks"),
  at("charts of transfers", "/transfers/figures"),
  at("screening", "/screening"),
  at("flags of members", "/screening/flags"),
  at("new screening campaign", "/screening/campaigns/new"),
  linked("a screening campaign", "/screening", "/screening/campaigns/{id}"),
  linked("screening of a member", "/screening/flags", "/screening/members/{id}"),
  at("exemption and leaving", "/leaving"),
  at("open cases of leaving", "/leaving/cases"),
  linked("a case of leaving", "/leaving/cases", "/leaving/cases/{id}"),
  linked("leaving of a member", "/leaving/exempted", "/leaving/members/{id}"),
  at("exempted members", "/leaving/exempted"),
  at("book of those who left", "/leaving/book"),
  at("new case of leaving", "/leaving/new"),
  at("new striking-off", "/leaving/new?kind=striking-off"),
  at("party cards", "/cards"),
  at("list of party cards", "/cards/list"),
  at("party cards that were lost", "/cards/list?show=lost"),
  linked("card of a member", "/cards/list", "/cards/members/{id}"),
  at("yearly check of cards", "/cards/check"),
  at("list of members on paper", "/cards/roll"),
  at("blocks of dossier numbers", "/cards/numbers"),
  at("books of dossiers", "/cards/dossiers"),
  at("the twelve books", "/cards/books"),
  at("register of those who left", "/cards/books/left"),
  at("papers of cards", "/cards/papers"),
  at("papers of badges", "/badges/papers"),
  at("sheets of several members", "/dossiers/sheets"),
];

// Accounts are the administrator's, who in turn sees no members (DPD-06).
const administrator = [
  at("welcome", "/"),
  at("accounts", "/accounts"),
  at("new account", "/accounts/new"),
  linked("account", "/accounts", "/accounts/{id}"),
  at("members are not for the administrator", "/members", 403),
];

export const VISITOR = null;

// login (or VISITOR) -> pages; `full` ones are looked at in every look, the others are parts of the same pages
export const PAGES = new Map([
  [VISITOR, { full: true, pages: [at("sign in", "/sign-in"), at("an address that does not exist", "/no-such-page", 404)] }],
  ["thanhuy", { full: true, pages: [...everyday, ...cityBoard, ...alike.map((wanted) => ({ ...wanted, alike: true }))] }],
  ["quantri", { full: true, pages: administrator }],
  ["phuong", { full: false, pages: [...everyday, at("out of scope or absent", `/units/${NOBODY}`, 404)] }],
  ["chibo", { full: false, pages: everyday }],
]);

// The address of a page; follows the link it is reached by.
export async function addressOf(page, wanted) {
  if (wanted.path) return wanted.path;
  await page.goto(wanted.from);
  const paths = await page.locator("main a[href]").evaluateAll((links) => links.map((a) => new URL(a.getAttribute("href"), location.href).pathname));
  const path = paths.find((p) => wanted.to.test(p));
  assert.ok(path, `${wanted.from} has no link to ${wanted.to}`);
  return wanted.address ? wanted.address.replace("{id}", path.split("/").at(-1)) : path + wanted.below;
}

export async function visit(page, path, status) {
  const answer = await page.goto(path, { waitUntil: "load" });
  assert.equal(answer.status(), status, `status of ${path}`);
  if (status === 200) {
    assert.equal(new URL(page.url()).pathname, path.split("?")[0], `${path} leads somewhere else`);
  }
}
