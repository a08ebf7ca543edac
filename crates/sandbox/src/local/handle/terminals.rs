//! Terminals, through the daemon that keeps them. What it says is held to what was asked for.

use bytes::BytesMut;
use futures::stream::{self, BoxStream, StreamExt};
use sandboxd::frame::{Decoder, Frame};
use sandboxd::wire::{self, TERMINALS_MAX};
use tokio::io::{AsyncReadExt, ReadHalf};

use super::super::client::{Client, Subject, plain, unreachable_because};
use crate::{BoxIo, SandboxError, TerminalAttachment, TerminalEvent, TerminalId, TerminalInfo, TerminalSize};

/// How long a title may be, in characters.
const TITLE_CHARS_MAX: usize = 60;

/// The most bytes that are read in one piece.
const CHUNK_BYTES: usize = 16 * 1024;

pub(super) async fn open(client: &Client, size: TerminalSize) -> Result<TerminalInfo, SandboxError> {
    client.ask("/v1/terminals", &on_the_wire(size), Subject::Terminals).await.map(info)
}

pub(super) async fn list(client: &Client) -> Result<Vec<TerminalInfo>, SandboxError> {
    let listed: wire::Terminals = client.get("/v1/terminals", Subject::Terminals).await?;
    Ok(listed.terminals.into_iter().take(TERMINALS_MAX).map(info).collect())
}

pub(super) async fn resize(client: &Client, id: TerminalId, size: TerminalSize) -> Result<(), SandboxError> {
    let target = format!("/v1/terminals/{id}/size");
    client.post(&target, &on_the_wire(size), Subject::Terminal(id)).await.map(drop)
}

pub(super) async fn close(client: &Client, id: TerminalId) -> Result<(), SandboxError> {
    client.delete(&format!("/v1/terminals/{id}"), Subject::Terminal(id)).await
}

pub(super) async fn attach(client: &Client, id: TerminalId) -> Result<TerminalAttachment, SandboxError> {
    let (reader, writer) = tokio::io::split(client.terminal(id).await?);
    let reading = Reading { reader, decoder: Decoder::default(), over: false };
    Ok(TerminalAttachment { output: events(reading), input: Box::new(writer) })
}

fn on_the_wire(size: TerminalSize) -> wire::TerminalSize {
    wire::TerminalSize { columns: size.columns(), rows: size.rows() }
}

fn info(terminal: wire::Terminal) -> TerminalInfo {
    TerminalInfo {
        id: TerminalId(terminal.id),
        title: plain(&terminal.title).chars().take(TITLE_CHARS_MAX).collect(),
        exit_code: terminal.exit_code,
    }
}

/// What a terminal shows, as it comes.
struct Reading {
    reader: ReadHalf<BoxIo>,
    decoder: Decoder,
    over: bool,
}

fn events(reading: Reading) -> BoxStream<'static, Result<TerminalEvent, SandboxError>> {
    stream::unfold(reading, |mut reading| async move {
        if reading.over {
            return None;
        }
        let event = reading.next().await;
        reading.over = matches!(event, Err(_) | Ok(TerminalEvent::Exited { .. }));
        Some((event, reading))
    })
    .boxed()
}

impl Reading {
    async fn next(&mut self) -> Result<TerminalEvent, SandboxError> {
        loop {
            let frame = self.decoder.next_frame();
            match frame.map_err(|error| unreachable_because("the answer makes no sense", error))? {
                Some(Frame::Stdout(bytes)) if !bytes.is_empty() => return Ok(TerminalEvent::Output(bytes)),
                Some(Frame::Exit(exit)) => return Ok(TerminalEvent::Exited { code: exit.code }),
                Some(Frame::Stdout(_) | Frame::Stderr(_)) => return Err(broken_off()),
                None => {}
            }
            let mut piece = BytesMut::with_capacity(CHUNK_BYTES);
            let read = self.reader.read_buf(&mut piece).await;
            if read.map_err(|error| unreachable_because("the terminal broke off", error))? == 0 {
                return Err(broken_off());
            }
            self.decoder.feed(&piece);
        }
    }
}

fn broken_off() -> SandboxError {
    SandboxError::Unreachable { reason: "the terminal broke off".to_owned(), source: None }
}
