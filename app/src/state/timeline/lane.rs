//! The lanes: one for each kind of callback.

use loopscope_protocol::TaskKind;

/// A lane of callbacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// The main script, modules, and events of the process.
    Script,
    /// Timeouts and intervals.
    Timers,
    /// Immediates.
    Immediates,
    /// Callbacks of operations.
    Io,
    /// Next ticks.
    NextTicks,
    /// Promise reactions and microtasks.
    Promises,
    /// Close callbacks and finalizers.
    Close,
    /// Messages and signals.
    Messages,
}

impl Lane {
    /// All lanes, from top to bottom.
    pub const ALL: [Self; 8] = [
        Self::Script,
        Self::Timers,
        Self::Immediates,
        Self::Io,
        Self::Close,
        Self::Messages,
        Self::NextTicks,
        Self::Promises,
    ];

    /// The lane of a kind.
    pub fn of(kind: TaskKind) -> Self {
        match kind {
            TaskKind::MainScript | TaskKind::ModuleEvaluation | TaskKind::Event => Self::Script,
            TaskKind::Timeout | TaskKind::Interval => Self::Timers,
            TaskKind::Immediate => Self::Immediates,
            TaskKind::IoCompletion => Self::Io,
            TaskKind::NextTick => Self::NextTicks,
            TaskKind::Microtask | TaskKind::PromiseReaction => Self::Promises,
            TaskKind::Close | TaskKind::Finalizer => Self::Close,
            TaskKind::Message | TaskKind::Signal => Self::Messages,
        }
    }

    /// A kind that stands for the lane where a colour is wanted.
    pub fn kind(self) -> TaskKind {
        match self {
            Self::Script => TaskKind::MainScript,
            Self::Timers => TaskKind::Timeout,
            Self::Immediates => TaskKind::Immediate,
            Self::Io => TaskKind::IoCompletion,
            Self::NextTicks => TaskKind::NextTick,
            Self::Promises => TaskKind::PromiseReaction,
            Self::Close => TaskKind::Close,
            Self::Messages => TaskKind::Message,
        }
    }

    /// Name beside the lane.
    pub fn name(self) -> &'static str {
        match self {
            Self::Script => "script",
            Self::Timers => "timers",
            Self::Immediates => "immediates",
            Self::Io => "I/O callbacks",
            Self::NextTicks => "next ticks",
            Self::Promises => "promises",
            Self::Close => "close",
            Self::Messages => "messages",
        }
    }
}
