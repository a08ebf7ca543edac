//! A model that answers over OpenAI's protocol as a test has it, in this process: servers come and go, it stays.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What is answered to one request.
pub enum Answer {
    Say(String),
    /// One tool call.
    Call(&'static str, Value),
    /// Nothing, ever.
    Hang,
}

type Script = dyn Fn(&Value) -> Answer + Send + Sync;

/// The model, and everything it was asked.
#[derive(Clone)]
pub struct ModelServer {
    pub url: String,
    requests: Arc<Mutex<Vec<Value>>>,
    asked: watch::Receiver<usize>,
}

impl ModelServer {
    /// Answers each request by itself.
    pub async fn start(script: impl Fn(&Value) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let requests = Arc::<Mutex<Vec<Value>>>::default();
        let (count, asked) = watch::channel(0);
        let (script, seen) = (Arc::<Script>::from(Box::new(script) as Box<Script>), Arc::clone(&requests));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (script, seen, count) = (Arc::clone(&script), Arc::clone(&seen), count.clone());
                tokio::spawn(async move { serve(stream, &*script, &seen, &count).await });
            }
        });
        Self { url, requests, asked }
    }

    pub fn requests(&self) -> Vec<Value> {
        self.requests.lock().unwrap().clone()
    }

    /// Waits until it was asked so often.
    pub async fn asked(&self, times: usize) {
        self.asked.clone().wait_for(|asked| *asked >= times).await.unwrap();
    }
}

/// The newest thing that a person, or the guard, wrote.
pub fn newest(request: &Value) -> &str {
    let messages = request["messages"].as_array().unwrap();
    let user = messages.iter().rfind(|message| message["role"] == "user").unwrap();
    user["content"].as_str().unwrap()
}

/// Whether the conversation ends with what a tool gave.
pub fn has_result(request: &Value) -> bool {
    request["messages"].as_array().unwrap().last().unwrap()["role"] == "tool"
}

async fn serve(
    mut stream: TcpStream,
    script: &Script,
    seen: &Mutex<Vec<Value>>,
    count: &watch::Sender<usize>,
) {
    // A server that is killed breaks off.
    let Some(request) = read(&mut stream).await else { return };
    let answer = script(&request);
    seen.lock().unwrap().push(request);
    count.send_modify(|count| *count += 1);
    let delta = match answer {
        Answer::Say(text) => json!({ "content": text }),
        Answer::Call(name, arguments) => json!({ "tool_calls": [{
            "index": 0, "id": "call", "type": "function",
            "function": { "name": name, "arguments": arguments.to_string() },
        }] }),
        Answer::Hang => {
            let mut rest = Vec::new();
            let _ = stream.read_to_end(&mut rest).await;
            return;
        }
    };
    let begin = json!({ "choices": [{ "index": 0, "delta": delta, "finish_reason": null }] });
    let end = json!({ "choices": [{ "index": 0, "delta": {}, "finish_reason": "stop" }] });
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
    let answer = format!("{head}data: {begin}\n\ndata: {end}\n\ndata: [DONE]\n\n");
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.shutdown().await;
}

async fn read(stream: &mut TcpStream) -> Option<Value> {
    let mut request = Vec::new();
    loop {
        if let Some(head) = request.windows(4).position(|part| part == b"\r\n\r\n") {
            let text = String::from_utf8_lossy(&request[..head]).to_lowercase();
            let length: usize =
                text.lines().find_map(|line| line.strip_prefix("content-length: "))?.parse().ok()?;
            if request.len() >= head + 4 + length {
                return serde_json::from_slice(&request[head + 4..]).ok();
            }
        }
        if stream.read_buf(&mut request).await.ok()? == 0 {
            return None;
        }
    }
}
