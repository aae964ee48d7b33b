//! A run that a debugger held: nobody is told to have held the stack meanwhile.

use std::io::Cursor;

use loopscope_protocol::*;
use loopscope_trace::export::{Format, Part, export};
use loopscope_trace::{History, Meta, Past as _, summary, why};

const MS: Nanos = 1_000_000;

/// An immediate that stood for three seconds at a breakpoint, and a timer that was due at 10 ms.
fn held() -> History {
    let (task, timer, none) = (TaskId(1), TaskId(2), PlaceId::NONE);
    let create =
        |task, kind| EventKind::TaskCreated { task, parent: TaskId::NONE, kind, callback: none, site: none };
    // Blocks of so few events that states are kept on the way.
    let mut history = History::with_sizes(Some(Box::new(Cursor::new(Vec::new()))), 0, 1);
    for (ms, kind) in [
        (0, create(task, TaskKind::Immediate)),
        (0, create(timer, TaskKind::Timeout)),
        (0, EventKind::TaskArmed { task: timer, due: 10 * MS }),
        (0, EventKind::TaskReady { task, queue: Queue::Check }),
        (5, EventKind::TaskStarted { task }),
        (6, EventKind::Paused { reason: PauseReason::Breakpoint, before: TaskId::NONE }),
        (3006, EventKind::Resumed),
        (3008, EventKind::TaskEnded { task, outcome: Outcome::Returned }),
        (3008, EventKind::TaskReady { task: timer, queue: Queue::Timers }),
        (3008, EventKind::TaskStarted { task: timer }),
        (3009, EventKind::TaskEnded { task: timer, outcome: Outcome::Returned }),
        (3009, EventKind::Exit { code: 0, reason: ExitReason::NothingLeft }),
    ] {
        history.apply(&Record::Event(Event { at: ms * MS, kind }));
    }
    history
}

#[test]
fn the_page_does_not_count_it() {
    let summary = summary::summarize(&held()).expect("it is readable");
    assert_eq!(summary.busy, 4 * MS);
    assert_eq!(summary.longest[0].ran(), 3 * MS);
    let page = summary.text();
    assert!(page.contains("callbacks ran for 4.0 ms (44 %)\n3.00 s of that the run stood still"), "{page}");
}

#[test]
fn the_wait_of_a_timer_is_told_by_it() {
    let past = held();
    let life = why::life(&past, TaskId(2), past.len()).expect("it is readable").expect("it is known");
    let wait = why::wait(&past, &life).expect("it is readable").expect("it started");
    let names = past.names().expect("they are readable");
    assert_eq!((wait.stood, wait.holders[0].held), (2996 * MS, 2 * MS));
    let text = wait.text(&names);
    assert!(text.starts_with("due for 3.00 s, 3.00 s of which the run stood still"), "{text}");
    let life = why::life(&past, TaskId(1), past.len()).expect("it is readable").expect("it is known");
    assert_eq!(life.stood, 3000 * MS);
}

#[test]
fn states_on_the_way_know_of_it() {
    let past = held();
    for moment in 0..=past.len() {
        let stood = past.state_at(moment).expect("it is readable").stood.within(0, 3009 * MS);
        let expected = match moment {
            0..=5 => 0,
            6 => 3003,
            _ => 3000,
        };
        assert_eq!(stood, expected * MS, "moment {moment}");
    }
}

/// Of a drawing the bars where it stood still: where they begin, and how wide they are, and the words on bars.
fn drawn(range: std::ops::Range<u64>) -> (Vec<(i64, i64)>, String) {
    let (past, meta) = (held(), Meta::default());
    let mut svg = Vec::new();
    export(&Part { past: &past, meta: &meta, sources: &[], range }, Format::Svg, &mut svg)
        .expect("it is readable");
    let svg = String::from_utf8(svg).expect("it is text");
    let number = |line: &str, name: &str| {
        let (_, rest) = line.split_once(name).expect("it is there");
        rest.split('\'').next().and_then(|value| value.parse::<f64>().ok()).expect("it is a number") as i64
    };
    let lines = svg.lines().filter(|line| line.contains("class='stood'"));
    (lines.map(|line| (number(line, " x='"), number(line, " width='"))).collect(), svg)
}

#[test]
fn a_drawing_shows_where_it_stood_apart_from_where_it_ran() {
    // A row of the stack, and one of immediates; 3009 ms are 1070 wide.
    let (stood, svg) = drawn(0..12);
    assert_eq!(stood, [(112, 1066); 2], "{svg}");
    assert!(svg.contains("immediate immediate · 3.0 ms, and stood still for 3.00 s · waited"), "{svg}");
    // As far as it has come: it stands there at the end.
    let (stood, svg) = drawn(0..7);
    assert_eq!(stood.len(), 2, "{svg}");
    // Something that only began to stand before the part.
    let (stood, svg) = drawn(6..12);
    assert_eq!(stood.len(), 2, "{svg}");
}
