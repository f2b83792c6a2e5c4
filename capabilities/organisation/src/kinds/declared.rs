//! The table of kinds. Order: the stored number.

use chibo_kernel::Day;

use super::{Dated, Declaration, Kind, Name, PILOT_BEGINS, THREE_LEVELS_BEGIN, Threshold};

const EVER: Day = Day::PARTY_FOUNDED;
const OPEN: Day = Day::FOREVER;

const fn named(from: Day, to: Day, key: &'static str, vi: &'static str, en: &'static str) -> Dated<Name> {
    Dated { from, to, value: Name { key, vi, en } }
}

const fn under(from: Day, to: Day, value: &'static [Kind]) -> Dated<&'static [Kind]> {
    Dated { from, to, value }
}

/// ORG-01: three official members make an organisation.
const THREE_OFFICIAL: Threshold =
    Threshold { rule: "ORG-01", at_least: Some(3), below: None, official_only: true, consent: false };
/// ORG-03 with ORG-04 (1): a đảng bộ cơ sở from 30 members, below that with consent.
const FROM_THIRTY: Threshold =
    Threshold { rule: "ORG-03", at_least: Some(30), below: None, official_only: false, consent: true };
/// ORG-03: a chi bộ cơ sở has fewer than 30.
const BELOW_THIRTY: Threshold =
    Threshold { rule: "ORG-03", at_least: None, below: Some(30), official_only: false, consent: false };
/// ORG-04 (2): a branch with more than 30 members needs consent.
const UP_TO_THIRTY: Threshold =
    Threshold { rule: "ORG-04", at_least: None, below: Some(31), official_only: false, consent: true };
/// ORG-05: groups are formed in branches of 30 and more; the number is that of the branch.
const BRANCH_OF_THIRTY: Threshold =
    Threshold { rule: "ORG-05", at_least: Some(30), below: None, official_only: false, consent: false };
/// ORG-06 with ORG-04 (3): "many members" is not a number; consent is always needed.
const SECTION_CONSENT: Threshold =
    Threshold { rule: "ORG-06", at_least: None, below: None, official_only: false, consent: true };

/// One declaration per kind, at index `number - 1`.
pub static DECLARED: [Declaration; 12] = [
    Declaration {
        kind: Kind::Central,
        code: "CENTRAL",
        from: EVER,
        to: OPEN,
        names: &[named(EVER, OPEN, "kind-central", "Trung ương", "Central")],
        parents: &[],
        holds_members: false,
        base_organisation: false,
        founding: &[],
        rank: 0,
    },
    Declaration {
        kind: Kind::City,
        code: "CITY",
        from: EVER,
        to: OPEN,
        names: &[named(EVER, OPEN, "kind-city", "đảng bộ tỉnh, thành phố", "provincial or city Party organisation")],
        parents: &[under(EVER, OPEN, &[Kind::Central])],
        holds_members: false,
        base_organisation: false,
        founding: &[],
        rank: 10,
    },
    Declaration {
        kind: Kind::Upper,
        code: "DB_TT",
        from: EVER,
        to: OPEN,
        names: &[named(
            EVER,
            OPEN,
            "kind-upper",
            "đảng bộ cấp trên trực tiếp của tổ chức cơ sở đảng",
            "Party organisation directly under the city",
        )],
        parents: &[under(EVER, OPEN, &[Kind::City])],
        holds_members: false,
        base_organisation: false,
        founding: &[],
        rank: 20,
    },
    Declaration {
        kind: Kind::Base,
        code: "DBCS",
        from: EVER,
        to: OPEN,
        names: &[named(EVER, OPEN, "kind-base", "đảng bộ cơ sở", "base Party organisation")],
        parents: &[under(EVER, OPEN, &[Kind::Upper, Kind::City])],
        holds_members: false,
        base_organisation: true,
        founding: &[THREE_OFFICIAL, FROM_THIRTY],
        rank: 30,
    },
    Declaration {
        kind: Kind::BaseBranch,
        code: "CBCS",
        from: EVER,
        to: THREE_LEVELS_BEGIN,
        names: &[named(EVER, THREE_LEVELS_BEGIN, "kind-base-branch", "chi bộ cơ sở", "base branch")],
        parents: &[under(EVER, THREE_LEVELS_BEGIN, &[Kind::Upper, Kind::City])],
        holds_members: true,
        base_organisation: true,
        founding: &[THREE_OFFICIAL, BELOW_THIRTY],
        rank: 40,
    },
    Declaration {
        kind: Kind::Section,
        code: "DBBP",
        from: EVER,
        to: OPEN,
        names: &[named(EVER, OPEN, "kind-section", "đảng bộ bộ phận", "section organisation")],
        parents: &[under(EVER, OPEN, &[Kind::Base])],
        holds_members: false,
        base_organisation: false,
        founding: &[THREE_OFFICIAL, SECTION_CONSENT],
        rank: 50,
    },
    Declaration {
        kind: Kind::UnderBase,
        code: "DB_TTCS",
        from: THREE_LEVELS_BEGIN,
        to: OPEN,
        names: &[named(
            THREE_LEVELS_BEGIN,
            OPEN,
            "kind-under-base",
            "đảng bộ trực thuộc đảng ủy cơ sở",
            "organisation under the base committee",
        )],
        parents: &[under(THREE_LEVELS_BEGIN, OPEN, &[Kind::Base])],
        holds_members: false,
        base_organisation: false,
        founding: &[THREE_OFFICIAL],
        rank: 45,
    },
    Declaration {
        kind: Kind::Branch,
        code: "CB",
        from: EVER,
        to: OPEN,
        names: &[
            named(
                EVER,
                THREE_LEVELS_BEGIN,
                "kind-branch-before-2026",
                "chi bộ trực thuộc đảng ủy cơ sở",
                "branch under a base committee",
            ),
            named(THREE_LEVELS_BEGIN, OPEN, "kind-branch", "chi bộ", "branch"),
        ],
        parents: &[
            under(EVER, PILOT_BEGINS, &[Kind::Base, Kind::Section]),
            // ORG-07: in the pilot khu phố branches sit directly under the xã/phường committee.
            under(PILOT_BEGINS, THREE_LEVELS_BEGIN, &[Kind::Upper, Kind::Base, Kind::Section]),
            under(THREE_LEVELS_BEGIN, OPEN, &[Kind::Upper, Kind::Base, Kind::Section, Kind::UnderBase]),
        ],
        holds_members: true,
        base_organisation: false,
        founding: &[THREE_OFFICIAL, UP_TO_THIRTY],
        rank: 60,
    },
    Declaration {
        kind: Kind::Group,
        code: "TD",
        from: EVER,
        to: OPEN,
        names: &[named(EVER, OPEN, "kind-group", "tổ đảng", "Party group")],
        parents: &[
            under(EVER, THREE_LEVELS_BEGIN, &[Kind::Branch, Kind::BaseBranch]),
            under(THREE_LEVELS_BEGIN, OPEN, &[Kind::Branch]),
        ],
        holds_members: false,
        base_organisation: false,
        founding: &[BRANCH_OF_THIRTY],
        rank: 70,
    },
    Declaration {
        kind: Kind::Temporary,
        code: "CB_TAM",
        from: EVER,
        to: OPEN,
        names: &[named(EVER, OPEN, "kind-temporary", "chi bộ sinh hoạt tạm thời", "temporary branch")],
        parents: &[
            under(EVER, THREE_LEVELS_BEGIN, &[Kind::Upper, Kind::Base]),
            under(THREE_LEVELS_BEGIN, OPEN, &[Kind::Upper, Kind::Base, Kind::UnderBase]),
        ],
        holds_members: true,
        base_organisation: false,
        founding: &[THREE_OFFICIAL],
        rank: 80,
    },
    Declaration {
        kind: Kind::Overseas,
        code: "CB_DUBI",
        from: EVER,
        to: OPEN,
        names: &[named(EVER, OPEN, "kind-overseas", "chi bộ sinh hoạt dự bị", "provisional overseas branch")],
        parents: &[under(EVER, OPEN, &[Kind::Central, Kind::City, Kind::Upper, Kind::Base])],
        holds_members: true,
        base_organisation: false,
        // Three members, probationary ones included (294-QĐ/TW §6.3.3b).
        founding: &[Threshold { official_only: false, ..THREE_OFFICIAL }],
        rank: 90,
    },
    Declaration {
        kind: Kind::History,
        code: "HIST",
        from: EVER,
        to: OPEN,
        names: &[named(EVER, OPEN, "kind-history", "tổ chức trước đây", "earlier organisation")],
        parents: &[under(EVER, OPEN, &[Kind::Central, Kind::City])],
        holds_members: true,
        base_organisation: false,
        founding: &[],
        rank: 100,
    },
];
