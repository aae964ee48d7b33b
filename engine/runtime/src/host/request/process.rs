//! Operations on child processes.

use serde::{Deserialize, Serialize};

/// What one of a child's descriptors leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChildStdio {
    /// Nothing.
    Ignore,
    /// A pipe to this process, for both directions.
    Pipe,
    /// A descriptor of this process.
    Descriptor(i32),
}

/// A child process that is to be started.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spawn {
    /// The program: a path, or a name to look for on the child's path.
    pub file: Vec<u8>,
    /// Its arguments, its own name first.
    pub args: Vec<Vec<u8>>,
    /// `NAME=value`; `None` for the environment of this process.
    pub environment: Option<Vec<Vec<u8>>>,
    /// Its folder.
    pub folder: Option<Vec<u8>>,
    /// Give it a session of its own.
    pub detached: bool,
    /// Its user.
    pub uid: Option<u32>,
    /// Its group.
    pub gid: Option<u32>,
    /// Its descriptors, from 0.
    pub stdio: Vec<ChildStdio>,
    /// Where the debugger of this process is to be found; the child's environment has it, too.
    pub debugger: Option<String>,
}

/// What a child that is waited for may do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Milliseconds.
    pub time: Option<u64>,
    /// Bytes of each output.
    pub output: Option<u64>,
    /// Number of the signal that ends the child when it does more.
    pub signal: i32,
}

/// An operation on child processes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProcessRequest {
    /// Starts a child → `Numbers`: its id, then for each descriptor this process's end of the pipe, or -1. Only at once.
    Spawn(Spawn),
    /// Waits for a child's end → `Numbers`: exit code and signal, 0 for none.
    Exit {
        /// Its id.
        pid: i32,
        /// What is shown.
        label: String,
    },
    /// Starts a child and waits for its end → `List`: id, exit code or `Null`, signal or `Null`, number of an error or
    /// `Null`, and for each descriptor what came out of its pipe, or `Null`. Only at once.
    Run {
        /// The child.
        spawn: Spawn,
        /// What goes into its pipes, by descriptor.
        input: Vec<Option<Vec<u8>>>,
        /// What it may do.
        limits: Limits,
    },
}

impl ProcessRequest {
    /// Name of the operation as it is shown.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Spawn(_) => "child.spawn",
            Self::Exit { .. } => "child",
            Self::Run { .. } => "child.run",
        }
    }

    /// The command line.
    pub fn target(&self) -> String {
        match self {
            Self::Exit { label, .. } => label.clone(),
            Self::Spawn(spawn) | Self::Run { spawn, .. } => {
                let words: Vec<_> = spawn.args.iter().map(|word| String::from_utf8_lossy(word)).collect();
                words.join(" ")
            }
        }
    }
}
