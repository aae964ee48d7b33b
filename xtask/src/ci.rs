//! `cargo xtask ci`: every check a change must pass, the quick ones first, with the time each takes.

use std::fmt::Write;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::process::{cargo, run};
use crate::project::Project;
use crate::{screenshots, setup, test, tidy};

/// One check.
struct Step {
    name: &'static str,
    run: fn(&Project) -> Result<()>,
}

const STEPS: &[Step] = &[
    Step { name: "set-up", run: |project| setup::chore(project, &[]) },
    Step { name: "fmt", run: |project| run(&mut cargo(project, ["fmt", "--all", "--check"])) },
    Step { name: "tidy", run: |project| tidy::chore(project, &[]) },
    Step { name: "deny", run: deny },
    Step { name: "clippy", run: clippy },
    Step { name: "tests", run: |project| test::unit_and_program_tests(project, &[]) },
    Step { name: "doc tests", run: test::doc_tests },
    Step { name: "docs", run: docs },
    Step { name: "screenshots", run: screenshots },
];

/// Runs the steps in order up to the first that fails, and prints how long each took.
pub fn chore(project: &Project, arguments: &[String]) -> Result<()> {
    ensure!(arguments.is_empty(), "`cargo xtask ci` takes no arguments");
    // Incremental compilation saves nothing on a fresh machine, and costs time and disk there. It is switched off for
    // all steps alike, so that they share what they compile. SAFETY: no other thread has been started.
    unsafe { std::env::set_var("CARGO_INCREMENTAL", "0") };
    let mut times = Vec::new();
    let mut result = Ok(());
    for Step { name, run } in STEPS {
        eprintln!("\n== {name}");
        let start = Instant::now();
        result = run(project).with_context(|| format!("step `{name}`"));
        times.push((*name, start.elapsed()));
        if result.is_err() {
            break;
        }
    }
    eprint!("\n{}", table(&times, result.is_ok()));
    result
}

/// The licences, sources and versions of what is linked in. Advisories are left out: their database lies on a host
/// that not every machine reaches, and a check of today's change must not depend on today's news.
fn deny(project: &Project) -> Result<()> {
    run(&mut cargo(project, ["deny", "--locked", "--workspace", "check", "bans", "licenses", "sources"]))
}

fn clippy(project: &Project) -> Result<()> {
    run(&mut cargo(project, ["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn docs(project: &Project) -> Result<()> {
    run(cargo(project, ["doc", "--locked", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))
}

/// The pictures of the window, drawn but not kept: that they can be made is what is checked.
fn screenshots(project: &Project) -> Result<()> {
    screenshots::render(project, &project.join("target/screenshots"), &[])
}

/// The steps that ran, one per line with its time, the sum last. Only the last step can have failed.
fn table(times: &[(&str, Duration)], passed: bool) -> String {
    let mut text = String::new();
    for (index, (name, time)) in times.iter().enumerate() {
        let mark = if passed || index + 1 < times.len() { "ok" } else { "FAILED" };
        let _ = writeln!(text, "{name:<12} {:>8}  {mark}", clock(*time));
    }
    let _ = writeln!(text, "{:<12} {:>8}", "total", clock(times.iter().map(|(_, time)| *time).sum()));
    text
}

/// Minutes and seconds.
fn clock(time: Duration) -> String {
    format!("{}:{:04.1}", time.as_secs() / 60, time.as_secs_f64() % 60.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_marks_only_the_last_step_as_failed() {
        let times = [("fmt", Duration::from_millis(1500)), ("clippy", Duration::from_secs(61))];
        let rows = "fmt            0:01.5  ok\nclippy         1:01.0  FAILED\ntotal          1:02.5\n";
        assert_eq!(table(&times, false), rows);
        assert_eq!(table(&times, true), rows.replace("FAILED", "ok"));
    }
}
