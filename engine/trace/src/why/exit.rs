//! What keeps the loop alive, and which promises were never settled, with source lines.

use loopscope_protocol::state::{Keeper, Names, Stage, duration};
use loopscope_protocol::{EventKind, LoopState, Nanos, PlaceId, TaskId, TaskKind};

use crate::past::{Landmark, Past, PastError};

/// Handles whose opening is looked for.
const HANDLES: usize = 32;

/// Something that keeps the loop alive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What it is.
    pub keeper: Keeper,
    /// Its name, such as `timeout tick app.js:3` or `server 127.0.0.1:80`.
    pub name: String,
    /// The callback in which it began.
    pub by: TaskId,
    /// Where it was scheduled; for a handle the callback in which it was opened.
    pub place: PlaceId,
    /// Since when.
    pub since: Nanos,
}

impl Held {
    /// In words.
    pub fn text(&self, names: &Names) -> String {
        let place = names.describe(self.place);
        let verb = if matches!(self.keeper, Keeper::Handle(_)) { "opened by" } else { "scheduled at" };
        let place = if place.is_empty() { String::new() } else { format!(", {verb} {place}") };
        format!("{}{place}, since {}", self.name, duration(self.since))
    }
}

/// Everything that keeps the loop alive at a moment, what began first first.
///
/// # Errors
/// When the past cannot be read.
pub fn holders(past: &dyn Past, moment: u64) -> Result<Vec<Held>, PastError> {
    let state = past.state_at(moment)?;
    let mut opened = Openings { past, from: moment.min(past.len()), found: Vec::new() };
    let mut held = Vec::new();
    for keeper in state.keepers() {
        let name = state.name_keeper(keeper);
        held.extend(match keeper {
            Keeper::Task(task) => state.tasks.get(&task).map(|task| Held {
                keeper,
                name,
                by: task.parent,
                place: task.site,
                since: task.created,
            }),
            Keeper::Op(op) => state.io.ops.get(&op).map(|op| Held {
                keeper,
                name,
                by: state.tasks.get(&op.task).map_or(TaskId::NONE, |task| task.parent),
                place: state.tasks.get(&op.task).map_or(PlaceId::NONE, |task| task.site),
                since: op.since,
            }),
            Keeper::Handle(handle) => match state.io.handles.get(&handle) {
                Some(known) => {
                    let (by, place) = opened.find(handle)?;
                    Some(Held { keeper, name, by, place, since: known.since })
                }
                None => None,
            },
        });
    }
    held.sort_by_key(|held| held.since);
    Ok(held)
}

/// Looks back for where handles were opened.
struct Openings<'a> {
    past: &'a dyn Past,
    from: u64,
    found: Vec<(loopscope_protocol::HandleId, TaskId, PlaceId)>,
}

impl Openings<'_> {
    fn find(&mut self, wanted: loopscope_protocol::HandleId) -> Result<(TaskId, PlaceId), PastError> {
        let none = loopscope_protocol::TextId::NONE;
        let landmark =
            Landmark::Kind(EventKind::HandleOpened { handle: Default::default(), name: none, target: none });
        loop {
            if let Some(known) = self.found.iter().find(|known| known.0 == wanted) {
                return Ok((known.1, known.2));
            }
            if self.found.len() >= HANDLES {
                return Ok((TaskId::NONE, PlaceId::NONE));
            }
            // The event that leads to the moment itself counts.
            let Some(moment) = self.past.previous(self.from + 1, landmark)? else {
                return Ok((TaskId::NONE, PlaceId::NONE));
            };
            self.from = moment - 1;
            if let EventKind::HandleOpened { handle, .. } = self.past.event(moment - 1)?.kind {
                let state = self.past.state_at(moment)?;
                let by = state.running().unwrap_or(TaskId::NONE);
                let place = state.tasks.get(&by).map_or(PlaceId::NONE, |task| {
                    if task.callback.is_some() { task.callback } else { task.site }
                });
                self.found.push((handle, by, place));
            }
        }
    }
}

/// Reactions to promises that were not settled, oldest first: task, where it awaits, since when.
pub fn unsettled(state: &LoopState) -> Vec<(TaskId, PlaceId, Nanos)> {
    let mut waiting: Vec<_> = state
        .tasks
        .iter()
        .filter(|(_, task)| task.kind == TaskKind::PromiseReaction && task.stage == Stage::Waiting)
        .map(|(id, task)| (*id, if task.site.is_some() { task.site } else { task.callback }, task.created))
        .collect();
    waiting.sort_unstable();
    waiting
}
