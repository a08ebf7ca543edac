//! The agent's steps as a colleague would note them.

use domain::{
    FaultSource, FileAction, FileChange, PromptStatus, PromptView, RepairOutcome, SessionView, Step,
    WorkspacePath,
};

use super::agent::consumed;
use super::waiting::span;

/// `Edited src/App.jsx`, in two parts so that the path can be set in mono.
pub(crate) const fn verb(action: FileAction) -> &'static str {
    match action {
        FileAction::Created => "Created",
        FileAction::Edited => "Edited",
        FileAction::Deleted => "Deleted",
    }
}

/// [`verb`] while it goes on.
const fn doing(action: FileAction) -> &'static str {
    match action {
        FileAction::Created => "Creating",
        FileAction::Edited => "Editing",
        FileAction::Deleted => "Deleting",
    }
}

/// `+12 −3`, with a real minus sign; a part that is zero is left out.
pub(crate) fn size(change: &FileChange) -> (Option<String>, Option<String>) {
    let part = |sign: &str, lines: u32| (lines > 0).then(|| format!("{sign}{lines}"));
    (part("+", change.additions), part("−", change.deletions))
}

/// `index.html, src/App.jsx`
pub(crate) fn path_list(paths: &[WorkspacePath]) -> String {
    let names: Vec<_> = paths.iter().map(WorkspacePath::as_str).collect();
    names.join(", ")
}

/// What the agent is at, in a few words, for the line above the composer.
pub(crate) fn at_work(prompt: &PromptView) -> String {
    match prompt.steps.last() {
        None => "Reading the prompt".into(),
        Some(Step::Said(_)) => "Thinking".into(),
        Some(Step::Read(paths)) => match paths.last() {
            Some(path) => format!("Reading {path}"),
            None => "Reading".into(),
        },
        Some(Step::Saw { .. }) => "Looking at the page".into(),
        Some(Step::Changed(change)) => format!("{} {}", doing(change.action), change.path),
        Some(Step::Undid(_)) => "Taking a change back".into(),
        Some(Step::Ran(_)) => "Running a command".into(),
        Some(Step::OfferedDownload) => "Getting the download ready".into(),
        Some(Step::BeganRepair { .. }) => "Looking at what went wrong".into(),
        Some(Step::EndedRepair(_)) => "Checking that it works".into(),
        Some(Step::BroughtBack(_)) => "Bringing the last version that worked back".into(),
    }
}

/// What is said when the agent begins to mend what it changed.
pub(crate) const fn began_repair(source: FaultSource) -> &'static str {
    match source {
        FaultSource::Build => "The change does not build. Mending it",
        FaultSource::Console => "The page reports an error after the change. Mending it",
    }
}

/// What is said when it is done with that.
pub(crate) const fn ended_repair(outcome: RepairOutcome) -> &'static str {
    match outcome {
        RepairOutcome::Mended => "It works again",
        RepairOutcome::Broken => "That did not mend it",
        RepairOutcome::Abandoned => "Mending it was given up",
    }
}

/// The small print under a finished prompt: `Done in 0.4 s`, `Not counted`, `1,234 tokens`.
pub(crate) fn outcome(prompt: &PromptView, status: PromptStatus) -> String {
    let how = match status {
        PromptStatus::Completed => format!("Done in {}", duration(prompt.duration_ms)),
        PromptStatus::Refused => "Not done".into(),
        PromptStatus::Failed => "Failed".into(),
        PromptStatus::Stopped => "Stopped".into(),
    };
    let counted = if prompt.counted { "" } else { " · not counted" };
    let undone = if prompt.undone { " · taken back later" } else { "" };
    let consumed = consumed(prompt.model_use).map(|consumed| format!(" · {consumed}")).unwrap_or_default();
    format!("{how}{counted}{undone}{consumed}")
}

/// `0.4 s`, `12.0 s`, `2 minutes`.
fn duration(duration_ms: u64) -> String {
    if duration_ms >= 90_000 {
        return span(duration_ms / 1_000);
    }
    let tenths = duration_ms.div_ceil(100).max(1);
    format!("{}.{} s", tenths / 10, tenths % 10)
}

/// What to suggest now: what the agent proposed instead of the last prompt, else the chips that were not tried yet.
pub(crate) fn suggestions(view: &SessionView, chips: &[String]) -> Vec<String> {
    if view.prompts_remaining() == 0 || view.prompt_in_progress().is_some() {
        return Vec::new();
    }
    if let Some(last) = view.prompts.last().filter(|last| !last.suggestions.is_empty()) {
        return last.suggestions.clone();
    }
    let tried = |chip: &&String| !view.prompts.iter().any(|prompt| &prompt.text == *chip);
    chips.iter().filter(tried).cloned().collect()
}

#[cfg(test)]
mod tests {
    use domain::{
        Event, EventKind, Lifetime, LifetimeKind, ManualClock, PromptId, SeededEntropy, SessionId,
        SessionKind, Timestamp,
    };

    use super::*;

    fn prompt_id(number: u64) -> PromptId {
        PromptId::generate(&ManualClock::new(Timestamp::from_unix_ms(0)), &SeededEntropy::new(number))
    }

    fn session(kinds: Vec<EventKind>) -> SessionView {
        let claimed = EventKind::SessionClaimed {
            session_id: SessionId::generate(
                &ManualClock::new(Timestamp::from_unix_ms(0)),
                &SeededEntropy::new(0),
            ),
            kind: SessionKind::Demo,
            provider: "sim".into(),
            template: "react-vite".parse().unwrap(),
            warm: true,
            claim_ms: 1,
            preview_url: String::new(),
            prompts_max: 2,
            lifetime: Lifetime {
                deadline: Timestamp::from_unix_ms(300_000),
                kind: LifetimeKind::Hard,
                extendable: false,
            },
        };
        let events: Vec<_> = std::iter::once(claimed)
            .chain(kinds)
            .zip(1..)
            .map(|(kind, seq)| Event { seq, at: Timestamp::from_unix_ms(0), kind })
            .collect();
        SessionView::of(&events).unwrap()
    }

    fn submitted(number: u64, text: &str) -> EventKind {
        EventKind::PromptSubmitted { prompt_id: prompt_id(number), text: text.into() }
    }

    fn finished(number: u64, status: PromptStatus, suggestions: &[&str]) -> EventKind {
        EventKind::PromptFinished {
            prompt_id: prompt_id(number),
            status,
            summary: "A summary.".into(),
            suggestions: suggestions.iter().map(|text| (*text).to_owned()).collect(),
            counted: status == PromptStatus::Completed,
            duration_ms: 432,
        }
    }

    fn change(additions: u32, deletions: u32) -> FileChange {
        FileChange {
            path: "src/App.jsx".parse().unwrap(),
            action: FileAction::Edited,
            additions,
            deletions,
            diff: String::new(),
            before: None,
            after: None,
        }
    }

    #[test]
    fn a_change_shows_only_the_lines_that_came_or_went() {
        assert_eq!(size(&change(12, 3)), (Some("+12".into()), Some("−3".into())));
        assert_eq!(size(&change(0, 3)), (None, Some("−3".into())));
    }

    #[test]
    fn the_line_above_the_composer_follows_the_agent() {
        let begun = vec![submitted(1, "make it blue")];
        assert_eq!(at_work(&session(begun.clone()).prompts[0]), "Reading the prompt");
        let mut reading = begun;
        reading.push(EventKind::FileRead { prompt_id: prompt_id(1), path: "src/App.jsx".parse().unwrap() });
        assert_eq!(at_work(&session(reading.clone()).prompts[0]), "Reading src/App.jsx");
        reading.push(EventKind::FileChanged { prompt_id: prompt_id(1), change: change(1, 1) });
        assert_eq!(at_work(&session(reading).prompts[0]), "Editing src/App.jsx");
    }

    /// A7: a refused prompt is said not to count.
    #[test]
    fn an_outcome_says_how_long_it_took_or_that_it_does_not_count() {
        let words = |status| {
            let view = session(vec![submitted(1, "x"), finished(1, status, &[])]);
            outcome(&view.prompts[0], status)
        };
        assert_eq!(words(PromptStatus::Completed), "Done in 0.5 s");
        assert_eq!(words(PromptStatus::Refused), "Not done · not counted");
    }

    /// A7
    #[test]
    fn suggestions_are_the_untried_chips_unless_the_agent_proposed_others() {
        let chips = ["Add a counter".to_owned(), "Dark theme".to_owned()];
        assert_eq!(suggestions(&session(vec![]), &chips), chips);

        let tried = vec![submitted(1, "Add a counter"), finished(1, PromptStatus::Completed, &[])];
        assert_eq!(suggestions(&session(tried), &chips), ["Dark theme"]);

        let declined =
            vec![submitted(1, "Book a flight"), finished(1, PromptStatus::Refused, &["Add a form"])];
        assert_eq!(suggestions(&session(declined), &chips), ["Add a form"]);
    }

    /// A6
    #[test]
    fn nothing_is_suggested_while_the_agent_works_or_once_the_prompts_are_used() {
        let chips = ["Add a counter".to_owned()];
        assert!(suggestions(&session(vec![submitted(1, "x")]), &chips).is_empty());
        let used = vec![
            submitted(1, "x"),
            finished(1, PromptStatus::Completed, &[]),
            submitted(2, "y"),
            finished(2, PromptStatus::Completed, &[]),
        ];
        assert!(suggestions(&session(used), &chips).is_empty());
    }
}
