//! Exports of parts of a run, and of any events there might be.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

mod common;

use common::{definitions, events};
use loopscope_protocol::*;
use loopscope_trace::export::{Format, Part, export};
use loopscope_trace::{History, Meta, Past};
use proptest::prelude::*;
use serde_json::Value;

const MS: Nanos = 1_000_000;

fn history(events: impl IntoIterator<Item = Event>) -> History {
    let mut history = History::default();
    for record in definitions() {
        history.apply(&record);
    }
    for event in events {
        history.apply(&Record::Event(event));
    }
    history
}

fn exported(past: &History, range: std::ops::Range<u64>, format: Format) -> String {
    let mut out = Vec::new();
    let part = Part { past, meta: &Meta::default(), sources: &[], range };
    export(&part, format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A callback from 10 to 90 ms on the main thread, with an operation that a thread of the pool works on, and one in a worker.
fn long_run() -> History {
    let (on, task, op, worker) = (LoopId(1), TaskId(1), OpId(1), TaskId(LoopId(1).base() + 1));
    let created = |task, kind| EventKind::TaskCreated {
        task,
        parent: TaskId::NONE,
        kind,
        callback: PlaceId(1),
        site: PlaceId(1),
    };
    let kinds = [
        (10, created(task, TaskKind::Timeout)),
        (10, EventKind::TaskStarted { task }),
        (11, EventKind::OpStarted { op, task, name: TextId(1), target: TextId(2) }),
        (12, EventKind::SlotTaken { slot: 0, op }),
        (12, EventKind::WorkerStarted { id: on, task, name: TextId(3) }),
        (13, EventKind::LoopEntered { id: on }),
        (14, created(worker, TaskKind::Immediate)),
        (14, EventKind::TaskStarted { task: worker }),
        (40, EventKind::LoopEntered { id: LoopId::MAIN }),
        (50, EventKind::Heap { used: 1, total: 2 }),
        (60, EventKind::Heap { used: 2, total: 3 }),
        (90, EventKind::TaskEnded { task, outcome: Outcome::Returned }),
    ];
    let mut history = history(kinds.map(|(at, kind)| Event { at: at * MS, kind }));
    let looks = |from: u64, to: u64| (from..to).map(|at| Sample { at: at * MS, frame: 1 }).collect();
    for (on, samples) in [(LoopId::MAIN, looks(20, 80)), (on, looks(20, 60))] {
        let frames = vec![Frame { caller: 0, place: PlaceId(2) }];
        let (from, to) = (20 * MS, 80 * MS);
        history.apply(&Record::Samples(Box::new(Samples { on, interval: MS, from, to, frames, samples })));
    }
    history
}

/// The events in which nothing of that begins or ends.
const MIDDLE: std::ops::Range<u64> = 9..11;

#[test]
fn a_part_in_the_middle_of_a_callback_shows_it() {
    let past = long_run();
    assert_eq!(past.time_of(MIDDLE.end).unwrap(), 60 * MS);
    let svg = exported(&past, MIDDLE, Format::Svg);
    for words in ["#1 timeout", "#1:1 immediate", "sampled: seen", ">pool thread 0<", ">operations<"] {
        assert!(svg.contains(words), "{words}: {svg}");
    }
    let page = exported(&past, MIDDLE, Format::Html);
    let (_, data) = page.split_once("id=\"data\">").unwrap();
    let data: Value = serde_json::from_str(data.split_once("</script>").unwrap().0).unwrap();
    let sampled = data["sampled"].as_array().unwrap();
    // From 40 to 60 ms: of the callback on the main thread, and of the one in the worker.
    let cut: Vec<_> =
        sampled.iter().map(|seen| (seen[0].as_u64(), seen[2].as_f64(), seen[3].as_f64())).collect();
    assert_eq!(cut, [(Some(0), Some(40e3), Some(60e3)), (Some(1), Some(40e3), Some(60e3))], "{data}");
    let trace: Value = serde_json::from_str(&exported(&past, MIDDLE, Format::Chrome)).unwrap();
    let slices: Vec<_> =
        trace["traceEvents"].as_array().unwrap().iter().filter(|event| event["ph"] == "X").collect();
    assert!(
        slices.iter().all(|slice| slice["ts"] == 40e3
            && slice["dur"].as_f64().is_some_and(|dur| (19_999.99..=20e3).contains(&dur))),
        "{trace}"
    );
    let categories: Vec<_> = slices.iter().filter_map(|slice| slice["cat"].as_str()).collect();
    assert_eq!(categories, ["timeout", "immediate", "sampled", "sampled", "pool"], "{trace}");
    assert!(slices.iter().any(|slice| slice["args"]["kind"] == "timeout" && slice["ts"] == 40e3), "{trace}");
    assert!(slices.iter().any(|slice| slice["args"]["kind"] == "immediate" && slice["pid"] == 2), "{trace}");
    let profile: Value = serde_json::from_str(&exported(&past, MIDDLE, Format::CpuProfile)).unwrap();
    let all: f64 = profile["timeDeltas"].as_array().unwrap().iter().filter_map(Value::as_f64).sum();
    assert_eq!(all, 20e3, "all of the part ran: {profile}");
}

#[test]
fn a_drawing_of_many_workers_has_a_row_for_each() {
    let mut kinds = Vec::new();
    for id in 1..=5_u16 {
        let task = TaskId(LoopId(id).base() + 1);
        let (parent, kind) = (TaskId::NONE, TaskKind::Immediate);
        kinds.extend([
            EventKind::WorkerStarted { id: LoopId(id), task: TaskId::NONE, name: TextId::NONE },
            EventKind::LoopEntered { id: LoopId(id) },
            EventKind::TaskCreated { task, parent, kind, callback: PlaceId(1), site: PlaceId(1) },
            EventKind::TaskStarted { task },
            EventKind::TaskEnded { task, outcome: Outcome::Returned },
            EventKind::LoopEntered { id: LoopId::MAIN },
        ]);
    }
    let past = history((1..).zip(kinds).map(|(at, kind)| Event { at: at * MS, kind }));
    let svg = exported(&past, 0..past.len(), Format::Svg);
    assert_eq!((svg.matches("class='edge'").count(), svg.matches(">immediates<").count()), (5, 0), "{svg}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_part_of_any_run_can_be_exported(
        events in events(200),
        ends in (0.0_f64..1.0, 0.0_f64..1.0),
        looks in prop::collection::vec((any::<u64>(), 0_u32..4), 0..20),
    ) {
        let mut past = history(events);
        let (mut looks, interval) = (looks, MS);
        looks.sort_unstable();
        let frames = (0..3).map(|caller| Frame { caller, place: PlaceId(caller + 1) }).collect();
        let samples: Vec<_> = looks.into_iter().map(|(at, frame)| Sample { at, frame }).collect();
        let (from, to) = (samples.first().map_or(0, |look| look.at), samples.last().map_or(0, |look| look.at));
        past.apply(&Record::Samples(Box::new(Samples { on: LoopId(1), interval, from, to, frames, samples })));
        let place = |share: f64| (past.len() as f64 * share) as u64;
        let range = place(ends.0.min(ends.1))..place(ends.0.max(ends.1));
        for format in [Format::Chrome, Format::Perfetto, Format::CpuProfile] {
            let text = exported(&past, range.clone(), format);
            prop_assert!(serde_json::from_str::<Value>(&text).is_ok(), "{format:?}: {text}");
        }
        let svg = exported(&past, range.clone(), Format::Svg);
        prop_assert!(svg.ends_with("</svg>\n") && !svg.contains("NaN") && !svg.contains("'inf"), "{svg}");
        exported(&past, range, Format::Html);
    }
}
