//! Secret fields: encrypted with a key ring, looked up by keyed hash, chained by keyed hash.

use std::collections::BTreeMap;

use chacha20poly1305::aead::{Aead, AeadInOut, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use chibo_kernel::{Problem, Said};
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// The keys of one installation. They live in a file beside the database, never in it.
#[derive(Clone)]
pub struct Keys {
    ring: BTreeMap<u32, [u8; 32]>,
    lookup: MacKey,
    audit: MacKey,
}

/// A key for keyed hashes, with the hash that has taken it in already: half the work of hashing something short.
#[derive(Clone)]
struct MacKey {
    key: [u8; 32],
    begun: Hmac<Sha256>,
}

impl MacKey {
    fn new(key: [u8; 32]) -> Self {
        let mut block = [0; 64];
        block[..32].copy_from_slice(&key);
        Self { key, begun: <Hmac<Sha256> as hmac::KeyInit>::new(&block.into()) }
    }

    /// HMAC-SHA-256 over length-prefixed parts, so that parts cannot flow into each other.
    fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = self.begun.clone();
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

#[derive(Serialize, Deserialize)]
struct KeyFile {
    ring: BTreeMap<String, String>,
    lookup: String,
    audit: String,
}

impl Keys {
    /// New keys from the caller's random source.
    pub fn generate(random: &dyn Fn(&mut [u8])) -> Self {
        let fresh = || {
            let mut key = [0; 32];
            random(&mut key);
            key
        };
        Self { ring: BTreeMap::from([(1, fresh())]), lookup: MacKey::new(fresh()), audit: MacKey::new(fresh()) }
    }

    /// Reads the key file's text.
    pub fn from_text(text: &str) -> Result<Self, Problem> {
        let broken = || Problem::refuse(Said::new("store-key-file-broken"));
        let file: KeyFile = serde_json::from_str(text).map_err(|_| broken())?;
        let mut ring = BTreeMap::new();
        for (number, key) in &file.ring {
            ring.insert(number.parse().map_err(|_| broken())?, unhex(key).ok_or_else(broken)?);
        }
        if ring.is_empty() {
            return Err(broken());
        }
        let key = |text: &str| unhex(text).map(MacKey::new).ok_or_else(broken);
        Ok(Self { ring, lookup: key(&file.lookup)?, audit: key(&file.audit)? })
    }

    /// The key file's text.
    pub fn to_text(&self) -> String {
        let file = KeyFile {
            ring: self.ring.iter().map(|(n, key)| (n.to_string(), hex(key))).collect(),
            lookup: hex(&self.lookup.key),
            audit: hex(&self.audit.key),
        };
        serde_json::to_string_pretty(&file).unwrap_or_default()
    }

    /// Adds a new active key; old ones stay for reading.
    pub fn rotate(&mut self, random: &dyn Fn(&mut [u8])) {
        let next = self.ring.keys().next_back().map_or(1, |n| n + 1);
        let mut key = [0; 32];
        random(&mut key);
        self.ring.insert(next, key);
    }

    /// The number of the key that seals now.
    pub fn newest(&self) -> u32 {
        self.ring.keys().next_back().copied().unwrap_or_default()
    }

    /// The numbers of all keys of the ring, the oldest first.
    pub fn numbers(&self) -> Vec<u32> {
        self.ring.keys().copied().collect()
    }

    /// Takes an older key out of the ring; false when there is none of that number or it is the one that seals now.
    pub fn retire(&mut self, number: u32) -> bool {
        number != self.newest() && self.ring.remove(&number).is_some()
    }

    /// The number of the key something was sealed under; none when it is too short to be sealed.
    pub fn number(sealed: &[u8]) -> Option<u32> {
        const LEAST: usize = 4 + 24 + 16;
        let (number, _) = sealed.split_first_chunk::<4>()?;
        (sealed.len() >= LEAST).then(|| u32::from_be_bytes(*number))
    }

    /// Encrypts `plain`; `about` (the owner's id) must be the same on opening.
    pub fn seal(&self, plain: &[u8], about: &[u8], nonce: [u8; 24]) -> Result<Vec<u8>, Problem> {
        let mut out = plain.to_vec();
        self.seal_in_place(&mut out, about, nonce)?;
        Ok(out)
    }

    /// [`Keys::seal`] where the plain text lies: no second buffer.
    pub fn seal_in_place(&self, text: &mut Vec<u8>, about: &[u8], nonce: [u8; 24]) -> Result<(), Problem> {
        const HEAD: usize = 4 + 24;
        let (number, key) = self.ring.iter().next_back().ok_or_else(|| Problem::Fault("empty key ring".into()))?;
        let len = text.len();
        text.resize(HEAD + len, 0);
        text.copy_within(..len, HEAD);
        text[..4].copy_from_slice(&number.to_be_bytes());
        text[4..HEAD].copy_from_slice(&nonce);
        let tag = XChaCha20Poly1305::new(key.into())
            .encrypt_inout_detached(&XNonce::from(nonce), about, (&mut text[HEAD..]).into())
            .map_err(|_| Problem::Fault("sealing failed".into()))?;
        text.extend_from_slice(&tag);
        Ok(())
    }

    /// Decrypts what `seal` made; fails when any bit or the owner differs.
    pub fn open(&self, sealed: &[u8], about: &[u8]) -> Result<Vec<u8>, Problem> {
        let broken = || Problem::Fault("a sealed field does not open with this key ring".into());
        let (number, rest) = sealed.split_first_chunk::<4>().ok_or_else(broken)?;
        let (nonce, body) = rest.split_first_chunk::<24>().ok_or_else(broken)?;
        let key = self.ring.get(&u32::from_be_bytes(*number)).ok_or_else(broken)?;
        let cipher = XChaCha20Poly1305::new(key.into());
        cipher.decrypt(&XNonce::from(*nonce), Payload { msg: body, aad: about }).map_err(|_| broken())
    }

    /// Keyed hash for finding and keeping unique what is stored sealed.
    pub fn lookup(&self, what: &[u8]) -> [u8; 32] {
        self.lookup.mac(&[what])
    }

    /// Keyed hash for the audit chain.
    pub(crate) fn chain(&self, parts: &[&[u8]]) -> [u8; 32] {
        self.audit.mac(parts)
    }

    /// Proves to a database that these are its keys.
    pub fn fingerprint(&self) -> String {
        hex(&self.audit.mac(&[b"chibo fingerprint"]))
    }
}

/// SHA-256 of some bytes, in hexadecimal: the digest a file is known by.
pub fn digest(bytes: &[u8]) -> String {
    hex(&<Sha256 as sha2::Digest>::digest(bytes))
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |four: u8| char::from(DIGITS[usize::from(four & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut out = [0; 32];
    for (index, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(index * 2..index * 2 + 2)?, 16).ok()?;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::generate(&|out| out.fill(7))
    }

    #[test]
    fn dpd_05_sealed_fields_open_only_for_their_owner_and_survive_rotation() {
        let mut keys = keys();
        let sealed = keys.seal(b"079058000123", b"person-1", [9; 24]).unwrap();
        assert_eq!(keys.open(&sealed, b"person-1").unwrap(), b"079058000123");
        assert!(keys.open(&sealed, b"person-2").is_err());
        for index in 0..sealed.len() {
            let mut broken = sealed.clone();
            broken[index] ^= 1;
            assert!(keys.open(&broken, b"person-1").is_err(), "byte {index}");
        }
        keys.rotate(&|out| out.fill(8));
        assert_eq!(keys.open(&sealed, b"person-1").unwrap(), b"079058000123");
        let text = keys.to_text();
        assert_eq!(Keys::from_text(&text).unwrap().open(&sealed, b"person-1").unwrap(), b"079058000123");
    }

    #[test]
    fn key_file_that_is_not_one_is_refused() {
        for text in ["", "{}", "{\"ring\":{},\"lookup\":\"\",\"audit\":\"\"}"] {
            assert!(Keys::from_text(text).is_err());
        }
    }
}
