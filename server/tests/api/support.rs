//! A real server in this process, on a port of its own, with simulated sandboxes.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use reqwest::{Client, RequestBuilder, Response, StatusCode};
use sandbox::sim::SimControl;
use serde_json::{Value, json};
use server::config::{Config, ProviderName};
use server::serve::{self, Running};

/// How long anything may take before a test is given up; nothing here measures time.
pub const PATIENCE: Duration = Duration::from_secs(20);

pub struct TestApp {
    pub client: Client,
    running: Running,
    data: tempfile::TempDir,
}

/// A claimed session and the authority over it.
#[derive(Debug, Clone)]
pub struct Session {
    pub id: String,
    pub token: String,
    pub json: Value,
}

impl TestApp {
    /// A server with two warm sandboxes and no limit per visitor, changed as the test likes.
    pub async fn start(change: impl FnOnce(&mut Config)) -> Self {
        let data = tempfile::tempdir().unwrap();
        Self::start_in(data, change).await
    }

    /// A server over the data of an earlier one.
    pub async fn start_in(data: tempfile::TempDir, change: impl FnOnce(&mut Config)) -> Self {
        let config = config_in(&data, change);
        Self::run(data, config).await
    }

    /// Why a server over the data of an earlier one does not start.
    pub async fn refuses_to_start_in(data: &tempfile::TempDir) -> String {
        match serve::start(config_in(data, |_| {})).await {
            Ok(_) => panic!("it starts"),
            Err(error) => format!("{error:#}"),
        }
    }

    async fn run(data: tempfile::TempDir, config: Config) -> Self {
        let running = serve::start(config).await.unwrap();
        Self { client: Client::builder().timeout(PATIENCE).build().unwrap(), running, data }
    }

    /// A server over real sandboxes, one of them warm.
    pub async fn start_local(change: impl FnOnce(&mut Config)) -> Self {
        let data = tempfile::tempdir().unwrap();
        let local = |config: &mut Config| {
            let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
            config.sandbox.provider = ProviderName::Local;
            config.sandbox.template_cache_dir = root.join(".cache/templates");
            config.sandbox.sandboxd =
                Some(PathBuf::from(env!("CARGO_BIN_EXE_sandglass")).with_file_name("sandboxd"));
            config.sandbox.node = node();
            // What is tested holds without control groups, too.
            config.sandbox.allow_weak_isolation = true;
            config.demo.pool_size = 1;
            config.r#try.enabled = false;
            config.workspace.template = "react-vite".into();
            change(config);
        };
        let config = config_in(&data, local);
        server::bake::all(&config).await.unwrap();
        Self::run(data, config).await
    }

    /// Stops the server and gives back its data.
    pub async fn stop(self) -> tempfile::TempDir {
        self.running.stop().await.unwrap();
        self.data
    }

    /// Has pages find the names of the site's files, which Leptos looks for beside the program. There is no site here.
    pub fn with_pages(self) -> Self {
        let names = std::env::current_exe().unwrap().with_file_name("hash.txt");
        if !names.exists() {
            std::fs::write(names, "js: none\nwasm: none\ncss: none\n").unwrap();
        }
        self
    }

    /// A client that does not follow redirects.
    pub fn plain(&self) -> Client {
        Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).build().unwrap()
    }

    pub fn addr(&self) -> SocketAddr {
        self.running.addr
    }

    /// What scripts the sandboxes.
    pub fn sim(&self) -> &SimControl {
        self.running.sim().unwrap()
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.addr)
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(self.url(path))
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(self.url(path))
    }

    /// What an open page listens to.
    pub async fn offers(&self) -> Events {
        Events::of(self.get("/api/v1/demo/availability/stream").send().await.unwrap())
    }

    /// Waits, over the stream that pages listen to, until the offer is as wanted.
    pub async fn offered(&self, wanted: impl Fn(&Value) -> bool) -> Value {
        self.offers().await.until(wanted).await
    }

    /// Claims a warm sandbox.
    pub async fn claim(&self) -> Session {
        self.offered(|offer| offer["warm"].as_u64() > Some(0)).await;
        let response = self.post("/api/v1/demo/claim").json(&json!({})).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::CREATED);
        Session::of(response.json().await.unwrap())
    }

    /// Signs up, and gives back the cookie that signs in.
    pub async fn signed_up(&self, email: &str, password: &str) -> String {
        let request =
            self.post("/api/v1/account/sign-up").json(&json!({ "email": email, "password": password }));
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::CREATED);
        user_cookie(&answer).unwrap()
    }

    pub fn in_session(&self, session: &Session, method: reqwest::Method, rest: &str) -> RequestBuilder {
        let url = self.url(&format!("/api/v1/demo/{}{rest}", session.id));
        self.client.request(method, url).bearer_auth(&session.token)
    }

    pub async fn prompt(&self, session: &Session, text: &str) -> Response {
        let request = self.in_session(session, reqwest::Method::POST, "/prompt?wait=true");
        request.json(&json!({ "text": text })).send().await.unwrap()
    }

    pub async fn status(&self, session: &Session) -> Value {
        let request = self.in_session(session, reqwest::Method::GET, "/status");
        request.send().await.unwrap().json().await.unwrap()
    }

    pub async fn close(&self, session: &Session) -> StatusCode {
        self.in_session(session, reqwest::Method::DELETE, "").send().await.unwrap().status()
    }

    pub async fn events(&self, session: &Session) -> Events {
        Events::of(self.in_session(session, reqwest::Method::GET, "/events").send().await.unwrap())
    }

    /// A request to the preview's own host, sent to this server.
    pub fn preview(&self, session: &Session, path: &str) -> RequestBuilder {
        self.get(path).header("host", session.preview_host()).header("accept", "text/html")
    }
}

fn config_in(data: &tempfile::TempDir, change: impl FnOnce(&mut Config)) -> Config {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut config = Config::default();
    config.server.addr = "127.0.0.1:0".parse().unwrap();
    config.server.site_dir = data.path().join("site");
    config.data.dir = data.path().join("data");
    config.sandbox.provider = ProviderName::Sim;
    config.sandbox.template_dir = root.join("templates");
    config.demo.pool_size = 2;
    config.demo.sessions_per_visitor_per_hour = 0;
    change(&mut config);
    config
}

#[expect(
    clippy::disallowed_methods,
    reason = "as the configuration's own search does, which tests go around"
)]
fn node() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).map(|folder| folder.join("node")).find(|file| file.is_file())
}

/// The cookie that an answer signs in with, as a browser sends it; `None` when it sets none, or removes it.
pub fn user_cookie(answer: &Response) -> Option<String> {
    let all = answer.headers().get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let pairs = all.filter_map(|cookie| cookie.split(';').next());
    let mut own = pairs.filter(|pair| pair.starts_with("sandglass_user=") && !pair.ends_with('='));
    own.next().map(str::to_owned)
}

impl Session {
    pub fn of(json: Value) -> Self {
        let text =
            |name: &str| json[name].as_str().unwrap_or_else(|| panic!("no {name} in {json}")).to_owned();
        Self { id: text("session_id"), token: text("session_token"), json }
    }

    /// What its holder's browser sends.
    pub fn cookie(&self) -> String {
        format!("sandglass_session={}", self.token)
    }

    /// What stands before the preview domain.
    pub fn preview_name(&self) -> &str {
        self.preview_host().split('.').next().unwrap()
    }

    /// The host of its preview, with the port.
    pub fn preview_host(&self) -> &str {
        let url = self.json["preview_url"].as_str().unwrap();
        url.strip_prefix("http://").unwrap().trim_end_matches('/')
    }
}

/// Status and kind of a refusal.
pub async fn problem(response: reqwest::Response) -> (u16, String) {
    let status = response.status().as_u16();
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let json: Value = response.json().await.unwrap();
    assert_eq!(json["status"], status);
    assert!(json["detail"].as_str().unwrap().ends_with('.'), "a sentence: {json}");
    (status, json["type"].as_str().unwrap().to_owned())
}

/// Server-sent events, one after the other.
pub struct Events {
    response: Response,
    pending: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SentEvent {
    pub id: Option<String>,
    pub name: String,
    pub data: Value,
}

impl Events {
    pub fn of(response: Response) -> Self {
        assert_eq!(response.status(), StatusCode::OK);
        Self { response, pending: String::new() }
    }

    /// The next event; `None` when the stream has ended.
    pub async fn next(&mut self) -> Option<SentEvent> {
        loop {
            if let Some((frame, rest)) = self.pending.split_once("\n\n") {
                let event = parse(frame);
                self.pending = rest.to_owned();
                if event.is_some() {
                    return event;
                }
                continue;
            }
            let chunk = self.response.chunk().await.unwrap()?;
            self.pending.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    /// The data of the next event that is as wanted.
    pub async fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let event = self.next().await.expect("the stream ended before what was waited for");
            if wanted(&event.data) {
                return event.data;
            }
        }
    }

    /// Every event up to the end of the stream.
    pub async fn rest(mut self) -> Vec<SentEvent> {
        let mut all = Vec::new();
        while let Some(event) = self.next().await {
            all.push(event);
        }
        all
    }
}

/// One frame; `None` for a comment that only keeps the stream alive.
fn parse(frame: &str) -> Option<SentEvent> {
    let field = |name: &str| {
        let lines = frame.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        lines.map(|value| value.strip_prefix(' ').unwrap_or(value)).reduce(|_, last| last)
    };
    let data = serde_json::from_str(field("data")?).unwrap();
    Some(SentEvent { id: field("id").map(str::to_owned), name: field("event")?.to_owned(), data })
}
