//! The commonest requests in other languages, put into English before they are read.
//!
//! Only a prompt that begins like one of these languages is touched, and only the words in the table: names and
//! quotations stay as they are.

/// Words that give a language away where they open a prompt.
const OPENINGS: &str = "dodaj, zrób, stwórz, zmień, usuń, maak, voeg, verander, verwijder, haushaltsbuch, vokabeltrainer, einkaufsliste, \
    ändere, aendere, mach, mache, füge, fuege, erstelle, baue, entferne, lösche, verschiebe, setze, \
    zeige, bitte, ich, kannst, ajoute, ajouter, ajoutez, change, changez, mets, mettez, crée, créer, fais, supprime, enlève, \
    rends, je, peux, añade, agrega, cambia, pon, crea, haz, quita, elimina, quiero, puedes, aggiungi, cambia, rendi, metti, \
    rimuovi, togli, fai, voglio, vorrei, adicione, adiciona, adicionar, mude, muda, mudar, altere, coloque, faça, crie, \
    remova, quero, añadir, cambiar, hinzufügen, schreibe, nenne, benenne, renomme, llama, dunkelmodus, taschenrechner, annulla, \
    annuler, rückgängig, deshacer, desfazer, annule, supprimer, eliminar, insira, remover, tire, deixe, torne, agranda, aumenta, vergrößere, agrandis, ingrandisci, aumente, verkleinere, réduis, riduci, diminua, \
    zentriere, centra, centralize, centraliza, pongo, un, une, una, uma, ein, eine, einen, können, könntest, rende, metta, scrivi, \
    escribe, écris, escreva, hintergrund, kontaktformular, stoppuhr, bildergalerie, calculatrice, calculadora, calcolatrice";

/// An opening that English has as well, and the words one of which follows it elsewhere.
const ENGLISH_TOO: &str = "change";
const FOLLOWING: &str = "le, la, les, l, mon, ma, mes, notre, nos, ton, ta, votre, ce, cette, tout, toute";

/// What is said, and what that is in English; the longest first within what begins alike.
const PHRASES: &str = include_str!("languages.txt");
const MORE_PHRASES: &str = include_str!("more_languages.txt");

/// Words that only these languages have, two of which tell one even where a prompt opens with none of the words above.
const MARKS: &str = "ein, eine, einen, der, das, und, für, mit, auf, mein, meine, meinen, nicht, über, den, un, une, una, uma, los, las, les, des, \
    pour, avec, para, con, com, per, della, del, dans, sur, mon, ma, mi, mio, il, el, le, la, du, e, y, et, di, de, da, do, dos, das, een, het, voor, \
    na, dla";

/// Words that say that a prompt is in English after all.
const ENGLISH: &str = "the, a, an, with, and, add, make, to, of, my, for, page, this, it, i, in, create, build, change, is, called";

/// The prompt in English where it is in one of the languages; `None` where it is not.
pub(super) fn translated(prompt: &str) -> Option<String> {
    let mut words = prompt.trim().split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
    let first = words.next()?;
    let all: Vec<String> = prompt.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase).collect();
    let count = |list: &str| {
        let listed = |word: &&String| list.split(", ").any(|known| known == word.as_str());
        all.iter().filter(listed).count()
    };
    // Letters that English has not are a language of their own.
    let foreign_letters = prompt
        .chars()
        .filter(|c| matches!(*c as u32, 0x400..=0x4ff | 0x3040..=0x30ff | 0x4e00..=0x9fff))
        .count();
    let opens = OPENINGS.split(", ").any(|opening| opening == first);
    if !opens && foreign_letters < 2 && (count(MARKS) < 2 || count(ENGLISH) > 0) {
        return None;
    }
    let follows = |word: String| FOLLOWING.split(", ").any(|following| following == word);
    if first == ENGLISH_TOO && !words.next().is_some_and(follows) {
        return None;
    }
    let mut table: Vec<(&str, &str)> = PHRASES
        .lines()
        .chain(MORE_PHRASES.lines())
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = "))
        .flat_map(|(foreign, english)| foreign.split(", ").map(move |foreign| (foreign, english)))
        .collect();
    table.sort_by_key(|(foreign, _)| std::cmp::Reverse(foreign.len()));
    let mut out = String::new();
    let mut at = 0;
    let mut changed = false;
    while let Some(c) = prompt[at..].chars().next() {
        // Words of Japanese and Chinese have nothing between them.
        let unspaced = |c: char| matches!(c as u32, 0x3040..=0x30ff | 0x4e00..=0x9fff);
        let begins =
            unspaced(c) || prompt[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
        let found = table.iter().find_map(|(foreign, english)| {
            let length = begins.then(|| matched(&prompt[at..], foreign)).flatten()?;
            Some((length, *english))
        });
        match found {
            Some((length, english)) => {
                if unspaced(c) && !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(english.trim_matches('-'));
                at += length;
                changed = true;
            }
            None => {
                out.push(c);
                at += c.len_utf8();
            }
        }
    }
    changed.then_some(out)
}

/// How much of the text a phrase takes, whatever its case; it has to end where a word does.
fn matched(text: &str, phrase: &str) -> Option<usize> {
    let mut rest = text.char_indices();
    for wanted in phrase.chars() {
        let (_, found) = rest.next()?;
        if !found.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    let unspaced = phrase.chars().any(|c| matches!(c as u32, 0x3040..=0x30ff | 0x4e00..=0x9fff));
    match rest.next() {
        Some((at, _)) if unspaced => Some(at),
        Some((_, next)) if next.is_alphanumeric() => None,
        Some((at, _)) => Some(at),
        None => Some(text.len()),
    }
}
