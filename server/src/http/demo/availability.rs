//! `GET /api/v1/demo/availability` and its stream: what the landing page offers now (A4).

use std::convert::Infallible;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use domain::wire::Availability;
use futures::Stream;
use futures::stream::{self, StreamExt as _};

use crate::http::AppState;

/// How often a silent stream says that it lives.
const KEEP_ALIVE: Duration = Duration::from_secs(10);

/// What is offered now.
#[utoipa::path(
    get, path = "/api/v1/demo/availability", tag = "demo",
    responses((status = 200, description = "What the landing page offers now.", body = Availability))
)]
pub(super) async fn availability(State(state): State<AppState>) -> Json<Availability> {
    Json(state.sessions.availability().borrow().clone())
}

/// What is offered now and every later change, as server-sent events named `availability`.
#[utoipa::path(
    get, path = "/api/v1/demo/availability/stream", tag = "demo",
    responses((
        status = 200, description = "Events named `availability`.", content_type = "text/event-stream",
        body = Availability
    ))
)]
pub(super) async fn availability_stream(
    State(state): State<AppState>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut offer = state.sessions.availability();
    offer.mark_changed();
    let offers = stream::unfold(offer, |mut offer| async move {
        offer.changed().await.ok()?;
        let event = Event::default().event("availability").json_data(&*offer.borrow_and_update());
        Some((Ok(event.unwrap_or_default()), offer))
    });
    let until_stop = offers.take_until(state.stopping.clone().cancelled_owned());
    Sse::new(until_stop).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
}
