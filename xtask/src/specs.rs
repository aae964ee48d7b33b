//! `cargo xtask specs`: what the real Node.js prints for the specs, beside what is expected.

use anyhow::Result;

use crate::process::{cargo, run};
use crate::project::Project;

/// Runs the program `specs` of the crate `tests`, which does the work and knows the options.
pub fn chore(project: &Project, arguments: &[String]) -> Result<()> {
    let program = ["run", "--quiet", "--package", "loopscope-tests", "--bin", "specs", "--"];
    run(cargo(project, program).args(arguments))
}
