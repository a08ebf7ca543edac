//! The preview gateway against clients and sandboxes that mean no good, byte by byte (J2).

use reqwest::StatusCode;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::support::{PATIENCE, Session, TestApp};

/// What stands before `.preview.localhost`.
fn label(session: &Session) -> String {
    let url = session.json["preview_url"].as_str().unwrap();
    url.strip_prefix("http://").unwrap().split('.').next().unwrap().to_owned()
}

/// `{label}.preview.localhost`
fn host(session: &Session) -> String {
    format!("{}.preview.localhost", label(session))
}

/// J2: whoever reads `Host` must read it in one way; the app never answers below the preview domain.
#[tokio::test]
async fn a_host_is_read_in_one_way_or_not_at_all() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    let heard = app.eavesdrop();
    let (label, name) = (label(&session), host(&session));
    let get =
        |target: &str, headers: &str| format!("GET {target} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n");
    let upper = name.to_uppercase();
    for (request, status, reached) in [
        (get("/", &format!("Host: {name}\r\n")), 200, 1),
        (get("/", &format!("Host: {upper}:3000\r\n")), 200, 1),
        (get("/", &format!("Host: {name}.\r\n")), 200, 1),
        (get("/", &format!("Host: {name}:9999\r\n")), 200, 1),
        (get(&format!("http://{name}/"), &format!("Host: {name}\r\n")), 200, 1),
        (get("/", ""), 400, 0),
        (get("/", "Host:\r\n"), 400, 0),
        (get("/", &format!("Host: {name}\r\nHost: {name}\r\n")), 400, 0),
        (get("/", &format!("Host: {name}\r\nHost: localhost\r\n")), 400, 0),
        (get("/", &format!("Host: localhost\r\nHost: {name}\r\n")), 400, 0),
        (get(&format!("http://{name}/"), "Host: localhost\r\n"), 400, 0),
        (get("http://localhost/healthz", &format!("Host: {name}\r\n")), 400, 0),
        (get("/", &format!("Host: {name}:port\r\n")), 400, 0),
        (get("/healthz", &format!("Host: {name}..\r\n")), 400, 0),
        (get("/", &format!("Host: me@{name}\r\n")), 400, 0),
        (get("/", &format!("Host: bücher.{name}\r\n")), 400, 0),
        (get("/", &format!("Host: {name}, localhost\r\n")), 400, 0),
        (get("/", &format!("Host: {}.preview.localhost\r\n", "a".repeat(8_192))), 400, 0),
        (get("/", &format!("Host: a.{name}\r\n")), 404, 0),
        (get("/", &format!("Host: {label}.b.preview.localhost\r\n")), 404, 0),
        (get("/", "Host: xn--bcher-kva.preview.localhost\r\n"), 404, 0),
        (get("/healthz", "Host: preview.localhost\r\n"), 404, 0),
        (get("/healthz", "Host: localhost\r\n"), 200, 0),
    ] {
        let answer = app.raw(&request).await;
        assert_eq!((answer.status, heard.take().len()), (status, reached), "{request:.300}");
    }
    app.stop().await;
}

/// J2: where a request ends is beyond dispute, or it is refused; nothing of one becomes another.
#[tokio::test]
async fn no_request_hides_in_another() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    let heard = app.eavesdrop();
    let name = host(&session);
    let hidden = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n";
    let post = |headers: &str, body: &str| format!("POST /a HTTP/1.1\r\nHost: {name}\r\n{headers}\r\n{body}");
    let chunked = "Connection: close\r\nTransfer-Encoding: chunked\r\n";
    for (request, reached) in [
        (post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", &format!("0\r\n\r\n{hidden}")), 1),
        (post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", &format!("0\r\n\r\n{hidden}")), 1),
        (
            post(
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                &format!("0\r\n\r\n{hidden}"),
            ),
            0,
        ),
        (post("Transfer-Encoding: gzip, chunked\r\n", &format!("0\r\n\r\n{hidden}")), 0),
        (post("Transfer-Encoding: xchunked\r\n", hidden), 0),
        (post("Transfer-Encoding : chunked\r\n", hidden), 0),
        (post("Content-Length: 4\r\nContent-Length: 5\r\n", hidden), 0),
        (post("Content-Length: 4, 5\r\n", hidden), 0),
        (post("Content-Length: +4\r\n", hidden), 0),
        (post("Content-Length: -1\r\n", hidden), 0),
        (post("Content-Length: 4 \r\n Content-Length: 5\r\n", hidden), 0),
        (post("X: a\r\n b\r\nContent-Length: 0\r\n", hidden), 0),
        (post(chunked, &format!("5\r\nhello\r\nZ\r\n{hidden}")), 1),
        (post(chunked, "5;name=\"value\"\r\nhello\r\n0\r\n\r\n"), 1),
        (post(&format!("{chunked}Trailer: Host\r\n"), "5\r\nhello\r\n0\r\nHost: x\r\n\r\n"), 1),
        (post(&format!("Connection: close\r\nContent-Length: {}\r\n", hidden.len()), hidden), 1),
        (format!("GET /a HTTP/1.1\nHost: {name}\nConnection: close\n\n"), 1),
        (format!("GET /a HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n{hidden}"), 1),
        (format!("GET /a\rb HTTP/1.1\r\nHost: {name}\r\n\r\n"), 0),
        (format!("GET /a HTTP/1.1\r\nHost: {name}\r\nX: a\0b\r\n\r\n"), 0),
        (format!("CONNECT {name}:80 HTTP/1.1\r\nHost: {name}:80\r\n\r\n"), 0),
        (format!("TRACE /a HTTP/1.1\r\nHost: {name}\r\n\r\n"), 0),
    ] {
        let answer = app.raw(&request).await;
        let asked = heard.take();
        assert_eq!(asked.len(), reached, "{request}\n{asked:?}");
        assert!(asked.iter().all(|one| one.line.ends_with(" /a")), "{request}\n{asked:?}");
        assert!(!answer.body.contains("HTTP/1."), "one answer: {request}\n{answer:?}");
        if reached == 0 {
            assert!(matches!(answer.status, 400 | 405), "{request}\n{answer:?}");
        }
    }
    // On a connection that stays open, what follows is a request of its own and goes where its own `Host` says.
    let second = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let answer = app.raw(format!("GET /a HTTP/1.1\r\nHost: {name}\r\n\r\n{second}")).await;
    assert_eq!((answer.status, heard.take().len()), (200, 1));
    assert!(answer.body.ends_with("ok\n"), "{answer:?}");
    app.stop().await;
}

/// J2, J5: a sandbox sees neither credentials nor who the visitor is, nor headers of somebody else's connection.
#[tokio::test]
async fn a_sandbox_is_told_what_it_needs_and_nothing_else() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    let heard = app.eavesdrop();
    let name = host(&session);
    let request = format!(
        "GET http://{name}/a?b=c HTTP/1.1\r\nHost: {name}\r\nConnection: close, X-Private\r\nX-Private: 1\r\n\
         Keep-Alive: 5\r\nTE: trailers\r\nUpgrade: h2c\r\nHTTP2-Settings: x\r\nProxy-Authorization: x\r\n\
         Authorization: Bearer {}\r\nCookie: mine=1; sandglass_session={}\r\nX-Forwarded-For: 192.0.2.7\r\n\
         X-Real-IP: 192.0.2.7\r\nAccept: */*\r\n\r\n",
        session.token, session.token
    );
    assert_eq!(app.raw(request).await.status, 200);
    let asked = heard.take();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].line, "GET /a?b=c");
    let host = format!("host: {name}");
    assert_eq!(asked[0].headers, ["accept: */*", "cookie: mine=1", host.as_str(), "http2-settings: x"]);
    app.stop().await;
}

/// J2: only a WebSocket may take a connection over, and only for the preview's own pages.
#[tokio::test]
async fn a_connection_is_handed_over_for_a_websocket_alone() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    let name = host(&session);
    app.answer_with(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\nframes",
    );
    let upgrade = |to: &str, more: &str| {
        format!("GET / HTTP/1.1\r\nHost: {name}\r\nConnection: upgrade\r\nUpgrade: {to}\r\n{more}\r\n")
    };
    let own = app.raw(upgrade("websocket", &format!("Origin: http://{name}\r\n"))).await;
    assert_eq!((own.status, own.body.as_str()), (101, "frames"));
    assert_eq!(app.raw(upgrade("websocket", "")).await.status, 101, "a client that is no page");
    for (request, status) in [
        (upgrade("websocket", "Connection: close\r\nOrigin: https://evil.example\r\n"), 403),
        (upgrade("websocket", "Connection: close\r\nOrigin: null\r\n"), 403),
        (upgrade("websocket", "Connection: close\r\nOrigin: http://other.preview.localhost\r\n"), 403),
        (upgrade("h2c", "Connection: close\r\n"), 502),
        (format!("GET / HTTP/1.1\r\nHost: {name}\r\nUpgrade: websocket\r\nConnection: close\r\n\r\n"), 502),
        (
            format!(
                "POST / HTTP/1.1\r\nHost: {name}\r\nUpgrade: websocket\r\nConnection: upgrade, close\r\n\r\n"
            ),
            502,
        ),
    ] {
        assert_eq!(app.raw(&request).await.status, status, "{request}");
    }
    let ended = {
        app.close(&session).await;
        app.raw(upgrade("websocket", "Connection: close\r\n")).await
    };
    assert_eq!(ended.status, 410);
    app.stop().await;
}

/// J2: what a hostile page says about itself does not reach beyond it.
#[tokio::test]
async fn what_a_sandbox_says_is_bounded_to_its_own_origin() {
    let app = TestApp::start(|_| {}).await;
    let session = app.claim().await;
    app.answer_with(
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: x-private\r\nX-Private: 1\r\nService-Worker-Allowed: /\r\n\
         Set-Cookie: a=1; Domain=localhost\r\nSet-Cookie: b=2; Path=/\r\nSet-Cookie: sandglass_visit=forged\r\n\
         Clear-Site-Data: \"*\"\r\nStrict-Transport-Security: max-age=1; includeSubDomains\r\nAlt-Svc: h3=\":1\"\r\n\
         Report-To: {}\r\nNEL: {}\r\nWWW-Authenticate: Basic realm=\"Your bank\"\r\nX-Accel-Redirect: /etc/passwd\r\n\
         Content-Security-Policy: frame-ancestors *\r\nX-Frame-Options: ALLOWALL\r\nReferrer-Policy: unsafe-url\r\n\
         Access-Control-Allow-Origin: *\r\n\r\nok",
    );
    let answer = app.preview(&session, "/").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let mut headers: Vec<String> = answer
        .headers()
        .iter()
        .filter(|(name, _)| {
            !matches!(name.as_str(), "date" | "permissions-policy" | "content-security-policy")
        })
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    headers.sort();
    assert_eq!(
        headers,
        [
            "access-control-allow-origin: *",
            "cache-control: no-store",
            "content-length: 2",
            "origin-agent-cluster: ?1",
            "referrer-policy: no-referrer",
            "set-cookie: b=2; Path=/",
            "vary: sec-fetch-dest, cookie",
            "x-content-type-options: nosniff",
            "x-robots-tag: noindex",
        ]
    );
    // Two policies hold together: the narrower one decides.
    let policies: Vec<_> = answer.headers().get_all("content-security-policy").iter().collect();
    assert_eq!(policies.len(), 2);
    assert!(policies[1].to_str().unwrap().starts_with(&format!("frame-ancestors {}", app.url(""))));
    app.stop().await;
}

/// J2: an answer that makes no sense, has too much to say before it begins, or never begins is a calm page.
#[tokio::test]
async fn an_answer_that_is_none_is_a_calm_page() {
    let app = TestApp::start(|config| config.preview.first_byte_timeout = 1).await;
    let session = app.claim().await;
    let many = |count: usize, bytes: usize| -> String {
        let headers: String =
            (0..count).map(|number| format!("x{number}: {}\r\n", "y".repeat(bytes))).collect();
        format!("HTTP/1.1 200 OK\r\n{headers}Content-Length: 2\r\n\r\nok")
    };
    for answer in [
        many(101, 1),
        many(20, 8_000),
        "nonsense\r\n\r\n".into(),
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nok".into(),
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nok".into(),
        "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n".into(),
        String::new(),
    ] {
        app.answer_with(answer.clone());
        let page = app.preview(&session, "/").send().await.unwrap();
        assert_eq!(page.status(), StatusCode::BAD_GATEWAY, "{answer:.80}");
        assert!(page.text().await.unwrap().contains("Nothing answers here yet"));
    }
    app.answer_and_hold(b"");
    assert_eq!(app.preview(&session, "/").send().await.unwrap().status(), StatusCode::GATEWAY_TIMEOUT);
    app.stop().await;
}

/// J2: a sandbox that sends for ever is cut, by the answer's bound and by the session's.
#[tokio::test]
async fn a_sandbox_that_sends_for_ever_is_cut() {
    const ANSWER_BYTES_MAX: u64 = 300_000;
    let app = TestApp::start(|config| {
        config.preview.response_bytes_max = ANSWER_BYTES_MAX;
        config.preview.session_bytes_max = 500_000;
    })
    .await;
    let session = app.claim().await;
    let piece = "x".repeat(10_000);
    let chunk = format!("{:x}\r\n{piece}\r\n", piece.len());
    app.answer_forever("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunk.into_bytes());
    for (status, at_most_bytes) in [(200, ANSWER_BYTES_MAX), (200, 200_000)] {
        let mut answer = app.preview(&session, "/").send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status);
        let mut received_bytes = 0;
        while let Ok(Some(piece)) = answer.chunk().await {
            received_bytes += piece.len() as u64;
        }
        assert!(received_bytes <= at_most_bytes, "{received_bytes}");
    }
    let spent = app.preview(&session, "/").send().await.unwrap();
    assert_eq!(spent.status(), StatusCode::TOO_MANY_REQUESTS);
    app.stop().await;
}

/// J2: what is too large is said to be, whether its length was said before or not.
#[tokio::test]
async fn a_request_that_is_too_large_is_refused() {
    let app = TestApp::start(|config| config.preview.request_bytes_max = 10).await;
    let session = app.claim().await;
    let heard = app.eavesdrop();
    let name = host(&session);
    for body in [
        "Content-Length: 11\r\n\r\nhello world",
        "Transfer-Encoding: chunked\r\n\r\nb\r\nhello world\r\n0\r\n\r\n",
    ] {
        let request = format!("POST / HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n{body}");
        assert_eq!(app.raw(request).await.status, 413, "{body}");
    }
    assert!(heard.take().iter().all(|asked| !asked.body.contains("world")));
    app.stop().await;
}

/// J2: a session's bound holds for what visitors send, too, by requests and by WebSockets.
#[tokio::test]
async fn what_goes_in_counts_like_what_comes_out() {
    let app = TestApp::start(|config| config.preview.session_bytes_max = 100).await;
    let (session, other) = (app.claim().await, app.claim().await);
    app.eavesdrop();
    let send = async || {
        let request = app.post("/").header("host", session.preview_host()).body("x".repeat(60));
        request.send().await.unwrap().status()
    };
    assert_eq!((send().await, send().await), (StatusCode::OK, StatusCode::TOO_MANY_REQUESTS));

    app.answer_and_hold(
        b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
    );
    let socket = app.preview(&other, "/").header("connection", "upgrade").header("upgrade", "websocket");
    let mut socket = socket.send().await.unwrap().upgrade().await.unwrap();
    socket.write_all(&[b'x'; 101]).await.unwrap();
    let over = tokio::time::timeout(PATIENCE, socket.read(&mut [0; 1])).await;
    assert_eq!(over.expect("the WebSocket goes on").unwrap_or(0), 0);
    app.stop().await;
}

/// J2: one preview's visitors can't hold more connections than it may have.
#[tokio::test]
async fn only_so_many_connections_are_open_at_once() {
    let app = TestApp::start(|config| config.preview.connections_max = 2).await;
    let session = app.claim().await;
    app.answer_and_hold(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
    let (first, second) =
        (app.preview(&session, "/").send().await.unwrap(), app.preview(&session, "/").send().await.unwrap());
    let third = app.preview(&session, "/").send().await.unwrap();
    assert_eq!(
        (third.status(), third.headers()["retry-after"].to_str().unwrap()),
        (StatusCode::TOO_MANY_REQUESTS, "1")
    );
    drop((first, second));
    app.stop().await;
}
