//! One's sandboxes as the server knows them, and what can be done about each (D1).

use domain::wire::SessionJson;
use domain::{SessionId, SessionState, Timestamp};
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use web_sys::HtmlElement;

use super::browser::{Ticker, is_visible, local_time};
use super::http::{self, Failure};
use super::server_clock::ServerClock;
use crate::wording::projects::{begun, project_state, time_left};
use crate::wording::templates::template_words;

const SESSIONS: &str = "/api/v1/sessions";
/// How often the list is asked for while the tab is in front.
const ASK_EVERY_SECONDS: u32 = 10;
const TICK_MS: i32 = 1_000;

/// What is known.
#[derive(Clone, Copy)]
struct Projects {
    /// `None` until the server has answered.
    all: RwSignal<Option<Vec<SessionJson>>>,
    failure: RwSignal<Option<Failure>>,
    /// The server's present.
    now: RwSignal<Timestamp>,
    clock: StoredValue<ServerClock>,
    ticks: StoredValue<u32>,
}

/// Fills the list and keeps it true for as long as the page lives.
///
/// # Errors
/// [`SplitLoaderError`] when the code can't be loaded; calling again tries again.
#[wasm_split(projects, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn mount_projects(place: HtmlElement) -> Result<(), SplitLoaderError> {
    mount_to(place, || {
        let projects = Projects {
            all: RwSignal::new(None),
            failure: RwSignal::new(None),
            now: RwSignal::new(Timestamp::from_unix_ms(0)),
            clock: StoredValue::new(ServerClock::default()),
            ticks: StoredValue::new(0),
        };
        projects.ask();
        let ticker = Ticker::every(TICK_MS, move || projects.tick());
        // It runs as long as the page.
        std::mem::forget(ticker);
        view! { <List projects /> }
    })
    .forget();
    Ok(())
}

impl Projects {
    fn tick(self) {
        self.now.set(self.clock.get_value().at(local_time()));
        self.ticks.update_value(|ticks| *ticks = ticks.wrapping_add(1));
        if self.ticks.get_value().is_multiple_of(ASK_EVERY_SECONDS) && is_visible() {
            self.ask();
        }
    }

    fn ask(self) {
        spawn_local(async move {
            match http::send("GET", SESSIONS, None).await {
                Ok(reply) => {
                    if let Some(server_time) = reply.server_time {
                        self.clock.update_value(|clock| clock.hear(server_time, local_time()));
                    }
                    self.now.set(self.clock.get_value().at(local_time()));
                    match serde_json::from_str(&reply.body) {
                        Ok(all) => {
                            self.all.set(Some(all));
                            self.failure.set(None);
                        }
                        Err(_) => self.failure.set(Some(Failure::unreadable(200))),
                    }
                }
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }

    /// Ends a sandbox; the next answer of the server says so.
    fn end(self, id: SessionId) {
        spawn_local(async move {
            if let Err(failure) = http::send("DELETE", &format!("{SESSIONS}/{id}"), None).await {
                self.failure.set(Some(failure));
            }
            self.ask();
        });
    }

    fn find(self, id: SessionId) -> Option<SessionJson> {
        self.all.with(|all| all.as_ref()?.iter().find(|one| one.session_id == id).cloned())
    }
}

#[component]
fn List(projects: Projects) -> impl IntoView {
    let ids = Memo::new(move |_| {
        projects
            .all
            .with(|all| all.iter().flatten().map(|one| (one.session_id, one.state)).collect::<Vec<_>>())
    });
    let note = move || match projects.failure.get() {
        Some(failure) => Some(failure.detail),
        None => projects.all.with(|all| match all {
            Some(all) if all.is_empty() => {
                Some("No sandbox yet. Start one, and it is listed here.".to_owned())
            }
            Some(_) | None => None,
        }),
    };
    view! {
        <p class="project-note" role="status">{note}</p>
        <ul class="project-cards" aria-label="Your sandboxes">
            <For each=move || ids.get() key=|key| *key let((id, state))>
                <Card projects id state />
            </For>
        </ul>
    }
    .into_any()
}

#[component]
fn Card(projects: Projects, id: SessionId, state: SessionState) -> impl IntoView {
    let Some(session) = projects.find(id) else { return ().into_any() };
    let words = template_words(session.template.as_str());
    let deadline = session.lifetime.deadline;
    let (claimed_at, is_over) = (session.claimed_at, state == SessionState::Ended);
    let asking = RwSignal::new(false);
    let left = move || (!is_over).then(|| time_left(deadline.ms_since(projects.now.get())));
    let begun = move || begun(projects.now.get().ms_since(claimed_at));
    let page = format!("/sessions/{id}");
    let (title, named) = (format!("project-{id}"), format!("project-{id}"));
    view! {
        <li class="project-card" class:is-over=is_over aria-labelledby=named>
            <h2 id=title>{words.name}</h2>
            <p class="project-state">
                <span class="project-mark" data-state=project_state(state)></span>
                {project_state(state)}
                <span class="project-left">{left}</span>
            </p>
            <p class="project-begun">{begun}</p>
            <div class="project-actions">
                <a class="button button-quiet" href=page>{if is_over { "Look back" } else { "Open" }}</a>
                <Show when=move || !is_over && !asking.get()>
                    <Show when=move || state == SessionState::Ready>
                        <a class="button button-plain" href=format!("{SESSIONS}/{id}/archive") download="">"Download"</a>
                    </Show>
                    <button type="button" class="button button-plain" on:click=move |_| asking.set(true)>"End"</button>
                </Show>
                <Show when=move || asking.get()>
                    <button type="button" class="button button-danger" on:click=move |_| projects.end(id)>
                        "End it, files and all"
                    </button>
                    <button type="button" class="button button-plain" on:click=move |_| asking.set(false)>"Keep it"</button>
                </Show>
            </div>
        </li>
    }
    .into_any()
}
