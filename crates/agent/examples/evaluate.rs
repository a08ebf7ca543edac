//! Runs a file of prompts through the built-in agent, each on a fresh template in memory, and prints what came of it.
//!
//! `cargo run -p agent --example evaluate -- crates/agent/eval/prompts.txt`

#![expect(clippy::print_stdout, reason = "its report is what it prints")]

use std::path::Path;
use std::sync::Arc;
use std::{env, fs, io};

use agent::{Agent, BuiltinModel, CancellationToken, MemoryWorkspace, RuleModerator, ToolPolicy, Turn};

const FILES: [&str; 9] = [
    "index.html",
    "src/App.jsx",
    "src/App.vue",
    "src/App.svelte",
    "src/App.css",
    "src/index.css",
    "src/main.jsx",
    "src/main.js",
    "public/favicon.svg",
];

fn template(name: &str) -> MemoryWorkspace {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates").join(name).join("workspace");
    let read = |path: &'static str| Some((path, fs::read_to_string(folder.join(path)).ok()?));
    let files: Vec<(&str, String)> = FILES.into_iter().filter_map(read).collect();
    MemoryWorkspace::new(files.iter().map(|(path, text)| (*path, text.as_str())))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let path = env::args().nth(1).ok_or_else(|| io::Error::other("give a file with one prompt a line"))?;
    let (mut all, mut completed) = (0, 0);
    for line in fs::read_to_string(path)?.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (name, prompt) = match line.strip_prefix("[template=").and_then(|rest| rest.split_once("] ")) {
            Some((name, prompt)) => (name, prompt),
            None => ("react-vite", line),
        };
        let policy = ToolPolicy::demo(["src/**", "public/**", "index.html"]).map_err(io::Error::other)?;
        let agent = Agent::new(Arc::new(BuiltinModel), Arc::new(RuleModerator), policy);
        let (sender, mut events) = tokio::sync::mpsc::channel(512);
        let outcome = agent.run(Turn::new(prompt), &template(name), sender, CancellationToken::new()).await;
        while events.recv().await.is_some() {}
        all += 1;
        completed += usize::from(outcome.counted);
        println!("{} | {line} | {}", if outcome.counted { "done" } else { "DECLINED" }, outcome.summary);
    }
    println!("{completed} of {all} led to a change");
    Ok(())
}
