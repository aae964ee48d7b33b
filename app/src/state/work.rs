//! Something that takes a while and goes on beside the window: how far it is, and the wish to end it.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

use loopscope_protocol::state::{Keyframe, Line, Names, Shared};
use loopscope_protocol::{Event, Nanos, Samples};
use loopscope_trace::past::Block;
use loopscope_trace::sampled::Sampled;
use loopscope_trace::{Past, PastError};

/// See the module. Copies are about the same work.
#[derive(Debug, Clone, Default)]
pub struct Work(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// Tells it from others.
    id: u64,
    /// What is being done, for the status line.
    name: String,
    /// Thousandths that are done.
    done: AtomicU32,
    /// Bytes that there are to read; 0 when it is not about those.
    bytes: AtomicU64,
    cancelled: AtomicBool,
    finished: AtomicBool,
}

/// Why it was not done to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it was cancelled")]
pub struct Cancelled;

impl Work {
    /// Work of this name, such as "Exporting app.gif".
    pub fn new(name: impl Into<String>) -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(1);
        let id = COUNT.fetch_add(1, Ordering::Relaxed);
        Self(Arc::new(Inner { id, name: name.into(), ..Inner::default() }))
    }

    /// What tells it from other work.
    pub fn id(&self) -> u64 {
        self.0.id
    }

    /// What is being done.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// How much is done, from 0 to 100.
    pub fn percent(&self) -> u32 {
        self.0.done.load(Ordering::Relaxed) / 10
    }

    /// So much of `all` is done.
    pub fn set(&self, done: u64, all: u64) {
        let thousandths = (u128::from(done) * 1000 / u128::from(all.max(1))).min(1000);
        self.0.done.store(u32::try_from(thousandths).unwrap_or(1000), Ordering::Relaxed);
    }

    /// So many bytes of `all` are read.
    pub fn set_bytes(&self, done: u64, all: u64) {
        self.0.bytes.store(all, Ordering::Relaxed);
        self.set(done, all);
    }

    /// What is being done and how far it is, such as "Opening app.loopscope: 40 % of 2.1 GB".
    pub fn text(&self) -> String {
        let of = match self.0.bytes.load(Ordering::Relaxed) {
            0 => String::new(),
            bytes => format!(" of {}", size(bytes)),
        };
        format!("{}: {} %{of}", self.name(), self.percent())
    }

    /// It is not wanted any more.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it is not.
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }

    /// It is over, however it went.
    pub fn finish(&self) {
        self.0.finished.store(true, Ordering::Release);
    }

    /// Whether it is over.
    pub fn is_finished(&self) -> bool {
        self.0.finished.load(Ordering::Acquire)
    }

    /// Whether it goes on.
    ///
    /// # Errors
    /// When it does not.
    pub fn go_on(&self) -> Result<(), Cancelled> {
        if self.is_cancelled() { Err(Cancelled) } else { Ok(()) }
    }
}

/// A number of bytes in words.
fn size(bytes: u64) -> String {
    let value = bytes as f64;
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.0} KB", value / 1e3),
        1_000_000..1_000_000_000 => format!("{:.0} MB", value / 1e6),
        _ => format!("{:.1} GB", value / 1e9),
    }
}

impl From<Cancelled> for io::Error {
    fn from(cancelled: Cancelled) -> Self {
        Self::other(cancelled)
    }
}

/// A past whose reading counts as the progress of some work, and ends with it.
pub struct Watched {
    past: Box<dyn Past>,
    work: Work,
    /// Numbers of the first block that will be read, and of the one behind the last.
    blocks: std::ops::Range<usize>,
}

impl Watched {
    /// `past`, of which the events in `range` will be read, in order.
    pub fn new(past: Box<dyn Past>, range: &std::ops::Range<u64>, work: &Work) -> Self {
        let blocks = past.block_of(range.start)..past.block_of(range.end) + 1;
        Self { past, work: work.clone(), blocks }
    }
}

impl Past for Watched {
    fn blocks(&self) -> &[Block] {
        self.past.blocks()
    }

    fn load(&self, number: usize) -> Result<Arc<Vec<Event>>, PastError> {
        self.work.go_on().map_err(io::Error::from)?;
        let done = number.saturating_sub(self.blocks.start) as u64;
        self.work.set(done, self.blocks.len() as u64);
        self.past.load(number)
    }

    fn keyframe(&self, n: u64) -> Result<Option<(u64, Arc<Keyframe>)>, PastError> {
        self.past.keyframe(n)
    }

    fn names(&self) -> Result<Names, PastError> {
        self.past.names()
    }

    fn lines(&self) -> Result<Shared<Line>, PastError> {
        self.past.lines()
    }

    fn len(&self) -> u64 {
        self.past.len()
    }

    fn sampled(&self) -> &[Sampled] {
        self.past.sampled()
    }

    fn samples(&self, number: usize) -> Result<Samples, PastError> {
        self.work.go_on().map_err(io::Error::from)?;
        self.past.samples(number)
    }

    fn end(&self) -> Nanos {
        self.past.end()
    }

    fn as_past(&self) -> &dyn Past {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_tells_how_far_it_is() {
        let work = Work::new("Opening a.loopscope");
        work.set(1, 4);
        assert_eq!(work.text(), "Opening a.loopscope: 25 %");
        work.set_bytes(860_000_000, 2_150_000_000);
        assert_eq!(work.text(), "Opening a.loopscope: 40 % of 2.1 GB");
        assert_eq!([0, 999, 12_345, 5_400_000].map(size), ["0 bytes", "999 bytes", "12 KB", "5 MB"]);
    }
}
