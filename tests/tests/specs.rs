//! Runs every spec with `loopscope-node`: one test per spec, named `AREA/NAME`.
//!
//! A spec in `specs/known-failures.txt` passes this test while it fails, and fails it as soon as it passes, so that
//! the list only shrinks.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use loopscope_tests::compare::difference;
use loopscope_tests::known::{self, KnownFailures};
use loopscope_tests::program;
use loopscope_tests::spec::{self, Spec};

fn main() -> ExitCode {
    match trials() {
        Ok(trials) => libtest_mimic::run(&Arguments::from_args(), trials).exit_code(),
        Err(error) => {
            eprintln!("the specs cannot be read: {error}");
            ExitCode::FAILURE
        }
    }
}

fn trials() -> Result<Vec<Trial>, Box<dyn std::error::Error>> {
    let root = spec::root();
    let known = KnownFailures::read(&root)?;
    let specs = spec::discover(&root)?;
    // A missing program fails every test, with the words that say what to do.
    let program = Arc::new(program::loopscope_node().map_err(|error| error.to_string()));

    let names: BTreeSet<_> = specs.iter().map(|s| s.name.clone()).collect();
    let strangers: Vec<_> = known.names().filter(|n| !names.contains(*n)).map(str::to_owned).collect();
    let (listed, all) = (known.names().len(), specs.len());
    let mut trials = vec![Trial::test("known-failures", move || {
        println!("{listed} of {all} specs are known to fail ({})", known::FILE);
        if strangers.is_empty() { Ok(()) } else { Err(format!("listed but no spec: {strangers:?}").into()) }
    })];
    for spec in specs {
        let reason = known.reason(&spec.name).map(str::to_owned);
        let kind = if reason.is_some() { "known failure" } else { "" };
        let program = Arc::clone(&program);
        let name = spec.name.clone();
        trials.push(Trial::test(name, move || judge(&spec, &program, reason.as_deref())).with_kind(kind));
    }
    Ok(trials)
}

fn judge(spec: &Spec, program: &Result<PathBuf, String>, known: Option<&str>) -> Result<(), Failed> {
    let program = program.as_ref()?;
    let expected = spec.expected()?;
    let difference = match spec.run(program) {
        Ok(actual) => difference(&expected, &actual, spec.settings.unordered),
        Err(error) => Some(error.to_string()),
    };
    match (difference, known) {
        (None, None) => Ok(()),
        (Some(_), Some(_)) => Ok(()),
        (Some(text), None) => Err(text.into()),
        (None, Some(reason)) => {
            Err(format!("passes, but {} lists it ({reason}): remove it from the list", known::FILE).into())
        }
    }
}
