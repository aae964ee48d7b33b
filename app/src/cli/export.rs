//! `loopscope export`: a recording in other formats.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use loopscope_trace::export::{Format, Part, export};

use super::ExportArgs;
use super::filter::Filter;
use super::show::is_closed;
use loopscope::state::open::open;

/// Formats as the command line names them.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum FormatArg {
    /// Trace events of Chrome: Perfetto, chrome://tracing, Firefox Profiler
    Chrome,
    /// The same with a row per kind of callback
    PerfettoJson,
    /// CPU profile of V8: callbacks as functions
    Cpuprofile,
    /// Picture of the timeline
    Svg,
    /// Page that plays the run, without a network
    Html,
}

impl FormatArg {
    fn format(self) -> Format {
        match self {
            Self::Chrome => Format::Chrome,
            Self::PerfettoJson => Format::Perfetto,
            Self::Cpuprofile => Format::CpuProfile,
            Self::Svg => Format::Svg,
            Self::Html => Format::Html,
        }
    }
}

/// Exports a recording.
///
/// # Errors
/// When it cannot be opened, is too long for the format, or the output cannot be written.
pub fn run(args: &ExportArgs) -> Result<ExitCode> {
    let opened = open(&args.recording)?;
    let filter = Filter { from: args.from, to: args.to, ..Filter::default() };
    let range = filter.range(&*opened.past)?;
    let part = Part { past: &*opened.past, meta: &opened.meta, sources: &opened.sources, range };
    let Some(path) = &args.output else {
        let mut out = BufWriter::new(io::stdout().lock());
        let written = export(&part, args.format.format(), &mut out).map_err(anyhow::Error::from);
        return match written.and_then(|()| Ok(out.flush()?)) {
            Err(failed) if is_closed(&failed) => Ok(ExitCode::SUCCESS),
            written => written.map(|()| ExitCode::SUCCESS),
        };
    };
    let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    let mut out = BufWriter::new(file);
    export(&part, args.format.format(), &mut out)
        .and_then(|()| Ok(out.flush()?))
        .inspect_err(|_| {
            // Half an export is worse than none; what cannot be removed stays.
            drop(std::fs::remove_file(path));
        })
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(ExitCode::SUCCESS)
}
