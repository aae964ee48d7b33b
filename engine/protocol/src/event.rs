//! What happens in a run, one small value each.

use serde::{Deserialize, Serialize};

use crate::ids::{HandleId, LoopId, Nanos, OpId, PlaceId, TaskId, TextId};
use crate::task::TaskKind;

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Nanos,
    /// What.
    pub kind: EventKind,
}

// Events are made and copied by the million.
const _: () = assert!(size_of::<Event>() <= 40);

/// A phase of the loop, in libuv's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Phase {
    /// Callbacks put off to this turn.
    Pending,
    /// Waiting for I/O and running its callbacks.
    Poll,
    /// Immediates.
    Check,
    /// Close callbacks.
    Closing,
    /// Due timers.
    Timers,
}

/// How long poll may sleep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PollTimeout {
    /// Not at all, or this is not the poll phase.
    Zero,
    /// Until a timer is due: milliseconds.
    Millis(u32),
    /// Until I/O completes.
    Infinite,
}

/// Where a task that is ready waits for the stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Queue {
    /// Due timers.
    Timers,
    /// Callbacks put off to the next turn.
    Pending,
    /// Completed operations.
    Poll,
    /// Immediates.
    Check,
    /// Close callbacks.
    Closing,
    /// Next ticks.
    NextTick,
    /// Microtasks.
    Microtask,
    /// What the engine starts by itself: the main script, modules.
    Main,
}

/// What runs between two callbacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Drain {
    /// All next ticks.
    NextTicks,
    /// All microtasks.
    Microtasks,
}

/// How a callback ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It returned.
    Returned,
    /// It threw.
    Threw,
    /// It was ended from outside.
    Terminated,
}

/// Where console output goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ConsoleStream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// What kind of garbage collection ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum GcKind {
    /// Young objects only.
    Scavenge,
    /// Everything.
    MarkCompact,
    /// A step of marking.
    Incremental,
    /// Weak callbacks.
    WeakCallbacks,
}

/// Why the run pauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PauseReason {
    /// The user asked.
    Requested,
    /// A step is done.
    Step,
    /// The run is to start paused.
    Entry,
    /// A breakpoint in the code.
    Breakpoint,
    /// An exception.
    Exception,
    /// A `debugger` statement, or a step of the debugger.
    Statement,
    /// A breakpoint of the loop.
    LoopBreakpoint,
    /// The program is about to end.
    Exit,
}

impl PauseReason {
    /// Every reason. Recordings keep their numbers in this list, so a new one comes last.
    pub const ALL: [Self; 8] = [
        Self::Requested,
        Self::Step,
        Self::Entry,
        Self::Breakpoint,
        Self::Exception,
        Self::Statement,
        Self::LoopBreakpoint,
        Self::Exit,
    ];
}

/// Why the run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExitReason {
    /// Nothing that is ref'd was left.
    NothingLeft,
    /// `process.exit`.
    ProcessExit,
    /// `process.abort`.
    Aborted,
    /// An exception that nobody caught.
    UncaughtException,
    /// A rejection that nobody handled.
    UnhandledRejection,
    /// The main module waits for a promise that nothing can settle.
    UnsettledTopLevelAwait,
    /// The user stopped the run.
    Stopped,
    /// The heap was full.
    OutOfMemory,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum EventKind {
    /// A callback was handed to the runtime.
    TaskCreated {
        /// The new task.
        task: TaskId,
        /// The task that was running.
        parent: TaskId,
        /// What kind of callback.
        kind: TaskKind,
        /// The function.
        callback: PlaceId,
        /// Where it was scheduled.
        site: PlaceId,
    },
    /// It waits for its time.
    TaskArmed {
        /// The task.
        task: TaskId,
        /// When it is due.
        due: Nanos,
    },
    /// It can run as soon as its turn comes.
    TaskReady {
        /// The task.
        task: TaskId,
        /// Where it waits.
        queue: Queue,
    },
    /// It runs.
    TaskStarted {
        /// The task.
        task: TaskId,
    },
    /// It returned or threw. An interval is armed again afterwards.
    TaskEnded {
        /// The task.
        task: TaskId,
        /// How.
        outcome: Outcome,
    },
    /// It will not run (again).
    TaskCancelled {
        /// The task.
        task: TaskId,
    },
    /// It keeps the loop alive from now on, or no longer.
    TaskRef {
        /// The task.
        task: TaskId,
        /// Whether it does.
        refd: bool,
    },
    /// A phase begins.
    PhaseEntered {
        /// Which.
        phase: Phase,
        /// The turn it belongs to, from 1; 0 for the timers before the first turn.
        turn: u32,
        /// How long poll may sleep.
        timeout: PollTimeout,
    },
    /// The phase ends.
    PhaseLeft {
        /// Which.
        phase: Phase,
    },
    /// Next ticks or microtasks begin to run.
    DrainEntered {
        /// Which.
        drain: Drain,
    },
    /// None of them is left.
    DrainLeft {
        /// Which.
        drain: Drain,
    },
    /// An operation was handed to the host.
    OpStarted {
        /// The operation.
        op: OpId,
        /// The task of its callback.
        task: TaskId,
        /// Its name, e.g. `fs.open`.
        name: TextId,
        /// What it works on, e.g. a path.
        target: TextId,
    },
    /// Bytes moved so far.
    OpProgress {
        /// The operation.
        op: OpId,
        /// In all.
        bytes: u64,
    },
    /// It is done.
    OpCompleted {
        /// The operation.
        op: OpId,
        /// Bytes moved in all.
        bytes: u64,
        /// Code of the error, if it failed.
        error: TextId,
    },
    /// A thread of the pool works on an operation.
    SlotTaken {
        /// Number of the thread, from 0.
        slot: u16,
        /// The operation.
        op: OpId,
    },
    /// The thread is free.
    SlotFreed {
        /// Number of the thread.
        slot: u16,
    },
    /// A long-lived thing came to be.
    HandleOpened {
        /// The thing.
        handle: HandleId,
        /// What it is, e.g. `server`.
        name: TextId,
        /// What it works on, e.g. an address.
        target: TextId,
    },
    /// Bytes that went through a long-lived thing so far.
    HandleProgress {
        /// The thing.
        handle: HandleId,
        /// In, in all.
        read: u64,
        /// Out, in all.
        written: u64,
    },
    /// More is known of what it works on, e.g. the status of a request's answer.
    HandleTarget {
        /// The thing.
        handle: HandleId,
        /// What it works on.
        target: TextId,
    },
    /// It keeps the loop alive from now on, or no longer.
    HandleRef {
        /// The thing.
        handle: HandleId,
        /// Whether it does.
        refd: bool,
    },
    /// It is gone.
    HandleClosed {
        /// The thing.
        handle: HandleId,
    },
    /// The script wrote something.
    Console {
        /// Where to.
        stream: ConsoleStream,
        /// The task that wrote.
        task: TaskId,
        /// What.
        text: TextId,
        /// Where in the source.
        place: PlaceId,
    },
    /// An exception reached the engine.
    Exception {
        /// The task that threw.
        task: TaskId,
        /// The error with its stack.
        text: TextId,
        /// Where it was thrown.
        place: PlaceId,
    },
    /// A promise was rejected and nobody handled it in time.
    UnhandledRejection {
        /// The task that was running.
        task: TaskId,
        /// The reason.
        text: TextId,
        /// Where it came from.
        place: PlaceId,
    },
    /// Garbage was collected.
    Gc {
        /// How.
        kind: GcKind,
        /// How long the script stood still.
        duration: Nanos,
    },
    /// Size of the heap.
    Heap {
        /// Bytes in use.
        used: u64,
        /// Bytes in all.
        total: u64,
    },
    /// The script did an operation at once, while nothing else could run.
    SyncOp {
        /// Its name, e.g. `fs.open`.
        name: TextId,
        /// What it worked on, e.g. a path.
        target: TextId,
        /// Where in the source.
        place: PlaceId,
        /// How long it took.
        duration: Nanos,
    },
    /// The run stands still.
    Paused {
        /// Why.
        reason: PauseReason,
        /// The task that is about to start; none when the run stands in the middle of a callback.
        before: TaskId,
    },
    /// It goes on.
    Resumed,
    /// The run of the present loop is over: of the whole program, or of a worker.
    Exit {
        /// Exit code.
        code: i32,
        /// Why.
        reason: ExitReason,
    },
    /// A worker was started: a thread with a loop of its own.
    WorkerStarted {
        /// Its loop.
        id: LoopId,
        /// The task that started it.
        task: TaskId,
        /// Its name.
        name: TextId,
    },
    /// What follows happened on this loop; what comes first on the main thread's.
    LoopEntered {
        /// Which.
        id: LoopId,
    },
    /// A callback takes up a message.
    MessageTaken {
        /// The callback.
        task: TaskId,
        /// The task that sent it, perhaps on another loop.
        from: TaskId,
    },
}
