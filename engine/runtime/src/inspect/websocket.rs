//! WebSockets (<https://www.rfc-editor.org/rfc/rfc6455>) as the inspector's server speaks them: text messages both ways,
//! on any stream of bytes.

use std::io::{self, Read};

use sha1::{Digest as _, Sha1};

/// The largest message that is taken, in bytes.
pub const LARGEST: u64 = 64 << 20;

/// A text message.
pub const TEXT: u8 = 1;

/// The end of a conversation.
pub const CLOSE: u8 = 8;

/// The answer to a ping.
pub const PONG: u8 = 10;

const CONTINUATION: u8 = 0;
const PING: u8 = 9;

/// What every accepted key is hashed with (section 1.3).
const GUID: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// What a server answers to the `Sec-WebSocket-Key` of a client.
pub fn accept_key(key: &str) -> String {
    base64(&Sha1::new().chain_update(key).chain_update(GUID).finalize())
}

/// Bytes as Base64 (RFC 4648, section 4).
pub fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits =
            chunk.iter().fold(0, |bits, &byte| (bits << 8) | u32::from(byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = BASE64[(bits >> (18 - 6 * place)) as usize & 63];
            text.push(if place > chunk.len() { '=' } else { char::from(digit) });
        }
    }
    text
}

/// What a client says.
#[derive(Debug, PartialEq, Eq)]
pub enum Message {
    /// A text.
    Text(String),
    /// A question whether somebody is there, with what the answer repeats.
    Ping(Vec<u8>),
    /// Nothing more.
    Close,
}

/// Why nothing more can be read.
#[derive(Debug)]
pub enum Broken {
    /// The stream failed or ended.
    Stream(io::Error),
    /// The client does not keep to the protocol; the code is for the closing frame.
    Protocol(u16),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::Stream(error)
    }
}

/// Reads messages of a client.
pub struct Reader<R> {
    from: R,
    /// The beginning of a message that comes in several frames.
    begun: Option<Vec<u8>>,
}

impl<R: Read> Reader<R> {
    /// Reads from a stream behind the handshake.
    pub fn new(from: R) -> Self {
        Self { from, begun: None }
    }

    /// The next message.
    ///
    /// # Errors
    /// When the stream ends or the client does not keep to the protocol.
    pub fn message(&mut self) -> Result<Message, Broken> {
        loop {
            let [first, second] = self.bytes::<2>()?;
            let (last, code) = (first & 0x80 != 0, first & 15);
            // Frames of clients are masked, and nobody agreed on extensions.
            if first & 0x70 != 0 || second & 0x80 == 0 {
                return Err(Broken::Protocol(1002));
            }
            let length = match second & 0x7F {
                126 => u64::from(u16::from_be_bytes(self.bytes()?)),
                127 => u64::from_be_bytes(self.bytes()?),
                length => u64::from(length),
            };
            let before = self.begun.as_ref().map_or(0, |begun| begun.len() as u64);
            if length > LARGEST - before.min(LARGEST) {
                return Err(Broken::Protocol(1009));
            }
            if code >= CLOSE && (length > 125 || !last) {
                return Err(Broken::Protocol(1002));
            }
            let payload = self.payload(length)?;
            match code {
                CLOSE => return Ok(Message::Close),
                PING => return Ok(Message::Ping(payload)),
                PONG => {}
                TEXT | CONTINUATION => {
                    let whole = match (self.begun.take(), code) {
                        (None, TEXT) => payload,
                        (Some(mut begun), CONTINUATION) => {
                            begun.extend_from_slice(&payload);
                            begun
                        }
                        _ => return Err(Broken::Protocol(1002)),
                    };
                    if last {
                        return String::from_utf8(whole)
                            .map(Message::Text)
                            .map_err(|_| Broken::Protocol(1007));
                    }
                    self.begun = Some(whole);
                }
                _ => return Err(Broken::Protocol(1003)),
            }
        }
    }

    fn bytes<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.from.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// The unmasked content of a frame. Memory grows with what arrives, not with what is promised.
    fn payload(&mut self, length: u64) -> io::Result<Vec<u8>> {
        let mask = self.bytes::<4>()?;
        let mut payload = Vec::new();
        let read = self.from.by_ref().take(length).read_to_end(&mut payload)?;
        if read as u64 != length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        for (byte, mask) in payload.iter_mut().zip(mask.iter().cycle()) {
            *byte ^= mask;
        }
        Ok(payload)
    }
}

/// A frame of a server.
pub fn frame(code: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x80 | code];
    match (u8::try_from(payload.len()), u16::try_from(payload.len())) {
        (Ok(length @ ..=125), _) => frame.push(length),
        (_, Ok(length)) => {
            frame.push(126);
            frame.extend_from_slice(&length.to_be_bytes());
        }
        _ => {
            frame.push(127);
            frame.extend_from_slice(&(payload.len() as u64).to_be_bytes());
        }
    }
    frame.extend_from_slice(payload);
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(first: u8, payload: &[u8]) -> Vec<u8> {
        let mut frame = frame(0, payload);
        frame[0] = first;
        frame[1] |= 0x80;
        let head = frame.len() - payload.len();
        let mask = [1, 2, 3, 4];
        frame.truncate(head);
        frame.extend_from_slice(&mask);
        frame.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask));
        frame
    }

    fn code(bytes: &[u8]) -> Option<u16> {
        match Reader::new(bytes).message() {
            Err(Broken::Protocol(code)) => Some(code),
            _ => None,
        }
    }

    #[test]
    fn the_key_of_the_standard_is_answered_as_there() {
        assert_eq!(accept_key("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    #[test]
    fn messages_come_in_one_frame_or_several() {
        let mut bytes = masked(0x81, &[b'a'; 300]);
        bytes.extend(masked(0x01, b"be"));
        bytes.extend(masked(0x89, b"?"));
        bytes.extend(masked(0x80, b"gun"));
        bytes.extend(masked(0x88, &[]));
        let mut reader = Reader::new(&*bytes);
        assert_eq!(reader.message().unwrap(), Message::Text("a".repeat(300)));
        assert_eq!(reader.message().unwrap(), Message::Ping(b"?".to_vec()));
        assert_eq!(reader.message().unwrap(), Message::Text("begun".to_owned()));
        assert_eq!(reader.message().unwrap(), Message::Close);
        assert!(matches!(reader.message(), Err(Broken::Stream(_))));
    }

    #[test]
    fn what_breaks_the_protocol_is_refused() {
        assert_eq!(code(&[0x81, 1, b'a']), Some(1002), "not masked");
        assert_eq!(code(&masked(0x81, &[0xFF])), Some(1007), "no UTF-8");
        assert_eq!(code(&masked(0x82, b"x")), Some(1003), "binary");
        assert_eq!(code(&masked(0x80, b"x")), Some(1002), "nothing to continue");
        let mut huge = vec![0x81, 0xFF];
        huge.extend_from_slice(&u64::MAX.to_be_bytes());
        assert_eq!(code(&huge), Some(1009), "too large");
    }
}
