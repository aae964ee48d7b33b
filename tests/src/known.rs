//! The list of specs that do not pass yet.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The list's file name in the specs' folder.
pub const FILE: &str = "known-failures.txt";

/// Specs that do not pass yet, each with the reason. A listed spec that passes is an error, so the list only shrinks.
#[derive(Debug, Default)]
pub struct KnownFailures(BTreeMap<String, String>);

/// What is wrong with the list.
#[derive(Debug, thiserror::Error)]
pub enum KnownError {
    /// It cannot be read.
    #[error("{path}: {error}")]
    Io {
        /// The list.
        path: PathBuf,
        /// The reason.
        error: io::Error,
    },
    /// A line is not `AREA/NAME: reason`.
    #[error("{path}:{line}: expected `AREA/NAME: reason`")]
    Line {
        /// The list.
        path: PathBuf,
        /// The line's number, from 1.
        line: usize,
    },
    /// A spec is listed twice.
    #[error("{path}:{line}: {name} is listed already")]
    Twice {
        /// The list.
        path: PathBuf,
        /// The line's number, from 1.
        line: usize,
        /// The spec.
        name: String,
    },
}

impl KnownFailures {
    /// Reads the list in the folder `root`: a line per spec, `AREA/NAME: reason`; empty lines and lines that begin
    /// with `#` say nothing.
    ///
    /// # Errors
    /// When it cannot be read, a line has no reason, or a spec is listed twice.
    pub fn read(root: &Path) -> Result<Self, KnownError> {
        let path = root.join(FILE);
        let text = fs::read_to_string(&path).map_err(|error| KnownError::Io { path: path.clone(), error })?;
        Self::parse(&text, &path)
    }

    /// The reason why the spec `name` is known to fail, if it is.
    pub fn reason(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The listed names, sorted.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    fn parse(text: &str, path: &Path) -> Result<Self, KnownError> {
        let mut list = BTreeMap::new();
        for (index, line) in text.lines().enumerate() {
            let (path, number) = (|| path.to_owned(), index + 1);
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let Some((name, reason)) = line.split_once(": ").filter(|(_, reason)| !reason.trim().is_empty())
            else {
                return Err(KnownError::Line { path: path(), line: number });
            };
            if list.insert(name.to_owned(), reason.to_owned()).is_some() {
                return Err(KnownError::Twice { path: path(), line: number, name: name.to_owned() });
            }
        }
        Ok(Self(list))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_needs_a_reason_and_a_name_stands_once() {
        let parse = |text| KnownFailures::parse(text, Path::new("list"));
        let list = parse("# comment\n\na/b: no sockets\n").unwrap();
        assert_eq!(list.reason("a/b"), Some("no sockets"));
        assert_eq!(list.reason("a/c"), None);
        assert!(matches!(parse("a/b:  \n"), Err(KnownError::Line { line: 1, .. })));
        assert!(matches!(parse("a/b\n"), Err(KnownError::Line { line: 1, .. })));
        assert!(matches!(parse("a/b: x\na/b: y\n"), Err(KnownError::Twice { line: 2, .. })));
    }
}
