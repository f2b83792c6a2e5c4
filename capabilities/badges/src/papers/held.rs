//! The badges a member holds, as the sheet of the dossier names them (item 24 of 2-HSĐV).

use chibo_kernel::{Id, Person, Problem};
use chibo_store::Tx;
use chibo_web::SheetItem;

use crate::rules::Step;
use crate::store::{self, StepRow};

/// Item 24 of the sheet.
pub(crate) const ON_SHEET: SheetItem = SheetItem { item: 24, lines: held };

fn held(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Vec<String>, Problem> {
    Ok(lines(&store::steps_of(tx, person)?))
}

/// Every badge that was handed over and not taken back (BDG-07); `rows` by badge and in order.
fn lines(rows: &[StepRow]) -> Vec<String> {
    let last = |row: &&StepRow| !rows.iter().any(|more| more.years == row.years && more.seq > row.seq);
    let handed = |row: &&StepRow| Step::from_code(&row.step) == Some(Step::Awarded);
    let line = |row: &StepRow| {
        let decided =
            rows.iter().rfind(|other| other.years == row.years && Step::from_code(&other.step) == Some(Step::Decided));
        let decision = decided
            .map_or_else(String::new, |decided| format!(", Quyết định số {} ngày {}", decided.number, decided.on_day));
        let serial = if row.serial.is_empty() { String::new() } else { format!(", số {}", row.serial) };
        format!("Huy hiệu {} năm tuổi Đảng{serial}{decision}, trao ngày {}", row.years, row.on_day)
    };
    rows.iter().filter(last).filter(handed).map(line).collect()
}

#[cfg(test)]
mod tests {
    use chibo_kernel::{Day, Moment};

    use super::*;

    fn step(years: u16, seq: u32, step: Step, number: &str, serial: &str) -> StepRow {
        StepRow {
            person_id: Id::from_bytes([1; 16]),
            years,
            seq,
            step: step.code().to_owned(),
            on_day: Day::from_ymd(2027, 2, seq as u8).unwrap(),
            award_on: Day::from_ymd(2027, 2, 3).unwrap(),
            unit_id: Id::from_bytes([2; 16]),
            ground: "reached".to_owned(),
            discipline: String::new(),
            disciplined_on: Day::FOREVER,
            number: number.to_owned(),
            serial: serial.to_owned(),
            note: String::new(),
            rulebook: String::new(),
            recorded_at: Moment::FOREVER,
            recorded_by: String::new(),
        }
    }

    #[test]
    fn bdg_07_the_sheet_names_badges_that_were_handed_over_and_not_taken_back() {
        let way = |years, serial| {
            [
                step(years, 1, Step::Proposed, "", ""),
                step(years, 2, Step::Decided, "12-QĐ/TU", serial),
                step(years, 3, Step::Awarded, "12-QĐ/TU", serial),
            ]
        };
        let mut rows: Vec<_> = way(30, "00000001").into_iter().chain(way(35, "")).collect();
        let said = lines(&rows);
        assert_eq!(
            said,
            [
                "Huy hiệu 30 năm tuổi Đảng, số 00000001, Quyết định số 12-QĐ/TU ngày 02/02/2027, trao ngày 03/02/2027",
                "Huy hiệu 35 năm tuổi Đảng, Quyết định số 12-QĐ/TU ngày 02/02/2027, trao ngày 03/02/2027",
            ]
        );
        rows.push(step(35, 4, Step::TakenBack, "13-QĐ/TU", ""));
        assert_eq!(lines(&rows).len(), 1);
        assert!(lines(&rows[..2]).is_empty(), "decided only");
    }
}
