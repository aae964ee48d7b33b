//! Very many items in few bytes: the newest as they are, the older ones packed. A run of a hundred million events has
//! twenty million callbacks, and any of them may be looked at.

use std::cell::RefCell;

use super::track::{Item, Span};

/// Items that are packed together. Where a run stood still for a moment, a picture of all of it looks at a few items of a
/// pack, and there can be as many such moments as the picture has points: so packs are small.
const PACK: usize = 1 << 7;

/// Items that are not packed, at least; at most there are twice as many.
const PLAIN: usize = 1 << 16;

/// Packs that are kept unpacked because they were looked at.
const UNPACKED: usize = 1 << 9;

/// Most numbers of an item.
pub const NUMBERS: usize = 8;

/// Items with where they lie, in the order in which they ended.
#[derive(Debug)]
pub struct Items<T> {
    packs: Vec<Box<[u8]>>,
    /// When the last item of each pack ended.
    ends: Vec<u64>,
    spans: Vec<Span>,
    items: Vec<T>,
    /// Packs that were looked at, with their numbers; of those with the same place the last one.
    unpacked: RefCell<Vec<Option<Unpacked<T>>>>,
}

/// A pack as it was.
#[derive(Debug)]
struct Unpacked<T> {
    number: usize,
    items: Box<[(Span, T)]>,
}

impl<T> Default for Items<T> {
    fn default() -> Self {
        Self {
            packs: Vec::new(),
            ends: Vec::new(),
            spans: Vec::new(),
            items: Vec::new(),
            unpacked: RefCell::default(),
        }
    }
}

impl<T: Item> Items<T> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.packs.len() * PACK + self.items.len()
    }

    /// When the last one ended.
    pub fn end(&self) -> u64 {
        self.spans.last().map_or(0, |span| span.end)
    }

    /// Adds one that ended after all others.
    pub fn push(&mut self, span: Span, item: T) {
        self.spans.push(span);
        self.items.push(item);
        if self.items.len() >= 2 * PLAIN {
            for from in (0..PLAIN).step_by(PACK) {
                let part = from..from + PACK;
                self.ends.push(self.spans[part.end - 1].end);
                self.packs.push(pack(&self.spans[part.clone()], &self.items[part]));
            }
            self.spans.drain(..PLAIN);
            self.items.drain(..PLAIN);
        }
    }

    /// The item of a number, and where it lies.
    pub fn get(&self, index: usize) -> Option<(Span, T)> {
        let number = index / PACK;
        if number >= self.packs.len() {
            let index = index - self.packs.len() * PACK;
            return Some((*self.spans.get(index)?, *self.items.get(index)?));
        }
        let mut unpacked = self.unpacked.borrow_mut();
        if unpacked.is_empty() {
            unpacked.resize_with(UNPACKED, || None);
        }
        let entry = &mut unpacked[number % UNPACKED];
        if entry.as_ref().is_none_or(|known| known.number != number) {
            *entry = Some(Unpacked { number, items: unpack(&self.packs[number]) });
        }
        entry.as_ref()?.items.get(index % PACK).copied()
    }

    /// Number of the first item that ends at `time` or later.
    pub fn from(&self, time: u64) -> usize {
        let pack = self.ends.partition_point(|end| *end < time);
        if pack == self.packs.len() {
            return pack * PACK + self.spans.partition_point(|span| span.end < time);
        }
        let ends = |index: &usize| self.get(*index).is_some_and(|(span, _)| span.end < time);
        (pack * PACK..(pack + 1) * PACK).find(|index| !ends(index)).unwrap_or((pack + 1) * PACK)
    }
}

/// Writes the difference to a number in as few bytes as it needs.
fn write(bytes: &mut Vec<u8>, before: u64, number: u64) {
    let difference = number.wrapping_sub(before) as i64;
    let mut rest = ((difference << 1) ^ (difference >> 63)) as u64;
    while rest >= 0x80 {
        bytes.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    bytes.push(rest as u8);
}

/// Reads what [`write`] has written.
fn read(bytes: &mut std::slice::Iter<'_, u8>, before: u64) -> u64 {
    let (mut number, mut shift) = (0_u64, 0);
    for byte in bytes.by_ref() {
        number |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 || shift > 63 {
            break;
        }
    }
    let difference = (number >> 1) as i64 ^ -((number & 1) as i64);
    before.wrapping_add(difference as u64)
}

/// Neighbours are alike: of every number only the difference to that of the item before is written.
fn pack<T: Item>(spans: &[Span], items: &[T]) -> Box<[u8]> {
    let mut bytes = Vec::with_capacity(items.len() * 24);
    let (mut last, mut before) = (Span::new((0, 0), (0, 0)), [0; NUMBERS]);
    for (span, item) in spans.iter().zip(items) {
        write(&mut bytes, last.end, span.start);
        write(&mut bytes, 0, span.length());
        write(&mut bytes, u64::from(last.to), u64::from(span.from));
        write(&mut bytes, u64::from(span.from), u64::from(span.to));
        let numbers = item.numbers();
        for (number, before) in numbers.iter().zip(before).take(T::NUMBERS) {
            write(&mut bytes, before, *number);
        }
        (last, before) = (*span, numbers);
    }
    bytes.into_boxed_slice()
}

fn unpack<T: Item>(bytes: &[u8]) -> Box<[(Span, T)]> {
    let mut bytes = bytes.iter();
    let (mut last, mut before) = (Span::new((0, 0), (0, 0)), [0; NUMBERS]);
    let items = (0..PACK).map(|_| {
        let start = read(&mut bytes, last.end);
        let end = start + read(&mut bytes, 0);
        let from = read(&mut bytes, u64::from(last.to)) as u32;
        let to = read(&mut bytes, u64::from(from)) as u32;
        for before in before.iter_mut().take(T::NUMBERS) {
            *before = read(&mut bytes, *before);
        }
        last = Span { start, end, from, to };
        (last, T::of(before))
    });
    items.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_is_as_it_was() {
        let mut items = Items::<u64>::default();
        let count = 5 * PLAIN + 77;
        let odd = |number: u64| number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let span = |number: u64| {
            let start = number * 1000 + odd(number) % 500;
            Span::new((start, number as u32 * 3), (start + odd(number) % 400, number as u32 * 3 + 2))
        };
        for number in 0..count as u64 {
            items.push(span(number), odd(number));
        }
        assert_eq!((items.len(), items.packs.len()), (count, 4 * PLAIN / PACK));
        for index in (0..count).step_by(613).chain([count - 1]).chain((0..count).rev().step_by(4099)) {
            let number = index as u64;
            assert_eq!(items.get(index), Some((span(number), odd(number))), "{index}");
        }
        assert_eq!(items.get(count), None);
        assert_eq!(items.end(), span(count as u64 - 1).end);
        for time in (0..count as u64 * 1000).step_by(7_654_321) {
            let wanted = (0..count as u64).position(|number| span(number).end >= time).unwrap();
            assert_eq!(items.from(time), wanted, "at {time}");
        }
    }
}
