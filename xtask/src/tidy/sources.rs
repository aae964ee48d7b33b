//! The project's text files.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::output;
use crate::project::Project;

/// A text file of the project.
pub struct Source {
    /// From the project's folder, with `/` between the parts.
    pub path: String,
    /// Its content.
    pub text: String,
}

impl Source {
    /// The line, from 1, in which the byte `offset` of the text lies. Blanked text has the same lines.
    pub fn line_of(&self, offset: usize) -> usize {
        self.text.as_bytes()[..offset].iter().filter(|byte| **byte == b'\n').count() + 1
    }
}

/// All files that git tracks or would add, but those that are no text.
pub fn read(project: &Project) -> Result<Vec<Source>> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(&project.root);
    let list = output(&mut git).context("`git ls-files` failed; tidy checks a git checkout")?;
    let paths = list.split_terminator('\0').filter(|path| project.join(path).is_file());
    let mut files = Vec::new();
    for path in paths {
        let bytes = fs::read(project.join(path)).with_context(|| format!("cannot read {path}"))?;
        if let Ok(text) = String::from_utf8(bytes) {
            files.push(Source { path: path.to_owned(), text });
        }
    }
    Ok(files)
}
