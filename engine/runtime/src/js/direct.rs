//! How optimized code gets to the native functions that it calls directly, with what they need to know of the call.

#[cfg(not(all(target_arch = "x86_64", not(windows))))]
pub use elsewhere::{
    ARE_THERE, DRAIN_ENTERED, DRAIN_LEFT, KIND, PROMISE_ENDED, PROMISE_MADE, PROMISE_RESOLVING,
    PROMISE_STARTS, REQUEST_ANSWERED, REQUEST_CLOSED, REQUEST_OPENED, TASK_ARMED, TASK_CANCELLED, TASK_ENDED,
    TASK_FOLLOWS, TASK_QUEUED, TASK_REFD, TASK_STARTED, TASK_TIMER, unset_promise_hook,
};
#[cfg(all(target_arch = "x86_64", not(windows)))]
pub use here::{
    ARE_THERE, DRAIN_ENTERED, DRAIN_LEFT, KIND, PROMISE_ENDED, PROMISE_MADE, PROMISE_RESOLVING,
    PROMISE_STARTS, REQUEST_ANSWERED, REQUEST_CLOSED, REQUEST_OPENED, TASK_ARMED, TASK_CANCELLED, TASK_ENDED,
    TASK_FOLLOWS, TASK_QUEUED, TASK_REFD, TASK_STARTED, TASK_TIMER, unset_promise_hook,
};

/// Other systems pass arguments in other places, and do without.
#[cfg(not(all(target_arch = "x86_64", not(windows))))]
mod elsewhere {
    use crate::js::ops::Direct;

    /// Whether there are any.
    pub const ARE_THERE: bool = false;

    /// Nothing is called in place of the hook, so it is never unset.
    pub fn unset_promise_hook(_isolate: &mut v8::Isolate) {}

    /// None.
    pub const KIND: Direct = None;
    /// None.
    pub const DRAIN_ENTERED: Direct = None;
    /// None.
    pub const DRAIN_LEFT: Direct = None;
    /// None.
    pub const TASK_ARMED: Direct = None;
    /// None.
    pub const TASK_CANCELLED: Direct = None;
    /// None.
    pub const TASK_REFD: Direct = None;
    /// None.
    pub const PROMISE_ENDED: Direct = None;
    /// None.
    pub const PROMISE_MADE: Direct = None;
    /// None.
    pub const PROMISE_RESOLVING: Direct = None;
    /// None.
    pub const PROMISE_STARTS: Direct = None;
    /// None.
    pub const REQUEST_ANSWERED: Direct = None;
    /// None.
    pub const REQUEST_CLOSED: Direct = None;
    /// None.
    pub const REQUEST_OPENED: Direct = None;
    /// None.
    pub const TASK_TIMER: Direct = None;
    /// None.
    pub const TASK_ENDED: Direct = None;
    /// None.
    pub const TASK_FOLLOWS: Direct = None;
    /// None.
    pub const TASK_QUEUED: Direct = None;
    /// None.
    pub const TASK_STARTED: Direct = None;
}

/// Functions as V8 calls them: receiver, arguments, options.
#[cfg(all(target_arch = "x86_64", not(windows)))]
mod here {
    use std::arch::naked_asm;
    use std::ffi::c_void;

    use v8::fast_api::{
        CFunction, CFunctionInfo, CTypeInfo, FastApiCallbackOptions, FastApiOneByteString,
        Int64Representation, Type,
    };

    use crate::js::ops::Direct;
    use crate::node::{trace_direct, util};
    use crate::trace::DirectCall;

    type Value<'s> = v8::Local<'s, v8::Value>;
    type Options<'s> = FastApiCallbackOptions<'s>;

    const VALUE: CTypeInfo = Type::V8Value.as_info();
    const NUMBER: CTypeInfo = Type::Float64.as_info();
    const INTEGER: CTypeInfo = Type::Int32.as_info();
    const ANSWER: CTypeInfo = Type::Bool.as_info();
    const TEXT: CTypeInfo = Type::SeqOneByteString.as_info();
    const OPTIONS: CTypeInfo = Type::CallbackOptions.as_info();

    /// What a function returns and takes.
    const fn about(returns: CTypeInfo, takes: &'static [CTypeInfo]) -> CFunctionInfo {
        CFunctionInfo::new(returns, takes, Int64Representation::Number)
    }

    /// The isolate that calls.
    fn isolate<'a>(options: &'a Options) -> &'a v8::Isolate {
        // SAFETY: V8 hands its isolate to every native function, on its thread.
        unsafe { options.isolate_unchecked() }
    }

    /// Whether there are any.
    pub const ARE_THERE: bool = true;

    unsafe extern "C" {
        /// `void v8::Isolate::SetPromiseHook(PromiseHook)`. What the `v8` crate has for it takes no null.
        #[link_name = "_ZN2v87Isolate14SetPromiseHookEPFvNS_15PromiseHookTypeENS_5LocalINS_7PromiseEEENS2_INS_5ValueEEEE"]
        fn set_promise_hook(isolate: v8::UnsafeRawIsolatePtr, hook: *const c_void);
    }

    /// V8 calls no native function for promises any more.
    pub fn unset_promise_hook(isolate: &mut v8::Isolate) {
        // SAFETY: the isolate is alive; a hook that is null is none (`v8-isolate.h`).
        unsafe { set_promise_hook(isolate.as_raw_isolate_ptr(), std::ptr::null()) };
    }

    /// `(value) → number`.
    pub const KIND: Direct = Some(&[CFunction::new(kind as _, &about(INTEGER, &[VALUE, VALUE]))]);

    extern "C" fn kind(_receiver: Value, value: Value) -> i32 {
        util::kind(value)
    }

    /// `(promise, parent) → done`.
    pub const PROMISE_MADE: Direct =
        Some(&[CFunction::new(promise_made as _, &about(ANSWER, &[VALUE, VALUE, VALUE, OPTIONS]))]);

    /// `(promise) → done`.
    const ABOUT_PROMISE: CFunctionInfo = about(ANSWER, &[VALUE, VALUE, OPTIONS]);

    /// `(promise) → done`.
    pub const PROMISE_STARTS: Direct = Some(&[CFunction::new(promise_starts as _, &ABOUT_PROMISE)]);

    /// `(promise) → done`.
    pub const PROMISE_ENDED: Direct = Some(&[CFunction::new(promise_ended as _, &ABOUT_PROMISE)]);

    /// `(promise) → done`.
    pub const PROMISE_RESOLVING: Direct = Some(&[CFunction::new(promise_resolving as _, &ABOUT_PROMISE)]);

    /// `(kind, function) → task`.
    pub const TASK_QUEUED: Direct =
        Some(&[CFunction::new(task_queued as _, &about(NUMBER, &[VALUE, INTEGER, VALUE, OPTIONS]))]);

    /// `(what it is, function, loop time) → task`.
    pub const TASK_TIMER: Direct =
        Some(&[CFunction::new(task_timer as _, &about(NUMBER, &[VALUE, INTEGER, VALUE, NUMBER, OPTIONS]))]);

    /// `(port, method, host, path) → handle`.
    pub const REQUEST_OPENED: Direct = Some(&[CFunction::new(
        request_opened as _,
        &about(NUMBER, &[VALUE, INTEGER, TEXT, TEXT, TEXT, OPTIONS]),
    )]);

    /// `(handle, status) → done`.
    pub const REQUEST_ANSWERED: Direct =
        Some(&[CFunction::new(request_answered as _, &about(ANSWER, &[VALUE, NUMBER, INTEGER, OPTIONS]))]);

    /// `(handle) → done`.
    pub const REQUEST_CLOSED: Direct = Some(&[CFunction::new(request_closed as _, &ABOUT_TASK)]);

    /// `() → done`.
    pub const DRAIN_ENTERED: Direct =
        Some(&[CFunction::new(drain_entered as _, &about(ANSWER, &[VALUE, OPTIONS]))]);

    /// `(task) → done`.
    pub const DRAIN_LEFT: Direct = Some(&[CFunction::new(drain_left as _, &ABOUT_TASK)]);

    /// `(task) → done`.
    const ABOUT_TASK: CFunctionInfo = about(ANSWER, &[VALUE, NUMBER, OPTIONS]);

    /// `(task, kind) → done`.
    pub const TASK_STARTED: Direct =
        Some(&[CFunction::new(task_started as _, &about(ANSWER, &[VALUE, NUMBER, INTEGER, OPTIONS]))]);

    /// `(task before, task, kind) → done`.
    pub const TASK_FOLLOWS: Direct = Some(&[CFunction::new(
        task_follows as _,
        &about(ANSWER, &[VALUE, NUMBER, NUMBER, INTEGER, OPTIONS]),
    )]);

    /// `(task) → done`.
    pub const TASK_CANCELLED: Direct = Some(&[CFunction::new(task_cancelled as _, &ABOUT_TASK)]);

    /// `(task, loop time) → done`.
    pub const TASK_ARMED: Direct =
        Some(&[CFunction::new(task_armed as _, &about(ANSWER, &[VALUE, NUMBER, NUMBER, OPTIONS]))]);

    /// `(task, answer) → done`.
    const WHETHER_TASK: CFunctionInfo = about(ANSWER, &[VALUE, NUMBER, ANSWER, OPTIONS]);

    /// `(task, threw) → done`.
    pub const TASK_ENDED: Direct = Some(&[CFunction::new(task_ended as _, &WHETHER_TASK)]);

    /// `(task, refd) → done`.
    pub const TASK_REFD: Direct = Some(&[CFunction::new(task_refd as _, &WHETHER_TASK)]);

    /// Adds the frame of the caller and where it goes on as further arguments: native code keeps neither.
    #[unsafe(naked)]
    extern "C" fn task_queued(_receiver: Value, _kind: i32, _callback: Value, _options: &Options) -> f64 {
        // The fifth and sixth argument (System V ABI for AMD64, 3.2.3); generated code keeps its frame in `rbp`.
        naked_asm!("mov r8, rbp", "mov r9, [rsp]", "jmp {}", sym task_queued_from)
    }

    extern "C" fn task_queued_from(
        _receiver: Value,
        kind: i32,
        callback: Value,
        options: &Options,
        frame: usize,
        returns: usize,
    ) -> f64 {
        trace_direct::task_queued(kind, callback, isolate(options), DirectCall { returns, frame })
    }

    /// As [`task_queued`].
    #[unsafe(naked)]
    extern "C" fn task_timer(
        _receiver: Value,
        _how: i32,
        _callback: Value,
        _due: f64,
        _options: &Options,
    ) -> f64 {
        // Numbers go in registers of their own.
        naked_asm!("mov r8, rbp", "mov r9, [rsp]", "jmp {}", sym task_timer_from)
    }

    extern "C" fn task_timer_from(
        _receiver: Value,
        how: i32,
        callback: Value,
        due: f64,
        options: &Options,
        frame: usize,
        returns: usize,
    ) -> f64 {
        trace_direct::task_timer(how, callback, due, isolate(options), DirectCall { returns, frame })
    }

    extern "C" fn request_opened(
        _receiver: Value,
        port: i32,
        method: &FastApiOneByteString,
        host: &FastApiOneByteString,
        path: &FastApiOneByteString,
        options: &Options,
    ) -> f64 {
        let texts = (method.as_bytes(), host.as_bytes(), path.as_bytes());
        trace_direct::request_opened(port, texts, isolate(options))
    }

    extern "C" fn request_answered(_receiver: Value, handle: f64, status: i32, options: &Options) -> bool {
        trace_direct::request_answered(handle, status, isolate(options))
    }

    extern "C" fn request_closed(_receiver: Value, handle: f64, options: &Options) -> bool {
        trace_direct::request_closed(handle, isolate(options))
    }

    extern "C" fn drain_entered(_receiver: Value, options: &Options) -> bool {
        trace_direct::drain_entered(isolate(options))
    }

    extern "C" fn drain_left(_receiver: Value, last: f64, options: &Options) -> bool {
        trace_direct::drain_left(last, isolate(options))
    }

    extern "C" fn task_armed(_receiver: Value, task: f64, due: f64, options: &Options) -> bool {
        trace_direct::task_armed(task, due, isolate(options))
    }

    extern "C" fn task_cancelled(_receiver: Value, task: f64, options: &Options) -> bool {
        trace_direct::task_cancelled(task, isolate(options))
    }

    extern "C" fn task_refd(_receiver: Value, task: f64, refd: bool, options: &Options) -> bool {
        trace_direct::task_refd(task, refd, isolate(options))
    }

    extern "C" fn task_started(_receiver: Value, task: f64, kind: i32, options: &Options) -> bool {
        trace_direct::task_started(task, kind, isolate(options))
    }

    extern "C" fn task_follows(
        _receiver: Value,
        before: f64,
        task: f64,
        kind: i32,
        options: &Options,
    ) -> bool {
        trace_direct::task_follows(before, task, kind, isolate(options))
    }

    extern "C" fn task_ended(_receiver: Value, task: f64, threw: bool, options: &Options) -> bool {
        trace_direct::task_ended(task, threw, isolate(options))
    }

    /// As [`task_queued`].
    #[unsafe(naked)]
    extern "C" fn promise_made(
        _receiver: Value,
        _promise: Value,
        _parent: Value,
        _options: &Options,
    ) -> bool {
        naked_asm!("mov r8, rbp", "mov r9, [rsp]", "jmp {}", sym promise_made_from)
    }

    extern "C" fn promise_made_from(
        _receiver: Value,
        promise: Value,
        parent: Value,
        options: &Options,
        frame: usize,
        returns: usize,
    ) -> bool {
        trace_direct::promise_made(promise, parent, isolate(options), DirectCall { returns, frame })
    }

    extern "C" fn promise_starts(_receiver: Value, promise: Value, options: &Options) -> bool {
        trace_direct::promise_starts(promise, isolate(options))
    }

    extern "C" fn promise_ended(_receiver: Value, promise: Value, options: &Options) -> bool {
        trace_direct::promise_ended(promise, isolate(options))
    }

    extern "C" fn promise_resolving(_receiver: Value, promise: Value, options: &Options) -> bool {
        trace_direct::promise_resolving(promise, isolate(options))
    }
}
