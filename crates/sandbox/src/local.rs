//! `local`: sandboxes on this machine, made of Linux namespaces, without root and without another program's daemon (E2).
//!
//! For each sandbox there is a directory with two sockets and two records, a control group, and a process tree below
//! `sandboxd`. Nothing of that belongs to this process: sandboxes outlive it, and the next one finds them again.

mod bake;
mod cgroup;
mod client;
mod config;
mod handle;
mod host;
mod launch;
mod place;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use data_encoding::HEXLOWER;
use domain::{SandboxId, TemplateHash, TemplateName};
use sandboxd::launch::{DevServer, LaunchLimits, LaunchSpec, Workspace};
use sandboxd::wire::Stage;
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;
use tokio::time::timeout;

use crate::{
    Capabilities, CreateSpec, Provider, ProviderHealth, ProviderStatus, Sandbox, SandboxError, Template,
    TemplateManifest, Templates,
};
use cgroup::{Cgroup, Cgroups};
use client::{Client, unreachable_because};
use handle::LocalSandbox;
use launch::{create_error, launch};
use place::{Place, Record};

pub use config::{Limits, LocalConfig};

/// How long freezing waits for a dev server that is still warming up, in milliseconds.
const WARM_UP_TIMEOUT_MS: u64 = 5_000;

/// How much of what a program wrote goes into an error.
const SERVER_LOG_CHARS_MAX: usize = 1_000;

/// Makes sandboxes on this machine.
pub struct LocalProvider {
    inner: Arc<Inner>,
}

struct Inner {
    config: LocalConfig,
    templates: BTreeMap<TemplateName, Known>,
    node: Result<host::Node, String>,
    /// What probably keeps sandboxes from being made here.
    problems: Vec<String>,
    /// Whether one was made all the same.
    proven: AtomicBool,
    baking: AtomicUsize,
    cgroups: Cgroups,
    root: bool,
}

/// A template, and where it is once it is baked.
struct Known {
    template: Template,
    hash: TemplateHash,
    baked: Mutex<Option<PathBuf>>,
}

impl LocalProvider {
    /// A provider for this machine. Where it can't make sandboxes it says so in its status; nothing is baked yet.
    ///
    /// # Errors
    /// [`SandboxError::Create`] when a directory can't be used or a template is not one.
    pub async fn new(config: LocalConfig) -> Result<Self, SandboxError> {
        let config = usable(config)?;
        let node = host::Node::find(config.node_path.as_deref()).await;
        let toolchain = node.as_ref().map_or("no node".to_owned(), |node| format!("node {}", node.major));
        let sources = Templates::load(&config.template_dir).map_err(create_error("read the templates"))?;
        let mut templates = BTreeMap::new();
        for (name, template) in sources.iter() {
            let known = Known {
                hash: template.hash(&toolchain).map_err(create_error("read the templates"))?,
                template: template.clone(),
                baked: Mutex::new(None),
            };
            templates.insert(name.clone(), known);
        }
        let digest = Sha256::digest(config.runtime_dir.as_os_str().as_encoded_bytes());
        let cgroups = Cgroups::detect(&HEXLOWER.encode(&digest[..6]));
        let inner = Inner {
            problems: host::problems(&config).into_iter().chain(node.clone().err()).collect(),
            proven: AtomicBool::new(false),
            baking: AtomicUsize::new(0),
            root: rustix::process::geteuid().is_root(),
            config,
            templates,
            node,
            cgroups,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Bakes a template if that has not been done for its present content: seconds the first time, nothing afterwards.
    ///
    /// # Errors
    /// [`SandboxError::UnknownTemplate`], [`SandboxError::Create`] or [`SandboxError::Timeout`].
    pub async fn prepare(&self, template: &TemplateName) -> Result<(), SandboxError> {
        self.inner.baked(self.inner.known(template)?).await.map(drop)
    }

    /// What the template's manifest says.
    pub fn manifest(&self, template: &TemplateName) -> Option<&TemplateManifest> {
        Some(&self.inner.templates.get(template)?.template.manifest)
    }

    /// Every template, by name.
    pub fn manifests(&self) -> impl Iterator<Item = &TemplateManifest> {
        self.inner.templates.values().map(|known| &known.template.manifest)
    }
}

/// Makes the directories and every path absolute.
fn usable(config: LocalConfig) -> Result<LocalConfig, SandboxError> {
    host::make_private(&config.runtime_dir).map_err(create_error("use the runtime directory"))?;
    fs::create_dir_all(&config.template_cache_dir).map_err(create_error("use the template cache"))?;
    let absolute = |path: &Path| fs::canonicalize(path).map_err(create_error("find a directory"));
    let config = LocalConfig {
        runtime_dir: absolute(&config.runtime_dir)?,
        template_cache_dir: absolute(&config.template_cache_dir)?,
        template_dir: absolute(&config.template_dir)?,
        ..config
    };
    let socket_bytes =
        config.runtime_dir.as_os_str().len() + 1 + "00000000-0000-0000-0000-000000000000".len();
    if socket_bytes > place::PATH_BYTES_MAX {
        return Err(SandboxError::Create {
            reason: format!(
                "the runtime directory {} has a longer path than a socket may have: choose a shorter one",
                config.runtime_dir.display()
            ),
            source: None,
        });
    }
    Ok(config)
}

impl Inner {
    fn known(&self, template: &TemplateName) -> Result<&Known, SandboxError> {
        self.templates.get(template).ok_or_else(|| SandboxError::UnknownTemplate(template.clone()))
    }

    fn node(&self) -> Result<&host::Node, SandboxError> {
        self.node.as_ref().map_err(|reason| SandboxError::Create { reason: reason.clone(), source: None })
    }

    /// Who owns what is inside, when that is not who runs this process.
    fn uid(&self) -> Option<u32> {
        self.root.then_some(self.config.uid_when_root)
    }

    async fn baked(&self, known: &Known) -> Result<PathBuf, SandboxError> {
        let mut baked = known.baked.lock().await;
        if let Some(path) = baked.as_ref() {
            return Ok(path.clone());
        }
        let _loading = Counted::new(&self.baking);
        let path = bake::baked(self, &known.template, &known.hash).await?;
        Ok(baked.insert(path).clone())
    }

    fn launch_spec(&self, template: &Template, workspace: Workspace, cgroup: &Cgroup) -> LaunchSpec {
        let (limits, server) = (&self.config.limits, &template.manifest.dev_server);
        let uncounted = matches!(cgroup, Cgroup::Unavailable);
        let script = server.script.clone().zip(template.script.clone());
        LaunchSpec {
            workspace,
            own_files: script.into_iter().collect(),
            node_prefix: self.node.as_ref().ok().and_then(|node| node.prefix.clone()),
            cgroup_procs: cgroup.procs(),
            uid_outside: self.config.uid_when_root,
            limits: LaunchLimits {
                workspace_bytes_max: limits.workspace_bytes_max,
                workspace_inodes_max: limits.workspace_inodes_max,
                tmp_bytes_max: limits.tmp_bytes_max,
                tasks_max: uncounted.then_some(limits.tasks_max),
                process_bytes_max: uncounted.then_some(limits.memory_bytes_max),
            },
            dev_server: DevServer {
                command: server.command.iter().chain(&server.warm_paths).cloned().collect(),
                env: server.env.clone(),
            },
        }
    }

    fn place(&self, id: SandboxId) -> Place {
        Place::new(&self.config.runtime_dir, &id.to_string())
    }

    fn cgroup(&self, id: SandboxId) -> Cgroup {
        self.cgroups.group(&id.to_string())
    }

    fn client(&self, id: SandboxId) -> Client {
        let place = self.place(id);
        Client { id, control: place.control_socket(), dev_server: place.dev_socket() }
    }

    fn handle(&self, id: SandboxId, template: &TemplateName) -> LocalSandbox {
        let known = self.templates.get(template);
        LocalSandbox {
            client: self.client(id),
            cgroup: self.cgroup(id),
            // A sandbox of a template that is gone is still asked for what all of them have.
            health_path: known
                .map_or("/".to_owned(), |known| known.template.manifest.dev_server.health_path.clone()),
        }
    }

    /// Builds the sandbox in the place made for it, and returns once its dev server answers.
    async fn build(
        &self,
        spec: &CreateSpec,
        launch_spec: &LaunchSpec,
        listeners: place::Listeners,
    ) -> Result<LocalSandbox, SandboxError> {
        let (place, cgroup) = (self.place(spec.id), self.cgroup(spec.id));
        cgroup.create(&self.config.limits).map_err(create_error("make its control group"))?;
        launch(&self.config.sandboxd_path, launch_spec, &place, listeners).await?;
        self.proven.store(true, Ordering::Relaxed);
        let sandbox = self.handle(spec.id, &spec.template);
        match sandbox.answers().await {
            Ok(()) => Ok(sandbox),
            Err(error) => Err(self.explain(&sandbox, error).await),
        }
    }

    /// Adds what the dev server wrote last, if it is dead.
    async fn explain(&self, sandbox: &LocalSandbox, error: SandboxError) -> SandboxError {
        match sandbox.client.dev_server(Stage::Starting).await {
            Ok(state) if state.stage == Stage::Exited => SandboxError::Create {
                reason: format!("the dev server ended: {}", tail(&state.log, SERVER_LOG_CHARS_MAX)),
                source: Some(Box::new(error)),
            },
            Ok(_) | Err(_) => SandboxError::Create {
                reason: "the dev server did not answer".to_owned(),
                source: Some(Box::new(error)),
            },
        }
    }

    /// Ends and removes everything of one sandbox. Idempotent.
    async fn clear(&self, place: &Place, cgroup: &Cgroup) -> Result<(), SandboxError> {
        let left = |error: std::io::Error| unreachable_because("something of it is left", error);
        // The group first: what is frozen can't die of anything else.
        cgroup.end().await.map_err(left)?;
        cgroup::until(|| place.kill()).await.map_err(left)?;
        place.remove().map_err(left)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.cgroups.tidy();
    }
}

#[async_trait]
impl Provider for LocalProvider {
    fn name(&self) -> &'static str {
        "local"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            freeze: !matches!(self.inner.cgroups, Cgroups::Unavailable(_)),
            exec: true,
            outlives_server: true,
        }
    }

    fn status(&self) -> ProviderStatus {
        let inner = &self.inner;
        if !inner.problems.is_empty() && !inner.proven.load(Ordering::Relaxed) {
            return ProviderStatus { health: ProviderHealth::Error, detail: inner.problems.join("; ") };
        }
        if inner.baking.load(Ordering::Relaxed) > 0 {
            return ProviderStatus {
                health: ProviderHealth::Loading,
                detail: "a template is being prepared".to_owned(),
            };
        }
        let detail = match &inner.cgroups {
            Cgroups::V1(_) | Cgroups::V2(_) => String::new(),
            Cgroups::Unavailable(reason) => format!(
                "control groups can't be used, so memory and processes are bounded for each process only, and idle \
                 sandboxes are not frozen ({reason})"
            ),
        };
        ProviderStatus { health: ProviderHealth::Connected, detail }
    }

    fn template_hash(&self, template: &TemplateName) -> Option<TemplateHash> {
        Some(self.inner.templates.get(template)?.hash.clone())
    }

    async fn create(&self, spec: CreateSpec) -> Result<Arc<dyn Sandbox>, SandboxError> {
        let inner = &self.inner;
        let known = inner.known(&spec.template)?;
        let lower = inner.baked(known).await?;
        let (place, cgroup) = (inner.place(spec.id), inner.cgroup(spec.id));
        let record = Record {
            template: spec.template.clone(),
            template_hash: known.hash.clone(),
            cgroups: cgroup.directories(),
        };
        let launch_spec = inner.launch_spec(&known.template, Workspace::Overlay { lower }, &cgroup);
        if place.exists() {
            return Err(SandboxError::Create {
                reason: format!("there is a sandbox {} already", spec.id),
                source: None,
            });
        }
        let unfinished = Unfinished::new(inner, spec.id);
        let listeners = place.create(&record).map_err(create_error("make its directory"))?;
        let limit_ms = inner.config.create_timeout_ms;
        let built =
            timeout(Duration::from_millis(limit_ms), inner.build(&spec, &launch_spec, listeners)).await;
        unfinished.finish();
        match built.unwrap_or(Err(SandboxError::Timeout { what: "making the sandbox", limit_ms })) {
            Ok(sandbox) => Ok(Arc::new(sandbox)),
            Err(error) => {
                if let Err(left) = inner.clear(&place, &cgroup).await {
                    tracing::warn!(sandbox.id = %spec.id, error = %left, "a sandbox that failed was not removed");
                }
                Err(error)
            }
        }
    }

    async fn attach(&self, id: SandboxId) -> Result<Arc<dyn Sandbox>, SandboxError> {
        let record = self.inner.place(id).record().map_err(|_| SandboxError::Gone(id))?;
        let sandbox = self.inner.handle(id, &record.template);
        sandbox.client.connect(&sandbox.client.control).await?;
        Ok(Arc::new(sandbox))
    }

    async fn list(&self) -> Result<Vec<SandboxId>, SandboxError> {
        let unreadable =
            |error: std::io::Error| unreachable_because("the runtime directory can't be read", error);
        let mut ids = BTreeSet::<SandboxId>::new();
        for entry in fs::read_dir(&self.inner.config.runtime_dir).map_err(unreadable)? {
            let name = entry.map_err(unreadable)?.file_name();
            ids.extend(name.to_str().and_then(|name| name.parse::<SandboxId>().ok()));
        }
        let names = self.inner.cgroups.names().map_err(unreadable)?;
        ids.extend(names.iter().filter_map(|name| name.parse::<SandboxId>().ok()));
        Ok(ids.into_iter().collect())
    }

    async fn destroy(&self, id: SandboxId) -> Result<(), SandboxError> {
        self.inner.clear(&self.inner.place(id), &self.inner.cgroup(id)).await
    }

    async fn freeze(&self, id: SandboxId) -> Result<(), SandboxError> {
        let cgroup = self.living(id)?;
        if matches!(cgroup, Cgroup::Unavailable) || cgroup.is_frozen().map_err(not_frozen)? {
            return Ok(());
        }
        // Frozen any earlier, it would be slow for its visitor and hold the memory it only needed to start. One that
        // does not get warm in time, or has died, is frozen as it is: a probe will tell.
        let warm = self.inner.client(id);
        let _ = timeout(Duration::from_millis(WARM_UP_TIMEOUT_MS), warm.dev_server(Stage::Warm)).await;
        cgroup.freeze().await.map_err(not_frozen)
    }

    async fn thaw(&self, id: SandboxId) -> Result<(), SandboxError> {
        match self.living(id)? {
            Cgroup::Unavailable => Ok(()),
            cgroup => cgroup.thaw().map_err(not_frozen),
        }
    }
}

impl LocalProvider {
    /// The control group of a sandbox that has not been destroyed.
    fn living(&self, id: SandboxId) -> Result<Cgroup, SandboxError> {
        if self.inner.place(id).exists() { Ok(self.inner.cgroup(id)) } else { Err(SandboxError::Gone(id)) }
    }
}

fn not_frozen(error: std::io::Error) -> SandboxError {
    unreachable_because("its control group did not do as asked", error)
}

/// The last characters of a text.
fn tail(text: &str, chars_max: usize) -> &str {
    let excess = text.chars().count().saturating_sub(chars_max);
    text.char_indices().nth(excess).map_or(text, |(start, _)| &text[start..])
}

/// Counts what is going on, for as long as it is held.
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn new(counter: &'a AtomicUsize) -> Self {
        counter.fetch_add(1, Ordering::Relaxed);
        Self(counter)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A sandbox that is being made. When the call that makes it is dropped, what there is of it is removed.
struct Unfinished {
    made: Option<(Arc<Inner>, SandboxId)>,
}

impl Unfinished {
    fn new(inner: &Arc<Inner>, id: SandboxId) -> Self {
        Self { made: Some((inner.clone(), id)) }
    }

    /// It is finished, well or not: whoever makes it goes on by themselves.
    fn finish(mut self) {
        self.made = None;
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let Some((inner, id)) = self.made.take() else {
            return;
        };
        // Without a runtime there is nothing to do it with; whoever starts next finds it with `list`.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                if let Err(left) = inner.clear(&inner.place(id), &inner.cgroup(id)).await {
                    tracing::warn!(sandbox.id = %id, error = %left, "an abandoned sandbox was not removed");
                }
            });
        }
    }
}
