//! Keeping a sandbox by signing up, over HTTP (A9, B5).

use futures::StreamExt as _;
use futures::future::join_all;
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};

use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use crate::support::{Events, Session, TestApp, problem};

const PASSWORD: &str = "correct horse";

impl TestApp {
    async fn adopt(&self, session: &Session, user: &str) -> Response {
        self.at(session, Method::POST, "/adopt").header("cookie", user).send().await.unwrap()
    }

    async fn as_user(&self, session: &Session, user: &str) -> StatusCode {
        let url = self.url(&format!("/api/v1/sessions/{}", session.id));
        self.client.get(url).header("cookie", user).send().await.unwrap().status()
    }
}

/// A9: of several who are signed in and hold the token, one gets it, and nobody else ever does.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_users_at_once_one_gets_the_sandbox() {
    let app = TestApp::start(|config| config.demo.max_concurrent_demos = 20).await;
    let ada = app.signed_up("ada@example.com", PASSWORD).await;
    let bob = app.signed_up("bob@example.com", PASSWORD).await;
    for _ in 0..3 {
        let session = app.claim().await;
        let users = [&ada, &bob, &ada, &bob];
        let answers = join_all(users.map(|user| app.adopt(&session, user))).await;
        let kept: Vec<_> = answers.iter().map(|answer| answer.status().as_u16()).collect();
        assert!(kept == [200, 409, 200, 409] || kept == [409, 200, 409, 200], "{kept:?}");
        let (winner, loser) = if kept[0] == 200 { (&ada, &bob) } else { (&bob, &ada) };
        assert_eq!(problem(app.adopt(&session, loser).await).await, (409, "/problems/owned".into()));
        assert_eq!(
            [app.as_user(&session, winner).await, app.as_user(&session, loser).await].map(|s| s.as_u16()),
            [200, 403]
        );
        let by_token = app.at(&session, Method::DELETE, "").send().await.unwrap();
        assert_eq!(by_token.status(), StatusCode::NO_CONTENT, "the token is good as before");
    }
    app.stop().await;
}

/// A9, J4: the whole way: the same session under the same preview, its files and conversation, by the account alone.
#[tokio::test]
async fn what_was_begun_goes_on_with_an_account() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    let outcome: Value = app.prompt(&session, "Add a counter").await.json().await.unwrap();
    assert_eq!(outcome["status"], "completed");
    let ada = app.signed_up("ada@example.com", PASSWORD).await;
    let kept: Value = app.adopt(&session, &ada).await.json().await.unwrap();
    assert_eq!(
        [&kept["kind"], &kept["session_id"], &kept["preview_url"], &kept["prompts_used"]],
        [&json!("workspace"), &session.json["session_id"], &session.json["preview_url"], &json!(1)]
    );
    let by_account = |rest: &str| {
        app.client
            .get(app.url(&format!("/api/v1/sessions/{}{rest}", session.id)))
            .header("cookie", &ada)
            .send()
    };
    let file = by_account("/files/src/components/Counter.jsx").await.unwrap();
    assert_eq!(file.status(), StatusCode::OK);
    let mine: Value =
        app.get("/api/v1/sessions").header("cookie", &ada).send().await.unwrap().json().await.unwrap();
    assert_eq!(mine[0]["session_id"], session.json["session_id"]);

    // The page of the demo, which may not have heard of it.
    assert_eq!(app.close(&session).await, StatusCode::NO_CONTENT);
    assert_eq!(app.status(&session).await["state"], "ready");
    let stranger = app.client.post(app.url(&format!("/api/v1/sessions/{}/adopt", session.id)));
    assert_eq!(stranger.send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    app.stop().await;
}

/// A9: who has three sandboxes is told so, and the demo is still theirs to look at.
#[tokio::test]
async fn a_limit_refuses_without_losing_the_demo() {
    let app = TestApp::start(|config| config.workspace.max_concurrent_per_person = 1).await;
    let ada = app.signed_up("ada@example.com", PASSWORD).await;
    let session = app.claim().await;
    let own = app.post("/api/v1/sessions").header("cookie", &ada).json(&json!({ "kind": "workspace" }));
    assert_eq!(own.send().await.unwrap().status(), StatusCode::CREATED);
    assert_eq!(problem(app.adopt(&session, &ada).await).await, (429, "/problems/too-many-open".into()));
    let demo = app.status(&session).await;
    assert_eq!([&demo["kind"], &demo["state"]], ["demo", "ready"]);
    app.stop().await;
}

/// J3, F1: what was opened with a sign-in ends with it, the page's events and its terminals too; what the token opened goes on.
#[tokio::test]
async fn signing_out_everywhere_ends_what_is_open() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    let ada = app.signed_up("ada@example.com", PASSWORD).await;
    assert_eq!(app.adopt(&session, &ada).await.status(), StatusCode::OK);
    let url = |rest: &str| app.url(&format!("/api/v1/sessions/{}{rest}", session.id));
    let as_ada = |request: reqwest::RequestBuilder| request.header("cookie", &ada).send();
    let events = Events::of(as_ada(app.client.get(url("/events"))).await.unwrap());
    let by_token = app.events(&session).await;
    let size = json!({ "columns": 80, "rows": 24 });
    let terminal: Value =
        as_ada(app.client.post(url("/terminals")).json(&size)).await.unwrap().json().await.unwrap();
    let path = format!("/terminals/{}/socket", terminal["terminal_id"]);
    let mut upgrade = url(&path).replacen("http", "ws", 1).into_client_request().unwrap();
    upgrade.headers_mut().insert("cookie", ada.parse().unwrap());
    let (socket, _) = tokio_tungstenite::connect_async(upgrade).await.unwrap();

    let everywhere =
        app.client.post(app.url("/api/v1/account/sign-out")).json(&json!({ "everywhere": true }));
    assert_eq!(as_ada(everywhere).await.unwrap().status(), StatusCode::NO_CONTENT);
    assert!(!events.rest().await.is_empty());
    socket.for_each(async |_| {}).await;
    let closed = app.at(&session, Method::DELETE, "").send().await.unwrap();
    assert_eq!(closed.status(), StatusCode::NO_CONTENT);
    let told = by_token.rest().await;
    assert_eq!(told.last().unwrap().name, "session.ended");
    app.stop().await;
}
