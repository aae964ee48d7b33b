//! Zstandard (<https://www.rfc-editor.org/rfc/rfc8878>).

use zstd_safe::zstd_sys::{self, ZSTD_EndDirective};
use zstd_safe::{CCtx, DCtx, InBuffer, OutBuffer, ResetDirective};

use super::{Codec, Failure, Setup, Step};

/// Names of errors by number (`ZSTD_ErrorCode`).
const ERRORS: [(i32, &str); 30] = [
    (1, "GENERIC"),
    (10, "prefix_unknown"),
    (12, "version_unsupported"),
    (14, "frameParameter_unsupported"),
    (16, "frameParameter_windowTooLarge"),
    (20, "corruption_detected"),
    (22, "checksum_wrong"),
    (24, "literals_headerWrong"),
    (30, "dictionary_corrupted"),
    (32, "dictionary_wrong"),
    (34, "dictionaryCreation_failed"),
    (40, "parameter_unsupported"),
    (41, "parameter_combination_unsupported"),
    (42, "parameter_outOfBound"),
    (44, "tableLog_tooLarge"),
    (46, "maxSymbolValue_tooLarge"),
    (48, "maxSymbolValue_tooSmall"),
    (50, "stabilityCondition_notRespected"),
    (60, "stage_wrong"),
    (62, "init_missing"),
    (64, "memory_allocation"),
    (66, "workSpace_tooSmall"),
    (70, "dstSize_tooSmall"),
    (72, "srcSize_wrong"),
    (74, "dstBuffer_null"),
    (80, "noForwardProgress_destFull"),
    (82, "noForwardProgress_inputEmpty"),
    (100, "frameIndex_tooLarge"),
    (102, "seekableIO"),
    (104, "dstBuffer_wrong"),
];

fn failure(code: usize) -> Failure {
    // Errors are negative numbers in an unsigned type.
    let number = i32::try_from(code.wrapping_neg()).unwrap_or(1);
    let name = ERRORS.iter().find(|entry| entry.0 == number).map_or("GENERIC", |entry| entry.1);
    Failure::new(zstd_safe::get_error_name(code), &format!("ZSTD_error_{name}"), number)
}

fn bad_parameter() -> Failure {
    Failure::new("Setting parameter failed", "ERR_ZLIB_INITIALIZATION_FAILED", -1)
}

fn no_memory() -> Failure {
    Failure::new("Initialization failed", "ERR_ZLIB_INITIALIZATION_FAILED", -1)
}

/// Compresses.
pub struct Encoder {
    context: CCtx<'static>,
    numbers: Vec<i32>,
    dictionary: Vec<u8>,
    size: Option<u64>,
}

impl Encoder {
    /// A new stream.
    pub fn new(setup: &Setup) -> Result<Self, Failure> {
        let context = CCtx::try_create().ok_or_else(no_memory)?;
        let (numbers, dictionary) = (setup.numbers.clone(), setup.dictionary.clone());
        let mut encoder = Self { context, numbers, dictionary, size: setup.size };
        encoder.begin()?;
        Ok(encoder)
    }

    fn begin(&mut self) -> Result<(), Failure> {
        for pair in self.numbers.chunks_exact(2) {
            let parameter = parameter(pair[0], pair[1]).ok_or_else(bad_parameter)?;
            self.context.set_parameter(parameter).map_err(|_| bad_parameter())?;
        }
        if !self.dictionary.is_empty() {
            self.context.load_dictionary(&self.dictionary).map_err(failure)?;
        }
        self.context.set_pledged_src_size(self.size).map_err(failure)?;
        Ok(())
    }
}

fn parameter(number: i32, value: i32) -> Option<zstd_safe::CParameter> {
    use zstd_safe::CParameter as P;
    let unsigned = u32::try_from(value).ok();
    let strategy = |value| {
        use zstd_safe::Strategy as S;
        [
            S::ZSTD_fast,
            S::ZSTD_dfast,
            S::ZSTD_greedy,
            S::ZSTD_lazy,
            S::ZSTD_lazy2,
            S::ZSTD_btlazy2,
            S::ZSTD_btopt,
            S::ZSTD_btultra,
            S::ZSTD_btultra2,
        ]
        .get(usize::try_from(value - 1).ok()?)
        .copied()
    };
    Some(match number {
        100 => P::CompressionLevel(value),
        101 => P::WindowLog(unsigned?),
        102 => P::HashLog(unsigned?),
        103 => P::ChainLog(unsigned?),
        104 => P::SearchLog(unsigned?),
        105 => P::MinMatch(unsigned?),
        106 => P::TargetLength(unsigned?),
        107 => P::Strategy(strategy(value)?),
        160 => P::EnableLongDistanceMatching(value != 0),
        161 => P::LdmHashLog(unsigned?),
        162 => P::LdmMinMatch(unsigned?),
        163 => P::LdmBucketSizeLog(unsigned?),
        164 => P::LdmHashRateLog(unsigned?),
        200 => P::ContentSizeFlag(value != 0),
        201 => P::ChecksumFlag(value != 0),
        202 => P::DictIdFlag(value != 0),
        _ => return None,
    })
}

impl Codec for Encoder {
    fn step(&mut self, flush: i32, input: &[u8], output: &mut Vec<u8>, room: usize) -> Result<Step, Failure> {
        let directive = match flush {
            1 => ZSTD_EndDirective::ZSTD_e_flush,
            2 => ZSTD_EndDirective::ZSTD_e_end,
            _ => ZSTD_EndDirective::ZSTD_e_continue,
        };
        let mut part = Vec::with_capacity(room);
        let mut from = InBuffer { src: input, pos: 0 };
        let mut into = OutBuffer::around(&mut part);
        let left = self.context.compress_stream2(&mut into, &mut from, directive).map_err(failure)?;
        output.extend_from_slice(into.as_slice());
        Ok(Step { used: from.pos, ended: flush == 2 && left == 0 })
    }

    fn reset(&mut self) -> Result<(), Failure> {
        self.context.reset(ResetDirective::SessionAndParameters).map_err(failure)?;
        self.begin()
    }
}

/// Takes apart.
pub struct Decoder {
    context: DCtx<'static>,
    numbers: Vec<i32>,
    dictionary: Vec<u8>,
    /// The frame is whole; another one may follow.
    whole: bool,
    strict_end: bool,
}

impl Decoder {
    /// A new stream.
    pub fn new(setup: &Setup) -> Result<Self, Failure> {
        let context = DCtx::try_create().ok_or_else(no_memory)?;
        let (numbers, dictionary) = (setup.numbers.clone(), setup.dictionary.clone());
        let mut decoder = Self { context, numbers, dictionary, whole: false, strict_end: setup.strict_end };
        decoder.begin()?;
        Ok(decoder)
    }

    fn begin(&mut self) -> Result<(), Failure> {
        for pair in self.numbers.chunks_exact(2) {
            if pair[0] != zstd_sys::ZSTD_dParameter::ZSTD_d_windowLogMax as i32 {
                return Err(failure(40_usize.wrapping_neg()));
            }
            let value = u32::try_from(pair[1]).unwrap_or(0);
            self.context
                .set_parameter(zstd_safe::DParameter::WindowLogMax(value))
                .map_err(|_| bad_parameter())?;
        }
        if !self.dictionary.is_empty() {
            self.context.load_dictionary(&self.dictionary).map_err(failure)?;
        }
        Ok(())
    }
}

impl Codec for Decoder {
    fn step(&mut self, flush: i32, input: &[u8], output: &mut Vec<u8>, room: usize) -> Result<Step, Failure> {
        if self.whole && self.strict_end && !input.is_empty() {
            return Err(Failure::trailing_junk());
        }
        let mut part = Vec::with_capacity(room);
        let mut from = InBuffer { src: input, pos: 0 };
        let mut into = OutBuffer::around(&mut part);
        if !(self.whole && input.is_empty()) {
            let left = self.context.decompress_stream(&mut into, &mut from).map_err(failure)?;
            self.whole = left == 0;
        }
        let made = into.as_slice().len();
        output.extend_from_slice(into.as_slice());
        if flush == 2 && !self.whole && made < room && from.pos == input.len() {
            return Err(Failure::new("unexpected end of file", "Z_BUF_ERROR", -5));
        }
        Ok(Step { used: from.pos, ended: self.whole })
    }

    fn reset(&mut self) -> Result<(), Failure> {
        self.whole = false;
        self.context.reset(ResetDirective::SessionAndParameters).map_err(failure)?;
        self.begin()
    }
}
