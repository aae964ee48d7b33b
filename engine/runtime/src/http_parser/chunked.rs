//! A body in chunks (<https://www.rfc-editor.org/rfc/rfc9112#name-chunked-transfer-coding>), read piece by piece.

use std::ops::Range;

use super::error::{self, ParseError};

/// Bytes of extensions that one body may have.
const MOST_EXTENSIONS: usize = 16 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    /// Before the first digit of a size.
    #[default]
    Start,
    /// Within the digits.
    Size,
    /// Behind a `;`.
    Extension { quoted: bool, escaped: bool },
    /// Behind the CR of the line with the size.
    SizeEnd,
    /// Within the data.
    Data,
    /// Behind the data.
    DataEnd,
    /// Behind the CR behind the data.
    DataLineEnd,
    /// Behind the last chunk: trailers, or an empty line.
    Last,
}

/// What was found.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// Data of the body, at these places of the input; the rest begins there.
    Data(Range<usize>),
    /// The last chunk; trailers begin at this place.
    Last(usize),
    /// The input is used up.
    More,
}

/// Reads a body in chunks.
#[derive(Debug, Default)]
pub struct Chunked {
    state: State,
    left: u64,
    extensions: usize,
}

impl Chunked {
    /// Looks at `bytes` from `at` on.
    ///
    /// # Errors
    /// When they are not what the standard says.
    pub fn next(&mut self, bytes: &[u8], mut at: usize, lenient: bool) -> Result<Found, ParseError> {
        while let Some(&byte) = bytes.get(at) {
            match self.state {
                State::Start => {
                    let digit = (byte as char).to_digit(16).ok_or(error::CHUNK_SIZE)?;
                    self.left = u64::from(digit);
                    self.state = State::Size;
                }
                State::Size => match byte {
                    b';' => self.state = State::Extension { quoted: false, escaped: false },
                    b'\r' => self.state = State::SizeEnd,
                    b'\n' if lenient => self.size_is_known(),
                    b' ' if lenient => {}
                    b'\n' => return Err(error::CHUNK_SIZE_CR_MISSING),
                    _ => {
                        let digit = (byte as char).to_digit(16).ok_or(error::CHUNK_SIZE)?;
                        if self.left >> 60 != 0 {
                            return Err(error::CHUNK_SIZE_OVERFLOW);
                        }
                        self.left = self.left << 4 | u64::from(digit);
                    }
                },
                State::Extension { quoted, escaped } => {
                    self.extensions += 1;
                    if self.extensions > MOST_EXTENSIONS {
                        return Err(error::CHUNK_EXTENSIONS_OVERFLOW);
                    }
                    match byte {
                        b'\r' if !quoted => self.state = State::SizeEnd,
                        b'\n' if !quoted => return Err(error::CHUNK_EXTENSION_CR_MISSING),
                        b'\r' | b'\n' | 0 => return Err(error::CHUNK_EXTENSION),
                        b'"' if !escaped => {
                            self.state = State::Extension { quoted: !quoted, escaped: false };
                        }
                        _ => {
                            let escaped = quoted && byte == b'\\' && !escaped;
                            self.state = State::Extension { quoted, escaped };
                        }
                    }
                }
                State::SizeEnd => {
                    if byte != b'\n' {
                        return Err(error::CHUNK_CR);
                    }
                    self.size_is_known();
                }
                State::Data => {
                    let there = (bytes.len() - at) as u64;
                    let take = there.min(self.left);
                    self.left -= take;
                    if self.left == 0 {
                        self.state = State::DataEnd;
                    }
                    let end = at + usize::try_from(take).unwrap_or(usize::MAX);
                    return Ok(Found::Data(at..end));
                }
                State::DataEnd => match byte {
                    b'\r' => self.state = State::DataLineEnd,
                    b'\n' if lenient => self.state = State::Start,
                    b'\n' => return Err(error::CHUNK_DATA_CR_MISSING),
                    _ => return Err(error::CHUNK_DATA_CR),
                },
                State::DataLineEnd => {
                    if byte != b'\n' {
                        return Err(error::CHUNK_DATA_CR);
                    }
                    self.state = State::Start;
                }
                State::Last => return Ok(Found::Last(at)),
            }
            at += 1;
        }
        Ok(if self.state == State::Last { Found::Last(at) } else { Found::More })
    }

    fn size_is_known(&mut self) {
        self.state = if self.left == 0 { State::Last } else { State::Data };
    }
}
