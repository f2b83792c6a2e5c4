//! Tests of the loader on small made-up rulebooks: what it accepts and how it names what it does not.

use super::*;
use crate::rulebook::{Param, Ratio, Term};

const BASE: &str = r#"
[calendar]
weekly_rest = ["saturday", "sunday"]

[notes.memory]
vi = "Ghi theo trí nhớ."
en = "From memory."

[[instrument]]
id = "REG-06"
vi = "Thi hành Điều lệ"
en = "Implementation"
mark = "V"
texts = [{ number = "294-QĐ/TW", issuer = "BCHTW", dated = 2025-05-26, from = 2025-07-01 }]

[[era]]
id = "294"
instruments = ["REG-06"]
valid_from = 2025-07-01
valid_to = 2026-04-08
mark = "V"
model = { vi = "x", en = "x" }
consequences = { vi = "x", en = "x" }

[[era]]
id = "20"
instruments = ["REG-06"]
valid_from = 2026-04-08
mark = "V"
model = { vi = "x", en = "x" }
consequences = { vi = "x", en = "x" }
carried_mark = "M"
carried_note = { vi = "Giữ số liệu.", en = "Carried." }
"#;

fn rule(body: &str) -> String {
    format!("[[rule]]\nid = \"ORG-03\"\nvi = \"Ngưỡng\"\nen = \"Threshold\"\n{body}\n")
}

fn parse(rules: &str) -> Result<Rulebook, Vec<RulebookError>> {
    Rulebook::parse(&[("base.toml", BASE), ("organisation.toml", rules)])
}

fn refused(body: &str, what: &str) {
    let errors = parse(&rule(body)).unwrap_err();
    let found = errors.iter().find(|e| e.what.contains(what)).unwrap_or_else(|| panic!("{what}: {errors:?}"));
    assert_eq!((found.file.as_str(), found.rule.as_deref()), ("organisation.toml", Some("ORG-03")), "{found}");
}

fn day(text: &str) -> Day {
    Day::from_iso(text).unwrap()
}

#[test]
fn a_version_takes_days_instrument_and_note_from_its_era_and_its_own_params_win() {
    let book = parse(&rule(
        r#"params = { min = 30, share = { ratio = [1, 3] }, within = { working_days = 45 } }
versions = [{ era = "294", mark = "V", source = "§20" }, { era = "20", params = { min = 40 } }]"#,
    ))
    .unwrap();
    let first = book.on(day("2026-04-07")).rule("ORG-03").unwrap();
    let second = book.on(day("2026-04-08")).rule("ORG-03").unwrap();
    assert_eq!((first.int("min"), second.int("min")), (Ok(30), Ok(40)));
    assert_eq!(first.ratio("share"), Ok(Ratio::new(1, 3).unwrap()));
    assert_eq!(second.term("within"), Ok(Term::WorkingDays(45)));
    assert_eq!((first.mark, second.mark), (Mark::V, Mark::M));
    assert_eq!(second.note.as_ref().map(|n| n.en.as_str()), Some("Carried."));
    assert_eq!((first.version(), second.version()), ("ORG-03@2025-07-01".into(), "ORG-03@2026-04-08".into()));
    assert_eq!(book.version("ORG-03@2026-04-08"), Some(second));
    assert_eq!((book.version("ORG-03@2024-01-01"), book.version("ORG-03")), (None, None));
    assert!(book.on(day("2025-06-30")).rule("ORG-03").is_none());
    assert!(book.on(day("2025-06-30")).require("ORG-03").is_err());
    assert_eq!(first.params.get("min"), Some(&Param::Int(30)));
}

#[test]
fn a_parameter_of_another_kind_is_a_fault_that_names_the_rule() {
    let book = parse(&rule("params = { min = 30 }\nversions = [{ era = \"294\", mark = \"V\" }]")).unwrap();
    let rule = book.on(day("2025-07-01")).require("ORG-03").unwrap();
    for problem in [rule.term("min").unwrap_err(), rule.int("max").unwrap_err()] {
        assert!(problem.to_string().contains("ORG-03@2025-07-01"), "{problem}");
    }
}

#[test]
fn intervals_of_one_rule_may_touch_but_not_overlap() {
    let two = |to: &str| {
        format!(
            "versions = [{{ era = \"294\", mark = \"V\", valid_to = {to} }}, \
             {{ instrument = \"REG-06\", mark = \"V\", valid_from = 2026-01-01 }}]"
        )
    };
    assert!(parse(&rule(&two("2026-01-01"))).is_ok());
    refused(&two("2026-01-02"), "two versions hold from 2026-01-01 to 2026-01-02");
    let apart = rule("versions = [{ era = \"294\", mark = \"V\" }]").repeat(2);
    assert!(parse(&apart).unwrap_err()[0].what.contains("two versions hold"));
}

#[test]
fn mistakes_are_named_with_file_and_rule() {
    refused("versions = [{ era = \"294\", mark = \"V\", colour = 1 }]", "unknown field `colour`");
    refused("surprise = 1\nversions = []", "unknown field `surprise`");
    refused("versions = []", "no version");
    refused("versions = [{ era = \"295\", mark = \"V\" }]", "unknown era `295`");
    refused("versions = [{ era = \"294\" }]", "no confidence mark");
    refused("versions = [{ era = \"294\", mark = \"X\" }]", "unknown variant `X`");
    refused("versions = [{ era = \"294\", mark = \"M\" }]", "need a note");
    refused("versions = [{ era = \"294\", mark = \"C\", note = { vi = \"Có\", en = \" \" } }]", "need a note");
    refused("versions = [{ era = \"294\", mark = \"C\", note_like = \"dream\" }]", "unknown note `dream`");
    refused("versions = [{ era = \"294\", mark = \"V\", instrument = \"REG-99\" }]", "unknown instrument `REG-99`");
    refused("versions = [{ mark = \"V\", valid_from = 2025-07-01 }]", "neither an era nor an instrument");
    refused("versions = [{ mark = \"V\", instrument = \"REG-06\" }]", "valid_from is missing");
    refused("versions = [{ era = \"294\", mark = \"V\", valid_to = 2025-07-01 }]", "holds no day");
    refused("params = { share = 0.5 }\nversions = [{ era = \"294\", mark = \"V\" }]", "parameter `share`");
    assert!(parse(&rule("versions = [{ era = \"294\", mark = \"M\", note_like = \"memory\" }]")).is_ok());
}

#[test]
fn every_mistake_is_named_at_once_and_broken_files_too() {
    let two = format!("{}{}", rule("versions = []"), rule("versions = [{ era = \"295\" }]"));
    assert_eq!(parse(&two).unwrap_err().len(), 2);
    let errors =
        Rulebook::parse(&[("base.toml", BASE), ("bad.toml", "rule = ["), ("odd.toml", "[[rules]]")]).unwrap_err();
    let files: Vec<_> = errors.iter().map(|e| e.file.as_str()).collect();
    assert_eq!(files, ["bad.toml", "odd.toml"]);
    assert!(errors[1].what.contains("rules"));
}

#[test]
fn a_rulebook_needs_exactly_one_calendar_and_unique_names() {
    assert!(Rulebook::parse(&[]).unwrap_err()[0].what.contains("no file holds a [calendar]"));
    let errors = Rulebook::parse(&[("a.toml", BASE), ("b.toml", BASE)]).unwrap_err();
    for what in ["second [calendar]", "note of this name", "given twice", "repeats or overlaps era 294"] {
        assert!(errors.iter().any(|e| e.file == "b.toml" && e.what.contains(what)), "{what}: {errors:?}");
    }
}

#[test]
fn rule_ids_have_one_form() {
    for good in ["ORG-03", "X-12", "BDG-01b"] {
        assert!(is_rule_id(good), "{good}");
    }
    for bad in ["", "ORG", "org-03", "ORG-", "-03", "ORG-b", "ORG-03 ", "ORG 03"] {
        assert!(!is_rule_id(bad), "{bad}");
    }
}
