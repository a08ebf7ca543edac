//! What a model breaks in a real sandbox is mended, or what worked last is back (G4).

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use server::config::ModelSection;

use crate::model::{Answer, ModelServer, has_result, newest};
use crate::support::{Session, TestApp};

const GOOD: &str = "export default function App() {\n  return <h1>Good</h1>;\n}\n";
const OPEN: &str = "export default function App() {\n  return <h1>Open;\n}\n";
const UNKNOWN: &str = "import { nothing } from \"./nothing.js\";\nexport default function App() {\n  return <h1>{nothing}</h1>;\n}\n";

/// A server over real sandboxes whose agent writes these files, one a turn, and then says that it is done.
async fn app_with(contents: &'static [&'static str]) -> (TestApp, ModelServer) {
    let next = AtomicUsize::new(0);
    let model = ModelServer::start(move |request| {
        if has_result(request) {
            return Answer::Say("Done.".into());
        }
        let content = contents[next.fetch_add(1, Ordering::SeqCst).min(contents.len() - 1)];
        Answer::Call("write_file", json!({ "path": "src/App.jsx", "content": content }))
    })
    .await;
    let section: ModelSection = serde_json::from_value(json!({
        "name": "scripted", "kind": "openai", "model": "scripted", "base_url": model.url,
    }))
    .unwrap();
    let app = TestApp::start_local(|config| {
        config.models = vec![section];
        config.agents.visitors = Some("scripted".into());
    })
    .await;
    (app, model)
}

async fn app_jsx(app: &TestApp, session: &Session) -> String {
    app.preview(session, "/src/App.jsx?raw").send().await.unwrap().text().await.unwrap()
}

fn kinds(told: &[Value]) -> Vec<&str> {
    told.iter()
        .map(|event| event["type"].as_str().unwrap())
        .filter(|kind| kind.starts_with("repair"))
        .collect()
}

async fn told(app: &TestApp, session: &Session) -> Vec<Value> {
    let mut events = app.events(session).await;
    let mut all = Vec::new();
    loop {
        let event = events.next().await.unwrap();
        all.push(event.data.clone());
        if event.name == "prompt.finished" {
            return all;
        }
    }
}

/// G4: the dev server says what can't be built, the agent is told in the same prompt, and mends it.
#[tokio::test]
async fn a_syntax_error_is_mended_in_a_real_sandbox() {
    let (app, model) = app_with(&[OPEN, GOOD]).await;
    let session = app.claim().await;
    let outcome: Value = app.prompt(&session, "Change the heading").await.json().await.unwrap();
    assert_eq!(
        (&outcome["status"], &outcome["prompts_remaining"]),
        (&json!("completed"), &json!(2)),
        "{outcome}"
    );
    let told = told(&app, &session).await;
    assert_eq!(kinds(&told), ["repair.started", "repair.finished"], "{told:?}");
    let started = told.iter().find(|event| event["type"] == "repair.started").unwrap();
    let fault = started["faults"][0].as_str().unwrap();
    assert!(fault.contains("src/App.jsx") && !fault.contains("/workspace/"), "{fault}");
    let requests = model.requests();
    let report = requests.iter().map(newest).find(|text| text.contains("does not work")).unwrap();
    assert!(report.contains(fault.lines().next().unwrap()), "{report}");
    assert!(app_jsx(&app, &session).await.contains("Good"));
    app.stop().await;
}

/// G4: what can't be mended is gone again, and the prompt with it; an import of nothing is seen as well as a missing bracket.
#[tokio::test]
async fn what_stays_broken_is_taken_back_in_a_real_sandbox() {
    let (app, _) = app_with(&[UNKNOWN, UNKNOWN]).await;
    let session = app.claim().await;
    let before = app_jsx(&app, &session).await;
    let outcome: Value = app.prompt(&session, "Change the heading").await.json().await.unwrap();
    assert_eq!(
        (&outcome["status"], &outcome["prompts_remaining"]),
        (&json!("failed"), &json!(3)),
        "{outcome}"
    );
    assert!(outcome["summary"].as_str().unwrap().contains("back to how it was"), "{outcome}");
    let told = told(&app, &session).await;
    assert_eq!(kinds(&told), ["repair.started", "repair.finished"], "{told:?}");
    assert_eq!(app_jsx(&app, &session).await, before);
    app.stop().await;
}
