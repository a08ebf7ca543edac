//! Looking at the page as a browser shows it.

use serde::Deserialize;

use super::toolbox::{Given, Toolbox, sentence};
use crate::{AgentEvent, Screenshot};

/// The shortest side of a browser's window, in CSS pixels.
pub(super) const SCREENSHOT_SIDE_MIN: u16 = 200;
/// The longest: models make larger pictures smaller.
pub(super) const SCREENSHOT_SIDE_MAX: u16 = 2_000;

/// Which page, in which window.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScreenshotArguments {
    #[serde(default = "start_page")]
    path: String,
    #[serde(default = "width")]
    width: u16,
    #[serde(default = "height")]
    height: u16,
}

fn start_page() -> String {
    "/".to_owned()
}

const fn width() -> u16 {
    1_280
}

const fn height() -> u16 {
    800
}

impl Toolbox<'_> {
    pub(super) async fn take_screenshot(&self, arguments: ScreenshotArguments) -> Result<Given, String> {
        let ScreenshotArguments { path, width, height } = arguments;
        let sides = SCREENSHOT_SIDE_MIN..=SCREENSHOT_SIDE_MAX;
        if !sides.contains(&width) || !sides.contains(&height) {
            return Err(format!(
                "A side of the window is from {SCREENSHOT_SIDE_MIN} to {SCREENSHOT_SIDE_MAX} pixels long."
            ));
        }
        if !path.starts_with('/') {
            return Err("A page is asked for by its path, which begins with /.".into());
        }
        let of = Screenshot { path, width, height };
        let taken = tokio::select! {
            taken = self.workspace.screenshot(&of) => taken,
            () = self.stop.cancelled() => return Err("It was stopped.".into()),
        };
        let png = taken.map_err(sentence)?;
        let text = format!("{} in a window of {width} by {height} pixels.", of.path);
        self.tell(AgentEvent::Saw(of)).await;
        Ok(Given { text, picture: Some(png) })
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use serde_json::{Value, json};
    use tokio::sync::mpsc;

    use super::*;
    use crate::{CancellationToken, MemoryWorkspace, Tool, ToolCall, ToolPolicy};

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and so on";

    async fn take(workspace: &MemoryWorkspace, arguments: Value) -> (Result<Given, String>, Vec<AgentEvent>) {
        let (sender, mut receiver) = mpsc::channel(8);
        let (policy, stop) = (ToolPolicy::workspace().with_screenshots(), CancellationToken::new());
        let mut toolbox = Toolbox::new(&policy, workspace, &sender, &stop);
        let call = ToolCall { id: "1".into(), name: Tool::TakeScreenshot.name().into(), arguments };
        let mut given = Vec::new();
        toolbox.call_all(&[call], |_, result| given.push(result)).await;
        receiver.close();
        let mut events = Vec::new();
        receiver.recv_many(&mut events, 8).await;
        (given.remove(0), events)
    }

    /// D4, G3: the model is given the picture with words that say what it shows, and people are told.
    #[tokio::test]
    async fn a_model_is_given_the_page_as_a_browser_shows_it() {
        let workspace = MemoryWorkspace::default();
        workspace.set_picture(PNG);
        let (given, events) = take(&workspace, json!({"path": "/about", "width": 390, "height": 844})).await;
        let text = "/about in a window of 390 by 844 pixels.".to_owned();
        assert_eq!(given, Ok(Given { text, picture: Some(Bytes::from_static(PNG)) }));
        assert_eq!(events, [AgentEvent::Saw(Screenshot { path: "/about".into(), width: 390, height: 844 })]);
        let (given, _) = take(&workspace, json!({})).await;
        assert_eq!(given.unwrap().text, "/ in a window of 1280 by 800 pixels.");
    }

    /// D4: what can't be is said in a sentence, and nobody is told of a look that was none.
    #[tokio::test]
    async fn a_screenshot_that_cannot_be_taken_is_explained() {
        let workspace = MemoryWorkspace::default();
        let cases = [
            (json!({}), "No screenshot could be taken: there is no browser."),
            (json!({"width": 20}), "A side of the window is from 200 to 2000 pixels long."),
            (json!({"height": 5_000}), "A side of the window is from 200 to 2000 pixels long."),
            (
                json!({"path": "https://example.com/"}),
                "A page is asked for by its path, which begins with /.",
            ),
        ];
        for (arguments, sentence) in cases {
            assert_eq!(take(&workspace, arguments).await, (Err(sentence.to_owned()), Vec::new()));
        }
        let (given, events) = take(&workspace, json!({"width": "wide"})).await;
        assert!(given.is_err() && events.is_empty());
    }
}
