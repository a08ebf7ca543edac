//! From a prompt to errands: pure, in English, and careful: what could be meant for a page is left to the recipes.

use std::sync::LazyLock;

use domain::WorkspacePath;
use regex::Regex;

use super::{Errand, Starter, quoted, runner};

/// Errands that one prompt may hold.
const ERRANDS_MAX: usize = 8;

/// Programs whose name begins a line that is meant to be run.
const PROGRAMS: &str = "awk bash cat chmod cp curl cut date df diff du echo env find free git grep head id jq ls make mkdir mv \
    node npm npx perl pip pip3 ps pwd python python3 rm sed seq sh sleep sort stat tail tar test time touch tr tree true \
    uname uniq wc which whoami xargs";

/// File names that are known to be some without an ending.
const KNOWN_NAMES: [&str; 5] = ["Dockerfile", "LICENSE", "Makefile", "Procfile", "README"];

/// What a prompt may begin with without meaning anything.
const LEAD: &str =
    r"(?i)^(?:(?:please|now|then|ok|okay|just|and|can you|could you|would you|i want you to|let's)[, ]+)*";

macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(&format!("{LEAD}{}", $text)).expect("the pattern is one"));
    };
}

pattern!(RUN_QUOTED, r"(?:run|execute|exec|try)(?: the)?(?: command)?:?\s+`([^`\n]+)`\W*$");
pattern!(RUN, r"(?:run|execute|exec)(?: the)?(?: command)?:?\s+(.+)$");
pattern!(
    TESTS,
    r"(?:run|execute|start)(?: all)?(?: the| my| our)?(?: unit)? tests?(?: suite)?\W*$|(?:test it|do the tests pass|run the test suite)\W*$"
);
pattern!(
    CREATE,
    r"(?:create|make|write|add|save)(?: me)?(?: an?| the)?(?: new)?(?:(?: \w+)? (?:file|script|program))?(?: called| named)? +`?([^\s`:,]+)`?(?:$|[\s:,](?s:(.*)))"
);
pattern!(
    PRINTS,
    r"(?:create|make|write)(?: me)? an? (?:small |short |tiny |simple )?(python|node|javascript|js|shell|bash)(?: script| program| file)? (?:that|which|to) (?:prints?|says?|shows?|outputs?) (.+)$"
);
pattern!(
    LIST,
    r"(?:(?:list|show)(?: me)?(?: all)?(?: the| my)? (?:files|file tree|folder|directory)(?: here| there are| please)?|what(?:'s| is) in (?:the|this|my) (?:workspace|folder|sandbox|directory)|(?:what|which) files (?:are there|are here|do i have|exist)|ls)\W*$"
);
pattern!(
    SHOW,
    r"(?:show|read|open|print|display|cat|view)(?: me)?(?: the)?(?: contents? of| file)?(?: the)?(?: file)? `?([^\s`]+?)`?[.?!]?$"
);
pattern!(
    SEARCH,
    r"(?:search|grep|look)(?: (?:in |through )?(?:the |all |my )?(?:files|code|workspace|project|sources))?(?: for)? (.+)$"
);
pattern!(
    FIND_IN,
    r"(?:find|search) (.+) in (?:the |all |all the |my )?(?:files|code|workspace|project|sources)\W*$"
);
pattern!(WHERE, r"where (?:is|are|do we use|does) (.+?) (?:used|defined|appear|stand|mentioned)\W*$");
pattern!(MOVE, r"(?:rename|move)(?: the)?(?: file)? `?([^\s`]+)`? (?:to|into|as) `?([^\s`]+?)`?[.!]?$");
pattern!(DELETE, r"(?:delete|remove|rm)(?: the)?(?: file)? `?([^\s`]+?)`?[.!]?$");
pattern!(
    LOG,
    r"(?:show|read|what (?:is|does)|what's|any)\b.*\b(?:dev server|build errors?|server log|vite)\b"
);
pattern!(
    DOWNLOAD,
    r"(?:(?:download|export|zip|pack)(?: up)?(?: it| this| that| everything| all| (?:me )?(?:the|my|all|these|all the)? ?(?:files|code|project|workspace|sandbox|work|result|archive|app|site))?(?: up)?(?: please| as .*)?|(?:give|send|get) me (?:the|my|all|all the) (?:files|code|project|workspace|sources)|(?:i want to|i'd like to|let me|how (?:do|can) i) (?:download|keep|export|save|take)\b.*)\W*$"
);
pattern!(
    SERVER,
    r"(?:make|write|create|build|set up|start)(?: me)? an? (?:small |simple |tiny |little )?(?:web ?|http |node )?server(?: (?:that|which) (?:says|answers(?: with)?|returns|shows) (.+?))?\W*$"
);
pattern!(
    PAGE,
    r"(?:make|write|create|build|set up|start|begin)(?: me)? (?:an?|the|my|some) (?:small |simple |static |tiny |basic |new |plain |html )*(?:web ?page|web ?site|page|site|homepage|home page)(?: with (?:a|an|its own) (?:small |simple )?server)?(?: (?:about|for|on) (.+?))?\W*$"
);
static RUN_IT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i),?\s+(?:and|then|and then) (?:run|execute) (?:it|that)\W*$").expect("the pattern is one")
});
static CONTENT: LazyLock<Regex> = LazyLock::new(|| {
    let connectors = r"(?is)^\s*(?:with|containing|that says|which says|saying|that contains|and put)?\s*(?:the |this |a )?(?:content|contents|text|line|code)?\s*(?:in it)?\s*:?\s*(.*)$";
    Regex::new(connectors).expect("the pattern is one")
});
static PARTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:,? and then |, then |;\s*then |; |\.\s+then )").expect("the pattern is one")
});

/// What a prompt asks for beside changes of a page; nothing when any part of it is something else.
pub(in crate::builtin) fn errands(prompt: &str) -> Option<Vec<Errand>> {
    let prompt = prompt.trim();
    if let Some(errand) = errand(prompt) {
        return Some(vec![errand]);
    }
    let parts: Option<Vec<Errand>> = PARTS.split(prompt).map(|part| errand(part.trim())).collect();
    parts.filter(|parts| parts.len() <= ERRANDS_MAX)
}

fn errand(prompt: &str) -> Option<Errand> {
    let first = |pattern: &Regex| Some(pattern.captures(prompt)?.get(1)?.as_str().trim().to_owned());
    if let Some(line) = prompt.strip_prefix("$ ") {
        return Some(Errand::Run(line.trim().to_owned()));
    }
    if TESTS.is_match(prompt) {
        return Some(Errand::RunTests);
    }
    if let Some(line) = first(&RUN_QUOTED).or_else(|| first(&RUN).and_then(|rest| line(&rest))) {
        return Some(Errand::Run(line));
    }
    if LIST.is_match(prompt) {
        return Some(Errand::List);
    }
    if let Some(errand) = printing(prompt).or_else(|| created(prompt)) {
        return Some(errand);
    }
    if let Some(path) = first(&SHOW).and_then(|text| path(&text)) {
        return Some(Errand::Show(path));
    }
    if let Some(captures) = MOVE.captures(prompt) {
        return moved(&captures[1], &captures[2]);
    }
    if let Some(path) = first(&DELETE).and_then(|text| path(&text)) {
        return Some(Errand::Delete(path));
    }
    if LOG.is_match(prompt) {
        return Some(Errand::ShowLog);
    }
    if DOWNLOAD.is_match(prompt) {
        return Some(Errand::Download);
    }
    let sought = first(&FIND_IN).or_else(|| first(&SEARCH)).or_else(|| first(&WHERE));
    if let Some(text) = sought.map(|text| unquoted(&text).to_owned()).filter(|text| !text.is_empty()) {
        return Some(Errand::Search(text));
    }
    started(prompt).map(Errand::Start)
}

/// A line for a shell, where it begins as one does.
fn line(rest: &str) -> Option<String> {
    let rest = rest.trim();
    let rest = rest
        .strip_suffix(['.', '!', '?'])
        .filter(|rest| rest.ends_with(char::is_alphanumeric))
        .unwrap_or(rest);
    if rest.contains(" then ") {
        return None;
    }
    let program = rest.split_whitespace().next()?;
    if PROGRAMS.split_whitespace().any(|known| known == program) || program.starts_with("./") {
        return Some(rest.to_owned());
    }
    let path = path(rest)?;
    runner(&path).map(|runner| format!("{runner} {}", quoted(&path)))
}

fn created(prompt: &str) -> Option<Errand> {
    let captures = CREATE.captures(prompt)?;
    let path = path(&captures[1])?;
    let rest = captures.get(2).map_or("", |rest| rest.as_str());
    let (rest, run) = match RUN_IT.find(rest) {
        Some(found) => (&rest[..found.start()], true),
        None => (rest, false),
    };
    let content = fenced(rest).map_or_else(
        || CONTENT.captures(rest).map_or(String::new(), |found| unquoted(found[1].trim()).to_owned()),
        str::to_owned,
    );
    let content = if content.is_empty() || content.ends_with('\n') { content } else { content + "\n" };
    Some(Errand::Create { run: run && runner(&path).is_some(), path, content })
}

/// A program that prints a text or a thing it knows how to find out.
fn printing(prompt: &str) -> Option<Errand> {
    let captures = PRINTS.captures(prompt)?;
    let rest = RUN_IT.replace(&captures[2], "");
    let text = unquoted(rest.trim_end_matches(['.', '!'])).to_owned();
    let date = ["the date", "today's date", "the time", "the current time"].contains(&text.as_str());
    // JSON's strings are strings of JavaScript and of Python, too.
    let literal = serde_json::to_string(&text).ok()?;
    let (path, content) = match (captures[1].to_lowercase().as_str(), date) {
        ("python", true) => {
            ("script.py", "from datetime import datetime\n\nprint(datetime.now())\n".to_owned())
        }
        ("python", false) => ("script.py", format!("print({literal})\n")),
        ("shell" | "bash", true) => ("script.sh", "date\n".to_owned()),
        ("shell" | "bash", false) => ("script.sh", format!("echo '{}'\n", text.replace('\'', "'\\''"))),
        (_, true) => ("script.mjs", "console.log(String(new Date()));\n".to_owned()),
        (_, false) => ("script.mjs", format!("console.log({literal});\n")),
    };
    Some(Errand::Create { path: path.to_owned(), content, run: true })
}

fn moved(from: &str, to: &str) -> Option<Errand> {
    let from = path(from)?;
    let into_folder = to.strip_suffix('/');
    let to = match into_folder {
        Some(folder) => path(&format!("{folder}/{}", from.rsplit('/').next()?))?,
        None => path(to)?,
    };
    Some(Errand::Move { from, to })
}

fn started(prompt: &str) -> Option<Starter> {
    if prompt.to_lowercase().contains("mandelbrot") {
        return Some(Starter::Mandelbrot);
    }
    if let Some(captures) = SERVER.captures(prompt) {
        let says = captures.get(1).map_or("Hello!", |says| unquoted(says.as_str()));
        return Some(Starter::Server { says: says.to_owned() });
    }
    let captures = PAGE.captures(prompt)?;
    Some(Starter::Page { subject: captures.get(1).map(|subject| unquoted(subject.as_str()).to_owned()) })
}

/// A path of the workspace, where a word looks like one.
fn path(text: &str) -> Option<String> {
    let text = text.trim_matches(['`', '"', '\'']).trim_start_matches("./");
    let text = text.strip_prefix("/workspace/").unwrap_or(text);
    let path: WorkspacePath = text.parse().ok().filter(|_| !text.contains(char::is_whitespace))?;
    let ending = path.extension().is_some_and(|ending| {
        (1..=10).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    let known = KNOWN_NAMES.contains(&path.file_name()) || path.file_name().starts_with('.');
    (ending || known || text.contains('/')).then(|| path.to_string())
}

/// What stands between two lines of three backticks.
fn fenced(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("```")?;
    let (_, rest) = rest.split_once('\n')?;
    rest.split_once("```").map(|(content, _)| content)
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let pairs = [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('‘', '’')];
    let inner = pairs.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
    inner.unwrap_or(text)
}
