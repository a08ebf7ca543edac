//! What servers have promised: every claim, prompt and close that was answered.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex};

use domain::{EventKind, SessionId};
use serde_json::Value;
use store::{SqliteStore, Store as _, Tariff};

/// A session that was answered.
#[derive(Debug, Clone)]
pub struct Promised {
    pub token: String,
    pub preview_url: String,
    /// Prompts that were accepted.
    pub prompts: BTreeSet<String>,
    pub closed: bool,
}

/// Every promise, kept across the servers' lives.
#[derive(Clone, Default)]
pub struct Ledger(Arc<Mutex<HashMap<String, Promised>>>);

impl Ledger {
    pub fn claimed(&self, answer: &Value) -> String {
        let text = |name: &str| answer[name].as_str().unwrap().to_owned();
        let promised = Promised {
            token: text("session_token"),
            preview_url: text("preview_url"),
            prompts: BTreeSet::new(),
            closed: false,
        };
        self.0.lock().unwrap().insert(text("session_id"), promised);
        text("session_id")
    }

    pub fn accepted(&self, session: &str, answer: &Value) {
        let prompt = answer["prompt_id"].as_str().unwrap().to_owned();
        self.0.lock().unwrap().get_mut(session).unwrap().prompts.insert(prompt);
    }

    pub fn closed(&self, session: &str) {
        self.0.lock().unwrap().get_mut(session).unwrap().closed = true;
    }

    pub fn promised(&self, session: &str) -> Promised {
        self.0.lock().unwrap()[session].clone()
    }

    /// Sessions that may still live, oldest first.
    pub fn open(&self) -> Vec<String> {
        let promises = self.0.lock().unwrap();
        let mut open: Vec<String> =
            promises.iter().filter(|(_, promised)| !promised.closed).map(|(id, _)| id.clone()).collect();
        open.sort_unstable();
        open
    }

    /// Asks a new server for every promised session: it knows each; what was closed is over, what goes on shows its app.
    /// Answers how many go on.
    pub async fn check_against(&self, url: &str) -> usize {
        let client = reqwest::Client::new();
        let promises = self.0.lock().unwrap().clone();
        let mut carried_on = 0;
        for (id, promised) in promises {
            let status = client.get(format!("{url}/api/v1/demo/{id}/status")).bearer_auth(&promised.token);
            let response = status.send().await.unwrap();
            assert_eq!(response.status(), 200, "session {id} is not known any more");
            let session: Value = response.json().await.unwrap();
            let ended = session["state"] == "ended";
            assert!(ended || !promised.closed, "{id} was closed and goes on: {session}");
            if ended {
                assert!(session["ended_reason"].is_string(), "{session}");
                self.closed(&id);
                continue;
            }
            let host = promised.preview_url.trim_start_matches("http://").trim_end_matches('/').to_owned();
            let page =
                client.get(url).header("host", host).header("accept", "text/html").send().await.unwrap();
            assert_eq!(page.status(), 200, "the preview of {id}, which is {session}");
            assert!(page.text().await.unwrap().contains("/src/main.jsx"), "the preview of {id}");
            carried_on += 1;
        }
        carried_on
    }

    /// Reads the journals themselves: numbered without gaps, ended once, with every accepted prompt and how it went.
    pub async fn assert_journals_hold(&self, data: &Path) {
        let store = SqliteStore::open(&data.join("sandglass.db"), Tariff::free()).await.unwrap();
        assert_eq!(store.live_sessions().await.unwrap(), [], "every session has ended");
        let promises = self.0.lock().unwrap().clone();
        assert!(
            promises.values().any(|promised| !promised.prompts.is_empty()),
            "no prompt was ever accepted"
        );
        for (id, promised) in promises {
            let id: SessionId = id.parse().unwrap();
            let journal = store.events(id, 0, 10_000).await.unwrap();
            let numbers: Vec<u64> = journal.iter().map(|event| event.seq).collect();
            assert_eq!(numbers, (1..=journal.len() as u64).collect::<Vec<_>>(), "{id}");
            let ends = journal.iter().filter(|event| matches!(event.kind, EventKind::SessionEnded { .. }));
            assert_eq!(ends.count(), 1, "{id}");
            for prompt in promised.prompts {
                let about = |event: &domain::Event| match &event.kind {
                    EventKind::PromptSubmitted { prompt_id, .. } => prompt_id.to_string() == prompt,
                    _ => false,
                };
                assert!(journal.iter().any(about), "{id} has lost prompt {prompt}");
            }
        }
    }
}
