//! Tool calls that come in pieces.

use serde_json::Value;

use super::super::{ModelError, ToolCall};
use super::unavailable;

/// Calls that one answer may hold while it comes.
const CALLS_MAX: usize = 128;

/// The calls of one answer so far, by their place in it.
#[derive(Default)]
pub(super) struct Calls(Vec<(u64, Pieces)>);

#[derive(Default)]
struct Pieces {
    id: String,
    name: String,
    arguments: String,
}

impl Calls {
    /// More of the call at this place.
    pub(super) fn add(
        &mut self,
        at: u64,
        id: Option<&str>,
        name: Option<&str>,
        arguments: &str,
    ) -> Result<(), ModelError> {
        let known = self.0.iter().position(|(place, _)| *place == at);
        let position = match known {
            Some(position) => position,
            None if self.0.len() < CALLS_MAX => {
                self.0.push((at, Pieces::default()));
                self.0.len() - 1
            }
            None => return Err(unavailable("its answer held too many calls")),
        };
        let pieces = &mut self.0[position].1;
        pieces.id.push_str(id.unwrap_or_default());
        pieces.name.push_str(name.unwrap_or_default());
        pieces.arguments.push_str(arguments);
        Ok(())
    }

    /// The call at this place, now that it is whole.
    pub(super) fn take(&mut self, at: u64) -> Option<ToolCall> {
        let position = self.0.iter().position(|(place, _)| *place == at)?;
        Some(self.0.remove(position).1.whole(at))
    }

    /// Every call, in order.
    pub(super) fn take_all(&mut self) -> Vec<ToolCall> {
        std::mem::take(&mut self.0).into_iter().map(|(at, pieces)| pieces.whole(at)).collect()
    }
}

impl Pieces {
    /// Arguments that are no JSON stay a text: the tool says what is wrong, and the model can mend it.
    fn whole(self, at: u64) -> ToolCall {
        let Self { id, name, arguments } = self;
        let arguments = match arguments.trim() {
            "" => Value::Object(serde_json::Map::new()),
            text => serde_json::from_str(text).unwrap_or(Value::String(arguments)),
        };
        ToolCall { id: if id.is_empty() { format!("call-{at}") } else { id }, name, arguments }
    }
}
