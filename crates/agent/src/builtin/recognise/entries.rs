//! Entries that a prompt writes out, each of several parts: people with what they are, words with what they mean, rows.

use super::words::{Kind, Word};

/// The most entries that are taken, and the most cells of one.
const ENTRIES_MAX: usize = 24;
const CELLS_MAX: usize = 6;

/// What the words say as they were written, from their first to the end of the last one, brackets included.
fn text<'a>(prompt: &'a str, words: &[Word]) -> &'a str {
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return "";
    };
    let rest = prompt.get(last.span.end..).unwrap_or_default();
    let closes = rest.find(')').filter(|at| !rest[..*at].contains('(')).map_or(0, |at| at + 1);
    prompt.get(first.span.start..last.span.end + closes).unwrap_or_default()
}

/// The parts of a list, cut at commas, semicolons and `and`, but never inside brackets.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            // `10,50` is one number.
            ',' if depth == 0 && text[at + 1..].starts_with(|next: char| next.is_ascii_digit()) => {}
            ',' | ';' | '\n' | '&' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            ' ' if depth == 0 && text[at..].to_lowercase().starts_with(" and ") => {
                parts.push(&text[start..at]);
                start = at + 5;
            }
            _ => {}
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    let trimmed = parts.into_iter().map(|part| part.trim().trim_start_matches("and ").trim());
    trimmed.filter(|part| !part.is_empty()).take(ENTRIES_MAX).collect()
}

/// Where a list begins: after its colon, or after the last of these words that stands before its first comma.
fn list<'a>(words: &'a [Word], leads: &[&str]) -> &'a [Word] {
    let colon = words.iter().position(|word| word.kind == Kind::Colon);
    let comma =
        words.iter().position(|word| word.kind == Kind::Comma || word.is("and")).unwrap_or(words.len());
    let lead = || words[..comma].iter().rposition(|word| word.is_any(leads));
    colon.or_else(lead).map_or(&[], |at| &words[at + 1..])
}

/// People, each with what they are: `Maria Lopez (CEO), Tom Becker - Designer`; the second part may be empty.
pub(super) fn people(prompt: &str, words: &[Word]) -> Vec<Vec<String>> {
    let listed = text(prompt, list(words, &["from", "by", "with", "of", "for", "are"]));
    let person = |part: &str| {
        let part = part.split(" saying ").next().unwrap_or(part);
        let (name, role) = match part.split_once('(') {
            Some((name, rest)) => (name, rest.split(')').next().unwrap_or_default()),
            None => [" - ", " – ", " — ", " as ", ": "]
                .iter()
                .find_map(|mark| part.split_once(mark))
                .unwrap_or((part, "")),
        };
        let name = name.trim().trim_matches(|c: char| matches!(c, '"' | '“' | '”' | '.')).trim();
        let capital = name.starts_with(char::is_uppercase);
        let few = (1..=4).contains(&name.split_whitespace().count());
        let plain = |word: &str| ["people", "members", "our", "the"].contains(&word.to_lowercase().as_str());
        let fits = capital && few && !name.split_whitespace().any(plain);
        fits.then(|| vec![name.to_owned(), role.trim().trim_start_matches("the ").to_owned()])
    };
    let all = parts(listed);
    let people: Vec<_> = all.iter().filter_map(|part| person(part)).collect();
    if people.len() == all.len() { people } else { Vec::new() }
}

/// Two sides each: `house casa, dog perro`, `photosynthesis = how plants eat`; nothing unless every part has two.
pub(super) fn pairs(prompt: &str, words: &[Word]) -> Vec<Vec<String>> {
    let listed = text(prompt, list(words, &["with", "for", "of"]));
    let sides = |part: &str| {
        let marked = [" = ", "=", " - ", " – ", " → ", "->", ": ", " means ", " is "];
        let split = marked.iter().find_map(|mark| part.split_once(mark));
        let words: Vec<&str> = part.split_whitespace().collect();
        let (front, back) = split.or(match words[..] {
            [front, back] => Some((front, back)),
            _ => None,
        })?;
        let side =
            |text: &str| text.trim().trim_matches(|c: char| matches!(c, '"' | '.' | '“' | '”')).to_owned();
        Some(vec![side(front), side(back)])
    };
    let all = parts(listed);
    let pairs: Vec<_> = all.iter().filter_map(|part| sides(part)).collect();
    if pairs.len() == all.len() && pairs.len() > 1 { pairs } else { Vec::new() }
}

/// Rows of a table: `Anna 25, Bob 30`, `Anna 25 Oslo, Bob 30 Bergen`; all as long as the first, with figures in one place.
pub(super) fn rows(prompt: &str, words: &[Word]) -> Vec<Vec<String>> {
    let listed = text(prompt, list(words, &["with", "of", "for", "row", "showing"]));
    let figure = |cell: &&str| cell.chars().any(|c| c.is_ascii_digit());
    let cells = |part: &&str| {
        let bare = part.replace(['(', ')'], " ").replace([':', '|', '='], " ");
        let words: Vec<&str> = bare.split_whitespace().filter(|word| *word != "-").collect();
        // What stands before the first figure is one name, however many words it has.
        let at = words.iter().position(figure)?;
        let name = words[..at].join(" ");
        let rest = words[at..].iter().map(|word| (*word).to_owned());
        (at > 0).then(|| std::iter::once(name).chain(rest).take(CELLS_MAX).collect::<Vec<String>>())
    };
    let all = parts(listed);
    let rows: Vec<Vec<String>> = all.iter().filter_map(cells).collect();
    let even = rows.iter().all(|row| row.len() == rows[0].len());
    if rows.len() == all.len() && rows.len() > 1 && even { rows } else { Vec::new() }
}

/// What prices are in, as it was written; nothing where no price has a sign.
pub(super) fn currency(prompt: &str) -> Option<String> {
    let lower = prompt.to_lowercase();
    if lower.contains("r$") {
        return Some("R$ ".to_owned());
    }
    if let Some(sign) = prompt.chars().find(|c| matches!(c, '€' | '£' | '¥' | '₹' | '₽' | '₺' | '$'))
    {
        return Some(sign.to_string());
    }
    let named = [
        (&["euro", "euros", "eur"][..], "€"),
        (&["pounds", "gbp", "quid"], "£"),
        (&["rupees", "inr", "rs"], "₹"),
        (&["yen", "jpy"], "¥"),
        (&["kr", "sek", "nok", "dkk", "kronor", "kroner"], " kr"),
        (&["zł", "zl", "pln"], " zł"),
        (&["chf", "franken", "francs"], " CHF"),
        (&["reais"], "R$ "),
        (&["rubles", "рублей", "руб"], "₽"),
    ];
    // A unit counts only beside a figure.
    let words: Vec<&str> = lower.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':')).collect();
    let figure = |word: Option<&&str>| word.is_some_and(|word| word.ends_with(|c: char| c.is_ascii_digit()));
    let found = words.iter().enumerate().find_map(|(at, word)| {
        let unit = named.iter().find(|(names, _)| names.contains(word))?.1;
        (at > 0 && figure(words.get(at - 1)) || figure(words.get(at + 1))).then_some(unit)
    });
    found.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    fn strings(rows: &[Vec<String>]) -> Vec<String> {
        rows.iter().map(|row| row.join("|")).collect()
    }

    /// G3
    #[test]
    fn entries_keep_their_parts() {
        let of = |read: fn(&str, &[Word]) -> Vec<Vec<String>>, prompt: &str| {
            strings(&read(prompt, &words(prompt)))
        };
        assert_eq!(
            of(people, "from Ada King (CEO, Acme), Bo Li - Cook and Cy"),
            ["Ada King|CEO, Acme", "Bo Li|Cook", "Cy|"]
        );
        assert_eq!(of(people, "from happy customers"), [""; 0]);
        assert_eq!(of(pairs, "spanish words: house casa, dog perro"), ["house|casa", "dog|perro"]);
        assert_eq!(of(pairs, "cards: the sun = el sol; rain - lluvia"), ["the sun|el sol", "rain|lluvia"]);
        assert_eq!(of(rows, "with Anna 25, Big Bob 30 and Cy 41"), ["Anna|25", "Big Bob|30", "Cy|41"]);
        assert_eq!(of(rows, "rows: Ada 36 London; Bo 25 Rome"), ["Ada|36|London", "Bo|25|Rome"]);
        assert_eq!(of(rows, "with 3 columns"), [""; 0]);
    }

    /// G3
    #[test]
    fn prices_keep_what_they_are_in() {
        for (prompt, unit) in
            [("soup 5 €", "€"), ("corte R$ 40", "R$ "), ("haircut 300 kr, beard 200 kr", " kr")]
        {
            assert_eq!(currency(prompt).as_deref(), Some(unit), "{prompt}");
        }
        assert_eq!(currency("soup 5, pasta 8"), None);
    }
}
