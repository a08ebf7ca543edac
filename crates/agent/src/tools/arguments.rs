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
