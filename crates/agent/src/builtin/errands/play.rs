//! Playing errands through, step by step, over the results that earlier requests brought.

use serde_json::{Value, json};

use super::super::Answer;
use super::super::conversation::Conversation;
use super::{Errand, SUGGESTIONS, Starter, quoted, runner, starters};
use crate::Tool;

/// How much of a file is shown in an answer, in bytes.
const SHOWN_BYTES_MAX: usize = 4 * 1024;
/// Where tests of Python and of Node are looked for.
const PYTHON_TESTS: [&str; 2] = ["test_", "tests/"];
const NODE_TESTS: [&str; 4] = [".test.js", ".test.mjs", ".test.cjs", ".test.ts"];

/// The results so far, in the order in which they were asked for.
struct Stage<'a, 'b> {
    results: std::slice::Iter<'b, (&'a str, bool)>,
    changed: bool,
}

/// What a step gave: the result, or what went wrong.
type Given<'a> = Result<&'a str, &'a str>;

impl<'a> Stage<'a, '_> {
    /// What a tool gave; the call that is to be made when it was not called yet.
    fn ask(&mut self, tool: Tool, arguments: Value) -> Result<Given<'a>, Answer> {
        let Some((content, is_error)) = self.results.next() else {
            return Err(Answer::Call(vec![(tool, arguments)]));
        };
        let changes =
            matches!(tool, Tool::WriteFile | Tool::DeleteFile | Tool::RenameFile | Tool::RunCommand);
        self.changed |= changes && !is_error;
        Ok(if *is_error { Err(content) } else { Ok(content) })
    }

    fn files(&mut self) -> Result<Vec<&'a str>, Answer> {
        let given = self.ask(Tool::ListFiles, json!({}))?;
        Ok(given.map(|list| list.lines().collect()).unwrap_or_default())
    }

    fn run(&mut self, line: &str, background: bool) -> Result<Given<'a>, Answer> {
        self.ask(Tool::RunCommand, json!({ "command": line, "background": background }))
    }
}

/// What is to be done next for these errands; `None` when they are for the recipes after all, as there is an app.
pub(in crate::builtin) fn play(errands: &[Errand], conversation: &Conversation<'_>) -> Option<Answer> {
    let mut stage = Stage { results: conversation.results.iter(), changed: false };
    let mut said = Vec::new();
    for errand in errands {
        match play_one(errand, &mut stage) {
            Ok(Some(sentence)) => said.push(sentence),
            Ok(None) => return None,
            Err(Answer::Decline(reason, _)) if stage.changed || !said.is_empty() => {
                said.push(reason);
                break;
            }
            Err(answer) => return Some(answer),
        }
    }
    Some(Answer::Say(said.join("\n\n")))
}

fn play_one(errand: &Errand, stage: &mut Stage<'_, '_>) -> Result<Option<String>, Answer> {
    let sentence = match errand {
        Errand::Run(line) => {
            let given = stage.run(line, false)?;
            ended(line, given)
        }
        Errand::RunTests => run_tests(stage)?,
        Errand::Create { path, content, run } => create(stage, path, content, *run)?,
        Errand::Show(path) => {
            let text = stage.ask(Tool::ReadFile, json!({ "path": path }))?.map_err(decline)?;
            format!("{path}:\n{}", cut(text))
        }
        Errand::List => match stage.files()?.as_slice() {
            [] => "The workspace is empty.".to_owned(),
            files => format!("Files in the workspace:\n{}", cut(&files.join("\n"))),
        },
        Errand::Search(text) => {
            let arguments = json!({ "pattern": regex::escape(text), "ignore_case": true });
            let found = stage.ask(Tool::SearchFiles, arguments)?.map_err(decline)?;
            format!("Looked for “{text}”:\n{}", cut(found))
        }
        Errand::Move { from, to } => {
            stage.ask(Tool::RenameFile, json!({ "from": from, "to": to }))?.map_err(decline)?;
            format!("Moved {from} to {to}. What refers to it by its old name I left as it is.")
        }
        Errand::Delete(path) => {
            stage.ask(Tool::DeleteFile, json!({ "path": path }))?.map_err(decline)?;
            format!("Deleted {path}.")
        }
        Errand::ShowLog => {
            let log = stage.ask(Tool::ReadDevServerLog, json!({}))?.map_err(decline)?;
            format!("The dev server's newest words:\n{}", cut(log))
        }
        Errand::Download => {
            stage.ask(Tool::SandboxDownload, json!({}))?.map_err(decline)?;
            "Here are your files as they are now, without what can be made again. Nothing here lasts, so take them along if \
             you want to keep them."
                .to_owned()
        }
        Errand::Start(starter) => return start(stage, starter),
    };
    Ok(Some(sentence))
}

fn run_tests(stage: &mut Stage<'_, '_>) -> Result<String, Answer> {
    let files = stage.files()?;
    let mut line = None;
    if files.contains(&"package.json") {
        let manifest = stage.ask(Tool::ReadFile, json!({ "path": "package.json" }))?;
        let manifest: Option<Value> = manifest.ok().and_then(|text| serde_json::from_str(text).ok());
        line = manifest.filter(|manifest| manifest["scripts"]["test"].is_string()).map(|_| "npm test");
    }
    let any = |fits: &dyn Fn(&str) -> bool| files.iter().any(|path| fits(path));
    let line = line.or_else(|| {
        let node = any(&|path| NODE_TESTS.iter().any(|ending| path.ends_with(ending)));
        node.then_some("node --test")
    });
    let line = line.or_else(|| {
        let python =
            any(&|path| path.ends_with(".py") && PYTHON_TESTS.iter().any(|part| path.contains(part)));
        python.then_some("python3 -m unittest")
    });
    let Some(line) = line else {
        let looked = "I found no tests: no test script in package.json, no *.test.js, no test_*.py.";
        return Err(decline(&format!("{looked} Give me a line to run, such as “run npm run build”.")));
    };
    let given = stage.run(line, false)?;
    Ok(ended(line, given))
}

fn create(stage: &mut Stage<'_, '_>, path: &str, content: &str, run: bool) -> Result<String, Answer> {
    if stage.files()?.contains(&path) {
        return Err(decline(&format!("There is {path} already, and I would rather not write over it.")));
    }
    stage.ask(Tool::WriteFile, json!({ "path": path, "content": content }))?.map_err(decline)?;
    let size = if content.is_empty() { ", which is empty" } else { "" };
    let mut said = format!("Created {path}{size}.");
    if let Some(runner) = runner(path).filter(|_| run) {
        let line = format!("{runner} {}", quoted(path));
        let given = stage.run(&line, false)?;
        said = format!("{said} {}", ended(&line, given));
    }
    Ok(said)
}

fn start(stage: &mut Stage<'_, '_>, starter: &Starter) -> Result<Option<String>, Answer> {
    let files = stage.files()?;
    let started = starters::files(starter);
    if files.iter().any(|path| path.starts_with("src/") || *path == "package.json") {
        return Ok(None);
    }
    if let Some((path, _)) = started.files.iter().find(|(path, _)| files.contains(path)) {
        return Err(decline(&format!("There is {path} already, and I would rather not write over it.")));
    }
    for (path, content) in &started.files {
        stage.ask(Tool::WriteFile, json!({ "path": path, "content": content }))?.map_err(decline)?;
    }
    let given = stage.run(started.line, started.background)?;
    let names: Vec<&str> = started.files.iter().map(|(path, _)| *path).collect();
    let begun = match (given, started.background) {
        (Ok(_), true) => {
            format!("`{}` runs in the background now; its card has a stop button.", started.line)
        }
        (given, _) => ended(started.line, given),
    };
    Ok(Some(format!("I wrote {}. {begun} {}", names.join(", "), started.remarks)))
}

/// How a command went. Its output is on its card.
fn ended(line: &str, given: Given<'_>) -> String {
    let (how, went) = match given {
        Ok(text) => (text, "is done"),
        Err(text) => (text, "did not go well"),
    };
    let end = how.lines().next().unwrap_or_default().trim_end_matches('.');
    format!("`{line}` {went}: {}.", super::super::lower_first(end))
}

fn decline(reason: &str) -> Answer {
    Answer::Decline(reason.to_owned(), SUGGESTIONS.map(str::to_owned).to_vec())
}

fn cut(text: &str) -> String {
    if text.len() <= SHOWN_BYTES_MAX {
        return text.trim_end().to_owned();
    }
    format!("{}\n(there is more)", &text[..text.floor_char_boundary(SHOWN_BYTES_MAX)])
}
