//! Brotli (<https://www.rfc-editor.org/rfc/rfc7932>).

use brotli::enc::StandardAlloc;
use brotli::enc::encode::{
    BrotliEncoderOperation as Operation, BrotliEncoderParameter as Parameter, BrotliEncoderStateStruct,
};
use brotli::{BrotliDecompressStream, BrotliResult, BrotliState};

use super::{Codec, Failure, Setup, Step};

/// Quality of Node.js's default and largest window.
const QUALITY: u32 = 11;
const WINDOW: u32 = 22;

/// Compresses.
pub struct Encoder {
    state: BrotliEncoderStateStruct<StandardAlloc>,
    numbers: Vec<i32>,
}

// SAFETY: the state belongs to this value alone, and nothing in it is bound to a thread.
unsafe impl Send for Encoder {}

fn new_state(numbers: &[i32]) -> Result<BrotliEncoderStateStruct<StandardAlloc>, Failure> {
    let mut state = BrotliEncoderStateStruct::new(StandardAlloc::default());
    state.set_parameter(Parameter::BROTLI_PARAM_QUALITY, QUALITY);
    state.set_parameter(Parameter::BROTLI_PARAM_LGWIN, WINDOW);
    for pair in numbers.chunks_exact(2) {
        let parameter = match pair[0] {
            0 => Parameter::BROTLI_PARAM_MODE,
            1 => Parameter::BROTLI_PARAM_QUALITY,
            2 => Parameter::BROTLI_PARAM_LGWIN,
            3 => Parameter::BROTLI_PARAM_LGBLOCK,
            4 => Parameter::BROTLI_PARAM_DISABLE_LITERAL_CONTEXT_MODELING,
            5 => Parameter::BROTLI_PARAM_SIZE_HINT,
            6 => Parameter::BROTLI_PARAM_LARGE_WINDOW,
            // What only speeds up fonts and the like.
            7 | 8 => continue,
            _ => return Err(Failure::new("Initialization failed", "ERR_ZLIB_INITIALIZATION_FAILED", -1)),
        };
        if !state.set_parameter(parameter, pair[1].cast_unsigned()) {
            return Err(Failure::new("Initialization failed", "ERR_ZLIB_INITIALIZATION_FAILED", -1));
        }
    }
    Ok(state)
}

impl Encoder {
    /// A new stream.
    pub fn new(setup: &Setup) -> Result<Self, Failure> {
        Ok(Self { state: new_state(&setup.numbers)?, numbers: setup.numbers.clone() })
    }
}

impl Codec for Encoder {
    fn step(&mut self, flush: i32, input: &[u8], output: &mut Vec<u8>, room: usize) -> Result<Step, Failure> {
        let operation = match flush {
            1 => Operation::BROTLI_OPERATION_FLUSH,
            2 => Operation::BROTLI_OPERATION_FINISH,
            3 => Operation::BROTLI_OPERATION_EMIT_METADATA,
            _ => Operation::BROTLI_OPERATION_PROCESS,
        };
        let before = output.len();
        output.resize(before + room, 0);
        let (mut left, mut used, mut free, mut made) = (input.len(), 0, room, 0);
        let done = self.state.compress_stream(
            operation,
            &mut left,
            input,
            &mut used,
            &mut free,
            &mut output[before..],
            &mut made,
            &mut None,
            &mut |_, _, _, _| (),
        );
        output.truncate(before + made);
        if !done {
            return Err(Failure::new("Compression failed", "ERR_BROTLI_COMPRESSION_FAILED", -1));
        }
        Ok(Step { used, ended: self.state.is_finished() })
    }

    fn reset(&mut self) -> Result<(), Failure> {
        self.state = new_state(&self.numbers)?;
        Ok(())
    }
}

type State = BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>;

/// Takes apart.
pub struct Decoder {
    state: Box<State>,
    strict: bool,
    ended: bool,
    strict_end: bool,
}

// SAFETY: as above.
unsafe impl Send for Decoder {}

fn decoder_state(strict: bool) -> Box<State> {
    let alloc = StandardAlloc::default;
    Box::new(if strict {
        State::new_strict(alloc(), alloc(), alloc())
    } else {
        State::new(alloc(), alloc(), alloc())
    })
}

impl Decoder {
    /// A new stream.
    pub fn new(setup: &Setup) -> Self {
        let large = setup.numbers.chunks_exact(2).any(|pair| pair[0] == 1 && pair[1] != 0);
        Self { state: decoder_state(!large), strict: !large, ended: false, strict_end: setup.strict_end }
    }
}

impl Codec for Decoder {
    fn step(&mut self, flush: i32, input: &[u8], output: &mut Vec<u8>, room: usize) -> Result<Step, Failure> {
        if self.ended && self.strict_end && !input.is_empty() {
            return Err(Failure::trailing_junk());
        }
        if self.ended {
            return Ok(Step { used: input.len(), ended: true });
        }
        let before = output.len();
        output.resize(before + room, 0);
        let (mut left, mut used, mut free, mut made, mut total) = (input.len(), 0, room, 0, 0);
        let result = BrotliDecompressStream(
            &mut left,
            &mut used,
            input,
            &mut free,
            &mut made,
            &mut output[before..],
            &mut total,
            &mut self.state,
        );
        output.truncate(before + made);
        match result {
            BrotliResult::ResultFailure => {
                let name = format!("{:?}", self.state.error_code);
                let number = self.state.error_code as i32;
                let short = name.strip_prefix("BROTLI_DECODER").unwrap_or(&name);
                return Err(Failure::new("Decompression failed", &format!("ERR_{short}"), number));
            }
            BrotliResult::ResultSuccess => self.ended = true,
            BrotliResult::NeedsMoreInput if flush == 2 => {
                return Err(Failure::new("unexpected end of file", "Z_BUF_ERROR", -5));
            }
            _ => {}
        }
        if self.ended && self.strict_end && used < input.len() {
            return Err(Failure::trailing_junk());
        }
        Ok(Step { used, ended: self.ended })
    }

    fn reset(&mut self) -> Result<(), Failure> {
        self.state = decoder_state(self.strict);
        self.ended = false;
        Ok(())
    }
}
