//! What the loop needs from the one who uses it.

pub use loopscope_protocol::Phase;

/// How long the poll phase may sleep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timeout {
    /// Do not sleep: something is ready to run.
    Zero,
    /// Sleep until a timer is due: milliseconds.
    Millis(u64),
    /// Sleep until I/O completes.
    Infinite,
}

/// The earliest timer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextTimer {
    /// Loop time at which it is due, in milliseconds.
    pub due: u64,
    /// Whether it keeps the loop alive.
    pub refd: bool,
}

/// The callbacks of the loop. Every method that runs callbacks drains next ticks and microtasks after each of them.
pub trait Work {
    /// Reads the clock anew; [`Work::now`] stays the same until the next call, as libuv's loop time does.
    fn update_time(&mut self);

    /// Loop time in milliseconds.
    fn now(&self) -> u64;

    /// The earliest timer, if there is any.
    fn next_timer(&self) -> Option<NextTimer>;

    /// Runs the timers that are due at [`Work::now`].
    fn run_timers(&mut self);

    /// Whether callbacks wait for the pending phase.
    fn has_pending(&self) -> bool;

    /// Runs the callbacks of the pending phase.
    fn run_pending(&mut self);

    /// Sleeps for at most `timeout` and handles what completed.
    fn poll(&mut self, timeout: Timeout);

    /// Whether a ref'd immediate waits, so that poll must not sleep.
    fn has_refd_immediates(&self) -> bool;

    /// Runs the immediates queued so far.
    fn run_immediates(&mut self);

    /// Whether close callbacks wait.
    fn has_closing(&self) -> bool;

    /// Runs the close callbacks queued so far.
    fn run_closing(&mut self);

    /// Whether a ref'd request or handle other than timers and immediates is active.
    fn has_active_io(&self) -> bool;

    /// Whether the loop must end at once (`process.exit`, stop).
    fn stopped(&self) -> bool;

    /// A new turn begins; turns count from 1.
    fn turn_started(&mut self, turn: u32);

    /// A phase is entered; `timeout` is set for poll only. Turn 0 stands for the timers before the first turn.
    fn phase_entered(&mut self, phase: Phase, timeout: Option<Timeout>);

    /// A phase is left.
    fn phase_left(&mut self, phase: Phase);
}
