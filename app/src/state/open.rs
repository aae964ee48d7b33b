//! Opens what holds a run: recordings, traces as JSON lines, traces of Node.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use loopscope_protocol::state::duration;
use loopscope_trace::node_trace::{is_trace, read_node_trace_into};
use loopscope_trace::recording::MAGIC;
use loopscope_trace::{History, Meta, Note, Past, Recording, Source, read_json_into};

use super::store::Temporary;
use super::work::Work;

/// So much of a file is looked at to find out what it is.
const START: usize = 4096;

/// Records between two looks at whether the file is still wanted.
const LOOK: u64 = 4096;

/// A run from a file.
pub struct Opened {
    /// What happened.
    pub past: Box<dyn Past>,
    /// What is known of the run as a whole.
    pub meta: Meta,
    /// The scripts as they were.
    pub sources: Vec<Source>,
    /// What was noted.
    pub notes: Vec<Note>,
    /// What could not be read.
    pub problems: Vec<String>,
    /// Whether the file was closed properly.
    pub complete: bool,
    /// The same read through a handle of its own, where that costs nothing.
    pub beside: Option<Box<dyn Past>>,
}

impl Opened {
    /// What there is of a recording that was not closed properly.
    pub fn ending(&self) -> Option<String> {
        if self.complete {
            return None;
        }
        let (events, end) = (self.past.len(), duration(self.past.end()));
        Some(format!(
            "The recording was not closed properly, or is still being written: {events} events until {end} can be read."
        ))
    }
}

/// Whether a file holds a run rather than a script, by its name and how it begins.
pub fn is_run(path: &Path) -> bool {
    let mut start = [0; START];
    let Ok(length) = File::open(path).and_then(|mut file| read_start(&mut file, &mut start)) else {
        return false;
    };
    let start = &start[..length];
    let text = String::from_utf8_lossy(start);
    // A damaged recording is one all the same: opening it says what is wrong.
    let named = path.extension().is_some_and(|extension| extension == "loopscope");
    named
        || start.starts_with(&MAGIC)
        || text.starts_with("{\"format\":\"loopscope-trace\"")
        || is_trace(start)
}

/// Opens a file, whatever kind of trace it is.
///
/// # Errors
/// When it cannot be read or is no trace.
pub fn open(path: &Path) -> Result<Opened> {
    open_watched(path, &Work::default())
}

/// The same as some work: it tells how far it is, and ends when it is cancelled.
///
/// # Errors
/// When the file cannot be read or is no trace, or the work was cancelled.
pub fn open_watched(path: &Path, work: &Work) -> Result<Opened> {
    let mut file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let bytes = file.metadata().map_or(0, |about| about.len());
    work.set_bytes(0, bytes);
    let mut start = [0; START];
    let length =
        read_start(&mut file, &mut start).with_context(|| format!("cannot read {}", path.display()))?;
    let start = &start[..length];
    if start.starts_with(&MAGIC[..start.len().min(MAGIC.len())]) && !start.is_empty() {
        return recording(file, path, work).with_context(|| format!("cannot open {}", path.display()));
    }
    let mut input = BufReader::new(file);
    let text = String::from_utf8_lossy(start);
    if text.starts_with("{\"format\":\"loopscope-trace\"") {
        let (mut history, mut count) = (History::new(Temporary::store()), 0_u64);
        let mut take = |record, read| {
            history.apply(&record);
            count += 1;
            if count.is_multiple_of(LOOK) {
                work.set_bytes(read, bytes);
            }
            !work.is_cancelled()
        };
        let failed = read_json_into(&mut input, &mut take)
            .with_context(|| format!("cannot read {}", path.display()))?;
        work.go_on()?;
        let problems =
            failed.into_iter().map(|failed| format!("{failed}; what comes before is shown")).collect();
        return Ok(Opened { problems, ..of_history(history, Meta::default()) });
    }
    if is_trace(start) {
        let mut watch = |done: f64| {
            work.set_bytes((done * bytes as f64) as u64, bytes);
            !work.is_cancelled()
        };
        let read = read_node_trace_into(input, bytes, History::new(Temporary::store()), &mut watch)
            .with_context(|| format!("cannot read {}", path.display()))?;
        return Ok(Opened { problems: read.problems, ..of_history(read.history, read.meta) });
    }
    if input.fill_buf().is_ok_and(<[u8]>::is_empty) {
        bail!("{} is empty; `loopscope record FILE` makes recordings", path.display());
    }
    bail!(
        "{} is neither a recording (`loopscope record`) nor a trace (`loopscope trace --json`, `node --trace-events-enabled`)",
        path.display()
    );
}

fn read_start(file: &mut File, start: &mut [u8]) -> std::io::Result<usize> {
    let mut length = 0;
    while length < start.len() {
        match file.read(&mut start[length..])? {
            0 => break,
            read => length += read,
        }
    }
    file.rewind()?;
    Ok(length)
}

fn recording(file: File, path: &Path, work: &Work) -> Result<Opened> {
    let mut watch = |done, all| {
        work.set_bytes(done, all);
        !work.is_cancelled()
    };
    // Frames are read whole; only the search for marks in damaged files reads less at once.
    let recording = Recording::open_with_names(file, &mut watch)?;
    let beside = File::open(path).ok().filter(|other| is_as_long(other, recording.size()));
    let mut problems = recording.problems();
    let notes = recording.notes().unwrap_or_else(|failed| {
        problems.push(failed.to_string());
        Vec::new()
    });
    Ok(Opened {
        meta: recording.meta().clone(),
        sources: recording.sources(),
        complete: recording.is_complete(),
        notes,
        problems,
        beside: beside.map(|other| Box::new(recording.beside(other)) as _),
        past: Box::new(recording),
    })
}

/// Another program may have put another file in its place meanwhile.
fn is_as_long(file: &File, bytes: u64) -> bool {
    file.metadata().is_ok_and(|about| about.len() == bytes)
}

fn of_history(history: History, meta: Meta) -> Opened {
    Opened {
        past: Box::new(history),
        meta,
        sources: Vec::new(),
        notes: Vec::new(),
        problems: Vec::new(),
        complete: true,
        beside: None,
    }
}
