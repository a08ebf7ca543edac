//! What a request tells the built-in agent: the prompt, the earlier prompts, and what its tool calls have given so far.

use std::collections::BTreeMap;

use crate::{Message, ModelRequest, ToolCall, ToolResult};

/// A request, read as the state of one prompt.
#[derive(Debug, Default)]
pub(super) struct Conversation<'a> {
    pub(super) prompt: &'a str,
    /// Earlier prompts, oldest first.
    pub(super) past: Vec<&'a str>,
    /// The paths that `list_files` gave.
    pub(super) listed: Option<Vec<&'a str>>,
    /// What `read_file` gave: the text, or `None` for a file that can't be read.
    pub(super) read: BTreeMap<&'a str, Option<&'a str>>,
    /// What `undo_last_change` gave.
    pub(super) undone: Option<Result<&'a str, &'a str>>,
    /// What writing and deleting gave: the path, and the error if it failed.
    pub(super) written: Vec<(&'a str, Option<&'a str>)>,
    /// What each call gave, in order, and whether that is an error.
    pub(super) results: Vec<(&'a str, bool)>,
    /// How many calls there were, for the ids of the next ones.
    pub(super) calls: usize,
}

impl<'a> Conversation<'a> {
    /// Reads a request.
    pub(super) fn of(request: &'a ModelRequest) -> Self {
        let messages = &request.messages;
        let newest = messages.iter().rposition(|message| matches!(message, Message::User(_)));
        let (before, since) = messages.split_at(newest.unwrap_or(0));
        let mut conversation = Self::default();
        conversation.past.extend(before.iter().filter_map(|message| match message {
            Message::User(text) => Some(text.as_str()),
            Message::Assistant { .. } | Message::Tool(_) => None,
        }));
        let mut calls: BTreeMap<&str, &ToolCall> = BTreeMap::new();
        for message in since {
            match message {
                Message::User(text) => conversation.prompt = text,
                Message::Assistant { calls: made, .. } => {
                    calls.extend(made.iter().map(|call| (call.id.as_str(), call)));
                    conversation.calls += made.len();
                }
                Message::Tool(result) => {
                    if let Some(call) = calls.get(result.call_id.as_str()) {
                        conversation.take(call, result);
                    }
                }
            }
        }
        conversation
    }

    fn take(&mut self, call: &'a ToolCall, result: &'a ToolResult) {
        let content = result.content.as_str();
        self.results.push((content, result.is_error));
        let path = call.arguments["path"].as_str().unwrap_or_default();
        match call.name.as_str() {
            "list_files" => {
                self.listed = Some(if result.is_error { Vec::new() } else { content.lines().collect() })
            }
            "read_file" => {
                self.read.insert(path, (!result.is_error).then_some(content));
            }
            "undo_last_change" => {
                self.undone = Some(if result.is_error { Err(content) } else { Ok(content) })
            }
            "write_file" | "delete_file" => self.written.push((path, result.is_error.then_some(content))),
            _ => {}
        }
    }
}
