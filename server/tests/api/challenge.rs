//! What keeps programs from using prototypes up: the proof of work, and hosted services that are scripted here (B4).

use std::sync::{Arc, Mutex};

use axum::extract::{Form, State};
use axum::response::IntoResponse as _;
use axum::routing::post;
use axum::{Json, Router};
use domain::proof_of_work::{Search, is_solved};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use server::config::{ChallengeChoice, Config};

use crate::support::{TestApp, problem};

/// Bits that a test's machine finds at once.
const EASY_BITS: u8 = 6;

fn with_work(config: &mut Config) {
    config.r#try.challenge = ChallengeChoice::ProofOfWork;
    config.r#try.challenge_difficulty_bits = EASY_BITS;
}

impl TestApp {
    async fn challenge(&self) -> Value {
        self.get("/api/v1/challenge").send().await.unwrap().json().await.unwrap()
    }

    async fn open_with(&self, challenge: Value) -> Response {
        let request = json!({ "kind": "try", "template": "react-vite", "challenge": challenge });
        self.post("/api/v1/sessions").json(&request).send().await.unwrap()
    }
}

/// What a client does that has no page.
fn solution(challenge: &Value) -> Value {
    let token = challenge["token"].as_str().unwrap();
    let bits = u8::try_from(challenge["difficulty_bits"].as_u64().unwrap()).unwrap();
    let nonce = Search::new(token, bits).next_of(u64::from(u32::MAX)).unwrap();
    json!({ "token": token, "nonce": nonce })
}

/// What a client sends that has not searched. One number in 64 would be a solution: this is another one.
fn no_solution(challenge: &Value) -> Value {
    let token = challenge["token"].as_str().unwrap();
    let nonce = (0..).find(|nonce| !is_solved(token, *nonce, EASY_BITS)).unwrap();
    json!({ "token": token, "nonce": nonce })
}

/// B4
#[tokio::test]
async fn a_prototype_is_opened_with_a_proof_of_work_and_each_proof_opens_one() {
    let app = TestApp::start(with_work).await;
    let challenge = app.challenge().await;
    assert_eq!(
        (&challenge["kind"], &challenge["difficulty_bits"]),
        (&json!("proof_of_work"), &json!(EASY_BITS))
    );
    assert_ne!(challenge["token"], app.challenge().await["token"]);
    let solved = solution(&challenge);
    assert_eq!(app.open_with(solved.clone()).await.status(), StatusCode::CREATED);
    assert_eq!(problem(app.open_with(solved).await).await, (403, "/problems/challenge-used".into()));
    let workspace = app.post("/api/v1/sessions").json(&json!({ "kind": "workspace" })).send().await.unwrap();
    assert_eq!(workspace.status(), StatusCode::CREATED, "only prototypes are asked");
    app.stop().await;
}

/// B4: what is no solution gets a sentence, and takes no place of the three an hour.
#[tokio::test]
async fn without_a_solution_nothing_is_opened_and_nothing_is_counted() {
    let app = TestApp::start(with_work).await;
    let without = || app.post("/api/v1/sessions").json(&json!({ "kind": "try" })).send();
    for _ in 0..5 {
        assert_eq!(problem(without().await.unwrap()).await, (422, "/problems/challenge-missing".into()));
    }
    let challenge = app.challenge().await;
    let (solved, unsolved) = (solution(&challenge), no_solution(&challenge));
    let forged = json!({ "token": "A".repeat(64), "nonce": 0 });
    for (answer, status, kind) in [
        (unsolved, 403, "challenge-failed"),
        (forged, 403, "challenge-not-ours"),
        (json!({ "response": "from a widget" }), 422, "challenge-kind"),
        (json!({ "nonce": "text" }), 422, "wrong-fields"),
    ] {
        let refused = app.open_with(answer.clone()).await;
        assert_eq!(problem(refused).await, (status, format!("/problems/{kind}")), "{answer}");
    }
    assert_eq!(app.open_with(solved).await.status(), StatusCode::CREATED, "it was not spent by trying");
    for _ in 0..2 {
        let solved = solution(&app.challenge().await);
        assert_eq!(app.open_with(solved).await.status(), StatusCode::CREATED);
    }
    let fourth = app.open_with(solution(&app.challenge().await)).await;
    assert_eq!(problem(fourth).await, (429, "/problems/network-limit".into()));
    app.stop().await;
}

/// B4: a solution is good for whoever was asked.
#[tokio::test]
async fn a_solution_can_not_be_handed_to_another_network() {
    let app = TestApp::start(|config| {
        with_work(config);
        config.server.trusted_proxy_hops = 1;
    })
    .await;
    let asked = app.get("/api/v1/challenge").header("x-forwarded-for", "192.0.2.1").send().await.unwrap();
    let solved = solution(&asked.json().await.unwrap());
    let open = |from: &'static str| {
        let body = json!({ "kind": "try", "challenge": solved });
        app.post("/api/v1/sessions").header("x-forwarded-for", from).json(&body).send()
    };
    assert_eq!(problem(open("192.0.2.2").await.unwrap()).await, (403, "/problems/challenge-not-ours".into()));
    assert_eq!(open("192.0.2.1").await.unwrap().status(), StatusCode::CREATED);
    app.stop().await;
}

/// The fields of one question.
type Asked = Vec<(String, String)>;

/// A service elsewhere that says what it is told to say, and writes down what it was asked.
#[derive(Clone)]
struct Scripted {
    url: String,
    says: Arc<Mutex<Value>>,
    heard: Arc<Mutex<Vec<Asked>>>,
}

impl Scripted {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/siteverify", listener.local_addr().unwrap());
        let scripted = Self { url, says: Arc::default(), heard: Arc::default() };
        let routes = Router::new().route("/siteverify", post(verify)).with_state(scripted.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        scripted
    }

    fn says(&self, verdict: Value) {
        *self.says.lock().unwrap() = verdict;
    }
}

async fn verify(State(scripted): State<Scripted>, Form(fields): Form<Asked>) -> axum::response::Response {
    scripted.heard.lock().unwrap().push(fields);
    let verdict = scripted.says.lock().unwrap().clone();
    match verdict["status"].as_u64() {
        Some(status) => {
            (axum::http::StatusCode::from_u16(status.try_into().unwrap()).unwrap(), "no").into_response()
        }
        None => Json(verdict).into_response(),
    }
}

async fn hosted(choice: ChallengeChoice) -> (TestApp, Scripted) {
    let scripted = Scripted::start().await;
    let app = TestApp::start(|config| {
        config.server.public_origins = vec!["https://sandglass.example:8443".into()];
        config.r#try.challenge = choice;
        config.r#try.challenge_site_key = "site-key".into();
        config.r#try.challenge_secret = "a secret & more".into();
        config.r#try.challenge_verify_url = Some(scripted.url.clone());
        config.r#try.sessions_per_network_per_hour = 0;
    })
    .await;
    (app, scripted)
}

/// B4, J5: the service is asked with what it needs, its secret stays on the server, and its word is held to this site and use.
#[tokio::test]
async fn a_hosted_service_is_asked_and_its_answer_is_looked_at_closely() {
    let (app, scripted) = hosted(ChallengeChoice::Turnstile).await;
    assert_eq!(app.challenge().await, json!({ "kind": "turnstile", "site_key": "site-key" }));
    let here = json!({ "success": true, "hostname": "sandglass.example", "action": "try" });
    let with = |name: &str, value: Value| {
        let mut verdict = here.clone();
        verdict[name] = value;
        verdict
    };
    for (verdict, status, kind) in [
        (json!({ "success": false, "error-codes": ["timeout-or-duplicate"] }), 403, "challenge-failed"),
        (with("hostname", json!("evil.example")), 403, "challenge-failed"),
        (with("hostname", Value::Null), 403, "challenge-failed"),
        (with("action", json!("login")), 403, "challenge-failed"),
        (json!({}), 403, "challenge-failed"),
        (json!({ "success": false, "error-codes": ["invalid-input-secret"] }), 503, "challenge-unanswered"),
        (json!({ "status": 500 }), 503, "challenge-unanswered"),
        (json!("nonsense"), 503, "challenge-unanswered"),
        (with("more", json!("x".repeat(20_000))), 503, "challenge-unanswered"),
    ] {
        scripted.says(verdict.clone());
        let refused = app.open_with(json!({ "response": "from the widget" })).await;
        assert_eq!(problem(refused).await, (status, format!("/problems/{kind}")), "{verdict}");
    }
    scripted.heard.lock().unwrap().clear();
    scripted.says(here.clone());
    let opened = app.open_with(json!({ "response": "from the widget=&" })).await;
    assert_eq!(opened.status(), StatusCode::CREATED);
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let asked = vec![vec![
        field("secret", "a secret & more"),
        field("response", "from the widget=&"),
        field("remoteip", "127.0.0.1"),
    ]];
    assert_eq!(*scripted.heard.lock().unwrap(), asked);

    let work = json!({ "token": "A".repeat(64), "nonce": 1 });
    assert_eq!(problem(app.open_with(work).await).await, (422, "/problems/challenge-kind".into()));
    assert_eq!(
        problem(app.open_with(json!({ "response": "" })).await).await,
        (403, "/problems/challenge-failed".into())
    );
    assert_eq!(scripted.heard.lock().unwrap().len(), 1, "what can't be a solution is not asked about");
    app.stop().await;
}

/// B4
#[tokio::test]
async fn hcaptcha_is_asked_for_its_own_site_key() {
    let (app, scripted) = hosted(ChallengeChoice::Hcaptcha).await;
    assert_eq!(app.challenge().await, json!({ "kind": "hcaptcha", "site_key": "site-key" }));
    scripted.says(json!({ "success": true, "hostname": "sandglass.example" }));
    assert_eq!(app.open_with(json!({ "response": "r" })).await.status(), StatusCode::CREATED);
    let asked = scripted.heard.lock().unwrap().concat();
    assert!(asked.contains(&("sitekey".into(), "site-key".into())), "{asked:?}");
    app.stop().await;
}

/// B4, J3: only the page that shows a widget may load one, and only where a service is configured.
#[tokio::test]
async fn a_services_widget_is_let_into_one_page() {
    let policy = async |app: &TestApp, path: &str| {
        let page = app.get(path).send().await.unwrap();
        page.headers()["content-security-policy"].to_str().unwrap().to_owned()
    };
    let (app, _scripted) = hosted(ChallengeChoice::Turnstile).await;
    let app = app.with_pages();
    let widget = "https://challenges.cloudflare.com";
    let policy_of_try = policy(&app, "/try").await;
    assert_eq!(policy_of_try.matches(widget).count(), 4, "{policy_of_try}");
    for path in ["/", "/start", "/sign-in"] {
        assert!(!policy(&app, path).await.contains(widget), "{path}");
    }
    app.stop().await;
    let app = TestApp::start(with_work).await.with_pages();
    assert!(!policy(&app, "/try").await.contains("https://"));
    app.stop().await;
}
