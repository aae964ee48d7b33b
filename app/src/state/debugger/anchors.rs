//! What stands on the lines of a text while it is edited. A line that is broken in two is where that is which stood on it at
//! first, whatever was typed in front of it meanwhile.

use std::collections::HashMap;

/// The lines that an edit has changed: those between the first and the last ones, which are the same before and after.
pub(super) struct Change<'a> {
    pub old: Vec<&'a str>,
    pub new: Vec<&'a str>,
    /// Lines in front of the change, and behind it.
    pub head: usize,
    pub tail: usize,
}

impl<'a> Change<'a> {
    pub(super) fn between(before: &'a str, after: &'a str) -> Self {
        let (old, new): (Vec<_>, Vec<_>) = (before.split('\n').collect(), after.split('\n').collect());
        let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
        let least = old.len().min(new.len());
        let head = old.iter().zip(&new).take_while(same).count();
        let tail = old.iter().rev().zip(new.iter().rev()).take_while(same).count().min(least - head);
        Self { old, new, head, tail }
    }

    /// The lines that became others, and those.
    pub(super) fn replaced(&self) -> (&[&'a str], &[&'a str]) {
        (&self.old[self.head..self.old.len() - self.tail], &self.new[self.head..self.new.len() - self.tail])
    }
}

/// Where on edited lines, by number from 1, that stands which stood on them at first: columns from 0 in UTF-16 units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Anchors(HashMap<usize, usize>);

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The line of several that one was broken into on which that is which stood at a column, and its column there.
pub(super) fn piece(old: &str, new: &[&str], column: usize) -> (usize, usize) {
    let Some(last) = new.len().checked_sub(1) else { return (0, column) };
    let same = |pair: &(char, char)| pair.0 == pair.1;
    let head: usize = old.chars().zip(new[0].chars()).take_while(same).map(|(one, _)| one.len_utf16()).sum();
    let tail: usize =
        old.chars().rev().zip(new[last].chars().rev()).take_while(same).map(|(one, _)| one.len_utf16()).sum();
    let from_end = units(old).saturating_sub(column);
    if last > 0 && column >= head && from_end <= tail && from_end > 0 {
        (last, units(new[last]) - from_end)
    } else {
        (0, column)
    }
}

impl Anchors {
    /// A line begins anew with what stands on it now.
    pub(super) fn forget(&mut self, line: u32) {
        self.0.remove(&(line as usize));
    }

    /// Follows an edit. When one line became several: on which of them it is, from 0.
    pub(super) fn follow(&mut self, change: &Change) -> u32 {
        let (removed, added) = change.replaced();
        let line = change.head + 1;
        let behind = line + removed.len();
        let split = match (removed, added.len()) {
            ([old], count) if count > 0 => {
                let first = || units(&old[..old.len() - old.trim_start().len()]);
                let column = self.0.get(&line).copied().unwrap_or_else(first);
                Some(if count == 1 {
                    let moved =
                        super::breakpoint::moved(u32::try_from(column + 1).unwrap_or(0), old, added[0]);
                    (0, (moved as usize).saturating_sub(1))
                } else {
                    piece(old, added, column)
                })
            }
            _ => None,
        };
        let before = std::mem::take(&mut self.0);
        self.0 = before
            .into_iter()
            .filter(|(at, _)| *at < line || *at >= behind)
            .map(|(at, column)| (if at < line { at } else { at + added.len() - removed.len() }, column))
            .collect();
        let Some((index, column)) = split else { return 0 };
        self.0.insert(line + index, column);
        u32::try_from(index).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_of(steps: &[&str]) -> Vec<u32> {
        let mut anchors = Anchors::default();
        steps.windows(2).map(|pair| anchors.follow(&Change::between(pair[0], pair[1]))).collect()
    }

    #[test]
    fn what_stood_on_a_line_that_is_broken_in_two_is_found() {
        assert_eq!(lines_of(&["a\n  b();", "a\n  x; b();", "a\n  x;\n  b();"]), [0, 1]);
        assert_eq!(lines_of(&["b();", "\nb();"]), [0], "the line itself has moved");
        assert_eq!(lines_of(&["  b();", "  \n  b();"]), [0], "as above");
        assert_eq!(lines_of(&["b();", "b();\n"]), [0]);
        assert_eq!(lines_of(&["b(); c();", "b();\nc();"]), [0]);
        assert_eq!(lines_of(&["b();", "é; b();", "new\né; b();", "new\né;\n  b();"]), [0, 0, 1]);
    }
}
