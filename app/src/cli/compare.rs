//! `loopscope compare`: two runs side by side.

use std::io::{self, Write as _};
use std::process::ExitCode;

use anyhow::Result;
use loopscope_trace::compare::{Row, Side, Step, compare};

use super::{CompareArgs, progress};
use loopscope::state::open::Opened;

/// Prints where two runs differ; the exit code is 1 when they do.
///
/// # Errors
/// When one of them cannot be opened or standard output cannot be written.
pub fn run(args: &CompareArgs) -> Result<ExitCode> {
    let Some(left) = progress::open(&args.left)? else { return Ok(progress::interrupted()) };
    let Some(right) = progress::open(&args.right)? else { return Ok(progress::interrupted()) };
    let side = |opened: &Opened| opened.meta.script.join(" ");
    let sides = (
        Side { past: &*left.past, sources: &left.sources },
        Side { past: &*right.past, sources: &right.sources },
    );
    let found = compare(&sides.0, &sides.1)?;
    let mut out = io::stdout().lock();
    writeln!(out, "A: {}  {}", args.left.display(), side(&left))?;
    writeln!(out, "B: {}  {}", args.right.display(), side(&right))?;
    if found.is_cut {
        writeln!(out, "the runs are too long: only a part behind the first difference is compared")?;
    }
    let Some(first) = found.first else {
        writeln!(out, "no difference: both ran {} callbacks and lines in the same order", found.rows.len())?;
        if args.all {
            out.write_all(found.text(args.width.into(), true).as_bytes())?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    let row = &found.rows[first];
    let (which, step) = match (&row.left, &row.right) {
        (Some(step), _) => ("A", step),
        (None, Some(step)) => ("B", step),
        (None, None) => return Ok(ExitCode::SUCCESS),
    };
    // What the other one does instead is the next thing on its side.
    let there = if which == "A" { "B" } else { "A" };
    let side = |row: &Row| if which == "A" { row.right.clone() } else { row.left.clone() };
    let told = |step: &Step| format!("{} at {:.3} ms", step.text, step.at as f64 / 1e6);
    let instead =
        found.rows[first..].iter().find_map(side).map(|step| format!(", {there} with {}", told(&step)));
    writeln!(
        out,
        "the first difference is step {}: {which} goes on with {}{}",
        first + 1,
        told(step),
        instead.unwrap_or_default()
    )?;
    out.write_all(found.text(args.width.into(), args.all).as_bytes())?;
    Ok(ExitCode::FAILURE)
}
