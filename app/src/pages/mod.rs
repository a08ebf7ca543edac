//! The pages, one per file. Rendered on the server only; what moves in them are islands.

pub(crate) mod landing;
pub(crate) mod not_found;
pub(crate) mod signup;
pub(crate) mod workspace;
