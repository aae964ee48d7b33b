//! Where a head is wrong, as `bytesParsed` of an error tells it.

use super::error::{self, ParseError};
use super::head;

/// How many bytes two texts have in common.
pub fn shared(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| one == other).count()
}

/// Where the head that was refused as `failed` is wrong.
pub fn place(bytes: &[u8], failed: ParseError, is_request: bool, lenient: bool) -> usize {
    let start = line(bytes, is_request, lenient);
    let text = bytes[start..].split(|&byte| byte == b'\n').next().unwrap_or_default();
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    let name = text.iter().position(|&byte| byte == b':').unwrap_or(text.len());
    start
        + match failed {
            error::INVALID_METHOD => super::method::shared_length(text),
            error::EXPECTED_HTTP if is_request => {
                text.iter().rposition(|&byte| byte == b' ').map_or(text.len(), |at| at + 1)
            }
            error::EXPECTED_HTTP => shared(text, b"HTTP/"),
            error::INVALID_VERSION => text.len(),
            error::CR_EXPECTED_VERSION => text.len() + 1,
            error::LENGTH_TWICE => (name + 2).min(text.len()),
            error::CODING_AND_LENGTH | error::LENGTH_AND_CODING => (name + 1).min(text.len()),
            error::INVALID_TOKEN => text.iter().position(|&byte| !is_token(byte)).unwrap_or(text.len()),
            error::INVALID_VALUE => {
                let bad = |byte: &u8| byte.is_ascii_control() && *byte != b'\t';
                text.iter().position(bad).unwrap_or(text.len())
            }
            _ => 0,
        }
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// Where the first line begins with which the head is refused: those before it can stand.
fn line(bytes: &[u8], is_request: bool, lenient: bool) -> usize {
    let ends: Vec<usize> = memchr::memchr_iter(b'\n', bytes).map(|at| at + 1).collect();
    // Lines that can stand come first, so halving finds the place soon even in a long head.
    let good = ends.partition_point(|&end| {
        let mut lines = bytes[..end].to_vec();
        lines.extend_from_slice(b"\r\n");
        head::parse(&lines, is_request, lenient).is_ok()
    });
    if good == 0 { 0 } else { ends[good - 1] }
}
