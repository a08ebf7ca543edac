//! What a terminal showed, as far as it is kept: bytes that are numbered from the first one on. Who follows knows the
//! number of the next byte they want.

use std::collections::VecDeque;

use bytes::Bytes;
use sandboxd::wire::SCROLLBACK_BYTES_MAX;

/// How far into what is kept the beginning of a line is looked for.
const LINE_BYTES_MAX: usize = 4 * 1024;

/// The newest bytes a terminal showed.
#[derive(Debug, Default)]
pub(super) struct Screen {
    kept: VecDeque<u8>,
    /// The number of the next byte to come.
    end: u64,
}

impl Screen {
    /// Takes in what the terminal shows next.
    pub(super) fn show(&mut self, bytes: &[u8]) {
        self.kept.extend(bytes);
        let excess = self.kept.len().saturating_sub(SCROLLBACK_BYTES_MAX);
        self.kept.drain(..excess);
        self.end += bytes.len() as u64;
    }

    /// The number of the next byte to come.
    pub(super) fn end(&self) -> u64 {
        self.end
    }

    /// What somebody sees who comes now: all that is kept or, where some was forgotten, from the first line on, lest they begin
    /// within a character or an order to the terminal.
    pub(super) fn kept(&self) -> Vec<u8> {
        let line_end = || self.kept.iter().take(LINE_BYTES_MAX).position(|byte| *byte == b'\n');
        let skipped = if self.first() == 0 { 0 } else { line_end().map_or(0, |at| at + 1) };
        self.kept.iter().skip(skipped).copied().collect()
    }

    /// Up to `bytes_max` bytes from number `from` on; `None` when it was forgotten.
    pub(super) fn since(&self, from: u64, bytes_max: usize) -> Option<Bytes> {
        let skipped = usize::try_from(from.checked_sub(self.first())?).ok()?;
        Some(self.kept.iter().skip(skipped).take(bytes_max).copied().collect())
    }

    /// The number of the first byte that is kept.
    fn first(&self) -> u64 {
        self.end - self.kept.len() as u64
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        /// D6, F1: whoever follows from the start misses nothing and sees nothing twice, however it is cut.
        #[test]
        fn what_was_shown_is_read_back(
            pieces in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..300), 0..20),
            bytes_max in 1_usize..200,
        ) {
            let mut screen = Screen::default();
            for piece in &pieces {
                screen.show(piece);
            }
            let (mut read, mut at) = (Vec::new(), 0);
            while at < screen.end() {
                let next = screen.since(at, bytes_max).unwrap();
                at += next.len() as u64;
                read.extend_from_slice(&next);
            }
            prop_assert_eq!(&read, &pieces.concat());
            prop_assert_eq!(read, screen.kept());
        }
    }

    /// D6
    #[test]
    fn only_the_newest_is_kept_and_a_newcomer_begins_with_a_line() {
        let mut screen = Screen::default();
        let line = format!("{}\n", "x".repeat(99));
        for _ in 0..4_000 {
            screen.show(line.as_bytes());
        }
        screen.show(b"the end");
        assert_eq!(screen.end(), 400_007);
        assert_eq!(screen.since(0, 10), None, "forgotten");
        let kept = screen.kept();
        assert_eq!(kept.len() % 100, "the end".len(), "a line begins there");
        assert!(kept.len() > SCROLLBACK_BYTES_MAX - 100);
        assert_eq!(screen.since(400_000, 100).unwrap(), "the end");
        assert_eq!(screen.since(400_007, 100).unwrap(), "");
    }
}
