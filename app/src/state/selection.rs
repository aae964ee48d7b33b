//! What all views point at together.

use loopscope_protocol::{LoopId, LoopState, Nanos, PlaceId, TaskId, TaskKind};
use loopscope_trace::Note;

use super::model::Model;
use super::timeline::Run;

/// A callback that the views point at, with what is to be said of it once it has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picked {
    /// The callback.
    pub task: TaskId,
    /// Its kind.
    pub kind: TaskKind,
    /// Its function.
    pub callback: PlaceId,
    /// Where it was scheduled, when that is known.
    pub site: PlaceId,
    /// The callback that scheduled it.
    pub parent: TaskId,
    /// When it ran, if it has: start and end.
    pub ran: Option<(Nanos, Nanos)>,
}

impl Picked {
    /// A callback that has not ended.
    pub fn alive(state: &LoopState, task: TaskId) -> Option<Self> {
        let entry = state.home(task).tasks.get(&task)?;
        let (kind, parent) = (entry.kind, entry.parent);
        Some(Self { task, kind, callback: entry.callback, site: entry.site, parent, ran: None })
    }

    /// A callback that may have ended.
    pub fn find(model: &Model, task: TaskId) -> Option<Self> {
        Self::alive(model.state(), task).or_else(|| {
            let (start, end, run) = model.timeline.find(task)?;
            Some(Self::ended(&run, start, end))
        })
    }

    /// A callback that ran from `start` to `end`.
    pub fn ended(run: &Run, start: Nanos, end: Nanos) -> Self {
        let Run { task, kind, callback, site, parent, .. } = *run;
        Self { task, kind, callback, site, parent, ran: Some((start, end)) }
    }
}

/// What the pointer is over and what was clicked. What is hovered lasts one frame.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Selection {
    /// Clicked.
    pub selected: Option<Picked>,
    /// Under the pointer in this frame.
    pub hovered: Option<Picked>,
    /// Under the pointer in the last frame: what this frame shows.
    pub shown: Option<Picked>,
    /// The moment that all views show: number of events before it; `None` for now.
    pub cursor: Option<u64>,
    /// The time in that moment, when it was chosen by time: in a callback that takes long nothing happens for long. It counts
    /// only with the moment that it lies in.
    pub time: Option<(u64, Nanos)>,
    /// The loop that ring and queues show.
    pub on: LoopId,
}

impl Selection {
    /// A new frame begins.
    pub fn begin_frame(&mut self) {
        self.shown = self.hovered.take();
    }

    /// Goes to a time: to what had happened by then. What cannot be read is told of with the moment.
    pub fn go_to_time(&mut self, model: &Model, at: Nanos) {
        let moment = model.moment_at(at);
        (self.cursor, self.time) = (Some(moment), Some((moment, at)));
    }

    /// Goes to a moment that was marked.
    pub fn go_to_note(&mut self, note: &Note) {
        (self.cursor, self.time) = (Some(note.moment), Some((note.moment, note.at)));
    }

    /// What the views emphasize: what is under the pointer, else what was clicked.
    pub fn emphasized(&self) -> Option<Picked> {
        self.shown.or(self.selected)
    }

    /// Whether the views emphasize this callback.
    pub fn emphasizes(&self, task: TaskId) -> bool {
        self.emphasized().is_some_and(|picked| picked.task == task)
    }
}
