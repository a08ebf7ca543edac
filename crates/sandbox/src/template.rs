//! Templates: what a sandbox's workspace starts from, and what a provider, a page and an agent must know about it.

mod manifest;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use data_encoding::HEXLOWER;
use domain::{TemplateHash, TemplateName};
use sha2::{Digest, Sha256};

pub use manifest::{DevServerManifest, TemplateManifest};

/// The file that makes a folder a template.
const MANIFEST_FILE: &str = "template.toml";

/// The folder with the files of the workspace.
const WORKSPACE_FOLDER: &str = "workspace";

/// A folder is not a template. The message names the file, the key and the way out.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// A file could not be read.
    #[error("{} could not be read", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// `template.toml` is not TOML, has unknown keys or lacks some.
    #[error("{} is not a template's manifest", path.display())]
    Syntax {
        /// Which file.
        path: PathBuf,
        /// Where and what.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// A key of `template.toml` has a value that makes no sense.
    #[error("{}: `{key}` {problem}", path.display())]
    Invalid {
        /// Which file.
        path: PathBuf,
        /// Which key.
        key: &'static str,
        /// What is wrong with it, and what would be right.
        problem: String,
    },
}

/// One template's sources.
#[derive(Debug, Clone)]
pub struct Template {
    /// What `template.toml` says.
    pub manifest: TemplateManifest,
    /// The folder with the files of the workspace, without installed packages. One whose workspace is empty has no such folder,
    /// as git keeps none.
    pub workspace_dir: PathBuf,
    /// The script of the dev server, where it has one of ours.
    pub script: Option<PathBuf>,
}

impl Template {
    /// Reads the template in `folder`; its dev server's script is looked for in `templates_dir`.
    ///
    /// # Errors
    /// [`TemplateError`] when it is not one.
    pub fn load(templates_dir: &Path, folder: &Path) -> Result<Self, TemplateError> {
        let manifest = TemplateManifest::load(&folder.join(MANIFEST_FILE))?;
        let script = manifest.dev_server.as_ref().and_then(|server| server.script.as_ref());
        let script = script.map(|name| templates_dir.join(name));
        Ok(Self { workspace_dir: folder.join(WORKSPACE_FOLDER), manifest, script })
    }

    /// Names the content of everything that a sandbox of this template is made from: its files, its rules, its
    /// script, and `toolchain`, the version of what installs and runs it.
    ///
    /// # Errors
    /// [`TemplateError::Io`] when a file can't be read.
    pub fn hash(&self, toolchain: &str) -> Result<TemplateHash, TemplateError> {
        let mut hasher = Sha256::new();
        let mut add = |name: &str, content: &[u8]| {
            for part in [name.as_bytes(), content] {
                // With lengths, so that no two lists of parts look the same.
                hasher.update((part.len() as u64).to_be_bytes());
                hasher.update(part);
            }
        };
        add("toolchain", toolchain.as_bytes());
        // What it says about chips and texts is left out: changing a word should not bake anew.
        add("preview", format!("{:?}", (&self.manifest.dev_server, self.manifest.preview_port)).as_bytes());
        if let Some(script) = &self.script {
            add("script", &read(script)?);
        }
        for (name, content) in self.files()? {
            add(&name, &content);
        }
        Ok(TemplateHash::new(HEXLOWER.encode(&hasher.finalize())))
    }

    /// The workspace's files by their path, installed packages left out.
    ///
    /// # Errors
    /// [`TemplateError::Io`] when a file can't be read.
    pub fn files(&self) -> Result<BTreeMap<String, Vec<u8>>, TemplateError> {
        let mut files = BTreeMap::new();
        let mut folders = Vec::new();
        if self.manifest.dev_server.is_some() || self.workspace_dir.is_dir() {
            folders.push((self.workspace_dir.clone(), String::new()));
        }
        while let Some((folder, prefix)) = folders.pop() {
            for entry in fs::read_dir(&folder).map_err(io_error(&folder))? {
                let entry = entry.map_err(io_error(&folder))?;
                let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
                if sandboxd::wire::UNLISTED.contains(&name.as_str()) {
                    continue;
                }
                if entry.file_type().map_err(io_error(&path))?.is_dir() {
                    folders.push((path, format!("{prefix}{name}/")));
                } else {
                    files.insert(format!("{prefix}{name}"), read(&path)?);
                }
            }
        }
        Ok(files)
    }
}

/// All templates of a folder, by name.
#[derive(Debug, Clone, Default)]
pub struct Templates(BTreeMap<TemplateName, Template>);

impl Templates {
    /// Reads every folder in `templates_dir` that has a `template.toml`.
    ///
    /// # Errors
    /// [`TemplateError`] for the first that is not a template, or is not called like its folder.
    pub fn load(templates_dir: &Path) -> Result<Self, TemplateError> {
        let mut templates = BTreeMap::new();
        for entry in fs::read_dir(templates_dir).map_err(io_error(templates_dir))? {
            let folder = entry.map_err(io_error(templates_dir))?.path();
            let manifest_path = folder.join(MANIFEST_FILE);
            if !manifest_path.is_file() {
                continue;
            }
            let template = Template::load(templates_dir, &folder)?;
            let name = template.manifest.name.clone();
            if folder.file_name().is_none_or(|folder| folder != name.as_str()) {
                return Err(TemplateError::Invalid {
                    path: manifest_path,
                    key: "name",
                    problem: format!("is `{name}`, but must be the name of its folder"),
                });
            }
            templates.insert(name, template);
        }
        Ok(Self(templates))
    }

    /// The template of that name.
    pub fn get(&self, name: &TemplateName) -> Option<&Template> {
        self.0.get(name)
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&TemplateName, &Template)> {
        self.0.iter()
    }
}

fn read(path: &Path) -> Result<Vec<u8>, TemplateError> {
    fs::read(path).map_err(io_error(path))
}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> TemplateError {
    let path = path.to_owned();
    move |source| TemplateError::Io { path, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn templates_dir() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates")
    }

    #[test]
    fn the_hash_follows_the_content_and_the_toolchain() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = folder.path().join("t").join(WORKSPACE_FOLDER);
        fs::create_dir_all(workspace.join("src")).unwrap();
        fs::write(workspace.join("src/a.js"), "a").unwrap();
        let manifest = "name = \"t\"\ntitle = \"T\"\ndescription = \"d\"\neditable = [\"src/**\"]\nchips = []\n\
                        [dev_server]\ncommand = [\"true\"]\nhealth_path = \"/\"\n";
        fs::write(folder.path().join("t").join(MANIFEST_FILE), manifest).unwrap();
        let hash = |toolchain: &str| {
            let templates = Templates::load(folder.path()).unwrap();
            templates.get(&"t".parse().unwrap()).unwrap().hash(toolchain).unwrap()
        };
        let first = hash("node 20");
        assert_eq!(hash("node 20"), first);
        assert_ne!(hash("node 22"), first);
        fs::write(workspace.join("src/a.js"), "b").unwrap();
        assert_ne!(hash("node 20"), first);
    }

    /// A1, K3
    #[test]
    fn the_templates_that_come_with_sandglass_are_templates() {
        let templates = Templates::load(&templates_dir()).unwrap();
        let react = templates.get(&"react-vite".parse().unwrap()).unwrap();
        assert_eq!(react.manifest.chips.len(), 6);
        assert!(react.script.as_ref().unwrap().is_file());
        let lock = &react.files().unwrap()["package-lock.json"];
        assert!(!String::from_utf8_lossy(lock).contains("resolved"), "the lock file names no registry");
    }
}
