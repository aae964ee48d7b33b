//! `cargo xtask bench --frames`: how many frames the window draws while scripts keep it busy.

use std::path::Path;

use anyhow::{Context, Result};

use super::scripts;
use crate::process::{cargo, output, run, shown};
use crate::project::{Project, target_folder};
use crate::run::{has_display, program};
use crate::setup;

/// How long each script is watched.
const SECONDS: &str = "5";

/// The window's sizes in points.
const SIZES: [&str; 2] = ["1280x800", "2560x1440"];

/// The screen in memory where there is no display: the largest window fits.
const SCREEN: &str = "2600x1500";

/// Opens the release build's window on each script in `tests/bench/window`, in each size, and prints its figures. Where there
/// is no display, the processor draws the window and gives the time for it: that is said, too.
pub fn chore(project: &Project, filters: &[String]) -> Result<()> {
    let scripts = scripts(&project.join("tests/bench/window"), filters)?;
    setup::chore(project, &[])?;
    run(&mut cargo(project, ["build", "--locked", "--release", "--package", "loopscope", "--bins"]))?;
    run(&mut cargo(project, ["build", "--locked", "--package", "loopscope-tests", "--bin", "on-screen"]))?;
    let window = target_folder(project)?.join("release/loopscope");
    if !has_display() {
        println!("There is no display: the window is drawn by the processor, on a screen in memory.");
    }
    for size in SIZES {
        for script in &scripts {
            let name = script.file_name().unwrap_or_default().to_string_lossy();
            println!("{name} in {size}: {}", figures(project, &window, size, script)?);
        }
    }
    Ok(())
}

/// What the window says of its frames.
fn figures(project: &Project, window: &Path, size: &str, script: &Path) -> Result<String> {
    let mut command = if has_display() {
        std::process::Command::new(window)
    } else {
        let mut command = program(project, "on-screen", &[SCREEN]);
        command.arg(window);
        command
    };
    command.args(["--no-settings", "--frames", SECONDS, "--size", size]).arg(script);
    let line = shown(&command);
    let told = output(&mut command).with_context(|| format!("`{line}` failed"))?;
    Ok(told.trim().to_owned())
}
