//! What people write, and what it means.

use proptest::prelude::*;

use super::*;
use crate::builtin::intent::{Part, Slot, Style};

const PROMPTS: &str = include_str!("prompts.txt");

fn label(intent: &Intent) -> String {
    match intent {
        Intent::Undo => "undo".into(),
        Intent::Theme(theme) => match (theme.seed, theme.mode) {
            (None, Some(mode)) => mode.name().into(),
            _ => "theme".into(),
        },
        Intent::Paint(part, _) => match part {
            Part::Background => "background".into(),
            Part::Text => "text".into(),
            Part::Headings => "headings".into(),
            Part::Buttons => "buttons".into(),
        },
        Intent::Gradient(_) => "gradient".into(),
        Intent::Style(style) => match style {
            Style::Font(_) => "font",
            Style::TextSize { larger: true } => "larger",
            Style::TextSize { larger: false } => "smaller",
            Style::Corners { round: true } => "round",
            Style::Corners { round: false } => "square",
            Style::Align { centre: true } => "centre",
            Style::Align { centre: false } => "left",
        }
        .into(),
        Intent::SetText(slot, _) => match slot {
            Slot::Heading => "heading".into(),
            Slot::Subtitle => "subtitle".into(),
            Slot::PageTitle => "page title".into(),
            Slot::Brand => "brand".into(),
            Slot::Button => "button".into(),
        },
        Intent::Replace { .. } => "replace".into(),
        Intent::Name(_) => "name".into(),
        Intent::Add(addition) => format!("{:?}", addition.section),
        Intent::Remove(section) => format!("remove {section:?}"),
        Intent::RemoveAll => "remove all".into(),
        Intent::Move(section, _) => format!("move {section:?}"),
        Intent::Landing(_) => "landing".into(),
    }
}

fn refusal(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Identity => "-identity",
        Refusal::Question => "-question",
        Refusal::Backend => "-backend",
        Refusal::Deployment => "-deployment",
        Refusal::LiveData => "-live data",
        Refusal::Services => "-services",
        Refusal::OtherWork => "-other work",
        Refusal::OtherGame => "-other game",
        Refusal::Unclear => "-unclear",
    }
}

fn meaning(prompt: &str) -> String {
    let understanding = understand(prompt, &[]);
    let refused = understanding.refusals.iter().map(|refused| refusal(refused).to_owned());
    let labels: Vec<String> = understanding.intents.iter().map(label).chain(refused).collect();
    labels.join(", ")
}

/// G3
#[test]
fn paraphrases_mean_what_people_mean_by_them() {
    let cases: Vec<(&str, &str)> = PROMPTS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
        .filter_map(|line| line.split_once(" => "))
        .collect();
    let declined = cases.iter().filter(|(_, expected)| expected.starts_with('-')).count();
    assert!(cases.len() >= 200 && declined >= 30, "{} prompts, {declined} declined", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(prompt, expected)| meaning(prompt) != *expected)
        .map(|(prompt, expected)| format!("{prompt}\n    means {}\n    not   {expected}", meaning(prompt)))
        .collect();
    assert!(wrong.is_empty(), "{} of {} are misread:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// A phrase that is not in its normal form would never be found.
#[test]
fn every_phrase_to_look_for_is_in_normal_form() {
    let phrases = lexicon::SECTIONS.iter().flat_map(|(_, phrases)| phrases.split(", "));
    let verbs = [lexicon::ADD, lexicon::REMOVE, lexicon::CHANGE].into_iter().flatten().copied();
    let all = phrases.chain(verbs).chain(refusals::tables());
    let odd: Vec<(&str, String)> = all
        .map(|phrase| {
            (phrase, words::words(phrase).iter().map(|word| word.text.clone()).collect::<Vec<_>>().join(" "))
        })
        .filter(|(phrase, normal)| phrase != normal)
        .collect();
    assert!(odd.is_empty(), "{odd:#?}");
}

proptest! {
    /// G3: whatever is typed, something is understood or a reason is given.
    #[test]
    fn no_prompt_is_too_odd_to_be_read(prompt in "(\\PC|add |the |a |to |\"|'|counter |title |with |and |, |\\.|make |blue ){0,40}") {
        let understanding = understand(&prompt, &["add a counter", "undo"]);
        prop_assert!(!understanding.intents.is_empty() || !understanding.refusals.is_empty());
    }
}
