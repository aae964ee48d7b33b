//! Rules about operations, the thread pool, handles and listeners.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};

use loopscope_protocol::state::duration;
use loopscope_protocol::{
    ConsoleStream, Event, EventKind, ExitReason, Nanos, OpId, PlaceId, Queue, TaskId, TaskKind, TextId,
};

use super::{ByPlace, Check, Context, Found};
use crate::runs::Run;

/// Operations at one place that take less than this together are not worth a word, in nanoseconds.
const SYNC_LEAST: Nanos = 1_000_000;

/// A wait for a thread of the pool that counts, in nanoseconds.
const POOL_WAIT: Nanos = 10_000_000;

/// Operations that callbacks of the loop did at once.
#[derive(Default)]
pub struct SyncIo {
    /// By place: time in all, and the finding.
    places: HashMap<PlaceId, (Nanos, Found)>,
}

impl Check for SyncIo {
    fn event(&mut self, context: &Context<'_>, event: &Event, _ended: Option<&Run>) {
        let EventKind::SyncOp { name, target, place, duration: took } = event.kind else { return };
        let Some(task) = context.state.running() else { return };
        // While it starts a program may wait: nothing else is there to do.
        if context.state.phase.is_none() || is_start(context, task) {
            return;
        }
        let entry = self.places.entry(place).or_insert_with(|| {
            let found = Found {
                place,
                others: Vec::new(),
                task,
                moment: context.number,
                at: event.at,
                message: String::new(),
                weight: 0,
                count: 0,
            };
            (0, found)
        });
        entry.0 = entry.0.saturating_add(took);
        entry.1.count += 1;
        if took >= entry.1.weight {
            let names = context.names();
            let target = names.text(target);
            let what = if target.is_empty() { String::new() } else { format!(" {target}") };
            entry.1.message =
                format!("{} waited {} for {}{what}", context.name(task), duration(took), names.text(name));
            (entry.1.weight, entry.1.task, entry.1.moment, entry.1.at) =
                (took, task, context.number, event.at);
        }
    }

    fn finish(&mut self, _context: &Context<'_>) -> Vec<Found> {
        let places = std::mem::take(&mut self.places);
        let mut found: Vec<Found> =
            places.into_values().filter(|entry| entry.0 >= SYNC_LEAST).map(|entry| entry.1).collect();
        found.sort_by_key(|found| found.place);
        found
    }
}

fn is_start(context: &Context<'_>, task: TaskId) -> bool {
    let kind = context.state.tasks.get(&task).map(|task| task.kind);
    matches!(kind, None | Some(TaskKind::MainScript | TaskKind::ModuleEvaluation))
}

/// How many threads are busy and were.
#[derive(Default)]
struct Busy {
    now: usize,
    /// Until when how many were; a later entry has fewer.
    before: Vec<(Nanos, usize)>,
}

impl Busy {
    fn change(&mut self, at: Nanos, now: usize) {
        while self.before.pop_if(|entry| entry.1 <= self.now).is_some() {}
        self.before.push((at, self.now));
        self.now = now;
    }

    /// The most since a time.
    fn most(&self, since: Nanos) -> usize {
        let first = self.before.partition_point(|entry| entry.0 <= since);
        self.before.get(first).map_or(0, |entry| entry.1).max(self.now)
    }
}

/// Operations that waited for a thread of the pool.
#[derive(Default)]
pub struct Pool {
    started: HashMap<OpId, (Nanos, PlaceId, TaskId, TextId)>,
    /// Since when each thread is busy.
    taken: HashMap<u16, Nanos>,
    /// When each thread was last free, and how long it had been busy then.
    freed: HashMap<u16, (Nanos, Nanos)>,
    busy: Busy,
    most_busy: usize,
    /// By how many threads were busy at most while it waited: how many did, and the one that waited longest.
    waited: BTreeMap<usize, (u64, Found)>,
}

impl Check for Pool {
    fn event(&mut self, context: &Context<'_>, event: &Event, _ended: Option<&Run>) {
        match event.kind {
            EventKind::OpStarted { op, task, name, .. } => {
                let site = context.runs.get(task).map_or(PlaceId::NONE, |run| run.site);
                self.started.insert(op, (event.at, site, task, name));
            }
            EventKind::SlotTaken { slot, op } => {
                self.busy.change(event.at, self.busy.now + 1);
                self.most_busy = self.most_busy.max(self.busy.now);
                self.taken.insert(slot, event.at);
                let Some(&(since, site, task, name)) = self.started.get(&op) else { return };
                let waited = event.at.saturating_sub(since);
                // The thread was busy for most of the wait: a machine that is slow to wake it is another matter.
                let freed = self.freed.get(&slot).copied();
                let handed = freed.is_some_and(|(freed, _)| freed.saturating_sub(since) > waited / 2);
                // When one thread does many short ones the others have not woken yet; there is only one when a long one holds
                // up the next.
                let is_pool = self.busy.now > 1 || freed.is_some_and(|(_, worked)| worked >= POOL_WAIT / 2);
                if waited >= POOL_WAIT && handed && is_pool {
                    self.found(context, (since, site, task, name), waited);
                }
            }
            EventKind::SlotFreed { slot } => {
                self.busy.change(event.at, self.busy.now.saturating_sub(1));
                let worked = event.at.saturating_sub(self.taken.remove(&slot).unwrap_or(event.at));
                self.freed.insert(slot, (event.at, worked));
            }
            EventKind::OpCompleted { op, .. } => {
                self.started.remove(&op);
            }
            _ => {}
        }
    }

    fn finish(&mut self, _context: &Context<'_>) -> Vec<Found> {
        let threads = self.most_busy;
        // Where fewer were busy others were free and had only not woken.
        std::mem::take(&mut self.waited)
            .remove(&threads)
            .map(|(count, mut found)| {
                let operations =
                    if count == 1 { "1 operation".to_owned() } else { format!("{count} operations") };
                let words = std::mem::take(&mut found.message);
                found.message =
                    format!("{operations} waited for one of the {threads} threads of the pool; {words}");
                found
            })
            .into_iter()
            .collect()
    }
}

impl Pool {
    fn found(
        &mut self,
        context: &Context<'_>,
        (since, place, task, name): (Nanos, PlaceId, TaskId, TextId),
        waited: Nanos,
    ) {
        let message = format!("{} waited longest, {}", context.names().text(name), duration(waited));
        let new = Found {
            place,
            others: Vec::new(),
            task,
            moment: context.number,
            at: since,
            message,
            weight: waited,
            count: 1,
        };
        match self.waited.entry(self.busy.most(since)) {
            Entry::Vacant(entry) => {
                entry.insert((1, new));
            }
            Entry::Occupied(mut entry) => {
                let (count, known) = entry.get_mut();
                *count += 1;
                if new.weight > known.weight {
                    *known = new;
                }
            }
        }
    }
}

/// Handles that were open when the script ended itself.
#[derive(Default)]
pub struct LeftOpen {
    found: Vec<Found>,
}

impl Check for LeftOpen {
    fn event(&mut self, context: &Context<'_>, event: &Event, _ended: Option<&Run>) {
        let EventKind::Exit { reason: ExitReason::ProcessExit, .. } = event.kind else { return };
        // What is being closed is only gone in the closing phase.
        if context.state.queue(Queue::Closing).len() > 0 {
            return;
        }
        let names = context.names();
        let by = context.state.running().unwrap_or(TaskId::NONE);
        let place = context.state.tasks.get(&by).map_or(PlaceId::NONE, |task| task.callback);
        for handle in context.state.io.handles.values().filter(|handle| handle.refd) {
            let what = format!("{} {}", names.text(handle.name), names.text(handle.target));
            self.found.push(Found {
                place,
                others: Vec::new(),
                task: by,
                moment: context.number,
                at: event.at,
                message: format!("{} was still open when the script called process.exit()", what.trim_end()),
                weight: 0,
                count: 1,
            });
        }
    }

    fn finish(&mut self, _context: &Context<'_>) -> Vec<Found> {
        std::mem::take(&mut self.found)
    }
}

/// Emitters that have warned of too many listeners.
#[derive(Default)]
pub struct Listeners {
    found: ByPlace,
}

impl Check for Listeners {
    fn event(&mut self, context: &Context<'_>, event: &Event, _ended: Option<&Run>) {
        let EventKind::Console { stream: ConsoleStream::Stderr, task, text, place } = event.kind else {
            return;
        };
        let text = context.names().text(text);
        let Some((_, warning)) = text.split_once("MaxListenersExceededWarning: ") else { return };
        // `Possible EventEmitter memory leak detected. 11 x listeners added to [EventEmitter]. …`
        let what = warning.split(". ").nth(1).unwrap_or(warning).trim();
        let place = if place.is_some() {
            place
        } else {
            context.state.tasks.get(&task).map_or(PlaceId::NONE, |task| task.callback)
        };
        self.found.add(Found {
            place,
            others: Vec::new(),
            task,
            moment: context.number,
            at: event.at,
            message: what.to_owned(),
            weight: 0,
            count: 1,
        });
    }

    fn finish(&mut self, _context: &Context<'_>) -> Vec<Found> {
        self.found.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_that_were_busy_since_a_time_are_known() {
        let mut busy = Busy::default();
        for (at, now) in [(10, 1), (11, 2), (20, 1), (21, 0), (30, 1), (40, 0)] {
            busy.change(at, now);
        }
        let most = [0, 10, 12, 19, 20, 21, 30, 39, 40].map(|since| busy.most(since));
        assert_eq!(most, [2, 2, 2, 2, 1, 1, 1, 1, 0]);
        busy.change(50, 3);
        assert_eq!((busy.most(45), busy.before.len() <= 4), (3, true));
    }
}
