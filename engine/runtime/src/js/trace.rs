//! Source places of functions and calls, and the lasting connection between V8 and the tracer.

use std::cell::RefMut;
use std::ffi::c_void;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use loopscope_protocol::{Drain, EventKind, ExitReason, GcKind, Nanos, Outcome, PlaceId, TaskId, TaskKind};

use super::call_site::{self, CallSites};
use super::convert;
use super::originals::{Original, Place};
use super::state::State;
use crate::inspect::Occasion;
use crate::source::source_map::At;
use crate::trace::{Asker, CallSite, Callback, DirectCall, FRAMES, Held, PlaceKey, Told, Tracer, Waited};

/// Frames to look through first.
const FIRST_FRAMES: usize = 3;

/// Scripts of the runtime itself carry such names.
const INTERNAL_PREFIX: &str = "node:";

/// The path of a script; ES modules are named by their URL.
pub fn script_path(name: String) -> String {
    if !name.starts_with("file://") {
        return name;
    }
    let path = url::Url::parse(&name).ok().and_then(|url| url.to_file_path().ok());
    path.map_or(name, |path| path.to_string_lossy().into_owned())
}

/// Whether a script belongs to the runtime itself.
fn is_internal(name: &str) -> bool {
    name.starts_with(INTERNAL_PREFIX)
}

/// The place of a function's definition; [`PlaceId::NONE`] for functions of the runtime itself.
pub fn function_place(
    scope: &v8::PinScope,
    tracer: &mut Tracer,
    function: v8::Local<v8::Function>,
) -> PlaceId {
    let script = function.script_id();
    let Some(start) = call_site::start_position(function) else {
        return find_function_place(scope, tracer, function);
    };
    if let Some(known) = tracer.places().of_function(script, start) {
        return known;
    }
    let place = find_function_place(scope, tracer, function);
    tracer.places().insert_function(script, start, place);
    place
}

fn find_function_place(
    scope: &v8::PinScope,
    tracer: &mut Tracer,
    function: v8::Local<v8::Function>,
) -> PlaceId {
    let line = function.get_script_line_number().map_or(0, |line| line + 1);
    let column = function.get_script_column_number().map_or(0, |column| column + 1);
    let key = PlaceKey { script: function.script_id(), line, column };
    if let Some(known) = tracer.places().get(key) {
        return known;
    }
    let origin = function.get_script_origin(scope);
    let word = |value: Option<v8::Local<v8::Value>>| match value {
        Some(value) if value.is_string() => convert::text(scope, value),
        _ => String::new(),
    };
    let script = word(origin.resource_name());
    if script.is_empty() || is_internal(&script) {
        return PlaceId::NONE;
    }
    let name = function.get_name(scope).to_rust_string_lossy(scope);
    let map = word(origin.source_map_url());
    define(scope, tracer, key, &Described { script: &script, map: &map, function: &name, begins: true })
}

/// What V8 tells of a place beside where it is.
struct Described<'a> {
    /// Name of the script.
    script: &'a str,
    /// Where that says that its source map is.
    map: &'a str,
    /// The function there.
    function: &'a str,
    /// Whether it is where that begins.
    begins: bool,
}

/// Defines a place: that in the text which the script was made from, where its source map tells one.
fn define(scope: &v8::PinScope, tracer: &mut Tracer, key: PlaceKey, told: &Described) -> PlaceId {
    let Described { script, map, function, begins } = *told;
    if !map.is_empty() {
        let at = At { line: key.line.saturating_sub(1), column: key.column.saturating_sub(1) };
        let place = Place { script: key.script, name: script, map, at, function, begins };
        let state = State::of(scope);
        if let Some(original) = state.originals.of(&state, &place) {
            let id = name_original(tracer, original);
            tracer.places().insert(key, id);
            return id;
        }
    }
    tracer.define_place(key, &script_path(script.to_owned()), function)
}

/// Defines a place in a text that the script was made from, and hands on that text before its first place.
pub fn name_original(tracer: &mut Tracer, original: Original) -> PlaceId {
    let Original { script, at, function, text } = original;
    if let Some(text) = text {
        tracer.source(&script, text);
    }
    tracer.place_once(&script, &function, at.line + 1, at.column + 1)
}

/// A script was compiled: where it says that its map is, is needed for its errors, and when it is seen on the stack.
pub fn note_map(
    scope: &v8::PinScope,
    state: &State,
    (script, name): (i32, &str),
    map: Option<v8::Local<v8::Value>>,
) {
    let is_traced = state.tracer.try_borrow().is_ok_and(|tracer| tracer.is_some());
    if let Some(map) = map.filter(|map| is_traced && map.is_string()) {
        state.originals.note(script, name, convert::text(scope, map));
    }
}

/// The place of a function's definition, when it is known already.
#[inline]
pub fn known_function_place(tracer: &mut Tracer, function: v8::Local<v8::Function>) -> Option<PlaceId> {
    tracer.places().of_function(function.script_id(), call_site::start_position(function)?)
}

/// The place in the script from which the runtime was called; [`PlaceId::NONE`] when no script is on the stack.
pub fn call_place(scope: &v8::PinScope, state: &State, tracer: &mut Tracer, asker: Asker) -> PlaceId {
    let place = usual_call_place(scope, state, tracer, asker);
    if let Some(call) = tracer.places().take_missed() {
        learn(scope, state, tracer, (asker, call, place));
    }
    place
}

/// Learns the place of a direct call that was not known from the usual call that follows it.
fn learn(
    scope: &v8::PinScope,
    state: &State,
    tracer: &mut Tracer,
    (asker, call, place): (Asker, DirectCall, PlaceId),
) {
    let depth = tracer.places().depth(asker).read;
    let read = state.call_sites.read(scope, depth);
    let is_told =
        |site| tracer.places().of_site(&site) == Some(place) && !tracer.places().is_only_asked(&site);
    if read.is_some_and(is_told)
        && let Some(site) = state.call_sites.read_again(scope, call, depth)
    {
        debug_assert!(
            tracer.places().of_site(&site).is_none_or(|known| known == place),
            "direct calls from one address have one place"
        );
        tracer.places().insert_site(site, place);
    }
}

/// As [`call_place`], of a native function that optimized code called directly, if it is known.
///
/// # Safety
/// `call` is the call of that function, on the isolate's own thread.
#[inline]
pub unsafe fn direct_call_place(
    isolate: &v8::Isolate,
    state: &State,
    tracer: &mut Tracer,
    (asker, call): (Asker, DirectCall),
) -> Option<PlaceId> {
    // SAFETY: as the caller promises.
    let site = unsafe { direct_site(isolate, state, tracer, (asker, call)) }?;
    direct_site_place(state, tracer, site, call)
}

/// What tells a direct call from others.
///
/// # Safety
/// As of [`direct_call_place`].
#[inline]
unsafe fn direct_site(
    isolate: &v8::Isolate,
    state: &State,
    tracer: &mut Tracer,
    (asker, call): (Asker, DirectCall),
) -> Option<CallSite> {
    let depth = tracer.places().depth(asker).read;
    // SAFETY: as the caller promises.
    unsafe { state.call_sites.read_direct(isolate, call, depth) }
}

/// The places of a task that a direct call makes, if they are known: of `callback`, or of what an owner schedules for itself.
///
/// # Safety
/// As of [`direct_call_place`].
#[inline]
pub unsafe fn direct_task_places(
    isolate: &v8::Isolate,
    state: &State,
    tracer: &mut Tracer,
    (callback, owner): (v8::Local<v8::Value>, PlaceId),
    call: DirectCall,
) -> Option<Told> {
    // SAFETY: as the caller promises.
    let site = unsafe { direct_site(isolate, state, tracer, (Asker::Task, call)) }?;
    let what =
        if owner.is_some() { Callback::Owned(owner) } else { Callback::At(call_site::place_of(callback)) };
    let known = tracer.places().calls.get(site, what, state.collected.get());
    // In a build for tests, known calls are looked at once more now and then.
    if let Some(told) = known
        && !(cfg!(debug_assertions) && state.call_sites.is_due())
    {
        return Some(told);
    }
    keep_task_places(state, tracer, (site, call), (callback, owner), what, known)
}

/// Finds the places of a task that are not known from before.
#[cold]
#[inline(never)]
fn keep_task_places(
    state: &State,
    tracer: &mut Tracer,
    (site, call): (CallSite, DirectCall),
    (callback, owner): (v8::Local<v8::Value>, PlaceId),
    what: Callback,
    known: Option<Told>,
) -> Option<Told> {
    let place = direct_site_place(state, tracer, site, call)?;
    let own = if owner.is_some() {
        owner
    } else {
        known_function_place(tracer, v8::Local::<v8::Function>::try_from(callback).ok()?)?
    };
    let told = Told { callback: if own.is_some() { own } else { tracer.nameless(place) }, site: place };
    debug_assert!(known.is_none_or(|known| known == told), "a call of one function has one pair of places");
    tracer.places().calls.keep(site, what, state.collected.get(), told);
    Some(told)
}

#[inline]
fn direct_site_place(
    state: &State,
    tracer: &mut Tracer,
    site: CallSite,
    call: DirectCall,
) -> Option<PlaceId> {
    let known = tracer.places().of_site(&site);
    // In a build for tests, known places are looked at once more now and then.
    let known = known.filter(|_| !cfg!(debug_assertions) || !state.call_sites.is_due());
    if known.is_none() {
        tracer.places().miss(call);
    }
    known
}

fn usual_call_place(scope: &v8::PinScope, state: &State, tracer: &mut Tracer, asker: Asker) -> PlaceId {
    let read = state.call_sites.read(scope, tracer.places().depth(asker).read);
    if let Some(known) = read.and_then(|site| tracer.places().of_site(&site)) {
        debug_assert!(
            !state.call_sites.is_due() || find_call_place(scope, tracer).0 == known,
            "addresses mean one place"
        );
        return known;
    }
    let asked = CallSites::ask(scope, tracer.places().depth(asker).asked);
    if let Some(site) = asked
        && let Some(known) = tracer.places().of_site(&site)
        && (read.is_none() || tracer.places().is_only_asked(&site))
    {
        return known;
    }
    let (place, index) = find_call_place(scope, tracer);
    let depth = state.call_sites.depth_to_read(scope, index + 1);
    if let Some(depth) = depth.and_then(|depth| tracer.places().can_read(asker, depth)) {
        if let Some(site) = state.call_sites.read(scope, depth) {
            tracer.places().insert_site(site, place);
        }
    } else if let Some(depth) = tracer.places().can_ask(asker, index)
        && let Some(site) = CallSites::ask(scope, depth)
    {
        tracer.places().insert_asked(site, place);
    }
    place
}

/// The place in the script, and which of the frames it is; without a place, how many were looked at.
fn find_call_place(scope: &v8::PinScope, tracer: &mut Tracer) -> (PlaceId, usize) {
    // Mostly a single function of the runtime stands between the script and the op. Every frame costs, so that is
    // tried first.
    for frames in [FIRST_FRAMES, FRAMES] {
        let Some(stack) = v8::StackTrace::current_stack_trace(scope, frames) else { break };
        if let Some(found) = script_place(scope, tracer, stack) {
            return found;
        }
        let seen = stack.get_frame_count();
        if seen < frames {
            // The whole stack is the runtime's own, and one address more than it has tells that.
            return (PlaceId::NONE, seen);
        }
    }
    (PlaceId::NONE, FRAMES)
}

/// The innermost frame that belongs to the script.
fn script_place(
    scope: &v8::PinScope,
    tracer: &mut Tracer,
    stack: v8::Local<v8::StackTrace>,
) -> Option<(PlaceId, usize)> {
    for index in 0..stack.get_frame_count() {
        let Some(frame) = stack.get_frame(scope, index) else { continue };
        let script = i32::try_from(frame.get_script_id()).unwrap_or(0);
        if tracer.places().is_internal(script) {
            continue;
        }
        let key = PlaceKey {
            script,
            line: u32::try_from(frame.get_line_number()).unwrap_or(0),
            column: u32::try_from(frame.get_column()).unwrap_or(0),
        };
        if let Some(known) = tracer.places().get(key) {
            return Some((known, index));
        }
        let Some(name) = frame.get_script_name(scope) else { continue };
        let name = name.to_rust_string_lossy(scope);
        if is_internal(&name) {
            tracer.places().add_internal(script);
            continue;
        }
        let function =
            frame.get_function_name(scope).map(|name| name.to_rust_string_lossy(scope)).unwrap_or_default();
        let map = frame.get_script_source_mapping_url(scope);
        let map = map.map(|url| url.to_rust_string_lossy(scope)).unwrap_or_default();
        let told = Described { script: &name, map: &map, function: &function, begins: false };
        return Some((define(scope, tracer, key, &told), index));
    }
    None
}

/// Whether one of the innermost functions on the stack is the script's own.
pub fn is_in_script(scope: &v8::PinScope) -> bool {
    let Some(stack) = v8::StackTrace::current_stack_trace(scope, FRAMES) else { return false };
    (0..stack.get_frame_count())
        .filter_map(|index| stack.get_frame(scope, index)?.get_script_name(scope))
        .any(|name| !is_internal(&name.to_rust_string_lossy(scope)))
}

/// Where an error was made, before the tracer knows of it.
pub struct ErrorPlace {
    /// The script as V8 names it.
    script: String,
    line: u32,
    column: u32,
}

impl ErrorPlace {
    /// The place; [`PlaceId::NONE`] when it is not in the script.
    pub fn define(&self, state: &State, tracer: &mut Tracer) -> PlaceId {
        if self.script.is_empty() || is_internal(&self.script) {
            return PlaceId::NONE;
        }
        let at = At { line: self.line.saturating_sub(1), column: self.column.saturating_sub(1) };
        let original = state.originals.noted(&self.script).and_then(|script| {
            let place = Place { script, name: &self.script, map: "", at, function: "", begins: false };
            state.originals.of(state, &place)
        });
        if let Some(original) = original {
            return name_original(tracer, original);
        }
        tracer.place_once(&script_path(self.script.clone()), "", self.line, self.column)
    }
}

/// Text and place of something that was thrown or that a promise was rejected with.
pub fn describe(scope: &mut v8::PinScope, value: v8::Local<v8::Value>) -> (String, ErrorPlace) {
    let text = value.to_detail_string(scope).map(|text| text.to_rust_string_lossy(scope));
    let message = v8::Exception::create_message(scope, value);
    let script = message.get_script_resource_name(scope).filter(|name| name.is_string());
    let script = script.map(|name| convert::text(scope, name)).unwrap_or_default();
    let place = ErrorPlace {
        script,
        line: u32::try_from(message.get_line_number(scope).unwrap_or(0)).unwrap_or(0),
        column: u32::try_from(message.get_start_column() + 1).unwrap_or(0),
    };
    (text.unwrap_or_default(), place)
}

/// Reports the size of the heap, unless that was done a moment ago.
pub fn heap(scope: &mut v8::PinScope, state: &State) {
    if with_same_time(scope, state, Tracer::heap_is_due) != Some(true) {
        return;
    }
    let heap = scope.get_heap_statistics();
    let (used, total) = (heap.used_heap_size() as u64, heap.total_heap_size() as u64);
    with(scope, state, |tracer| tracer.emit(EventKind::Heap { used, total }));
}

/// Does something with the tracer at the present time, after everything that is still to be reported; nothing when the
/// run is not traced or its end was reported.
#[inline]
pub fn with<R>(scope: &v8::PinScope, state: &State, act: impl FnOnce(&mut Tracer) -> R) -> Option<R> {
    act_at(scope, state, Clock::Read, act)
}

/// As [`with`], for what happens together with the event before it or makes no event: it takes over that event's time,
/// since reading the clock costs as much as the event itself.
#[inline]
pub fn with_same_time<R>(
    scope: &v8::PinScope,
    state: &State,
    act: impl FnOnce(&mut Tracer) -> R,
) -> Option<R> {
    act_at(scope, state, Clock::Keep, act)
}

/// Where the time of an event comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clock {
    Read,
    Keep,
    /// Takes over the end of the task before, if that was in the same drain.
    ReadUnlessAtOnce,
}

/// The tracer, for whoever cannot call V8 (optimized code called directly): `None` when anything but adding an event is to
/// be done, too.
#[inline]
pub fn directly<'a>(isolate: &v8::Isolate, state: &'a State) -> Option<RefMut<'a, Tracer>> {
    let is_ordinary = !state.exit_reported.get()
        && !state.stop.load(Ordering::Relaxed)
        && !state.is_inspected()
        && state.collections.borrow().is_empty();
    let tracer = state.tracer.try_borrow_mut().ok().filter(|_| is_ordinary)?;
    let mut tracer = RefMut::filter_map(tracer, Option::as_mut).ok()?;
    let mut promises = state.promises.try_borrow_mut().ok()?;
    if promises.has_open_questions() {
        promises.settle(isolate, &mut tracer);
    }
    Some(tracer)
}

/// The present time of a traced run.
// Not copied to all that ask: the room that code takes in the processor's caches costs servers more than a call.
#[inline(never)]
pub fn now(state: &State) -> Nanos {
    let now = state.clock.as_ref().map_or_else(|| state.host.borrow().now(), |clock| clock.now());
    now - state.started
}

#[inline]
fn act_at<R>(
    scope: &v8::PinScope,
    state: &State,
    clock: Clock,
    act: impl FnOnce(&mut Tracer) -> R,
) -> Option<R> {
    if state.exit_reported.get() {
        return None;
    }
    let mut tracer = state.tracer.borrow_mut();
    let tracer = tracer.as_mut()?;
    let reads = match clock {
        Clock::Read => true,
        Clock::Keep => false,
        Clock::ReadUnlessAtOnce => !tracer.follows_at_once(),
    };
    let now = reads.then(|| now(state));
    if !state.collections.borrow().is_empty() {
        tell_collections(state, tracer);
    }
    if state.promises.borrow().has_open_questions() {
        state.promises.borrow_mut().settle(scope, tracer);
    }
    if let Some(now) = now {
        tracer.at(now);
    }
    Some(act(tracer))
}

/// Reports the collections of garbage that happened meanwhile.
#[cold]
#[inline(never)]
fn tell_collections(state: &State, tracer: &mut Tracer) {
    for (at, kind, duration) in state.collections.take() {
        if kind != GcKind::Scavenge {
            tracer.places().forget_sites();
        }
        tracer.at(at).emit(EventKind::Gc { kind, duration });
    }
}

/// Reports the end of a drain.
pub fn drain_ends(scope: &v8::PinScope, state: &State, drain: Drain) {
    with_same_time(scope, state, |tracer| end_drain(tracer, state, drain));
}

/// As [`drain_ends`]. Mostly nothing ran in it, for which the clock need not be read.
pub fn end_drain(tracer: &mut Tracer, state: &State, drain: Drain) {
    if tracer.has_drained(drain) {
        tracer.at(now(state));
    }
    tracer.drain_ends(drain);
}

/// Reports the start of a task when nobody need be asked; otherwise `false`, and nothing is done.
#[inline]
pub fn start_directly(isolate: &v8::Isolate, state: &State, task: TaskId) -> bool {
    let Some(mut tracer) = directly(isolate, state).filter(|tracer| tracer.lets_all_pass()) else {
        return false;
    };
    if !tracer.follows_at_once() {
        tracer.at(now(state));
    }
    tracer.start_at_once(task);
    true
}

/// As [`start_directly`], for a task of a known kind, together with the end of the one before it if there is one.
#[inline]
pub fn follow_directly(
    isolate: &v8::Isolate,
    state: &State,
    before: TaskId,
    (task, kind): (TaskId, TaskKind),
) -> bool {
    let Some(mut tracer) = directly(isolate, state).filter(|tracer| tracer.lets_all_pass()) else {
        return false;
    };
    if before.is_some() {
        tracer.at(now(state)).end(before, Outcome::Returned);
    } else if !tracer.follows_at_once() {
        tracer.at(now(state));
    }
    tracer.start_of_kind(task, kind);
    true
}

/// Reports the end of a task when nothing else is to be done; otherwise `false`, and nothing is done.
#[inline]
pub fn end_directly(isolate: &v8::Isolate, state: &State, task: TaskId, outcome: Outcome) -> bool {
    let Some(mut tracer) = directly(isolate, state) else { return false };
    tracer.at(now(state)).end(task, outcome);
    true
}

/// Reports the start of a task. The run may stand still in here; whoever watches may end it meanwhile.
pub fn start(scope: &mut v8::PinScope, state: &State, task: TaskId) {
    if start_directly(scope, state, task) {
        return;
    }
    start_slowly(scope, state, task);
    if let Some(inspector) = state.inspector() {
        inspector.task_started(task);
    }
}

/// Reports the end of a task that [`start`] reported.
pub fn end(scope: &v8::PinScope, state: &State, task: TaskId, outcome: Outcome) {
    if end_directly(scope, state, task, outcome) {
        return;
    }
    with(scope, state, |tracer| tracer.end(task, outcome));
    if let Some(inspector) = state.inspector() {
        inspector.task_finished(task);
    }
}

/// As [`start`], for what V8's inspector is not told of: reactions to promises, which it knows by itself, and what runs in the
/// midst of another callback, on whose stack it is.
pub fn start_reaction(scope: &mut v8::PinScope, state: &State, task: TaskId) {
    if !start_directly(scope, state, task) {
        start_slowly(scope, state, task);
    }
}

#[cold]
#[inline(never)]
fn start_slowly(scope: &mut v8::PinScope, state: &State, task: TaskId) {
    let inspector = state.inspector();
    if inspector.as_ref().is_some_and(|inspector| inspector.stands()) {
        // A client evaluates something: what runs in that cannot stand still once more.
        with(scope, state, |tracer| tracer.start(task));
        return;
    }
    let asked = inspector.as_ref().and_then(|inspector| inspector.before_task(state, task));
    let held = act_at(scope, state, Clock::ReadUnlessAtOnce, |tracer| {
        let held = tracer.hold_before(task, asked);
        if held == Held::No {
            tracer.start(task);
        }
        held
    });
    match held {
        Some(Held::Delayed) => {
            with(scope, state, |tracer| tracer.start(task));
        }
        Some(Held::Paused(reason)) => {
            if let Some(inspector) = inspector.as_ref().filter(|_| asked.is_none()) {
                inspector.tell_of_pause(reason, &[], task);
            }
            while with_same_time(scope, state, Tracer::wait) == Some(Waited::Disturbed) {
                if let Some(inspector) = &inspector {
                    inspector.dispatch(state);
                    inspector.run_tasks(state);
                }
            }
            with(scope, state, |tracer| {
                tracer.resumed();
                tracer.start(task);
            });
            if let Some(inspector) = &inspector {
                inspector.tell_of_resuming();
                inspector.enters(task);
            }
        }
        Some(Held::No) | None => {}
    }
    if let Some(inspector) = &inspector {
        inspector.task_starts();
    }
    if state.stop.load(Ordering::Relaxed) {
        scope.terminate_execution();
    }
}

/// Reports the end of a task that [`start_reaction`] reported.
pub fn end_reaction(scope: &v8::PinScope, state: &State, task: TaskId) {
    end_within(scope, state, task, Outcome::Returned);
}

/// As [`end_reaction`], for what may throw.
pub fn end_within(scope: &v8::PinScope, state: &State, task: TaskId, outcome: Outcome) {
    if end_directly(scope, state, task, outcome) {
        return;
    }
    with(scope, state, |tracer| tracer.end(task, outcome));
    if let Some(inspector) = state.inspector() {
        inspector.reaction_finished();
    }
}

/// Hands on the records made so far; V8 calls this in the middle of a callback because the watcher asked for them.
///
/// # Safety
/// `isolate` is one of ours, and this is its thread; `asked` came from [`Arc::into_raw`] of an `Arc<AtomicBool>` that
/// nobody else takes back.
pub unsafe extern "C" fn hand_on(isolate: v8::UnsafeRawIsolatePtr, asked: *mut c_void) {
    // SAFETY: as the caller promises.
    let asked = unsafe { Arc::from_raw(asked.cast_const().cast::<AtomicBool>()) };
    asked.store(false, Ordering::Relaxed);
    // SAFETY: V8 passes the isolate it interrupted, on that isolate's own thread.
    let isolate = unsafe { v8::Isolate::from_raw_isolate_ptr(isolate) };
    let Some(state) = isolate.get_slot::<Rc<State>>().cloned() else { return };
    // Whoever holds the tracer is just adding to it.
    if let Ok(mut tracer) = state.tracer.try_borrow_mut()
        && let Some(tracer) = tracer.as_mut()
    {
        tracer.flush();
    }
    if let Some(inspector) = state.any_inspector() {
        inspector.sample(&state, Occasion::Passing);
    }
}

/// Reports the end of the run, once.
pub fn report_exit(scope: &v8::PinScope, state: &State, code: i32) {
    if let Some(inspector) = state.any_inspector().filter(|_| !state.exit_reported.get()) {
        inspector.sample(state, Occasion::End);
    }
    let stopped = state.stop.load(Ordering::Relaxed);
    let reason = if stopped { ExitReason::Stopped } else { state.exit_reason.get() };
    with(scope, state, |tracer| {
        tracer.emit(EventKind::Exit { code, reason });
        tracer.flush();
    });
    state.exit_reported.set(true);
}

/// Reports garbage collections from now on, until [`ignore_gc`].
pub fn observe_gc(isolate: &mut v8::Isolate, state: &Rc<State>) {
    let data = Rc::as_ptr(state).cast_mut().cast();
    isolate.add_gc_prologue_callback(gc_begins, data, v8::GCType::kGCTypeAll);
    isolate.add_gc_epilogue_callback(gc_ends, data, v8::GCType::kGCTypeAll);
}

/// Ends what [`observe_gc`] began; must be called while the state is alive.
pub fn ignore_gc(isolate: &mut v8::Isolate, state: &Rc<State>) {
    let data = Rc::as_ptr(state).cast_mut().cast();
    isolate.remove_gc_prologue_callback(gc_begins, data);
    isolate.remove_gc_epilogue_callback(gc_ends, data);
}

unsafe extern "C" fn gc_begins(
    _isolate: v8::UnsafeRawIsolatePtr,
    _kind: v8::GCType,
    _flags: v8::GCCallbackFlags,
    data: *mut c_void,
) {
    // SAFETY: `observe_gc` passed the state, which outlives the registration.
    let state = unsafe { &*data.cast::<State>() };
    state.collected.set(state.collected.get().wrapping_add(1));
    if let Ok(host) = state.host.try_borrow() {
        state.collection_began.set(host.now() - state.started);
    }
}

unsafe extern "C" fn gc_ends(
    _isolate: v8::UnsafeRawIsolatePtr,
    kind: v8::GCType,
    _flags: v8::GCCallbackFlags,
    data: *mut c_void,
) {
    // SAFETY: as above.
    let state = unsafe { &*data.cast::<State>() };
    let Ok(host) = state.host.try_borrow() else { return };
    let at = host.now() - state.started;
    let kind = match kind {
        v8::GCType::kGCTypeMarkSweepCompact => GcKind::MarkCompact,
        v8::GCType::kGCTypeIncrementalMarking => GcKind::Incremental,
        v8::GCType::kGCTypeProcessWeakCallbacks => GcKind::WeakCallbacks,
        _ => GcKind::Scavenge,
    };
    // The tracer itself may be in use at this moment; the event waits for its next one.
    state.collections.borrow_mut().push((at, kind, at - state.collection_began.get()));
}
