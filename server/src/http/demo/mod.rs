//! `/api/v1/demo/…`: the live demo over REST (A5). One endpoint, one file.

mod availability;
mod claim;
mod close;
mod events;
mod prompt;
mod resume;
mod share;
mod status;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::AppState;

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
