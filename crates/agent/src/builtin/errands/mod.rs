//! What the built-in agent does in a workspace beside changing a page: files, commands, searches, a download, a start from
//! nothing. [`recognise`] reads the prompt; an errand is then played through from its first step at every request, with the
//! results there are, until one is missing: that is the next tool call.

mod play;
mod recognise;
mod starters;
#[cfg(test)]
mod tests;

pub(super) use play::play;
pub(super) use recognise::errands;

/// Prompts that work where there is no app to change.
pub(super) const SUGGESTIONS: [&str; 3] =
    ["Set up a web page with a small server", "Write a Python script that prints the date", "List the files"];

/// What it says of itself in a workspace, beside what it says everywhere.
pub(super) const IDENTITY: &str =
    "Here I can also run a command that you give me, and create, show, find, move or delete files.";

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Errand {
    /// Run a line as a shell does.
    Run(String),
    /// Run the tests there are.
    RunTests,
    /// Create a file, and run it when that was said.
    Create { path: String, content: String, run: bool },
    /// Show a file.
    Show(String),
    /// Show which files there are.
    List,
    /// Show where a text stands.
    Search(String),
    /// Move a file.
    Move { from: String, to: String },
    /// Delete a file.
    Delete(String),
    /// Show what the dev server says.
    ShowLog,
    /// Offer the files.
    Download,
    /// Begin something where nothing is.
    Start(Starter),
}

/// What can be begun from nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Starter {
    /// A page about something, with a server of its own.
    Page { subject: Option<String> },
    /// A server that answers with a line.
    Server { says: String },
    /// A script that draws the Mandelbrot set.
    Mandelbrot,
}

/// How a program's file is run; `None` for a file that is no program.
fn runner(path: &str) -> Option<&'static str> {
    match path.rsplit_once('.')?.1 {
        "py" => Some("python3"),
        "js" | "mjs" | "cjs" => Some("node"),
        "sh" => Some("sh"),
        _ => None,
    }
}

/// A path as one word of a shell's line.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    if path.chars().all(plain) && !path.starts_with('-') {
        return path.to_owned();
    }
    format!("'./{}'", path.replace('\'', "'\\''"))
}
