//! Every template: that it is baked, that its preview is served, and that a change is seen at once.

use bytes::Bytes;
use sandbox::{Port, Provider, SandboxError};

use crate::hmr::Updates;
use crate::preview::body_of;
use crate::support::{Fixture, Typist, path, shell};

/// What a browser loads first, and which file of it is changed.
struct Story {
    template: &'static str,
    modules: &'static [&'static str],
    changed: &'static str,
    /// What the framework is called in the text that the app begins with.
    called: &'static str,
}

const STORIES: [Story; 4] = [
    Story {
        template: "react-vite",
        modules: &["/src/main.jsx", "/src/App.jsx"],
        changed: "src/App.jsx",
        called: "React",
    },
    Story {
        template: "vue-vite",
        modules: &["/src/main.js", "/src/App.vue"],
        changed: "src/App.vue",
        called: "Vue",
    },
    Story {
        template: "svelte-vite",
        modules: &["/src/main.js", "/src/App.svelte"],
        changed: "src/App.svelte",
        called: "Svelte",
    },
    Story {
        template: "vanilla-vite",
        modules: &["/src/main.js", "/src/App.css?import"],
        changed: "src/App.css",
        called: "web page",
    },
];

/// B2, E7
#[tokio::test]
async fn every_framework_is_served_and_updated_where_it_is_changed() {
    let fixture = Fixture::new().await;
    for story in STORIES {
        let sandbox = fixture.sandbox_of(story.template).await;
        let page = body_of(&*sandbox, "/").await;
        assert!(page.starts_with("HTTP/1.1 200") && page.contains("Hello from your sandbox"), "{page}");
        let mut app = page;
        for module in story.modules {
            app.push_str(&body_of(&*sandbox, module).await);
        }
        assert!(app.contains(&format!("This is a real {}", story.called)), "{}: {app}", story.template);
        let mut updates = Updates::connect(&*sandbox).await;
        let mut content = sandbox.read(&path(story.changed)).await.unwrap().to_vec();
        let at = content.windows(9).position(|text| text == b"Hello fro").unwrap_or(content.len());
        content.splice(at..at, if story.changed.ends_with("css") { *b".x { }\n" } else { *b"Once. \n" });
        sandbox.write(&path(story.changed), content.into()).await.unwrap();
        let update = updates.next().await;
        assert_eq!(update["type"], "update", "{}: {update}", story.template);
        assert_eq!(update["updates"][0]["path"], format!("/{}", story.changed), "{update}");
    }
}

/// B2: what is compiled while a sandbox waits is all that its first visitor asks for.
#[tokio::test]
async fn every_framework_is_warm_when_it_says_so() {
    let fixture = Fixture::new().await;
    for story in STORIES {
        let sandbox = fixture.sandbox_of(story.template).await;
        fixture.provider.freeze(sandbox.id()).await.unwrap();
        fixture.provider.thaw(sandbox.id()).await.unwrap();
        let before = shell(&*sandbox, "ls -R node_modules/.vite | sort").await;
        for module in story.modules {
            assert!(body_of(&*sandbox, module).await.starts_with("HTTP/1.1 200"), "{module}");
        }
        let after = shell(&*sandbox, "ls -R node_modules/.vite | sort").await;
        assert_eq!(after, before, "{}: nothing had to be optimised anew", story.template);
    }
}

/// D2
#[tokio::test]
async fn a_blank_workspace_is_empty_and_has_what_programs_are_written_with() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox_of("blank").await;
    sandbox.probe().await.unwrap();
    assert_eq!(sandbox.list().await.unwrap(), []);
    assert_eq!(shell(&*sandbox, "ls -A; pwd").await.text, "/workspace\n");
    let tools = shell(&*sandbox, "node --version && npm --version && python3 -c 'print(6 * 7)'").await;
    assert_eq!((tools.code, tools.text.lines().last()), (0, Some("42")), "{tools:?}");
    assert_eq!(shell(&*sandbox, "ls -A").await.text, "", "asking them leaves nothing behind");
    sandbox.write(&path("src/hello.py"), Bytes::from("print('hello')")).await.unwrap();
    assert_eq!(shell(&*sandbox, "python3 src/hello.py").await.text, "hello\n");
}

/// D2, D7: its preview is whatever listens on its port, as long as somebody does.
#[tokio::test]
async fn the_preview_of_a_blank_workspace_is_what_listens_on_its_port() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox_of("blank").await;
    let nothing = sandbox.connect(Port::DevServer).await.err().unwrap();
    assert!(matches!(nothing, SandboxError::Unreachable { .. }), "{nothing}");
    fixture.provider.freeze(sandbox.id()).await.unwrap();
    fixture.provider.thaw(sandbox.id()).await.unwrap();
    sandbox.write(&path("index.html"), Bytes::from("<html>mine</html>")).await.unwrap();
    let (_, mut typist) = Typist::at_new(&*sandbox).await;
    typist.enters("stty noflsh; python3 -u -m http.server 3000 --bind 127.0.0.1", "Serving HTTP").await;
    let page = body_of(&*sandbox, "/").await;
    assert!(page.starts_with("HTTP/1.0 200") && page.ends_with("<html>mine</html>"), "{page}");
    typist.interrupts("\u{3}").await.unwrap();
    assert!(sandbox.connect(Port::DevServer).await.is_err());
    sandbox.probe().await.unwrap();
}
