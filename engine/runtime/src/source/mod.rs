//! What the runtime reads off source text itself, without V8: types to strip, names that CommonJS exports.

mod cjs_exports;
mod snippet;
mod strip_types;

pub use cjs_exports::cjs_exports;
pub use strip_types::{StripError, strip_types};
