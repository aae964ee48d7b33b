//! Events, commands and the reducer that folds the events of a run into the state of its event loop.
//!
//! The engine emits [`Record`]s: definitions of texts and source places, each once, and small [`Event`]s that refer to
//! them by number. The same stream feeds the live view, recordings, the text trace and the tests.

mod command;
mod event;
mod ids;
mod loop_breakpoint;
mod record;
mod samples;
pub mod state;
mod task;

pub use command::{Command, Speed, StepUnit};
pub use event::{
    ConsoleStream, Drain, Event, EventKind, ExitReason, GcKind, Outcome, PauseReason, Phase, PollTimeout,
    Queue,
};
pub use ids::{HandleId, LoopId, Nanos, OpId, PlaceId, TaskId, TextId};
pub use loop_breakpoint::{LoopBreakpoint, QUEUE_NAMES, When};
pub use record::{Place, Record, Source};
pub use samples::{Frame, Sample, Samples};
pub use state::LoopState;
pub use task::TaskKind;
