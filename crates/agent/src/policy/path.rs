//! Which paths the agent's tools reach: front-end source files, and of these only the editable ones can change (A7).

use domain::WorkspacePath;

use super::PolicyError;

/// Kinds of files that make up a front end and can't run anywhere but in the preview.
const EXTENSIONS: [&str; 15] = [
    "css",
    "html",
    "js",
    "json",
    "jsx",
    "md",
    "mjs",
    "scss",
    "svg",
    "svelte",
    "ts",
    "tsx",
    "txt",
    "vue",
    "webmanifest",
];

/// Files that steer tools on the server's side of the sandbox, wherever they lie.
const TOOL_FILES: [&str; 4] = ["package.json", "package-lock.json", "jsconfig.json", "tsconfig.json"];

/// Which paths may be read and which may be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathPolicy {
    reach: Reach,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Reach {
    /// Front-end sources, and of these those that match a pattern can change.
    Sources { editable: Vec<Vec<String>> },
    /// Everything but what tools keep for themselves.
    Whole,
}

/// What tools keep for themselves, at any depth.
const TOOL_FOLDERS: [&str; 3] = ["node_modules", ".git", ".vite"];

impl PathPolicy {
    /// A policy where paths that match one of `editable` can change: `src/**`, `public/*.svg`, `index.html`.
    ///
    /// # Errors
    /// [`PolicyError`] when there is no pattern, or one that can't match.
    pub fn new<S: AsRef<str>>(editable: impl IntoIterator<Item = S>) -> Result<Self, PolicyError> {
        let editable = editable
            .into_iter()
            .map(|pattern| {
                let pattern = pattern.as_ref();
                match pattern.parse::<WorkspacePath>() {
                    Ok(path) => Ok(path.segments().map(str::to_owned).collect()),
                    Err(_) => Err(PolicyError::Pattern(pattern.to_owned())),
                }
            })
            .collect::<Result<Vec<Vec<String>>, _>>()?;
        if editable.is_empty() {
            return Err(PolicyError::NoPattern);
        }
        Ok(Self { reach: Reach::Sources { editable } })
    }

    /// A policy where everything can change but what tools keep for themselves.
    pub const fn whole() -> Self {
        Self { reach: Reach::Whole }
    }

    /// Whether the agent may see this file.
    pub fn may_read(&self, path: &WorkspacePath) -> bool {
        if self.reach == Reach::Whole {
            return path.segments().all(|segment| !TOOL_FOLDERS.contains(&segment));
        }
        let hidden = path
            .segments()
            .any(|segment| segment.starts_with('.') || segment.eq_ignore_ascii_case("node_modules"));
        let source = path
            .extension()
            .is_some_and(|extension| EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)));
        !hidden && source
    }

    /// Whether the agent may create, change or delete this file.
    pub fn may_edit(&self, path: &WorkspacePath) -> bool {
        let Reach::Sources { editable } = &self.reach else { return self.may_read(path) };
        let name = path.file_name().to_ascii_lowercase();
        let steers_tools =
            TOOL_FILES.contains(&name.as_str()) || name.contains(".config.") || name.starts_with("tsconfig.");
        let segments: Vec<&str> = path.segments().collect();
        let editable = editable.iter().any(|pattern| matches(pattern, &segments));
        self.may_read(path) && editable && !steers_tools
    }
}

/// `**` stands for any number of segments, `*` for any characters within one.
fn matches(pattern: &[String], path: &[&str]) -> bool {
    match (pattern.split_first(), path.split_first()) {
        (None, None) => true,
        (Some((any, rest)), _) if any == "**" => {
            matches(rest, path) || path.split_first().is_some_and(|(_, deeper)| matches(pattern, deeper))
        }
        (Some((segment, rest)), Some((name, deeper))) => {
            segment_matches(segment, name) && matches(rest, deeper)
        }
        (None, Some(_)) | (Some(_), None) => false,
    }
}

fn segment_matches(pattern: &str, name: &str) -> bool {
    let Some((prefix, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(mut name) = name.strip_prefix(prefix) else {
        return false;
    };
    let mut parts = rest.split('*').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return name.ends_with(part);
        }
        match name.find(part) {
            Some(at) => name = &name[at + part.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn demo() -> PathPolicy {
        PathPolicy::new(["src/**", "public/**", "index.html"]).unwrap()
    }

    fn path(text: &str) -> WorkspacePath {
        text.parse().unwrap()
    }

    /// A7
    #[test]
    fn the_demo_edits_front_end_sources_and_nothing_else() {
        for editable in ["src/App.jsx", "src/components/deep/Card.css", "index.html", "public/logo.svg"] {
            assert!(demo().may_edit(&path(editable)), "{editable}");
        }
        for forbidden in [
            "package.json",
            "src/package.json",
            "vite.config.js",
            "src/vite.config.js",
            "src/tsconfig.app.json",
            "src/.env",
            "src/.hidden/a.js",
            ".github/workflows/x.html",
            "src/run.sh",
            "src/Makefile",
            "src/lib.so",
            "node_modules/react/index.js",
            "src/node_modules/x/index.js",
            "README.md",
            "sub/index.html",
            "srcs/App.jsx",
        ] {
            assert!(!demo().may_edit(&path(forbidden)), "{forbidden}");
        }
        assert!(demo().may_read(&path("package.json")));
        assert!(!demo().may_read(&path("src/.env")));
        assert!(!demo().may_read(&path("node_modules/react/index.js")));
    }

    #[test]
    fn a_star_stays_within_its_segment() {
        let policy = PathPolicy::new(["src/*/x*y.css", "**/all.html"]).unwrap();
        assert!(policy.may_edit(&path("src/a/x1y.css")));
        assert!(!policy.may_edit(&path("src/a/b/x1y.css")));
        assert!(!policy.may_edit(&path("src/a/xy.css.css")));
        assert!(policy.may_edit(&path("all.html")));
        assert!(policy.may_edit(&path("a/b/all.html")));
    }

    #[test]
    fn patterns_that_could_leave_the_workspace_are_refused() {
        assert_eq!(PathPolicy::new::<&str>([]), Err(PolicyError::NoPattern));
        for pattern in ["/etc/**", "../**", ""] {
            assert_eq!(PathPolicy::new([pattern]), Err(PolicyError::Pattern(pattern.into())));
        }
    }

    proptest! {
        /// A7, J4
        #[test]
        fn whatever_is_editable_is_visible_and_below_an_editable_folder(text in "[a-z.*/]{1,30}") {
            if let Ok(path) = text.parse::<WorkspacePath>() && demo().may_edit(&path) {
                prop_assert!(demo().may_read(&path));
                let below = path.segments().next().is_some_and(|first| matches!(first, "src" | "public" | "index.html"));
                prop_assert!(below);
                prop_assert!(path.segments().all(|segment| !segment.starts_with('.')));
            }
        }
    }
}
