//! Makes sandboxes that are a name in a set, as slowly and as badly as scripted.

use std::collections::{HashSet, VecDeque};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use domain::{SandboxId, TemplateHash};
use pool::{Maker, PortError, Urgency};

/// How one creation goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Ready,
    Fail,
    /// It never ends.
    Hang,
    /// It is said to be made and does not answer.
    Lie,
}

/// What there is. A creation that is cut off leaves its sandbox behind, as a careless maker would.
#[derive(Default)]
pub struct ScriptedMaker {
    pub create_ms: AtomicU64,
    pub freeze_ms: AtomicU64,
    /// So many removals fail before one works.
    pub destroys_failing: AtomicUsize,
    script: Mutex<VecDeque<Outcome>>,
    always: Mutex<Option<Outcome>>,
    template: Mutex<Option<String>>,
    sandboxes: Mutex<Sandboxes>,
    making: AtomicUsize,
    pub making_peak: AtomicUsize,
    pub existing_peak: AtomicUsize,
}

#[derive(Default)]
struct Sandboxes {
    existing: HashSet<SandboxId>,
    answering: HashSet<SandboxId>,
    frozen: HashSet<SandboxId>,
    made: Vec<(SandboxId, Urgency)>,
}

impl ScriptedMaker {
    pub fn new(create_ms: u64) -> Arc<Self> {
        Arc::new(Self { create_ms: AtomicU64::new(create_ms), ..Self::default() })
    }

    /// How the next creations go; after them, as `always` says.
    pub fn script(&self, outcomes: impl IntoIterator<Item = Outcome>) {
        self.script.lock().unwrap().extend(outcomes);
    }

    pub fn always(&self, outcome: Outcome) {
        *self.always.lock().unwrap() = Some(outcome);
    }

    pub fn set_template(&self, content: &str) {
        *self.template.lock().unwrap() = Some(content.to_owned());
    }

    /// The dev server of a sandbox dies; the sandbox itself stays.
    pub fn kill(&self, id: SandboxId) {
        self.sandboxes.lock().unwrap().answering.remove(&id);
    }

    /// A sandbox that nobody has asked for.
    pub fn appear(&self, id: SandboxId) {
        let mut sandboxes = self.sandboxes.lock().unwrap();
        sandboxes.existing.insert(id);
        sandboxes.answering.insert(id);
    }

    pub fn existing(&self) -> HashSet<SandboxId> {
        self.sandboxes.lock().unwrap().existing.clone()
    }

    pub fn answers(&self, id: SandboxId) -> bool {
        self.sandboxes.lock().unwrap().answering.contains(&id)
    }

    pub fn is_frozen(&self, id: SandboxId) -> bool {
        self.sandboxes.lock().unwrap().frozen.contains(&id)
    }

    /// Every sandbox that creation was begun for, a retry counting again.
    pub fn made(&self) -> Vec<SandboxId> {
        self.sandboxes.lock().unwrap().made.iter().map(|(id, _)| *id).collect()
    }

    /// How soon the sandbox was said to be needed.
    pub fn urgency(&self, id: SandboxId) -> Option<Urgency> {
        self.sandboxes.lock().unwrap().made.iter().find(|(made, _)| *made == id).map(|(_, urgency)| *urgency)
    }

    fn outcome(&self) -> Outcome {
        let scripted = self.script.lock().unwrap().pop_front();
        scripted.or(*self.always.lock().unwrap()).unwrap_or(Outcome::Ready)
    }
}

struct UnderWay<'a>(&'a AtomicUsize);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[async_trait]
impl Maker for ScriptedMaker {
    fn template_hash(&self) -> Option<TemplateHash> {
        Some(TemplateHash::new(self.template.lock().unwrap().clone().unwrap_or_default()))
    }

    async fn create(&self, id: SandboxId, urgency: Urgency) -> Result<(), PortError> {
        let _under_way = UnderWay(&self.making);
        self.making_peak.fetch_max(self.making.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        let outcome = self.outcome();
        {
            let mut sandboxes = self.sandboxes.lock().unwrap();
            sandboxes.made.push((id, urgency));
            sandboxes.existing.insert(id);
            self.existing_peak.fetch_max(sandboxes.existing.len(), Ordering::SeqCst);
        }
        tokio::time::sleep(Duration::from_millis(self.create_ms.load(Ordering::SeqCst))).await;
        match outcome {
            Outcome::Hang => std::future::pending().await,
            Outcome::Fail => {
                self.sandboxes.lock().unwrap().existing.remove(&id);
                Err("no room on the host".into())
            }
            Outcome::Lie => Ok(()),
            Outcome::Ready => {
                self.sandboxes.lock().unwrap().answering.insert(id);
                Ok(())
            }
        }
    }

    async fn destroy(&self, id: SandboxId) -> Result<(), PortError> {
        tokio::task::yield_now().await;
        let fails = |left: usize| left.checked_sub(1);
        if self.destroys_failing.fetch_update(Ordering::SeqCst, Ordering::SeqCst, fails).is_ok() {
            return Err("the host did not answer".into());
        }
        let mut sandboxes = self.sandboxes.lock().unwrap();
        sandboxes.existing.remove(&id);
        sandboxes.answering.remove(&id);
        sandboxes.frozen.remove(&id);
        Ok(())
    }

    async fn freeze(&self, id: SandboxId) -> Result<(), PortError> {
        self.sandboxes.lock().unwrap().frozen.insert(id);
        tokio::time::sleep(Duration::from_millis(self.freeze_ms.load(Ordering::SeqCst))).await;
        Ok(())
    }

    async fn thaw(&self, id: SandboxId) -> Result<(), PortError> {
        tokio::task::yield_now().await;
        self.sandboxes.lock().unwrap().frozen.remove(&id);
        Ok(())
    }

    async fn probe(&self, id: SandboxId) -> Result<(), PortError> {
        tokio::task::yield_now().await;
        let answers = self.sandboxes.lock().unwrap().answering.contains(&id);
        if answers { Ok(()) } else { Err("no answer".into()) }
    }

    async fn list(&self) -> Result<Vec<SandboxId>, PortError> {
        Ok(self.existing().into_iter().collect())
    }
}
