//! Screenshots by a real browser, which runs in the sandbox whose page it shows (D4).

use std::io::Cursor;
use std::sync::Arc;

use bytes::Bytes;
use domain::TemplateName;
use sandbox::{CreateSpec, Provider, Sandbox, SandboxError, ScreenshotRequest};

use crate::support::{BROWSER, Fixture, react};

fn phone(path: &str) -> ScreenshotRequest {
    ScreenshotRequest { path: path.into(), width: 390, height: 844 }
}

async fn write(sandbox: &dyn Sandbox, path: &str, text: &str) {
    sandbox.write(&path.parse().unwrap(), Bytes::copy_from_slice(text.as_bytes())).await.unwrap();
}

/// Width, height, and the colour in the middle.
fn seen(png: Bytes) -> (u32, u32, [u8; 3]) {
    let mut reader = png::Decoder::new(Cursor::new(png)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    let from = frame.line_size * (frame.height as usize / 2)
        + frame.color_type.samples() * (frame.width as usize / 2);
    (frame.width, frame.height, [pixels[from], pixels[from + 1], pixels[from + 2]])
}

/// D4: what is seen is the page as it is once its scripts have run and its animations are over, and it is the newest.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_screenshot_shows_the_page_at_rest() {
    let fixture = Fixture::with(|config| config.browser = Some(BROWSER.into())).await;
    let sandbox = fixture.sandbox().await;
    let page = |colour: &str| {
        format!(
            "<style>body {{ margin: 0; height: 100vh; animation: fade 1s both; background: white }}
             @keyframes fade {{ from {{ opacity: 0 }} }}</style>
             <body><script>setTimeout(() => document.body.style.background = '{colour}', 500)</script>"
        )
    };
    write(&*sandbox, "public/still.html", &page("rgb(200 0 0)")).await;
    assert_eq!(seen(sandbox.screenshot(phone("/still.html")).await.unwrap()), (390, 844, [200, 0, 0]));
    write(&*sandbox, "public/still.html", &page("rgb(0 0 200)")).await;
    assert_eq!(seen(sandbox.screenshot(phone("/still.html")).await.unwrap()), (390, 844, [0, 0, 200]));
    let before = sandbox.screenshot(phone("/")).await.unwrap();
    write(&*sandbox, "src/App.jsx", "export default () => <h1>Something else</h1>;").await;
    assert_ne!(sandbox.screenshot(phone("/")).await.unwrap(), before);
    fixture.provider.destroy(sandbox.id()).await.unwrap();
}

/// D4: where there is no page yet, or a browser that is none, that is what is said.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_seen_is_said() {
    let refused = async |browser: &str, template: TemplateName| {
        let fixture = Fixture::with(|config| config.browser = Some(browser.into())).await;
        fixture.provider.prepare(&template).await.unwrap();
        let spec = CreateSpec { id: fixture.id(), template, awaited: true };
        let sandbox: Arc<dyn Sandbox> = fixture.provider.create(spec).await.unwrap();
        let refused = sandbox.screenshot(phone("/")).await.unwrap_err();
        fixture.provider.destroy(sandbox.id()).await.unwrap();
        match refused {
            SandboxError::Screenshot { reason } => reason,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(refused(BROWSER, "blank".parse().unwrap()).await, "nothing listens on port 3000");
    assert_eq!(refused("/usr/bin/true", react()).await, "the page could not be shown");
    assert_eq!(refused("/usr/bin/no-browser", react()).await, "/usr/bin/no-browser can't be run inside");
}
