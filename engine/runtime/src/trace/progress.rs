//! Bytes that went through sockets and pipes: told now and then, since they move by the million.

use loopscope_protocol::{EventKind, HandleId, Nanos};
use rustc_hash::FxHashMap;

use super::recent::Recent;

/// One handle's bytes are told no more often than this, in nanoseconds.
const INTERVAL: Nanos = 50_000_000;

/// Handles that are gone stay listed as long as there are fewer than this, beside as many as there are others.
const SPARE: usize = 64;

struct Moved {
    handle: HandleId,
    /// The host's socket that this handle is.
    socket: Option<u64>,
    read: u64,
    written: u64,
    /// Something moved since it was last told.
    is_news: bool,
    /// It is among those to look at before the loop sleeps.
    is_listed: bool,
    /// When it was last told.
    told: Nanos,
}

impl Moved {
    fn of(handle: HandleId) -> Self {
        Self { handle, socket: None, read: 0, written: 0, is_news: false, is_listed: false, told: 0 }
    }

    fn tell(&mut self, now: Nanos) -> EventKind {
        self.is_news = false;
        self.told = now;
        EventKind::HandleProgress { handle: self.handle, read: self.read, written: self.written }
    }
}

/// Handles and sockets that stand in a table; a power of two.
const TABLE: usize = 256;

/// Where in the list of all handles one of them stands.
type Seat = usize;

/// The bytes of all handles that are open.
#[derive(Default)]
pub struct Progress {
    /// By seat; those of handles that are gone are taken again.
    moved: Vec<Moved>,
    free: Vec<Seat>,
    seats: Recent<HandleId, Seat, TABLE>,
    /// Those of which there may be news, in the order in which they moved.
    listed: Vec<HandleId>,
    /// The handles in the trace of the host's sockets.
    sockets: Recent<u64, Seat, TABLE>,
    /// What was written to sockets before they were handles.
    early: FxHashMap<u64, u64>,
}

impl Progress {
    /// A socket of the host's is this handle.
    pub fn open(&mut self, socket: u64, handle: HandleId) {
        let seat = self.seat(handle);
        self.sockets.remove(socket);
        self.sockets.insert(socket, seat);
        self.moved[seat].socket = Some(socket);
        if let Some(written) = self.early.remove(&socket) {
            self.add(seat, 0, written);
        }
    }

    /// Bytes went out through a socket of the host's; returns what is to be told.
    pub fn wrote(&mut self, socket: u64, bytes: u64, now: Nanos) -> Option<EventKind> {
        let Some(&seat) = self.sockets.get(socket) else {
            *self.early.entry(socket).or_default() += bytes;
            return None;
        };
        self.moved_at(seat, 0, bytes, now)
    }

    /// Bytes moved; returns what is to be told.
    pub fn moved(&mut self, handle: HandleId, read: u64, written: u64, now: Nanos) -> Option<EventKind> {
        let seat = self.seat(handle);
        self.moved_at(seat, read, written, now)
    }

    fn moved_at(&mut self, seat: Seat, read: u64, written: u64, now: Nanos) -> Option<EventKind> {
        let moved = self.add(seat, read, written);
        (now >= moved.told + INTERVAL).then(|| moved.tell(now))
    }

    fn seat(&mut self, handle: HandleId) -> Seat {
        match self.seats.get(handle) {
            Some(&seat) => seat,
            None => self.take_seat(handle),
        }
    }

    fn take_seat(&mut self, handle: HandleId) -> Seat {
        let seat = match self.free.pop() {
            Some(seat) => {
                self.moved[seat] = Moved::of(handle);
                seat
            }
            None => {
                self.moved.push(Moved::of(handle));
                self.moved.len() - 1
            }
        };
        self.seats.insert(handle, seat);
        seat
    }

    fn add(&mut self, seat: Seat, read: u64, written: u64) -> &mut Moved {
        let moved = &mut self.moved[seat];
        moved.read += read;
        moved.written += written;
        moved.is_news = true;
        if !moved.is_listed {
            moved.is_listed = true;
            self.listed.push(moved.handle);
        }
        moved
    }

    /// What was not told yet: the loop is about to sleep.
    pub fn rest(&mut self, now: Nanos) -> Vec<EventKind> {
        let listed = std::mem::take(&mut self.listed);
        let news = listed.into_iter().filter_map(|handle| {
            let moved = &mut self.moved[*self.seats.get(handle)?];
            moved.is_listed = false;
            moved.is_news.then(|| moved.tell(now))
        });
        news.collect()
    }

    /// The handle is gone; returns what was not told yet.
    pub fn close(&mut self, handle: HandleId, now: Nanos) -> Option<EventKind> {
        let seat = self.seats.remove(handle)?;
        self.free.push(seat);
        if let Some(socket) = self.moved[seat].socket
            && self.sockets.get(socket) == Some(&seat)
        {
            self.sockets.remove(socket);
        }
        if self.listed.len() > 2 * (self.moved.len() - self.free.len()) + SPARE {
            self.listed.retain(|&listed| self.seats.get(listed).is_some());
        }
        let moved = &mut self.moved[seat];
        moved.is_news.then(|| moved.tell(now))
    }
}

#[cfg(test)]
mod tests {
    use super::{INTERVAL, Progress, SPARE};
    use loopscope_protocol::{EventKind, HandleId};

    #[test]
    fn nothing_is_lost_and_little_is_told() {
        let (mut progress, handle) = (Progress::default(), HandleId(3));
        assert_eq!(progress.wrote(9, 7, 1), None);
        progress.open(9, handle);
        assert_eq!(progress.moved(handle, 5, 0, 1), None);
        let told = EventKind::HandleProgress { handle, read: 5, written: 7 };
        assert_eq!(progress.moved(handle, 0, 0, INTERVAL + 1), Some(told));
        assert!(progress.rest(INTERVAL + 2).is_empty());
        assert_eq!(progress.wrote(9, 1, INTERVAL + 3), None);
        let told = EventKind::HandleProgress { handle, read: 5, written: 8 };
        assert_eq!(progress.close(handle, INTERVAL + 4), Some(told));
        assert_eq!(progress.close(handle, INTERVAL + 5), None);
    }

    #[test]
    fn handles_that_are_gone_take_no_room() {
        let mut progress = Progress::default();
        for number in 1..10_000 {
            progress.moved(HandleId(number), 1, 0, 1);
            progress.close(HandleId(number), 1);
        }
        assert!(progress.listed.len() <= SPARE + 1 && progress.moved.len() == 1 && progress.free.len() == 1);
    }
}
