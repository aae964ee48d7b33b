//! A row of things in time with summaries of ever larger groups, so that drawing costs as much as there are pixels.

use loopscope_protocol::Nanos;

/// Items in a group of the next level.
const GROUP: usize = 16;

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    start: Nanos,
    end: Nanos,
}

/// A group of items.
#[derive(Debug, Clone, Copy)]
struct Summary {
    span: Span,
    /// Time in which there was an item.
    busy: Nanos,
    /// The longest item: it stands for the group.
    longest: usize,
    /// Items in the group.
    count: usize,
}

/// A part of a track as it is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece<'a, T> {
    /// When it begins.
    pub start: Nanos,
    /// When it ends.
    pub end: Nanos,
    /// The part of this time in which there was an item, from 0 to 1.
    pub busy: f32,
    /// How many items it stands for.
    pub count: usize,
    /// The item, or the longest of them.
    pub item: &'a T,
    /// Its number.
    pub index: usize,
}

/// Items in the order in which they ended. They do not overlap, except that one may lie inside another that ended later.
#[derive(Debug)]
pub struct Track<T> {
    spans: Vec<Span>,
    items: Vec<T>,
    /// `levels[0]` summarizes groups of items, each further one groups of the one before.
    levels: Vec<Vec<Summary>>,
}

impl<T> Default for Track<T> {
    fn default() -> Self {
        Self { spans: Vec::new(), items: Vec::new(), levels: Vec::new() }
    }
}

impl<T> Track<T> {
    /// Number of items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// When the last item ended.
    pub fn end(&self) -> Nanos {
        self.spans.last().map_or(0, |span| span.end)
    }

    /// Start, end and item, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Nanos, Nanos, &T)> {
        self.spans.iter().zip(&self.items).map(|(span, item)| (span.start, span.end, item))
    }

    /// An item with its start and end.
    pub fn get(&self, index: usize) -> Option<(Nanos, Nanos, &T)> {
        let span = self.spans.get(index)?;
        Some((span.start, span.end, self.items.get(index)?))
    }

    /// Adds an item that ended after all others.
    pub fn push(&mut self, start: Nanos, end: Nanos, item: T) {
        let index = self.items.len();
        let span = Span { start: start.min(end), end };
        self.spans.push(span);
        self.items.push(item);
        let one = Summary { span, busy: span.end - span.start, longest: index, count: 1 };
        self.summarize(one, index);
    }

    /// Adds the item of number `index` to its group on every level.
    fn summarize(&mut self, one: Summary, index: usize) {
        let mut group = index / GROUP;
        let mut level = 0;
        // A single group is no summary: a level begins with its second one.
        while group > 0 || level < self.levels.len() {
            if level == self.levels.len() {
                let first = self.first_group(level);
                self.levels.push(vec![first]);
            }
            match self.levels[level].get_mut(group) {
                Some(known) => known.add(one, &self.spans),
                None => self.levels[level].push(one),
            }
            group /= GROUP;
            level += 1;
        }
    }

    /// The first group of a new level, from the level below.
    fn first_group(&self, level: usize) -> Summary {
        let node = |index: usize| match level {
            0 => self.single(index),
            level => self.levels[level - 1][index],
        };
        let mut summary = node(0);
        for index in 1..GROUP {
            summary.add(node(index), &self.spans);
        }
        summary
    }

    fn single(&self, index: usize) -> Summary {
        let span = self.spans[index];
        Summary { span, busy: span.end - span.start, longest: index, count: 1 }
    }

    /// Calls `draw` for what lies in `from..to`, in order: items that last at least `resolution`, and groups that
    /// do not.
    pub fn visit<'a>(
        &'a self,
        from: Nanos,
        to: Nanos,
        resolution: Nanos,
        mut draw: impl FnMut(Piece<'a, T>),
    ) {
        let top = self.levels.len();
        let count = top.checked_sub(1).map_or(self.spans.len(), |level| self.levels[level].len());
        self.visit_level(top, 0..count, from..to, resolution, &mut draw);
    }

    /// Level 0 are the items themselves, level n is `levels[n - 1]`.
    fn visit_level<'a>(
        &'a self,
        level: usize,
        nodes: std::ops::Range<usize>,
        window: std::ops::Range<Nanos>,
        resolution: Nanos,
        draw: &mut impl FnMut(Piece<'a, T>),
    ) {
        for node in nodes {
            let Summary { span, busy, longest, count } = match level {
                0 => self.single(node),
                level => self.levels[level - 1][node],
            };
            if span.end < window.start || span.start > window.end {
                continue;
            }
            let length = span.end - span.start;
            if level == 0 || length <= resolution {
                let busy = if length == 0 { 1.0 } else { (busy as f32 / length as f32).min(1.0) };
                let item = &self.items[longest];
                draw(Piece { start: span.start, end: span.end, busy, count, item, index: longest });
                continue;
            }
            let below = match level {
                1 => self.spans.len(),
                level => self.levels[level - 2].len(),
            };
            let first = node * GROUP;
            let children = first..(first + GROUP).min(below);
            self.visit_level(level - 1, children, window.clone(), resolution, draw);
        }
    }

    /// The item at a time, the innermost when several lie in each other; items that ended within `slack` count.
    pub fn at(&self, time: Nanos, slack: Nanos) -> Option<usize> {
        let first = self.spans.partition_point(|span| span.end + slack < time);
        // Items inside others end before them, so the first one that fits is the innermost.
        (first..self.spans.len().min(first + GROUP)).find(|&index| {
            let span = self.spans[index];
            span.start <= time + slack && time <= span.end + slack
        })
    }
}

impl Summary {
    fn add(&mut self, other: Self, spans: &[Span]) {
        let length = |index: usize| spans[index].end - spans[index].start;
        self.span.start = self.span.start.min(other.span.start);
        self.span.end = self.span.end.max(other.span.end);
        self.busy += other.busy;
        self.count += other.count;
        if length(other.longest) > length(self.longest) {
            self.longest = other.longest;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(count: u64) -> Track<u64> {
        let mut track = Track::default();
        for number in 0..count {
            track.push(number * 10, number * 10 + 5, number);
        }
        track
    }

    fn pieces(track: &Track<u64>, from: Nanos, to: Nanos, resolution: Nanos) -> Vec<Piece<'_, u64>> {
        let mut pieces = Vec::new();
        track.visit(from, to, resolution, |piece| pieces.push(piece));
        pieces
    }

    #[test]
    fn every_item_is_found_at_full_resolution() {
        for count in [0, 1, 15, 16, 17, 255, 256, 257, 4095, 4096, 4097, 10_000] {
            let track = track(count);
            let found: Vec<u64> = pieces(&track, 0, u64::MAX, 0).iter().map(|piece| *piece.item).collect();
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
    fn what_lies_under_the_pointer_is_found() {
        let track = track(1000);
        assert_eq!(track.at(5003, 0), Some(500));
        assert_eq!(track.at(5007, 0), None);
        assert_eq!(track.at(5007, 2), Some(500));
    }
}
