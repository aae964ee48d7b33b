//! What the script wrote, and what went wrong.

use serde::{Deserialize, Serialize};

use super::shared::Shared;
use crate::event::{ConsoleStream, Event, EventKind};
use crate::ids::{Nanos, PlaceId, TaskId, TextId};

/// Lines that are kept; older ones are counted and dropped.
pub const KEPT: usize = 10_000;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineKind {
    /// Written to a stream.
    Written(ConsoleStream),
    /// An exception that nobody caught.
    Exception,
    /// A rejection that nobody handled.
    Rejection,
}

/// A line of the log. One write may hold several lines of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// When.
    pub at: Nanos,
    /// What it is.
    pub kind: LineKind,
    /// The task that wrote or threw.
    pub task: TaskId,
    /// The text.
    pub text: TextId,
    /// Where in the source.
    pub place: PlaceId,
}

/// The lines, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Log {
    /// The lines that are kept.
    pub lines: Shared<Line>,
    /// How many older ones were dropped.
    pub dropped: u64,
    /// How many exceptions and rejections there were.
    pub errors: u64,
}

impl Line {
    /// The line that an event adds to the log, if it does.
    pub fn of(event: &Event) -> Option<Self> {
        let at = event.at;
        Some(match event.kind {
            EventKind::Console { stream, task, text, place } => {
                Self { at, kind: LineKind::Written(stream), task, text, place }
            }
            EventKind::Exception { task, text, place } => {
                Self { at, kind: LineKind::Exception, task, text, place }
            }
            EventKind::UnhandledRejection { task, text, place } => {
                Self { at, kind: LineKind::Rejection, task, text, place }
            }
            _ => return None,
        })
    }
}

impl Log {
    /// The log when it had `total` lines, `errors` of them about something that went wrong; `all` are the lines of the
    /// whole run.
    pub(super) fn past(all: &Shared<Line>, total: u64, errors: u64) -> Self {
        let total = usize::try_from(total).unwrap_or(usize::MAX).min(all.len());
        let dropped = total.saturating_sub(KEPT);
        Self { lines: all.slice(dropped, total), dropped: dropped as u64, errors }
    }

    pub(super) fn push(&mut self, line: Line) {
        if !matches!(line.kind, LineKind::Written(_)) {
            self.errors += 1;
        }
        if self.lines.len() == KEPT {
            self.lines.pop_front();
            self.dropped += 1;
        }
        self.lines.push(line);
    }
}
