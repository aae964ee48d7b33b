//! The past of a run: kept in memory, in recordings, as readable text and as JSON lines.

pub mod axis;
pub mod compare;
pub mod export;
pub mod handlers;
pub mod history;
mod json;
mod keyframes;
pub mod lint;
pub mod node_trace;
pub mod past;
pub mod recording;
pub mod runs;
pub mod sampled;
pub mod summary;
mod text;
pub mod why;
mod wire;
mod zip;

pub use history::{History, Store};
pub use json::{
    FORMAT_VERSION, JsonError, read_json, read_json_into, read_json_part, write_header, write_record,
};
pub use past::{Landmark, Past, PastError};
pub use recording::{Meta, Note, Recording, RecordingError, Source, Writer};
pub use text::TextTrace;
