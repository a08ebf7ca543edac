//! Which pages are for whom: a pure decision.

use domain::own_path;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Pages of people who are signed in.
const OF_USERS: [&str; 2] = ["/projects", "/settings"];
/// Pages of people who are not.
const OF_GUESTS: [&str; 2] = ["/sign-in", "/sign-up"];

/// Where to go instead of a page; `None` when it is for whoever asks.
pub(super) fn elsewhere(path: &str, query: Option<&str>, signed_in: bool) -> Option<String> {
    let asked = query.unwrap_or_default();
    if !signed_in && OF_USERS.contains(&path) {
        let back = utf8_percent_encode(path, NON_ALPHANUMERIC);
        return Some(format!("/sign-in?return_to={back}"));
    }
    // Who signs up to keep a sandbox keeps it by the account they have.
    if signed_in && OF_GUESTS.contains(&path) && value(asked, "adopt").is_none() {
        let wanted = value(asked, "return_to");
        let own = wanted.as_deref().and_then(own_path).filter(|own| !OF_GUESTS.contains(own));
        return Some(own.unwrap_or("/projects").to_owned());
    }
    None
}

/// The value of one parameter.
fn value(query: &str, name: &str) -> Option<String> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(one, _)| *one == name)?;
    percent_decode_str(value).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::elsewhere;

    /// J3, J4
    #[test]
    fn people_are_sent_where_they_can_go_on() {
        let guest = |path: &str| elsewhere(path, None, false);
        assert_eq!(guest("/projects").as_deref(), Some("/sign-in?return_to=%2Fprojects"));
        assert_eq!(guest("/settings").as_deref(), Some("/sign-in?return_to=%2Fsettings"));
        for open in ["/", "/start", "/sign-in", "/sign-up"] {
            assert_eq!(guest(open), None, "{open}");
        }
        let user = |path: &str, query: &str| elsewhere(path, Some(query), true);
        assert_eq!(user("/sign-in", "return_to=%2Fsettings").as_deref(), Some("/settings"));
        for nowhere in
            ["", "return_to=%2F%2Fevil.example", "return_to=%2Fsign-in", "return_to=https://evil.example"]
        {
            assert_eq!(user("/sign-in", nowhere).as_deref(), Some("/projects"), "{nowhere}");
        }
        assert_eq!(user("/sign-up", "adopt=0190"), None);
        assert_eq!(user("/projects", ""), None);
    }
}
