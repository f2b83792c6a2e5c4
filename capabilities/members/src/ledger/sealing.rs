//! Health and policy family stood unsealed once (DPD-05): what is left of that is sealed.

use chibo_kernel::{Id, Person, Problem};
use chibo_store::{Keys, Tx};

use super::{open_secrets, seal_secrets};
use crate::rules::Secrets;
use crate::store::{self, PersonRow};

/// The sealed fields of a record, opened, with what a record of before still says unsealed.
///
/// # Errors
/// Problems of the keys.
pub fn secrets_of(keys: &Keys, person: &PersonRow) -> Result<Secrets, Problem> {
    let mut secrets = open_secrets(keys, person.person_id, &person.sealed)?;
    secrets.absorb(&person.health, &person.policy_family);
    Ok(secrets)
}

/// Seals what a record says unsealed and empties where it stood; whether there was anything. What somebody changed meanwhile
/// is left: it was sealed by them.
///
/// # Errors
/// Problems of the database and of the keys.
pub fn tuck(tx: &mut Tx<'_>, keys: &Keys, id: Id<Person>, nonce: [u8; 24]) -> Result<bool, Problem> {
    let Some(person) = store::person(tx, id)? else { return Ok(false) };
    if person.health.is_empty() && person.policy_family.is_empty() {
        return Ok(false);
    }
    let sealed = seal_secrets(keys, id, &secrets_of(keys, &person)?, nonce)?;
    Ok(store::seal_plain(tx, id, &sealed, &person.sealed)? > 0)
}
