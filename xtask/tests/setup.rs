//! `xtask setup v8` as a program, in a small project of the test's own.

#![cfg(all(target_arch = "x86_64", target_os = "linux", target_env = "gnu"))]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const ARCHIVE: &str = "librusty_v8_release_x86_64-unknown-linux-gnu.a.gz";
const KEY: &str = "v152_2_0_librusty_v8_release_x86_64_unknown_linux_gnu_a_gz";
/// More than the file limit of `a_full_disk_leaves_no_half_written_file`.
const SIZE: usize = 200_000;
/// SHA-256 of `SIZE` times the letter x, as `sha256sum` prints it.
const HASH: &str = "91e3faafd322bcdf160f3f0ce886acb092b9b9e2a1e8526b40f21a8898a8700b";

/// A project with nothing but an archive, and a cargo folder; removed when dropped.
struct Lab(PathBuf);

impl Lab {
    fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{name}", std::process::id()));
        fs::create_dir_all(root.join("engine/v8")).unwrap();
        fs::create_dir_all(root.join("home/.rusty_v8")).unwrap();
        fs::write(root.join("engine/v8").join(ARCHIVE), "x".repeat(SIZE)).unwrap();
        fs::write(root.join("engine/v8/SHA256SUMS"), format!("{HASH}  {ARCHIVE}\n")).unwrap();
        Self(root)
    }

    /// Runs the set-up after the shell commands `before`.
    fn setup(&self, before: &str) -> Output {
        Command::new("sh")
            .args(["-c", &format!("{before}\nexec \"$0\" setup v8"), env!("CARGO_BIN_EXE_xtask")])
            .env("CARGO_MANIFEST_DIR", self.0.join("xtask"))
            .env("CARGO_HOME", self.0.join("home"))
            .output()
            .unwrap()
    }

    fn cached(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.join("home/.rusty_v8")).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn the_archive_is_put_where_the_crate_looks_for_it() {
    let lab = Lab::new("good");
    let output = lab.setup("");
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(lab.cached(), [KEY]);
    assert!(stderr(&output).contains(KEY), "{}", stderr(&output));
    assert_eq!(stderr(&lab.setup("")), "", "the second run has nothing to do");
}

#[test]
fn a_damaged_archive_is_refused() {
    let lab = Lab::new("damaged");
    fs::write(lab.0.join("engine/v8").join(ARCHIVE), "x".repeat(SIZE - 1)).unwrap();
    let output = lab.setup("");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("is damaged"), "{}", stderr(&output));
    assert_eq!(lab.cached(), [""; 0]);
}

/// A full disk, as far as a test can have one: the shell forbids files above 64 KiB or less (its unit is 512 or 1024
/// bytes), so that a write fails midway.
#[test]
fn a_full_disk_leaves_no_half_written_file() {
    let lab = Lab::new("full");
    fs::write(lab.0.join("home/.rusty_v8").join(KEY), "what was there before").unwrap();
    let output = lab.setup("trap '' XFSZ; ulimit -f 64");
    assert_eq!(output.status.code(), Some(1));
    let text = stderr(&output);
    assert!(text.contains(KEY) && text.contains("the disk has room") && text.contains("os error"), "{text}");
    assert_eq!(lab.cached(), [KEY]);
    let kept = fs::read_to_string(lab.0.join("home/.rusty_v8").join(KEY)).unwrap();
    assert_eq!(kept, "what was there before");
}
