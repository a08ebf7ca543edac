//! Why something could not be done with an account, as the caller must know it.

use domain::wire::account::NAME_CHARS_MAX;
use store::StoreError;

use crate::PasswordError;
use crate::email::EmailError;

/// Why a use case could not be carried out. `Display` is the sentence that people get.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// There are no accounts on this server.
    #[error("There are no accounts on this server.")]
    Disabled,
    /// Nobody may make a new account.
    #[error("New accounts can't be made on this server.")]
    SignUpClosed,
    /// Nobody is signed in.
    #[error("Please sign in first.")]
    NotSignedIn,
    /// The address is none.
    #[error(transparent)]
    Email(#[from] EmailError),
    /// Somebody has signed up with the address.
    #[error("There is an account with this email address already. Please sign in instead.")]
    EmailTaken,
    /// The new password is not taken.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The name is too long, or has characters that can't be shown.
    #[error("Please choose a name of at most {NAME_CHARS_MAX} characters, without line breaks.")]
    Name,
    /// No such provider makes sandboxes here.
    #[error("No provider of that name makes sandboxes here.")]
    SandboxProvider,
    /// No account has this address and this password.
    #[error("That email address and password do not belong together. Please check both.")]
    WrongCredentials,
    /// The password that was asked for again is another one.
    #[error("That is not your password.")]
    WrongPassword,
    /// There is no password to ask for, and the sign-in is too old to go without.
    #[error("Please sign out and in again, and then do this within ten minutes.")]
    SignInAgain,
    /// It was tried too often.
    #[error("That was tried too often. Please wait {} and try again.", minutes(*retry_after_seconds))]
    TooOften {
        /// Seconds until it may be tried again.
        retry_after_seconds: u64,
    },
    /// Too many passwords are being checked.
    #[error("Too many people are signing in right now. Please try again in a moment.")]
    Busy,
    /// No such provider says who people are here.
    #[error("There is no sign-in by that name.")]
    NoSuchProvider,
    /// The way to the provider and back was not gone from here, or took too long.
    #[error("This sign-in was not begun in this browser, or it took too long. Please try again.")]
    NotBegunHere,
    /// The person, or the provider, said no.
    #[error("The sign-in was broken off. Please try again.")]
    BrokenOff,
    /// The provider did not answer, or not as it should.
    #[error("The other side did not answer as it should. Please try again, or sign in another way.")]
    Provider(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// What the provider said of the person does not hold.
    #[error("The other side's answer could not be verified. Please try again.")]
    NotVerified(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The provider does not vouch for the address.
    #[error("Your email address is not verified there. Verify it first, or sign up with a password.")]
    AddressUnverified,
    /// The address belongs to an account that signs in another way.
    #[error(
        "There is an account with your email address already. Please sign in to it the way you did before."
    )]
    AddressTaken,
    /// A password could not be hashed.
    #[error("Something went wrong on our side. Please try again.")]
    Hashing(argon2::password_hash::Error),
    /// The store did not do what it was asked.
    #[error("Something went wrong on our side. Please try again.")]
    Store(#[from] StoreError),
}

/// A wait as people say it.
fn minutes(seconds: u64) -> String {
    match seconds {
        0..=1 => "a second".into(),
        2..90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::AccountError;

    /// J3
    #[test]
    fn a_wait_is_said_as_people_say_it() {
        let said = |retry_after_seconds| AccountError::TooOften { retry_after_seconds }.to_string();
        assert_eq!(said(30), "That was tried too often. Please wait 30 seconds and try again.");
        assert_eq!(said(900), "That was tried too often. Please wait 15 minutes and try again.");
    }
}
