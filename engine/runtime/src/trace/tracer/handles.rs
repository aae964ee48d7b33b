//! Operations, handles and requests: what they are called, what moves through them, and which tasks are about them.

use std::sync::Arc;

use loopscope_protocol::{EventKind, HandleId, OpId, PlaceId, TaskId, TaskKind, TextId};

use super::{Target, Tracer};
use crate::trace::requests::Answered;

impl Tracer {
    /// Reports an operation and its callback's task.
    pub fn op_started(
        &mut self,
        op: OpId,
        name: &str,
        target: &str,
        callback: PlaceId,
        site: PlaceId,
    ) -> TaskId {
        let task = self.create(TaskKind::IoCompletion, callback, site);
        let (name, target) = (self.name(name), self.about(target));
        self.emit(EventKind::OpStarted { op, task, name: name.id, target: target.id });
        self.aim(task, Arc::new(Target { name: name.text, about: target.text }));
        task
    }

    /// A task is about this.
    fn aim(&mut self, task: TaskId, target: Arc<Target>) {
        if let Some(known) = self.kinds.get_mut(task) {
            known.has_target = true;
            self.targets.insert(task, target);
        }
    }

    /// Reports an operation that has many results; each of them makes a task of its own.
    pub fn handle_opened(&mut self, handle: HandleId, name: &str, target: &str) {
        let (name, target) = (self.name(name), self.about(target));
        self.emit(EventKind::HandleOpened { handle, name: name.id, target: target.id });
        self.handles.insert(handle, Arc::new(Target { name: name.text, about: target.text }));
    }

    /// Reports a request, which is a handle that nothing moves through: one that is served here or one to others, and what it
    /// asks for.
    pub fn request_opened(&mut self, handle: HandleId, is_served: bool, target: &str) {
        let mut name = self.request_names[usize::from(is_served)];
        if name == TextId::NONE {
            name = self.text(if is_served { "http.server" } else { "http.request" });
            self.request_names[usize::from(is_served)] = name;
        }
        let target = self.about(target);
        self.emit(EventKind::HandleOpened { handle, name, target: target.id });
        self.requests.open(handle, target.id, target.text);
    }

    /// A request was answered with this status.
    pub fn request_answered(&mut self, handle: HandleId, status: u16) {
        let target = match self.requests.answered(handle, status) {
            Answered::Known(target) => target,
            Answered::New(text) => {
                let target = self.text_once(&text);
                self.requests.keep(handle, status, target);
                target
            }
            Answered::Nothing => return,
        };
        self.emit(EventKind::HandleTarget { handle, target });
    }

    /// Request and answer are over.
    pub fn request_closed(&mut self, handle: HandleId) {
        self.requests.close(handle);
        self.emit(EventKind::HandleClosed { handle });
    }

    /// A socket of the host's is this handle.
    pub fn socket_opened(&mut self, socket: u64, handle: HandleId) {
        self.progress.open(socket, handle);
    }

    /// Bytes came in through a handle.
    pub fn handle_read(&mut self, handle: HandleId, bytes: u64) {
        if let Some(kind) = self.progress.moved(handle, bytes, 0, self.now) {
            self.emit(kind);
        }
    }

    /// Bytes went out through a socket of the host's.
    pub fn socket_wrote(&mut self, socket: u64, bytes: u64) {
        if let Some(kind) = self.progress.wrote(socket, bytes, self.now) {
            self.emit(kind);
        }
    }

    /// Reports that a handle is gone.
    pub fn handle_closed(&mut self, handle: HandleId) {
        if let Some(kind) = self.progress.close(handle, self.now) {
            self.emit(kind);
        }
        self.handles.remove(&handle);
        self.emit(EventKind::HandleClosed { handle });
    }

    /// A task is about something that a handle reported, its last word or one before that.
    pub fn task_of_handle(&mut self, task: TaskId, handle: HandleId, is_last: bool) {
        // After its last word the handle is gone before the callback runs.
        if !is_last
            && let Ok(number) = u32::try_from(handle.0)
            && let Some(known) = self.kinds.get_mut(task)
        {
            known.handle = number;
        } else if let Some(target) = self.handles.get(&handle) {
            self.aim(task, Arc::clone(target));
        }
    }
}
