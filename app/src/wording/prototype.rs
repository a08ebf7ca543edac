//! What `/try` says: its rules, what was asked for by the address, and how far the opening is (B1, B2, B4).

#[cfg(feature = "ssr")]
use super::waiting::counted;
use crate::client::prototype::Opening;
#[cfg(feature = "ssr")]
use crate::{FrameworkFacts, PrototypeFacts};

/// `3 prompts, 15 minutes, no sign-up. Each network may begin 3 an hour.`
#[cfg(feature = "ssr")]
pub(crate) fn rules(facts: &PrototypeFacts) -> String {
    let prompts = counted(facts.prompts_max.into(), "prompt");
    let minutes = counted(facts.minutes.into(), "minute");
    let often = match facts.per_hour {
        0 => String::new(),
        count => format!(" Each network may begin {count} an hour."),
    };
    format!("{prompts}, {minutes}, no sign-up.{often}")
}

/// Which framework an address means: `vue`, `Vue` and `vue-vite` are the same.
#[cfg(feature = "ssr")]
pub(crate) fn wanted_framework(asked: &str, frameworks: &[FrameworkFacts]) -> Option<usize> {
    let asked = asked.to_ascii_lowercase();
    frameworks.iter().position(|one| {
        let name = one.template.as_str();
        name == asked || name.strip_suffix("-vite") == Some(asked.as_str())
    })
}

/// What is said about a framework that the address names and the server does not have. The name itself is left out: whoever made
/// the link would speak with our voice.
#[cfg(feature = "ssr")]
pub(crate) fn unknown_framework(usual: &str) -> String {
    format!("What the link asks for is not offered here, so {usual} is chosen. You can pick another.")
}

/// How a part of the opening is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Progress {
    /// It has not begun.
    Ahead,
    /// It goes on.
    Now,
    /// It is over.
    Done,
}

impl Progress {
    /// As the style sheet knows it, and in a word for those who don't see it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Ahead => "to come",
            Self::Now => "under way",
            Self::Done => "done",
        }
    }
}

/// What the server answered: whether the sandbox was warm, and how long the claim took in milliseconds.
pub(crate) type Given = Option<(bool, u64)>;

/// The three parts of the opening, each with what is known of it. Nothing is estimated.
pub(crate) fn opening_steps(opening: Opening, given: Given, waited_seconds: u64) -> [(Progress, String); 3] {
    let check = match opening {
        Opening::AskingForCheck => (Progress::Now, "Asking what has to be checked".into()),
        Opening::Proving { tried } => {
            (Progress::Now, format!("Proving that a browser asks · {} thousand tries", tried / 1_000))
        }
        Opening::Widget => (Progress::Now, "Please do the check below".into()),
        Opening::AskingForSandbox { solved_ms: Some(ms) } => {
            (Progress::Done, format!("Check done in {}", tenths(ms)))
        }
        Opening::AskingForSandbox { solved_ms: None } => (Progress::Done, "No check needed".into()),
    };
    let asked = matches!(opening, Opening::AskingForSandbox { .. });
    let (sandbox, server) = match (asked, given) {
        (_, Some((true, ms))) => (
            (Progress::Done, format!("Warm sandbox given in {ms} ms")),
            (Progress::Now, "Its dev server runs already".into()),
        ),
        (_, Some((false, ms))) => (
            (Progress::Done, format!("Place for a sandbox given in {ms} ms")),
            (Progress::Now, format!("Making it and starting its dev server · {waited_seconds} s")),
        ),
        (true, None) => {
            ((Progress::Now, "Asking for a sandbox".into()), (Progress::Ahead, "Dev server".into()))
        }
        (false, None) => ((Progress::Ahead, "Sandbox".into()), (Progress::Ahead, "Dev server".into())),
    };
    [check, sandbox, server]
}

/// `0.4 s`
pub(crate) fn tenths(ms: u64) -> String {
    let tenths = ms.div_ceil(100);
    format!("{}.{} s", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// B1: each part says what is known of it, and no more.
    #[test]
    fn the_opening_is_told_step_by_step() {
        let words = |opening, given| {
            opening_steps(opening, given, 3).map(|(progress, words)| format!("{}: {words}", progress.word()))
        };
        assert_eq!(
            words(Opening::Proving { tried: 48_200 }, None),
            [
                "under way: Proving that a browser asks · 48 thousand tries",
                "to come: Sandbox",
                "to come: Dev server"
            ]
        );
        let solved = Opening::AskingForSandbox { solved_ms: Some(640) };
        assert_eq!(
            words(solved, None),
            ["done: Check done in 0.7 s", "under way: Asking for a sandbox", "to come: Dev server"]
        );
        assert_eq!(
            words(solved, Some((false, 9))),
            [
                "done: Check done in 0.7 s",
                "done: Place for a sandbox given in 9 ms",
                "under way: Making it and starting its dev server · 3 s"
            ]
        );
        let free = Opening::AskingForSandbox { solved_ms: None };
        assert_eq!(
            words(free, Some((true, 4)))[..2],
            ["done: No check needed", "done: Warm sandbox given in 4 ms"]
        );
    }

    #[cfg(feature = "ssr")]
    fn frameworks() -> Vec<FrameworkFacts> {
        let one = |name: &str| FrameworkFacts { template: name.parse().unwrap(), chips: vec![] };
        ["react-vite", "vue-vite", "shop"].map(one).to_vec()
    }

    /// B2
    #[cfg(feature = "ssr")]
    #[test]
    fn an_address_may_name_a_framework_as_people_do() {
        for (asked, place) in
            [("vue", Some(1)), ("Vue", Some(1)), ("vue-vite", Some(1)), ("shop", Some(2)), ("cobol", None)]
        {
            assert_eq!(wanted_framework(asked, &frameworks()), place, "{asked}");
        }
        assert_eq!(
            unknown_framework("React"),
            "What the link asks for is not offered here, so React is chosen. You can pick another."
        );
    }

    /// B4
    #[cfg(feature = "ssr")]
    #[test]
    fn the_rules_are_those_of_the_server() {
        let facts = PrototypeFacts { minutes: 15, prompts_max: 3, per_hour: 3, frameworks: frameworks() };
        assert_eq!(rules(&facts), "3 prompts, 15 minutes, no sign-up. Each network may begin 3 an hour.");
        let free = PrototypeFacts { per_hour: 0, prompts_max: 1, ..facts };
        assert_eq!(rules(&free), "1 prompt, 15 minutes, no sign-up.");
    }
}
