//! A daemon that was taken over: whatever it answers, the host is done in bounded time with bounded memory, and takes
//! nothing of it for more than it is (J1).

use std::pin::Pin;
use std::time::Duration;

use domain::SandboxId;
use futures::{StreamExt, TryStreamExt};
use proptest::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};

use super::*;
use crate::TerminalEvent;

/// How long an answer is waited for before the test fails: longer than every timeout of the client.
const TEST_TIMEOUT: Duration = Duration::from_secs(600);

/// A sandbox whose daemon and dev server answer each connection by `answer`.
struct Hostile {
    sandbox: LocalSandbox,
    _folder: tempfile::TempDir,
}

type Answering = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Hostile {
    fn new(answer: impl Fn(UnixStream) -> Answering + Send + Sync + 'static) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("both.sock");
        let listener = UnixListener::bind(&socket).unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = [0; 4_096];
                let _ = stream.read(&mut request).await;
                tokio::spawn(answer(stream));
            }
        });
        let client = Client { id: id(), control: socket.clone(), dev_server: socket };
        let sandbox =
            LocalSandbox { client, cgroup: Cgroup::Unavailable, preview: Preview::default(), browser: None };
        Self { sandbox, _folder: folder }
    }

    /// Answers with `bytes` and closes.
    fn saying(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self::new(move |mut stream| {
            let bytes = bytes.clone();
            Box::pin(async move {
                let _ = stream.write_all(&bytes).await;
            })
        })
    }

    /// Answers with `head` and then with `again` for ever, or until nobody listens.
    fn endless(head: &'static str, again: impl Into<Vec<u8>>) -> Self {
        let again = again.into();
        Self::new(move |mut stream| {
            let again = again.clone();
            Box::pin(async move {
                let _ = stream.write_all(head.as_bytes()).await;
                while stream.write_all(&again).await.is_ok() {}
            })
        })
    }

    /// The same, with a second between each piece.
    fn dripping(head: &'static str, drop: &'static [u8]) -> Self {
        Self::new(move |mut stream| {
            Box::pin(async move {
                let _ = stream.write_all(head.as_bytes()).await;
                while stream.write_all(drop).await.is_ok() {
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            })
        })
    }

    /// What each way to ask comes to.
    async fn errors(&self) -> Vec<String> {
        let (file, content) = (path("a.txt"), Bytes::from("x"));
        let sandbox = &self.sandbox;
        let all = async {
            [
                sandbox.probe().await.err(),
                sandbox.read(&file).await.err(),
                sandbox.write(&file, content).await.err(),
                sandbox.list().await.err(),
                sandbox.rename(&file, &path("b.txt")).await.err(),
                sandbox.remove(&file).await.err(),
                sandbox.connect(Port::Tcp(80)).await.err(),
                run(sandbox).await.err(),
                sandbox.open_terminal(TerminalSize::nearest(80, 24)).await.err(),
                sandbox.terminals().await.err(),
                packed(sandbox).await.err(),
                sandbox.archive_size().await.err(),
                sandbox.attach_terminal(TerminalId(1)).await.err(),
            ]
        };
        let errors = tokio::time::timeout(TEST_TIMEOUT, all).await.unwrap();
        errors.into_iter().map(|error| error.map_or("none".to_owned(), |error| error.to_string())).collect()
    }
}

fn id() -> SandboxId {
    "0".repeat(32).parse().unwrap()
}

fn path(text: &str) -> WorkspacePath {
    text.parse().unwrap()
}

/// Runs a command to its end; how many bytes it said.
async fn run(sandbox: &LocalSandbox) -> Result<usize, SandboxError> {
    let request = ExecRequest {
        argv: vec!["x".to_owned()],
        cwd: None,
        env: [].into(),
        timeout_ms: 1_000,
        output_bytes_max: 1_000,
    };
    let mut said = 0;
    let mut events = sandbox.exec(request).await?;
    while let Some(event) = events.next().await {
        if let ExecEvent::Stdout(bytes) | ExecEvent::Stderr(bytes) = event? {
            said += bytes.len();
        }
    }
    Ok(said)
}

/// How many bytes an archive of up to 1,000 has.
async fn packed(sandbox: &LocalSandbox) -> Result<usize, SandboxError> {
    let pieces: Vec<Bytes> = sandbox.archive(1_000).await?.try_collect().await?;
    Ok(pieces.concat().len())
}

fn answer(status: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// J1
#[tokio::test]
async fn a_head_without_end_is_given_up() {
    let hostile = Hostile::endless("HTTP/1.1 200 OK\r\n", b"x-more: and more and more and more\r\n");
    for error in hostile.errors().await {
        assert!(error.contains("the connection broke"), "{error}");
    }
}

/// J1
#[tokio::test]
async fn a_body_without_end_is_given_up() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let hostile = Hostile::endless(head, format!("4000\r\n{}\r\n", "[".repeat(0x4000)));
    let sandbox = &hostile.sandbox;
    for error in [
        sandbox.read(&path("a")).await.err().unwrap(),
        sandbox.list().await.err().unwrap(),
        sandbox.remove(&path("a")).await.err().unwrap(),
        run(sandbox).await.err().unwrap(),
    ] {
        assert!(matches!(error, SandboxError::Unreachable { .. }), "{error}");
    }
}

/// J1
#[tokio::test(start_paused = true)]
async fn an_answer_that_drips_is_given_up_in_time() {
    for head in ["HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n"] {
        let hostile = Hostile::dripping(head, b"x");
        let sandbox = &hostile.sandbox;
        for error in [sandbox.read(&path("a")).await.err(), sandbox.list().await.err()] {
            assert!(matches!(error, Some(SandboxError::Timeout { .. })), "{error:?}");
        }
    }
}

/// J1, E8
#[tokio::test(start_paused = true)]
async fn a_command_that_never_says_its_end_is_given_up_after_its_time() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    // A frame of one byte, again and again.
    let hostile = Hostile::dripping(head, b"6\r\n\x01\0\0\0\x01x\r\n");
    let error = run(&hostile.sandbox).await.unwrap_err();
    assert_eq!(error.to_string(), "the command took longer than 6000 ms");
}

/// J1, E8
#[tokio::test]
async fn a_command_says_no_more_than_was_asked_for() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let much = Hostile::endless(head, b"9\r\n\x01\0\0\0\x04xxxx\r\n");
    let error = run(&much.sandbox).await.unwrap_err();
    assert!(error.to_string().contains("not what was asked for"), "{error}");
    let nothing = Hostile::endless(head, b"5\r\n\x02\0\0\0\0\r\n");
    let error = run(&nothing.sandbox).await.unwrap_err();
    assert!(error.to_string().contains("not what was asked for"), "{error}");
    let large = Hostile::saying(format!("{head}5\r\n\x01\x7f\x7f\x7f\x7f\r\n"));
    let error = run(&large.sandbox).await.unwrap_err();
    assert!(error.to_string().contains("makes no sense"), "{error}");
}

/// J1, D9
#[tokio::test]
async fn an_archive_is_no_larger_than_asked_for_and_ends_well_or_with_an_error() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let error = async |hostile: &Hostile| packed(&hostile.sandbox).await.unwrap_err().to_string();
    let much = Hostile::endless(head, b"9\r\n\x01\0\0\0\x04xxxx\r\n".as_slice());
    assert!(error(&much).await.contains("not what was asked for"));
    let nothing = Hostile::endless(head, b"5\r\n\x01\0\0\0\0\r\n".as_slice());
    assert!(error(&nothing).await.contains("not what was asked for"));
    let piece = "6\r\n\x01\0\0\0\x01x\r\n";
    let broken_off = Hostile::saying(format!("{head}{piece}0\r\n\r\n"));
    assert!(error(&broken_off).await.contains("the archive broke off"));
    let ends = |code: u8, truncated: u8| {
        let exit =
            [b"b\r\n\x03\0\0\0\x06\0\0\0".as_slice(), &[code, truncated, 0], b"\r\n0\r\n\r\n"].concat();
        Hostile::saying([head.as_bytes(), piece.as_bytes(), &exit].concat())
    };
    assert!(error(&ends(1, 0)).await.contains("could not be made"));
    assert!(error(&ends(1, 1)).await.contains("over its limit of 1000"));
    assert_eq!(packed(&ends(0, 0).sandbox).await.unwrap(), 1);
}

/// J1, D6
#[tokio::test]
async fn a_terminal_shows_bytes_or_has_ended_and_does_nothing_else() {
    let head = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: tcp\r\n\r\n";
    let shows = |frames: &'static str| async move {
        let hostile = Hostile::saying(format!("{head}{frames}"));
        let at = hostile.sandbox.attach_terminal(TerminalId(1)).await.unwrap();
        let events: Vec<_> = at.output.map(|event| event.map_err(|error| error.to_string())).collect().await;
        events
    };
    let shown = Ok(TerminalEvent::Output(Bytes::from("x")));
    let broke_off = || Err("the sandbox did not answer: the terminal broke off".to_owned());
    let senseless = || Err("the sandbox did not answer: the answer makes no sense".to_owned());
    assert_eq!(shows("\x01\0\0\0\x01x").await, [shown.clone(), broke_off()]);
    assert_eq!(shows("\x01\0\0\0\0\x01\0\0\0\x01x").await, [broke_off()], "empty ones would never end");
    assert_eq!(shows("\x02\0\0\0\x01x").await, [broke_off()], "it has no second stream");
    assert_eq!(shows("\x01\x7f\0\0\x01x").await, [senseless()]);
    let ended = shows("\x01\0\0\0\x01x\x03\0\0\0\x06\0\0\0\x02\0\0\x01\0\0\0\x01x").await;
    assert_eq!(ended, [shown, Ok(TerminalEvent::Exited { code: 2 })]);
}

/// J1, D6
#[tokio::test]
async fn terminals_are_so_many_and_are_called_by_plain_words() {
    let title = format!("\u{1b}]0;{}", "a".repeat(100));
    let terminal = serde_json::json!({ "id": 1, "title": title, "exit_code": null });
    let listed = serde_json::json!({ "terminals": vec![terminal; 100] }).to_string();
    let listed = Hostile::saying(answer("200 OK", &listed)).sandbox.terminals().await.unwrap();
    assert_eq!(listed.len(), 8);
    assert_eq!(listed[0].title, format!("]0;{}", "a".repeat(57)));
}

/// J1
#[tokio::test]
async fn what_is_not_an_answer_is_an_error() {
    for said in [
        "",
        "\0\0\0\0",
        "SSH-2.0-x\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
        "HTTP/1.1 999999 X\r\n\r\n",
    ] {
        for error in Hostile::saying(said).errors().await {
            assert!(error.contains("did not answer"), "{said:?}: {error}");
        }
    }
    let html = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>";
    let error = Hostile::saying(html).sandbox.list().await.unwrap_err();
    assert!(error.to_string().contains("makes no sense"), "{error}");
    let redirect = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:3000/\r\ncontent-length: 0\r\n\r\n";
    assert!(Hostile::saying(redirect).sandbox.read(&path("a")).await.is_err(), "nobody follows it");
    let no_upgrade = answer("200 OK", "x");
    assert!(Hostile::saying(no_upgrade).sandbox.connect(Port::Tcp(1)).await.is_err());
}

/// J1: a name that is no path of the workspace makes the whole listing senseless.
#[tokio::test]
async fn a_listing_names_only_what_can_be_in_a_workspace() {
    let entry = |name: &str| {
        let name = serde_json::to_string(name).unwrap();
        answer("200 OK", &format!("{{\"entries\":[{{\"path\":{name},\"kind\":\"file\",\"size_bytes\":1}}]}}"))
    };
    for name in ["../x", "/etc/passwd", "a/../../x", "a\0b", "", ".", "a//b", &"a".repeat(1 << 20)] {
        let listed = Hostile::saying(entry(name)).sandbox.list().await;
        assert!(matches!(listed, Err(SandboxError::Unreachable { .. })), "{name:?}");
    }
    let mut invalid = entry("ab").into_bytes();
    let at = invalid.windows(2).position(|two| two == b"ab").unwrap();
    invalid[at] = 0xFF;
    assert!(Hostile::saying(invalid).sandbox.list().await.is_err());
    let many: Vec<String> =
        (0..5_001).map(|n| format!("{{\"path\":\"{n}\",\"kind\":\"file\",\"size_bytes\":1}}")).collect();
    let listed = Hostile::saying(answer("200 OK", &format!("{{\"entries\":[{}]}}", many.join(","))))
        .sandbox
        .list()
        .await;
    assert!(matches!(listed, Err(SandboxError::TooLarge { .. })));
    let deep = "[".repeat(100_000);
    assert!(Hostile::saying(answer("200 OK", &deep)).sandbox.list().await.is_err());
}

/// J1
#[tokio::test]
async fn a_reason_is_cut_and_holds_nothing_that_a_terminal_obeys() {
    let reason = format!("\u{1b}[2J\r\n{}", "a".repeat(100_000));
    let refusal = serde_json::json!({ "error": "refused", "reason": reason }).to_string();
    let error = Hostile::saying(answer("409 Conflict", &refusal)).sandbox.read(&path("f")).await.unwrap_err();
    assert_eq!(error.to_string(), format!("f: [2J{}", "a".repeat(297)));
}

/// J1: a file larger than a file may be is not taken.
#[tokio::test]
async fn a_file_is_no_larger_than_files_may_be() {
    let body = "x".repeat(usize::try_from(FILE_BYTES_MAX).unwrap() + 1);
    assert!(Hostile::saying(answer("200 OK", &body)).sandbox.read(&path("f")).await.is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// J1
    #[test]
    fn no_bytes_at_all_make_the_host_wait_or_fall(bytes in proptest::collection::vec(any::<u8>(), 0..400), http in any::<bool>()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut said = if http { b"HTTP/1.1 200 OK\r\n\r\n".to_vec() } else { Vec::new() };
            said.extend(bytes);
            Hostile::saying(said).errors().await;
        });
    }
}
