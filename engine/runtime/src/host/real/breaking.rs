//! Ends a call that blocks the loop's thread, from another thread: reading a pipe that nobody writes, a child that is
//! waited for. A signal makes the system call return, and what would call again looks whether that is wanted still.
//!
//! The signal is one of the real-time ones, which scripts cannot listen to and children do not inherit.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::time::Duration;

use super::errno::error;
use crate::host::{Breaker, HostError};

/// The signal's number behind the first one of the real-time signals.
const SIGNAL: i32 = 7;

/// How often the thread is signalled until it is out of its call: the signal may have come just before it.
const PAUSE: Duration = Duration::from_millis(2);

/// What a thread and those who want to end its calls both see.
struct Shared {
    /// No call is to block any more.
    ended: AtomicBool,
    /// The thread is in a call that can block.
    blocked: AtomicBool,
    /// The thread; `None` once it is gone.
    thread: Mutex<Option<libc::pthread_t>>,
}

impl Shared {
    /// Has the thread's call return; false when it is in none.
    fn disturb(&self) -> bool {
        // Nothing can panic with the lock.
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(thread) = thread.filter(|_| self.blocked.load(Ordering::SeqCst)) else { return false };
        // SAFETY: the thread lives as long as its number is there, and the signal has a handler.
        unsafe { libc::pthread_kill(thread, libc::SIGRTMIN() + SIGNAL) };
        true
    }
}

/// The part of [`Shared`] that the thread owns.
struct Here(Arc<Shared>);

impl Drop for Here {
    fn drop(&mut self) {
        *self.0.thread.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

thread_local! {
    static HERE: Here = {
        let thread = Mutex::new(
            // SAFETY: touches no memory of ours.
            Some(unsafe { libc::pthread_self() }),
        );
        Here(Arc::new(Shared { ended: AtomicBool::new(false), blocked: AtomicBool::new(false), thread }))
    };
    /// The same as `ended` of a thread that asked for a breaker; other threads need not look.
    static BREAKABLE: Cell<bool> = const { Cell::new(false) };
}

/// Ends the call that this thread will be in, and every one that follows.
pub fn breaker() -> Breaker {
    BREAKABLE.set(true);
    HERE.with(|Here(shared)| {
        shared.ended.store(false, Ordering::SeqCst);
        let shared = Arc::clone(shared);
        Arc::new(move || end_calls(&shared))
    })
}

fn end_calls(shared: &Arc<Shared>) {
    static HANDLER: Once = Once::new();
    if shared.ended.swap(true, Ordering::SeqCst) {
        return;
    }
    HANDLER.call_once(set_handler);
    if !shared.disturb() {
        return;
    }
    let again = Arc::clone(shared);
    let insist = move || {
        while again.disturb() {
            std::thread::sleep(PAUSE);
        }
    };
    // Without a thread for it the one signal has to do.
    drop(std::thread::Builder::new().name("breaker".to_owned()).spawn(insist));
}

/// Does a call that can block. On a thread whose calls were ended it fails at once.
///
/// # Errors
/// Those of the call; `ECANCELED` when calls were ended.
pub fn during<R>(call: impl FnOnce() -> Result<R, HostError>) -> Result<R, HostError> {
    if !BREAKABLE.get() {
        return call();
    }
    HERE.with(|Here(shared)| {
        // Either whoever ends calls sees this, or this sees that they are ended.
        shared.blocked.store(true, Ordering::SeqCst);
        let result = if shared.ended.load(Ordering::SeqCst) {
            Err(error(libc::ECANCELED, "call", None, None))
        } else {
            call()
        };
        shared.blocked.store(false, Ordering::SeqCst);
        result
    })
}

/// Whether this thread is to give up what it does.
pub fn ended() -> bool {
    BREAKABLE.get() && HERE.with(|Here(shared)| shared.ended.load(Ordering::Relaxed))
}

/// Sleeps, but not on when calls are ended.
pub fn sleep(time: Duration) {
    let mut left = time;
    while !left.is_zero() && !ended() {
        let part = if BREAKABLE.get() { left.min(PAUSE * 10) } else { left };
        std::thread::sleep(part);
        left -= part;
    }
}

extern "C" fn nothing(_signal: i32) {}

/// The system calls of a thread that gets the signal return; nothing else happens.
fn set_handler() {
    // SAFETY: sigaction is plain numbers, for which zero bytes are valid.
    let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
    let handler: extern "C" fn(i32) = nothing;
    action.sa_sigaction = handler as libc::sighandler_t;
    // SAFETY: the set and the action are valid for the calls; the handler does nothing.
    unsafe {
        libc::sigemptyset(&raw mut action.sa_mask);
        // Calls are not taken up again by the system: that is what the signal is for.
        libc::sigaction(libc::SIGRTMIN() + SIGNAL, &raw const action, std::ptr::null_mut());
    }
}
