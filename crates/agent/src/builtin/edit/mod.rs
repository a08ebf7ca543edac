//! Edits to source files as text: what is not meant to change keeps every byte. Pure; it must not know any recipe.

pub(super) mod app;
pub(super) mod css;
pub(super) mod html;
pub(super) mod imports;
pub(super) mod jsx;
pub(super) mod lines;
pub(super) mod markup;
pub(super) mod replace;
pub(super) mod script;
#[cfg(test)]
mod tests;
