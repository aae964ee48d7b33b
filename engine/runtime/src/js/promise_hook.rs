//! Promise reactions as tasks, from what V8 reports of promises.
//!
//! V8 reports in one of two ways. Functions in JavaScript (`internal/promise_tasks`, set for each context) cost little, since
//! V8 stays on its fast path for promises and optimized code calls the engine directly. But a debugger would step into them,
//! and scripts may want such functions of their own. Then the engine's own function (set for the isolate) is called.

use loopscope_protocol::{Outcome, Queue, TaskId};

use super::direct;
use super::promises::Made;
use super::state::State;
use super::trace::{self, call_place, with_same_time};
use crate::trace::{Asker, DirectCall};

/// The functions that V8 calls for promises: for one that was made, for the start and the end of its reaction, for one that is
/// about to be resolved.
type Functions = [Option<v8::Global<v8::Function>>; 4];

/// The functions there are.
#[derive(Default)]
pub struct Hooks {
    script: Functions,
    trace: Functions,
    /// The trace's found no room on the stack: from then on the native hook is used, which needs none of JavaScript's.
    found_no_room: bool,
}

/// Begins to trace promises.
pub fn begin(scope: &mut v8::PinScope, state: &State) {
    state.promises.borrow().numbers.learn(scope);
    scope.set_promise_hook(hook);
}

/// Who wants functions to be called for promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The script.
    Script,
    /// The trace, which can do without.
    Trace,
}

/// These functions are to be called, or none where there is none.
pub fn set(
    scope: &mut v8::PinScope,
    state: &State,
    owner: Owner,
    functions: [Option<v8::Local<v8::Function>>; 4],
) {
    let functions = functions.map(|function| function.map(|function| v8::Global::new(scope, function)));
    match owner {
        Owner::Script => state.promise_hooks.borrow_mut().script = functions,
        Owner::Trace => state.promise_hooks.borrow_mut().trace = functions,
    }
    choose(scope, state);
}

/// Chooses how V8 is to report, after something has changed that matters for it.
pub fn choose(scope: &mut v8::PinScope, state: &State) {
    let is_traced = state.tracer.borrow().is_some();
    let (in_javascript, functions) = {
        let hooks = state.promise_hooks.borrow();
        let in_javascript = is_traced
            && direct::ARE_THERE
            && !hooks.found_no_room
            && !state.is_inspected()
            && hooks.script.iter().all(Option::is_none)
            && hooks.trace.iter().all(Option::is_some)
            && state.promises.borrow().numbers.are_known();
        let functions = if in_javascript { &hooks.trace } else { &hooks.script };
        (in_javascript, functions.each_ref().map(|it| it.as_ref().map(|it| v8::Local::new(scope, it))))
    };
    state.contexts.set_promise_hooks(scope, functions);
    if in_javascript {
        direct::unset_promise_hook(scope);
    } else if is_traced {
        scope.set_promise_hook(hook);
    }
}

/// Lets go of the functions.
pub fn clear(state: &State) {
    *state.promise_hooks.borrow_mut() = Hooks::default();
}

/// The stack is full, and nobody caught the exception: whether that is because such a function found no room. V8 reports that in
/// the midst of the script, which finds out itself, and an exception of a microtask when nothing of it runs any more.
pub fn found_no_room(scope: &mut v8::PinScope, state: &State) -> bool {
    let (of_script, of_trace) = {
        let hooks = state.promise_hooks.borrow();
        (hooks.script.iter().any(Option::is_some), hooks.trace.iter().any(Option::is_some))
    };
    if of_script {
        return true;
    }
    let is_cause = of_trace && !state.promise_hooks.borrow().found_no_room && trace::is_in_script(scope);
    if is_cause {
        state.promise_hooks.borrow_mut().found_no_room = true;
        choose(scope, state);
    }
    is_cause
}

/// The engine's own function; set only while a run is traced.
///
/// # Safety
/// Only V8 calls it, with live handles, on the thread of the isolate.
unsafe extern "C" fn hook(
    kind: v8::PromiseHookType,
    promise: v8::Local<v8::Promise>,
    parent: v8::Local<v8::Value>,
) {
    v8::callback_scope!(unsafe scope, promise);
    let state = State::of(scope);
    match kind {
        v8::PromiseHookType::Init => made(scope, &state, promise, parent),
        v8::PromiseHookType::Resolve => resolving(scope, &state, promise),
        v8::PromiseHookType::Before => starts(scope, &state, promise),
        v8::PromiseHookType::After => ended(scope, &state, promise),
    }
}

/// A promise was made.
pub fn made(
    scope: &v8::PinScope,
    state: &State,
    promise: v8::Local<v8::Promise>,
    parent: v8::Local<v8::Value>,
) {
    let Ok(parent) = v8::Local::<v8::Promise>::try_from(parent) else {
        // Whoever waits for it is what matters.
        return;
    };
    with_same_time(scope, state, |tracer| {
        let mut promises = state.promises.borrow_mut();
        let parent_serial = promises.serial(Some(scope), parent);
        let made = promises.wrapper(parent_serial).unwrap_or_else(|| Made {
            at: tracer.at(trace::now(state)).now(),
            site: call_place(scope, state, tracer, Asker::Promise),
        });
        promises.made(Some(scope), promise, parent, made);
    });
    look(scope, state);
}

/// As [`made`], called directly; `None` when nothing was done.
///
/// # Safety
/// `call` is the call of the function that asks, on the isolate's own thread.
pub unsafe fn made_directly(
    isolate: &v8::Isolate,
    promise: v8::Local<v8::Promise>,
    parent: v8::Local<v8::Promise>,
    call: DirectCall,
) -> Option<()> {
    let state = State::borrowed(isolate)?;
    let mut tracer = trace::directly(isolate, state)?;
    let mut promises = state.promises.try_borrow_mut().ok()?;
    let known = promises.wrapper(promises.numbers.of(None, parent));
    let made = match known {
        Some(made) => made,
        None => {
            // SAFETY: as the caller promises.
            let site =
                unsafe { trace::direct_call_place(isolate, state, &mut tracer, (Asker::Promise, call)) }?;
            Made { at: tracer.at(trace::now(state)).now(), site }
        }
    };
    promises.made(None, promise, parent, made);
    Some(())
}

/// Looks whether a client waits for the reaction that was just announced.
fn look(scope: &v8::PinScope, state: &State) {
    let Some(inspector) = state.inspector() else { return };
    let next = state.tracer.borrow().as_ref().map_or(TaskId::NONE, |tracer| TaskId(tracer.last_task().0 + 1));
    if !inspector.looks_for(next) {
        return;
    }
    let Some(serial) = state.promises.borrow().candidate() else { return };
    inspector.born(state, next);
    if state.promises.borrow().aimed.is_none() && inspector.awaits_here(scope) {
        state.promises.borrow_mut().aimed = Some(serial);
    }
}

/// A promise is about to be resolved or rejected.
pub fn resolving(scope: &v8::PinScope, state: &State, promise: v8::Local<v8::Promise>) {
    let mut promises = state.promises.borrow_mut();
    let serial = promises.numbers.of(Some(scope), promise);
    promises.resolving(scope, serial, promise);
}

/// As [`resolving`], called directly; `None` when nothing was done.
pub fn resolving_directly(isolate: &v8::Isolate, promise: v8::Local<v8::Promise>) -> Option<()> {
    let mut promises = State::borrowed(isolate)?.promises.try_borrow_mut().ok()?;
    let serial = promises.numbers.of(None, promise);
    promises.resolving(isolate, serial, promise);
    Some(())
}

/// The reaction of a promise starts.
pub fn starts(scope: &mut v8::PinScope, state: &State, promise: v8::Local<v8::Promise>) {
    let task = with_same_time(scope, state, |tracer| {
        let mut promises = state.promises.borrow_mut();
        let own = promises.serial(Some(scope), promise);
        match promises.starts(own) {
            Some(starting) => {
                if starting.late {
                    tracer.at(trace::now(state)).ready(starting.task, Queue::Microtask);
                }
                starting.task
            }
            None => promises.adopts(tracer.at(trace::now(state)), own),
        }
    });
    if let Some(task) = task {
        aim(scope, state, promise, task);
        trace::start_reaction(scope, state, task);
    }
}

/// As [`starts`], called directly; `None` when nothing was done.
pub fn starts_directly(isolate: &v8::Isolate, promise: v8::Local<v8::Promise>) -> Option<()> {
    let state = State::borrowed(isolate)?;
    let mut tracer = trace::directly(isolate, state).filter(|tracer| tracer.lets_all_pass())?;
    let mut promises = state.promises.try_borrow_mut().ok()?;
    let own = promises.numbers.of(None, promise);
    let starting = promises.starts(own)?;
    if starting.late {
        tracer.at(trace::now(state)).ready(starting.task, Queue::Microtask);
    } else if !tracer.follows_at_once() {
        tracer.at(trace::now(state));
    }
    tracer.start_at_once(starting.task);
    Some(())
}

/// Has the run stand still in the reaction when a client waits for it.
fn aim(scope: &v8::PinScope, state: &State, promise: v8::Local<v8::Promise>, task: TaskId) {
    let is_aimed_at = {
        let promises = state.promises.borrow();
        promises.aimed.is_some_and(|aimed| aimed == promises.numbers.of(Some(scope), promise))
    };
    if is_aimed_at {
        state.promises.borrow_mut().aimed = None;
        if let Some(inspector) = state.inspector() {
            inspector.resumes_in(state, task);
        }
    }
}

/// The reaction of a promise has ended.
pub fn ended(scope: &v8::PinScope, state: &State, promise: v8::Local<v8::Promise>) {
    let task = {
        let mut promises = state.promises.borrow_mut();
        let own = promises.numbers.of(Some(scope), promise);
        promises.ended(own)
    };
    if let Some(task) = task {
        trace::end_reaction(scope, state, task);
    }
}

/// As [`ended`], called directly; `None` when nothing was done.
pub fn ended_directly(isolate: &v8::Isolate, promise: v8::Local<v8::Promise>) -> Option<()> {
    let state = State::borrowed(isolate)?;
    let mut tracer = trace::directly(isolate, state)?;
    let mut promises = state.promises.try_borrow_mut().ok()?;
    let own = promises.numbers.of(None, promise);
    if let Some(task) = promises.ended(own) {
        tracer.at(trace::now(state)).end(task, Outcome::Returned);
    }
    Some(())
}
