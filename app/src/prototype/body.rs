//! What stands in the form's place once a prototype is asked for: header, history with composer, preview; tabs where there is
//! room for one.

use domain::{SessionId, SessionState};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::PrototypeProps;
use super::form::{self, Wish};
use super::header::Header;
use super::history::History;
use super::stage::Stage;
use crate::client::browser::local_time;
use crate::client::prototype::Opening;
use crate::client::scene::Scene;
use crate::client::session::{Door, Phase, Session};
use crate::components::icon::{Icon, IconView};

/// Everything that a prototype's page holds; copies are the same page.
#[derive(Clone, Copy)]
pub(super) struct Bench {
    /// What the page was given.
    pub(super) props: PrototypeProps,
    /// The session, as its journal tells it.
    pub(super) session: Session,
    /// Which state it is in.
    pub(super) scene: Memo<Scene>,
    /// How far its opening is.
    pub(super) opening: RwSignal<Opening>,
    /// What was asked for; `None` after a refresh.
    pub(super) wish: StoredValue<Option<Wish>>,
    /// How long it took from the click until the app ran, in milliseconds.
    pub(super) ready_ms: RwSignal<Option<u64>>,
    /// What a narrow screen shows.
    pub(super) pane: RwSignal<Pane>,
    /// Where a hosted challenge is shown.
    pub(super) widget: NodeRef<html::Div>,
}

/// What a narrow screen shows above the composer; a wide one shows both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pane {
    /// The running app.
    Preview,
    /// What was asked and done.
    History,
}

impl Pane {
    const fn name(self) -> &'static str {
        match self {
            Self::Preview => "Preview",
            Self::History => "History",
        }
    }
}

impl Bench {
    fn new(props: PrototypeProps) -> Self {
        let session = Session::new(Door::Sessions);
        Self {
            props,
            session,
            scene: Memo::new(move |_| session.scene()),
            opening: RwSignal::new(Opening::AskingForSandbox { solved_ms: None }),
            wish: StoredValue::new(None),
            ready_ms: RwSignal::new(None),
            pane: RwSignal::new(Pane::Preview),
            widget: NodeRef::new(),
        }
    }

    /// Asks for a prototype.
    pub(super) fn start(self, wish: Wish) {
        if untrack(|| self.session.is_living() || self.session.phase.get() == Phase::Claiming) {
            return;
        }
        let Some(place) = self.widget.get_untracked() else { return };
        self.ready_ms.set(None);
        self.session.open_prototype(wish.template.clone(), self.opening, place.into());
        self.session.draft.set(wish.prompt.clone());
        self.wish.set_value(Some(wish));
        form::hide(true);
    }

    /// What its framework offers to ask for.
    pub(super) fn chips(self) -> Vec<String> {
        let template = self.template();
        self.props.facts.with_value(|facts| {
            let of = facts.frameworks.iter().find(|one| Some(one.template.as_str()) == template.as_deref());
            of.map(|one| one.chips.clone()).unwrap_or_default()
        })
    }

    /// Asks again for what was refused.
    pub(super) fn again(self) {
        if let Some(wish) = self.wish.get_value() {
            self.start(wish);
        }
    }

    /// What is wanted, and later the session, is in the address, so that a refresh comes back to it (F1). What was to be asked
    /// first stays there until it was asked: a refresh puts it back into the text field.
    fn remember(self) {
        let query = Memo::new(move |_| {
            self.session.phase.track();
            let held =
                self.session.view.with(|view| view.as_ref().map(|view| (view.session_id, view.prompts_used)));
            self.wish.with_value(|wish| address(held, wish.as_ref()))
        });
        Effect::new(move |_| {
            let (Some(query), Ok(history)) = (query.get(), window().history()) else { return };
            // Where it is not allowed the page still works; only a refresh begins anew.
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("/try?{query}")));
        });
    }

    /// Sends what was written in the form, once, when the app runs.
    fn ask_first(self) {
        let began = StoredValue::new(local_time());
        Effect::new(move |_| {
            if self.session.phase.get() == Phase::Claiming {
                began.set_value(local_time());
            }
        });
        let ready = Memo::new(move |_| self.scene.get() == Scene::Ready);
        Effect::new(move |_| {
            if !ready.get() {
                return;
            }
            let Some(wish) = self.wish.get_value() else { return };
            self.ready_ms.set(Some(local_time().ms_since(began.get_value())));
            let is_new = self
                .session
                .view
                .with_untracked(|view| view.as_ref().is_some_and(|view| view.prompts_used == 0));
            if is_new && !wish.prompt.is_empty() {
                self.session.prompt(&wish.prompt);
            }
        });
    }

    /// What the prototype is built on.
    pub(super) fn template(self) -> Option<String> {
        let held = self.session.view.with(|view| view.as_ref().map(|view| view.template.to_string()));
        held.or_else(|| self.wish.with_value(|wish| wish.as_ref().map(|wish| wish.template.clone())))
    }

    /// Whether all prompts were used and answered, and the sandbox still lives.
    pub(super) fn is_used_up(self) -> bool {
        self.session.view.with(|view| {
            view.as_ref().is_some_and(|view| {
                view.state == SessionState::Ready
                    && view.prompts_remaining() == 0
                    && view.prompt_in_progress().is_none()
            })
        })
    }
}

/// The query of a page that holds a session, with how many prompts it has used, or that only wants one.
fn address(held: Option<(SessionId, u32)>, wish: Option<&Wish>) -> Option<String> {
    let unasked = wish.filter(|wish| !wish.prompt.is_empty() && held.is_none_or(|(_, used)| used == 0));
    let begin = match (held, wish) {
        (Some((id, _)), _) => format!("session={id}"),
        (None, Some(wish)) => format!("framework={}", encoded(&wish.template)),
        (None, None) => return None,
    };
    Some(unasked.map_or(begin.clone(), |wish| format!("{begin}&prompt={}", encoded(&wish.prompt))))
}

fn encoded(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}

/// The whole of it.
#[component]
pub(super) fn Body(
    /// What the page was given.
    props: PrototypeProps,
) -> impl IntoView {
    let bench = Bench::new(props);
    bench.session.attend();
    bench.remember();
    bench.ask_first();
    let asked = Memo::new(move |_| bench.session.phase.with(|phase| *phase != Phase::None));
    // The place for a challenge must be there before one is asked for.
    Effect::new(move |before: Option<()>| {
        if before.is_none() {
            form::listen(move |wish| bench.start(wish));
            if let Some(id) = props.held {
                bench.session.draft.set(form::wish().prompt);
                bench.session.resume(id);
            }
        }
    });
    let ended =
        Memo::new(move |_| bench.scene.with(|scene| matches!(scene, Scene::Ended(_) | Scene::Refused(_))));
    Effect::new(move |_| {
        // Why it is over must be seen on a narrow screen, too.
        if ended.get() {
            bench.pane.set(Pane::Preview);
        }
    });
    view! {
        <div class="try-frame" hidden=move || !asked.get() data-pane=move || bench.pane.get().name()>
            <Header bench />
            <div class="try-panes">
                <History bench />
                <Stage bench />
            </div>
            <Tabs bench />
        </div>
    }
    .into_any()
}

#[component]
fn Tabs(bench: Bench) -> impl IntoView {
    let tab = move |pane: Pane, icon: Icon| {
        view! {
            <button
                type="button"
                aria-pressed=move || (bench.pane.get() == pane).to_string()
                on:click=move |_| bench.pane.set(pane)
            >
                <IconView icon />
                {pane.name()}
            </button>
        }
    };
    view! {
        <nav class="pane-tabs" aria-label="Panes">
            {tab(Pane::Preview, Icon::AppWindow)} {tab(Pane::History, Icon::History)}
        </nav>
    }
}
