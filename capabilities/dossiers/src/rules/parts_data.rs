//! The parts themselves, in the order of the printed sheet.

use super::parts::{Field, Kind, Part, When};

const fn line(code: &'static str, word: &'static str) -> Field {
    Field::new(code, word, Kind::Line)
}

const fn lines(code: &'static str, word: &'static str) -> Field {
    Field::new(code, word, Kind::Lines)
}

const CLASSES: Kind = Kind::Choice(&[
    ("worker", "dossiers-class-worker"),
    ("peasant", "dossiers-class-peasant"),
    ("employee", "dossiers-class-employee"),
    ("trader", "dossiers-class-trader"),
    ("other", "dossiers-class-other"),
]);

const SIDES: Kind = Kind::Choice(&[
    ("party", "dossiers-side-party"),
    ("state", "dossiers-side-state"),
    ("union", "dossiers-side-union"),
]);

const MODES: Kind = Kind::Choice(&[
    ("full", "dossiers-mode-full"),
    ("in-service", "dossiers-mode-in-service"),
    ("distance", "dossiers-mode-distance"),
    ("short", "dossiers-mode-short"),
]);

const HISTORIES: Kind = Kind::Choice(&[
    ("expelled", "dossiers-history-expelled"),
    ("readmitted", "dossiers-history-readmitted"),
    ("restored", "dossiers-history-restored"),
    ("sentenced", "dossiers-history-sentenced"),
    ("old-regime", "dossiers-history-old-regime"),
]);

const RELATIONS: Kind = Kind::Choice(&[
    ("father", "dossiers-relation-father"),
    ("mother", "dossiers-relation-mother"),
    ("spouse", "dossiers-relation-spouse"),
    ("child", "dossiers-relation-child"),
    ("sibling", "dossiers-relation-sibling"),
    ("father-in-law", "dossiers-relation-father-in-law"),
    ("mother-in-law", "dossiers-relation-mother-in-law"),
    ("other", "dossiers-relation-other"),
]);

const ADDRESS: Field = lines("address", "dossiers-field-address").must().secret();

/// Every part.
pub const PARTS: &[Part] = &[
    Part { code: "permanent", word: "dossiers-part-permanent", item: 7, when: When::Since, fields: &[ADDRESS] },
    Part { code: "temporary", word: "dossiers-part-temporary", item: 7, when: When::Since, fields: &[ADDRESS] },
    Part {
        code: "class",
        word: "dossiers-part-class",
        item: 10,
        when: When::Since,
        fields: &[Field::new("class", "dossiers-field-class", CLASSES).must(), line("detail", "dossiers-field-detail")],
    },
    Part {
        code: "occupation",
        word: "dossiers-part-occupation",
        item: 11,
        when: When::Since,
        fields: &[line("occupation", "dossiers-field-occupation").must(), line("place", "dossiers-field-workplace")],
    },
    Part {
        code: "recruitment",
        word: "dossiers-part-recruitment",
        item: 13,
        when: When::On,
        fields: &[
            line("agency", "dossiers-field-agency").must(),
            line("job", "dossiers-field-job"),
            line("number", "dossiers-field-number"),
        ],
    },
    Part {
        code: "youth",
        word: "dossiers-part-youth",
        item: 14,
        when: When::On,
        fields: &[line("place", "dossiers-field-joined-at").must()],
    },
    Part {
        code: "organisations",
        word: "dossiers-part-organisations",
        item: 15,
        when: When::Span,
        fields: &[line("name", "dossiers-field-organisation").must(), line("office", "dossiers-field-office")],
    },
    Part {
        code: "army",
        word: "dossiers-part-army",
        item: 16,
        when: When::Span,
        fields: &[line("force", "dossiers-field-force").must(), line("rank", "dossiers-field-rank")],
    },
    Part {
        code: "language",
        word: "dossiers-part-language",
        item: 17,
        when: When::Since,
        fields: &[line("language", "dossiers-field-language").must(), line("level", "dossiers-field-level")],
    },
    Part {
        code: "invalid",
        word: "dossiers-part-invalid",
        item: 18,
        when: When::Since,
        fields: &[
            line("grade", "dossiers-field-grade").must().secret(),
            line("number", "dossiers-field-number").secret(),
        ],
    },
    Part {
        code: "policy",
        word: "dossiers-part-policy",
        item: 18,
        when: When::Since,
        fields: &[line("kind", "dossiers-field-policy").must(), line("number", "dossiers-field-number")],
    },
    Part {
        code: "work",
        word: "dossiers-part-work",
        item: 21,
        when: When::Span,
        fields: &[line("what", "dossiers-field-what").must(), line("where", "dossiers-field-where")],
    },
    Part {
        code: "training",
        word: "dossiers-part-training",
        item: 22,
        when: When::Span,
        fields: &[
            line("school", "dossiers-field-school").must(),
            line("subject", "dossiers-field-subject"),
            Field::new("mode", "dossiers-field-mode", MODES),
            line("certificate", "dossiers-field-certificate"),
        ],
    },
    Part {
        code: "commendation",
        word: "dossiers-part-commendation",
        item: 23,
        when: When::On,
        fields: &[
            line("form", "dossiers-field-form").must(),
            line("number", "dossiers-field-decision"),
            line("issuer", "dossiers-field-issuer"),
        ],
    },
    Part {
        code: "title",
        word: "dossiers-part-title",
        item: 25,
        when: When::On,
        fields: &[line("title", "dossiers-field-title").must(), line("number", "dossiers-field-decision")],
    },
    Part {
        code: "discipline",
        word: "dossiers-part-discipline",
        item: 26,
        when: When::On,
        fields: &[
            Field::new("side", "dossiers-field-side", SIDES).must(),
            line("measure", "dossiers-field-measure").must().secret(),
            line("number", "dossiers-field-decision").must().secret(),
            line("issuer", "dossiers-field-issuer").secret(),
            lines("ground", "dossiers-field-ground").secret(),
        ],
    },
    Part {
        code: "special",
        word: "dossiers-part-special",
        item: 27,
        when: When::On,
        fields: &[
            Field::new("kind", "dossiers-field-history", HISTORIES).must().secret(),
            lines("text", "dossiers-field-facts").must().secret(),
            line("number", "dossiers-field-decision").secret(),
        ],
    },
    Part {
        code: "travel",
        word: "dossiers-part-travel",
        item: 28,
        when: When::Span,
        fields: &[
            line("country", "dossiers-field-country").must().secret(),
            line("purpose", "dossiers-field-purpose").secret(),
        ],
    },
    Part {
        code: "contacts",
        word: "dossiers-part-contacts",
        item: 28,
        when: When::Span,
        fields: &[
            line("name", "dossiers-field-foreign-organisation").must().secret(),
            line("country", "dossiers-field-country").secret(),
            lines("work", "dossiers-field-what").secret(),
        ],
    },
    Part {
        code: "abroad",
        word: "dossiers-part-abroad",
        item: 28,
        when: When::Span,
        fields: &[
            line("name", "dossiers-field-relative").must().secret(),
            line("relation", "dossiers-field-relation").secret(),
            line("country", "dossiers-field-country").secret(),
            line("work", "dossiers-field-occupation").secret(),
        ],
    },
    Part {
        code: "family",
        word: "dossiers-part-family",
        item: 29,
        when: When::Span,
        fields: &[
            Field::new("relation", "dossiers-field-relation", RELATIONS).must(),
            line("name", "dossiers-field-relative").must().secret(),
            Field::new("born", "dossiers-field-born", Kind::Year).secret(),
            line("work", "dossiers-field-occupation").secret(),
            lines("address", "dossiers-field-address").secret(),
        ],
    },
    Part {
        code: "economy",
        word: "dossiers-part-economy",
        item: 30,
        when: When::Since,
        fields: &[
            Field::new("income", "dossiers-field-income", Kind::Money).must().secret(),
            lines("housing", "dossiers-field-housing").secret(),
            lines("land", "dossiers-field-land").secret(),
            lines("activity", "dossiers-field-activity").secret(),
            lines("assets", "dossiers-field-assets").secret(),
        ],
    },
];
