//! Reads HTTP/1 messages (<https://www.rfc-editor.org/rfc/rfc9112>) piece by piece. Knows nothing of V8.

mod chunked;
mod error;
mod head;
mod locate;
mod method;
#[cfg(test)]
mod mutations;
#[cfg(test)]
mod tests;

use std::ops::Range;

use chunked::{Chunked, Found};
pub use error::ParseError;
pub use head::Head;
pub use method::METHODS;

/// Something found in the input.
#[derive(Debug, PartialEq, Eq)]
pub enum Event {
    /// The head of a message.
    Head {
        /// Start line and headers.
        head: Head,
        /// Whether the connection may be used for another message.
        keep_alive: bool,
        /// Whether the message asks for another protocol. The parser then waits for [`Parser::go_on`].
        upgrade: bool,
    },
    /// A part of the body: these places of the input.
    Body(Range<usize>),
    /// The end of the message, with the trailers: names and values in turn.
    End(Vec<Vec<u8>>),
}

#[derive(Debug, Default)]
enum State {
    /// Before a message, or within its head.
    #[default]
    Head,
    /// The head asks for another protocol.
    Asking(Head),
    Fixed(u64),
    Chunked(Chunked),
    Trailers,
    UntilClose,
    /// The rest of the connection is none of ours.
    Upgraded,
    /// Nothing may follow.
    Closed,
    Failed(ParseError),
}

/// How a parser is to behave.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Requests, otherwise responses.
    pub requests: bool,
    /// Let pass what is not quite right.
    pub lenient: bool,
    /// Bytes that a head may have.
    pub most: usize,
}

/// Reads the messages of a connection.
#[derive(Debug)]
pub struct Parser {
    settings: Settings,
    state: State,
    /// The part of a head or of trailers that came so far.
    partial: Vec<u8>,
    /// The next response answers HEAD: it has no body.
    answers_head: bool,
    /// The next response answers CONNECT.
    answers_connect: bool,
    /// The message that is read ends with the connection.
    closes: bool,
}

impl Parser {
    /// A parser before its first message.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            state: State::Head,
            partial: Vec::new(),
            answers_head: false,
            answers_connect: false,
            closes: false,
        }
    }

    /// Says which method the next response answers.
    pub fn expect(&mut self, method: &str) {
        self.answers_head = method == "HEAD";
        self.answers_connect = method == "CONNECT";
    }

    /// Whether nothing of a message has come yet.
    pub fn is_between_messages(&self) -> bool {
        matches!(self.state, State::Head) && self.partial.is_empty() || matches!(self.state, State::Closed)
    }

    /// Reads `bytes`; what is found goes to `events`. Returns how many bytes were read: all, but for what follows a
    /// message that asks for another protocol.
    ///
    /// # Errors
    /// When a message is not what the standard says; what was found before stands in `events`.
    pub fn read(&mut self, bytes: &[u8], events: &mut Vec<Event>) -> Result<usize, (ParseError, usize)> {
        let mut at = 0;
        while at < bytes.len() {
            match self.step(bytes, &mut at, events) {
                Ok(true) => {}
                Ok(false) => break,
                Err(failed) => {
                    self.state = State::Failed(failed);
                    return Err((failed, at));
                }
            }
        }
        Ok(at)
    }

    /// What follows the head that asked for another protocol: that protocol, or a message as usual.
    pub fn go_on(&mut self, upgrade: bool, events: &mut Vec<Event>) {
        let State::Asking(head) = std::mem::take(&mut self.state) else { return };
        if upgrade {
            self.state = State::Upgraded;
            events.push(Event::End(Vec::new()));
        } else {
            self.begin_body(&head, events);
        }
    }

    /// The connection is at its end.
    ///
    /// # Errors
    /// When a message was not.
    pub fn finish(&mut self, events: &mut Vec<Event>) -> Result<(), ParseError> {
        match self.state {
            State::UntilClose => {
                self.state = State::Closed;
                events.push(Event::End(Vec::new()));
                Ok(())
            }
            State::Head if self.partial.is_empty() => Ok(()),
            // What failed was told of.
            State::Closed | State::Upgraded | State::Failed(_) => Ok(()),
            _ => Err(error::EOF),
        }
    }

    /// Reads on; false when nothing more is to be read.
    fn step(&mut self, bytes: &[u8], at: &mut usize, events: &mut Vec<Event>) -> Result<bool, ParseError> {
        match &mut self.state {
            State::Head => self.head(bytes, at, events)?,
            State::Trailers => self.trailers(bytes, at, events)?,
            State::Fixed(left) => {
                let there = (bytes.len() - *at) as u64;
                let take = there.min(*left);
                *left -= take;
                let is_over = *left == 0;
                let end = *at + usize::try_from(take).unwrap_or(usize::MAX);
                events.push(Event::Body(*at..end));
                *at = end;
                if is_over {
                    self.end(Vec::new(), events);
                }
            }
            State::Chunked(chunked) => match chunked.next(bytes, *at, self.settings.lenient)? {
                Found::Data(range) => {
                    *at = range.end;
                    events.push(Event::Body(range));
                }
                Found::Last(begin) => {
                    *at = begin;
                    self.state = State::Trailers;
                }
                Found::More => *at = bytes.len(),
            },
            State::UntilClose => {
                events.push(Event::Body(*at..bytes.len()));
                *at = bytes.len();
            }
            State::Asking(_) | State::Upgraded => return Ok(false),
            State::Closed => {
                if self.settings.lenient || bytes[*at..].iter().all(|byte| matches!(byte, b'\r' | b'\n')) {
                    *at = bytes.len();
                } else {
                    return Err(error::CLOSED);
                }
            }
            State::Failed(failed) => return Err(*failed),
        }
        Ok(true)
    }

    fn head(&mut self, bytes: &[u8], at: &mut usize, events: &mut Vec<Event>) -> Result<(), ParseError> {
        if self.partial.is_empty() {
            // Empty lines before a message are let pass.
            let blank = bytes[*at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            *at += blank;
            if *at == bytes.len() {
                return Ok(());
            }
            self.check_begin(&bytes[*at..]).inspect_err(|_| *at += self.begin_length(&bytes[*at..]))?;
            // Mostly the whole head comes at once, and need not be copied.
            let Some(length) = head::end(&bytes[*at..], 0) else {
                return self.keep(bytes, at);
            };
            let whole = &bytes[*at..*at + length];
            let head = self.parse(whole, 0, at)?;
            self.check_size(length)?;
            *at += length;
            return self.begin(head, events);
        }
        let before = self.partial.len();
        self.partial.extend_from_slice(&bytes[*at..]);
        self.check_begin(&self.partial)?;
        let Some(length) = head::end(&self.partial, before) else {
            *at = bytes.len();
            return self.check_partial();
        };
        let mut whole = std::mem::take(&mut self.partial);
        whole.truncate(length);
        let head = self.parse(&whole, before, at)?;
        *at += length - before;
        self.check_size(length)?;
        self.begin(head, events)
    }

    /// Takes a head apart, of which `before` bytes came earlier; when it is refused, `at` moves to where it is wrong.
    fn parse(&self, whole: &[u8], before: usize, at: &mut usize) -> Result<Head, ParseError> {
        let Settings { requests, lenient, .. } = self.settings;
        head::parse(whole, requests, lenient).inspect_err(|&failed| {
            *at += locate::place(whole, failed, requests, lenient).saturating_sub(before);
        })
    }

    /// How many bytes of a message that cannot begin like this are as they should be.
    fn begin_length(&self, bytes: &[u8]) -> usize {
        if self.settings.requests { method::shared_length(bytes) } else { locate::shared(bytes, b"HTTP/") }
    }

    /// What cannot become a head is refused at its first bytes.
    fn check_begin(&self, bytes: &[u8]) -> Result<(), ParseError> {
        if self.settings.requests {
            if !method::can_begin(bytes) {
                return Err(error::INVALID_METHOD);
            }
        } else {
            let shared = bytes.len().min(5);
            if bytes[..shared] != b"HTTP/"[..shared] {
                return Err(error::EXPECTED_HTTP);
            }
        }
        Ok(())
    }

    /// Keeps the rest of the input until more comes.
    fn keep(&mut self, bytes: &[u8], at: &mut usize) -> Result<(), ParseError> {
        self.partial.extend_from_slice(&bytes[*at..]);
        *at = bytes.len();
        self.check_partial()
    }

    fn check_partial(&self) -> Result<(), ParseError> {
        // The lines that are whole are looked at now: who sends nonsense need not be waited for.
        if let Some(last) = memchr::memrchr(b'\n', &self.partial)
            && matches!(self.state, State::Head)
        {
            let mut lines = self.partial[..=last].to_vec();
            lines.extend_from_slice(b"\r\n");
            head::parse(&lines, self.settings.requests, self.settings.lenient)?;
        }
        self.check_size(self.partial.len())
    }

    fn check_size(&self, length: usize) -> Result<(), ParseError> {
        if length > self.settings.most { Err(error::HEADER_OVERFLOW) } else { Ok(()) }
    }

    fn begin(&mut self, head: Head, events: &mut Vec<Event>) -> Result<(), ParseError> {
        let framing = head.framing;
        let is_recent = head.major > 0 && head.minor > 0;
        let by_connection = if is_recent { !framing.close } else { framing.keep_alive };
        // Nobody can say where the body of such a request ends. The script hears of the request all the same.
        let has_no_end =
            self.settings.requests && framing.coded && !framing.chunked && !self.settings.lenient;
        let upgrade = if self.settings.requests {
            head.method == "CONNECT" || framing.upgrade && framing.upgrade_wanted
        } else {
            self.answers_connect && head.status / 100 == 2
                || head.status == 101 && framing.upgrade && framing.upgrade_wanted
        };
        let keep_alive = by_connection && !self.needs_close(&head);
        self.closes = !keep_alive;
        if upgrade {
            self.state = State::Asking(head.clone());
        } else {
            self.begin_body(&head, &mut Vec::new());
        }
        let is_over = matches!(self.state, State::Head | State::Closed);
        events.push(Event::Head { head, keep_alive, upgrade });
        if has_no_end {
            return Err(error::INVALID_CODING);
        }
        if is_over {
            events.push(Event::End(Vec::new()));
        }
        Ok(())
    }

    /// Whether a response has no body whatever its headers say.
    fn has_no_body(&self, head: &Head) -> bool {
        !self.settings.requests
            && (self.answers_head || head.status / 100 == 1 || head.status == 204 || head.status == 304)
    }

    /// Whether only the end of the connection ends the message.
    fn needs_close(&self, head: &Head) -> bool {
        let framing = head.framing;
        let ends_by_itself = self.settings.requests
            || self.has_no_body(head)
            || framing.coded && framing.chunked
            || self.answers_connect && head.status / 100 == 2;
        !ends_by_itself && (framing.coded || framing.length.is_none())
    }

    fn begin_body(&mut self, head: &Head, events: &mut Vec<Event>) {
        let framing = head.framing;
        if self.has_no_body(head) {
            self.end(Vec::new(), events);
        } else if framing.coded && framing.chunked {
            self.state = State::Chunked(Chunked::default());
        } else if self.needs_close(head) {
            self.state = State::UntilClose;
        } else {
            match framing.length {
                Some(length @ 1..) => self.state = State::Fixed(length),
                _ => self.end(Vec::new(), events),
            }
        }
    }

    fn end(&mut self, trailers: Vec<Vec<u8>>, events: &mut Vec<Event>) {
        // A lenient parser, and one of responses, takes what comes.
        self.state = if self.closes && self.settings.requests && !self.settings.lenient {
            State::Closed
        } else {
            State::Head
        };
        events.push(Event::End(trailers));
    }

    fn trailers(&mut self, bytes: &[u8], at: &mut usize, events: &mut Vec<Event>) -> Result<(), ParseError> {
        let before = self.partial.len();
        self.partial.extend_from_slice(&bytes[*at..]);
        let length = match &self.partial[..] {
            [b'\r', b'\n', ..] => Some(2),
            [b'\n', ..] if self.settings.lenient => Some(1),
            _ => head::end(&self.partial, before),
        };
        let Some(length) = length else {
            *at = bytes.len();
            return self.check_size(self.partial.len());
        };
        self.check_size(length)?;
        *at += length - before;
        let mut whole = std::mem::take(&mut self.partial);
        whole.truncate(length);
        // A start line of our own makes them a head.
        let trailers = if whole.len() <= 2 {
            Vec::new()
        } else {
            let mut lines = b"GET / HTTP/1.1\r\n".to_vec();
            lines.extend_from_slice(&whole);
            let head = head::parse(&lines, true, self.settings.lenient)?;
            if head.framing.length.is_some() && !self.settings.lenient {
                return Err(error::LENGTH_AND_CODING);
            }
            head.headers
        };
        self.end(trailers, events);
        Ok(())
    }
}
