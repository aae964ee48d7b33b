//! `loopscope export`: a recording in other formats.

use std::io::{self, BufWriter, Cursor, IsTerminal as _, Write};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, Result};
use loopscope_runtime::program;
use loopscope_trace::export::{Format, Part, export};

use super::ExportArgs;
use super::filter::Filter;
use super::show::is_closed;
use loopscope::film::{self, Shot};
use loopscope::state::exporting::write_file;
use loopscope::state::open::{Opened, open};
use loopscope::state::settings::Look;
use loopscope::state::work::{Watched, Work};

/// How often it is said how far it is.
const TELL: Duration = Duration::from_millis(200);

/// Exit code of a program that was interrupted, as shells count.
const INTERRUPTED: u8 = 130;

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
    let opened = open(&args.recording)?;
    let Some(path) = &args.output else {
        let mut out = BufWriter::new(io::stdout().lock());
        let written = write(args, opened, &Work::default(), &mut out);
        return match written.and_then(|()| Ok(out.flush()?)) {
            Err(failed) if is_closed(&failed) => Ok(ExitCode::SUCCESS),
            written => written.map(|()| ExitCode::SUCCESS),
        };
    };
    let work = Work::new(format!("Exporting {}", path.display()));
    let to_cancel = work.clone();
    program::on_interrupt(move || to_cancel.cancel()).context("the system gives no thread for Ctrl+C")?;
    let told = tell(&work);
    let written = write_file(path, |out| write(args, opened, &work, out));
    work.finish();
    if let Some(told) = told {
        // Whoever says how far it is has nothing to say any more.
        drop(told.join());
    }
    if work.is_cancelled() && written.is_err() {
        eprintln!("loopscope: {} was not written: the export was cancelled", path.display());
        return Ok(ExitCode::from(INTERRUPTED));
    }
    written.with_context(|| format!("cannot write {}", path.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// Says on a terminal how far it is, when it takes a while.
fn tell(work: &Work) -> Option<std::thread::JoinHandle<()>> {
    if !io::stderr().is_terminal() {
        return None;
    }
    let work = work.clone();
    let tell = move || {
        let mut told = false;
        while !work.is_finished() {
            std::thread::sleep(TELL / 4);
            if work.percent() > 0 && !work.is_finished() {
                eprint!("\r{}: {} % (Ctrl+C cancels)", work.name(), work.percent());
                told = true;
            }
        }
        if told {
            // The line is wiped.
            eprint!("\r\x1b[K");
        }
    };
    std::thread::Builder::new().name("progress".to_owned()).spawn(tell).ok()
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
    film::png(opened.past, &shot, args.size.is_none(), &mut bytes)?;
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
