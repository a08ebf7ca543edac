//! JavaScript literals, laid out as a person would.

use super::super::edit::app::js_string;

/// A value in generated code.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Js {
    Text(String),
    Number(i64),
    /// A number with a fraction, in digits; made by [`Js::decimal`].
    Decimal(String),
    Flag(bool),
    List(Vec<Js>),
    Object(Vec<(&'static str, Js)>),
}

impl Js {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    /// A number as it was written in digits, such as `6.50`; `None` for everything else.
    pub(super) fn decimal(digits: &str) -> Option<Self> {
        let plain = digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
        let number: f64 = digits.parse().ok().filter(|_| plain)?;
        Some(Self::Decimal(number.to_string()))
    }

    /// On one line.
    pub(super) fn inline(&self) -> String {
        match self {
            Self::Text(text) => js_string(text),
            Self::Number(number) => number.to_string(),
            Self::Decimal(digits) => digits.clone(),
            Self::Flag(flag) => flag.to_string(),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::inline).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Object(fields) => {
                let field = |(name, value): &(&str, Self)| format!("{name}: {}", value.inline());
                let fields: Vec<String> = fields.iter().map(field).collect();
                format!("{{ {} }}", fields.join(", "))
            }
        }
    }

    /// As JSON.
    pub(super) fn json(&self) -> String {
        match self {
            Self::Text(_) | Self::Number(_) | Self::Decimal(_) | Self::Flag(_) => self.inline(),
            Self::List(items) => format!("[{}]", items.iter().map(Self::json).collect::<Vec<_>>().join(",")),
            Self::Object(fields) => {
                let field = |(name, value): &(&str, Self)| format!("\"{name}\":{}", value.json());
                format!("{{{}}}", fields.iter().map(field).collect::<Vec<_>>().join(","))
            }
        }
    }

    /// A list with one item per line; items that are too long for it are laid out field by field.
    pub(super) fn lines(&self) -> String {
        const LINE_CHARS_MAX: usize = 110;
        let Self::List(items) = self else {
            return self.inline();
        };
        if items.is_empty() {
            return "[]".into();
        }
        let item = |item: &Self| match item {
            Self::Object(fields) if item.inline().len() > LINE_CHARS_MAX => {
                let field = |(name, value): &(&str, Self)| format!("    {name}: {},\n", value.inline());
                let fields: String = fields.iter().map(field).collect();
                format!("  {{\n{fields}  }},\n")
            }
            other => format!("  {},\n", other.inline()),
        };
        format!("[\n{}]", items.iter().map(item).collect::<String>())
    }
}
