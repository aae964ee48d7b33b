//! On which loop an event happened.

use loopscope_protocol::{Event, EventKind, LoopId};

/// Follows which loop the events are about. Begins on the main thread's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct On(pub LoopId);

impl On {
    /// The loop of an event, which must come in order; `None` for those that only say which loop is meant.
    pub fn of(&mut self, event: &Event) -> Option<LoopId> {
        match event.kind {
            EventKind::LoopEntered { id } => {
                self.0 = id;
                None
            }
            EventKind::WorkerStarted { .. } => None,
            _ => Some(self.0),
        }
    }

    /// Whether an event happened on the main thread's loop.
    pub fn is_main(&mut self, event: &Event) -> bool {
        self.of(event) == Some(LoopId::MAIN)
    }
}
