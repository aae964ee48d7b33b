//! The npm packages that `tests/specs/packages` runs, unmodified: installed from the lock file, kept out of the repository.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::packages;
use crate::process::{on_path, run};
use crate::project::Project;

/// Where the lists of packages lie.
const FOLDER: &str = "tests/packages";

/// A copy of the lock file that was last installed from.
const INSTALLED: &str = "node_modules/.installed-lock.json";

/// Installs the packages unless those of the present lock file are there. No script of theirs runs.
pub fn install(project: &Project) -> Result<()> {
    let folder = project.join(FOLDER);
    let lock = fs::read(folder.join("package-lock.json"))
        .with_context(|| format!("{FOLDER}/package-lock.json cannot be read"))?;
    if fs::read(folder.join(INSTALLED)).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    if !on_path("npm") {
        packages::install_program("npm")?;
    }
    if !on_path("npm") {
        bail!("npm is missing; it installs the packages that the tests run. It comes with Node.js.");
    }
    eprintln!(
        "The npm packages that the tests run are missing and get installed; this takes a minute, once."
    );
    run(Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(&folder))
    .context("the packages could not be installed; they need the npm registry")?;
    fs::write(folder.join(INSTALLED), lock).with_context(|| format!("{FOLDER}/{INSTALLED} cannot be written"))
}
