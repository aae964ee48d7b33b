//! Things that overlap in time, in rows of their own.

use super::track::{Item, Track};

/// What has begun and not ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open<K> {
    /// What it is.
    pub key: K,
    /// The moment at which it began.
    pub from: u32,
}

/// Rows that are filled from the first one.
#[derive(Debug)]
pub struct Rows<K, T> {
    /// What has ended, row by row.
    pub tracks: Vec<Track<T>>,
    /// What has begun and not ended, row by row.
    pub open: Vec<Option<Open<K>>>,
    /// How many things found no row.
    pub hidden: u64,
    most: usize,
}

impl<K: PartialEq, T: Item> Rows<K, T> {
    /// At most so many rows.
    pub fn new(most: usize) -> Self {
        Self { tracks: Vec::new(), open: Vec::new(), hidden: 0, most }
    }

    /// Something begins: it takes the first free row.
    pub fn begin(&mut self, key: K, from: u32) {
        let open = Some(Open { key, from });
        match self.open.iter().position(Option::is_none) {
            Some(row) => self.open[row] = open,
            None if self.open.len() < self.most => {
                self.open.push(open);
                self.tracks.push(Track::default());
            }
            None => self.hidden += 1,
        }
    }

    /// It ends; returns the row in which it is to be kept, and the moment at which it began.
    pub fn end(&mut self, key: &K) -> Option<(&mut Track<T>, u32)> {
        let row = self.open.iter().position(|open| open.as_ref().is_some_and(|open| open.key == *key))?;
        let from = self.open[row].take()?.from;
        Some((self.tracks.get_mut(row)?, from))
    }

    /// How many have ended.
    pub fn len(&self) -> usize {
        self.tracks.iter().map(Track::len).sum()
    }

    /// Whether none has ended.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
