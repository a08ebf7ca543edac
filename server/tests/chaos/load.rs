//! Visitors who claim, ask, look and leave, as long as a server answers.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::ledger::Ledger;

/// Visitors at once.
const VISITORS: usize = 4;
/// What they ask for, one after the other.
const PROMPTS: [&str; 4] =
    ["make the theme ocean blue", "add a to-do list", "add a pricing table", "undo the last change"];

/// Visitors at work.
pub struct Load {
    visitors: JoinSet<()>,
    answers: watch::Receiver<u64>,
}

impl Load {
    pub fn start(url: &str, ledger: &Ledger) -> Self {
        let (count, answers) = watch::channel(0);
        let count = Arc::new(count);
        let turn = Arc::new(AtomicUsize::new(0));
        let mut visitors = JoinSet::new();
        for _ in 0..VISITORS {
            let visitor = Visitor {
                client: reqwest::Client::new(),
                url: url.to_owned(),
                ledger: ledger.clone(),
                answers: Arc::clone(&count),
                turn: Arc::clone(&turn),
            };
            visitors.spawn(visitor.carry_on());
        }
        Self { visitors, answers }
    }

    /// Waits until the server has given so many answers that were promises.
    pub async fn answered(&self, answers: u64) {
        // When every visitor has given up, the server is as good as dead.
        let _ = self.answers.clone().wait_for(|given| *given >= answers).await;
    }

    /// Waits until every visitor has noticed that the server is gone.
    pub async fn stop(mut self) {
        while let Some(ended) = self.visitors.join_next().await {
            ended.unwrap();
        }
    }
}

struct Visitor {
    client: reqwest::Client,
    url: String,
    ledger: Ledger,
    answers: Arc<watch::Sender<u64>>,
    turn: Arc<AtomicUsize>,
}

impl Visitor {
    /// Goes on until the server does not answer any more.
    async fn carry_on(self) {
        while self.once().await.is_ok() {}
    }

    async fn once(&self) -> Result<(), reqwest::Error> {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        let open = self.ledger.open();
        match open.get(turn % open.len().max(1)) {
            Some(session) if turn.is_multiple_of(7) => self.close(session).await,
            Some(session) if !turn.is_multiple_of(3) => {
                self.ask(session, PROMPTS[turn % PROMPTS.len()]).await
            }
            Some(_) | None => self.claim().await,
        }
    }

    async fn claim(&self) -> Result<(), reqwest::Error> {
        let claim = self.client.post(format!("{}/api/v1/demo/claim", self.url)).json(&json!({}));
        let response = claim.send().await?;
        match response.status().as_u16() {
            201 => {
                self.ledger.claimed(&response.json::<Value>().await?);
                self.count();
            }
            // Every sandbox is taken.
            429 | 503 => {}
            other => panic!("a claim was answered {other}"),
        }
        Ok(())
    }

    async fn ask(&self, session: &str, text: &str) -> Result<(), reqwest::Error> {
        let promised = self.ledger.promised(session);
        let url = format!("{}/api/v1/demo/{session}/prompt", self.url);
        let prompt = self.client.post(url).bearer_auth(promised.token).json(&json!({ "text": text }));
        let response = prompt.send().await?;
        if response.status() == 202 {
            self.ledger.accepted(session, &response.json::<Value>().await?);
            self.count();
        }
        // It may be starting, busy, used up or over: all of that is an honest answer.
        Ok(())
    }

    async fn close(&self, session: &str) -> Result<(), reqwest::Error> {
        let promised = self.ledger.promised(session);
        let url = format!("{}/api/v1/demo/{session}", self.url);
        let response = self.client.delete(url).bearer_auth(promised.token).send().await?;
        assert_eq!(response.status(), 204);
        self.ledger.closed(session);
        self.count();
        Ok(())
    }

    fn count(&self) {
        self.answers.send_modify(|answers| *answers += 1);
    }
}
