//! Runs a program to its end or to a time limit, with a fixed environment.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use std::{env, fs};

/// How long a script can run.
pub const LIMIT: Duration = Duration::from_secs(30);

/// Output beyond this many bytes is read but not kept.
const KEPT: usize = 16 << 20;

/// Variables that are handed on; everything else in the environment is left out so that runs are alike everywhere.
const HANDED_ON: [&str; 2] = ["PATH", "LOOPSCOPE_BUILTINS_DIR"];

/// Variables with fixed values.
const FIXED: [(&str, &str); 3] = [("HOME", "/nonexistent"), ("LANG", "C.UTF-8"), ("TZ", "UTC")];

/// What to run and how.
#[derive(Debug)]
pub struct Command<'a> {
    /// The program's path.
    pub program: &'a Path,
    /// Its arguments.
    pub args: &'a [String],
    /// The folder it runs in.
    pub dir: &'a Path,
    /// The folder for temporary files, as `TMPDIR`.
    pub tmp: &'a Path,
    /// Environment variables beside the fixed ones.
    pub env: &'a BTreeMap<String, String>,
    /// What it can read from standard input; when empty, standard input is at its end from the start.
    pub stdin: &'a str,
    /// How long it can run before its process group is killed.
    pub limit: Duration,
}

/// What a program printed and how it ended.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Outcome {
    /// Standard output; bytes that are not UTF-8 are replaced by U+FFFD.
    pub stdout: String,
    /// Standard error, likewise.
    pub stderr: String,
    /// The exit code, or 128 + the signal's number.
    pub exit: i32,
}

/// Why there is no [`Outcome`].
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The program could not be started or waited for.
    #[error("{program}: {error}")]
    Start {
        /// The program.
        program: PathBuf,
        /// The reason.
        error: io::Error,
    },
    /// The folder for temporary files could not be made.
    #[error("temporary folder {path}: {error}")]
    Scratch {
        /// The folder.
        path: PathBuf,
        /// The reason.
        error: io::Error,
    },
    /// The time limit passed.
    #[error(
        "still running after {limit:?}: its process group was killed\nstdout so far:\n{stdout}\nstderr so far:\n{stderr}"
    )]
    Timeout {
        /// The limit.
        limit: Duration,
        /// Standard output until then.
        stdout: String,
        /// Standard error until then.
        stderr: String,
    },
}

impl RunError {
    /// The same error with `change` applied to the program's output in it.
    #[must_use]
    pub fn map_output(self, change: impl Fn(&str) -> String) -> Self {
        match self {
            Self::Timeout { limit, stdout, stderr } => {
                Self::Timeout { limit, stdout: change(&stdout), stderr: change(&stderr) }
            }
            other => other,
        }
    }
}

/// The length of a [`Scratch`] folder's path. It is fixed because `util.inspect` breaks lines by width: what a script
/// prints about its own path must not depend on where the project lies.
const SCRATCH_PATH: usize = 64;

/// A folder for one run, removed when this is dropped: with a copy of the script's folder, so that a run can write
/// nothing into the project and finds no `node_modules` and `package.json` but its own, and one for temporary files.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// Makes the folders and copies `dir`.
    ///
    /// # Errors
    /// When they cannot be made.
    pub fn copy_of(dir: &Path) -> Result<Self, RunError> {
        let scratch = Self::empty()?;
        copy(dir, &scratch.dir()).map_err(|error| RunError::Scratch { path: scratch.0.clone(), error })?;
        Ok(scratch)
    }

    /// Makes the folders; the script's is empty.
    ///
    /// # Errors
    /// When they cannot be made.
    pub fn empty() -> Result<Self, RunError> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let n = COUNT.fetch_add(1, Ordering::Relaxed);
        let base = env::temp_dir();
        let base = base.canonicalize().map_err(|error| RunError::Scratch { path: base, error })?;
        let path = base.join(format!("loopscope-spec-{}-{n}-", std::process::id()));
        let mut path = path.into_os_string();
        path.push("_".repeat(SCRATCH_PATH.saturating_sub(path.len())));
        let scratch = Self(PathBuf::from(path));
        let made = fs::create_dir_all(scratch.tmp()).and_then(|()| fs::create_dir_all(scratch.dir()));
        made.map_err(|error| RunError::Scratch { path: scratch.0.clone(), error })?;
        Ok(scratch)
    }

    /// The copy of the script's folder.
    pub fn dir(&self) -> PathBuf {
        self.0.join("dir")
    }

    /// The folder for temporary files.
    pub fn tmp(&self) -> PathBuf {
        self.0.join("tmp")
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Whatever cannot be removed is left to the system's own cleaning of temporary files.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs `command` in a process group of its own; what is left of the group afterwards is killed.
///
/// # Errors
/// When the program cannot be started, or is still running at the limit.
pub fn run(command: &Command) -> Result<Outcome, RunError> {
    let start_error = |error| RunError::Start { program: command.program.to_owned(), error };
    let mut child = start(command).map_err(start_error)?;
    let stdout = collect("stdout", child.stdout.take()).map_err(start_error)?;
    let stderr = collect("stderr", child.stderr.take()).map_err(start_error)?;
    if let Some(mut pipe) = child.stdin.take() {
        // A script that does not read its input may have closed the pipe; that is its right.
        let _ = pipe.write_all(command.stdin.as_bytes());
    }
    let status = wait(&mut child, command.limit).map_err(start_error)?;
    kill_group(&mut child);
    let (stdout, stderr) = (finish(stdout), finish(stderr));
    match status {
        Some(status) => Ok(Outcome { stdout, stderr, exit: exit_code(status) }),
        None => Err(RunError::Timeout { limit: command.limit, stdout, stderr }),
    }
}

fn start(command: &Command) -> io::Result<Child> {
    let mut process = std::process::Command::new(command.program);
    process.args(command.args).current_dir(command.dir).env_clear();
    process.envs(HANDED_ON.iter().filter_map(|name| Some((name, env::var_os(name)?))));
    process.envs(FIXED).env("TMPDIR", command.tmp).envs(command.env);
    process.stdin(if command.stdin.is_empty() { Stdio::null() } else { Stdio::piped() });
    process.stdout(Stdio::piped()).stderr(Stdio::piped());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut process, 0);
    process.spawn()
}

/// Reads `pipe` to its end on a thread of its own, so that a full pipe never stops the program.
fn collect(name: &str, pipe: Option<impl Read + Send + 'static>) -> io::Result<JoinHandle<Vec<u8>>> {
    thread::Builder::new().name(name.to_owned()).spawn(move || {
        let mut kept = Vec::new();
        if let Some(mut pipe) = pipe {
            // An error ends the reading as the end of the output does; what was read counts.
            let _ = pipe.by_ref().take(KEPT as u64).read_to_end(&mut kept);
            let _ = io::copy(&mut pipe, &mut io::sink());
        }
        kept
    })
}

fn finish(reader: JoinHandle<Vec<u8>>) -> String {
    String::from_utf8_lossy(&reader.join().unwrap_or_default()).into_owned()
}

/// The program's exit status, or `None` when it is still running after `limit`.
fn wait(child: &mut Child, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= deadline {
            kill_group(child);
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(2));
    }
}

#[cfg(unix)]
fn kill_group(child: &mut Child) {
    if let Ok(group) = libc::pid_t::try_from(child.id()) {
        // SAFETY: kill takes no pointers. The group was made for this child, and its id stays taken while any
        // member lives; with no member left the call fails, which is fine.
        unsafe { libc::kill(-group, libc::SIGKILL) };
    }
}

#[cfg(not(unix))]
fn kill_group(child: &mut Child) {
    // Fails when the program has ended already, which is fine.
    let _ = child.kill();
}

#[cfg(unix)]
fn exit_code(status: ExitStatus) -> i32 {
    use std::os::unix::process::ExitStatusExt;
    status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or(0))
}

#[cfg(not(unix))]
fn exit_code(status: ExitStatus) -> i32 {
    status.code().unwrap_or(-1)
}
