//! Source places that have a number already, found by what tells them apart.

use loopscope_protocol::PlaceId;
use rustc_hash::{FxHashMap, FxHashSet};

use super::calls::Calls;

/// Frames of a stack trace that are looked through for one that belongs to the script rather than to a built-in module:
/// servers and streams call over many.
pub const FRAMES: usize = 12;

/// Frames whose addresses make up a call site at most: those of a stack trace, with V8's between them.
pub const DEPTH: usize = enough(FRAMES);

/// What the addresses of the innermost frames on the stack come to: a number of 64 bits, so that two sites that are not the
/// same hardly ever have the same in the life of a universe, and it need not be compared address by address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CallSite(u64);

impl CallSite {
    /// No frame.
    pub const EMPTY: Self = Self(0x9e37_79b9_7f4a_7c15);

    /// With one more address.
    #[inline]
    #[must_use]
    pub fn and(self, address: usize) -> Self {
        // Both halves of a product mix all bits (Y. Wang, "wyhash").
        let product = u128::from(self.0 ^ address as u64) * 0xa076_1d64_78bd_642f_u128;
        Self((product as u64) ^ ((product >> 64) as u64))
    }

    /// Where it stands in a table of so many entries, which is a power of two.
    #[inline]
    pub fn slot(self, entries: usize) -> usize {
        self.0 as usize & (entries - 1)
    }
}

/// A call of native code from optimized code that V8 makes as it makes those of its own: it leaves no trace of it where
/// native code is called as usual (`v8-fast-api-calls.h`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DirectCall {
    /// Where the native code returns to.
    pub returns: usize,
    /// The frame of the function that called it.
    pub frame: usize,
}

/// What asks for the place of a call: each is called over a number of the runtime's own frames that hardly varies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// A callback is scheduled.
    Task,
    /// A promise is made.
    Promise,
    /// An operation is started, or something else is asked of the runtime.
    Operation,
}

/// How many addresses are enough when the script's own frame is this many script frames deep: V8 puts at most one frame of
/// its own next to each of them, and one at the end of the stack.
const fn enough(index: usize) -> usize {
    2 * (index + 1) + 1
}

/// How many addresses are looked at to know a call again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Depth {
    /// Of those that are read from the stack.
    pub read: usize,
    /// Of those that V8 is asked for.
    pub asked: usize,
}

impl Default for Depth {
    fn default() -> Self {
        Self { read: 1, asked: enough(0) }
    }
}

/// What tells one source place from another: script, line and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PlaceKey {
    /// V8's number of the script.
    pub script: i32,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// The places of a run.
///
/// Lines and names take V8 far longer to find than the run takes to schedule a callback, so what was found once is
/// kept under what is cheap to learn: addresses for calls, the position of the text for functions.
#[derive(Default)]
pub struct Places {
    by_key: FxHashMap<PlaceKey, PlaceId>,
    by_site: FxHashMap<CallSite, PlaceId>,
    /// Sites of them that can only be told by asking V8.
    only_asked: FxHashSet<CallSite>,
    /// A direct call whose place was not known: the same function asks for it once more, in a call as usual.
    missed: Option<DirectCall>,
    /// How many addresses are looked at, by who asks. Every frame costs time.
    depths: [Depth; 3],
    by_function: FxHashMap<(i32, i32), PlaceId>,
    /// V8's numbers of scripts that belong to the runtime.
    internal: FxHashSet<i32>,
    /// Direct calls that made tasks lately.
    pub calls: Calls,
}

impl Places {
    /// The place with this key.
    pub fn get(&self, key: PlaceKey) -> Option<PlaceId> {
        self.by_key.get(&key).copied()
    }

    /// Keeps a place.
    pub fn insert(&mut self, key: PlaceKey, place: PlaceId) {
        self.by_key.insert(key, place);
    }

    /// The place of a call.
    #[inline]
    pub fn of_site(&self, site: &CallSite) -> Option<PlaceId> {
        self.by_site.get(site).copied()
    }

    /// How many addresses to look at for a call.
    #[inline]
    pub fn depth(&self, asker: Asker) -> Depth {
        self.depths[asker as usize]
    }

    /// A call is known again by that many addresses that are read from the stack. How many are looked at from now on, if
    /// there is room for so many.
    pub fn can_read(&mut self, asker: Asker, depth: usize) -> Option<usize> {
        let read = &mut self.depths[asker as usize].read;
        (depth <= DEPTH).then(|| {
            *read = depth.max(*read);
            *read
        })
    }

    /// The script's frame was this many script frames deep. How many addresses V8 is asked for from now on, if it can be
    /// asked for enough to know the call again.
    pub fn can_ask(&mut self, asker: Asker, index: usize) -> Option<usize> {
        let asked = &mut self.depths[asker as usize].asked;
        (enough(index) <= DEPTH).then(|| {
            *asked = enough(index).max(*asked);
            *asked
        })
    }

    /// Keeps the place of a call until [`Places::forget_sites`].
    pub fn insert_site(&mut self, site: CallSite, place: PlaceId) {
        self.by_site.insert(site, place);
    }

    /// As [`Places::insert_site`], for a call that only asking V8 tells from others.
    pub fn insert_asked(&mut self, site: CallSite, place: PlaceId) {
        self.insert_site(site, place);
        self.only_asked.insert(site);
    }

    /// Whether only asking V8 tells the call from others.
    pub fn is_only_asked(&self, site: &CallSite) -> bool {
        self.only_asked.contains(site)
    }

    /// The place of this direct call is to be learned from the usual call that follows.
    pub fn miss(&mut self, call: DirectCall) {
        self.missed = Some(call);
    }

    /// The direct call whose place is to be learned.
    pub fn take_missed(&mut self) -> Option<DirectCall> {
        self.missed.take()
    }

    /// Code may have moved: addresses mean nothing any more.
    pub fn forget_sites(&mut self) {
        self.by_site.clear();
        self.only_asked.clear();
        self.missed = None;
        self.depths = [Depth::default(); 3];
    }

    /// The place of the function whose text begins at `start` of a script.
    #[inline]
    pub fn of_function(&self, script: i32, start: i32) -> Option<PlaceId> {
        self.by_function.get(&(script, start)).copied()
    }

    /// Keeps the place of a function.
    pub fn insert_function(&mut self, script: i32, start: i32, place: PlaceId) {
        self.by_function.insert((script, start), place);
    }

    /// Whether a script belongs to the runtime.
    pub fn is_internal(&self, script: i32) -> bool {
        self.internal.contains(&script)
    }

    /// A script belongs to the runtime.
    pub fn add_internal(&mut self, script: i32) {
        self.internal.insert(script);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_differ_in_addresses_their_order_and_number() {
        let site = |addresses: &[usize]| addresses.iter().fold(CallSite::EMPTY, |site, &next| site.and(next));
        let sites = [&[][..], &[0], &[0, 0], &[1], &[1, 2], &[2, 1], &[1, 2, 3], &[1, 2, 4], &[0x10_0001, 2]]
            .map(site);
        for (index, one) in sites.iter().enumerate() {
            assert!(sites[index + 1..].iter().all(|other| one != other), "{index}");
        }
    }

    #[test]
    fn as_many_addresses_are_looked_at_as_the_deepest_known_call_needs() {
        let mut places = Places::default();
        let asked = |places: &Places, asker| places.depth(asker).asked;
        assert_eq!(asked(&places, Asker::Task), 3);
        assert_eq!((places.can_ask(Asker::Task, 2), places.can_ask(Asker::Task, 1)), (Some(7), Some(7)));
        assert_eq!((asked(&places, Asker::Task), asked(&places, Asker::Promise)), (7, 3));
        assert_eq!(places.can_ask(Asker::Operation, FRAMES), Some(DEPTH));
        assert_eq!(places.can_ask(Asker::Promise, FRAMES + 1), None);
        assert_eq!((asked(&places, Asker::Operation), asked(&places, Asker::Promise)), (DEPTH, 3));
        assert_eq!((places.can_read(Asker::Task, 4), places.can_read(Asker::Task, 2)), (Some(4), Some(4)));
        assert_eq!(places.can_read(Asker::Task, DEPTH + 1), None);
        assert_eq!(places.depth(Asker::Task), Depth { read: 4, asked: 7 });
        places.forget_sites();
        assert_eq!(places.depth(Asker::Task), Depth::default());
    }
}
