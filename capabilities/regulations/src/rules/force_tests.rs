use std::slice::from_ref;

use chibo_kernel::{Day, Id};
use proptest::prelude::*;

use super::*;
use crate::rules::ModelText;

fn day(number: i32) -> Day {
    Day::from_number(number)
}

fn span(from: i32, to: Option<i32>) -> Period {
    Period::new(day(from), to.map_or(Day::FOREVER, day)).unwrap()
}

fn id(number: u8) -> Id<ModelText> {
    Id::from_bytes([number; 16])
}

fn model(number: u8, setting: Option<Setting>, version: u32, valid: Period) -> Model {
    let series = Series { subject: Subject::Working, kind: Kind::Branch, setting };
    Model { id: id(number), series, version, valid, recorded: Moment(0) }
}

fn adopted(version: u32, on: i32, based_on: Option<u8>) -> Adopted {
    Adopted {
        version,
        adopted_on: day(on),
        valid: span(on, None),
        model: based_on.map(id),
        recorded: Moment(0),
        reported: None,
        announced: None,
    }
}

fn sent(own: Adopted, reported: i32, announced: i32) -> Adopted {
    let mark = |on: i32| Some(Mark { on: day(on), recorded: Moment(0) });
    Adopted { reported: mark(reported), announced: mark(announced), ..own }
}

const PLACE: (Kind, Option<Setting>) = (Kind::Branch, Some(Setting::Quarter));

fn stands(own: &[Adopted], models: &[Model], on: i32) -> State {
    state(own, models, PLACE, AsOf::on(day(on)))
}

fn in_force(models: &[Model], place: (Kind, Option<Setting>), on: i32) -> Option<Id<ModelText>> {
    model_in_force(models, Subject::Working, place, AsOf::on(day(on))).map(|model| model.id)
}

#[test]
fn org_32_a_model_for_the_setting_goes_before_the_one_for_every_setting() {
    let models = [model(1, None, 1, span(10, None)), model(2, Some(Setting::Quarter), 1, span(20, Some(30)))];
    assert_eq!(in_force(&models, PLACE, 9), None);
    assert_eq!(in_force(&models, PLACE, 19), Some(id(1)));
    assert_eq!(in_force(&models, PLACE, 20), Some(id(2)));
    assert_eq!(in_force(&models, PLACE, 30), Some(id(1)), "when it ends, the general one holds");
    assert_eq!(in_force(&models, (Kind::Branch, Some(Setting::School)), 25), Some(id(1)));
    assert_eq!(in_force(&models, (Kind::Branch, None), 25), Some(id(1)));
    assert_eq!(in_force(&models, (Kind::Base, Some(Setting::Quarter)), 25), None);
    assert_eq!(model_in_force(&models, Subject::Functions, PLACE, AsOf::on(day(25))), None);
}

#[test]
fn what_was_replaced_does_not_come_back_and_what_was_not_known_does_not_count() {
    let mut models = [model(1, None, 1, span(10, None)), model(2, None, 2, span(20, Some(30)))];
    assert_eq!(in_force(&models, PLACE, 30), None);
    models[1].recorded = Moment(500);
    let then = AsOf { day: day(30), known: Moment(499) };
    let found = model_in_force(&models, Subject::Working, PLACE, then).map(|model| model.id);
    assert_eq!(found, Some(id(1)));
}

#[test]
fn org_32_a_unit_goes_from_never_to_current_and_falls_behind_a_new_model() {
    let models = [model(1, None, 1, span(10, None)), model(2, None, 2, span(50, None))];
    assert_eq!(stands(&[], &models, 20), State::Never);
    let first = adopted(1, 20, Some(1));
    assert_eq!(stands(from_ref(&first), &models, 19), State::Never);
    assert_eq!(stands(from_ref(&first), &models, 20), State::Unsent);
    let first = sent(first, 25, 30);
    assert_eq!(stands(from_ref(&first), &models, 29), State::Unsent, "announced on day 30 only");
    assert_eq!(stands(from_ref(&first), &models, 30), State::Current);
    assert_eq!(stands(from_ref(&first), &models, 49), State::Current);
    assert_eq!(stands(from_ref(&first), &models, 50), State::Older);
    let both = [first, sent(adopted(2, 60, Some(2)), 60, 60)];
    assert_eq!(stands(&both, &models, 59), State::Older);
    assert_eq!(stands(&both, &models, 60), State::Current);
    assert_eq!(stands(&both, &[], 60), State::Current, "without a model nothing is older");
}

#[test]
fn org_32_adopting_a_coming_model_ahead_of_time_is_not_being_behind() {
    let models = [model(1, None, 1, span(10, None)), model(2, None, 2, span(50, None))];
    let ahead = sent(adopted(1, 40, Some(2)), 41, 41);
    assert_eq!(stands(from_ref(&ahead), &models, 45), State::Current);
    assert_eq!(stands(&[ahead], &models, 50), State::Current);
}

#[test]
fn org_32_a_regulation_without_model_is_behind_a_model_that_came_later() {
    let own = sent(adopted(1, 40, None), 40, 40);
    assert_eq!(stands(from_ref(&own), &[model(1, None, 1, span(40, None))], 45), State::Current);
    assert_eq!(stands(from_ref(&own), &[model(1, None, 1, span(41, None))], 45), State::Older);
    let setting = model(2, Some(Setting::Quarter), 1, span(30, None));
    let under_general = Adopted { model: Some(id(1)), ..own };
    let models = [model(1, None, 1, span(10, None)), setting];
    assert_eq!(stands(&[under_general], &models, 45), State::Older, "its setting has a model of its own");
}

#[test]
fn a_regulation_that_ended_is_not_in_force() {
    let own = Adopted { valid: span(20, Some(30)), ..adopted(1, 20, None) };
    assert_eq!(stands(from_ref(&own), &[], 29), State::Unsent);
    assert_eq!(stands(&[own], &[], 30), State::Ended);
}

#[test]
fn candidates_are_those_of_the_setting_first_and_the_newest_first() {
    let models = [
        model(1, None, 1, span(10, None)),
        model(2, None, 2, span(20, None)),
        model(3, Some(Setting::Quarter), 1, span(5, None)),
        model(4, Some(Setting::School), 1, span(5, None)),
    ];
    let found: Vec<_> = candidates(&models, PLACE).iter().map(|model| model.id).collect();
    assert_eq!(found, [id(3), id(2), id(1)]);
}

#[test]
fn states_have_distinct_codes() {
    for state in State::ALL {
        assert_eq!(State::from_code(state.code()), Some(*state));
        assert!(state.word().ends_with(state.code()));
    }
    for subject in Subject::ALL {
        assert_eq!(Subject::from_code(subject.code()), Some(*subject));
    }
    assert_eq!(State::from_code("x"), None);
}

fn versions() -> impl Strategy<Value = Vec<Model>> {
    let one = (0i32..40, proptest::option::of(1i32..30), 0i64..3);
    proptest::collection::vec(one, 0..8).prop_map(|rows| {
        let made = rows.into_iter().zip(1u32..).map(|((from, length, recorded), version)| {
            let valid = span(from, length.map(|length| from + length));
            Model { recorded: Moment(recorded), ..model(version as u8, None, version, valid) }
        });
        made.collect::<Vec<_>>()
    })
}

proptest! {
    #[test]
    fn what_is_in_force_is_what_began_last(models in versions(), on in 0i32..80, known in 0i64..3) {
        let at = AsOf { day: day(on), known: Moment(known) };
        let mut last: Option<&Model> = None;
        for model in models.iter().filter(|model| model.recorded.0 <= known && model.valid.from() <= at.day) {
            if last.is_none_or(|best| (best.valid.from(), best.version) < (model.valid.from(), model.version)) {
                last = Some(model);
            }
        }
        prop_assert_eq!(begun(&models, at), last);
        let in_force = model_in_force(&models, Subject::Working, PLACE, at);
        prop_assert_eq!(in_force, last.filter(|model| model.valid.contains(at.day)));
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter(models in versions(), on in 0i32..80) {
        let mut turned = models.clone();
        turned.reverse();
        prop_assert_eq!(in_force(&models, PLACE, on), in_force(&turned, PLACE, on));
    }
}
