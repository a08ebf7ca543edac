//! Whether an app that was made looks like a trap: somebody else's sign-in page, or a form whose secrets leave the page.
//!
//! Moderation looks at what is asked; this looks at what came of it. A sign-in form is an ordinary exercise and passes, so
//! does a button to sign in with a well-known company. What is looked for is the claim to *be* that company, or an address
//! that secrets are sent to. Spelling tricks that a browser undoes are undone first; words that a script puts together
//! are not found, which is why previews warn their visitors anyway.

mod reading;
#[cfg(test)]
mod tests;
mod words;

use domain::TrapSign;

use reading::Reading;

/// What makes the files of one workspace look like a trap, if anything does. Files are given as text, in any order.
pub fn trap_sign<'a>(files: impl IntoIterator<Item = &'a str>) -> Option<TrapSign> {
    let files: Vec<Reading> = files.into_iter().map(Reading::of).collect();
    let found = |what: fn(&Reading) -> bool| files.iter().any(what);
    let asks_words = found(Reading::asks_for_wallet_words);
    let asks_password = found(Reading::asks_for_password);
    if !asks_words && !asks_password && !found(Reading::asks_for_card) {
        return None;
    }
    if found(Reading::sends_away) {
        return Some(TrapSign::SecretsSentAway);
    }
    ((asks_password || asks_words) && found(Reading::claims_a_brand)).then_some(TrapSign::BrandSignIn)
}
