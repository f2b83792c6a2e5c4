//! Password hashes: Argon2id, 19 MiB, two passes, one lane; at most two at a time, so that a rush of sign-ins
//! costs time and not memory (S16).

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use chibo_kernel::Problem;
use parking_lot::{Condvar, Mutex};

use crate::rules::password::normal;

/// Hashes computed at the same time.
const AT_ONCE: u32 = 2;

/// Same cost as a real hash, no password fits it: names that do not exist take the same time.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

struct Turnstile {
    inside: Mutex<u32>,
    left: Condvar,
}

static TURNSTILE: Turnstile = Turnstile { inside: Mutex::new(0), left: Condvar::new() };

/// A place among those that hash; given back when dropped.
struct Turn;

impl Turn {
    fn take() -> Self {
        let mut inside = TURNSTILE.inside.lock();
        while *inside >= AT_ONCE {
            TURNSTILE.left.wait(&mut inside);
        }
        *inside += 1;
        Self
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *TURNSTILE.inside.lock() -= 1;
        TURNSTILE.left.notify_one();
    }
}

/// Hashes a password with a fresh salt from the caller.
pub fn hash(password: &str, salt: [u8; 16]) -> Result<String, Problem> {
    let password = normal(password);
    let _turn = Turn::take();
    let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
    hash.map(|hash| hash.to_string()).map_err(Problem::fault)
}

/// Whether the password fits the stored hash; without one, false after the same work.
pub fn fits(password: &str, stored: Option<&str>) -> bool {
    let password = normal(password);
    let _turn = Turn::take();
    let right = Argon2::default().verify_password(password.as_bytes(), stored.unwrap_or(NOBODY)).is_ok();
    right && stored.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s16_hashes_are_argon2id_of_nineteen_mebibytes() {
        let hash = hash("hồ Tây", [7; 16]).unwrap();
        let head = NOBODY.rsplit_once('$').unwrap().0.rsplit_once('$').unwrap().0;
        assert!(hash.starts_with(head), "{hash}");
        assert_eq!(hash.len(), NOBODY.len());
        assert!(fits("ho\u{302}\u{300} Ta\u{302}y", Some(&hash)), "another keyboard");
        assert!(!fits("hồ Tây ", Some(&hash)));
        assert!(!fits("hồ Tây", None));
        assert!(!fits("hồ Tây", Some("nonsense")));
    }

    #[test]
    fn s16_never_more_than_two_at_once() {
        let most = std::sync::atomic::AtomicU32::new(0);
        std::thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| {
                    let _turn = Turn::take();
                    let inside = *TURNSTILE.inside.lock();
                    most.fetch_max(inside, std::sync::atomic::Ordering::SeqCst);
                    std::thread::sleep(std::time::Duration::from_millis(2));
                });
            }
        });
        assert_eq!(most.into_inner(), AT_ONCE);
    }
}
