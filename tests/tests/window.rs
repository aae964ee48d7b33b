//! The real window on a screen that only memory holds, driven by the keyboard as a user would.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

use std::path::PathBuf;
use std::process::{Child, Command};

use loopscope_tests::display::{Display, Window};
use loopscope_tests::program;

/// The program's window; dropping it ends the program.
struct Running(Child);

impl Running {
    fn open(display: &Display, folder: &std::path::Path, args: &[&str]) -> Self {
        let mut command = Command::new(program::loopscope().unwrap());
        display.lend(&mut command);
        command.env("LOOPSCOPE_CONFIG_DIR", folder.join("config")).args(args);
        Self(command.spawn().unwrap())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("loopscope-e2e-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn wait(window: &Window, part: &str) {
    window.wait_for_title(|title| title.contains(part)).unwrap();
}

#[test]
fn a_file_is_opened_run_paused_stepped_and_stopped() {
    let folder = Folder::new("flow");
    let ticks = "setInterval(function tick() {}, 5);\n";
    let file = folder.file("ticks.js", ticks);
    let display = Display::start(1280, 800).unwrap();
    let mut program = Running::open(&display, &folder.0, &[&file]);
    let window = display.window("Loopscope").unwrap();
    wait(&window, "ticks.js — Loopscope");
    window.press("F5").unwrap();
    wait(&window, "running");
    window.press("F6").unwrap();
    wait(&window, "paused");
    for _ in 0..3 {
        window.press("F10").unwrap();
    }
    wait(&window, "paused");
    window.press("F5").unwrap();
    wait(&window, "running");
    window.press("shift+F5").unwrap();
    wait(&window, "ended with code 130");
    window.press("ctrl+q").unwrap();
    assert!(program.0.wait().unwrap().success());
    assert_eq!(std::fs::read_to_string(folder.0.join("ticks.js")).unwrap(), ticks);
    let settings = std::fs::read_to_string(folder.0.join("config/settings.json")).unwrap();
    assert!(settings.contains("ticks.js"), "the file is remembered: {settings}");
}

#[test]
fn the_window_closes_while_a_script_runs_without_end() {
    let folder = Folder::new("close");
    let file = folder.file("endless.js", "for (;;) {}\n");
    let display = Display::start(1280, 800).unwrap();
    let mut program = Running::open(&display, &folder.0, &["--run", &file]);
    let window = display.window("Loopscope").unwrap();
    wait(&window, "running");
    window.press("ctrl+q").unwrap();
    assert!(program.0.wait().unwrap().success());
}

#[test]
fn a_recording_is_opened_and_gone_through() {
    let folder = Folder::new("recording");
    let file = folder.file("rec.js", "setTimeout(function later() { console.log('later'); }, 20);\n");
    let recording = folder.0.join("rec.loopscope");
    let recorded = Command::new(program::loopscope().unwrap())
        .args(["record", "-o", recording.to_str().unwrap(), &file])
        .output()
        .unwrap();
    assert!(recorded.status.success(), "{}", String::from_utf8_lossy(&recorded.stderr));
    let display = Display::start(1280, 800).unwrap();
    let mut program = Running::open(&display, &folder.0, &[recording.to_str().unwrap()]);
    let window = display.window("Loopscope").unwrap();
    wait(&window, "rec.js — recording");
    for key in ["Home", "ctrl+Right", "shift+Right", "Left", "space", "End", "ctrl+End"] {
        window.press(key).unwrap();
    }
    window.press("ctrl+q").unwrap();
    assert!(program.0.wait().unwrap().success());
}

#[test]
fn a_picture_of_a_run_is_taken() {
    let folder = Folder::new("picture");
    let file = folder.file("a.js", "setTimeout(function later() { process.stdout.write('later'); }, 20);\n");
    let picture = folder.0.join("a.png");
    let display = Display::start(1400, 900).unwrap();
    let args =
        ["--run", "--size", "1280x800", "--no-settings", "--picture", picture.to_str().unwrap(), &file];
    let mut program = Running::open(&display, &folder.0, &args);
    assert!(program.0.wait().unwrap().success());
    let bytes = std::fs::read(&picture).unwrap();
    let size = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    assert_eq!((size(16), size(20)), (1280, 800));
}
