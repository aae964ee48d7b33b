//! Runs the specs with Node.js and shows where it prints something else than is expected; `--bless` makes what it
//! prints the expectation. The variable `NODE` names the Node.js to use. With `--loopscope`, the same for
//! `loopscope-node`, to see at a glance what is missing.

use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context, Result, ensure};
use clap::Parser;
use loopscope_tests::compare::difference;
use loopscope_tests::program;
use loopscope_tests::spec::{self, Spec, SpecError};

/// Compares the specs' expected output with what Node.js prints.
#[derive(Parser)]
#[command(name = "specs")]
struct Args {
    /// Write what Node.js prints as the expected output
    #[arg(long)]
    bless: bool,
    /// Run the specs with loopscope-node instead: where it differs from what is expected, known failure or not
    #[arg(long, conflicts_with = "bless")]
    loopscope: bool,
    /// Run every spec this often; all runs must print the same
    #[arg(long, value_name = "TIMES", default_value_t = 1)]
    repeat: usize,
    /// Only specs whose name contains one of these
    filter: Vec<String>,
}

/// What one spec's runs showed.
enum Finding {
    Same,
    /// The expected output is another; the difference as text.
    Changed(String),
    /// Two runs printed different things; the difference as text.
    Unsteady(String),
}

fn main() -> Result<ExitCode> {
    let args = Args::parse();
    let program = if args.loopscope { program::loopscope_node()? } else { program::node()? };
    let mut specs = spec::discover(&spec::root())?;
    specs.retain(|s| args.filter.is_empty() || args.filter.iter().any(|part| s.name.contains(part.as_str())));
    ensure!(!specs.is_empty(), "no spec's name contains {:?}", args.filter);

    let (next, findings) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(spec) = specs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let finding = examine(spec, &program, &args);
            findings.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((spec, finding));
        }
    };
    thread::scope(|scope| {
        for index in 0..thread::available_parallelism().map_or(2, usize::from) {
            thread::Builder::new()
                .name(format!("spec-{index}"))
                .spawn_scoped(scope, work)
                .context("a thread")?;
        }
        anyhow::Ok(())
    })?;

    let mut findings = findings.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    findings.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
    let mut failed = false;
    for (spec, finding) in &findings {
        match finding {
            Ok(Finding::Same) => {}
            Ok(Finding::Changed(text)) => {
                println!("{} {}\n{text}", if args.bless { "wrote" } else { "differs" }, spec.name);
                failed |= !args.bless;
            }
            Ok(Finding::Unsteady(text)) => {
                println!("unsteady {}\n{text}", spec.name);
                failed = true;
            }
            Err(error) => {
                println!("error {}\n{error}\n", spec.name);
                failed = true;
            }
        }
    }
    let same = findings.iter().filter(|(_, finding)| matches!(finding, Ok(Finding::Same))).count();
    println!("{} specs, {same} as expected", findings.len());
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn examine(spec: &Spec, program: &std::path::Path, args: &Args) -> Result<Finding, SpecError> {
    let unordered = spec.settings.unordered;
    let first = spec.run(program)?;
    for _ in 1..args.repeat {
        if let Some(text) = difference(&first, &spec.run(program)?, unordered) {
            return Ok(Finding::Unsteady(text));
        }
    }
    match difference(&spec.expected()?, &first, unordered) {
        None if spec.dir.join(spec::EXPECTED_OUT).is_file() => Ok(Finding::Same),
        changed => {
            if args.bless {
                spec.bless(&first)?;
            }
            Ok(Finding::Changed(changed.unwrap_or_else(|| format!("no {}\n", spec::EXPECTED_OUT))))
        }
    }
}
