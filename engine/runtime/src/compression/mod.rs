//! Compression formats behind one face: bytes in, bytes out, piece by piece. Knows nothing of V8.

mod brotli;
#[cfg(test)]
mod mutations;
mod zlib;
mod zstd;

pub use zlib::crc32;

/// What one step did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Step {
    /// Bytes of the input that were used.
    pub used: usize,
    /// The stream is at its end.
    pub ended: bool,
}

/// Why a stream cannot go on, with code and number as Node.js has them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// In words.
    pub message: String,
    /// `Z_DATA_ERROR` …
    pub code: String,
    /// Its number.
    pub number: i32,
}

impl Failure {
    fn new(message: &str, code: &str, number: i32) -> Self {
        Self { message: message.to_owned(), code: code.to_owned(), number }
    }

    /// Something stands behind the end, where nothing may.
    fn trailing_junk() -> Self {
        let message = "Trailing junk found after the end of the compressed stream";
        Self::new(message, "ERR_TRAILING_JUNK_AFTER_STREAM_END", -3)
    }
}

/// Which way of compression, by the numbers of `zlib.constants`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// zlib's own format.
    Deflate = 1,
    /// Takes it apart.
    Inflate,
    /// gzip.
    Gzip,
    /// Takes it apart.
    Gunzip,
    /// Neither head nor sum.
    DeflateRaw,
    /// Takes it apart.
    InflateRaw,
    /// gzip or zlib, whichever it is.
    Unzip,
    /// Takes Brotli apart.
    BrotliDecode,
    /// Brotli.
    BrotliEncode,
    /// Zstandard.
    ZstdCompress,
    /// Takes it apart.
    ZstdDecompress,
}

impl Mode {
    /// All modes, in the order of their numbers.
    const ALL: [Self; 11] = [
        Self::Deflate,
        Self::Inflate,
        Self::Gzip,
        Self::Gunzip,
        Self::DeflateRaw,
        Self::InflateRaw,
        Self::Unzip,
        Self::BrotliDecode,
        Self::BrotliEncode,
        Self::ZstdCompress,
        Self::ZstdDecompress,
    ];

    /// The mode of this number.
    pub fn from_number(number: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| *mode as i32 == number)
    }
}

/// How a stream is set up. For zlib `numbers` are window bits, level, memory level and strategy; for the others numbers
/// and values of parameters in turn.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// See there.
    pub numbers: Vec<i32>,
    /// Bytes that both sides know.
    pub dictionary: Vec<u8>,
    /// Size of all input, for formats that write it down.
    pub size: Option<u64>,
    /// What follows the end is an error.
    pub strict_end: bool,
}

/// A stream.
pub trait Codec: Send {
    /// Goes on: takes from `input`, appends at most `room` bytes to `output`. What `flush` means depends on the format.
    ///
    /// # Errors
    /// When the input is not what it should be.
    fn step(&mut self, flush: i32, input: &[u8], output: &mut Vec<u8>, room: usize) -> Result<Step, Failure>;

    /// Begins anew.
    ///
    /// # Errors
    /// When that is not possible.
    fn reset(&mut self) -> Result<(), Failure>;

    /// Changes level and strategy.
    ///
    /// # Errors
    /// When the format has none, or they are out of range.
    fn tune(&mut self, _level: i32, _strategy: i32) -> Result<(), Failure> {
        Ok(())
    }
}

/// A new stream.
///
/// # Errors
/// When a parameter is out of range.
pub fn open(mode: Mode, setup: &Setup) -> Result<Box<dyn Codec>, Failure> {
    Ok(match mode {
        Mode::BrotliDecode => Box::new(brotli::Decoder::new(setup)),
        Mode::BrotliEncode => Box::new(brotli::Encoder::new(setup)?),
        Mode::ZstdCompress => Box::new(zstd::Encoder::new(setup)?),
        Mode::ZstdDecompress => Box::new(zstd::Decoder::new(setup)?),
        mode => Box::new(zlib::Zlib::new(mode, setup)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs everything through a codec in pieces of `piece` bytes.
    fn through(
        mode: Mode,
        setup: &Setup,
        flush: [i32; 2],
        input: &[u8],
        piece: usize,
    ) -> Result<Vec<u8>, Failure> {
        let mut codec = open(mode, setup)?;
        let mut all = Vec::new();
        let mut pieces = input.chunks(piece).peekable();
        while let Some(mut rest) = pieces.next() {
            let flush = if pieces.peek().is_none() { flush[1] } else { flush[0] };
            loop {
                let mut out = Vec::new();
                let step = codec.step(flush, rest, &mut out, 100)?;
                rest = &rest[step.used..];
                let is_full = out.len() == 100;
                all.extend(out);
                if !is_full {
                    break;
                }
            }
        }
        Ok(all)
    }

    #[test]
    fn what_goes_in_comes_out_again() {
        let text: Vec<u8> = (0..20_000_u32).map(|n| (n * n % 251) as u8 ^ (n / 300) as u8).collect();
        let zlib = Setup { numbers: vec![15, -1, 8, 0], ..Setup::default() };
        let plain = Setup::default();
        for (there, back, setup, flush) in [
            (Mode::Deflate, Mode::Inflate, &zlib, [0, 4]),
            (Mode::Gzip, Mode::Gunzip, &zlib, [0, 4]),
            (Mode::Gzip, Mode::Unzip, &zlib, [0, 4]),
            (Mode::Deflate, Mode::Unzip, &zlib, [0, 4]),
            (Mode::DeflateRaw, Mode::InflateRaw, &zlib, [0, 4]),
            (Mode::BrotliEncode, Mode::BrotliDecode, &plain, [0, 2]),
            (Mode::ZstdCompress, Mode::ZstdDecompress, &plain, [0, 2]),
        ] {
            for piece in [1, 777, 100_000] {
                let packed = through(there, setup, flush, &text, piece.max(50)).unwrap();
                assert_eq!(through(back, setup, flush, &packed, piece).unwrap(), text, "{there:?} {piece}");
            }
        }
    }

    #[test]
    fn broken_input_is_refused() {
        let zlib = Setup { numbers: vec![15, -1, 8, 0], ..Setup::default() };
        let plain = Setup::default();
        for (mode, setup, flush, code) in [
            (Mode::Inflate, &zlib, [0, 4], "Z_DATA_ERROR"),
            (Mode::Gunzip, &zlib, [0, 4], "Z_DATA_ERROR"),
            (Mode::BrotliDecode, &plain, [0, 2], "ERR_BROTLI_DECODER_ERROR_FORMAT_PADDING_1"),
            (Mode::ZstdDecompress, &plain, [0, 2], "ZSTD_error_prefix_unknown"),
        ] {
            let failed = through(mode, setup, flush, &[0x55; 64], 64).unwrap_err();
            assert!(
                failed.code == code || mode == Mode::BrotliDecode && failed.code.starts_with("ERR_"),
                "{failed:?}"
            );
        }
        let packed = through(Mode::Gzip, &zlib, [0, 4], b"something", 100).unwrap();
        let failed = through(Mode::Gunzip, &zlib, [0, 4], &packed[..12], 100).unwrap_err();
        assert_eq!(
            (failed.code.as_str(), failed.message.as_str()),
            ("Z_BUF_ERROR", "unexpected end of file")
        );
    }
}
