//! Plays a recording: moves its time on, and folds what has happened by then.

use domain::SessionView;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::recording::{ADDRESS, Picture, Recording};
use crate::client::browser::{Ticker, is_visible, local_time};
use crate::client::http;

/// How often the time moves on, in milliseconds.
const TICK_MS: i32 = 100;
/// A tick that comes later than this counts as this long: the page was busy, and nobody saw the time between.
const TICK_MS_MAX: u64 = 1_000;

/// How far the page is with loading the recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loaded {
    /// It is on its way.
    UnderWay,
    /// It is here.
    Here,
    /// It could not be loaded.
    Failed,
}

/// A handle to the player; copies are the same player.
#[derive(Clone, Copy)]
pub(super) struct Player {
    /// Whether there is something to play.
    pub(super) loaded: RwSignal<Loaded>,
    /// Whether the time moves on.
    pub(super) playing: RwSignal<bool>,
    /// How many times faster than it was.
    pub(super) speed: RwSignal<u64>,
    /// Milliseconds from the recording's beginning.
    elapsed_ms: RwSignal<u64>,
    recording: RwSignal<Option<Recording>>,
    view: RwSignal<Option<SessionView>>,
    ticker: StoredValue<Option<Ticker>, LocalStorage>,
}

impl Player {
    /// A player that shows the session in `view`. It begins to load at once.
    pub(super) fn new(view: RwSignal<Option<SessionView>>) -> Self {
        let player = Self {
            loaded: RwSignal::new(Loaded::UnderWay),
            playing: RwSignal::new(true),
            speed: RwSignal::new(1),
            elapsed_ms: RwSignal::new(0),
            recording: RwSignal::new(None),
            view,
            ticker: StoredValue::new_local(None),
        };
        player.load();
        player.fold_what_happens();
        player
    }

    /// Loads the recording.
    pub(super) fn load(self) {
        self.loaded.set(Loaded::UnderWay);
        spawn_local(async move {
            let answer = http::send("GET", ADDRESS, None).await;
            let recording = answer.ok().and_then(|reply| serde_json::from_str::<Recording>(&reply.body).ok());
            // The overlay may be gone by now, and the signals with it.
            let here = if recording.is_some() { Loaded::Here } else { Loaded::Failed };
            self.recording.try_set(recording);
            self.loaded.try_set(here);
        });
    }

    /// Lets the time run while the overlay is open.
    pub(super) fn play_while(self, open: bool) {
        self.ticker.set_value(None);
        if !open {
            return;
        }
        let last = StoredValue::new(local_time());
        let tick = move || {
            let now = local_time();
            let passed_ms = now.ms_since(last.get_value()).min(TICK_MS_MAX);
            last.set_value(now);
            if self.playing.get_untracked() && is_visible() && self.loaded.get_untracked() == Loaded::Here {
                self.move_on(passed_ms * self.speed.get_untracked());
            }
        };
        self.ticker.set_value(Ticker::every(TICK_MS, tick));
    }

    fn move_on(self, ms: u64) {
        let end = self.duration_ms();
        self.elapsed_ms.update(|elapsed| *elapsed = (*elapsed + ms).min(end));
        if self.elapsed_ms.get_untracked() >= end {
            self.playing.set(false);
        }
    }

    /// Plays or pauses; at the end, from the beginning.
    pub(super) fn toggle(self) {
        if untrack(|| self.is_over()) {
            self.elapsed_ms.set(0);
            self.playing.set(true);
        } else {
            self.playing.update(|playing| *playing = !*playing);
        }
    }

    /// Whether the end was reached.
    pub(super) fn is_over(self) -> bool {
        self.loaded.get() == Loaded::Here && self.elapsed_ms.get() >= self.duration_ms()
    }

    /// Goes to a moment.
    pub(super) fn seek(self, ms: u64) {
        self.elapsed_ms.set(ms.min(self.duration_ms()));
    }

    /// Milliseconds from the recording's beginning.
    pub(super) fn elapsed_ms(self) -> u64 {
        self.elapsed_ms.get()
    }

    /// How long the recording takes, in milliseconds.
    pub(super) fn duration_ms(self) -> u64 {
        self.recording.with(|recording| recording.as_ref().map_or(0, Recording::duration_ms))
    }

    /// Events so far, and in all.
    pub(super) fn events(self) -> (usize, usize) {
        let elapsed_ms = self.elapsed_ms.get();
        self.recording.with(|recording| {
            recording.as_ref().map_or((0, 0), |it| (it.happened(elapsed_ms), it.events.len()))
        })
    }

    /// What the preview looks like now.
    pub(super) fn picture(self) -> Option<Picture> {
        let (events, _) = self.events();
        self.recording.with(|recording| recording.as_ref()?.picture(events).cloned())
    }

    fn fold_what_happens(self) {
        let happened = Memo::new(move |_| self.events().0);
        Effect::new(move |_| {
            let events = happened.get();
            let view = self.recording.with(|recording| recording.as_ref()?.view(events));
            self.view.set(view);
        });
    }
}
