//! Cards that are there already, in bulk: how the demonstration begins, and how a register is taken over.

use chibo_kernel::{Day, Id, Moment, Person, Problem};
use chibo_store::{Op, Param, Value};

use super::hint_of;
use crate::rules::{Matter, Model, State, Step, Terms};
use crate::store;

/// A card in the hands of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// Whose; rows come in the order of ids.
    pub person: Id<Person>,
    /// Which model.
    pub model: Model,
    /// The number of the old model, 8 digits; never stored.
    pub old_number: u32,
    /// Handed over.
    pub since: Day,
    /// Last seen at a yearly check, not before it was handed over.
    pub checked: Day,
}

/// Writes them all. What is loaded counts as changed on the day of its hand-over, so that lists need not read it again.
///
/// # Errors
/// Problems of the database: a member who has a card already, a number used twice.
pub fn load_cards(op: &mut Op<'_, '_>, cards: &[Loaded]) -> Result<(), Problem> {
    let version = Terms::on(op.today())?.card_version;
    let by = op.viewer().name.clone();
    let number = |card: &Loaded| format!("{:08}", card.old_number);
    let hints: Vec<String> = cards
        .iter()
        .map(|card| if card.model == Model::Old { hint_of(&number(card)) } else { String::new() })
        .collect();
    let int = |n: u8| Value::Int(i64::from(n));
    let issue = Matter::Issue.number();
    let states = cards.iter().zip(&hints).map(|(card, hint)| {
        let at = Value::Int(Moment::start_of(card.since).0);
        let (state, steps) = (int(State::Held.number()), Value::Int(1));
        let model = int(card.model.number());
        [
            card.person.value(),
            state,
            model,
            int(issue),
            steps,
            card.since.value(),
            card.checked.value(),
            hint.value(),
            at,
        ]
    });
    store::add_states(op.tx(), states)?;
    let steps = cards.iter().zip(&hints).map(|(card, hint)| {
        let at = Value::Int(Moment::start_of(card.since).0);
        let (code, model, empty) = (Value::Text(Step::Recorded.code()), int(card.model.number()), Value::Text(""));
        let (person, seq, on) = (card.person.value(), Value::Int(1), card.since.value());
        [person, seq, code, on, int(issue), model, hint.value(), empty, empty, version.value(), at, by.value()]
    });
    store::add_steps(op.tx(), steps)?;
    let old = cards.iter().filter(|card| card.model == Model::Old);
    let mut keys: Vec<([u8; 32], Id<Person>)> =
        old.map(|card| (op.keys().lookup(format!("card {}", number(card)).as_bytes()), card.person)).collect();
    keys.sort_unstable();
    store::add_keys(op.tx(), keys.iter().map(|(key, person)| [Value::Bytes(key), person.value()])).map(drop)
}
