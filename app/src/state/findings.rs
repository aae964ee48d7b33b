//! What is worth a look in a run, found while the window goes on.

use std::collections::BTreeSet;
use std::sync::Arc;

use loopscope_protocol::state::{Keyframe, Line, Names, Shared as SharedLines};
use loopscope_protocol::{Event, Nanos, PlaceId, Samples};
use loopscope_trace::lint::{Finding, lint};
use loopscope_trace::past::Block;
use loopscope_trace::sampled::Sampled;
use loopscope_trace::{Past, PastError, Source};

use super::recorder::read_source;

/// Scripts that are read for the rules that look at the text.
const SCRIPTS: usize = 200;

/// How far the search is.
#[derive(Debug, Clone, Default)]
pub enum Findings {
    /// Nobody has looked.
    #[default]
    None,
    /// It is under way.
    Looking,
    /// What was found.
    Found(Arc<Vec<Finding>>),
    /// Why nothing was.
    Failed(String),
}

impl Findings {
    /// Whether the answer is still to come.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::None | Self::Looking)
    }

    /// What was found so far.
    pub fn list(&self) -> &[Finding] {
        match self {
            Self::Found(list) => list,
            _ => &[],
        }
    }
}

/// Gives access to a past that others use meanwhile: only for as long as a piece of it is read.
pub trait Borrowed: Send {
    /// Calls `use_it` with the past.
    fn with(&self, use_it: &mut dyn FnMut(&dyn Past));
}

/// A past as it was at a moment, of which every piece is read on its own.
struct Lent<B> {
    from: B,
    blocks: Vec<Block>,
    sampled: Vec<Sampled>,
    names: Names,
    lines: SharedLines<Line>,
    len: u64,
    end: Nanos,
}

impl<B: Borrowed> Lent<B> {
    fn new(from: B) -> Result<Self, PastError> {
        let mut parts = None;
        from.with(&mut |past| {
            let known = past.names().and_then(|names| Ok((names, past.lines()?)));
            let lists = (past.blocks().to_vec(), past.sampled().to_vec());
            parts = Some((known, lists, past.len(), past.end()));
        });
        let (known, (blocks, sampled), len, end) = parts.ok_or(PastError::Beyond { number: 0, len: 0 })?;
        let (names, lines) = known?;
        Ok(Self { from, blocks, sampled, names, lines, len, end })
    }

    fn ask<T>(&self, ask: impl Fn(&dyn Past) -> Result<T, PastError>) -> Result<T, PastError> {
        let mut answer = None;
        self.from.with(&mut |past| answer = Some(ask(past)));
        answer.unwrap_or(Err(PastError::Beyond { number: 0, len: self.len }))
    }
}

impl<B: Borrowed> Past for Lent<B> {
    fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    fn load(&self, number: usize) -> Result<Arc<Vec<Event>>, PastError> {
        self.ask(|past| past.load(number))
    }

    fn keyframe(&self, n: u64) -> Result<Option<(u64, Arc<Keyframe>)>, PastError> {
        self.ask(|past| past.keyframe(n))
    }

    fn names(&self) -> Result<Names, PastError> {
        Ok(self.names.clone())
    }

    fn lines(&self) -> Result<SharedLines<Line>, PastError> {
        Ok(self.lines.clone())
    }

    fn len(&self) -> u64 {
        self.len
    }

    fn sampled(&self) -> &[Sampled] {
        &self.sampled
    }

    fn samples(&self, number: usize) -> Result<Samples, PastError> {
        self.ask(|past| past.samples(number))
    }

    fn end(&self) -> Nanos {
        self.end
    }

    fn as_past(&self) -> &dyn Past {
        self
    }
}

/// A past of which every piece is read on its own, so that others can use it meanwhile.
///
/// # Errors
/// When its names cannot be read.
pub fn lend(from: impl Borrowed) -> Result<impl Past, PastError> {
    Lent::new(from)
}

/// The scripts of a run: those that are known, and what can be read of the others.
pub fn scripts(names: &Names, known: &[Source]) -> Vec<Source> {
    let named: BTreeSet<&str> = (1..=names.place_count()).map(|id| names.script(PlaceId(id))).collect();
    let unknown = named.into_iter().filter(|script| known.iter().all(|source| source.path != *script));
    known.iter().cloned().chain(unknown.take(SCRIPTS).filter_map(read_source)).collect()
}

/// Looks at a whole run. `known` are scripts whose texts are at hand; the others are read.
pub fn look(past: impl Borrowed, known: &[Source]) -> Findings {
    let found = Lent::new(past).and_then(|past| {
        let sources = scripts(&past.names, known);
        lint(&past, &sources, &[])
    });
    match found {
        Ok(found) => Findings::Found(Arc::new(found)),
        Err(failed) => Findings::Failed(failed.to_string()),
    }
}
