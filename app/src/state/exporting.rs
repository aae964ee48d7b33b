//! A run in formats of other programs.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::ops::Range;
use std::path::Path;

use loopscope_protocol::Nanos;
use loopscope_trace::export::{Format, Part, export};
use loopscope_trace::{Meta, Past, Source};

use super::failure::told;
use super::findings::{Borrowed, lend};
use super::work::{Watched, Work};

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
    /// The seen part of the timeline as a picture with all of its rows.
    Png,
    /// A page that plays the seen part.
    Page,
    /// An animated picture that plays the seen part.
    Gif,
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
            Self::Gif => "gif",
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
            Self::Png | Self::Gif => return None,
        })
    }
}

/// What the panels draw for an export.
pub trait Draw: Send {
    /// Draws the events in `range`.
    ///
    /// # Errors
    /// When the run cannot be read, the output cannot be written, or the work is cancelled.
    fn draw(
        &self,
        past: Box<dyn Past>,
        range: Range<u64>,
        work: &Work,
        out: &mut BufWriter<File>,
    ) -> anyhow::Result<()>;
}

/// Writes a file: an old one of the same name stays whole until the new one is.
///
/// # Errors
/// When `write` fails, or the system does not let it; nothing is left of the attempt then.
pub fn write_file(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let beside = path.with_extension(format!("{ending}.new"));
    let write = || {
        // Devices and pipes are written as they are.
        if path.exists() && !path.is_file() {
            let mut out = BufWriter::new(File::create(path)?);
            write(&mut out)?;
            return Ok(out.flush()?);
        }
        let mut out = BufWriter::new(File::create(&beside)?);
        write(&mut out)?;
        out.flush()?;
        Ok(fs::rename(&beside, path)?)
    };
    write().inspect_err(|_| drop(fs::remove_file(&beside)))
}

/// Exports a run into a file; `seen` is the part of it that the timeline shows. `draw` draws what the panels show.
///
/// # Errors
/// With a sentence that says what to do.
pub fn to_file(
    past: impl Borrowed + 'static,
    (meta, sources): (&Meta, &[Source]),
    (what, draw): (Export, &dyn Draw),
    seen: Range<Nanos>,
    path: &Path,
    work: &Work,
) -> Result<(), String> {
    let write = |out: &mut BufWriter<File>| -> anyhow::Result<()> {
        let past = lend(past)?;
        let format = what.format();
        let only_seen = format.is_none_or(|(_, only_seen)| only_seen);
        let range =
            if only_seen { past.at_time(seen.start)?..past.at_time(seen.end)? } else { 0..past.len() };
        match format {
            None => draw.draw(Box::new(past), range, work, out),
            Some((format, _)) => {
                let past = Watched::new(Box::new(past), &range, work);
                Ok(export(&Part { past: &past, meta, sources, range }, format, out)?)
            }
        }
    };
    write_file(path, write).map_err(|failed| {
        if work.is_cancelled() {
            return format!("{} was not written: the export was cancelled.", path.display());
        }
        format!("{} cannot be written: {}", path.display(), told(&failed))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_of_an_export_that_fails_and_the_old_file_stays() {
        let folder = std::env::temp_dir().join(format!("loopscope-export-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("run.gif");
        fs::write(&path, "old").unwrap();
        let failed = write_file(&path, |out| {
            out.write_all(b"half")?;
            anyhow::bail!("cancelled")
        });
        assert_eq!(failed.unwrap_err().to_string(), "cancelled");
        let names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!((names, fs::read_to_string(&path).unwrap()), (vec!["run.gif".into()], "old".to_owned()));
        write_file(&path, |out| Ok(out.write_all(b"new")?)).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        fs::remove_dir_all(&folder).unwrap();
    }
}
