//! The landing page: what this is, the button, and what stands behind it.

use domain::Tier;
use domain::wire::Availability;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::demo::Demo;
use crate::components::facts::Facts;
use crate::components::hero_scene::HeroScene;
use crate::components::questions::Questions;
use crate::components::three_steps::ThreeSteps;
use crate::{AccountFacts, DemoFacts, PageContext};

/// The landing page. Without a context it is the plain page: no demo is offered (A4).
#[component]
pub(crate) fn LandingPage() -> impl IntoView {
    let context = use_context::<PageContext>().unwrap_or_else(plain);
    let PageContext { availability, demo, current, prototypes, .. } = context;
    view! {
        <Title text="Sandglass" />
        <section class="hero">
            <div class="hero-words">
                <h1>"A running app, " <em>"one click away"</em></h1>
                <p class="lead">
                    "Sandglass hands you a sandbox with a React app already running in it. Say what should change; an agent edits the files, and the app changes in front of you."
                </p>
                <Demo
                    availability
                    facts=demo.clone()
                    held=current.map(|session| session.session_id)
                    prototypes=prototypes.is_some()
                />
            </div>
            <HeroScene />
        </section>
        <ThreeSteps minutes=demo.minutes />
        <Facts simulated=demo.simulated />
        <Questions facts=demo />
    }
    .into_any()
}

fn plain() -> PageContext {
    PageContext {
        availability: Availability {
            tier: Tier::Disabled,
            warm: 0,
            wait_seconds: 0,
            building_now: 0,
            reason: None,
        },
        demo: DemoFacts {
            minutes: 5,
            prompts_max: 3,
            chips: Vec::new(),
            agent_name: String::new(),
            agent_note: String::new(),
            simulated: false,
        },
        current: None,
        user: None,
        accounts: AccountFacts::default(),
        prototypes: None,
    }
}
