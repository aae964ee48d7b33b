//! What the runtime reads off source text itself, without V8: types to strip, names that CommonJS exports, functions, and the
//! maps that lead to the text it was made from.

mod cjs_exports;
mod functions;
mod snippet;
pub mod source_map;
mod strip_types;

pub use cjs_exports::cjs_exports;
pub use functions::functions;
pub use strip_types::{StripError, strip_types};
