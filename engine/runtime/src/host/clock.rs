//! The loop's clock: nanoseconds since a moment, read from the processor's own counter where that can be trusted.
//!
//! Asking the system for the time costs as much as everything else that an event of a traced run costs. A processor
//! with an invariant counter (AMD64 Architecture Programmer's Manual, volume 3, CPUID function 8000_0007h) counts at one
//! rate, whatever it does; so the system is asked every few milliseconds only, and the counter tells what passed since.

use std::cell::Cell;
use std::time::{Duration, Instant};

/// The system is asked again after this many nanoseconds at the latest.
const VALID: u64 = 10_000_000;

/// A rate is measured over at least this many nanoseconds, of which one reading is a small part.
const MEASURED: u64 = 1_000_000;

/// How many parts of a nanosecond rates are counted in, as a power of two.
const FRACTION: u32 = 32;

/// Rates differ by less than this part from one measurement to the next.
const UNLIKELY: u64 = 100;

/// Readings of the two clocks are taken together up to this often until nothing came between them.
const TRIES: usize = 4;

/// Ticks between which nothing came: some hundred nanoseconds.
const TOGETHER: u64 = 2_000;

/// A moment that both clocks are known for.
#[derive(Debug, Clone, Copy)]
struct Anchor {
    ticks: u64,
    nanos: u64,
    /// Nanoseconds a tick, in parts of `FRACTION`; 0 until they were measured.
    rate: u64,
    /// For how many ticks the rate may be trusted.
    valid: u64,
}

/// See the module.
#[derive(Debug)]
pub struct Clock {
    epoch: Instant,
    counted: bool,
    anchor: Cell<Anchor>,
    last: Cell<u64>,
}

impl Clock {
    /// A clock that counts from `epoch`.
    pub fn new(epoch: Instant) -> Self {
        let (ticks, nanos) = read_both(epoch);
        let anchor = Anchor { ticks, nanos, rate: 0, valid: 0 };
        Self { epoch, counted: counter::is_steady(), anchor: Cell::new(anchor), last: Cell::new(nanos) }
    }

    /// The moment it counts from.
    pub fn epoch(&self) -> Instant {
        self.epoch
    }

    /// Nanoseconds since then; never less than before.
    #[inline]
    pub fn now(&self) -> u64 {
        if !self.counted {
            return since(self.epoch);
        }
        let anchor = self.anchor.get();
        let passed = counter::ticks().wrapping_sub(anchor.ticks);
        let now =
            if passed < anchor.valid { anchor.nanos + scaled(passed, anchor.rate) } else { self.ask(anchor) };
        let now = now.max(self.last.get());
        self.last.set(now);
        now
    }

    /// Asks the system, and learns from its answer how fast the counter is.
    #[cold]
    #[inline(never)]
    fn ask(&self, before: Anchor) -> u64 {
        let (ticks, nanos) = read_both(self.epoch);
        let (counted, passed) = (ticks.wrapping_sub(before.ticks), nanos.saturating_sub(before.nanos));
        if passed >= MEASURED {
            let rate = likely(rate(counted, passed), before.rate);
            let valid = if rate == 0 { 0 } else { ticks_in(VALID.min(passed), rate) };
            self.anchor.set(Anchor { ticks, nanos, rate, valid });
        }
        nanos
    }
}

/// Both clocks at the same moment, as near as can be.
fn read_both(epoch: Instant) -> (u64, u64) {
    let mut best = (u64::MAX, 0, 0);
    for _ in 0..TRIES {
        let before = counter::ticks();
        let nanos = since(epoch);
        let took = counter::ticks().wrapping_sub(before);
        if took < best.0 {
            best = (took, before.wrapping_add(took / 2), nanos);
        }
        if took < TOGETHER {
            break;
        }
    }
    (best.1, best.2)
}

fn since(epoch: Instant) -> u64 {
    nanos(epoch.elapsed())
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

/// Nanoseconds in so many ticks; short spans only, which the products have room for.
#[inline]
fn scaled(ticks: u64, rate: u64) -> u64 {
    u64::try_from((u128::from(ticks) * u128::from(rate)) >> FRACTION).unwrap_or(u64::MAX)
}

fn ticks_in(nanos: u64, rate: u64) -> u64 {
    u64::try_from((u128::from(nanos) << FRACTION) / u128::from(rate)).unwrap_or(0)
}

/// Nanoseconds a tick; 0 when no tick was counted or the counter began anew.
fn rate(ticks: u64, nanos: u64) -> u64 {
    let rate = (u128::from(nanos) << FRACTION).checked_div(u128::from(ticks)).unwrap_or(0);
    u64::try_from(rate).unwrap_or(0)
}

/// The rate just measured; 0, so that it is measured anew, when it is not nearly the one before it. That happens when the
/// machine slept, during which only one of the clocks goes on, or when something came between two readings.
fn likely(measured: u64, before: u64) -> u64 {
    if before == 0 || measured.abs_diff(before) <= before / UNLIKELY { measured } else { 0 }
}

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod counter {
    use std::arch::x86_64::{__cpuid, _rdtsc};

    /// What the kernel reads the time from when it found the counters of all processors to agree.
    const SOURCE: &str = "/sys/devices/system/clocksource/clocksource0/current_clocksource";

    /// Whether the counter goes on at one rate, and is the same on every processor.
    pub fn is_steady() -> bool {
        const POWER: u32 = 0x8000_0007;
        const INVARIANT: u32 = 1 << 8;
        let is_invariant = __cpuid(0x8000_0000).eax >= POWER && __cpuid(POWER).edx & INVARIANT != 0;
        is_invariant && std::fs::read_to_string(SOURCE).is_ok_and(|source| source.trim() == "tsc")
    }

    #[inline]
    pub fn ticks() -> u64 {
        // SAFETY: every processor of this architecture has the instruction, which only reads a register.
        unsafe { _rdtsc() }
    }
}

#[cfg(not(all(target_arch = "x86_64", target_os = "linux")))]
mod counter {
    /// No counter is known here.
    pub fn is_steady() -> bool {
        false
    }

    #[inline]
    pub fn ticks() -> u64 {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_agrees_with_the_system_and_never_goes_back() {
        let epoch = Instant::now();
        let clock = Clock::new(epoch);
        let mut last = 0;
        while since(epoch) < 40_000_000 {
            let before = since(epoch);
            let now = clock.now();
            let after = since(epoch);
            assert!(now >= last, "{now} after {last}");
            // A hundredth of what may pass between two looks at the system's clock.
            assert!(now + 100_000 >= before && now <= after + 100_000, "{before} {now} {after}");
            last = now;
        }
    }

    #[test]
    fn rates_measured_over_a_sleep_of_the_machine_do_not_count() {
        let usual = rate(3_000_000, 1_000_000);
        assert_eq!(scaled(3_000, usual), 999);
        assert_eq!(scaled(ticks_in(1_000_000, usual), usual), 999_999);
        assert_eq!(likely(usual + usual / 1000, usual), usual + usual / 1000);
        // One clock went on for a second while the other stood; the counter began anew.
        assert_eq!(likely(rate(3_003_000_000, 1_000_000), usual), 0);
        assert_eq!(likely(rate(u64::MAX - 5, 1_000_000), usual), 0);
        assert_eq!(likely(usual, 0), usual);
        assert_eq!(rate(0, 1_000_000), 0);
    }
}
