//! Where the programs are: Node.js, which writes the expected output, and `loopscope-node`, which must match it.

use std::path::{Path, PathBuf};
use std::{env, io};

/// The release line of Node.js that is the reference.
pub const NODE_MAJOR: &str = "v26.";

/// Why a program cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProgramError {
    /// A program of this project has not been built.
    #[error(
        "a program is missing: no file {0}\n\
         build it first: cargo build --workspace --bins (or name one with LOOPSCOPE_NODE or LOOPSCOPE)"
    )]
    Missing(PathBuf),
    /// The test program's own path is unknown.
    #[error("cannot tell where the target folder is: {0}")]
    NoTarget(io::Error),
    /// Node.js cannot be started.
    #[error("cannot start Node.js ({path}): {error}\nname a Node.js 26 with the variable NODE")]
    NoNode {
        /// What was tried.
        path: PathBuf,
        /// The reason.
        error: io::Error,
    },
    /// This Node.js is another release than the reference.
    #[error(
        "{path} is Node.js {version}, but the reference is {NODE_MAJOR}x: name one with the variable NODE"
    )]
    OtherNode {
        /// The program.
        path: PathBuf,
        /// What `--version` printed.
        version: String,
    },
}

/// `loopscope-node`: what the variable `LOOPSCOPE_NODE` names, else the one that cargo built beside this test.
///
/// # Errors
/// When there is no such file.
pub fn loopscope_node() -> Result<PathBuf, ProgramError> {
    let path = match env::var_os("LOOPSCOPE_NODE") {
        Some(path) => PathBuf::from(path),
        None => profile_dir()?.join(format!("loopscope-node{}", env::consts::EXE_SUFFIX)),
    };
    path.canonicalize().map_err(|_| ProgramError::Missing(path))
}

/// `loopscope`, the program with the window: what the variable `LOOPSCOPE` names, else the one that cargo built.
///
/// # Errors
/// When there is no such file.
pub fn loopscope() -> Result<PathBuf, ProgramError> {
    let path = match env::var_os("LOOPSCOPE") {
        Some(path) => PathBuf::from(path),
        None => profile_dir()?.join(format!("loopscope{}", env::consts::EXE_SUFFIX)),
    };
    path.canonicalize().map_err(|_| ProgramError::Missing(path))
}

/// Node.js: what the variable `NODE` names, else `node` on the path.
///
/// # Errors
/// When it cannot be started or is not of the release line [`NODE_MAJOR`].
pub fn node() -> Result<PathBuf, ProgramError> {
    let path = env::var_os("NODE").map_or_else(|| PathBuf::from("node"), PathBuf::from);
    let script = "console.log(process.version + ' ' + process.execPath)";
    let output = std::process::Command::new(&path).args(["-e", script]).output();
    let output = output.map_err(|error| ProgramError::NoNode { path: path.clone(), error })?;
    let text = String::from_utf8_lossy(&output.stdout);
    match text.trim().split_once(' ') {
        Some((version, exe)) if version.starts_with(NODE_MAJOR) => Ok(PathBuf::from(exe)),
        other => {
            let version = other.map_or("of an unknown version", |(version, _)| version);
            Err(ProgramError::OtherNode { path, version: version.to_owned() })
        }
    }
}

/// The folder of the built programs: test programs lie in its subfolder `deps`.
fn profile_dir() -> Result<PathBuf, ProgramError> {
    let exe = env::current_exe().map_err(ProgramError::NoTarget)?;
    let dir = exe.parent().unwrap_or(Path::new("."));
    let dir = if dir.ends_with("deps") { dir.parent().unwrap_or(dir) } else { dir };
    Ok(dir.to_owned())
}
