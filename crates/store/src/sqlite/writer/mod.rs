//! The one task that writes: it takes everything that waits, runs it in one transaction, commits, then answers.
//!
//! ```text
//! callers ── queue (bounded) ──> batch ──> BEGIN, one statement a kind, COMMIT ──> answers
//! ```
//!
//! A commit costs the same for one row and for a hundred, so the cost per write falls under load. Nobody is answered before
//! the commit. Those who share a batch asked at the same time, as nobody of them has been answered: any order among
//! them is right, and writes of one kind become one statement.

mod batch;
mod log;
mod taken;

use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection as _, Sqlite, Transaction};
use tokio::sync::{mpsc, oneshot};

use crate::{StoreError, Tariff};
pub(super) use batch::Batch;
use log::Log;
pub(super) use taken::{PutBack, Taken};

/// Writes that may wait for the writer; further callers wait for a place.
const WRITES_QUEUED_MAX: usize = 4_096;
/// Writes that share a transaction; bounds how long the first of them waits for the last.
const BATCH_WRITES_MAX: usize = 512;

/// A kind of write. All writes of one kind in a batch are run together.
pub(super) trait Group: Sized + Send + 'static {
    /// What one caller is answered.
    type Answer: Send + 'static;

    /// Whether [`Group::run`] is one statement, which is kept whole or not at all by itself.
    const ONE_STATEMENT: bool;

    /// Its place in a batch.
    fn of(batch: &mut Batch) -> &mut Vec<Asked<Self>>;

    /// Runs them all and answers in their order. An error is everybody's: the writer then asks for them one by one.
    fn run(
        connection: &mut SqliteConnection,
        books: &Books,
        all: &[Self],
    ) -> impl Future<Output = Result<Vec<Self::Answer>, StoreError>> + Send;
}

/// What statements need beside the connection.
pub(super) struct Books {
    /// What sandboxes' time costs, and on which day.
    pub(super) tariff: Tariff,
    /// The way back for sandboxes that were taken for somebody who had left.
    pub(super) put_back: PutBack,
}

/// One caller's write, and the way back to them.
pub(super) struct Asked<G: Group> {
    what: G,
    answer: oneshot::Sender<Result<G::Answer, StoreError>>,
}

type Queued = Box<dyn FnOnce(&mut Batch) + Send>;

/// The callers' end of the queue.
#[derive(Clone)]
pub(super) struct Writer {
    queue: mpsc::Sender<Queued>,
}

impl Writer {
    /// Begins to write through `connection`, until [`Writer::close`] or until nobody can ask any more. SQLite's log is moved
    /// into the database through `mover`.
    pub(super) fn start(connection: SqliteConnection, mover: SqliteConnection, tariff: Tariff) -> Self {
        let (queue, queued) = mpsc::channel(WRITES_QUEUED_MAX);
        let (put_back, given_up) = PutBack::channel();
        let books = Books { tariff, put_back };
        let log = Log::start(mover);
        tokio::spawn(Desk { connection, log, books, queued, given_up, returned: Vec::new() }.run());
        Self { queue }
    }

    /// Has one write done; answers once it is committed.
    ///
    /// A caller that goes away leaves the others alone. Its own write may still be done.
    pub(super) async fn write<G: Group>(&self, what: G) -> Result<G::Answer, StoreError> {
        let (answer, answered) = oneshot::channel();
        let asked = Asked { what, answer };
        let queued: Queued = Box::new(|batch| G::of(batch).push(asked));
        self.queue.send(queued).await.map_err(|_| StoreError::NotKept)?;
        answered.await.map_err(|_| StoreError::NotKept)?
    }

    /// Has everything written that was asked for, closes the connection, and refuses what comes later.
    pub(super) async fn close(&self) {
        let (closed, waits) = oneshot::channel();
        if self.queue.send(Box::new(|batch| batch.closing.push(closed))).await.is_ok() {
            // An error means that another close was faster, which is as good.
            let _ = waits.await;
        }
    }
}

/// The writing end.
struct Desk {
    connection: SqliteConnection,
    log: Log,
    books: Books,
    queued: mpsc::Receiver<Queued>,
    given_up: mpsc::UnboundedReceiver<domain::SandboxId>,
    /// Given up by their takers, not yet ready again.
    returned: Vec<domain::SandboxId>,
}

impl Desk {
    async fn run(mut self) {
        let mut waiting = Vec::with_capacity(BATCH_WRITES_MAX);
        let mut closing = Vec::new();
        loop {
            tokio::select! {
                taken = self.queued.recv_many(&mut waiting, BATCH_WRITES_MAX) => if taken == 0 { break },
                Some(id) = self.given_up.recv() => self.returned.push(id),
                () = self.log.copied() => {
                    self.log.begin_anew(&mut self.connection).await;
                    continue;
                }
            }
            // Whoever asks at the same moment gets a place in this batch: one commit, one way to the writing thread and back.
            tokio::task::yield_now().await;
            while waiting.len() < BATCH_WRITES_MAX
                && let Ok(queued) = self.queued.try_recv()
            {
                waiting.push(queued);
            }
            let mut batch = Batch::default();
            waiting.drain(..).for_each(|queued| queued(&mut batch));
            if !batch.closing.is_empty() {
                closing.append(&mut batch.closing);
                // Nobody gets into the queue any more; what is in it is still written.
                self.queued.close();
            }
            self.write(batch).await;
        }
        self.log.close().await;
        if let Err(error) = self.connection.close().await {
            tracing::warn!(error = %error, "the database could not be closed; what was answered is kept all the same");
        }
        for closed in closing {
            // Who closed the store may have gone on without waiting.
            let _: Result<(), ()> = closed.send(());
        }
    }

    /// One transaction, then the answers. When it fails, everybody who waits is told so by having no answer.
    async fn write(&mut self, batch: Batch) {
        while let Ok(id) = self.given_up.try_recv() {
            self.returned.push(id);
        }
        match transact(&mut self.connection, &self.books, &self.returned, batch).await {
            Ok(answers) => {
                self.returned.clear();
                answers.into_iter().for_each(|tell| tell());
                self.log.batch_written(&mut self.connection).await;
            }
            Err(error) => {
                let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
                tracing::error!(error = %error, cause, "a batch of writes could not be kept");
            }
        }
    }
}

/// Gives one caller their answer.
type Tell = Box<dyn FnOnce() + Send>;

async fn transact(
    connection: &mut SqliteConnection,
    books: &Books,
    returned: &[domain::SandboxId],
    batch: Batch,
) -> Result<Vec<Tell>, StoreError> {
    let mut transaction = connection.begin().await?;
    // First: whoever takes in this batch may get them.
    super::sandboxes::put_back(&mut transaction, returned).await?;
    let answers = batch.run(&mut transaction, books).await?;
    transaction.commit().await?;
    Ok(answers)
}

/// Runs all writes of one kind, and again one by one when one of them is refused: a refusal is that caller's alone.
async fn settle<G: Group>(
    transaction: &mut Transaction<'_, Sqlite>,
    books: &Books,
    asked: Vec<Asked<G>>,
    tell: &mut Vec<Tell>,
) -> Result<(), StoreError> {
    if asked.is_empty() {
        return Ok(());
    }
    let (all, answers): (Vec<G>, Vec<_>) = asked.into_iter().map(|asked| (asked.what, asked.answer)).unzip();
    let results: Vec<_> = match run_whole(transaction, books, &all).await {
        Ok(results) => results.into_iter().map(Ok).collect(),
        Err(error) if !error.is_refusal() => return Err(error),
        Err(error) if all.len() == 1 => vec![Err(error)],
        Err(_) => one_by_one(transaction, books, &all).await?,
    };
    for (answer, result) in answers.into_iter().zip(results) {
        // One that nobody waits for is dropped here, and a sandbox in it goes back to the pool by that.
        tell.push(Box::new(move || drop(answer.send(result))));
    }
    Ok(())
}

async fn one_by_one<G: Group>(
    transaction: &mut Transaction<'_, Sqlite>,
    books: &Books,
    all: &[G],
) -> Result<Vec<Result<G::Answer, StoreError>>, StoreError> {
    let mut results = Vec::with_capacity(all.len());
    for one in all {
        match run_whole(transaction, books, std::slice::from_ref(one)).await {
            Ok(answered) => results.extend(answered.into_iter().map(Ok)),
            Err(error) if error.is_refusal() => results.push(Err(error)),
            Err(error) => return Err(error),
        }
    }
    Ok(results)
}

/// All of it or nothing, within the batch's transaction.
async fn run_whole<G: Group>(
    transaction: &mut Transaction<'_, Sqlite>,
    books: &Books,
    all: &[G],
) -> Result<Vec<G::Answer>, StoreError> {
    if G::ONE_STATEMENT {
        return G::run(transaction, books, all).await;
    }
    let mut savepoint = transaction.begin().await?;
    let answered = G::run(&mut savepoint, books, all).await;
    match answered {
        Ok(_) => savepoint.commit().await?,
        Err(_) => savepoint.rollback().await?,
    }
    answered
}
