//! What follows when a change does not work: a pure decision over what was seen of it before (G4).

use std::collections::BTreeSet;

use domain::{PromptView, REPAIRS_MAX, Step};

/// How much of a fault tells it from others, in characters.
const SIGNATURE_CHARS: usize = 160;

/// What a fault is known by, wherever in the file and at whatever time it is seen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Signature(String);

impl Signature {
    /// The first line of a fault without addresses, numbers, quotes and spaces.
    pub(crate) fn of(fault: &str) -> Self {
        let line = fault.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        let words = line.split_whitespace().map(|word| match word.split_once("://") {
            // The preview's name is another one in every session.
            Some((_, address)) => address.split_once('/').map_or("", |(_, path)| path),
            None => word,
        });
        let text: String = words
            .flat_map(|word| word.split('?').next().unwrap_or_default().chars())
            .filter(|char| char.is_alphabetic())
            .take(SIGNATURE_CHARS)
            .collect();
        Self(text)
    }
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Tell the agent, which tries to mend it.
    Repair {
        /// 1 for the first one of the prompt.
        attempt: u32,
    },
    /// Bring the newest version back that worked.
    Restore,
}

/// At most two repairs, and none when the same fault is there again: who did not mend it the first time will not the second.
pub(crate) fn next(prompt: &PromptView, faults: &[String], can_mend: bool) -> Next {
    let seen: BTreeSet<Signature> = prompt
        .steps
        .iter()
        .flat_map(|step| match step {
            Step::BeganRepair { faults, .. } => faults.as_slice(),
            _ => &[],
        })
        .map(|fault| Signature::of(fault))
        .collect();
    let attempt = u32::try_from(prompt.repairs()).unwrap_or(u32::MAX).saturating_add(1);
    let again = faults.iter().any(|fault| seen.contains(&Signature::of(fault)));
    if can_mend && attempt <= REPAIRS_MAX && !again { Next::Repair { attempt } } else { Next::Restore }
}

/// The faults that were not there before.
pub(crate) fn new_ones(before: &[String], now: Vec<String>) -> Vec<String> {
    let known: BTreeSet<Signature> = before.iter().map(|fault| Signature::of(fault)).collect();
    now.into_iter().filter(|fault| !known.contains(&Signature::of(fault))).collect()
}

#[cfg(test)]
mod tests {
    use domain::{
        Event, EventKind, FaultSource, ManualClock, PromptId, RepairOutcome, SeededEntropy, Timestamp,
    };
    use proptest::prelude::*;

    use super::*;

    fn prompt(repaired: &[&str]) -> PromptView {
        let prompt_id =
            PromptId::generate(&ManualClock::new(Timestamp::from_unix_ms(0)), &SeededEntropy::new(1));
        let claimed = serde_json::json!({
            "type": "session.claimed", "session_id": "01890000-0000-7000-8000-000000000000", "kind": "demo",
            "provider": "sim", "template": "react-vite", "warm": true, "claim_ms": 1, "preview_url": "", "prompts_max": 3,
            "lifetime": {"deadline": "1970-01-01T00:05:00Z", "kind": "hard", "extendable": false},
        });
        let began = repaired.iter().zip(1..).flat_map(|(fault, attempt)| {
            let faults = vec![(*fault).to_owned()];
            let started = EventKind::RepairStarted { prompt_id, attempt, source: FaultSource::Build, faults };
            [started, EventKind::RepairFinished { prompt_id, attempt, outcome: RepairOutcome::Broken }]
        });
        let submitted = EventKind::PromptSubmitted { prompt_id, text: "go".into() };
        let kinds = [serde_json::from_value(claimed).unwrap(), submitted].into_iter().chain(began);
        let events = kinds.zip(1..).map(|(kind, seq)| Event { seq, at: Timestamp::from_unix_ms(0), kind });
        let events: Vec<Event> = events.collect();
        domain::SessionView::of(&events).unwrap().prompts.remove(0)
    }

    fn faults(fault: &str) -> Vec<String> {
        vec![fault.to_owned()]
    }

    /// G4
    #[test]
    fn there_are_two_repairs_and_none_for_the_same_fault_again() {
        let decide = |repaired: &[&str], fault: &str| next(&prompt(repaired), &faults(fault), true);
        assert_eq!(decide(&[], "a broke"), Next::Repair { attempt: 1 });
        assert_eq!(decide(&["a broke"], "b broke"), Next::Repair { attempt: 2 });
        assert_eq!(decide(&["a broke"], "a broke"), Next::Restore);
        assert_eq!(decide(&["a broke", "b broke"], "c broke"), Next::Restore);
        assert_eq!(next(&prompt(&[]), &faults("a broke"), false), Next::Restore);
    }

    #[test]
    fn a_fault_is_the_same_wherever_it_stands() {
        let known = Signature::of("src/App.jsx: Unexpected token (12:5)\n  10 | <div>");
        assert_eq!(Signature::of("src/App.jsx: Unexpected token (14:1)\n  12 | <p>"), known);
        assert_ne!(Signature::of("src/App.jsx: Unterminated string (12:5)"), known);
        let at = |host: &str, time: u32| {
            Signature::of(&format!(
                "TypeError: x at http://{host}.preview.localhost:3000/src/App.jsx?t={time}:3:4"
            ))
        };
        assert_eq!(at("abc", 1), at("xyz", 22));
    }

    proptest! {
        /// G4: whatever is seen, the agent is not asked a third time.
        #[test]
        fn repairs_come_to_an_end(seen in prop::collection::vec("\\PC{0,20}", 0..6), now in "\\PC{0,20}") {
            let seen: Vec<&str> = seen.iter().map(String::as_str).collect();
            let decided = next(&prompt(&seen), &[now], true);
            if seen.len() >= 2 {
                prop_assert_eq!(decided, Next::Restore);
            }
        }
    }
}
