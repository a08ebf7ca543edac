//! What a program in the sandbox asks the proxy for.

use tokio::io::{AsyncRead, AsyncReadExt};

/// The longest request head, in bytes.
const HEAD_BYTES_MAX: usize = 8 * 1024;
/// Headers of a request.
const HEADERS_MAX: usize = 64;
/// The one port that is led to: what is carried is TLS, so a name can be held to.
pub(crate) const PORT: u16 = 443;

/// Why a request is not served; `Display` is what its sender reads.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadRequest {
    #[error("This proxy understands CONNECT name:443 and nothing else.")]
    NotConnect,
    #[error("This proxy leads to port 443 only.")]
    Port,
    #[error("The request is longer than {HEAD_BYTES_MAX} bytes.")]
    TooLong,
    #[error("The request ended too early.")]
    Cut,
}

/// A request to be led to a name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Connect {
    /// The name, as it was written.
    pub(crate) name: String,
    /// What came after the head: the beginning of what is to be carried.
    pub(crate) early: Vec<u8>,
}

/// Reads a request's head.
pub(crate) async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Result<Connect, BadRequest> {
    let mut bytes = Vec::with_capacity(1_024);
    loop {
        if let Some(connect) = parse(&bytes)? {
            return Ok(connect);
        }
        let room = HEAD_BYTES_MAX - bytes.len();
        if room == 0 {
            return Err(BadRequest::TooLong);
        }
        let mut part = [0; 1_024];
        let some = room.min(part.len());
        match stream.read(&mut part[..some]).await {
            Ok(0) | Err(_) => return Err(BadRequest::Cut),
            Ok(count) => bytes.extend_from_slice(&part[..count]),
        }
    }
}

/// `None` while the head is not complete.
fn parse(bytes: &[u8]) -> Result<Option<Connect>, BadRequest> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS_MAX];
    let mut request = httparse::Request::new(&mut headers);
    let head = match request.parse(bytes) {
        Ok(httparse::Status::Partial) => return Ok(None),
        Ok(httparse::Status::Complete(length)) => length,
        Err(_) => return Err(BadRequest::NotConnect),
    };
    if request.method != Some("CONNECT") {
        return Err(BadRequest::NotConnect);
    }
    let (name, port) = request.path.and_then(|path| path.rsplit_once(':')).ok_or(BadRequest::NotConnect)?;
    if port.parse() != Ok(PORT) {
        return Err(BadRequest::Port);
    }
    Ok(Some(Connect { name: name.to_owned(), early: bytes[head..].to_vec() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    async fn read_text(text: &str) -> Result<Connect, BadRequest> {
        read(&mut text.as_bytes()).await
    }

    #[tokio::test]
    async fn a_connect_names_a_host_and_keeps_what_follows() {
        let text = "CONNECT registry.npmjs.org:443 HTTP/1.1\r\nhost: x\r\nproxy-connection: keep-alive\r\n\r\n\x16\x03";
        let expected = Connect { name: "registry.npmjs.org".into(), early: vec![0x16, 0x03] };
        assert_eq!(read_text(text).await, Ok(expected));
    }

    /// J1
    #[tokio::test]
    async fn everything_else_is_told_why_not() {
        let filler = "a".repeat(HEAD_BYTES_MAX);
        let long = format!("CONNECT a.example:443 HTTP/1.1\r\nx: {filler}\r\n\r\n");
        for (text, why) in [
            ("GET http://registry.npmjs.org/ HTTP/1.1\r\n\r\n", BadRequest::NotConnect),
            ("\x05\x01\x00 socks, and more than one line\r\n\r\n", BadRequest::NotConnect),
            ("CONNECT registry.npmjs.org HTTP/1.1\r\n\r\n", BadRequest::NotConnect),
            ("CONNECT registry.npmjs.org:22 HTTP/1.1\r\n\r\n", BadRequest::Port),
            ("CONNECT registry.npmjs.org:443", BadRequest::Cut),
            ("", BadRequest::Cut),
            (long.as_str(), BadRequest::TooLong),
        ] {
            assert_eq!(read_text(text).await, Err(why), "{text:.40}");
        }
    }

    proptest! {
        /// J1
        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            let _: Result<_, _> = parse(&bytes);
        }
    }
}
