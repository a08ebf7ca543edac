//! How models are shown pictures: each protocol has a place of its own for them (D4, G3).

use bytes::Bytes;
use serde_json::json;

use super::super::super::{Message, ModelRequest, ToolCall, ToolResult};
use super::super::{HostedConfig, Protocol, anthropic, openai};

fn config(protocol: Protocol) -> HostedConfig {
    HostedConfig {
        protocol,
        base_url: "https://models.example/v1".into(),
        model: "tester".into(),
        api_key: None,
        output_tokens_max: 4_096,
        context_tokens: 100_000,
    }
}

/// A look at the page and a list of files in one answer, and what they gave; then more words.
fn request() -> ModelRequest {
    let call = |id: &str, name: &str| ToolCall { id: id.into(), name: name.into(), arguments: json!({}) };
    let result = |id: &str, content: &str, picture: Option<&'static [u8]>| {
        let picture = picture.map(Bytes::from_static);
        Message::Tool(ToolResult { call_id: id.into(), content: content.into(), picture, is_error: false })
    };
    ModelRequest {
        system: "Be brief.".into(),
        messages: vec![
            Message::User("look".into()),
            Message::Assistant {
                text: String::new(),
                calls: vec![call("t1", "take_screenshot"), call("t2", "list_files")],
            },
            result("t1", "/ in a window of 1280 by 800 pixels.", Some(b"picture")),
            result("t2", "a.txt", None),
            Message::User("go on".into()),
        ],
        tools: vec![],
    }
}

#[test]
fn anthropics_results_hold_their_pictures() {
    let body = anthropic::body(&config(Protocol::Anthropic), &request());
    let picture = json!({"type": "base64", "media_type": "image/png", "data": "cGljdHVyZQ=="});
    let content = json!([
        {"type": "text", "text": "/ in a window of 1280 by 800 pixels."},
        {"type": "image", "source": picture},
    ]);
    let told = json!({"role": "user", "content": [
        {"type": "tool_result", "tool_use_id": "t1", "content": content, "is_error": false},
        {"type": "tool_result", "tool_use_id": "t2", "content": "a.txt", "is_error": false},
        {"type": "text", "text": "go on"},
    ]});
    assert_eq!(body["messages"][2], told);
    assert_eq!(body["messages"].as_array().unwrap().len(), 3);
}

/// Results stand together, behind the answer that asked for them; a picture among them would be refused.
#[test]
fn openais_pictures_follow_the_results() {
    let body = openai::body(&config(Protocol::OpenAi), &request());
    let messages = body["messages"].as_array().unwrap();
    let told = [
        json!({"role": "tool", "tool_call_id": "t1", "content": "/ in a window of 1280 by 800 pixels."}),
        json!({"role": "tool", "tool_call_id": "t2", "content": "a.txt"}),
        json!({"role": "user", "content": [
            {"type": "text", "text": "The picture of the call t1:"},
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,cGljdHVyZQ=="}},
        ]}),
        json!({"role": "user", "content": "go on"}),
    ];
    assert_eq!(messages[3..], told);
}
