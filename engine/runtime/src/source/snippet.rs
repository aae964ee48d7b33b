//! Where in a file a mistake is, as text: the lines with their neighbours, the way Node.js prints what it cannot strip
//! types from.

use std::ops::Range;

/// A place in a file and the lines around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The number of the first line, from 1.
    pub line: usize,
    /// The lines with one before and one after them. One line is underlined with carets; of several, the first and the
    /// last are marked with `>`.
    pub text: String,
}

impl Snippet {
    /// The snippet for a range of bytes in `source`.
    pub fn of(source: &str, range: Range<usize>) -> Self {
        let lines: Vec<&str> = source.lines().collect();
        // The end of a range may lie inside a wide character once 1 is taken off: bytes are counted, not characters.
        let line_of = |at: usize| source.bytes().take(at).filter(|&byte| byte == b'\n').count();
        let first = line_of(range.start);
        let last = line_of(range.end.saturating_sub(1).max(range.start));
        let mut shown = Vec::new();
        let from = first.saturating_sub(1);
        for (index, line) in lines.iter().enumerate().take(last + 2).skip(from) {
            if first == last {
                shown.push((*line).to_owned());
                if index == first {
                    shown.push(carets(source, &range));
                }
            } else if index == first || index == last {
                shown.push(format!("  > {line}"));
            } else {
                shown.push(format!("    {line}"));
            }
        }
        let text = shown.join("\n");
        Self { line: first + 1, text: text.trim_end().to_owned() }
    }
}

/// Spaces up to the range's first column, then a caret for each of its columns.
fn carets(source: &str, range: &Range<usize>) -> String {
    let line_start = source[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let columns = |text: &str| text.chars().count();
    let indent = columns(&source[line_start..range.start]);
    let width = columns(&source[range.clone()]).max(1);
    format!("{}{}", " ".repeat(indent), "^".repeat(width))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn shows(source: &str, part: &str, line: usize, text: &str) {
        let start = source.find(part).unwrap();
        let expected = Snippet { line, text: text.to_owned() };
        assert_eq!(Snippet::of(source, start..start + part.len()), expected);
    }

    #[test]
    fn one_line_is_underlined_between_its_neighbours() {
        shows("a\nb\n  bad c\nd\ne", "bad", 3, "b\n  bad c\n  ^^^\nd");
        shows("bad", "bad", 1, "bad\n^^^");
    }

    #[test]
    fn several_lines_are_marked_at_both_ends() {
        shows("a\nenum {\n x,\n}\nb", "enum {\n x,\n}", 2, "    a\n  > enum {\n     x,\n  > }\n    b");
    }
}
