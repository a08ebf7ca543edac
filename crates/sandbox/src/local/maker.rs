//! Makes sandboxes and removes them: what the provider is made of, apart from its trait.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use domain::{SandboxId, TemplateHash, TemplateName};
use sandboxd::launch::{DevServer, LaunchLimits, LaunchSpec, Workspace};
use sandboxd::wire::Stage;
use tokio::sync::Mutex;

use super::LocalConfig;
use super::bake;
use super::cgroup::{self, Cgroup, Cgroups};
use super::client::{Client, unreachable_because};
use super::handle::{BROWSER_BYTES, Browser, LocalSandbox, Preview};
use super::host;
use super::launch::{create_error, launch};
use super::place::{Listeners, Place};
use super::trial;
use super::users::Users;
use crate::{CreateSpec, DevServerManifest, SandboxError, Template};

/// How much of what a program wrote goes into an error.
pub(super) const SERVER_LOG_CHARS_MAX: usize = 1_000;

/// What makes sandboxes, and what it knows of this machine.
pub(super) struct Maker {
    pub(super) config: LocalConfig,
    pub(super) templates: BTreeMap<TemplateName, Known>,
    pub(super) node: Result<host::Node, String>,
    /// What probably keeps sandboxes from being made here.
    pub(super) problems: Vec<String>,
    /// Whether one was made all the same.
    pub(super) proven: AtomicBool,
    pub(super) baking: AtomicUsize,
    pub(super) cgroups: Cgroups,
    pub(super) users: Users,
    /// Names the runtime directory where several share something.
    pub(super) instance: String,
}

/// A template, and where it is once it is baked.
pub(super) struct Known {
    pub(super) template: Template,
    pub(super) hash: TemplateHash,
    pub(super) baked: Mutex<Option<PathBuf>>,
}

impl Maker {
    /// Sees whether each sandbox can be a user of its own, and has all of them be one where not.
    pub(super) async fn settle_users(&mut self) {
        let reason = match trial::run(self, self.users.for_trial()).await {
            Ok(trial) if trial.inside.workspace_changes => return,
            Ok(_) => "a template's files can't be changed as another user's".to_owned(),
            Err(error) => error.to_string(),
        };
        self.users = Users::Shared { uid: self.config.uids_when_root.first, reason };
    }

    pub(super) fn known(&self, template: &TemplateName) -> Result<&Known, SandboxError> {
        self.templates.get(template).ok_or_else(|| SandboxError::UnknownTemplate(template.clone()))
    }

    pub(super) fn node(&self) -> Result<&host::Node, SandboxError> {
        self.node.as_ref().map_err(|reason| SandboxError::Create { reason: reason.clone(), source: None })
    }

    pub(super) async fn baked(&self, known: &Known) -> Result<PathBuf, SandboxError> {
        let mut baked = known.baked.lock().await;
        if let Some(path) = baked.as_ref() {
            return Ok(path.clone());
        }
        let _loading = Counted::new(&self.baking);
        let path = bake::baked(self, &known.template, &known.hash).await?;
        Ok(baked.insert(path).clone())
    }

    pub(super) fn launch_spec(
        &self,
        template: &Template,
        workspace: Workspace,
        cgroup: &Cgroup,
        uid: Option<u32>,
    ) -> LaunchSpec {
        let server = template.manifest.dev_server.as_ref();
        let script = server.and_then(|server| server.script.clone()).zip(template.script.clone());
        LaunchSpec {
            own_files: script.into_iter().collect(),
            dev_server: server.map(|server| DevServer {
                command: server.command.iter().chain(&server.warm_paths).cloned().collect(),
                env: environment(server),
            }),
            ..self.bare_launch_spec(workspace, cgroup, uid)
        }
    }

    /// What every launch has in common, without a dev server.
    pub(super) fn bare_launch_spec(
        &self,
        workspace: Workspace,
        cgroup: &Cgroup,
        uid: Option<u32>,
    ) -> LaunchSpec {
        let limits = &self.config.limits;
        let uncounted = matches!(cgroup, Cgroup::Unavailable);
        LaunchSpec {
            workspace,
            own_files: BTreeMap::new(),
            node_prefix: self.node.as_ref().ok().and_then(|node| node.prefix.clone()),
            cgroup_procs: cgroup.procs(),
            uid_outside: uid.unwrap_or(self.config.uids_when_root.first),
            limits: LaunchLimits {
                workspace_bytes_max: limits.workspace_bytes_max,
                workspace_inodes_max: limits.workspace_inodes_max,
                tmp_bytes_max: limits.tmp_bytes_max,
                tasks_max: uncounted.then_some(limits.tasks_max),
                process_bytes_max: uncounted.then_some(limits.memory_bytes_max),
            },
            dev_server: None,
        }
    }

    pub(super) fn place(&self, id: SandboxId) -> Place {
        Place::new(&self.config.runtime_dir, &id.to_string())
    }

    pub(super) fn cgroup(&self, id: SandboxId) -> Cgroup {
        self.cgroups.group(&id.to_string())
    }

    pub(super) fn client(&self, id: SandboxId) -> Client {
        let place = self.place(id);
        Client { id, control: place.control_socket(), dev_server: place.dev_socket() }
    }

    pub(super) fn handle(&self, id: SandboxId, template: &TemplateName) -> LocalSandbox {
        // A sandbox of a template that is gone is still asked for what all of them have.
        let known = self.templates.get(template);
        let preview = known.map_or_else(Preview::default, |known| Preview::of(&known.template.manifest));
        let browser = self.config.browser.clone().map(|program| Browser {
            program,
            used_bytes_max: self.config.limits.memory_bytes_max.saturating_sub(BROWSER_BYTES),
        });
        LocalSandbox { client: self.client(id), cgroup: self.cgroup(id), preview, browser }
    }

    /// Builds the sandbox in the place made for it, and returns once its dev server answers.
    pub(super) async fn build(
        &self,
        spec: &CreateSpec,
        launch_spec: &LaunchSpec,
        listeners: Listeners,
    ) -> Result<LocalSandbox, SandboxError> {
        let (place, cgroup) = (self.place(spec.id), self.cgroup(spec.id));
        let group_error = || create_error("make its control group");
        cgroup.create(&self.config.limits).map_err(group_error())?;
        if spec.awaited {
            cgroup.favour().map_err(group_error())?;
        }
        launch(&self.config.sandboxd_path, launch_spec, &place, listeners).await?;
        self.proven.store(true, Ordering::Relaxed);
        let sandbox = self.handle(spec.id, &spec.template);
        match sandbox.is_well().await {
            Ok(()) => Ok(sandbox),
            Err(error) => Err(self.explain(&sandbox, error).await),
        }
    }

    /// Adds what the dev server wrote last, if it is dead.
    pub(super) async fn explain(&self, sandbox: &LocalSandbox, error: SandboxError) -> SandboxError {
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
    pub(super) async fn clear(&self, place: &Place, cgroup: &Cgroup) -> Result<(), SandboxError> {
        let left = |error: std::io::Error| unreachable_because("something of it is left", error);
        // The group first: what is frozen can't die of anything else.
        cgroup.end().await.map_err(left)?;
        cgroup::until(|| place.kill()).await.map_err(left)?;
        place.remove().map_err(left)
    }
}

impl Drop for Maker {
    fn drop(&mut self) {
        self.cgroups.tidy();
    }
}

/// The last characters of a text.
pub(super) fn tail(text: &str, chars_max: usize) -> &str {
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

/// What a dev server finds in its environment: what its template says, and on which port programs inside look for it.
fn environment(server: &DevServerManifest) -> BTreeMap<String, String> {
    let port = server.port.map(|port| ("PORT".to_owned(), port.to_string()));
    port.into_iter().chain(server.env.clone()).collect()
}

/// A sandbox that is being made. When the call that makes it is dropped, what there is of it is removed.
pub(super) struct Unfinished {
    made: Option<(Arc<Maker>, SandboxId)>,
}

impl Unfinished {
    pub(super) fn new(maker: &Arc<Maker>, id: SandboxId) -> Self {
        Self { made: Some((maker.clone(), id)) }
    }

    /// It is finished, well or not: whoever makes it goes on by themselves.
    pub(super) fn finish(mut self) {
        self.made = None;
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let Some((maker, id)) = self.made.take() else {
            return;
        };
        // Without a runtime there is nothing to do it with; whoever starts next finds it with `list`.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                if let Err(left) = maker.clear(&maker.place(id), &maker.cgroup(id)).await {
                    tracing::warn!(sandbox.id = %id, error = %left, "an abandoned sandbox was not removed");
                }
            });
        }
    }
}
