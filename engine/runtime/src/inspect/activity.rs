//! Who is there for a run's inspector, and what follows from that.

use super::{Inspector, WINDOW, peer};
use crate::js::promise_hook;
use crate::js::state::State;

impl Inspector {
    /// Whether clients are there that came over the network.
    pub(super) fn has_visitors(&self) -> bool {
        let sessions = self.sessions.borrow();
        sessions.iter().any(|(id, session)| *id != WINDOW && session.client.sees_the_end())
    }

    /// Whether clients are there, or may come.
    #[inline]
    pub fn is_active(&self) -> bool {
        self.active.get()
    }

    /// Whether a client is there that the run stands still for.
    pub(super) fn is_attended(&self) -> bool {
        self.sessions.borrow().values().any(|session| session.client.is_waited_for())
    }

    /// A client came: from now on V8 reports promises in the way that suits a debugger.
    pub(super) fn somebody_came(&self, state: &State) {
        self.set_active(state, true);
    }

    /// A client went, or no more can come.
    pub(super) fn somebody_went(&self, state: &State) {
        let is_needed =
            self.is_expected || self.door.borrow().is_some() || !self.sessions.borrow().is_empty();
        self.set_active(state, is_needed);
    }

    fn set_active(&self, state: &State, is_active: bool) {
        if self.active.replace(is_active) != is_active {
            peer::enter(state, self.isolate, |scope| promise_hook::choose(scope, state));
        }
    }
}
