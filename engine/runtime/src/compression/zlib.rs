//! zlib's formats (<https://www.rfc-editor.org/rfc/rfc1950>, 1951, 1952) by zlib-rs.

use std::ffi::CStr;

use libz_rs_sys as z;

use super::{Codec, Failure, Mode, Setup, Step};

const GZIP: [u8; 2] = [0x1f, 0x8b];
const CODES: [(i32, &str); 6] = [
    (-1, "Z_ERRNO"),
    (-2, "Z_STREAM_ERROR"),
    (-3, "Z_DATA_ERROR"),
    (-4, "Z_MEM_ERROR"),
    (-5, "Z_BUF_ERROR"),
    (-6, "Z_VERSION_ERROR"),
];

/// A stream in one of zlib's formats.
pub struct Zlib {
    mode: Mode,
    stream: Box<z::z_stream>,
    window: i32,
    level: i32,
    memory: i32,
    strategy: i32,
    dictionary: Vec<u8>,
    strict_end: bool,
    /// Bytes of gzip's mark that were seen; `None` once it is clear what comes.
    marks: Option<usize>,
    set_up: bool,
    ended: bool,
}

// SAFETY: the stream's state belongs to this value alone, and nothing in it is bound to a thread.
unsafe impl Send for Zlib {}

impl Zlib {
    /// A new stream.
    pub fn new(mode: Mode, setup: &Setup) -> Result<Self, Failure> {
        let number = |index: usize, usual: i32| setup.numbers.get(index).copied().unwrap_or(usual);
        let mut zlib = Self {
            mode,
            stream: Box::default(),
            window: number(0, 15),
            level: number(1, -1),
            memory: number(2, 8),
            strategy: number(3, 0),
            dictionary: setup.dictionary.clone(),
            strict_end: setup.strict_end,
            marks: (mode == Mode::Unzip).then_some(0),
            set_up: false,
            ended: false,
        };
        if mode != Mode::Unzip {
            zlib.begin()?;
        }
        Ok(zlib)
    }

    fn compresses(&self) -> bool {
        matches!(self.mode, Mode::Deflate | Mode::Gzip | Mode::DeflateRaw)
    }

    fn begin(&mut self) -> Result<(), Failure> {
        let bits = match self.mode {
            Mode::Gzip | Mode::Gunzip => self.window + 16,
            Mode::DeflateRaw | Mode::InflateRaw => -self.window,
            _ => self.window,
        };
        let size = size_of::<z::z_stream>() as i32;
        let version = z::zlibVersion();
        let compresses = self.compresses();
        let stream: *mut z::z_stream = &raw mut *self.stream;
        // SAFETY: the stream is valid and was not set up before; `end` takes it down.
        let status = unsafe {
            if compresses {
                z::deflateInit2_(stream, self.level, 8, bits, self.memory, self.strategy, version, size)
            } else {
                z::inflateInit2_(stream, bits, version, size)
            }
        };
        if status != z::Z_OK {
            return Err(self.failure(status, "Init error"));
        }
        self.set_up = true;
        self.use_dictionary()
    }

    /// Formats without a head, and compression, take the dictionary before anything else.
    fn use_dictionary(&mut self) -> Result<(), Failure> {
        if self.dictionary.is_empty()
            || !matches!(self.mode, Mode::Deflate | Mode::DeflateRaw | Mode::InflateRaw)
        {
            return Ok(());
        }
        let status = self.set_dictionary();
        if status == z::Z_OK { Ok(()) } else { Err(self.failure(status, "Failed to set dictionary")) }
    }

    fn set_dictionary(&mut self) -> i32 {
        let (bytes, length) = (self.dictionary.as_ptr(), self.dictionary.len() as u32);
        let stream: *mut z::z_stream = &raw mut *self.stream;
        // SAFETY: the stream is set up, and the bytes are valid for their length.
        unsafe {
            if matches!(self.mode, Mode::Deflate | Mode::Gzip | Mode::DeflateRaw) {
                z::deflateSetDictionary(stream, bytes, length)
            } else {
                z::inflateSetDictionary(stream, bytes, length)
            }
        }
    }

    fn failure(&self, status: i32, usual: &str) -> Failure {
        let own = (!self.stream.msg.is_null()).then(|| {
            // SAFETY: messages are NUL-terminated texts that live as long as the program.
            unsafe { CStr::from_ptr(self.stream.msg) }.to_string_lossy().into_owned()
        });
        let code = CODES.iter().find(|entry| entry.0 == status).map_or("Z_ERRNO", |entry| entry.1);
        Failure::new(&own.unwrap_or_else(|| usual.to_owned()), code, status)
    }

    fn end(&mut self) {
        if !std::mem::take(&mut self.set_up) {
            return;
        }
        let compresses = self.compresses();
        let stream: *mut z::z_stream = &raw mut *self.stream;
        // SAFETY: the stream is set up, and is not used any more.
        unsafe {
            if compresses {
                z::deflateEnd(stream)
            } else {
                z::inflateEnd(stream)
            };
        }
    }

    /// Looks for gzip's mark at the beginning; what was looked at stays in the input.
    fn look(&mut self, input: &[u8]) -> Result<bool, Failure> {
        let Some(seen) = self.marks else { return Ok(true) };
        for (index, &byte) in input.iter().enumerate() {
            let at = seen + index;
            if byte != GZIP[at] {
                self.mode = Mode::Inflate;
                break;
            }
            if at + 1 == GZIP.len() {
                self.mode = Mode::Gunzip;
                break;
            }
        }
        if self.mode == Mode::Unzip {
            self.marks = Some(seen + input.len());
            return Ok(false);
        }
        self.marks = None;
        self.begin()?;
        if seen > 0 {
            // The first byte of the mark came before.
            let mut none = Vec::new();
            self.run(0, &GZIP[..seen], &mut none, 0)?;
        }
        Ok(true)
    }

    /// One call of zlib's; returns its status and the bytes used.
    fn call(&mut self, flush: i32, input: &[u8], output: &mut Vec<u8>, room: usize) -> (i32, usize) {
        let before = output.len();
        output.resize(before + room, 0);
        let given = input.len().min(u32::MAX as usize);
        self.stream.next_in = input.as_ptr();
        self.stream.avail_in = given as u32;
        self.stream.next_out = output[before..].as_mut_ptr();
        self.stream.avail_out = room as u32;
        let compresses = self.compresses();
        let stream: *mut z::z_stream = &raw mut *self.stream;
        // SAFETY: the stream is set up, and both buffers are valid for their lengths.
        let status =
            unsafe { if compresses { z::deflate(stream, flush) } else { z::inflate(stream, flush) } };
        output.truncate(before + room - self.stream.avail_out as usize);
        (status, given - self.stream.avail_in as usize)
    }

    fn run(&mut self, flush: i32, input: &[u8], output: &mut Vec<u8>, room: usize) -> Result<Step, Failure> {
        let start = output.len();
        let (mut status, mut used) = self.call(flush, input, output, room);
        if status == z::Z_NEED_DICT && !self.dictionary.is_empty() && !self.compresses() {
            if self.set_dictionary() == z::Z_OK {
                let left = room - (output.len() - start);
                let (next, more) = self.call(flush, &input[used..], output, left);
                status = next;
                used += more;
            } else {
                return Err(Failure::new("Bad dictionary", "Z_DATA_ERROR", -3));
            }
        }
        // Several archives may follow each other; zero bytes are padding.
        while self.mode == Mode::Gunzip
            && status == z::Z_STREAM_END
            && input.get(used).is_some_and(|&byte| byte != 0)
        {
            if self.strict_end && input[used] != GZIP[0] {
                break;
            }
            self.reset()?;
            let left = room - (output.len() - start);
            let (next, more) = self.call(flush, &input[used..], output, left);
            status = next;
            used += more;
        }
        let is_full = output.len() - start == room;
        match status {
            z::Z_OK => {}
            z::Z_BUF_ERROR if flush != z::Z_FINISH => {}
            z::Z_STREAM_END => self.ended = true,
            z::Z_BUF_ERROR if is_full => {}
            z::Z_BUF_ERROR => return Err(Failure::new("unexpected end of file", "Z_BUF_ERROR", status)),
            z::Z_NEED_DICT => {
                let message =
                    if self.dictionary.is_empty() { "Missing dictionary" } else { "Bad dictionary" };
                return Err(Failure::new(message, "Z_NEED_DICT", 2));
            }
            status => return Err(self.failure(status, "Zlib error")),
        }
        if flush == z::Z_FINISH && !is_full && !self.ended && !self.compresses() {
            return Err(Failure::new("unexpected end of file", "Z_BUF_ERROR", -5));
        }
        if self.ended && self.strict_end && used < input.len() {
            return Err(Failure::trailing_junk());
        }
        Ok(Step { used, ended: self.ended })
    }
}

impl Codec for Zlib {
    fn step(&mut self, flush: i32, input: &[u8], output: &mut Vec<u8>, room: usize) -> Result<Step, Failure> {
        if !self.look(input)? {
            if flush == z::Z_FINISH {
                return Err(Failure::new("unexpected end of file", "Z_BUF_ERROR", -5));
            }
            return Ok(Step { used: input.len(), ended: false });
        }
        if self.ended && !self.compresses() && self.mode != Mode::Gunzip {
            if self.strict_end && !input.is_empty() {
                return Err(Failure::trailing_junk());
            }
            // What follows the end belongs to nobody.
            return Ok(Step { used: input.len(), ended: true });
        }
        self.run(flush, input, output, room)
    }

    fn reset(&mut self) -> Result<(), Failure> {
        self.ended = false;
        if !self.set_up {
            return Ok(());
        }
        let compresses = self.compresses();
        let stream: *mut z::z_stream = &raw mut *self.stream;
        // SAFETY: the stream is set up.
        let status = unsafe { if compresses { z::deflateReset(stream) } else { z::inflateReset(stream) } };
        if status != z::Z_OK {
            return Err(self.failure(status, "Failed to reset stream"));
        }
        self.use_dictionary()
    }

    fn tune(&mut self, level: i32, strategy: i32) -> Result<(), Failure> {
        if !self.compresses() {
            return Ok(());
        }
        let stream: *mut z::z_stream = &raw mut *self.stream;
        self.stream.avail_in = 0;
        self.stream.avail_out = 0;
        // SAFETY: the stream is set up; there is nothing to read or write.
        let status = unsafe { z::deflateParams(stream, level, strategy) };
        if status == z::Z_OK || status == z::Z_BUF_ERROR {
            Ok(())
        } else {
            Err(self.failure(status, "Failed to set parameters"))
        }
    }
}

impl Drop for Zlib {
    fn drop(&mut self) {
        self.end();
    }
}

/// The sum of `bytes`, going on from `value`.
pub fn crc32(value: u32, bytes: &[u8]) -> u32 {
    // SAFETY: the bytes are valid for their length.
    let sum = unsafe { z::crc32_z(value.into(), bytes.as_ptr(), bytes.len()) };
    sum as u32
}
