//! Runs a script as the window does, with somebody who takes every record and only counts them: what tracing itself
//! costs. Usage: `watched [V8-OPTIONS…] FILE [ARGS…]`; prints the script's console lines, and on standard error the number
//! of records and the exit code, which is its own, too.

use std::io::Write as _;
use std::process::ExitCode;

use loopscope_protocol::{EventKind, LoopState, Record, Speed};
use loopscope_runtime::options::Options;
use loopscope_runtime::session::{Session, Start, V8_OPTION};

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1).peekable();
    let mut v8_options = vec![V8_OPTION.to_owned()];
    v8_options.extend(std::iter::from_fn(|| args.next_if(|arg| arg.starts_with("--"))));
    let file = args.next().ok_or("usage: watched [V8-OPTIONS...] FILE [ARGS...]")?;
    loopscope_runtime::js::initialize(&v8_options);
    let options = Options::file(file, args.collect());
    let session = Session::start(Start {
        options,
        folder: None,
        paused: false,
        speed: Speed::Full,
        inspect: false,
        sampling: 0,
    })?;
    let (mut count, mut texts) = (0, LoopState::default());
    while let Ok(batch) = session.records().recv() {
        count += batch.len();
        for record in &batch {
            match record {
                Record::Text { .. } => texts.apply(record),
                Record::Event(event) => {
                    if let EventKind::Console { text, .. } = event.kind {
                        std::io::stdout().write_all(texts.names.text(text).as_bytes())?;
                    }
                }
                Record::Place { .. } | Record::Samples(_) | Record::Source(_) => {}
            }
        }
        session.give_back(batch);
    }
    let code = session.finish()?;
    eprintln!("{count} records, exit code {code}");
    Ok(ExitCode::from(code as u8))
}
