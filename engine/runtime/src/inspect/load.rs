//! How much is on its way to a client: messages can be large, so that their number alone bounds no memory.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Bytes of messages that wait for a client at most, unless a single one is larger.
const MOST: usize = 16 << 20;

/// Bytes on their way.
#[derive(Debug, Default)]
pub struct Load {
    carried: Mutex<Carried>,
    lighter: Condvar,
}

#[derive(Debug, Default)]
struct Carried {
    bytes: usize,
    /// Nobody takes anything any more.
    is_over: bool,
}

impl Load {
    fn lock(&self) -> MutexGuard<'_, Carried> {
        self.carried.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts so many bytes on, when there is room for them in time; where nothing else is, there is room for anything.
    pub fn put(&self, bytes: usize, time: Duration) -> bool {
        let has_room =
            |carried: &Carried| carried.is_over || carried.bytes == 0 || carried.bytes + bytes <= MOST;
        let waited = self.lighter.wait_timeout_while(self.lock(), time, |carried| !has_room(carried));
        let mut carried = waited.unwrap_or_else(PoisonError::into_inner).0;
        let fits = has_room(&carried);
        if fits {
            carried.bytes += bytes;
        }
        fits
    }

    /// So many bytes have arrived, or never will.
    pub fn take(&self, bytes: usize) {
        let mut carried = self.lock();
        carried.bytes = carried.bytes.saturating_sub(bytes);
        drop(carried);
        self.lighter.notify_one();
    }

    /// Whoever took them is gone: nobody waits for room any more.
    pub fn end(&self) {
        self.lock().is_over = true;
        self.lighter.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_messages_wait_for_room_and_a_single_one_has_it() {
        let load = Load::default();
        assert!(load.put(MOST * 4, Duration::ZERO), "alone");
        assert!(!load.put(1, Duration::ZERO), "behind it");
        load.take(MOST * 4);
        assert!(load.put(MOST - 1, Duration::ZERO));
        assert!(load.put(1, Duration::ZERO));
        assert!(!load.put(1, Duration::from_millis(1)), "full");
        load.end();
        assert!(load.put(MOST, Duration::ZERO), "nobody takes it");
    }
}
