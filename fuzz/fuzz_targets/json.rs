//! JSON lines, whatever they hold, and the state they lead to.
#![no_main]

use libfuzzer_sys::fuzz_target;
use loopscope_trace::{History, Past, read_json};

fuzz_target!(|bytes: &[u8]| {
    let Ok(records) = read_json(bytes) else { return };
    let mut history = History::with_sizes(None, 0, 8);
    records.iter().for_each(|record| history.apply(record));
    drop(history.state_at(history.len() / 2));
});
