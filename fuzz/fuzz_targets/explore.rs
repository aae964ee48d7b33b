//! Everything that can be asked of a past.

use loopscope_protocol::{Record, TaskId};
use loopscope_trace::compare::{Side, compare};
use loopscope_trace::export::{Format, Part, export};
use loopscope_trace::lint::lint;
use loopscope_trace::summary::summarize;
use loopscope_trace::why::{holders, why};
use loopscope_trace::{Landmark, Meta, Past, TextTrace};

/// Asks it; only panics and memory count.
pub fn explore(past: &dyn Past) {
    let len = past.len();
    for n in [0, len / 2, len] {
        drop(past.state_at(n));
        drop(past.time_of(n));
        drop(past.at_time(n));
        drop(past.next(n, Landmark::Turn));
        drop(past.previous(n, Landmark::Callback));
    }
    past.events(0..len).take(10_000).for_each(drop);
    if len > 20_000 {
        return;
    }
    drop(lint(past, &[], &[]));
    drop(summarize(past).map(|summary| summary.text()));
    let names = past.names().unwrap_or_default();
    for task in 0..12 {
        drop(why(past, TaskId(task), len).map(|why| why.map(|why| why.text(&names))));
    }
    drop(holders(past, len));
    let meta = Meta::default();
    for format in [Format::Chrome, Format::CpuProfile, Format::Svg, Format::Html] {
        let part = Part { past, meta: &meta, sources: &[], range: 0..len };
        drop(export(&part, format, &mut std::io::sink()));
    }
    let side = Side { past, sources: &[] };
    drop(compare(&side, &side));
    let mut lines = TextTrace::default();
    past.events(0..len).flatten().for_each(|event| {
        drop(lines.state().narrate(&event.1));
        drop(lines.line(&Record::Event(event.1)));
    });
}
