//! Writes a recording while the run goes on.

use std::collections::HashSet;
use std::io::Write;

use loopscope_protocol::state::Line;
use loopscope_protocol::{LoopState, Record, Samples};
use serde::Serialize;

use super::format::{
    DefinitionsHead, EventsHead, HEADER, Kind, MAGIC, SamplesHead, VERSION, Zipped, head, trailer,
};
use super::index::Index;
use super::{Meta, Note, RecordingError, Source};
use crate::keyframes;
use crate::past::block::{BLOCK, Gathered};
use crate::sampled::{self, Sampled};
use crate::zip::zip;

/// Definitions are written when they take so many bytes.
const DEFINITIONS: usize = 1 << 20;

/// A keyframe follows after at least this many events for each thing in it.
const EVENTS_PER_ITEM: usize = 2;

/// A keyframe follows after so many blocks, too: a quiet run is flushed often, and every block on the way to a moment is read
/// by itself.
const SMALL_BLOCKS: u32 = 64;

/// Offset of what was left out. Readers find nothing there.
const NOWHERE: u64 = 0;

/// What is defined, as it is written: one after the other.
#[derive(Serialize)]
pub(super) enum Definition<'a> {
    Text(&'a str),
    Place(&'a loopscope_protocol::Place),
    Line(&'a Line),
}

/// Writes a recording. What was handed to the system by [`Writer::flush`] survives the end of the process.
pub struct Writer<W: Write> {
    out: W,
    offset: u64,
    index: Index,
    state: LoopState,
    gathered: Gathered,
    /// Definitions that were not written yet, packed.
    definitions: Vec<u8>,
    /// What was defined before them.
    defined: DefinitionsHead,
    /// Those that were named: each thread names them anew.
    scripts: HashSet<String>,
    new_scripts: Vec<String>,
    /// Those whose texts were written.
    kept: HashSet<String>,
    last_keyframe: u64,
    /// Blocks since then.
    small_blocks: u32,
    /// Events of a block.
    block: usize,
}

impl<W: Write> Writer<W> {
    /// Begins a recording.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(out: W, meta: &Meta) -> Result<Self, RecordingError> {
        Self::with_block(out, meta, BLOCK)
    }

    /// Begins a recording that packs `block` events together.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn with_block(mut out: W, meta: &Meta, block: usize) -> Result<Self, RecordingError> {
        out.write_all(&MAGIC)?;
        out.write_all(&VERSION.to_le_bytes())?;
        let mut writer = Self {
            out,
            offset: HEADER,
            index: Index::default(),
            state: LoopState::default(),
            gathered: Gathered::default(),
            definitions: Vec::new(),
            defined: DefinitionsHead::default(),
            scripts: HashSet::new(),
            new_scripts: Vec::new(),
            kept: HashSet::new(),
            last_keyframe: 0,
            small_blocks: 0,
            block: block.clamp(1, BLOCK),
        };
        let offset = writer.packed(Kind::Meta, meta)?;
        writer.index.meta = Some(offset);
        writer.out.flush()?;
        Ok(writer)
    }

    /// Takes a record. It is written together with others: see [`Writer::flush`].
    ///
    /// # Errors
    /// When the recording cannot be written. What was written before stays readable.
    pub fn record(&mut self, record: &Record) -> Result<(), RecordingError> {
        let names = &self.state.names;
        let before = (names.text_count(), names.place_count());
        self.state.apply(record);
        let names = &self.state.names;
        match record {
            Record::Text { .. } if names.text_count() == before.0 => {}
            Record::Place { .. } if names.place_count() == before.1 => {}
            // Numbers are left out: they follow from the order.
            Record::Text { text, .. } => self.define(&Definition::Text(text))?,
            Record::Place { place, .. } => {
                let path = self.state.names.text(place.script);
                if !path.is_empty() && !self.scripts.contains(path) && !self.kept.contains(path) {
                    self.scripts.insert(path.to_owned());
                    self.new_scripts.push(path.to_owned());
                }
                self.define(&Definition::Place(place))?;
            }
            Record::Event(event) => {
                if let Some(line) = Line::of(event) {
                    self.define(&Definition::Line(&line))?;
                }
                self.gathered.push(event);
                if self.gathered.block.count as usize >= self.block {
                    self.write_events()?;
                }
            }
            Record::Samples(samples) => self.write_samples(samples)?,
            Record::Source(source) => self.source(source)?,
        }
        Ok(())
    }

    fn write_samples(&mut self, samples: &Samples) -> Result<(), RecordingError> {
        if !samples.is_sound() {
            return Ok(());
        }
        // Their functions must be known to those who read them.
        self.write_definitions()?;
        let (sampled, plain) = (Sampled::of(samples), sampled::pack(samples));
        let head = SamplesHead { sampled, plain: u32::try_from(plain.len()).unwrap_or(u32::MAX) };
        let mut payload = postcard::to_stdvec(&head).unwrap_or_default();
        payload.extend(zip(&plain));
        let offset = self.frame(Kind::Samples, &payload)?;
        if offset != NOWHERE {
            self.index.sampled.push(sampled);
            self.index.looks.push(offset);
        }
        Ok(())
    }

    /// Paths of scripts that were named for the first time since the last call: their texts belong into the
    /// recording.
    pub fn take_new_scripts(&mut self) -> Vec<String> {
        std::mem::take(&mut self.new_scripts)
    }

    /// Adds the text of a script.
    ///
    /// # Errors
    /// When the recording cannot be written.
    pub fn source(&mut self, source: &Source) -> Result<(), RecordingError> {
        // Workers tell of those that they have anew.
        if !self.kept.insert(source.path.clone()) {
            return Ok(());
        }
        let offset = self.packed(Kind::Source, source)?;
        self.index.sources.push(offset);
        Ok(())
    }

    /// Sets the notes: those of the last call count.
    ///
    /// # Errors
    /// When the recording cannot be written.
    pub fn notes(&mut self, notes: &[Note]) -> Result<(), RecordingError> {
        let offset = self.packed(Kind::Notes, &notes)?;
        self.index.notes = Some(offset);
        Ok(())
    }

    /// Number of events so far.
    pub fn events(&self) -> u64 {
        self.state.events
    }

    /// Bytes so far.
    pub fn size(&self) -> u64 {
        self.offset
    }

    /// The state after everything so far.
    pub fn state(&self) -> &LoopState {
        &self.state
    }

    /// Writes everything so far, so that it survives a crash.
    ///
    /// # Errors
    /// When the recording cannot be written.
    pub fn flush(&mut self) -> Result<(), RecordingError> {
        self.write_events()?;
        self.out.flush()?;
        Ok(())
    }

    /// Writes the rest and the index; returns where it was written to and how many bytes it has.
    ///
    /// # Errors
    /// When the recording cannot be written.
    pub fn finish(mut self) -> Result<(W, u64), RecordingError> {
        self.write_events()?;
        let offset = self.offset;
        let index = self.index.pack();
        self.frame(Kind::Index, &index)?;
        self.out.write_all(&trailer(offset))?;
        self.out.flush()?;
        Ok((self.out, self.offset + super::format::TRAILER))
    }

    fn define(&mut self, definition: &Definition<'_>) -> Result<(), RecordingError> {
        // Plain data into memory: this cannot fail.
        self.definitions.extend(postcard::to_stdvec(definition).unwrap_or_default());
        if self.definitions.len() >= DEFINITIONS {
            self.write_definitions()?;
        }
        Ok(())
    }

    fn write_definitions(&mut self) -> Result<(), RecordingError> {
        if self.definitions.is_empty() {
            return Ok(());
        }
        let plain = std::mem::take(&mut self.definitions);
        let head = DefinitionsHead { plain: plain.len() as u32, ..self.defined };
        let mut payload = postcard::to_stdvec(&head).unwrap_or_default();
        payload.extend(zip(&plain));
        let offset = self.frame(Kind::Definitions, &payload)?;
        self.index.definitions.push(offset);
        let log = &self.state.log;
        self.defined = DefinitionsHead {
            plain: 0,
            texts: self.state.names.text_count(),
            places: self.state.names.place_count(),
            lines: log.dropped + log.lines.len() as u64,
        };
        self.definitions = plain;
        self.definitions.clear();
        Ok(())
    }

    fn write_events(&mut self) -> Result<(), RecordingError> {
        self.write_definitions()?;
        if self.gathered.block.count == 0 {
            return Ok(());
        }
        let (block, packed) = self.gathered.close();
        let head = EventsHead { block, plain: packed.len() as u32 };
        let mut payload = postcard::to_stdvec(&head).unwrap_or_default();
        payload.extend(zip(&packed));
        let offset = self.frame(Kind::Events, &payload)?;
        self.index.blocks.push(head.block);
        self.index.offsets.push(offset);
        let since = self.state.events - self.last_keyframe;
        self.small_blocks += 1;
        let items = self.state.size() as u64;
        let is_due = since >= self.block.max(self.state.size() * EVENTS_PER_ITEM) as u64
            || self.small_blocks >= SMALL_BLOCKS && since * 4 >= items;
        if is_due {
            self.small_blocks = 0;
            let plain = keyframes::pack(&self.state.keyframe());
            let offset = self.zipped(Kind::Keyframe, &plain, self.state.events)?;
            if offset != NOWHERE {
                self.index.keyframes.push((self.state.events, offset));
            }
            self.last_keyframe = self.state.events;
        }
        Ok(())
    }

    fn packed(&mut self, kind: Kind, value: &impl Serialize) -> Result<u64, RecordingError> {
        let plain = postcard::to_stdvec(value).unwrap_or_default();
        self.zipped(kind, &plain, 0)
    }

    fn zipped(&mut self, kind: Kind, plain: &[u8], moment: u64) -> Result<u64, RecordingError> {
        let head = Zipped { plain: u32::try_from(plain.len()).unwrap_or(u32::MAX), moment };
        let mut payload = postcard::to_stdvec(&head).unwrap_or_default();
        payload.extend(zip(plain));
        self.frame(kind, &payload)
    }

    /// Writes a frame and returns where it begins.
    fn frame(&mut self, kind: Kind, payload: &[u8]) -> Result<u64, RecordingError> {
        let offset = self.offset;
        if payload.len() > super::format::LONGEST as usize {
            // A text of that size, or a state with millions of callbacks: the recording is good without it.
            return Ok(NOWHERE);
        }
        let head = head(kind, payload);
        self.out.write_all(&head)?;
        self.out.write_all(payload)?;
        self.offset += (head.len() + payload.len()) as u64;
        Ok(offset)
    }
}
