//! Kinds of callbacks.

use serde::{Deserialize, Serialize};

/// What kind of callback a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum TaskKind {
    /// `setTimeout`.
    Timeout = 0,
    /// `setInterval`; one task over all its firings.
    Interval = 1,
    /// `setImmediate`.
    Immediate = 2,
    /// `process.nextTick`.
    NextTick = 3,
    /// `queueMicrotask`.
    Microtask = 4,
    /// A reaction to a promise: `then`, `catch`, `finally`, `await`.
    PromiseReaction = 5,
    /// The callback of an operation.
    IoCompletion = 6,
    /// A close callback.
    Close = 7,
    /// A message from a port or worker.
    Message = 8,
    /// A signal of the operating system.
    Signal = 9,
    /// A finalizer after garbage collection.
    Finalizer = 10,
    /// The main script.
    MainScript = 11,
    /// The evaluation of a module.
    ModuleEvaluation = 12,
    /// An event of the process that no callback leads to: `beforeExit`, `exit`.
    Event = 13,
}

impl TaskKind {
    /// Every kind, in order of its number.
    pub const ALL: [Self; 14] = [
        Self::Timeout,
        Self::Interval,
        Self::Immediate,
        Self::NextTick,
        Self::Microtask,
        Self::PromiseReaction,
        Self::IoCompletion,
        Self::Close,
        Self::Message,
        Self::Signal,
        Self::Finalizer,
        Self::MainScript,
        Self::ModuleEvaluation,
        Self::Event,
    ];

    /// Whether it runs between the callbacks of the loop.
    pub fn is_micro(self) -> bool {
        matches!(self, Self::NextTick | Self::Microtask | Self::PromiseReaction)
    }

    /// The kind with this number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// Name as scripts and documentation use it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Interval => "interval",
            Self::Immediate => "immediate",
            Self::NextTick => "nextTick",
            Self::Microtask => "microtask",
            Self::PromiseReaction => "promise",
            Self::IoCompletion => "I/O",
            Self::Close => "close",
            Self::Message => "message",
            Self::Signal => "signal",
            Self::Finalizer => "finalizer",
            Self::MainScript => "main script",
            Self::ModuleEvaluation => "module",
            Self::Event => "event",
        }
    }
}
