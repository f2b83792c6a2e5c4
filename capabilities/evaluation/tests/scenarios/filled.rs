//! Campaigns written as a whole, with subjects that stand where a scenario needs them.

use chibo_evaluation::actions::{CampaignRow, FilledCampaign, SubjectRow};
use chibo_evaluation::rules::{Class, State};
use chibo_kernel::{Day, Id, Moment};
use chibo_testkit::TODAY;

use crate::world::{BRANCH, WARD, id};

/// A campaign of the ward, told apart by its number.
pub fn campaign(number: u32) -> FilledCampaign {
    let row = CampaignRow {
        campaign_id: Id::from_bytes(bytes(1, number, 0)),
        unit_id: id(WARD),
        kind: "when-needed".into(),
        year: 2026,
        quarter: 0,
        rules_on: Day::from_ymd(2026, 11, 1).unwrap(),
        opens_on: Day::from_ymd(2026, 11, 1).unwrap(),
        self_by: TODAY,
        decide_by: Day::from_ymd(2026, 12, 20).unwrap(),
        number: format!("{number}-KH/ĐU"),
        closed_on: Day::FOREVER,
        recorded_at: Moment::end_of(TODAY),
        recorded_by: "test".into(),
    };
    FilledCampaign { row, subjects: Vec::new(), figures: Vec::new() }
}

fn bytes(family: u8, number: u32, seat: u8) -> [u8; 16] {
    let mut bytes = [0xEE; 16];
    bytes[0] = family;
    bytes[1..5].copy_from_slice(&number.to_be_bytes());
    bytes[5] = seat;
    bytes
}

/// With one more member of the branch, decided as a class or appraised excellent and not yet decided.
pub fn with(mut filled: FilledCampaign, number: u32, decided: Option<Class>, points: i64) -> FilledCampaign {
    let seat = u8::try_from(filled.subjects.len()).unwrap();
    let state = if decided.is_some() { State::Decided } else { State::Appraised };
    filled.subjects.push(SubjectRow {
        unit_id: id(BRANCH),
        subject_id: Id::from_bytes(bytes(2, number, seat)),
        campaign_id: filled.row.campaign_id,
        person_id: Some(Id::from_bytes(bytes(3, number, seat))),
        sort: "member".into(),
        post: "none".into(),
        decider_id: id(WARD),
        excluded: String::new(),
        state: state.code().into(),
        points,
        self_points: points,
        self_class: "excellent".into(),
        voted_class: "good".into(),
        appraised_class: if decided == Some(Class::Fulfilled) { "fulfilled" } else { "excellent" }.into(),
        class: decided.map_or("", Class::code).into(),
        overridden: 0,
        decided_on: if decided.is_some() { TODAY } else { Day::FOREVER },
        version: String::new(),
        by_account: String::new(),
    });
    filled
}
