//! The events of a trace, one after the other, without holding the file in memory.

use std::io::{self, Read};

/// Bytes that are asked for at a time.
const PIECE: usize = 1 << 18;

/// An event is longer only in files that are none.
const LONGEST: usize = 16 << 20;

/// How far behind the start of the file its list of events may begin.
const HEAD: usize = 1 << 20;

/// What comes next.
pub enum Next<'a> {
    /// An event, as text.
    Object(&'a [u8]),
    /// The list ends.
    End,
    /// The file ends before its list does, or goes on with something else.
    Cut,
}

/// Finds the objects in the list of events. Only brackets and quotes are looked at: whatever is between them is for others.
pub struct Objects<R> {
    input: R,
    bytes: Vec<u8>,
    /// How much of `bytes` is done.
    done: usize,
    /// How much was read from the input.
    read: u64,
    is_over: bool,
}

impl<R: Read> Objects<R> {
    /// The objects of `input`; `None` when no list of events begins in it.
    ///
    /// # Errors
    /// When reading fails.
    pub fn new(input: R) -> io::Result<Option<Self>> {
        let mut objects = Self { input, bytes: Vec::new(), done: 0, read: 0, is_over: false };
        loop {
            if let Some(start) = list_start(&objects.bytes) {
                objects.done = start;
                return Ok(Some(objects));
            }
            let is_other = objects.bytes.trim_ascii_start().first().is_some_and(|first| *first != b'{');
            if is_other || objects.bytes.len() > HEAD || !objects.more()? {
                return Ok(None);
            }
        }
    }

    /// Bytes that were read so far.
    pub fn read(&self) -> u64 {
        self.read
    }

    /// Reads on; false at the end.
    fn more(&mut self) -> io::Result<bool> {
        if self.done > 0 {
            self.bytes.drain(..self.done);
            self.done = 0;
        }
        let length = self.bytes.len();
        self.bytes.resize(length + PIECE, 0);
        let read = loop {
            match self.input.read(&mut self.bytes[length..]) {
                Err(failed) if failed.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.bytes.truncate(length + *read.as_ref().unwrap_or(&0));
        self.read += read? as u64;
        self.is_over = self.bytes.len() == length;
        Ok(!self.is_over)
    }

    /// The next event.
    ///
    /// # Errors
    /// When reading fails.
    pub fn next(&mut self) -> io::Result<Next<'_>> {
        loop {
            let between = |byte: &u8| !byte.is_ascii_whitespace() && *byte != b',';
            let passed = self.bytes[self.done..].iter().position(between);
            self.done = passed.map_or(self.bytes.len(), |passed| self.done + passed);
            match self.bytes.get(self.done).copied() {
                Some(b'{') => break,
                Some(b']') => return Ok(Next::End),
                Some(_) => return Ok(Next::Cut),
                None if self.more()? => {}
                None => return Ok(Next::Cut),
            }
        }
        let mut scan = Scan::default();
        let mut seen = 0;
        loop {
            if let Some(length) = scan.end(&self.bytes[self.done..], &mut seen) {
                let from = self.done;
                self.done += length;
                return Ok(Next::Object(&self.bytes[from..self.done]));
            }
            if seen > LONGEST || !self.more()? {
                return Ok(Next::Cut);
            }
        }
    }
}

/// Where the list of events begins, behind its bracket.
fn list_start(bytes: &[u8]) -> Option<usize> {
    const KEY: &[u8] = b"\"traceEvents\"";
    let blank = bytes.len() - bytes.trim_ascii_start().len();
    match bytes.get(blank)? {
        b'[' => Some(blank + 1),
        b'{' => bytes.windows(KEY.len()).enumerate().find_map(|(at, key)| {
            let rest = (key == KEY).then(|| bytes[at + KEY.len()..].trim_ascii_start())?;
            let rest = rest.strip_prefix(b":")?.trim_ascii_start().strip_prefix(b"[")?;
            Some(bytes.len() - rest.len())
        }),
        _ => None,
    }
}

/// Inside an object.
#[derive(Default)]
struct Scan {
    depth: u32,
    in_text: bool,
    escaped: bool,
}

impl Scan {
    /// Length of the object with which `bytes` begin, of which `seen` have been looked at; `None` when it goes on.
    fn end(&mut self, bytes: &[u8], seen: &mut usize) -> Option<usize> {
        for (index, byte) in bytes.iter().enumerate().skip(*seen) {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.in_text => self.escaped = true,
                b'"' => self.in_text = !self.in_text,
                _ if self.in_text => {}
                b'{' => self.depth += 1,
                b'}' if self.depth <= 1 => return Some(index + 1),
                b'}' => self.depth -= 1,
                _ => {}
            }
        }
        *seen = bytes.len();
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a byte at a time.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
            let length = bytes.len().min(1).min(self.0.len());
            bytes[..length].copy_from_slice(&self.0[..length]);
            self.0 = &self.0[length..];
            Ok(length)
        }
    }

    fn texts(input: impl Read) -> (Vec<String>, bool) {
        let (mut found, mut objects) = (Vec::new(), Objects::new(input).unwrap().unwrap());
        loop {
            match objects.next().unwrap() {
                Next::Object(text) => found.push(String::from_utf8(text.to_vec()).unwrap()),
                Next::End => return (found, true),
                Next::Cut => return (found, false),
            }
        }
    }

    #[test]
    fn objects_are_found_whatever_is_in_them() {
        let whole =
            r#" { "metadata": {"a": [1]}, "traceEvents" : [ {"a":"}{\"\\"} , {"b":{"c":[{}]}},{} ], "x": 1}"#;
        let wanted = [r#"{"a":"}{\"\\"}"#, r#"{"b":{"c":[{}]}}"#, "{}"].map(str::to_owned).to_vec();
        assert_eq!(texts(whole.as_bytes()), (wanted.clone(), true));
        assert_eq!(texts(Slow(whole.as_bytes())), (wanted, true));
        assert_eq!(texts(&b"[{},\n{}"[..]), (vec!["{}".to_owned(); 2], false));
        assert_eq!(texts(&b"[{},{\"a"[..]), (vec!["{}".to_owned()], false));
        for other in ["", "x", "{}", "{\"traceEvents\":{}}", "\"traceEvents\":["] {
            assert!(Objects::new(other.as_bytes()).unwrap().is_none(), "{other}");
        }
    }
}
