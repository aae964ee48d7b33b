//! Whatever a file holds: opening and reading it neither panics nor takes memory without bounds.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use loopscope_trace::{Landmark, Past, Recording};

fuzz_target!(|bytes: &[u8]| {
    let Ok(recording) = Recording::open(Cursor::new(bytes)) else { return };
    drop(recording.notes());
    recording.sources();
    let len = recording.len();
    for n in [0, len / 2, len] {
        drop(recording.state_at(n));
        drop(recording.time_of(n));
        drop(recording.at_time(n));
        drop(recording.next(n, Landmark::Turn));
        drop(recording.previous(n, Landmark::Callback));
    }
    recording.events(0..len).take(10_000).for_each(drop);
    drop(loopscope_trace::lint::lint(&recording, &[], &[]));
    drop(loopscope_trace::summary::summarize(&recording));
});
