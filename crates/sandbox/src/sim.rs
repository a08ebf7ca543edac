//! `sim`: sandboxes that are kept in this process's memory, with latencies and failures as scripted.
//!
//! A real provider for development, tests, the pool's simulator, and machines that cannot isolate: files work, the
//! preview serves them as they are, terminals say back what was typed, and nothing is ever run. All waiting is Tokio's, so paused time passes at once.

mod archive;
mod control;
mod dev_server;
mod files;
mod handle;
mod terminals;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use domain::{SandboxId, TemplateHash, TemplateName, WorkspacePath};

use crate::{
    Capabilities, CreateSpec, Isolation, Provider, ProviderHealth, ProviderStatus, Sandbox, SandboxError,
    TemplateManifest, Templates,
};
use handle::SimSandbox;

pub use control::{CreateOutcome, SimControl};
pub use handle::BROKEN;

/// How the simulated provider behaves when nothing else is scripted.
#[derive(Debug, Clone)]
pub struct SimConfig {
    /// The folder with the templates' sources.
    pub template_dir: PathBuf,
    /// How long making a sandbox takes, in milliseconds. Default 0.
    pub create_ms: u64,
    /// How long thawing one takes, in milliseconds. Default 0.
    pub thaw_ms: u64,
}

impl SimConfig {
    /// Without any delay.
    pub fn new(template_dir: PathBuf) -> Self {
        Self { template_dir, create_ms: 0, thaw_ms: 0 }
    }
}

/// Makes sandboxes in memory.
pub struct SimProvider {
    shared: Arc<Shared>,
}

/// What the provider and those who script it both see.
struct Shared {
    config: SimConfig,
    templates: BTreeMap<TemplateName, Known>,
    state: Mutex<State>,
    impostor: control::Impostor,
}

struct Known {
    manifest: TemplateManifest,
    hash: TemplateHash,
    files: BTreeMap<WorkspacePath, Bytes>,
}

#[derive(Default)]
struct State {
    /// Those being made have no handle yet.
    sandboxes: BTreeMap<SandboxId, Option<Arc<SimSandbox>>>,
    script: control::Script,
}

impl SimProvider {
    /// A provider with the templates of a folder.
    ///
    /// # Errors
    /// [`SandboxError::Create`] when a template is not one.
    pub fn new(config: SimConfig) -> Result<Self, SandboxError> {
        let unusable = |error: crate::TemplateError| SandboxError::Create {
            reason: "could not read the templates".to_owned(),
            source: Some(Box::new(error)),
        };
        let sources = Templates::load(&config.template_dir).map_err(unusable)?;
        let mut templates = BTreeMap::new();
        for (name, template) in sources.iter() {
            let files = template.files().map_err(unusable)?;
            let known = Known {
                manifest: template.manifest.clone(),
                hash: template.hash("sim").map_err(unusable)?,
                files: files
                    .into_iter()
                    .filter_map(|(path, content)| Some((path.parse().ok()?, content.into())))
                    .collect(),
            };
            templates.insert(name.clone(), known);
        }
        Ok(Self {
            shared: Arc::new(Shared {
                config,
                templates,
                state: Mutex::default(),
                impostor: control::Impostor::default(),
            }),
        })
    }

    /// What scripts its failures.
    pub fn control(&self) -> SimControl {
        SimControl::new(self.shared.clone())
    }

    /// What the template's manifest says.
    pub fn manifest(&self, template: &TemplateName) -> Option<&TemplateManifest> {
        Some(&self.shared.templates.get(template)?.manifest)
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn living(&self, id: SandboxId) -> Result<Arc<SimSandbox>, SandboxError> {
        let known = self.lock().sandboxes.get(&id).cloned().flatten();
        known.ok_or(SandboxError::Gone(id))
    }

    fn forget(&self, id: SandboxId) {
        let known = self.lock().sandboxes.remove(&id);
        if let Some(Some(sandbox)) = known {
            sandbox.end();
        }
    }
}

#[async_trait]
impl Provider for SimProvider {
    fn name(&self) -> &'static str {
        "sim"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            freeze: true,
            exec: false,
            terminal: true,
            egress: false,
            screenshot: false,
            outlives_server: false,
        }
    }

    fn status(&self) -> ProviderStatus {
        ProviderStatus { health: ProviderHealth::Connected, detail: String::new() }
    }

    fn isolation(&self) -> Isolation {
        // Nothing runs, so nothing gets out.
        Isolation::Strong
    }

    fn template_hash(&self, template: &TemplateName) -> Option<TemplateHash> {
        Some(self.shared.templates.get(template)?.hash.clone())
    }

    async fn create(&self, spec: CreateSpec) -> Result<Arc<dyn Sandbox>, SandboxError> {
        let known = self.shared.templates.get(&spec.template);
        let known = known.ok_or_else(|| SandboxError::UnknownTemplate(spec.template.clone()))?;
        let failed = |reason: String| SandboxError::Create { reason, source: None };
        let (outcome, create_ms) = {
            let mut state = self.shared.lock();
            if state.sandboxes.contains_key(&spec.id) {
                return Err(failed(format!("there is a sandbox {} already", spec.id)));
            }
            state.sandboxes.insert(spec.id, None);
            (state.script.next_create(), state.script.create_ms.unwrap_or(self.shared.config.create_ms))
        };
        let unfinished = Unfinished(Some((self.shared.clone(), spec.id)));
        tokio::time::sleep(Duration::from_millis(create_ms)).await;
        match outcome {
            CreateOutcome::Ready => {}
            CreateOutcome::Fail(reason) => return Err(failed(reason)),
            CreateOutcome::Hang => std::future::pending().await,
        }
        let sandbox = SimSandbox::new(spec.id, known.files.clone(), self.shared.impostor.clone());
        // Somebody may have destroyed it while it was being made.
        match self.shared.lock().sandboxes.get_mut(&spec.id) {
            Some(place) => *place = Some(sandbox.clone()),
            None => return Err(failed("it was destroyed while it was being made".to_owned())),
        }
        unfinished.finish();
        Ok(sandbox)
    }

    async fn attach(&self, id: SandboxId) -> Result<Arc<dyn Sandbox>, SandboxError> {
        Ok(self.shared.living(id)?)
    }

    async fn list(&self) -> Result<Vec<SandboxId>, SandboxError> {
        Ok(self.shared.lock().sandboxes.keys().copied().collect())
    }

    async fn destroy(&self, id: SandboxId) -> Result<(), SandboxError> {
        self.shared.forget(id);
        Ok(())
    }

    async fn freeze(&self, id: SandboxId) -> Result<(), SandboxError> {
        self.shared.living(id)?.set_frozen(true);
        Ok(())
    }

    async fn thaw(&self, id: SandboxId) -> Result<(), SandboxError> {
        let sandbox = self.shared.living(id)?;
        tokio::time::sleep(Duration::from_millis(self.shared.config.thaw_ms)).await;
        sandbox.set_frozen(false);
        Ok(())
    }
}

/// A sandbox that is being made: forgotten when the call that makes it fails or is dropped.
struct Unfinished(Option<(Arc<Shared>, SandboxId)>);

impl Unfinished {
    fn finish(mut self) {
        self.0 = None;
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some((shared, id)) = self.0.take() {
            shared.forget(id);
        }
    }
}

#[cfg(test)]
mod tests;
