//! Lasting handles that the runtime itself serves: their events come from other threads of the program instead of the
//! host, but reach the loop as those of the host do.

use loopscope_protocol::{HandleId, TaskKind};

use super::state::{PendingOp, State, Traced};
use super::{async_operation, trace};
use crate::host::{HostEvent, OpId};

/// Opens a handle whose events call `callback`. `name` is shown with `target`; `resource` is what hooks of
/// `async_hooks` call it.
pub fn open(
    scope: &mut v8::PinScope,
    state: &State,
    (name, resource): (&'static str, &str),
    target: &str,
    callback: v8::Local<v8::Function>,
    refd: bool,
) -> OpId {
    let id = state.new_op();
    let context = scope.get_continuation_preserved_embedder_data();
    let traced = trace::with(scope, state, |tracer| {
        let place = trace::call_place(scope, state, tracer, crate::trace::Asker::Operation);
        tracer.imply(place);
        tracer.handle_opened(HandleId(id.0), name, target);
        let callback = tracer.nameless(place);
        Traced::Handle { kind: TaskKind::Message, callback, opener: tracer.running() }
    });
    if let Some(inspector) = state.inspector().filter(|_| traced.is_some()) {
        inspector.handle_opened(scope, id, name);
    }
    let async_ids = async_operation::start(scope, state, resource);
    let op = PendingOp {
        name,
        callback: v8::Global::new(scope, callback),
        context: (!context.is_undefined()).then(|| v8::Global::new(scope, context)),
        refd: true,
        traced: traced.unwrap_or_default(),
        async_ids,
    };
    state.refd_ops.set(state.refd_ops.get() + 1);
    state.pending.borrow_mut().insert(id, Box::new(op));
    state.lasting.borrow_mut().insert(id);
    if !refd {
        state.set_refd(id, false);
    }
    id
}

/// Has the handles follow each other in the order in which they were opened, each with all that it has to tell, as
/// libuv looks through its asynchronous handles. Everything else keeps its place.
pub fn arrange(state: &State, events: &mut [HostEvent]) {
    let lasting = state.lasting.borrow();
    if lasting.is_empty() {
        return;
    }
    let handle = |event: &HostEvent| match event {
        HostEvent::Completed { op, .. } => lasting.get(op).map(|op| op.0),
        _ => None,
    };
    let mut run = 0;
    for index in 0..=events.len() {
        if events.get(index).is_none_or(|event| handle(event).is_none()) {
            events[run..index].sort_by_key(|event| handle(event));
            run = index + 1;
        }
    }
}
