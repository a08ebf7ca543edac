//! The WebSocket of one terminal: bytes both ways, sizes out, the shell's end in.

use serde::Deserialize;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BinaryType, Event, MessageEvent, WebSocket};

/// What came from the server.
pub(super) enum Heard {
    /// The connection stands; the scrollback comes next.
    Opened,
    /// What programs wrote.
    Bytes(Vec<u8>),
    /// The shell is over, with this code if it is known.
    Exited(Option<i32>),
    /// The connection is gone.
    Lost,
}

/// The last words of a server.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Last {
    /// The shell is over.
    Exited(ExitCode),
    /// Its sandbox is.
    Ended {},
}

#[derive(Deserialize)]
struct ExitCode {
    exit_code: i32,
}

/// An open connection; closed when dropped.
pub(super) struct Link {
    socket: WebSocket,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_open: Closure<dyn FnMut(Event)>,
    _on_close: Closure<dyn FnMut(Event)>,
}

impl Link {
    /// Connects to `path` on the page's own server. The callback may not drop the link it was called by.
    pub(super) fn open(path: &str, hear: impl Fn(Heard) + Clone + 'static) -> Option<Self> {
        let location = web_sys::window()?.location();
        let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
        let socket = WebSocket::new(&format!("{scheme}://{}{path}", location.host().ok()?)).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let (opened, lost) = (hear.clone(), hear.clone());
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(heard) = read(&event) {
                hear(heard);
            }
        });
        let on_open = Closure::<dyn FnMut(Event)>::new(move |_| opened(Heard::Opened));
        let on_close = Closure::<dyn FnMut(Event)>::new(move |_| lost(Heard::Lost));
        socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        socket.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        socket.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        Some(Self { socket, _on_message: on_message, _on_open: on_open, _on_close: on_close })
    }

    /// Sends what was typed. While the connection is gone, nobody would read it.
    pub(super) fn send(&self, bytes: &[u8]) {
        if self.socket.ready_state() == WebSocket::OPEN {
            let _ = self.socket.send_with_u8_array(bytes);
        }
    }

    /// Says how large the terminal is.
    pub(super) fn resize(&self, (columns, rows): (u32, u32)) {
        if self.socket.ready_state() == WebSocket::OPEN {
            let _ = self.socket.send_with_str(&resize_text(columns, rows));
        }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.socket.set_onmessage(None);
        self.socket.set_onopen(None);
        self.socket.set_onclose(None);
        let _ = self.socket.close();
    }
}

fn read(event: &MessageEvent) -> Option<Heard> {
    match event.data().dyn_into::<js_sys::ArrayBuffer>() {
        Ok(buffer) => Some(Heard::Bytes(js_sys::Uint8Array::new(&buffer).to_vec())),
        Err(text) => exit_code(&text.as_string()?).map(Heard::Exited),
    }
}

/// The shell's exit code, if it has one; `None` for other texts.
fn exit_code(text: &str) -> Option<Option<i32>> {
    Some(match serde_json::from_str::<Last>(text).ok()? {
        Last::Exited(ExitCode { exit_code }) => Some(exit_code),
        Last::Ended {} => None,
    })
}

fn resize_text(columns: u32, rows: u32) -> String {
    serde_json::json!({ "resize": { "columns": columns, "rows": rows } }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// D6
    #[test]
    fn sizes_and_the_shells_end_are_text() {
        assert_eq!(resize_text(80, 24), r#"{"resize":{"columns":80,"rows":24}}"#);
        assert_eq!(exit_code(r#"{"exited":{"exit_code":130}}"#), Some(Some(130)));
        assert_eq!(exit_code(r#"{"ended":{}}"#), Some(None));
        assert_eq!(exit_code("hello"), None);
    }
}
