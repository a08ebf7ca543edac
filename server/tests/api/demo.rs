//! The live demo over REST, told against a real server (A4, A5, A6, A7, A8).

use crate::support::{Session, TestApp, problem};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// A1, A5
#[tokio::test]
async fn a_claim_answers_with_a_ready_session_of_the_agreed_shape() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    let json = &session.json;
    assert_eq!(
        (&json["kind"], &json["state"], &json["warm"], &json["provider"], &json["template"]),
        (&json!("demo"), &json!("ready"), &json!(true), &json!("sim"), &json!("react-vite"))
    );
    assert_eq!((&json["prompts_used"], &json["prompts_max"]), (&json!(0), &json!(3)));
    assert_eq!(json["lifetime"]["kind"], "hard");
    assert_eq!(json["lifetime"]["extendable"], false);
    assert!(json["claim_ms"].is_u64());
    assert!(json["claimed_at"].as_str().unwrap().ends_with('Z'));
    assert!(json["preview_url"].as_str().unwrap().contains(".preview.localhost:"));
    assert!(json.get("ended_reason").is_none());

    let mut without_token = json.clone();
    without_token.as_object_mut().unwrap().remove("session_token");
    assert_eq!(app.status(&session).await, without_token);
    app.stop().await;
}

/// A1: the page's own way in: an empty body, a cookie out of scripts' reach.
#[tokio::test]
async fn a_page_gets_its_authority_as_a_cookie() {
    let app = TestApp::start(|_| {}).await;
    app.offered(|offer| offer["warm"].as_u64() > Some(0)).await;
    let response = app.post("/api/v1/demo/claim").send().await.unwrap();
    assert_eq!(response.status(), StatusCode::CREATED);
    let cookie = response.headers()["set-cookie"].to_str().unwrap().to_owned();
    for attribute in ["sandglass_session=", "HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    let session = Session::of(response.json().await.unwrap());
    let pair = cookie.split(';').next().unwrap();
    let status = app.get(&format!("/api/v1/demo/{}/status", session.id)).header("cookie", pair);
    assert_eq!(status.send().await.unwrap().status(), StatusCode::OK);
    app.stop().await;
}

/// A5: bad input gets the right status and a sentence.
#[tokio::test]
async fn a_claim_that_can_not_be_read_says_why() {
    let app = TestApp::start(|_| {}).await;
    let send = async |content_type: &'static str, body: String| {
        let request = app.post("/api/v1/demo/claim").header("content-type", content_type).body(body);
        problem(request.send().await.unwrap()).await
    };
    let json = "application/json";
    assert_eq!(send(json, "{".into()).await, (400, "/problems/not-json".into()));
    assert_eq!(send("text/plain", "{}".into()).await, (415, "/problems/not-json".into()));
    assert_eq!(send(json, "[1]".into()).await.0, 422);
    assert_eq!(send(json, r#"{"template": 3}"#.into()).await, (422, "/problems/wrong-fields".into()));
    assert_eq!(
        send(json, r#"{"templat": "react-vite"}"#.into()).await,
        (422, "/problems/wrong-fields".into())
    );
    assert_eq!(
        send(json, r#"{"template": "cobol"}"#.into()).await,
        (422, "/problems/unknown-template".into())
    );
    assert_eq!(send(json, r#"{"template": "../../etc"}"#.into()).await.0, 422);
    let long = json!({ "fingerprint": "x".repeat(129) }).to_string();
    assert_eq!(send(json, long).await, (422, "/problems/fingerprint".into()));
    let huge = format!("\"{}\"", "x".repeat(200_000));
    assert_eq!(send(json, huge).await, (413, "/problems/body-too-large".into()));
    app.stop().await;
}

/// J4: the id alone is no authority.
#[tokio::test]
async fn only_the_right_token_opens_a_session() {
    let app = TestApp::start(|_| {}).await;
    let (mine, yours) = (app.claim().await, app.claim().await);
    let stranger = Session { token: yours.token.clone(), ..mine.clone() };
    let unknown = Session { id: "01890000-0000-7000-8000-000000000000".into(), ..mine.clone() };
    let nonsense = Session { id: "..%2F..".into(), ..mine.clone() };
    let routes = [
        (Method::GET, "/status", None),
        (Method::GET, "/events", None),
        (Method::POST, "/prompt", Some(json!({ "text": "Add a counter" }))),
        (Method::DELETE, "", None),
    ];
    for (method, path, body) in routes {
        for (session, status) in [(&stranger, 403), (&unknown, 404), (&nonsense, 404)] {
            let mut request = app.in_session(session, method.clone(), path);
            if let Some(body) = &body {
                request = request.json(body);
            }
            let answer = problem(request.send().await.unwrap()).await;
            assert_eq!(answer.0, status, "{method} {path} as {session:?}: {answer:?}");
        }
        let url = app.url(&format!("/api/v1/demo/{}{path}", mine.id));
        let mut request = app.client.request(method.clone(), url);
        if let Some(body) = &body {
            request = request.json(body);
        }
        assert_eq!(problem(request.send().await.unwrap()).await.0, 401, "{method} {path} without a token");
    }
    assert_eq!(app.status(&mine).await["state"], "ready", "nothing of that did any harm");
    app.stop().await;
}

/// A6, A7
#[tokio::test]
async fn a_prompt_changes_files_and_is_counted() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    let response = app.prompt(&session, "Add a counter").await;
    assert_eq!(response.status(), StatusCode::OK);
    let outcome: Value = response.json().await.unwrap();
    assert_eq!(
        (&outcome["status"], &outcome["prompts_remaining"]),
        (&json!("completed"), &json!(2)),
        "{outcome}"
    );
    let files: Vec<&str> =
        outcome["files"].as_array().unwrap().iter().map(|f| f["path"].as_str().unwrap()).collect();
    assert!(files.contains(&"src/App.jsx"), "{files:?}");
    assert!(!outcome["summary"].as_str().unwrap().is_empty());
    assert_eq!(app.status(&session).await["prompts_used"], 1);
    app.stop().await;
}

/// A6: without waiting, the answer comes at once and the rest over the events.
#[tokio::test]
async fn a_prompt_is_accepted_at_once_and_told_step_by_step() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    let request = app.in_session(&session, Method::POST, "/prompt").json(&json!({ "text": "Add a counter" }));
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::ACCEPTED);
    let accepted: Value = response.json().await.unwrap();
    assert_eq!(accepted["prompts_remaining"], 2);

    let mut events = app.events(&session).await;
    let mut names = Vec::new();
    let mut numbers = Vec::new();
    while names.last().is_none_or(|name| name != "prompt.finished") {
        let event = events.next().await.unwrap();
        assert_eq!(event.id, Some(event.data["seq"].to_string()));
        assert_eq!(event.data["type"], event.name.as_str());
        numbers.push(event.data["seq"].as_u64().unwrap());
        names.push(event.name);
    }
    assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>(), "no gap and no double");
    assert_eq!(names[..3], ["session.claimed", "session.ready", "prompt.submitted"]);
    assert!(names.iter().any(|name| name == "file.changed"), "{names:?}");
    app.stop().await;
}

/// A5, F1: a client that comes back goes on where it was.
#[tokio::test]
async fn events_resume_after_the_last_one_seen() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    app.prompt(&session, "Add a counter").await;
    app.close(&session).await;
    let all = app.events(&session).await.rest().await;
    assert_eq!(all.last().unwrap().name, "session.ended");
    let request = app.in_session(&session, Method::GET, "/events").header("last-event-id", "2");
    let resumed = crate::support::Events::of(request.send().await.unwrap()).rest().await;
    assert_eq!(resumed, all[2..]);
    let last = all.last().unwrap().id.clone().unwrap();
    let nothing = app.in_session(&session, Method::GET, "/events").header("last-event-id", last);
    assert_eq!(nothing.send().await.unwrap().status(), StatusCode::NO_CONTENT);
    app.stop().await;
}

/// A6
#[tokio::test]
async fn a_prompt_has_to_be_one() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    let send = async |body: String| {
        let request = app.in_session(&session, Method::POST, "/prompt");
        let request = request.header("content-type", "application/json").body(body);
        problem(request.send().await.unwrap()).await
    };
    assert_eq!(send("not json".into()).await, (400, "/problems/not-json".into()));
    assert_eq!(send("{}".into()).await, (422, "/problems/wrong-fields".into()));
    assert_eq!(send(json!({ "text": " \n" }).to_string()).await, (422, "/problems/prompt-text".into()));
    assert_eq!(
        send(json!({ "text": "ü".repeat(4_001) }).to_string()).await,
        (422, "/problems/prompt-text".into())
    );
    let longest = json!({ "text": "Add a counter. ".repeat(300).chars().take(4_000).collect::<String>() });
    let request = app.in_session(&session, Method::POST, "/prompt").json(&longest);
    assert_eq!(request.send().await.unwrap().status(), StatusCode::ACCEPTED);
    app.stop().await;
}

/// A7: what can't be served is said so, offers others, and uses up nothing.
#[tokio::test]
async fn a_prompt_beyond_the_agent_is_not_counted() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    let outcome: Value = app.prompt(&session, "Connect it to my Oracle database").await.json().await.unwrap();
    assert_eq!(
        (&outcome["status"], &outcome["prompts_remaining"]),
        (&json!("refused"), &json!(3)),
        "{outcome}"
    );
    assert_eq!(outcome["suggestions"].as_array().unwrap().len(), 3);
    assert_eq!(outcome["files"], json!([]));
    app.stop().await;
}

/// A6, A8: after the last prompt the result can be looked at for a while, and no longer.
#[tokio::test]
async fn the_prompts_run_out_and_then_the_session_ends() {
    let app = TestApp::start(|config| {
        config.demo.max_prompts = 1;
        config.demo.review_duration = 1;
    })
    .await;
    let session = app.claim().await;
    assert_eq!(app.prompt(&session, "Add a counter").await.status(), StatusCode::OK);
    let refused = app.prompt(&session, "Add a timer").await;
    assert!(refused.headers().contains_key("retry-after"));
    assert_eq!(problem(refused).await, (429, "/problems/no-prompts-left".into()));
    let events = app.events(&session).await.rest().await;
    let last = events.last().unwrap();
    assert_eq!((last.name.as_str(), &last.data["reason"]), ("session.ended", &json!("prompts")));
    app.stop().await;
}

/// A6, A8
#[tokio::test]
async fn a_session_ends_at_its_deadline_and_takes_no_prompt_then() {
    let app = TestApp::start(|config| config.demo.max_session_duration = 1).await;
    let session = app.claim().await;
    let events = app.events(&session).await.rest().await;
    assert_eq!(events.last().unwrap().data["reason"], "deadline");
    let refused = app.prompt(&session, "Add a counter").await;
    assert_eq!(problem(refused).await, (410, "/problems/session-ended".into()));
    let status = app.status(&session).await;
    assert_eq!((&status["state"], &status["ended_reason"]), (&json!("ended"), &json!("deadline")));
    app.stop().await;
}

/// A8
#[tokio::test]
async fn closing_ends_the_session_for_good_and_may_be_done_twice() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    assert_eq!(app.close(&session).await, StatusCode::NO_CONTENT);
    assert_eq!(app.close(&session).await, StatusCode::NO_CONTENT);
    assert_eq!(app.status(&session).await["ended_reason"], "closed");
    app.offered(|offer| offer["building_now"] == 0 && offer["warm"] == 2).await;
    app.stop().await;
}

/// A8: a tab that is gone lets its sandbox go.
#[tokio::test]
async fn a_session_whose_page_is_gone_ends_after_a_while() {
    let app = TestApp::start(|config| config.demo.away_after = 1).await;
    let session = app.claim().await;
    let mut events = app.events(&session).await;
    events.next().await.unwrap();
    drop(events);
    app.offered(|offer| offer["building_now"] == 0).await;
    assert_eq!(app.status(&session).await["ended_reason"], "away");
    app.stop().await;
}

/// A6
#[tokio::test]
async fn a_visitor_gets_one_demo_an_hour_and_is_told_when_the_next_is_possible() {
    let app = TestApp::start(|config| config.demo.sessions_per_visitor_per_hour = 1).await;
    app.claim().await;
    let again = app.post("/api/v1/demo/claim").json(&json!({})).send().await.unwrap();
    let retry_after: u64 = again.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((3_590..=3_600).contains(&retry_after), "{retry_after}");
    assert_eq!(problem(again).await, (429, "/problems/demo-limit".into()));
    let other = app.post("/api/v1/demo/claim").json(&json!({ "fingerprint": "another browser" }));
    assert_eq!(other.send().await.unwrap().status(), StatusCode::CREATED);
    app.stop().await;
}

/// A6: exact under concurrency.
#[tokio::test]
async fn no_more_demos_run_at_once_than_may() {
    let app = TestApp::start(|config| config.demo.max_concurrent_demos = 3).await;
    let claims = (0..12).map(|_| app.post("/api/v1/demo/claim").send());
    let answers = futures::future::join_all(claims).await;
    let statuses: Vec<u16> =
        answers.iter().map(|answer| answer.as_ref().unwrap().status().as_u16()).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 3, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 9, "{statuses:?}");
    let offer = app.offered(|offer| offer["tier"] == "replay").await;
    assert_eq!(offer["building_now"], 3);
    app.stop().await;
}

/// H11: a session that an earlier run left open is ended honestly.
#[tokio::test]
async fn a_restart_ends_what_was_running_and_forgets_nothing() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    let data = app.stop().await;
    let app = TestApp::start_in(data, |_| {}).await;
    let status = app.status(&session).await;
    assert_eq!((&status["state"], &status["ended_reason"]), (&json!("ended"), &json!("shutdown")));
    app.stop().await;
}

/// J3: another site's page can't act with the visitor's cookie.
#[tokio::test]
async fn writes_from_another_sites_page_are_refused() {
    let app = TestApp::start(|_| {}).await;
    for (site, status) in [("cross-site", 403), ("same-site", 403), ("same-origin", 201)] {
        let request = app.post("/api/v1/demo/claim").header("sec-fetch-site", site);
        assert_eq!(request.send().await.unwrap().status(), status, "{site}");
    }
    app.stop().await;
}
