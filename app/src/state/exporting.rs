//! A run in formats of other programs.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::ops::Range;
use std::path::Path;

use loopscope_protocol::Nanos;
use loopscope_trace::export::{Format, Part, export};
use loopscope_trace::{Meta, Past, Source};

use super::findings::{Borrowed, lend};

/// What can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Export {
    /// For Perfetto: a row for each kind of callback.
    Perfetto,
    /// For Chrome and the Firefox Profiler.
    Chrome,
    /// As a CPU profile.
    Profile,
    /// The seen part of the timeline as a drawing.
    Svg,
    /// The seen part of the timeline as it is on the screen.
    Png,
    /// A page that plays the seen part.
    Page,
}

impl Export {
    /// Ending of the file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Perfetto | Self::Chrome => "json",
            Self::Profile => "cpuprofile",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Page => "html",
        }
    }

    /// The format, and whether only what is seen is exported.
    fn format(self) -> Option<(Format, bool)> {
        Some(match self {
            Self::Perfetto => (Format::Perfetto, false),
            Self::Chrome => (Format::Chrome, false),
            Self::Profile => (Format::CpuProfile, false),
            Self::Svg => (Format::Svg, true),
            Self::Page => (Format::Html, true),
            Self::Png => return None,
        })
    }
}

/// Exports a run into a file; `seen` is the part of it that the timeline shows.
///
/// # Errors
/// With a sentence that says what to do.
pub fn to_file(
    past: impl Borrowed,
    (meta, sources): (&Meta, &[Source]),
    what: Export,
    seen: Range<Nanos>,
    path: &Path,
) -> Result<(), String> {
    let Some((format, only_seen)) = what.format() else { return Ok(()) };
    // An old file stays whole until the new one is.
    let beside = path.with_extension(format!("{}.new", what.ending()));
    let export = || -> anyhow::Result<()> {
        let past = lend(past)?;
        let range =
            if only_seen { past.at_time(seen.start)?..past.at_time(seen.end)? } else { 0..past.len() };
        let mut out = BufWriter::new(File::create(&beside)?);
        export(&Part { past: &past, meta, sources, range }, format, &mut out)?;
        out.flush()?;
        fs::rename(&beside, path)?;
        Ok(())
    };
    export().map_err(|failed| {
        // What is left of the attempt is of no use.
        drop(fs::remove_file(&beside));
        format!("{} cannot be written: {failed:#}", path.display())
    })
}
