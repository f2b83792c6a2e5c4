//! What is printed on the way in, one file per family of forms: what the candidate and his introducers write, opinions,
//! vetting, resolutions, decisions, probation, cancelling, lists. Papers are Vietnamese whatever language their maker
//! reads. What the register does not know is left as dots, the letter of a form's mark too where the guidance we have
//! does not say which letter is for what.

mod asking;
mod cancelling;
mod decisions;
mod history;
mod lists;
mod opinions;
mod probation;
mod resolutions;
#[cfg(test)]
mod tests;
mod vetting;

use chibo_kernel::Day;
use chibo_kernel::text::number::percent;
use chibo_kernel::votes::VotingForm;
use chibo_papers::document::{Block, Closing, DOTS, Document, Heading, Issuer, Signature, open_day};

use crate::rules::{Body, Outcome, Redo, Relation, Vote};

pub(crate) use asking::{application, introduction};
pub(crate) use cancelling::cancelling;
pub(crate) use decisions::{decision, recognition_decision, striking_off};
pub(crate) use history::life_history;
pub(crate) use lists::applications;
pub(crate) use opinions::{later_opinions, opinions, union_resolution};
pub(crate) use probation::{helper_remark, self_review};
pub(crate) use resolutions::{base_resolution, branch_resolution, later_base_resolution, recognition_resolution};
pub(crate) use vetting::{later_vetting, vetting};

/// A vote as a paper tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Taken {
    /// Number of the document.
    pub number: String,
    /// The day.
    pub on: Option<Day>,
    /// The count.
    pub vote: Vote,
}

/// A member who introduces (MEM-12).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Introduced {
    /// His name.
    pub name: String,
    /// Together with the candidate since.
    pub since: Option<Day>,
}

/// A union that introduces, by resolution (MEM-11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ByUnion {
    /// The Youth Union; otherwise the trade union.
    pub youth: bool,
    /// Number of the resolution.
    pub number: String,
    /// Its day.
    pub on: Day,
}

/// Somebody whose background was asked about (MEM-14).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Relative {
    /// What he is to the candidate.
    pub relation: Relation,
    /// His name.
    pub name: String,
    /// Where it was asked.
    pub place: String,
    /// What the answer says.
    pub outcome: Option<Outcome>,
    /// Who verified.
    pub verifier: String,
}

/// A decision that was cancelled (MEM-41).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cancelled {
    /// The admission; otherwise the recognition.
    pub admission: bool,
    /// A standard was missing: nothing is done again.
    pub standard: bool,
    /// From where it is done again.
    pub redo: Option<Redo>,
    /// The decision that cancels.
    pub by: Taken,
    /// The committee that cancels.
    pub issuer: Issuer,
    /// Why.
    pub reason: String,
}

/// What papers about one candidate or one member on probation are printed from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Case {
    /// Full name.
    pub name: String,
    /// Day of birth, as written.
    pub birth: String,
    /// Sex, in words.
    pub sex: &'static str,
    /// Home town.
    pub home_town: String,
    /// Schooling, in words.
    pub schooling: &'static str,
    /// Where he works or studies.
    pub workplace: String,
    /// The branch.
    pub branch: String,
    /// The branch is a base organisation itself.
    pub base_branch: bool,
    /// The section committee's organisation between the branch and the base, where there is one.
    pub section: String,
    /// The organisation above the branch that proposes.
    pub base: String,
    /// What stands above that.
    pub upper: String,
    /// Who introduced, in a line.
    pub introducers: String,
    /// The members who introduce.
    pub members: Vec<Introduced>,
    /// The union that introduces.
    pub union: Option<ByUnion>,
    /// Who helps now.
    pub helpers: Vec<String>,
    /// The certificate of the awareness class.
    pub certified: Taken,
    /// Whose background was verified.
    pub relatives: Vec<Relative>,
    /// Number of the city's consent, where one was needed (MEM-01, MEM-06, MEM-27).
    pub consent: String,
    /// He was a member before (MEM-27).
    pub former: bool,
    /// The branch he moved from while considered (MEM-22).
    pub moved_from: String,
    /// The branch's vote.
    pub voted: Taken,
    /// The base committee's vote.
    pub committee: Taken,
    /// The decision.
    pub decided: Taken,
    /// Day of the ceremony or the admission, of members.
    pub admitted: Option<Day>,
    /// When probation ends; of candidates none.
    pub ends: Option<Day>,
    /// What was cancelled.
    pub cancelled: Option<Cancelled>,
}

fn or_dots(text: &str) -> &str {
    if text.is_empty() { DOTS } else { text }
}

/// So many empty lines to write on.
fn lines(count: usize) -> Vec<Block> {
    (0..count).map(|_| Block::text(DOTS.repeat(7))).collect()
}

/// Room in a line of text: dots that may be broken anywhere, so that no line is drawn out.
fn gap(count: usize) -> String {
    vec![DOTS; count].join(" ")
}

/// A title with empty lines below it. How many is chosen so that more than a signature comes onto the last page.
fn to_write(title: &str, count: usize) -> Vec<Block> {
    let mut blocks = vec![Block::text(format!("{title}: {}", gap(4)))];
    blocks.extend(lines(count));
    blocks
}

/// A paper somebody writes in his own name: no issuing organisation stands above it.
fn personal(form: &str, kind: &str, subject: &str, blocks: Vec<Block>, signs: (&str, &str)) -> Document {
    let (role, name) = signs;
    let title = if subject.is_empty() { kind.to_owned() } else { format!("{kind} {subject}") };
    let signature =
        Signature {
            on_behalf: role.to_uppercase(), position: "(ký, ghi rõ họ tên)".to_owned(), name: name.to_owned()
        };
    let mut blocks = blocks;
    if subject.is_empty() {
        blocks.insert(0, Block::Space(14));
    }
    blocks.push(Block::text(format!("{DOTS}, {}", open_day())));
    Document {
        title,
        heading: Heading { form: form.to_owned(), ..Heading::default() },
        kind: kind.to_owned(),
        subject: subject.to_owned(),
        blocks,
        closing: Closing::Signed { recipients: Vec::new(), signature },
        ..Document::default()
    }
}

fn dated(day: Option<Day>) -> String {
    day.map_or_else(open_day, |day| format!("ngày {day}"))
}

/// How a vote went, or dots to fill in.
fn counted(vote: &Vote, whose: &str) -> Vec<String> {
    if vote.base == 0 {
        return vec![
            format!("Tán thành: {DOTS}/{DOTS} {whose} (đạt {DOTS} %)."),
            format!("Không tán thành: {DOTS}, lý do: {DOTS}{DOTS}"),
        ];
    }
    let share = percent(u64::from(vote.yes), u64::from(vote.base)).unwrap_or_default();
    let against = vote.base.saturating_sub(vote.yes);
    let reason = if against == 0 { String::new() } else { format!(", lý do: {DOTS}{DOTS}") };
    let mut lines = vec![
        format!("Tán thành: {}/{} {whose} (đạt {share}).", vote.yes, vote.base),
        format!("Không tán thành: {against}{reason}"),
    ];
    let form = match vote.form {
        Some(VotingForm::SecretBallot) => "bỏ phiếu kín",
        Some(VotingForm::RaisedCard) => "giơ thẻ đảng viên",
        None => DOTS,
    };
    lines.push(format!("Hình thức biểu quyết: {form}."));
    lines
}

/// A resolution under its form code.
struct Resolution<'r> {
    form: &'r str,
    issuer: Issuer,
    taken: &'r Taken,
    subject: String,
    blocks: Vec<Block>,
    receives: String,
}

impl Resolution<'_> {
    fn document(self) -> Document {
        let Self { form, issuer, taken, subject, blocks, receives } = self;
        let mut document = issuer.begins(Some(&taken.number), taken.on, "Nghị quyết", subject);
        document.heading.form = form.to_owned();
        document.blocks = blocks;
        let recipients = vec![format!("{} (để báo cáo)", or_dots(&receives)), "Lưu hồ sơ.".to_owned()];
        document.closing = Closing::Signed { recipients, signature: issuer.signs() };
        document
    }
}

/// What a meeting says before it votes: who came, what it concludes.
fn meeting(opening: String, conclusions: &[&str]) -> Vec<Block> {
    let dotted = |what: &&str| format!("{what}: {DOTS}{DOTS}{DOTS}{DOTS}");
    vec![
        Block::text(opening),
        Block::text(format!(
            "Tổng số triệu tập: {DOTS} đồng chí; có mặt: {DOTS}; vắng mặt: {DOTS} (có lý do: {DOTS}). Chủ trì: {DOTS}{DOTS}; \
             thư ký: {DOTS}{DOTS}."
        )),
        Block::text("Sau khi nghe báo cáo và thảo luận, hội nghị kết luận:"),
        Block::bullets(conclusions.iter().map(dotted)),
        Block::text("Kết quả biểu quyết:"),
    ]
}

fn base_of(case: &Case) -> Issuer {
    Issuer { superior: case.upper.clone(), name: or_dots(&case.base).to_owned() }
}

/// In whose name a decision goes out (MEM-20).
fn decider(case: &Case) -> Issuer {
    let standing = |name: &str| match name.strip_prefix("Đảng bộ ") {
        Some(rest) => format!("Ban Thường vụ Đảng ủy {rest}"),
        None => format!("Ban Thường vụ {}", or_dots(name)),
    };
    match case.decided.vote.body {
        Some(Body::Upper | Body::District | Body::CityStanding) => {
            Issuer { superior: String::new(), name: standing(&case.upper) }
        }
        Some(Body::AuthorisedBase) => base_of(case),
        Some(Body::BaseStanding) | None => Issuer { superior: case.upper.clone(), name: standing(&case.base) },
    }
}
