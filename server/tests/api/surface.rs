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
    assert_eq!(
        paths,
        [
            "/api/v1/demo/availability",
            "/api/v1/demo/availability/stream",
            "/api/v1/demo/claim",
            "/api/v1/demo/{session}",
            "/api/v1/demo/{session}/events",
            "/api/v1/demo/{session}/prompt",
            "/api/v1/demo/{session}/status",
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
    app.claim().await;
    for path in ["/healthz", "/readyz"] {
        assert_eq!(app.get(path).send().await.unwrap().status(), StatusCode::OK, "{path}");
    }
    let metrics = app.get("/metrics").send().await.unwrap().text().await.unwrap();
    assert!(metrics.contains("sandglass_pool_acquires_from_pool_total 1\n"), "{metrics}");
    app.stop().await;
}
