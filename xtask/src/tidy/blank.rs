//! Rust source with what is no code turned into blanks, byte for byte, so that offsets and lines stay.

/// `text` without comments and without what stands in string and character literals.
pub fn comments_and_strings(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut blanked = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let length = match rest[0] {
            b'/' if rest.starts_with(b"//") => {
                rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())
            }
            b'/' if rest.starts_with(b"/*") => block_comment(rest),
            b'"' => string(rest),
            b'\'' => character(rest),
            b'r' if at == 0 || !is_word(bytes[at - 1]) || bytes[at - 1] == b'b' || bytes[at - 1] == b'c' => {
                raw_string(rest)
            }
            _ => 0,
        };
        blank(&mut blanked[at..at + length]);
        at += length.max(1);
    }
    String::from_utf8(blanked).unwrap_or_default()
}

/// `code` (already without comments and strings) without the items marked `#[cfg(test)]`.
pub fn tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut blanked = code.as_bytes().to_vec();
    let mut from = 0;
    while let Some(found) = code[from..].find(MARK) {
        let start = from + found;
        let end = item_end(code.as_bytes(), start + MARK.len());
        blank(&mut blanked[start..end]);
        from = end;
    }
    String::from_utf8(blanked).unwrap_or_default()
}

/// Where the item that begins at `start` ends: after its `;` or its closing brace.
fn item_end(code: &[u8], start: usize) -> usize {
    let mut depth = 0usize;
    for (offset, byte) in code[start..].iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return start + offset + 1,
            b'}' => depth = depth.saturating_sub(1),
            b';' if depth == 0 => return start + offset + 1,
            _ => {}
        }
    }
    code.len()
}

fn block_comment(text: &[u8]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        match &text[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of the string literal that `text` begins with, or of the rest when it has no end.
fn string(text: &[u8]) -> usize {
    let mut at = 1;
    while at < text.len() {
        match text[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

/// The length of a raw string literal; 0 when `text`, which begins with `r`, is none.
fn raw_string(text: &[u8]) -> usize {
    let hashes = text[1..].iter().take_while(|byte| **byte == b'#').count();
    if text.get(1 + hashes) != Some(&b'"') {
        return 0;
    }
    let end = [b"\"".as_slice(), &vec![b'#'; hashes]].concat();
    let body = 2 + hashes;
    text[body..]
        .windows(end.len())
        .position(|part| part == end)
        .map_or(text.len(), |found| body + found + end.len())
}

/// The length of a character literal; 1 for the quote of a lifetime, which is left as it is but for that.
fn character(text: &[u8]) -> usize {
    match text {
        [_, b'\\', _, rest @ ..] => rest.iter().position(|byte| *byte == b'\'').map_or(1, |end| end + 4),
        [_, first, ..] => {
            // One character has up to four bytes.
            let width = first.leading_ones().max(1) as usize;
            if text.get(1 + width) == Some(&b'\'') { width + 2 } else { 1 }
        }
        _ => 1,
    }
}

fn blank(bytes: &mut [u8]) {
    for byte in bytes.iter_mut().filter(|byte| **byte != b'\n') {
        *byte = b' ';
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` blanked, with runs of spaces as one, so that expectations can be read.
    fn code(text: &str) -> String {
        let blanked = comments_and_strings(text);
        assert_eq!(blanked.len(), text.len());
        assert_eq!(blanked.matches('\n').count(), text.matches('\n').count());
        blanked.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_go() {
        assert_eq!(code("a // b\nc"), "a \nc");
        assert_eq!(code("a /* b /* c */ d */ e"), "a e");
        assert_eq!(code("a /* without end"), "a");
    }

    #[test]
    fn strings_go_and_what_looks_like_one_inside_another_does_not_confuse() {
        assert_eq!(code(r#"f("a // \" b"); c"#), "f( ); c");
        assert_eq!(code(r###"f(r#"a "quoted" // b"#); c"###), "f( ); c");
        assert_eq!(code(r#"f(b"a", br"b\", c"c"); d"#), "f(b , b , c ); d");
        assert_eq!(code("let for_ = r; r#type"), "let for_ = r; r#type");
    }

    #[test]
    fn characters_go_and_lifetimes_stay() {
        assert_eq!(code(r"x('a', '\'', '\n', 'ä', '\u{1f600}', '/', '/') y"), "x( , , , , , , ) y");
        assert_eq!(code("fn f<'a>(x: &'a str) -> &'static str"), "fn f< a>(x: & a str) -> & static str");
    }

    #[test]
    fn tests_go_to_their_closing_brace() {
        let code =
            "a\n#[cfg(test)]\nmod tests { fn f() { b } }\nc\n#[cfg(test)]\n#[path = \"x\"]\nmod tests;\nd";
        let blanked = tests(code);
        assert_eq!(blanked.len(), code.len());
        assert_eq!(blanked.split_whitespace().collect::<Vec<_>>(), ["a", "c", "d"]);
    }
}
