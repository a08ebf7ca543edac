//! What people ask for in a workspace, and what the built-in agent does then (D4, G3).

use std::sync::Arc;

use domain::{CommandExit, PromptStatus};

use super::super::{BuiltinModel, SUGGESTIONS as FOR_PAGES};
use super::*;
use crate::{
    Agent, AgentEvent, CancellationToken, CommandOutcome, MemoryWorkspace, RuleModerator, ToolPolicy, Turn,
    TurnOutcome,
};

fn run_line(line: &str) -> Errand {
    Errand::Run(line.into())
}

fn create(path: &str, content: &str, run: bool) -> Errand {
    Errand::Create { path: path.into(), content: content.into(), run }
}

#[test]
fn errands_are_recognised() {
    let start = |starter| vec![Errand::Start(starter)];
    for (prompt, expected) in [
        ("run npm test", vec![run_line("npm test")]),
        ("please run `ls -la src | wc -l`", vec![run_line("ls -la src | wc -l")]),
        ("Run the command echo hi.", vec![run_line("echo hi")]),
        ("$ git status", vec![run_line("git status")]),
        ("run main.py", vec![run_line("python3 main.py")]),
        ("Can you run the tests?", vec![Errand::RunTests]),
        ("run all my unit tests", vec![Errand::RunTests]),
        ("List the files", vec![Errand::List]),
        ("what files are there?", vec![Errand::List]),
        ("show me README.md", vec![Errand::Show("README.md".into())]),
        ("open src/App.jsx", vec![Errand::Show("src/App.jsx".into())]),
        ("cat package.json", vec![Errand::Show("package.json".into())]),
        ("search for useState", vec![Errand::Search("useState".into())]),
        ("find \"hello world\" in the files", vec![Errand::Search("hello world".into())]),
        ("where is Counter defined?", vec![Errand::Search("Counter".into())]),
        ("rename a.txt to docs/b.txt", vec![Errand::Move { from: "a.txt".into(), to: "docs/b.txt".into() }]),
        (
            "move notes.md into docs/",
            vec![Errand::Move { from: "notes.md".into(), to: "docs/notes.md".into() }],
        ),
        ("delete the file notes.txt", vec![Errand::Delete("notes.txt".into())]),
        ("download", vec![Errand::Download]),
        ("give me the files", vec![Errand::Download]),
        ("I want to keep this", vec![Errand::Download]),
        ("zip it up", vec![Errand::Download]),
        ("show the dev server log", vec![Errand::ShowLog]),
        ("any build errors?", vec![Errand::ShowLog]),
        ("create a file notes.txt with content hello", vec![create("notes.txt", "hello\n", false)]),
        ("Create todo.md containing \"- milk\"", vec![create("todo.md", "- milk\n", false)]),
        ("write hello.py: print(1) and run it", vec![create("hello.py", "print(1)\n", true)]),
        ("make an empty file called a.txt", vec![create("a.txt", "", false)]),
        ("create a new file called src/empty.js", vec![create("src/empty.js", "", false)]),
        (
            "write a.py\n```python\nprint(1)\nprint(2)\n```\nand run it",
            vec![create("a.py", "print(1)\nprint(2)\n", true)],
        ),
        (
            "Write a Python script that prints hello \"you\"",
            vec![create("script.py", "print(\"hello \\\"you\\\"\")\n", true)],
        ),
        ("set up a static page", start(Starter::Page { subject: None })),
        ("Set up a web page with a small server", start(Starter::Page { subject: None })),
        ("make a website about cats", start(Starter::Page { subject: Some("cats".into()) })),
        ("Make a small web server that says hello", start(Starter::Server { says: "hello".into() })),
        ("Write a Python script that draws a mandelbrot set", start(Starter::Mandelbrot)),
        (
            "rename a.txt to b.txt and then delete c.txt",
            vec![Errand::Move { from: "a.txt".into(), to: "b.txt".into() }, Errand::Delete("c.txt".into())],
        ),
        ("run npm test and then make it blue", vec![]),
    ] {
        assert_eq!(errands(prompt).unwrap_or_default(), expected, "{prompt}");
    }
}

/// What the recipes are for stays theirs.
#[test]
fn changes_of_a_page_are_no_errands() {
    let more = [
        "delete the footer",
        "remove the second counter",
        "move the counter to the top",
        "show a gallery of 6 pictures",
        "add a download button",
        "add a search bar",
        "make the page blue",
        "create a landing page for a bakery",
        "write hello in the heading",
        "rename it to Lunch & Co",
        "run away",
        "add a running timer",
        "open a contact form",
    ];
    for prompt in FOR_PAGES.into_iter().chain(more) {
        assert_eq!(errands(prompt), None, "{prompt}");
    }
}

async fn ask(workspace: &MemoryWorkspace, prompt: &str) -> (TurnOutcome, Vec<AgentEvent>) {
    let agent = Agent::new(Arc::new(BuiltinModel), Arc::new(RuleModerator), ToolPolicy::workspace());
    let (sender, mut receiver) = tokio::sync::mpsc::channel(64);
    let outcome = agent.run(Turn::new(prompt), workspace, sender, CancellationToken::new()).await;
    let mut events = Vec::new();
    while let Some(event) = receiver.recv().await {
        // What is remembered is no event for people.
        if !matches!(event, AgentEvent::Stepped(_)) {
            events.push(event);
        }
    }
    (outcome, events)
}

fn outcome_of(exit_code: i32) -> CommandOutcome {
    let exit = CommandExit { exit_code, truncated: false, timed_out: false, stopped: false, duration_ms: 1 };
    CommandOutcome { stdout: "said\n".into(), stderr: String::new(), exit: Some(exit) }
}

fn lines(workspace: &MemoryWorkspace) -> Vec<(String, bool)> {
    workspace.commands().into_iter().map(|line| (line.command, line.background)).collect()
}

/// D4
#[tokio::test]
async fn the_tests_there_are_are_run_and_their_end_is_told() {
    for (path, content, line) in [
        ("package.json", r#"{"scripts": {"test": "node --test"}}"#, "npm test"),
        ("src/sum.test.js", "", "node --test"),
        ("tests/test_sum.py", "", "python3 -m unittest"),
    ] {
        let workspace = MemoryWorkspace::new([(path, content)]);
        workspace.script_commands([outcome_of(1)]);
        let (outcome, _) = ask(&workspace, "run the tests").await;
        assert_eq!(outcome.status, PromptStatus::Completed);
        assert_eq!(outcome.summary, format!("`{line}` did not go well: exit code 1."));
        assert_eq!(lines(&workspace), [(line.to_owned(), false)]);
    }
    let (outcome, _) = ask(&MemoryWorkspace::new([("package.json", "{}")]), "run the tests").await;
    assert_eq!((outcome.status, outcome.counted), (PromptStatus::Refused, false));
    assert!(outcome.summary.starts_with("I found no tests"), "{}", outcome.summary);
}

/// D2, D4: something useful from nothing, and plain words on what that is.
#[tokio::test]
async fn an_empty_workspace_gets_a_page_with_a_server() {
    let workspace = MemoryWorkspace::new([]);
    workspace.script_commands([CommandOutcome { stdout: String::new(), stderr: String::new(), exit: None }]);
    let (outcome, _) = ask(&workspace, "make a website about <b>cats</b> & dogs").await;
    assert_eq!(outcome.status, PromptStatus::Completed, "{}", outcome.summary);
    assert!(workspace.text("index.html").unwrap().contains("<h1>&lt;b&gt;cats&lt;/b&gt; &amp; dogs</h1>"));
    assert_eq!(lines(&workspace), [("node server.mjs".to_owned(), true)]);
    for said in ["I wrote index.html, style.css, server.mjs.", "in the background", "I assumed", "port 3000"]
    {
        assert!(outcome.summary.contains(said), "{}", outcome.summary);
    }
    let (outcome, _) = ask(&workspace, "make a web page").await;
    assert_eq!(outcome.summary, "There is index.html already, and I would rather not write over it.");
}

/// G3: where there is no app, the recipes say so and offer what works.
#[tokio::test]
async fn recipes_say_plainly_when_there_is_no_app_to_change() {
    let workspace = MemoryWorkspace::new([("notes.txt", "x")]);
    let (outcome, events) = ask(&workspace, "Add a counter").await;
    assert_eq!((outcome.status, outcome.counted, events), (PromptStatus::Refused, false, vec![]));
    assert!(outcome.summary.starts_with("There is no page in this workspace"), "{}", outcome.summary);
    assert_eq!(outcome.suggestions, SUGGESTIONS);
    for prompt in SUGGESTIONS {
        let workspace = MemoryWorkspace::new([]);
        workspace.script_commands([outcome_of(0)]);
        assert_eq!(ask(&workspace, prompt).await.0.status, PromptStatus::Completed, "{prompt}");
    }
}

#[tokio::test]
async fn several_errands_are_done_in_order_and_what_fails_is_named() {
    let workspace = MemoryWorkspace::new([("a.txt", "one\n")]);
    let (outcome, events) =
        ask(&workspace, "rename a.txt to b.txt and then show b.txt; delete none.txt").await;
    assert_eq!(outcome.status, PromptStatus::Completed);
    let expected = "Moved a.txt to b.txt. What refers to it by its old name I left as it is.\n\nb.txt:\none\n\n\
                    There is no file at none.txt.";
    assert_eq!(outcome.summary, expected);
    assert_eq!(events.len(), 3);
    let (outcome, events) = ask(&workspace, "give me the files").await;
    assert!(outcome.summary.contains("Nothing here lasts"), "{}", outcome.summary);
    assert_eq!(events, [AgentEvent::OfferedDownload]);
    let (outcome, _) = ask(&workspace, "create b.txt with two").await;
    assert_eq!(outcome.status, PromptStatus::Refused);
    assert_eq!(workspace.text("b.txt").as_deref(), Some("one\n"));
}

/// B2, D2
#[tokio::test]
async fn the_chips_of_the_blank_template_are_served() {
    let manifest: toml::Table = include_str!("../../../../../templates/blank/template.toml").parse().unwrap();
    for chip in manifest["chips"].as_array().unwrap() {
        let workspace = MemoryWorkspace::new([]);
        workspace.script_commands([outcome_of(0)]);
        let prompt = chip.as_str().unwrap();
        assert_eq!(ask(&workspace, prompt).await.0.status, PromptStatus::Completed, "{prompt}");
    }
}
