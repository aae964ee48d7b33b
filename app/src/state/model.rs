//! The run as the views see it: the loop's state, the timeline, and words for what happened last.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use loopscope_protocol::state::may_have_words;
use loopscope_protocol::{Event, EventKind, LoopId, LoopState, Nanos, Phase, PollTimeout, Record, Samples};

use loopscope_trace::summary::last_state;
use loopscope_trace::{History, Past, PastError, Source, Store};

use super::timeline::Timeline;

/// Events of each loop at the end of a batch that get words, of those that may have some: nobody reads more than the last
/// ones, and making words costs far more than following an event.
const WORDS_PER_BATCH: usize = 3;

/// Where what happened is kept.
enum Kept {
    /// In memory: a run of this program.
    Live(Box<History>),
    /// Elsewhere, and how it ended.
    Recorded(Box<dyn Past>, Box<LoopState>),
}

impl Default for Kept {
    fn default() -> Self {
        Self::Live(Box::default())
    }
}

/// Everything known about a run.
#[derive(Default)]
pub struct Model {
    kept: Kept,
    /// What happened when.
    pub timeline: Timeline,
    /// What happened last on each loop, in one line of plain English.
    pub words: BTreeMap<LoopId, String>,
    /// Texts that scripts were made from, as the run told them, or as a recording kept them.
    pub sources: Vec<Source>,
    /// When the run's clock stood at 0, as well as it can be told from here.
    origin: Option<Instant>,
}

impl Model {
    /// An empty one whose older parts go to `store` when there are many.
    pub fn stored(store: Option<Box<dyn Store>>) -> Self {
        Self { kept: Kept::Live(Box::new(History::new(store))), ..Self::default() }
    }

    /// A run that is over, of which parts may be [inferred](Timeline::inferred). Its timeline is made by [`Self::index`].
    ///
    /// # Errors
    /// When its end cannot be read.
    pub fn recorded(past: Box<dyn Past>, inferred: bool) -> Result<Self, PastError> {
        let state = last_state(&*past)?;
        let timeline = Timeline::with_end(past.end(), inferred);
        Ok(Self { kept: Kept::Recorded(past, Box::new(state)), timeline, ..Self::default() })
    }

    /// The loop as it is now.
    pub fn state(&self) -> &LoopState {
        match &self.kept {
            Kept::Live(history) => history.state(),
            Kept::Recorded(_, state) => state,
        }
    }

    /// What is wrong with keeping the run's past, if anything.
    pub fn problem(&self) -> Option<&str> {
        match &self.kept {
            Kept::Live(history) => history.problem(),
            Kept::Recorded(..) => None,
        }
    }

    /// Any moment of the run.
    pub fn past(&self) -> &dyn Past {
        match &self.kept {
            Kept::Live(history) => &**history,
            Kept::Recorded(past, _) => &**past,
        }
    }

    /// The moment at which something that happened at `at` has happened. Where the past cannot be read it is known well
    /// enough for saying so.
    pub fn moment_at(&self, at: Nanos) -> u64 {
        self.past().at_time(at).unwrap_or_else(|_| self.timeline.moments.number(at) as u64)
    }

    /// Takes a batch of records of a live run.
    pub fn apply(&mut self, batch: &[Record]) {
        self.keep_time(batch);
        let mut left = events_on_loops(batch, self.state().on);
        for record in batch {
            let Kept::Live(history) = &mut self.kept else { return };
            if let Record::Samples(samples) = record {
                self.timeline.take_samples(samples, history.state());
            }
            if let Record::Source(source) = record
                && !self.sources.iter().any(|known| known.path == source.path)
            {
                self.sources.push((**source).clone());
            }
            if let Record::Event(event) = record {
                let state = history.state();
                self.timeline.apply(event, state);
                if may_have_words(&event.kind) {
                    let left = left.entry(state.on).or_default();
                    if *left <= WORDS_PER_BATCH
                        && let Some(text) = state.narrate(event)
                    {
                        self.words.insert(state.on, text);
                    }
                    *left = left.saturating_sub(1);
                }
            }
            history.apply(record);
        }
    }

    /// Adds events of a recording to its timeline; `before` is the state in which they found the loop, and is moved on.
    pub fn index(&mut self, events: &[Event], before: &mut LoopState) {
        for event in events {
            self.timeline.apply(event, before);
            before.event(event);
        }
    }

    /// Adds what was seen of the stack to the timeline of a recording; `last` is the state at its end.
    pub fn see(&mut self, samples: &Samples, last: &LoopState) {
        self.timeline.take_samples(samples, last);
    }

    /// The run's clock now. It goes on while the loop sleeps, and stands while the run does.
    pub fn now(&self) -> Nanos {
        let state = self.state();
        let stands = state.paused.is_some() || state.ended.is_some();
        match self.origin {
            Some(origin) if !stands => {
                let since = u64::try_from(origin.elapsed().as_nanos()).unwrap_or(u64::MAX);
                since.max(state.now)
            }
            _ => state.now,
        }
    }

    /// Whether the run does nothing by itself until it tells of it: it is over, it is paused, or its loop waits in poll.
    pub fn sleeps(&self) -> bool {
        let state = self.state();
        let waits = state.phase.is_some_and(|inside| {
            inside.phase == Phase::Poll && inside.timeout != PollTimeout::Zero && inside.since == state.now
        });
        state.ended.is_some() || state.paused.is_some() || waits && state.stack.is_empty()
    }

    /// Records come some time after they were made: the quickest ones tell best when the run began.
    fn keep_time(&mut self, batch: &[Record]) {
        let newest = batch.iter().rev().find_map(|record| match record {
            Record::Event(event) => Some(event.at),
            _ => None,
        });
        let origin = newest.and_then(|at| Instant::now().checked_sub(Duration::from_nanos(at)));
        self.origin = match (self.origin, origin) {
            (Some(known), Some(origin)) => Some(known.min(origin)),
            (known, origin) => known.or(origin),
        };
    }
}

/// How many events of a batch happened on each loop that may have words; the first ones on `on`.
fn events_on_loops(batch: &[Record], mut on: LoopId) -> BTreeMap<LoopId, usize> {
    let mut all = BTreeMap::new();
    let mut here = 0;
    for record in batch {
        let Record::Event(event) = record else { continue };
        here += usize::from(may_have_words(&event.kind));
        if let EventKind::LoopEntered { id } = event.kind {
            *all.entry(on).or_default() += std::mem::take(&mut here);
            on = id;
        }
    }
    *all.entry(on).or_default() += here;
    all
}
