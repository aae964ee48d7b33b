//! Standing still: in the middle of JavaScript because V8 says so, and before callbacks because of the loop.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crossbeam_channel::RecvTimeoutError;
use loopscope_protocol::{PauseReason, Phase, StepUnit, TaskId, When};
use serde::Deserialize;
use serde_json::{Value, json};

use super::blocked::Watch;
use super::breakpoint::{Ahead, Placed};
use super::session::Session;
use super::{Inspector, SessionId, peer};
use crate::js::state::State;
use crate::trace::{self, Moment, Tracer, Waited};

/// How often a run that is held and not traced looks whether it was stopped.
const LOOK: Duration = Duration::from_millis(50);

/// Where in a callback the run is to stand still.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Where {
    /// At its first statement.
    #[default]
    Statement,
    /// Before it.
    Before,
}

/// What a client wants to reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// The next callback at some distance.
    Step(StepUnit),
    /// The callback before which the run stands, which is about to start; the next one where it stands before none.
    Into,
    /// A callback.
    Task(TaskId),
    /// The callback in which an `await` resumes.
    Resumption(TaskId),
}

/// An aim with the place in the loop where it was taken.
#[derive(Debug, Clone, Copy)]
struct Taken {
    aim: Aim,
    at: Where,
    phase: Option<Phase>,
    turn: u32,
}

/// Why [`Inspector::wait`] came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// The watcher lets the run go on, or stopped it.
    Over,
    /// Something arrived.
    Arrived,
}

/// A breakpoint of the loop that holds the run: whose, and the client's name for it.
pub struct Hit {
    session: Rc<Session>,
    id: String,
}

impl Hit {
    /// The run is not held after all.
    fn was_missed(&self) {
        let breakpoints = self.session.breakpoints.borrow();
        breakpoints.iter().filter(|one| one.wanted.id == self.id).for_each(Placed::was_missed);
    }
}

/// A pause at the next statement that V8 was asked for.
struct Scheduled {
    /// In all sessions, so that each is told why.
    sessions: Vec<Rc<Session>>,
    /// To be taken again when the callback has no statement to stand at.
    taken: Option<Taken>,
    hit: Option<Hit>,
}

/// What the loop is to stand still for.
#[derive(Default)]
pub struct Aims {
    taken: Cell<Option<Taken>>,
    scheduled: RefCell<Option<Scheduled>>,
    /// Some session has breakpoints that are looked at before every callback.
    breakpoints: Cell<bool>,
    /// Some session stops at the end of the program.
    exit: Cell<bool>,
    /// It has stood still there.
    stood_at_exit: Cell<bool>,
    /// Looks for callbacks that take too long.
    watch: RefCell<Option<Watch>>,
    /// A callback that took too long has ended before it could be made to stand.
    missed: Cell<bool>,
    /// The run stands between two callbacks.
    between: Cell<bool>,
}

impl Aims {
    /// Notes what has to be looked at, after breakpoints or sessions changed.
    pub fn look_at(&self, sessions: &BTreeMap<SessionId, Rc<Session>>) {
        let any = |test: &dyn Fn(&When) -> bool| {
            sessions.values().any(|session| {
                session.breakpoints.borrow().iter().any(|one| one.wanted.enabled && test(&one.wanted.when))
            })
        };
        self.breakpoints.set(any(&|when| matches!(when, When::Task { .. } | When::Queue { .. })));
        self.exit.set(any(&|when| *when == When::Exit));
    }

    /// A callback ended: a step that was to end in it is to be taken again. A breakpoint holds what follows from the callback,
    /// too, until the next macrotask: for `fs.promises` the callback of the operation only settles a promise.
    pub fn task_ended(&self) {
        if self.watch.borrow().as_ref().is_some_and(Watch::ended) {
            self.missed.set(true);
        }
        let taken = self.scheduled.borrow().as_ref().and_then(|scheduled| scheduled.taken);
        if let Some(taken) = taken {
            self.forget_scheduled();
            self.taken.set(Some(taken));
        }
    }

    /// A pause that was to come must not come later.
    pub fn forget_scheduled(&self) {
        if let Some(missed) = self.scheduled.take() {
            missed.sessions.iter().for_each(|session| session.miss());
            if let Some(hit) = missed.hit {
                hit.was_missed();
            }
        }
    }
}

impl Inspector {
    /// Loop breakpoints changed.
    pub fn look_at_breakpoints(&self, state: &State) {
        let sessions = self.sessions.borrow();
        self.aims.look_at(&sessions);
        let limits = sessions.values().flat_map(|session| {
            let breakpoints = session.breakpoints.borrow();
            let limits = breakpoints.iter().filter(|breakpoint| breakpoint.wanted.enabled);
            limits
                .filter_map(|breakpoint| match breakpoint.wanted.when {
                    When::Blocked { ms } => Some(ms),
                    _ => None,
                })
                .collect::<Vec<_>>()
        });
        *self.aims.watch.borrow_mut() = limits.min().and_then(|ms| Watch::start(state, ms));
    }

    /// A client wants to go on to somewhere.
    pub fn aim_at(&self, state: &State, aim: Aim, at: Where) {
        self.take_aim(state, aim, at);
        self.go_on(state);
    }

    /// Notes what is to be reached.
    pub(super) fn take_aim(&self, state: &State, aim: Aim, at: Where) {
        let moment = trace_of(state, |tracer| tracer.moment(TaskId::NONE));
        let (phase, turn) = moment.map_or((None, 0), |moment| (moment.phase, moment.turn));
        self.aims.taken.set(Some(Taken { aim, at, phase, turn }));
    }

    /// Ends whatever holds the run now.
    pub fn go_on(&self, state: &State) {
        trace_of(state, Tracer::go_on);
        if let Some(session) = self.debugging() {
            session.request("Debugger.resume", &json!({}));
        }
    }

    /// Looks whether the run is to stand still at or before a callback that is about to start; returns why it is to stand
    /// still before it.
    pub fn before_task(&self, state: &State, task: TaskId) -> Option<PauseReason> {
        let taken = self.aims.taken.get();
        let is_scheduled = self.aims.scheduled.borrow().is_some();
        if let Some(reason) = self.stand_after_blocked(task) {
            return Some(reason);
        }
        if taken.is_none() && !is_scheduled && !self.aims.breakpoints.get() {
            return None;
        }
        let moment = trace_of(state, |tracer| tracer.moment(task))?;
        if is_scheduled && !moment.is_micro() {
            self.aims.forget_scheduled();
        }
        let hit = self.breakpoint_before(state, moment);
        if let Some(taken) = taken.filter(|taken| reached(taken, moment)) {
            self.aims.taken.set(None);
            return self.stand(taken.at == Where::Statement, Some(taken), hit, task);
        }
        let hit = hit?;
        self.stand(hit.session.debugs(), None, Some(hit), task)
    }

    /// The run goes on with the callback before which it stood: a step into it is to end at its first statement.
    pub fn enters(&self, task: TaskId) {
        let is_into = |taken: &Taken| taken.aim == Aim::Into;
        if let Some(taken) = self.aims.taken.get().filter(is_into)
            && self.debugging().is_some()
        {
            self.aims.taken.set(None);
            let held = self.stand(true, Some(taken), None, task);
            debug_assert!(held.is_none(), "V8 stands still in the code");
        }
    }

    /// A callback starts, after all that held the run before it.
    pub fn task_starts(&self) {
        if let Some(watch) = self.aims.watch.borrow().as_ref() {
            watch.started();
        }
    }

    /// Has V8 stand still in the callback when that is wanted and a debugger is there, otherwise says why to stand still
    /// before it.
    fn stand(
        &self,
        in_code: bool,
        taken: Option<Taken>,
        hit: Option<Hit>,
        task: TaskId,
    ) -> Option<PauseReason> {
        // A breakpoint that a step comes to is what matters more, as for those on lines.
        let reason = if hit.is_some() { PauseReason::LoopBreakpoint } else { PauseReason::Step };
        let sessions: Vec<_> = self.sessions.borrow().values().cloned().collect();
        let sessions: Vec<_> = sessions.into_iter().filter(|one| in_code && one.debugs()).collect();
        if sessions.is_empty() {
            self.tell_of_pause(reason, hit.as_ref(), task);
            return Some(reason);
        }
        if let Some(before) = self.aims.scheduled.take() {
            before.sessions.iter().for_each(|session| session.miss());
        }
        for session in &sessions {
            let mut why = about(reason, hit.as_ref(), session, task);
            if hit.is_none() && taken.is_some_and(|taken| matches!(taken.aim, Aim::Resumption(_))) {
                why["reason"] = "resumption".into();
            }
            session.aim(&json!({ "loopscope": why }));
        }
        *self.aims.scheduled.borrow_mut() = Some(Scheduled { sessions, taken, hit });
        None
    }

    /// The first of the breakpoints that hold the run before a callback. All are looked at: those on queues note what they see.
    fn breakpoint_before(&self, state: &State, moment: Moment) -> Option<Hit> {
        if !self.aims.breakpoints.get() {
            return None;
        }
        trace_of(state, |tracer| {
            let (waiting, fewest) = tracer.take_waiting();
            let target = tracer.target(moment.task);
            let ahead = Ahead { kind: moment.kind, target: &target, waiting, fewest };
            let mut hit = None;
            for session in self.sessions.borrow().values() {
                for breakpoint in session.breakpoints.borrow().iter() {
                    if ahead.is_held_by(breakpoint) && hit.is_none() {
                        hit = Some(Hit { session: Rc::clone(session), id: breakpoint.wanted.id.clone() });
                    }
                }
            }
            hit
        })?
    }

    /// Stands still because the program is about to end, when a client wants that.
    pub fn before_exit(&self, state: &State) {
        if let Some(reason) = self.stand_after_blocked(TaskId::NONE) {
            self.pause(state, reason);
            self.tell_of_resuming();
        }
        // Where the process goes on after the run, `process.exit()` ends in the same way as what has nothing left to do.
        if !self.aims.exit.get()
            || state.stop.load(Ordering::Relaxed)
            || self.aims.stood_at_exit.replace(true)
        {
            return;
        }
        let mut hits = Vec::new();
        for session in self.sessions.borrow().values() {
            let breakpoints = session.breakpoints.borrow();
            let mut ours = breakpoints.iter().map(|placed| &placed.wanted);
            if let Some(hit) = ours.find(|wanted| wanted.enabled && wanted.when == When::Exit) {
                hits.push(Hit { session: Rc::clone(session), id: hit.id.clone() });
            }
        }
        self.tell_of_pause(PauseReason::Exit, &hits, TaskId::NONE);
        self.pause(state, PauseReason::Exit);
        self.tell_of_resuming();
    }

    /// A callback takes longer than a client allows.
    pub fn blocked(&self) {
        if !self.aims.watch.borrow().as_ref().is_some_and(Watch::is_late) {
            return;
        }
        if let Some(Hit { session, id }) = self.limit() {
            self.pause_asked.set(true);
            *self.standing.blocked.borrow_mut() = Some((session.id, id));
            session.request("Debugger.pause", &json!({}));
        }
    }

    /// The breakpoint that holds callbacks which take too long: the shortest time is the one that is over.
    fn limit(&self) -> Option<Hit> {
        let sessions = self.sessions.borrow();
        sessions.values().filter(|session| session.debugs()).find_map(|session| {
            let breakpoints = session.breakpoints.borrow();
            let limits = breakpoints.iter().map(|placed| &placed.wanted).filter(|wanted| wanted.enabled);
            let hit = limits.filter_map(|wanted| match wanted.when {
                When::Blocked { ms } => Some((ms, wanted.id.clone())),
                _ => None,
            });
            Some(Hit { session: Rc::clone(session), id: hit.min()?.1 })
        })
    }

    /// A callback that ran took too long and has ended, in the system's code or too soon for V8 to stand in it: V8 does not pause
    /// in another one that has nothing to do with it. Clients are told instead that it is over.
    fn stand_after_blocked(&self, task: TaskId) -> Option<PauseReason> {
        if !self.aims.missed.take() {
            return None;
        }
        if self.standing.blocked.take().is_some() {
            self.pause_asked.set(false);
            self.sessions.borrow().values().for_each(|session| session.miss());
        }
        let hit = self.limit()?;
        self.aims.between.set(true);
        self.tell("Loopscope.paused", |session| {
            let mut params = about(PauseReason::LoopBreakpoint, Some(&hit), session, task);
            params["between"] = true.into();
            params["ended"] = true.into();
            params
        });
        Some(PauseReason::LoopBreakpoint)
    }

    /// V8 stands still in the middle of JavaScript until a client or the watcher lets it go on.
    pub fn stand_still(&self, state: &State) {
        if self.pass_rejection(state) {
            return;
        }
        self.aims.scheduled.take();
        // Whatever holds the run first ends what it was on the way to.
        self.reach.forget();
        let reason = self.standing.reason.take().unwrap_or(PauseReason::Requested);
        self.standing.blocked.take();
        self.quit.set(false);
        self.stands_asked.set(self.pause_asked.take());
        let sessions: Vec<_> = self.sessions.borrow().values().cloned().collect();
        if sessions.iter().any(|session| session.desk.is_at_breakpoint()) {
            sessions.iter().for_each(|session| session.desk.tell_withheld());
        }
        // Each is asked, so that none keeps a step for later.
        if sessions.iter().filter(|session| session.desk.step_again()).count() > 0 {
            return;
        }
        if !self.is_attended() {
            // The script itself listens: it was told, and nobody else is there to let the run go on.
            return;
        }
        if reason == PauseReason::Exception {
            self.stands_for_exception(state);
        }
        let watch = |act: fn(&Watch)| self.aims.watch.borrow().as_ref().map(act);
        // The callback is not to blame for the time.
        watch(Watch::stands);
        self.pause(state, reason);
        self.forget_names(state);
        watch(Watch::started);
    }

    /// The pause loop.
    pub(super) fn pause(&self, state: &State, reason: PauseReason) {
        self.quit.set(false);
        self.hold(state, reason);
        // Reactions that nothing was told of yet wait, too.
        peer::enter(state, self.isolate, |scope| crate::js::trace::with_same_time(scope, state, |_| ()));
        trace_of(state, |tracer| tracer.paused(reason, TaskId::NONE));
        while !self.quit.get() && !state.stop.load(Ordering::Relaxed) {
            self.dispatch(state);
            if reason == PauseReason::Exit {
                self.run_tasks(state);
            }
            if self.quit.get() {
                break;
            }
            if self.wait(state) == Wait::Over {
                match self.debugging() {
                    Some(session) if reason != PauseReason::Exit => {
                        session.request("Debugger.resume", &json!({}))
                    }
                    _ => self.quit.set(true),
                }
                // Without a client that V8 pauses for, nothing else ends the loop.
                self.quit.set(true);
            }
        }
        self.release(state);
        trace_of(state, Tracer::resumed);
    }

    /// The watcher holds the run from now on.
    pub fn hold(&self, state: &State, reason: PauseReason) {
        trace_of(state, |tracer| tracer.hold(reason));
    }

    /// It does so no longer, unless it was asked to meanwhile.
    pub fn release(&self, state: &State) {
        trace_of(state, Tracer::release);
    }

    /// Waits until something arrives or the watcher lets the run go on.
    pub fn wait(&self, state: &State) -> Wait {
        let waited = trace_of(state, Tracer::wait);
        match waited {
            Some(Waited::Over) => Wait::Over,
            Some(Waited::Disturbed) => Wait::Arrived,
            None => match self.inbox.bell.recv_timeout(LOOK) {
                Ok(()) | Err(RecvTimeoutError::Timeout) => Wait::Arrived,
                Err(RecvTimeoutError::Disconnected) => Wait::Over,
            },
        }
    }

    /// Tells the clients that the run stands between two callbacks.
    pub fn tell_of_pause<'a>(
        &self,
        reason: PauseReason,
        hits: impl IntoIterator<Item = &'a Hit> + Clone,
        task: TaskId,
    ) {
        self.aims.between.set(true);
        self.tell("Loopscope.paused", |session| {
            let mut params = about(reason, hits.clone(), session, task);
            params["between"] = true.into();
            params
        });
    }

    /// Tells the clients that it goes on.
    pub fn tell_of_resuming(&self) {
        self.aims.between.set(false);
        self.tell("Loopscope.resumed", |_| json!({}));
    }

    /// Whether the run stands still, wherever that is.
    pub fn stands(&self) -> bool {
        let stands_in_code = || self.sessions.borrow().values().any(|one| one.desk.stands());
        self.stands_unhandled() || self.stands_between() || stands_in_code()
    }

    /// Whether the run stands between two callbacks, where V8 has nothing to resume.
    pub fn stands_between(&self) -> bool {
        self.aims.between.get()
    }

    fn tell(&self, method: &str, params: impl Fn(&Session) -> Value) {
        let sessions: Vec<_> = self.sessions.borrow().values().cloned().collect();
        for session in sessions.iter().filter(|session| session.hears_loop.get()) {
            session.client.send(json!({ "method": method, "params": params(session) }).to_string());
        }
    }
}

/// Does something with the tracer at the present time, when the run is traced.
pub(super) fn trace_of<R>(state: &State, act: impl FnOnce(&mut Tracer) -> R) -> Option<R> {
    let mut tracer = state.tracer.borrow_mut();
    let tracer = tracer.as_mut()?;
    let now = state.host.borrow().now() - state.started;
    Some(act(tracer.at(now)))
}

/// What a client is told of a pause; names of breakpoints are those of its own.
fn about<'a>(
    reason: PauseReason,
    hits: impl IntoIterator<Item = &'a Hit>,
    session: &Session,
    task: TaskId,
) -> Value {
    let reason = match reason {
        PauseReason::Step => "step",
        PauseReason::LoopBreakpoint => "breakpoint",
        PauseReason::Exit => "exit",
        PauseReason::Entry => "entry",
        _ => "requested",
    };
    let mut about = json!({ "reason": reason, "task": task.0 });
    if let Some(hit) = hits.into_iter().find(|hit| hit.session.id == session.id) {
        about["breakpointId"] = hit.id.as_str().into();
    }
    about
}

fn reached(taken: &Taken, moment: Moment) -> bool {
    match taken.aim {
        Aim::Step(unit) => trace::step_ends(unit, (taken.phase, taken.turn), moment),
        Aim::Into => true,
        Aim::Task(task) | Aim::Resumption(task) => moment.task == task,
    }
}
