//! Functions that were seen on the stacks of all loops, cut at the ends of what is exported.

use std::collections::BTreeMap;

use loopscope_protocol::{LoopId, Nanos, TaskKind};

use super::{Drawn, Part};
use crate::past::PastError;
use crate::sampled::{Bar, Callbacks, bars};

/// A function that was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flame {
    /// Where and how long.
    pub bar: Bar,
    /// Of which kind the callback is in which it was seen, if it is known.
    pub kind: Option<TaskKind>,
    /// How often one looked.
    pub interval: Nanos,
}

/// What was seen on the loops of a part, by depth; those of each depth in the order of time. `callbacks` are those that ran.
///
/// # Errors
/// When it cannot be read.
pub fn seen(
    part: &Part<'_>,
    drawn: &Drawn,
    callbacks: &Callbacks,
) -> Result<BTreeMap<LoopId, Vec<Vec<Flame>>>, PastError> {
    let mut loops: BTreeMap<LoopId, Vec<Vec<Flame>>> = BTreeMap::new();
    for (number, head) in part.past.sampled().iter().enumerate() {
        if head.to < drawn.from || head.from > drawn.to {
            continue;
        }
        let samples = part.past.samples(number)?;
        let depths = loops.entry(head.on).or_default();
        for bar in bars(&samples, &mut |at| callbacks.at(head.on, at)) {
            let kind = callbacks.kind_at(head.on, bar.start);
            let bar = Bar { start: bar.start.max(drawn.from), end: bar.end.min(drawn.to), ..bar };
            if bar.start < bar.end {
                depths.resize_with(depths.len().max(bar.depth + 1), Vec::new);
                depths[bar.depth].push(Flame { bar, kind, interval: head.interval });
            }
        }
    }
    loops.retain(|_, depths| !depths.is_empty());
    Ok(loops)
}
