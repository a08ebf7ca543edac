//! The pages, one per file. Rendered on the server only; what moves in them are islands.

pub(crate) mod landing;
pub(crate) mod not_found;
pub(crate) mod projects;
pub(crate) mod prototype;
pub(crate) mod settings;
pub(crate) mod sign_in;
pub(crate) mod sign_up;
pub(crate) mod start;
pub(crate) mod workspace;
