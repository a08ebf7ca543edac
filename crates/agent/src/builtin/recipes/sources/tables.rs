//! Tables: known ones by topic, and rows for columns that a prompt names.

use super::super::content;
use super::super::literal::Js;
use super::super::topics::title_case;
use super::{amount, fill, names, sentence_case};
use crate::builtin::framework::Framework;
use crate::builtin::intent::{Addition, Section};

/// Whether there is a table about a topic.
pub(in crate::builtin::recipes) fn has_table_about(topic: &str) -> bool {
    content::TABLES.iter().any(|(words, ..)| names(words, topic))
}

pub(super) fn table(addition: &Addition, round: usize, framework: Framework) -> String {
    let said = [addition.topic.as_deref(), addition.title.as_deref()];
    let about = said.into_iter().flatten().find(|said| has_table_about(said));
    let known = about.and_then(|about| content::TABLES.iter().find(|(words, ..)| names(words, about)));
    let (default_title, columns, rows) = match known {
        _ if !addition.rows.is_empty() => {
            let rows = addition.rows.iter().map(|row| Js::texts(row.clone())).collect();
            ("Overview", headings(addition), rows)
        }
        _ if addition.items.len() >= 2 => ("Overview", own_columns(addition), own_rows(addition, round)),
        Some((_, name, columns, rows)) => {
            let count = amount(addition, rows.len(), 0, round, rows.len());
            let rows = rows.iter().take(count).map(|row| Js::texts(row.iter().copied())).collect();
            (*name, columns.iter().map(|column| (*column).to_owned()).collect(), rows)
        }
        None => {
            let count = amount(addition, 4, 2, round, content::ROWS.len());
            let rows = content::ROWS.iter().take(count).map(|row| Js::texts(*row)).collect();
            ("Overview", ["Item", "Group", "Amount", "Status"].map(str::to_owned).to_vec(), rows)
        }
    };
    let of_topic = addition.topic.as_deref().filter(|_| known.is_none()).map(title_case);
    let title = addition.title.clone().or(of_topic).unwrap_or_else(|| default_title.to_owned());
    let data = [("__COLUMNS__", Js::texts(columns)), ("__ROWS__", Js::List(rows))];
    fill(Section::DataTable, &title, &data, framework)
}

fn own_columns(addition: &Addition) -> Vec<String> {
    addition.items.iter().map(|item| sentence_case(item)).collect()
}

/// The names of the columns of rows that a prompt wrote out: its own, or what their cells look like.
fn headings(addition: &Addition) -> Vec<String> {
    if !addition.items.is_empty() {
        return own_columns(addition);
    }
    let first = &addition.rows[0];
    let heading = |(at, _): (usize, &String)| {
        let cells = || addition.rows.iter().map(|row| row[at].as_str());
        let ages = cells().all(|cell| cell.parse::<u32>().is_ok_and(|age| (1..=110).contains(&age)));
        let money = cells().all(|cell| cell.contains(['$', '€', '£', '¥']));
        let date =
            cells().all(|cell| cell.contains(['-', '/']) && cell.contains(|c: char| c.is_ascii_digit()));
        let people = || addition.rows.iter().all(|row| row[0].starts_with(char::is_uppercase));
        match at {
            0 => "Name",
            _ if money => "Price",
            _ if date => "Date",
            1 if ages && people() => "Age",
            1 => "Value",
            _ => "Details",
        }
        .to_owned()
    };
    let all: Vec<String> = first.iter().enumerate().map(heading).collect();
    // A column needs a name of its own.
    let numbered = |(at, name): (usize, &String)| {
        if all[..at].contains(name) { format!("{name} {}", at + 1) } else { name.clone() }
    };
    all.iter().enumerate().map(numbered).collect()
}

/// Rows that fit the names of their columns.
fn own_rows(addition: &Addition, round: usize) -> Vec<Js> {
    let count = amount(addition, 4, 2, round, 8);
    let cell = |column: &String, row: usize| {
        let known = content::COLUMNS.iter().find(|(words, _)| names(words, column));
        known.map_or_else(
            || format!("{} {}", sentence_case(column), row + 1),
            |(_, values)| values[row].to_owned(),
        )
    };
    let row = |row| Js::texts(addition.items.iter().map(|column| cell(column, row)));
    (0..count).map(row).collect()
}
