//! Operations on files and folders.

use serde::{Deserialize, Serialize};

/// An operation on files and folders. Paths are bytes, because file names need not be UTF-8.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum FileRequest {
    /// open(2) → `Number` (descriptor).
    Open {
        /// Path.
        path: Vec<u8>,
        /// `O_*` flags.
        flags: i32,
        /// Permission bits of a new file.
        mode: u32,
    },
    /// close(2) → `Unit`.
    Close {
        /// Descriptor.
        fd: i32,
    },
    /// read(2), or pread(2) with a position → `Bytes`.
    Read {
        /// Descriptor.
        fd: i32,
        /// At most this many bytes.
        length: usize,
        /// Offset in the file; `None` reads at the descriptor's own position.
        position: Option<u64>,
    },
    /// Reads a whole file → `Bytes`.
    ReadFile {
        /// Path.
        path: Vec<u8>,
    },
    /// write(2), or pwrite(2) with a position → `Number` (bytes written).
    Write {
        /// Descriptor.
        fd: i32,
        /// What to write.
        bytes: Vec<u8>,
        /// Offset in the file; `None` writes at the descriptor's own position.
        position: Option<u64>,
    },
    /// What kind of thing a path leads to → `Number`: 0 file, 1 folder, -1 nothing that can be reached.
    Kind {
        /// Path.
        path: Vec<u8>,
    },
    /// realpath(3) → `Bytes`.
    RealPath {
        /// Path.
        path: Vec<u8>,
    },
}

impl FileRequest {
    /// Name as it is shown.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Open { .. } => "fs.open",
            Self::Close { .. } => "fs.close",
            Self::Read { .. } => "fs.read",
            Self::ReadFile { .. } => "fs.readFile",
            Self::Write { .. } => "fs.write",
            Self::Kind { .. } => "fs.kind",
            Self::RealPath { .. } => "fs.realpath",
        }
    }

    /// The path or descriptor it works on.
    pub fn target(&self) -> String {
        match self {
            Self::Open { path, .. }
            | Self::ReadFile { path }
            | Self::Kind { path }
            | Self::RealPath { path } => String::from_utf8_lossy(path).into_owned(),
            Self::Close { fd } | Self::Read { fd, .. } | Self::Write { fd, .. } => format!("fd {fd}"),
        }
    }
}
