//! Server-sent events, as far as models use them: the data of each event, in lines that may be cut anywhere.

/// The largest event, in bytes.
const EVENT_BYTES_MAX: usize = 1024 * 1024;

/// An event is larger than one may be.
#[derive(Debug, thiserror::Error)]
#[error("an event of its answer was too large")]
pub(super) struct TooLarge;

/// What came and is no whole event yet.
#[derive(Default)]
pub(super) struct Parser {
    line: Vec<u8>,
    data: String,
}

impl Parser {
    /// Takes what came; the data of every event that is whole by now.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<Vec<String>, TooLarge> {
        let mut events = Vec::new();
        for &byte in bytes {
            if byte != b'\n' {
                self.line.push(byte);
                if self.line.len() + self.data.len() > EVENT_BYTES_MAX {
                    return Err(TooLarge);
                }
                continue;
            }
            let line = String::from_utf8_lossy(&std::mem::take(&mut self.line)).into_owned();
            let line = line.trim_end_matches('\r');
            if line.is_empty() {
                if !self.data.is_empty() {
                    events.push(std::mem::take(&mut self.data));
                }
            } else if let Some(data) = line.strip_prefix("data:") {
                if !self.data.is_empty() {
                    self.data.push('\n');
                }
                self.data.push_str(data.strip_prefix(' ').unwrap_or(data));
            }
        }
        Ok(events)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STREAM: &str =
        ": hello\nevent: a\ndata: {\"ü\": 1}\r\n\r\n\n\ndata:one\ndata: two\n\ndata: unfinished";

    proptest! {
        #[test]
        fn events_are_the_same_wherever_they_are_cut(cuts in prop::collection::vec(0..STREAM.len(), 0..8)) {
            let mut cuts = cuts;
            cuts.extend([0, STREAM.len()]);
            cuts.sort_unstable();
            let mut parser = Parser::default();
            let pieces = cuts.windows(2).map(|cut| &STREAM.as_bytes()[cut[0]..cut[1]]);
            let events: Vec<String> = pieces.flat_map(|piece| parser.push(piece).unwrap()).collect();
            prop_assert_eq!(events, ["{\"ü\": 1}", "one\ntwo"]);
        }
    }

    #[test]
    fn an_event_without_end_is_given_up() {
        assert!(Parser::default().push(&vec![b'x'; EVENT_BYTES_MAX + 1]).is_err());
    }
}
