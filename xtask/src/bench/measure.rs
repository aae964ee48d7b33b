//! One run of one script.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// A program that runs the scripts.
pub struct Program {
    /// What it is called in the table.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// What stands before the script on its command line.
    pub arguments: Vec<String>,
    /// Number of the program that its ratio is to; `None` for the first.
    pub against: Option<usize>,
}

/// Units in which scripts measure; less is better in each.
const UNITS: [&str; 3] = ["ms", "MB", "KB"];

/// One measurement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// How much.
    pub value: f64,
    /// Of what.
    pub unit: &'static str,
}

/// What `script` measured with `program`: what it says itself in a line such as `ms NUMBER`, else the milliseconds
/// from the start of the process to its end. The error is one line that says why it did not run to its end.
pub fn measure(program: &Program, script: &Path) -> Result<Measured, String> {
    let start = Instant::now();
    let mut command = Command::new(&program.path);
    let output = command.args(&program.arguments).arg(script).output().map_err(|error| error.to_string())?;
    let elapsed = start.elapsed();
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr);
        let line = text.lines().find(|line| line.contains("Error")).unwrap_or_default();
        return Err(format!("{}: {line}", output.status));
    }
    let reported = reported(&String::from_utf8_lossy(&output.stdout));
    Ok(reported.unwrap_or(Measured { value: milliseconds(elapsed), unit: "ms" }))
}

/// The measurement in the last line that is one: what children of a watched script say when they end may come after it.
fn reported(stdout: &str) -> Option<Measured> {
    stdout.lines().rev().find_map(|line| {
        let (unit, value) = line.split_once(' ')?;
        let unit = UNITS.into_iter().find(|known| *known == unit)?;
        Some(Measured { value: value.parse().ok()?, unit })
    })
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_line_of_its_own_is_a_measurement() {
        assert_eq!(reported("hello\nms 12.5\n"), Some(Measured { value: 12.5, unit: "ms" }));
        assert_eq!(reported("MB 3"), Some(Measured { value: 3.0, unit: "MB" }));
        assert_eq!(reported("ms 12.5\nhello\n"), Some(Measured { value: 12.5, unit: "ms" }));
        assert_eq!(reported("took ms 12.5\n"), None);
        assert_eq!(reported("items 3"), None);
        assert_eq!(reported(""), None);
    }

    #[test]
    fn a_run_that_fails_is_no_measurement() {
        let shell =
            Program { name: "sh".to_owned(), path: "sh".into(), arguments: Vec::new(), against: None };
        let script = std::env::temp_dir().join(format!("loopscope-bench-{}.sh", std::process::id()));
        std::fs::write(&script, "echo 'TypeError: x' >&2; exit 3").unwrap();
        let failed = measure(&shell, &script).unwrap_err();
        std::fs::write(&script, "echo ms 7").unwrap();
        let succeeded = measure(&shell, &script);
        std::fs::remove_file(&script).unwrap();
        assert!(failed.contains('3') && failed.contains("TypeError: x"), "{failed}");
        assert_eq!(succeeded, Ok(Measured { value: 7.0, unit: "ms" }));
    }
}
