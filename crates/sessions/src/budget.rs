//! The day's budget: what was spent, what may still be, and when a new day begins (H9).
//!
//! What was spent is read from the store now and then. In between, no more can have been added than every sandbox that
//! may exist costs in that time: with this bound a claim is decided without asking the store, and never above the cap.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::{Day, MicroDollars, ModelBudget, ModelUse, SessionKind, Timestamp};
use store::{SpentTime, Store, StoreError, Tariff};
use tokio::sync::watch;

use crate::Sessions;
use crate::admission::{Limits, Present};
use crate::service::Inner;

/// How often the meters are read and the offer is decided anew by what they say.
const READING_INTERVAL: Duration = Duration::from_secs(10);
/// How long a sandbox may outlive its session until it is destroyed, for the most that a session can cost.
const ENDING_MS_MAX: u64 = 10_000;

/// What the day has cost so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spending {
    /// The day, as in `2026-11-21`, in the configured zone.
    pub day: String,
    /// What was spent on it: warm and claimed sandboxes, and language models.
    pub spent: MicroDollars,
    /// What may be spent on it.
    pub cap: MicroDollars,
    /// When the next day, and with it a new budget, begins.
    pub resets_at: Timestamp,
}

/// Keeps the day's books.
pub(crate) struct Budget {
    store: Arc<dyn Store>,
    tariff: Tariff,
    cap: MicroDollars,
    /// All sandboxes that may exist, for the most that a time can cost.
    sandboxes_max: u32,
    reading: Mutex<Reading>,
    /// What may still be spent; `None` while nothing costs anything.
    left: watch::Sender<Option<MicroDollars>>,
}

#[derive(Debug, Clone)]
struct Reading {
    day: Day,
    at: Timestamp,
    /// On sandboxes and models together.
    spent: MicroDollars,
    /// What models consumed.
    models: ModelUse,
}

impl Budget {
    /// Opens the books at `now`.
    pub(crate) async fn open(
        store: Arc<dyn Store>,
        tariff: Tariff,
        cap: MicroDollars,
        sandboxes_max: u32,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let reading = read(&*store, &tariff, now).await?;
        Ok(Self {
            store,
            tariff,
            cap,
            sandboxes_max,
            reading: Mutex::new(reading),
            left: watch::Sender::new(None),
        })
    }

    /// The most that one more session of `duration` can cost.
    pub(crate) fn session_cost(&self, duration: Duration) -> MicroDollars {
        let duration_ms = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        self.tariff.sandbox_hour.for_time(duration_ms.saturating_add(ENDING_MS_MAX))
    }

    /// Reads from the store what was spent up to `now`.
    pub(crate) async fn refresh(&self, now: Timestamp) -> Result<(), StoreError> {
        let reading = read(&*self.store, &self.tariff, now).await?;
        *self.reading.lock().unwrap_or_else(PoisonError::into_inner) = reading;
        Ok(())
    }

    /// The most that can have been spent today; `None` when the last reading is another day's.
    pub(crate) fn spent_at_most(&self, now: Timestamp) -> Option<MicroDollars> {
        let reading = self.reading();
        if now < reading.day.begins || now >= reading.day.ends {
            return None;
        }
        let since_ms = now.ms_since(reading.at).saturating_mul(self.sandboxes_max.into());
        Some(reading.spent.plus(self.tariff.sandbox_hour.for_time(since_ms)))
    }

    /// What is left on this day of what models may consume, and never more than the daily cap leaves.
    pub(crate) fn model_budget_left(&self, day: ModelBudget, now: Timestamp) -> ModelBudget {
        let reading = self.reading();
        let is_today = now >= reading.day.begins && now < reading.day.ends;
        let (models, spent) = if is_today { (reading.models, reading.spent) } else { Default::default() };
        let left = day.minus(models);
        let of_cap = self.cap.minus(spent);
        ModelBudget { cost_max: Some(left.cost_max.map_or(of_cap, |left| left.min(of_cap))), ..left }
    }

    /// Counts what a model consumed, before the books are read again.
    pub(crate) fn note_model_use(&self, used: ModelUse, now: Timestamp) {
        let mut reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        if now >= reading.day.begins && now < reading.day.ends {
            reading.models = reading.models.plus(used);
            reading.spent = reading.spent.plus(used.cost);
        }
    }

    /// What living sessions may still cost, given when each is over at the latest.
    pub(crate) fn committed(
        &self,
        now: Timestamp,
        deadlines: impl Iterator<Item = Timestamp>,
    ) -> MicroDollars {
        let price = self.tariff.sandbox_hour;
        deadlines.map(|deadline| price.for_time(deadline.ms_since(now) + ENDING_MS_MAX)).sum()
    }

    /// The day's date in the configured zone.
    pub(crate) fn date(&self, now: Timestamp) -> String {
        self.tariff.calendar.day(now).date
    }

    /// When the next budget begins: seconds from `now`, at least 1, and what a clock on the wall shows then.
    pub(crate) fn next(&self, now: Timestamp) -> (u64, String) {
        let resets_at = self.reading().day.ends;
        let calendar = &self.tariff.calendar;
        let moment = format!("{} ({})", calendar.wall_time(resets_at), calendar.zone());
        (resets_at.ms_since(now).div_ceil(1_000).max(1), moment)
    }

    /// Told whenever what may still be spent has changed.
    pub(crate) fn watch(&self) -> watch::Receiver<Option<MicroDollars>> {
        self.left.subscribe()
    }

    fn spending(&self) -> Spending {
        let Reading { day, spent, .. } = self.reading();
        Spending { day: day.date, spent, cap: self.cap, resets_at: day.ends }
    }

    fn reading(&self) -> Reading {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn read(store: &dyn Store, tariff: &Tariff, now: Timestamp) -> Result<Reading, StoreError> {
    let day = tariff.calendar.day(now);
    let sandboxes: MicroDollars = store.spent_on(&day, now).await?.iter().map(SpentTime::cost).sum();
    let models = store.model_use_on(&day.date).await?;
    Ok(Reading { day, at: now, spent: sandboxes.plus(models.cost), models })
}

impl Sessions {
    /// What the day has cost so far, as of the last look at the meters: at most ten seconds ago.
    pub fn spending(&self) -> Spending {
        self.inner.budget.spending()
    }
}

impl Inner {
    /// What limits and budget are at `now` for one more session of a kind; `None` when the books are another day's and have to
    /// be read first.
    pub(crate) fn present(&self, now: Timestamp, kind: SessionKind, holder: &str) -> Option<Present> {
        let committed = if self.budget.tariff.sandbox_hour == MicroDollars::ZERO {
            MicroDollars::ZERO
        } else {
            self.budget.committed(now, self.live.deadlines().into_iter())
        };
        let spent = self.budget.spent_at_most(now)?;
        let (live, held) = self.live.count_of(kind, holder);
        Some(Present { now, live, held, spent, committed })
    }

    /// The limits in force for a kind.
    pub(crate) fn limits(&self, kind: SessionKind) -> Limits {
        let rules = self.config.rules(kind);
        Limits {
            kind,
            per_visitor: rules.per_visitor_per_hour,
            per_network: rules.per_network_per_hour,
            live_max: rules.max_concurrent,
            held_max: rules.max_concurrent_per_holder,
            cap: self.config.demo.daily_cost_cap,
            session_cost: self.budget.session_cost(rules.duration),
        }
    }

    /// Whether the budget reaches for one more demo.
    pub(crate) fn affordable(&self) -> bool {
        let present = self.present(self.clock.now(), SessionKind::Demo, "");
        present.is_none_or(|present| self.admissions().affordable(&self.limits(SessionKind::Demo), &present))
    }

    /// Tells the pools what may still be spent.
    fn apply_budget(&self) {
        let priced = self.budget.tariff.sandbox_hour > MicroDollars::ZERO;
        let left = self
            .present(self.clock.now(), SessionKind::Demo, "")
            .filter(|_| priced)
            .map(|present| self.budget.cap.minus(present.spent).minus(present.committed));
        self.budget.left.send_if_modified(|present| std::mem::replace(present, left) != left);
        self.pools.set_budget(left.map(|left| pool::Budget {
            left_micro_dollars: left.get(),
            hour_micro_dollars: self.budget.tariff.sandbox_hour.get(),
        }));
    }
}

/// Reads the meters now and then, and at midnight.
pub(crate) async fn keep_books(inner: Arc<Inner>) {
    loop {
        let now = inner.clock.now();
        let read = async {
            inner.store.accrue(now).await?;
            inner.budget.refresh(now).await
        };
        if let Err(error) = read.await {
            tracing::warn!(error = %error, "what was spent could not be read; trying again");
        }
        inner.apply_budget();
        inner.write_views().await;
        let midnight = Duration::from_millis(inner.budget.reading().day.ends.ms_since(now).max(1));
        tokio::select! {
            () = tokio::time::sleep(READING_INTERVAL.min(midnight)) => {}
            () = inner.stop.cancelled() => return inner.write_views().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::UtcCalendar;
    use store::SqliteStore;

    /// H9: between two readings the bound grows as fast as every sandbox that may exist could spend, and no slower.
    #[tokio::test]
    async fn what_may_have_been_spent_is_never_stated_too_low() {
        let folder = tempfile::tempdir().unwrap();
        let tariff = Tariff { sandbox_hour: MicroDollars::new(3_600_000), calendar: Arc::new(UtcCalendar) };
        let store =
            Arc::new(SqliteStore::open(&folder.path().join("sandglass.db"), tariff.clone()).await.unwrap());
        let at = Timestamp::from_unix_ms;
        let budget = Budget::open(store, tariff, MicroDollars::new(500), 7, at(1_000)).await.unwrap();
        assert_eq!(budget.spent_at_most(at(1_000)), Some(MicroDollars::ZERO));
        assert_eq!(budget.spent_at_most(at(1_010)), Some(MicroDollars::new(70)));
        assert_eq!(budget.spent_at_most(at(86_400_000)), None, "another day's books say nothing");
        assert_eq!(budget.next(at(86_399_000)), (1, "00:00 (UTC)".into()));
    }
}
