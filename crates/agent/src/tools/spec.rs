//! The tools as a model is told of them.

use serde_json::{Value, json};

use crate::{Tool, ToolPolicy, ToolSpec};

impl Tool {
    /// The name a model calls it by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ListFiles => "list_files",
            Self::ReadFile => "read_file",
            Self::WriteFile => "write_file",
            Self::DeleteFile => "delete_file",
            Self::UndoLastChange => "undo_last_change",
            Self::Decline => "decline",
        }
    }

    const fn description(self) -> &'static str {
        match self {
            Self::ListFiles => "List the workspace's source files, one path a line.",
            Self::ReadFile => "Read one file. Always read a file before you replace it.",
            Self::WriteFile => {
                "Create one file or replace its whole content. The preview updates as soon as it is written, so write \
                 new files before the files that import them."
            }
            Self::DeleteFile => "Delete one file. Remove what imports it first.",
            Self::UndoLastChange => {
                "Put every file back to how it was before the newest prompt that changed something. Use it when asked \
                 to undo, at most once."
            }
            Self::Decline => {
                "Say that the request can't be served here, before you change anything. It ends your work. Give the \
                 reason in plain sentences and three short prompts that would work instead."
            }
        }
    }

    fn parameters(self) -> Value {
        let path = json!({"type": "string", "description": "Relative to the workspace, such as src/App.jsx"});
        let (properties, required) = match self {
            Self::ListFiles | Self::UndoLastChange => (json!({}), json!([])),
            Self::ReadFile | Self::DeleteFile => (json!({"path": path}), json!(["path"])),
            Self::WriteFile => {
                let content = json!({"type": "string", "description": "The whole new content"});
                (json!({"path": path, "content": content}), json!(["path", "content"]))
            }
            Self::Decline => {
                let suggestions = json!({"type": "array", "items": {"type": "string"}, "maxItems": 3});
                let properties = json!({"reason": {"type": "string"}, "suggestions": suggestions});
                (properties, json!(["reason", "suggestions"]))
            }
        };
        json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
    }
}

/// The tools of a policy; the model learns of no others.
pub(crate) fn specs(policy: &ToolPolicy) -> Vec<ToolSpec> {
    let spec = |tool: &Tool| ToolSpec {
        name: tool.name(),
        description: tool.description(),
        parameters: tool.parameters(),
    };
    policy.tools.iter().map(spec).collect()
}
