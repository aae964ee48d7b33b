//! Bytes of a recording.

use std::io::{self, Read, Seek, SeekFrom};

use serde::{Deserialize, Serialize};

use crate::past::Block;
use crate::sampled::Sampled;

/// How a file begins. The line ends tell when somebody took it for text.
pub const MAGIC: [u8; 8] = *b"\x8fLOOP\r\n\x1a";

/// Version of the format. Frames of unknown kinds are passed over, so that only changes that older readers must not
/// overlook need another version.
pub const VERSION: u32 = 1;

/// Length of the magic and the version.
pub const HEADER: u64 = 12;

/// How a frame begins.
pub const MARK: [u8; 4] = *b"\xf5fr\xa9";

/// Length of a frame's head: mark, kind, length, checksum.
pub const HEAD: usize = 16;

/// A frame's payload is at most this long.
pub const LONGEST: u32 = 64 << 20;

/// Events of a block are at most so many, whoever wrote it.
pub const MOST_EVENTS: u32 = 1 << 20;

/// How a file ends that has an index: where the index begins and this.
pub const END: [u8; 8] = *b"LOOPEND\n";

/// Length of the end: offset, checksum of the offset, [`END`].
pub const TRAILER: u64 = 20;

/// What a frame holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// [`super::Meta`].
    Meta = 1,
    /// Texts, places and lines of the log.
    Definitions = 2,
    /// A block of events.
    Events = 3,
    /// A state.
    Keyframe = 4,
    /// A script.
    Source = 5,
    /// All notes; the last such frame counts.
    Notes = 6,
    /// The index.
    Index = 7,
    /// What was seen of the stack in a stretch of time.
    Samples = 8,
}

impl Kind {
    pub fn from_number(number: u8) -> Option<Self> {
        use Kind::{Definitions, Events, Index, Keyframe, Meta, Notes, Samples, Source};
        [Meta, Definitions, Events, Keyframe, Source, Notes, Index, Samples]
            .into_iter()
            .find(|kind| *kind as u8 == number)
    }
}

/// How a block of events begins, ahead of the packed events.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EventsHead {
    pub block: Block,
    /// Length of the packed events before compression.
    pub plain: u32,
}

/// How samples begin.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct SamplesHead {
    pub sampled: Sampled,
    /// Length of the packed samples before compression.
    pub plain: u32,
}

/// How other frames with compressed data begin.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Zipped {
    /// Length before compression.
    pub plain: u32,
    /// For keyframes the moment, for others nothing.
    pub moment: u64,
}

/// How definitions begin: numbers of what was defined before, so that a lost frame leaves a gap instead of a shift.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefinitionsHead {
    pub plain: u32,
    pub texts: u32,
    pub places: u32,
    pub lines: u64,
}

/// Bytes at the start of an [`Kind::Events`] frame that hold its head for certain.
pub const EVENTS_HEAD_MOST: usize = 2048;

/// The head of a frame.
#[derive(Debug, Clone, Copy)]
pub struct Head {
    pub kind: u8,
    pub length: u32,
    checksum: u32,
}

impl Head {
    /// Reads a head; `None` when these bytes are none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; HEAD] = bytes.get(..HEAD)?.try_into().ok()?;
        let number = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let head = Self { kind: bytes[4], length: number(8), checksum: number(12) };
        (bytes[..4] == MARK && bytes[5..8] == [0; 3] && head.length <= LONGEST).then_some(head)
    }
}

fn checksum(kind: u8, payload: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&[kind]);
    hasher.update(&(payload.len() as u32).to_le_bytes());
    hasher.update(payload);
    hasher.finalize()
}

/// The head of a frame with this payload.
pub fn head(kind: Kind, payload: &[u8]) -> [u8; HEAD] {
    let mut bytes = [0; HEAD];
    bytes[..4].copy_from_slice(&MARK);
    bytes[4] = kind as u8;
    bytes[8..12].copy_from_slice(&(payload.len() as u32).to_le_bytes());
    bytes[12..].copy_from_slice(&checksum(kind as u8, payload).to_le_bytes());
    bytes
}

/// The end of a file whose index begins at `offset`.
pub fn trailer(offset: u64) -> [u8; TRAILER as usize] {
    let mut bytes = [0; TRAILER as usize];
    bytes[..8].copy_from_slice(&offset.to_le_bytes());
    bytes[8..12].copy_from_slice(&crc32fast::hash(&offset.to_le_bytes()).to_le_bytes());
    bytes[12..].copy_from_slice(&END);
    bytes
}

/// Where the index begins, from the end of a file.
pub fn index_offset(bytes: &[u8; TRAILER as usize]) -> Option<u64> {
    let offset = u64::from_le_bytes(bytes[..8].try_into().ok()?);
    let is_end = bytes[12..] == END && bytes[8..12] == crc32fast::hash(&bytes[..8]).to_le_bytes();
    is_end.then_some(offset)
}

/// Reads the payload of the frame of this kind at `offset` in a file that had `file` bytes when it was opened.
///
/// # Errors
/// With words when there is no such frame or its checksum is wrong.
pub fn frame(input: &mut (impl Read + Seek), file: u64, offset: u64, kind: Kind) -> Result<Vec<u8>, String> {
    checked_frame(input, file, offset, kind).map_err(|failed| {
        match input.seek(SeekFrom::End(0)) {
            Ok(now) if now < file => format!(
                "another program has cut the file off since it was opened (to {now} of {file} bytes); open it again to see what it holds now"
            ),
            _ => failed,
        }
    })
}

fn checked_frame(
    input: &mut (impl Read + Seek),
    file: u64,
    offset: u64,
    kind: Kind,
) -> Result<Vec<u8>, String> {
    let failed = |failed: io::Error| failed.to_string();
    input.seek(SeekFrom::Start(offset)).map_err(failed)?;
    let mut bytes = [0; HEAD];
    input.read_exact(&mut bytes).map_err(failed)?;
    let head = Head::read(&bytes)
        .filter(|head| head.kind == kind as u8)
        .ok_or_else(|| format!("there is no such part at byte {offset}"))?;
    if offset.saturating_add(HEAD as u64 + u64::from(head.length)) > file {
        return Err(format!("the file ends in the part at byte {offset}"));
    }
    let mut payload = vec![0; head.length as usize];
    input.read_exact(&mut payload).map_err(failed)?;
    if checksum(head.kind, &payload) != head.checksum {
        return Err(format!("the checksum of the part at byte {offset} is wrong"));
    }
    Ok(payload)
}
