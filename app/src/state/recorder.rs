//! Writing a run into a recording: all of it at once, or while it goes on.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use loopscope_protocol::Record;
use loopscope_trace::recording::{definitions, samples};
use loopscope_trace::{Meta, Note, Past, RecordingError, Source, Writer};

/// What is lost at most when the program ends without warning.
pub const FLUSH: Duration = Duration::from_millis(100);

/// Scripts up to this size.
const SOURCE_MOST: u64 = 4 << 20;

/// Events that are read from the past at a time.
pub const PIECE: u64 = 8192;

/// Why a recording cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum RecorderError {
    /// There is nothing of it.
    #[error(
        "The recording {path:?} cannot be written: {reason}. The run is not touched by that; save it elsewhere."
    )]
    None {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: RecordingError,
    },
    /// There is a part of it.
    #[error(
        "The recording {path:?} ends after {events} events: {reason}. These can be opened; the run is not touched by that."
    )]
    Part {
        /// The file.
        path: PathBuf,
        /// What was taken before.
        events: u64,
        /// What the system says.
        reason: RecordingError,
    },
}

impl RecorderError {
    fn none(path: &Path, reason: impl Into<RecordingError>) -> Self {
        Self::None { path: path.to_owned(), reason: reason.into() }
    }

    /// The same about a file of which nothing is kept.
    fn not_kept(self, path: &Path) -> Self {
        match self {
            Self::None { reason, .. } | Self::Part { reason, .. } => Self::none(path, reason),
        }
    }
}

/// What is known about a run beside its events.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// The script as its places name it, and its arguments.
    pub script: Vec<String>,
    /// Text of a script that is in no file.
    pub text: Option<String>,
    /// What the recording says that it was opened from.
    pub recorded: Option<Meta>,
}

impl About {
    /// The script that is in no file.
    pub fn source(&self) -> Vec<Source> {
        let known = self.text.as_ref().zip(self.script.first());
        known.map(|(text, path)| Source { path: path.clone(), text: text.clone() }).into_iter().collect()
    }

    /// What a recording says about the run.
    pub fn meta(&self) -> Meta {
        if let Some(meta) = &self.recorded {
            return meta.clone();
        }
        let folder = self.script.first().and_then(|script| Path::new(script).parent());
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Meta {
            program: format!("loopscope {}", env!("CARGO_PKG_VERSION")),
            node: loopscope_runtime::NODE_VERSION.to_owned(),
            script: self.script.clone(),
            folder: folder.map(|folder| folder.to_string_lossy().into_owned()).unwrap_or_default(),
            started: u64::try_from(since.as_millis()).unwrap_or(0),
            remarks: Vec::new(),
        }
    }
}

/// A recording that is being written.
pub struct Recorder {
    path: PathBuf,
    writer: Writer<BufWriter<File>>,
    flushed: Instant,
}

impl Recorder {
    /// Begins a recording.
    ///
    /// # Errors
    /// When the system does not let it.
    pub fn begin(path: &Path, about: About) -> Result<Self, RecorderError> {
        let failed = |reason: RecordingError| RecorderError::none(path, reason);
        let file = File::create(path).map_err(|error| failed(error.into()))?;
        let mut writer = Writer::new(BufWriter::new(file), &about.meta()).map_err(failed)?;
        if let (Some(text), Some(script)) = (&about.text, about.script.first()) {
            writer.source(&Source { path: script.clone(), text: text.clone() }).map_err(failed)?;
        }
        Ok(Self { path: path.to_owned(), writer, flushed: Instant::now() })
    }

    /// Takes records, and writes them now and then; returns whether all of them were handed to the system.
    ///
    /// # Errors
    /// When the system does not let it.
    pub fn take(&mut self, records: &[Record]) -> Result<bool, RecorderError> {
        for record in records {
            self.writer.record(record).map_err(|reason| self.failed(reason))?;
        }
        for script in self.writer.take_new_scripts() {
            if let Some(source) = read_source(&script) {
                self.writer.source(&source).map_err(|reason| self.failed(reason))?;
            }
        }
        let is_time = self.flushed.elapsed() >= FLUSH;
        if is_time {
            self.flush()?;
        }
        Ok(is_time)
    }

    /// Writes everything so far.
    ///
    /// # Errors
    /// When the system does not let it.
    pub fn flush(&mut self) -> Result<(), RecorderError> {
        self.flushed = Instant::now();
        self.writer.flush().map_err(|reason| self.failed(reason))
    }

    /// Ends the recording with notes.
    ///
    /// # Errors
    /// When the system does not let it.
    pub fn finish(mut self, notes: &[Note]) -> Result<PathBuf, RecorderError> {
        let (path, events) = (self.path.clone(), self.writer.events());
        self.writer.notes(notes).map_err(|reason| self.failed(reason))?;
        match self.writer.finish() {
            Ok(_) => Ok(path),
            Err(reason) => Err(RecorderError::Part { path, events, reason }),
        }
    }

    /// Why writing it failed.
    pub fn failed(&self, reason: RecordingError) -> RecorderError {
        RecorderError::Part { path: self.path.clone(), events: self.writer.events(), reason }
    }
}

/// The definitions of a past, for a recording that begins in the middle of a run.
///
/// # Errors
/// When the past cannot be read.
pub fn defined(past: &dyn Past) -> Result<Vec<Record>, RecordingError> {
    Ok(definitions(past)?.collect())
}

/// A script as it is on disk; a run rarely changes it.
pub fn read_source(script: &str) -> Option<Source> {
    let file = script.strip_prefix("file://").unwrap_or(script);
    let path = Path::new(file);
    if !path.is_absolute() || fs::metadata(path).ok()?.len() > SOURCE_MOST {
        return None;
    }
    Some(Source { path: script.to_owned(), text: fs::read_to_string(path).ok()? })
}

/// Writes a past into a file, a piece at a time: `read` gives the records of the next piece, none when there are no more.
///
/// # Errors
/// When the system does not let it or the past cannot be read.
pub fn save(
    path: &Path,
    about: About,
    notes: &[Note],
    read: impl FnMut() -> Result<Vec<Record>, RecordingError>,
) -> Result<PathBuf, RecorderError> {
    // An old recording stays whole until the new one is; it may even be the one that is being read.
    let beside = path.with_extension("loopscope.new");
    let saved = write(&beside, about, notes, read)
        .and_then(|()| fs::rename(&beside, path).map_err(|error| RecorderError::none(path, error)));
    match saved {
        Ok(()) => Ok(path.to_owned()),
        Err(failed) => {
            // A part of a run that is there as a whole is of no use; on a full disk its room is.
            drop(fs::remove_file(&beside));
            Err(failed.not_kept(path))
        }
    }
}

fn write(
    path: &Path,
    about: About,
    notes: &[Note],
    mut read: impl FnMut() -> Result<Vec<Record>, RecordingError>,
) -> Result<(), RecorderError> {
    let mut recorder = Recorder::begin(path, about)?;
    loop {
        let records = read().map_err(|reason| RecorderError::none(path, reason))?;
        if records.is_empty() {
            break;
        }
        recorder.take(&records)?;
    }
    recorder.finish(notes)?;
    Ok(())
}

/// The records of a piece of the past, beginning at `from`; texts of scripts and definitions come first.
///
/// # Errors
/// When they cannot be read.
pub fn piece(
    past: &dyn Past,
    sources: &[Source],
    from: u64,
    defined: bool,
) -> Result<Vec<Record>, RecordingError> {
    let mut records = Vec::new();
    if !defined {
        records.extend(sources.iter().cloned().map(|source| Record::Source(Box::new(source))));
        records.extend(self::defined(past)?);
        for sampled in samples(past) {
            records.push(sampled?);
        }
    }
    for event in past.events(from..(from + PIECE).min(past.len())) {
        records.push(Record::Event(event?.1));
    }
    Ok(records)
}

#[cfg(all(test, unix))]
mod tests {
    use loopscope_protocol::{Event, EventKind};

    use super::*;

    fn beat(at: u64) -> Record {
        Record::Event(Event { at, kind: EventKind::Heap { used: at, total: at } })
    }

    #[test]
    fn a_full_disk_is_told_of_at_once() {
        let failed = Recorder::begin(Path::new("/dev/full"), About::default()).err().unwrap().to_string();
        assert!(failed.contains("cannot be written: No space left on device"), "{failed}");
    }

    #[test]
    fn a_run_that_cannot_be_saved_leaves_nothing_behind_and_the_old_file_whole() {
        let folder = std::env::temp_dir().join(format!("loopscope-unsaved-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("a.loopscope");
        fs::write(&path, "an older one").unwrap();
        let mut count = 0;
        let read = || {
            count += 1;
            if count < 3 {
                Ok(vec![beat(count)])
            } else {
                Err(std::io::Error::other("the disk is gone").into())
            }
        };
        let failed = save(&path, About::default(), &[], read).unwrap_err().to_string();
        assert!(
            failed.contains("a.loopscope\" cannot be written: the disk is gone. The run is not touched"),
            "{failed}"
        );
        let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["a.loopscope"]);
        assert_eq!(fs::read_to_string(&path).unwrap(), "an older one");
        fs::remove_dir_all(&folder).unwrap();
    }
}
