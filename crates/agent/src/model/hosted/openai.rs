//! OpenAI's chat completions, as OpenAI, OpenRouter, Ollama, vLLM and others speak it:
//! <https://platform.openai.com/docs/api-reference/chat-streaming>.

use data_encoding::BASE64;
use serde_json::{Value, json};

use super::super::{Message, ModelError, ModelEvent, ModelRequest, ToolCall, ToolResult, ToolSpec, Usage};
use super::calls::Calls;
use super::connection::{ConnectionError, Target};
use super::{HostedConfig, unavailable};

/// Who calls the bound of an answer by another name than everybody else.
const OPENAI: &str = "https://api.openai.com/";

pub(super) fn target(config: &HostedConfig) -> Result<Target, ConnectionError> {
    Target::new(config, "/chat/completions")?.with_key(config.api_key.as_ref(), None)
}

pub(super) fn body(config: &HostedConfig, request: &ModelRequest) -> Value {
    let system = json!({"role": "system", "content": request.system});
    let messages: Vec<Value> = std::iter::once(system).chain(messages(&request.messages)).collect();
    let tool = |tool: &ToolSpec| {
        let function =
            json!({"name": tool.name, "description": tool.description, "parameters": tool.parameters});
        json!({"type": "function", "function": function})
    };
    let bound = if config.base_url.starts_with(OPENAI) { "max_completion_tokens" } else { "max_tokens" };
    let mut body = json!({
        "model": config.model,
        bound: config.output_tokens_max,
        "stream": true,
        "stream_options": {"include_usage": true},
        "messages": messages,
    });
    // An empty list is refused.
    if !request.tools.is_empty() {
        body["tools"] = request.tools.iter().map(tool).collect();
    }
    body
}

/// A tool's message holds words alone. Its picture follows as a person's message, once all results of the same answer are told: they
/// have to stand together.
fn messages(conversation: &[Message]) -> Vec<Value> {
    let mut messages = Vec::with_capacity(conversation.len());
    let mut pictures: Vec<Value> = Vec::new();
    for one in conversation {
        if !matches!(one, Message::Tool(_)) && !pictures.is_empty() {
            messages.push(json!({"role": "user", "content": std::mem::take(&mut pictures)}));
        }
        messages.push(message(one));
        if let Message::Tool(ToolResult { call_id, picture: Some(png), .. }) = one {
            let url = format!("data:image/png;base64,{}", BASE64.encode(png));
            pictures.push(json!({"type": "text", "text": format!("The picture of the call {call_id}:")}));
            pictures.push(json!({"type": "image_url", "image_url": {"url": url}}));
        }
    }
    if !pictures.is_empty() {
        messages.push(json!({"role": "user", "content": pictures}));
    }
    messages
}

fn message(message: &Message) -> Value {
    let call = |call: &ToolCall| {
        let arguments = match &call.arguments {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        json!({"id": call.id, "type": "function", "function": {"name": call.name, "arguments": arguments}})
    };
    match message {
        Message::User(text) => json!({"role": "user", "content": text}),
        Message::Assistant { text, calls } if calls.is_empty() => {
            json!({"role": "assistant", "content": text})
        }
        Message::Assistant { text, calls } => {
            let calls: Vec<Value> = calls.iter().map(call).collect();
            json!({"role": "assistant", "content": text, "tool_calls": calls})
        }
        Message::Tool(result) => {
            let failed = if result.is_error { "Error: " } else { "" };
            let content = format!("{failed}{}", result.content);
            json!({"role": "tool", "tool_call_id": result.call_id, "content": content})
        }
    }
}

/// Reads an answer, event by event.
#[derive(Default)]
pub(super) struct Decoder {
    calls: Calls,
    usage: Usage,
    finished: bool,
}

impl Decoder {
    pub(super) fn take(&mut self, data: &str) -> Result<Vec<ModelEvent>, ModelError> {
        if data.trim() == "[DONE]" {
            return self.end().map(|done| done.into_iter().collect());
        }
        let event: Value = serde_json::from_str(data).map_err(|_| unavailable("its answer was no JSON"))?;
        if event["error"].is_object() {
            return Err(unavailable("it broke off with an error"));
        }
        if let Some(tokens) = event["usage"]["prompt_tokens"].as_u64() {
            let output_tokens = event["usage"]["completion_tokens"].as_u64().unwrap_or_default();
            self.usage = Usage { input_tokens: tokens, output_tokens };
        }
        let choice = &event["choices"][0];
        let mut events = Vec::new();
        if let Some(text) = choice["delta"]["content"].as_str().filter(|text| !text.is_empty()) {
            events.push(ModelEvent::TextDelta(text.to_owned()));
        }
        for (call, place) in choice["delta"]["tool_calls"].as_array().into_iter().flatten().zip(0..) {
            let function = &call["function"];
            let at = call["index"].as_u64().unwrap_or(place);
            let arguments = function["arguments"].as_str().unwrap_or_default();
            self.calls.add(at, call["id"].as_str(), function["name"].as_str(), arguments)?;
        }
        if choice["finish_reason"].is_string() {
            self.finished = true;
            events.extend(self.calls.take_all().into_iter().map(ModelEvent::ToolCall));
        }
        Ok(events)
    }

    /// Some servers end without a last word; what they counted comes after the answer's end.
    pub(super) fn end(&mut self) -> Result<Option<ModelEvent>, ModelError> {
        if self.finished {
            return Ok(Some(ModelEvent::Done { usage: self.usage }));
        }
        Err(unavailable("its answer broke off"))
    }
}
