//! The rules that hold in every state, whatever the stream was.

use std::collections::HashSet;

use super::{LoopState, Stage};
use crate::ids::TaskId;

/// A rule that is broken: a bug of the reducer, never of the stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inconsistency(pub String);

impl LoopState {
    /// Checks that every task is in exactly the place its stage names.
    ///
    /// # Errors
    /// With the first rule that is broken.
    pub fn check(&self) -> Result<(), Inconsistency> {
        let broken = |text: String| Err(Inconsistency(text));
        for (&id, task) in &self.tasks {
            let found = match task.stage {
                Stage::Waiting => true,
                Stage::Armed { due } => self.timers.contains(&(due, id)),
                Stage::Ready { queue, order, .. } => self.queues[queue as usize].get(&order) == Some(&id),
                Stage::Running { .. } => self.stack.contains(&id),
            };
            if !found {
                return broken(format!("task {} is not where its stage {:?} says", id.0, task.stage));
            }
        }
        let listed: Vec<TaskId> = self
            .timers
            .iter()
            .map(|entry| entry.1)
            .chain(self.queues.iter().flat_map(|queue| queue.values().copied()))
            .chain(self.stack.iter().copied())
            .collect();
        if listed.iter().collect::<HashSet<_>>().len() != listed.len() {
            return broken("a task is in two places".to_owned());
        }
        if let Some(ghost) = listed.iter().find(|task| !self.tasks.contains_key(task)) {
            return broken(format!("task {} waits although it ended", ghost.0));
        }
        for (index, slot) in self.io.slots.iter().enumerate() {
            let owner = slot.and_then(|op| self.io.ops.get(&op)).and_then(|op| op.slot).map(usize::from);
            if slot.is_some() && owner != Some(index) {
                return broken(format!("slot {index} and its operation disagree"));
            }
        }
        Ok(())
    }
}
