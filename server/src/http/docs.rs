//! `/api/openapi.json`, and `/api/docs`: the same document as a page to read (A5).

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::Value;
use utoipa::Modify;
use utoipa::openapi::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};

use super::AppState;

const STYLE: &str = include_str!("docs.css");
const POLICY: &str = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Says how the token is sent.
pub(super) struct BearerToken;

impl Modify for BearerToken {
    fn modify(&self, document: &mut OpenApi) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        document.components.get_or_insert_default().add_security_scheme("session_token", scheme);
    }
}

/// The document with `{path}` where the router's `{*path}` stands for the rest of an address.
pub(super) fn plain_paths(mut document: OpenApi) -> OpenApi {
    let paths = std::mem::take(&mut document.paths.paths);
    document.paths.paths = paths.into_iter().map(|(path, item)| (path.replace("{*", "{"), item)).collect();
    document
}

pub(super) fn routes(document: Arc<OpenApi>) -> Router<AppState> {
    let json = Arc::clone(&document);
    Router::new()
        .route("/api/openapi.json", get(move || async move { Json((*json).clone()) }))
        .route("/api/docs", get(|State(_): State<AppState>| async move { page(&document) }))
        .route("/api/docs.css", get(|| async { ([(header::CONTENT_TYPE, "text/css")], STYLE) }))
}

fn page(document: &OpenApi) -> impl IntoResponse + use<> {
    let document = serde_json::to_value(document).unwrap_or_default();
    let headers = [(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY))];
    (headers, Html(render(&document)))
}

/// The document as HTML: every operation with its parameters and answers, then every shape.
fn render(document: &Value) -> String {
    let mut out = String::from(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Sandglass API</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"stylesheet\" href=\"/api/docs.css\"></head><body><main><h1>Sandglass API</h1>",
    );
    let about = text(&document["info"]["description"]);
    // Writing to a string can't fail, here and below.
    let _ = write!(
        out,
        "<p>{about}</p><p><a href=\"/api/openapi.json\">openapi.json</a> · <a href=\"/\">Home</a></p>"
    );
    for (path, methods) in entries(&document["paths"]) {
        for (method, operation) in entries(methods) {
            render_operation(&mut out, path, method, operation);
        }
    }
    out.push_str("<h2 id=\"shapes\">Shapes</h2>");
    for (name, schema) in entries(&document["components"]["schemas"]) {
        let name = escape(name);
        let shape = escape(&serde_json::to_string_pretty(schema).unwrap_or_default());
        let about = text(&schema["description"]);
        let _ = write!(
            out,
            "<details id=\"{name}\"><summary><code>{name}</code> {about}</summary><pre>{shape}</pre></details>"
        );
    }
    out.push_str("</main></body></html>");
    out
}

fn render_operation(out: &mut String, path: &str, method: &str, operation: &Value) {
    let (path, upper) = (escape(path), method.to_uppercase());
    let about = text(&operation["description"]);
    let about = if about.is_empty() { text(&operation["summary"]) } else { about };
    let _ = write!(out, "<section><h2><b>{upper}</b> <code>{path}</code></h2><p>{about}</p>");
    if let Some(body) = reference(&operation["requestBody"]["content"]["application/json"]["schema"]) {
        let _ = write!(out, "<p>Body: {body}</p>");
    }
    let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !parameters.is_empty() {
        out.push_str("<table><caption>Parameters</caption>");
        for parameter in parameters {
            let (name, place) = (text(&parameter["name"]), text(&parameter["in"]));
            let about = text(&parameter["description"]);
            let _ = write!(
                out,
                "<tr><th scope=\"row\"><code>{name}</code></th><td>{place}</td><td>{about}</td></tr>"
            );
        }
        out.push_str("</table>");
    }
    out.push_str("<table><caption>Answers</caption>");
    for (status, answer) in entries(&operation["responses"]) {
        let shapes = entries(&answer["content"]).filter_map(|(_, content)| reference(&content["schema"]));
        let shapes = shapes.collect::<Vec<_>>().join(", ");
        let (status, about) = (escape(status), text(&answer["description"]));
        let _ = write!(out, "<tr><th scope=\"row\">{status}</th><td>{about}</td><td>{shapes}</td></tr>");
    }
    out.push_str("</table></section>");
}

/// A link to the shape that a schema names.
fn reference(schema: &Value) -> Option<String> {
    let name = escape(schema["$ref"].as_str()?.rsplit('/').next()?);
    Some(format!("<a href=\"#{name}\"><code>{name}</code></a>"))
}

fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

fn text(value: &Value) -> String {
    escape(value.as_str().unwrap_or_default())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
