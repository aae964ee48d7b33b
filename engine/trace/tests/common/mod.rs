//! Random runs for tests: what an engine might report, and what none would.
#![allow(dead_code, reason = "every test uses a part of it")]

use loopscope_protocol::*;
use proptest::prelude::*;

fn pick<T: Clone + std::fmt::Debug + 'static>(items: &[T]) -> impl Strategy<Value = T> + use<T> {
    prop::sample::select(items.to_vec())
}

/// Any event about few things, so that they meet each other.
pub fn kind() -> impl Strategy<Value = EventKind> {
    let task = || (0_u64..20, 0_u16..3).prop_map(|(task, on)| TaskId(LoopId(on).base() + task));
    let text = || (0_u32..8).prop_map(TextId);
    let place = || (0_u32..8).prop_map(PlaceId);
    let op = || (0_u64..10).prop_map(OpId);
    let handle = || (0_u64..10).prop_map(HandleId);
    let phase = || pick(&[Phase::Pending, Phase::Poll, Phase::Check, Phase::Closing, Phase::Timers]);
    let queue = || {
        use Queue::*;
        pick(&[Timers, Pending, Poll, Check, Closing, NextTick, Microtask, Main])
    };
    let timeout = prop_oneof![
        Just(PollTimeout::Zero),
        Just(PollTimeout::Infinite),
        any::<u32>().prop_map(PollTimeout::Millis)
    ];
    prop_oneof![
        6 => (task(), task(), pick(&TaskKind::ALL), place(), place()).prop_map(
            |(task, parent, kind, callback, site)| EventKind::TaskCreated { task, parent, kind, callback, site }
        ),
        2 => (task(), any::<u64>()).prop_map(|(task, due)| EventKind::TaskArmed { task, due }),
        4 => (task(), queue()).prop_map(|(task, queue)| EventKind::TaskReady { task, queue }),
        4 => task().prop_map(|task| EventKind::TaskStarted { task }),
        4 => (task(), pick(&[Outcome::Returned, Outcome::Threw, Outcome::Terminated]))
            .prop_map(|(task, outcome)| EventKind::TaskEnded { task, outcome }),
        1 => task().prop_map(|task| EventKind::TaskCancelled { task }),
        1 => (task(), any::<bool>()).prop_map(|(task, refd)| EventKind::TaskRef { task, refd }),
        2 => (phase(), any::<u32>(), timeout)
            .prop_map(|(phase, turn, timeout)| EventKind::PhaseEntered { phase, turn, timeout }),
        2 => phase().prop_map(|phase| EventKind::PhaseLeft { phase }),
        1 => pick(&[Drain::NextTicks, Drain::Microtasks]).prop_map(|drain| EventKind::DrainEntered { drain }),
        1 => pick(&[Drain::NextTicks, Drain::Microtasks]).prop_map(|drain| EventKind::DrainLeft { drain }),
        8 => outside(op(), task(), text(), handle()),
        2 => (pick(&[ConsoleStream::Stdout, ConsoleStream::Stderr]), task(), text(), place()).prop_map(
            |(stream, task, text, place)| EventKind::Console { stream, task, text, place }
        ),
        1 => (task(), text(), place()).prop_map(|(task, text, place)| EventKind::Exception { task, text, place }),
        1 => (task(), text(), place())
            .prop_map(|(task, text, place)| EventKind::UnhandledRejection { task, text, place }),
        1 => (pick(&[GcKind::Scavenge, GcKind::WeakCallbacks]), any::<u64>())
            .prop_map(|(kind, duration)| EventKind::Gc { kind, duration: duration >> 20 }),
        1 => (any::<u64>(), any::<u64>()).prop_map(|(used, total)| EventKind::Heap { used, total }),
        1 => (pick(&[PauseReason::Step, PauseReason::Entry]), task())
            .prop_map(|(reason, before)| EventKind::Paused { reason, before }),
        1 => Just(EventKind::Resumed),
        2 => (0_u16..3).prop_map(|id| EventKind::LoopEntered { id: LoopId(id) }),
        1 => (1_u16..4, task(), text()).prop_map(
            |(id, task, name)| EventKind::WorkerStarted { id: LoopId(id), task, name }
        ),
        1 => (task(), task()).prop_map(|(task, from)| EventKind::MessageTaken { task, from }),
        1 => (text(), text(), place(), any::<u64>()).prop_map(
            |(name, target, place, duration)| EventKind::SyncOp { name, target, place, duration }
        ),
    ]
}

fn outside(
    op: impl Strategy<Value = OpId> + Clone + 'static,
    task: impl Strategy<Value = TaskId> + 'static,
    text: impl Strategy<Value = TextId> + Clone + 'static,
    handle: impl Strategy<Value = HandleId> + Clone + 'static,
) -> impl Strategy<Value = EventKind> {
    prop_oneof![
        (op.clone(), task, text.clone(), text.clone())
            .prop_map(|(op, task, name, target)| EventKind::OpStarted { op, task, name, target }),
        (op.clone(), any::<u64>()).prop_map(|(op, bytes)| EventKind::OpProgress { op, bytes }),
        (op.clone(), any::<u64>(), text.clone()).prop_map(|(op, bytes, error)| EventKind::OpCompleted {
            op,
            bytes,
            error
        }),
        (0_u16..6, op).prop_map(|(slot, op)| EventKind::SlotTaken { slot, op }),
        (0_u16..6).prop_map(|slot| EventKind::SlotFreed { slot }),
        (handle.clone(), text.clone())
            .prop_map(|(handle, target)| EventKind::HandleTarget { handle, target }),
        (handle.clone(), text.clone(), text).prop_map(|(handle, name, target)| EventKind::HandleOpened {
            handle,
            name,
            target
        }),
        (handle.clone(), any::<u64>(), any::<u64>())
            .prop_map(|(handle, read, written)| EventKind::HandleProgress { handle, read, written }),
        (handle.clone(), any::<bool>()).prop_map(|(handle, refd)| EventKind::HandleRef { handle, refd }),
        handle.prop_map(|handle| EventKind::HandleClosed { handle }),
    ]
}

/// Any events, with times that mostly go forwards.
pub fn events(most: usize) -> impl Strategy<Value = Vec<Event>> {
    prop::collection::vec((-3_i64..40, kind()), 0..most).prop_map(|steps| {
        let mut at = 0_u64;
        let mut event = |(step, kind)| {
            at = at.saturating_add_signed(step);
            Event { at, kind }
        };
        steps.into_iter().map(&mut event).collect()
    })
}

/// The texts and places that [`events`] name.
pub fn definitions() -> Vec<Record> {
    let texts = (1..8).map(|id| Record::Text { id: TextId(id), text: format!("text {id}").into() });
    let places = (1..8).map(|id| Record::Place {
        id: PlaceId(id),
        place: Place { script: TextId(1), function: TextId(id), line: id * 10, column: 1 },
    });
    texts.chain(places).collect()
}

/// Whether two states are the same, texts aside.
pub fn assert_same(one: &LoopState, other: &LoopState) {
    assert_eq!(one.keyframe(), other.keyframe());
    assert!(one.log.lines.iter().eq(other.log.lines.iter()));
    assert_eq!(one.log.dropped, other.log.dropped);
    assert_eq!(one.timers, other.timers);
    assert_eq!(other.check(), Ok(()));
}
