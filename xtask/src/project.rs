//! Where the project lies and what is in it.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The project's folder.
#[derive(Debug, Clone)]
pub struct Project {
    /// The folder of the root `Cargo.toml`.
    pub root: PathBuf,
}

impl Project {
    /// The project whose `cargo xtask` this is. The variable that cargo sets comes first: a checkout may have been
    /// moved since it was compiled.
    pub fn find() -> Result<Self> {
        let xtask = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = xtask.parent().context("xtask lies in no folder")?.to_owned();
        Ok(Self { root })
    }

    /// `path` inside the project.
    pub fn join(&self, path: impl AsRef<Path>) -> PathBuf {
        self.root.join(path)
    }

    /// Whether the window's crate is there.
    pub fn has_window(&self) -> bool {
        self.join("app/Cargo.toml").is_file()
    }
}
