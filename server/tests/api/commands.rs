//! Commands, terminals and downloads of real sandboxes over REST (D4, D6, D9, E8, F1).

use std::io::Read as _;

use futures::{SinkExt as _, StreamExt as _};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use crate::support::{Events, PATIENCE, Session, TestApp, problem};

/// D4, E8
#[tokio::test]
async fn a_command_is_run_followed_stopped_and_remembered() {
    let app = TestApp::start_local(|_| {}).await;
    let session = app.open("workspace").await;
    let exec = |query: &str, body: Value| {
        app.at(&session, Method::POST, &format!("/exec{query}")).json(&body).send()
    };

    let line = "echo out; echo err >&2; pwd; exit 3";
    let outcome: Value =
        exec("?wait=true", json!({ "command": line, "cwd": "src" })).await.unwrap().json().await.unwrap();
    assert_eq!((&outcome["stdout"], &outcome["stderr"]), (&json!("out\n/workspace/src\n"), &json!("err\n")));
    assert_eq!((&outcome["exit_code"], &outcome["truncated"]), (&json!(3), &json!(false)));

    let mut events = Events::of(exec("", json!({ "command": "echo begun; sleep 1000" })).await.unwrap());
    let started = events.next().await.unwrap();
    assert_eq!(started.name, "started");
    let wrote = events.next().await.unwrap();
    assert_eq!((wrote.name.as_str(), &wrote.data["text"]), ("stdout", &json!("begun\n")));
    let command = started.data["command_id"].as_str().unwrap().to_owned();
    let stop = app.at(&session, Method::POST, &format!("/commands/{command}/stop")).send().await.unwrap();
    assert_eq!(stop.status(), StatusCode::NO_CONTENT);
    let exited = events.rest().await.pop().unwrap();
    assert_eq!((exited.name.as_str(), &exited.data["stopped"]), ("exited", &json!(true)));
    let left = exec("?wait=true", json!({ "command": "pgrep -x sleep || echo none" })).await.unwrap();
    assert_eq!(left.json::<Value>().await.unwrap()["stdout"], "none\n", "what it started is gone, too");

    let slow: Value = exec("?wait=true", json!({ "command": "sleep 9", "timeout_seconds": 1 }))
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(slow["timed_out"], true);
    for body in [json!({ "command": " " }), json!({ "command": "a", "timeout_seconds": 0 })] {
        assert_eq!(problem(exec("", body).await.unwrap()).await, (422, "/problems/command".into()));
    }

    // The journal has the beginning, the store all of it.
    let many = json!({ "command": "seq 1 40000" });
    let whole: Value = exec("?wait=true", many).await.unwrap().json().await.unwrap();
    let mut journal = Events::of(app.at(&session, Method::GET, "/events").send().await.unwrap());
    let last = journal.until(|event| event["type"] == "command.finished" && event["kept"].is_string()).await;
    let command = last["command_id"].as_str().unwrap();
    let output = app.at(&session, Method::GET, &format!("/commands/{command}/output")).send().await.unwrap();
    assert_eq!(output.text().await.unwrap(), whole["stdout"].as_str().unwrap());
    app.stop().await;
}

/// J1: where the operator names hosts, programs find a way to these and to nothing else; otherwise there is none.
#[tokio::test]
async fn a_workspace_reaches_the_names_that_the_operator_allows() {
    let line = "echo proxy=$HTTPS_PROXY; node -e '\
        const [host, port] = process.env.HTTPS_PROXY.split(\"//\")[1].split(\":\");\
        const socket = require(\"net\").connect(parseInt(port), host, () => socket.write(\"CONNECT evil.example:443 HTTP/1.1\\r\\n\\r\\n\"));\
        socket.on(\"data\", (answer) => { console.log(String(answer).split(\" \")[1]); process.exit(); });'";
    let run = async |app: &TestApp, session: &Session| {
        let answer = app.at(session, Method::POST, "/exec?wait=true").json(&json!({ "command": line }));
        let outcome: Value = answer.send().await.unwrap().json().await.unwrap();
        outcome["stdout"].as_str().unwrap().to_owned()
    };
    let app =
        TestApp::start_local(|config| config.workspace.egress_hosts = vec!["registry.npmjs.org".into()])
            .await;
    let session = app.open("workspace").await;
    let told = run(&app, &session).await;
    assert!(told.starts_with("proxy=http://127.0.0.1:") && told.ends_with("\n403\n"), "{told:?}");
    app.stop().await;

    let app = TestApp::start_local(|_| {}).await;
    let session = app.open("workspace").await;
    assert_eq!(run(&app, &session).await, "proxy=\n");
    app.stop().await;
}

/// D4: a command of the agent is one like any other, and whichever button is pressed ends it.
#[tokio::test]
async fn the_agent_runs_commands_and_is_stopped_while_one_runs() {
    let app = TestApp::start_local(|config| config.workspace.template = "blank".into()).await;
    let session = app.open("workspace").await;
    let mut begun = Events::of(app.at(&session, Method::GET, "/events").send().await.unwrap());
    begun.until(|event| event["type"] == "session.ready").await;
    let post = |rest: &str, body: Value| app.at(&session, Method::POST, rest).json(&body).send();
    let asked = |text: &str| post("/prompt?wait=true", json!({ "text": text }));

    let written: Value = asked("write sum.py: print(1 + 2) and run it").await.unwrap().json().await.unwrap();
    assert_eq!(written["summary"], "Created sum.py. `python3 sum.py` is done: exit code 0.");
    let mut journal = Events::of(app.at(&session, Method::GET, "/events").send().await.unwrap());
    let started = journal.until(|event| event["type"] == "command.started").await;
    assert_eq!(
        (&started["command"], &started["prompt_id"]),
        (&json!("python3 sum.py"), &written["prompt_id"])
    );
    let wrote = journal.until(|event| event["type"] == "command.output").await;
    assert_eq!(wrote["text"], "3\n");

    // The prompt's button.
    let begun: Value =
        post("/prompt", json!({ "text": "run sleep 1000" })).await.unwrap().json().await.unwrap();
    journal.until(|event| event["type"] == "command.started" && event["command"] == "sleep 1000").await;
    assert_eq!(post("/stop", json!({})).await.unwrap().status(), StatusCode::NO_CONTENT);
    let finished = journal.until(|event| event["type"] == "command.finished").await;
    assert_eq!(finished["stopped"], true);
    let over = journal.until(|event| event["type"] == "prompt.finished").await;
    assert_eq!((&over["prompt_id"], &over["status"]), (&begun["prompt_id"], &json!("stopped")));

    // The command's own button: the prompt goes on and says so.
    post("/prompt", json!({ "text": "run sleep 999" })).await.unwrap();
    let started = journal.until(|event| event["command"] == "sleep 999").await;
    let command = started["command_id"].as_str().unwrap();
    post(&format!("/commands/{command}/stop"), json!({})).await.unwrap();
    let over = journal.until(|event| event["type"] == "prompt.finished").await;
    assert_eq!(
        (&over["status"], &over["summary"]),
        (&json!("completed"), &json!("`sleep 999` did not go well: it was stopped."))
    );
    app.stop().await;
}

/// D2, D7: from nothing to a page in the preview, by the agent alone.
#[tokio::test]
async fn an_empty_workspace_gets_a_page_that_its_preview_shows() {
    let app = TestApp::start_local(|config| config.workspace.template = "blank".into()).await;
    let opened = app.post("/api/v1/sessions").json(&json!({ "kind": "workspace", "template": "blank" }));
    let session = Session::of(opened.send().await.unwrap().json().await.unwrap());
    let mut journal = Events::of(app.at(&session, Method::GET, "/events").send().await.unwrap());
    journal.until(|event| event["type"] == "session.ready").await;
    let request = app.at(&session, Method::POST, "/prompt?wait=true");
    let made = request.json(&json!({ "text": "make a website about cats" })).send().await.unwrap();
    let made: Value = made.json().await.unwrap();
    assert_eq!(made["status"], "completed", "{made}");
    let page = app.preview(&session, "/").send().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    assert!(page.text().await.unwrap().contains("<h1>Cats</h1>"));
    let styles = app.preview(&session, "/style.css").send().await.unwrap();
    assert_eq!(styles.headers()["content-type"], "text/css");
    for outside in ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/none"] {
        assert_eq!(app.preview(&session, outside).send().await.unwrap().status(), StatusCode::NOT_FOUND);
    }
    app.stop().await;
}

/// A terminal as a page sits at it.
struct Seat(tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>);

impl Seat {
    async fn at(app: &TestApp, session: &Session, terminal: u64) -> Self {
        let path = format!("/api/v1/sessions/{}/terminals/{terminal}/socket", session.id);
        let mut request = app.url(&path).replacen("http", "ws", 1).into_client_request().unwrap();
        let token = format!("Bearer {}", session.token);
        request.headers_mut().insert("authorization", token.parse().unwrap());
        Self(tokio_tungstenite::connect_async(request).await.unwrap().0)
    }

    async fn types(&mut self, text: &str) {
        self.0.send(Message::Binary(text.as_bytes().to_vec().into())).await.unwrap();
    }

    /// Everything shown until `wanted` is part of it.
    async fn shows(&mut self, wanted: &str) -> String {
        let mut shown = String::new();
        let reading = async {
            while !shown.contains(wanted) {
                if let Message::Binary(bytes) = self.0.next().await.unwrap().unwrap() {
                    shown.push_str(&String::from_utf8_lossy(&bytes));
                }
            }
        };
        assert!(tokio::time::timeout(PATIENCE, reading).await.is_ok(), "{wanted:?} is not in {shown:?}");
        shown
    }

    /// The text that comes last.
    async fn says(&mut self) -> Value {
        let reading = async {
            loop {
                if let Message::Text(text) = self.0.next().await.unwrap().unwrap() {
                    return serde_json::from_str(&text).unwrap();
                }
            }
        };
        tokio::time::timeout(PATIENCE, reading).await.unwrap()
    }
}

/// D6, F1: two tabs sit at one terminal; who comes back finds what was shown.
#[tokio::test]
async fn a_terminal_is_shared_and_outlives_who_sits_at_it() {
    let app = TestApp::start_local(|_| {}).await;
    let session = app.open("workspace").await;
    let opened = app.at(&session, Method::POST, "/terminals").json(&json!({ "columns": 80, "rows": 24 }));
    let opened = opened.send().await.unwrap();
    assert_eq!(opened.status(), StatusCode::CREATED);
    let terminal = opened.json::<Value>().await.unwrap()["terminal_id"].as_u64().unwrap();

    let mut first = Seat::at(&app, &session, terminal).await;
    first.types("echo $((40 + 2)) && tty\r").await;
    first.shows("42\r\n").await;
    let mut second = Seat::at(&app, &session, terminal).await;
    second.shows("42\r\n").await;
    first.0.send(Message::Text(r#"{"resize":{"columns":91,"rows":17}}"#.into())).await.unwrap();
    first.0.send(Message::Text("nonsense".into())).await.unwrap();
    second.types("stty size\r").await;
    first.shows("17 91").await;
    drop((first, second));

    let mut back = Seat::at(&app, &session, terminal).await;
    assert!(back.shows("17 91").await.contains("42\r\n"));
    back.types("exit 5\r").await;
    assert_eq!(back.says().await, json!({ "exited": { "exit_code": 5 } }));
    let path = format!("/terminals/{terminal}");
    let list = app.json(&session, "/terminals").await;
    assert_eq!(list[0]["alive"], false);
    assert_eq!(
        app.at(&session, Method::DELETE, &path).send().await.unwrap().status(),
        StatusCode::NO_CONTENT
    );
    assert_eq!(app.json(&session, "/terminals").await, json!([]));
    let again = app.at(&session, Method::DELETE, &path).send().await.unwrap();
    assert_eq!(problem(again).await, (404, "/problems/no-such-terminal".into()));

    let opened = app.at(&session, Method::POST, "/terminals").json(&json!({ "columns": 80, "rows": 24 }));
    let terminal =
        opened.send().await.unwrap().json::<Value>().await.unwrap()["terminal_id"].as_u64().unwrap();
    let mut last = Seat::at(&app, &session, terminal).await;
    app.at(&session, Method::DELETE, "").send().await.unwrap();
    assert_eq!(last.says().await, json!({ "ended": {} }));
    app.stop().await;
}

/// D9: what is downloaded is what was there, and one that is too large is never taken for whole.
#[tokio::test]
async fn a_download_is_whole_or_broken_off() {
    let app = TestApp::start_local(|config| config.workspace.archive_bytes_max = 300_000).await;
    let session = app.open("workspace").await;
    app.at(&session, Method::PUT, "/files/mine.txt").body("by hand").send().await.unwrap();
    let check = app.json(&session, "/archive?check=true").await;
    assert_eq!((&check["fits"], &check["limit_bytes"]), (&json!(true), &json!(300_000)));
    let archive = app.at(&session, Method::GET, "/archive").send().await.unwrap();
    assert_eq!(archive.headers()["content-type"], "application/gzip");
    let name = archive.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert_eq!(name, "attachment; filename=\"sandbox-react-vite.tar.gz\"");
    let bytes = archive.bytes().await.unwrap();
    let mut files = std::collections::BTreeMap::new();
    let mut tar = tar::Archive::new(flate2::read::GzDecoder::new(&bytes[..]));
    for entry in tar.entries().unwrap() {
        let mut entry = entry.unwrap();
        let mut text = Vec::new();
        entry.read_to_end(&mut text).unwrap();
        files.insert(entry.path().unwrap().display().to_string(), text);
    }
    let mine = files.iter().find(|(path, _)| path.ends_with("mine.txt")).unwrap();
    assert_eq!(mine.1, b"by hand");
    assert!(files.keys().any(|path| path.ends_with("src/App.jsx")), "{:?}", files.keys());
    assert!(files.keys().all(|path| !path.contains("node_modules")), "{:?}", files.keys());

    let large = json!({ "command": "head -c 900000 /dev/urandom > large" });
    app.at(&session, Method::POST, "/exec?wait=true").json(&large).send().await.unwrap();
    assert_eq!(app.json(&session, "/archive?check=true").await["fits"], false);
    let broken = app.at(&session, Method::GET, "/archive").send().await.unwrap();
    assert!(broken.bytes().await.is_err(), "the client sees that it is not whole");
    let zeros = json!({ "command": "rm large; head -c 900000 /dev/zero > large" });
    app.at(&session, Method::POST, "/exec?wait=true").json(&zeros).send().await.unwrap();
    assert_eq!(app.json(&session, "/archive?check=true").await["fits"], true, "compressed bytes count");
    app.stop().await;
}
