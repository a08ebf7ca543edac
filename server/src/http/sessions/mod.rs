//! `/api/v1/sessions/…`: prototypes, workspaces, and any session by its id (B, D). One endpoint, one file.

mod adopt;
mod archive;
mod close;
mod commands;
mod events;
mod exec;
mod file;
mod files;
mod list;
mod model;
mod open;
mod preview_report;
mod prompt;
mod queue;
mod rename;
mod resume;
mod share;
mod status;
mod stop;
mod terminals;
mod versions;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::AppState;
pub(super) use events::stream;
pub(super) use prompt::{PromptQuery, ask};

/// The largest file that can be written, in bytes: as large as a sandbox takes in one piece.
const FILE_BYTES_MAX: usize = 2 * 1024 * 1024;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(file::read, file::write, file::remove))
        .layer(DefaultBodyLimit::max(FILE_BYTES_MAX))
        .routes(routes!(open::open, list::list))
        .routes(routes!(list::reuse))
        .routes(routes!(status::status, close::close))
        .routes(routes!(adopt::adopt))
        .routes(routes!(events::events))
        .routes(routes!(prompt::prompt))
        .routes(routes!(model::model, model::choose))
        .routes(routes!(preview_report::preview_report))
        .routes(routes!(queue::edit, queue::remove))
        .routes(routes!(queue::reset))
        .routes(routes!(stop::stop))
        .routes(routes!(resume::resume))
        .routes(routes!(share::share, share::revoke))
        .routes(routes!(files::files))
        .routes(routes!(rename::rename))
        .routes(routes!(exec::exec))
        .routes(routes!(commands::stop))
        .routes(routes!(commands::output))
        .routes(routes!(terminals::open, terminals::list))
        .routes(routes!(terminals::close))
        .routes(routes!(terminals::socket))
        .routes(routes!(archive::archive))
        .routes(routes!(versions::list))
        .routes(routes!(versions::diff))
        .routes(routes!(versions::file))
        .routes(routes!(versions::restore))
}
