//! What a browser shows to be somebody.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use domain::{Entropy, TokenHash};
use sha2::{Digest as _, Sha256};

/// The authority to act as a user: 256 random bits, kept only as a [`TokenHash`].
#[derive(Clone, PartialEq, Eq)]
pub struct SignInToken(String);

impl SignInToken {
    pub(crate) fn generate(entropy: &dyn Entropy) -> Self {
        Self(random_text(entropy))
    }

    /// What a client presented, unchecked.
    pub fn presented(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The token in clear, for the one answer that carries it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub(crate) fn hash(&self) -> TokenHash {
        TokenHash::from_digest(&Sha256::digest(&self.0).into())
    }
}

/// 256 random bits as 43 characters that mean nothing in an address.
pub(crate) fn random_text(entropy: &dyn Entropy) -> String {
    let mut random = [0; 32];
    entropy.fill(&mut random);
    BASE64URL_NOPAD.encode(&random)
}

/// A token never shows in a log.
impl fmt::Debug for SignInToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignInToken(…)")
    }
}
