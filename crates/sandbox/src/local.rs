//! `local`: sandboxes on this machine, made of Linux namespaces, without root and without another program's daemon (E2).
//!
//! For each sandbox there is a directory with two sockets and two records, a control group, and a process tree below
//! `sandboxd`. Nothing of that belongs to this process: sandboxes outlive it, and the next one finds them again.

mod bake;
mod cgroup;
mod client;
mod config;
mod disks;
mod handle;
mod host;
mod isolation;
mod launch;
mod maker;
mod place;
mod socket;
mod trial;
mod users;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use data_encoding::HEXLOWER;
use domain::{SandboxId, TemplateHash, TemplateName};
use sandboxd::launch::Workspace;
use sandboxd::wire::Stage;
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;
use tokio::time::timeout;

use crate::{
    Capabilities, CreateSpec, Isolation, Provider, ProviderHealth, ProviderStatus, Sandbox, SandboxError,
    TemplateManifest, Templates,
};
use cgroup::{Cgroup, Cgroups};
use client::unreachable_because;
use launch::create_error;
use maker::{Known, Maker, Unfinished};
use place::Record;
use users::Users;

pub use config::{Limits, LocalConfig, UidRange};
pub use isolation::{Feature, Inspection};

/// How long freezing waits for a dev server that is still warming up, in milliseconds.
const WARM_UP_TIMEOUT_MS: u64 = 5_000;

/// Makes sandboxes on this machine.
pub struct LocalProvider {
    maker: Arc<Maker>,
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
        let instance = HEXLOWER.encode(&digest[..6]);
        let cgroups = if config.control_groups {
            Cgroups::detect(&instance, &disks::of(&[Path::new("/usr"), &config.template_cache_dir]))
        } else {
            Cgroups::Unavailable("they are switched off by sandbox.control_groups".to_owned())
        };
        let is_root = rustix::process::geteuid().is_root();
        let mut maker = Maker {
            problems: host::problems(&config).into_iter().chain(node.clone().err()).collect(),
            proven: AtomicBool::new(false),
            baking: AtomicUsize::new(0),
            users: if is_root { Users::each(config.uids_when_root) } else { Users::Own },
            instance,
            config,
            templates,
            node,
            cgroups,
        };
        if is_root && maker.problems.is_empty() {
            maker.settle_users().await;
        }
        Ok(Self { maker: Arc::new(maker) })
    }

    /// Tries out what is in force in a sandbox of this machine, by making one (I5).
    pub async fn inspect(&self) -> Inspection {
        let maker = &self.maker;
        let uid = maker.users.for_trial();
        isolation::report(maker, trial::run(maker, uid).await)
    }

    /// Bakes a template if that has not been done for its present content: seconds the first time, nothing afterwards.
    ///
    /// # Errors
    /// [`SandboxError::UnknownTemplate`], [`SandboxError::Create`] or [`SandboxError::Timeout`].
    pub async fn prepare(&self, template: &TemplateName) -> Result<(), SandboxError> {
        self.maker.baked(self.maker.known(template)?).await.map(drop)
    }

    /// What the template's manifest says.
    pub fn manifest(&self, template: &TemplateName) -> Option<&TemplateManifest> {
        Some(&self.maker.templates.get(template)?.template.manifest)
    }

    /// Every template, by name.
    pub fn manifests(&self) -> impl Iterator<Item = &TemplateManifest> {
        self.maker.templates.values().map(|known| &known.template.manifest)
    }
}

/// Makes the directories and every path absolute.
fn usable(config: LocalConfig) -> Result<LocalConfig, SandboxError> {
    host::make_private(&config.runtime_dir).map_err(create_error("use the runtime directory"))?;
    fs::create_dir_all(&config.template_cache_dir).map_err(create_error("use the template cache"))?;
    let absolute = |path: &Path| fs::canonicalize(path).map_err(create_error("find a directory"));
    Ok(LocalConfig {
        runtime_dir: absolute(&config.runtime_dir)?,
        template_cache_dir: absolute(&config.template_cache_dir)?,
        template_dir: absolute(&config.template_dir)?,
        ..config
    })
}

#[async_trait]
impl Provider for LocalProvider {
    fn name(&self) -> &'static str {
        "local"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            freeze: !matches!(self.maker.cgroups, Cgroups::Unavailable(_)),
            exec: true,
            terminal: true,
            egress: true,
            screenshot: self.maker.config.browser.is_some(),
            outlives_server: true,
        }
    }

    fn status(&self) -> ProviderStatus {
        let maker = &self.maker;
        if !maker.problems.is_empty() && !maker.proven.load(Ordering::Relaxed) {
            return ProviderStatus { health: ProviderHealth::Error, detail: maker.problems.join("; ") };
        }
        if maker.baking.load(Ordering::Relaxed) > 0 {
            return ProviderStatus {
                health: ProviderHealth::Loading,
                detail: "a template is being prepared".to_owned(),
            };
        }
        let detail = match &maker.cgroups {
            Cgroups::V1(_) | Cgroups::V2(_) => String::new(),
            Cgroups::Unavailable(reason) => weak_because(reason),
        };
        ProviderStatus { health: ProviderHealth::Connected, detail }
    }

    fn isolation(&self) -> Isolation {
        match &self.maker.cgroups {
            Cgroups::V1(_) | Cgroups::V2(_) => Isolation::Strong,
            Cgroups::Unavailable(reason) => Isolation::Weak { because: weak_because(reason) },
        }
    }

    fn template_hash(&self, template: &TemplateName) -> Option<TemplateHash> {
        Some(self.maker.templates.get(template)?.hash.clone())
    }

    async fn create(&self, spec: CreateSpec) -> Result<Arc<dyn Sandbox>, SandboxError> {
        let maker = &self.maker;
        let known = maker.known(&spec.template)?;
        let lower = maker.baked(known).await?;
        let (place, cgroup) = (maker.place(spec.id), maker.cgroup(spec.id));
        if place.exists() {
            return Err(SandboxError::Create {
                reason: format!("there is a sandbox {} already", spec.id),
                source: None,
            });
        }
        let unfinished = Unfinished::new(maker, spec.id);
        let record = |uid| Record {
            template: spec.template.clone(),
            template_hash: known.hash.clone(),
            cgroups: cgroup.directories(),
            uid,
        };
        let (uid, listeners) = maker
            .users
            .choose(&maker.config.runtime_dir, |uid| place.create(&record(uid)))
            .map_err(create_error("make its directory"))?;
        let workspace = Workspace::Overlay { lower, owner: maker.users.template_owner() };
        let launch_spec = maker.launch_spec(&known.template, workspace, &cgroup, uid);
        let limit_ms = maker.config.create_timeout_ms;
        let built =
            timeout(Duration::from_millis(limit_ms), maker.build(&spec, &launch_spec, listeners)).await;
        unfinished.finish();
        match built.unwrap_or(Err(SandboxError::Timeout { what: "making the sandbox", limit_ms })) {
            Ok(sandbox) => Ok(Arc::new(sandbox)),
            Err(error) => {
                if let Err(left) = maker.clear(&place, &cgroup).await {
                    tracing::warn!(sandbox.id = %spec.id, error = %left, "a sandbox that failed was not removed");
                }
                Err(error)
            }
        }
    }

    async fn attach(&self, id: SandboxId) -> Result<Arc<dyn Sandbox>, SandboxError> {
        let record = self.maker.place(id).record().map_err(|_| SandboxError::Gone(id))?;
        let sandbox = self.maker.handle(id, &record.template);
        sandbox.client.connect(&sandbox.client.control).await?;
        Ok(Arc::new(sandbox))
    }

    async fn list(&self) -> Result<Vec<SandboxId>, SandboxError> {
        let unreadable =
            |error: std::io::Error| unreachable_because("the runtime directory can't be read", error);
        let mut ids = BTreeSet::<SandboxId>::new();
        for entry in fs::read_dir(&self.maker.config.runtime_dir).map_err(unreadable)? {
            let name = entry.map_err(unreadable)?.file_name();
            ids.extend(name.to_str().and_then(|name| name.parse::<SandboxId>().ok()));
        }
        let names = self.maker.cgroups.names().map_err(unreadable)?;
        ids.extend(names.iter().filter_map(|name| name.parse::<SandboxId>().ok()));
        Ok(ids.into_iter().collect())
    }

    async fn destroy(&self, id: SandboxId) -> Result<(), SandboxError> {
        self.maker.clear(&self.maker.place(id), &self.maker.cgroup(id)).await
    }

    async fn freeze(&self, id: SandboxId) -> Result<(), SandboxError> {
        let cgroup = self.living(id)?;
        if matches!(cgroup, Cgroup::Unavailable) || cgroup.is_frozen().map_err(not_frozen)? {
            return Ok(());
        }
        // Frozen any earlier, it would be slow for its visitor and hold the memory it only needed to start. One that
        // does not get warm in time, or has died, is frozen as it is: a probe will tell.
        let warm = self.maker.client(id);
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
        if self.maker.place(id).exists() { Ok(self.maker.cgroup(id)) } else { Err(SandboxError::Gone(id)) }
    }
}

fn weak_because(reason: &str) -> String {
    format!(
        "control groups can't be used, so memory and processes are bounded for each process only, and idle sandboxes \
         are not frozen ({reason})"
    )
}

fn not_frozen(error: std::io::Error) -> SandboxError {
    unreachable_because("its control group did not do as asked", error)
}
