//! A run in progress: the session, and the thread that folds its records into the model.

use std::collections::VecDeque;
use std::ops::{Deref, DerefMut, Range};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use crossbeam_channel::{Receiver, Sender, after, bounded, never, select};
use loopscope_protocol::state::duration;
use loopscope_protocol::{Command, Nanos, Record, Speed};
use loopscope_runtime::options::{Main, Options};
use loopscope_runtime::session::{Control, Session, SessionError, Start};

use loopscope_trace::past::Block;
use loopscope_trace::{Meta, Note, Past, PastError, Source};

use super::comparing::{self, Comparing};
use super::debugger::{Debugger, Door, Said, Threads, threads};
use super::exporting::{self, Draw, Export};
use super::failure::told;
use super::findings::{self, Borrowed, Findings};
use super::jobs::Job;
use super::model::Model;
use super::open::open_watched;
use super::recorder::{self, About, FLUSH, PIECE, Recorder, RecorderError, piece};
use super::store::Temporary;
use super::work::Work;

/// Records that are folded in before the window may look again.
const CHUNK: usize = 256;

/// Orders that wait.
const ORDERS: usize = 8;

/// How long the end of a run is waited for. V8 cannot end everything that scripts can do (a breakpoint's condition that goes
/// round in optimized code, for one): the window is not to hang with it.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often it is looked whether it is there.
const LOOK: Duration = Duration::from_millis(1);

/// How long the thread waits for records before it asks whether a long callback made any.
const QUIET: Duration = Duration::from_millis(16);

/// Called when there is something new to draw, from another thread.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// What to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Script {
    /// A file, with its arguments.
    File(String, Vec<String>),
    /// Text that was never saved.
    Text(String),
}

/// How far a run is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// It has not ended.
    Going,
    /// It ended with this exit code.
    Ended(i32),
    /// It could not begin, or the runtime failed; the text says what to do.
    Failed(String),
    /// It is a recording of which so many per cent have been read.
    Reading(u8),
    /// It is a recording.
    Recorded,
}

/// What the two threads share.
struct Shared {
    model: Mutex<Model>,
    /// The window wants to look.
    wanted: AtomicBool,
    /// The run is not wanted any more.
    dropped: AtomicBool,
    progress: Mutex<Progress>,
    /// What is to be said about recordings that were written.
    news: Mutex<Vec<News>>,
    /// Whether the run is being recorded.
    recording: AtomicBool,
    /// What is worth a look.
    findings: Mutex<Findings>,
    threads: Mutex<Threads>,
    /// The run beside another one.
    comparing: Mutex<Comparing>,
}

/// The past of the run in the model, while the window uses it as well.
struct Lent(Arc<Shared>);

impl Borrowed for Lent {
    fn with(&self, use_it: &mut dyn FnMut(&dyn Past)) {
        self.0.give_way();
        use_it(lock(&self.0.model).past());
    }
}

/// What is to be said about a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// It is done.
    Saved(PathBuf),
    /// It cannot be written.
    Failed(String),
}

/// What the thread that folds the records is asked for.
enum Order {
    /// Record from now on, with what was before.
    Record(PathBuf),
    /// The recording ends here.
    Stop(Vec<Note>),
}

/// A run. Dropping it stops the script.
pub struct Running {
    control: Option<Control>,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
    orders: Option<Sender<Order>>,
    about: About,
    opened: Option<Recorded>,
    /// The timeline of a recording is being made.
    reading: Option<Work>,
}

/// What is known of a run that was opened from a file.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// The file.
    pub file: PathBuf,
    /// What it says about the run.
    pub meta: Meta,
    /// The scripts as they were.
    pub sources: Vec<Source>,
    /// What was noted.
    pub notes: Vec<Note>,
    /// What could not be read, a sentence each.
    pub problems: Vec<String>,
}

/// No one panics between two changes that belong together: both locks hold values that are whole after every call.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    fn new(model: Model, progress: Progress) -> Self {
        Self {
            model: Mutex::new(model),
            wanted: AtomicBool::new(false),
            dropped: AtomicBool::new(false),
            progress: Mutex::new(progress),
            news: Mutex::default(),
            recording: AtomicBool::new(false),
            findings: Mutex::default(),
            threads: Mutex::default(),
            comparing: Mutex::default(),
        }
    }

    /// The model, before the thread that fills it takes it again.
    fn look(&self) -> MutexGuard<'_, Model> {
        self.wanted.store(true, Ordering::Release);
        let model = lock(&self.model);
        self.wanted.store(false, Ordering::Release);
        model
    }

    /// Gives way to the window: the lock is not fair, and it might wait for long.
    fn give_way(&self) {
        while self.wanted.load(Ordering::Acquire) {
            std::thread::yield_now();
        }
    }
}

impl Running {
    /// Starts `script`, paused before its first callback if wanted, with debuggers that have begun. Its stack is looked at every
    /// `sampling` microseconds; 0 for never.
    pub fn start(
        script: Script,
        paused: bool,
        (speed, sampling): (Speed, u32),
        begun: Threads,
        wake: Wake,
    ) -> Self {
        let about = match &script {
            Script::File(path, args) => {
                About { script: std::iter::once(path).chain(args).cloned().collect(), ..About::default() }
            }
            Script::Text(text) => {
                About { script: vec!["[eval]".to_owned()], text: Some(text.clone()), ..About::default() }
            }
        };
        let shared = Arc::new(Shared::new(Model::stored(Temporary::store()), Progress::Going));
        *lock(&shared.threads) = begun;
        let (orders, taken) = bounded(ORDERS);
        let mut scribe = Scribe { recorder: None, is_dirty: false, notes: Vec::new(), about: about.clone() };
        let started =
            Session::start(Start { sampling, ..begin(script, paused, speed) }).and_then(|session| {
                let control = session.control().clone();
                send_requests(&mut lock(&shared.threads), &control);
                let (theirs, wake) = (Arc::clone(&shared), Arc::clone(&wake));
                let thread = std::thread::Builder::new()
                    .name("reducer".to_owned())
                    .spawn(move || follow(session, &theirs, &taken, &mut scribe, &wake))
                    .map_err(SessionError::Thread)?;
                Ok((control, thread))
            });
        let mut running =
            Self { control: None, shared, thread: None, orders: None, about, opened: None, reading: None };
        match started {
            Ok((control, thread)) => {
                (running.control, running.thread) = (Some(control), Some(thread));
                running.orders = Some(orders);
            }
            Err(failed) => *lock(&running.shared.progress) = Progress::Failed(failed.to_string()),
        }
        running
    }

    /// Opens a recording or another program's trace; `work` is told how far that is, and may end it.
    ///
    /// # Errors
    /// When it cannot be read or is none, or the work was cancelled.
    pub fn open(file: &Path, work: &Work, wake: Wake) -> anyhow::Result<Self> {
        let opened = open_watched(file, work)?;
        // Where it breaks is what matters most.
        let ending = opened.ending();
        let problems = opened.problems.into_iter().chain(ending).collect();
        let beside = opened.beside;
        let about =
            About { script: opened.meta.script.clone(), text: None, recorded: Some(opened.meta.clone()) };
        let mut model = Model::recorded(opened.past, opened.meta.is_attached())?;
        model.sources.clone_from(&opened.sources);
        let recorded = Recorded {
            file: file.to_owned(),
            meta: opened.meta,
            sources: opened.sources,
            notes: opened.notes,
            problems,
        };
        let shared = Arc::new(Shared::new(model, Progress::Reading(0)));
        let theirs = Arc::clone(&shared);
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let reading = Work::new(format!("Reading {name}"));
        let work = reading.clone();
        let thread = std::thread::Builder::new()
            .name("reader".to_owned())
            .spawn(move || {
                read(beside, &theirs, &work, &wake);
                work.finish();
            })
            .context("the system gives no thread for reading the recording")?;
        let (opened, reading) = (Some(recorded), Some(reading));
        Ok(Self { control: None, shared, thread: Some(thread), orders: None, about, opened, reading })
    }

    /// The making of a recording's timeline, while that goes on. Every moment can be shown before it is done.
    pub fn reading(&self) -> Option<&Work> {
        self.reading.as_ref().filter(|work| !work.is_finished())
    }

    /// Looks at the stack of the run every so many microseconds from now on; 0 for no longer.
    pub fn sample(&self, micros: u32) {
        if let Some(control) = &self.control {
            control.sample(micros);
        }
    }

    /// What is known of a run that was opened from a file.
    pub fn recorded(&self) -> Option<&Recorded> {
        self.opened.as_ref()
    }

    /// Whether the run is being recorded.
    pub fn is_recording(&self) -> bool {
        self.shared.recording.load(Ordering::Acquire)
    }

    /// Writes the run into a file from now on, with everything that was before. Only a run that goes on can be.
    pub fn record(&self, path: PathBuf) {
        let Some(orders) = &self.orders else { return };
        // Before the thread knows of it: it may have failed by the time this goes on.
        self.shared.recording.store(true, Ordering::Release);
        if orders.try_send(Order::Record(path)).is_err() {
            self.shared.recording.store(false, Ordering::Release);
        }
    }

    /// Ends the recording.
    pub fn stop_recording(&self, notes: Vec<Note>) {
        if let Some(orders) = &self.orders {
            // The run may have ended meanwhile, and the recording with it.
            drop(orders.try_send(Order::Stop(notes)));
        }
    }

    /// Saves the run so far into a file.
    pub fn save(&self, path: PathBuf, notes: Vec<Note>, wake: Wake) -> Job {
        let (shared, about) = (Arc::clone(&self.shared), self.about.clone());
        let file = path.clone();
        Job::begin(path, ("Saving", "saver"), wake, move |work| {
            let (mut from, mut defined) = (0, false);
            let read = || {
                work.go_on().map_err(std::io::Error::from)?;
                // The window may look between two pieces.
                let model = shared.look();
                let records = piece(model.past(), &model.sources, from, defined)?;
                from = (from + PIECE).min(model.past().len());
                work.set(from, model.past().len());
                defined = true;
                Ok(records)
            };
            match recorder::save(&file, about, &notes, read) {
                Ok(path) => News::Saved(path),
                Err(_) if work.is_cancelled() => {
                    News::Failed(format!("{} was not written: saving was cancelled.", file.display()))
                }
                Err(failed) => News::Failed(failed.to_string()),
            }
        })
    }

    /// What is worth a look in the run.
    pub fn findings(&self) -> Findings {
        lock(&self.shared.findings).clone()
    }

    /// Looks for what is worth a look in the run so far.
    pub fn look(&self, wake: Wake) {
        *lock(&self.shared.findings) = Findings::Looking;
        let (shared, sources) = (Arc::clone(&self.shared), self.sources());
        let looker = move || {
            let found = findings::look(Lent(Arc::clone(&shared)), &sources);
            *lock(&shared.findings) = found;
            wake();
        };
        if let Err(failed) = std::thread::Builder::new().name("lints".to_owned()).spawn(looker) {
            *lock(&self.shared.findings) =
                Findings::Failed(format!("The run cannot be looked at: {failed}."));
        }
    }

    /// The run beside another one.
    pub fn comparing(&self) -> Comparing {
        lock(&self.shared.comparing).clone()
    }

    /// The comparison is not wanted any more.
    pub fn stop_comparing(&self) {
        *lock(&self.shared.comparing) = Comparing::None;
    }

    /// Compares the run so far with a recording.
    pub fn compare(&self, file: PathBuf, wake: Wake) {
        *lock(&self.shared.comparing) = Comparing::Working;
        let (shared, sources) = (Arc::clone(&self.shared), self.sources());
        let comparer = move || {
            let compared = comparing::with_file(Lent(Arc::clone(&shared)), &sources, &file);
            *lock(&shared.comparing) = compared;
            wake();
        };
        if let Err(failed) = std::thread::Builder::new().name("comparer".to_owned()).spawn(comparer) {
            *lock(&self.shared.comparing) =
                Comparing::Failed(format!("The runs cannot be compared: {failed}."));
        }
    }

    /// Exports the run so far; `seen` is the part of it that the timeline shows, and `draw` draws what panels show.
    pub fn export(
        &self,
        what: Export,
        draw: Box<dyn Draw>,
        seen: Range<Nanos>,
        path: PathBuf,
        wake: Wake,
    ) -> Job {
        let (shared, sources) = (Arc::clone(&self.shared), self.sources());
        let meta = match &self.opened {
            Some(opened) => opened.meta.clone(),
            None => self.about.meta(),
        };
        let file = path.clone();
        Job::begin(path, ("Exporting", "exporter"), wake, move |work| {
            let past = Lent(shared);
            match exporting::to_file(past, (&meta, &sources), (what, &*draw), seen, &file, work) {
                Ok(()) => News::Saved(file),
                Err(failed) => News::Failed(failed),
            }
        })
    }

    /// Texts of scripts that are in no file, or were kept with the recording.
    fn sources(&self) -> Vec<Source> {
        let told = self.model().sources.clone();
        self.about.source().into_iter().chain(told).collect()
    }

    /// What is to be said about recordings, once.
    pub fn take_news(&self) -> Vec<News> {
        std::mem::take(&mut *lock(&self.shared.news))
    }

    /// The run so far. The run goes on meanwhile; its records wait.
    pub fn model(&self) -> MutexGuard<'_, Model> {
        self.shared.look()
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        lock(&self.shared.progress).clone()
    }

    /// The debugger of the thread that is looked at, for drawing it. What it asks for meanwhile is sent by the next
    /// [`Self::debug`].
    pub fn debugger(&self) -> Looked<'_> {
        Looked(lock(&self.shared.threads))
    }

    /// Looks at the debugger of the thread that is looked at, or asks something of it.
    pub fn debug<R>(&self, act: impl FnOnce(&mut Debugger) -> R) -> R {
        self.threads(|threads| act(threads.debugger_mut()))
    }

    /// Looks at the debuggers of all threads, or asks something of them.
    pub fn threads<R>(&self, act: impl FnOnce(&mut Threads) -> R) -> R {
        let mut threads = lock(&self.shared.threads);
        let result = act(&mut threads);
        if let Some(control) = &self.control {
            send_requests(&mut threads, control);
        }
        result
    }

    /// Whether the thread that is looked at stands still.
    pub fn stands(&self) -> bool {
        let (chosen, stands) = {
            let looked = self.debugger();
            (looked.0.chosen(), looked.paused().is_some())
        };
        if chosen == threads::MAIN { self.model().state().paused.is_some() } else { stands }
    }

    /// Sends a command.
    pub fn send(&self, command: Command) {
        if let Some(control) = &self.control {
            control.send(command);
        }
    }
}

/// The debugger of the thread that is looked at, which no one else changes meanwhile.
pub struct Looked<'a>(MutexGuard<'a, Threads>);

impl Looked<'_> {
    /// All threads, the main one first.
    pub fn list(&self) -> Vec<threads::Listed> {
        self.0.list()
    }

    /// What breakpoints have said, oldest first.
    pub fn said(&self) -> Arc<VecDeque<Said>> {
        self.0.said()
    }

    /// Where other debuggers attach to the run.
    pub fn door(&self) -> Door {
        self.0.door().clone()
    }
}

impl Deref for Looked<'_> {
    type Target = Debugger;

    fn deref(&self) -> &Debugger {
        self.0.debugger()
    }
}

impl DerefMut for Looked<'_> {
    fn deref_mut(&mut self) -> &mut Debugger {
        self.0.debugger_mut()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.shared.dropped.store(true, Ordering::Release);
        self.send(Command::Stop);
        let Some(thread) = self.thread.take() else { return };
        let until = Instant::now() + PATIENCE;
        while !thread.is_finished() && Instant::now() < until {
            std::thread::sleep(LOOK);
        }
        if thread.is_finished() {
            // It has nothing to say any more.
            drop(thread.join());
        }
    }
}

/// Sends what the debuggers ask for. Whoever holds their lock sends, so that requests stay in order.
fn send_requests(threads: &mut Threads, control: &Control) {
    for request in threads.take_requests() {
        // A run that is over has no answers any more.
        control.inspect(request);
    }
}

fn begin(script: Script, paused: bool, speed: Speed) -> Start {
    let (options, folder) = match script {
        Script::File(path, args) => {
            let folder = Path::new(&path).parent().map(|folder| folder.to_string_lossy().into_owned());
            (Options::file(path, args), folder.filter(|folder| !folder.is_empty()))
        }
        Script::Text(source) => {
            let mut options = Options::file("", Vec::new());
            options.main = Main::Eval { source, name: "[eval]", print: false };
            (options, None)
        }
    };
    Start { options, folder, paused, speed, inspect: true, sampling: 0 }
}

/// The reducer's thread: takes batches until the run is over.
fn follow(session: Session, shared: &Shared, orders: &Receiver<Order>, scribe: &mut Scribe, wake: &Wake) {
    let records = session.records();
    let mut inspector = session.inspector().clone();
    loop {
        let sleeps = lock(&shared.model).sleeps();
        // The start of the first callback after a sleep is told at once, so nothing has to be asked for meanwhile.
        let quiet = match (sleeps, scribe.is_dirty) {
            (false, _) => after(QUIET),
            (true, true) => after(FLUSH),
            (true, false) => never(),
        };
        select! {
            recv(records) -> batch => {
                let Ok(batch) = batch else { break };
                fold(&batch, shared);
                scribe.take(&batch, shared);
                session.give_back(batch);
                wake();
            }
            recv(orders) -> order => {
                match order {
                    Ok(order) => scribe.follow(order, shared),
                    // The window is gone: so will be the run.
                    Err(_) => break,
                }
                wake();
            }
            recv(inspector) -> message => {
                match message {
                    Ok(message) => hear(&message, shared, session.control()),
                    // The run is about to end; what it still has to tell is among its records.
                    Err(_) => inspector = never(),
                }
                wake();
            }
            recv(quiet) -> _ => {
                // A callback may be running of which not even the start has been told.
                if !sleeps {
                    session.control().request_records();
                }
                scribe.flush(shared);
            }
        }
    }
    scribe.finish(shared);
    for message in session.inspector().try_iter() {
        hear(&message, shared, session.control());
    }
    lock(&shared.threads).end();
    *lock(&shared.progress) = match session.finish() {
        Ok(code) => Progress::Ended(code),
        Err(failed) => Progress::Failed(failed.to_string()),
    };
    wake();
}

/// Hands a message of the inspector's to the debugger that it is for.
fn hear(message: &str, shared: &Shared, control: &Control) {
    // The runtime's own inspector speaks JSON.
    let Ok(message) = serde_json::from_str(message) else { return };
    let mut threads = lock(&shared.threads);
    threads.hear(message);
    send_requests(&mut threads, control);
}

fn fold(batch: &[Record], shared: &Shared) {
    for chunk in batch.chunks(CHUNK) {
        shared.give_way();
        lock(&shared.model).apply(chunk);
    }
}

/// Writes the run while it goes on, when that is wanted.
struct Scribe {
    recorder: Option<Recorder>,
    /// Whether something has not been handed to the system.
    is_dirty: bool,
    notes: Vec<Note>,
    about: About,
}

impl Scribe {
    fn follow(&mut self, order: Order, shared: &Shared) {
        match order {
            Order::Record(path) => {
                let begun = Recorder::begin(&path, self.about.clone());
                let caught_up = begun.and_then(|mut recorder| {
                    let (mut from, mut defined) = (0, false);
                    loop {
                        let model = shared.look();
                        let records = piece(model.past(), &model.sources, from, defined);
                        let all = model.past().len();
                        drop(model);
                        recorder.take(&records.map_err(|reason| recorder.failed(reason))?)?;
                        (from, defined) = (from + PIECE, true);
                        if from >= all {
                            return Ok(recorder);
                        }
                    }
                });
                match caught_up {
                    Ok(recorder) => self.recorder = Some(recorder),
                    Err(failed) => self.give_up(&failed, shared),
                }
            }
            Order::Stop(notes) => {
                self.notes = notes;
                self.finish(shared);
            }
        }
    }

    fn give_up(&mut self, failed: &RecorderError, shared: &Shared) {
        self.recorder = None;
        shared.recording.store(false, Ordering::Release);
        lock(&shared.news).push(News::Failed(failed.to_string()));
    }

    fn take(&mut self, batch: &[Record], shared: &Shared) {
        let Some(recorder) = &mut self.recorder else { return };
        match recorder.take(batch) {
            Ok(flushed) => self.is_dirty = !flushed,
            Err(failed) => self.give_up(&failed, shared),
        }
    }

    fn flush(&mut self, shared: &Shared) {
        self.is_dirty = false;
        if let Some(recorder) = &mut self.recorder
            && let Err(failed) = recorder.flush()
        {
            self.give_up(&failed, shared);
        }
    }

    fn finish(&mut self, shared: &Shared) {
        let Some(recorder) = self.recorder.take() else { return };
        match recorder.finish(&self.notes) {
            Ok(path) => lock(&shared.news).push(News::Saved(path)),
            Err(failed) => lock(&shared.news).push(News::Failed(failed.to_string())),
        }
        shared.recording.store(false, Ordering::Release);
    }
}

/// The reader's thread: makes the timeline of a recording. It reads with a handle of its own if there is one, or borrows that
/// of the window, which can go to any moment meanwhile. Parts that are damaged are left out.
fn read(beside: Option<Box<dyn Past>>, shared: &Arc<Shared>, work: &Work, wake: &Wake) {
    let past: anyhow::Result<Box<dyn Past>> = match beside {
        Some(past) => Ok(past),
        None => findings::lend(Lent(Arc::clone(shared))).map(|past| Box::new(past) as _).map_err(Into::into),
    };
    let indexed = past.and_then(|past| Ok(index(&*past, shared, work, wake)?));
    let failed = match indexed {
        Ok(damaged) => damaged,
        Err(failed) => Some(told(&failed)),
    };
    if let Some(failed) = failed {
        lock(&shared.news).push(News::Failed(failed));
    }
    *lock(&shared.progress) = Progress::Recorded;
    wake();
}

/// Goes through a past and makes its timeline; returns what could not be read first.
fn index(past: &dyn Past, shared: &Shared, work: &Work, wake: &Wake) -> Result<Option<String>, PastError> {
    let mut state = past.state_at(0)?;
    state.names = past.names()?;
    let (mut from, mut damaged) = (0, None);
    let is_wanted = || !shared.dropped.load(Ordering::Acquire) && !work.is_cancelled();
    while from < past.len() && is_wanted() {
        let to = (from + PIECE).min(past.len());
        let mut events = Vec::new();
        let mut failed = None;
        for event in past.events(from..to) {
            match event {
                Ok((_, event)) => events.push(event),
                Err(error) => failed = Some(error),
            }
        }
        for chunk in events.chunks(CHUNK) {
            shared.give_way();
            lock(&shared.model).index(chunk, &mut state);
        }
        from = if failed.is_none() { to } else { from + events.len() as u64 };
        if let Some(failed) = failed {
            damaged = damaged.or_else(|| Some(format!("Some of it is missing: {failed}.")));
            let block = past.block_of(from);
            from = past.blocks().get(block).map_or(past.len(), Block::after).max(from + 1);
            // Without a keyframe behind the damage what is left of the old state is the best there is.
            match past.state_at(from) {
                Ok(known) => state = known,
                Err(_) => state.lose(),
            }
            lock(&shared.model).timeline.lost(&state);
        }
        let percent = (100 * from / past.len().max(1)).min(99) as u8;
        *lock(&shared.progress) = Progress::Reading(percent);
        work.set(from, past.len());
        wake();
    }
    if work.is_cancelled() {
        let end = duration(state.now);
        return Ok(Some(format!(
            "The timeline ends at {end}: reading the rest was cancelled. Every moment can be shown."
        )));
    }
    for number in 0..past.sampled().len() {
        if !is_wanted() {
            break;
        }
        match past.samples(number) {
            Ok(samples) => {
                shared.give_way();
                lock(&shared.model).see(&samples, &state);
            }
            Err(failed) => damaged = damaged.or(Some(failed.to_string())),
        }
    }
    Ok(damaged)
}
