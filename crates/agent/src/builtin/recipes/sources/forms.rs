//! Forms: the fields of a purpose, or those that a prompt names.

use super::super::content::{FORMS, Field};
use super::super::literal::Js;
use super::{anchor, fill, names, sentence_case};
use crate::builtin::framework::Framework;
use crate::builtin::intent::{Addition, Section};

pub(super) fn form(addition: &Addition, framework: Framework) -> String {
    let (title, _, known) = purpose(addition);
    let fields = if addition.items.is_empty() {
        known.iter().map(|(label, kind, options)| field(label, kind, options)).collect()
    } else {
        addition.items.iter().map(|item| own_field(item)).collect()
    };
    let title = addition.title.clone().unwrap_or_else(|| title.to_owned());
    fill(Section::Form, &title, &[("__FIELDS__", Js::List(fields))], framework)
}

/// What the button of a form says.
pub(in crate::builtin::recipes) fn form_action(addition: &Addition) -> &'static str {
    purpose(addition).1
}

fn purpose(addition: &Addition) -> (&'static str, &'static str, &'static [Field]) {
    let about = addition.topic.as_deref().unwrap_or_default();
    let known = FORMS.iter().find(|(words, ..)| names(words, about)).unwrap_or(&FORMS[0]);
    (known.1, known.2, known.3)
}

/// A field with the input that its label asks for.
fn own_field(label: &str) -> Js {
    let kinds: [(&str, &[&str]); 7] = [
        ("email", &["email", "mail"]),
        ("tel", &["phone", "telephone", "mobile"]),
        ("date", &["date", "birthday", "arrival", "departure"]),
        ("time", &["time"]),
        ("number", &["number", "age", "guests", "people", "quantity", "amount", "persons", "count"]),
        (
            "textarea",
            &["message", "comment", "comments", "notes", "remarks", "question", "description", "feedback"],
        ),
        ("password", &["password"]),
    ];
    let kind = kinds.iter().find(|(_, words)| names(words, label)).map_or("text", |(kind, _)| kind);
    field(&sentence_case(label), kind, &[])
}

fn field(label: &str, kind: &str, options: &[&str]) -> Js {
    let name = anchor(label).unwrap_or_else(|| "field".into());
    let required = kind == "email" || label == "Name";
    let mut fields = vec![
        ("name", Js::Text(name)),
        ("label", Js::text(label)),
        ("type", Js::text(kind)),
        ("required", Js::Flag(required)),
    ];
    if !options.is_empty() {
        fields.push(("options", Js::texts(options.iter().copied())));
    }
    Js::Object(fields)
}
