//! Two runs side by side, compared while the window goes on.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use loopscope_trace::compare::{Comparison, Side, compare};
use loopscope_trace::{Past as _, Source};

use super::failure::told;
use super::findings::{Borrowed, lend, scripts};
use super::open::open;

/// How far the comparison is.
#[derive(Debug, Clone, Default)]
pub enum Comparing {
    /// Nobody asked.
    #[default]
    None,
    /// It is under way.
    Working,
    /// It is done: with this file, and what came of it.
    Done(PathBuf, Arc<Comparison>),
    /// Why nothing came of it.
    Failed(String),
}

/// Compares a run with a recording.
pub fn with_file(left: impl Borrowed, left_sources: &[Source], file: &Path) -> Comparing {
    let compared = open(file).and_then(|right| {
        let left = lend(left)?;
        let sources = scripts(&left.names()?, left_sources);
        let left = Side { past: &left, sources: &sources };
        let other = Side { past: &*right.past, sources: &right.sources };
        Ok(compare(&left, &other)?)
    });
    match compared {
        Ok(comparison) => Comparing::Done(file.to_owned(), Arc::new(comparison)),
        Err(failed) => Comparing::Failed(told(&failed)),
    }
}
