//! People entered twice, as in every register put together from several: a few records get name, birth and home of somebody
//! not far away, with the tone written in the other place. The number of members stays.

use chibo_census::cube::ListOrder;
use chibo_census::{Census, Codes, Query};
use chibo_kernel::{AsOf, Id, Person, Problem};
use chibo_members::actions::{Correction, correct};
use chibo_members::codes::Standing;
use chibo_members::records::record_of;
use chibo_members::rules::{NewMember, Secrets};
use chibo_store::Op;

use super::TODAY;

/// Pairs.
const PAIRS: usize = 12;
/// How far apart the two are looked for.
const NEAR: usize = 400;
/// Most members looked at.
const LOOKED_AT: usize = 300_000;
/// The two places of a tone.
const PLACES: [(&str, &str); 6] = [("oà", "òa"), ("oá", "óa"), ("oạ", "ọa"), ("uý", "úy"), ("uỳ", "ùy"), ("uỷ", "ủy")];

fn respelled(name: &str) -> String {
    for (one, other) in PLACES {
        if name.contains(one) {
            return name.replace(one, other);
        }
        if name.contains(other) {
            return name.replace(other, one);
        }
    }
    name.to_owned()
}

/// Members of one sex born in the same half year, in places not far apart.
fn pairs(op: &Op<'_, '_>) -> Vec<(Id<Person>, Id<Person>)> {
    let Some(census) = op.beside::<Census>() else { return Vec::new() };
    let view = census.view(TODAY);
    let members = Some(Codes::of(&[u32::from(Standing::Official.number())]));
    let all = view.list(&Query { members, ..Query::at(AsOf::on(TODAY)) }, ListOrder::Place, None, LOOKED_AT);
    let mut found = Vec::new();
    for at in (0..all.len()).step_by((all.len() / PAIRS).max(1)) {
        let mut near = all.iter().skip(at).take(NEAR).filter_map(|no| view.person(*no));
        let Some(one) = near.next() else { continue };
        let sex = one.today.map(|(_, codes)| codes.sex);
        let other = near.find(|other| {
            let born = one.born.zip(other.born);
            let near = born.is_some_and(|(a, b)| (a.month_number() - b.month_number()).abs() <= 6);
            near && other.today.map(|(_, codes)| codes.sex) == sex
        });
        found.extend(other.map(|other| (one.id, other.id)));
    }
    found
}

/// Writes them.
pub fn write(op: &mut Op<'_, '_>) -> Result<(), Problem> {
    for (one, other) in pairs(op) {
        let (Some(one), Some(row)) = (record_of(op.tx(), one)?, record_of(op.tx(), other)?) else { continue };
        let member = NewMember {
            name: respelled(&one.full_name),
            birth: Some(one.birth),
            birth_precision: one.birth_precision,
            sex: one.sex,
            ethnicity: one.ethnicity,
            religion: row.religion,
            home_town: one.home_town,
            job_title: row.job_title,
            workplace: row.workplace,
            file_no: row.file_no,
            ..NewMember::default()
        };
        let (version, birth_consent) = (row.version, "15-CV/ĐU".to_owned());
        correct(op, other, &Correction { version, member, secrets: Secrets::default(), birth_consent })?;
    }
    Ok(())
}
