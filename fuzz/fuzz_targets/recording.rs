//! Whatever a file holds: opening and reading it neither panics nor takes memory without bounds.
#![no_main]

mod explore;

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use loopscope_trace::Recording;

fuzz_target!(|bytes: &[u8]| {
    let Ok(recording) = Recording::open(Cursor::new(bytes)) else { return };
    drop(recording.notes());
    recording.sources();
    explore::explore(&recording);
});
