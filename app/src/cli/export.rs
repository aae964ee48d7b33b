//! `loopscope export`: a recording in other formats.

use std::io::{self, BufWriter, Cursor, Write};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use loopscope_trace::export::{Format, Part, export};

use super::ExportArgs;
use super::filter::Filter;
use super::progress::{self, Told};
use super::show::is_closed;
use loopscope::film::{self, Shot, Still};
use loopscope::state::exporting::write_file;
use loopscope::state::open::Opened;
use loopscope::state::settings::Look;
use loopscope::state::work::{Watched, Work};

/// Formats as the command line names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum FormatArg {
    /// Trace events of Chrome: Perfetto, chrome://tracing, Firefox Profiler
    Chrome,
    /// The same with a row per kind of callback
    PerfettoJson,
    /// CPU profile of V8: callbacks as functions
    Cpuprofile,
    /// Drawing of the timeline
    Svg,
    /// Picture of the timeline as the window draws it
    Png,
    /// Animated picture: ring, queues, timeline and console play the run
    Gif,
    /// Page that plays the run, without a network
    Html,
}

impl FormatArg {
    /// The format; `None` when it is drawn by the panels.
    fn format(self) -> Option<Format> {
        Some(match self {
            Self::Chrome => Format::Chrome,
            Self::PerfettoJson => Format::Perfetto,
            Self::Cpuprofile => Format::CpuProfile,
            Self::Svg => Format::Svg,
            Self::Html => Format::Html,
            Self::Png | Self::Gif => return None,
        })
    }
}

/// Reads a size such as `1000x620`.
///
/// # Errors
/// When it is none, or too small or large for a picture.
pub fn parse_size(text: &str) -> Result<(u16, u16), String> {
    let sides = text.split_once('x').map(|(width, height)| (width.parse(), height.parse()));
    match sides {
        Some((Ok(width), Ok(height))) if (320..=4096).contains(&width) && (200..=4096).contains(&height) => {
            Ok((width, height))
        }
        _ => Err("a size is WIDTHxHEIGHT in pixels, from 320x200 to 4096x4096, such as 1000x620".to_owned()),
    }
}

/// Exports a recording.
///
/// # Errors
/// When it cannot be opened, is too long for the format, or the output cannot be written.
pub fn run(args: &ExportArgs) -> Result<ExitCode> {
    let Some(opened) = progress::open(&args.recording)? else { return Ok(progress::interrupted()) };
    let Some(path) = &args.output else {
        let mut out = BufWriter::new(io::stdout().lock());
        let written = write(args, opened, &Work::default(), &mut out);
        return match written.and_then(|()| Ok(out.flush()?)) {
            Err(failed) if is_closed(&failed) => Ok(ExitCode::SUCCESS),
            written => written.map(|()| ExitCode::SUCCESS),
        };
    };
    let work = Work::new(format!("Exporting {}", path.display()));
    let told = Told::begin(&work)?;
    let written = write_file(path, |out| write(args, opened, &work, out));
    drop(told);
    if work.is_cancelled() && written.is_err() {
        eprintln!("loopscope: {} was not written: the export was cancelled", path.display());
        return Ok(progress::interrupted());
    }
    written.with_context(|| format!("cannot write {}", path.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn write(args: &ExportArgs, opened: Opened, work: &Work, out: &mut dyn Write) -> Result<()> {
    let filter = Filter { from: args.from, to: args.to, ..Filter::default() };
    let range = filter.range(&*opened.past)?;
    if let Some(format) = args.format.format() {
        let past = Watched::new(opened.past, &range, work);
        let part = Part { past: &past, meta: &opened.meta, sources: &opened.sources, range };
        return Ok(export(&part, format, out)?);
    }
    let (width, height) = args.size.unwrap_or(film::SIZE);
    let look = if args.dark { Look::Dark } else { Look::Light };
    let script = opened.meta.script.first().cloned().unwrap_or_default();
    let format = film::Format { width, height, look };
    let shot = Shot { script: &script, attached: opened.meta.is_attached(), range, format, work };
    if args.format == FormatArg::Gif {
        return Ok(film::gif(opened.past, &shot, args.pictures, out)?);
    }
    let mut bytes = Cursor::new(Vec::new());
    let still = Still { fits: args.size.is_none(), notes: opened.notes, ..Still::default() };
    film::png(opened.past, &shot, &still, &mut bytes)?;
    Ok(out.write_all(bytes.get_ref())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_and_checked() {
        assert_eq!(parse_size("1000x620"), Ok((1000, 620)));
        for bad in ["1000", "x", "10x10", "99999x500", "-5x300", "1000 x 620"] {
            assert!(parse_size(bad).is_err(), "{bad}");
        }
    }
}
