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
    /// The name under which the program was started → `Text`.
    InvokedAs,
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
    /// What a descriptor leads to → `Text`: `FILE`, `TTY`, `PIPE`, `TCP`, `UDP`, `INVALID` or `UNKNOWN`.
    DescriptorKind {
        /// Descriptor.
        fd: i32,
    },
    /// Has a terminal hand over every key at once, or lines as usual again → `Unit`.
    SetRawMode {
        /// Descriptor.
        fd: i32,
        /// Every key at once.
        raw: bool,
    },
    /// Reads standard input as soon as something is there → `Bytes`, none at the end.
    ReadInput {
        /// At most this many bytes.
        length: usize,
    },
    /// Reports every arrival of a signal, which then has no other effect → `Number` (the signal), many times.
    WatchSignal {
        /// Number of the signal.
        signal: i32,
    },
    /// execve(2): another program takes the place of this one; does not return unless it fails.
    Execute {
        /// Path of the program.
        path: String,
        /// Its arguments, its own name included.
        args: Vec<String>,
        /// Its environment, each `NAME=value`.
        environment: Vec<String>,
    },
    /// kill(2) → `Unit`, or `Number` when this process was meant and hosts the script only as a guest: the exit code with
    /// which the run must end.
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
    /// setuid(2), seteuid(2), setgid(2) or setegid(2) → `Unit`.
    SetId {
        /// The ids of the group rather than those of the user.
        group: bool,
        /// Only the effective one.
        effective: bool,
        /// The number.
        id: u32,
    },
    /// setgroups(2) → `Unit`.
    SetGroups {
        /// Numbers of groups.
        ids: Vec<u32>,
    },
    /// initgroups(3) → `Unit`.
    InitGroups {
        /// Name of a user.
        user: String,
        /// Number of a group.
        group: u32,
    },
    /// The number of the user or group with a name → `Number`, or `Null`. A user's number leads to the name → `Text`.
    FindId {
        /// A group rather than a user.
        group: bool,
        /// Name, or number in digits.
        name: String,
    },
    /// The name by which process lists show the process → `Unit`.
    SetTitle {
        /// The name.
        title: String,
    },
    /// The wall clock where the machine is → `Numbers`: year, month, day, hours, minutes, seconds.
    LocalTime,
    /// getrlimit(2) → `List` of `List`: name, soft and hard limit, `Null` for none.
    ResourceLimits,
    /// Version of the C library that runs → `Text`.
    LibraryVersion,
    /// Files that the process has mapped as programs and libraries → `List` of `Text`.
    SharedObjects,
    /// Seconds the machine is up → `Number`.
    Uptime,
    /// Memory the process may still take, the limit set for it (0 for none) and what the machine has → `Numbers`, in bytes.
    MemoryLimits,
    /// Processors → `List` of `List`: model, speed in MHz, then milliseconds in user, nice, sys, idle and irq.
    Cpus,
    /// Addresses of network interfaces → `List` of `List`: name, address, netmask, family (4 or 6), hardware address,
    /// whether it is internal, scope, length of the network's prefix or `Null`.
    Interfaces,
    /// Load of the last 1, 5 and 15 minutes → `Numbers`.
    LoadAverage,
    /// Total and available memory of the machine in bytes → `List` of `Number`.
    Memory,
    /// Processors that the process may use → `Number`.
    Parallelism,
    /// uname(2) → `List` of `Text`: system, host, release, version, machine.
    SystemNames,
    /// The user of the process → `List`: user id, group id, then name, home and shell as `Bytes`.
    User,
    /// getpriority(2) → `Number`.
    GetPriority {
        /// Process; 0 is this one.
        pid: i32,
    },
    /// setpriority(2) → `Unit`.
    SetPriority {
        /// Process; 0 is this one.
        pid: i32,
        /// From -20 (highest) to 19.
        priority: i32,
    },
    /// abort(3); returns only where the script is a guest, whose run must end then.
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
            Self::InvokedAs => "process.argv0",
            Self::ResidentMemory => "process.memoryUsage",
            Self::CpuUsage => "process.cpuUsage",
            Self::ResourceUsage => "process.resourceUsage",
            Self::WriteStandard { .. } => "process.write",
            Self::IsTerminal { .. } => "tty.isatty",
            Self::TerminalSize { .. } => "tty.size",
            Self::DescriptorKind { .. } => "tty.kind",
            Self::SetRawMode { .. } => "tty.setRawMode",
            Self::ReadInput { .. } => "stdin.read",
            Self::WatchSignal { .. } => "signal",
            Self::Execute { .. } => "process.execve",
            Self::Kill { .. } => "process.kill",
            Self::Umask { .. } => "process.umask",
            Self::UserIds => "process.getuid",
            Self::SetId { group: false, .. } => "process.setuid",
            Self::SetId { group: true, .. } => "process.setgid",
            Self::SetGroups { .. } => "process.setgroups",
            Self::InitGroups { .. } => "process.initgroups",
            Self::FindId { .. } => "process.findId",
            Self::SetTitle { .. } => "process.title",
            Self::LocalTime => "process.localTime",
            Self::ResourceLimits => "process.limits",
            Self::LibraryVersion => "process.libraryVersion",
            Self::SharedObjects => "process.sharedObjects",
            Self::Uptime => "os.uptime",
            Self::MemoryLimits => "process.availableMemory",
            Self::Cpus => "os.cpus",
            Self::Interfaces => "os.networkInterfaces",
            Self::LoadAverage => "os.loadavg",
            Self::Memory => "os.totalmem",
            Self::Parallelism => "os.availableParallelism",
            Self::SystemNames => "os.release",
            Self::User => "os.userInfo",
            Self::GetPriority { .. } => "os.getPriority",
            Self::SetPriority { .. } => "os.setPriority",
            Self::Abort => "process.abort",
            Self::Exit { .. } => "process.exit",
        }
    }

    /// What it works on; mostly there is nothing to name.
    pub fn target(&self) -> String {
        match self {
            Self::WatchSignal { signal } => signal_name(*signal).to_owned(),
            Self::Execute { path, .. } => path.clone(),
            _ => String::new(),
        }
    }
}

/// The name of a signal on Linux; empty for one that has none.
pub fn signal_name(signal: i32) -> &'static str {
    const NAMES: [&str; 32] = [
        "",
        "SIGHUP",
        "SIGINT",
        "SIGQUIT",
        "SIGILL",
        "SIGTRAP",
        "SIGABRT",
        "SIGBUS",
        "SIGFPE",
        "SIGKILL",
        "SIGUSR1",
        "SIGSEGV",
        "SIGUSR2",
        "SIGPIPE",
        "SIGALRM",
        "SIGTERM",
        "SIGSTKFLT",
        "SIGCHLD",
        "SIGCONT",
        "SIGSTOP",
        "SIGTSTP",
        "SIGTTIN",
        "SIGTTOU",
        "SIGURG",
        "SIGXCPU",
        "SIGXFSZ",
        "SIGVTALRM",
        "SIGPROF",
        "SIGWINCH",
        "SIGIO",
        "SIGPWR",
        "SIGSYS",
    ];
    usize::try_from(signal).ok().and_then(|index| NAMES.get(index)).copied().unwrap_or("")
}
