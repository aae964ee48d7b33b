//! Puts the prebuilt V8 where the build script of the crate `v8` looks before it asks the network.
//!
//! That place is `$CARGO_HOME/.rusty_v8/KEY`, where KEY is the path of the file in the crate's releases with every
//! character but letters and digits turned into `_` (function `download_file` of the crate's `build.rs`).

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::{env, io};

use anyhow::{Context, Result, bail, ensure};
use sha2::{Digest, Sha256};

use crate::project::Project;

/// The crate's version that the archive belongs to.
const VERSION: &str = "152.2.0";
/// The archive, in the folder `engine/v8`.
const ARCHIVE: &str = "librusty_v8_release_x86_64-unknown-linux-gnu.a.gz";

/// What an installation found.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// The right file was there.
    There,
    /// The file was written.
    Written,
}

/// Installs the archive where it is of use.
pub fn install(project: &Project) -> Result<()> {
    if cfg!(not(all(target_arch = "x86_64", target_os = "linux", target_env = "gnu"))) {
        eprintln!(
            "V8: no archive for this platform here; the first build downloads it from the crate's releases on GitHub."
        );
        return Ok(());
    }
    let folder = project.join("engine/v8");
    let sums = folder.join("SHA256SUMS");
    let list = fs::read_to_string(&sums).with_context(|| format!("cannot read {}", sums.display()))?;
    let expected =
        listed(&list, ARCHIVE).with_context(|| format!("{} does not list {ARCHIVE}", sums.display()))?;
    let target = cargo_home()?.join(".rusty_v8").join(key(VERSION, ARCHIVE));
    if copy_verified(&folder.join(ARCHIVE), expected, &target)? == Outcome::Written {
        eprintln!("V8: verified and put at {}", target.display());
    }
    Ok(())
}

/// The hash that a list in the format of `sha256sum` gives for `name`.
fn listed<'a>(list: &'a str, name: &str) -> Option<&'a str> {
    list.lines()
        .filter_map(|line| line.split_once("  "))
        .find(|(_, listed)| *listed == name)
        .map(|(hash, _)| hash)
}

/// The name under which the build script of version `version` looks for `archive`.
fn key(version: &str, archive: &str) -> String {
    format!("v{version}/{archive}").replace(|c: char| !c.is_ascii_alphanumeric(), "_")
}

/// Cargo's folder, found as cargo finds it.
fn cargo_home() -> Result<PathBuf> {
    match env::var_os("CARGO_HOME").filter(|home| !home.is_empty()) {
        Some(home) => Ok(env::current_dir().context("the current folder")?.join(home)),
        None => Ok(env::home_dir().context("no home folder; set CARGO_HOME")?.join(".cargo")),
    }
}

/// Copies `source` to `target` if its SHA-256 is `expected` (hexadecimal), so that `target` is at any moment either
/// absent, what it was before, or the whole right file.
fn copy_verified(source: &Path, expected: &str, target: &Path) -> Result<Outcome> {
    if File::open(target).and_then(|file| copy_hashed(file, io::sink())).is_ok_and(|hash| hash == expected) {
        return Ok(Outcome::There);
    }
    let folder = target.parent().context("the target has no folder")?;
    let cannot_write = || {
        format!(
            "cannot put V8's archive at {}: make sure that the folder can be written to and the disk has room, then run this again",
            target.display()
        )
    };
    fs::create_dir_all(folder).with_context(cannot_write)?;
    let part = Part::beside(target);
    let input = File::open(source).with_context(|| {
        format!("cannot read {}: restore it with `git checkout engine/v8`", source.display())
    })?;
    let mut output = File::create(&part.0).with_context(cannot_write)?;
    let hash = copy_hashed(input, &mut output).with_context(cannot_write)?;
    if hash != expected {
        bail!(
            "{} is damaged: its SHA-256 is\n  {hash}, but SHA256SUMS says\n  {expected}\n\
             nothing was installed; restore the file with `git checkout engine/v8`",
            source.display()
        );
    }
    output.sync_all().with_context(cannot_write)?;
    fs::rename(&part.0, target).with_context(cannot_write)?;
    // The new name must survive a power cut too, not only the bytes.
    File::open(folder).and_then(|folder| folder.sync_all()).with_context(cannot_write)?;
    ensure!(target.is_file(), cannot_write());
    Ok(Outcome::Written)
}

/// A file being written; it is gone when this is dropped, unless it was renamed.
struct Part(PathBuf);

impl Part {
    fn beside(target: &Path) -> Self {
        let mut name = target.as_os_str().to_owned();
        name.push(format!(".{}.part", std::process::id()));
        Self(name.into())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // After the rename there is nothing to remove, and a failure here could only hide the error that led here.
        let _ = fs::remove_file(&self.0);
    }
}

/// Copies all of `input` to `output`; returns the SHA-256 of what was copied, in hexadecimal.
fn copy_hashed(mut input: impl Read, mut output: impl Write) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let length = input.read(&mut buffer)?;
        if length == 0 {
            return Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect());
        }
        hash.update(&buffer[..length]);
        output.write_all(&buffer[..length])?;
    }
}

#[cfg(test)]
#[path = "v8_tests.rs"]
mod tests;
