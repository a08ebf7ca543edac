//! Pages rendered by Leptos, and the built site's files.

use std::time::Duration;

use app::{AccountFacts, App, DemoFacts, PageContext, PrototypeFacts, agent_name, agent_note, shell};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, header, request};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::wire::SessionJson;
use domain::wire::account::UserJson;
use leptos::context::{provide_context, use_context};
use leptos::nonce::{Nonce, use_nonce};
use leptos_axum::{LeptosRoutes as _, ResponseOptions, generate_route_list};
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use super::client::demo_token;
use super::{AppState, Surface};
use super::{page_access, person};

/// Files whose names carry their content's hash never change.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// The page that shows the widget of a hosted challenge.
const WIDGET_PAGE: &str = "/try";
/// Other files of the site.
const A_DAY: &str = "public, max-age=86400";

pub(super) fn routes(state: &AppState) -> Router<AppState> {
    let context = {
        let state = state.clone();
        move || provide_page_context(&state)
    };
    let pages = Router::new()
        .leptos_routes_with_context(state, generate_route_list(App), context.clone(), {
            let options = state.leptos.clone();
            move || shell(options.clone())
        })
        .layer(middleware::from_fn_with_state(state.clone(), remember_visitor))
        .layer(CompressionLayer::new());
    let missing = leptos_axum::file_and_error_handler_with_context::<AppState, _>(context, shell);
    let root = state.leptos.site_root.to_string();
    let package = format!("{root}/{}", state.leptos.site_pkg_dir);
    let fonts = format!("{root}/fonts");
    pages
        .nest(&format!("/{}", state.leptos.site_pkg_dir), files(&package, FOREVER))
        .nest("/fonts", files(&fonts, A_DAY))
        .fallback(missing)
}

fn files(folder: &str, cache: &'static str) -> Router<AppState> {
    let cached = SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    let folder = ServeDir::new(folder).precompressed_br().precompressed_gzip();
    Router::new().fallback_service(folder).layer(cached)
}

/// Who asks for the page and which session they hold, found before it is rendered.
#[derive(Clone)]
struct Visiting {
    session: Option<SessionJson>,
    user: Option<UserJson>,
}

async fn remember_visitor(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if request.method() == Method::GET && request.uri().path() == "/" {
        state.sessions.viewed();
    }
    let session = match demo_token(request.headers(), state.surface.secure_cookies) {
        // A page without it is still a page; the error is logged where the store is asked again.
        Some(token) => state.sessions.current(&token).await.ok().flatten(),
        None => None,
    };
    let (mut parts, body) = request.into_parts();
    // As above: whoever can't be recognised now is shown the page as a guest.
    let person = person::person(&parts.headers, &mut parts.extensions, &state).await.ok().flatten();
    let user = person.map(|person| person.to_json());
    if let Some(elsewhere) = page_access::elsewhere(parts.uri.path(), parts.uri.query(), user.is_some()) {
        return Redirect::to(&elsewhere).into_response();
    }
    parts.extensions.insert(Visiting { session, user });
    next.run(Request::from_parts(parts, body)).await
}

/// What the page needs to know, and the policy that its answer is sent with.
fn provide_page_context(state: &AppState) {
    let visiting =
        use_context::<request::Parts>().and_then(|parts| parts.extensions.get::<Visiting>().cloned());
    let Visiting { session, user } = visiting.unwrap_or(Visiting { session: None, user: None });
    let config = state.sessions.config();
    let demo = &config.demo;
    let model = state.sessions.model_of_visitors();
    provide_context(PageContext {
        availability: state.sessions.availability().borrow().clone(),
        demo: DemoFacts {
            minutes: minutes(demo.max_session_duration),
            prompts_max: demo.max_prompts,
            chips: demo.chips.clone(),
            agent_name: agent_name(&model.name, model.is_language_model),
            agent_note: agent_note(model.is_language_model).into(),
            simulated: state.surface.simulated,
        },
        current: session,
        user,
        accounts: AccountFacts {
            enabled: state.accounts.enabled(),
            takes_sign_ups: state.accounts.takes_sign_ups(),
            identity_providers: state.accounts.identity_providers(),
            sandbox_providers: state.accounts.sandbox_providers().to_vec(),
            workspace_minutes: minutes(config.workspace.duration),
            workspaces_max: config.workspace.max_concurrent_per_holder,
            templates: state.surface.templates.clone(),
        },
        prototypes: config.prototype.enabled.then(|| PrototypeFacts {
            minutes: minutes(config.prototype.duration),
            prompts_max: config.prototype.max_prompts,
            per_hour: config.prototype.per_network_per_hour,
            frameworks: state.surface.frameworks.clone(),
        }),
    });
    let (Some(response), Some(nonce)) = (use_context::<ResponseOptions>(), use_nonce()) else { return };
    let asked_for = use_context::<request::Parts>();
    let shows_widget = asked_for.is_some_and(|parts| parts.uri.path() == WIDGET_PAGE);
    let policy = policy(&nonce, &state.surface, shows_widget);
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
    // Each answer has its own nonce and this moment's tier.
    response.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
}

/// What a page may load. Where it shows a hosted service's widget, it may load that, and nowhere else.
fn policy(nonce: &Nonce, surface: &Surface, shows_widget: bool) -> String {
    let previews = &surface.preview_source;
    let widget = surface.widget_sources.filter(|_| shows_widget).map(|sources| format!(" {sources}"));
    let widget = widget.unwrap_or_default();
    format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'nonce-{nonce}'{widget}; style-src 'self' 'nonce-{nonce}'{widget}; \
         connect-src 'self'{widget}; img-src 'self' data:; frame-src {previews}{widget}; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    )
}

/// A time in whole minutes, as people are told it.
fn minutes(duration: Duration) -> u32 {
    u32::try_from(duration.as_secs().div_ceil(60)).unwrap_or(u32::MAX)
}
