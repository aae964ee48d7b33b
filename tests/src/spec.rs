//! What a spec is and where specs are found.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::{Deserialize, Serialize};

use crate::normalize::Normalizer;
use crate::process::{self, Command, Outcome};

/// The names a spec's script can have; the first that exists is run.
pub const ENTRIES: [&str; 6] = ["main.js", "main.mjs", "main.cjs", "main.ts", "main.mts", "main.cts"];

/// The file with the expected standard output.
pub const EXPECTED_OUT: &str = "expected.out";

/// The file with the expected standard error; absent when nothing is expected there.
pub const EXPECTED_ERR: &str = "expected.err";

/// How a script is run and judged: the content of `spec.json`, every field of which can be left out.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Options for the runtime, before the script's name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// Arguments for the script.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    /// Environment variables beside the fixed ones of [`process::Command`].
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub env: BTreeMap<String, String>,
    /// What the script can read from standard input.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub stdin: String,
    /// The expected exit code; 128 + the signal's number when a signal ended the program. Written by Node.js too.
    #[serde(skip_serializing_if = "is_zero")]
    pub exit: i32,
    /// The script finds the packages of `tests/packages` (`cargo xtask setup npm`).
    #[serde(skip_serializing_if = "is_false")]
    pub packages: bool,
    /// The lines of the output may come in any order.
    #[serde(skip_serializing_if = "is_false")]
    pub unordered: bool,
}

/// One spec.
#[derive(Clone, Debug)]
pub struct Spec {
    /// `AREA/NAME`.
    pub name: String,
    /// The spec's folder, absolute and without symbolic links.
    pub dir: PathBuf,
    /// The script's file name, one of [`ENTRIES`].
    pub entry: &'static str,
    /// The content of `spec.json`.
    pub settings: Settings,
}

/// Why the specs cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SpecError {
    /// A folder or file cannot be read or written.
    #[error("{path}: {error}")]
    Io {
        /// What could not be accessed.
        path: PathBuf,
        /// The reason.
        error: io::Error,
    },
    /// `spec.json` is not what it should be.
    #[error("{path}: {error}")]
    Settings {
        /// The `spec.json`.
        path: PathBuf,
        /// What is wrong in it.
        error: serde_json::Error,
    },
    /// A spec's folder has no script.
    #[error("{0}: no script (one of {names})", names = ENTRIES.join(", "))]
    NoEntry(PathBuf),
    /// The packages were not installed.
    #[error("no folder {0}: install the packages with `cargo xtask setup npm`")]
    NoPackages(PathBuf),
    /// The script could not be run, or not to its end.
    #[error(transparent)]
    Run(#[from] process::RunError),
}

/// The folder of all specs: what the variable `LOOPSCOPE_SPECS` names, else the one of this crate.
pub fn root() -> PathBuf {
    std::env::var_os("LOOPSCOPE_SPECS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("specs"), PathBuf::from)
}

/// All specs under `root`, by name.
///
/// # Errors
/// When a folder cannot be read, has no script or has a `spec.json` with unknown fields.
pub fn discover(root: &Path) -> Result<Vec<Spec>, SpecError> {
    let mut specs = Vec::new();
    for area in subfolders(root)? {
        for dir in subfolders(&area)? {
            specs.push(read(root, &dir)?);
        }
    }
    Ok(specs)
}

impl Spec {
    /// Runs the script with `program`, in a copy of its folder, and returns what it printed, normalised.
    ///
    /// # Errors
    /// When the program cannot be started or does not end in time.
    pub fn run(&self, program: &Path) -> Result<Outcome, SpecError> {
        let scratch = process::Scratch::copy_of(&self.dir)?;
        let (dir, tmp) = (scratch.dir(), scratch.tmp());
        if self.settings.packages {
            link_packages(&dir)?;
        }
        let normalizer = Normalizer::new(&dir, &tmp, program);
        let mut args = self.settings.options.clone();
        args.push(self.entry.to_owned());
        args.extend(self.settings.args.iter().cloned());
        let outcome = process::run(&Command {
            program,
            args: &args,
            dir: &dir,
            tmp: &tmp,
            env: &self.settings.env,
            stdin: &self.settings.stdin,
            limit: process::LIMIT,
        });
        Ok(outcome.map(|o| normalizer.outcome(o)).map_err(|e| e.map_output(|text| normalizer.text(text)))?)
    }

    /// What Node.js printed, from the spec's files. A missing file stands for no output.
    ///
    /// # Errors
    /// When a file exists but cannot be read.
    pub fn expected(&self) -> Result<Outcome, SpecError> {
        Ok(Outcome {
            stdout: self.read_expected(EXPECTED_OUT)?,
            stderr: self.read_expected(EXPECTED_ERR)?,
            exit: self.settings.exit,
        })
    }

    /// Makes `outcome` what is expected of this spec from now on.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn bless(&self, outcome: &Outcome) -> Result<(), SpecError> {
        write(&self.dir.join(EXPECTED_OUT), &outcome.stdout)?;
        let err = self.dir.join(EXPECTED_ERR);
        if outcome.stderr.is_empty() {
            remove(&err)?
        } else {
            write(&err, &outcome.stderr)?
        }
        if outcome.exit == self.settings.exit {
            return Ok(());
        }
        let path = self.dir.join("spec.json");
        let settings = Settings { exit: outcome.exit, ..self.settings.clone() };
        if settings == Settings::default() {
            return remove(&path);
        }
        let text = serde_json::to_string_pretty(&settings)
            .map_err(|error| SpecError::Settings { path: path.clone(), error })?;
        write(&path, &(text + "\n"))
    }

    fn read_expected(&self, name: &str) -> Result<String, SpecError> {
        let path = self.dir.join(name);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
            Err(error) => Err(SpecError::Io { path, error }),
        }
    }
}

fn read(root: &Path, dir: &Path) -> Result<Spec, SpecError> {
    let io_error = |error| SpecError::Io { path: dir.to_owned(), error };
    let entry = ENTRIES.into_iter().find(|name| dir.join(name).is_file());
    let entry = entry.ok_or_else(|| SpecError::NoEntry(dir.to_owned()))?;
    let name = dir.strip_prefix(root).unwrap_or(dir).components();
    let name = name.map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    let path = dir.join("spec.json");
    let settings = match fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(&text).map_err(|error| SpecError::Settings { path, error })?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Settings::default(),
        Err(error) => return Err(SpecError::Io { path, error }),
    };
    Ok(Spec { name, dir: dir.canonicalize().map_err(io_error)?, entry, settings })
}

fn subfolders(dir: &Path) -> Result<Vec<PathBuf>, SpecError> {
    let io_error = |error| SpecError::Io { path: dir.to_owned(), error };
    let entries = fs::read_dir(dir).map_err(io_error)?.collect::<Result<Vec<_>, _>>().map_err(io_error)?;
    let mut folders: Vec<_> = entries.into_iter().map(|e| e.path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    Ok(folders)
}

/// Lets the scripts in `dir` find the installed packages.
fn link_packages(dir: &Path) -> Result<(), SpecError> {
    let packages = Path::new(env!("CARGO_MANIFEST_DIR")).join("packages/node_modules");
    if !packages.is_dir() {
        return Err(SpecError::NoPackages(packages));
    }
    let path = dir.join("node_modules");
    #[cfg(unix)]
    let linked = std::os::unix::fs::symlink(packages, &path);
    #[cfg(windows)]
    let linked = std::os::windows::fs::symlink_dir(packages, &path);
    linked.map_err(|error| SpecError::Io { path, error })
}

fn write(path: &Path, text: &str) -> Result<(), SpecError> {
    fs::write(path, text).map_err(|error| SpecError::Io { path: path.to_owned(), error })
}

fn remove(path: &Path) -> Result<(), SpecError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(SpecError::Io { path: path.to_owned(), error })
        }
        _ => Ok(()),
    }
}

// serde hands references to these.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(n: &i32) -> bool {
    *n == 0
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(b: &bool) -> bool {
    !*b
}
