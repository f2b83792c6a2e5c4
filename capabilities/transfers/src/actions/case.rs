//! A transfer as stored, put together.

use chibo_kernel::{Day, Id, Problem};
use chibo_store::Tx;

use crate::rules::{Course, Elsewhere, Kind, Purpose, Seal, Side, Span, Stay, Step, Transfer, Turn, Turned};
use crate::store::{self, BoxRow, KindRow, StepRow, TransferRow, TurnRow};

/// What kind of transfer it is, where outside, for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The kind.
    pub kind: Kind,
    /// The organisation outside the register; empty for none.
    pub place: Elsewhere,
    /// Number of the paper written outside.
    pub paper: String,
    /// Comes back from abroad (TRF-10).
    pub from_abroad: bool,
    /// The time of a stay.
    pub span: Option<Span>,
}

impl Default for Detail {
    /// Official, inside the register: transfers written before there were kinds.
    fn default() -> Self {
        Self { kind: Kind::Inside, place: Elsewhere::default(), paper: String::new(), from_abroad: false, span: None }
    }
}

impl Detail {
    /// As stored.
    ///
    /// # Errors
    /// A fault when a number means nothing.
    pub fn of(row: &KindRow) -> Result<Self, Problem> {
        let kind = Kind::from_number(row.kind).ok_or_else(|| Problem::fault(format!("a kind {}", row.kind)))?;
        let span = Purpose::from_number(row.purpose_no).map(|purpose| Span {
            purpose,
            from: row.begins_on,
            until: row.until_on,
        });
        Ok(Self {
            kind,
            place: Elsewhere { name: row.outside.clone(), province: row.outside_province.clone() },
            paper: row.outside_no.clone(),
            from_abroad: row.from_abroad == 1,
            span,
        })
    }
}

/// A transfer with boxes, steps and, once it began, its stay.
pub struct Case {
    /// The row.
    pub row: TransferRow,
    /// What kind.
    pub detail: Detail,
    /// Boxes and steps.
    pub course: Course,
    /// Steps as stored.
    pub steps: Vec<StepRow>,
    /// What happened during the stay, as stored.
    pub turns: Vec<TurnRow>,
}

/// Stored boxes and steps as a course.
///
/// # Errors
/// A fault when something stored cannot be read.
pub fn course(kind: Kind, cause: Day, boxes: &[BoxRow], steps: &[StepRow]) -> Result<Course, Problem> {
    Ok(Course {
        kind,
        cause,
        boxes: boxes.iter().map(seal).collect::<Result<_, Problem>>()?,
        steps: steps.iter().map(step).collect::<Result<_, Problem>>()?,
    })
}

pub(crate) fn seal(row: &BoxRow) -> Result<Seal, Problem> {
    let side = Side::from_number(row.side).ok_or_else(|| Problem::fault(format!("a side {}", row.side)))?;
    Ok(Seal { unit: row.unit_id, side })
}

pub(crate) fn step(row: &StepRow) -> Result<(Step, Day), Problem> {
    let step = Step::from_code(&row.step).ok_or_else(|| Problem::fault(format!("a step {}", row.step)))?;
    Ok((step, row.on_day))
}

pub(crate) fn turn(row: &TurnRow) -> Result<Turned, Problem> {
    let turn = Turn::from_code(&row.turn).ok_or_else(|| Problem::fault(format!("a turn {}", row.turn)))?;
    Ok((turn, row.on_day, row.until_on))
}

impl Case {
    /// A transfer; `None` when there is none.
    ///
    /// # Errors
    /// Problems of the database.
    pub fn load(tx: &mut Tx<'_>, id: Id<Transfer>) -> Result<Option<Self>, Problem> {
        match store::transfer(tx, id)? {
            Some(row) => Self::of(tx, row).map(Some),
            None => Ok(None),
        }
    }

    /// The same of its row.
    ///
    /// # Errors
    /// Problems of the database.
    pub fn of(tx: &mut Tx<'_>, row: TransferRow) -> Result<Self, Problem> {
        let id = row.transfer_id;
        let detail = store::kind_of(tx, id)?.as_ref().map(Detail::of).transpose()?.unwrap_or_default();
        let (boxes, steps) = (store::boxes_of(tx, id)?, store::steps_of(tx, id)?);
        let course = course(detail.kind, row.cause_on, &boxes, &steps)?;
        let turns = if detail.kind.stays() { store::turns_of(tx, id)? } else { Vec::new() };
        Ok(Self { row, detail, course, steps, turns })
    }

    /// The stay, once the member was accepted.
    ///
    /// # Errors
    /// A fault when something stored cannot be read.
    pub fn stay(&self) -> Result<Option<Stay>, Problem> {
        let turns = self.turns.iter().map(turn).collect::<Result<_, Problem>>()?;
        Ok(stay(&self.detail, &self.course, turns))
    }
}

/// The stay that follows a course that was accepted.
pub(crate) fn stay(detail: &Detail, course: &Course, turns: Vec<Turned>) -> Option<Stay> {
    let begun = detail.kind.stays() && course.state() == crate::rules::State::Accepted;
    detail.span.filter(|_| begun).map(|span| Stay { span, abroad: detail.kind.abroad(), turns })
}
