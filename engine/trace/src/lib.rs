//! The stream of a run as readable text and as JSON lines.

mod json;
mod text;

pub use json::{FORMAT_VERSION, JsonError, read_json, write_header, write_record};
pub use text::TextTrace;
