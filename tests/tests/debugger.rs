//! Runs every conversation of `tests/debugger` with `loopscope inspect`: one test per folder, which has a script
//! (`main.js` or another entry of specs), the commands that are typed (`commands.txt`) and what is answered
//! (`expected.out`). `LOOPSCOPE_BLESS=1` writes what is answered.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::{fs, thread};

use libtest_mimic::{Arguments, Failed, Trial};
use loopscope_tests::compare::text_difference;
use loopscope_tests::program;
use loopscope_tests::spec::ENTRIES;

/// Writes the answers instead of comparing them.
const BLESS: &str = "LOOPSCOPE_BLESS";

/// Longer than any conversation takes, in seconds.
const PATIENCE: u64 = 60;

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("debugger");
    let program = Arc::new(program::loopscope().map_err(|error| error.to_string()));
    let mut folders: Vec<PathBuf> = match fs::read_dir(&root) {
        Ok(entries) => {
            entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).collect()
        }
        Err(error) => {
            eprintln!("{} cannot be read: {error}", root.display());
            return ExitCode::FAILURE;
        }
    };
    folders.sort();
    let trials = folders.into_iter().map(|folder| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let program = Arc::clone(&program);
        Trial::test(format!("debugger/{name}"), move || judge(&folder, &program))
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn judge(folder: &Path, program: &Result<PathBuf, String>) -> Result<(), Failed> {
    let program = program.as_ref()?;
    let entry = ENTRIES.iter().find(|entry| folder.join(entry).exists()).ok_or("there is no script")?;
    let child = Command::new(program)
        .args(["inspect", entry])
        .current_dir(folder)
        .stdin(fs::File::open(folder.join("commands.txt"))?)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let pid = child.id();
    let (done, is_done) = std::sync::mpsc::sync_channel::<()>(1);
    let guard = thread::Builder::new().name("patience".to_owned()).spawn(move || {
        let waited = is_done.recv_timeout(std::time::Duration::from_secs(PATIENCE));
        if waited == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
            // SAFETY: the process is a child of this one and has not been waited for.
            unsafe { libc::kill(pid.cast_signed(), libc::SIGKILL) };
        }
    })?;
    let output = child.wait_with_output()?;
    drop(done);
    drop(guard.join());
    let mut actual = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.stderr.is_empty() {
        actual.push_str(&format!("--- standard error\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    actual.push_str(&format!("--- {}\n", output.status));
    // Where in the runtime itself something happened changes with every edit of it.
    let is_inside = |line: &&str| line.starts_with("    at ") && line.contains("(node:");
    let actual: String = actual.split_inclusive('\n').filter(|line| !is_inside(line)).collect();
    let actual = without_pids(&actual.replace(&*folder.to_string_lossy(), "<folder>"));
    let expected = folder.join("expected.out");
    if std::env::var_os(BLESS).is_some() {
        fs::write(&expected, actual)?;
        return Ok(());
    }
    match text_difference(&fs::read_to_string(&expected)?, &actual) {
        None => Ok(()),
        Some(difference) => Err(difference.into()),
    }
}

/// The text with `[process <pid>]` for every process that is named with its id.
fn without_pids(text: &str) -> String {
    const BEFORE: &str = "[process ";
    let mut pieces = text.split(BEFORE);
    let mut whole = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let rest = piece.trim_start_matches(|character: char| character.is_ascii_digit());
        whole = whole + BEFORE + if rest.len() < piece.len() { "<pid>" } else { "" } + rest;
    }
    whole
}
