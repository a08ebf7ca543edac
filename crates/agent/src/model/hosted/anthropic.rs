//! Anthropic's Messages: <https://docs.anthropic.com/en/api/messages-streaming>.

use data_encoding::BASE64;
use serde_json::{Value, json};

use super::super::{Message, ModelError, ModelEvent, ModelRequest, ToolSpec, Usage};
use super::calls::Calls;
use super::connection::{ConnectionError, Target};
use super::{HostedConfig, unavailable};

pub(super) fn target(config: &HostedConfig) -> Result<Target, ConnectionError> {
    let target = Target::new(config, "/messages")?.with("anthropic-version", "2023-06-01");
    target.with_key(config.api_key.as_ref(), Some("x-api-key"))
}

pub(super) fn body(config: &HostedConfig, request: &ModelRequest) -> Value {
    let tool = |tool: &ToolSpec| json!({"name": tool.name, "description": tool.description, "input_schema": tool.parameters});
    json!({
        "model": config.model,
        "max_tokens": config.output_tokens_max,
        "stream": true,
        "system": request.system,
        "tools": request.tools.iter().map(tool).collect::<Vec<_>>(),
        "messages": messages(&request.messages),
    })
}

/// Results of calls are a person's message, all of one answer's together; a message without any content is refused.
fn messages(conversation: &[Message]) -> Vec<Value> {
    let mut messages: Vec<(&str, Vec<Value>)> = Vec::new();
    for message in conversation {
        let (role, content) = match message {
            Message::User(text) => ("user", vec![json!({"type": "text", "text": text})]),
            Message::Assistant { text, calls } => {
                let words = (!text.is_empty()).then(|| json!({"type": "text", "text": text}));
                let calls = calls.iter().map(|call| {
                    // A call that was no JSON object can't be told as it was.
                    let input = if call.arguments.is_object() { call.arguments.clone() } else { json!({}) };
                    json!({"type": "tool_use", "id": call.id, "name": call.name, "input": input})
                });
                ("assistant", words.into_iter().chain(calls).collect())
            }
            Message::Tool(result) => {
                let content = match &result.picture {
                    None => json!(result.content),
                    Some(png) => {
                        let source =
                            json!({"type": "base64", "media_type": "image/png", "data": BASE64.encode(png)});
                        json!([{"type": "text", "text": result.content}, {"type": "image", "source": source}])
                    }
                };
                let result = json!({
                    "type": "tool_result",
                    "tool_use_id": result.call_id,
                    "content": content,
                    "is_error": result.is_error,
                });
                ("user", vec![result])
            }
        };
        match messages.last_mut() {
            _ if content.is_empty() => {}
            Some((last, all)) if *last == role => all.extend(content),
            Some(_) | None => messages.push((role, content)),
        }
    }
    messages.into_iter().map(|(role, content)| json!({"role": role, "content": content})).collect()
}

/// Reads an answer, event by event.
#[derive(Default)]
pub(super) struct Decoder {
    calls: Calls,
    usage: Usage,
}

impl Decoder {
    pub(super) fn take(&mut self, data: &str) -> Result<Vec<ModelEvent>, ModelError> {
        let event: Value = serde_json::from_str(data).map_err(|_| unavailable("its answer was no JSON"))?;
        let index = event["index"].as_u64().unwrap_or_default();
        match event["type"].as_str().unwrap_or_default() {
            "message_start" => {
                let usage = &event["message"]["usage"];
                let tokens = ["input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"];
                self.usage.input_tokens = tokens.iter().filter_map(|name| usage[*name].as_u64()).sum();
            }
            "content_block_start" if event["content_block"]["type"] == "tool_use" => {
                let block = &event["content_block"];
                self.calls.add(index, block["id"].as_str(), block["name"].as_str(), "")?;
            }
            "content_block_delta" => {
                let delta = &event["delta"];
                if let Some(text) = delta["text"].as_str() {
                    return Ok(vec![ModelEvent::TextDelta(text.to_owned())]);
                }
                if let Some(json) = delta["partial_json"].as_str() {
                    self.calls.add(index, None, None, json)?;
                }
            }
            "content_block_stop" => {
                return Ok(self.calls.take(index).map(ModelEvent::ToolCall).into_iter().collect());
            }
            "message_delta" => {
                self.usage.output_tokens =
                    event["usage"]["output_tokens"].as_u64().unwrap_or(self.usage.output_tokens);
            }
            "message_stop" => return Ok(vec![ModelEvent::Done { usage: self.usage }]),
            "error" => {
                let kind = event["error"]["type"].as_str().unwrap_or("an error");
                return Err(unavailable(format!("it broke off with {kind}")));
            }
            _ => {}
        }
        Ok(Vec::new())
    }
}
