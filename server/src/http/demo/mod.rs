//! `/api/v1/demo/…`: the live demo over REST (A5). One endpoint, one file.

mod availability;
mod claim;
mod close;
mod events;
mod prompt;
mod resume;
mod share;
mod status;

use domain::SessionId;
use sessions::Access;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::AppState;
use super::client::ShownToken;
use super::problem::ProblemResponse;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(availability::availability))
        .routes(routes!(availability::availability_stream))
        .routes(routes!(claim::claim))
        .routes(routes!(prompt::prompt))
        .routes(routes!(status::status))
        .routes(routes!(close::close))
        .routes(routes!(events::events))
        .routes(routes!(share::share))
        .routes(routes!(share::revoke))
        .routes(routes!(resume::resume))
}

/// Opens the session that a path names to whoever shows its token.
async fn open(state: &AppState, session: &str, token: ShownToken) -> Result<Access, ProblemResponse> {
    let id: SessionId = session.parse().map_err(|_| sessions::SessionError::Unknown)?;
    Ok(state.sessions.authorize(id, token.0.as_ref()).await?)
}
