//! Names of the functions that a call to `then`, `catch` or `finally` hands over, as the source has them.
//!
//! The engine knows where a reaction was asked for, not which function it will call: V8 tells of promises, not of their
//! handlers. The text at that place does.

use loopscope_protocol::PlaceId;
use loopscope_protocol::state::Names;

use crate::recording::Source;

/// The text before and behind a place, if its script is among the sources.
pub fn source_at<'a>(names: &Names, sources: &'a [Source], place: PlaceId) -> Option<(&'a str, &'a str)> {
    let place = names.place(place)?;
    let path = names.text(place.script);
    let text = &sources.iter().find(|source| source.path == path)?.text;
    let line = (place.line as usize).checked_sub(1)?;
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let start = starts.into_iter().nth(line)?;
    // Columns count UTF-16 units.
    let mut column = (place.column as usize).checked_sub(1)?;
    for (at, letter) in text[start..].char_indices() {
        if column == 0 || letter == '\n' {
            return Some(text.split_at(start + at));
        }
        column = column.saturating_sub(letter.len_utf16());
    }
    None
}

/// Functions that hand over handlers.
const CALLS: [&str; 3] = ["then", "catch", "finally"];

/// The names of the functions that the call at a place hands over, given the text before and behind it; none when it is no
/// such call. The place is that of the called name, or behind it.
pub fn handlers<'a>((before, behind): (&str, &'a str)) -> Vec<&'a str> {
    let call = behind.trim_start_matches(['?', '.']);
    let rest = match CALLS.iter().find_map(|name| call.strip_prefix(name)) {
        Some(rest) => rest.trim_start(),
        None if CALLS.iter().any(|name| before.trim_end().ends_with(name)) => behind,
        None => return Vec::new(),
    };
    let Some(mut rest) = rest.strip_prefix('(') else { return Vec::new() };
    let mut found = Vec::new();
    loop {
        rest = skip_word(rest.trim_start(), "async");
        let function = skip_word(rest, "function");
        let is_function = function.len() != rest.len();
        let (name, after) = path(function.trim_start_matches('*').trim_start());
        if !name.is_empty() && name != "null" && name != "undefined" {
            found.push(name);
        }
        // Behind a function that is written out here nothing is looked for: that would take a parser.
        match after.trim_start().strip_prefix(',') {
            Some(next) if !is_function => rest = next,
            _ => return found,
        }
    }
}

/// What follows a word and blanks, if the text begins with them.
fn skip_word<'a>(text: &'a str, word: &str) -> &'a str {
    match text.strip_prefix(word) {
        Some(rest) if !rest.starts_with(is_letter) => rest.trim_start(),
        _ => text,
    }
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '$'
}

/// The last name of `a.b.c`, and what follows.
fn path(text: &str) -> (&str, &str) {
    let mut rest = text;
    loop {
        let end = rest.find(|letter| !is_letter(letter)).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        match after.strip_prefix("?.").or(after.strip_prefix('.')) {
            Some(next) if !name.is_empty() => rest = next,
            _ => return (name, after),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handlers_are_found_by_their_names() {
        for (text, names) in [
            ("then(read)", vec!["read"]),
            ("then(\n  read,\n  failed,\n);", vec!["read", "failed"]),
            (".then(function read(data) { a, b })", vec!["read"]),
            ("then(async function* read() {})", vec!["read"]),
            ("catch(this.app.failed)", vec!["failed"]),
            ("finally(async () => {})", vec![]),
            ("then(null, failed)", vec!["failed"]),
            ("then(functionOf, asyncOne)", vec!["functionOf", "asyncOne"]),
            ("await read()", vec![]),
            ("thenable(read)", vec![]),
            ("then", vec![]),
        ] {
            assert_eq!(handlers(("p.", text)), names, "{text}");
        }
        assert_eq!(handlers(("p.catch", "(failed)")), ["failed"]);
        assert!(handlers(("read", "(failed)")).is_empty());
    }
}
