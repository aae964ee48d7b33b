//! What the script wrote, and what went wrong.

use std::collections::VecDeque;

use crate::event::ConsoleStream;
use crate::ids::{Nanos, PlaceId, TaskId, TextId};

/// Lines that are kept; older ones are counted and dropped.
const KEPT: usize = 10_000;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Written to a stream.
    Written(ConsoleStream),
    /// An exception that nobody caught.
    Exception,
    /// A rejection that nobody handled.
    Rejection,
}

/// A line of the log. One write may hold several lines of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    pub lines: VecDeque<Line>,
    /// How many older ones were dropped.
    pub dropped: u64,
    /// How many exceptions and rejections there were.
    pub errors: u64,
}

impl Log {
    pub(super) fn push(&mut self, line: Line) {
        if !matches!(line.kind, LineKind::Written(_)) {
            self.errors += 1;
        }
        if self.lines.len() == KEPT {
            self.lines.pop_front();
            self.dropped += 1;
        }
        self.lines.push_back(line);
    }
}
