//! The fold's promises.

use proptest::prelude::*;

use super::*;
use crate::{
    EndReason, FileChange, LifetimeKind, ManualClock, PromptStatus, RecollectionBy, RepairOutcome,
    SeededEntropy,
};

fn claimed() -> EventKind {
    let (clock, entropy) = (ManualClock::new(Timestamp::from_unix_ms(0)), SeededEntropy::new(1));
    EventKind::SessionClaimed {
        session_id: SessionId::generate(&clock, &entropy),
        kind: SessionKind::Demo,
        provider: "sim".into(),
        template: "react-vite".parse().unwrap(),
        warm: true,
        claim_ms: 2,
        preview_url: "http://x.preview.localhost:3000/".into(),
        prompts_max: 3,
        lifetime: Lifetime {
            deadline: Timestamp::from_unix_ms(300_000),
            kind: LifetimeKind::Hard,
            extendable: false,
        },
    }
}

fn prompt_id(number: u8) -> PromptId {
    PromptId::generate(&ManualClock::new(Timestamp::from_unix_ms(1)), &SeededEntropy::new(number.into()))
}

fn journal(kinds: impl IntoIterator<Item = EventKind>) -> Vec<Event> {
    std::iter::once(claimed())
        .chain(kinds)
        .zip(1..)
        .map(|(kind, seq)| Event { seq, at: Timestamp::from_unix_ms(i64::try_from(seq).unwrap()), kind })
        .collect()
}

fn finished(number: u8, counted: bool) -> EventKind {
    EventKind::PromptFinished {
        prompt_id: prompt_id(number),
        status: if counted { PromptStatus::Completed } else { PromptStatus::Refused },
        summary: "Done.".into(),
        suggestions: vec![],
        counted,
        duration_ms: 5,
    }
}

fn submitted(number: u8) -> EventKind {
    EventKind::PromptSubmitted { prompt_id: prompt_id(number), text: "make it blue".into() }
}

/// A6, A7
#[test]
fn a_prompt_in_progress_counts_and_a_refused_one_is_given_back() {
    let view = SessionView::of(&journal([EventKind::SessionReady { ready_ms: 3 }, submitted(1)])).unwrap();
    assert_eq!((view.state, view.prompts_used, view.prompts_remaining()), (SessionState::Ready, 1, 2));
    assert_eq!(view.prompt_in_progress().map(|p| p.prompt_id), Some(prompt_id(1)));

    let view = SessionView::of(&journal([submitted(1), finished(1, false)])).unwrap();
    assert_eq!((view.prompts_used, view.prompts_remaining()), (0, 3));
    assert!(view.prompt_in_progress().is_none());
}

#[test]
fn undoing_goes_back_one_prompt_at_a_time() {
    let changed = |number| EventKind::FileChanged {
        prompt_id: prompt_id(number),
        change: FileChange {
            path: "src/App.jsx".parse().unwrap(),
            action: crate::FileAction::Edited,
            additions: 1,
            deletions: 0,
            diff: String::new(),
            before: None,
            after: None,
        },
    };
    let undone = |by, number| EventKind::PromptUndone { prompt_id: prompt_id(by), undone: prompt_id(number) };
    let mut kinds =
        vec![submitted(1), changed(1), finished(1, true), submitted(2), changed(2), finished(2, true)];
    let last = |kinds: &[EventKind]| {
        SessionView::of(&journal(kinds.to_vec())).unwrap().last_undoable().map(|prompt| prompt.prompt_id)
    };
    assert_eq!(last(&kinds), Some(prompt_id(2)));
    kinds.extend([submitted(3), changed(3), undone(3, 2), finished(3, true)]);
    assert_eq!(last(&kinds), Some(prompt_id(1)));
    kinds.extend([submitted(4), changed(4), undone(4, 1), finished(4, true)]);
    assert_eq!(last(&kinds), None);
}

#[test]
fn files_read_in_a_row_are_one_step() {
    let read = |path: &str| EventKind::FileRead { prompt_id: prompt_id(1), path: path.parse().unwrap() };
    let view = SessionView::of(&journal([submitted(1), read("index.html"), read("src/App.jsx")])).unwrap();
    let expected = vec![Step::Read(vec!["index.html".parse().unwrap(), "src/App.jsx".parse().unwrap()])];
    assert_eq!(view.prompts[0].steps, expected);
}

fn view_of(kinds: impl IntoIterator<Item = EventKind>) -> SessionView {
    SessionView::of(&journal(kinds)).unwrap()
}

fn queued(number: u8, text: &str) -> EventKind {
    EventKind::QueueAdded { prompt_id: prompt_id(number), text: text.into() }
}

/// G3: a waiting prompt keeps its id, can be changed until its turn comes, and counts only from then on.
#[test]
fn prompts_wait_in_their_order_until_their_turn_comes() {
    let edited = EventKind::QueueEdited { prompt_id: prompt_id(3), text: "three, better".into() };
    let removed = EventKind::QueueRemoved { prompt_id: prompt_id(2) };
    let kinds = vec![submitted(1), queued(2, "two"), queued(3, "three"), edited, removed];
    let view = view_of(kinds.clone());
    let waiting = vec![QueuedPrompt { prompt_id: prompt_id(3), text: "three, better".into() }];
    assert_eq!((view.queue, view.prompts_used), (waiting, 1));
    let view = view_of(kinds.into_iter().chain([finished(1, true), submitted(3)]));
    assert_eq!((view.queue.len(), view.prompts_used), (0, 2));
}

/// G2: a fresh start and a recollection end what is remembered as it was; the conversation itself stays.
#[test]
fn what_was_forgotten_or_is_known_in_short_is_not_remembered_as_it_was() {
    let recollection = Recollection {
        through: prompt_id(1),
        facts: vec![],
        summary: "One was asked.".into(),
        files: vec![],
        by: RecollectionBy::Extract,
    };
    let ids = |view: &SessionView| view.remembered().iter().map(|p| p.prompt_id).collect::<Vec<_>>();
    let asked = |number| [submitted(number), finished(number, true)];
    let kinds: Vec<_> = asked(1).into_iter().chain(asked(2)).collect();
    assert_eq!(ids(&view_of(kinds.clone())), [prompt_id(1), prompt_id(2)]);
    let compacted = EventKind::ConversationCompacted { recollection };
    let kinds: Vec<_> = kinds.into_iter().chain([compacted]).collect();
    assert_eq!(ids(&view_of(kinds.clone())), [prompt_id(2)]);
    let kinds = kinds.into_iter().chain([EventKind::ConversationReset]).chain(asked(3));
    let view = view_of(kinds);
    assert_eq!((ids(&view), view.recollection.clone()), (vec![prompt_id(3)], None));
    assert_eq!((view.prompts.len(), view.fresh_starts[0].prompts), (3, 2));
}

/// G4: mending keeps the agent at work, also after it was done; what could not be mended is not counted.
#[test]
fn a_prompt_whose_repair_failed_is_given_back() {
    let began = |attempt| EventKind::RepairStarted {
        prompt_id: prompt_id(1),
        attempt,
        source: FaultSource::Console,
        faults: vec!["x is not defined".into()],
    };
    let ended = |attempt, outcome| EventKind::RepairFinished { prompt_id: prompt_id(1), attempt, outcome };
    let kinds = vec![submitted(1), finished(1, true), began(1)];
    let view = view_of(kinds.clone());
    assert_eq!(view.prompt_in_progress().map(PromptView::repairs), Some(1));
    let restored = EventKind::RepairRestored { prompt_id: prompt_id(1), version: 1 };
    let kinds = kinds.into_iter().chain([ended(1, RepairOutcome::Broken), restored, finished(1, false)]);
    let view = view_of(kinds);
    assert_eq!((view.prompts_used, view.prompts[0].undone, view.prompts[0].mending), (0, true, false));
    assert_eq!(view.prompts[0].status, Some(PromptStatus::Refused));
    assert!(view.prompt_in_progress().is_none());
}

fn any_kind() -> impl Strategy<Value = EventKind> {
    prop_oneof![
        Just(EventKind::SessionReady { ready_ms: 1 }),
        (0u8..4).prop_map(submitted),
        (0u8..4, any::<bool>()).prop_map(|(number, counted)| finished(number, counted)),
        (0u8..4).prop_map(|number| queued(number, "later")),
        (0u8..4).prop_map(|number| EventKind::QueueRemoved { prompt_id: prompt_id(number) }),
        Just(EventKind::ConversationReset),
        (0u8..4).prop_map(|n| EventKind::AgentSaid { prompt_id: prompt_id(n), text: "hm".into() }),
        Just(EventKind::SessionEnded { reason: EndReason::Closed }),
    ]
}

proptest! {
    /// F1: a page that resumes from an earlier point sees the same as one that never left.
    #[test]
    fn folding_an_overlapping_stream_equals_folding_it_once(
        kinds in prop::collection::vec(any_kind(), 0..24), cut in 0usize..24, overlap in 0usize..24,
    ) {
        let events = journal(kinds);
        let whole = SessionView::of(&events).unwrap();
        let cut = cut.clamp(1, events.len());
        let mut resumed = SessionView::of(&events[..cut]).unwrap();
        events[cut.saturating_sub(overlap)..].iter().for_each(|event| resumed.apply(event));
        prop_assert_eq!(resumed, whole);
    }

    /// A6
    #[test]
    fn a_session_that_ended_stays_ended(kinds in prop::collection::vec(any_kind(), 0..24)) {
        let ended = kinds.iter().any(|k| matches!(k, EventKind::SessionEnded { .. }));
        let view = SessionView::of(&journal(kinds)).unwrap();
        prop_assert_eq!(view.state == SessionState::Ended, ended);
    }
}
