//! A command's output as a daemon that was taken over may send it: cut anywhere, it means the same, and what is taken in is
//! bounded.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sandboxd::frame::{Decoder, Frame, FrameError, PAYLOAD_BYTES_MAX};

fuzz_target!(|input: (u8, &[u8])| {
    let (cut, bytes) = input;
    let whole = decoded(std::iter::once(bytes));
    assert_eq!(decoded(bytes.chunks(usize::from(cut) + 1)), whole, "where it is cut does not matter");
    for frame in whole.0 {
        if let Frame::Stdout(payload) | Frame::Stderr(payload) = &frame {
            assert!(payload.len() <= PAYLOAD_BYTES_MAX);
        }
        assert_eq!(decoded(std::iter::once(&*frame.encode())), (vec![frame], Ok(())));
    }
});

/// Every frame up to the end or the first error.
fn decoded<'b>(pieces: impl Iterator<Item = &'b [u8]>) -> (Vec<Frame>, Result<(), FrameError>) {
    let (mut decoder, mut frames) = (Decoder::default(), Vec::new());
    for piece in pieces {
        decoder.feed(piece);
        loop {
            match decoder.next_frame() {
                Ok(Some(frame)) => frames.push(frame),
                Ok(None) => break,
                Err(error) => return (frames, Err(error)),
            }
        }
    }
    (frames, Ok(()))
}
