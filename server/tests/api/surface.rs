//! The surface beside the demo: previews on their own hosts, the API document, health (J2, A5, I4).

use crate::support::TestApp;
use reqwest::StatusCode;

/// A1, J2
#[tokio::test]
async fn a_preview_serves_its_sandbox_and_only_the_app_may_frame_it() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    let response = app.preview(&session, "/").send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    let origin = app.url("");
    assert!(policy.starts_with(&format!("frame-ancestors {origin} http://localhost:")), "{policy}");
    assert!(response.text().await.unwrap().contains("<div id=\"root\">"));
    app.stop().await;
}

/// J2: below the preview domain the app never answers.
#[tokio::test]
async fn an_unknown_or_ended_preview_is_a_calm_page() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    app.close(&session).await;
    let ended = app.preview(&session, "/").send().await.unwrap();
    assert_eq!(ended.status(), StatusCode::GONE);
    assert!(ended.text().await.unwrap().contains("This sandbox has ended"));
    for host in ["abcdefghijklmnopqrstuvwxyz.preview.localhost", "api.preview.localhost", "preview.localhost"]
    {
        for path in ["/", "/api/v1/demo/availability", "/healthz"] {
            let unknown = app.get(path).header("host", host).send().await.unwrap();
            assert_eq!(unknown.status(), StatusCode::NOT_FOUND, "{host}{path}");
        }
    }
    app.stop().await;
}

/// A5
#[tokio::test]
async fn the_document_names_every_address_and_the_page_shows_it() {
    let app = TestApp::start(|_| {}).await;
    let document: serde_json::Value =
        app.get("/api/openapi.json").send().await.unwrap().json().await.unwrap();
    let paths: Vec<&String> = document["paths"].as_object().unwrap().keys().collect();
    let of_demos = paths.iter().copied().filter(|path| !path.starts_with("/api/v1/sessions"));
    assert_eq!(
        of_demos.collect::<Vec<_>>(),
        [
            "/api/v1/account",
            "/api/v1/account/oidc/{provider}/callback",
            "/api/v1/account/oidc/{provider}/start",
            "/api/v1/account/password",
            "/api/v1/account/providers",
            "/api/v1/account/sign-in",
            "/api/v1/account/sign-out",
            "/api/v1/account/sign-up",
            "/api/v1/challenge",
            "/api/v1/demo/availability",
            "/api/v1/demo/availability/stream",
            "/api/v1/demo/claim",
            "/api/v1/demo/{session}",
            "/api/v1/demo/{session}/events",
            "/api/v1/demo/{session}/prompt",
            "/api/v1/demo/{session}/resume",
            "/api/v1/demo/{session}/share",
            "/api/v1/demo/{session}/status",
            "/api/v1/preview/{preview}/report",
        ]
    );
    let page = app.get("/api/docs").send().await.unwrap().text().await.unwrap();
    for path in paths {
        assert!(page.contains(path.as_str()), "{path}");
    }
    app.stop().await;
}

/// I4
#[tokio::test]
async fn health_readiness_and_metrics_answer() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    app.prompt(&session, "Add a counter").await;
    for path in ["/healthz", "/readyz"] {
        assert_eq!(app.get(path).send().await.unwrap().status(), StatusCode::OK, "{path}");
    }
    let metrics = app.get("/metrics").send().await.unwrap().text().await.unwrap();
    for line in [
        "sandglass_pool_acquires_from_pool_total{template=\"react-vite\"} 1\n",
        "sandglass_demo_sessions 1.0\n",
        "sandglass_claims_total{outcome=\"warm\"} 1\n",
        "sandglass_claims_total{outcome=\"budget_spent\"} 0\n",
        "sandglass_prompts_total{status=\"completed\"} 1\n",
        "sandglass_claim_seconds_count 1\n",
        "sandglass_first_change_seconds_count 1\n",
        "sandglass_daily_cap_dollars 50.0\n",
        "# EOF\n",
    ] {
        assert!(metrics.contains(line), "{line:?} is not in {metrics}");
    }
    app.stop().await;
}

/// A10: how far visitors came is kept over a restart; each session counts once for each step.
#[tokio::test]
async fn the_funnel_counts_each_step_and_survives_a_restart() {
    let once = |config: &mut server::config::Config| config.demo.max_prompts = 2;
    let app = TestApp::start(once).await;
    let (session, _) = (app.claim().await, app.claim().await);
    app.prompt(&session, "Add a counter").await;
    app.prompt(&session, "Add a timer").await;
    let data = app.stop().await;
    let app = TestApp::start_in(data, once).await;
    let metrics = app.get("/metrics").send().await.unwrap().text().await.unwrap();
    for (step, count) in [("viewed", 0), ("claimed", 2), ("prompted", 1), ("used_up", 1)] {
        let line = format!("sandglass_funnel_total{{step=\"{step}\",variant=\"default\"}} {count}\n");
        assert!(metrics.contains(&line), "{line:?} is not in {metrics}");
    }
    app.stop().await;
}
