//! How the output of a running command travels, what a terminal shows, and an archive: one byte that says what it is, four
//! for the length, then the bytes. Terminals and archives have no standard error.

use bytes::{Buf, BufMut, Bytes, BytesMut};

use crate::wire::Exit;

/// The most bytes one frame carries.
pub const PAYLOAD_BYTES_MAX: usize = 64 * 1024;

const HEADER_BYTES: usize = 5;
const STDOUT: u8 = 1;
const STDERR: u8 = 2;
const EXIT: u8 = 3;

/// One piece of such a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// Bytes of its standard output.
    Stdout(Bytes),
    /// Bytes of its standard error.
    Stderr(Bytes),
    /// Its end; the last frame. A stream without one broke off.
    Exit(Exit),
}

/// The bytes are not frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the command's output stream is damaged")]
pub struct FrameError;

impl Frame {
    /// The frame as it travels.
    pub fn encode(&self) -> Bytes {
        let (kind, payload) = match self {
            Self::Stdout(bytes) => (STDOUT, bytes.clone()),
            Self::Stderr(bytes) => (STDERR, bytes.clone()),
            Self::Exit(exit) => (EXIT, encode_exit(*exit)),
        };
        debug_assert!(payload.len() <= PAYLOAD_BYTES_MAX, "the reader cuts its chunks");
        let mut out = BytesMut::with_capacity(HEADER_BYTES + payload.len());
        out.put_u8(kind);
        out.put_u32(u32::try_from(payload.len()).unwrap_or(u32::MAX));
        out.put(payload);
        out.freeze()
    }
}

fn encode_exit(exit: Exit) -> Bytes {
    let mut out = BytesMut::with_capacity(6);
    out.put_i32(exit.code);
    out.put_u8(u8::from(exit.truncated));
    out.put_u8(u8::from(exit.timed_out));
    out.freeze()
}

/// Puts frames together from the pieces in which they arrive.
#[derive(Debug, Default)]
pub struct Decoder {
    buffer: BytesMut,
}

impl Decoder {
    /// Takes in the next bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The next whole frame; `None` until more bytes come.
    ///
    /// # Errors
    /// [`FrameError`] when the bytes are not frames; nothing sensible follows then.
    pub fn next_frame(&mut self) -> Result<Option<Frame>, FrameError> {
        let Some(header) = self.buffer.get(..HEADER_BYTES) else {
            return Ok(None);
        };
        let kind = header[0];
        let length = u32::from_be_bytes([header[1], header[2], header[3], header[4]]) as usize;
        if length > PAYLOAD_BYTES_MAX {
            return Err(FrameError);
        }
        if self.buffer.len() < HEADER_BYTES + length {
            return Ok(None);
        }
        self.buffer.advance(HEADER_BYTES);
        let payload = self.buffer.split_to(length).freeze();
        match kind {
            STDOUT => Ok(Some(Frame::Stdout(payload))),
            STDERR => Ok(Some(Frame::Stderr(payload))),
            EXIT => decode_exit(payload).map(|exit| Some(Frame::Exit(exit))),
            _ => Err(FrameError),
        }
    }
}

fn decode_exit(mut payload: Bytes) -> Result<Exit, FrameError> {
    if payload.len() != 6 {
        return Err(FrameError);
    }
    Ok(Exit { code: payload.get_i32(), truncated: payload.get_u8() == 1, timed_out: payload.get_u8() == 1 })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn frames() -> impl Strategy<Value = Vec<Frame>> {
        let bytes = proptest::collection::vec(any::<u8>(), 0..50).prop_map(Bytes::from);
        let exit = (any::<i32>(), any::<bool>(), any::<bool>())
            .prop_map(|(code, truncated, timed_out)| Exit { code, truncated, timed_out });
        let frame = prop_oneof![
            bytes.clone().prop_map(Frame::Stdout),
            bytes.prop_map(Frame::Stderr),
            exit.prop_map(Frame::Exit),
        ];
        proptest::collection::vec(frame, 0..8)
    }

    proptest! {
        /// E8
        #[test]
        fn frames_arrive_whole_however_the_bytes_are_cut(sent in frames(), piece in 1_usize..20) {
            let wire: Vec<u8> = sent.iter().flat_map(|frame| frame.encode()).collect();
            let (mut decoder, mut received) = (Decoder::default(), Vec::new());
            for bytes in wire.chunks(piece) {
                decoder.feed(bytes);
                while let Some(frame) = decoder.next_frame().unwrap() {
                    received.push(frame);
                }
            }
            prop_assert_eq!(received, sent);
        }

        #[test]
        fn damaged_bytes_are_an_error_and_never_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let mut decoder = Decoder::default();
            decoder.feed(&bytes);
            while let Ok(Some(_)) = decoder.next_frame() {}
        }
    }
}
