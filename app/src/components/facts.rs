//! What a sandbox is, in facts (J1).

use leptos::prelude::*;

use super::icon::{Icon, IconView};

const FACTS: [(Icon, &str, &str); 6] = [
    (
        Icon::Layers,
        "A Linux of its own",
        "Own users, processes, mounts, network, hostname and limits: seven kernel namespaces, set up for one visitor.",
    ),
    (
        Icon::Network,
        "No way out",
        "Its network leads nowhere. Nothing inside can reach the internet, this server or another sandbox.",
    ),
    (
        Icon::UserX,
        "No privileges",
        "Everything runs as an ordinary user without capabilities, behind a list of permitted system calls.",
    ),
    (
        Icon::Lock,
        "Read-only beneath",
        "The system can't be written to. Your changes live in a layer of their own, in memory.",
    ),
    (
        Icon::Gauge,
        "Bounded",
        "Memory, processor time, processes and disk have a ceiling each. A runaway script hurts nobody else.",
    ),
    (
        Icon::Trash,
        "Used once",
        "When your time is over, the sandbox is destroyed. It is never cleaned and handed on.",
    ),
];

/// The sandbox section; on a server that only simulates sandboxes, it says that instead.
#[component]
pub(crate) fn Facts(
    /// Whether sandboxes are simulated on this server.
    simulated: bool,
) -> impl IntoView {
    let list = FACTS.map(|(icon, title, text)| {
        view! {
            <li>
                <IconView icon />
                <h3>{title}</h3>
                <p>{text}</p>
            </li>
        }
    });
    let body = if simulated {
        view! {
            <p class="lead">
                "This server can't isolate processes, so it simulates sandboxes: the demo behaves the same, but nothing runs behind it. On a Linux host with namespaces, every visitor gets a real one."
            </p>
        }
        .into_any()
    } else {
        view! { <ul class="facts">{list}</ul> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="sandbox-title">
            <h2 id="sandbox-title">"A real sandbox, not a recording"</h2>
            {body}
        </section>
    }
    .into_any()
}
