//! Addresses that tell users apart.

use std::fmt;
use std::str::FromStr;

/// The longest address, in bytes (RFC 5321, 4.5.3.1.3, without the angle brackets).
const EMAIL_BYTES_MAX: usize = 254;
/// The longest part before the `@`, in bytes (RFC 5321, 4.5.3.1.1).
const LOCAL_BYTES_MAX: usize = 64;
/// The longest part between two dots of a host's name, in bytes (RFC 1035, 2.3.4).
const LABEL_BYTES_MAX: usize = 63;

/// An address in lower case, so that two spellings are one account.
///
/// Only ASCII is taken: two addresses that look the same to people must not be two accounts.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

/// The text is no address that is taken here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Please check the email address: it should look like name@example.com.")]
pub struct EmailError;

impl Email {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the `@`.
    pub(crate) fn local(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }
}

impl FromStr for Email {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, EmailError> {
        let text = text.trim();
        let (local, host) = text.rsplit_once('@').ok_or(EmailError)?;
        let fits = text.len() <= EMAIL_BYTES_MAX && is_local(local) && is_host(host);
        if fits { Ok(Self(text.to_ascii_lowercase())) } else { Err(EmailError) }
    }
}

/// The characters of an atom (RFC 5322, 3.2.3) and dots between them; quoted parts are not taken.
fn is_local(local: &str) -> bool {
    let atom = |c: u8| c.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&c);
    (1..=LOCAL_BYTES_MAX).contains(&local.len())
        && local.split('.').all(|part| !part.is_empty() && part.bytes().all(atom))
}

/// At least two labels, as in `example.com`.
fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        (1..=LABEL_BYTES_MAX).contains(&label.len())
            && label.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.contains('.') && host.split('.').all(label)
}

/// An address is nobody's business, so logs show its host only.
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Email(…@{})", self.0.rsplit_once('@').map_or("", |(_, host)| host))
    }
}

#[cfg(test)]
mod tests {
    use super::Email;
    use proptest::prelude::*;

    /// J3
    #[test]
    fn an_address_is_one_however_it_is_spelt() {
        let read = |text: &str| text.parse::<Email>().map(|email| email.as_str().to_owned());
        for same in ["ada@example.com", " Ada@Example.COM\n", "ADA@EXAMPLE.COM"] {
            assert_eq!(read(same).as_deref(), Ok("ada@example.com"), "{same:?}");
        }
        assert!(read("ada+demo.o'neil@mail.example.co.uk").is_ok());
        let long = format!("{}@example.com", "a".repeat(65));
        let longer = format!("a@{}.com", "b.".repeat(130));
        for bad in [
            "",
            "@",
            "ada",
            "ada@",
            "@example.com",
            "ada@localhost",
            "a b@example.com",
            "ada@exa mple.com",
            "ada@@example.com",
            ".ada@example.com",
            "ada.@example.com",
            "a..da@example.com",
            "ada@-example.com",
            "ada@example.com.",
            "ada@example",
            "\"a b\"@example.com",
            "ad\u{430}@example.com",
            "ada@ex\u{e4}mple.com",
            "ada@example.com\0",
            "<ada@example.com>",
            long.as_str(),
            longer.as_str(),
        ] {
            assert!(read(bad).is_err(), "{bad:?}");
        }
    }

    proptest! {
        /// J3: whatever is typed, what is read is read the same again.
        #[test]
        fn reading_twice_is_reading_once(text in "\\PC{0,300}") {
            if let Ok(email) = text.parse::<Email>() {
                prop_assert_eq!(email.as_str().parse::<Email>(), Ok(email.clone()));
                let logged = format!("{email:?}");
                prop_assert!(!logged.contains(email.as_str()));
            }
        }
    }
}
