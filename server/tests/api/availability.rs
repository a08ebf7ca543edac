//! What the landing page offers, as open pages are told it, and what a claim then gets (A4).

use reqwest::StatusCode;
use serde_json::{Value, json};
use server::config::ProviderName;

use crate::support::{Session, TestApp, problem};

/// A4: an open page is told when the last place is taken, and when one is free again.
#[tokio::test]
async fn an_open_page_is_told_down_the_ladder_and_up_again() {
    let app = TestApp::start(|config| config.demo.max_concurrent_demos = 1).await;
    let mut stream = app.offers().await;
    stream.until(|offer| offer["tier"] == "instant").await;
    let session = app.claim().await;
    let full = stream.until(|offer| offer["tier"] == "replay").await;
    assert_eq!(full["reason"], "All demos are in use right now.");
    app.close(&session).await;
    stream.until(|offer| offer["tier"] == "instant").await;
    app.stop().await;
}

/// A4, H9: without a budget nothing is spent, and the visitor is told when there is one again.
#[tokio::test]
async fn a_spent_budget_turns_claims_away_until_midnight() {
    let app = TestApp::start(|config| {
        config.demo.daily_cost_cap = 0.0;
        config.cost.time_zone = "Europe/Berlin".into();
    })
    .await;
    let offer = app.offered(|offer| offer["tier"] == "replay").await;
    assert_eq!(offer["reason"], "Today's budget for live demos is used up.");
    let refused = app.post("/api/v1/demo/claim").send().await.unwrap();
    let retry_after: u64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=25 * 3_600).contains(&retry_after), "{retry_after}");
    let told: Value = refused.json().await.unwrap();
    assert_eq!((&told["status"], &told["type"]), (&json!(429), &json!("/problems/budget-spent")));
    assert_eq!(
        told["detail"],
        "Today's budget for live demos is used up. It starts again at 00:00 (Europe/Berlin)."
    );
    app.stop().await;
}

/// A1, A4: nothing warm, and still a sandbox.
#[tokio::test]
async fn an_empty_pool_starts_a_sandbox_while_the_visitor_waits() {
    let app = TestApp::start(|config| config.demo.pool_size = 0).await;
    let offer = app.offered(|offer| offer["tier"] == "starting").await;
    assert_eq!(offer["warm"], 0);
    let session = Session::of(app.post("/api/v1/demo/claim").send().await.unwrap().json().await.unwrap());
    assert_eq!((&session.json["state"], &session.json["warm"]), (&json!("starting"), &json!(false)));
    let mut events = app.events(&session).await;
    while events.next().await.unwrap().name != "session.ready" {}
    assert_eq!(app.status(&session).await["state"], "ready");
    assert_eq!(app.prompt(&session, "Add a counter").await.status(), StatusCode::OK);
    app.stop().await;
}

/// A4
#[tokio::test]
async fn a_demo_that_is_switched_off_says_so() {
    let app = TestApp::start(|config| config.demo.enabled = false).await;
    let offer: Value = app.get("/api/v1/demo/availability").send().await.unwrap().json().await.unwrap();
    assert_eq!(offer["tier"], "disabled");
    let refused = app.post("/api/v1/demo/claim").send().await.unwrap();
    assert_eq!(problem(refused).await, (503, "/problems/demo-disabled".into()));
    app.stop().await;
}

/// A4: real creations that fail take the button away, and a claim after that is turned away with a moment to come back at.
#[tokio::test]
async fn a_provider_that_keeps_failing_takes_the_button_away() {
    let app = TestApp::start(|config| {
        config.sandbox.provider = ProviderName::Local;
        // A program that is there and builds no sandbox.
        config.sandbox.sandboxd = Some("/bin/false".into());
        config.sandbox.template_cache_dir =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../.cache/templates");
        config.pool.create_failures_max = Some(1);
        config.pool.create_retries = Some(1);
    })
    .await;
    let offer = app.offered(|offer| offer["reason"] == "Sandboxes can't be started right now.").await;
    assert_eq!((&offer["tier"], &offer["warm"]), (&json!("disabled"), &json!(0)));
    let refused = app.post("/api/v1/demo/claim").send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(refused.headers().contains_key("retry-after"));
    app.stop().await;
}

/// A4, H5: a claim that found nothing warm makes the pool keep one ready for the next.
#[tokio::test]
async fn a_page_that_was_offered_a_wait_is_offered_a_warm_one_once_there_is() {
    let app = TestApp::start(|config| config.demo.pool_size = 0).await;
    let mut stream = app.offers().await;
    stream.until(|offer| offer["tier"] == "starting").await;
    let session = Session::of(app.post("/api/v1/demo/claim").send().await.unwrap().json().await.unwrap());
    let offer = stream.until(|offer| offer["tier"] == "instant" && offer["building_now"] == 1).await;
    assert_eq!(offer["reason"], Value::Null);
    app.close(&session).await;
    app.stop().await;
}
