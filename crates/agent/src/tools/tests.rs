//! The tools of workspaces, on one in memory (D4).

use async_trait::async_trait;
use bytes::Bytes;
use domain::{CommandExit, FileAction, WorkspacePath};
use serde_json::{Value, json};
use tokio::sync::{Barrier, mpsc};

use super::*;
use crate::{
    AgentEvent, CancellationToken, CommandLine, CommandOutcome, LastChange, MemoryWorkspace, PageError,
    Screenshot, Tool, ToolCall, ToolPolicy, Workspace, WorkspaceError,
};

const NOTES: &str = "one\ntwo\nthree\n";

fn workspace() -> MemoryWorkspace {
    MemoryWorkspace::new([
        ("notes.txt", NOTES),
        ("src/app.js", "// Two\nlet two = 2;\n"),
        (".git/config", "two"),
    ])
}

/// What one answer's calls give, and what was told.
async fn call(
    workspace: &dyn Workspace,
    policy: &ToolPolicy,
    calls: impl IntoIterator<Item = (Tool, Value)>,
) -> (Vec<Result<String, String>>, Vec<AgentEvent>) {
    let (sender, mut receiver) = mpsc::channel(64);
    let stop = CancellationToken::new();
    let mut toolbox = Toolbox::new(policy, workspace, &sender, &stop);
    let named =
        |(tool, arguments): (Tool, Value)| ToolCall { id: "1".into(), name: tool.name().into(), arguments };
    let calls: Vec<ToolCall> = calls.into_iter().map(named).collect();
    let mut results = Vec::new();
    toolbox.call_all(&calls, |_, result| results.push(result.map(|given| given.text))).await;
    receiver.close();
    let mut events = Vec::new();
    while let Some(event) = receiver.recv().await {
        events.push(event);
    }
    (results, events)
}

fn exit(exit_code: i32) -> CommandExit {
    CommandExit { exit_code, truncated: false, timed_out: false, stopped: false, duration_ms: 1 }
}

/// D4, A7: what a policy does not name is neither offered nor taken, whatever the tool.
#[tokio::test]
async fn a_tool_outside_the_policy_does_not_exist() {
    for tool in Tool::ALL {
        let mut policy = ToolPolicy::workspace();
        policy.tools.remove(&tool);
        assert!(specs(&policy).iter().all(|spec| spec.name != tool.name()));
        let workspace = workspace();
        let before = workspace.files();
        let (results, events) = call(&workspace, &policy, [(tool, json!({ "path": "notes.txt" }))]).await;
        assert_eq!(results, [Err(format!("There is no tool named `{}`.", tool.name()))]);
        assert_eq!((events, workspace.files()), (vec![], before));
        assert_eq!(workspace.commands(), []);
    }
}

/// A7: in a demo there is no shell, no moving, no download, and edits stay within what is editable.
#[tokio::test]
async fn demos_gain_searching_and_editing_and_nothing_else() {
    let policy = ToolPolicy::demo(["src/**"]).unwrap();
    let names: Vec<&str> = specs(&policy).iter().map(|spec| spec.name).collect();
    let expected = ["list_files", "read_file", "search_files", "write_file", "edit_file", "delete_file"];
    assert_eq!(names, [&expected[..], &["undo_last_change", "read_preview_console", "decline"]].concat());
    let edit = |path: &str| json!({ "path": path, "edits": [{ "find": "two", "replace": "2" }] });
    let calls = [(Tool::EditFile, edit("notes.txt")), (Tool::SearchFiles, json!({ "pattern": "config" }))];
    let workspace = workspace();
    let (results, _) = call(&workspace, &policy, calls).await;
    assert!(results[0].as_ref().is_err_and(|error| error.contains("can't be changed here")), "{results:?}");
    assert_eq!(results[1].as_deref(), Ok("No line matches."));
}

#[tokio::test]
async fn lines_are_found_where_they_may_be_read_and_bounded() {
    let search = |arguments: Value| (Tool::SearchFiles, arguments);
    let mut policy = ToolPolicy::workspace();
    let calls = [
        search(json!({ "pattern": "t[wh]" })),
        search(json!({ "pattern": "two", "folder": "src", "ignore_case": true })),
        search(json!({ "pattern": "two", "folder": "sr" })),
        search(json!({ "pattern": "(" })),
        search(json!({ "pattern": "\\p{L}{1000}{1000}" })),
    ];
    let (results, events) = call(&workspace(), &policy, calls).await;
    assert_eq!(results[0].as_deref(), Ok("notes.txt:2: two\nnotes.txt:3: three\nsrc/app.js:2: let two = 2;"));
    assert_eq!(results[1].as_deref(), Ok("src/app.js:1: // Two\nsrc/app.js:2: let two = 2;"));
    assert_eq!(results[2].as_deref(), Ok("No line matches."));
    for refused in &results[3..] {
        assert!(refused.as_ref().is_err_and(|error| error.contains("no regular expression")), "{refused:?}");
    }
    assert_eq!(events[0], AgentEvent::Read("notes.txt".parse().unwrap()));

    policy.limits.matches_max = 1;
    let (results, _) = call(&workspace(), &policy, [search(json!({ "pattern": "o" }))]).await;
    let bounded = "notes.txt:1: one\n(there may be more: search for less, or below a folder)";
    assert_eq!(results[0].as_deref(), Ok(bounded));
}

#[tokio::test]
async fn a_file_is_edited_in_pieces_and_moved() {
    let workspace = workspace();
    let edits = json!([{ "find": "two\n", "replace": "2\n" }, { "find": "three", "replace": "3" }]);
    let calls = [
        (Tool::EditFile, json!({ "path": "notes.txt", "edits": edits })),
        (Tool::EditFile, json!({ "path": "notes.txt", "edits": [{ "find": "four", "replace": "4" }] })),
        (Tool::RenameFile, json!({ "from": "notes.txt", "to": "docs/notes.md" })),
        (Tool::RenameFile, json!({ "from": "notes.txt", "to": "a" })),
        (Tool::RenameFile, json!({ "from": "docs/notes.md", "to": "src/app.js" })),
        (Tool::RenameFile, json!({ "from": "docs/notes.md", "to": "node_modules/x.js" })),
    ];
    let (results, events) = call(&workspace, &ToolPolicy::workspace(), calls).await;
    let done: Vec<bool> = results.iter().map(Result::is_ok).collect();
    assert_eq!(done, [true, false, true, false, false, false], "{results:?}");
    assert_eq!(workspace.text("docs/notes.md").as_deref(), Some("one\n2\n3\n"));
    assert_eq!(workspace.text("notes.txt"), None);
    let told = events.iter().map(|event| match event {
        AgentEvent::Changed { path, action, .. } => (path.as_str(), *action),
        other => panic!("{other:?}"),
    });
    let expected = [
        ("notes.txt", FileAction::Edited),
        ("docs/notes.md", FileAction::Created),
        ("notes.txt", FileAction::Deleted),
    ];
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn a_command_shows_the_model_how_it_ended_and_what_it_wrote() {
    let workspace = workspace();
    let wrote = |stdout: &str, stderr: &str, exit| CommandOutcome {
        stdout: stdout.into(),
        stderr: stderr.into(),
        exit,
    };
    workspace.script_commands([
        wrote("\u{1b}[32mok\u{1b}[0m\n", "", Some(exit(0))),
        wrote("", "no such test\n", Some(exit(1))),
        wrote("listening\n", "", None),
    ]);
    let calls = [
        (Tool::RunCommand, json!({ "command": "npm test", "cwd": "src", "timeout_seconds": 9_999 })),
        (Tool::RunCommand, json!({ "command": "npm test" })),
        (Tool::RunCommand, json!({ "command": "node server.mjs", "background": true })),
    ];
    let (results, events) = call(&workspace, &ToolPolicy::workspace(), calls).await;
    let expected = [
        Ok("Exit code 0.\nOutput:\nok".to_owned()),
        Err("Exit code 1.\nErrors:\nno such test".to_owned()),
        Ok("It goes on in the background.\nOutput:\nlistening".to_owned()),
    ];
    assert_eq!(results, expected);
    assert_eq!(events, [], "commands are in the journal by themselves");
    let line = |command: &str, cwd: Option<&str>, timeout_seconds, background| CommandLine {
        command: command.into(),
        cwd: cwd.map(|cwd| cwd.parse().unwrap()),
        timeout_seconds,
        background,
    };
    let expected = [
        line("npm test", Some("src"), 300, false),
        line("npm test", None, 60, false),
        line("node server.mjs", None, 1_800, true),
    ];
    assert_eq!(workspace.commands(), expected);
}

#[tokio::test]
async fn the_dev_server_s_log_is_read_and_a_download_offered() {
    let workspace = workspace();
    workspace.set_dev_server_log("\u{1b}[31mSyntaxError\u{1b}[0m: src/App.jsx\r\n");
    let calls = [(Tool::ReadDevServerLog, json!({})), (Tool::SandboxDownload, Value::Null)];
    let (results, events) = call(&workspace, &ToolPolicy::workspace(), calls).await;
    assert_eq!(results[0].as_deref(), Ok("SyntaxError: src/App.jsx"));
    assert!(results[1].is_ok());
    assert_eq!(events, [AgentEvent::OfferedDownload]);
}

/// A workspace in which each read of a file waits until another one begins; what a write looks at first does not.
struct Meeting {
    workspace: MemoryWorkspace,
    two: Barrier,
}

#[async_trait]
impl Workspace for Meeting {
    async fn list(&self) -> Result<Vec<WorkspacePath>, WorkspaceError> {
        self.workspace.list().await
    }

    async fn read(&self, path: &WorkspacePath) -> Result<Bytes, WorkspaceError> {
        // Before a file is made it is looked whether it is there.
        if self.workspace.text(path.as_str()).is_some() || path.as_str() == "none.txt" {
            self.two.wait().await;
        }
        self.workspace.read(path).await
    }

    async fn write(&self, path: &WorkspacePath, content: Bytes) -> Result<(), WorkspaceError> {
        self.workspace.write(path, content).await
    }

    async fn remove(&self, path: &WorkspacePath) -> Result<(), WorkspaceError> {
        self.workspace.remove(path).await
    }

    async fn rename(&self, from: &WorkspacePath, to: &WorkspacePath) -> Result<(), WorkspaceError> {
        self.workspace.rename(from, to).await
    }

    async fn run(
        &self,
        line: CommandLine,
        stop: &CancellationToken,
    ) -> Result<CommandOutcome, WorkspaceError> {
        self.workspace.run(line, stop).await
    }

    async fn dev_server_log(&self) -> Result<String, WorkspaceError> {
        self.workspace.dev_server_log().await
    }

    async fn preview_console(&self) -> Result<Vec<PageError>, WorkspaceError> {
        self.workspace.preview_console().await
    }

    async fn screenshot(&self, of: &Screenshot) -> Result<Bytes, WorkspaceError> {
        self.workspace.screenshot(of).await
    }

    async fn last_change(&self) -> Result<Option<LastChange>, WorkspaceError> {
        self.workspace.last_change().await
    }
}

/// G3: calls that only read are carried out at the same time, and their results come in the order of the calls; what writes waits for
/// those before it and is alone.
#[tokio::test]
async fn reads_go_together_and_writes_alone() {
    let workspace = Meeting { workspace: workspace(), two: Barrier::new(2) };
    let calls = [
        (Tool::ReadFile, json!({ "path": "notes.txt" })),
        (Tool::ReadFile, json!({ "path": "none.txt" })),
        (Tool::WriteFile, json!({ "path": "new.txt", "content": "new" })),
        (Tool::ReadFile, json!({ "path": "new.txt" })),
        (Tool::ReadFile, json!({ "path": "src/app.js" })),
    ];
    let (results, _) = call(&workspace, &ToolPolicy::workspace(), calls).await;
    assert_eq!((results[0].as_deref(), results[3].as_deref()), (Ok(NOTES), Ok("new")));
    assert!(results[1].is_err());
}

/// G4: a page's errors are shown as text, with their age, and are no more than an output may be.
#[tokio::test]
async fn what_the_page_reported_is_read() {
    let workspace = workspace();
    let call_it = || [(Tool::ReadPreviewConsole, json!({}))];
    let (results, _) = call(&workspace, &ToolPolicy::workspace(), call_it()).await;
    assert_eq!(results[0].as_deref(), Ok("No browser has reported an error of the page."));
    let error = |seconds_ago, text: &str| PageError { seconds_ago, text: text.into() };
    workspace
        .set_page_errors(vec![error(61, "\u{1b}[31mx is not defined\n  at App.jsx:3\n"), error(2, "again")]);
    let (results, events) = call(&workspace, &ToolPolicy::demo(["src/**"]).unwrap(), call_it()).await;
    assert_eq!(results[0].as_deref(), Ok("61 s ago: x is not defined\n  at App.jsx:3\n2 s ago: again"));
    assert_eq!(events, []);
}

/// D2, D4: who the agent is told to be names only tools that it has.
#[test]
fn preambles_name_only_tools_of_their_policy() {
    for policy in [ToolPolicy::demo(["src/**"]).unwrap(), ToolPolicy::workspace()] {
        let words = policy.preamble.text().split(|c: char| !c.is_ascii_lowercase() && c != '_');
        for word in words.filter(|word| word.contains('_')) {
            assert!(policy.tools.iter().any(|tool| tool.name() == word), "{word}");
        }
        for promise in ["never say that anything is saved", "no GitHub here"] {
            assert!(policy.preamble.text().to_lowercase().contains(&promise.to_lowercase()), "{promise}");
        }
    }
}
