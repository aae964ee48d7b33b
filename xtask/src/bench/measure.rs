//! One run of one script.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// How long `script` took with `program` in milliseconds: what it says itself in a line `ms NUMBER`, else the time from
/// the start of the process to its end. The error is one line that says why it did not run to its end.
pub fn measure(program: &Path, script: &Path) -> Result<f64, String> {
    let start = Instant::now();
    let output = Command::new(program).arg(script).output().map_err(|error| error.to_string())?;
    let elapsed = start.elapsed();
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr);
        let line = text.lines().find(|line| line.contains("Error")).unwrap_or_default();
        return Err(format!("{}: {line}", output.status));
    }
    Ok(reported(&String::from_utf8_lossy(&output.stdout)).unwrap_or_else(|| milliseconds(elapsed)))
}

/// The number in the last line, if that is `ms NUMBER`.
fn reported(stdout: &str) -> Option<f64> {
    stdout.lines().last()?.strip_prefix("ms ")?.parse().ok()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_line_of_its_own_is_a_measurement() {
        assert_eq!(reported("hello\nms 12.5\n"), Some(12.5));
        assert_eq!(reported("ms 12.5\nhello\n"), None);
        assert_eq!(reported("items 3"), None);
        assert_eq!(reported(""), None);
    }

    #[test]
    fn a_run_that_fails_is_no_measurement() {
        let shell = Path::new("sh");
        let script = std::env::temp_dir().join(format!("loopscope-bench-{}.sh", std::process::id()));
        std::fs::write(&script, "echo 'TypeError: x' >&2; exit 3").unwrap();
        let failed = measure(shell, &script).unwrap_err();
        std::fs::write(&script, "echo ms 7").unwrap();
        let succeeded = measure(shell, &script);
        std::fs::remove_file(&script).unwrap();
        assert!(failed.contains('3') && failed.contains("TypeError: x"), "{failed}");
        assert_eq!(succeeded, Ok(7.0));
    }
}
