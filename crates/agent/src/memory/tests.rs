//! What is remembered, and how much of it.

use proptest::prelude::*;
use serde_json::json;

use super::bounds::{ARGUMENT_BYTES_MAX, RESULT_BYTES_MAX, STEP_BYTES_MAX, cut};
use super::*;

fn call(name: &str, arguments: Value, result: &str) -> PastCall {
    PastCall { name: name.into(), arguments, result: result.into(), is_error: false }
}

fn turn(status: PromptStatus, steps: Vec<PastStep>) -> PastTurn {
    PastTurn { text: "make it blue".into(), steps, status, summary: "It is blue.".into(), undone: false }
}

/// G2: what was done comes between what was asked and what was answered, and failed prompts are told as what they were.
#[test]
fn an_earlier_prompt_is_shown_with_its_calls_and_their_results() {
    let step = PastStep {
        text: "Let me look.".into(),
        calls: vec![
            call("read_file", json!({"path": "a.css"}), "a {}"),
            call("list_files", json!({}), "a.css"),
        ],
    };
    let history =
        vec![turn(PromptStatus::Completed, vec![step.clone()]), turn(PromptStatus::Stopped, vec![step])];
    let shown = conversation(Turn { history, ..Turn::new("and now red") });
    let calls = |prompt: usize| {
        let made = [("read_file", json!({"path": "a.css"})), ("list_files", json!({}))];
        let ids = [format!("past-{prompt}-1-1"), format!("past-{prompt}-1-2")];
        made.into_iter().zip(ids).map(|((name, arguments), id)| ToolCall { id, name: name.into(), arguments })
    };
    let prompt = |number: usize, last: &str| {
        let result = |call: usize, content: &str| {
            let call_id = format!("past-{number}-1-{call}");
            Message::Tool(ToolResult { call_id, content: content.into(), picture: None, is_error: false })
        };
        vec![
            Message::User("make it blue".into()),
            Message::Assistant { text: "Let me look.".into(), calls: calls(number).collect() },
            result(1, "a {}"),
            result(2, "a.css"),
            Message::Assistant { text: last.into(), calls: Vec::new() },
        ]
    };
    let expected: Vec<Message> = prompt(1, "It is blue.")
        .into_iter()
        .chain(prompt(2, "(This was stopped by the person.) It is blue."))
        .chain([Message::User("and now red".into())])
        .collect();
    assert_eq!(shown, expected);
}

/// G2: what is left out is said to be.
#[test]
fn long_texts_are_remembered_by_their_begin_and_end() {
    let step = PastStep {
        text: String::new(),
        calls: vec![call(
            "write_file",
            json!({"path": "a", "content": "x".repeat(100_000)}),
            &"y".repeat(100_000),
        )],
    };
    let kept = step.bounded();
    let content = kept.calls[0].arguments["content"].as_str().unwrap();
    assert!(content.len() < ARGUMENT_BYTES_MAX + 64 && content.contains("97952 bytes left out"), "{content}");
    assert_eq!(kept.calls[0].arguments["path"], "a");
    assert!(kept.calls[0].result.len() < RESULT_BYTES_MAX + 64);
}

/// G2: what was said once and is meant to last is remembered in the words it was said in, however much is said after it.
#[test]
fn facts_are_peoples_own_sentences() {
    let said = [
        "The bakery is called Wren & Rye. Make it warm.",
        "Our phone number is 030 1234; never show prices!",
    ];
    let facts = compaction::facts(&[], said);
    assert_eq!(
        facts,
        ["The bakery is called Wren & Rye.", "Our phone number is 030 1234;", "never show prices!"]
    );
    let chatter: Vec<String> = (0..500).map(|number| format!("Move the box {number} pixels.")).collect();
    let later = compaction::facts(&facts, chatter.iter().map(String::as_str));
    assert_eq!((&later[..3], later.len()), (&facts[..], 80));
}

fn long(number: usize, steps: usize) -> PastTurn {
    let step = PastStep {
        text: String::new(),
        calls: vec![call("read_file", json!({"path": "a"}), &"x".repeat(3_000))],
    };
    PastTurn { text: format!("prompt {number}"), ..turn(PromptStatus::Completed, vec![step; steps]) }
}

proptest! {
    /// G2: the newest prompt stays as it was, the oldest go, and what is left is well below the model's bound.
    #[test]
    fn what_is_kept_of_a_conversation_fits(steps in prop::collection::vec(0_usize..12, 1..30), context in 4_096_u64..200_000) {
        let mut history: Vec<PastTurn> = steps.iter().zip(0..).map(|(steps, number)| long(number, *steps)).collect();
        let all = |history: &[PastTurn]| history.iter().map(compaction::tokens).sum::<u64>();
        let goes = compaction::too_many(&history, None, context);
        match goes {
            None => prop_assert!(all(&history) <= context / 2 || history.len() == 1),
            Some(count) => {
                prop_assert!((1..history.len()).contains(&count));
                history.drain(..count);
            }
        }
        let texts: Vec<String> = history.iter().map(|turn| turn.text.clone()).collect();
        compaction::fit(&mut history, context);
        prop_assert_eq!(history.iter().map(|turn| turn.text.clone()).collect::<Vec<_>>(), texts);
        prop_assert!(all(&history) <= context / 2 + 40 * history.len() as u64);
        // No message is a result without its call before it.
        let shown = conversation(Turn { history, ..Turn::new("next") });
        let mut open: Vec<String> = Vec::new();
        for message in shown {
            match message {
                Message::Assistant { calls, .. } => open.extend(calls.into_iter().map(|call| call.id)),
                Message::Tool(result) => prop_assert_eq!(open.remove(0), result.call_id),
                Message::User(_) => prop_assert!(open.is_empty()),
            }
        }
    }

    /// G2: whatever a model calls, a step stays small, every call keeps its result, and its arguments stay an object.
    #[test]
    fn a_step_is_bounded_whatever_it_holds(
        results in prop::collection::vec(("\\PC{0,40}", 0_usize..9_000, 0_usize..9_000), 0..24),
    ) {
        let calls: Vec<PastCall> = results
            .into_iter()
            .map(|(name, argument, result)| {
                call(&name, json!({"content": "ü".repeat(argument), "many": vec!["a"; argument / 4]}), &"é".repeat(result))
            })
            .collect();
        let names: Vec<String> = calls.iter().map(|call| call.name.clone()).collect();
        let kept = PastStep { text: "ö".repeat(9_000), calls }.bounded();
        let size = serde_json::to_string(&kept).unwrap().len();
        prop_assert!(size < 2 * STEP_BYTES_MAX, "{size}");
        prop_assert_eq!(kept.calls.iter().map(|call| call.name.clone()).collect::<Vec<_>>(), names);
        prop_assert!(kept.calls.iter().all(|call| call.arguments.is_object()));
    }

    #[test]
    fn a_cut_text_keeps_its_ends(text in "\\PC{0,400}", bytes_max in 8_usize..200) {
        let kept = cut(text.clone(), bytes_max);
        if text.len() <= bytes_max {
            prop_assert_eq!(kept, text);
        } else {
            prop_assert!(kept.len() <= bytes_max + 48);
        }
    }
}
