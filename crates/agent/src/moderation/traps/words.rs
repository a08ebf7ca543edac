//! The words and patterns that a trap is known by. All texts are lower case by then.

use std::sync::LazyLock;

use regex::Regex;

/// Companies that traps are made in the name of.
const BRANDS: &str = r"(?:adobe|amazon|apple(?: id)?|bank of america|barclays|binance|blockchain\.com|capital one|chase|citibank|coinbase|commonwealth bank|deutsche bank|dhl|discord|docusign|dropbox|ebay|facebook|fedex|github|gmail|google|hsbc|icloud|instagram|kraken|ledger live|lidl|linkedin|lloyds|metamask|microsoft|natwest|netflix|office ?365|onedrive|outlook|paypal|pay pal|phantom wallet|revolut|roblox|santander|sharepoint|snapchat|sparkasse|spotify|steam|telegram|tiktok|trezor|trust wallet|twitter|usps|venmo|volksbank|wells fargo|whatsapp|yahoo)";

/// Hosts that exercises send to.
pub(super) const EXERCISES: [&str; 9] = [
    "127.0.0.1",
    "dummyjson.com",
    "example",
    "example.com",
    "example.org",
    "httpbin.org",
    "jsonplaceholder.typicode.com",
    "localhost",
    "reqres.in",
];

/// An address with its host.
const ADDRESS: &str = r#"["'`{\s]*(?:(?:https?|wss?):)?//(?P<host>[a-z0-9][a-z0-9.:-]*)"#;

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the patterns are tested")
}

fn patterns(texts: &[&str]) -> Vec<Regex> {
    texts.iter().map(|text| pattern(&text.replace("{brand}", BRANDS).replace("{address}", ADDRESS))).collect()
}

/// A field for a password, however it is written.
pub(super) static PASSWORD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"type\s*[=:]\s*["'`{\s]*password|type\s*=\s*\{[^}]{0,80}password|settype\(["'`]password|-webkit-text-security|(?:current|new)-password|<input[^<>]{0,200}(?:placeholder|aria-label|name|id)\s*=\s*["'{`]+[^"'}`]{0,40}(?:pass ?word|passwort|passcode|mot de passe|contraseña|kennwort)"#,
    )
});

/// Fields for a payment card: its number, and what goes with it.
pub(super) static CARD: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    [
        pattern(r"cc-number|card[ _-]?(?:number|no\b)|cardnumber|kartennummer"),
        pattern(r"cvv|cvc|cc-csc|security code|cc-exp|expir"),
    ]
});

/// Any field that takes text.
pub(super) static FIELD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"<(?:input|textarea)|createelement\(\s*["'`](?:input|textarea)|contenteditable"#)
});

/// The words or the key that open a wallet.
pub(super) static WALLET_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:seed|recovery|mnemonic|backup|secret(?: recovery)?|wallet)[ -]?(?:phrase|words)|private key of your wallet|wallet private key|12[ -]word|24[ -]word",
    )
});

/// Signing in *with* a company is no claim to be it.
pub(super) static SIGN_IN_WITH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:(?:sign|log)[ -]?(?:in|up|on)|continue|connect|register|authenticate|share|follow(?: us)?|find us|order|available)(?: now)? (?:with|using|via|through|on|from|by) (?:your )?{BRANDS}(?: account| wallet)?(?:(?:,| or| and|/) {BRANDS}(?: account| wallet)?)*"
    ))
});

/// What is shown, in the name of a company.
pub(super) static CLAIMS_SHOWN: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    patterns(&[
        r"(?:sign|log)[ -]?in to (?:your |the |my )?{brand}\b",
        r"\b{brand}(?: secure| online| web| account)? ?[-–|:·]? ?(?:(?:sign|log)[ -]?in|log ?on)\b",
        r"\b{brand} (?:account|password|passcode|wallet|verification|online banking|customer care|security (?:team|check|center|centre)|support team)\b",
        r"(?:verify|confirm|unlock|restore|reactivate|access|recover|secure|update|import) (?:your |my )?{brand}\b",
        r"your {brand} (?:account|password|id\b|wallet|login|card|profile|subscription)",
        r"enter (?:your )?{brand}\b",
        r"welcome (?:back )?to {brand}\b",
        r"(?:©|\(c\)|copyright)[^.]{0,24}\b{brand}\b",
    ])
});

/// What the page calls itself.
pub(super) static CLAIMS_IN_MARKUP: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    patterns(&[
        r"<title>[^<]{0,40}\b{brand}\b",
        r"document\.title\s*=\s*.{0,40}\b{brand}\b",
        r"<h[1-3][^<>]*>\s*(?:<[^<>]*>\s*)*{brand}\b\s*<",
        r#"(?:alt|aria-label)\s*=\s*["'{`]+{brand}(?: logo)?["'}`]"#,
        r"\b{brand}[-_ ]?logo\b",
        r"\blogo[-_]{brand}\b",
    ])
});

/// Ways to send something to an address that is written in their place.
pub(super) static SENDING: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    patterns(&[
        r"<form[^<>]*\baction\s*={address}",
        r"formaction\s*={address}",
        r#"fetch\({address}[^;]{0,300}?method\s*:\s*["'`](?:post|put|patch)"#,
        r"(?:axios|\$|ky|got|superagent)\.(?:post|put|patch)\({address}",
        r"sendbeacon\({address}",
        r#"\.open\(\s*["'`](?:post|put)["'`]\s*,{address}"#,
        r"new websocket\({address}",
        // Without a method, in the address itself.
        r#"(?:fetch\(|\.src\s*=|location(?:\.href)?\s*=){address}[^"'`\s]*(?:\?[^"'`]*(?:\$\{|["'`]\s*\+)|\$\{[^}]*(?:pass|pwd|card|seed|phrase))"#,
    ])
});

/// That something is sent, wherever.
pub(super) static SENDS_SOMEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"method\s*:\s*["'`](?:post|put|patch)|axios\.(?:post|put|patch)|sendbeacon\(|\.open\(\s*["'`](?:post|put)"#,
    )
});

/// An address that is kept under a name.
pub(super) static ADDRESS_KEPT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:(?:const|let|var)\s+[a-z0-9_$]+\s*=|\b[a-z0-9_]*(?:url|endpoint|api|host)\s*:){ADDRESS}"
    ))
});

/// Services that take what is sent to them on behalf of people who don't want to be known.
pub(super) static DEAD_DROP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"api\.telegram\.org/bot|discord(?:app)?\.com/api/webhooks|hooks\.slack\.com|formspree\.io|formsubmit\.co|webhook\.site|requestbin|pipedream\.net|ngrok(?:-free)?\.(?:io|app|dev)|getform\.io|script\.google\.com/macros",
    )
});
