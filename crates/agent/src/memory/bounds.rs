//! How much of one step is remembered.

use serde_json::{Map, Value};

use super::{PastCall, PastStep};

/// The longest result that is remembered whole, in bytes.
pub(super) const RESULT_BYTES_MAX: usize = 4 * 1024;
/// The longest text among a call's arguments that is remembered whole, in bytes: whoever wants the rest can read the file.
pub(super) const ARGUMENT_BYTES_MAX: usize = 2 * 1024;
/// The longest arguments of a call, in bytes as JSON.
const ARGUMENTS_BYTES_MAX: usize = 8 * 1024;
/// The longest step, in bytes; the texts of a longer one are cut to [`SHORT_BYTES_MAX`] each.
pub(super) const STEP_BYTES_MAX: usize = 48 * 1024;
/// The longest text of a step with very many calls, in bytes.
const SHORT_BYTES_MAX: usize = 256;

pub(super) fn bounded(step: PastStep) -> PastStep {
    let step = cut_step(step, ARGUMENT_BYTES_MAX, RESULT_BYTES_MAX);
    let size: usize =
        step.calls.iter().map(|call| call.result.len() + call.arguments.to_string().len()).sum();
    if size + step.text.len() <= STEP_BYTES_MAX {
        return step;
    }
    cut_step(step, SHORT_BYTES_MAX, SHORT_BYTES_MAX)
}

fn cut_step(step: PastStep, argument_bytes: usize, result_bytes: usize) -> PastStep {
    let cut_call = |call: PastCall| PastCall {
        arguments: arguments(call.arguments, argument_bytes),
        result: cut(call.result, result_bytes),
        ..call
    };
    let calls = step.calls.into_iter().map(cut_call).collect();
    PastStep { text: cut(step.text, RESULT_BYTES_MAX), calls }
}

/// Arguments stay an object: models refuse to be shown calls without one.
fn arguments(arguments: Value, bytes_max: usize) -> Value {
    let arguments = cut_value(arguments, bytes_max);
    let bytes = arguments.to_string().len();
    if bytes <= ARGUMENTS_BYTES_MAX.min(bytes_max.saturating_mul(4)) {
        return arguments;
    }
    let note = format!("{bytes} bytes of arguments");
    Value::Object(Map::from_iter([("left_out".to_owned(), Value::String(note))]))
}

fn cut_value(value: Value, bytes_max: usize) -> Value {
    match value {
        Value::String(text) => Value::String(cut(text, bytes_max)),
        Value::Array(values) => values.into_iter().map(|value| cut_value(value, bytes_max)).collect(),
        Value::Object(fields) => {
            fields.into_iter().map(|(name, value)| (name, cut_value(value, bytes_max))).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value,
    }
}

/// The begin and the end of a text that is longer than `bytes_max`.
pub(super) fn cut(text: String, bytes_max: usize) -> String {
    if text.len() <= bytes_max {
        return text;
    }
    let mut head = bytes_max * 3 / 4;
    while !text.is_char_boundary(head) {
        head -= 1;
    }
    let mut tail = text.len() - bytes_max / 4;
    while !text.is_char_boundary(tail) {
        tail += 1;
    }
    format!("{}\n[… {} bytes left out …]\n{}", &text[..head], tail - head, &text[tail..])
}
