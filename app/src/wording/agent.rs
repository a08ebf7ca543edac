//! Who answers prompts, and what that costs, in words.

use domain::{ModelBudget, ModelUse};

/// What the agent is called: a language model by its name in the settings.
pub fn agent_name(model: &str, is_language_model: bool) -> String {
    if is_language_model { model.to_owned() } else { "Built-in agent".into() }
}

/// What the agent is and what it can't do.
pub const fn agent_note(is_language_model: bool) -> &'static str {
    if is_language_model {
        "A language model. It may be wrong: look at what it changed."
    } else {
        "It works offline with a set of recipes, not with a language model. It says so when a request is beyond it."
    }
}

/// `1,234 tokens · $0.01`; `None` when no language model was asked.
pub(crate) fn consumed(used: ModelUse) -> Option<String> {
    (used != ModelUse::default()).then(|| format!("{}{}", tokens(used.tokens()), cost(used)))
}

/// `1,234 of 5,000,000 tokens · $0.01 of $1.00`; `None` when there is nothing to say.
pub(crate) fn consumed_of(used: ModelUse, budget: ModelBudget) -> Option<String> {
    if used == ModelUse::default() {
        return None;
    }
    let tokens = match budget.tokens_max {
        Some(max) => format!("{} of {}", grouped(used.tokens()), tokens(max)),
        None => tokens(used.tokens()),
    };
    let of = budget.cost_max.map(|max| format!(" of {max}")).unwrap_or_default();
    let cost = if of.is_empty() { cost(used) } else { format!(" · {}{of}", used.cost) };
    Some(format!("{tokens}{cost}"))
}

fn cost(used: ModelUse) -> String {
    match used.cost.get() {
        0 => String::new(),
        1..10_000 => " · under $0.01".into(),
        _ => format!(" · {}", used.cost),
    }
}

fn tokens(count: u64) -> String {
    format!("{} {}", grouped(count), if count == 1 { "token" } else { "tokens" })
}

/// `5,000,000`
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use domain::MicroDollars;

    use super::*;

    fn used(input_tokens: u64, output_tokens: u64, cost: u64) -> ModelUse {
        ModelUse { input_tokens, output_tokens, cost: MicroDollars::new(cost) }
    }

    /// H9, G3: what a language model consumed is said in tokens and money; of the built-in agent there is nothing to say.
    #[test]
    fn what_a_model_consumed_is_said_in_tokens_and_money() {
        assert_eq!(consumed(used(0, 0, 0)), None);
        assert_eq!(consumed(used(1, 0, 0)).as_deref(), Some("1 token"));
        assert_eq!(consumed(used(1_200, 34, 1)).as_deref(), Some("1,234 tokens · under $0.01"));
        assert_eq!(consumed(used(1_000_000, 0, 1_250_000)).as_deref(), Some("1,000,000 tokens · $1.25"));
        let budget =
            ModelBudget { tokens_max: Some(5_000_000), cost_max: Some(MicroDollars::new(2_000_000)) };
        let said = consumed_of(used(1_200, 34, 10_000), budget);
        assert_eq!(said.as_deref(), Some("1,234 of 5,000,000 tokens · $0.01 of $2.00"));
        assert_eq!(consumed_of(used(1_200, 34, 0), ModelBudget::default()).as_deref(), Some("1,234 tokens"));
    }
}
