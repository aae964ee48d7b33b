//! The past in memory: every moment is what folding up to there gives.

mod common;

use std::io::Cursor;

use common::{assert_same, definitions, events};
use loopscope_protocol::{Event, EventKind, LoopState, Record, TaskId};
use loopscope_trace::{History, Landmark, Past};
use proptest::prelude::*;

fn history(events: &[Event], limit: usize, block: usize) -> History {
    let mut history = History::with_sizes(Some(Box::new(Cursor::new(Vec::new()))), limit, block);
    for record in definitions() {
        history.apply(&record);
    }
    for event in events {
        history.apply(&Record::Event(*event));
    }
    history
}

fn folded(events: &[Event]) -> LoopState {
    let mut state = LoopState::default();
    for record in definitions() {
        state.apply(&record);
    }
    for event in events {
        state.event(event);
    }
    state
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_moment_is_what_folding_gives(
        events in events(400),
        limit in 0_usize..4000,
        block in 1_usize..60,
        jumps in prop::collection::vec(any::<prop::sample::Index>(), 1..12),
    ) {
        let history = history(&events, limit, block);
        prop_assert_eq!(history.len(), events.len() as u64);
        prop_assert_eq!(history.problem(), None);
        for jump in jumps {
            let n = jump.index(events.len() + 1);
            assert_same(&folded(&events[..n]), &history.state_at(n as u64).unwrap());
        }
    }

    #[test]
    fn every_event_is_found_again(events in events(300), block in 1_usize..60, part in any::<(u8, u8)>()) {
        let history = history(&events, 100, block);
        for (number, event) in events.iter().enumerate() {
            prop_assert_eq!(history.event(number as u64).unwrap(), *event);
        }
        prop_assert!(history.event(events.len() as u64).is_err());
        let (from, to) = (usize::from(part.0).min(events.len()), usize::from(part.1).min(events.len()));
        let read = history.events(from as u64..to as u64).map(|read| read.map(|read| read.1));
        let read = read.collect::<Result<Vec<Event>, _>>().unwrap();
        let wanted = if from < to { &events[from..to] } else { &[] };
        prop_assert_eq!(&read, wanted);
    }

    #[test]
    fn times_and_landmarks_are_those_of_a_plain_search(
        events in events(300),
        block in 1_usize..60,
        n in 0_u64..300,
        task in 0_u64..20,
    ) {
        let history = history(&events, 100, block);
        let mut now = 0;
        let clock: Vec<u64> = events.iter().map(|event| { now = now.max(event.at); now }).collect();
        for at in (0..now + 10).step_by(7) {
            let wanted = clock.iter().take_while(|time| **time <= at).count() as u64;
            prop_assert_eq!(history.at_time(at).unwrap(), wanted, "at_time {}", at);
        }
        for (index, time) in clock.iter().enumerate() {
            prop_assert_eq!(history.time_of(index as u64 + 1).unwrap(), *time, "time_of {}", index + 1);
        }
        let mut turn = 0;
        let turns: Vec<bool> = events.iter().map(|event| match event.kind {
            EventKind::PhaseEntered { turn: new, .. } => std::mem::replace(&mut turn, new) != new,
            _ => false,
        }).collect();
        let landmarks = [
            Landmark::Event, Landmark::Callback, Landmark::Phase, Landmark::Turn, Landmark::Output,
            Landmark::Error, Landmark::Task(TaskId(task)), Landmark::Kind(EventKind::Resumed),
        ];
        for landmark in landmarks {
            let moments: Vec<u64> = (0..events.len()).filter(|&index| {
                let kind = events[index].kind;
                match landmark {
                    Landmark::Event => true,
                    Landmark::Callback => matches!(kind, EventKind::TaskStarted { .. }),
                    Landmark::Phase => matches!(kind, EventKind::PhaseEntered { .. }),
                    Landmark::Turn => turns[index],
                    Landmark::Output => matches!(kind, EventKind::Console { .. }),
                    Landmark::Error =>
                        matches!(kind, EventKind::Exception { .. } | EventKind::UnhandledRejection { .. }),
                    Landmark::Task(task) => concerns(&kind, task),
                    Landmark::Kind(_) => kind == EventKind::Resumed,
                }
            }).map(|index| index as u64 + 1).collect();
            let next = moments.iter().copied().find(|moment| *moment > n);
            prop_assert_eq!(history.next(n, landmark).unwrap(), next, "{:?}", landmark);
            let previous = moments.iter().copied().rfind(|moment| *moment < n);
            prop_assert_eq!(history.previous(n, landmark).unwrap(), previous, "{:?}", landmark);
        }
    }
}

fn concerns(kind: &EventKind, wanted: TaskId) -> bool {
    use EventKind::*;
    match *kind {
        TaskCreated { task, .. }
        | TaskArmed { task, .. }
        | TaskReady { task, .. }
        | TaskStarted { task }
        | TaskEnded { task, .. }
        | TaskCancelled { task }
        | TaskRef { task, .. }
        | OpStarted { task, .. }
        | Console { task, .. }
        | Exception { task, .. }
        | UnhandledRejection { task, .. } => task == wanted,
        _ => false,
    }
}
