//! A row that grows at its end and whose copies share everything that is full.

use std::collections::VecDeque;
use std::sync::Arc;

/// Items that are shared together.
const GROUP: usize = 256;

/// A row of items. Copying costs as much as there are groups of items, not as there are items.
#[derive(Debug, Clone)]
pub struct Shared<T> {
    /// All but the last are full.
    groups: VecDeque<Arc<Vec<T>>>,
    /// Items of the first group that are no longer part of the row.
    skipped: usize,
    len: usize,
}

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Self { groups: VecDeque::new(), skipped: 0, len: 0 }
    }
}

impl<T: Clone> Shared<T> {
    /// Number of items.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The item of this number, from 0.
    pub fn get(&self, index: usize) -> Option<&T> {
        if index >= self.len {
            return None;
        }
        let place = self.skipped + index;
        self.groups.get(place / GROUP)?.get(place % GROUP)
    }

    /// The first item.
    pub fn front(&self) -> Option<&T> {
        self.get(0)
    }

    /// The last item.
    pub fn back(&self) -> Option<&T> {
        self.get(self.len.checked_sub(1)?)
    }

    /// All items in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator {
        (0..self.len).map(|index| {
            let place = self.skipped + index;
            &self.groups[place / GROUP][place % GROUP]
        })
    }

    /// Adds an item at the end.
    pub fn push(&mut self, item: T) {
        self.change_last(|group| group.push(item));
        self.len += 1;
    }

    /// Does something that adds one item to the last group, or to a new one when that is full.
    fn change_last(&mut self, change: impl FnOnce(&mut Vec<T>)) {
        let used = self.skipped + self.len;
        if used == self.groups.len() * GROUP {
            self.groups.push_back(Arc::new(Vec::with_capacity(if used == 0 { 4 } else { GROUP })));
        }
        if let Some(last) = self.groups.back_mut() {
            change(Arc::make_mut(last));
        }
    }

    /// Takes the first item away.
    pub fn pop_front(&mut self) {
        if self.len == 0 {
            return;
        }
        self.len -= 1;
        self.skipped += 1;
        if self.skipped == GROUP {
            self.groups.pop_front();
            self.skipped = 0;
        }
    }

    /// The items `from..to` as a row that shares them with this one.
    pub fn slice(&self, from: usize, to: usize) -> Self {
        let to = to.min(self.len);
        let from = from.min(to);
        let first = (self.skipped + from) / GROUP;
        let end = (self.skipped + to).div_ceil(GROUP);
        let mut groups: VecDeque<_> = self.groups.range(first..end.max(first)).cloned().collect();
        let skipped = (self.skipped + from) % GROUP;
        let len = to - from;
        // What lies behind the end would be in the way of what is added later.
        let kept = skipped + len - groups.len().saturating_sub(1) * GROUP;
        if let Some(last) = groups.back_mut().filter(|last| last.len() > kept) {
            *last = Arc::new(last[..kept].to_vec());
        }
        if groups.is_empty() {
            return Self::default();
        }
        Self { groups, skipped, len }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_row_can_be_taken_and_added_to() {
        let mut row = Shared::default();
        for number in 0..1000_usize {
            row.push(number);
        }
        for _ in 0..300 {
            row.pop_front();
        }
        assert_eq!(row.iter().copied().collect::<Vec<_>>(), (300..1000).collect::<Vec<_>>());
        for (from, to) in [(0, 0), (0, 1), (0, 700), (5, 212), (211, 213), (468, 469), (469, 700), (700, 900)]
        {
            let mut part = row.slice(from, to);
            part.push(7);
            let wanted: Vec<usize> = (300 + from..300 + to.min(700)).chain([7]).collect();
            assert_eq!(part.iter().copied().collect::<Vec<_>>(), wanted, "{from}..{to}");
            assert_eq!(part.back(), Some(&7));
        }
        assert_eq!(row.len(), 700);
        assert_eq!(row.get(700), None);
    }
}
