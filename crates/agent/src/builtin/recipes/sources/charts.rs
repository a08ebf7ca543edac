//! Charts: titles and points, known ones by topic.

use super::super::content::{COURSES, Figures, SHARES};
use super::super::literal::Js;
use super::super::topics::title_case;
use super::{names, sentence_case};
use crate::builtin::intent::{Addition, Section};

/// The figures that are known for what a chart shall show.
pub(in crate::builtin::recipes) fn known_figures(addition: &Addition) -> Option<&'static Figures> {
    let about =
        addition.topic.as_deref().or(addition.title.as_deref()).filter(|_| addition.items.is_empty())?;
    let is_about = |figures: &&Figures| names(figures.0, about);
    let share = || SHARES.iter().find(is_about);
    let course = || COURSES.iter().find(is_about);
    if addition.section == Section::PieChart {
        share()
    } else if addition.variant {
        course().or_else(share)
    } else {
        share().or_else(course)
    }
}

/// The title of a chart, unless it is the component's own.
pub(in crate::builtin::recipes) fn chart_title(addition: &Addition, number: usize) -> Option<String> {
    let own = addition.title.clone().or_else(|| addition.topic.as_deref().map(sentence_case));
    let known = || known_figures(addition).map(|(_, title, _)| (*title).to_owned());
    let named = if addition.title.is_some() { own.or_else(known) } else { known().or(own) };
    let plain = addition.section == Section::PieChart && !addition.items.is_empty();
    let default = if plain { Some("How it is divided".to_owned()) } else { None };
    named.or(default).or_else(|| (number > 1).then(|| format!("Monthly sales {number}")))
}

/// Points for the labels that were given or for a topic; `None` for the component's own sample.
pub(in crate::builtin::recipes) fn chart_data(addition: &Addition) -> Option<Js> {
    const VALUES: [i64; 8] = [42, 65, 31, 78, 54, 87, 49, 70];
    let point = |label: String, value: i64| {
        Js::Object(vec![("label", Js::Text(label)), ("value", Js::Number(value))])
    };
    if let Some((_, _, points)) = known_figures(addition) {
        return Some(Js::List(
            points.iter().map(|(label, value)| point((*label).to_owned(), *value)).collect(),
        ));
    }
    let parts = ["Part A", "Part B", "Part C", "Part D"].map(str::to_owned);
    let unknown_whole = addition.section == Section::PieChart && addition.topic.is_some();
    let labels: Vec<String> = match (addition.items.len(), addition.count) {
        (0, None) if unknown_whole => parts.to_vec(),
        (0, None) => return None,
        (0, Some(count)) => (1..=count.clamp(2, 12)).map(|number| format!("#{number}")).collect(),
        _ => addition.items.iter().map(|item| title_case(item)).collect(),
    };
    let value = |at: usize| {
        let given = addition.prices.get(at).and_then(|value| value.parse().ok());
        given.unwrap_or(VALUES[at % VALUES.len()])
    };
    Some(Js::List(labels.into_iter().enumerate().map(|(at, label)| point(label, value(at))).collect()))
}
