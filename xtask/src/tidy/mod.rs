//! `cargo xtask tidy`: the invariants of ARCHITECTURE.md, checked. Also run as a test.
//!
//! Most are patterns that must not appear in certain files ([`rules`]); the others look at whole files
//! ([`whole_files`]).

mod blank;
mod rules;
mod sources;
mod whole_files;

use std::fmt;

use anyhow::{Result, bail, ensure};

use crate::project::Project;

/// A place that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file, from the project's folder.
    path: String,
    /// The line, from 1.
    line: usize,
    /// The rule's name.
    rule: &'static str,
    /// What to do instead.
    advice: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, rule, advice } = self;
        write!(f, "{path}:{line}: {rule}: {advice}")
    }
}

/// Checks all files and lists what breaks a rule.
pub fn chore(project: &Project, arguments: &[String]) -> Result<()> {
    ensure!(arguments.is_empty(), "`cargo xtask tidy` takes no arguments");
    let findings = check(project)?;
    for finding in &findings {
        println!("{finding}");
    }
    if !findings.is_empty() {
        bail!("{} places break the project's rules", findings.len());
    }
    eprintln!("tidy");
    Ok(())
}

/// What breaks a rule in the project's files, by file and line.
fn check(project: &Project) -> Result<Vec<Finding>> {
    let files = sources::read(project)?;
    let rules = rules::compile()?;
    let mut findings: Vec<_> = files
        .iter()
        .flat_map(|file| [rules::check(&rules, file), whole_files::check(file)].concat())
        .collect();
    findings.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_project_is_tidy() {
        let findings = check(&Project::find().unwrap()).unwrap();
        let lines: Vec<_> = findings.iter().map(Finding::to_string).collect();
        assert!(lines.is_empty(), "{}", lines.join("\n"));
    }
}
