//! Baking: from a template's sources to a folder that a sandbox can run from at once. Packages are installed by the
//! lock file, and the dev server runs once, in a sandbox, so that what it caches is made where it will be used.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::lchown;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use domain::TemplateHash;
use sandboxd::launch::Workspace;
use sandboxd::wire::Stage;
use tokio::process::Command;
use tokio::time::timeout;

use super::client::Client;
use super::host::Node;
use super::launch::{create_error, launch};
use super::maker::{Maker, SERVER_LOG_CHARS_MAX, tail};
use super::place::{Place, Record};
use crate::{SandboxError, Template};

/// How long installing a template's packages may take.
const INSTALL_TIMEOUT_MS: u64 = 600_000;

/// How long the first run of the dev server may take.
const FIRST_RUN_TIMEOUT_MS: u64 = 60_000;

/// The baked folder of `template`, made if it is not there. Several processes may ask at once: one bakes.
pub(super) async fn baked(
    maker: &Maker,
    template: &Template,
    hash: &TemplateHash,
) -> Result<PathBuf, SandboxError> {
    let name = &template.manifest.name;
    let shelf = maker.config.template_cache_dir.join(name.as_str());
    let finished = shelf.join(hash.as_str());
    if finished.is_dir() {
        return Ok(finished);
    }
    let started = tokio::time::Instant::now();
    tracing::info!(template = %name, "preparing a template: installing its packages");
    let _lock = locked(shelf.join(format!("{}.lock", hash.as_str()))).await?;
    // While we waited, another process may have finished.
    if finished.is_dir() {
        return Ok(finished);
    }
    let unfinished = shelf.join(format!("{}.unfinished", hash.as_str()));
    remove_if_there(&unfinished).map_err(create_error("remove what an earlier try left"))?;
    write_sources(template, &unfinished)?;
    if unfinished.join("package.json").is_file() {
        install(maker.node()?, &unfinished).await?;
    }
    give_away(&unfinished, maker.users.template_owner())
        .map_err(create_error("hand the template to the sandbox's user"))?;
    if template.manifest.dev_server.is_some() {
        tracing::info!(template = %name, "preparing a template: running its dev server once");
        first_run(maker, template, hash, &unfinished).await?;
    }
    fs::rename(&unfinished, &finished).map_err(create_error("put the template in its place"))?;
    let duration_ms = started.elapsed().as_millis();
    tracing::info!(template = %name, duration_ms, "the template is ready");
    Ok(finished)
}

/// Holds a file's lock until dropped; waits while another process holds it.
pub(super) async fn locked(path: PathBuf) -> Result<File, SandboxError> {
    let lock = move || {
        fs::create_dir_all(path.parent().unwrap_or(Path::new("/")))?;
        let file = File::create(path)?;
        file.lock()?;
        Ok::<_, io::Error>(file)
    };
    tokio::task::spawn_blocking(lock)
        .await
        .map_err(create_error("take a lock"))?
        .map_err(create_error("take a lock"))
}

fn write_sources(template: &Template, folder: &Path) -> Result<(), SandboxError> {
    let files = template.files().map_err(create_error("read the template"))?;
    let write = || {
        fs::create_dir_all(folder)?;
        for (name, content) in files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            fs::write(path, content)?;
        }
        Ok::<_, io::Error>(())
    };
    write().map_err(create_error("write the template into its cache"))
}

/// Installs exactly what the lock file names, with its checksums, and runs nothing of it.
async fn install(node: &Node, folder: &Path) -> Result<(), SandboxError> {
    let search = format!("{}:/usr/local/bin:/usr/bin:/bin", node.bin.display());
    let npm = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund"])
        .current_dir(folder)
        .env("PATH", search)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = timeout(Duration::from_millis(INSTALL_TIMEOUT_MS), npm)
        .await
        .map_err(|_| SandboxError::Timeout {
            what: "installing the template's packages",
            limit_ms: INSTALL_TIMEOUT_MS,
        })?
        .map_err(create_error("run npm"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(SandboxError::Create {
        reason: format!("npm ci failed: {}", tail(said.trim(), SERVER_LOG_CHARS_MAX)),
        source: None,
    })
}

/// Runs the dev server with the folder itself as the workspace, until it has warmed up.
async fn first_run(
    maker: &Maker,
    template: &Template,
    hash: &TemplateHash,
    folder: &Path,
) -> Result<(), SandboxError> {
    // Not called by an id, or whoever compares sandboxes with records would take it for an orphan.
    let name = format!("bake-{}", &hash.as_str()[..12]);
    let (place, cgroup) = (Place::new(&maker.config.runtime_dir, &name), maker.cgroups.group(&name));
    // An earlier try may have been cut off here.
    maker.clear(&place, &cgroup).await?;
    let workspace = Workspace::Writable { dir: folder.to_owned() };
    let uid = maker.users.template_owner();
    let spec = maker.launch_spec(template, workspace, &cgroup, uid);
    let record = Record {
        template: template.manifest.name.clone(),
        template_hash: hash.clone(),
        cgroups: cgroup.directories(),
        uid,
    };
    let listeners = place.create(&record).map_err(create_error("make its directory"))?;
    let client = Client {
        id: hash.as_str()[..32].parse().map_err(create_error("name its sandbox"))?,
        control: place.control_socket(),
        dev_server: place.dev_socket(),
    };
    let run = async {
        cgroup.create(&maker.config.limits).map_err(create_error("make its control group"))?;
        launch(&maker.config.sandboxd_path, &spec, &place, listeners).await?;
        let state = client.dev_server(Stage::Warm).await?;
        match state.stage {
            Stage::Warm => Ok(()),
            Stage::Starting | Stage::Serving | Stage::Exited => Err(SandboxError::Create {
                reason: format!("the dev server ended: {}", tail(&state.log, SERVER_LOG_CHARS_MAX)),
                source: None,
            }),
        }
    };
    let ran = timeout(Duration::from_millis(FIRST_RUN_TIMEOUT_MS), run).await.unwrap_or(Err(
        SandboxError::Timeout {
            what: "the first run of the template's dev server",
            limit_ms: FIRST_RUN_TIMEOUT_MS,
        },
    ));
    maker.clear(&place, &cgroup).await?;
    ran
}

pub(super) fn remove_if_there(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Everything in a lower layer must belong to the sandbox's user, or changing it fails inside.
pub(super) fn give_away(folder: &Path, owner: Option<u32>) -> io::Result<()> {
    let Some(owner) = owner else {
        return Ok(());
    };
    lchown(folder, Some(owner), Some(owner))?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            give_away(&entry.path(), Some(owner))?;
        } else {
            lchown(entry.path(), Some(owner), Some(owner))?;
        }
    }
    Ok(())
}
