//! Colours: from words to values, and from one colour to a whole, readable theme. Pure.

mod colour;
mod names;
mod theme;

pub(super) use colour::Rgb;
pub(super) use names::{colour_phrase, parse_function, parse_hex, said, words as colour_words};
pub(super) use theme::{Mode, Palette, named_theme, words as theme_words};
