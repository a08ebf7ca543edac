//! `POST /api/v1/preview/{preview}/report`: ask that somebody looks at a preview (J2).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::wire::{Problem, ReportRequest};
use sessions::Visitor;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::AppState;
use super::client::ClientAddress;
use super::json::OptionalJsonBody;
use super::limits::Asked;
use super::problem::ProblemResponse;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(report))
}

/// Asks that somebody looks at a preview. No account is needed; a network counts once for a preview, however often it reports.
#[utoipa::path(
    post, path = "/api/v1/preview/{preview}/report", tag = "preview",
    params(("preview" = String, Path, description = "What stands before the preview domain, also that of a share link.")),
    request_body(content = ReportRequest, description = "May be empty."),
    responses(
        (status = 204, description = "It is noted."),
        (status = 404, description = "No such preview.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The reason is too long.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many reports from one network.", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn report(
    State(state): State<AppState>,
    Path(preview): Path<String>,
    ClientAddress(address): ClientAddress,
    OptionalJsonBody(request): OptionalJsonBody<ReportRequest>,
) -> Result<StatusCode, ProblemResponse> {
    let visitor = Visitor { address, fingerprint: None };
    state.limits.check(Asked::Report, visitor.network()).map_err(|too_often| too_often.into_problem())?;
    state.sessions.report(&preview, &visitor, request.reason.as_deref().unwrap_or_default()).await?;
    Ok(StatusCode::NO_CONTENT)
}
