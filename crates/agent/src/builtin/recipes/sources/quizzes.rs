//! Quizzes: the questions of a topic.

use super::super::content::QUIZZES;
use super::super::literal::Js;
use super::{amount, fill, names};
use crate::builtin::framework::Framework;
use crate::builtin::intent::{Addition, Section};

/// Which of the quizzes is about a topic.
pub(super) fn quiz_about(topic: &str) -> Option<usize> {
    QUIZZES.iter().position(|(words, ..)| names(words, topic))
}

/// Whether there are quiz questions about a topic.
pub(in crate::builtin::recipes) fn has_questions_about(topic: &str) -> bool {
    quiz_about(topic).is_some()
}

pub(super) fn quiz(addition: &Addition, round: usize, framework: Framework) -> String {
    let first = addition.topic.as_deref().and_then(quiz_about).unwrap_or(0);
    let (_, name, all) = &QUIZZES[(first + round) % QUIZZES.len()];
    let count = amount(addition, 4, 0, 0, all.len());
    let question = |(text, options, answer): &(&str, [&str; 4], usize)| {
        Js::Object(vec![
            ("text", Js::text(*text)),
            ("options", Js::texts(*options)),
            ("answer", Js::text(options[*answer])),
        ])
    };
    let questions = Js::List(all.iter().take(count).map(question).collect());
    let title = addition.title.clone().unwrap_or_else(|| format!("{name} quiz"));
    fill(Section::Quiz, &title, &[("__QUESTIONS__", questions)], framework)
}
