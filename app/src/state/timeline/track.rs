//! A row of things in time with summaries of ever larger groups, so that drawing costs as much as there are pixels.

use std::ops::Range;

use loopscope_protocol::{Nanos, TaskId};

use super::items::{Items, NUMBERS};

/// Items in a group of the next level.
const GROUP: usize = 16;

/// Items behind the shown stretch that are looked at because they may have begun to wait inside it.
const LOOK_AHEAD: usize = 256;

/// What lies on a track.
pub trait Item: Copy {
    /// How many numbers it is made of.
    const NUMBERS: usize;

    /// It as numbers, of which those of neighbours are alike.
    fn numbers(&self) -> [u64; NUMBERS];

    /// The item of these numbers.
    fn of(numbers: [u64; NUMBERS]) -> Self;

    /// Since when it waited for its start, given that.
    fn since(&self, start: Nanos) -> Nanos {
        start
    }

    /// Whether it is to be seen even where much lies on a single point.
    fn stands_out(&self) -> bool {
        false
    }

    /// The callback it is about.
    fn task(&self) -> TaskId {
        TaskId::NONE
    }

    /// Whether it lies inside another item of the track, so that its time is counted already.
    fn is_inside(&self) -> bool {
        false
    }
}

impl Item for () {
    const NUMBERS: usize = 0;

    fn numbers(&self) -> [u64; NUMBERS] {
        [0; NUMBERS]
    }

    fn of(_: [u64; NUMBERS]) -> Self {}
}

#[cfg(test)]
impl Item for u64 {
    const NUMBERS: usize = 1;

    fn numbers(&self) -> [u64; NUMBERS] {
        [*self, 0, 0, 0, 0, 0, 0, 0]
    }

    fn of(numbers: [u64; NUMBERS]) -> Self {
        numbers[0]
    }
}

/// A stretch of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// When it begins.
    pub start: Nanos,
    /// When it ends.
    pub end: Nanos,
    /// The moment at which it begins: number of events until then. Counts anew after four billion.
    pub from: u32,
    /// The moment at which it ends.
    pub to: u32,
}

impl Span {
    /// A stretch from an event to an event, each with its time and the moment behind it.
    pub fn new((start, from): (Nanos, u32), (end, to): (Nanos, u32)) -> Self {
        Self { start: start.min(end), end, from: from.min(to), to }
    }

    /// How long it is.
    pub fn length(&self) -> Nanos {
        self.end - self.start
    }
}

/// A group of items.
#[derive(Debug, Clone, Copy)]
struct Summary<T> {
    span: Span,
    /// Time in which there was an item.
    busy: Nanos,
    /// Number of the longest item: it stands for the group.
    longest: usize,
    /// How long that is.
    length: Nanos,
    /// And what.
    item: T,
    /// Items in the group.
    count: usize,
    /// When the first of them began to wait.
    since: Nanos,
}

/// What lies in a stretch of time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many items, those that only reach into it included.
    pub count: usize,
    /// The part of the stretch in which there was an item.
    pub busy: Nanos,
    /// Number of the longest item, and how long that is.
    pub longest: Option<(usize, Nanos)>,
}

/// A part of a track as it is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece<T> {
    /// Where it lies.
    pub span: Span,
    /// Since when it, or the first of them, waited for its start.
    pub since: Nanos,
    /// The part of this time in which there was an item, from 0 to 1.
    pub busy: f32,
    /// How many items it stands for.
    pub count: usize,
    /// The item, or the longest of them.
    pub item: T,
    /// Its number.
    pub index: usize,
}

/// Items in the order in which they ended. They do not overlap, except that one may lie inside another that ended later.
#[derive(Debug)]
pub struct Track<T> {
    items: Items<T>,
    /// `levels[0]` summarizes groups of items, each further one groups of the one before.
    levels: Vec<Vec<Summary<T>>>,
}

impl<T> Default for Track<T> {
    fn default() -> Self {
        Self { items: Items::default(), levels: Vec::new() }
    }
}

impl<T: Item> Track<T> {
    /// Number of items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// When the last item ended.
    pub fn end(&self) -> Nanos {
        self.items.end()
    }

    /// Start, end and item, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Nanos, Nanos, T)> + '_ {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// Where an item lies.
    pub fn span(&self, index: usize) -> Option<Span> {
        self.items.get(index).map(|(span, _)| span)
    }

    /// An item with its start and end.
    pub fn get(&self, index: usize) -> Option<(Nanos, Nanos, T)> {
        self.items.get(index).map(|(span, item)| (span.start, span.end, item))
    }

    /// Adds an item that ended after all others.
    pub fn push(&mut self, span: Span, item: T) {
        let index = self.items.len();
        self.items.push(span, item);
        self.summarize(single(index, span, item), index);
    }

    /// Adds the item of number `index` to its group on every level.
    fn summarize(&mut self, one: Summary<T>, index: usize) {
        let mut group = index / GROUP;
        let mut level = 0;
        // A single group is no summary: a level begins with its second one.
        while group > 0 || level < self.levels.len() {
            if level == self.levels.len() {
                let Some(first) = self.first_group(level) else { return };
                self.levels.push(vec![first]);
            }
            match self.levels[level].get_mut(group) {
                Some(known) => known.add(one),
                None => self.levels[level].push(one),
            }
            group /= GROUP;
            level += 1;
        }
    }

    /// The first group of a new level, from the level below.
    fn first_group(&self, level: usize) -> Option<Summary<T>> {
        let mut summary = self.node(level, 0)?;
        (1..GROUP).filter_map(|index| self.node(level, index)).for_each(|other| summary.add(other));
        Some(summary)
    }

    /// A group, or an item at level 0.
    fn node(&self, level: usize, index: usize) -> Option<Summary<T>> {
        match level {
            0 => self.items.get(index).map(|(span, item)| single(index, span, item)),
            level => self.levels[level - 1].get(index).copied(),
        }
    }

    /// How many groups a level has; level 0 are the items.
    fn nodes(&self, level: usize) -> usize {
        match level {
            0 => self.len(),
            level => self.levels[level - 1].len(),
        }
    }

    /// The groups or items of the level below that a group is made of.
    fn below(&self, level: usize, index: usize) -> Range<usize> {
        let first = index * GROUP;
        first..(first + GROUP).min(self.nodes(level - 1))
    }

    /// Calls `draw` for what lies in `window`, in order: items, and groups for which `small` says that they need not be
    /// told apart. What lies behind the window and waited inside it comes too.
    pub fn visit(&self, window: Range<Nanos>, small: impl Fn(&Span) -> bool, mut draw: impl FnMut(Piece<T>)) {
        let top = self.levels.len();
        let mut visit = Visit { window, small, draw: &mut draw, ahead: LOOK_AHEAD };
        self.visit_level(top, 0..self.nodes(top), &mut visit);
    }

    fn visit_level<S: Fn(&Span) -> bool, D: FnMut(Piece<T>)>(
        &self,
        level: usize,
        nodes: Range<usize>,
        visit: &mut Visit<'_, S, D>,
    ) {
        for index in nodes {
            let Some(Summary { span, busy, longest, count, since, item, .. }) = self.node(level, index)
            else {
                return;
            };
            if span.end < visit.window.start || since > visit.window.end {
                continue;
            }
            if span.start > visit.window.end {
                if visit.ahead == 0 {
                    return;
                }
                visit.ahead -= 1;
            }
            if level == 0 || (visit.small)(&span) {
                let length = span.length();
                let busy =
                    if length == 0 || count == 1 { 1.0 } else { (busy as f32 / length as f32).min(1.0) };
                (visit.draw)(Piece { span, since, busy, count, item, index: longest });
                continue;
            }
            self.visit_level(level - 1, self.below(level, index), visit);
        }
    }

    /// What lies in `window`.
    pub fn sum(&self, window: Range<Nanos>) -> Sum {
        let mut sum = Sum::default();
        let top = self.levels.len();
        self.sum_level(top, 0..self.nodes(top), &window, &mut sum);
        sum
    }

    fn sum_level(&self, level: usize, nodes: Range<usize>, window: &Range<Nanos>, sum: &mut Sum) {
        for index in nodes {
            let Some(Summary { span, busy, longest, length, count, .. }) = self.node(level, index) else {
                return;
            };
            if span.end < window.start || span.start > window.end {
                continue;
            }
            let is_whole = span.start >= window.start && span.end <= window.end;
            if level > 0 && !is_whole {
                self.sum_level(level - 1, self.below(level, index), window, sum);
                continue;
            }
            sum.count += count;
            sum.busy += if is_whole || busy == 0 {
                busy
            } else {
                span.end.min(window.end) - span.start.max(window.start)
            };
            if sum.longest.is_none_or(|(_, known)| length > known) {
                sum.longest = Some((longest, length));
            }
        }
    }

    /// Number of the first item that ends at `time` or later.
    pub fn from(&self, time: Nanos) -> usize {
        self.items.from(time)
    }
}

/// What a visit of a track needs to know.
struct Visit<'d, S, D> {
    window: Range<Nanos>,
    small: S,
    draw: &'d mut D,
    /// How many groups and items behind the window may still be looked at.
    ahead: usize,
}

/// An item as a group of one.
fn single<T: Item>(index: usize, span: Span, item: T) -> Summary<T> {
    let (length, since) = (span.length(), item.since(span.start).min(span.start));
    let busy = if item.is_inside() { 0 } else { length };
    Summary { span, busy, longest: index, length, item, count: 1, since }
}

impl<T: Item> Summary<T> {
    fn add(&mut self, other: Self) {
        self.span.start = self.span.start.min(other.span.start);
        self.span.end = self.span.end.max(other.span.end);
        self.span.from = self.span.from.min(other.span.from);
        self.span.to = self.span.to.max(other.span.to);
        self.busy += other.busy;
        self.count += other.count;
        self.since = self.since.min(other.since);
        if other.length > self.length {
            (self.longest, self.length, self.item) = (other.longest, other.length, other.item);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: Nanos, end: Nanos) -> Span {
        Span::new((start, 0), (end, 0))
    }

    fn track(count: u64) -> Track<u64> {
        let mut track = Track::default();
        for number in 0..count {
            track.push(span(number * 10, number * 10 + 5), number);
        }
        track
    }

    fn pieces(track: &Track<u64>, from: Nanos, to: Nanos, resolution: Nanos) -> Vec<Piece<u64>> {
        let mut pieces = Vec::new();
        track.visit(from..to, |span| span.length() <= resolution, |piece| pieces.push(piece));
        pieces
    }

    #[test]
    fn every_item_is_found_at_full_resolution() {
        for count in [0, 1, 15, 16, 17, 255, 256, 257, 4095, 4096, 4097, 10_000] {
            let track = track(count);
            let found: Vec<u64> = pieces(&track, 0, u64::MAX, 0).iter().map(|piece| piece.item).collect();
            assert_eq!(found, (0..count).collect::<Vec<_>>(), "{count} items");
        }
    }

    #[test]
    fn groups_count_every_item_once() {
        for count in [16, 17, 256, 257, 4096, 5000, 70_000] {
            let track = track(count);
            for resolution in [100, 1_000, 100_000, u64::MAX] {
                let total: usize =
                    pieces(&track, 0, u64::MAX, resolution).iter().map(|piece| piece.count).sum();
                assert_eq!(total as u64, count, "{count} items at {resolution}");
            }
        }
    }

    #[test]
    fn a_window_of_a_long_run_costs_as_much_as_it_shows() {
        let track = track(1_000_000);
        let whole = pieces(&track, 0, u64::MAX, 10_000);
        assert!(whole.len() <= 4096, "{}", whole.len());
        assert!(whole.iter().all(|piece| (0.4..=0.6).contains(&piece.busy)));
        let part = pieces(&track, 5_000_000, 5_000_100, 0);
        assert!((10..=12).contains(&part.len()), "{}", part.len());
    }

    #[test]
    fn sums_of_a_stretch_are_exact() {
        let track = track(5000);
        assert_eq!(track.sum(0..u64::MAX), Sum { count: 5000, busy: 25_000, longest: Some((0, 5)) });
        // Cut through items 100 and 4000.
        let sum = track.sum(1002..40_003);
        assert_eq!((sum.count, sum.busy), (3901, 3 + 3899 * 5 + 3));
        assert_eq!(track.sum(6..9), Sum::default());
    }

    #[derive(Clone, Copy)]
    struct Waited(Nanos);

    impl Item for Waited {
        const NUMBERS: usize = 1;

        fn numbers(&self) -> [u64; NUMBERS] {
            self.0.numbers()
        }

        fn of(numbers: [u64; NUMBERS]) -> Self {
            Self(numbers[0])
        }

        fn since(&self, _start: Nanos) -> Nanos {
            self.0
        }
    }

    #[test]
    fn what_waited_in_the_window_and_ran_later_is_seen() {
        let mut track = Track::default();
        for number in 0..100 {
            track.push(
                span(10_000 + number * 10, 10_005 + number * 10),
                Waited(if number % 2 == 0 { 50 } else { 9_000 }),
            );
        }
        let mut seen = 0;
        track.visit(0..100, |_| false, |piece| seen += usize::from(piece.since <= 100));
        assert_eq!(seen, 50);
    }
}
