//! Edits on files as people and models write them.

use proptest::prelude::*;

use super::app::{App, Place, jsx_text};
use super::{css, html, imports, jsx, lines};
use crate::builtin::framework::Framework;

/// Root components in the styles people use, each with what must be found again after any edit.
const APPS: [&str; 9] = [
    "import \"./App.css\";\n\nexport default function App() {\n  return (\n    <div className=\"app\">\n      <main>\n        <h1>Hi</h1>\n      </main>\n    </div>\n  );\n}\n",
    "const App = () => {\n  const [a, setA] = useState(0 < 1);\n  return <main><h1>Hi {a ? <b>x</b> : null}</h1></main>;\n};\n\nexport default App;\n",
    "import React, { useState } from 'react'\nimport './App.css'\n\nfunction App() {\n  if (loading) return <p>Loading</p>\n  return (\n    <>\n      <h1>Hi</h1>\n      {items.map((item) => <Item key={item.id} {...item} />)}\n      <footer>Bye</footer>\n    </>\n  )\n}\n\nexport default App\n",
    "export default () => <Home />;\n",
    "export default function App() {\n  return <h1>Hi</h1>;\n}\n",
    "\"use client\";\n// It's the app <main>\nimport x from \"./x.js\";\nexport default function App({ name = \"<div>\" }) {\n  const pattern = /<main>/g;\n  const text = `a ${name ? `<p>` : '<p>'}`;\n  return (\n    <main />\n  );\n}\n",
    "function Small() {\n  return <p>It's small</p>;\n}\nexport default function App() {\n  return (\n    <div>\n      <main>\n        <Small />\n      </main>\n      <Footer text=\"x > y\" />\n    </div>\n  );\n}\nfunction Late() {\n  return <section><p>a</p><p>b</p><p>c</p><p>d</p><p>e</p><p>f</p><p>g</p><p>h</p><p>i</p><p>j</p><p>k</p></section>;\n}\n",
    "export default function App() {\n  return (\n    <div>\n    </div>\n  );\n}\n",
    "import A from \"./a\";\nexport default memo(function App() {\n  return (<Layout title=\"x\"><main>text</main></Layout>);\n});\n",
];

fn places() -> [Place; 5] {
    [Place::Top, Place::Opening, Place::ContentStart, Place::ContentEnd, Place::Bottom]
}

/// Every word of the source, to see that none was lost.
fn words(source: &str) -> Vec<&str> {
    source.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

fn contains_in_order(all: &[&str], some: &[&str]) -> bool {
    let mut all = all.iter();
    some.iter().all(|word| all.any(|other| other == word))
}

#[test]
fn an_element_comes_into_every_style_of_app_and_goes_again() {
    for source in APPS {
        for place in places() {
            let edited = App::of(Framework::React, source).unwrap().insert("<New />", place);
            let app = App::of(Framework::React, &edited).unwrap_or_else(|| panic!("{edited}"));
            assert_eq!(app.components().iter().filter(|name| **name == "New").count(), 1, "{edited}");
            assert!(contains_in_order(&words(&edited), &words(source)), "{place:?}\n{source}\n{edited}");
            let removed = app.remove_component("New");
            assert!(
                !removed.contains("New") && contains_in_order(&words(&removed), &words(source)),
                "{removed}"
            );
            assert!(App::of(Framework::React, &removed).is_some(), "{removed}");
        }
    }
}

#[test]
fn what_is_added_stands_before_a_footer_and_in_the_main_content() {
    let edited = App::of(Framework::React, APPS[2]).unwrap().insert("<New />", Place::ContentEnd);
    assert!(edited.contains("      <New />\n\n      <footer>Bye</footer>\n"), "{edited}");
    let edited = App::of(Framework::React, APPS[6]).unwrap().insert("<New />", Place::ContentEnd);
    assert!(edited.contains("        <Small />\n        <New />\n      </main>"), "{edited}");
    let edited = App::of(Framework::React, APPS[5]).unwrap().insert("<New />", Place::ContentEnd);
    assert!(edited.contains("    <main>\n      <New />\n    </main>\n"), "{edited}");
    let edited = App::of(Framework::React, APPS[3]).unwrap().insert("<New />", Place::ContentEnd);
    assert_eq!(edited, "export default () => <>\n  <Home />\n  <New />\n</>;\n");
}

#[test]
fn what_does_not_add_up_is_not_touched() {
    for source in [
        "",
        "export default 1;",
        "export default () => <div>;",
        "const a = \"<p>",
        "export default () => (<a></b>);",
    ] {
        assert!(App::of(Framework::React, source).is_none(), "{source}");
    }
    let deep = format!("export default () => {}{};", "<a>".repeat(200), "</a>".repeat(200));
    assert!(App::of(Framework::React, &deep).is_none());
}

#[test]
fn a_removed_element_in_an_expression_leaves_null() {
    let source = "import New from \"./New\";\nexport default () => <p>{show && <New a={1} />}</p>;\n";
    let expected = "export default () => <p>{show && null}</p>;\n";
    assert_eq!(App::of(Framework::React, source).unwrap().remove_component("New"), expected);
}

#[test]
fn an_import_that_something_else_uses_stays() {
    let source = "import New from \"./New\";\nconst routes = [New];\nexport default () => <p><New /></p>;\n";
    assert!(App::of(Framework::React, source).unwrap().remove_component("New").contains("import New from"));
}

#[test]
fn imports_are_added_once_and_after_the_others() {
    for source in APPS {
        let once = imports::add_default(source, "New", "./components/New.jsx");
        assert_eq!(once.matches("import New from \"./components/New.jsx\";").count(), 1, "{once}");
        assert_eq!(imports::add_default(&once, "New", "./components/New.jsx"), once);
        assert!(
            App::of(Framework::React, &once).is_some() && contains_in_order(&words(&once), &words(source)),
            "{once}"
        );
        assert_eq!(imports::imports(&once).len(), imports::imports(source).len() + 1, "{once}");
        assert_eq!(words(&imports::remove_unused(&once, "New")), words(source));
    }
    let with_client = imports::add_default(APPS[5], "New", "./New.jsx");
    assert!(with_client.starts_with("\"use client\";\n"), "{with_client}");
}

#[test]
fn attributes_are_set_and_replaced() {
    let source = "export default () => <A b=\"1\" text={f(\"{\")} />;\n";
    let app = App::of(Framework::React, source).unwrap();
    let element = app.first(|element| element.name == "A").unwrap();
    assert_eq!(app.set_attribute(element, "b", "2"), "export default () => <A b=\"2\" text={f(\"{\")} />;\n");
    let quoted = app.set_attribute(element, "c", "say \"x\"");
    assert_eq!(quoted, "export default () => <A b=\"1\" text={f(\"{\")} c={\"say \\\"x\\\"\"} />;\n");
}

#[test]
fn a_declaration_is_set_where_it_is_and_added_where_it_is_not() {
    let source = "@import \"x.css\";\n/* :root { --a: no } */\n:root {\n  --a: 1;\n  --b: url(\"a;b}\")\n}\n@media print {\n  :root { --a: 9; }\n}\n";
    assert_eq!(css::value(source, ":root", "--a"), Some("1"));
    let set = css::set(source, ":root", &[("--a", "2"), ("--c", "3")]);
    assert!(set.contains("  --a: 2;\n  --b: url(\"a;b}\");\n  --c: 3;\n}"), "{set}");
    assert!(set.contains(":root { --a: 9; }") && set.contains("/* :root { --a: no } */"), "{set}");
    assert_eq!(css::set("", ":root", &[("--a", "1")]), ":root {\n  --a: 1;\n}\n");
    let nested = css::set(".a { &:hover { color: red } }", ".a", &[("color", "blue")]);
    assert_eq!(css::value(&nested, ".a", "color"), Some("blue"), "{nested}");
}

#[test]
fn a_title_is_set_in_any_shell_with_a_head() {
    assert_eq!(
        html::set_title("<TITLE lang=en>a</TITLE>", "b & <c>").as_deref(),
        Some("<TITLE lang=en>b &amp; &lt;c&gt;</TITLE>")
    );
    assert_eq!(
        html::set_title("<head>\n</head>", "b").as_deref(),
        Some("<head>\n  <title>b</title>\n  </head>")
    );
    assert_eq!(html::set_title("<p>", "b"), None);
}

#[test]
fn line_ends_survive_a_round_trip() {
    for text in ["a\r\nb\r\n", "a\nb\n", "a\r\nb\n", "a"] {
        let end = lines::LineEnd::of(text);
        assert_eq!(end.restore(&end.normalise(text)), text);
    }
}

proptest! {
    #[test]
    fn the_scanner_reads_anything_without_a_panic(source in "(\\PC|<|>|/|\\{|\\}|\"|'|`|\n|<a>|</a>|return |import x from |\\$\\{|\\\\){0,60}") {
        let _ = (jsx::elements(&source), jsx::texts(&source), imports::imports(&source));
        if let Some(app) = App::of(Framework::React, &source) {
            for place in places() {
                app.insert("<New />", place);
            }
            app.remove_component("a");
        }
        let _ = (css::set(&source, ":root", &[("--a", "1")]), html::set_title(&source, "t"));
    }

    #[test]
    fn any_text_can_stand_between_tags(text in "\\PC{0,40}", app in 0..APPS.len()) {
        let source = App::of(Framework::React, APPS[app]).unwrap().insert(&format!("<New>{}</New>", jsx_text(&text)), Place::ContentEnd);
        let app = App::of(Framework::React, &source);
        prop_assert!(app.is_some_and(|app| app.components().contains(&"New")), "{source}");
    }

    #[test]
    fn setting_a_declaration_twice_is_setting_it_once(
        before in "(:root \\{ ?(--a: 1; ?)?\\}\n|body \\{\n  color: red\n\\}\n|/\\* x \\*/\n|@media print \\{ a \\{ b: c \\} \\}\n){0,5}",
        value in "[a-z0-9#]{1,8}",
    ) {
        let once = css::set(&before, ":root", &[("--a", &value)]);
        prop_assert_eq!(css::value(&once, ":root", "--a"), Some(value.as_str()));
        prop_assert_eq!(&css::set(&once, ":root", &[("--a", &value)]), &once);
        prop_assert!(contains_in_order(&words(&once), &words(&before.replace("--a: 1", "--a"))), "{}", once);
    }
}
