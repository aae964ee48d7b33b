//! A recording as a past: opened by its index, the rest read when it is asked for.

use std::io::{Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use loopscope_protocol::state::{Keyframe, Line, Names, Shared};
use loopscope_protocol::{Event, Nanos, Place, PlaceId, Samples, TextId};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::format::{
    DefinitionsHead, EventsHead, HEADER, Kind, MAGIC, MOST_EVENTS, SamplesHead, TRAILER, VERSION, Zipped,
    frame, index_offset,
};
use super::index::Index;
use super::scan::scan;
use super::{Meta, Note, RecordingError, Source};
use crate::keyframes;
use crate::past::block::unpack;
use crate::past::unpacked::Unpacked;
use crate::past::{Block, Past, PastError};
use crate::sampled::{self, Sampled};
use crate::zip::unzip;

/// Blocks that stay unpacked.
const UNPACKED: usize = 8;

/// Definitions may take this much memory whatever a file says, in bytes.
const DEFINITIONS: u64 = 1 << 30;

/// Texts that are so short that they cost more than their bytes.
const PER_DEFINITION: u64 = 40;

/// Definitions of which no frame was found: more than these in a row are not believed.
const GAP: u64 = 1 << 22;

/// Definitions as they are read.
#[derive(Deserialize)]
enum Definition {
    Text(Box<str>),
    Place(Place),
    Line(Line),
}

#[derive(Default, Clone)]
struct Definitions {
    names: Names,
    lines: Shared<Line>,
    problems: Vec<String>,
}

/// A recording.
pub struct Recording<R> {
    input: Mutex<R>,
    file: u64,
    index: Index,
    meta: Meta,
    problems: Vec<String>,
    complete: bool,
    /// Whether its index could be read, rather than made again.
    is_indexed: bool,
    definitions: OnceLock<Definitions>,
    unpacked: Mutex<Unpacked>,
}

impl<R: Read + Seek + Send> Recording<R> {
    /// Opens a recording. Reads its index only, or the heads of its parts when it was not closed properly.
    ///
    /// # Errors
    /// When it cannot be read, is none, or was written by a later version. Damaged parts are [`Recording::problems`].
    pub fn open(input: R) -> Result<Self, RecordingError> {
        Self::open_watched(input, &mut |_, _| true)
    }

    /// The same, and reads the names, too. While that takes long `watch` hears how many of how many bytes are behind, and
    /// may end it.
    ///
    /// # Errors
    /// As above, and when it was ended.
    pub fn open_with_names(
        input: R,
        watch: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<Self, RecordingError> {
        // Without an index the file is gone through twice.
        let recording = Self::open_watched(input, &mut |done, all| watch(done / 2, all))?;
        let (all, is_second) = (recording.file, !recording.is_indexed);
        recording
            .read_definitions(&mut |done| watch(if is_second { done.midpoint(all) } else { done }, all))?;
        Ok(recording)
    }

    /// The same recording, read by itself through another handle of its file.
    pub fn beside(&self, input: R) -> Self {
        let definitions = OnceLock::new();
        if let Some(known) = self.definitions.get() {
            // A new cell is empty.
            drop(definitions.set(known.clone()));
        }
        Self {
            input: Mutex::new(input),
            file: self.file,
            index: self.index.clone(),
            meta: self.meta.clone(),
            problems: self.problems.clone(),
            complete: self.complete,
            is_indexed: self.is_indexed,
            definitions,
            unpacked: Mutex::new(Unpacked::new(UNPACKED)),
        }
    }

    fn open_watched(mut input: R, watch: &mut dyn FnMut(u64, u64) -> bool) -> Result<Self, RecordingError> {
        let file = input.seek(SeekFrom::End(0))?;
        input.seek(SeekFrom::Start(0))?;
        let mut header = [0; HEADER as usize];
        if file < HEADER {
            return Err(RecordingError::NoRecording);
        }
        input.read_exact(&mut header)?;
        let [.., a, b, c, d] = header;
        let version = u32::from_le_bytes([a, b, c, d]);
        if header[..8] != MAGIC {
            return Err(RecordingError::NoRecording);
        }
        if version > VERSION {
            return Err(RecordingError::Newer { found: version });
        }
        let (mut is_indexed, mut problems, mut complete) = (true, Vec::new(), true);
        let index = match read_index(&mut input, file) {
            Some(index) => index,
            None => {
                let scanned = scan(&mut input, file, &mut |done| watch(done, file))?;
                (is_indexed, problems, complete) = (false, scanned.problems, scanned.closed);
                scanned.index
            }
        };
        let meta = match index.meta {
            None => Err("it is missing".to_owned()),
            Some(offset) => value(&mut input, file, offset, Kind::Meta),
        };
        let meta = meta.unwrap_or_else(|failed| {
            problems.push(format!("what the recording says about the run cannot be read: {failed}"));
            Meta::default()
        });
        Ok(Self {
            input: Mutex::new(input),
            file,
            index,
            meta,
            problems,
            complete,
            is_indexed,
            definitions: OnceLock::new(),
            unpacked: Mutex::new(Unpacked::new(UNPACKED)),
        })
    }

    /// What it says about the run.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Whether it was closed properly. One that was not ends where its writer was killed.
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// Length of the file in bytes.
    pub fn size(&self) -> u64 {
        self.file
    }

    /// What was noted about moments.
    ///
    /// # Errors
    /// When the notes cannot be read.
    pub fn notes(&self) -> Result<Vec<Note>, RecordingError> {
        let Some(offset) = self.index.notes else { return Ok(Vec::new()) };
        value(&mut *self.lock(), self.file, offset, Kind::Notes)
            .map_err(|failed| RecordingError::Damaged(format!("the notes cannot be read: {failed}")))
    }

    /// The scripts as they were; those that cannot be read are left out.
    pub fn sources(&self) -> Vec<Source> {
        let mut input = self.lock();
        let read = |&offset: &u64| value(&mut *input, self.file, offset, Kind::Source).ok();
        self.index.sources.iter().filter_map(read).collect()
    }

    fn lock(&self) -> MutexGuard<'_, R> {
        // Every reader seeks first: whoever panicked left nothing behind that matters.
        self.input.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn definitions(&self) -> &Definitions {
        // Nobody ends it.
        drop(self.read_definitions(&mut |_| true));
        self.definitions.get_or_init(Definitions::default)
    }

    /// Reads what is defined unless that was done; `watch` hears where in the file that is, and may end it.
    fn read_definitions(&self, watch: &mut dyn FnMut(u64) -> bool) -> Result<(), RecordingError> {
        if self.definitions.get().is_some() {
            return Ok(());
        }
        let mut known = Definitions::default();
        let mut input = self.lock();
        // Repeated lines take next to nothing in the file; memory is another matter.
        let mut room = DEFINITIONS.min((16 << 20) + self.file.saturating_mul(1000));
        for &offset in &self.index.definitions {
            if !watch(offset) {
                return Err(RecordingError::Cancelled);
            }
            let read = frame(&mut *input, self.file, offset, Kind::Definitions)
                .and_then(|payload| known.take(&payload, &mut room));
            if let Err(failed) = read
                && known.problems.len() < 8
            {
                known.problems.push(format!("some names and console lines cannot be read: {failed}"));
            }
        }
        // Another thread may have been quicker.
        drop(self.definitions.set(known));
        Ok(())
    }
}

impl Definitions {
    fn take(&mut self, payload: &[u8], room: &mut u64) -> Result<(), String> {
        let bad = "the data is damaged";
        let (head, zipped): (DefinitionsHead, _) = postcard::take_from_bytes(payload).map_err(|_| bad)?;
        let plain = unzip(zipped, head.plain as usize).map_err(|failed| failed.to_string())?;
        self.fill(&head, room)?;
        let mut rest = plain.as_slice();
        while !rest.is_empty() {
            let before = rest.len();
            let (definition, left): (Definition, _) = postcard::take_from_bytes(rest).map_err(|_| bad)?;
            rest = left;
            let cost = (before - rest.len()) as u64 + PER_DEFINITION;
            *room = room.checked_sub(cost).ok_or("there are too many of them for the memory")?;
            match definition {
                Definition::Text(text) => self.text(&text),
                Definition::Place(place) => self.place(&place),
                Definition::Line(line) => self.lines.push(line),
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        self.names.define_text(TextId(self.names.text_count() + 1), text);
    }

    fn place(&mut self, place: &Place) {
        self.names.define_place(PlaceId(self.names.place_count() + 1), place);
    }

    /// Empty definitions for those that were lost.
    fn fill(&mut self, head: &DefinitionsHead, room: &mut u64) -> Result<(), String> {
        let texts = u64::from(head.texts.saturating_sub(self.names.text_count()));
        let places = u64::from(head.places.saturating_sub(self.names.place_count()));
        let lines = head.lines.saturating_sub(self.lines.len() as u64);
        if texts > GAP || places > GAP || lines > GAP {
            return Err("too many of them are missing".to_owned());
        }
        let cost = (texts + places + lines) * PER_DEFINITION;
        *room = room.checked_sub(cost).ok_or("there are too many of them for the memory")?;
        (0..texts).for_each(|_| self.text(""));
        let nowhere = Place { script: TextId::NONE, function: TextId::NONE, line: 0, column: 0 };
        (0..places).for_each(|_| self.place(&nowhere));
        let line = Line {
            at: 0,
            kind: loopscope_protocol::state::LineKind::Exception,
            task: loopscope_protocol::TaskId::NONE,
            text: TextId::NONE,
            place: PlaceId::NONE,
        };
        (0..lines).for_each(|_| self.lines.push(line));
        Ok(())
    }
}

/// The index of a file that was closed properly.
fn read_index(input: &mut (impl Read + Seek), file: u64) -> Option<Index> {
    let at = file.checked_sub(TRAILER)?;
    input.seek(SeekFrom::Start(at)).ok()?;
    let mut trailer = [0; TRAILER as usize];
    input.read_exact(&mut trailer).ok()?;
    let payload = frame(input, file, index_offset(&trailer)?, Kind::Index).ok()?;
    Index::unpack(&payload, file)
}

/// Reads a frame with a single value.
fn value<T: DeserializeOwned>(
    input: &mut (impl Read + Seek),
    file: u64,
    offset: u64,
    kind: Kind,
) -> Result<T, String> {
    let plain = unpacked_value(input, file, offset, kind)?;
    postcard::from_bytes(&plain).map_err(|failed| failed.to_string())
}

/// The bytes of a frame with a single value, unpacked.
fn unpacked_value(
    input: &mut (impl Read + Seek),
    file: u64,
    offset: u64,
    kind: Kind,
) -> Result<Vec<u8>, String> {
    let payload = frame(input, file, offset, kind)?;
    let (head, zipped): (Zipped, _) =
        postcard::take_from_bytes(&payload).map_err(|failed| failed.to_string())?;
    unzip(zipped, head.plain as usize).map_err(|failed| failed.to_string())
}

impl<R: Read + Seek + Send> Past for Recording<R> {
    fn blocks(&self) -> &[Block] {
        &self.index.blocks
    }

    fn load(&self, number: usize) -> Result<Arc<Vec<Event>>, PastError> {
        let (Some(block), Some(&offset)) = (self.index.blocks.get(number), self.index.offsets.get(number))
        else {
            return Ok(Arc::default());
        };
        let mut unpacked = self.unpacked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(events) = unpacked.block(number) {
            return Ok(events);
        }
        let damaged = |what: String| PastError::Damaged { first: block.first, last: block.after() - 1, what };
        let payload = frame(&mut *self.lock(), self.file, offset, Kind::Events).map_err(damaged)?;
        let (head, zipped): (EventsHead, _) =
            postcard::take_from_bytes(&payload).map_err(|failed| damaged(failed.to_string()))?;
        if head.block.count != block.count || head.plain > MOST_EVENTS.saturating_mul(128) {
            return Err(damaged("the index does not fit the events".to_owned()));
        }
        let packed = unzip(zipped, head.plain as usize).map_err(|failed| damaged(failed.to_string()))?;
        let events = unpack(&packed, block.count).map_err(|failed| damaged(failed.to_string()))?;
        Ok(unpacked.keep_block(number, events))
    }

    fn keyframe(&self, n: u64) -> Result<Option<(u64, Arc<Keyframe>)>, PastError> {
        let after = self.index.keyframes.partition_point(|entry| entry.0 <= n);
        // A damaged keyframe only makes the way from the one before longer.
        for number in (0..after).rev().take(4) {
            let (moment, offset) = self.index.keyframes[number];
            let mut unpacked = self.unpacked.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(keyframe) = unpacked.keyframe(number) {
                return Ok(Some((moment, keyframe)));
            }
            let plain = unpacked_value(&mut *self.lock(), self.file, offset, Kind::Keyframe);
            let keyframe =
                plain.and_then(|plain| keyframes::unpack(&plain).map_err(|failed| failed.to_string()));
            if let Ok(keyframe) = keyframe {
                return Ok(Some((moment, unpacked.keep_keyframe(number, keyframe))));
            }
        }
        match after {
            0..=4 => Ok(None),
            _ => Err(PastError::Damaged {
                first: self.index.keyframes[after - 1].0,
                last: n,
                what: "the states kept on the way are damaged".to_owned(),
            }),
        }
    }

    fn sampled(&self) -> &[Sampled] {
        &self.index.sampled
    }

    fn samples(&self, number: usize) -> Result<Samples, PastError> {
        let none = || PastError::Samples(format!("there is no stretch of number {number}"));
        let (known, &offset) =
            self.index.sampled.get(number).zip(self.index.looks.get(number)).ok_or_else(none)?;
        let payload =
            frame(&mut *self.lock(), self.file, offset, Kind::Samples).map_err(PastError::Samples)?;
        let (head, zipped): (SamplesHead, _) =
            postcard::take_from_bytes(&payload).map_err(|failed| PastError::Samples(failed.to_string()))?;
        let packed =
            unzip(zipped, head.plain as usize).map_err(|failed| PastError::Samples(failed.to_string()))?;
        sampled::unpack(known, &packed).map_err(|failed| PastError::Samples(failed.to_string()))
    }

    fn problems(&self) -> Vec<String> {
        let later = self.definitions.get().map(|known| known.problems.clone());
        self.problems.iter().cloned().chain(later.unwrap_or_default()).collect()
    }

    fn names(&self) -> Result<Names, PastError> {
        Ok(self.definitions().names.clone())
    }

    fn lines(&self) -> Result<Shared<Line>, PastError> {
        Ok(self.definitions().lines.clone())
    }

    fn len(&self) -> u64 {
        self.index.blocks.last().map_or(0, Block::after)
    }

    fn end(&self) -> Nanos {
        self.index.blocks.last().map_or(0, |block| block.end)
    }

    fn as_past(&self) -> &dyn Past {
        self
    }
}
