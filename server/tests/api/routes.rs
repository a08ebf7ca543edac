//! Every address of the server, and what it answers whom (J3, J4). A new one that is not in the table fails the test.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Session, TestApp};

/// What one address answers: without a token, with another session's, with another user's, with its own, and with its own and
/// that user's from another site's page.
struct Row {
    method: &'static str,
    path: &'static str,
    body: Option<Value>,
    nobody: u16,
    other: u16,
    user: u16,
    owner: u16,
    cross_site: u16,
}

fn row(method: &'static str, path: &'static str, answers: [u16; 5]) -> Row {
    let [nobody, other, user, owner, cross_site] = answers;
    Row { method, path, body: None, nobody, other, user, owner, cross_site }
}

impl Row {
    fn with(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }
}

const USER: &str = "user@example.com";
const PASSWORD: &str = "correct horse";

/// In an order in which none spoils the next: what ends a session comes last.
fn table() -> Vec<Row> {
    let prompt = Some(json!({ "text": "Add a counter" }));
    let nothing = Some(json!({ "text": "" }));
    let workspace = Some(json!({ "kind": "workspace" }));
    let rename = Some(json!({ "from": "a", "to": "b" }));
    let terminal = Some(json!({ "columns": 80, "rows": 24 }));
    let command = Some(json!({ "command": "true" }));
    let nobodys = Some(json!({ "email": "nobody@example.com", "password": "correct horse" }));
    let taken = Some(json!({ "email": USER, "password": PASSWORD }));
    let not_it = Some(json!({ "current": "not the password", "new": "battery staple" }));
    let own = Some(json!({ "password": PASSWORD }));
    vec![
        row("GET", "/", [200, 200, 200, 200, 200]),
        row("GET", "/start", [200, 200, 200, 200, 200]),
        row("GET", "/try", [200, 200, 200, 200, 200]),
        row("GET", "/sign-up", [200, 200, 303, 200, 303]),
        row("GET", "/sign-in", [200, 200, 303, 200, 303]),
        row("GET", "/projects", [303, 303, 200, 303, 200]),
        row("GET", "/settings", [303, 303, 200, 303, 200]),
        row("GET", "/sessions/{session}", [200, 200, 200, 200, 200]),
        row("GET", "/pkg/none.js", [404, 404, 404, 404, 404]),
        row("GET", "/fonts/none.woff2", [404, 404, 404, 404, 404]),
        row("GET", "/no-such-page", [404, 404, 404, 404, 404]),
        row("GET", "/healthz", [200, 200, 200, 200, 200]),
        row("GET", "/readyz", [200, 200, 200, 200, 200]),
        row("GET", "/metrics", [200, 200, 200, 200, 200]),
        row("GET", "/api/openapi.json", [200, 200, 200, 200, 200]),
        row("GET", "/api/docs", [200, 200, 200, 200, 200]),
        row("GET", "/api/docs.css", [200, 200, 200, 200, 200]),
        row("GET", "/api/v1/account/providers", [200, 200, 200, 200, 403]),
        row("GET", "/api/v1/account/oidc/{provider}/start", [303, 303, 303, 303, 403]),
        // People come here from another site. Without what they carry they are led to the sign-in page.
        row("GET", "/api/v1/account/oidc/{provider}/callback", [303, 303, 303, 303, 303]),
        Row { body: nobodys, ..row("POST", "/api/v1/account/sign-in", [403, 403, 403, 403, 403]) },
        Row { body: taken, ..row("POST", "/api/v1/account/sign-up", [409, 409, 409, 409, 403]) },
        row("GET", "/api/v1/account", [401, 401, 200, 401, 403]),
        Row { body: Some(json!({})), ..row("PATCH", "/api/v1/account", [401, 401, 200, 401, 403]) },
        Row { body: not_it, ..row("POST", "/api/v1/account/password", [401, 401, 403, 401, 403]) },
        row("GET", "/api/v1/demo/availability", [200, 200, 200, 200, 403]),
        row("GET", "/api/v1/demo/availability/stream", [200, 200, 200, 200, 403]),
        row("POST", "/api/v1/demo/claim", [201, 201, 201, 201, 403]),
        row("GET", "/api/v1/demo/{session}/status", [401, 403, 403, 200, 403]),
        row("GET", "/api/v1/demo/{session}/events", [401, 403, 403, 200, 403]),
        Row { body: prompt, ..row("POST", "/api/v1/demo/{session}/prompt", [401, 403, 403, 202, 403]) },
        row("POST", "/api/v1/demo/{session}/share", [401, 403, 403, 201, 403]),
        row("DELETE", "/api/v1/demo/{session}/share", [401, 403, 403, 204, 403]),
        row("POST", "/api/v1/demo/{session}/resume", [401, 403, 403, 204, 403]),
        row("POST", "/api/v1/preview/{preview}/report", [204, 204, 204, 204, 403]),
        row("GET", "/api/v1/challenge", [200, 200, 200, 200, 403]),
        row("GET", "/api/v1/sessions", [200, 200, 200, 200, 403]),
        Row { body: workspace, ..row("POST", "/api/v1/sessions", [201, 201, 201, 201, 403]) },
        row("GET", "/api/v1/sessions/reuse", [200, 200, 200, 200, 403]),
        row("GET", "/api/v1/sessions/{session}", [401, 403, 403, 200, 403]),
        row("GET", "/api/v1/sessions/{session}/events", [401, 403, 403, 200, 403]),
        row("POST", "/api/v1/sessions/{session}/stop", [401, 403, 403, 204, 403]),
        Row { body: nothing, ..row("POST", "/api/v1/sessions/{session}/prompt", [401, 403, 403, 422, 403]) },
        row("PUT", "/api/v1/sessions/{session}/queue/{prompt}", [401, 403, 403, 404, 403])
            .with(json!({ "text": "Add it" })),
        row("DELETE", "/api/v1/sessions/{session}/queue/{prompt}", [401, 403, 403, 404, 403]),
        row("POST", "/api/v1/sessions/{session}/preview-report", [401, 403, 403, 204, 403])
            .with(json!({ "errors": ["x is not defined"] })),
        row("GET", "/api/v1/sessions/{session}/model", [401, 403, 403, 200, 403]),
        row("PUT", "/api/v1/sessions/{session}/model", [401, 403, 403, 422, 403])
            .with(json!({ "model": "another" })),
        row("POST", "/api/v1/sessions/{session}/reset", [401, 403, 403, 204, 403]),
        row("POST", "/api/v1/sessions/{session}/resume", [401, 403, 403, 204, 403]),
        row("POST", "/api/v1/sessions/{session}/share", [401, 403, 403, 201, 403]),
        row("DELETE", "/api/v1/sessions/{session}/share", [401, 403, 403, 204, 403]),
        // The session is a demo: its holder, too, is told that it does not let them do this.
        row("GET", "/api/v1/sessions/{session}/files", [401, 403, 403, 403, 403]),
        row("GET", "/api/v1/sessions/{session}/files/{path}", [401, 403, 403, 403, 403]),
        row("PUT", "/api/v1/sessions/{session}/files/{path}", [401, 403, 403, 403, 403]),
        row("DELETE", "/api/v1/sessions/{session}/files/{path}", [401, 403, 403, 403, 403]),
        Row { body: rename, ..row("POST", "/api/v1/sessions/{session}/rename", [401, 403, 403, 403, 403]) },
        Row { body: command, ..row("POST", "/api/v1/sessions/{session}/exec", [401, 403, 403, 403, 403]) },
        row("POST", "/api/v1/sessions/{session}/commands/{command}/stop", [401, 403, 403, 403, 403]),
        row("GET", "/api/v1/sessions/{session}/commands/{command}/output", [401, 403, 403, 404, 403]),
        Row {
            body: terminal,
            ..row("POST", "/api/v1/sessions/{session}/terminals", [401, 403, 403, 403, 403])
        },
        row("GET", "/api/v1/sessions/{session}/terminals", [401, 403, 403, 403, 403]),
        row("DELETE", "/api/v1/sessions/{session}/terminals/{terminal}", [401, 403, 403, 403, 403]),
        row("GET", "/api/v1/sessions/{session}/terminals/{terminal}/socket", [401, 403, 403, 426, 403]),
        row("GET", "/api/v1/sessions/{session}/archive", [401, 403, 403, 200, 403]),
        row("GET", "/api/v1/sessions/{session}/versions", [401, 403, 403, 403, 403]),
        row("GET", "/api/v1/sessions/{session}/versions/{version}/diff", [401, 403, 403, 403, 403]),
        row("GET", "/api/v1/sessions/{session}/versions/{version}/files/{path}", [401, 403, 403, 403, 403]),
        row("POST", "/api/v1/sessions/{session}/versions/{version}/restore", [401, 403, 403, 403, 403]),
        // Whom a session is given to has to be somebody.
        row("POST", "/api/v1/sessions/{session}/adopt", [401, 401, 403, 401, 403]),
        row("DELETE", "/api/v1/demo/{session}", [401, 403, 403, 204, 403]),
        row("DELETE", "/api/v1/sessions/{session}", [401, 403, 403, 204, 403]),
        // The user's own, so that it is over with what signs them in.
        Row { body: own, ..row("DELETE", "/api/v1/account", [401, 401, 204, 401, 403]) },
        row("POST", "/api/v1/account/sign-out", [401, 401, 401, 401, 403]),
    ]
}

/// One visitor's way of asking.
#[derive(Clone, Copy)]
enum Who<'a> {
    Nobody,
    Holder(&'a Session),
    /// Somebody who is signed in, by their cookie, and holds no session.
    User(&'a str),
    /// A page of another site, in the browser of the holder, where that user is signed in.
    ElsewhereInBrowserOf(&'a Session, &'a str),
}

/// The row's path with `about` in its place, and something that could be there in every other.
fn address(row: &Row, about: &Session) -> String {
    let path = row.path.replace("{session}", &about.id).replace("{preview}", about.preview_name());
    let command = uuid_like(&about.id);
    path.replace("{path}", "src/App.jsx")
        .replace("{version}", "1")
        .replace("{command}", &command)
        .replace("{prompt}", &command)
        .replace("{terminal}", "1")
        .replace("{provider}", "company")
}

/// An id of nothing.
fn uuid_like(id: &str) -> String {
    id.chars().rev().map(|char| if char == '-' { '-' } else { 'a' }).rev().collect()
}

async fn ask(app: &TestApp, row: &Row, about: &Session, who: Who<'_>) -> StatusCode {
    let url = app.url(&address(row, about));
    let mut request = app.plain().request(Method::from_bytes(row.method.as_bytes()).unwrap(), url);
    request = match who {
        Who::Nobody => request,
        Who::Holder(session) => request.header("cookie", session.cookie()),
        Who::User(cookie) => request.header("cookie", cookie),
        Who::ElsewhereInBrowserOf(session, cookie) => request
            .header("cookie", format!("{}; {cookie}", session.cookie()))
            .header("origin", "https://evil.example")
            .header("sec-fetch-site", "cross-site"),
    };
    if let Some(body) = &row.body {
        request = request.json(body);
    }
    request.send().await.unwrap().status()
}

/// J3, J4
#[tokio::test]
async fn every_address_answers_whom_it_should() {
    let app = TestApp::start(|config| config.demo.max_concurrent_demos = 20).await.with_pages();
    let (own, others) = (app.claim().await, app.claim().await);
    let user = app.signed_up(USER, PASSWORD).await;
    for row in table() {
        let other = if row.path.contains('{') { Who::Holder(&others) } else { Who::Holder(&own) };
        for (name, who, status) in [
            ("nobody", Who::Nobody, row.nobody),
            ("another visitor", other, row.other),
            (
                "the owner's browser on another site's page",
                Who::ElsewhereInBrowserOf(&own, &user),
                row.cross_site,
            ),
            ("another user", Who::User(&user), row.user),
            ("the owner", Who::Holder(&own), row.owner),
        ] {
            let answer = ask(&app, &row, &own, who).await;
            assert_eq!(answer.as_u16(), status, "{} {} as {name}", row.method, row.path);
        }
    }
    app.stop().await;
}

/// J2, J4: below the preview domain every address is the sandbox's, and the cookie stays outside.
#[tokio::test]
async fn no_address_of_the_app_exists_on_a_previews_origin() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    let heard = app.eavesdrop();
    for row in table() {
        let path = address(&row, &session);
        let method = Method::from_bytes(row.method.as_bytes()).unwrap();
        let request = app.client.request(method, app.url(&path)).header("cookie", session.cookie());
        let answer = request.header("host", session.preview_host()).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{} {}", row.method, row.path);
        assert_eq!(answer.text().await.unwrap(), "ok", "{} {}", row.method, row.path);
    }
    let asked = heard.take();
    assert_eq!(asked.len(), table().len());
    assert!(asked.iter().all(|one| one.headers.iter().all(|line| !line.contains("cookie"))), "{asked:?}");
    app.stop().await;
}

/// J4: an address that the table does not name is found in the document, among the pages, or in the sources.
#[tokio::test]
async fn no_address_is_missing_from_the_table() {
    let app = TestApp::start(|_| {}).await;
    let document: Value = app.get("/api/openapi.json").send().await.unwrap().json().await.unwrap();
    app.stop().await;
    let mut there_are = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        there_are
            .extend(methods.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone())));
    }
    let get = |path: &str| ("GET".to_owned(), path.to_owned());
    for page in leptos_axum::generate_route_list(app::App) {
        there_are.insert(get(page.path()));
    }
    let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    for literal in sources.split(".route(\"").skip(1) {
        there_are.insert(get(literal.split('"').next().unwrap()));
    }
    let table: BTreeSet<_> =
        table().into_iter().map(|row| (row.method.to_owned(), row.path.to_owned())).collect();
    let missing: Vec<_> = there_are.difference(&table).collect();
    assert!(missing.is_empty(), "the table says nothing of {missing:?}");
    // Folders and what answers everything else have no address to find: the table has `/pkg`, `/fonts` and `/no-such-page`.
    let whole = [".nest(", ".nest_service(", ".fallback(", ".fallback_service(", ".route_service("];
    let counted = whole.map(|call| sources.matches(call).count());
    assert_eq!(counted, [2, 0, 2, 1, 0], "add what is new to the table");
}

/// Every source of the server as one text.
fn sources(folder: &Path) -> String {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let text = |path: std::path::PathBuf| match path.is_dir() {
        true => sources(&path),
        false => std::fs::read_to_string(path).unwrap(),
    };
    entries
        .filter(|path| path.is_dir() || path.extension().is_some_and(|kind| kind == "rs"))
        .map(text)
        .collect()
}

/// A6: one network can't keep the server busy, and is told when to come back.
#[tokio::test]
async fn a_network_that_asks_too_often_is_told_to_wait() {
    let app = TestApp::start(|config| {
        config.limits.requests_per_second = 1;
        config.limits.requests_burst = 5;
    })
    .await;
    let mut answers = Vec::new();
    for _ in 0..6 {
        answers.push(app.get("/healthz").send().await.unwrap());
    }
    let refused = answers.pop().unwrap();
    assert!(answers.iter().all(|answer| answer.status() == StatusCode::OK));
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.headers()["retry-after"], "1");
    assert_eq!(refused.headers()["content-type"], "application/problem+json");
    // A refusal, too, is the last answer on a connection whose request two readers could end differently.
    let twice = "POST /api/v1/demo/claim HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n\
                 GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    let only = app.raw(twice).await;
    assert_eq!((only.status, only.body.contains("HTTP/1.1")), (429, false), "{}", only.body);
    app.stop().await;
}

/// J5: keys are for the server's user alone, also those that an earlier version left readable.
#[tokio::test]
async fn keys_are_made_private_and_kept() {
    let app = TestApp::start(|_| {}).await;
    let data = app.stop().await;
    let key = data.path().join("data/share.key");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    let before = std::fs::read(&key).unwrap();
    let data = TestApp::start_in(data, |_| {}).await.stop().await;
    assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::metadata(data.path().join("data")).unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(std::fs::read(&key).unwrap(), before);
    // Half a key would sign what anybody can guess.
    std::fs::write(&key, "short").unwrap();
    let told = TestApp::refuses_to_start_in(&data).await;
    assert!(told.contains("share.key is no key"), "{told}");
}

/// J3: over TLS the cookie is one that no neighbour can set, and what every page is sent with.
#[tokio::test]
async fn a_page_over_tls_is_closed_to_its_neighbours() {
    let app = TestApp::start(|config| {
        config.server.public_origins = vec!["https://sandglass.example".into()];
    })
    .await
    .with_pages();
    app.offered(|offer| offer["warm"].as_u64() > Some(0)).await;
    let claimed =
        app.post("/api/v1/demo/claim").header("origin", "https://sandglass.example").send().await.unwrap();
    let cookie = claimed.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("__Host-sandglass_session="), "{cookie}");
    for attribute in ["; Path=/", "; HttpOnly", "; SameSite=Strict", "; Secure"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    for path in ["/", "/api/docs", "/api/v1/demo/availability", "/no-such-page"] {
        let page = app.get(path).send().await.unwrap();
        let policy = page.headers()["content-security-policy"].to_str().unwrap();
        for part in ["default-src", "base-uri 'none'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(
            !policy.split("; ").any(|part| part.starts_with("script-src") && part.contains("unsafe-inline"))
        );
        for (name, value) in [
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("referrer-policy", "same-origin"),
            ("x-content-type-options", "nosniff"),
        ] {
            assert_eq!(page.headers()[name], value, "{path}");
        }
        assert!(page.headers().contains_key("permissions-policy"), "{path}");
    }
    app.stop().await;
}

/// J3: no inline script runs but those that this very answer names.
#[tokio::test]
async fn every_inline_script_of_a_page_has_its_answers_nonce() {
    let app = TestApp::start(|_| {}).await.with_pages();
    let nonce_of = async || {
        let page = app.get("/").send().await.unwrap();
        let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
        let text = page.text().await.unwrap();
        let scripts: Vec<&str> =
            text.split("<script").skip(1).map(|rest| rest.split('>').next().unwrap()).collect();
        assert!(!scripts.is_empty());
        assert!(scripts.iter().all(|script| script.contains(&format!("nonce=\"{nonce}\""))), "{scripts:?}");
        for handler in [" onclick=", " onload=", " onerror=", "javascript:"] {
            assert!(!text.contains(handler), "{handler}");
        }
        nonce
    };
    assert_ne!(nonce_of().await, nonce_of().await);
    app.stop().await;
}
