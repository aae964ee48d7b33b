//! The real world: the system's clock, randomness, files and processes.

mod allocator;
mod blocking;
mod breaking;
mod child;
mod compress;
mod crypto;
pub mod debugged;
pub mod errno;
mod facts;
mod files;
mod identity;
mod input;
pub mod inspect_server;
mod machine;
mod modules;
mod names;
mod net;
mod poll;
mod pool;
mod signals;
mod sqlite;
mod system;
mod visitors;
mod watch;

use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use polling::Poller;

use super::request::ProcessRequest;
use super::{
    BeforeSleep, Breaker, Clock, FileRequest, Host, HostError, HostEvent, MakeHost, OpId, Reporter, Request,
    Response, SystemRequest, Waker,
};

/// The host that real runs use.
pub struct RealHost {
    clock: Rc<Clock>,
    poller: Arc<Poller>,
    ready: poll::Ready,
    pool: pool::Pool,
    input: input::Input,
    signals: signals::Signals,
    watches: watch::Watches,
    children: child::Children,
    net: net::Net,
    databases: std::rc::Rc<sqlite::Sqlite>,
    /// The poller watches something beside its own wake-up.
    watching: bool,
}

/// What the poller calls standard input.
const INPUT_KEY: usize = 0;

/// What the poller calls the arrival of signals.
const SIGNALS_KEY: usize = 1;

/// What the poller calls the first of the children; the keys of sockets are lower.
const FIRST_CHILD_KEY: usize = 1 << 48;

/// What the poller calls the arrival of news about watched files.
const WATCH_KEY: usize = 2;

impl RealHost {
    /// Opens the poller.
    ///
    /// # Errors
    /// When the system refuses a poller (too many open files).
    pub fn new() -> std::io::Result<Self> {
        allocator::keep_pieces();
        // Without it only a rare end of the process is a worse one.
        drop(signals::survive_full_files());
        Self::since(Instant::now())
    }

    /// Opens the poller of a host whose clock began at `epoch`.
    fn since(epoch: Instant) -> std::io::Result<Self> {
        let poller = Arc::new(Poller::new()?);
        let ready = poll::Ready::new(&poller)?;
        let pool = pool::Pool::new(epoch, ready.waker());
        let watches = watch::Watches::new(Arc::clone(&poller), WATCH_KEY);
        let net = net::Net::new(Arc::clone(&poller));
        let children = child::Children::new(Arc::clone(&poller), FIRST_CHILD_KEY);
        Ok(Self {
            clock: Rc::new(Clock::new(epoch)),
            poller,
            ready,
            pool,
            input: input::Input::default(),
            signals: signals::Signals::default(),
            watches,
            children,
            net,
            databases: std::rc::Rc::default(),
            watching: false,
        })
    }
}

impl Host for RealHost {
    fn now(&self) -> u64 {
        self.clock.now()
    }

    fn clock(&self) -> Option<Rc<Clock>> {
        Some(Rc::clone(&self.clock))
    }

    fn wall_clock(&self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
    }

    fn databases(&self) -> std::rc::Rc<dyn super::databases::Databases> {
        std::rc::Rc::clone(&self.databases) as _
    }

    fn random(&mut self, out: &mut [u8]) -> Result<(), HostError> {
        crypto::random(out)
    }

    fn call(&mut self, request: Request) -> Result<Response, HostError> {
        match request {
            Request::File(FileRequest::WatchOpen { path, recursive }) => self.watches.open(&path, recursive),
            Request::Net(request) => {
                self.watching = true;
                self.net.call(request)
            }
            Request::Dgram(request) => {
                self.watching = true;
                self.net.call_dgram(request)
            }
            request @ (Request::File(_) | Request::Process(_)) => breaking::during(|| blocking::run(request)),
            request => blocking::run(request),
        }
    }

    fn may_wait(&self, request: &Request) -> bool {
        match request {
            Request::Process(request) => matches!(request, ProcessRequest::Run { .. }),
            Request::File(request) => files::may_wait(request),
            _ => false,
        }
    }

    fn start(&mut self, op: OpId, request: Request) {
        self.watching |= matches!(
            request,
            Request::Net(_)
                | Request::Dgram(_)
                | Request::Process(_)
                | Request::File(FileRequest::WatchEvents { .. })
                | Request::System(SystemRequest::ReadInput { .. } | SystemRequest::WatchSignal { .. })
        );
        match request {
            Request::File(FileRequest::WatchEvents { watch, .. }) => {
                for event in self.watches.start(watch, op) {
                    self.pool.report(event);
                }
            }
            Request::System(SystemRequest::ReadInput { length })
                if self.input.wait(&self.poller, INPUT_KEY, op, length) => {}
            Request::System(SystemRequest::WatchSignal { signal }) => {
                if let Err(failed) = self.signals.watch(&self.poller, SIGNALS_KEY, op, signal) {
                    self.pool.report(HostEvent::Completed { op, result: Err(failed), last: true });
                }
            }
            Request::Net(request) => self.net.start(op, request),
            Request::Process(ProcessRequest::Exit { pid, .. }) => {
                if let Err(failed) = self.children.wait(op, pid) {
                    self.pool.report(HostEvent::Completed { op, result: Err(failed), last: true });
                }
            }
            Request::Dgram(request) => self.net.start_dgram(op, request),
            request => self.pool.start(op, request),
        }
    }

    fn cancel(&mut self, op: OpId) -> bool {
        self.net.cancel(op)
            || self.children.cancel(op)
            || self.input.cancel(op)
            || self.signals.cancel(op)
            || self.watches.cancel(op)
            || self.pool.cancel(op)
    }

    fn poll(&mut self, timeout: Option<Duration>, events: &mut Vec<HostEvent>, before_sleep: BeforeSleep) {
        self.pool.take_events(events);
        let timeout = if events.is_empty() { timeout } else { Some(Duration::ZERO) };
        if timeout == Some(Duration::ZERO) && !self.watching {
            // The poller has nothing but its own wake-up, which what was taken from the pool is the reason of.
            return;
        }
        // As in libuv the ends of children are told last: what they had to say comes before.
        let mut ended = Vec::new();
        for &(key, readable, writable) in self.ready.wait(&self.poller, timeout, before_sleep) {
            match key {
                INPUT_KEY => events.extend(self.input.ready().map(|(op, result)| HostEvent::Completed {
                    op,
                    result,
                    last: true,
                })),
                SIGNALS_KEY => self.signals.take(events),
                WATCH_KEY => self.watches.read(events),
                key if key >= FIRST_CHILD_KEY => self.children.ready(key, &mut ended),
                key if key >= net::FIRST_KEY => self.net.ready(key, readable, writable, events),
                _ => {}
            }
        }
        events.append(&mut ended);
        self.pool.take_events(events);
    }

    fn has_results(&self) -> bool {
        self.net.has_results()
    }

    fn take_results(&mut self, events: &mut Vec<HostEvent>) {
        self.net.take_results(events);
    }

    fn waker(&self) -> Waker {
        self.ready.waker()
    }

    fn breaker(&self) -> Breaker {
        breaking::breaker()
    }

    fn reporter(&self) -> Reporter {
        self.pool.reporter()
    }

    fn for_thread(&self) -> MakeHost {
        let epoch = self.clock.epoch();
        Box::new(move || Self::since(epoch).map(|host| Box::new(host) as Box<dyn Host>))
    }

    fn intercept_interrupts(
        &mut self,
        then: Box<dyn Fn() + Send>,
    ) -> Result<Option<Box<dyn std::any::Any>>, HostError> {
        Ok(Some(Box::new(signals::intercept(then)?)))
    }

    fn open_inspector(
        &mut self,
        at: crate::inspect::door::Address,
        script: Option<&str>,
        link: crate::inspect::Link,
        reach: crate::inspect::Reach,
    ) -> std::io::Result<crate::inspect::door::Door> {
        inspect_server::listen(at, script, link, reach)
    }

    fn await_children(
        &mut self,
        processes: &Arc<crate::inspect::Processes>,
    ) -> std::io::Result<crate::inspect::processes::Gate> {
        debugged::gate(processes)
    }

    fn observe_slots(&mut self, on: bool) {
        self.pool.observe(on);
    }
}

pub use signals::{ignore_debug_signal, intercept, on_debug_signal, on_interrupt};

/// The text of a file that the command line names; `None` when it cannot be read.
pub fn text_of(path: &str) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

/// A file in the folder that an environment variable names, for developers of the runtime itself.
pub fn developer_file(variable: &str, name: &str) -> Option<String> {
    let folder = std::env::var_os(variable)?;
    std::fs::read_to_string(std::path::Path::new(&folder).join(name)).ok()
}

/// Paths, without the extension, of the files with `extension` below the folder that an environment variable names.
pub fn developer_files(variable: &str, extension: &str) -> Vec<String> {
    let mut found = Vec::new();
    let Some(root) = std::env::var_os(variable).map(std::path::PathBuf::from) else { return found };
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension)
                && let Ok(relative) = path.strip_prefix(&root)
            {
                found.push(relative.with_extension("").to_string_lossy().into_owned());
            }
        }
    }
    found
}
