//! What a visitor's browser gets from a real dev server in a real sandbox.

use crate::hmr::Updates;
use crate::support::{Fixture, node, path};
use bytes::Bytes;
use sandbox::{Port, Provider, Sandbox};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// What the preview answers, its head included.
pub async fn body_of(sandbox: &dyn Sandbox, target: &str) -> String {
    let mut io = sandbox.connect(Port::DevServer).await.unwrap();
    let request = format!("GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    io.write_all(request.as_bytes()).await.unwrap();
    let mut response = String::new();
    io.read_to_string(&mut response).await.unwrap();
    response
}

/// A1, E7
#[tokio::test]
async fn each_write_reaches_the_browser_as_exactly_one_update() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    // As a browser does it: only modules that somebody has loaded are updated.
    for module in ["/src/main.jsx", "/src/App.jsx", "/src/App.css?import"] {
        body_of(&*sandbox, module).await;
    }
    let mut updates = Updates::connect(&*sandbox).await;

    let (mut expected, mut received) = (Vec::new(), Vec::new());
    for round in 0..6 {
        let (file, addition) = if round % 2 == 0 {
            ("src/App.jsx", format!("// {round}\n"))
        } else {
            ("src/App.css", format!("/* {round} */\n"))
        };
        let mut content = sandbox.read(&path(file)).await.unwrap().to_vec();
        content.extend_from_slice(addition.as_bytes());
        sandbox.write(&path(file), content.into()).await.unwrap();
        let update = updates.next().await;
        // Were a write to cause two, the second would be taken for the next round's.
        received.push(update["updates"][0]["path"].as_str().unwrap_or("none").to_owned());
        expected.push(format!("/{file}"));
    }
    assert_eq!(received, expected);
}

/// A1
#[tokio::test]
async fn what_was_written_is_what_the_browser_is_served() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    assert!(body_of(&*sandbox, "/src/App.jsx").await.contains("Hello from your sandbox"));
    let mut updates = Updates::connect(&*sandbox).await;
    let app = "export default function App() { return <h1>Changed by a test</h1>; }";
    sandbox.write(&path("src/App.jsx"), Bytes::from(app)).await.unwrap();
    updates.next().await;
    assert!(body_of(&*sandbox, "/src/App.jsx").await.contains("Changed by a test"));
}

/// A1: packages are named in the page's head, and come without the source maps that would take longer than all the rest.
#[tokio::test]
async fn a_warm_page_names_its_packages_and_serves_them_small() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    // Freezing waits until the warm-up is over.
    fixture.provider.freeze(sandbox.id()).await.unwrap();
    fixture.provider.thaw(sandbox.id()).await.unwrap();

    let page = body_of(&*sandbox, "/").await;
    let links = page.split("<link rel=\"modulepreload\" href=\"").skip(1);
    let named: Vec<&str> = links.filter_map(|rest| rest.split('"').next()).collect();
    assert!(named.iter().any(|path| path.contains("/react-dom_client.js?v=")), "{page}");
    for path in named {
        let module = body_of(&*sandbox, path).await;
        assert!(module.starts_with("HTTP/1.1 200"), "{path}");
        assert!(!module.contains("sourceMappingURL=data:"), "{path}");
    }
    let own = body_of(&*sandbox, "/src/App.jsx").await;
    assert!(own.contains("sourceMappingURL=data:"), "the workspace's own files keep their maps");
}

/// Stands for a page in a frame: runs the script, and prints what it tells its parent.
const PAGE: &str = r#"
import fs from "node:fs";
import vm from "node:vm";

const listeners = {};
const told = [];
const page = {
  console: { debug() {}, log() {}, info() {}, warn() {}, error() {} },
  parent: { postMessage: (message, origin) => told.push({ ...message, origin }) },
  addEventListener: (name, listener) => (listeners[name] = listener),
  Element: class {}, TextEncoder, Uint8Array, Date, JSON, Error,
};
page.window = page;
vm.runInNewContext(fs.readFileSync("script.js", "utf8"), page);
console.log(JSON.stringify(told.splice(0)));

const circle = { name: "circle" };
circle.self = circle;
page.console.log("two", 2, null, [1, "x"], circle);
page.console.warn("%s has %d%%%c", "it", 5, "color: red", "left");
page.console.log();
page.console.error("€".repeat(5000));
listeners.error({ message: "Uncaught x" });
listeners.unhandledrejection({ reason: "no" });
listeners["sandglass:build-error"]({ detail: { message: "\u001b[31mbad\u001b[0m", frame: "1 | x" } });
for (let n = 0; n < 100; n++) page.console.info("flood");
console.log(told.slice(0, 3).map(({ level, text }) => `${level}: ${text.slice(0, 80)}`).join("\n"));
console.log(told.slice(3, 6).map(({ level, text }) => `${level}: ${text}`).join("\n"));
console.log(told.length, Buffer.byteLength(told[2].text), told.every(({ sandglass }) => sandglass === "console"));
const alone = { ...page, console: { log: 1 } };
alone.parent = alone.window = alone;
vm.runInNewContext(fs.readFileSync("script.js", "utf8"), alone);
console.log(alone.console.log);
"#;

/// D7, G4
#[tokio::test]
async fn a_framed_page_tells_its_console_bounded_and_first_of_all() {
    let fixture = Fixture::new().await;
    let sandbox = fixture.sandbox().await;
    let page = body_of(&*sandbox, "/").await;
    let (_, head) = page.split_once("<head>").unwrap();
    let script = head.trim_start().strip_prefix("<script>").unwrap_or_else(|| panic!("{head}"));
    let (script, rest) = script.split_once("</script>").unwrap();
    assert!(rest.contains("vite:error") && rest.contains("/@vite/client"), "{rest}");
    sandbox.write(&path("script.js"), Bytes::copy_from_slice(script.as_bytes())).await.unwrap();
    let told = node(&*sandbox, PAGE).await;
    let euros = "€".repeat(80);
    let expected = format!(
        "[{{\"sandglass\":\"renewed\",\"origin\":\"*\"}}]\n\
         log: two 2 null [1, \"x\"] {{name: \"circle\", self: {{name: \"circle\", self: {{…}}}}}}\n\
         warn: it has 5% left\nerror: {euros}\nerror: Uncaught x\nerror: Unhandled rejection: no\n\
         error: Build error: bad\n1 | x\n50 1998 true\n1\n"
    );
    assert_eq!(told.text, expected);
    assert!(!body_of(&*sandbox, "/src/App.jsx").await.contains("sandglass"), "nothing but pages");
}
