//! Numbers that JavaScript and Rust both see, so that neither has to call the other to know whether there is work.

use std::cell::Cell;
use std::ptr::NonNull;

/// Index of each flag in the `Int32Array` `ops.flags`; `internal/flags.js` holds the same table.
#[derive(Debug, Clone, Copy)]
#[repr(usize)]
pub enum Flag {
    /// Next ticks wait.
    Ticks = 0,
    /// Rejections without a handler wait to be processed.
    Rejections = 1,
    /// Tasks are reported to the trace.
    Tracing = 2,
    /// Number of immediates that wait.
    Immediates = 3,
    /// Number of those that keep the loop alive.
    RefdImmediates = 4,
    /// An asynchronous context (`AsyncLocalStorage`) was set at least once.
    AsyncContext = 5,
    /// An exception was handled; what it left in the queues must be drained in the check phase at the latest.
    DrainSoon = 6,
    /// Hooks of `async_hooks` listen; operations are reported to them.
    AsyncHooks = 7,
    /// A debugger wants to know where listeners of events are added.
    Listeners = 8,
    /// A debugger wants to know where resources come from whose callbacks run.
    AsyncStacks = 9,
}

const FLAGS: usize = 10;

/// Index of each time, and of each number of an asynchronous resource, in the `Float64Array` `ops.times`.
#[derive(Debug, Clone, Copy)]
#[repr(usize)]
pub enum Time {
    /// When the earliest timer is due, in milliseconds of loop time; negative when no timer is ref'd; 0 without timers.
    NextTimer = 0,
    /// The number that the last asynchronous resource got.
    LastAsyncId = 1,
    /// Number of the asynchronous resource whose callback runs.
    ExecutionId = 2,
    /// Number of the resource that made it.
    TriggerId = 3,
}

const TIMES: usize = 4;

/// The shared numbers. V8 keeps their memory alive as long as this.
pub struct Shared {
    flags: NonNull<Cell<i32>>,
    times: NonNull<Cell<f64>>,
    _stores: [v8::SharedRef<v8::BackingStore>; 2],
}

impl Shared {
    /// Makes the arrays and puts them on `ops`.
    pub fn new(scope: &mut v8::PinScope, ops: v8::Local<v8::Object>) -> Option<Self> {
        let flags = v8::ArrayBuffer::new(scope, FLAGS * size_of::<i32>());
        let times = v8::ArrayBuffer::new(scope, TIMES * size_of::<f64>());
        let shared = Self {
            flags: flags.data()?.cast(),
            times: times.data()?.cast(),
            _stores: [flags.get_backing_store(), times.get_backing_store()],
        };
        let flags = v8::Int32Array::new(scope, flags, 0, FLAGS)?;
        let times = v8::Float64Array::new(scope, times, 0, TIMES)?;
        for (name, array) in [("flags", flags.cast::<v8::Value>()), ("times", times.cast::<v8::Value>())] {
            let name = v8::String::new(scope, name)?;
            ops.set(scope, name.into(), array)?;
        }
        Some(shared)
    }

    /// The value of a flag.
    pub fn flag(&self, flag: Flag) -> i32 {
        self.flag_cell(flag).get()
    }

    /// Sets a flag.
    pub fn set_flag(&self, flag: Flag, value: i32) {
        self.flag_cell(flag).set(value);
    }

    /// The value of a time.
    pub fn time(&self, time: Time) -> f64 {
        self.time_cell(time).get()
    }

    /// Sets a time.
    pub fn set_time(&self, time: Time, value: f64) {
        self.time_cell(time).set(value);
    }

    fn time_cell(&self, time: Time) -> &Cell<f64> {
        // SAFETY: the store is alive as long as `self`, holds `TIMES` numbers, and only this thread uses it.
        unsafe { self.times.add(time as usize).as_ref() }
    }

    fn flag_cell(&self, flag: Flag) -> &Cell<i32> {
        // SAFETY: the store is alive as long as `self`, holds `FLAGS` numbers, and only this thread uses it.
        unsafe { self.flags.add(flag as usize).as_ref() }
    }
}
