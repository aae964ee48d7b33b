//! Every reader on files that were kept, whole and damaged in many ways: nothing panics, and everything can be asked of what
//! was read. A longer run of the same is `cargo +nightly fuzz run recording` (`json`, `node-trace`).

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail like tests")]

#[path = "../../../fuzz/fuzz_targets/explore.rs"]
mod explore;

use std::io::Cursor;

use explore::explore;
use loopscope_trace::node_trace::read_node_trace;
use loopscope_trace::{History, Recording, read_json_part};

/// How often each file is damaged anew.
const TIMES: usize = 120;

/// The same numbers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }

    fn part(&mut self, bytes: &[u8]) -> std::ops::Range<usize> {
        let from = self.below(bytes.len());
        from..(from + self.below(200)).min(bytes.len())
    }

    /// Changes bytes, digits above all, takes parts out, doubles them or moves them elsewhere, or cuts the end off.
    fn damage(&mut self, whole: &[u8]) -> Vec<u8> {
        let mut bytes = whole.to_vec();
        for _ in 0..=self.below(4) {
            match self.below(6) {
                0 => {
                    let part = self.part(&bytes);
                    bytes.drain(part);
                }
                1 => {
                    let (part, at) = (self.part(&bytes), self.below(bytes.len()));
                    let part = bytes[part].to_vec();
                    bytes.splice(at..at, part);
                }
                2 => {
                    let at = self.below(bytes.len());
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte = self.below(256) as u8;
                    }
                }
                3 => {
                    let at = self.below(bytes.len());
                    let digits =
                        [&b"0"[..], b"18446744073709551615", b"4294967296", b"-1", b"1e300"][self.below(5)];
                    if let Some(from) =
                        bytes.iter().skip(at).position(u8::is_ascii_digit).map(|from| at + from)
                    {
                        let length = bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                        bytes.splice(from..from + length, digits.iter().copied());
                    }
                }
                4 => {
                    let (one, other) = (self.part(&bytes), self.below(bytes.len()));
                    let part: Vec<u8> = bytes.drain(one).collect();
                    let other = other.min(bytes.len());
                    bytes.splice(other..other, part);
                }
                _ => {
                    let length = self.below(bytes.len());
                    bytes.truncate(length);
                }
            }
        }
        bytes
    }
}

fn try_all(whole: &[u8], mut read: impl FnMut(&[u8])) {
    read(whole);
    let mut random = Random(whole.len() as u64);
    for _ in 0..TIMES {
        read(&random.damage(whole));
    }
}

#[test]
fn recordings() {
    for whole in
        [&include_bytes!("corpus/first-look.loopscope")[..], include_bytes!("corpus/cut-off.loopscope")]
    {
        try_all(whole, |bytes| {
            let Ok(recording) = Recording::open(Cursor::new(bytes)) else { return };
            drop(recording.notes());
            recording.sources();
            explore(&recording);
        });
    }
}

#[test]
fn json_lines() {
    let whole = include_bytes!("corpus/run.jsonl");
    let (records, failed) = read_json_part(&whole[..]).unwrap();
    assert!(failed.is_none() && records.len() > 100);
    try_all(whole, |bytes| {
        let Ok((records, _)) = read_json_part(bytes) else { return };
        let mut history = History::with_sizes(None, 0, 8);
        records.iter().for_each(|record| history.apply(record));
        explore(&history);
    });
}

#[test]
fn traces_of_node() {
    let whole = include_bytes!("corpus/node-26.log");
    let read = read_node_trace(&whole[..]).unwrap();
    assert_eq!(read.problems, Vec::<String>::new());
    assert_eq!(read.history.state().contradictions, 0, "{:?}", read.history.state().first_contradictions);
    try_all(whole, |bytes| {
        let Ok(read) = read_node_trace(bytes) else { return };
        explore(&read.history);
    });
}
