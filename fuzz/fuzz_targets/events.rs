//! Any events in any order, and states that any file may hold: every question about them has an answer.
#![no_main]

mod explore;

use libfuzzer_sys::fuzz_target;
use loopscope_protocol::state::{Keyframe, Names, Shared};
use loopscope_protocol::{Event, Record};
use loopscope_trace::History;

fuzz_target!(|bytes: &[u8]| {
    let (keyframe, mut rest) = match postcard::take_from_bytes::<Keyframe>(bytes) {
        Ok((keyframe, rest)) => (Some(keyframe), rest),
        Err(_) => (None, bytes),
    };
    let mut history = History::with_sizes(None, 0, 64);
    let mut state = keyframe.map(|keyframe| keyframe.restore(Names::default(), &Shared::default()));
    while let Ok((event, left)) = postcard::take_from_bytes::<Event>(rest) {
        rest = left;
        history.apply(&Record::Event(event));
        if let Some(state) = &mut state {
            drop(state.narrate(&event));
            state.event(&event);
        }
    }
    if let Some(state) = state {
        drop(state.why());
        state.keepers();
    }
    explore::explore(&history);
});
