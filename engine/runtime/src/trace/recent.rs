//! What is known of tasks, promises, handles and sockets by their numbers. Most of them end soon after they were created, so the last ones
//! stand in a table of their own that needs no search.

use std::hash::Hash;

use loopscope_protocol::{HandleId, TaskId};
use rustc_hash::FxHashMap;

/// Entries of the table where nothing else is said.
const ROOM: usize = 1024;

/// What is numbered one after the other.
pub trait Numbered: Copy + Eq + Hash {
    /// The number.
    fn number(self) -> u64;
}

impl Numbered for TaskId {
    #[inline]
    fn number(self) -> u64 {
        self.0
    }
}

impl Numbered for HandleId {
    #[inline]
    fn number(self) -> u64 {
        self.0
    }
}

impl Numbered for u64 {
    #[inline]
    fn number(self) -> u64 {
        self
    }
}

impl Numbered for u32 {
    #[inline]
    fn number(self) -> u64 {
        self.into()
    }
}

/// A map from what is numbered to values, with a table of so many entries, which is a power of two.
pub struct Recent<K, T, const N: usize = ROOM> {
    table: Vec<Option<(K, T)>>,
    /// Those that had to make room.
    others: FxHashMap<K, T>,
}

impl<K, T, const N: usize> Default for Recent<K, T, N> {
    fn default() -> Self {
        Self { table: std::iter::repeat_with(|| None).take(N).collect(), others: FxHashMap::default() }
    }
}

impl<K: Numbered, T, const N: usize> Recent<K, T, N> {
    #[inline]
    fn place(key: K) -> usize {
        usize::try_from(key.number() % N as u64).unwrap_or(0)
    }

    /// Keeps the value of what has none yet.
    #[inline]
    pub fn insert(&mut self, key: K, value: T) {
        if let Some((other, value)) = self.table[Self::place(key)].replace((key, value)) {
            self.others.insert(other, value);
        }
    }

    /// The value.
    #[inline]
    pub fn get(&self, key: K) -> Option<&T> {
        match &self.table[Self::place(key)] {
            Some((found, value)) if *found == key => Some(value),
            _ if self.others.is_empty() => None,
            _ => self.others.get(&key),
        }
    }

    /// The value, to be changed.
    #[inline]
    pub fn get_mut(&mut self, key: K) -> Option<&mut T> {
        match &mut self.table[Self::place(key)] {
            Some((found, value)) if *found == key => Some(value),
            _ if self.others.is_empty() => None,
            _ => self.others.get_mut(&key),
        }
    }

    /// Takes the value out.
    #[inline]
    pub fn remove(&mut self, key: K) -> Option<T> {
        let entry = &mut self.table[Self::place(key)];
        if entry.as_ref().is_some_and(|(found, _)| *found == key) {
            return entry.take().map(|(_, value)| value);
        }
        // Nothing to search for is what there mostly is.
        if self.others.is_empty() { None } else { self.others.remove(&key) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_whether_they_are_recent_or_not() {
        let mut values: Recent<TaskId, u64> = Recent::default();
        let last = 5 * ROOM as u64;
        for number in 0..last {
            values.insert(TaskId(number), number * 2);
        }
        for number in (0..last).rev() {
            assert_eq!(values.get(TaskId(number)), Some(&(number * 2)));
            *values.get_mut(TaskId(number)).unwrap() += 1;
            assert_eq!(values.remove(TaskId(number)), Some(number * 2 + 1));
            assert_eq!((values.remove(TaskId(number)), values.get(TaskId(number))), (None, None));
        }
        assert!(values.others.is_empty() && values.table.iter().all(Option::is_none));
    }
}
