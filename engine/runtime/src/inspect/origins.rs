//! What V8 is told of so that stacks show where it came from, beside callbacks that run once: handles that have events as long
//! as they are open (a server, a connection, a port), and resources of `async_hooks`.

use std::cell::{Cell, RefCell};
use std::ffi::c_void;

use loopscope_protocol::TaskId;
use rustc_hash::FxHashMap;

use super::{Inspector, key, strings};
use crate::host::OpId;

/// What keys of handles and of resources have that those of tasks have not: no number of a task is so large.
const HANDLE: usize = 1 << 62;
const RESOURCE: usize = 3 << 61;

/// The handle of which a task is an event.
#[derive(Debug, Clone, Copy)]
struct Event {
    handle: OpId,
    /// Whether there are no more.
    is_last: bool,
}

/// See the module.
#[derive(Default)]
pub struct Origins {
    events: RefCell<FxHashMap<TaskId, Event>>,
    last_resource: Cell<usize>,
}

fn handle_key(handle: OpId) -> *const c_void {
    std::ptr::without_provenance((handle.0 as usize) << 1 | HANDLE)
}

fn resource_key(resource: usize) -> *const c_void {
    std::ptr::without_provenance(resource << 1 | RESOURCE)
}

impl Inspector {
    /// Something lasting was opened: its events come from here.
    pub fn handle_opened(&self, scope: &mut v8::PinScope, handle: OpId, name: &str) {
        self.lasts(scope, name, handle_key(handle));
    }

    /// It has no events any more.
    pub fn handle_closed(&self, handle: OpId) {
        let events = self.origins.events.borrow();
        if !events.values().any(|event| event.handle == handle) {
            // SAFETY: V8 never looks behind the pointer, it only tells tasks apart by it.
            unsafe { self.v8.async_task_canceled(handle_key(handle)) };
        }
    }

    /// A task is an event of a handle.
    pub fn is_event(&self, task: TaskId, handle: OpId, is_last: bool) {
        self.origins.events.borrow_mut().insert(task, Event { handle, is_last });
    }

    /// What a task is to V8.
    pub(super) fn key_of(&self, task: TaskId) -> *const c_void {
        let events = self.origins.events.borrow();
        events.get(&task).map_or_else(|| key(task), |event| handle_key(event.handle))
    }

    /// A task is over, or will not run.
    pub(super) fn forget_event(&self, task: TaskId) {
        let event = self.origins.events.borrow_mut().remove(&task);
        if let Some(event) = event.filter(|event| event.is_last) {
            self.handle_closed(event.handle);
        }
    }

    /// The script has made a resource; returns its number.
    pub fn resource_made(&self, scope: &mut v8::PinScope, name: &str) -> usize {
        let number = self.origins.last_resource.get() + 1;
        self.origins.last_resource.set(number);
        self.lasts(scope, name, resource_key(number));
        number
    }

    /// Something runs in the name of a resource.
    pub fn resource_entered(&self, number: usize) {
        // SAFETY: as above.
        unsafe { self.v8.async_task_started(resource_key(number)) };
    }

    /// It is over.
    pub fn resource_left(&self, number: usize) {
        // SAFETY: as above.
        unsafe { self.v8.async_task_finished(resource_key(number)) };
    }

    /// A step into what is called does not wait for the first event: a server may never have one.
    fn lasts(&self, scope: &mut v8::PinScope, name: &str, key: *const c_void) {
        let tell = || {
            // SAFETY: as above.
            strings::with_view(name, |name| unsafe { self.v8.async_task_scheduled(name, key, true) });
        };
        match self.entering.elsewhere_now(scope) {
            Some(context) => {
                let _inside = v8::ContextScope::new(scope, context);
                tell();
            }
            None => tell(),
        }
    }
}
