//! A run in other programs' formats, as a picture, and as a page that plays it.

mod chrome;
mod cpuprofile;
mod flames;
mod html;
mod svg;

use std::io::Write;
use std::ops::Range;

use loopscope_protocol::state::Names;
use loopscope_protocol::{Nanos, PlaceId};

use crate::past::{Past, PastError};
use crate::recording::{Meta, Source};
use crate::runs::Run;

/// Why a run cannot be exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Writing failed.
    #[error("the export cannot be written: {0}")]
    Io(#[from] std::io::Error),
    /// The run cannot be read.
    #[error(transparent)]
    Past(#[from] PastError),
    /// It holds more than the format can show.
    #[error(
        "a page that plays the run holds at most {most} events, and this part of the run has {found}: choose a part with --from and --to"
    )]
    TooLong {
        /// Events of the part.
        found: u64,
        /// What fits.
        most: u64,
    },
}

/// What is exported.
pub struct Part<'a> {
    /// The run.
    pub past: &'a dyn Past,
    /// What is known of it.
    pub meta: &'a Meta,
    /// Its scripts.
    pub sources: &'a [Source],
    /// Which of its events.
    pub range: Range<u64>,
}

/// Formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The JSON of Chrome's tracing: one row for the loop.
    Chrome,
    /// The same with a row per kind of callback, as Perfetto shows it best.
    Perfetto,
    /// The CPU profile of V8: callbacks as functions.
    CpuProfile,
    /// A picture of the timeline.
    Svg,
    /// A page that plays the run in a browser.
    Html,
}

/// Writes a run in a format.
///
/// # Errors
/// When it cannot be read or written, or is too long for the format.
pub fn export(part: &Part<'_>, format: Format, out: &mut dyn Write) -> Result<(), ExportError> {
    match format {
        Format::Chrome => chrome::write(part, false, out),
        Format::Perfetto => chrome::write(part, true, out),
        Format::CpuProfile => cpuprofile::write(part, out),
        Format::Svg => svg::write(part, out),
        Format::Html => html::write(part, out),
    }
}

/// Microseconds, as these formats count.
fn micros(at: Nanos) -> f64 {
    at as f64 / 1e3
}

/// A callback's function, or its kind when nothing is known of it.
fn title(names: &Names, run: &Run) -> String {
    let place = if run.callback.is_some() { run.callback } else { run.site };
    match names.describe(place) {
        empty if empty.is_empty() => run.kind.name().to_owned(),
        place => place,
    }
}

/// A function by its name, or by where it is when it has none.
fn frame_name(names: &Names, place: PlaceId) -> String {
    let function = names.place(place).map_or("", |place| names.text(place.function));
    if function.is_empty() { names.describe(place) } else { function.to_owned() }
}

/// What an export that draws wants of the run.
struct Drawn {
    names: Names,
    /// From when to when.
    from: Nanos,
    to: Nanos,
}

impl Drawn {
    fn of(part: &Part<'_>) -> Result<Self, PastError> {
        let from = if part.range.start == 0 { 0 } else { part.past.time_of(part.range.start)? };
        Ok(Self { names: part.past.names()?, from, to: part.past.time_of(part.range.end)?.max(from) })
    }

    /// How long it is, never nothing.
    fn span(&self) -> f64 {
        self.to.saturating_sub(self.from).max(1) as f64
    }
}
