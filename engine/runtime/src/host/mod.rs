//! The one boundary between JavaScript and the world: clock, randomness and operations.
//!
//! Arguments and results are plain data, so that a host can wrap another one to delay or fail operations, to record
//! them or to answer from a recording.

mod clock;
pub mod databases;
mod error;
pub(crate) mod front;
pub mod real;
pub mod request;
mod thread;

use std::time::Duration;

pub use clock::Clock;
pub use error::HostError;
pub use request::{
    Agreement, CopyOptions, CryptoRequest, DgramOption, DgramRequest, DnsRequest, FileRequest, ModuleRequest,
    NetAddress, NetOption, NetRequest, NewKey, Request, Response, RsaOperation, SystemRequest,
};

pub use thread::ThreadHost;

pub use loopscope_protocol::OpId;

/// Something that happened at an operation since the last [`Host::poll`].
#[derive(Debug)]
pub enum HostEvent {
    /// A thread of the pool began to work on the operation. `at` is [`Host::now`] at that moment.
    SlotTaken {
        /// The operation.
        op: OpId,
        /// Number of the pool thread, from 0.
        slot: u16,
        /// Nanoseconds.
        at: u64,
    },
    /// The pool thread is free again.
    SlotFreed {
        /// Number of the pool thread, from 0.
        slot: u16,
        /// Nanoseconds.
        at: u64,
    },
    /// The operation has a result. With `last` false more results follow (a watcher, a listening socket).
    Completed {
        /// The operation.
        op: OpId,
        /// What came of it.
        result: Result<Response, HostError>,
        /// Whether the operation is over.
        last: bool,
    },
}

/// Wakes a host that sleeps in [`Host::poll`], from any thread.
pub type Waker = std::sync::Arc<dyn Fn() + Send + Sync>;

/// What is to be done when [`Host::poll`] finds nothing and is about to sleep for more than a moment. It must not use the host.
pub type BeforeSleep<'a> = Option<&'a mut dyn FnMut()>;

/// Ends the call in which a host blocks its thread ([`Host::call`]) and every such call that follows, from any thread: the run
/// is over.
pub type Breaker = std::sync::Arc<dyn Fn() + Send + Sync>;

/// Reports an event to a host from any thread, as if the host had found it itself, and wakes it.
pub type Reporter = std::sync::Arc<dyn Fn(HostEvent) + Send + Sync>;

/// Makes a host on another thread of the same program, with the same clock.
pub type MakeHost = Box<dyn FnOnce() -> std::io::Result<Box<dyn Host>> + Send>;

/// What the runtime knows of the world.
pub trait Host {
    /// Monotonic clock in nanoseconds since an arbitrary start.
    fn now(&self) -> u64;

    /// The clock behind [`Host::now`], where whoever asks very often may read it without the host.
    fn clock(&self) -> Option<std::rc::Rc<Clock>>;

    /// Wall clock in nanoseconds since 1970-01-01 UTC.
    fn wall_clock(&self) -> u64;

    /// Fills `out` with bytes from the system's cryptographic random source.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    fn random(&mut self, out: &mut [u8]) -> Result<(), HostError>;

    /// Does an operation at once, blocking the caller.
    ///
    /// # Errors
    /// What the system call failed with.
    fn call(&mut self, request: Request) -> Result<Response, HostError>;

    /// Whether [`Host::call`] may wait for somebody else to come: a child to end, a pipe to be written.
    fn may_wait(&self, request: &Request) -> bool;

    /// Starts an operation whose result [`Host::poll`] will report under `op`.
    fn start(&mut self, op: OpId, request: Request);

    /// Asks to end an operation early. Returns false when it cannot be ended any more; its result then comes as usual.
    fn cancel(&mut self, op: OpId) -> bool;

    /// Waits until something happened, [`Waker`] was called or `timeout` is over (`None`: for ever), and appends what
    /// happened to `events`. With `before_sleep` it looks whether anything has happened already first.
    fn poll(&mut self, timeout: Option<Duration>, events: &mut Vec<HostEvent>, before_sleep: BeforeSleep);

    /// Whether results are there that nothing has to be waited for: operations that were done as they were started.
    fn has_results(&self) -> bool;

    /// Appends those results to `events`.
    fn take_results(&mut self, events: &mut Vec<HostEvent>);

    /// A handle that ends a sleep in [`Host::poll`].
    fn waker(&self) -> Waker;

    /// What ends the calls of the thread that asks for it, which is the one that the host belongs to.
    fn breaker(&self) -> Breaker;

    /// The means by which other threads of the program report events.
    fn reporter(&self) -> Reporter;

    /// The SQL databases of this host.
    fn databases(&self) -> std::rc::Rc<dyn databases::Databases>;

    /// The host for another thread of the program.
    fn for_thread(&self) -> MakeHost;

    /// Calls `then` on another thread for every interruption by the user (SIGINT), which reaches nobody else, until the guard
    /// is dropped. A host without interruptions gives `None`.
    ///
    /// # Errors
    /// When the system refuses.
    fn intercept_interrupts(
        &mut self,
        then: Box<dyn Fn() + Send>,
    ) -> Result<Option<Box<dyn std::any::Any>>, HostError>;

    /// Listens for clients of the inspector of a run, at an address and port. `link` leads to the run, `reach` makes it look
    /// at what has arrived; `script` is what it is called.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    fn open_inspector(
        &mut self,
        at: crate::inspect::door::Address,
        script: Option<&str>,
        link: crate::inspect::Link,
        reach: crate::inspect::Reach,
    ) -> std::io::Result<crate::inspect::door::Door>;

    /// Lets child processes of a debugged run come to its debugger.
    ///
    /// # Errors
    /// When the system gives no socket, no thread or no randomness.
    fn await_children(
        &mut self,
        processes: &std::sync::Arc<crate::inspect::Processes>,
    ) -> std::io::Result<crate::inspect::processes::Gate>;

    /// Whether [`HostEvent::SlotTaken`] and [`HostEvent::SlotFreed`] are wanted.
    fn observe_slots(&mut self, on: bool);
}
