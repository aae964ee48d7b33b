//! Where things are in a recording.

use serde::{Deserialize, Serialize};

use super::format::MOST_EVENTS;
use crate::past::Block;
use crate::sampled::Sampled;
use crate::zip::{unzip, zip};

/// Where things are in a recording.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Index {
    pub meta: Option<u64>,
    pub notes: Option<u64>,
    /// Blocks of events in order, with their offsets beside them.
    pub blocks: Vec<Block>,
    pub offsets: Vec<u64>,
    /// Moments of keyframes and their offsets, in order.
    pub keyframes: Vec<(u64, u64)>,
    pub definitions: Vec<u64>,
    pub sources: Vec<u64>,
    /// Stretches in which the stack was sampled, with their offsets beside them.
    pub sampled: Vec<Sampled>,
    pub looks: Vec<u64>,
}

#[derive(Serialize, Deserialize)]
struct Lists {
    meta: Option<u64>,
    notes: Option<u64>,
    blocks: u64,
    keyframes: u64,
    definitions: u64,
    sources: u64,
}

/// Bytes that a frame takes at least.
const LEAST_FRAME: u64 = 17;

impl Index {
    /// The payload of its frame.
    pub fn pack(&self) -> Vec<u8> {
        let mut plain = Vec::new();
        let mut add = |part: Result<Vec<u8>, postcard::Error>| {
            // Plain data into memory: this cannot fail.
            plain.extend(part.unwrap_or_default());
        };
        add(postcard::to_stdvec(&Lists {
            meta: self.meta,
            notes: self.notes,
            blocks: self.blocks.len() as u64,
            keyframes: self.keyframes.len() as u64,
            definitions: self.definitions.len() as u64,
            sources: self.sources.len() as u64,
        }));
        for entry in self.blocks.iter().zip(&self.offsets) {
            add(postcard::to_stdvec(&entry));
        }
        self.keyframes.iter().for_each(|entry| add(postcard::to_stdvec(entry)));
        self.definitions.iter().chain(&self.sources).for_each(|entry| add(postcard::to_stdvec(entry)));
        if !self.sampled.is_empty() {
            // Behind everything else: programs that know of none read no further.
            add(postcard::to_stdvec(&self.sampled.len()));
            self.sampled.iter().zip(&self.looks).for_each(|entry| add(postcard::to_stdvec(&entry)));
        }
        let mut payload = (plain.len() as u32).to_le_bytes().to_vec();
        payload.extend(zip(&plain));
        payload
    }

    /// Reads the payload of its frame; `None` when it is none or cannot be true of a file of `file` bytes.
    pub fn unpack(payload: &[u8], file: u64) -> Option<Self> {
        let (length, zipped) = payload.split_first_chunk()?;
        let plain = unzip(zipped, u32::from_le_bytes(*length) as usize).ok()?;
        let (lists, mut rest): (Lists, _) = postcard::take_from_bytes(&plain).ok()?;
        // Every entry stands for a frame: more of them than fit into the file are lies that would cost memory.
        let sum = [lists.blocks, lists.keyframes, lists.definitions, lists.sources]
            .iter()
            .try_fold(0_u64, |sum, count| sum.checked_add(*count))?;
        if sum > file / LEAST_FRAME {
            return None;
        }
        let mut index = Self { meta: lists.meta, notes: lists.notes, ..Self::default() };
        for _ in 0..lists.blocks {
            let (block, offset) = take(&mut rest)?;
            index.blocks.push(block);
            index.offsets.push(offset);
        }
        for _ in 0..lists.keyframes {
            index.keyframes.push(take(&mut rest)?);
        }
        for _ in 0..lists.definitions {
            index.definitions.push(take(&mut rest)?);
        }
        for _ in 0..lists.sources {
            index.sources.push(take(&mut rest)?);
        }
        if !rest.is_empty() {
            let count: u64 = take(&mut rest)?;
            if sum.checked_add(count)? > file / LEAST_FRAME {
                return None;
            }
            for _ in 0..count {
                let (sampled, offset) = take(&mut rest)?;
                index.sampled.push(sampled);
                index.looks.push(offset);
            }
        }
        index.is_in_order().then_some(index)
    }

    /// The part at this offset turned out to be none; it was the last one.
    pub fn forget(&mut self, offset: u64) {
        if self.offsets.pop_if(|last| *last == offset).is_some() {
            self.blocks.pop();
        }
        if self.looks.pop_if(|last| *last == offset).is_some() {
            self.sampled.pop();
        }
        self.keyframes.pop_if(|last| last.1 == offset);
        self.definitions.pop_if(|last| *last == offset);
        self.sources.pop_if(|last| *last == offset);
        self.meta = self.meta.filter(|meta| *meta != offset);
        self.notes = self.notes.filter(|notes| *notes != offset);
    }

    fn is_in_order(&self) -> bool {
        let mut before = Block::default();
        for block in &self.blocks {
            let follows = block.first == before.after()
                && (1..=MOST_EVENTS).contains(&block.count)
                && block.end >= before.end
                && block.last_task >= before.last_task;
            if !follows {
                return false;
            }
            before = block.clone();
        }
        self.keyframes.is_sorted_by_key(|entry| entry.0)
    }
}

fn take<'a, T: Deserialize<'a>>(rest: &mut &'a [u8]) -> Option<T> {
    let (value, left) = postcard::take_from_bytes(rest).ok()?;
    *rest = left;
    Some(value)
}
