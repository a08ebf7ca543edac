//! Accounts over REST: signing up and in and out, changing, leaving (J3).

use domain::TokenHash;
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use store::{AccountStore as _, SignInRecord, SqliteStore, Store as _, Tariff};

use crate::support::{TestApp, problem, user_cookie};

const PASSWORD: &str = "correct horse";

impl TestApp {
    fn account(&self, method: Method, rest: &str) -> RequestBuilder {
        self.client.request(method, self.url(&format!("/api/v1/account{rest}")))
    }

    async fn sign_in(&self, email: &str, password: &str) -> Response {
        let request = self.account(Method::POST, "/sign-in");
        request.json(&json!({ "email": email, "password": password })).send().await.unwrap()
    }

    pub async fn who(&self, cookie: &str) -> Option<Value> {
        let answer = self.account(Method::GET, "").header("cookie", cookie).send().await.unwrap();
        let known = answer.status() == StatusCode::OK;
        if known { Some(answer.json().await.unwrap()) } else { None }
    }
}

/// J3
#[tokio::test]
async fn somebody_signs_up_and_is_known_until_they_sign_out() {
    let app = TestApp::start(|_| {}).await;
    let body = json!({ "email": " Ada@Example.com ", "password": PASSWORD, "name": "Ada <script>" });
    let answer = app.account(Method::POST, "/sign-up").json(&body).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::CREATED);
    let set = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    for attribute in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Max-Age=2592000"] {
        assert!(set.contains(attribute), "{set}");
    }
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let cookie = user_cookie(&answer).unwrap();
    let signed_up: Value = answer.json().await.unwrap();
    let expected = json!({ "user": {
        "user_id": signed_up["user"]["user_id"], "email": "ada@example.com", "name": "Ada <script>", "is_admin": true,
        "has_password": true, "theme": "system", "created_at": signed_up["user"]["created_at"],
    } });
    assert_eq!(signed_up, expected);
    assert_eq!(app.who(&cookie).await, Some(expected));

    let out = app.account(Method::POST, "/sign-out").header("cookie", &cookie).send().await.unwrap();
    assert_eq!(out.status(), StatusCode::NO_CONTENT);
    assert!(out.headers()["set-cookie"].to_str().unwrap().starts_with("sandglass_user=; "));
    assert_eq!(app.who(&cookie).await, None);
    app.stop().await;
}

/// J3: what is kept, and that a restart keeps people signed in.
#[tokio::test]
async fn neither_password_nor_token_is_kept_in_clear() {
    let app = TestApp::start(|_| {}).await;
    let cookie = app.signed_up("ada@example.com", PASSWORD).await;
    let data = app.stop().await;
    let token = cookie.split_once('=').unwrap().1.as_bytes().to_owned();
    for entry in std::fs::read_dir(data.path().join("data")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = if path.is_file() { std::fs::read(&path).unwrap() } else { continue };
        for secret in [PASSWORD.as_bytes(), &token] {
            assert!(!bytes.windows(secret.len()).any(|part| part == secret), "{}", path.display());
        }
    }
    let app = TestApp::start_in(data, |_| {}).await;
    assert!(app.who(&cookie).await.is_some());
    app.stop().await;
}

/// J3: what can't be taken is said beside the field it is in.
#[tokio::test]
async fn a_sign_up_that_is_not_taken_says_why_and_where() {
    let app = TestApp::start(|_| {}).await;
    app.signed_up("ada@example.com", PASSWORD).await;
    for (email, password, status, field) in [
        ("ada", PASSWORD, 422, "email"),
        ("bob@example.com", "short", 422, "password"),
        ("bob@example.com", "password123", 422, "password"),
        ("bob@example.com", "bob@example.com", 422, "password"),
        ("ADA@example.com", PASSWORD, 409, "email"),
    ] {
        let body = json!({ "email": email, "password": password });
        let answer = app.account(Method::POST, "/sign-up").json(&body).send().await.unwrap();
        assert_eq!(user_cookie(&answer), None);
        let told: Value = answer.json().await.unwrap();
        assert_eq!((&told["status"], &told["field"]), (&json!(status), &json!(field)), "{told}");
    }
    app.stop().await;
}

/// J3: an address that nobody has is answered like a wrong password.
#[tokio::test]
async fn signing_in_does_not_tell_which_addresses_there_are() {
    let app = TestApp::start(|_| {}).await;
    app.signed_up("ada@example.com", PASSWORD).await;
    let mut answers = Vec::new();
    for (email, password) in
        [("ada@example.com", "wrong horse"), ("bob@example.com", "wrong horse"), ("not an address", "x")]
    {
        let answer = app.sign_in(email, password).await;
        let status = answer.status();
        answers.push((status, answer.json::<Value>().await.unwrap()));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(answers[0].0, StatusCode::FORBIDDEN);
    assert_eq!(app.sign_in("Ada@Example.com", PASSWORD).await.status(), StatusCode::OK);
    app.stop().await;
}

/// J3
#[tokio::test]
async fn guessing_is_told_to_wait() {
    let app = TestApp::start(|_| {}).await;
    app.signed_up("ada@example.com", PASSWORD).await;
    let all = futures::future::join_all((0..20).map(|_| app.sign_in("ada@example.com", "wrong horse"))).await;
    let refused: Vec<_> =
        all.iter().filter(|answer| answer.status() == StatusCode::TOO_MANY_REQUESTS).collect();
    assert_eq!(refused.len(), 10, "ten guesses, however many come at once");
    for answer in refused {
        let seconds: u64 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((1..=900).contains(&seconds), "{seconds}");
    }
    let right = app.sign_in("ada@example.com", PASSWORD).await;
    assert_eq!(problem(right).await, (429, "/problems/too-often".into()));
    app.stop().await;
}

/// J3: how many addresses one network may find out about.
#[tokio::test]
async fn a_network_signs_up_ten_times_an_hour() {
    let app = TestApp::start(|_| {}).await;
    for number in 0..10 {
        app.signed_up(&format!("{number}@example.com"), PASSWORD).await;
    }
    let body = json!({ "email": "0@example.com", "password": PASSWORD });
    let refused = app.account(Method::POST, "/sign-up").json(&body).send().await.unwrap();
    assert!(refused.headers().contains_key("retry-after"));
    assert_eq!(problem(refused).await, (429, "/problems/too-often".into()));
    app.stop().await;
}

/// J3
#[tokio::test]
async fn a_new_password_ends_every_other_sign_in() {
    let app = TestApp::start(|_| {}).await;
    let here = app.signed_up("ada@example.com", PASSWORD).await;
    let elsewhere = user_cookie(&app.sign_in("ada@example.com", PASSWORD).await).unwrap();
    let change = async |current: &str, new: &str| {
        let body = json!({ "current": current, "new": new });
        app.account(Method::POST, "/password").header("cookie", &here).json(&body).send().await.unwrap()
    };
    let wrong: Value = change("wrong horse", "battery staple").await.json().await.unwrap();
    assert_eq!((&wrong["status"], &wrong["field"]), (&json!(403), &json!("current")));
    let weak: Value = change(PASSWORD, "1234567890").await.json().await.unwrap();
    assert_eq!((&weak["status"], &weak["field"]), (&json!(422), &json!("new")));
    assert!(app.who(&elsewhere).await.is_some());

    let changed = change(PASSWORD, "battery staple").await;
    assert_eq!(changed.status(), StatusCode::NO_CONTENT);
    let renewed = user_cookie(&changed).unwrap();
    assert!(app.who(&renewed).await.is_some());
    for gone in [&here, &elsewhere] {
        assert_eq!(app.who(gone).await, None);
    }
    assert_eq!(app.sign_in("ada@example.com", PASSWORD).await.status(), StatusCode::FORBIDDEN);
    assert_eq!(app.sign_in("ada@example.com", "battery staple").await.status(), StatusCode::OK);
    app.stop().await;
}

/// J3
#[tokio::test]
async fn signing_out_everywhere_is_everywhere() {
    let app = TestApp::start(|_| {}).await;
    let here = app.signed_up("ada@example.com", PASSWORD).await;
    let elsewhere = user_cookie(&app.sign_in("ada@example.com", PASSWORD).await).unwrap();
    let body = json!({ "everywhere": true });
    let out =
        app.account(Method::POST, "/sign-out").header("cookie", &here).json(&body).send().await.unwrap();
    assert_eq!(out.status(), StatusCode::NO_CONTENT);
    for gone in [&here, &elsewhere] {
        assert_eq!(app.who(gone).await, None);
    }
    app.stop().await;
}

/// J3: who leaves is asked once more, and then gone, and may come back as somebody new.
#[tokio::test]
async fn an_account_ends_by_its_password_and_at_once() {
    let app = TestApp::start(|_| {}).await;
    let here = app.signed_up("ada@example.com", PASSWORD).await;
    let elsewhere = user_cookie(&app.sign_in("ada@example.com", PASSWORD).await).unwrap();
    let first_id = app.who(&here).await.unwrap()["user"]["user_id"].clone();
    let leave = async |body: Value| {
        app.account(Method::DELETE, "").header("cookie", &here).json(&body).send().await.unwrap()
    };
    for refused in [json!({}), json!({ "password": "wrong horse" })] {
        assert_eq!(problem(leave(refused).await).await, (403, "/problems/wrong-password".into()));
    }
    assert_eq!(leave(json!({ "password": PASSWORD })).await.status(), StatusCode::NO_CONTENT);
    for gone in [&here, &elsewhere] {
        assert_eq!(app.who(gone).await, None);
    }
    assert_eq!(app.sign_in("ada@example.com", PASSWORD).await.status(), StatusCode::FORBIDDEN);
    let again = app.signed_up("ada@example.com", PASSWORD).await;
    let again = app.who(&again).await.unwrap();
    assert_ne!(again["user"]["user_id"], first_id);
    assert_eq!(again["user"]["is_admin"], false, "nobody becomes the first by waiting");
    app.stop().await;
}

/// J3, E6
#[tokio::test]
async fn people_change_what_is_theirs_to_change() {
    let app = TestApp::start(|_| {}).await;
    let cookie = app.signed_up("ada@example.com", PASSWORD).await;
    let change = async |body: Value| {
        app.account(Method::PATCH, "").header("cookie", &cookie).json(&body).send().await.unwrap()
    };
    let body = json!({ "name": "Ada", "theme": "dark", "default_provider": "sim" });
    let changed: Value = change(body).await.json().await.unwrap();
    assert_eq!(app.who(&cookie).await.unwrap(), changed);
    let user = &changed["user"];
    assert_eq!([&user["name"], &user["theme"], &user["default_provider"]], ["Ada", "dark", "sim"]);
    let kept: Value = change(json!({ "name": "Countess" })).await.json().await.unwrap();
    assert_eq!((&kept["user"]["name"], &kept["user"]["theme"]), (&json!("Countess"), &json!("dark")));
    for (body, kind) in [
        (json!({ "default_provider": "magic" }), "/problems/provider"),
        (json!({ "name": "a\nb" }), "/problems/name"),
        (json!({ "is_admin": true }), "/problems/wrong-fields"),
        (json!({ "email": "bob@example.com" }), "/problems/wrong-fields"),
    ] {
        assert_eq!(problem(change(body).await).await, (422, kind.to_owned()));
    }
    app.stop().await;
}

/// J3: `SameSite=Lax` sends the cookie along when another site leads a browser here. Nothing comes of it.
#[tokio::test]
async fn another_sites_page_does_nothing_in_a_users_name() {
    let app = TestApp::start(|_| {}).await;
    let cookie = app.signed_up("ada@example.com", PASSWORD).await;
    for (method, rest) in [
        (Method::GET, ""),
        (Method::POST, "/sign-out"),
        (Method::POST, "/password"),
        (Method::PATCH, ""),
        (Method::DELETE, ""),
        (Method::GET, "/oidc/company/start"),
    ] {
        for site in ["cross-site", "same-site"] {
            // As a form or a link of that page would: a navigation, with the cookie.
            let request = app.account(method.clone(), rest).header("cookie", &cookie);
            let request = request.header("sec-fetch-site", site).header("sec-fetch-mode", "navigate");
            let answer = request.header("content-type", "text/plain").body("{}").send().await.unwrap();
            assert_eq!(problem(answer).await, (403, "/problems/other-site".into()), "{method} {rest} {site}");
        }
    }
    assert!(app.who(&cookie).await.is_some());
    app.stop().await;
}

/// J3: what a user calls themselves is text, whatever it looks like.
#[tokio::test]
async fn names_are_shown_as_text() {
    let app = TestApp::start(|_| {}).await.with_pages();
    let cookie = app.signed_up("ada@example.com", PASSWORD).await;
    let name = "</span><script>alert(1)</script>\"'&";
    let change = app.account(Method::PATCH, "").header("cookie", &cookie).json(&json!({ "name": name }));
    assert_eq!(change.send().await.unwrap().status(), StatusCode::OK);
    for path in ["/", "/settings", "/projects", "/start"] {
        let page = app.get(path).header("cookie", &cookie).send().await.unwrap().text().await.unwrap();
        assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>alert"), "{path}");
    }
    let odd =
        app.get("/sign-in?problem=%3Cscript%3Ealert(1)&return_to=%22%3E%3Cscript%3E").send().await.unwrap();
    assert!(!odd.text().await.unwrap().contains("<script>"));
    app.stop().await;
}

/// J3: over TLS the cookie is one that no neighbour can set.
#[tokio::test]
async fn over_tls_the_cookie_is_for_this_host_alone() {
    let app =
        TestApp::start(|config| config.server.public_origins = vec!["https://sandglass.example".into()])
            .await;
    let body = json!({ "email": "ada@example.com", "password": PASSWORD });
    let answer = app.account(Method::POST, "/sign-up").json(&body).send().await.unwrap();
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-sandglass_user=") && cookie.ends_with("; Secure"), "{cookie}");
    assert!(!cookie.contains("Domain"), "{cookie}");
    app.stop().await;
}

/// J3
#[tokio::test]
async fn without_accounts_there_is_nothing_to_sign_in_to() {
    let app = TestApp::start(|config| config.accounts.enabled = false).await.with_pages();
    assert_eq!(
        problem(app.sign_in("ada@example.com", PASSWORD).await).await,
        (404, "/problems/no-accounts".into())
    );
    let me = app.account(Method::GET, "").send().await.unwrap();
    assert_eq!(problem(me).await, (404, "/problems/no-accounts".into()));
    let page = app.get("/sign-in").send().await.unwrap().text().await.unwrap();
    assert!(page.contains("No accounts here") && !page.contains("action=\"/api/v1/account"));
    app.stop().await;
}

/// J3: a token that is a day old changes while a request is served; what was sent with it is answered, and so is what comes
/// with it at the same moment.
#[tokio::test]
async fn a_token_of_yesterday_is_renewed_in_passing() {
    let app = TestApp::start(|_| {}).await.with_pages();
    let cookie = app.signed_up("ada@example.com", PASSWORD).await;
    let data = app.stop().await;
    let file = data.path().join("data/sandglass.db");
    let store = SqliteStore::open(&file, Tariff::free()).await.unwrap();
    let shown = TokenHash::from_digest(&Sha256::digest(cookie.split_once('=').unwrap().1).into());
    let (sign_in, _) = store.sign_in(&shown).await.unwrap().unwrap();
    let yesterday = sign_in.rotated_at.plus_ms(-25 * 60 * 60 * 1_000);
    let older = SignInRecord { rotated_at: yesterday, ..sign_in };
    assert!(store.update_sign_in(&shown, &older).await.unwrap());
    store.close().await;

    let app = TestApp::start_in(data, |_| {}).await.with_pages();
    let page = app.get("/projects").header("cookie", &cookie).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    let renewed = user_cookie(&page).unwrap();
    assert_ne!(renewed, cookie);
    assert!(app.who(&cookie).await.is_some(), "a request that was under way");
    let again = app.account(Method::GET, "").header("cookie", &renewed).send().await.unwrap();
    assert_eq!((again.status(), user_cookie(&again)), (StatusCode::OK, None));
    let out = app.account(Method::POST, "/sign-out").header("cookie", &renewed).send().await.unwrap();
    assert_eq!(out.status(), StatusCode::NO_CONTENT);
    for gone in [&cookie, &renewed] {
        assert_eq!(app.who(gone).await, None);
    }
    app.stop().await;
}
