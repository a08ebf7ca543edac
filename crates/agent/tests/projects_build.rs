//! What the built-in agent writes is a project: `vite build` accepts it, and React renders it without a complaint.
//!
//! Needs node and npm, and fails without them. Packages are installed once into `.cache` of the workspace, by the
//! template's lock file.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use agent::{
    Agent, AgentEvent, BuiltinModel, CancellationToken, LastChange, MemoryWorkspace, Moderator, ToolPolicy,
    Turn, Verdict,
};
use async_trait::async_trait;
use domain::{ManualClock, PromptId, PromptStatus, SeededEntropy, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// One prompt for each recipe; two where what they do differs.
const RECIPES: [&str; 52] = [
    "make the theme ocean blue",
    "switch to dark mode",
    "make the background #ffee88",
    "make the headings teal",
    "use a gradient from blue to purple",
    "use a serif font",
    "make the text bigger",
    "make the corners square",
    "align the heading to the left",
    "add a dark mode toggle",
    "change the heading to \"Fish & {Chips} <today>\"",
    "change the subtitle to It's all here",
    "change the page title to \"A & B\"",
    "call it Acme Coffee",
    "replace \"sandbox\" with \"garden\"",
    "add a counter starting at 10 that goes up by 5",
    "add a shopping list with milk, eggs and bread",
    "add a to-do list",
    "add a timer of 10 minutes",
    "add a stopwatch",
    "add a contact form",
    "add a newsletter signup",
    "add a sign-up form",
    "add a pricing table",
    "add a pricing table with 4 tiers",
    "add an image gallery",
    "add testimonials",
    "add a FAQ about \"quotes\" and <tags>",
    "add a bar chart",
    "add a line chart of visitors",
    "add a quiz about space",
    "add feature cards for speed, comfort and price",
    "add some stats",
    "add a table",
    "add a table with name, city and age columns",
    "add our team",
    "add a call to action",
    "add a button that says \"Order {now} & here\"",
    "add a clock",
    "add a calculator",
    "add a tic-tac-toe game",
    "add an about us section",
    "add a paragraph that says \"We <love> bread & butter\"",
    "add a hero section",
    "add a navigation bar",
    "add a navbar with Home, About and Contact",
    "add a footer",
    "add a footer with \"Made by {us}\"",
    "turn it into a landing page for a bakery",
    "make a website for beekeeping",
    "remove the counter",
    "start over",
];

/// Moderation has its own tests, and thousands of prompts take their time in it.
struct AllowAll;

#[async_trait]
impl Moderator for AllowAll {
    async fn review(&self, _: &str) -> Verdict {
        Verdict::Allowed
    }
}

type Files = BTreeMap<String, String>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn template() -> Files {
    let folder = root().join("templates/react-vite/workspace");
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

/// Every recipe alone, every recipe after every other, chains of all recipes, and chains with undos.
async fn projects() -> Vec<Value> {
    let template = template();
    let mut all = vec![Project::of("template", &template).json(true)];
    for first in RECIPES {
        let mut alone = Project::of("template", &template);
        let status = prompt(&mut alone, first).await;
        let needs_something = first.starts_with("remove") || first.starts_with("start");
        assert_eq!(status == PromptStatus::Completed, !needs_something, "{first}");
        all.push(alone.json(true));
        let files = alone.files();
        for second in RECIPES {
            let mut pair = Project::of(&alone.name, &files);
            prompt(&mut pair, second).await;
            all.push(pair.json(false));
        }
    }
    for seed in 0..8_usize {
        let mut chain = Project::of("template", &template);
        for step in 0..12_usize {
            // Steps that have no factor in common with the number of recipes visit all of them.
            let recipe = RECIPES[(seed * 7 + step * (5 + 2 * (seed % 3))) % RECIPES.len()];
            prompt(&mut chain, recipe).await;
            if (seed + step) % 5 == 4 {
                let before = chain.files();
                let status = prompt(&mut chain, "add a counter").await;
                assert_eq!(status, PromptStatus::Completed);
                assert_eq!(prompt(&mut chain, "undo").await, PromptStatus::Completed);
                assert_eq!(chain.files(), before, "{}", chain.name);
            }
        }
        all.push(chain.json(true));
    }
    all
}

/// Installs the template's packages once for each lock file.
fn install() -> PathBuf {
    let workspace = root().join("templates/react-vite/workspace");
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

/// G3: recipes compose and repeat.
#[tokio::test]
async fn every_recipe_and_every_pair_of_recipes_yields_a_project_that_builds_and_renders() {
    let folder = install();
    let projects = projects().await;
    fs::write(folder.join("projects.json"), serde_json::to_vec(&projects).unwrap()).unwrap();
    let output = Command::new("node")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check_projects.mjs"))
        .arg(&folder)
        .output()
        .expect("node has to be installed for this test");
    let report = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    let failures: Vec<&str> = report.lines().take(12).collect();
    assert!(output.status.success(), "{}\n{errors}", failures.join("\n"));
    let last: Value = serde_json::from_str(report.lines().last().unwrap()).unwrap();
    assert_eq!(last["rendered"], projects.len(), "{report}");
}
