//! What the runtime reads off source text itself, without V8: types to strip, names that CommonJS exports, functions, variables,
//! scripts that wait, and the maps that lead to the text it was made from.

mod bindings;
mod cjs_exports;
mod declared;
mod expression;
mod functions;
mod snippet;
pub mod source_map;
mod strip_types;
mod top_level_await;

pub use bindings::{Bindings, with_names};
pub use cjs_exports::cjs_exports;
pub use declared::declared;
pub use expression::is_expression;
pub use functions::functions;
pub use strip_types::{StripError, strip_types};
pub use top_level_await::{Waiting, top_level_await};
