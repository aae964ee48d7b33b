//! Traces of real Node as runs.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail like tests")]

use loopscope_protocol::{EventKind, LoopId, PlaceId, TaskId, TaskKind};
use loopscope_trace::node_trace::{NodeTraceError, read_node_trace, read_node_trace_into};
use loopscope_trace::{History, Past};
use proptest::prelude::*;

/// What Node 26 writes for a script with a next tick, a timer, an interval that runs twice, a promise and a file, shortened.
const TRACE: &str = r#"{"traceEvents":[
{"pid":9,"tid":9,"ts":100,"ph":"M","cat":"__metadata","name":"version","args":{"node":"26.10.0"}},
{"pid":9,"tid":9,"ts":1000,"ph":"I","cat":"node,node.bootstrap","name":"bootstrapComplete","args":{}},
{"pid":9,"tid":9,"ts":1001,"ph":"b","cat":"node,node.module_timer","name":"require('/a/b.js')","id":"0x1","args":{}},
{"pid":9,"tid":9,"ts":1010,"ph":"b","cat":"node,node.async_hooks","name":"TickObject","id":"0x2","args":{"data":{"triggerAsyncId":1,"executionAsyncId":1}}},
{"pid":9,"tid":9,"ts":1011,"ph":"b","cat":"node,node.async_hooks","name":"Timeout","id":"0x3","args":{"data":{"executionAsyncId":1}}},
{"pid":9,"tid":9,"ts":1012,"ph":"b","cat":"node,node.async_hooks","name":"PROMISE","id":"0x4","args":{"data":{"executionAsyncId":1}}},
{"pid":9,"tid":9,"ts":1013,"ph":"b","cat":"node,node.async_hooks","name":"PROMISE","id":"0x5","args":{"data":{"executionAsyncId":1}}},
{"pid":9,"tid":9,"ts":1014,"ph":"b","cat":"node,node.async_hooks","name":"FSREQCALLBACK","id":"0x6","args":{"data":{"executionAsyncId":1}}},
{"pid":9,"tid":9,"ts":1015,"ph":"b","cat":"node,node.fs,node.fs.async","name":"read","id":"0x99","args":{}},
{"pid":9,"tid":9,"ts":1016,"ph":"b","cat":"node,node.async_hooks","name":"Timeout","id":"0x7","args":{"data":{"executionAsyncId":1}}},
{"pid":9,"tid":9,"ts":1020,"ph":"e","cat":"node,node.module_timer","name":"require('/a/b.js')","id":"0x1","args":{}},
{"pid":9,"tid":9,"ts":1030,"ph":"B","cat":"node,node.async_hooks","name":"TickObject_CALLBACK","id":"0x2","args":{}},
{"pid":9,"tid":9,"ts":1031,"ph":"E","cat":"node,node.async_hooks","name":"TickObject_CALLBACK","id":"0x2","args":{}},
{"pid":9,"tid":9,"ts":1032,"ph":"B","cat":"node,node.async_hooks","name":"PROMISE_CALLBACK","id":"0x5","args":{}},
{"pid":9,"tid":9,"ts":1033,"ph":"E","cat":"node,node.async_hooks","name":"PROMISE_CALLBACK","id":"0x5","args":{}},
{"pid":9,"tid":9,"ts":1035,"ph":"I","cat":"node,node.bootstrap","name":"loopStart","args":{}},
{"pid":9,"tid":9,"ts":1050,"ph":"b","cat":"node,node.async_hooks","name":"FSREQCALLBACK_CALLBACK","id":"0x6","args":{}},
{"pid":9,"tid":9,"ts":1060,"ph":"e","cat":"node,node.async_hooks","name":"FSREQCALLBACK_CALLBACK","id":"0x6","args":{}},
{"pid":9,"tid":9,"ts":1070,"ph":"X","dur":5,"cat":"node,node.environment","name":"CheckImmediate","args":{}},
{"pid":9,"tid":9,"ts":2000,"ph":"X","dur":100,"cat":"node,node.environment","name":"RunTimers","args":{}},
{"pid":9,"tid":9,"ts":2010,"ph":"B","cat":"node,node.async_hooks","name":"Timeout_CALLBACK","id":"0x3","args":{}},
{"pid":9,"tid":9,"ts":2020,"ph":"E","cat":"node,node.async_hooks","name":"Timeout_CALLBACK","id":"0x3","args":{}},
{"pid":9,"tid":9,"ts":2030,"ph":"B","cat":"node,node.async_hooks","name":"Timeout_CALLBACK","id":"0x7","args":{}},
{"pid":9,"tid":9,"ts":2040,"ph":"E","cat":"node,node.async_hooks","name":"Timeout_CALLBACK","id":"0x7","args":{}},
{"pid":9,"tid":9,"ts":2050,"ph":"B","cat":"node,node.async_hooks","name":"Timeout_CALLBACK","id":"0x7","args":{}},
{"pid":9,"tid":9,"ts":2060,"ph":"E","cat":"node,node.async_hooks","name":"Timeout_CALLBACK","id":"0x7","args":{}},
{"pid":9,"tid":9,"ts":2065,"ph":"e","cat":"node,node.async_hooks","name":"Timeout","id":"0x7","args":{}},
{"pid":9,"tid":9,"ts":2200,"ph":"I","cat":"node,node.bootstrap","name":"loopExit","args":{}}
]}"#;

fn trace(text: &str) -> String {
    text.replacen("[\n", "[", 1)
}

#[test]
fn operations_on_files_tell_their_path_and_what_came_of_them() {
    let done = |name: &str, args: &str, result: i64| {
        let text = trace(TRACE)
            .replace(r#""name":"read","id":"0x99","args":{}"#, &format!(r#""name":"{name}","id":"0x99","args":{args}"#))
            .replace(
                r#"{"pid":9,"tid":9,"ts":1050,"#,
                &format!(
                    r#"{{"pid":9,"tid":9,"ts":1049,"ph":"e","cat":"node,node.fs,node.fs.async","name":"{name}","id":"0x99","args":{{"result":{result}}}}},
{{"pid":9,"tid":9,"ts":1050,"#
                ),
            );
        let read = read_node_trace(text.as_bytes()).unwrap();
        assert_eq!(read.problems, Vec::<String>::new());
        let names = read.history.names().unwrap();
        let (mut begun, mut ended) = (String::new(), String::new());
        for event in read.history.events(0..read.history.len()) {
            match event.unwrap().1.kind {
                EventKind::OpStarted { name, target, .. } => {
                    begun = format!("{} {}", names.text(name), names.text(target));
                }
                EventKind::OpCompleted { bytes, error, .. } => {
                    ended = format!("{bytes} {}", names.text(error));
                }
                _ => {}
            }
        }
        (begun, ended)
    };
    let told = |begun: &str, ended: &str| (begun.to_owned(), ended.to_owned());
    assert_eq!(done("read", "{}", 16_384), told("fs.read ", "16384 "));
    assert_eq!(done("open", r#"{"path":"/no/such"}"#, -2), told("fs.open /no/such", "0 ENOENT"));
    assert_eq!(
        done("open", r#"{"path":7}"#, 21),
        told("fs.open ", "0 "),
        "a descriptor is no number of bytes"
    );
    assert_eq!(done("stat", "[]", i64::MIN), told("fs.stat ", &format!("0 error {}", i64::MAX)));
}

#[test]
fn callbacks_become_tasks() {
    let read = read_node_trace(trace(TRACE).as_bytes()).unwrap();
    assert_eq!(read.problems, Vec::<String>::new());
    assert_eq!(read.meta.script, ["/a/b.js"]);
    let state = read.history.state();
    assert_eq!(state.contradictions, 0, "{:?}", state.first_contradictions);
    let started = |kind| state.total(kind).started;
    assert_eq!(
        [TaskKind::MainScript, TaskKind::NextTick, TaskKind::PromiseReaction, TaskKind::IoCompletion]
            .map(started),
        [1, 1, 1, 1]
    );
    assert_eq!([TaskKind::Timeout, TaskKind::Interval].map(started), [1, 2]);
    assert_eq!(
        state.names.text(state.names.place(loopscope_protocol::PlaceId(1)).unwrap().script),
        "/a/b.js"
    );
    let op = (0..read.history.len()).find_map(|number| match read.history.event(number).unwrap().kind {
        EventKind::OpStarted { name, .. } => Some(state.names.text(name).to_owned()),
        _ => None,
    });
    assert_eq!(op.as_deref(), Some("fs.read"));
    assert!(state.ended.is_some());
}

#[test]
fn a_trace_that_was_cut_off_is_read_as_far_as_it_goes() {
    let text = trace(TRACE);
    let cut = text.find("2010").unwrap();
    let read = read_node_trace(&text.as_bytes()[..cut]).unwrap();
    assert_eq!(read.history.state().total(TaskKind::IoCompletion).started, 1);
    assert_eq!(read.problems.len(), 2, "{:?}", read.problems);
}

#[test]
fn other_files_are_refused() {
    let refused = |text: &str| read_node_trace(text.as_bytes()).unwrap_err();
    assert!(matches!(refused("{}"), NodeTraceError::NoTrace));
    assert!(matches!(refused("{\"traceEvents\":[]}"), NodeTraceError::NoCallbacks));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_traces_never_panic(damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..30)) {
        let mut bytes = trace(TRACE).into_bytes();
        for (place, value) in damage {
            let place = place.index(bytes.len() - 20) + 20;
            bytes[place] = value;
        }
        drop(read_node_trace(bytes.as_slice()));
    }
}

#[test]
fn callbacks_of_other_threads_are_not_taken_for_those_of_the_main_one() {
    // A worker counts its resources anew: its numbers are those of the main thread's callbacks.
    let worker = r#"{"pid":9,"tid":11,"ts":1012,"ph":"b","cat":"node.async_hooks","name":"Timeout","id":"0x2","args":{"data":{"executionAsyncId":1}}},
{"pid":9,"tid":11,"ts":1013,"ph":"B","cat":"node.async_hooks","name":"Timeout_CALLBACK","id":"0x2"},
{"pid":9,"tid":11,"ts":1014,"ph":"E","cat":"node.async_hooks","name":"Timeout_CALLBACK","id":"0x2"},
"#;
    let text = trace(TRACE).replacen(
        "{\"pid\":9,\"tid\":9,\"ts\":1014",
        &format!("{worker}{{\"pid\":9,\"tid\":9,\"ts\":1014"),
        1,
    );
    let read = read_node_trace(text.as_bytes()).unwrap();
    let state = read.history.state();
    assert_eq!(state.first_contradictions, Vec::<String>::new());
    assert_eq!(state.total(TaskKind::Timeout).started, 1);
    assert_eq!(state.workers[&LoopId(1)].state.total(TaskKind::Timeout).started, 1);
    assert_eq!(read.problems, Vec::<String>::new());
    // What another process did is none of this run's.
    let read = read_node_trace(text.replace("9,\"tid\":11", "8,\"tid\":11").as_bytes()).unwrap();
    assert!(read.history.state().workers.is_empty());
    assert_eq!(read.problems, ["1 callbacks ran in other processes and are left out"]);
}

/// What Node 26 writes for two workers, shortened: both are started by the main script, the second one is heard of first.
const WORKERS: &str = r#"{"traceEvents":[
{"pid":9,"tid":9,"ts":1000,"ph":"I","cat":"node.bootstrap","name":"bootstrapComplete"},
{"pid":9,"tid":9,"ts":1001,"ph":"b","cat":"node.module_timer","name":"require('/a/b.js')","id":"0x1"},
{"pid":9,"tid":9,"ts":1010,"ph":"b","cat":"node.async_hooks","name":"WORKER","id":"0x2","args":{"data":{"executionAsyncId":1}}},
{"pid":9,"tid":9,"ts":1011,"ph":"b","cat":"node.async_hooks","name":"WORKER","id":"0x3","args":{"data":{"executionAsyncId":1}}},
{"pid":9,"tid":9,"ts":1012,"ph":"b","cat":"node.async_hooks","name":"TickObject","id":"0x4","args":{"data":{"executionAsyncId":1}}},
{"pid":9,"tid":9,"ts":1020,"ph":"e","cat":"node.module_timer","name":"require('/a/b.js')","id":"0x1"},
{"pid":9,"tid":9,"ts":1021,"ph":"B","cat":"node.async_hooks","name":"TickObject_CALLBACK","id":"0x4"},
{"pid":9,"tid":9,"ts":1022,"ph":"E","cat":"node.async_hooks","name":"TickObject_CALLBACK","id":"0x4"},
{"pid":9,"tid":9,"ts":1023,"ph":"I","cat":"node.bootstrap","name":"loopStart"},
{"pid":9,"tid":22,"ts":1100,"ph":"M","cat":"__metadata","name":"thread_name","args":{"name":"[worker 2] WorkerThread"}},
{"pid":9,"tid":22,"ts":1101,"ph":"I","cat":"node.bootstrap","name":"bootstrapComplete"},
{"pid":9,"tid":21,"ts":1200,"ph":"M","cat":"__metadata","name":"thread_name","args":{"name":"[worker 1] first"}},
{"pid":9,"tid":21,"ts":1201,"ph":"I","cat":"node.bootstrap","name":"bootstrapComplete"},
{"pid":9,"tid":21,"ts":1202,"ph":"I","cat":"node.bootstrap","name":"loopStart"},
{"pid":9,"tid":21,"ts":1203,"ph":"b","cat":"node.async_hooks","name":"MESSAGEPORT","id":"0x3","args":{"data":{"executionAsyncId":0}}},
{"pid":9,"tid":21,"ts":1204,"ph":"b","cat":"node.async_hooks","name":"MESSAGEPORT_CALLBACK","id":"0x3"},
{"pid":9,"tid":21,"ts":1205,"ph":"b","cat":"node.module_timer","name":"require('/a/w.js')","id":"0x1"},
{"pid":9,"tid":21,"ts":1210,"ph":"b","cat":"node.async_hooks","name":"Immediate","id":"0x2","args":{"data":{"executionAsyncId":3}}},
{"pid":9,"tid":21,"ts":1220,"ph":"e","cat":"node.module_timer","name":"require('/a/w.js')","id":"0x1"},
{"pid":9,"tid":21,"ts":1221,"ph":"e","cat":"node.async_hooks","name":"MESSAGEPORT_CALLBACK","id":"0x3"},
{"pid":9,"tid":21,"ts":1222,"ph":"b","cat":"node.async_hooks","name":"MESSAGEPORT_CALLBACK","id":"0x3"},
{"pid":9,"tid":21,"ts":1223,"ph":"e","cat":"node.async_hooks","name":"MESSAGEPORT_CALLBACK","id":"0x3"},
{"pid":9,"tid":21,"ts":1230,"ph":"X","dur":9,"cat":"node.environment","name":"CheckImmediate"},
{"pid":9,"tid":21,"ts":1231,"ph":"B","cat":"node.async_hooks","name":"Immediate_CALLBACK","id":"0x2"},
{"pid":9,"tid":21,"ts":1235,"ph":"E","cat":"node.async_hooks","name":"Immediate_CALLBACK","id":"0x2"},
{"pid":9,"tid":21,"ts":1240,"ph":"I","cat":"node.bootstrap","name":"loopExit"},
{"pid":9,"tid":22,"ts":1300,"ph":"I","cat":"node.bootstrap","name":"loopExit"},
{"pid":9,"tid":9,"ts":1400,"ph":"I","cat":"node.bootstrap","name":"loopExit"}
]}"#;

#[test]
fn workers_have_loops_of_their_own() {
    let read = read_node_trace(trace(WORKERS).as_bytes()).unwrap();
    assert_eq!(read.problems, Vec::<String>::new());
    assert_eq!(read.meta.script, ["/a/b.js"]);
    let state = read.history.state();
    assert_eq!(state.first_contradictions, Vec::<String>::new());
    let (one, two) = (&state.workers[&LoopId(1)], &state.workers[&LoopId(2)]);
    assert_eq!((state.name_worker(LoopId(1)), one.starter), ("first".to_owned(), TaskId(1)));
    assert_eq!((state.name_worker(LoopId(2)), two.starter), ("worker 2".to_owned(), TaskId(1)));
    let started = |kind| one.state.total(kind).started;
    assert_eq!([TaskKind::MainScript, TaskKind::Message, TaskKind::Immediate].map(started), [1, 1, 1]);
    assert!(one.state.ended.is_some() && two.state.ended.is_some() && state.ended.is_some());
    let seen = state.seen_from(LoopId(1)).unwrap();
    let script = seen.names.place(PlaceId(2)).unwrap();
    assert_eq!(seen.names.text(script.script), "/a/w.js");
    // When the trace does not tell who started them they are there all the same.
    let text = trace(WORKERS).replace("\"WORKER\"", "\"OTHER\"");
    let read = read_node_trace(text.as_bytes()).unwrap();
    assert_eq!(read.history.state().first_contradictions, Vec::<String>::new());
    assert_eq!(read.history.state().workers[&LoopId(2)].starter, TaskId::NONE);
}

#[test]
fn phases_that_touch_and_resources_that_call_back_often_contradict_nothing() {
    let more = r#"{"pid":9,"tid":9,"ts":1075,"ph":"X","dur":0,"cat":"node.environment","name":"RunTimers"},
{"pid":9,"tid":9,"ts":1075,"ph":"X","dur":3,"cat":"node.environment","name":"CheckImmediate"},
{"pid":9,"tid":9,"ts":1077,"ph":"X","dur":3,"cat":"node.environment","name":"RunTimers"},
{"pid":9,"tid":9,"ts":1090,"ph":"b","cat":"node.async_hooks","name":"HTTPCLIENTREQUEST","id":"0x20","args":{"data":{"executionAsyncId":1}}},
{"pid":9,"tid":9,"ts":1091,"ph":"b","cat":"node.async_hooks","name":"SCRYPTREQUEST","id":"0x21","args":{"data":{"executionAsyncId":1}}},
{"pid":9,"tid":9,"ts":1100,"ph":"b","cat":"node.async_hooks","name":"HTTPCLIENTREQUEST_CALLBACK","id":"0x20"},
{"pid":9,"tid":9,"ts":1101,"ph":"e","cat":"node.async_hooks","name":"HTTPCLIENTREQUEST_CALLBACK","id":"0x20"},
{"pid":9,"tid":9,"ts":1102,"ph":"b","cat":"node.async_hooks","name":"HTTPCLIENTREQUEST_CALLBACK","id":"0x20"},
{"pid":9,"tid":9,"ts":1103,"ph":"e","cat":"node.async_hooks","name":"HTTPCLIENTREQUEST_CALLBACK","id":"0x20"},
{"pid":9,"tid":9,"ts":1104,"ph":"b","cat":"node.async_hooks","name":"SCRYPTREQUEST_CALLBACK","id":"0x21"},
{"pid":9,"tid":9,"ts":1105,"ph":"e","cat":"node.async_hooks","name":"SCRYPTREQUEST_CALLBACK","id":"0x21"},
{"pid":9,"tid":9,"ts":1106,"ph":"b","cat":"node.async_hooks","name":"SCRYPTREQUEST_CALLBACK","id":"0x21"},
{"pid":9,"tid":9,"ts":1107,"ph":"e","cat":"node.async_hooks","name":"SCRYPTREQUEST_CALLBACK","id":"0x21"},
"#;
    let text = trace(TRACE).replacen(
        "{\"pid\":9,\"tid\":9,\"ts\":2000",
        &format!("{more}{{\"pid\":9,\"tid\":9,\"ts\":2000"),
        1,
    );
    let read = read_node_trace(text.as_bytes()).unwrap();
    let state = read.history.state();
    assert_eq!(state.first_contradictions, Vec::<String>::new());
    assert_eq!(state.total(TaskKind::IoCompletion).started, 5);
    let phases = read
        .history
        .events(0..read.history.len())
        .filter(|event| matches!(event.as_ref().unwrap().1.kind, EventKind::PhaseEntered { .. }));
    assert_eq!(phases.count(), 5);
}

#[test]
fn lists_without_a_frame_are_read_and_odd_events_left_out() {
    let text = trace(TRACE);
    let list = text.strip_prefix("{\"traceEvents\":").unwrap().strip_suffix('}').unwrap();
    let list = list.replacen('[', "[ {\"ph\":3}, ", 1);
    let read = read_node_trace(list.as_bytes()).unwrap();
    assert_eq!(read.history.state().total(TaskKind::Interval).started, 2);
    assert_eq!(read.problems, ["1 events of the trace look other than Node's and are left out"]);
}

#[test]
fn reading_tells_how_far_it_is_and_ends_when_asked() {
    let (one, mut many) = (trace(TRACE), String::from("{\"traceEvents\":["));
    let events = one.strip_prefix("{\"traceEvents\":[").unwrap().strip_suffix("\n]}").unwrap();
    for _ in 0..1000 {
        many.push_str(events);
        many.push_str(",\n");
    }
    many.push_str("{}]}");
    let (length, mut told) = (many.len() as u64, Vec::new());
    read_node_trace_into(many.as_bytes(), length, History::default(), &mut |done| {
        told.push(done);
        true
    })
    .unwrap();
    assert!(
        told.len() > 4 && told.is_sorted() && told.iter().all(|done| (0.0..=1.0).contains(done)),
        "{told:?}"
    );
    let mut left = 2;
    let cancelled = read_node_trace_into(many.as_bytes(), length, History::default(), &mut |_| {
        left -= 1;
        left > 0
    });
    assert!(matches!(cancelled, Err(NodeTraceError::Cancelled)));
}
