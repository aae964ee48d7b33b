//! A run with a debugger attached, driven by a test.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use loopscope_protocol::{LoopState, PauseReason, Speed};
use loopscope_runtime::js;
use loopscope_runtime::options::{Main, Options};
use loopscope_runtime::session::{Session, Start, V8_OPTION};
use serde_json::{Value, json};

/// Longer than any of these runs takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// A run and its debugger.
pub struct Debugged {
    session: Option<Session>,
    /// The run as far as it was told.
    pub state: LoopState,
    notifications: VecDeque<Value>,
    answers: Vec<Value>,
    last: i64,
}

impl Debugged {
    /// Starts a script, which waits before its first line with debugger and loop debugger on.
    pub fn start(source: &str) -> Self {
        Self::start_with(false, source)
    }

    /// As [`Debugged::start`], and the run is to stand still before its first callback.
    pub fn start_paused(source: &str) -> Self {
        Self::start_with(true, source)
    }

    fn start_with(paused: bool, source: &str) -> Self {
        js::initialize(&[V8_OPTION.to_owned()]);
        let mut options = Options::file("", Vec::new());
        options.main = Main::Eval { source: source.to_owned(), name: "[eval]", print: false };
        let start = Start { options, folder: None, paused, speed: Speed::Full, inspect: true, sampling: 0 };
        let session = Some(Session::start(start).expect("it starts"));
        let (notifications, answers) = (VecDeque::new(), Vec::new());
        let mut run = Self { session, state: LoopState::default(), notifications, answers, last: 0 };
        for method in ["Runtime.enable", "Debugger.enable", "Loopscope.enable"] {
            run.ask(method, json!({}));
        }
        run.ask("Debugger.setAsyncCallStackDepth", json!({ "maxDepth": 16 }));
        run
    }

    /// Lets the program begin.
    pub fn begin(&mut self) {
        self.ask("Runtime.runIfWaitingForDebugger", json!({}));
    }

    /// The session.
    pub fn session(&self) -> &Session {
        self.session.as_ref().expect("the run is not over")
    }

    /// Makes a request; returns its result, or the error object.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        let id = self.last;
        let request = json!({ "id": id, "method": method, "params": params }).to_string();
        assert!(self.session().control().inspect(request), "{method} is taken");
        self.follow(&format!("an answer to {method}"), |run| {
            let index = run.answers.iter().position(|answer| answer["id"] == id)?;
            let mut answer = run.answers.remove(index);
            let key = if answer.get("error").is_some() { "error" } else { "result" };
            Some(answer[key].take())
        })
    }

    /// The parameters of the next notification with this name.
    pub fn hear(&mut self, method: &str) -> Value {
        self.follow(method, |run| {
            let index = run.notifications.iter().position(|message| message["method"] == method)?;
            run.notifications.remove(index).map(|mut message| message["params"].take())
        })
    }

    /// Why the run stands still, once its state says that it does.
    pub fn reason(&mut self) -> PauseReason {
        self.follow("pause in the records", |run| run.state.paused).0
    }

    /// The value of an expression, in the innermost frame of a pause or globally.
    pub fn value(&mut self, paused: Option<&Value>, expression: &str) -> Value {
        let answer = match paused {
            Some(paused) => {
                let frame = paused["callFrames"][0]["callFrameId"].clone();
                let params = json!({ "callFrameId": frame, "expression": expression, "returnByValue": true });
                self.ask("Debugger.evaluateOnCallFrame", params)
            }
            None => {
                let params = json!({ "expression": expression, "returnByValue": true });
                self.ask("Runtime.evaluate", params)
            }
        };
        assert!(answer["result"].get("value").is_some(), "{answer}");
        answer["result"]["value"].clone()
    }

    /// Reads until the run is over; returns its exit code.
    pub fn end(&mut self) -> i32 {
        let deadline = Instant::now() + PATIENCE;
        while self.read() {
            assert!(Instant::now() < deadline, "the run does not end; so far: {}", self.state.why());
        }
        self.session.take().expect("the run is not over").finish().expect("the run could start")
    }

    /// Follows the run until `found` finds something.
    pub fn follow<T>(&mut self, what: &str, mut found: impl FnMut(&mut Self) -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        let mut goes_on = true;
        loop {
            if let Some(found) = found(self) {
                return found;
            }
            assert!(goes_on, "the run is over without {what}");
            assert!(Instant::now() < deadline, "no {what}; so far: {}", self.state.why());
            goes_on = self.read();
        }
    }

    /// Reads what there is; false when the run is over and everything was read.
    fn read(&mut self) -> bool {
        let session = self.session.as_ref().expect("the run is not over");
        crossbeam_channel::select! {
            recv(session.records()) -> batch => match batch {
                Ok(batch) => {
                    for record in &batch {
                        self.state.apply(record);
                        self.state.check().unwrap_or_else(|broken| panic!("after {record:?}: {}", broken.0));
                        assert_eq!(self.state.contradictions, 0, "{:?}", self.state.first_contradictions);
                    }
                }
                Err(_) => {
                    let rest: Vec<_> = session.inspector().try_iter().collect();
                    rest.iter().for_each(|message| self.sort(message));
                    return false;
                }
            },
            recv(session.inspector()) -> message => {
                if let Ok(message) = message {
                    self.sort(&message);
                } else {
                    std::thread::yield_now();
                }
            },
            default(Duration::from_millis(20)) => session.control().request_records(),
        }
        true
    }

    fn sort(&mut self, message: &str) {
        let message: Value = serde_json::from_str(message).expect("the inspector speaks JSON");
        if message.get("id").is_some() {
            self.answers.push(message);
        } else {
            self.notifications.push_back(message);
        }
    }
}
