//! What buttons, converters and clocks are for, by the words that say so.

use super::phrases::find;
use super::words::Word;

/// Cities whose time the world clock knows.
pub(super) const CITIES: &[&str] = &[
    "london",
    "berlin",
    "paris",
    "madrid",
    "rome",
    "lisbon",
    "new york",
    "los angeles",
    "san francisco",
    "chicago",
    "sao paulo",
    "tokyo",
    "sydney",
    "dubai",
    "mumbai",
    "delhi",
    "beijing",
    "shanghai",
    "singapore",
    "hong kong",
    "moscow",
    "cairo",
];

/// What a button says, by what it is for.
pub(super) fn button_label(purpose: &str) -> Option<String> {
    let labels = [
        ("download", "Download"),
        ("login", "Log in"),
        ("log in", "Log in"),
        ("sign in", "Sign in"),
        ("signup", "Sign up"),
        ("sign up", "Sign up"),
        ("contact", "Contact us"),
        ("call", "Call us"),
        ("buy", "Buy now"),
        ("subscribe", "Subscribe"),
        ("donate", "Donate"),
        ("order", "Order now"),
        ("book", "Book now"),
        ("learn", "Learn more"),
        ("get started", "Get started"),
        ("play", "Play"),
        ("submit", "Submit"),
        ("share", "Share"),
        ("help", "Help"),
        ("save", "Save"),
    ];
    let purpose = purpose.to_lowercase();
    labels.iter().find(|(word, _)| purpose.contains(word)).map(|(_, label)| (*label).to_owned())
}

/// Which conversion a converter begins with.
pub(super) fn conversion(around: &[Word], name: &[Word]) -> Option<String> {
    let words: Vec<Word> = name.iter().chain(around).cloned().collect();
    let has = |phrases: &str| find(&words, phrases).is_some();
    let first = if has("fahrenheit to celsiu, fahrenheit to celsius") {
        "°F → °C"
    } else if has("celsiu, celsius, temperature, fahrenheit") {
        "°C → °F"
    } else if has("currency, dollar, euro, money, exchange") {
        "US dollars → euros (sample rate)"
    } else if has("weight, kg, pound, kilogram") {
        "kg → pounds"
    } else if has("inch, cm, height, length") {
        "cm → inches"
    } else {
        return None;
    };
    Some(first.to_owned())
}

/// Who else somebody can sign in with.
pub(super) fn providers(words: &[Word]) -> Vec<String> {
    let known = [
        ("google", "Google"),
        ("apple", "Apple"),
        ("facebook", "Facebook"),
        ("github", "GitHub"),
        ("microsoft", "Microsoft"),
    ];
    let named =
        |(name, shown): &(&str, &str)| words.iter().any(|word| word.is(name)).then(|| (*shown).to_owned());
    known.iter().filter_map(named).collect()
}

/// The sign for a figure of a game.
pub(super) fn sign_of(word: &str) -> Option<&'static str> {
    let signs = [
        ("cat", "🐱"),
        ("kitten", "🐱"),
        ("dog", "🐶"),
        ("puppy", "🐶"),
        ("pig", "🐷"),
        ("unicorn", "🦄"),
        ("dragon", "🐉"),
        ("fish", "🐠"),
        ("frog", "🐸"),
        ("duck", "🦆"),
        ("chicken", "🐔"),
        ("penguin", "🐧"),
        ("bee", "🐝"),
        ("rocket", "🚀"),
        ("plane", "✈️"),
        ("airplane", "✈️"),
        ("ufo", "🛸"),
        ("ghost", "👻"),
        ("dinosaur", "🦖"),
        ("dino", "🦖"),
        ("monkey", "🐵"),
        ("fox", "🦊"),
        ("bear", "🐻"),
        ("panda", "🐼"),
        ("lion", "🦁"),
        ("tiger", "🐯"),
        ("cow", "🐮"),
        ("horse", "🐴"),
        ("rabbit", "🐰"),
        ("bunny", "🐰"),
        ("mouse", "🐭"),
        ("owl", "🦉"),
        ("bat", "🦇"),
        ("butterfly", "🦋"),
        ("turtle", "🐢"),
        ("shark", "🦈"),
        ("whale", "🐳"),
        ("robot", "🤖"),
        ("alien", "👾"),
        ("balloon", "🎈"),
        ("heart", "❤️"),
        ("star", "⭐"),
        ("pizza", "🍕"),
        ("burger", "🍔"),
        ("banana", "🍌"),
        ("apple", "🍎"),
        ("coffee", "☕"),
        ("car", "🚗"),
        ("ball", "⚽"),
        ("moon", "🌙"),
        ("sun", "☀️"),
        ("flower", "🌸"),
        ("tree", "🌳"),
        ("fire", "🔥"),
        ("lightning", "⚡"),
        ("book", "📚"),
        ("music", "🎵"),
        ("camera", "📷"),
        ("house", "🏠"),
        ("crown", "👑"),
        ("diamond", "💎"),
        ("lightbulb", "💡"),
    ];
    signs.iter().find(|(name, _)| *name == word).map(|(_, sign)| *sign)
}

/// The currencies that are named, by their codes, in order.
pub(super) fn currencies<'a>(words: impl Iterator<Item = &'a Word>) -> Vec<String> {
    let known = [
        ("euro", "EUR"),
        ("eur", "EUR"),
        ("dollar", "USD"),
        ("usd", "USD"),
        ("pound", "GBP"),
        ("sterling", "GBP"),
        ("gbp", "GBP"),
        ("franc", "CHF"),
        ("chf", "CHF"),
        ("yen", "JPY"),
        ("jpy", "JPY"),
        ("rupee", "INR"),
        ("inr", "INR"),
        ("yuan", "CNY"),
        ("cny", "CNY"),
        ("real", "BRL"),
        ("brl", "BRL"),
        ("peso", "MXN"),
        ("mxn", "MXN"),
        ("zloty", "PLN"),
        ("pln", "PLN"),
        ("lira", "TRY"),
        ("won", "KRW"),
        ("rand", "ZAR"),
        ("cad", "CAD"),
        ("aud", "AUD"),
        ("sek", "SEK"),
        ("nok", "NOK"),
        ("dkk", "DKK"),
        ("czk", "CZK"),
        ("sgd", "SGD"),
    ];
    let code = |word: &Word| known.iter().find(|(name, _)| word.is(name)).map(|(_, code)| (*code).to_owned());
    let mut all: Vec<String> = words.filter_map(code).collect();
    all.dedup();
    all
}
