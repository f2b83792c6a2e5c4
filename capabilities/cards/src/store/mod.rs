//! The tables: cards, numbers of dossiers, books of dossiers.

mod cards;
mod files;
mod lost;
mod numbers;

pub use cards::{
    StateRow, StepRow, add_keys, add_states, add_steps, change_state, changed_since, insert_state, insert_step,
    key_owner, state_of, steps_of,
};
pub use files::{
    CheckRow, GapRow, HandoverRow, LoanRow, checks_of, gaps_of, handovers_of, insert_check, insert_gap,
    insert_handover, insert_loan, insert_return, last_checks, loan, loans_of, loans_of_person, out, returned,
    returns_of,
};
pub use lost::{LostRow, insert_lost, lost_now, lost_of};
pub use numbers::{
    BlockRow, NumberRow, ReportRow, add_number, block_count, blocks, blocks_of, given_between, insert_block,
    insert_number, insert_report, number_owner, numbers_of, reports_of_year,
};

use chibo_store::Statement;

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    [cards::STATEMENTS, numbers::STATEMENTS, files::STATEMENTS, lost::STATEMENTS].concat()
}
