//! The names that may be reached.

use std::fmt;
use std::str::FromStr;

/// Names on one list.
const NAMES_MAX: usize = 256;
/// Characters of one name, as DNS has it.
const NAME_CHARS_MAX: usize = 253;

/// A name can't be on the list. The message says which and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AllowListError {
    /// It is not a host's name.
    #[error(
        "{0:?} is no host name: use one such as registry.npmjs.org, or *.example.org for all names below one"
    )]
    Name(String),
    /// It would allow everything below a top-level domain.
    #[error("{0:?} allows too much: name at least two labels, such as *.example.org")]
    TooWide(String),
    /// There are too many.
    #[error("a list may have {NAMES_MAX} names")]
    TooMany,
}

/// Names that may be reached, on port 443. Empty by default: nothing may.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllowList(Vec<Rule>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Rule {
    /// This name.
    Exactly(String),
    /// Every name below this one, and not itself.
    Below(String),
}

impl AllowList {
    /// The list with these names, each a host's name or `*.` and a domain.
    ///
    /// # Errors
    /// [`AllowListError`] for the first name that can't be on it.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, AllowListError> {
        let rules: Vec<Rule> = names.into_iter().map(str::parse).collect::<Result<_, _>>()?;
        if rules.len() > NAMES_MAX {
            return Err(AllowListError::TooMany);
        }
        Ok(Self(rules))
    }

    /// Whether nothing is on it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a name may be reached. Names are compared as DNS does, without regard to case or a final dot.
    pub fn allows(&self, name: &str) -> bool {
        let Some(name) = host_name(name) else { return false };
        self.0.iter().any(|rule| match rule {
            Rule::Exactly(allowed) => *allowed == name,
            Rule::Below(domain) => name.strip_suffix(domain.as_str()).is_some_and(|rest| rest.ends_with('.')),
        })
    }
}

/// As people read it: `registry.npmjs.org, *.example.org`.
impl fmt::Display for AllowList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, rule) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            match rule {
                Rule::Exactly(name) => write!(f, "{comma}{name}")?,
                Rule::Below(domain) => write!(f, "{comma}*.{domain}")?,
            }
        }
        Ok(())
    }
}

impl FromStr for Rule {
    type Err = AllowListError;

    fn from_str(text: &str) -> Result<Self, AllowListError> {
        let (domain, below) = match text.strip_prefix("*.") {
            Some(domain) => (domain, true),
            None => (text, false),
        };
        let name = host_name(domain).ok_or_else(|| AllowListError::Name(text.to_owned()))?;
        match (below, name.contains('.')) {
            (true, true) => Ok(Self::Below(name)),
            (false, true) => Ok(Self::Exactly(name)),
            (true, false) => Err(AllowListError::TooWide(text.to_owned())),
            // A name without a dot is looked up in the host's own domain.
            (false, false) => Err(AllowListError::Name(text.to_owned())),
        }
    }
}

/// A host's name in lower case and without a final dot; `None` for an address, or what could be taken for one, and for what is no
/// name. Its last label has a letter, so `127.1` and `0x7f000001` are none.
pub(crate) fn host_name(text: &str) -> Option<String> {
    let name = text.strip_suffix('.').unwrap_or(text).to_ascii_lowercase();
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = name.rsplit('.').next()?;
    let fits = name.len() <= NAME_CHARS_MAX
        && name.split('.').all(is_label)
        && last.starts_with(|c: char| c.is_ascii_lowercase())
        && last != "localhost";
    fits.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// J1
    #[test]
    fn a_name_is_allowed_when_it_is_on_the_list_and_only_then() {
        let list = AllowList::new(["registry.npmjs.org", "*.crates.io"]).unwrap();
        for name in [
            "registry.npmjs.org",
            "Registry.NPMJS.org",
            "registry.npmjs.org.",
            "static.crates.io",
            "a.b.crates.io",
        ] {
            assert!(list.allows(name), "{name}");
        }
        for name in [
            "npmjs.org",
            "x.registry.npmjs.org",
            "registry.npmjs.org.evil.example",
            "evilregistry.npmjs.org",
            "crates.io",
            "evilcrates.io",
            ".crates.io",
            "-.crates.io",
            "registry.npmjs.org..",
            "registry.npmjs.org\0.crates.io",
            "localhost",
            "1.1.1.1",
            "[::1]",
            "",
        ] {
            assert!(!list.allows(name), "{name}");
        }
        assert!(!AllowList::default().allows("registry.npmjs.org"));
        assert_eq!(list.to_string(), "registry.npmjs.org, *.crates.io");
    }

    /// I1
    #[test]
    fn what_can_not_be_on_the_list_says_why() {
        let error = |name| AllowList::new([name]).unwrap_err().to_string();
        for name in [
            "https://registry.npmjs.org",
            "10.0.0.1",
            "127.1",
            "a..b",
            "db",
            "*",
            "x.localhost",
            "a_b.example",
        ] {
            assert!(error(name).contains("is no host name"), "{name}");
        }
        assert_eq!(
            error("*.org"),
            r#""*.org" allows too much: name at least two labels, such as *.example.org"#
        );
        assert!(AllowList::new(std::iter::repeat_n("a.example", NAMES_MAX + 1)).is_err());
    }

    proptest! {
        /// J1: whatever a name is, nothing that parses as an address is one.
        #[test]
        fn an_address_is_never_a_name(bits: u32, hex in "0x[0-9a-f]{1,8}", number: u32) {
            let dotted = std::net::Ipv4Addr::from_bits(bits).to_string();
            prop_assert_eq!(host_name(&dotted), None);
            prop_assert_eq!(host_name(&hex), None);
            prop_assert_eq!(host_name(&number.to_string()), None);
        }
    }
}
