//! The head of a message: start line and headers. `httparse` takes it apart; what it lets pass and the standard does
//! not (<https://www.rfc-editor.org/rfc/rfc9112>) is refused here.

use super::error::{self, ParseError};

/// More headers than this are not told apart.
const MOST_HEADERS: usize = 4096;

/// Headers for which there is room without asking the heap.
const USUAL_HEADERS: usize = 64;

/// The start line and headers of a message.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Head {
    /// The method; empty in responses.
    pub method: String,
    /// The target of a request, as it came.
    pub target: Vec<u8>,
    /// The status of a response.
    pub status: u16,
    /// Its words.
    pub reason: Vec<u8>,
    /// The version before the dot.
    pub major: u8,
    /// The version behind the dot.
    pub minor: u8,
    /// Names and values in turn, as they came.
    pub headers: Vec<Vec<u8>>,
    /// What the headers say of the body and the connection.
    pub framing: Framing,
}

/// What the headers say of the body and the connection.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Framing {
    /// `Content-Length`.
    pub length: Option<u64>,
    /// There is a `Transfer-Encoding`.
    pub coded: bool,
    /// `chunked` is its last coding.
    pub chunked: bool,
    /// `Connection: close`.
    pub close: bool,
    /// `Connection: keep-alive`.
    pub keep_alive: bool,
    /// `Connection: upgrade`.
    pub upgrade_wanted: bool,
    /// There is an `Upgrade`.
    pub upgrade: bool,
}

/// Where the head ends: behind its empty line. `None` when more bytes are needed. `from` bytes were looked at before.
pub fn end(bytes: &[u8], from: usize) -> Option<usize> {
    let start = from.saturating_sub(3);
    memchr::memchr_iter(b'\n', &bytes[start..]).map(|at| start + at).find_map(|at| {
        let rest = &bytes[at + 1..];
        match rest {
            [b'\n', ..] => Some(at + 2),
            [b'\r', b'\n', ..] => Some(at + 3),
            _ => None,
        }
    })
}

/// Takes a whole head apart.
///
/// # Errors
/// When it is not what the standard says; `lenient` lets some of that pass.
pub fn parse(bytes: &[u8], is_request: bool, lenient: bool) -> Result<Head, ParseError> {
    if !lenient {
        check_line_ends(bytes)?;
    }
    // Old and new versions are read as the one that is meant.
    let version =
        version_place(bytes, is_request).filter(|place| matches!(&bytes[place.clone()], b"0.9" | b"2.0"));
    let mut head = if version.is_some() || lenient {
        let mut copy = bytes.to_vec();
        if let Some(place) = version.clone() {
            copy[place].copy_from_slice(b"1.0");
        }
        if lenient {
            hide_controls(&mut copy);
        }
        parse_plain(&copy, bytes, is_request, lenient)?
    } else {
        parse_plain(bytes, bytes, is_request, lenient)?
    };
    if let Some(place) = version {
        head.major = bytes[place.start] - b'0';
        head.minor = bytes[place.start + 2] - b'0';
    }
    Ok(head)
}

/// Where the version stands in the start line: three bytes.
fn version_place(bytes: &[u8], is_request: bool) -> Option<std::ops::Range<usize>> {
    let end = memchr::memchr(b'\r', bytes)?;
    let start = if is_request { end.checked_sub(3)? } else { 5 };
    let name = bytes.get(start.checked_sub(5)?..start)?;
    (name == b"HTTP/" && start + 3 <= end).then_some(start..start + 3)
}

/// Puts something harmless where characters stand in headers that only a lenient parser lets pass.
fn hide_controls(bytes: &mut [u8]) {
    let start = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
    for byte in &mut bytes[start..] {
        if byte.is_ascii_control() && !matches!(byte, b'\r' | b'\n' | b'\t') {
            *byte = b'x';
        }
    }
}

fn parse_plain(bytes: &[u8], original: &[u8], is_request: bool, lenient: bool) -> Result<Head, ParseError> {
    let mut few = [httparse::EMPTY_HEADER; USUAL_HEADERS];
    match take_apart(bytes, original, is_request, lenient, &mut few) {
        Err(httparse::Error::TooManyHeaders) => {
            let mut many = vec![httparse::EMPTY_HEADER; MOST_HEADERS];
            take_apart(bytes, original, is_request, lenient, &mut many)
                .map_err(|failed| refusal(bytes, is_request, failed))?
        }
        result => result.map_err(|failed| refusal(bytes, is_request, failed))?,
    }
}

type Parsed = Result<Result<Head, ParseError>, httparse::Error>;

fn take_apart<'b>(
    bytes: &'b [u8],
    original: &[u8],
    is_request: bool,
    lenient: bool,
    room: &mut [httparse::Header<'b>],
) -> Parsed {
    let mut config = httparse::ParserConfig::default();
    if lenient {
        config
            .allow_obsolete_multiline_headers_in_responses(true)
            .allow_spaces_after_header_name_in_responses(true)
            .ignore_invalid_headers_in_responses(false)
            .ignore_invalid_headers_in_requests(false);
    }
    config
        .allow_multiple_spaces_in_response_status_delimiters(true)
        .allow_multiple_spaces_in_request_line_delimiters(true);
    let mut head = Head { major: 1, ..Head::default() };
    let headers = if is_request {
        let mut request = httparse::Request::new(room);
        config.parse_request(&mut request, bytes)?;
        head.method = request.method.unwrap_or_default().to_owned();
        head.target = request.path.unwrap_or_default().as_bytes().to_vec();
        head.minor = request.version.unwrap_or_default();
        if head.method != "CONNECT" && !is_target(&head.target) {
            return Ok(Err(error::INVALID_URL));
        }
        request.headers
    } else {
        let mut response = httparse::Response::new(room);
        config.parse_response(&mut response, bytes)?;
        head.status = response.code.unwrap_or_default();
        head.reason = response.reason.unwrap_or_default().as_bytes().to_vec();
        head.minor = response.version.unwrap_or_default();
        response.headers
    };
    for header in headers.iter() {
        if let Err(failed) = note(&mut head.framing, header.name, header.value, lenient) {
            return Ok(Err(failed));
        }
    }
    head.headers = headers
        .iter()
        .flat_map(|header| [header.name.as_bytes().to_vec(), value(bytes, original, header)])
        .collect();
    let framing = head.framing;
    if framing.coded && framing.length.is_some() && !lenient {
        return Ok(Err(error::CODING_AND_LENGTH));
    }
    Ok(Ok(head))
}

/// Whether a target can be one: a path, `*`, or an address with its scheme.
fn is_target(target: &[u8]) -> bool {
    let scheme = target.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    matches!(target.first(), Some(b'/' | b'*')) || scheme > 0 && target[scheme..].starts_with(b"://")
}

/// A header's value as it came, in one line. `bytes` is what was parsed, `original` what came.
fn value(bytes: &[u8], original: &[u8], header: &httparse::Header) -> Vec<u8> {
    let start = (header.value.as_ptr() as usize).wrapping_sub(bytes.as_ptr() as usize);
    let value = original.get(start..start + header.value.len()).unwrap_or(header.value);
    value.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect()
}

/// Takes note of what a header says of the body or the connection.
fn note(framing: &mut Framing, name: &str, value: &[u8], lenient: bool) -> Result<(), ParseError> {
    if name.eq_ignore_ascii_case("content-length") {
        if framing.length.is_some() {
            return Err(error::LENGTH_TWICE);
        }
        if framing.coded && !lenient {
            return Err(error::LENGTH_AND_CODING);
        }
        framing.length = Some(length(value)?);
    } else if name.eq_ignore_ascii_case("transfer-encoding") {
        if framing.length.is_some() && !lenient {
            return Err(error::CODING_AND_LENGTH);
        }
        if framing.chunked && !lenient {
            // Nothing may follow the coding that says where the body ends.
            return Err(error::INVALID_CODING_VALUE);
        }
        let is_chunked = |token: &[u8]| token.eq_ignore_ascii_case(b"chunked");
        if tokens(value).rev().skip(1).any(is_chunked) && !lenient {
            return Err(error::INVALID_CODING_VALUE);
        }
        framing.coded = true;
        framing.chunked = tokens(value).next_back().is_some_and(is_chunked);
    } else if name.eq_ignore_ascii_case("connection") || name.eq_ignore_ascii_case("proxy-connection") {
        for token in tokens(value) {
            framing.close |= token.eq_ignore_ascii_case(b"close");
            framing.keep_alive |= token.eq_ignore_ascii_case(b"keep-alive");
            framing.upgrade_wanted |= token.eq_ignore_ascii_case(b"upgrade");
        }
    } else if name.eq_ignore_ascii_case("upgrade") {
        framing.upgrade = true;
    }
    Ok(())
}

fn tokens(value: &[u8]) -> impl DoubleEndedIterator<Item = &[u8]> {
    value.split(|&byte| byte == b',').map(<[u8]>::trim_ascii).filter(|token| !token.is_empty())
}

fn length(value: &[u8]) -> Result<u64, ParseError> {
    let value = value.trim_ascii();
    if value.is_empty() || !value.iter().all(u8::is_ascii_digit) {
        return Err(error::INVALID_LENGTH);
    }
    let text = std::str::from_utf8(value).map_err(|_| error::INVALID_LENGTH)?;
    text.parse().map_err(|_| error::LENGTH_OVERFLOW)
}

/// Every line ends with CR and LF, and neither stands anywhere else: different readers of one message must not see
/// different lines.
fn check_line_ends(bytes: &[u8]) -> Result<(), ParseError> {
    let mut is_first = true;
    for at in memchr::memchr2_iter(b'\r', b'\n', bytes) {
        match bytes[at] {
            b'\r' if bytes.get(at + 1) != Some(&b'\n') => {
                return Err(if is_first { error::EXPECTED_HTTP } else { error::LF_EXPECTED });
            }
            b'\n' => {
                if at == 0 || bytes[at - 1] != b'\r' {
                    return Err(if is_first { error::CR_EXPECTED_VERSION } else { error::CR_EXPECTED });
                }
                let next = bytes.get(at + 1);
                if is_first && matches!(next, Some(b' ' | b'\t')) {
                    return Err(error::SPACE_AFTER_START);
                }
                if !is_first && matches!(next, Some(b' ' | b'\t')) {
                    // Lines that go on were given up; nobody agrees on what they mean.
                    return Err(error::UNEXPECTED_SPACE);
                }
                is_first = false;
            }
            _ => {}
        }
    }
    Ok(())
}

/// The error for what `httparse` did not like.
fn refusal(bytes: &[u8], is_request: bool, failed: httparse::Error) -> ParseError {
    match failed {
        httparse::Error::HeaderName | httparse::Error::NewLine => {
            let line = bytes.split(|&byte| byte == b'\r').next().unwrap_or_default();
            if line.ends_with(b" ") { error::CR_EXPECTED_VERSION } else { error::INVALID_TOKEN }
        }
        httparse::Error::HeaderValue => error::INVALID_VALUE,
        httparse::Error::Status => error::INVALID_STATUS,
        httparse::Error::TooManyHeaders => error::HEADER_OVERFLOW,
        httparse::Error::Version | httparse::Error::Token => start_line(bytes, is_request),
    }
}

/// What is wrong with a start line.
pub fn start_line(bytes: &[u8], is_request: bool) -> ParseError {
    if !is_request {
        return if bytes.starts_with(b"HTTP/") { error::INVALID_VERSION } else { error::EXPECTED_HTTP };
    }
    let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let mut words = line.split(|&byte| byte == b' ').filter(|word| !word.is_empty());
    let method = words.next().unwrap_or_default();
    if !super::method::is_known(method) {
        return error::INVALID_METHOD;
    }
    if words.nth(1).is_some_and(|third| !third.starts_with(b"HTTP/")) {
        return error::EXPECTED_HTTP;
    }
    let version = line.strip_suffix(b"\r").unwrap_or(line).rsplit(|&byte| byte == b' ').next();
    match version {
        Some(version) if version.starts_with(b"HTTP/") => {
            if version == b"HTTP/1.1" || version == b"HTTP/1.0" {
                error::INVALID_URL
            } else {
                error::INVALID_VERSION
            }
        }
        _ => error::EXPECTED_HTTP,
    }
}
