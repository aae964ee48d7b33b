//! `cargo xtask test`: set-up and all tests.

use anyhow::Result;

use crate::process::{cargo, run};
use crate::project::Project;
use crate::setup;

/// Sets up what is missing, then runs the tests with nextest (`arguments` go to it) and the examples in the
/// documentation.
pub fn chore(project: &Project, arguments: &[String]) -> Result<()> {
    setup::chore(project, &[])?;
    unit_and_program_tests(project, arguments)?;
    if arguments.is_empty() {
        doc_tests(project)?;
    }
    Ok(())
}

/// Everything that nextest runs: unit tests, specs and tests of the programs, which therefore are built first.
pub fn unit_and_program_tests(project: &Project, arguments: &[String]) -> Result<()> {
    // Without xtask: this very program is running, and linking it anew would only cost time.
    run(&mut cargo(project, ["build", "--locked", "--workspace", "--exclude", "xtask", "--bins"]))?;
    run(cargo(project, ["nextest", "run", "--locked", "--workspace"]).args(arguments))
}

/// The examples in the documentation, which nextest cannot run.
pub fn doc_tests(project: &Project) -> Result<()> {
    run(&mut cargo(project, ["test", "--locked", "--workspace", "--doc"]))
}
