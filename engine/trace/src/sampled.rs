//! Stretches in which the stack was sampled: packed, and as bars that lie below the callbacks.

use std::collections::HashMap;
use std::ops::Range;

use loopscope_protocol::state::Names;
use loopscope_protocol::{Frame, LoopId, Nanos, PlaceId, Sample, Samples, TaskKind};
use serde::{Deserialize, Serialize};

use crate::past::Past;
use crate::runs::Run;

/// Bytes that are no samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the data is damaged")]
pub struct BadSamples;

/// Functions inside functions that get bars; what is deeper is left out.
pub const DEEPEST: usize = 24;

/// When the sampler looked away for longer than so many intervals and so many nanoseconds, nobody knows what ran.
const GAP: (Nanos, Nanos) = (10, 5_000_000);

/// What is known of a stretch without unpacking it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sampled {
    /// The loop.
    pub on: LoopId,
    /// When the stretch began.
    pub from: Nanos,
    /// When it ended.
    pub to: Nanos,
    /// How often the sampler was to look, in nanoseconds.
    pub interval: Nanos,
    /// How often it did.
    pub count: u32,
}

impl Sampled {
    /// What is known of these samples.
    pub fn of(samples: &Samples) -> Self {
        let count = u32::try_from(samples.samples.len()).unwrap_or(u32::MAX);
        Self { on: samples.on, from: samples.from, to: samples.to, interval: samples.interval, count }
    }
}

/// Samples in few bytes: of times only the difference to the one before is kept.
pub fn pack(samples: &Samples) -> Vec<u8> {
    let mut before = samples.from;
    let mut looks = Vec::with_capacity(samples.samples.len());
    for sample in &samples.samples {
        looks.push((sample.at.saturating_sub(before), sample.frame));
        before = sample.at;
    }
    // Plain data into memory: this cannot fail.
    postcard::to_stdvec(&(&samples.frames, looks)).unwrap_or_default()
}

/// The samples of a stretch.
///
/// # Errors
/// When the bytes are none.
pub fn unpack(head: &Sampled, packed: &[u8]) -> Result<Samples, BadSamples> {
    // A frame and a look take two bytes at least: postcard makes room for no more than there are bytes.
    let (frames, looks): (Vec<Frame>, Vec<(Nanos, u32)>) =
        postcard::from_bytes(packed).map_err(|_| BadSamples)?;
    let mut at = head.from;
    let mut samples = Vec::with_capacity(looks.len());
    for (later, frame) in looks {
        at = at.checked_add(later).ok_or(BadSamples)?;
        samples.push(Sample { at, frame });
    }
    let samples =
        Samples { on: head.on, interval: head.interval, from: head.from, to: head.to, frames, samples };
    if samples.is_sound() { Ok(samples) } else { Err(BadSamples) }
}

/// When the callbacks ran of which samples may tell.
#[derive(Debug, Default)]
pub struct Callbacks(HashMap<LoopId, Vec<(Range<Nanos>, TaskKind)>>);

impl Callbacks {
    /// A callback that ran; those of a loop come in the order in which they ended.
    pub fn take(&mut self, run: &Run) {
        if run.depth == 0 {
            self.0.entry(run.task.on()).or_default().push((run.started..run.ended, run.kind));
        }
    }

    fn find(&self, on: LoopId, time: Nanos) -> Option<&(Range<Nanos>, TaskKind)> {
        let all = self.0.get(&on)?;
        all.get(all.partition_point(|(range, _)| range.end <= time))
            .filter(|(range, _)| range.contains(&time))
    }

    /// The one that ran on a loop at a time.
    pub fn at(&self, on: LoopId, time: Nanos) -> Option<Range<Nanos>> {
        self.find(on, time).map(|(range, _)| range.clone())
    }

    /// Of which kind the one is that ran on a loop at a time.
    pub fn kind_at(&self, on: LoopId, time: Nanos) -> Option<TaskKind> {
        self.find(on, time).map(|(_, kind)| *kind)
    }
}

/// Looks at a stretch at least before one may say what it was spent on.
const LOOKS: u32 = 5;

/// The script's function that most of a stretch was spent in, if it was looked at often enough and at least a third of the
/// looks saw that function, or what it called of the runtime's own, at the top.
pub fn hottest(past: &dyn Past, names: &Names, on: LoopId, stretch: &Range<Nanos>) -> Option<PlaceId> {
    let is_own = |place| names.is_own(place);
    let (mut counts, mut looks) = (HashMap::<PlaceId, u32>::new(), 0);
    for (number, head) in past.sampled().iter().enumerate() {
        if head.on != on || head.to < stretch.start || head.from > stretch.end {
            continue;
        }
        // What cannot be read says nothing.
        let Ok(samples) = past.samples(number) else { continue };
        for sample in samples.samples.iter().filter(|sample| stretch.contains(&sample.at)) {
            let mut own = None;
            samples.stack(sample.frame, |place| own = own.or(Some(place).filter(|place| is_own(*place))));
            looks += 1;
            if let Some(place) = own {
                *counts.entry(place).or_default() += 1;
            }
        }
    }
    let most = counts.into_iter().max_by_key(|(place, count)| (*count, std::cmp::Reverse(*place)));
    most.filter(|(_, count)| looks >= LOOKS && count * 3 >= looks).map(|(place, _)| place)
}

/// A function on the stack, as far as it was seen there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// How many of the script's functions it was called over.
    pub depth: usize,
    /// When it was first seen.
    pub start: Nanos,
    /// Until when it may be taken to have run: an interval after it was last seen, or the next look, or the end of the callback.
    pub end: Nanos,
    /// The function.
    pub place: PlaceId,
    /// How often it was seen.
    pub count: u32,
}

struct Open {
    place: PlaceId,
    start: Nanos,
    count: u32,
}

/// Bars for what was seen, those of each depth in the order of time. `callback` says when the callback began and ended that
/// ran at a time: no bar reaches over its ends. It is asked in the order of time.
pub fn bars(samples: &Samples, callback: &mut dyn FnMut(Nanos) -> Option<Range<Nanos>>) -> Vec<Bar> {
    let (mut bars, mut open, mut stack) = (Vec::new(), Vec::<Open>::new(), Vec::new());
    let gap = GAP.0.saturating_mul(samples.interval).max(GAP.1);
    // When one last looked, until when what was seen holds, and in which callback it lies.
    let (mut last, mut until, mut inside) = (samples.from, samples.from, None);
    let mut close = |open: &mut Vec<Open>, depth: usize, end: Nanos| {
        // The inner ones end first.
        while open.len() > depth {
            let (depth, Some(bar)) = (open.len() - 1, open.pop()) else { break };
            bars.push(Bar { depth, start: bar.start, end, place: bar.place, count: bar.count });
        }
    };
    for (index, sample) in samples.samples.iter().enumerate() {
        let within = callback(sample.at);
        stack.clear();
        samples.stack(sample.frame, |place| stack.push(place));
        stack.reverse();
        stack.truncate(DEEPEST);
        let goes_on = sample.at.saturating_sub(last) <= gap && within == inside && index > 0;
        let same = open.iter().zip(&stack).take_while(|(open, place)| open.place == **place).count();
        close(&mut open, if goes_on { same } else { 0 }, until);
        open.iter_mut().for_each(|bar| bar.count += 1);
        open.extend(stack[open.len()..].iter().map(|place| Open {
            place: *place,
            start: sample.at,
            count: 1,
        }));
        let next = samples.samples.get(index + 1).map_or(samples.to, |next| next.at);
        (last, until) = (sample.at, next.min(sample.at.saturating_add(samples.interval)));
        if let Some(within) = &within {
            until = until.min(within.end).max(sample.at);
        }
        inside = within;
    }
    close(&mut open, 0, until);
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTER: PlaceId = PlaceId(1);
    const INNER: PlaceId = PlaceId(2);

    fn samples(seen: &[(Nanos, u32)]) -> Samples {
        Samples {
            on: LoopId::MAIN,
            interval: 10,
            from: 0,
            to: 20_000_000,
            frames: vec![Frame { caller: 0, place: OUTER }, Frame { caller: 1, place: INNER }],
            samples: seen.iter().map(|&(at, frame)| Sample { at, frame }).collect(),
        }
    }

    fn drawn(samples: &Samples, callbacks: &[(Nanos, Nanos)]) -> Vec<(usize, Nanos, Nanos, PlaceId, u32)> {
        let mut at = |time: Nanos| {
            callbacks.iter().map(|(from, to)| *from..*to).find(|callback| callback.contains(&time))
        };
        bars(samples, &mut at)
            .iter()
            .map(|bar| (bar.depth, bar.start, bar.end, bar.place, bar.count))
            .collect()
    }

    #[test]
    fn what_was_packed_is_as_it_was() {
        let samples = samples(&[(10, 1), (20, 2), (35, 0)]);
        let head = Sampled::of(&samples);
        assert_eq!(unpack(&head, &pack(&samples)).ok().as_ref(), Some(&samples));
        let unsound = Samples { samples: vec![Sample { at: 5, frame: 3 }], ..samples.clone() };
        assert!(unpack(&head, &pack(&unsound)).is_err());
        let circle = Samples { frames: vec![Frame { caller: 1, place: OUTER }], ..samples };
        assert!(unpack(&head, &pack(&circle)).is_err());
        circle.stack(1, |_| {});
    }

    #[test]
    fn functions_last_from_the_first_look_to_the_one_that_does_not_see_them() {
        let samples = samples(&[(10, 1), (20, 2), (30, 2), (40, 1), (50, 0)]);
        assert_eq!(drawn(&samples, &[(5, 60)]), [(1, 20, 40, INNER, 2), (0, 10, 50, OUTER, 4)]);
    }

    #[test]
    fn no_bar_reaches_over_the_ends_of_its_callback() {
        let samples = samples(&[(10, 1), (20, 1), (30, 1)]);
        let callbacks = [(5, 24), (26, 38)];
        assert_eq!(drawn(&samples, &callbacks), [(0, 10, 24, OUTER, 2), (0, 30, 38, OUTER, 1)]);
    }

    #[test]
    fn a_gap_stays_a_gap() {
        let ms = 1_000_000;
        let samples = samples(&[(10, 1), (4 * ms, 1), (14 * ms, 1), (14 * ms + 40, 2), (14 * ms + 80, 0)]);
        assert_eq!(
            drawn(&samples, &[(5, 20 * ms)]),
            [
                // What was seen before and after a short while ran meanwhile, what was not did not.
                (0, 10, 4 * ms + 10, OUTER, 2),
                (1, 14 * ms + 40, 14 * ms + 50, INNER, 1),
                (0, 14 * ms, 14 * ms + 50, OUTER, 2),
            ]
        );
    }
}
