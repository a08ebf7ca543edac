//! Proofs of work as the server gives and takes them.
//!
//! Nothing is kept of what was given: a token says until when it is good, and is signed together with the network that it was
//! given to. What is kept is which tokens were used, for as long as they would be good.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use data_encoding::BASE64URL_NOPAD;
use domain::wire::ChallengeJson;
use domain::{Entropy, Timestamp, proof_of_work};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::ChallengeError;

/// How long a token is good, in milliseconds: a phone needs seconds.
const GOOD_FOR_MS: i64 = 120_000;
/// Bytes that no other token has.
const ID_BYTES: usize = 12;
/// What a token says: its own bytes, and the seconds since 1970 at which it is void.
const SAID_BYTES: usize = ID_BYTES + 4;
/// That and 256 bits of signature: 64 characters, one block of SHA-256.
const TOKEN_BYTES: usize = SAID_BYTES + 32;
/// How many used tokens are remembered. Whoever uses more within two minutes has done far more work than one used twice would
/// save: the one that is void first is forgotten, and the limit per network stands behind it.
const USED_MAX: usize = 16_384;

/// Gives pieces of work, and takes each solution once.
pub struct ProofOfWork {
    key: [u8; 32],
    difficulty_bits: u8,
    /// Used tokens, by when they are void.
    used: Mutex<BTreeSet<(u32, [u8; ID_BYTES])>>,
}

impl ProofOfWork {
    /// With a key that signs nothing else. Each bit of difficulty doubles the work.
    pub fn new(key: [u8; 32], difficulty_bits: u8) -> Self {
        Self { key, difficulty_bits, used: Mutex::default() }
    }

    /// A piece of work for a network.
    pub(super) fn give(&self, network: IpAddr, now: Timestamp, entropy: &dyn Entropy) -> ChallengeJson {
        let expires_at = now.plus_ms(GOOD_FOR_MS);
        let seconds = u32::try_from(expires_at.unix_ms() / 1_000).unwrap_or(u32::MAX);
        let mut token = [0; TOKEN_BYTES];
        entropy.fill(&mut token[..ID_BYTES]);
        token[ID_BYTES..SAID_BYTES].copy_from_slice(&seconds.to_be_bytes());
        let signature = self.sign(&token[..SAID_BYTES], network).finalize().into_bytes();
        token[SAID_BYTES..].copy_from_slice(&signature);
        ChallengeJson::ProofOfWork {
            token: BASE64URL_NOPAD.encode(&token),
            difficulty_bits: self.difficulty_bits,
            expires_at: Timestamp::from_unix_ms(i64::from(seconds) * 1_000),
        }
    }

    /// Takes a solution; the token is used from then on.
    pub(super) fn take(
        &self,
        token: &str,
        nonce: u64,
        network: IpAddr,
        now: Timestamp,
    ) -> Result<(), ChallengeError> {
        let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).map_err(|_| ChallengeError::NotOurs)?;
        let bytes: [u8; TOKEN_BYTES] = bytes.try_into().map_err(|_| ChallengeError::NotOurs)?;
        let (said, signature) = bytes.split_at(SAID_BYTES);
        self.sign(said, network).verify_slice(signature).map_err(|_| ChallengeError::NotOurs)?;
        let (id, seconds) = said.split_first_chunk::<ID_BYTES>().ok_or(ChallengeError::NotOurs)?;
        let seconds = seconds.try_into().map(u32::from_be_bytes).map_err(|_| ChallengeError::NotOurs)?;
        if Timestamp::from_unix_ms(i64::from(seconds) * 1_000) <= now {
            return Err(ChallengeError::Expired);
        }
        if !proof_of_work::is_solved(token, nonce, self.difficulty_bits) {
            return Err(ChallengeError::Failed);
        }
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let over = u32::try_from(now.unix_ms() / 1_000).unwrap_or(u32::MAX);
        *used = used.split_off(&(over.saturating_add(1), [0; ID_BYTES]));
        if !used.insert((seconds, *id)) {
            return Err(ChallengeError::Used);
        }
        if used.len() > USED_MAX {
            used.pop_first();
        }
        Ok(())
    }

    /// The difficulty is signed, too: what was given before it was raised is void.
    fn sign(&self, said: &[u8], network: IpAddr) -> Hmac<Sha256> {
        Hmac::<Sha256>::new_from_slice(&self.key)
            .expect("HMAC takes keys of any length")
            .chain_update([self.difficulty_bits])
            .chain_update(said)
            .chain_update(network.to_string())
    }
}

#[cfg(test)]
mod tests;
