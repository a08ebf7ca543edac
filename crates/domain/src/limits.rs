//! Limits that both sides check: the page to help, the server to enforce (A6).

/// The longest prompt, in Unicode characters (A6).
pub const PROMPT_CHARS_MAX: usize = 4_000;

/// A prompt's text cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PromptTextError {
    /// Nothing but white space.
    #[error("The prompt is empty. Say what should change.")]
    Empty,
    /// More than [`PROMPT_CHARS_MAX`] characters.
    #[error("The prompt has {chars} characters; up to {PROMPT_CHARS_MAX} are possible.")]
    TooLong {
        /// How many characters were sent.
        chars: usize,
    },
}

/// The text without surrounding white space, if it can be a prompt.
///
/// # Errors
/// [`PromptTextError`] when it is empty or longer than [`PROMPT_CHARS_MAX`] characters.
pub fn check_prompt_text(text: &str) -> Result<&str, PromptTextError> {
    let chars = text.chars().count();
    if chars > PROMPT_CHARS_MAX {
        return Err(PromptTextError::TooLong { chars });
    }
    match text.trim() {
        "" => Err(PromptTextError::Empty),
        trimmed => Ok(trimmed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A6
    #[test]
    fn a_prompt_has_between_1_and_4000_characters() {
        assert_eq!(check_prompt_text("  \n"), Err(PromptTextError::Empty));
        assert_eq!(check_prompt_text(" make it blue "), Ok("make it blue"));
        assert!(check_prompt_text(&"ü".repeat(4_000)).is_ok());
        assert_eq!(check_prompt_text(&"ü".repeat(4_001)), Err(PromptTextError::TooLong { chars: 4_001 }));
    }
}
