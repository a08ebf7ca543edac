//! Workspaces and prototypes over REST: files, commands, versions, and what each kind may (B, D).

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Session, TestApp, problem};

impl TestApp {
    /// Opens a session of a kind on a warm sandbox.
    pub async fn open(&self, kind: &str) -> Session {
        self.offered(|offer| offer["warm"].as_u64() > Some(0)).await;
        let opened = self
            .post("/api/v1/sessions")
            .json(&json!({ "kind": kind, "template": "react-vite" }))
            .send()
            .await
            .unwrap();
        assert_eq!(opened.status(), StatusCode::CREATED, "{}", opened.text().await.unwrap());
        let session = Session::of(opened.json().await.unwrap());
        assert_eq!(session.json["kind"], kind);
        session
    }

    pub fn at(&self, session: &Session, method: Method, rest: &str) -> reqwest::RequestBuilder {
        let url = self.url(&format!("/api/v1/sessions/{}{rest}", session.id));
        self.client.request(method, url).bearer_auth(&session.token)
    }

    pub async fn json(&self, session: &Session, rest: &str) -> Value {
        self.at(session, Method::GET, rest).send().await.unwrap().json().await.unwrap()
    }

    /// Waits until a session has kept so many versions.
    async fn version(&self, session: &Session, number: u64) -> Value {
        let events = self.at(session, Method::GET, "/events").send().await.unwrap();
        crate::support::Events::of(events)
            .until(|event| event["type"] == "version.made" && event["version"].as_u64() == Some(number))
            .await
    }
}

/// D2, D5: a workspace lasts 30 minutes, and its files are its holder's.
#[tokio::test]
async fn files_are_written_read_moved_and_removed() {
    let app = TestApp::start(|_| {}).await;
    let session = app.open("workspace").await;
    let lifetime = session.json["lifetime"]["deadline"].as_str().unwrap();
    assert!(lifetime > session.json["claimed_at"].as_str().unwrap());

    let put =
        |path: &str, text: &'static str| app.at(&session, Method::PUT, &format!("/files/{path}")).body(text);
    let saved = put("notes/a%20b.md", "hello").send().await.unwrap();
    assert_eq!(saved.status(), StatusCode::OK);
    let saved: Value = saved.json().await.unwrap();
    assert_eq!((&saved["path"], &saved["size_bytes"]), (&json!("notes/a b.md"), &json!(5)));

    let read = app.at(&session, Method::GET, "/files/notes/a%20b.md").send().await.unwrap();
    let etag = read.headers()["etag"].to_str().unwrap().to_owned();
    assert_eq!(etag.trim_matches('"'), saved["etag"].as_str().unwrap());
    assert_eq!(read.headers()["content-disposition"], "attachment", "no page of ours, whatever it says");
    assert_eq!(read.text().await.unwrap(), "hello");

    let listed = app.at(&session, Method::GET, "/files").send().await.unwrap();
    let list_etag = listed.headers()["etag"].to_str().unwrap().to_owned();
    let files: Value = listed.json().await.unwrap();
    assert!(
        files
            .as_array()
            .unwrap()
            .contains(&json!({ "path": "notes/a b.md", "kind": "file", "size_bytes": 5 }))
    );
    let same =
        app.at(&session, Method::GET, "/files").header("if-none-match", list_etag).send().await.unwrap();
    assert_eq!(same.status(), StatusCode::NOT_MODIFIED);

    let newer = put("notes/a%20b.md", "newer").header("if-match", &etag).send().await.unwrap();
    assert_eq!(newer.status(), StatusCode::OK);
    let stale = put("notes/a%20b.md", "stale").header("if-match", &etag).send().await.unwrap();
    assert_eq!(
        problem(stale).await,
        (412, "/problems/file-changed".into()),
        "F5: nobody's newer work is overwritten"
    );

    let rename = json!({ "from": "notes/a b.md", "to": "c.md" });
    let moved = app.at(&session, Method::POST, "/rename").json(&rename).send().await.unwrap();
    assert_eq!(moved.status(), StatusCode::NO_CONTENT);
    let gone = app.at(&session, Method::GET, "/files/notes/a%20b.md").send().await.unwrap();
    assert_eq!(problem(gone).await, (404, "/problems/no-such-file".into()));
    let removed = app.at(&session, Method::DELETE, "/files/c.md").send().await.unwrap();
    assert_eq!(removed.status(), StatusCode::NO_CONTENT);

    for path in ["../etc/passwd", "a/%2e%2e/%2e%2e/b", "%2fetc%2fpasswd", "a%00b"] {
        let refused = put(path, "x").send().await.unwrap();
        assert!(matches!(refused.status().as_u16(), 404 | 405 | 422), "{path}: {}", refused.status());
    }
    let large =
        app.at(&session, Method::PUT, "/files/large").body(vec![0; 3 * 1024 * 1024]).send().await.unwrap();
    assert_eq!(problem(large).await, (413, "/problems/file-too-large".into()));
    app.stop().await;
}

/// A7, B3, D5: what a kind does not allow answers 403 with the reason.
#[tokio::test]
async fn each_kind_allows_what_it_should() {
    let app = TestApp::start(|_| {}).await;
    let (demo, prototype) = (app.claim().await, app.open("try").await);
    for (session, read) in [(&demo, 403), (&prototype, 200)] {
        let status = |answer: reqwest::Response| answer.status().as_u16();
        let files = app.at(session, Method::GET, "/files").send().await.unwrap();
        let versions = app.at(session, Method::GET, "/versions").send().await.unwrap();
        assert_eq!([status(files), status(versions)], [read, read]);
        let written = app.at(session, Method::PUT, "/files/a").body("x").send().await.unwrap();
        let run =
            app.at(session, Method::POST, "/exec").json(&json!({ "command": "id" })).send().await.unwrap();
        for refused in [written, run] {
            assert_eq!(problem(refused).await, (403, "/problems/not-in-this-kind".into()));
        }
    }
    assert_eq!((&prototype.json["prompts_max"], &prototype.json["kind"]), (&json!(3), &json!("try")));
    app.stop().await;
}

/// B4: three prototypes an hour for one network, whatever its browsers say they are.
#[tokio::test]
async fn a_network_has_three_prototypes_an_hour() {
    let app = TestApp::start(|_| {}).await;
    for number in 0..4 {
        let request = json!({ "kind": "try", "fingerprint": format!("browser {number}") });
        let opened = app.post("/api/v1/sessions").json(&request).send().await.unwrap();
        if number < 3 {
            assert_eq!(opened.status(), StatusCode::CREATED);
        } else {
            assert!(opened.headers().contains_key("retry-after"));
            assert_eq!(problem(opened).await, (429, "/problems/network-limit".into()));
        }
    }
    app.stop().await;
}

/// D1: bad input gets a sentence, and what there is instead.
#[tokio::test]
async fn what_can_not_be_opened_is_said() {
    let app = TestApp::start(|_| {}).await;
    for (body, status, kind) in [
        (json!({}), 422, "wrong-fields"),
        (json!({ "kind": "demo" }), 422, "wrong-fields"),
        (json!({ "kind": "workspace", "template": "cobol" }), 422, "unknown-template"),
        (json!({ "kind": "workspace", "provider": "moon" }), 422, "unknown-provider"),
        (json!({ "kind": "workspace", "color": 1 }), 422, "wrong-fields"),
    ] {
        let refused = app.post("/api/v1/sessions").json(&body).send().await.unwrap();
        assert_eq!(problem(refused).await, (status, format!("/problems/{kind}")), "{body}");
    }
    app.stop().await;
}

/// D2: one person has three workspaces at once; ending one makes room.
#[tokio::test]
async fn a_fourth_workspace_needs_room() {
    let app = TestApp::start(|_| {}).await;
    let first = app.open("workspace").await;
    for _ in 0..2 {
        app.open("workspace").await;
    }
    let fourth = || app.post("/api/v1/sessions").json(&json!({ "kind": "workspace" })).send();
    assert_eq!(problem(fourth().await.unwrap()).await, (429, "/problems/too-many-open".into()));
    app.at(&first, Method::DELETE, "").send().await.unwrap();
    assert_eq!(fourth().await.unwrap().status(), StatusCode::CREATED);
    app.stop().await;
}

/// G4, D5: every prompt makes a version; going back is a version of its own, and nothing is lost by it.
#[tokio::test]
async fn a_version_is_looked_at_and_brought_back() {
    let app = TestApp::start(|_| {}).await;
    let session = app.open("workspace").await;
    app.version(&session, 1).await;
    let before =
        app.at(&session, Method::GET, "/files/src/App.jsx").send().await.unwrap().text().await.unwrap();
    app.at(&session, Method::PUT, "/files/mine.txt").body("by hand").send().await.unwrap();
    let prompt =
        app.at(&session, Method::POST, "/prompt?wait=true").json(&json!({ "text": "Add a counter" }));
    let outcome: Value = prompt.send().await.unwrap().json().await.unwrap();
    assert_eq!(outcome["status"], "completed");

    let versions = app.json(&session, "/versions").await;
    let told: Vec<_> =
        versions.as_array().unwrap().iter().map(|one| (&one["version"], &one["cause"])).collect();
    assert_eq!(
        told,
        [(&json!(1), &json!("start")), (&json!(2), &json!("edits")), (&json!(3), &json!("prompt"))]
    );
    assert_eq!(versions[1]["files"], json!([{ "path": "mine.txt", "action": "created" }]));
    let diff = app.json(&session, "/versions/3/diff").await;
    let touched: Vec<_> =
        diff.as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap()).collect();
    assert!(touched.contains(&"src/App.jsx"), "{touched:?}");
    assert!(diff[0]["diff"].as_str().unwrap().starts_with("@@"));
    let earlier = app.at(&session, Method::GET, "/versions/1/files/src/App.jsx").send().await.unwrap();
    assert_eq!(earlier.text().await.unwrap(), before);

    let back = app.at(&session, Method::POST, "/versions/1/restore").send().await.unwrap();
    assert_eq!(back.json::<Value>().await.unwrap(), json!({ "version": 4 }));
    let now = app.at(&session, Method::GET, "/files/src/App.jsx").send().await.unwrap().text().await.unwrap();
    assert_eq!(now, before);
    let mine = app.at(&session, Method::GET, "/files/mine.txt").send().await.unwrap();
    assert_eq!(mine.status(), StatusCode::NOT_FOUND);
    let one = json!({ "path": "mine.txt" });
    let one = app.at(&session, Method::POST, "/versions/2/restore").json(&one).send().await.unwrap();
    assert_eq!(one.json::<Value>().await.unwrap(), json!({ "version": 5 }));
    let mine = app.at(&session, Method::GET, "/files/mine.txt").send().await.unwrap();
    assert_eq!(mine.text().await.unwrap(), "by hand");
    let unknown = app.at(&session, Method::POST, "/versions/9/restore").send().await.unwrap();
    assert_eq!(problem(unknown).await, (404, "/problems/no-such-version".into()));

    app.at(&session, Method::DELETE, "").send().await.unwrap();
    assert_eq!(
        app.json(&session, "/versions").await.as_array().unwrap().len(),
        5,
        "what was is told afterwards"
    );
    let after = app.at(&session, Method::GET, "/versions/3/diff").send().await.unwrap();
    assert_eq!(problem(after).await, (410, "/problems/session-ended".into()));
    app.stop().await;
}

/// D1, J4: a browser is told of the sessions whose cookies it has, and of no others.
#[tokio::test]
async fn a_browser_lists_its_own_sessions() {
    let app = TestApp::start(|_| {}).await;
    app.offered(|offer| offer["warm"].as_u64() > Some(0)).await;
    let opened = app.post("/api/v1/sessions").json(&json!({ "kind": "workspace" })).send().await.unwrap();
    let cookie = opened.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let session = Session::of(opened.json().await.unwrap());
    assert!(cookie.starts_with(&format!("sandglass_session_{}=", session.id)), "{cookie}");
    app.open("workspace").await;

    let list = async |cookie: &str| {
        let answer = app.get("/api/v1/sessions").header("cookie", cookie).send().await.unwrap();
        let all: Value = answer.json().await.unwrap();
        all.as_array()
            .unwrap()
            .iter()
            .map(|one| one["session_id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(list(&cookie).await, std::slice::from_ref(&session.id));
    assert!(list("").await.is_empty());
    let forged = format!("sandglass_session_{}=guessed", session.id);
    assert!(list(&forged).await.is_empty());
    let by_cookie = app.get(&format!("/api/v1/sessions/{}", session.id)).header("cookie", &cookie);
    assert_eq!(by_cookie.send().await.unwrap().status(), StatusCode::OK);
    app.at(&session, Method::DELETE, "").send().await.unwrap();
    assert_eq!(list(&cookie).await, [session.id], "for a day after its end");
    app.stop().await;
}
