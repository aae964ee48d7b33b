//! Functions that were seen on the stack, below the callbacks in which they were.

use loopscope_protocol::{LoopId, LoopState, Nanos, Samples, TaskId, TaskKind};
use loopscope_trace::sampled::bars;

use super::{Seen, Span, Timeline, Track};

/// Functions seen, all depths together; of a run that was looked at for longer the rest is left out.
const MOST: usize = 8_000_000;

/// A callback, as far as it is known when it runs.
#[derive(Debug, Clone, Copy)]
struct Callback {
    start: Nanos,
    end: Nanos,
    task: TaskId,
    kind: TaskKind,
}

impl Timeline {
    /// Takes what was seen of the stack of a loop; `state` is that of the whole run now. Callbacks that ended in that time are
    /// known.
    pub fn take_samples(&mut self, samples: &Samples, state: &LoopState) {
        let moments = std::mem::take(&mut self.moments);
        let (known, of) = if samples.on == LoopId::MAIN {
            (Some(&mut *self), Some(state))
        } else {
            (self.workers.get_mut(&samples.on), state.workers.get(&samples.on).map(|worker| &worker.state))
        };
        if let (Some(known), Some(state)) = (known, of) {
            known.see(samples, state, &|at| moments.number(at) as u32);
        }
        self.moments = moments;
    }

    fn see(&mut self, samples: &Samples, state: &LoopState, number: &dyn Fn(Nanos) -> u32) {
        let callbacks = self.callbacks(samples, state);
        let mut next = 0;
        let mut found = |at: Nanos| {
            while callbacks.get(next).is_some_and(|callback| callback.end <= at) {
                next += 1;
            }
            let callback = callbacks.get(next).filter(|callback| callback.start <= at)?;
            Some(callback.start..callback.end)
        };
        for bar in bars(samples, &mut found) {
            let after = callbacks.partition_point(|callback| callback.start <= bar.start);
            let callback = after.checked_sub(1).map(|before| callbacks[before]);
            let callback = callback.filter(|callback| bar.start < callback.end);
            let is_full = self.sampled.iter().map(Track::len).sum::<usize>() >= MOST;
            if bar.start >= bar.end || is_full {
                continue;
            }
            if self.sampled.len() <= bar.depth {
                self.sampled.resize_with(bar.depth + 1, Track::default);
            }
            let seen = Seen {
                place: bar.place,
                task: callback.map_or(TaskId::NONE, |callback| callback.task),
                kind: callback.map_or(TaskKind::MainScript, |callback| callback.kind),
                count: bar.count,
                interval: samples.interval,
            };
            let span = Span::new((bar.start, number(bar.start)), (bar.end, number(bar.end)));
            self.sampled[bar.depth].push(span, seen);
        }
    }

    /// The callbacks between the first and the last sample in the order of time, and the one that still runs.
    fn callbacks(&self, samples: &Samples, state: &LoopState) -> Vec<Callback> {
        let mut callbacks = Vec::new();
        for lane in &self.lanes {
            for index in lane.from(samples.from)..lane.len() {
                let Some((start, end, run)) = lane.get(index) else { break };
                if start > samples.to {
                    break;
                }
                if run.depth == 0 {
                    callbacks.push(Callback { start, end, task: run.task, kind: run.kind });
                }
            }
        }
        callbacks.sort_unstable_by_key(|callback| callback.start);
        let running = state.stack.first().and_then(|task| Some((*task, state.tasks.get(task)?)));
        if let Some((task, entry)) = running
            && let loopscope_protocol::state::Stage::Running { since } = entry.stage
        {
            callbacks.push(Callback { start: since, end: Nanos::MAX, task, kind: entry.kind });
        }
        callbacks
    }
}

#[cfg(test)]
mod tests {
    use loopscope_protocol::{Event, EventKind, Frame, Outcome, PlaceId, Queue, Record, Sample};

    use super::*;

    #[test]
    fn functions_that_were_seen_lie_below_their_callbacks() {
        let (task, later) = (TaskId(1), TaskId(2));
        let none = PlaceId::NONE;
        let created = |task| EventKind::TaskCreated {
            task,
            parent: TaskId::NONE,
            kind: TaskKind::Timeout,
            callback: none,
            site: none,
        };
        let ready = |task| EventKind::TaskReady { task, queue: Queue::Timers };
        let (mut timeline, mut state) = (Timeline::default(), LoopState::default());
        for (at, kind) in [
            (0, created(task)),
            (0, created(later)),
            (1, ready(task)),
            (10, EventKind::TaskStarted { task }),
            (34, EventKind::TaskEnded { task, outcome: Outcome::Returned }),
            (35, ready(later)),
            (36, EventKind::TaskStarted { task: later }),
        ] {
            let event = Event { at, kind };
            timeline.apply(&event, &state);
            state.apply(&Record::Event(event));
        }
        let samples = Samples {
            on: LoopId::MAIN,
            interval: 10,
            from: 0,
            to: 50,
            frames: vec![Frame { caller: 0, place: PlaceId(7) }, Frame { caller: 1, place: PlaceId(8) }],
            samples: [(12, 2), (22, 2), (32, 1), (42, 1)].map(|(at, frame)| Sample { at, frame }).to_vec(),
        };
        timeline.take_samples(&samples, &state);
        let all = |track: &Track<Seen>| {
            let seen =
                track.iter().map(|(start, end, seen)| (start, end, seen.place.0, seen.task.0, seen.count));
            seen.collect::<Vec<_>>()
        };
        assert_eq!(all(&timeline.sampled[0]), [(12, 34, 7, 1, 3), (42, 50, 7, 2, 1)]);
        assert_eq!(all(&timeline.sampled[1]), [(12, 32, 8, 1, 2)]);
    }
}
