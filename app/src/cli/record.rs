//! `loopscope record`: a run as `loopscope run`, with a recording written meanwhile.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use loopscope_protocol::{Event, EventKind, Record};
use loopscope_runtime::js::Stopper;
use loopscope_runtime::options::Options;
use loopscope_runtime::program;
use loopscope_runtime::trace::{Observer, Sampling, Sink};
use loopscope_trace::{Meta, RecordingError, Source, Writer};

use super::RecordArgs;

/// Batches on their way to the file.
const BATCHES: usize = 64;

/// What the script did longer ago than this is in the file, whatever happens to the process.
const PATIENCE: Duration = Duration::from_millis(60);

/// How often a run that tells nothing is asked for what it has made.
const QUIET: Duration = Duration::from_millis(25);

/// Scripts longer than this are not kept with the recording, in bytes.
const LONGEST_SCRIPT: u64 = 8 << 20;

/// Runs the script and records it.
///
/// # Errors
/// When the file cannot be made or the runtime cannot start.
pub fn run(args: RecordArgs) -> Result<ExitCode> {
    let path = args.output.unwrap_or_else(|| default_output(&args.script));
    let file = File::create(&path).with_context(|| {
        format!("cannot write the recording to {}; name another file with -o", path.display())
    })?;
    let folder = std::env::current_dir().map(|folder| folder.display().to_string()).unwrap_or_default();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let script: Vec<String> = std::iter::once(args.script.clone()).chain(args.args.iter().cloned()).collect();
    let meta = Meta {
        program: format!("loopscope {}", env!("CARGO_PKG_VERSION")),
        node: loopscope_runtime::NODE_VERSION.to_owned(),
        script,
        folder,
        started: u64::try_from(now.as_millis()).unwrap_or(0),
        remarks: Vec::new(),
    };
    let writer = Writer::new(BufWriter::new(file), &meta)
        .with_context(|| format!("cannot write the recording to {}", path.display()))?;
    program::start_v8(&[])?;
    let (batches, made) = bounded(BATCHES);
    let reach: Reach = Arc::default();
    let theirs = Arc::clone(&reach);
    stop_on_interrupt(&reach)?;
    let thread = std::thread::Builder::new()
        .name("recorder".to_owned())
        .spawn(move || Recorder { writer: Some(writer), path, failed: None }.follow(&made, &theirs))
        .context("the system gives no thread for the recording")?;
    let sampling = Sampling::every(args.sample.unwrap_or(0));
    let recorder = Handing { batches: Some(batches), thread: Some(thread), sampling };
    let options = Options::file(args.script, args.args);
    let code = program::execute_with(
        options,
        move || Some(Box::new(recorder)),
        move |stopper| *reach.lock().unwrap_or_else(PoisonError::into_inner) = Some(stopper),
    )?;
    std::process::exit(code)
}

/// The means to reach the run, once it has begun.
pub type Reach = Arc<Mutex<Option<Stopper>>>;

/// Ends the run at the first Ctrl+C, so that there is time to write and to say what there is.
///
/// # Errors
/// When the system gives no thread for it.
pub fn stop_on_interrupt(reach: &Reach) -> Result<()> {
    let reach = Arc::clone(reach);
    program::on_interrupt(move || match &*reach.lock().unwrap_or_else(PoisonError::into_inner) {
        Some(run) => run.stop(),
        None => std::process::exit(INTERRUPTED),
    })
    .context("the system gives no thread for Ctrl+C")
}

/// Exit code of a program that was interrupted, as shells count.
const INTERRUPTED: i32 = 130;

/// `NAME.loopscope` in the current folder.
fn default_output(script: &str) -> PathBuf {
    let stem = Path::new(script).file_stem().unwrap_or(script.as_ref());
    PathBuf::from(stem).with_extension("loopscope")
}

/// Hands batches, and at last that there are no more, to the recorder's thread, and waits for it at the end of the run: the process ends right after.
struct Handing {
    batches: Option<Sender<Option<Vec<Record>>>>,
    thread: Option<JoinHandle<()>>,
    sampling: Sampling,
}

impl Handing {
    fn finish(&mut self) {
        if let Some(batches) = self.batches.take() {
            // Workers may still hold the other end.
            drop(batches.send(None));
        }
        if let Some(thread) = self.thread.take() {
            // A recorder that panicked has said so.
            drop(thread.join());
        }
    }
}

impl Drop for Handing {
    fn drop(&mut self) {
        self.finish();
    }
}

impl Observer for Handing {
    fn records(&mut self, batch: &mut Vec<Record>) {
        let is_last = matches!(batch.last(), Some(Record::Event(Event { kind: EventKind::Exit { .. }, .. })));
        let full = std::mem::replace(batch, Vec::with_capacity(batch.len()));
        if let Some(batches) = &self.batches {
            // The recorder only goes when it is told that this is the end.
            drop(batches.send(Some(full)));
        }
        if is_last {
            self.finish();
        }
    }

    fn sink(&self) -> Option<Sink> {
        let batches = self.batches.clone()?;
        // As above.
        Some(Arc::new(move |batch| drop(batches.send(Some(batch)))))
    }

    fn sampling(&self) -> Sampling {
        self.sampling.clone()
    }
}

/// Writes what comes.
struct Recorder {
    /// Gone once writing has failed.
    writer: Option<Writer<BufWriter<File>>>,
    path: PathBuf,
    failed: Option<String>,
}

impl Recorder {
    fn follow(mut self, made: &Receiver<Option<Vec<Record>>>, reach: &Reach) {
        let mut flushed = Instant::now();
        let mut pending = false;
        loop {
            match made.recv_timeout(QUIET) {
                Ok(None) => break,
                Ok(Some(batch)) => {
                    pending = true;
                    self.attempt(|writer| take(writer, &batch));
                }
                Err(RecvTimeoutError::Timeout) => {
                    // A long callback may have made records that nobody has handed on.
                    if let Some(run) = &*reach.lock().unwrap_or_else(PoisonError::into_inner) {
                        run.request_records();
                    }
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if pending && flushed.elapsed() >= PATIENCE {
                self.attempt(Writer::flush);
                (pending, flushed) = (false, Instant::now());
            }
        }
        self.finish();
    }

    fn attempt(&mut self, act: impl FnOnce(&mut Writer<BufWriter<File>>) -> Result<(), RecordingError>) {
        let Some(writer) = &mut self.writer else { return };
        if let Err(failed) = act(writer) {
            let text = format!(
                "the recording ends here, after {} events: {failed}. What was written until now can be opened; the script goes on",
                writer.events()
            );
            eprintln!("loopscope: {text}");
            self.failed = Some(text);
            self.writer = None;
        }
    }

    fn finish(self) {
        let path = self.path.display();
        let Some(writer) = self.writer else {
            if self.failed.is_some() {
                eprintln!("loopscope: {path} holds a part of the run");
            }
            return;
        };
        let events = writer.events();
        match writer.finish() {
            Ok((mut out, bytes)) => {
                if let Err(failed) = out.flush() {
                    eprintln!("loopscope: the end of {path} cannot be written: {failed}");
                    return;
                }
                let each = bytes as f64 / events.max(1) as f64;
                eprintln!(
                    "loopscope: {events} events recorded in {path} ({bytes} bytes, {each:.1} an event)"
                );
            }
            Err(failed) => eprintln!("loopscope: the end of {path} cannot be written: {failed}"),
        }
    }
}

fn take(writer: &mut Writer<BufWriter<File>>, batch: &[Record]) -> Result<(), RecordingError> {
    for record in batch {
        writer.record(record)?;
    }
    for path in writer.take_new_scripts() {
        if let Some(text) = read_script(&path) {
            writer.source(&Source { path, text })?;
        }
    }
    Ok(())
}

/// The text of a script; `None` for scripts that are no files or too long to keep.
pub fn read_script(path: &str) -> Option<String> {
    let known = std::fs::metadata(path).ok()?;
    if !known.is_file() || known.len() > LONGEST_SCRIPT {
        return None;
    }
    std::fs::read_to_string(path).ok()
}
