//! `cargo xtask run`: a script, from nothing to its last line.

use anyhow::Result;

use crate::process::{cargo, run};
use crate::project::Project;
use crate::setup;

/// What runs when no file is named.
const EXAMPLE: &str = "assets/examples/first-look.js";

/// Sets up what is missing, builds `loopscope-node` and runs the script that `arguments` name, or an example.
pub fn chore(project: &Project, arguments: &[String]) -> Result<()> {
    setup::chore(project, &[])?;
    // Run from where the user is: a script is named relative to that, and may read files beside it.
    run(&mut cargo(project, ["build", "--locked", "--package", "loopscope-runtime"]))?;
    let example = [project.join(EXAMPLE).to_string_lossy().into_owned()];
    let script = if arguments.is_empty() { &example } else { arguments };
    run(cargo(project, ["run", "--quiet", "--locked", "--package", "loopscope-runtime", "--"])
        .args(script)
        .current_dir(std::env::current_dir()?))
}
