//! A trial: a whole sandbox around an empty template, made to see what is in force in it, and removed again.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use futures::StreamExt;
use sandboxd::inside::{Inside, TRIAL_FILE, TRIAL_FOLDER};
use sandboxd::launch::{OWN_FILES, Workspace};
use tokio::time::timeout;

use super::bake::{give_away, locked, remove_if_there};
use super::client::{Client, unreachable_because};
use super::handle::{LocalSandbox, Preview};
use super::launch::{create_error, launch};
use super::maker::Maker;
use super::place::{Place, Record};
use crate::{ExecEvent, ExecRequest, Sandbox, SandboxError};

/// The name of its directory and its control group: no id, so that nobody takes it for somebody's sandbox.
const NAME: &str = "trial";

/// How long the whole trial may take, in milliseconds.
const TRIAL_TIMEOUT_MS: u64 = 10_000;

/// How long what looks around inside may take, and how much it may say.
const INSPECT_TIMEOUT_MS: u64 = 5_000;
const INSPECT_BYTES_MAX: u64 = 64 * 1024;

/// What a trial showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trial {
    pub(super) inside: Inside,
    /// Whether it stood still when it was told to.
    pub(super) froze: bool,
    /// Whether how fast it reads and writes disks was bounded.
    pub(super) disks_bounded: bool,
}

/// Makes a sandbox for `uid`, looks around in it, and removes it. One at a time in a runtime directory.
pub(super) async fn run(maker: &Maker, uid: Option<u32>) -> Result<Trial, SandboxError> {
    let _lock = locked(folder(maker).with_extension("lock")).await?;
    let (place, cgroup) = (Place::new(&maker.config.runtime_dir, NAME), maker.cgroups.group(NAME));
    // An earlier one may have been cut off.
    maker.clear(&place, &cgroup).await?;
    let template = template(maker)?;
    let limit_ms = TRIAL_TIMEOUT_MS;
    let tried = timeout(Duration::from_millis(limit_ms), try_out(maker, uid, &place, template.clone()))
        .await
        .unwrap_or(Err(SandboxError::Timeout { what: "trying to make a sandbox", limit_ms }));
    maker.clear(&place, &cgroup).await?;
    remove_if_there(&template).map_err(create_error("remove the trial's template"))?;
    tried
}

/// Named by the runtime directory, for which there is one trial at a time: several may share a template cache.
fn folder(maker: &Maker) -> PathBuf {
    maker.config.template_cache_dir.join(format!(".trial-{}", maker.instance))
}

/// A template of little, beside the baked ones: what can be done there can be done with them.
fn template(maker: &Maker) -> Result<PathBuf, SandboxError> {
    let folder = folder(maker);
    let make = || {
        remove_if_there(&folder)?;
        fs::create_dir_all(folder.join(TRIAL_FOLDER))?;
        for file in [TRIAL_FILE.into(), Path::new(TRIAL_FOLDER).join("file")] {
            fs::write(folder.join(file), "")?;
        }
        give_away(&folder, maker.users.template_owner())
    };
    make().map_err(create_error("make a template to try with"))?;
    Ok(folder)
}

async fn try_out(
    maker: &Maker,
    uid: Option<u32>,
    place: &Place,
    lower: PathBuf,
) -> Result<Trial, SandboxError> {
    let cgroup = maker.cgroups.group(NAME);
    let record = Record {
        template: NAME.parse().map_err(create_error("name the trial"))?,
        template_hash: domain::TemplateHash::new(NAME.to_owned()),
        cgroups: cgroup.directories(),
        uid,
    };
    let workspace = Workspace::Overlay { lower, owner: maker.users.template_owner() };
    let spec = maker.bare_launch_spec(workspace, &cgroup, uid);
    let listeners = place.create(&record).map_err(create_error("make its directory"))?;
    cgroup.create(&maker.config.limits).map_err(create_error("make its control group"))?;
    launch(&maker.config.sandboxd_path, &spec, place, listeners).await?;
    let client = Client {
        id: "0".repeat(32).parse().map_err(create_error("name the trial"))?,
        control: place.control_socket(),
        dev_server: place.dev_socket(),
    };
    let sandbox = LocalSandbox { client, cgroup: cgroup.clone(), preview: Preview::default(), browser: None };
    let inside = inspect(&sandbox).await?;
    let froze = cgroup.freeze().await.is_ok();
    Ok(Trial { inside, froze, disks_bounded: cgroup.bounds_disks() })
}

async fn inspect(sandbox: &LocalSandbox) -> Result<Inside, SandboxError> {
    let request = ExecRequest {
        argv: vec![format!("{OWN_FILES}/sandboxd"), "inspect".to_owned()],
        cwd: None,
        env: [].into(),
        timeout_ms: INSPECT_TIMEOUT_MS,
        output_bytes_max: INSPECT_BYTES_MAX,
    };
    let (mut said, mut complained) = (Vec::new(), Vec::new());
    let mut events = sandbox.exec(request).await?;
    while let Some(event) = events.next().await {
        match event? {
            ExecEvent::Stdout(bytes) => said.extend_from_slice(&bytes),
            ExecEvent::Stderr(bytes) => complained.extend_from_slice(&bytes),
            ExecEvent::Exited { code: 0, .. } => {
                return serde_json::from_slice(&said)
                    .map_err(|error| unreachable_because("what it found makes no sense", error));
            }
            ExecEvent::Exited { .. } => {}
        }
    }
    Err(SandboxError::Create { reason: String::from_utf8_lossy(&complained).trim().to_owned(), source: None })
}
