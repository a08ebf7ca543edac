//! The real server, killed in the middle of prompts: no message is lost, and the agent remembers all of them (G2).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "model/mod.rs"]
mod model;
mod chaos {
    pub mod victim;
}

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chaos::victim::Victim;
use model::{Answer, ModelServer, has_result, newest};
use reqwest::Client;
use serde_json::{Value, json};

/// How often the server is killed while the agent works.
const KILLS: usize = 20;

struct Session {
    client: Client,
    id: String,
    token: String,
}

impl Session {
    async fn open(url: &str) -> Self {
        let client = Client::new();
        let body = json!({ "kind": "workspace" });
        let answer = client.post(format!("{url}/api/v1/sessions")).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 201);
        let json: Value = answer.json().await.unwrap();
        let text = |name: &str| json[name].as_str().unwrap().to_owned();
        let session = Self { client, id: text("session_id"), token: text("session_token") };
        session.until(url, |event| event["type"] == "session.ready").await;
        session
    }

    async fn ask(&self, url: &str, text: &str, query: &str) -> Value {
        let address = format!("{url}/api/v1/sessions/{}/prompt{query}", self.id);
        let request = self.client.post(address).bearer_auth(&self.token).json(&json!({ "text": text }));
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
        answer.json().await.unwrap()
    }

    /// The journal up to an event that is as wanted.
    async fn until(&self, url: &str, wanted: impl Fn(&Value) -> bool) -> Vec<Value> {
        let address = format!("{url}/api/v1/sessions/{}/events", self.id);
        let mut answer = self.client.get(address).bearer_auth(&self.token).send().await.unwrap();
        let (mut text, mut events) = (String::new(), Vec::new());
        loop {
            while let Some((frame, rest)) = text.split_once("\n\n") {
                if let Some(data) = frame.lines().find_map(|line| line.strip_prefix("data:")) {
                    let event: Value = serde_json::from_str(data).unwrap();
                    let is_wanted = wanted(&event);
                    events.push(event);
                    if is_wanted {
                        return events;
                    }
                }
                text = rest.to_owned();
            }
            text.push_str(std::str::from_utf8(&answer.chunk().await.unwrap().unwrap()).unwrap());
        }
    }
}

fn texts<'a>(events: &'a [Value], kind: &str) -> Vec<&'a str> {
    events.iter().filter(|event| event["type"] == kind).map(|event| event["text"].as_str().unwrap()).collect()
}

/// G2, H11: SIGKILL while the agent works, twenty times. Each time the prompt is closed honestly and not counted, the one that waited
/// behind it is worked on by the next server, and what is sent again is answered by an agent that is shown every message so far.
#[tokio::test(flavor = "multi_thread")]
async fn twenty_kills_in_the_middle_of_prompts_lose_no_message() {
    let hangs = Arc::new(AtomicBool::new(true));
    let until_when = Arc::clone(&hangs);
    let model = ModelServer::start(move |request| {
        let text = newest(request);
        let hangs = until_when.load(Ordering::SeqCst) && text.starts_with("Fact");
        // Every other one is killed before its first step, the others after it.
        let at_once = text.ends_with(['0', '2', '4', '6', '8']);
        match has_result(request) {
            false if hangs && at_once => Answer::Hang,
            false => {
                let content = format!("// {text}\n");
                Answer::Call("write_file", json!({ "path": "src/notes.js", "content": content }))
            }
            true if hangs => Answer::Hang,
            true => Answer::Say(format!("Noted: {text}")),
        }
    })
    .await;
    let models =
        format!("[{{name=\"scripted\",kind=\"openai\",model=\"scripted\",base_url=\"{}\"}}]", model.url);
    let settings = [("SANDGLASS__MODELS", models.as_str()), ("SANDGLASS__DEMO__POOL_SIZE", "0")];
    let data = tempfile::tempdir().unwrap();
    let mut victim = Victim::start(data.path(), &settings).await;
    let session = Session::open(&victim.url).await;
    let mut said: Vec<String> = Vec::new();
    for kill in 0..KILLS {
        let (fact, queued) = (format!("Fact number {kill}"), format!("Behind it {kill}"));
        hangs.store(true, Ordering::SeqCst);
        let asked = model.requests().len() + if kill % 2 == 0 { 1 } else { 2 };
        let first = session.ask(&victim.url, &fact, "").await;
        let second = session.ask(&victim.url, &queued, "").await;
        assert_eq!(second["queued"], true, "{second}");
        model.asked(asked).await;
        victim.kill().await;
        said.extend([fact.clone(), queued]);

        victim = Victim::start(data.path(), &settings).await;
        let done =
            |event: &Value| event["type"] == "prompt.finished" && event["prompt_id"] == second["prompt_id"];
        let events = session.until(&victim.url, done).await;
        assert_eq!(events.last().unwrap()["status"], "completed", "{events:?}");
        let closed =
            |event: &&Value| event["type"] == "prompt.finished" && event["prompt_id"] == first["prompt_id"];
        let closed: Vec<_> = events.iter().filter(closed).collect();
        assert_eq!(closed.len(), 1, "{closed:?}");
        assert_eq!((&closed[0]["status"], &closed[0]["counted"]), (&json!("failed"), &json!(false)));

        hangs.store(false, Ordering::SeqCst);
        let again = session.ask(&victim.url, &fact, "?wait=true").await;
        assert_eq!(again["status"], "completed", "{again}");
        said.push(fact);
        let finished =
            |event: &Value| event["type"] == "prompt.finished" && event["prompt_id"] == again["prompt_id"];
        let events = session.until(&victim.url, finished).await;
        assert_eq!(
            texts(&events, "prompt.submitted"),
            said,
            "what was asked is in the journal, in its order"
        );
        let request = model.requests().pop().unwrap();
        let shown: Vec<&str> = request["messages"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|message| message["role"] == "user")
            .map(|message| message["content"].as_str().unwrap())
            .collect();
        assert_eq!(shown, said, "what was asked is shown to the agent, in its order");
        let results =
            request["messages"].as_array().unwrap().iter().filter(|message| message["role"] == "tool");
        assert!(results.count() > 2 * kill, "and what was done with it");
    }
    victim.terminate().await;
}
