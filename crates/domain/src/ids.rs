//! Names for things: each kind of id is its own type, so that one can't be passed for another.

use std::fmt;
use std::str::FromStr;

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD, HEXLOWER};
use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

use crate::{Clock, Entropy};

/// A text is not an id of the kind that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {0}")]
pub struct IdError(&'static str);

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = "uuid"))]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id: UUID version 7, so that ids sort by the time they were made.
            pub fn generate(clock: &dyn Clock, entropy: &dyn Entropy) -> Self {
                let mut random = [0; 10];
                entropy.fill(&mut random);
                let unix_ms = u64::try_from(clock.now().unix_ms()).unwrap_or(0);
                Self(Builder::from_unix_timestamp_millis(unix_ms, &random).into_uuid())
            }
        }

        impl $name {
            /// The id as 16 bytes, for where text is too long.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }

            /// What [`Self::as_bytes`] gave.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                text.parse().map(Self).map_err(|_| IdError($what))
            }
        }
    };
}

uuid_id!(
    /// Names one session. It is no authority: the [`SessionToken`] is.
    SessionId, "session id"
);
uuid_id!(
    /// Names one sandbox, from its creation to its end.
    SandboxId, "sandbox id"
);
uuid_id!(
    /// Names one prompt of a session.
    PromptId, "prompt id"
);
uuid_id!(
    /// Names one user: a person with an account. It is no authority.
    UserId, "user id"
);

uuid_id!(
    /// Names one command of a session.
    CommandId, "command id"
);

/// Names one terminal of a sandbox. No later one of that sandbox gets the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct TerminalId(pub u32);

impl fmt::Display for TerminalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for TerminalId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        text.parse().map(Self).map_err(|_| IdError("terminal id"))
    }
}

uuid_id!(
    /// Names one sign-in of a user: one browser, until it signs out.
    SignInId, "sign-in id"
);

/// The unguessable host label of a session's preview: 26 lower-case base-32 characters, 128 random bits.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct PreviewId(String);

impl PreviewId {
    const CHARS: usize = 26;

    /// A new, unguessable id.
    pub fn generate(entropy: &dyn Entropy) -> Self {
        let mut random = [0; 16];
        entropy.fill(&mut random);
        Self(BASE32_NOPAD.encode(&random).to_ascii_lowercase())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PreviewId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let fits = text.len() == Self::CHARS && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'));
        if fits { Ok(Self(text.to_owned())) } else { Err(IdError("preview id")) }
    }
}

impl TryFrom<String> for PreviewId {
    type Error = IdError;

    fn try_from(text: String) -> Result<Self, IdError> {
        text.parse()
    }
}

impl From<PreviewId> for String {
    fn from(id: PreviewId) -> Self {
        id.0
    }
}

impl fmt::Display for PreviewId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A preview id gives access to a preview, so logs show its beginning only.
impl fmt::Debug for PreviewId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PreviewId({}…)", &self.0[..4])
    }
}

/// The authority over one session: 256 random bits, shown to its holder once and kept only as a [`TokenHash`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct SessionToken(String);

impl SessionToken {
    /// A new token.
    pub fn generate(entropy: &dyn Entropy) -> Self {
        let mut random = [0; 32];
        entropy.fill(&mut random);
        Self(BASE64URL_NOPAD.encode(&random))
    }

    /// What a client presented, unchecked.
    pub fn presented(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The token in clear, for the one answer that carries it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// A token never shows in a log.
impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

macro_rules! sha256_id {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// From the 32 bytes of a SHA-256 digest.
            pub fn from_digest(digest: &[u8; 32]) -> Self {
                Self(HEXLOWER.encode(digest))
            }

            /// 64 lower-case hexadecimal digits.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;

            fn try_from(text: String) -> Result<Self, IdError> {
                let fits = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
                if fits { Ok(Self(text)) } else { Err(IdError($what)) }
            }
        }

        impl From<$name> for String {
            fn from(hash: $name) -> Self {
                hash.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({}…)"), &self.0[..8])
            }
        }
    };
}

sha256_id!(
    /// SHA-256 of a [`SessionToken`], or of a sign-in's token: what the store keeps.
    TokenHash, "token hash"
);
sha256_id!(
    /// SHA-256 of a file's bytes: the address of its content in the store.
    BlobHash, "blob hash"
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ManualClock, SeededEntropy, Timestamp};

    #[test]
    fn ids_sort_by_the_time_they_were_made() {
        let (clock, entropy) = (ManualClock::new(Timestamp::from_unix_ms(1_000)), SeededEntropy::new(7));
        let first = SessionId::generate(&clock, &entropy);
        clock.advance_ms(1);
        let second = SessionId::generate(&clock, &entropy);
        assert!(first < second);
        assert_eq!(first.to_string().parse::<SessionId>(), Ok(first));
    }

    #[test]
    fn a_preview_id_is_a_host_label_and_nothing_else() {
        let id = PreviewId::generate(&SeededEntropy::new(1));
        assert_eq!(id.as_str().parse::<PreviewId>(), Ok(id));
        for bad in [
            "",
            "a",
            "../../../../etc/passwd......",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            "abcdefghijklmnopqrstuvwxy.",
        ] {
            assert!(bad.parse::<PreviewId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn secrets_do_not_show_in_debug_output() {
        let token = SessionToken::generate(&SeededEntropy::new(1));
        assert!(!format!("{token:?}").contains(token.reveal()));
    }
}
