//! A readable line per event.

use loopscope_protocol::state::{Stage, duration};
use loopscope_protocol::{Event, EventKind, LoopId, LoopState, Outcome, PollTimeout, Record, TaskId};

/// Makes the lines; follows the run with the reducer so that every line can name things.
#[derive(Debug, Default)]
pub struct TextTrace {
    state: LoopState,
}

impl TextTrace {
    /// Lines for what happens after this state.
    pub fn after(state: LoopState) -> Self {
        Self { state }
    }

    /// The line for a record; `None` for definitions.
    ///
    /// Columns: time in milliseconds, turn, phase or drain, depth of the stack as indentation, what happened.
    pub fn line(&mut self, record: &Record) -> Option<String> {
        let text = match record {
            Record::Event(event) => Some(self.format(event)),
            Record::Text { .. } | Record::Place { .. } | Record::Samples(_) | Record::Source(_) => None,
        };
        self.state.apply(record);
        text
    }

    /// The state after the last record.
    pub fn state(&self) -> &LoopState {
        &self.state
    }

    /// The loop that is meant.
    fn here(&self) -> &LoopState {
        self.state.workers.get(&self.state.on).map_or(&self.state, |worker| &worker.state)
    }

    fn format(&self, event: &Event) -> String {
        let state = self.here();
        let on = if self.state.on == LoopId::MAIN || is_about_loops(event) {
            String::new()
        } else {
            format!("[{}] ", self.state.name_worker(self.state.on))
        };
        let phase = match (state.drain, state.phase) {
            (Some(drain), _) => format!("{drain:?}").to_lowercase(),
            (None, Some(inside)) => format!("{:?}", inside.phase).to_lowercase(),
            (None, None) => "-".to_owned(),
        };
        let indent = "  ".repeat(state.stack.len());
        let at = event.at as f64 / 1e6;
        format!("{at:>10.3} ms {:>5} {phase:<10} {indent}{on}{}", state.turn, self.what(event))
    }

    /// `#12 timeout tick a.js:3`.
    fn task(&self, task: TaskId) -> String {
        format!("#{task} {}", self.state.name_task(task))
    }

    fn what(&self, event: &Event) -> String {
        let state = self.here();
        let names = &self.state.names;
        match event.kind {
            EventKind::TaskCreated { task, parent, kind, callback, site } => {
                let by = if parent.is_some() { format!(" by #{parent}") } else { String::new() };
                let at = names.describe(site);
                let at = if at.is_empty() { String::new() } else { format!(" at {at}") };
                format!("+ #{task} {} {}{by}{at}", kind.name(), names.describe(callback))
            }
            EventKind::TaskArmed { task, due } => {
                format!("~ {} due in {}", self.task(task), duration(due.saturating_sub(event.at)))
            }
            EventKind::TaskReady { task, queue } => format!("? {} ready in {queue:?}", self.task(task)),
            EventKind::TaskStarted { task } => format!("> {}", self.task(task)),
            EventKind::TaskEnded { task, outcome } => {
                let took = match state.tasks.get(&task).map(|task| task.stage) {
                    Some(Stage::Running { since }) => {
                        let stood = state.stood.within(since, event.at);
                        let took = duration(event.at.saturating_sub(since).saturating_sub(stood));
                        match stood {
                            0 => format!(" after {took}"),
                            stood => format!(" after {took}, and stood still for {}", duration(stood)),
                        }
                    }
                    _ => String::new(),
                };
                let how = match outcome {
                    Outcome::Returned => "",
                    Outcome::Threw => " threw",
                    Outcome::Terminated => " was ended",
                };
                format!("< {}{how}{took}", self.task(task))
            }
            EventKind::TaskCancelled { task } => format!("x {} cancelled", self.task(task)),
            EventKind::TaskRef { task, refd } => {
                format!("  {} {}", self.task(task), if refd { "keeps the loop alive" } else { "unref'd" })
            }
            EventKind::PhaseEntered { phase, turn, timeout } => {
                let sleep = match timeout {
                    PollTimeout::Zero => String::new(),
                    PollTimeout::Millis(millis) => format!(", sleeping at most {millis} ms"),
                    PollTimeout::Infinite => ", sleeping until I/O completes".to_owned(),
                };
                format!("[ {phase:?} of turn {turn}{sleep}")
            }
            EventKind::PhaseLeft { phase } => format!("] {phase:?}"),
            EventKind::DrainEntered { drain } => format!("{{ {drain:?}"),
            EventKind::DrainLeft { drain } => format!("}} {drain:?}"),
            EventKind::OpStarted { op, task, name, target } => {
                format!("o op {} {} {} for #{task}", op.0, names.text(name), names.text(target))
            }
            EventKind::OpProgress { op, bytes } => format!("o op {} {bytes} bytes so far", op.0),
            EventKind::OpCompleted { op, bytes, error } => {
                let took = state.io.ops.get(&op).map_or(0, |op| event.at.saturating_sub(op.since));
                match names.text(error) {
                    "" => format!("o op {} done, {bytes} bytes after {}", op.0, duration(took)),
                    error => format!("o op {} failed with {error} after {}", op.0, duration(took)),
                }
            }
            EventKind::SlotTaken { slot, op } => format!("o op {} on pool thread {slot}", op.0),
            EventKind::SlotFreed { slot } => format!("o pool thread {slot} free"),
            EventKind::HandleOpened { handle, name, target } => {
                format!("h handle {} {} {}", handle.0, names.text(name), names.text(target))
            }
            EventKind::HandleProgress { handle, read, written } => {
                format!("h handle {} {read} bytes in, {written} out so far", handle.0)
            }
            EventKind::HandleTarget { handle, target } => {
                format!("h handle {} is {}", handle.0, names.text(target))
            }
            EventKind::HandleRef { handle, refd } => {
                format!("h handle {} {}", handle.0, if refd { "keeps the loop alive" } else { "unref'd" })
            }
            EventKind::HandleClosed { handle } => format!("h handle {} closed", handle.0),
            EventKind::Console { stream, text, .. } => {
                format!("\" {stream:?}: {}", names.text(text).trim_end_matches('\n').escape_debug())
            }
            EventKind::Exception { text, .. } => format!("! uncaught {}", first_line(names.text(text))),
            EventKind::UnhandledRejection { text, .. } => {
                format!("! unhandled {}", first_line(names.text(text)))
            }
            EventKind::Gc { kind, duration: took } => format!("g {kind:?} took {}", duration(took)),
            EventKind::Heap { used, total } => format!("g heap {used} of {total} bytes"),
            EventKind::SyncOp { name, target, place, duration: took } => {
                let at = names.describe(place);
                let at = if at.is_empty() { at } else { format!(" at {at}") };
                let what = format!("{} {}", names.text(name), names.text(target));
                format!("s {} took {}{at}", what.trim_end(), duration(took))
            }
            EventKind::Paused { reason, before } => {
                format!("| paused ({reason:?}) before {}", self.task(before))
            }
            EventKind::Resumed => "| resumed".to_owned(),
            EventKind::Exit { .. } => format!("= {}", self.state.narrate(event).unwrap_or_default()),
            EventKind::WorkerStarted { id, task, .. } => {
                format!("w {} is started by {}", self.state.name_worker(id), self.task(task))
            }
            EventKind::LoopEntered { id } => format!("w on the loop of {}", self.state.name_worker(id)),
            EventKind::MessageTaken { task, from } => {
                format!("m {} takes up a message of {}", self.task(task), self.task(from))
            }
        }
    }
}

/// Whether an event says which loop is meant.
fn is_about_loops(event: &Event) -> bool {
    matches!(event.kind, EventKind::LoopEntered { .. } | EventKind::WorkerStarted { .. })
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use loopscope_protocol::{ExitReason, Place, PlaceId, Queue, TaskKind, TextId};

    use super::*;

    #[test]
    fn a_timer_s_life_reads_well() {
        let task = TaskId(1);
        let event = |at, kind| Record::Event(Event { at, kind });
        let place = Place { script: TextId(1), function: TextId(2), line: 3, column: 1 };
        let stream = [
            Record::Text { id: TextId(1), text: "/home/me/a.js".into() },
            Record::Text { id: TextId(2), text: "tick".into() },
            Record::Place { id: PlaceId(1), place },
            event(
                1_000_000,
                EventKind::TaskCreated {
                    task,
                    parent: TaskId::NONE,
                    kind: TaskKind::Timeout,
                    callback: PlaceId(1),
                    site: PlaceId(1),
                },
            ),
            event(1_000_000, EventKind::TaskArmed { task, due: 11_000_000 }),
            event(11_500_000, EventKind::TaskReady { task, queue: Queue::Timers }),
            event(11_500_000, EventKind::TaskStarted { task }),
            event(11_512_000, EventKind::TaskEnded { task, outcome: Outcome::Returned }),
            event(12_000_000, EventKind::Exit { code: 0, reason: ExitReason::NothingLeft }),
        ];
        let mut trace = TextTrace::default();
        let lines: Vec<String> = stream.iter().filter_map(|record| trace.line(record)).collect();
        assert_eq!(
            lines,
            [
                "     1.000 ms     0 -          + #1 timeout tick a.js:3 at tick a.js:3",
                "     1.000 ms     0 -          ~ #1 timeout tick a.js:3 due in 10 ms",
                "    11.500 ms     0 -          ? #1 timeout tick a.js:3 ready in Timers",
                "    11.500 ms     0 -          > #1 timeout tick a.js:3",
                "    11.512 ms     0 -            < #1 timeout tick a.js:3 after 12 µs",
                "    12.000 ms     0 -          = Ended with code 0 because nothing was left that keeps the loop alive.",
            ]
        );
        assert_eq!(trace.state().contradictions, 0);
    }
}
