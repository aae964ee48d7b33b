//! Recordings: the past of a run in a file, `NAME.loopscope`.
//!
//! A file is a header and frames. Every frame carries its length and a checksum and begins with a mark, so that what was
//! written before a crash, and what lies behind a damaged part, is found. A file that was closed properly ends with an index;
//! without it the index is made again from the heads of the frames.

mod format;
mod index;
mod reader;
mod scan;
mod writer;

pub use loopscope_protocol::Source;
use loopscope_protocol::{Nanos, Record};
use serde::{Deserialize, Serialize};

use crate::past::{Past, PastError};

pub use format::VERSION;
pub use reader::Recording;
pub use writer::Writer;

/// How a file begins; tells recordings from other files.
pub use format::MAGIC;

/// Why a recording cannot be written or opened.
#[derive(Debug, thiserror::Error)]
pub enum RecordingError {
    /// Reading or writing failed.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// It is another kind of file.
    #[error("this is no Loopscope recording; `loopscope record FILE` makes one")]
    NoRecording,
    /// A later version of Loopscope wrote it.
    #[error(
        "the recording has format version {found}; this program reads up to version {VERSION}: open it with a newer Loopscope"
    )]
    Newer {
        /// Its version.
        found: u32,
    },
    /// The header is there but nothing that can be read.
    #[error("the recording is damaged: {0}")]
    Damaged(String),
    /// What was to be saved cannot be read.
    #[error(transparent)]
    Past(#[from] PastError),
    /// It is not wanted any more.
    #[error("it was cancelled")]
    Cancelled,
}

/// What a recording says about the run as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// Program and version that wrote it.
    pub program: String,
    /// Version of Node whose behaviour was followed.
    pub node: String,
    /// The script, and behind it its arguments.
    pub script: Vec<String>,
    /// The folder in which it ran.
    pub folder: String,
    /// When it began: milliseconds since 1970; 0 when unknown.
    pub started: u64,
    /// Things to know about where it came from, such as what another program's trace does not tell.
    pub remarks: Vec<String>,
}

/// How the program of a run begins that was read from a trace of real Node.
pub(crate) const ATTACHED: &str = "node ";

impl Meta {
    /// Whether the run was read from a trace of real Node: when things were ready, when operations were done, and where the
    /// main script begins and ends are inferred then.
    pub fn is_attached(&self) -> bool {
        self.program.starts_with(ATTACHED)
    }
}

/// Something that somebody noted about a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The moment: number of events before it.
    pub moment: u64,
    /// Its time.
    pub at: Nanos,
    /// The words; empty for a mere bookmark.
    pub text: String,
}

/// Saves a past as a recording.
///
/// # Errors
/// When it cannot be read or written.
pub fn save(
    past: &dyn Past,
    meta: &Meta,
    sources: &[Source],
    notes: &[Note],
    out: impl std::io::Write,
) -> Result<(), RecordingError> {
    let mut writer = Writer::new(out, meta)?;
    for source in sources {
        writer.source(source)?;
    }
    for definition in definitions(past)? {
        writer.record(&definition)?;
    }
    for sampled in samples(past) {
        writer.record(&sampled?)?;
    }
    for event in past.events(0..past.len()) {
        writer.record(&Record::Event(event?.1))?;
    }
    writer.notes(notes)?;
    writer.finish()?;
    Ok(())
}

/// The definitions of all texts and places of a past.
///
/// # Errors
/// When they cannot be read.
pub fn definitions(past: &dyn Past) -> Result<impl Iterator<Item = Record>, PastError> {
    use loopscope_protocol::{PlaceId, TextId};
    let names = past.names()?;
    let others = names.clone();
    let texts = (1..=names.text_count())
        .map(move |id| Record::Text { id: TextId(id), text: names.text(TextId(id)).into() });
    let places = (1..=others.place_count()).filter_map(move |id| {
        let place = others.place(PlaceId(id))?.clone();
        Some(Record::Place { id: PlaceId(id), place })
    });
    Ok(texts.chain(places))
}

/// The records of all that was seen on the stack.
pub fn samples(past: &dyn Past) -> impl Iterator<Item = Result<Record, PastError>> + '_ {
    (0..past.sampled().len()).map(|number| Ok(Record::Samples(Box::new(past.samples(number)?))))
}
