//! Signing in with somebody else's word, against providers that speak the protocols and can be told to lie (J3).

mod provider;

use reqwest::header::LOCATION;
use reqwest::{Client, Response, StatusCode};
use server::config::{Config, ProviderKindChoice, ProviderSection};

use crate::support::{TestApp, user_cookie};
use provider::{Lie, Scripted};

fn section(kind: ProviderKindChoice, issuer: &str) -> ProviderSection {
    ProviderSection {
        name: "company".into(),
        label: Some("Company".into()),
        kind,
        issuer: Some(issuer.into()),
        client_id: provider::CLIENT_ID.into(),
        client_secret: Some(provider::CLIENT_SECRET.into()),
        scopes: vec![],
    }
}

/// A browser: it keeps cookies and goes where it is led, one step at a time.
struct Browser {
    client: Client,
    cookies: Vec<(String, String)>,
}

impl Browser {
    fn new(app: &TestApp) -> Self {
        Self { client: app.plain(), cookies: Vec::new() }
    }

    /// As browsers ask when somebody is led from one page to another.
    async fn get(&mut self, url: &str, site: &str) -> Response {
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>();
        let request = self.client.get(url).header("cookie", cookies.join("; "));
        let request = request.header("sec-fetch-site", site).header("sec-fetch-mode", "navigate");
        let answer = request.send().await.unwrap();
        for set in answer.headers().get_all("set-cookie") {
            let (name, rest) = set.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            self.cookies.retain(|(kept, _)| kept != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        answer
    }

    /// From our page to the provider's, which sends the browser back; the answer to that.
    async fn go(&mut self, app: &TestApp, provider: &Scripted, return_to: &str) -> Response {
        let back = self.at_provider(app, provider, return_to).await;
        self.get(&back, "cross-site").await
    }

    /// Where the provider sends the browser.
    async fn at_provider(&mut self, app: &TestApp, provider: &Scripted, return_to: &str) -> String {
        let start = app.url(&format!("/api/v1/account/oidc/company/start?return_to={return_to}"));
        let away = self.get(&start, "same-origin").await;
        assert_eq!(away.status(), StatusCode::SEE_OTHER);
        let page = location(&away);
        assert!(page.starts_with(&provider.issuer), "{page}");
        location(&self.get(&page, "cross-site").await)
    }
}

fn location(answer: &Response) -> String {
    answer.headers()[LOCATION].to_str().unwrap().to_owned()
}

/// Where the sign-in page is told of this.
fn told(kind: &str) -> String {
    format!("/sign-in?problem={kind}")
}

async fn app_with(
    provider: &Scripted,
    kind: ProviderKindChoice,
    change: impl FnOnce(&mut Config),
) -> TestApp {
    let section = section(kind, &provider.issuer);
    TestApp::start(|config| {
        config.accounts.providers = vec![section];
        change(config);
    })
    .await
}

/// J3
#[tokio::test]
async fn a_new_person_is_welcomed_and_known_again() {
    let provider = Scripted::start().await;
    let app = app_with(&provider, ProviderKindChoice::Oidc, |_| {}).await;
    let mut browser = Browser::new(&app);
    let answer = browser.go(&app, &provider, "/settings").await;
    assert_eq!((answer.status(), location(&answer)), (StatusCode::SEE_OTHER, "/settings".into()));
    let first = app.who(&user_cookie(&answer).unwrap()).await.unwrap();
    let user = &first["user"];
    assert_eq!([&user["email"], &user["name"]], ["ada@example.com", "Ada Lovelace"]);
    assert_eq!(user["has_password"], false);
    assert!(!browser.cookies.iter().any(|(name, _)| name == "sandglass_flow"), "{:?}", browser.cookies);

    // Somebody is known by what the provider calls them, whatever their address is now.
    provider.says(|person| person.email = "countess@example.com".into());
    let again = Browser::new(&app).go(&app, &provider, "/projects").await;
    let again = app.who(&user_cookie(&again).unwrap()).await.unwrap();
    assert_eq!(again["user"], first["user"]);
    app.stop().await;
}

/// J3: a redirect to somewhere else is passed over.
#[tokio::test]
async fn nobody_is_led_to_another_site_afterwards() {
    let provider = Scripted::start().await;
    let app = app_with(&provider, ProviderKindChoice::Oidc, |_| {}).await;
    for elsewhere in ["https://evil.example", "//evil.example", "/%5Cevil.example", "/api/v1/account"] {
        let answer = Browser::new(&app).go(&app, &provider, elsewhere).await;
        assert_eq!(location(&answer), "/projects", "{elsewhere}");
    }
    app.stop().await;
}

/// J3: each thing that a token promises is looked at.
#[tokio::test]
async fn a_token_that_does_not_hold_signs_nobody_in() {
    let provider = Scripted::start().await;
    let app = app_with(&provider, ProviderKindChoice::Oidc, |_| {}).await;
    for (lie, kind) in [
        (Lie::Nonce, "not-verified"),
        (Lie::Audience, "not-verified"),
        (Lie::Issuer, "not-verified"),
        (Lie::Expired, "not-verified"),
        (Lie::Signature, "not-verified"),
        (Lie::UnknownKey, "not-verified"),
        (Lie::Unsigned, "not-verified"),
        (Lie::SignedWithSecret, "not-verified"),
        (Lie::NoToken, "provider-silent"),
        (Lie::Silent, "provider-silent"),
    ] {
        provider.lies(Some(lie));
        let answer = Browser::new(&app).go(&app, &provider, "/projects").await;
        assert_eq!((location(&answer), user_cookie(&answer)), (told(kind), None), "{lie:?}");
    }
    provider.lies(None);
    let answer = Browser::new(&app).go(&app, &provider, "/projects").await;
    assert!(user_cookie(&answer).is_some(), "the truth does");
    app.stop().await;
}

/// J3: an answer is good in the browser that asked, once, and with what it carried.
#[tokio::test]
async fn an_answer_that_was_not_asked_for_here_signs_nobody_in() {
    let provider = Scripted::start().await;
    let app = app_with(&provider, ProviderKindChoice::Oidc, |_| {}).await;
    let mut asker = Browser::new(&app);
    let back = asker.at_provider(&app, &provider, "/projects").await;

    let stolen = Browser::new(&app).get(&back, "cross-site").await;
    assert_eq!((location(&stolen), user_cookie(&stolen)), (told("not-begun-here"), None), "another browser");
    let mut other = Browser::new(&app);
    other.at_provider(&app, &provider, "/projects").await;
    let fixed = other.get(&back, "cross-site").await;
    assert_eq!(
        (location(&fixed), user_cookie(&fixed)),
        (told("not-begun-here"), None),
        "another flow's answer"
    );
    let mut forger = Browser::new(&app);
    forger.cookies.push(("sandglass_flow".into(), "eyJhIjoxfQ.AAAA".into()));
    assert_eq!(location(&forger.get(&back, "cross-site").await), told("not-begun-here"), "nobody's flow");

    assert!(user_cookie(&asker.get(&back, "cross-site").await).is_some(), "it was good all the time");
    assert_eq!(location(&asker.get(&back, "cross-site").await), told("not-begun-here"), "and is spent");
    app.stop().await;
}

/// J3
#[tokio::test]
async fn a_person_who_says_no_is_led_back() {
    let provider = Scripted::start().await;
    let app = app_with(&provider, ProviderKindChoice::Oidc, |_| {}).await;
    provider.lies(Some(Lie::Refuses));
    let answer = Browser::new(&app).go(&app, &provider, "/projects").await;
    assert_eq!(location(&answer), told("broken-off"));
    let nowhere = app.plain().get(app.url("/api/v1/account/oidc/nobody/start")).send().await.unwrap();
    assert_eq!(location(&nowhere), told("no-such-sign-in"));
    app.stop().await;
}

/// J3: an address is taken for somebody's only where the provider vouches for it, and no account is joined to another.
#[tokio::test]
async fn an_account_is_made_for_a_verified_address_that_nobody_has() {
    let provider = Scripted::start().await;
    let app = app_with(&provider, ProviderKindChoice::Oidc, |_| {}).await;
    provider.says(|person| person.is_verified = Some(false));
    let told_of = async || location(&Browser::new(&app).go(&app, &provider, "/projects").await);
    assert_eq!(told_of().await, told("address-unverified"));
    provider.says(|person| person.is_verified = None);
    assert_eq!(told_of().await, told("address-unverified"), "saying nothing is not vouching");
    provider.says(|person| person.is_verified = Some(true));
    app.signed_up("ada@example.com", "correct horse").await;
    assert_eq!(told_of().await, told("address-taken"));
    app.stop().await;

    let closed = app_with(&provider, ProviderKindChoice::Oidc, |config| {
        config.accounts.sign_up = server::config::SignUpChoice::Closed;
    })
    .await;
    let answer = Browser::new(&closed).go(&closed, &provider, "/projects").await;
    assert_eq!(location(&answer), told("sign-up-closed"));
    closed.stop().await;
}

/// J3
#[tokio::test]
async fn github_says_who_people_are_in_its_own_way() {
    let provider = Scripted::start().await;
    let app = app_with(&provider, ProviderKindChoice::GitHub, |_| {}).await;
    let answer = Browser::new(&app).go(&app, &provider, "/settings").await;
    assert_eq!(location(&answer), "/settings");
    let user = app.who(&user_cookie(&answer).unwrap()).await.unwrap();
    assert_eq!([&user["user"]["email"], &user["user"]["name"]], ["ada@example.com", "Ada Lovelace"]);
    provider.says(|person| {
        person.is_verified = Some(false);
        person.subject = 8;
    });
    let unverified = Browser::new(&app).go(&app, &provider, "/settings").await;
    assert_eq!(location(&unverified), told("address-unverified"));
    app.stop().await;
}

/// J3: the sign-in page offers who is configured, and nobody else.
#[tokio::test]
async fn pages_offer_the_providers_there_are() {
    let provider = Scripted::start().await;
    let app = app_with(&provider, ProviderKindChoice::Oidc, |_| {}).await.with_pages();
    let listed = app.get("/api/v1/account/providers").send().await.unwrap();
    let listed: serde_json::Value = listed.json().await.unwrap();
    assert_eq!(listed, serde_json::json!([{ "name": "company", "label": "Company" }]));
    let page = app.get("/sign-in?return_to=/settings").send().await.unwrap().text().await.unwrap();
    assert!(page.contains("href=\"/api/v1/account/oidc/company/start?return_to=/settings\""), "{page}");
    app.stop().await;
}
