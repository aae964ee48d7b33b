//! Ops of `util.setTraceSigInt`: SIGINT prints where the script is before it ends the process.

use std::rc::Rc;

use crate::host::{HostEvent, Request, Response, SystemRequest};
use crate::js::ops::{Args, OpDecl, OpResult, Ret};
use crate::js::state::State;
use crate::js::{convert, lasting, stack};
use crate::ops;

/// The table.
pub const OPS: &[OpDecl] = ops![interrupt_end, interrupt_trace, interrupt_untrace];

/// `(callback)`: from now on SIGINT prints the stack and ends the process. When no script runs, the loop calls the function
/// instead.
fn interrupt_trace(scope: &mut v8::PinScope, args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    let callback = convert::function(args.get(0))?;
    let op = lasting::open(scope, &state, ("sigint", "SIGINTWATCHDOG"), "", callback, false);
    let reporter = state.host.borrow().reporter();
    let isolate = scope.thread_safe_handle();
    let then = move || {
        // A run that is over has nothing to show.
        let _ = isolate.request_interrupt(interrupted, std::ptr::null_mut());
        reporter(HostEvent::Completed { op, result: Ok(Response::Unit), last: false });
    };
    let interception = state.host.borrow_mut().intercept_interrupts(Box::new(then))?;
    *state.interception.borrow_mut() = interception;
    Ok(())
}

/// `()`: SIGINT ends the process without a word again.
fn interrupt_untrace(scope: &mut v8::PinScope, _args: Args, _ret: Ret) -> OpResult {
    drop(State::of(scope).interception.take());
    Ok(())
}

/// `()`: the loop has heard of the signal.
fn interrupt_end(scope: &mut v8::PinScope, _args: Args, _ret: Ret) -> OpResult {
    let state = State::of(scope);
    end(&state, "");
    Ok(())
}

fn end(state: &State, stack: &str) {
    let text = format!("KEYBOARD_INTERRUPT: Script execution was interrupted by `SIGINT`\n{stack}\n");
    let request = SystemRequest::WriteStandard { fd: 2, bytes: text.into_bytes() };
    // Standard error being closed leaves nobody to tell.
    drop(state.call(Request::System(request)));
    // The signal does again what it does by default.
    drop(state.interception.take());
    let pid = i32::try_from(std::process::id()).unwrap_or_default();
    drop(state.call(Request::System(SystemRequest::Kill { pid, signal: libc::SIGINT })));
}

unsafe extern "C" fn interrupted(isolate: v8::UnsafeRawIsolatePtr, _: *mut std::ffi::c_void) {
    // SAFETY: V8 passes the isolate it interrupted, on that isolate's own thread.
    let mut isolate = unsafe { v8::Isolate::from_raw_isolate_ptr(isolate) };
    let Some(state) = isolate.get_slot::<Rc<State>>().cloned() else { return };
    v8::scope!(let scope, &mut isolate);
    let Some(context) = state.contexts.main(scope) else { return };
    let scope = &mut v8::ContextScope::new(scope, context);
    end(&state, &stack::text(scope));
}
