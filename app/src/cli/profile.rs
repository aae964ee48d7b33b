//! `loopscope profile`: a run with V8's profiles taken of it, written to files other tools open, and told in short.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::Args as ClapArgs;
use crossbeam_channel::{bounded, never, select};
use loopscope::state::profile::coverage::Lines;
use loopscope::state::profile::{Heard, Kind, Profiles, allocations, cpu};
use loopscope_protocol::ConsoleStream;
use loopscope_protocol::{Command, EventKind, Record, Speed, TextId};
use loopscope_runtime::options::Options;
use loopscope_runtime::program;
use loopscope_runtime::session::{Control, Session, Start};
use serde_json::Value;

use super::record::read_script;

/// How often a run that tells nothing is asked for what it has made.
const QUIET: Duration = Duration::from_millis(25);

/// Functions in a list.
const LISTED: usize = 10;

/// Exit code of a program that was interrupted, as shells count.
const INTERRUPTED: i32 = 130;

/// What to profile and how.
#[derive(ClapArgs)]
pub struct ProfileArgs {
    /// Where the time went, for this file; what is taken when nothing else is asked for, as NAME.cpuprofile
    #[arg(long, value_name = "OUT.cpuprofile")]
    pub cpu: Option<PathBuf>,
    /// Which functions allocated what is in use at the end, for this file
    #[arg(long, value_name = "OUT.heapprofile")]
    pub allocations: Option<PathBuf>,
    /// How often each part of each script ran, for this file (as NODE_V8_COVERAGE has it)
    #[arg(long, value_name = "OUT.json")]
    pub coverage: Option<PathBuf>,
    /// Everything that is in use at the end, for this file, which Chrome DevTools opens
    #[arg(long, value_name = "OUT.heapsnapshot")]
    pub heap_snapshot: Option<PathBuf>,
    /// The script, and behind it its arguments
    #[arg(value_name = "FILE", required = true, trailing_var_arg = true)]
    pub script: Vec<String>,
}

/// Runs the script and takes the profiles. The exit code is the script's. Ctrl+C ends the script and keeps the profiles.
///
/// # Errors
/// When a file cannot be made or the runtime cannot start.
pub fn run(args: ProfileArgs) -> Result<ExitCode> {
    let mut script = args.script.into_iter();
    let file = script.next().unwrap_or_default();
    let mut wanted: Vec<_> = [
        (Kind::Cpu, args.cpu),
        (Kind::Allocations, args.allocations),
        (Kind::Coverage, args.coverage),
        (Kind::Heap, args.heap_snapshot),
    ]
    .into_iter()
    .filter_map(|(kind, path)| Some((kind, path?)))
    .collect();
    if wanted.is_empty() {
        let stem = Path::new(&file).file_stem().unwrap_or(file.as_ref());
        wanted.push((Kind::Cpu, PathBuf::from(stem).with_extension("cpuprofile")));
    }
    let mut outputs = HashMap::new();
    for (kind, path) in wanted {
        let made = File::create(&path)
            .with_context(|| format!("cannot write {}; name another file", path.display()))?;
        outputs.insert(kind, Output { path, out: BufWriter::new(made), is_whole: false });
    }
    program::start_v8(&[])?;
    let start = Start {
        options: Options::file(file, script.collect()),
        folder: None,
        paused: false,
        speed: Speed::Full,
        inspect: true,
        sampling: 0,
    };
    let session = Session::start(start)?;
    let kinds: Vec<_> = outputs.keys().copied().collect();
    let (profiles, requests) = Profiles::begin(&kinds);
    let mut taker = Taker {
        control: session.control().clone(),
        profiles,
        outputs,
        said: Vec::new(),
        texts: HashMap::new(),
        is_interrupted: false,
    };
    taker.send(requests);
    taker.follow(&session)?;
    let code = session.finish()?;
    taker.finish();
    std::process::exit(if taker.is_interrupted { INTERRUPTED } else { code })
}

/// A file that a profile goes to.
struct Output {
    path: PathBuf,
    out: BufWriter<File>,
    is_whole: bool,
}

/// Follows a run and takes its profiles.
struct Taker {
    control: Control,
    profiles: Profiles,
    outputs: HashMap<Kind, Output>,
    /// What is to be said when the script has ended.
    said: Vec<String>,
    texts: HashMap<TextId, Box<str>>,
    is_interrupted: bool,
}

impl Taker {
    fn send(&self, requests: Vec<String>) {
        for request in requests {
            // A run that is over takes none; what is missing then is said at the end.
            self.control.inspect(request);
        }
    }

    /// Follows the run to its end.
    fn follow(&mut self, session: &Session) -> Result<()> {
        let (interrupt, interrupts) = bounded(1);
        program::on_interrupt(move || {
            match interrupt.try_send(()) {
                // Without room one is there already, and a run that is over needs none.
                Ok(()) | Err(_) => {}
            }
        })
        .context("the system gives no thread for Ctrl+C")?;
        let mut interrupts = interrupts;
        let mut inspector = session.inspector().clone();
        loop {
            select! {
                recv(session.records()) -> batch => match batch {
                    Ok(batch) => self.print(batch)?,
                    Err(_) => break,
                },
                recv(inspector) -> message => match message {
                    Ok(message) => self.hear(&message),
                    Err(_) => inspector = never(),
                },
                recv(interrupts) -> interrupted => {
                    interrupts = never();
                    if interrupted.is_ok() {
                        self.is_interrupted = true;
                        let requests = self.profiles.end();
                        self.send(requests);
                        self.go_on_when_complete();
                    }
                }
                default(QUIET) => self.control.request_records(),
            }
        }
        while let Ok(message) = session.inspector().try_recv() {
            self.hear(&message);
        }
        Ok(())
    }

    /// Prints what the script wrote.
    fn print(&mut self, batch: Vec<Record>) -> io::Result<()> {
        for record in batch {
            match record {
                Record::Text { id, text } => {
                    self.texts.insert(id, text);
                }
                Record::Event(event) => {
                    let EventKind::Console { stream, text, .. } = event.kind else { continue };
                    let text = self.texts.get(&text).map_or("", |text| text);
                    match stream {
                        ConsoleStream::Stdout => io::stdout().write_all(text.as_bytes())?,
                        ConsoleStream::Stderr => io::stderr().write_all(text.as_bytes())?,
                    }
                }
                Record::Place { .. } | Record::Samples(_) | Record::Source(_) => {}
            }
        }
        io::stdout().flush()
    }

    fn hear(&mut self, message: &str) {
        // The runtime's own inspector speaks JSON.
        let Ok(message) = serde_json::from_str(message) else { return };
        match self.profiles.hear(message) {
            Heard::Nothing => {}
            Heard::Ends => {
                let requests = self.profiles.end();
                self.send(requests);
            }
            Heard::Part(text) => self.write(Kind::Heap, |out| out.write_all(text.as_bytes())),
            Heard::Made(Kind::Heap, profile) => self.complete(Kind::Heap, &profile),
            Heard::Made(kind, profile) => {
                self.write(kind, |out| serde_json::to_writer(out, &profile).map_err(io::Error::from));
                self.complete(kind, &profile);
            }
            Heard::Failed(kind, why) => {
                self.said.push(format!("loopscope: {} cannot be taken: {why}", lower(kind.name())))
            }
        }
        self.go_on_when_complete();
    }

    /// Lets the run end when everything is there.
    fn go_on_when_complete(&self) {
        if self.profiles.is_complete() {
            self.control.send(if self.is_interrupted { Command::Stop } else { Command::Resume });
        }
    }

    fn write(&mut self, kind: Kind, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) {
        let Some(output) = self.outputs.get_mut(&kind) else { return };
        if let Err(failed) = write(&mut output.out) {
            self.said.push(format!("loopscope: cannot write {}: {failed}", output.path.display()));
            self.give_up(kind);
        }
    }

    /// Half a profile is worse than none.
    fn give_up(&mut self, kind: Kind) {
        if let Some(output) = self.outputs.remove(&kind) {
            // What cannot be removed stays.
            drop(std::fs::remove_file(&output.path));
        }
    }

    /// A profile was written: says what is in it.
    fn complete(&mut self, kind: Kind, profile: &Value) {
        self.write(kind, BufWriter::flush);
        let Some(output) = self.outputs.get_mut(&kind) else { return };
        output.is_whole = true;
        let head = format!("loopscope: {} is in {}", lower(kind.name()), output.path.display());
        match kind {
            Kind::Cpu => {
                let summary = cpu::Summary::read(profile);
                let millis = |micros: u64| micros as f64 / 1e3;
                let (busy, total) = (millis(summary.busy), millis(summary.total));
                self.said.push(format!("{head}: busy for {busy:.1} of {total:.1} ms, most of it in"));
                for hot in summary.functions.iter().take(LISTED) {
                    let share = hot.micros as f64 * 100.0 / summary.busy.max(1) as f64;
                    let text = hot.function.text();
                    self.said.push(format!("  {share:5.1} %  {:9.1} ms  {text}", millis(hot.micros)));
                }
            }
            Kind::Allocations => {
                let found = allocations::read(profile);
                let kib = |bytes: u64| bytes as f64 / 1024.0;
                let all: u64 = found.iter().map(|found| found.1).sum();
                self.said.push(format!("{head}: about {:.1} KiB in use, most of it from", kib(all)));
                for (function, bytes) in found.iter().take(LISTED) {
                    self.said.push(format!("  {:9.1} KiB  {}", kib(*bytes), function.text()));
                }
            }
            Kind::Coverage => {
                self.said.push(format!("{head}: lines that ran"));
                let scripts = profile["result"].as_array().into_iter().flatten();
                self.said.extend(scripts.filter_map(covered));
            }
            Kind::Heap => {
                let bytes = std::fs::metadata(&output.path).map_or(0, |meta| meta.len());
                self.said.push(format!("{head}: {:.1} MiB", bytes as f64 / 1_048_576.0));
            }
        }
    }

    /// Says what is to be said, once the script has ended.
    fn finish(&mut self) {
        for kind in self.profiles.missing().to_vec() {
            self.said.push(format!("loopscope: {} is missing: the run ended before it", lower(kind.name())));
        }
        let half = self.outputs.iter().filter(|output| !output.1.is_whole).map(|output| *output.0);
        for kind in half.collect::<Vec<_>>() {
            self.give_up(kind);
        }
        for line in &self.said {
            eprintln!("{line}");
        }
    }
}

/// The line about a script of the user's in the coverage.
fn covered(script: &Value) -> Option<String> {
    let path = url::Url::parse(script["url"].as_str()?).ok()?.to_file_path().ok()?;
    let lines = Lines::read(script, &read_script(path.to_str()?)?);
    let (ran, all) = lines.ran();
    let missed: Vec<_> = lines
        .missed()
        .into_iter()
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") })
        .collect();
    let rest = if missed.is_empty() { String::new() } else { format!(", all but {}", missed.join(", ")) };
    let share = ran as f64 * 100.0 / all.max(1) as f64;
    Some(format!("  {share:5.1} %  {ran:5} of {all}  {}{rest}", path.display()))
}

/// In the middle of a sentence.
fn lower(text: &str) -> String {
    text.replacen("The", "the", 1)
}
