//! Screenshots: that they show the page, and that what makes them leaves nothing behind.

use super::{Check, Checked, Suite, check, ensure, ensure_error};
use crate::{SandboxError, ScreenshotRequest};

pub(super) const CHECKS: &[Check] = &[
    check!("a screenshot is a picture as large as was asked for", |can| can.screenshot, sizes),
    check!("a browser leaves nothing in the workspace", |can| can.screenshot, leaves_nothing),
    check!("a browser goes to pages of the sandbox and nowhere else", |can| can.screenshot, elsewhere),
    check!("a provider that cannot take screenshots says so", |can| !can.screenshot, unsupported),
];

fn request(path: &str) -> ScreenshotRequest {
    ScreenshotRequest { path: path.to_owned(), width: 640, height: 480 }
}

async fn sizes(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    let png = sandbox.screenshot(request("/")).await?;
    ensure!(png.starts_with(b"\x89PNG\r\n\x1a\n"), "it is no PNG");
    // The first chunk says how large it is: https://www.w3.org/TR/png-3/#11IHDR
    let side = |from: usize| {
        png.get(from..from + 4).map(|bytes| u32::from_be_bytes(bytes.try_into().unwrap_or_default()))
    };
    ensure!((side(16), side(20)) == (Some(640), Some(480)), "it is {:?} by {:?}", side(16), side(20));
    Ok(())
}

async fn leaves_nothing(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    let before = sandbox.list().await?;
    sandbox.screenshot(request("/")).await?;
    ensure!(sandbox.list().await? == before, "the workspace is not what it was");
    Ok(())
}

async fn elsewhere(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    for path in ["", "page", "@example.com/", "0/", "/a b", "/\n"] {
        ensure_error!(sandbox.screenshot(request(path)).await, SandboxError::Screenshot { .. });
    }
    Ok(())
}

async fn unsupported(suite: &Suite) -> Checked {
    let sandbox = suite.sandbox().await?;
    ensure_error!(sandbox.screenshot(request("/")).await, SandboxError::Unsupported(_));
    Ok(())
}
