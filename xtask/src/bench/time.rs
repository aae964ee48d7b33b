//! `cargo xtask bench --time`: how fast the timeline, recordings and going back are, and what being watched costs a script.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::measure::{Program, measure};
use super::report::{self, Row};
use crate::process::{cargo, run};
use crate::project::{Project, target_folder};
use crate::setup;

/// Scripts that are run alone, watched and recorded.
const SCRIPTS: [&str; 3] = ["http-hello.js", "http-json.js", "next-ticks.js"];

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
struct Options {
    /// Events of the runs that are made up.
    events: u64,
    /// How often each script runs.
    rounds: usize,
    /// Without optimization: whether it works, not how fast it is.
    debug: bool,
}

/// Prints all figures. Nothing here passes or fails but that it runs to its end.
pub fn chore(project: &Project, arguments: &[String]) -> Result<()> {
    let options = parse(arguments)?;
    setup::chore(project, &[])?;
    let profile = if options.debug { "dev" } else { "release" };
    let events = options.events.to_string();
    for (package, bench) in [("loopscope-trace", "past"), ("loopscope", "timeline")] {
        let what = ["bench", "--locked", "--profile", profile, "--package", package, "--bench", bench];
        run(cargo(project, what).args(["--", &events]))?;
    }
    let build = ["build", "--locked", "--profile", profile];
    let runtime = ["--package", "loopscope-runtime", "--bins", "--example", "watched"];
    run(cargo(project, build).args(runtime))?;
    run(cargo(project, build).args(["--package", "loopscope", "--bins"]))?;
    let built = target_folder(project)?.join(if options.debug { "debug" } else { "release" });
    let recording = std::env::temp_dir().join(format!("loopscope-bench-{}.loopscope", std::process::id()));
    let table = watched(project, &programs(&built, &recording), options.rounds);
    drop(std::fs::remove_file(&recording));
    print!("{}", table?);
    Ok(())
}

/// What runs the scripts; the first one is compared with.
fn programs(built: &Path, recording: &Path) -> Vec<Program> {
    let program = |name: &str, file: &str, arguments: &[&str], against| Program {
        name: name.to_owned(),
        path: built.join(file),
        arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect(),
        against,
    };
    let recording = recording.to_string_lossy();
    vec![
        program("alone", "loopscope-node", &[], None),
        program("watched", "examples/watched", &[], Some(0)),
        program("recorded", "loopscope", &["record", "-o", &recording], Some(0)),
    ]
}

/// The table of what being watched costs.
fn watched(project: &Project, programs: &[Program], rounds: usize) -> Result<String> {
    let scripts = SCRIPTS.map(|name| project.join("tests/bench").join(name));
    let mut rows: Vec<Row> =
        scripts.iter().map(|script: &PathBuf| Row::new(script, programs.len())).collect();
    for round in 0..rounds {
        for row in &mut rows {
            for turn in 0..programs.len() {
                let index = (turn + round) % programs.len();
                row.add(index, measure(&programs[index], &row.script));
            }
        }
    }
    let table = report::table(&rows, programs, rounds);
    if rows.iter().any(|row| row.has_failed(programs)) {
        bail!("a script did not run to its end\n{table}");
    }
    Ok(table)
}

fn parse(arguments: &[String]) -> Result<Options> {
    let mut options = Options { events: 10_000_000, rounds: 3, debug: false };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let mut number = || {
            let text = arguments.next().with_context(|| format!("`{argument}` needs a number"))?;
            let number = text.replace('_', "").parse().ok().filter(|number| *number > 0);
            number.with_context(|| format!("`{argument} {text}`: it must be a whole number, at least 1"))
        };
        match argument.as_str() {
            "--events" => options.events = number()?,
            "--rounds" => options.rounds = usize::try_from(number()?)?,
            "--debug" => options.debug = true,
            other => bail!("`cargo xtask bench --time` has no option `{other}`"),
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &[&str]) -> Result<Options> {
        parse(&arguments.iter().map(|argument| (*argument).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn options_are_understood_or_refused() {
        assert_eq!(parsed(&[]).unwrap(), Options { events: 10_000_000, rounds: 3, debug: false });
        let small = parsed(&["--events", "100_000", "--debug", "--rounds", "1"]).unwrap();
        assert_eq!(small, Options { events: 100_000, rounds: 1, debug: true });
        for wrong in [&["--events"][..], &["--events", "0"], &["--events", "x"], &["http"]] {
            assert!(parsed(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn the_scripts_are_there() {
        let project = Project::find().unwrap();
        for script in SCRIPTS {
            assert!(project.join("tests/bench").join(script).is_file(), "{script}");
        }
    }
}
