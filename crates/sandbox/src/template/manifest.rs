//! `template.toml`: what it may say, and what is wrong with one that says something else (K3).

use std::collections::BTreeMap;
use std::path::Path;

use domain::TemplateName;
use serde::Deserialize;

use super::TemplateError;

/// The most suggestion chips a template may have.
const CHIPS_MAX: usize = 12;

/// What `template.toml` says about a template.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateManifest {
    /// The name of the template and of its folder.
    pub name: TemplateName,
    /// What people call it, such as `React`.
    pub title: String,
    /// One or two sentences for choosing it.
    pub description: String,
    /// Which paths a demo's agent may touch: paths relative to the workspace, `folder/**` for all below a folder.
    pub editable: Vec<String>,
    /// Prompts to suggest, up to 12.
    pub chips: Vec<String>,
    /// What serves its preview; without one, `preview_port` must say where that comes from.
    pub dev_server: Option<DevServerManifest>,
    /// The TCP port of the sandbox's loopback whose answers are the preview, whoever listens there. Only without a dev server:
    /// such a sandbox is ready as soon as it stands.
    pub preview_port: Option<u16>,
}

/// How a template's preview comes about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DevServerManifest {
    /// A file of the templates folder that is shown inside as `/opt/sandglass/{script}`.
    pub script: Option<String>,
    /// The program and its arguments. It runs in `/workspace`, listens on file descriptor 3, a Unix socket, and may
    /// write the words `serving` and `warm`, one a line, to file descriptor 4.
    pub command: Vec<String>,
    /// The path that answers with a status below 400 once the app can be seen.
    pub health_path: String,
    /// The path that is asked for afterwards, when it only matters whether the server still answers: one that is cheap for it,
    /// and there whatever becomes of the workspace. Default: `health_path`.
    pub probe_path: Option<String>,
    /// The path that answers what of the app can't be built, as `{"faults": [{"file", "message"}]}`, with the files named by
    /// `?path=…` read anew. Without it nobody knows whether a change builds.
    pub check_path: Option<String>,
    /// The TCP port of the sandbox's loopback on which it answers as well, for programs inside; it finds it as `PORT` in its
    /// environment. Without it no screenshots can be taken.
    pub port: Option<u16>,
    /// Paths to prepare before the first visitor comes; given to the command as further arguments.
    #[serde(default)]
    pub warm_paths: Vec<String>,
    /// Its environment on top of the sandbox's own.
    #[serde(default)]
    pub env: BTreeMap<String, String>,
}

impl TemplateManifest {
    /// Reads and checks the file.
    ///
    /// # Errors
    /// [`TemplateError`], naming the key and what it should be.
    pub fn load(path: &Path) -> Result<Self, TemplateError> {
        let text = std::fs::read_to_string(path).map_err(super::io_error(path))?;
        Self::parse(path, &text)
    }

    fn parse(path: &Path, text: &str) -> Result<Self, TemplateError> {
        let manifest: Self = toml::from_str(text)
            .map_err(|source| TemplateError::Syntax { path: path.to_owned(), source: Box::new(source) })?;
        match manifest.problem() {
            None => Ok(manifest),
            Some((key, problem)) => Err(TemplateError::Invalid { path: path.to_owned(), key, problem }),
        }
    }

    /// The first key whose value makes no sense, and why.
    fn problem(&self) -> Option<(&'static str, String)> {
        if self.title.trim().is_empty() {
            return Some(("title", "is empty: say what people call it".to_owned()));
        }
        if let Some(glob) = self.editable.iter().find(|glob| !is_editable_glob(glob)) {
            let problem = format!("has `{glob}`: use paths relative to the workspace, such as `src/**`");
            return Some(("editable", problem));
        }
        if self.chips.len() > CHIPS_MAX || self.chips.iter().any(|chip| chip.trim().is_empty()) {
            return Some(("chips", format!("must be up to {CHIPS_MAX} texts, none of them empty")));
        }
        match (&self.dev_server, self.preview_port) {
            (Some(server), None) => server.problem(),
            (None, Some(1..)) => None,
            (None, Some(0)) => Some(("preview_port", "is 0: use a port that can be listened on".to_owned())),
            (None, None) => {
                let problem = "is missing: say what serves the preview, or give a `preview_port`".to_owned();
                Some(("dev_server", problem))
            }
            (Some(_), Some(_)) => {
                Some(("preview_port", "is of no use with a dev server: remove one of them".to_owned()))
            }
        }
    }
}

impl DevServerManifest {
    fn problem(&self) -> Option<(&'static str, String)> {
        let absolute = |paths: &[String]| paths.iter().find(|path| !path.starts_with('/')).cloned();
        if self.command.is_empty() {
            return Some(("dev_server.command", "is empty: name a program".to_owned()));
        }
        if let Some(script) = self.script.as_ref().filter(|script| script.contains('/')) {
            let problem = format!("is `{script}`: name a file in the templates folder itself");
            return Some(("dev_server.script", problem));
        }
        if let Some(path) = absolute(std::slice::from_ref(&self.health_path)) {
            return Some(("dev_server.health_path", format!("is `{path}`, but must begin with `/`")));
        }
        if let Some(path) = absolute(self.probe_path.as_slice()) {
            return Some(("dev_server.probe_path", format!("is `{path}`, but must begin with `/`")));
        }
        if self.port == Some(0) {
            return Some(("dev_server.port", "is 0: use a port that can be listened on".to_owned()));
        }
        if let Some(path) = absolute(&self.warm_paths) {
            return Some(("dev_server.warm_paths", format!("has `{path}`, but paths begin with `/`")));
        }
        None
    }
}

/// Whether a text is a workspace path, or one followed by `/**`.
fn is_editable_glob(glob: &str) -> bool {
    glob.strip_suffix("/**")
        .unwrap_or(glob)
        .parse::<domain::WorkspacePath>()
        .is_ok_and(|path| !path.as_str().contains('*'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        name = "vue-vite"
        title = "Vue"
        description = "A Vue app."
        editable = ["src/**", "index.html"]
        chips = ["Make it blue"]
        [dev_server]
        command = ["node", "server.mjs"]
        health_path = "/"
    "#;

    fn problem(from: &str, to: &str) -> String {
        let text = GOOD.replace(from, to);
        let error = TemplateManifest::parse(Path::new("template.toml"), &text).unwrap_err();
        match std::error::Error::source(&error) {
            Some(source) => format!("{error}: {source}"),
            None => error.to_string(),
        }
    }

    /// K3
    #[test]
    fn a_mistake_is_named_with_its_key_and_the_way_out() {
        assert!(TemplateManifest::parse(Path::new("template.toml"), GOOD).is_ok());
        assert_eq!(
            problem("\"src/**\"", "\"../**\""),
            "template.toml: `editable` has `../**`: use paths relative to the workspace, such as `src/**`"
        );
        assert_eq!(
            problem("health_path = \"/\"", "health_path = \"health\""),
            "template.toml: `dev_server.health_path` is `health`, but must begin with `/`"
        );
        assert_eq!(
            problem("health_path", "probe_path = \"probe\"\nhealth_path"),
            "template.toml: `dev_server.probe_path` is `probe`, but must begin with `/`"
        );
        assert_eq!(
            problem("chips", "preview_port = 3000\nchips"),
            "template.toml: `preview_port` is of no use with a dev server: remove one of them"
        );
        assert!(problem("title = \"Vue\"", "").contains("missing field `title`"));
        assert!(problem("chips", "chip").contains("unknown field `chip`"));
        assert!(problem("vue-vite", "Vue Vite").contains("lower-case letters"));
    }

    /// D2
    #[test]
    fn a_template_without_a_dev_server_says_where_its_preview_comes_from() {
        let (bare, _) = GOOD.split_once("[dev_server]").unwrap();
        let parse =
            |port: &str| TemplateManifest::parse(Path::new("template.toml"), &format!("{bare}{port}"));
        assert_eq!(parse("preview_port = 3000").unwrap().preview_port, Some(3000));
        assert!(parse("preview_port = 0").unwrap_err().to_string().contains("can be listened on"));
        assert!(parse("").unwrap_err().to_string().contains("`dev_server` is missing"));
    }
}
