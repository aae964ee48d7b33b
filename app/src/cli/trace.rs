//! `loopscope trace`: a run as `loopscope run`, with a line for everything that happens.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, Result};
use loopscope_protocol::Record;
use loopscope_runtime::options::Options;
use loopscope_runtime::program;
use loopscope_runtime::trace::{Observer, Sink};
use loopscope_trace::{TextTrace, write_header, write_record};

use super::Trace;

/// Runs the script and writes the trace.
///
/// # Errors
/// When the output cannot be written or the runtime cannot start.
pub fn run(trace: Trace) -> Result<ExitCode> {
    let output: Box<dyn Write + Send> = match &trace.output {
        Some(path) => {
            let file = File::create(path)
                .with_context(|| format!("cannot write the trace to {}", path.display()))?;
            Box::new(BufWriter::new(file))
        }
        None => Box::new(io::stderr()),
    };
    let mut writer = Writer { output, text: (!trace.json).then(TextTrace::default) };
    if trace.json {
        write_header(&mut writer.output).context("cannot write the trace")?;
    }
    program::start_v8(&[])?;
    let mut script = trace.script.into_iter();
    let options = Options::file(script.next().unwrap_or_default(), script.collect());
    let code = program::execute(options, move || Some(Box::new(Shared(Arc::new(Mutex::new(writer))))))?;
    std::process::exit(code)
}

/// Writes every record where it is made: output and trace stay in order.
struct Writer {
    output: Box<dyn Write + Send>,
    /// Makes lines for people; without it records are written as JSON.
    text: Option<TextTrace>,
}

impl Writer {
    fn write(&mut self, batch: &[Record]) -> Result<()> {
        for record in batch {
            match &mut self.text {
                Some(text) => {
                    if let Some(line) = text.line(record) {
                        writeln!(self.output, "{line}")?;
                    }
                }
                None => write_record(record, &mut self.output)?,
            }
        }
        Ok(self.output.flush()?)
    }
}

impl Writer {
    fn take(&mut self, batch: &[Record]) {
        if let Err(failed) = self.write(batch) {
            eprintln!("loopscope: the trace cannot be written any further: {failed}");
            self.output = Box::new(io::sink());
        }
    }
}

/// A writer that workers reach, too.
struct Shared(Arc<Mutex<Writer>>);

fn lock(writer: &Mutex<Writer>) -> MutexGuard<'_, Writer> {
    writer.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Observer for Shared {
    fn records(&mut self, batch: &mut Vec<Record>) {
        lock(&self.0).take(batch);
        batch.clear();
    }

    fn sink(&self) -> Option<Sink> {
        let writer = Arc::clone(&self.0);
        Some(Arc::new(move |batch| lock(&writer).take(&batch)))
    }
}
