//! What went wrong on the way to somebody else and back, as the sign-in page tells it.

/// The sentence for a kind of problem that the server names in the page's address; `None` for what it never names.
pub(crate) fn sign_in_problem(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "not-begun-here" => {
            "That sign-in was not begun in this browser, or it took too long. Please try again."
        }
        "broken-off" => "The sign-in was broken off. Try again, or sign in another way.",
        "provider-silent" => "The other side did not answer as it should. Try again, or sign in another way.",
        "not-verified" => "The other side's answer could not be verified. Please try again.",
        "address-unverified" => {
            "Your email address is not verified over there. Verify it first, or sign up with a password."
        }
        "address-taken" => {
            "There is an account with your email address already. Sign in to it the way you did before."
        }
        "sign-up-closed" => "New accounts can't be made on this server, and you have none yet.",
        "too-often" => "Too many accounts were made from your network. Please try again in an hour.",
        "no-such-sign-in" => "There is no such way to sign in here.",
        "no-accounts" => "There are no accounts on this server.",
        "internal" => "Something went wrong on our side. Please try again.",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::sign_in_problem;

    /// J3: an address that somebody else wrote puts no words into our mouth.
    #[test]
    fn only_our_own_sentences_are_shown() {
        assert!(sign_in_problem("broken-off").is_some());
        assert_eq!(sign_in_problem("Your account was hacked, call us"), None);
    }
}
