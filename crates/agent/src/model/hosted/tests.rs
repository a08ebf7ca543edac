//! Both protocols against servers that answer by script, byte for byte.

mod patience;
mod pictures;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::super::{Message, ToolCall, ToolResult, ToolSpec, Usage};
use super::*;

/// One connection's answer: pieces, each sent on its own, then the connection is closed.
type Script = Vec<String>;

/// A piece that is not sent: the server says nothing for this time.
const SILENCE: &str = "silence of a minute and a second";
const SILENCE_TIME: Duration = Duration::from_secs(61);
/// A piece that is not sent: the server takes a breath, and goes on before anybody minds.
const BREATH: &str = "breath of a minute but a second";
const BREATH_TIME: Duration = Duration::from_secs(59);

/// A server that gives its answers in order, one a connection, and remembers what it was asked.
struct Server {
    addr: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn start(scripts: Vec<Script>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let requests = Arc::<Mutex<Vec<String>>>::default();
        let seen = Arc::clone(&requests);
        tokio::spawn(async move {
            for script in scripts {
                let (mut stream, _) = listener.accept().await.unwrap();
                let request = read_request(&mut stream).await;
                seen.lock().unwrap().push(request);
                for piece in script {
                    match piece.as_str() {
                        SILENCE => tokio::time::sleep(SILENCE_TIME).await,
                        BREATH => tokio::time::sleep(BREATH_TIME).await,
                        // Whoever asked may have gone meanwhile.
                        sent => {
                            if stream.write_all(sent.as_bytes()).await.is_err() {
                                break;
                            }
                            tokio::task::yield_now().await;
                        }
                    }
                }
            }
        });
        Self { addr, requests }
    }

    fn config(&self, protocol: Protocol) -> HostedConfig {
        HostedConfig {
            protocol,
            base_url: format!("http://{}/v1/", self.addr),
            model: "tester".into(),
            api_key: Some(ApiKey::new("a-secret-key".into())),
            output_tokens_max: 4_096,
            context_tokens: 100_000,
        }
    }

    async fn ask(&self, protocol: Protocol) -> Vec<Result<ModelEvent, ModelError>> {
        let entropy = Arc::new(domain::SeededEntropy::new(1));
        HostedModel::new(self.config(protocol), entropy).unwrap().stream(request()).collect().await
    }

    /// Each request's head and body.
    fn requests(&self) -> Vec<(String, Value)> {
        let requests = self.requests.lock().unwrap();
        let parted = requests.iter().map(|request| request.split_once("\r\n\r\n").unwrap());
        parted.map(|(head, body)| (head.to_lowercase(), serde_json::from_str(body).unwrap())).collect()
    }
}

async fn read_request(stream: &mut tokio::net::TcpStream) -> String {
    let mut request = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&request).to_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
            if body.len() >= length.parse().unwrap() {
                return String::from_utf8(request).unwrap();
            }
        }
        assert_ne!(stream.read_buf(&mut request).await.unwrap(), 0, "the request broke off");
    }
}

fn request() -> ModelRequest {
    let call = ToolCall { id: "t1".into(), name: "read_file".into(), arguments: json!({"path": "a"}) };
    let result = ToolResult {
        call_id: "t1".into(),
        content: "There is no file at a.".into(),
        picture: None,
        is_error: true,
    };
    ModelRequest {
        system: "Be brief.".into(),
        messages: vec![
            Message::User("first".into()),
            Message::Assistant { text: String::new(), calls: vec![] },
            Message::User("second".into()),
            Message::Assistant { text: "Looking.".into(), calls: vec![call] },
            Message::Tool(result),
        ],
        tools: vec![ToolSpec {
            name: "read_file",
            description: "Read one file.",
            parameters: json!({"type": "object"}),
        }],
    }
}

fn head(status: &str, more: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-type: text/event-stream\r\nconnection: close\r\n{more}\r\n")
}

/// A good answer of these events, each sent on its own.
fn answer(events: &[Value]) -> Script {
    let events = events.iter().map(|event| format!("event: x\ndata: {event}\n\n"));
    std::iter::once(head("200 OK", "")).chain(events).collect()
}

fn text(text: &str) -> ModelEvent {
    ModelEvent::TextDelta(text.into())
}

fn call(id: &str, arguments: Value) -> ModelEvent {
    ModelEvent::ToolCall(ToolCall { id: id.into(), name: "read_file".into(), arguments })
}

fn done(input_tokens: u64, output_tokens: u64) -> ModelEvent {
    ModelEvent::Done { usage: Usage { input_tokens, output_tokens } }
}

fn anthropic_call(index: u64, id: &str, pieces: &[&str]) -> Vec<Value> {
    let block = json!({"type": "tool_use", "id": id, "name": "read_file", "input": {}});
    let begin = json!({"type": "content_block_start", "index": index, "content_block": block});
    let delta = |piece: &&str| {
        let delta = json!({"type": "input_json_delta", "partial_json": piece});
        json!({"type": "content_block_delta", "index": index, "delta": delta})
    };
    let end = json!({"type": "content_block_stop", "index": index});
    std::iter::once(begin).chain(pieces.iter().map(delta)).chain([end]).collect()
}

fn anthropic_text(text: &str) -> Value {
    json!({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": text}})
}

fn anthropic_end() -> [Value; 2] {
    let delta =
        json!({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 7}});
    [delta, json!({"type": "message_stop"})]
}

fn openai(delta: Value, finish_reason: Option<&str>) -> Value {
    json!({"choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}]})
}

/// G3: words as they come, calls side by side, arguments that are no JSON, and the whole request.
#[tokio::test]
async fn anthropics_messages_are_asked_and_read() {
    let usage = json!({"input_tokens": 10, "cache_read_input_tokens": 5});
    let mut events =
        vec![json!({"type": "message_start", "message": {"usage": usage}}), json!({"type": "ping"})];
    events.extend(["Let", " me"].map(anthropic_text));
    events.extend(anthropic_call(1, "t2", &["{\"pa", "th\": \"b\"}"]));
    events.extend(anthropic_call(2, "t3", &[]));
    events.extend(anthropic_call(3, "t4", &["{\"path\": "]));
    events.extend(anthropic_end());
    let server = Server::start(vec![answer(&events)]).await;
    let got: Result<Vec<_>, _> = server.ask(Protocol::Anthropic).await.into_iter().collect();
    let expected = [
        text("Let"),
        text(" me"),
        call("t2", json!({"path": "b"})),
        call("t3", json!({})),
        call("t4", json!("{\"path\": ")),
        done(15, 7),
    ];
    assert_eq!(got.unwrap(), expected);
    let (head, body) = server.requests().remove(0);
    assert!(head.starts_with("post /v1/messages http/1.1\r\n"), "{head}");
    for header in
        ["x-api-key: a-secret-key", "anthropic-version: 2023-06-01", "content-type: application/json"]
    {
        assert!(head.contains(&format!("\r\n{header}")), "{head}");
    }
    let expected = json!({
        "model": "tester",
        "max_tokens": 4_096,
        "stream": true,
        "system": "Be brief.",
        "tools": [{"name": "read_file", "description": "Read one file.", "input_schema": {"type": "object"}}],
        "messages": [
            {"role": "user", "content": [{"type": "text", "text": "first"}, {"type": "text", "text": "second"}]},
            {"role": "assistant", "content": [
                {"type": "text", "text": "Looking."},
                {"type": "tool_use", "id": "t1", "name": "read_file", "input": {"path": "a"}},
            ]},
            {"role": "user", "content": [{
                "type": "tool_result", "tool_use_id": "t1", "content": "There is no file at a.", "is_error": true,
            }]},
        ],
    });
    assert_eq!(body, expected);
}

/// G3
#[tokio::test]
async fn chat_completions_are_asked_and_read() {
    let piece = |index: u64, id: Option<&str>, arguments: &str| {
        let name = id.map(|_| "read_file");
        json!({"index": index, "id": id, "function": {"name": name, "arguments": arguments}})
    };
    let mut script = answer(&[
        openai(json!({"role": "assistant", "content": ""}), None),
        openai(json!({"content": "Let me"}), None),
        openai(json!({"tool_calls": [piece(0, Some("t2"), "{\"path\""), piece(1, Some("t3"), "")]}), None),
        openai(json!({"tool_calls": [piece(0, None, ": \"b\"}"), piece(1, None, "{\"path\": ")]}), None),
        openai(json!({}), Some("tool_calls")),
        json!({"choices": [], "usage": {"prompt_tokens": 15, "completion_tokens": 7}}),
    ]);
    script.push("data: [DONE]\n\n".into());
    let server = Server::start(vec![script]).await;
    let got: Result<Vec<_>, _> = server.ask(Protocol::OpenAi).await.into_iter().collect();
    let expected =
        [text("Let me"), call("t2", json!({"path": "b"})), call("t3", json!("{\"path\": ")), done(15, 7)];
    assert_eq!(got.unwrap(), expected);
    let (head, body) = server.requests().remove(0);
    assert!(head.starts_with("post /v1/chat/completions http/1.1\r\n"), "{head}");
    assert!(head.contains("\r\nauthorization: bearer a-secret-key"), "{head}");
    let function =
        json!({"name": "read_file", "description": "Read one file.", "parameters": {"type": "object"}});
    let called = json!({"name": "read_file", "arguments": "{\"path\":\"a\"}"});
    let expected = json!({
        "model": "tester",
        "max_tokens": 4_096,
        "stream": true,
        "stream_options": {"include_usage": true},
        "tools": [{"type": "function", "function": function}],
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "first"},
            {"role": "assistant", "content": ""},
            {"role": "user", "content": "second"},
            {"role": "assistant", "content": "Looking.", "tool_calls": [{"id": "t1", "type": "function", "function": called}]},
            {"role": "tool", "tool_call_id": "t1", "content": "Error: There is no file at a."},
        ],
    });
    assert_eq!(body, expected);
}

/// What can't be mended by asking again is said at once, without the key.
#[tokio::test]
async fn a_request_that_is_refused_is_not_made_again() {
    let server = Server::start(vec![vec![head("401 Unauthorized", "content-length: 0\r\n")]]).await;
    assert_eq!(server.ask(Protocol::Anthropic).await, [Err(ModelError::Refused { status: 401 })]);
    let shown = format!("{:?}", server.config(Protocol::Anthropic));
    assert!(!shown.contains("a-secret-key"), "{shown}");
}

/// Once words were shown, an answer that breaks off is an error, and nobody is asked again.
#[tokio::test]
async fn an_answer_that_breaks_off_is_an_error() {
    let length = |script: Script| {
        // More is promised than comes.
        let mut script = script;
        script[0] = head("200 OK", "content-length: 100000\r\n");
        script
    };
    for (protocol, script) in [
        (Protocol::Anthropic, answer(&[anthropic_text("half")])),
        (Protocol::Anthropic, length(answer(&[anthropic_text("half")]))),
        (Protocol::Anthropic, [answer(&[anthropic_text("half")]), vec!["data: {\n\n".into()]].concat()),
        (Protocol::OpenAi, answer(&[openai(json!({"content": "half"}), None)])),
        (
            Protocol::OpenAi,
            answer(&[openai(json!({"content": "half"}), None), json!({"error": {"message": "x"}})]),
        ),
    ] {
        let server = Server::start(vec![script]).await;
        let got = server.ask(protocol).await;
        assert!(
            matches!(&got[..], [Ok(words), Err(ModelError::Unavailable { .. })] if *words == text("half")),
            "{got:?}"
        );
        assert_eq!(server.requests().len(), 1);
    }
}

/// Slow is not broken: an answer that drips is read to its end.
#[tokio::test]
async fn an_answer_that_drips_is_read_to_its_end() {
    let events = std::iter::once(anthropic_text("ü ok")).chain(anthropic_end()).collect::<Vec<_>>();
    let whole = answer(&events).concat();
    let server = Server::start(vec![whole.chars().map(String::from).collect()]).await;
    let got: Result<Vec<_>, _> = server.ask(Protocol::Anthropic).await.into_iter().collect();
    assert_eq!(got.unwrap(), [text("ü ok"), done(0, 7)]);
}

/// Some servers end without a last word, and an answer that is cut at its length is still one.
#[tokio::test]
async fn an_answer_that_was_cut_at_its_length_is_kept() {
    let server =
        Server::start(vec![answer(&[openai(json!({"content": "as far as"}), Some("length"))])]).await;
    let got: Result<Vec<_>, _> = server.ask(Protocol::OpenAi).await.into_iter().collect();
    assert_eq!(got.unwrap(), [text("as far as"), done(0, 0)]);
}
