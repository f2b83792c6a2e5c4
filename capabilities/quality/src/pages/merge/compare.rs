//! Two records side by side: of what differs one chooses whose value stays.

use std::fmt::Write;

use chibo_kernel::{Id, Issue, Person, Problem};
use chibo_members::actions::merge::Merging;
use chibo_members::twins::{Choices, Fact, LINES, Record, SECRETS, line_word, proposed, secret};
use chibo_organisation::UnitsToday;
use chibo_web::form::{Kind, again, summary};
use chibo_web::table::Column;
use chibo_web::{Cell, Field, Form, Reply, Table, Visit, html};

use super::{Pair, along, declared, head, look, shown};
use crate::actions;

/// Where it is said that two records are of two people.
const APART: &str = "/quality/apart";

fn id(visit: &Visit<'_>, name: &str) -> Result<Id<Person>, Problem> {
    let text = visit.form.some(name).unwrap_or_else(|| visit.query.get(name));
    text.parse().map_err(|_| Problem::NotFound)
}

/// `GET /quality/merge?one=&other=&keep=`; two boxes ticked on a list come as `who` twice.
pub(in crate::pages) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ticked: Vec<_> = visit.query.all("who").filter_map(|text| text.parse().ok()).collect();
    let ids = match ticked.as_slice() {
        [one, other] => [*one, *other],
        [] if visit.query.some("one").is_some() => [id(visit, "one")?, id(visit, "other")?],
        _ => return Err(Problem::rule("DPD-33", chibo_kernel::Said::new("quality-merge-two"))),
    };
    if ids[0] == ids[1] {
        return Err(Problem::rule("DPD-33", chibo_kernel::Said::new("members-merge-same")));
    }
    let pair = Pair::read(visit, ids, visit.query.get("keep").parse().ok())?;
    let chosen = proposed(&pair.kept, &pair.gone);
    page(visit, &pair, &chosen, 200, &[])
}

/// `POST /quality/merge`: a look at the outcome, then the merge itself.
pub(in crate::pages) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (kept, gone) = (id(visit, "kept")?, id(visit, "gone")?);
    if kept == gone {
        return Err(Problem::rule("DPD-33", chibo_kernel::Said::new("members-merge-same")));
    }
    let pair = Pair::read(visit, [kept, gone], Some(kept))?;
    let chosen = chosen(visit);
    let marks = [visit.form.get("kept-mark"), visit.form.get("gone-mark")];
    if marks != [pair.kept.mark(), pair.gone.mark()] {
        let said = chibo_kernel::Said::new("members-merge-changed");
        return page(visit, &pair, &chosen, 409, &[Issue { field: None, rule: None, said }]);
    }
    if visit.form.get("step") != "confirm" {
        return look::page(visit, &pair, &chosen, 200, Vec::new());
    }
    let mark = |record: &Record| record.mark();
    let order = Merging {
        kept: (kept, mark(&pair.kept)),
        gone: (gone, mark(&pair.gone)),
        chosen: chosen.clone(),
        reason: chibo_kernel::text::clean(visit.form.get("reason")).into_owned(),
    };
    let declared = declared(visit);
    match visit.write(|op| actions::merge::merge(op, &order, &declared)) {
        Ok(_) => {
            declared.forget(&visit.house.db);
            Ok(Reply::done(format!("/members/{kept}"), "quality-merged"))
        }
        Err(problem) => match again(problem)? {
            // Somebody was faster: what is there now, with the choices as they were.
            (409, issues) => page(visit, &Pair::read(visit, [kept, gone], Some(kept))?, &chosen, 409, &issues),
            (status, issues) => look::page(visit, &pair, &chosen, status, issues),
        },
    }
}

/// `POST /quality/apart`: the two records are of two people.
pub(in crate::pages) fn apart(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ids = [id(visit, "kept")?, id(visit, "gone")?];
    let pair = Pair::read(visit, ids, Some(ids[0]))?;
    let reason = chibo_kernel::text::clean(visit.form.get("reason")).into_owned();
    match visit.write(|op| actions::merge::apart(op, ids, &reason)) {
        Ok(()) => Ok(Reply::done("/quality/doubles", "quality-apart")),
        Err(problem) => {
            let (status, issues) = again(problem)?;
            page(visit, &pair, &proposed(&pair.kept, &pair.gone), status, &issues)
        }
    }
}

/// Every name something is chosen by.
fn names() -> impl Iterator<Item = &'static str> {
    Fact::ALL.iter().map(|fact| fact.key()).chain(SECRETS).chain(LINES)
}

/// What the form says of whom is believed.
fn chosen(visit: &Visit<'_>) -> Choices {
    names().filter(|name| visit.form.get(&format!("take-{name}")) == "gone").map(str::to_owned).collect()
}

/// The fields that carry what was chosen to the next step.
pub(super) fn carried(pair: &Pair, chosen: &Choices, step: &str) -> Vec<Field> {
    let [kept, gone] = pair.ids();
    let mut fields = vec![
        Field::hidden("kept", kept.to_string()),
        Field::hidden("gone", gone.to_string()),
        Field::hidden("kept-mark", pair.kept.mark()),
        Field::hidden("gone-mark", pair.gone.mark()),
        Field::hidden("step", step),
    ];
    if step == "confirm" {
        fields.extend(chosen.iter().map(|name| Field::hidden(format!("take-{name}"), "gone")));
    }
    fields
}

/// The boxes of a row: the values of both records, the believed one ticked.
fn boxes(name: &str, label: &str, texts: [String; 2], chosen: &Choices) -> Vec<Cell> {
    let gone = chosen.contains(name);
    let cell = |side: &str, text: &str, on: bool| {
        let on = if on { " checked" } else { "" };
        let mut out =
            format!("<label class=\"boxed\"><input type=\"radio\" name=\"take-{name}\" value=\"{side}\"{on}> <span>");
        out.push_str(text);
        out.push_str("</span></label>");
        Cell::Html(out)
    };
    vec![Cell::Text(label.to_owned()), cell("kept", &texts[0], !gone), cell("gone", &texts[1], gone)]
}

fn table<'v>(visit: &Visit<'v>, units: &UnitsToday, pair: &Pair, chosen: &Choices) -> (Table, Vec<&'v str>) {
    let w = visit.w;
    let columns = vec![
        Column::new("fact", w.t("quality-merge-fact")),
        Column::sentences("kept", w.t("quality-merge-stays")),
        Column::sentences("gone", w.t("quality-merge-goes")),
    ];
    let mut table = Table::new(w.t("quality-merge-differs"), columns);
    let mut same = Vec::new();
    let (k, g) = (&pair.kept, &pair.gone);
    let nothing =
        |text: String| if text.is_empty() { w.t("quality-merge-nothing").to_owned() } else { html::escape(&text) };
    for fact in Fact::ALL {
        let label = w.t(&format!("members-{}", fact.key()));
        if fact.same(&k.person, &g.person) {
            same.push(label);
        } else {
            let texts = [&k.person, &g.person].map(|person| nothing(shown::fact(w, *fact, person)));
            table.rows.push(boxes(fact.key(), label, texts, chosen));
        }
    }
    for name in SECRETS {
        let label = w.t(&format!("members-{name}"));
        let texts = [k, g].map(|record| secret_text(visit, name, record));
        if secret(&k.secrets, name) == secret(&g.secrets, name) {
            same.push(label);
        } else {
            table.rows.push(boxes(name, label, texts, chosen));
        }
    }
    for name in LINES {
        let texts = [&k.lines, &g.lines].map(|lines| shown::line(w, units, name, lines));
        if texts[0] == texts[1] {
            same.push(w.t(line_word(name)));
        } else {
            let texts = texts.map(|spans| nothing(spans.join("; ")));
            table.rows.push(boxes(name, w.t(line_word(name)), texts, chosen));
        }
    }
    (table, same)
}

/// A sealed field is never shown: only that there is one, and the end of an identity number.
fn secret_text(visit: &Visit<'_>, name: &str, record: &Record) -> String {
    let w = visit.w;
    match (secret(&record.secrets, name).is_empty(), name) {
        (true, _) => w.t("quality-merge-nothing").to_owned(),
        (false, "identity") => html::escape(&record.person.identity_hint),
        (false, _) => w.t("quality-merge-sealed").to_owned(),
    }
}

fn page(visit: &Visit<'_>, pair: &Pair, chosen: &Choices, status: u16, issues: &[Issue]) -> Result<Reply, Problem> {
    let w = visit.w;
    let units = UnitsToday::of(visit);
    let mut body = String::new();
    if visit.place != APART {
        summary(&mut body, visit, issues, &[]);
    }
    records(&mut body, visit, &units, pair);
    along(&mut body, visit, pair)?;
    if !Fact::Birth.same(&pair.kept.person, &pair.gone.person) {
        let _ = write!(
            body,
            "<div class=\"note warn\">{} <span class=\"tag\">EXI-16</span></div>",
            w.t("quality-merge-birth")
        );
    }
    let (table, same) = table(visit, &units, pair, chosen);
    let form = Form::new("/quality/merge", w.t("quality-merge-look"), carried(pair, chosen, "look"))
        .cancel(w.t("quality-cancel"), "/quality/doubles");
    body.push_str(&form.about(table.html(visit)).html(visit));
    if !same.is_empty() {
        let _ = write!(
            body,
            "<p class=\"small quiet\">{}</p>",
            html::escape(&w.t1("quality-merge-alike", "facts", same.join(", ")))
        );
    }
    not_one(&mut body, visit, pair, issues);
    let head = head(visit, w.t("quality-merge")).with_error(!issues.is_empty());
    visit.page_html(status, head, &body)
}

/// Which records these are, and the way to let the other one stay.
fn records(body: &mut String, visit: &Visit<'_>, units: &UnitsToday, pair: &Pair) {
    let w = visit.w;
    let [kept, gone] = pair.ids();
    let _ = write!(body, "<p>{}</p><ul class=\"due\">", w.t("quality-merge-about"));
    for (key, id, record, home) in [
        ("quality-merge-stays", kept, &pair.kept, pair.homes[0]),
        ("quality-merge-goes", gone, &pair.gone, pair.homes[1]),
    ] {
        let name = html::escape(&record.person.full_name);
        let home = html::escape(&units.name(home));
        let entered = w.t1("quality-merge-entered", "when", w.moment(record.person.recorded_at));
        let _ = write!(
            body,
            "<li><span class=\"tag\">{}</span> <a href=\"/members/{id}\">{name}</a> <span class=\"small quiet\">{home} · {entered}</span></li>",
            w.t(key)
        );
    }
    let _ = write!(
        body,
        "</ul><p><a class=\"btn\" href=\"{}\">{}</a></p>",
        html::escape(&pair.turned()),
        w.t("quality-merge-turn")
    );
}

/// The form that says that these are two people.
fn not_one(body: &mut String, visit: &Visit<'_>, pair: &Pair, issues: &[Issue]) {
    let w = visit.w;
    let [kept, gone] = pair.ids();
    let _ = write!(body, "<section class=\"card\"><h2>{}</h2>", w.t("quality-apart"));
    let reason =
        Field::new("reason", w.t("quality-apart-reason"), Kind::Area).hint(w.t("quality-apart-hint")).required();
    let fields = vec![Field::hidden("kept", kept.to_string()), Field::hidden("gone", gone.to_string()), reason];
    let mut form = Form::new(APART, w.t("quality-apart-send"), fields);
    if visit.place == APART {
        form = form.refused(&visit.form, issues.to_vec());
    }
    body.push_str(&form.html(visit));
    body.push_str("</section>");
}
