//! The limits, said plainly.

use leptos::prelude::*;

use crate::DemoFacts;
use crate::wording::waiting::counted;

/// Questions people have before they click, and honest answers.
#[component]
pub(crate) fn Questions(
    /// The demo's limits.
    facts: DemoFacts,
) -> impl IntoView {
    let limits = format!(
        "{} and {} for each demo. Time runs from the click; the countdown you see is the server's. A prompt that the agent can't serve is not counted.",
        counted(facts.minutes.into(), "minute"),
        counted(facts.prompts_max.into(), "prompt"),
    );
    let agent = match facts.agent_note.is_empty() {
        true => "It edits the project's front-end source files and does nothing else.".to_owned(),
        false => facts.agent_note,
    };
    let questions = [
        ("What are the limits?", limits),
        ("Who edits the code?", agent),
        (
            "What can the agent touch?",
            "Source files of the app in your sandbox. In the demo it has no shell, and no path leads outside the workspace."
                .into(),
        ),
        (
            "Is anything kept?",
            "No. When the demo ends, by time or because you close it, the sandbox and its files are destroyed. If you sign up before that, the sandbox becomes yours and goes on."
                .into(),
        ),
        (
            "What happens when everything is taken?",
            "The button says so, and comes back by itself when a sandbox is free. There is no queue to watch.".into(),
        ),
    ];
    let list = questions.map(|(question, answer)| {
        view! {
            <details>
                <summary>{question}</summary>
                <p>{answer}</p>
            </details>
        }
    });
    view! {
        <section class="section questions" aria-labelledby="questions-title">
            <h2 id="questions-title">"Before you click"</h2>
            <div>{list}</div>
        </section>
    }
    .into_any()
}
