//! The past of a run in memory, fed with its records as they come.

use std::io::{Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};

use loopscope_protocol::state::{Keyframe, Line, Names, Shared};
use loopscope_protocol::{Event, LoopState, Nanos, Record, Samples};

use crate::keyframes;
use crate::past::block::{BLOCK, Gathered, unpack};
use crate::past::unpacked::Unpacked;
use crate::past::{Block, Past, PastError};
use crate::sampled::{self, Sampled};
use crate::zip::{unzip, zip};

/// Bytes of packed events and keyframes that stay in memory when there is somewhere else to put them.
const IN_MEMORY: usize = 64 << 20;

/// A keyframe follows after at least this many events for each thing in it, so that keyframes never outweigh events.
const EVENTS_PER_ITEM: usize = 2;

/// Blocks that stay unpacked.
const UNPACKED: usize = 4;

/// Where older parts go, such as a temporary file.
pub trait Store: Read + Write + Seek + Send {}

impl<T: Read + Write + Seek + Send> Store for T {}

/// Packed bytes.
#[derive(Debug, Clone)]
enum Kept {
    Memory(Box<[u8]>),
    Stored { offset: u64, length: usize },
}

/// Packed bytes and how long they are when they are unpacked.
#[derive(Debug, Clone)]
struct Piece {
    kept: Kept,
    plain: usize,
}

/// The past of a run.
pub struct History {
    state: LoopState,
    lines: Shared<Line>,
    blocks: Vec<Block>,
    pieces: Vec<Piece>,
    gathered: Gathered,
    /// The events of the block that grows.
    tail: Arc<Vec<Event>>,
    /// Moments of keyframes and their bytes, in order.
    keyframes: Vec<(u64, Piece)>,
    /// Stretches in which the stack was sampled, and their bytes.
    sampled: Vec<Sampled>,
    looks: Vec<Piece>,
    /// How many of them are stored.
    looks_stored: usize,
    store: Option<Mutex<Box<dyn Store>>>,
    stored: u64,
    in_memory: usize,
    /// The first block and keyframe that are not stored.
    first_in_memory: (usize, usize),
    limit: usize,
    /// Events of a block.
    block: usize,
    problem: Option<String>,
    unpacked: Mutex<Unpacked>,
}

impl Default for History {
    fn default() -> Self {
        Self::new(None)
    }
}

impl std::fmt::Debug for History {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("History").field("events", &self.len()).finish_non_exhaustive()
    }
}

impl History {
    /// An empty one. What does not fit into some 64 MB goes to `store`; without it everything stays in memory.
    pub fn new(store: Option<Box<dyn Store>>) -> Self {
        Self::with_sizes(store, IN_MEMORY, BLOCK)
    }

    /// An empty one that keeps at most `limit` bytes of packed events in memory when there is a store, and packs
    /// `block` events together.
    pub fn with_sizes(store: Option<Box<dyn Store>>, limit: usize, block: usize) -> Self {
        Self {
            state: LoopState::default(),
            lines: Shared::default(),
            blocks: Vec::new(),
            pieces: Vec::new(),
            gathered: Gathered::default(),
            tail: Arc::default(),
            keyframes: Vec::new(),
            sampled: Vec::new(),
            looks: Vec::new(),
            looks_stored: 0,
            store: store.map(Mutex::new),
            stored: 0,
            in_memory: 0,
            first_in_memory: (0, 0),
            limit,
            block: block.max(1),
            problem: None,
            unpacked: Mutex::new(Unpacked::new(UNPACKED)),
        }
    }

    /// Takes a record.
    pub fn apply(&mut self, record: &Record) {
        self.state.apply(record);
        if let Record::Samples(samples) = record {
            self.take_samples(samples);
        }
        let Record::Event(event) = record else { return };
        if let Some(line) = Line::of(event) {
            self.lines.push(line);
        }
        self.gathered.push(event);
        Arc::make_mut(&mut self.tail).push(*event);
        if self.tail.len() >= self.block {
            self.close_block();
        }
    }

    /// The state after everything so far.
    pub fn state(&self) -> &LoopState {
        &self.state
    }

    /// What went wrong with the store, once; everything stays in memory since.
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// Bytes of packed events and keyframes: in memory, and stored elsewhere.
    pub fn size(&self) -> (usize, u64) {
        (self.in_memory, self.stored)
    }

    fn close_block(&mut self) {
        let (block, packed) = self.gathered.close();
        self.tail = Arc::new(Vec::with_capacity(self.block));
        let piece = piece(&packed);
        self.in_memory += length(&piece);
        self.blocks.push(block);
        self.pieces.push(piece);
        let since = self.state.events - self.keyframes.last().map_or(0, |entry| entry.0);
        if since >= (self.state.size() * EVENTS_PER_ITEM) as u64 {
            let plain = keyframes::pack(&self.state.keyframe());
            let piece = self::piece(&plain);
            self.in_memory += length(&piece);
            self.keyframes.push((self.state.events, piece));
        }
        self.bound();
    }

    fn take_samples(&mut self, samples: &Samples) {
        if samples.is_sound() {
            let piece = piece(&sampled::pack(samples));
            self.in_memory += length(&piece);
            self.sampled.push(Sampled::of(samples));
            self.looks.push(piece);
            self.bound();
        }
    }

    /// Moves older parts out when there are many.
    fn bound(&mut self) {
        if self.in_memory > self.limit
            && let Err(failed) = self.move_out()
        {
            self.problem = Some(format!(
                "older parts of the run cannot be written to the temporary file: {failed}; they stay in memory"
            ));
            self.limit = usize::MAX;
        }
    }

    /// Moves the older half of what is in memory to the store.
    fn move_out(&mut self) -> std::io::Result<()> {
        let Some(store) = &self.store else { return Ok(()) };
        let mut store = store.lock().unwrap_or_else(PoisonError::into_inner);
        store.seek(SeekFrom::Start(self.stored))?;
        while self.in_memory > self.limit / 2 && self.looks_stored < self.looks.len() {
            store_piece(
                &mut self.looks[self.looks_stored],
                &mut **store,
                &mut self.stored,
                &mut self.in_memory,
            )?;
            self.looks_stored += 1;
        }
        let (mut block, mut keyframe) = self.first_in_memory;
        while self.in_memory > self.limit / 2 && block < self.pieces.len() {
            let mut pieces = vec![&mut self.pieces[block]];
            block += 1;
            let end = self.blocks[block - 1].after();
            while let Some(entry) = self.keyframes.get(keyframe).filter(|entry| entry.0 <= end) {
                debug_assert!(entry.0 <= end);
                keyframe += 1;
            }
            let moved = self.first_in_memory.1..keyframe;
            pieces.extend(self.keyframes[moved].iter_mut().map(|entry| &mut entry.1));
            for piece in pieces {
                store_piece(piece, &mut **store, &mut self.stored, &mut self.in_memory)?;
            }
            self.first_in_memory = (block, keyframe);
        }
        store.flush()
    }

    fn unzip(&self, piece: &Piece) -> Result<Vec<u8>, String> {
        let stored;
        let bytes = match &piece.kept {
            Kept::Memory(bytes) => bytes,
            Kept::Stored { offset, length } => {
                stored = self.fetch(*offset, *length).map_err(|failed| failed.to_string())?;
                &stored
            }
        };
        unzip(bytes, piece.plain).map_err(|failed| failed.to_string())
    }

    fn fetch(&self, offset: u64, length: usize) -> std::io::Result<Box<[u8]>> {
        let mut bytes = vec![0; length];
        if let Some(store) = &self.store {
            let mut store = store.lock().unwrap_or_else(PoisonError::into_inner);
            store.seek(SeekFrom::Start(offset))?;
            store.read_exact(&mut bytes)?;
        }
        Ok(bytes.into())
    }
}

/// Moves a piece to where the store ends.
fn store_piece(
    piece: &mut Piece,
    store: &mut dyn Store,
    stored: &mut u64,
    in_memory: &mut usize,
) -> std::io::Result<()> {
    let Kept::Memory(bytes) = &piece.kept else { return Ok(()) };
    store.write_all(bytes)?;
    let length = bytes.len();
    piece.kept = Kept::Stored { offset: *stored, length };
    *stored += length as u64;
    *in_memory -= length;
    Ok(())
}

fn piece(plain: &[u8]) -> Piece {
    Piece { kept: Kept::Memory(zip(plain).into()), plain: plain.len() }
}

fn length(piece: &Piece) -> usize {
    match &piece.kept {
        Kept::Memory(bytes) => bytes.len(),
        Kept::Stored { length, .. } => *length,
    }
}

impl Past for History {
    fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    fn load(&self, number: usize) -> Result<Arc<Vec<Event>>, PastError> {
        let (Some(block), Some(piece)) = (self.blocks.get(number), self.pieces.get(number)) else {
            return Ok(Arc::clone(&self.tail));
        };
        let mut unpacked = self.unpacked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(events) = unpacked.block(number) {
            return Ok(events);
        }
        let damaged = |what: String| PastError::Damaged { first: block.first, last: block.after() - 1, what };
        let packed = self.unzip(piece).map_err(damaged)?;
        let events = unpack(&packed, block.count).map_err(|failed| damaged(failed.to_string()))?;
        Ok(unpacked.keep_block(number, events))
    }

    fn keyframe(&self, n: u64) -> Result<Option<(u64, Arc<Keyframe>)>, PastError> {
        let after = self.keyframes.partition_point(|entry| entry.0 <= n);
        let Some(number) = after.checked_sub(1) else { return Ok(None) };
        let (moment, piece) = &self.keyframes[number];
        let mut unpacked = self.unpacked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(keyframe) = unpacked.keyframe(number) {
            return Ok(Some((*moment, keyframe)));
        }
        let damaged = |what: String| PastError::Damaged { first: *moment, last: n, what };
        let plain = self.unzip(piece).map_err(damaged)?;
        let keyframe = keyframes::unpack(&plain).map_err(|failed| damaged(failed.to_string()))?;
        Ok(Some((*moment, unpacked.keep_keyframe(number, keyframe))))
    }

    fn names(&self) -> Result<Names, PastError> {
        Ok(self.state.names.clone())
    }

    fn lines(&self) -> Result<Shared<Line>, PastError> {
        Ok(self.lines.clone())
    }

    fn len(&self) -> u64 {
        self.state.events
    }

    fn sampled(&self) -> &[Sampled] {
        &self.sampled
    }

    fn samples(&self, number: usize) -> Result<Samples, PastError> {
        let none = || PastError::Samples(format!("there is no stretch of number {number}"));
        let (head, piece) = self.sampled.get(number).zip(self.looks.get(number)).ok_or_else(none)?;
        let packed = self.unzip(piece).map_err(PastError::Samples)?;
        sampled::unpack(head, &packed).map_err(|failed| PastError::Samples(failed.to_string()))
    }

    fn end(&self) -> Nanos {
        self.state.now
    }

    fn as_past(&self) -> &dyn Past {
        self
    }
}
