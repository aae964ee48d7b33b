//! What a debugged run and its child processes say to each other: frames of bytes.
//!
//! A frame is one byte for its kind, four for the number of a session and four for the length of what follows (least
//! significant byte first), then that.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use super::link::{Begin, SessionId};

/// The environment variable that tells a child process where the debugger is: an address and a word that only the debugged
/// run's own children know, with a stroke between them.
pub const VARIABLE: &str = "LOOPSCOPE_DEBUGGER";

/// The longest frame that is read, in bytes: a heap snapshot comes in many.
const LONGEST: usize = 1 << 30;

/// Bytes before the text.
const HEAD: usize = 9;

/// What a child process says of itself when it comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The word that its environment has for it.
    pub word: String,
    /// Its process id.
    pub pid: u32,
    /// What it runs, in short.
    pub name: String,
    /// The URL of its script; empty without one.
    pub url: String,
}

/// A frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// Child to run: it is there. The text is a [`Hello`] as JSON.
    Hello(String),
    /// Run to child: how it begins. The answer to [`Frame::Hello`].
    Begin(Begin),
    /// Run to child: a client wants a session.
    Connect(SessionId),
    /// In both directions: a message of the Chrome DevTools Protocol in a session.
    Message(SessionId, String),
    /// Run to child: the client is gone.
    Disconnect(SessionId),
}

impl Frame {
    /// Its kind, its session and its text.
    fn parts(&self) -> (u8, u32, &str) {
        match self {
            Self::Hello(text) => (0, 0, text),
            Self::Begin(begin) => (1, *begin as u32, ""),
            Self::Connect(session) => (2, session.0, ""),
            Self::Message(session, text) => (3, session.0, text),
            Self::Disconnect(session) => (4, session.0, ""),
        }
    }

    /// Writes it.
    ///
    /// # Errors
    /// When the other side is gone, or the text is too long to be read there.
    pub fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let (kind, session, text) = self.parts();
        let length = u32::try_from(text.len()).ok().filter(|_| text.len() <= LONGEST);
        let length = length.ok_or_else(|| invalid("a message is longer than 1 GiB"))?;
        let mut bytes = Vec::with_capacity(HEAD + text.len());
        bytes.push(kind);
        bytes.extend_from_slice(&session.to_le_bytes());
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(text.as_bytes());
        to.write_all(&bytes)
    }

    /// Reads one.
    ///
    /// # Errors
    /// At the end of the stream, and when it holds something else.
    pub fn read(from: &mut impl Read) -> io::Result<Self> {
        let mut head = [0; HEAD];
        from.read_exact(&mut head)?;
        let [kind, a, b, c, d, e, f, g, h] = head;
        let session = u32::from_le_bytes([a, b, c, d]);
        let length = u32::from_le_bytes([e, f, g, h]);
        if usize::try_from(length).map_or(true, |length| length > LONGEST) {
            return Err(invalid("a frame is longer than 1 GiB"));
        }
        let mut text = String::new();
        // What is promised costs memory only when it comes.
        let read = from.take(u64::from(length)).read_to_string(&mut text)?;
        if read as u64 != u64::from(length) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(match (kind, session) {
            (0, _) => Self::Hello(text),
            (1, 0) => Self::Begin(Begin::AtOnce),
            (1, 1) => Self::Begin(Begin::WhenAsked),
            (1, 2) => Self::Begin(Begin::Standing),
            (2, _) => Self::Connect(SessionId(session)),
            (3, _) => Self::Message(SessionId(session), text),
            (4, _) => Self::Disconnect(SessionId(session)),
            _ => return Err(invalid("a frame is of no known kind")),
        })
    }
}

fn invalid(text: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_out_as_they_went_in() {
        let frames = [
            Frame::Hello("{}".to_owned()),
            Frame::Begin(Begin::Standing),
            Frame::Connect(SessionId(7)),
            Frame::Message(SessionId(u32::MAX), "ä".repeat(1000)),
            Frame::Disconnect(SessionId(0)),
        ];
        let mut bytes = Vec::new();
        frames.iter().for_each(|frame| frame.write(&mut bytes).unwrap());
        let mut rest = &*bytes;
        for frame in &frames {
            assert_eq!(Frame::read(&mut rest).unwrap(), *frame);
        }
        assert!(Frame::read(&mut rest).is_err());
    }

    #[test]
    fn what_is_no_frame_is_refused() {
        assert!(Frame::read(&mut &b"GET / HTTP/1.1\r\n"[..]).is_err());
        assert!(Frame::read(&mut &[3, 0, 0, 0, 0, 2, 0, 0, 0, 0xFF, 0xFF][..]).is_err(), "no UTF-8");
        assert!(Frame::read(&mut &[3, 0, 0, 0, 0, 9, 0, 0, 0, b'x'][..]).is_err(), "cut off");
        assert!(Frame::read(&mut &[1, 9, 0, 0, 0, 0, 0, 0, 0][..]).is_err());
    }
}
