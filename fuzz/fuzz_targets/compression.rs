//! Whatever is to be decompressed: no panic, no more output than there is room for, and an end.
#![no_main]
#![allow(dead_code, unused_imports, reason = "a part of the runtime, taken without the rest of it")]

#[path = "../../engine/runtime/src/compression/mod.rs"]
mod compression;

use compression::{Mode, Setup, open};
use libfuzzer_sys::fuzz_target;

const ROOM: usize = 4096;
/// A few bytes can become very many; these are enough.
const MOST_OUTPUT: usize = 1 << 22;

fuzz_target!(|input: (u8, u8, Vec<u8>)| {
    let (mode, piece, bytes) = input;
    let Some(mode) = Mode::from_number(i32::from(mode % 11) + 1) else { return };
    let zlib = matches!(
        mode,
        Mode::Deflate | Mode::Inflate | Mode::Gzip | Mode::Gunzip | Mode::DeflateRaw | Mode::InflateRaw | Mode::Unzip
    );
    let numbers = if zlib { vec![15, 6, 8, 0] } else { Vec::new() };
    let Ok(mut codec) = open(mode, &Setup { numbers, ..Setup::default() }) else { return };
    let mut output = Vec::new();
    let mut used = 0;
    let mut total = 0;
    while total < MOST_OUTPUT {
        let rest = &bytes[used..bytes.len().min(used + usize::from(piece).max(1))];
        let is_last = used + rest.len() == bytes.len();
        output.clear();
        let end = if zlib { 4 } else { 2 };
        let Ok(step) = codec.step(if is_last { end } else { 0 }, rest, &mut output, ROOM) else { return };
        assert!(step.used <= rest.len() && output.len() <= ROOM);
        used += step.used;
        total += output.len();
        if step.ended || (is_last && step.used == 0 && output.is_empty()) {
            return;
        }
    }
});
