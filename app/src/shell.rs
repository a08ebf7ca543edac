//! The document around every page, and the routes.

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags, Title, provide_meta_context};
use leptos_router::components::{Outlet, ParentRoute, Route, Router, Routes};
use leptos_router::{ParamSegment, StaticSegment};

use crate::components::live_forms::LiveForms;
use crate::components::site_frame::SiteFrame;
use crate::components::theme_switch::STORAGE_KEY;
use crate::pages::landing::LandingPage;
use crate::pages::not_found::NotFoundPage;
use crate::pages::projects::ProjectsPage;
use crate::pages::prototype::PrototypePage;
use crate::pages::settings::SettingsPage;
use crate::pages::sign_in::SignInPage;
use crate::pages::sign_up::SignUpPage;
use crate::pages::start::StartPage;
use crate::pages::workspace::WorkspacePage;
use crate::{HydratedMark, PageContext};

/// The whole document. `server` hands it to Leptos as the outermost view.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let user = use_context::<PageContext>().and_then(|context| context.user);
    view! {
        <!DOCTYPE html>
        // What was chosen in this browser stands above what was chosen in the account.
        <html lang="en" data-theme=user.and_then(|user| user.theme.word())>
            <head>
                <meta charset="utf-8" />
                // The on-screen keyboard shrinks the page, so that the composer stays above it.
                <meta
                    name="viewport"
                    content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
                />
                <meta name="color-scheme" content="light dark" />
                <meta
                    name="description"
                    content="A live React app in a sandbox of your own, one click away. Say what should change and watch it change."
                />
                <script nonce=use_nonce()>{before_first_paint()}</script>
                <link
                    rel="preload"
                    href="/fonts/geist-latin-wght-normal.woff2"
                    r#as="font"
                    r#type="font/woff2"
                    crossorigin="anonymous"
                />
                <HashedStylesheet id="leptos" options=options.clone() />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <HydrationScripts options islands=true />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// What can't wait for the islands: the remembered theme, a click on the demo button that comes before they live, and a form that
/// is sent before it lives.
fn before_first_paint() -> String {
    format!(
        "(d=>{{try{{const t=localStorage.getItem('{STORAGE_KEY}');if(t)d.dataset.theme=t}}catch{{}}\
         addEventListener('click',e=>{{if(!('hydrated'in d.dataset)&&e.target.closest('[data-demo]'))\
         d.dataset.early=''}},true);addEventListener('submit',e=>{{if('live' in e.target.dataset){{e.preventDefault();\
         e.target.dataset.early=''}}}},true)}})(document.documentElement)"
    )
}

/// The routes; all but workspaces have header and footer around them.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title text="Sandglass" formatter=title />
        <Router>
            <a class="skip-link" href="#main">"Skip to the content"</a>
            <Routes fallback=|| view! { <SiteFrame><NotFoundPage /></SiteFrame> }>
                <ParentRoute path=StaticSegment("") view=|| view! { <SiteFrame><Outlet /></SiteFrame> }>
                    <Route path=StaticSegment("") view=LandingPage />
                    <Route path=StaticSegment("start") view=StartPage />
                    <Route path=StaticSegment("try") view=PrototypePage />
                    <Route path=StaticSegment("sign-up") view=SignUpPage />
                    <Route path=StaticSegment("sign-in") view=SignInPage />
                    <Route path=StaticSegment("projects") view=ProjectsPage />
                    <Route path=StaticSegment("settings") view=SettingsPage />
                </ParentRoute>
                <Route path=(StaticSegment("sessions"), ParamSegment("session")) view=WorkspacePage />
            </Routes>
        </Router>
        <LiveForms />
        <HydratedMark />
    }
    .into_any()
}

/// `Sign up · Sandglass`
fn title(page: String) -> String {
    if page == "Sandglass" {
        "Sandglass: a live app, one click away".into()
    } else {
        format!("{page} · Sandglass")
    }
}
