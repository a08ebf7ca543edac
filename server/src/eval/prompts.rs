//! A file of prompts: one a line, in conversations.

use domain::{TemplateName, check_prompt_text};

/// Prompts that are asked one after the other in one sandbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Conversation {
    /// What the sandbox starts from, where the file says.
    pub(super) template: Option<TemplateName>,
    pub(super) prompts: Vec<String>,
}

/// The conversations of a file. A line that begins with `+` goes on with the one above; `[template=NAME]` before the first line of one
/// says what its sandbox starts from; `#` begins a remark.
///
/// # Errors
/// When there is no prompt, or one can't be asked; the line is named.
pub(super) fn parse(text: &str) -> anyhow::Result<Vec<Conversation>> {
    let mut conversations: Vec<Conversation> = Vec::new();
    for (line, number) in text.lines().map(str::trim).zip(1..) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (goes_on, prompt) = line.strip_prefix('+').map_or((false, line), |rest| (true, rest.trim()));
        let (template, prompt) = match prompt.strip_prefix("[template=").and_then(|rest| rest.split_once(']'))
        {
            Some((name, rest)) if !goes_on => {
                let name = name.parse().map_err(|error| anyhow::anyhow!("line {number}: {error}"))?;
                (Some(name), rest.trim())
            }
            Some(_) | None => (None, prompt),
        };
        check_prompt_text(prompt).map_err(|error| anyhow::anyhow!("line {number}: {error}"))?;
        match conversations.last_mut().filter(|_| goes_on) {
            Some(conversation) => conversation.prompts.push(prompt.to_owned()),
            None if goes_on => {
                anyhow::bail!("line {number} goes on with a conversation, and there is none above")
            }
            None => conversations.push(Conversation { template, prompts: vec![prompt.to_owned()] }),
        }
    }
    anyhow::ensure!(!conversations.is_empty(), "there is no prompt in it");
    Ok(conversations)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// G3
    #[test]
    fn prompts_stand_one_a_line_in_conversations() {
        let text = "# for visitors\nAdd a counter\n+ make it bigger\n\n [template=vue-vite] Add a timer \n";
        let parsed = parse(text).unwrap();
        let conversation = |template: Option<&str>, prompts: &[&str]| Conversation {
            template: template.map(|name| name.parse().unwrap()),
            prompts: prompts.iter().map(|prompt| (*prompt).to_owned()).collect(),
        };
        let expected = [
            conversation(None, &["Add a counter", "make it bigger"]),
            conversation(Some("vue-vite"), &["Add a timer"]),
        ];
        assert_eq!(parsed, expected);
    }

    /// G3: what can't be used is said with its line.
    #[test]
    fn a_line_that_can_t_be_used_is_named() {
        for (text, said) in [
            ("", "no prompt"),
            ("# nothing\n", "no prompt"),
            ("+ bigger", "line 1 goes on"),
            ("[template=No such] bigger", "line 1:"),
            ("one\n+\n", "line 2:"),
            (&"x".repeat(4_001), "line 1:"),
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
    }
}
