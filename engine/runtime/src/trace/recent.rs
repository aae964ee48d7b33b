//! What is known of tasks and promises by their numbers. Most of them end soon after they were created, so the last ones
//! stand in a table of their own that needs no search.

use std::hash::Hash;

use loopscope_protocol::TaskId;
use rustc_hash::FxHashMap;

/// Entries of the table; a power of two.
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

impl Numbered for u32 {
    #[inline]
    fn number(self) -> u64 {
        self.into()
    }
}

/// A map from what is numbered to values.
pub struct Recent<K, T> {
    table: Vec<Option<(K, T)>>,
    /// Those that had to make room.
    others: FxHashMap<K, T>,
}

impl<K, T> Default for Recent<K, T> {
    fn default() -> Self {
        Self { table: std::iter::repeat_with(|| None).take(ROOM).collect(), others: FxHashMap::default() }
    }
}

#[inline]
fn place(key: impl Numbered) -> usize {
    usize::try_from(key.number() % ROOM as u64).unwrap_or(0)
}

impl<K: Numbered, T> Recent<K, T> {
    /// Keeps the value of what has none yet.
    #[inline]
    pub fn insert(&mut self, key: K, value: T) {
        if let Some((other, value)) = self.table[place(key)].replace((key, value)) {
            self.others.insert(other, value);
        }
    }

    /// The value.
    #[inline]
    pub fn get(&self, key: K) -> Option<&T> {
        match &self.table[place(key)] {
            Some((found, value)) if *found == key => Some(value),
            _ if self.others.is_empty() => None,
            _ => self.others.get(&key),
        }
    }

    /// The value, to be changed.
    #[inline]
    pub fn get_mut(&mut self, key: K) -> Option<&mut T> {
        match &mut self.table[place(key)] {
            Some((found, value)) if *found == key => Some(value),
            _ if self.others.is_empty() => None,
            _ => self.others.get_mut(&key),
        }
    }

    /// Takes the value out.
    #[inline]
    pub fn remove(&mut self, key: K) -> Option<T> {
        let entry = &mut self.table[place(key)];
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
        let mut values = Recent::default();
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
