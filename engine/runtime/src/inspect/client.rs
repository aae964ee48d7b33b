//! What V8's inspector asks of the runtime.

use std::rc::{Rc, Weak};

use super::strings;
use crate::js::state::State;

/// The runtime as the inspector sees it.
pub struct RunClient {
    state: Weak<State>,
    isolate: v8::UnsafeRawIsolatePtr,
}

impl RunClient {
    /// The client of the run with this state, on the isolate's thread.
    pub fn new(isolate: &v8::Isolate, state: &Rc<State>) -> Self {
        // SAFETY: the isolate outlives its inspector, and with it this client.
        let isolate = unsafe { isolate.as_raw_isolate_ptr() };
        Self { state: Rc::downgrade(state), isolate }
    }

    fn with(&self, act: impl FnOnce(&super::Inspector, &State)) {
        if let Some(state) = self.state.upgrade()
            && let Some(inspector) = state.any_inspector()
        {
            act(&inspector, &state);
        }
    }
}

impl v8::inspector::V8InspectorClientImpl for RunClient {
    fn run_message_loop_on_pause(&self, _context_group_id: i32) {
        self.with(|inspector, state| inspector.stand_still(state));
    }

    fn quit_message_loop_on_pause(&self) {
        self.with(|inspector, _| inspector.quit.set(true));
    }

    fn run_if_waiting_for_debugger(&self, _context_group_id: i32) {
        self.with(|inspector, _| inspector.begun.set(true));
    }

    /// Where things are evaluated while no JavaScript is on the stack.
    fn ensure_default_context_in_group(&self, _context_group_id: i32) -> Option<v8::Local<'_, v8::Context>> {
        let state = self.state.upgrade()?;
        // SAFETY: V8 asks on the isolate's thread, with a handle scope open in which the handle lives on.
        let mut isolate = unsafe { v8::Isolate::from_raw_isolate_ptr(self.isolate) };
        v8::callback_scope!(unsafe let scope, &mut isolate);
        let context = state.contexts.main(scope)?;
        // SAFETY: the handle lives in the scope of V8's own that is open around this call.
        Some(unsafe { std::mem::transmute::<v8::Local<v8::Context>, v8::Local<v8::Context>>(context) })
    }

    /// Scripts are named by their paths, clients know them by URLs.
    fn resource_name_to_url(
        &self,
        resource_name: &v8::inspector::StringView,
    ) -> Option<v8::UniquePtr<v8::inspector::StringBuffer>> {
        let name = strings::text(resource_name);
        if !name.starts_with('/') && !name.contains(":\\") {
            return None;
        }
        url::Url::from_file_path(&name).ok().map(|url| strings::buffer(url.as_str()))
    }
}
