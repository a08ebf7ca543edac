//! The name that a TLS client says it wants, read from the first bytes of its handshake (RFC 8446, 6066). Pure.

/// The most that is read to find the name, in bytes: one record.
pub const HELLO_BYTES_MAX: usize = 16 * 1024 + 5;

/// A record that carries a handshake.
const RECORD_HANDSHAKE: u8 = 22;
/// A handshake's first message.
const CLIENT_HELLO: u8 = 1;
/// The extension with the name.
const SERVER_NAME: u16 = 0;
/// The only kind of name there is.
const HOST_NAME: u8 = 0;
/// The extension that hides the true name behind another.
const ENCRYPTED_CLIENT_HELLO: u16 = 0xfe0d;

/// What the first bytes of a connection say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerName {
    /// A TLS client that wants this name.
    Named(String),
    /// Not to be told yet: more bytes are needed.
    Partial,
    /// No TLS client, or one that does not say, or says it in a way that can't be held to.
    Unclear,
}

/// Reads the name from the first bytes of a connection. A hello that is spread over several records, that hides its name, or
/// that names two, is unclear: no client that installs packages sends such.
pub fn server_name(bytes: &[u8]) -> ServerName {
    let mut record = Reader(bytes);
    let Some(kind) = record.number::<1>() else { return ServerName::Partial };
    if kind != u64::from(RECORD_HANDSHAKE) {
        return ServerName::Unclear;
    }
    let (Some(version), Some(length)) = (record.number::<2>(), record.number::<2>()) else {
        return ServerName::Partial;
    };
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    if version >> 8 != 3 || length + 5 > HELLO_BYTES_MAX {
        return ServerName::Unclear;
    }
    match record.take(length) {
        Some(hello) => named(Reader(hello)).map_or(ServerName::Unclear, ServerName::Named),
        None => ServerName::Partial,
    }
}

/// The name in a complete record.
fn named(mut handshake: Reader<'_>) -> Option<String> {
    if handshake.number::<1>()? != u64::from(CLIENT_HELLO) {
        return None;
    }
    let mut hello = Reader(handshake.block::<3>()?);
    // The version, 32 random bytes, the session's id, ciphers and compressions.
    hello.take(2 + 32)?;
    hello.block::<1>()?;
    hello.block::<2>()?;
    hello.block::<1>()?;
    let mut extensions = Reader(hello.block::<2>()?);
    let mut name = None;
    while !extensions.0.is_empty() {
        let kind = extensions.number::<2>()?;
        let content = extensions.block::<2>()?;
        if kind == u64::from(ENCRYPTED_CLIENT_HELLO) {
            return None;
        }
        if kind == u64::from(SERVER_NAME) && name.replace(only_host_name(content)?).is_some() {
            return None;
        }
    }
    name
}

/// The extension's list, which must have one name.
fn only_host_name(content: &[u8]) -> Option<String> {
    let mut extension = Reader(content);
    let mut list = Reader(extension.block::<2>()?);
    if list.number::<1>()? != u64::from(HOST_NAME) {
        return None;
    }
    let name = list.block::<2>()?;
    let alone = list.0.is_empty() && extension.0.is_empty();
    alone.then(|| std::str::from_utf8(name).ok().map(str::to_owned))?
}

/// Reads from the front of bytes.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (front, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(front)
    }

    /// A number of `N` bytes, the largest first.
    fn number<const N: usize>(&mut self) -> Option<u64> {
        Some(self.take(N)?.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// Bytes behind their count, which has `N` bytes.
    fn block<const N: usize>(&mut self) -> Option<&'a [u8]> {
        let count = usize::try_from(self.number::<N>()?).ok()?;
        self.take(count)
    }
}

/// A hello that names these hosts, for tests of whatever reads one.
#[cfg(test)]
pub(crate) fn hello_for(names: &[&str]) -> Vec<u8> {
    let extensions = names.iter().flat_map(|name| {
        let name_entry = [&[HOST_NAME][..], &block(2, name.as_bytes())].concat();
        [&SERVER_NAME.to_be_bytes()[..], &block(2, &block(2, &name_entry))].concat()
    });
    let extensions: Vec<u8> = [0, 43, 0, 3, 2, 3, 4].into_iter().chain(extensions).collect();
    let hello = [
        &[3, 3][..],
        &[7; 32],
        &block(1, &[9; 32]),
        &block(2, &[19, 1]),
        &block(1, &[0]),
        &block(2, &extensions),
    ];
    let handshake = [&[CLIENT_HELLO][..], &block(3, &hello.concat())].concat();
    [&[RECORD_HANDSHAKE, 3, 1][..], &block(2, &handshake)].concat()
}

/// Bytes behind their count.
#[cfg(test)]
fn block(count_bytes: usize, content: &[u8]) -> Vec<u8> {
    let count = content.len().to_be_bytes();
    [&count[count.len() - count_bytes..], content].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// J1
    #[test]
    fn the_name_is_found_once_all_of_the_record_is_there() {
        let hello = hello_for(&["registry.npmjs.org"]);
        for cut in 0..hello.len() {
            assert_eq!(server_name(&hello[..cut]), ServerName::Partial, "{cut}");
        }
        let expected = ServerName::Named("registry.npmjs.org".into());
        assert_eq!(server_name(&hello), expected);
        assert_eq!(server_name(&[&hello[..], b"more"].concat()), expected);
    }

    /// J1: no name, two names, a hidden one, another protocol.
    #[test]
    fn what_can_not_be_held_to_is_unclear() {
        assert_eq!(server_name(&hello_for(&[])), ServerName::Unclear);
        assert_eq!(server_name(&hello_for(&["a.example", "b.example"])), ServerName::Unclear);
        assert_eq!(server_name(b"GET / HTTP/1.1\r\n"), ServerName::Unclear);
        assert_eq!(server_name(b"SSH-2.0-x\r\n"), ServerName::Unclear);
        let mut hidden = hello_for(&["a.example"]);
        let version_extension = hidden.windows(2).position(|pair| pair == [0, 43]).unwrap();
        hidden[version_extension..version_extension + 2]
            .copy_from_slice(&ENCRYPTED_CLIENT_HELLO.to_be_bytes());
        assert_eq!(server_name(&hidden), ServerName::Unclear);
    }

    proptest! {
        /// J1
        #[test]
        fn no_bytes_make_it_panic(mut bytes: Vec<u8>, at in 0..200_usize, byte: u8) {
            let _: ServerName = server_name(&bytes);
            bytes = hello_for(&["a.example"]);
            let at = at % bytes.len();
            bytes[at] = byte;
            let _: ServerName = server_name(&bytes);
        }
    }
}
