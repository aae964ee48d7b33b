//! Where the stack of a thread is at the moment, as another thread sees it: a signal has the thread say so itself.
//!
//! The signal is one of the real-time ones, which scripts cannot listen to and children do not inherit.

use std::ffi::c_void;
use std::sync::atomic::{AtomicPtr, AtomicU8, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Mutex, Once, PoisonError};
use std::time::Duration;

use crate::host::StackProbe;

/// The signal's number behind the first one of the real-time signals.
const SIGNAL: i32 = 8;

/// How often the thread is asked.
const TIMES: u32 = 100;

/// The time between two questions.
const PAUSE: Duration = Duration::from_micros(500);

/// What the thread is asked to do: nothing, to say where it is, or to act when it is high enough.
const NOTHING: u8 = 0;
const SAY: u8 = 1;
const ACT: u8 = 2;

/// Only one thread is asked at a time.
static ASKED: Mutex<()> = Mutex::new(());
static MODE: AtomicU8 = AtomicU8::new(NOTHING);
static HIGHEST: AtomicUsize = AtomicUsize::new(0);
static ANSWERS: AtomicU32 = AtomicU32::new(0);
static ACTION: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());
static OF_WHAT: AtomicUsize = AtomicUsize::new(0);

/// A thread whose stack is looked at. It has to live longer than this.
struct Thread(libc::pthread_t);

/// The means to look at the stack of the calling thread; `None` on machines where it is not known how.
pub fn probe() -> Option<Box<dyn StackProbe>> {
    static PREPARED: Once = Once::new();
    if !cfg!(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"))) {
        return None;
    }
    PREPARED.call_once(set_handler);
    // SAFETY: touches no memory of ours.
    Some(Box::new(Thread(unsafe { libc::pthread_self() })))
}

impl Thread {
    /// Asks until `is_done` or [`TIMES`] are over.
    fn ask(&self, mode: u8, is_done: impl Fn() -> bool) {
        MODE.store(mode, Ordering::SeqCst);
        for _ in 0..TIMES {
            // SAFETY: the thread lives, as whoever made this has to see to, and the signal has a handler.
            unsafe { libc::pthread_kill(self.0, libc::SIGRTMIN() + SIGNAL) };
            std::thread::sleep(PAUSE);
            if is_done() {
                break;
            }
        }
        MODE.store(NOTHING, Ordering::SeqCst);
    }
}

impl StackProbe for Thread {
    fn act_at_the_top(&self, what: usize, action: fn(what: usize, stack: usize)) -> bool {
        let guard = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
        HIGHEST.store(0, Ordering::SeqCst);
        ANSWERS.store(0, Ordering::SeqCst);
        self.ask(SAY, || false);
        let heard = ANSWERS.swap(0, Ordering::SeqCst) > 0;
        if heard {
            ACTION.store(action as *mut c_void, Ordering::SeqCst);
            OF_WHAT.store(what, Ordering::SeqCst);
            self.ask(ACT, || ANSWERS.load(Ordering::SeqCst) > 0);
        }
        let done = heard && ANSWERS.load(Ordering::SeqCst) > 0;
        drop(guard);
        done
    }
}

/// The thread was asked.
extern "C" fn asked(_signal: i32, _about: *mut libc::siginfo_t, context: *mut c_void) {
    let Some(stack) = stack_of(context) else { return };
    // SAFETY: this is the thread's own variable.
    let before = unsafe { *libc::__errno_location() };
    match MODE.load(Ordering::SeqCst) {
        SAY => {
            HIGHEST.fetch_max(stack, Ordering::SeqCst);
            ANSWERS.fetch_add(1, Ordering::SeqCst);
        }
        ACT if stack >= HIGHEST.load(Ordering::SeqCst)
            && MODE.compare_exchange(ACT, NOTHING, Ordering::SeqCst, Ordering::SeqCst).is_ok() =>
        {
            // SAFETY: in this mode it is such a function.
            let action = unsafe {
                std::mem::transmute::<*mut c_void, fn(usize, usize)>(ACTION.load(Ordering::SeqCst))
            };
            action(OF_WHAT.load(Ordering::SeqCst), stack);
            ANSWERS.fetch_add(1, Ordering::SeqCst);
        }
        _ => {}
    }
    // SAFETY: as above; what was interrupted may be about to read it.
    unsafe { *libc::__errno_location() = before };
}

/// The stack pointer of what was interrupted.
#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
fn stack_of(context: *mut c_void) -> Option<usize> {
    // SAFETY: the system hands this structure to handlers that take three arguments.
    let machine = unsafe { &(*context.cast::<libc::ucontext_t>()).uc_mcontext };
    #[cfg(target_arch = "x86_64")]
    let stack = machine.gregs[libc::REG_RSP as usize];
    #[cfg(target_arch = "aarch64")]
    let stack = machine.sp;
    usize::try_from(stack).ok()
}

/// It is not known where the system keeps it.
#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"))))]
fn stack_of(_context: *mut c_void) -> Option<usize> {
    None
}

fn set_handler() {
    // SAFETY: sigaction is plain numbers, for which zero bytes are valid.
    let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
    let handler: extern "C" fn(i32, *mut libc::siginfo_t, *mut c_void) = asked;
    action.sa_sigaction = handler as libc::sighandler_t;
    action.sa_flags = libc::SA_SIGINFO | libc::SA_RESTART;
    // SAFETY: the set and the action are valid for the calls; the handler only uses atomics and what it is given.
    unsafe {
        libc::sigemptyset(&raw mut action.sa_mask);
        libc::sigaction(libc::SIGRTMIN() + SIGNAL, &raw const action, std::ptr::null_mut());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static SEEN: AtomicUsize = AtomicUsize::new(0);

    #[test]
    fn a_thread_acts_where_its_stack_is_highest() {
        let (send, receive) = std::sync::mpsc::sync_channel(1);
        let (end, ended) = std::sync::mpsc::sync_channel::<()>(1);
        let thread = std::thread::Builder::new().name("probed".to_owned());
        let thread = thread.spawn(move || {
            send.send(probe()).unwrap();
            while ended.try_recv().is_err() {
                std::hint::spin_loop();
            }
        });
        let thread = thread.unwrap();
        let Some(probe) = receive.recv().unwrap() else { return };
        assert!(probe.act_at_the_top(7, |what, stack| SEEN.store(what.min(stack), Ordering::SeqCst)));
        assert_eq!(SEEN.load(Ordering::SeqCst), 7);
        end.send(()).unwrap();
        thread.join().unwrap();
    }
}
