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

/// Where cargo puts what it builds.
pub fn target_folder(project: &Project) -> Result<PathBuf> {
    // The program that is running was put there, at `TARGET/PROFILE/xtask`.
    let exe = env::current_exe().context("this program's own path")?;
    let folder = exe.ancestors().nth(2).context("this program lies in no target folder")?;
    Ok(project.root.join(folder))
}
