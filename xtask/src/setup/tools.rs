//! Cargo's own tools that the tests and checks use.

use anyhow::{Context, Result};

use crate::process::{cargo, output, run};
use crate::project::Project;

/// A subcommand of cargo that comes in a crate `cargo-NAME`.
struct Tool {
    /// The subcommand.
    name: &'static str,
    /// What is installed when it is missing; one that is there already serves in any version.
    version: &'static str,
    what_for: &'static str,
}

const TOOLS: &[Tool] = &[
    Tool { name: "nextest", version: "0.9.151", what_for: "runs the tests" },
    Tool { name: "deny", version: "0.20.2", what_for: "checks licences and sources of dependencies" },
];

/// Seconds count here, not the tool's speed: it runs for moments, but is compiled on every fresh machine.
const QUICK_BUILD: &[(&str, &str)] = &[
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
];

/// Installs the tools that are missing from crates.io.
pub fn install(project: &Project) -> Result<()> {
    for Tool { name, version, what_for } in TOOLS {
        if output(&mut cargo(project, [name, "--version"])).is_some() {
            continue;
        }
        eprintln!("cargo-{name} ({what_for}) is missing and gets installed; this takes minutes, once.");
        let package = format!("cargo-{name}@{version}");
        run(cargo(project, ["install", "--locked", &package]).envs(QUICK_BUILD.iter().copied()))
            .with_context(|| {
                format!("cargo-{name} could not be installed; it needs crates.io, or install it by hand")
            })?;
    }
    Ok(())
}
