//! Runs scripts as a watcher does and checks the state of the loop after every record.

// Each test program uses a part of this.
#![allow(dead_code)]

use std::time::{Duration, Instant};

use loopscope_protocol::{Event, EventKind, LoopState, Record, Speed};
use loopscope_runtime::options::{Main, Options};
use loopscope_runtime::program;
use loopscope_runtime::session::{Session, Start};

/// Longer than any of these runs takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// With more tasks than this the state is checked now and then only.
const MANY: usize = 500;

/// Everything that came of a run.
pub struct Watched {
    pub state: LoopState,
    pub events: Vec<Event>,
    pub code: i32,
}

impl Watched {
    /// The events that `pick` picks, in order.
    pub fn pick<T>(&self, pick: impl FnMut(&EventKind) -> Option<T>) -> Vec<T> {
        self.events.iter().map(|event| &event.kind).filter_map(pick).collect()
    }

    /// What the script wrote.
    pub fn output(&self) -> String {
        let lines = self.pick(|kind| match kind {
            EventKind::Console { text, .. } => Some(self.state.names.text(*text).to_owned()),
            _ => None,
        });
        lines.concat()
    }
}

/// Starts program text.
pub fn start(source: &str) -> Session {
    let mut options = Options::file("", Vec::new());
    options.main = Main::Eval { source: source.to_owned(), name: "[eval]", print: false };
    start_with(options)
}

/// Starts what the options say.
pub fn start_with(options: Options) -> Session {
    program::start_v8(&[]).expect("V8 starts");
    Session::start(Start {
        options,
        folder: None,
        paused: false,
        speed: Speed::Full,
        inspect: false,
        sampling: 0,
    })
    .expect("it starts")
}

/// Follows a run to its end; `seen` is called after every batch.
pub fn follow(session: Session, mut seen: impl FnMut(&Session, &LoopState)) -> Watched {
    let deadline = Instant::now() + PATIENCE;
    let mut state = LoopState::default();
    let mut events = Vec::new();
    loop {
        match session.records().recv_timeout(Duration::from_millis(10)) {
            Ok(batch) => {
                for record in &batch {
                    apply(&mut state, record);
                    if let Record::Event(event) = record {
                        events.push(*event);
                    }
                }
                seen(&session, &state);
            }
            Err(crossbeam_channel::RecvTimeoutError::Timeout) => session.control().request_records(),
            Err(crossbeam_channel::RecvTimeoutError::Disconnected) => break,
        }
        assert!(Instant::now() < deadline, "the run takes too long; so far: {}", state.why());
    }
    let code = session.finish().expect("the run could start");
    assert!(state.ended.is_some(), "no end was reported");
    Watched { state, events, code }
}

/// Runs program text to its end.
pub fn run(source: &str) -> Watched {
    follow(start(source), |_, _| {})
}

fn apply(state: &mut LoopState, record: &Record) {
    state.apply(record);
    // Looking at a hundred thousand tasks after each of as many events would take all day.
    if state.tasks.len() < MANY || state.events.is_multiple_of(1009) {
        state.check().unwrap_or_else(|broken| panic!("after {record:?}: {}", broken.0));
    }
    assert_eq!(state.contradictions, 0, "after {record:?}: {:?}", state.first_contradictions);
}
