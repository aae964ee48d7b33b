//! Compares what a program printed with what was expected, and says where they differ.

use std::fmt::Write;

use similar::{ChangeTag, TextDiff};

use crate::process::Outcome;

/// Equal lines shown around a difference.
const CONTEXT: usize = 3;

/// How `actual` differs from `expected`, as text to read; `None` when it does not. With `unordered`, the lines of
/// the standard output may come in any order.
pub fn difference(expected: &Outcome, actual: &Outcome, unordered: bool) -> Option<String> {
    let mut text = String::new();
    if expected.exit != actual.exit {
        let _ = writeln!(text, "exit code: expected {}, got {}", expected.exit, actual.exit);
    }
    if unordered {
        stream(&mut text, "stdout (sorted)", &sorted(&expected.stdout), &sorted(&actual.stdout));
    } else {
        stream(&mut text, "stdout", &expected.stdout, &actual.stdout);
    }
    stream(&mut text, "stderr", &expected.stderr, &actual.stderr);
    (!text.is_empty()).then_some(text)
}

/// How two texts differ, as text to read; `None` when they do not.
pub fn text_difference(expected: &str, actual: &str) -> Option<String> {
    let mut text = String::new();
    stream(&mut text, "output", expected, actual);
    (!text.is_empty()).then_some(text)
}

/// Appends the lines that differ, `-` before an expected one and `+` before one that was printed instead.
fn stream(text: &mut String, name: &str, expected: &str, actual: &str) {
    if expected == actual {
        return;
    }
    let _ = writeln!(text, "{name}: - expected, + got");
    let diff = TextDiff::from_lines(expected, actual);
    for (index, group) in diff.grouped_ops(CONTEXT).iter().enumerate() {
        if index > 0 {
            text.push_str("  ⋮\n");
        }
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            let line = change.value();
            let _ = write!(text, "{sign} {}", visible(line));
            text.push_str(if line.ends_with('\n') { "\n" } else { "  (no line end)\n" });
        }
    }
}

/// `line` without its end, with what cannot be seen made visible.
fn visible(line: &str) -> String {
    let line = line.strip_suffix('\n').unwrap_or(line);
    let end = line.trim_end_matches(' ').len();
    let mut text = String::with_capacity(line.len());
    for (index, c) in line.char_indices() {
        match c {
            ' ' if index >= end => text.push('·'),
            '\t' => text.push('\t'),
            c if c.is_control() => text.extend(c.escape_default()),
            c => text.push(c),
        }
    }
    text
}

fn sorted(text: &str) -> String {
    let mut lines: Vec<_> = text.lines().collect();
    lines.sort_unstable();
    lines.into_iter().flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(stdout: &str, exit: i32) -> Outcome {
        Outcome { stdout: stdout.to_owned(), stderr: String::new(), exit }
    }

    #[test]
    fn equal_outcomes_have_no_difference() {
        assert_eq!(difference(&outcome("a\n", 0), &outcome("a\n", 0), false), None);
    }

    #[test]
    fn order_counts_unless_said_otherwise() {
        let (one, two) = (outcome("a\nb\n", 0), outcome("b\na\n", 0));
        assert!(difference(&one, &two, false).is_some());
        assert_eq!(difference(&one, &two, true), None);
    }

    #[test]
    fn a_difference_shows_codes_lines_and_invisible_characters() {
        let text = difference(&outcome("a\nb\n", 0), &outcome("a\nb \x1b[0m ", 1), false).unwrap();
        let want = "exit code: expected 0, got 1\nstdout: - expected, + got\n  a\n- b\n+ b \\u{1b}[0m·  (no line end)\n";
        assert_eq!(text, want);
    }
}
