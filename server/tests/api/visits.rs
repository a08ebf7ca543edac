//! Previews as people see them who did not make them: the warning, share links, reports (D7, J2).

use std::pin::pin;

use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

use tokio::io::AsyncReadExt as _;

use crate::support::{PATIENCE, Session, TestApp};

/// What a browser sends with somebody's visit to a page of its own.
fn as_page(request: RequestBuilder) -> RequestBuilder {
    request
        .header("sec-fetch-dest", "document")
        .header("sec-fetch-mode", "navigate")
        .header("sec-fetch-site", "none")
}

/// What a browser sends when somebody presses a button of a page on the preview's own origin.
fn as_pressed(request: RequestBuilder) -> RequestBuilder {
    request
        .header("sec-fetch-dest", "document")
        .header("sec-fetch-mode", "navigate")
        .header("sec-fetch-site", "same-origin")
        .header("sec-fetch-user", "?1")
}

/// Where the warning's button with this name leads.
fn button(warning: &str, name: &str) -> String {
    let forms = warning.split("action=\"").skip(1);
    let found = forms.filter_map(|form| form.split_once('"')).find(|(to, _)| to.contains(name));
    found.unwrap_or_else(|| panic!("no {name} in {warning}")).0.replace("&amp;", "&")
}

async fn text(request: RequestBuilder) -> (StatusCode, String) {
    let answer = request.send().await.unwrap();
    (answer.status(), answer.text().await.unwrap())
}

fn at(app: &TestApp, host: &str, method: Method, path: &str) -> RequestBuilder {
    app.client.request(method, app.url(path)).header("host", host).header("accept", "text/html")
}

/// The host in a link.
fn host(url: &str) -> String {
    url.strip_prefix("http://").unwrap().trim_end_matches('/').to_owned()
}

const WARNING: &str = "<h1>Demo preview</h1>";
const APP: &str = "<div id=\"root\">";

/// J2: who comes from outside is told first what this is; the app's frame, parts of a page and other programs are not held up.
#[tokio::test]
async fn a_stranger_is_warned_once_and_the_app_is_not() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    let visit = |path: &str| as_page(app.preview(&session, path));
    let answer = visit("/some/page?x=1").send().await.unwrap();
    let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'"), "{policy}");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let warning = answer.text().await.unwrap();
    assert!(warning.contains(WARNING) && !warning.contains(APP), "{warning}");
    let visit_button = button(&warning, "visit");
    assert!(visit_button.starts_with("/.sandglass/visit?to=%2Fsome%2Fpage%3Fx%3D1&ticket="), "{warning}");

    for (dest, site) in [("iframe", "same-origin"), ("script", "same-origin"), ("empty", "same-origin")] {
        let part = app.preview(&session, "/").header("sec-fetch-dest", dest).header("sec-fetch-site", site);
        assert!(text(part).await.1.contains(APP), "{dest}");
    }
    let led_by = |site: &str| {
        app.preview(&session, "/").header("sec-fetch-dest", "iframe").header("sec-fetch-site", site)
    };
    assert!(
        text(led_by("cross-site").header("referer", app.url("/"))).await.1.contains(APP),
        "the app's frame"
    );
    assert!(
        text(led_by("same-site")).await.1.contains(WARNING),
        "another preview leads the app's frame here"
    );
    assert!(text(app.preview(&session, "/")).await.1.contains(APP), "a program that is no browser");

    let go_on = as_pressed(at(&app, session.preview_host(), Method::POST, &visit_button));
    let passed = app.plain().execute(go_on.build().unwrap()).await.unwrap();
    assert_eq!(
        (passed.status(), &passed.headers()["location"]),
        (StatusCode::SEE_OTHER, &"/some/page?x=1".parse().unwrap())
    );
    let cookie = passed.headers()["set-cookie"].to_str().unwrap().to_owned();
    for part in ["sandglass_visit=", "; Path=/", "; HttpOnly", "; SameSite=Lax", "; Max-Age="] {
        assert!(cookie.contains(part) && !cookie.contains("Domain"), "{cookie}");
    }
    let pair = cookie.split(';').next().unwrap().to_owned();
    assert!(text(visit("/").header("cookie", &pair)).await.1.contains(APP));

    let by_link = as_page(app.preview(&session, "/")).header("referer", app.url("/")).send().await.unwrap();
    assert!(by_link.headers()["set-cookie"].to_str().unwrap().starts_with(&pair), "the holder's own click");
    assert!(by_link.text().await.unwrap().contains(APP));
    let other = app.claim().await;
    let elsewhere = as_page(app.preview(&other, "/")).header("cookie", &pair);
    assert!(text(elsewhere).await.1.contains(WARNING), "the pass is this preview's alone");
    app.stop().await;
}

/// J2: neither another site nor the preview itself presses the warning's buttons for a visitor.
#[tokio::test]
async fn nobody_but_the_visitor_presses_the_warnings_buttons() {
    let app = TestApp::start(|_| {}).await;
    let (session, other) = (app.claim().await, app.claim().await);
    let shown = as_page(app.preview(&session, "/")).send().await.unwrap();
    assert_eq!(shown.headers()["cross-origin-opener-policy"], "same-origin");
    let warning = shown.text().await.unwrap();
    for name in ["visit", "report"] {
        let path = button(&warning, name);
        let press = |path: &str| at(&app, session.preview_host(), Method::POST, path);
        for [dest, mode, site, user] in [
            ["empty", "cors", "same-origin", "?1"],
            ["document", "navigate", "same-origin", "?0"],
            ["iframe", "navigate", "same-origin", "?1"],
            ["document", "navigate", "cross-site", "?1"],
        ] {
            let forced = press(&path).header("sec-fetch-dest", dest).header("sec-fetch-mode", mode);
            let forced = forced.header("sec-fetch-site", site).header("sec-fetch-user", user);
            assert_eq!(text(forced).await.0, StatusCode::NOT_FOUND, "{name} {dest} {mode} {site} {user}");
        }
        for untold in [format!("/.sandglass/{name}?to=%2F"), format!("/.sandglass/{name}?ticket=x")] {
            let again = as_pressed(press(&untold)).send().await.unwrap();
            assert!(!again.headers().contains_key("set-cookie"));
            assert!(again.text().await.unwrap().contains(WARNING), "{untold}");
        }
        let elsewhere = as_pressed(at(&app, other.preview_host(), Method::POST, &path));
        assert!(text(elsewhere).await.1.contains(WARNING), "the ticket is this preview's alone");
    }
    let by_itself = app.preview(&session, "/").header("sec-fetch-dest", "document");
    let (_, by_itself) = text(by_itself.header("sec-fetch-site", "same-origin")).await;
    assert!(by_itself.contains(WARNING) && !by_itself.contains("<form"), "{by_itself}");
    app.stop().await;
}

/// J2: nothing that a preview starts outlives it.
#[tokio::test]
async fn a_preview_gets_no_service_worker_and_no_address_of_ours() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    let heard = app.eavesdrop();
    let worker = app.preview(&session, "/sw.js").header("service-worker", "script");
    assert_eq!(worker.send().await.unwrap().status(), StatusCode::FORBIDDEN);
    for path in ["/.sandglass/", "/.sandglass/visit", "/.sandglass/other"] {
        assert_eq!(
            app.preview(&session, path).send().await.unwrap().status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    assert_eq!(heard.take(), []);
    app.stop().await;
}

/// D7: a link shows the app under a name of its own, with the warning for people, until it is revoked.
#[tokio::test]
async fn a_share_link_shows_the_preview_until_it_is_revoked() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    let share = async |body: Value| {
        let answer = app.in_session(&session, Method::POST, "/share").json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
    };
    let (status, link) = share(json!({ "expires_in_seconds": 60 })).await;
    assert_eq!(status, 201);
    assert!(link["expires_at"].as_str().unwrap().ends_with('Z'));
    let shared = host(link["share_url"].as_str().unwrap());
    assert_eq!(share(json!({ "expires_in_seconds": -1 })).await.0, 422);
    assert_eq!(share(json!({ "expires": 1 })).await.0, 422);

    assert!(text(at(&app, &shared, Method::GET, "/")).await.1.contains(APP));
    assert!(text(as_page(at(&app, &shared, Method::GET, "/"))).await.1.contains(WARNING));
    let revoked = app.in_session(&session, Method::DELETE, "/share").send().await.unwrap();
    assert_eq!(revoked.status(), StatusCode::NO_CONTENT);
    let (status, page) = text(at(&app, &shared, Method::GET, "/")).await;
    assert_eq!(status, StatusCode::GONE);
    assert!(page.contains("This link does not work any more"), "{page}");
    let forged = shared.replacen(|first: char| first.is_ascii_alphanumeric(), "b", 1);
    assert_ne!(text(at(&app, &forged, Method::GET, "/")).await.0, StatusCode::OK);
    app.stop().await;
}

/// D7: what a link opened does not outlive it; the preview's own name goes on.
#[tokio::test]
async fn what_is_open_by_a_share_link_ends_with_it() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    let shared = async |expires_in_seconds: u64| {
        let body = json!({ "expires_in_seconds": expires_in_seconds });
        let link = app.in_session(&session, Method::POST, "/share").json(&body).send().await.unwrap();
        host(link.json::<Value>().await.unwrap()["share_url"].as_str().unwrap())
    };
    app.answer_and_hold(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n");
    let open = async |host: &str| {
        let mut answer = at(&app, host, Method::GET, "/").send().await.unwrap();
        assert_eq!(answer.chunk().await.unwrap().unwrap(), "ok");
        answer
    };
    let (mut expiring, own) = (open(&shared(3).await).await, open(session.preview_host()).await);
    assert!(!matches!(expiring.chunk().await, Ok(Some(_))), "it ends when the link's time is over");

    let name = shared(200).await;
    let mut streamed = open(&name).await;
    app.answer_and_hold(
        b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\nframes",
    );
    let socket = at(&app, &name, Method::GET, "/").header("connection", "upgrade");
    let socket = socket.header("upgrade", "websocket").send().await.unwrap();
    let mut socket = socket.upgrade().await.unwrap();
    let mut frames = [0; 6];
    socket.read_exact(&mut frames).await.unwrap();
    app.in_session(&session, Method::DELETE, "/share").send().await.unwrap();
    assert!(!matches!(streamed.chunk().await, Ok(Some(_))), "it ends when the link is revoked");
    let over = tokio::time::timeout(PATIENCE, socket.read(&mut frames)).await;
    assert_eq!(over.expect("the WebSocket goes on").unwrap_or(0), 0);
    let mut own = pin!(own.bytes());
    assert!(futures::poll!(&mut own).is_pending(), "its holder's goes on");
    app.close(&session).await;
    assert!(tokio::time::timeout(PATIENCE, own).await.is_ok(), "and ends with the session");
    app.stop().await;
}

/// J2: enough reports close a preview to strangers, and its holder's frame stays.
#[tokio::test]
async fn a_reported_preview_is_closed_to_strangers() {
    let app = TestApp::start(|config| {
        config.abuse.reports_to_close = 2;
        config.server.trusted_proxy_hops = 1;
    })
    .await;
    let session = app.claim().await;
    let link: Value =
        app.in_session(&session, Method::POST, "/share").send().await.unwrap().json().await.unwrap();
    let shared = host(link["share_url"].as_str().unwrap());
    let (_, warning) = text(as_page(app.preview(&session, "/"))).await;
    let pressed = as_pressed(at(&app, session.preview_host(), Method::POST, &button(&warning, "report")));
    assert!(text(pressed.header("x-forwarded-for", "192.0.2.1")).await.1.contains("Thank you"));
    let report = app.post(&format!("/api/v1/preview/{}/report", session.preview_name()));
    let report = report.header("x-forwarded-for", "192.0.2.2").json(&json!({ "reason": "A trap." }));
    assert_eq!(report.send().await.unwrap().status(), StatusCode::NO_CONTENT);

    let (status, page) = text(as_page(app.preview(&session, "/"))).await;
    assert_eq!((status, page.contains("This preview is closed")), (StatusCode::FORBIDDEN, true));
    assert_eq!(text(app.preview(&session, "/")).await.0, StatusCode::FORBIDDEN);
    assert_eq!(text(at(&app, &shared, Method::GET, "/")).await.0, StatusCode::GONE);
    let framed =
        app.preview(&session, "/").header("sec-fetch-dest", "iframe").header("referer", app.url("/"));
    assert!(text(framed).await.1.contains(APP));
    let refused = app.in_session(&session, Method::POST, "/share").send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);

    let metrics = app.get("/metrics").send().await.unwrap().text().await.unwrap();
    for line in
        ["sandglass_watched_total{what=\"reported\"} 2\n", "sandglass_watched_total{what=\"closed\"} 1\n"]
    {
        assert!(metrics.contains(line), "{line:?} is not in {metrics}");
    }
    let long = json!({ "reason": "x".repeat(501) });
    let report = |name: &str| app.post(&format!("/api/v1/preview/{name}/report"));
    assert_eq!(report(session.preview_name()).json(&long).send().await.unwrap().status().as_u16(), 422);
    assert_eq!(report("nonsense").send().await.unwrap().status(), StatusCode::NOT_FOUND);
    app.stop().await;
}

/// J2: reports are limited by network, far below other requests.
#[tokio::test]
async fn one_network_can_not_flood_the_reports() {
    let app = TestApp::start(|_| {}).await;
    let session: Session = app.claim().await;
    let path = format!("/api/v1/preview/{}/report", session.preview_name());
    let mut last = StatusCode::NO_CONTENT;
    for _ in 0..11 {
        last = app.post(&path).send().await.unwrap().status();
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    app.stop().await;
}
