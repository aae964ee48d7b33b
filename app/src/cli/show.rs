//! `loopscope show`: what is in a recording, without a window.

use std::collections::HashMap;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use loopscope_protocol::{EventKind, PlaceId, Record, TaskId, TaskKind};
use loopscope_trace::handlers::{handlers, source_at};
use loopscope_trace::recording::{definitions, samples};
use loopscope_trace::summary::summarize;
use loopscope_trace::why::why;
use loopscope_trace::{TextTrace, write_header, write_record};

use super::filter::{is_about, moment};
use super::moment::describe;
use super::progress::{self, Told};
use super::{ShowArgs, lint};
use loopscope::state::open::Opened;
use loopscope::state::work::{Watched, Work};

/// Shows a recording.
///
/// # Errors
/// When it cannot be opened or standard output cannot be written.
pub fn run(args: &ShowArgs) -> Result<ExitCode> {
    let Some(mut opened) = progress::open(&args.recording)? else { return Ok(progress::interrupted()) };
    let work = Work::new(format!("Reading {}", args.recording.display()));
    let all = 0..opened.past.len();
    opened.past = Box::new(Watched::new(opened.past, &all, &work));
    let told = Told::begin(&work)?;
    let mut out = BufWriter::new(Waiting { told: Some(told), out: io::stdout().lock() });
    let shown = show(&opened, args, &mut out).and_then(|()| Ok(out.flush()?));
    drop(out);
    if work.is_cancelled() {
        progress::say_cancelled(&args.recording);
        return Ok(progress::interrupted());
    }
    let mut problems = opened.problems.clone();
    problems.extend(opened.past.problems().into_iter().filter(|later| !opened.problems.contains(later)));
    for problem in problems {
        eprintln!("loopscope: {problem}");
    }
    match shown {
        Err(failed) if is_closed(&failed) => Ok(ExitCode::SUCCESS),
        shown => shown.map(|()| ExitCode::SUCCESS),
    }
}

/// Standard output, before which nothing is said any more about how far it is.
struct Waiting<W> {
    told: Option<Told>,
    out: W,
}

impl<W: Write> Write for Waiting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.told = None;
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Whether whoever read our output has seen enough, such as `head`.
pub fn is_closed(failed: &anyhow::Error) -> bool {
    failed
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

fn show(opened: &Opened, args: &ShowArgs, out: &mut impl Write) -> Result<()> {
    let past = &*opened.past;
    if args.lint {
        return lint::print(past, &opened.sources, &args.allow, out).map(drop);
    }
    let until = args.at.as_ref().map(|at| moment(past, at)).transpose()?;
    if let Some(wanted) = &args.why {
        let task = find_task(opened, wanted)?;
        let until = until.unwrap_or(past.len());
        return match why(past, task, until)? {
            Some(why) => Ok(out.write_all(why.text(&past.names()?).as_bytes())?),
            None => bail!(
                "the run has no callback {wanted}; `loopscope show --text` lists them with their numbers"
            ),
        };
    }
    if let Some(until) = until {
        return Ok(out.write_all(describe(past, until)?.as_bytes())?);
    }
    if args.json || args.text || args.words || args.filter.is_set() {
        return events(opened, args, out);
    }
    head(opened, out)?;
    let summary = summarize(past).context("the recording cannot be summed up")?;
    out.write_all(summary.text().as_bytes())?;
    for problem in &summary.problems {
        writeln!(out, "{problem}")?;
    }
    for note in &opened.notes {
        let text = if note.text.is_empty() { "bookmark" } else { &note.text };
        writeln!(out, "note at {:.3} ms (#{}): {text}", note.at as f64 / 1e6, note.moment)?;
    }
    Ok(())
}

/// The callback with this number, or the first one whose function has this name. Of reactions to promises the name of the
/// handler is read in the source.
fn find_task(opened: &Opened, wanted: &str) -> Result<TaskId> {
    if let Ok(task) = wanted.trim_start_matches('#').parse() {
        return Ok(task);
    }
    let past = &*opened.past;
    let names = past.names()?;
    let mut handed: HashMap<PlaceId, bool> = HashMap::new();
    let mut found = None;
    past.scan(0..past.len(), &mut |_| true, &mut |_, event| {
        let EventKind::TaskCreated { task, kind, callback, .. } = event.kind else { return true };
        let is_named = names.place(callback).is_some_and(|place| names.text(place.function) == wanted);
        let is_handler = kind == TaskKind::PromiseReaction
            && *handed.entry(callback).or_insert_with(|| {
                let call = source_at(&names, &opened.sources, callback);
                call.is_some_and(|call| handlers(call).contains(&wanted))
            });
        // Whoever awaits has a name of its own; a reaction's place is where it was asked for.
        if is_handler || is_named {
            found = Some(task);
        }
        found.is_none()
    })?;
    found.with_context(|| {
        format!(
            "no callback is a function named {wanted}; listeners of events run inside of other callbacks, which `loopscope show \
             --text` lists with their numbers"
        )
    })
}

fn head(opened: &Opened, out: &mut impl Write) -> Result<()> {
    let meta = &opened.meta;
    if !meta.script.is_empty() {
        let by = if meta.program.is_empty() { String::new() } else { format!("  ({})", meta.program) };
        writeln!(out, "{}{by}", meta.script.join(" "))?;
    }
    for remark in &meta.remarks {
        writeln!(out, "{remark}")?;
    }
    if !opened.sources.is_empty() {
        let bytes: usize = opened.sources.iter().map(|source| source.text.len()).sum();
        match opened.sources.len() {
            1 => writeln!(out, "the text of its script is kept with it ({bytes} bytes)")?,
            many => writeln!(out, "the texts of {many} scripts are kept with it ({bytes} bytes)")?,
        }
    }
    if let Some(ending) = opened.ending() {
        writeln!(out, "{ending}")?;
    }
    Ok(())
}

/// All events, or those of the callbacks that are asked for, a line each.
fn events(opened: &Opened, args: &ShowArgs, out: &mut impl Write) -> Result<()> {
    let past = &*opened.past;
    let tasks = if args.filter.picks_tasks() { Some(args.filter.tasks(past)?) } else { None };
    let range = args.filter.range(past)?;
    if args.json {
        write_header(out)?;
        for definition in definitions(past)? {
            write_record(&definition, out)?;
        }
        if tasks.is_none() {
            for sampled in samples(past) {
                write_record(&sampled?, out)?;
            }
        }
    }
    let mut lines = TextTrace::after(past.state_at(range.start)?);
    let mut failed = None;
    past.scan(range, &mut |_| true, &mut |_, event| {
        let record = Record::Event(*event);
        let wanted = tasks.as_ref().is_none_or(|tasks| is_about(&event.kind, tasks));
        let written = if args.words {
            let words = lines.state().narrate(event).filter(|_| wanted);
            lines.line(&record);
            let at = event.at as f64 / 1e6;
            words.map_or(Ok(()), |words| writeln!(out, "{at:>10.3} ms  {words}").map_err(anyhow::Error::from))
        } else if args.json {
            if wanted { write_record(&record, out).map_err(anyhow::Error::from) } else { Ok(()) }
        } else {
            let line = lines.line(&record).filter(|_| wanted);
            line.map_or(Ok(()), |line| writeln!(out, "{line}").map_err(anyhow::Error::from))
        };
        failed = written.err();
        failed.is_none()
    })?;
    failed.map_or(Ok(()), Err)
}
