//! What the built-in agent writes is a project: `vite build` accepts it, and its framework renders it without a complaint.
//!
//! Needs node and npm, and fails without them. Packages are installed once into `.cache` of the workspace, by the
//! template's lock file.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use agent::{
    Agent, AgentEvent, BuiltinModel, CancellationToken, LastChange, MemoryWorkspace, Moderator, Review,
    ToolPolicy, Turn, Verdict,
};
use async_trait::async_trait;
use domain::{ManualClock, PromptId, PromptStatus, SeededEntropy, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// One prompt for each recipe; two where what they do differs.
const RECIPES: &str = include_str!("recipes.txt");

/// Moderation has its own tests, and thousands of prompts take their time in it.
struct AllowAll;

#[async_trait]
impl Moderator for AllowAll {
    async fn review(&self, _: &str) -> Review {
        Review::free(Verdict::Allowed)
    }
}

type Files = BTreeMap<String, String>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn template(framework: &str) -> Files {
    let folder = root().join(format!("templates/{framework}-vite/workspace"));
    let mut files = Files::new();
    let mut folders = vec![folder.clone()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() && !name.ends_with("node_modules") && !name.ends_with("dist") {
                folders.push(path);
            } else if name == "index.html" || name.starts_with("src/") || name.starts_with("public/") {
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

/// A project on its way through prompts.
struct Project {
    name: String,
    workspace: MemoryWorkspace,
}

impl Project {
    fn of(name: &str, files: &Files) -> Self {
        let files = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        Self { name: name.to_owned(), workspace: MemoryWorkspace::new(files) }
    }

    fn files(&self) -> Files {
        let files = self.workspace.files().into_iter();
        files
            .map(|(path, content)| (path.to_string(), String::from_utf8(content.to_vec()).unwrap()))
            .collect()
    }

    fn json(&self, build: bool) -> Value {
        json!({ "name": self.name, "build": build, "files": self.files() })
    }

    /// The components that the page shows, in whatever way the framework writes them.
    fn shown(&self) -> BTreeSet<String> {
        let files = self.files();
        let page = ["src/App.jsx", "src/App.vue", "src/App.svelte", "index.html"];
        let page = page.iter().find_map(|path| files.get(*path)).unwrap();
        let tags = page.split('<').map(|tag| tag.split([' ', '>', '/', '\n']).next().unwrap_or_default());
        tags.filter(|tag| tag.starts_with(char::is_uppercase) || tag.starts_with("app-"))
            .map(str::to_owned)
            .collect()
    }
}

/// Runs one prompt, and lets the workspace undo it.
async fn prompt(project: &mut Project, text: &str) -> PromptStatus {
    let policy = ToolPolicy::demo(["src/**", "public/**", "index.html"]).unwrap();
    let agent = Agent::new(Arc::new(BuiltinModel), Arc::new(AllowAll), policy);
    let (sender, mut receiver) = tokio::sync::mpsc::channel(512);
    let outcome = agent.run(Turn::new(text), &project.workspace, sender, CancellationToken::new()).await;
    let mut files = Vec::new();
    while let Some(event) = receiver.recv().await {
        if let AgentEvent::Changed { path, before, .. } = event {
            files.push((path, before));
        }
    }
    let prompt_id = PromptId::generate(&ManualClock::new(Timestamp::from_unix_ms(0)), &SeededEntropy::new(1));
    let undone = text == "undo" || files.is_empty();
    project.workspace.set_last_change((!undone).then(|| LastChange {
        prompt_id,
        prompt_text: text.into(),
        files,
    }));
    project.name = format!("{} → {text}", project.name);
    outcome.status
}

/// How many chains of recipes each framework goes through, and how many recipes a chain has.
const CHAINS: usize = 12;
const CHAIN_RECIPES: usize = 20;

/// A number that looks drawn, and is the same in every run.
const fn shuffled(number: usize) -> usize {
    let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 33
}

/// Every recipe alone, and chains of recipes in which what was there before stays, with an undo now and then.
async fn projects(framework: &str) -> Vec<Value> {
    let template = template(framework);
    let recipes: Vec<&str> =
        RECIPES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let mut all = vec![Project::of(framework, &template).json(true)];
    for recipe in &recipes {
        let mut alone = Project::of(framework, &template);
        let status = prompt(&mut alone, recipe).await;
        assert_eq!(status, PromptStatus::Completed, "{}", alone.name);
        all.push(alone.json(false));
        prompt(&mut alone, recipe).await;
        all.push(alone.json(false));
    }
    for seed in 0..CHAINS {
        let mut chain = Project::of(framework, &template);
        for step in 0..CHAIN_RECIPES {
            let number = shuffled(seed * CHAIN_RECIPES + step) % recipes.len();
            let before = chain.shown();
            prompt(&mut chain, recipes[number]).await;
            assert!(chain.shown().is_superset(&before), "{} lost some of {before:?}", chain.name);
            if (seed + step) % 5 == 4 {
                let before = chain.files();
                assert_eq!(prompt(&mut chain, "add a counter").await, PromptStatus::Completed);
                assert_eq!(prompt(&mut chain, "undo").await, PromptStatus::Completed);
                assert_eq!(chain.files(), before, "{}", chain.name);
            }
        }
        all.push(chain.json(seed % 4 == 0));
        let sections = chain.shown();
        assert!(sections.len() >= CHAIN_RECIPES / 3, "{} shows only {sections:?}", chain.name);
        prompt(&mut chain, "start over").await;
        all.push(chain.json(false));
    }
    all
}

/// Installs a template's packages once for each lock file.
fn install(framework: &str) -> PathBuf {
    let workspace = root().join(format!("templates/{framework}-vite/workspace"));
    let lock = fs::read(workspace.join("package-lock.json")).unwrap();
    let key = data_encoding::HEXLOWER.encode(&Sha256::digest(&lock)[..8]);
    let folder = root().join(".cache/agent-projects").join(key);
    if folder.join("node_modules/.package-lock.json").exists() {
        return folder;
    }
    fs::create_dir_all(&folder).unwrap();
    for name in ["package.json", "package-lock.json"] {
        fs::copy(workspace.join(name), folder.join(name)).unwrap();
    }
    let output = Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(&folder)
        .output()
        .expect("npm has to be installed for this test");
    assert!(output.status.success(), "npm ci: {}", String::from_utf8_lossy(&output.stderr));
    folder
}

async fn check(framework: &str) {
    let folder = install(framework);
    let projects = projects(framework).await;
    fs::write(folder.join("projects.json"), serde_json::to_vec(&projects).unwrap()).unwrap();
    let output = Command::new("node")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check_projects.mjs"))
        .arg(&folder)
        .arg(framework)
        .output()
        .expect("node has to be installed for this test");
    let report = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    let failures: Vec<&str> = report.lines().take(12).collect();
    assert!(output.status.success(), "{}\n{errors}", failures.join("\n"));
    let last: Value = serde_json::from_str(report.lines().last().unwrap()).unwrap();
    assert_eq!(last["rendered"], projects.len(), "{report}");
}

/// G3: recipes compose and repeat.
#[tokio::test]
async fn every_recipe_and_chains_of_them_yield_projects_of_react_that_build_and_render() {
    check("react").await;
}

/// G3
#[tokio::test]
async fn every_recipe_and_chains_of_them_yield_projects_of_vue_that_build_and_render() {
    check("vue").await;
}

/// G3
#[tokio::test]
async fn every_recipe_and_chains_of_them_yield_projects_of_svelte_that_build_and_render() {
    check("svelte").await;
}

/// G3
#[tokio::test]
async fn every_recipe_and_chains_of_them_yield_projects_without_a_framework_that_build_and_render() {
    check("vanilla").await;
}
