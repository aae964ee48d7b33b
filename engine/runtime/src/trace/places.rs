//! Source places that have a number already, found by what tells them apart.

use loopscope_protocol::PlaceId;
use rustc_hash::{FxHashMap, FxHashSet};

/// Frames whose addresses make up a call site: the runtime's own, the script's, and some to spare.
const DEPTH: usize = 8;

/// Addresses of the innermost frames on the stack, 0 where there are no more.
pub type CallSite = [usize; DEPTH];

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
    by_function: FxHashMap<(i32, i32), PlaceId>,
    /// V8's numbers of scripts that belong to the runtime.
    internal: FxHashSet<i32>,
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
    pub fn of_site(&self, site: &CallSite) -> Option<PlaceId> {
        self.by_site.get(site).copied()
    }

    /// Keeps the place of a call until [`Places::forget_sites`].
    pub fn insert_site(&mut self, site: CallSite, place: PlaceId) {
        self.by_site.insert(site, place);
    }

    /// Code may have moved: addresses mean nothing any more.
    pub fn forget_sites(&mut self) {
        self.by_site.clear();
    }

    /// The place of the function whose text begins at `start` of a script.
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
