//! `cargo xtask run`: the window with a script in it, from nothing.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::process::{cargo, run};
use crate::project::Project;
use crate::setup;

/// What runs when no file is named.
const EXAMPLE: &str = "assets/examples/first-look.js";

/// Where the picture goes on a machine without a display.
const PICTURE: &str = "target/loopscope.png";

/// The screen that takes the place of a display.
const SCREEN: &str = "1440x900";

/// Sets up what is missing, builds the programs, opens the window on the script that `arguments` name, or an example,
/// and starts it. Without a display the window opens on a screen in memory, is pictured at the end of the run, and
/// the run's trace is printed.
pub fn chore(project: &Project, arguments: &[String]) -> Result<()> {
    setup::chore(project, &[])?;
    run(&mut cargo(project, ["build", "--locked", "--workspace", "--exclude", "xtask", "--bins"]))?;
    let example = [project.join(EXAMPLE).to_string_lossy().into_owned()];
    let script = if arguments.is_empty() { &example } else { arguments };
    // Run from where the user is: a script is named relative to that, and may read files beside it.
    let here = env::current_dir()?;
    if has_display() {
        return run(program(project, "loopscope", &[]).args(["--run"]).args(script).current_dir(here));
    }
    let picture = project.join(PICTURE);
    let window = program_path(project, "loopscope")?;
    run(program(project, "on-screen", &[SCREEN])
        .arg(window)
        .args(["--no-settings", "--run", "--picture"])
        .arg(&picture)
        .args(script)
        .current_dir(&here))?;
    eprintln!("\nThere is no display. The window at the end of the run: {}\n", shorten(&picture, &here));
    run(program(project, "loopscope", &["trace"]).args(script).current_dir(&here))
}

/// Whether windows can be seen.
pub fn has_display() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// A program of this project with its first arguments.
pub fn program(project: &Project, name: &str, arguments: &[&str]) -> std::process::Command {
    let mut command = cargo(project, ["run", "--quiet", "--locked", "--bin", name, "--"]);
    command.args(arguments);
    command
}

/// Where a program of this project was built.
pub fn program_path(project: &Project, name: &str) -> Result<PathBuf> {
    let folder = crate::project::target_folder(project)?;
    Ok(folder.join("debug").join(format!("{name}{}", env::consts::EXE_SUFFIX)))
}

/// A path as one would type it in `folder`.
fn shorten(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).display().to_string()
}
