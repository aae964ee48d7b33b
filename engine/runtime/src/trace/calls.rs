//! The calls that make tasks again and again, with all that is known of each of them in one place of memory: a server's
//! data pushes everything out of the processor's caches that is not close together.

use loopscope_protocol::PlaceId;

use super::places::CallSite;

/// How many calls are remembered; a power of two.
const ROOM: usize = 128;

/// What a call makes a task of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Callback {
    /// The function that lies there in memory.
    At(usize),
    /// What this owner, who has a place, schedules for itself.
    Owned(PlaceId),
}

/// The places that the trace tells of a new task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// That of the callback.
    pub callback: PlaceId,
    /// That of the call.
    pub site: PlaceId,
}

#[derive(Clone, Copy)]
struct Call {
    site: CallSite,
    callback: Callback,
    told: Told,
}

/// See the module.
pub struct Calls {
    known: Vec<Option<Call>>,
    /// After how many collections of garbage they were the calls: each of them may move functions.
    collections: u32,
}

impl Default for Calls {
    fn default() -> Self {
        Self { known: vec![None; ROOM], collections: 0 }
    }
}

impl Calls {
    /// What is known of a call, after that many collections of garbage.
    #[inline]
    pub fn get(&self, site: CallSite, callback: Callback, collections: u32) -> Option<Told> {
        let known = self.known[site.slot(ROOM)].as_ref()?;
        (self.collections == collections && known.site == site && known.callback == callback)
            .then_some(known.told)
    }

    /// Remembers a call.
    pub fn keep(&mut self, site: CallSite, callback: Callback, collections: u32, told: Told) {
        if self.collections != collections {
            self.collections = collections;
            self.known.fill(None);
        }
        self.known[site.slot(ROOM)] = Some(Call { site, callback, told });
    }
}

#[cfg(test)]
mod tests {
    use super::{Callback, Calls, Told};
    use crate::trace::CallSite;
    use loopscope_protocol::PlaceId;

    #[test]
    fn a_call_is_known_until_functions_may_have_moved() {
        let (mut calls, site) = (Calls::default(), CallSite::EMPTY.and(5));
        let told = Told { callback: PlaceId(3), site: PlaceId(4) };
        calls.keep(site, Callback::At(8), 1, told);
        assert_eq!(calls.get(site, Callback::At(8), 1), Some(told));
        assert_eq!(calls.get(site, Callback::At(16), 1), None, "another function");
        assert_eq!(calls.get(site, Callback::Owned(PlaceId(8)), 1), None, "no function");
        assert_eq!(calls.get(site.and(1), Callback::At(8), 1), None, "called from elsewhere");
        assert_eq!(calls.get(site, Callback::At(8), 2), None, "something else may lie there");
        calls.keep(site.and(2), Callback::At(24), 2, told);
        assert_eq!(calls.get(site, Callback::At(8), 2), None);
        assert_eq!(calls.get(site.and(2), Callback::At(24), 2), Some(told));
    }
}
