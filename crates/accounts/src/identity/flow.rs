//! What a browser carries from us to a provider and back: signed, short-lived, and good for this browser alone.

use data_encoding::BASE64URL_NOPAD;
use domain::{Entropy, Timestamp};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::token::random_text;

/// How long the way may take.
const FLOW_MS_MAX: i64 = 10 * 60_000;

/// The key that signs flows.
pub(super) struct FlowKey(pub(super) [u8; 32]);

/// One way to a provider and back.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Flow {
    pub(super) provider: String,
    /// Comes back in the address, and ties the answer to this browser.
    pub(super) state: String,
    /// Comes back in the token, and ties it to this flow.
    pub(super) nonce: String,
    /// Proves that whoever exchanges the code asked for it (PKCE, RFC 7636).
    pub(super) verifier: String,
    pub(super) return_to: String,
    until: Timestamp,
}

impl Flow {
    pub(super) fn new(provider: &str, return_to: &str, now: Timestamp, entropy: &dyn Entropy) -> Self {
        Self {
            provider: provider.to_owned(),
            state: random_text(entropy),
            nonce: random_text(entropy),
            verifier: random_text(entropy),
            return_to: return_to.to_owned(),
            until: now.plus_ms(FLOW_MS_MAX),
        }
    }

    pub(super) fn sealed(&self, key: &FlowKey) -> String {
        let body = BASE64URL_NOPAD.encode(&serde_json::to_vec(self).expect("texts and a moment are JSON"));
        let seal = BASE64URL_NOPAD.encode(&mac(key, &body).finalize().into_bytes());
        format!("{body}.{seal}")
    }

    /// What was sealed, if it was by this key and is not too old.
    pub(super) fn open(sealed: &str, key: &FlowKey, now: Timestamp) -> Option<Self> {
        let (body, seal) = sealed.split_once('.')?;
        mac(key, body).verify_slice(&BASE64URL_NOPAD.decode(seal.as_bytes()).ok()?).ok()?;
        let flow: Self = serde_json::from_slice(&BASE64URL_NOPAD.decode(body.as_bytes()).ok()?).ok()?;
        (now < flow.until).then_some(flow)
    }
}

fn mac(key: &FlowKey, body: &str) -> Hmac<Sha256> {
    Hmac::<Sha256>::new_from_slice(&key.0).expect("any key will do").chain_update(body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::SeededEntropy;

    /// J3
    #[test]
    fn a_flow_is_opened_by_its_key_unchanged_and_in_time() {
        let (key, now) = (FlowKey([1; 32]), Timestamp::from_unix_ms(1_000));
        let flow = Flow::new("company", "/projects", now, &SeededEntropy::new(1));
        let sealed = flow.sealed(&key);
        let opened =
            |sealed: &str, at: Timestamp| Flow::open(sealed, &key, at).is_some_and(|opened| opened == flow);
        assert!(opened(&sealed, now.plus_ms(FLOW_MS_MAX - 1)));
        assert!(!opened(&sealed, now.plus_ms(FLOW_MS_MAX)));
        assert!(Flow::open(&sealed, &FlowKey([2; 32]), now).is_none());
        assert!((0..sealed.len()).all(|place| {
            let mut changed = sealed.clone().into_bytes();
            changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
            !opened(&String::from_utf8(changed).unwrap(), now)
        }));
        assert!(sealed.bytes().all(|c| c.is_ascii_alphanumeric() || b"-_.".contains(&c)), "fit for a cookie");
    }
}
