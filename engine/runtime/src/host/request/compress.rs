//! Operations on streams that compress or take apart. A stream is a number that the host gives.

use serde::{Deserialize, Serialize};

/// An operation on a stream of compression.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CompressRequest {
    /// A new stream → `Number`. Only at once.
    Open {
        /// Number of the way, as in `zlib.constants`.
        mode: i32,
        /// For zlib window bits, level, memory level and strategy; else numbers and values of parameters in turn.
        numbers: Vec<i32>,
        /// Bytes that both sides know.
        dictionary: Vec<u8>,
        /// Size of all input, where the format writes it down.
        size: Option<u64>,
        /// What follows the end is an error.
        strict_end: bool,
    },
    /// Goes on → `List`: `Bytes` that came out, `Number` of bytes used, `Bool` whether the stream is at its end; or
    /// `Text` message, `Text` code, `Number`, when the input is not what it should be.
    Step {
        /// Stream.
        stream: u64,
        /// What is to be written out, as the format has it.
        flush: i32,
        /// Input.
        input: Vec<u8>,
        /// Bytes that may come out.
        room: usize,
    },
    /// Changes level and strategy → `Unit`, or as `Step` when it fails. Only at once.
    Tune {
        /// Stream.
        stream: u64,
        /// Level.
        level: i32,
        /// Strategy.
        strategy: i32,
    },
    /// Begins anew → `Unit`, or as `Step` when it fails. Only at once.
    Reset {
        /// Stream.
        stream: u64,
    },
    /// Gives the stream up → `Unit`. Only at once.
    Close {
        /// Stream.
        stream: u64,
    },
}

impl CompressRequest {
    /// Name of the operation as it is shown.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Open { .. } => "zlib.open",
            Self::Step { .. } => "zlib",
            Self::Tune { .. } => "zlib.params",
            Self::Reset { .. } => "zlib.reset",
            Self::Close { .. } => "zlib.close",
        }
    }

    /// How much it works on.
    pub fn target(&self) -> String {
        match self {
            Self::Step { input, .. } => format!("{} bytes", input.len()),
            _ => String::new(),
        }
    }
}
