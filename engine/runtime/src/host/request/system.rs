//! Operations on the process and the machine it runs on.

use serde::{Deserialize, Serialize};

/// An operation on the process and the machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum SystemRequest {
    /// Current folder → `Text`.
    Cwd,
    /// chdir(2) → `Unit`.
    Chdir {
        /// Path.
        path: String,
    },
    /// All environment variables → `List` of `Text`: name, value, name, value …
    Environment,
    /// Sets or (with `None`) removes an environment variable → `Unit`.
    SetEnvironment {
        /// Name.
        name: String,
        /// Value.
        value: Option<String>,
    },
    /// Ids of the process → `Numbers`: pid, ppid.
    ProcessIds,
    /// Path of the running program → `Text`.
    ExecutablePath,
    /// Resident memory of the process in bytes → `Number`.
    ResidentMemory,
    /// Processor time used → `Numbers`: user, system, in microseconds.
    CpuUsage,
    /// getrusage(2) → `Numbers`, in the order of `process.resourceUsage()`.
    ResourceUsage,
    /// Writes all bytes to standard output (1) or standard error (2) → `Unit`.
    WriteStandard {
        /// 1 or 2.
        fd: i32,
        /// What to write.
        bytes: Vec<u8>,
    },
    /// Whether a descriptor is a terminal → `Bool`.
    IsTerminal {
        /// Descriptor.
        fd: i32,
    },
    /// Columns and rows of the terminal at a descriptor → `Numbers`, or `Null`.
    TerminalSize {
        /// Descriptor.
        fd: i32,
    },
    /// kill(2) → `Unit`.
    Kill {
        /// Process.
        pid: i32,
        /// Number of the signal; 0 only checks whether the process is there.
        signal: i32,
    },
    /// umask(2) → `Number` (the previous mask).
    Umask {
        /// The new mask; `None` only reads it.
        mask: Option<u32>,
    },
    /// User and group ids → `Numbers`: uid, euid, gid, egid, then the supplementary groups.
    UserIds,
    /// Seconds the machine is up → `Number`.
    Uptime,
    /// Memory the process may still take, and the limit set for it → `Numbers`, in bytes.
    MemoryLimits,
    /// abort(3); does not return.
    Abort,
    /// The script has ended the program. A host that is the process itself ends it; others answer `Unit`.
    Exit {
        /// Exit code.
        code: i32,
    },
}

impl SystemRequest {
    /// Name as it is shown.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Cwd => "process.cwd",
            Self::Chdir { .. } => "process.chdir",
            Self::Environment => "process.env",
            Self::SetEnvironment { .. } => "process.env.set",
            Self::ProcessIds => "process.pid",
            Self::ExecutablePath => "process.execPath",
            Self::ResidentMemory => "process.memoryUsage",
            Self::CpuUsage => "process.cpuUsage",
            Self::ResourceUsage => "process.resourceUsage",
            Self::WriteStandard { .. } => "process.write",
            Self::IsTerminal { .. } => "tty.isatty",
            Self::TerminalSize { .. } => "tty.size",
            Self::Kill { .. } => "process.kill",
            Self::Umask { .. } => "process.umask",
            Self::UserIds => "process.getuid",
            Self::Uptime => "os.uptime",
            Self::MemoryLimits => "process.availableMemory",
            Self::Abort => "process.abort",
            Self::Exit { .. } => "process.exit",
        }
    }
}
