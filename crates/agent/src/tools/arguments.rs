//! The arguments of tool calls, as types. Models get them wrong; the error tells them how to get them right.

use domain::WorkspacePath;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoArguments {}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PathArgument {
    pub(super) path: WorkspacePath,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WriteArguments {
    pub(super) path: WorkspacePath,
    pub(super) content: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SearchArguments {
    pub(super) pattern: String,
    #[serde(default)]
    pub(super) folder: Option<WorkspacePath>,
    #[serde(default)]
    pub(super) ignore_case: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EditArguments {
    pub(super) path: WorkspacePath,
    #[serde(default)]
    pub(super) edits: Vec<Edit>,
    #[serde(default)]
    pub(super) patch: Option<String>,
}

/// One replacement in a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Edit {
    pub(super) find: String,
    pub(super) replace: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RenameArguments {
    pub(super) from: WorkspacePath,
    pub(super) to: WorkspacePath,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CommandArguments {
    pub(super) command: String,
    #[serde(default)]
    pub(super) cwd: Option<WorkspacePath>,
    #[serde(default)]
    pub(super) timeout_seconds: Option<u32>,
    #[serde(default)]
    pub(super) background: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeclineArguments {
    pub(super) reason: String,
    #[serde(default)]
    pub(super) suggestions: Vec<String>,
}

/// Arguments as a type, or a sentence for the model that says what is wrong.
pub(super) fn parse<T: DeserializeOwned>(arguments: &Value) -> Result<T, String> {
    let arguments = if arguments.is_null() { Value::Object(Default::default()) } else { arguments.clone() };
    serde_json::from_value(arguments).map_err(|error| format!("The arguments are not valid: {error}."))
}
