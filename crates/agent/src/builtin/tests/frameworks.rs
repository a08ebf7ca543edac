//! The same prompts on every template.

use domain::PromptStatus;

use super::run;
use crate::MemoryWorkspace;

macro_rules! template {
    ($name:literal, $($path:literal),+) => {
        [$(($path, include_str!(concat!("../../../../../templates/", $name, "/workspace/", $path)))),+]
    };
}

/// The templates: their name, the file that holds their markup, their files.
fn templates() -> Vec<(&'static str, &'static str, MemoryWorkspace)> {
    vec![
        (
            "react-vite",
            "src/App.jsx",
            MemoryWorkspace::new(template!(
                "react-vite",
                "index.html",
                "src/App.jsx",
                "src/App.css",
                "src/index.css",
                "src/main.jsx"
            )),
        ),
        (
            "vue-vite",
            "src/App.vue",
            MemoryWorkspace::new(template!(
                "vue-vite",
                "index.html",
                "src/App.vue",
                "src/index.css",
                "src/main.js"
            )),
        ),
        (
            "svelte-vite",
            "src/App.svelte",
            MemoryWorkspace::new(template!(
                "svelte-vite",
                "index.html",
                "src/App.svelte",
                "src/index.css",
                "src/main.js"
            )),
        ),
        (
            "vanilla-vite",
            "index.html",
            MemoryWorkspace::new(template!(
                "vanilla-vite",
                "index.html",
                "src/App.css",
                "src/index.css",
                "src/main.js"
            )),
        ),
    ]
}

/// G3: what is added and taken off again leaves every file as it was.
#[tokio::test]
async fn adding_and_removing_leaves_no_trace_in_any_framework() {
    for (name, _, workspace) in templates() {
        let before = workspace.files();
        for (add, remove) in [
            ("add a counter", "remove the counter"),
            ("add a to-do list with milk and \"eggs & {ham}\"", "remove the to-do list"),
            ("add a navbar and a footer", "remove the navbar and the footer"),
        ] {
            for prompt in [add, remove] {
                let outcome = run(&workspace, prompt).await;
                assert_eq!(outcome.status, PromptStatus::Completed, "{name}, {prompt}: {}", outcome.summary);
                assert!(prompt == remove || workspace.files() != before, "{name}, {prompt}");
            }
            assert_eq!(workspace.files(), before, "{name}, {add}");
        }
    }
}

/// G3: texts, colours, order and properties change in every framework.
#[tokio::test]
async fn edits_reach_the_page_in_every_framework() {
    for (name, root, workspace) in templates() {
        for prompt in [
            "change the title to Fish & Chips",
            "change the subtitle to Fresh every day",
            "call the site Blue Door",
            "add a counter",
            "add a timer",
            "change the timer to 10 minutes",
            "move the timer to the top",
            "replace \"Fresh\" with \"Warm\"",
            "make it green",
            "align the heading to the left",
        ] {
            let outcome = run(&workspace, prompt).await;
            assert_eq!(outcome.status, PromptStatus::Completed, "{name}, {prompt}: {}", outcome.summary);
        }
        let page = workspace.text(root).unwrap();
        for part in ["Warm every day", ">Blue Door<", "600"] {
            assert!(page.contains(part), "{name}: {part} in {page}");
        }
        let at = |names: [&str; 2]| names.iter().find_map(|name| page.find(name)).unwrap();
        assert!(at(["<Timer", "<app-timer"]) < at(["<Counter", "<app-counter"]), "{name}: {page}");
        let shell = workspace.text("index.html").unwrap();
        assert!(shell.contains("<title>Blue Door</title>"), "{name}: {shell}");
        let styles = [root, "src/App.css"].iter().filter_map(|path| workspace.text(path)).collect::<String>();
        assert!(styles.contains("text-align: left"), "{name}: {styles}");
    }
}

/// B2, G3
#[tokio::test]
async fn the_chips_of_every_template_are_served() {
    for (name, _, _) in templates() {
        let path = format!("{}/../../templates/{name}/template.toml", env!("CARGO_MANIFEST_DIR"));
        let manifest: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
        for chip in manifest["chips"].as_array().unwrap() {
            let (_, _, workspace) = templates().into_iter().find(|(known, ..)| *known == name).unwrap();
            let prompt = chip.as_str().unwrap();
            let outcome = run(&workspace, prompt).await;
            assert_eq!(outcome.status, PromptStatus::Completed, "{name}, {prompt}: {}", outcome.summary);
        }
    }
}
