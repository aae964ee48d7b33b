//! Compressed data with damage in it, always the same: nothing panics, and every stream comes to an end.

use super::{Mode, Setup, open};

/// Each way of compression with what takes it apart, and the number of `flush` that ends a stream.
const PAIRS: [(Mode, Mode, i32); 5] = [
    (Mode::Deflate, Mode::Inflate, 4),
    (Mode::Gzip, Mode::Unzip, 4),
    (Mode::DeflateRaw, Mode::InflateRaw, 4),
    (Mode::BrotliEncode, Mode::BrotliDecode, 2),
    (Mode::ZstdCompress, Mode::ZstdDecompress, 2),
];

/// More steps than any of these streams needs.
const MOST_STEPS: usize = 2000;

fn setup(mode: Mode) -> Setup {
    let numbers = match mode {
        Mode::Deflate | Mode::Inflate | Mode::Gzip | Mode::Gunzip | Mode::Unzip => vec![15, 6, 8, 0],
        Mode::DeflateRaw | Mode::InflateRaw => vec![15, 6, 8, 0],
        _ => Vec::new(),
    };
    Setup { numbers, ..Setup::default() }
}

/// Runs a stream to its end; `None` when it fails.
fn run(mode: Mode, end: i32, input: &[u8], piece: usize) -> Option<Vec<u8>> {
    let mut codec = open(mode, &setup(mode)).unwrap();
    let mut output = Vec::new();
    let mut used = 0;
    for _ in 0..MOST_STEPS {
        let rest = &input[used..input.len().min(used + piece)];
        let is_last = used + rest.len() == input.len();
        let before = output.len();
        let step = codec.step(if is_last { end } else { 0 }, rest, &mut output, 4096).ok()?;
        assert!(step.used <= rest.len() && output.len() - before <= 4096);
        used += step.used;
        if step.ended {
            return Some(output);
        }
        if step.used == 0 && output.len() == before && is_last {
            // It wants more than there is.
            return None;
        }
    }
    panic!("{mode:?} does not come to an end");
}

#[test]
fn damage_is_survived() {
    let text: Vec<u8> = (0..3000u32).flat_map(|n| format!("line {} ", n % 97).into_bytes()).collect();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut below = |end: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % end.max(1) as u64).unwrap()
    };
    for (compress, take_apart, end) in PAIRS {
        let whole = run(compress, end, &text, 1000).unwrap();
        assert_eq!(run(take_apart, end, &whole, 64).as_deref(), Some(&text[..]), "{take_apart:?}");
        for _ in 0..150 {
            let mut bytes = whole.clone();
            for _ in 0..=below(3) {
                let at = below(bytes.len());
                match below(4) {
                    0 => bytes[at] ^= 1 << below(8),
                    1 => bytes.truncate(at.max(1)),
                    2 => bytes.insert(at, 0xff),
                    _ => drop(bytes.remove(at)),
                }
                if bytes.is_empty() {
                    bytes.push(0);
                }
            }
            // Whether it is noticed depends on the format's sums.
            let _ = run(take_apart, end, &bytes, 1 + below(500));
        }
    }
}
