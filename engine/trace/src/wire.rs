//! Events packed into few bytes: a tag, what fits beside it, and differences to what came before.

use loopscope_protocol::{
    ConsoleStream, Drain, Event, EventKind, ExitReason, GcKind, HandleId, Nanos, OpId, Outcome, PauseReason,
    Phase, PlaceId, PollTimeout, Queue, TaskId, TaskKind, TextId,
};

/// Bytes that are no packed event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an event in the recording is damaged")]
pub struct Damaged;

const QUEUES: [Queue; 8] = [
    Queue::Timers,
    Queue::Pending,
    Queue::Poll,
    Queue::Check,
    Queue::Closing,
    Queue::NextTick,
    Queue::Microtask,
    Queue::Main,
];
const OUTCOMES: [Outcome; 3] = [Outcome::Returned, Outcome::Threw, Outcome::Terminated];
const PHASES: [Phase; 5] = [Phase::Pending, Phase::Poll, Phase::Check, Phase::Closing, Phase::Timers];
const DRAINS: [Drain; 2] = [Drain::NextTicks, Drain::Microtasks];
const STREAMS: [ConsoleStream; 2] = [ConsoleStream::Stdout, ConsoleStream::Stderr];
const COLLECTIONS: [GcKind; 4] =
    [GcKind::Scavenge, GcKind::MarkCompact, GcKind::Incremental, GcKind::WeakCallbacks];
const EXITS: [ExitReason; 8] = [
    ExitReason::NothingLeft,
    ExitReason::ProcessExit,
    ExitReason::Aborted,
    ExitReason::UncaughtException,
    ExitReason::UnhandledRejection,
    ExitReason::UnsettledTopLevelAwait,
    ExitReason::Stopped,
    ExitReason::OutOfMemory,
];
const FLAGS: [bool; 2] = [false, true];

/// Bits of a tag that say what kind of event it is.
const KIND_BITS: u8 = 5;
/// An event that has no shorter form, as postcard writes it.
const OTHER: u8 = 31;

/// Numbers of kinds that are looked for by themselves.
pub mod number {
    /// [`loopscope_protocol::EventKind::TaskStarted`].
    pub const STARTED: u8 = 3;
    /// [`loopscope_protocol::EventKind::PhaseEntered`].
    pub const PHASE_ENTERED: u8 = 7;
    /// [`loopscope_protocol::EventKind::Console`].
    pub const CONSOLE: u8 = 20;
    /// [`loopscope_protocol::EventKind::Exception`].
    pub const EXCEPTION: u8 = 21;
    /// [`loopscope_protocol::EventKind::UnhandledRejection`].
    pub const REJECTION: u8 = 22;
    /// Not a kind of its own: a phase that begins another turn than the one before.
    pub const TURN: u8 = 30;
}

/// Number of the kind of an event, below 32; kinds that have no number of their own share the last one.
pub fn kind_number(kind: &EventKind) -> u8 {
    match kind {
        EventKind::TaskCreated { .. } => 0,
        EventKind::TaskArmed { .. } => 1,
        EventKind::TaskReady { .. } => 2,
        EventKind::TaskStarted { .. } => 3,
        EventKind::TaskEnded { .. } => 4,
        EventKind::TaskCancelled { .. } => 5,
        EventKind::TaskRef { .. } => 6,
        EventKind::PhaseEntered { .. } => 7,
        EventKind::PhaseLeft { .. } => 8,
        EventKind::DrainEntered { .. } => 9,
        EventKind::DrainLeft { .. } => 10,
        EventKind::OpStarted { .. } => 11,
        EventKind::OpProgress { .. } => 12,
        EventKind::OpCompleted { .. } => 13,
        EventKind::SlotTaken { .. } => 14,
        EventKind::SlotFreed { .. } => 15,
        EventKind::HandleOpened { .. } => 16,
        EventKind::HandleProgress { .. } => 17,
        EventKind::HandleRef { .. } => 18,
        EventKind::HandleClosed { .. } => 19,
        EventKind::Console { .. } => 20,
        EventKind::Exception { .. } => 21,
        EventKind::UnhandledRejection { .. } => 22,
        EventKind::Gc { .. } => 23,
        EventKind::Heap { .. } => 24,
        EventKind::Paused { .. } => 25,
        EventKind::Resumed => 26,
        EventKind::Exit { .. } => 27,
        EventKind::SyncOp { .. } => 28,
        EventKind::HandleTarget { .. } => 29,
        #[allow(
            unreachable_patterns,
            reason = "kinds that are new to the protocol are kept, if not as short"
        )]
        _ => OTHER,
    }
}

/// What the differences are to.
#[derive(Debug, Clone, Copy, Default)]
struct Base {
    at: Nanos,
    /// The last task that was named.
    task: u64,
    /// The last task that was created.
    created: u64,
    op: u64,
    handle: u64,
    text: u64,
    callback: u64,
    site: u64,
}

/// Packs events; every block begins with a new one.
#[derive(Debug, Default)]
pub struct Packer {
    base: Base,
}

struct Out<'a> {
    bytes: &'a mut Vec<u8>,
    tag: usize,
}

impl Out<'_> {
    fn small<T: PartialEq>(&mut self, table: &[T], value: &T) -> Option<()> {
        let number = u8::try_from(table.iter().position(|known| known == value)?).ok()?;
        self.bytes[self.tag] |= number << KIND_BITS;
        Some(())
    }

    fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    fn difference(&mut self, base: &mut u64, value: u64) {
        let difference = value.wrapping_sub(*base) as i64;
        self.number(((difference << 1) ^ (difference >> 63)) as u64);
        *base = value;
    }
}

impl Packer {
    /// Adds an event to `bytes`.
    pub fn pack(&mut self, event: &Event, bytes: &mut Vec<u8>) {
        let (start, before) = (bytes.len(), self.base);
        if self.short(event, bytes).is_none() {
            bytes.truncate(start);
            self.base = before;
            bytes.push(OTHER);
            // Plain data into memory: nothing here can fail.
            let packed = postcard::to_stdvec(event).unwrap_or_default();
            bytes.push(u8::try_from(packed.len()).unwrap_or(0));
            bytes.extend_from_slice(&packed);
        }
    }

    /// The short form; `None` when the event holds something that has none.
    fn short(&mut self, event: &Event, bytes: &mut Vec<u8>) -> Option<()> {
        let number = kind_number(&event.kind);
        if number == OTHER {
            return None;
        }
        let tag = bytes.len();
        bytes.push(number);
        let base = &mut self.base;
        let mut out = Out { bytes, tag };
        out.difference(&mut base.at, event.at);
        match event.kind {
            EventKind::TaskCreated { task, parent, kind, callback, site } => {
                out.difference(&mut base.created, task.0);
                let mut parent_base = base.task;
                out.difference(&mut parent_base, parent.0);
                out.bytes.push(kind as u8);
                out.difference(&mut base.callback, callback.0.into());
                out.difference(&mut base.site, site.0.into());
                base.task = task.0;
            }
            EventKind::TaskArmed { task, due } => {
                out.difference(&mut base.task, task.0);
                let mut due_base = event.at;
                out.difference(&mut due_base, due);
            }
            EventKind::TaskReady { task, queue } => {
                out.small(&QUEUES, &queue)?;
                out.difference(&mut base.task, task.0);
            }
            EventKind::TaskEnded { task, outcome } => {
                out.small(&OUTCOMES, &outcome)?;
                out.difference(&mut base.task, task.0);
            }
            EventKind::TaskStarted { task } | EventKind::TaskCancelled { task } => {
                out.difference(&mut base.task, task.0);
            }
            EventKind::TaskRef { task, refd } => {
                out.small(&FLAGS, &refd)?;
                out.difference(&mut base.task, task.0);
            }
            EventKind::PhaseEntered { phase, turn, timeout } => {
                out.small(&PHASES, &phase)?;
                out.number(turn.into());
                out.number(match timeout {
                    PollTimeout::Zero => 0,
                    PollTimeout::Infinite => 1,
                    PollTimeout::Millis(millis) => u64::from(millis) + 2,
                });
            }
            EventKind::PhaseLeft { phase } => out.small(&PHASES, &phase)?,
            EventKind::DrainEntered { drain } | EventKind::DrainLeft { drain } => {
                out.small(&DRAINS, &drain)?;
            }
            EventKind::OpStarted { op, task, name, target } => {
                out.difference(&mut base.op, op.0);
                out.difference(&mut base.task, task.0);
                out.number(name.0.into());
                out.difference(&mut base.text, target.0.into());
            }
            EventKind::OpProgress { op, bytes } => {
                out.difference(&mut base.op, op.0);
                out.number(bytes);
            }
            EventKind::OpCompleted { op, bytes, error } => {
                out.difference(&mut base.op, op.0);
                out.number(bytes);
                out.number(error.0.into());
            }
            EventKind::SlotTaken { slot, op } => {
                out.number(slot.into());
                out.difference(&mut base.op, op.0);
            }
            EventKind::SlotFreed { slot } => out.number(slot.into()),
            EventKind::HandleOpened { handle, name, target } => {
                out.difference(&mut base.handle, handle.0);
                out.number(name.0.into());
                out.difference(&mut base.text, target.0.into());
            }
            EventKind::HandleProgress { handle, read, written } => {
                out.difference(&mut base.handle, handle.0);
                out.number(read);
                out.number(written);
            }
            EventKind::HandleTarget { handle, target } => {
                out.difference(&mut base.handle, handle.0);
                out.difference(&mut base.text, target.0.into());
            }
            EventKind::HandleRef { handle, refd } => {
                out.small(&FLAGS, &refd)?;
                out.difference(&mut base.handle, handle.0);
            }
            EventKind::HandleClosed { handle } => out.difference(&mut base.handle, handle.0),
            EventKind::Console { stream, task, text, place } => {
                out.small(&STREAMS, &stream)?;
                out.said(base, task, text, place);
            }
            EventKind::Exception { task, text, place }
            | EventKind::UnhandledRejection { task, text, place } => out.said(base, task, text, place),
            EventKind::Gc { kind, duration } => {
                out.small(&COLLECTIONS, &kind)?;
                out.number(duration);
            }
            EventKind::Heap { used, total } => {
                out.number(used);
                out.number(total);
            }
            EventKind::Paused { reason, before } => {
                out.small(&PauseReason::ALL, &reason)?;
                out.difference(&mut base.task, before.0);
            }
            EventKind::Resumed => {}
            EventKind::SyncOp { name, target, place, duration } => {
                out.number(name.0.into());
                out.difference(&mut base.text, target.0.into());
                out.difference(&mut base.site, place.0.into());
                out.number(duration);
            }
            EventKind::Exit { code, reason } => {
                out.small(&EXITS, &reason)?;
                out.number(u64::from(code as u32));
            }
            #[allow(unreachable_patterns, reason = "as in `kind_number`")]
            _ => return None,
        }
        Some(())
    }
}

impl Out<'_> {
    fn said(&mut self, base: &mut Base, task: TaskId, text: TextId, place: PlaceId) {
        self.difference(&mut base.task, task.0);
        self.difference(&mut base.text, text.0.into());
        self.difference(&mut base.site, place.0.into());
    }
}

/// Unpacks what a [`Packer`] packed.
#[derive(Debug)]
pub struct Unpacker<'a> {
    bytes: &'a [u8],
    base: Base,
}

impl<'a> Unpacker<'a> {
    /// Begins at the start of a block.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, base: Base::default() }
    }

    /// Bytes that are left.
    pub fn rest(&self) -> usize {
        self.bytes.len()
    }

    fn byte(&mut self) -> Result<u8, Damaged> {
        let (first, rest) = self.bytes.split_first().ok_or(Damaged)?;
        self.bytes = rest;
        Ok(*first)
    }

    fn number(&mut self) -> Result<u64, Damaged> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(Damaged)
    }

    fn small_number<T: TryFrom<u64>>(&mut self) -> Result<T, Damaged> {
        T::try_from(self.number()?).map_err(|_| Damaged)
    }

    fn after(&mut self, base: u64) -> Result<u64, Damaged> {
        let number = self.number()?;
        let difference = (number >> 1) as i64 ^ -((number & 1) as i64);
        Ok(base.wrapping_add(difference as u64))
    }

    fn task(&mut self) -> Result<TaskId, Damaged> {
        self.base.task = self.after(self.base.task)?;
        Ok(TaskId(self.base.task))
    }

    fn op(&mut self) -> Result<OpId, Damaged> {
        self.base.op = self.after(self.base.op)?;
        Ok(OpId(self.base.op))
    }

    fn handle(&mut self) -> Result<HandleId, Damaged> {
        self.base.handle = self.after(self.base.handle)?;
        Ok(HandleId(self.base.handle))
    }

    fn text(&mut self) -> Result<TextId, Damaged> {
        self.base.text = self.after(self.base.text)?;
        Ok(TextId(u32::try_from(self.base.text).map_err(|_| Damaged)?))
    }

    fn callback(&mut self) -> Result<PlaceId, Damaged> {
        self.base.callback = self.after(self.base.callback)?;
        Ok(PlaceId(u32::try_from(self.base.callback).map_err(|_| Damaged)?))
    }

    fn site(&mut self) -> Result<PlaceId, Damaged> {
        self.base.site = self.after(self.base.site)?;
        Ok(PlaceId(u32::try_from(self.base.site).map_err(|_| Damaged)?))
    }

    /// The next event.
    ///
    /// # Errors
    /// When the bytes end early or are no event.
    pub fn unpack(&mut self) -> Result<Event, Damaged> {
        let tag = self.byte()?;
        let (number, small) = (tag & ((1 << KIND_BITS) - 1), usize::from(tag >> KIND_BITS));
        if number == OTHER {
            let length = usize::from(self.byte()?);
            let (packed, rest) = self.bytes.split_at_checked(length).ok_or(Damaged)?;
            self.bytes = rest;
            return postcard::from_bytes(packed).map_err(|_| Damaged);
        }
        self.base.at = self.after(self.base.at)?;
        let at = self.base.at;
        let kind = match number {
            0 => {
                self.base.created = self.after(self.base.created)?;
                let task = self.base.created;
                let parent = TaskId(self.after(self.base.task)?);
                let kind = TaskKind::from_number(self.byte()?).ok_or(Damaged)?;
                let (callback, site) = (self.callback()?, self.site()?);
                self.base.task = task;
                EventKind::TaskCreated { task: TaskId(task), parent, kind, callback, site }
            }
            1 => EventKind::TaskArmed { task: self.task()?, due: self.after(at)? },
            2 => EventKind::TaskReady { task: self.task()?, queue: pick(&QUEUES, small)? },
            3 => EventKind::TaskStarted { task: self.task()? },
            4 => EventKind::TaskEnded { task: self.task()?, outcome: pick(&OUTCOMES, small)? },
            5 => EventKind::TaskCancelled { task: self.task()? },
            6 => EventKind::TaskRef { task: self.task()?, refd: pick(&FLAGS, small)? },
            7 => {
                let (phase, turn) = (pick(&PHASES, small)?, self.small_number()?);
                let timeout = match self.number()? {
                    0 => PollTimeout::Zero,
                    1 => PollTimeout::Infinite,
                    millis => PollTimeout::Millis(u32::try_from(millis - 2).map_err(|_| Damaged)?),
                };
                EventKind::PhaseEntered { phase, turn, timeout }
            }
            8 => EventKind::PhaseLeft { phase: pick(&PHASES, small)? },
            9 => EventKind::DrainEntered { drain: pick(&DRAINS, small)? },
            10 => EventKind::DrainLeft { drain: pick(&DRAINS, small)? },
            11 => EventKind::OpStarted {
                op: self.op()?,
                task: self.task()?,
                name: TextId(self.small_number()?),
                target: self.text()?,
            },
            12 => EventKind::OpProgress { op: self.op()?, bytes: self.number()? },
            13 => EventKind::OpCompleted {
                op: self.op()?,
                bytes: self.number()?,
                error: TextId(self.small_number()?),
            },
            14 => EventKind::SlotTaken { slot: self.small_number()?, op: self.op()? },
            15 => EventKind::SlotFreed { slot: self.small_number()? },
            16 => EventKind::HandleOpened {
                handle: self.handle()?,
                name: TextId(self.small_number()?),
                target: self.text()?,
            },
            17 => EventKind::HandleProgress {
                handle: self.handle()?,
                read: self.number()?,
                written: self.number()?,
            },
            18 => EventKind::HandleRef { handle: self.handle()?, refd: pick(&FLAGS, small)? },
            19 => EventKind::HandleClosed { handle: self.handle()? },
            20 => {
                let stream = pick(&STREAMS, small)?;
                EventKind::Console { stream, task: self.task()?, text: self.text()?, place: self.site()? }
            }
            21 => EventKind::Exception { task: self.task()?, text: self.text()?, place: self.site()? },
            22 => {
                EventKind::UnhandledRejection { task: self.task()?, text: self.text()?, place: self.site()? }
            }
            23 => EventKind::Gc { kind: pick(&COLLECTIONS, small)?, duration: self.number()? },
            24 => EventKind::Heap { used: self.number()?, total: self.number()? },
            25 => EventKind::Paused { reason: pick(&PauseReason::ALL, small)?, before: self.task()? },
            26 => EventKind::Resumed,
            27 => {
                let code = self.small_number::<u32>()? as i32;
                EventKind::Exit { code, reason: pick(&EXITS, small)? }
            }
            29 => EventKind::HandleTarget { handle: self.handle()?, target: self.text()? },
            28 => EventKind::SyncOp {
                name: TextId(self.small_number()?),
                target: self.text()?,
                place: self.site()?,
                duration: self.number()?,
            },
            _ => return Err(Damaged),
        };
        Ok(Event { at, kind })
    }
}

fn pick<T: Copy>(table: &[T], index: usize) -> Result<T, Damaged> {
    table.get(index).copied().ok_or(Damaged)
}
