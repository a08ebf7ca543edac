//! The conversation's order: prompts, and the commands that people ran between them.

use domain::{CommandId, PromptId, SessionView, Timestamp};

/// One part of the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    /// Something was asked; the agent's steps are below it.
    Prompt(PromptId),
    /// A person ran a command.
    Command(CommandId),
    /// The agent was told to forget what is above; the number tells one from another.
    FreshStart(usize),
}

/// The parts, oldest first. Ids begin with the time they were made, so that they sort by it.
pub(crate) fn feed(view: &SessionView) -> Vec<Part> {
    let prompts =
        view.prompts.iter().map(|prompt| (*prompt.prompt_id.as_bytes(), Part::Prompt(prompt.prompt_id)));
    let by_people = view.commands.iter().filter(|command| command.prompt_id.is_none());
    let commands =
        by_people.map(|command| (*command.command_id.as_bytes(), Part::Command(command.command_id)));
    let starts = view.fresh_starts.iter().enumerate();
    let starts = starts.map(|(number, start)| (after(start.at), Part::FreshStart(number)));
    let mut parts: Vec<_> = prompts.chain(commands).chain(starts).collect();
    parts.sort_by_key(|(made, _)| *made);
    parts.into_iter().map(|(_, part)| part).collect()
}

/// What sorts after every id that was made by then.
fn after(at: Timestamp) -> [u8; 16] {
    let mut key = [u8::MAX; 16];
    let ms = at.unix_ms().to_be_bytes();
    key[..6].copy_from_slice(&ms[2..]);
    key
}
