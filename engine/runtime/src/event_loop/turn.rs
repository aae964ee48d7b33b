//! One run of the loop until nothing keeps it alive.

use super::work::{Phase, Timeout, Work};

/// Why [`run`] returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Nothing that is ref'd is left.
    Idle,
    /// [`Work::stopped`] said so.
    Stopped,
}

/// libuv runs at most this many rounds of callbacks that completed writes queue right after poll.
const PENDING_ROUNDS_AFTER_POLL: usize = 8;

/// Runs turns until nothing keeps the loop alive. `turn` counts the turns over several runs, since `beforeExit` may
/// give the loop new work.
pub fn run(work: &mut impl Work, turn: &mut u32) -> End {
    work.update_time();
    if !alive(work) {
        return End::Idle;
    }
    if work.stopped() {
        return End::Stopped;
    }
    timers(work);
    while alive(work) {
        if work.stopped() {
            return End::Stopped;
        }
        *turn += 1;
        work.turn_started(*turn);
        let can_sleep = !work.has_pending();
        pending(work);
        poll(work, can_sleep);
        check(work);
        closing(work);
        work.update_time();
        timers(work);
    }
    if work.stopped() { End::Stopped } else { End::Idle }
}

/// Whether something ref'd is left to wait for.
pub fn alive(work: &impl Work) -> bool {
    work.has_active_io()
        || work.has_refd_immediates()
        || work.has_closing()
        || work.next_timer().is_some_and(|timer| timer.refd)
}

/// How long poll may sleep, as `uv_backend_timeout` defines it.
fn poll_timeout(work: &impl Work, can_sleep: bool) -> Timeout {
    if !can_sleep || work.stopped() || work.has_refd_immediates() || work.has_closing() || !alive(work) {
        return Timeout::Zero;
    }
    match work.next_timer() {
        None => Timeout::Infinite,
        Some(timer) if timer.due <= work.now() => Timeout::Zero,
        Some(timer) => Timeout::Millis(timer.due - work.now()),
    }
}

fn pending(work: &mut impl Work) {
    if work.has_pending() {
        work.phase_entered(Phase::Pending, None);
        work.run_pending();
        work.phase_left(Phase::Pending);
    }
}

fn poll(work: &mut impl Work, can_sleep: bool) {
    if work.stopped() {
        return;
    }
    let timeout = poll_timeout(work, can_sleep);
    work.phase_entered(Phase::Poll, Some(timeout));
    work.poll(timeout);
    for _ in 0..PENDING_ROUNDS_AFTER_POLL {
        if !work.has_pending() {
            break;
        }
        work.run_pending();
    }
    work.phase_left(Phase::Poll);
}

fn check(work: &mut impl Work) {
    if work.stopped() {
        return;
    }
    work.phase_entered(Phase::Check, None);
    work.run_immediates();
    work.phase_left(Phase::Check);
}

fn closing(work: &mut impl Work) {
    if work.stopped() || !work.has_closing() {
        return;
    }
    work.phase_entered(Phase::Closing, None);
    work.run_closing();
    work.phase_left(Phase::Closing);
}

fn timers(work: &mut impl Work) {
    if work.stopped() {
        return;
    }
    work.phase_entered(Phase::Timers, None);
    if work.next_timer().is_some_and(|timer| timer.due <= work.now()) {
        work.run_timers();
    }
    work.phase_left(Phase::Timers);
}
