//! What somebody is shown who comes to a terminal later: what it showed, without what its programs asked the terminal meanwhile.
//!
//! A terminal answers such a question by typing. An answer to one that was asked long ago would be typed into whatever runs now.

/// Starts an order to the terminal.
const ESCAPE: u8 = 0x1b;
/// Ends a text in one, as does `ESC \`.
const BELL: u8 = 0x07;
/// Asks a terminal who it is, all by itself.
const ENQUIRY: u8 = 0x05;

/// What was shown, without the questions to the terminal in it (ECMA-48, DEC STD 070, xterm's control sequences). An order that
/// is cut off at the end stays as it is.
pub(super) fn without_questions(shown: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(shown.len());
    let mut rest = shown;
    while let Some(&first) = rest.first() {
        let order = if first == ESCAPE { order(rest) } else { None };
        let (length, asks) = match order {
            Some(Order { length, asks }) => (length, asks),
            None => (1, first == ENQUIRY),
        };
        let (piece, after) = rest.split_at(length);
        if !asks {
            kept.extend_from_slice(piece);
        }
        rest = after;
    }
    kept
}

/// An order to the terminal at the beginning of some bytes.
struct Order {
    length: usize,
    /// Whether the terminal answers it.
    asks: bool,
}

fn order(bytes: &[u8]) -> Option<Order> {
    match bytes.get(1)? {
        b'[' => control(bytes),
        b']' => text(bytes, |body| body.split(|byte| *byte == b';').any(|part| part == b"?")),
        b'P' => text(bytes, |body| body.starts_with(b"$q") || body.starts_with(b"+q")),
        // DECID
        b'Z' => Some(Order { length: 2, asks: true }),
        _ => None,
    }
}

/// `ESC [ parameters final`
fn control(bytes: &[u8]) -> Option<Order> {
    let parameters = bytes[2..].iter().take_while(|byte| matches!(byte, 0x20..=0x3f)).count();
    let last = *bytes.get(2 + parameters)?;
    let parameters = &bytes[2..2 + parameters];
    let length = parameters.len() + 3;
    let number = parameters.split(|byte| *byte == b';').next().unwrap_or_default();
    let asks = match last {
        // Device attributes, device status
        b'c' | b'n' => true,
        // Terminal parameters
        b'x' => matches!(parameters, b"" | b"0" | b"1"),
        // Whether a mode is set
        b'p' => parameters.ends_with(b"$"),
        // The terminal's name and version
        b'q' => parameters.starts_with(b">"),
        // How keys are told
        b'u' => parameters == b"?",
        // The window's state, place, sizes and titles
        b't' => matches!(number, b"11" | b"13" | b"14" | b"15" | b"16" | b"18" | b"19" | b"20" | b"21"),
        0x40..=0x7e => false,
        // Not an order after all.
        _ => return None,
    };
    Some(Order { length, asks })
}

/// `ESC ] text BEL`, `ESC P text ESC \`
fn text(bytes: &[u8], asks: impl FnOnce(&[u8]) -> bool) -> Option<Order> {
    let length = bytes[2..].iter().position(|byte| matches!(*byte, BELL | ESCAPE))?;
    let (body, end) = bytes[2..].split_at(length);
    let end = match end {
        [BELL, ..] => 1,
        [ESCAPE, b'\\', ..] => 2,
        _ => return None,
    };
    Some(Order { length: 2 + length + end, asks: asks(body) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn replayed(shown: &str) -> String {
        String::from_utf8(without_questions(shown.as_bytes())).unwrap()
    }

    /// D6, F1
    #[test]
    fn questions_are_left_out_and_all_else_stays() {
        let questions = [
            "\x1b[c",
            "\x1b[0c",
            "\x1b[>c",
            "\x1b[=c",
            "\x1b[5n",
            "\x1b[6n",
            "\x1b[?6n",
            "\x1b[x",
            "\x1b[?2026$p",
            "\x1b[>q",
            "\x1b[>0q",
            "\x1b[?u",
            "\x1b[14t",
            "\x1b[18t",
            "\x1b[21t",
            "\x1b]10;?\x07",
            "\x1b]11;?\x1b\\",
            "\x1b]4;1;?\x07",
            "\x1bP$qm\x1b\\",
            "\x1bP+q544e\x1b\\",
            "\x1bZ",
            "\x05",
        ];
        for question in questions {
            assert_eq!(replayed(&format!("a{question}b")), "ab", "{question:?}");
        }
        let orders = [
            "\x1b[2J",
            "\x1b[1;31m",
            "\x1b[?1049h",
            "\x1b[4 q",
            "\x1b[!p",
            "\x1b[u",
            "\x1b[>1u",
            "\x1b[22;0t",
            "\x1b[8;24;80t",
            "\x1b]0;Is it? Yes\x07",
            "\x1b]11;#fff\x1b\\",
            "\x1bP1$r0m\x1b\\",
            "\x1b7",
            "\x1b(B",
            "é\r\n",
            "\x1b",
        ];
        for order in orders {
            assert_eq!(replayed(&format!("a{order}b")), format!("a{order}b"), "{order:?}");
        }
    }

    /// D6: what is cut off at the end goes on in what is shown next.
    #[test]
    fn an_unfinished_order_stays() {
        for unfinished in ["\x1b", "\x1b[", "\x1b[6", "\x1b]11;?", "\x1bP$q", "\x1b]11;?\x1b"] {
            assert_eq!(replayed(&format!("a{unfinished}")), format!("a{unfinished}"));
        }
    }

    proptest! {
        /// D6: whatever is shown, what is kept of it is in order, asks nothing any more, and plain text is untouched.
        #[test]
        fn nothing_is_made_up(shown in proptest::collection::vec(prop_oneof![Just(0x1b), Just(b'['), Just(b'n'), Just(b';'), any::<u8>()], 0..200)) {
            let kept = without_questions(&shown);
            let mut from = shown.iter();
            prop_assert!(kept.iter().all(|byte| from.any(|shown| shown == byte)));
            let plain: Vec<u8> = shown.iter().copied().filter(|byte| *byte != ESCAPE && *byte != ENQUIRY).collect();
            prop_assert_eq!(without_questions(&plain), plain);
        }
    }
}
