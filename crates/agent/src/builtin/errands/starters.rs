//! What is written where nothing is. Each starts with what every sandbox has: Node and Python, no packages.

use super::Starter;

/// Files to write, and the line that brings them to life.
pub(super) struct Started {
    pub(super) files: Vec<(&'static str, String)>,
    pub(super) line: &'static str,
    pub(super) background: bool,
    /// What was assumed, and what it costs.
    pub(super) remarks: &'static str,
}

pub(super) fn files(starter: &Starter) -> Started {
    match starter {
        Starter::Page { subject } => Started {
            files: vec![
                ("index.html", page(subject.as_deref())),
                ("style.css", include_str!("../../../starters/style.css").to_owned()),
                ("server.mjs", include_str!("../../../starters/static-server.mjs").to_owned()),
            ],
            line: "node server.mjs",
            background: true,
            remarks: "I assumed that a plain page without a framework would do; it may need one when it grows. The server \
                      shows this folder on port 3000, which is what the preview looks at, and is meant for trying things out only.",
        },
        Starter::Server { says } => Started {
            // A string of JSON is one of JavaScript, too.
            files: vec![(
                "server.mjs",
                include_str!("../../../starters/hello-server.mjs")
                    .replace("\"Hello!\"", &serde_json::Value::from(says.as_str()).to_string()),
            )],
            line: "node server.mjs",
            background: true,
            remarks: "I chose Node and port 3000, which is what the preview looks at. It answers every path alike.",
        },
        Starter::Mandelbrot => Started {
            files: vec![("mandelbrot.py", include_str!("../../../starters/mandelbrot.py").to_owned())],
            line: "python3 mandelbrot.py",
            background: false,
            remarks: "I assumed that characters would do, as no imaging library is installed.",
        },
    }
}

fn page(subject: Option<&str>) -> String {
    let subject = subject.unwrap_or("A new page");
    let mut chars = subject.chars();
    let title: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
    let title = title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    include_str!("../../../starters/index.html").replace("{title}", &title)
}
