//! Which passwords are taken (NIST SP 800-63B, 5.1.1.2: length and a list of common ones, no rules about characters).

use std::collections::HashSet;

use domain::wire::account::{PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN};

use crate::Email;

/// The most common passwords that are long enough to be taken otherwise, in lower case.
static COMMON: &str = include_str!("common_passwords.txt");
/// With fewer different characters a password is a pattern.
const DIFFERENT_CHARS_MIN: usize = 5;

/// A password as somebody typed it, of a length that can be worked with.
pub(crate) struct Password(String);

/// Why a password is not taken. `Display` is the sentence that people get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// It is too short.
    #[error("Please choose a password of at least {PASSWORD_CHARS_MIN} characters.")]
    Short,
    /// It is too long.
    #[error("Please choose a password of at most {PASSWORD_BYTES_MAX} bytes.")]
    Long,
    /// It is among the first that anybody would try.
    #[error("This password is one of the first that others would try. Please choose another.")]
    Common,
    /// It says who one is.
    #[error("Please choose a password that is not your email address.")]
    IsEmail,
}

impl Password {
    /// What somebody showed to sign in; `None` when it is too long to be anybody's.
    pub(crate) fn shown(text: &str) -> Option<Self> {
        (text.len() <= PASSWORD_BYTES_MAX).then(|| Self(text.to_owned()))
    }

    /// What somebody wants to sign in with from now on.
    pub(crate) fn chosen(text: &str, email: &Email) -> Result<Self, PasswordError> {
        if text.len() > PASSWORD_BYTES_MAX {
            return Err(PasswordError::Long);
        }
        if text.chars().count() < PASSWORD_CHARS_MIN {
            return Err(PasswordError::Short);
        }
        let plain = text.to_lowercase();
        if plain == email.as_str() || plain == email.local() {
            return Err(PasswordError::IsEmail);
        }
        let different: HashSet<char> = plain.chars().collect();
        if different.len() < DIFFERENT_CHARS_MIN || COMMON.lines().any(|common| common == plain) {
            return Err(PasswordError::Common);
        }
        Ok(Self(text.to_owned()))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// J3
    #[test]
    fn what_others_would_try_first_is_refused() {
        let email: Email = "ada.lovelace@example.com".parse().unwrap();
        let chosen = |text: &str| Password::chosen(text, &email).map(drop);
        for good in ["correct horse", "Dampf-Maschine 1843", "пароль-длинный", "          a bcd"]
        {
            assert_eq!(chosen(good), Ok(()), "{good:?}");
        }
        assert_eq!(chosen("ninechars"), Err(PasswordError::Short));
        assert_eq!(chosen("ääääääääää"), Err(PasswordError::Common), "ten characters, but one");
        assert_eq!(chosen(&"äb".repeat(86)), Err(PasswordError::Long), "258 bytes in 172 characters");
        for common in
            ["1234567890", "Password123", "QWERTYUIOP", "aaaaaaaaaaaa", "abababababab", "letmein123"]
        {
            assert_eq!(chosen(common), Err(PasswordError::Common), "{common:?}");
        }
        for own in ["Ada.Lovelace@Example.com", "ada.lovelace"] {
            assert_eq!(chosen(own), Err(PasswordError::IsEmail), "{own:?}");
        }
    }

    #[test]
    fn the_list_holds_what_the_other_rules_let_through() {
        for common in COMMON.lines() {
            assert_eq!(common, common.to_lowercase());
            assert!(common.chars().count() >= PASSWORD_CHARS_MIN, "{common:?} is too short anyway");
        }
    }
}
