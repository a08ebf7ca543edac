//! The commonest requests in German, French, Spanish, Italian and Portuguese, put into English before they are read.
//!
//! Only a prompt that begins like one of these languages is touched, and only the words in the table: names and
//! quotations stay as they are.

/// Words that give a language away where they open a prompt.
const OPENINGS: &str = "ändere, aendere, mach, mache, füge, fuege, erstelle, baue, entferne, lösche, verschiebe, setze, \
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

/// The prompt in English where it is in one of the languages; `None` where it is not.
pub(super) fn translated(prompt: &str) -> Option<String> {
    let mut words = prompt.trim().split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
    let first = words.next()?;
    if !OPENINGS.split(", ").any(|opening| opening == first) {
        return None;
    }
    let follows = |word: String| FOLLOWING.split(", ").any(|following| following == word);
    if first == ENGLISH_TOO && !words.next().is_some_and(follows) {
        return None;
    }
    let mut table: Vec<(&str, &str)> = PHRASES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = "))
        .flat_map(|(foreign, english)| foreign.split(", ").map(move |foreign| (foreign, english)))
        .collect();
    table.sort_by_key(|(foreign, _)| std::cmp::Reverse(foreign.len()));
    let mut out = String::new();
    let mut at = 0;
    let mut changed = false;
    while let Some(c) = prompt[at..].chars().next() {
        let begins = prompt[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
        let found = table.iter().find_map(|(foreign, english)| {
            let length = begins.then(|| matched(&prompt[at..], foreign)).flatten()?;
            Some((length, *english))
        });
        match found {
            Some((length, english)) => {
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
    match rest.next() {
        Some((_, next)) if next.is_alphanumeric() => None,
        Some((at, _)) => Some(at),
        None => Some(text.len()),
    }
}
