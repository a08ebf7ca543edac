//! What this machine offers: a `node` that is new enough, user namespaces, and what to do where they are missing.

use std::path::{Path, PathBuf};
use std::{fs, io};

use tokio::process::Command;

use super::LocalConfig;

/// Vite 8 runs on Node 20.19 and later.
const NODE_MINIMUM: (u32, u32) = (20, 19);

/// Where distributions put `node`.
const NODE_USUAL: [&str; 2] = ["/usr/bin/node", "/usr/local/bin/node"];

/// The Node that installs packages and runs dev servers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    /// The folder with `node` and `npm`.
    pub(super) bin: PathBuf,
    /// The folder to show inside, where that is not below `/usr`, which is shown anyway.
    pub(super) prefix: Option<PathBuf>,
    /// Its major version: packages built for one may not work with another.
    pub(super) major: u32,
}

impl Node {
    /// Finds it and asks for its version; what to do when there is none, or only an old one.
    pub(super) async fn find(wanted: Option<&Path>) -> Result<Self, String> {
        let found = match wanted {
            Some(path) => path.is_file().then_some(path),
            None => NODE_USUAL.iter().map(Path::new).find(|path| path.is_file()),
        };
        let missing = || "Node was not found: install Node 20.19 or later, or say where it is".to_owned();
        let path = fs::canonicalize(found.ok_or_else(missing)?).map_err(|_| missing())?;
        let output = Command::new(&path)
            .arg("--version")
            .env_clear()
            .output()
            .await
            .map_err(|error| format!("{} can't be run: {error}", path.display()))?;
        let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let version = parse_version(&text).ok_or_else(|| format!("{} is not Node", path.display()))?;
        if version < NODE_MINIMUM {
            return Err(format!("Node {text} is too old: Vite needs 20.19 or later"));
        }
        let bin = path.parent().unwrap_or(Path::new("/")).to_owned();
        let prefix = bin.parent().filter(|prefix| !prefix.starts_with("/usr"));
        Ok(Self { prefix: prefix.map(Path::to_owned), major: version.0, bin })
    }
}

/// `v20.20.2` → (20, 20)
fn parse_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// Why sandboxes can't be made here, each with the way out; empty where they can, as far as can be told beforehand.
pub(super) fn problems(config: &LocalConfig) -> Vec<String> {
    let mut problems = Vec::new();
    if !config.sandboxd_path.is_file() {
        problems.push(format!(
            "{} is missing: build it with `cargo build -p sandboxd`",
            config.sandboxd_path.display()
        ));
    }
    let zero = |path: &str| fs::read_to_string(path).is_ok_and(|text| text.trim() == "0");
    let one = |path: &str| fs::read_to_string(path).is_ok_and(|text| text.trim() == "1");
    if zero("/proc/sys/user/max_user_namespaces") || zero("/proc/sys/kernel/unprivileged_userns_clone") {
        problems.push(
            "user namespaces are switched off: set the sysctls user.max_user_namespaces=10000 and, where it exists, \
             kernel.unprivileged_userns_clone=1"
                .to_owned(),
        );
    }
    if one("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") {
        problems.push(
            "AppArmor restricts user namespaces: give sandboxd a profile with `userns,`, or set the sysctl \
             kernel.apparmor_restrict_unprivileged_userns=0"
                .to_owned(),
        );
    }
    problems
}

/// Makes a directory that only this user may enter.
pub(super) fn make_private(directory: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    fs::create_dir_all(directory)?;
    fs::set_permissions(directory, fs::Permissions::from_mode(0o700))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert!(parse_version("v20.9.0").unwrap() < NODE_MINIMUM);
        assert!(parse_version("v20.19.0").unwrap() >= NODE_MINIMUM);
        assert!(parse_version("v100.0.0").unwrap() >= NODE_MINIMUM);
        assert_eq!(parse_version("bash"), None);
    }

    /// I5
    #[tokio::test]
    async fn a_missing_node_is_said_with_the_way_out() {
        let error = Node::find(Some(Path::new("/nowhere/node"))).await.unwrap_err();
        assert_eq!(error, "Node was not found: install Node 20.19 or later, or say where it is");
    }
}
