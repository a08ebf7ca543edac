//! What language models consume, what that costs, and how much of it may be (G3, H9).

use serde::{Deserialize, Serialize};

use crate::MicroDollars;

/// Tokens in a million, the unit that prices are for.
const MILLION: u128 = 1_000_000;

/// What a language model consumed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModelUse {
    /// Tokens read.
    pub input_tokens: u64,
    /// Tokens written.
    pub output_tokens: u64,
    /// What they cost, in millionths of a US dollar.
    #[serde(rename = "cost_micro_dollars")]
    #[cfg_attr(feature = "openapi", schema(value_type = u64))]
    pub cost: MicroDollars,
}

impl ModelUse {
    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            input_tokens: self.input_tokens.saturating_add(other.input_tokens),
            output_tokens: self.output_tokens.saturating_add(other.output_tokens),
            cost: self.cost.plus(other.cost),
        }
    }

    /// Tokens, read and written.
    pub const fn tokens(self) -> u64 {
        self.input_tokens.saturating_add(self.output_tokens)
    }
}

impl std::iter::Sum for ModelUse {
    fn sum<I: Iterator<Item = Self>>(uses: I) -> Self {
        uses.fold(Self::default(), Self::plus)
    }
}

/// What a million of a model's tokens cost. Default: nothing, as with a model that runs here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TokenPrice {
    /// Read.
    pub input: MicroDollars,
    /// Written.
    pub output: MicroDollars,
}

impl TokenPrice {
    /// What so many tokens are, with their cost rounded up, so that no bound states too little.
    pub fn of(self, input_tokens: u64, output_tokens: u64) -> ModelUse {
        let micro = u128::from(self.input.get()) * u128::from(input_tokens)
            + u128::from(self.output.get()) * u128::from(output_tokens);
        let cost = u64::try_from(micro.div_ceil(MILLION)).unwrap_or(u64::MAX);
        ModelUse { input_tokens, output_tokens, cost: MicroDollars::new(cost) }
    }
}

/// How much models may consume; `None` is no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModelBudget {
    /// Tokens, read and written.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub tokens_max: Option<u64>,
    /// Money, in millionths of a US dollar.
    #[serde(rename = "cost_micro_dollars_max", skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u64>))]
    pub cost_max: Option<MicroDollars>,
}

impl ModelBudget {
    /// What is left of it.
    #[must_use]
    pub fn minus(self, used: ModelUse) -> Self {
        Self {
            tokens_max: self.tokens_max.map(|max| max.saturating_sub(used.tokens())),
            cost_max: self.cost_max.map(|max| max.minus(used.cost)),
        }
    }

    /// Whether nothing is left of it after this. What costs nothing uses up no money.
    pub fn is_spent_by(self, used: ModelUse) -> bool {
        self.tokens_max.is_some_and(|max| used.tokens() >= max)
            || self.cost_max.is_some_and(|max| used.cost >= max)
    }
}

/// Whose budget it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BudgetOf {
    /// One prompt's.
    Prompt,
    /// One session's.
    Session,
    /// All sessions' of a day.
    Day,
}

impl BudgetOf {
    /// As people call it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Prompt => "what one prompt may use of the model",
            Self::Session => "what one session may use of the model",
            Self::Day => "what all sessions together may use of the model today",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// H9: the price of a million tokens, written and read, and nothing is rounded away.
    #[test]
    fn tokens_cost_what_a_million_of_them_costs_in_parts() {
        let price = TokenPrice { input: MicroDollars::new(3_000_000), output: MicroDollars::new(15_000_000) };
        assert_eq!(price.of(1_000_000, 0).cost, MicroDollars::new(3_000_000));
        assert_eq!(price.of(1_000, 200).cost, MicroDollars::new(6_000));
        assert_eq!(TokenPrice { input: MicroDollars::new(1), ..price }.of(1, 0).cost, MicroDollars::new(1));
        assert_eq!(TokenPrice::default().of(u64::MAX, u64::MAX).cost, MicroDollars::ZERO);
    }

    proptest! {
        /// G3: a budget is spent exactly when nothing of it is left.
        #[test]
        fn a_budget_is_spent_when_nothing_is_left_of_it(max in 1..1_000_u64, input in 0..1_000_u64, output in 0..1_000_u64) {
            let price = TokenPrice { input: MicroDollars::new(1_000_000), output: MicroDollars::new(2_000_000) };
            let used = price.of(input, output);
            let tokens = ModelBudget { tokens_max: Some(max), cost_max: None };
            prop_assert_eq!(tokens.is_spent_by(used), tokens.minus(used).tokens_max == Some(0));
            let money = ModelBudget { tokens_max: None, cost_max: Some(MicroDollars::new(max)) };
            prop_assert_eq!(money.is_spent_by(used), money.minus(used).cost_max == Some(MicroDollars::ZERO));
            prop_assert!(!ModelBudget::default().is_spent_by(used));
        }
    }
}
