//! The reducer under legal runs and under garbage: every state obeys its rules.

use loopscope_protocol::{
    Event, EventKind, ExitReason, LoopId, LoopState, OpId, Outcome, Phase, PlaceId, PollTimeout, Queue,
    Record, TaskId, TaskKind, TextId,
};
use proptest::prelude::*;

/// A decision of the generator of legal runs.
#[derive(Debug, Clone)]
enum Choice {
    /// A callback of this kind is created; timers get this delay.
    Create(TaskKind, u64),
    /// A timer or waiting task is cancelled.
    Cancel(prop::sample::Index),
    /// Time passes.
    Wait(u64),
    /// The next ready task of this queue runs, creating further callbacks.
    Run(Queue, Vec<(TaskKind, u64)>),
}

const QUEUES: [Queue; 4] = [Queue::Timers, Queue::Check, Queue::NextTick, Queue::Microtask];

fn kind() -> impl Strategy<Value = TaskKind> {
    prop::sample::select(vec![
        TaskKind::Timeout,
        TaskKind::Interval,
        TaskKind::Immediate,
        TaskKind::NextTick,
        TaskKind::PromiseReaction,
    ])
}

fn choice() -> impl Strategy<Value = Choice> {
    prop_oneof![
        4 => (kind(), 0_u64..50).prop_map(|(kind, delay)| Choice::Create(kind, delay)),
        1 => any::<prop::sample::Index>().prop_map(Choice::Cancel),
        2 => (1_u64..40).prop_map(Choice::Wait),
        5 => (prop::sample::select(QUEUES.to_vec()), prop::collection::vec((kind(), 0_u64..50), 0..3))
            .prop_map(|(queue, made)| Choice::Run(queue, made)),
    ]
}

/// Plays decisions as an engine would and feeds the reducer.
#[derive(Default)]
struct Engine {
    state: LoopState,
    now: u64,
    last_task: u64,
}

impl Engine {
    fn emit(&mut self, kind: EventKind) {
        self.state.apply(&Record::Event(Event { at: self.now, kind }));
        assert_eq!(self.state.check(), Ok(()));
    }

    fn create(&mut self, kind: TaskKind, delay: u64) {
        self.last_task += 1;
        let task = TaskId(self.last_task);
        let parent = self.state.running().unwrap_or_default();
        self.emit(EventKind::TaskCreated {
            task,
            parent,
            kind,
            callback: PlaceId::NONE,
            site: PlaceId::NONE,
        });
        match kind {
            TaskKind::Timeout | TaskKind::Interval => {
                self.emit(EventKind::TaskArmed { task, due: self.now + delay });
            }
            TaskKind::Immediate => self.emit(EventKind::TaskReady { task, queue: Queue::Check }),
            TaskKind::NextTick => self.emit(EventKind::TaskReady { task, queue: Queue::NextTick }),
            _ => self.emit(EventKind::TaskReady { task, queue: Queue::Microtask }),
        }
    }

    fn run(&mut self, queue: Queue, made: Vec<(TaskKind, u64)>) {
        if queue == Queue::Timers {
            let due = self.state.timers.first().copied();
            let Some((_, task)) = due.filter(|entry| entry.0 <= self.now) else { return };
            self.emit(EventKind::TaskReady { task, queue });
        }
        let Some(task) = self.state.queue(queue).next() else { return };
        let is_interval = self.state.tasks[&task].kind == TaskKind::Interval;
        self.emit(EventKind::TaskStarted { task });
        for (kind, delay) in made {
            self.create(kind, delay);
        }
        self.now += 1;
        self.emit(EventKind::TaskEnded { task, outcome: Outcome::Returned });
        if is_interval {
            self.emit(EventKind::TaskArmed { task, due: self.now + 10 });
        }
    }

    fn play(&mut self, choice: Choice) {
        match choice {
            Choice::Create(kind, delay) => self.create(kind, delay),
            Choice::Cancel(index) => {
                let mut waiting: Vec<TaskId> = self.state.tasks.keys().copied().collect();
                waiting.sort_unstable();
                if !waiting.is_empty() {
                    self.emit(EventKind::TaskCancelled { task: *index.get(&waiting) });
                }
            }
            Choice::Wait(time) => self.now += time,
            Choice::Run(queue, made) => self.run(queue, made),
        }
    }
}

/// Any event at all, with few numbers so that they meet.
fn garbage() -> impl Strategy<Value = EventKind> {
    let task = || (0_u64..6).prop_map(TaskId);
    let op = || (0_u64..4).prop_map(OpId);
    let queue = || prop::sample::select(QUEUES.to_vec());
    prop_oneof![
        (task(), kind()).prop_map(|(task, kind)| EventKind::TaskCreated {
            task,
            parent: TaskId(1),
            kind,
            callback: PlaceId(3),
            site: PlaceId::NONE
        }),
        (task(), 0_u64..9).prop_map(|(task, due)| EventKind::TaskArmed { task, due }),
        (task(), queue()).prop_map(|(task, queue)| EventKind::TaskReady { task, queue }),
        task().prop_map(|task| EventKind::TaskStarted { task }),
        task().prop_map(|task| EventKind::TaskEnded { task, outcome: Outcome::Threw }),
        task().prop_map(|task| EventKind::TaskCancelled { task }),
        (op(), task()).prop_map(|(op, task)| EventKind::OpStarted {
            op,
            task,
            name: TextId(9),
            target: TextId(1)
        }),
        op().prop_map(|op| EventKind::OpCompleted { op, bytes: 1, error: TextId::NONE }),
        (0_u16..3, op()).prop_map(|(slot, op)| EventKind::SlotTaken { slot, op }),
        (0_u16..3).prop_map(|slot| EventKind::SlotFreed { slot }),
        Just(EventKind::PhaseEntered { phase: Phase::Poll, turn: 3, timeout: PollTimeout::Infinite }),
        Just(EventKind::PhaseLeft { phase: Phase::Check }),
        Just(EventKind::Exit { code: 0, reason: ExitReason::NothingLeft }),
    ]
}

proptest! {
    #[test]
    fn a_legal_run_has_no_contradictions(choices in prop::collection::vec(choice(), 0..200)) {
        let mut engine = Engine::default();
        for choice in choices {
            engine.play(choice);
        }
        prop_assert_eq!(&engine.state.first_contradictions, &Vec::<String>::new());
    }

    #[test]
    fn a_run_that_ends_is_empty_or_says_what_was_left(choices in prop::collection::vec(choice(), 0..60)) {
        let mut engine = Engine::default();
        for choice in choices {
            engine.play(choice);
        }
        let waits = !engine.state.keepers().is_empty();
        engine.emit(EventKind::Exit { code: 0, reason: ExitReason::ProcessExit });
        let timers = engine.state.timers.len();
        prop_assert!(engine.state.why().contains("process.exit()"));
        prop_assert!(timers == 0 || (waits && engine.state.why().contains("never fired"))
            || engine.state.why().contains("were left"));
    }

    #[test]
    fn garbage_is_counted_and_breaks_nothing(events in prop::collection::vec(garbage(), 0..200)) {
        let mut state = LoopState::default();
        for (at, kind) in events.into_iter().enumerate() {
            let event = Event { at: at as u64, kind };
            state.narrate(&event);
            state.apply(&Record::Event(event));
            prop_assert_eq!(state.check(), Ok(()));
            state.why();
        }
    }
}

#[test]
fn a_start_without_being_ready_is_a_contradiction() {
    let mut engine = Engine::default();
    engine.create(TaskKind::Timeout, 10);
    engine.emit(EventKind::TaskStarted { task: TaskId(1) });
    assert_eq!(engine.state.first_contradictions, ["task 1 starts without being ready"]);
}

#[test]
fn idle_turns_are_counted_together() {
    let mut engine = Engine::default();
    for turn in 1..=5 {
        engine.emit(EventKind::PhaseEntered { phase: Phase::Check, turn, timeout: PollTimeout::Zero });
        engine.emit(EventKind::PhaseLeft { phase: Phase::Check });
    }
    assert_eq!(engine.state.idle_turns, 5);
}

#[test]
fn before_the_script_begins_nothing_is_over() {
    let mut state = LoopState::default();
    assert_eq!(state.why(), "The script has not begun.");
    let (task, none) = (TaskId(1), PlaceId::NONE);
    let (parent, kind) = (TaskId::NONE, TaskKind::MainScript);
    for kind in [
        EventKind::TaskCreated { task, parent, kind, callback: none, site: none },
        EventKind::TaskReady { task, queue: Queue::Main },
        EventKind::TaskStarted { task },
        EventKind::TaskEnded { task, outcome: Outcome::Returned },
    ] {
        state.apply(&Record::Event(Event { at: 0, kind }));
    }
    assert_eq!(state.why(), "Nothing keeps the loop alive.");
}

#[test]
fn workers_have_loops_of_their_own() {
    let mut state = LoopState::default();
    let worker = LoopId(1);
    let (main, theirs) = (TaskId(1), TaskId(worker.base() + 1));
    let create = |task, kind| {
        let (parent, none) = (TaskId::NONE, PlaceId::NONE);
        EventKind::TaskCreated { task, parent, kind, callback: none, site: none }
    };
    let ready = |task| EventKind::TaskReady { task, queue: Queue::Main };
    let events = [
        create(main, TaskKind::MainScript),
        ready(main),
        EventKind::TaskStarted { task: main },
        EventKind::WorkerStarted { id: worker, task: main, name: TextId::NONE },
        EventKind::LoopEntered { id: worker },
        create(theirs, TaskKind::Message),
        ready(theirs),
        EventKind::PhaseEntered { phase: Phase::Poll, turn: 9, timeout: PollTimeout::Zero },
        EventKind::TaskStarted { task: theirs },
        EventKind::MessageTaken { task: theirs, from: main },
        EventKind::LoopEntered { id: LoopId::MAIN },
        EventKind::TaskEnded { task: main, outcome: Outcome::Returned },
    ];
    for (at, kind) in events.into_iter().enumerate() {
        state.apply(&Record::Event(Event { at: at as u64, kind }));
    }
    assert_eq!(state.first_contradictions, Vec::<String>::new());
    assert_eq!((state.stack.len(), state.turn, state.phase), (0, 0, None));
    let seen = state.seen_from(worker).unwrap();
    assert_eq!((seen.stack.clone(), seen.turn), (vec![theirs], 9));
    assert_eq!(seen.tasks[&theirs].parent, main);
    assert_eq!(state.name_task(theirs), "message");
    assert_eq!(state.workers[&worker].starter, main);
    assert!(state.seen_from(LoopId(2)).is_none());
    // The end of a worker is not the end of the run.
    for kind in
        [EventKind::LoopEntered { id: worker }, EventKind::Exit { code: 1, reason: ExitReason::ProcessExit }]
    {
        state.apply(&Record::Event(Event { at: 20, kind }));
    }
    assert_eq!(state.ended, None);
    assert_eq!(state.workers[&worker].state.ended.map(|ended| ended.code), Some(1));
    assert_eq!((theirs.to_string(), "1:1".parse()), ("1:1".to_owned(), Ok(theirs)));
    assert_eq!(
        state.keyframe().restore(state.names.clone(), &Default::default()).keyframe(),
        state.keyframe()
    );
}
