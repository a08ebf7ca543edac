//! The parts pages are made of, one per file.

pub(crate) mod demo;
#[cfg(feature = "ssr")]
pub(crate) mod facts;
#[cfg(feature = "ssr")]
pub(crate) mod hero_scene;
pub(crate) mod hourglass;
pub(crate) mod hydrated_mark;
pub(crate) mod icon;
pub(crate) mod overlay_dialog;
#[cfg(feature = "ssr")]
pub(crate) mod questions;
#[cfg(feature = "ssr")]
pub(crate) mod site_footer;
#[cfg(feature = "ssr")]
pub(crate) mod site_header;
pub(crate) mod theme_switch;
#[cfg(feature = "ssr")]
pub(crate) mod three_steps;
