//! Lines of a text that was edited while a run goes on: the run keeps the text that it began with, where they may be others.

use super::anchors::{Anchors, Change};

/// Some lines became some others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Edit {
    /// The first of them, from 1.
    at: u32,
    removed: u32,
    added: u32,
    /// When one line became several: which of them it is, from 0.
    piece: u32,
}

impl Edit {
    /// Where a line is after lines from `at` on were replaced; nowhere when it was one of those that have no successor.
    fn follow(at: u32, removed: u32, added: u32, line: u32) -> Option<u32> {
        match line.checked_sub(at) {
            None => Some(line),
            Some(inside) if inside < removed => (inside < added).then_some(line),
            Some(_) => (line + added).checked_sub(removed),
        }
    }

    fn now(&self, line: u32) -> Option<u32> {
        if self.piece > 0 && line == self.at {
            return Some(line + self.piece);
        }
        Self::follow(self.at, self.removed, self.added, line)
    }

    fn then(&self, line: u32) -> Option<u32> {
        if self.piece > 0 && (self.at..self.at + self.added).contains(&line) {
            return (line == self.at + self.piece).then_some(self.at);
        }
        Self::follow(self.at, self.added, self.removed, line)
    }
}

/// What was edited in a text since the run began.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drift {
    edits: Vec<Edit>,
    anchors: Anchors,
    /// How many of them are saved.
    saved: usize,
}

impl Drift {
    /// Notes an edit. Whether lines have moved by it.
    pub fn note(&mut self, before: &str, after: &str) -> bool {
        let change = Change::between(before, after);
        let piece = self.anchors.follow(&change);
        if change.old.len() == change.new.len() {
            return false;
        }
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let (removed, added) = change.replaced();
        let (removed, added) = (number(removed.len()), number(added.len()));
        self.edits.push(Edit { at: number(change.head + 1), removed, added, piece });
        true
    }

    /// The text was saved.
    pub fn save(&mut self) {
        self.saved = self.edits.len();
    }

    /// What was not saved is given up. Returns the edits that are undone.
    pub fn give_up(&mut self) -> Self {
        Self { edits: self.edits.split_off(self.saved), ..Self::default() }
    }

    /// Where a line of the run's text is now; `None` when it is gone.
    pub fn now(&self, line: u32) -> Option<u32> {
        self.edits.iter().try_fold(line, |line, edit| edit.now(line))
    }

    /// Which line of the run's text a line is; `None` for one that the run does not have.
    pub fn then(&self, line: u32) -> Option<u32> {
        self.edits.iter().rev().try_fold(line, |line, edit| edit.then(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_in_both_texts() {
        let mut drift = Drift::default();
        assert!(!drift.note("a\nb\nc", "a\nbb\nc"), "a line that changes stays what it is");
        assert!(drift.note("a\nb\nc", "a\nnew\nb\nc"));
        assert_eq!([1, 2, 3].map(|line| drift.now(line)), [Some(1), Some(3), Some(4)]);
        assert_eq!([1, 2, 3, 4].map(|line| drift.then(line)), [Some(1), None, Some(2), Some(3)]);
        // A line is broken in two, and others go.
        assert!(drift.note("a\nnew\nb\nc", "a\nnew\nb1\nb2\nc"));
        assert_eq!((drift.now(2), drift.then(3), drift.then(4)), (Some(3), Some(2), None));
        assert!(drift.note("a\nnew\nb1\nb2\nc", "a"));
        assert_eq!([1, 2, 3].map(|line| drift.now(line)), [Some(1), None, None]);
    }

    #[test]
    fn a_line_that_is_broken_in_two_is_where_its_text_is() {
        let mut drift = Drift::default();
        drift.note("a\nb()", "a\nx; b()");
        assert!(drift.note("a\nx; b()", "a\nx;\nb()"));
        assert_eq!((drift.now(2), drift.then(3), drift.then(2)), (Some(3), Some(2), None));
    }

    #[test]
    fn what_is_not_saved_can_be_given_up() {
        let mut drift = Drift::default();
        drift.note("a\nb", "a\nsaved\nb");
        drift.save();
        drift.note("a\nsaved\nb", "lost\na\nsaved\nb");
        assert_eq!((drift.now(2), drift.give_up().then(4)), (Some(4), Some(3)));
        assert_eq!(drift.now(2), Some(3));
    }
}
