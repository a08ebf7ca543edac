//! Quizzes: the questions of a topic.

use super::super::content::{CAPITALS, QUIZZES};
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

/// Questions about capitals: as many as are wanted, each with three other capitals to choose from.
fn capitals(addition: &Addition, about: &str) -> (String, Js) {
    let europe = names(&["europe", "european"], about);
    let all: Vec<_> = CAPITALS.iter().filter(|(.., in_europe)| *in_europe || !europe).collect();
    // From both ends in turn, so that a short quiz of the world is not one of Europe.
    let order = (0..all.len()).map(|at| if at % 2 == 0 { at / 2 } else { all.len() - 1 - at / 2 });
    let question = |(number, at): (usize, usize)| {
        let (country, capital, _) = all[at];
        let mut options: Vec<&str> = [5, 11, 17].iter().map(|step| all[(at + step) % all.len()].1).collect();
        options.insert(number * 7 % 4, capital);
        Js::Object(vec![
            ("text", Js::Text(format!("What is the capital of {country}?"))),
            ("options", Js::texts(options)),
            ("answer", Js::text(*capital)),
        ])
    };
    let count = amount(addition, 8, 0, 0, all.len());
    let title = if europe { "Capitals of Europe" } else { "Capitals of the world" };
    (title.to_owned(), Js::List(order.take(count).enumerate().map(question).collect()))
}

pub(super) fn quiz(addition: &Addition, round: usize, framework: Framework) -> String {
    if let Some(about) = addition.topic.as_deref().filter(|about| names(&["capital"], about)) {
        let (title, questions) = capitals(addition, about);
        let title = addition.title.clone().unwrap_or(title);
        return fill(Section::Quiz, &title, &[("__QUESTIONS__", questions)], framework);
    }
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
