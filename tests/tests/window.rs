//! The real window on a screen that only memory holds, driven by the keyboard as a user would.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

use std::path::PathBuf;
use std::process::{Child, Command};

use loopscope_tests::display::{Display, Window};
use loopscope_tests::names::Names;
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

/// A script that adds.
const ADDS: &str = "function add(a, b) {
  const sum = a + b;
  return sum;
}
setTimeout(function later() {
  const total = add(2, 40);
  process.stdout.write('total ' + total + '\\n');
}, 1);
";

#[test]
fn a_script_is_debugged_with_the_mouse() {
    let folder = Folder::new("debug");
    let file = folder.file("adds.js", ADDS);
    let names = Names(folder.0.join("names"));
    let display = Display::start(1280, 800).unwrap();
    let args = ["--names", names.0.to_str().unwrap(), "--size", "1270x780", &file];
    let mut program = Running::open(&display, &folder.0, &args);
    let window = display.window("Loopscope").unwrap();
    wait(&window, "adds.js — Loopscope");
    let click = |name: &str| window.click(names.find(name).unwrap().middle(), 1, 1).unwrap();
    // The breakpoint is set beside the line.
    click("Set a breakpoint on line 2");
    names.find("Breakpoint on line 2").unwrap();
    click("Run the script");
    wait(&window, "paused");
    names.find("Frame add, adds.js:2").unwrap();
    names.find("a: 2").unwrap();
    // A value is changed with a double click on it.
    let value = names.find("a: 2").unwrap();
    // On a busy machine the two clicks may come too far from each other.
    let is_open = || {
        window.click(value.left(), 1, 2).unwrap();
        names.is_soon("New value")
    };
    assert!((0..5).any(|_| is_open()), "a double click changes a value");
    window.press("ctrl+a").unwrap();
    window.type_text("a + 56").unwrap();
    names.find_where("the text", |named| named.value.as_deref() == Some("a + 56")).unwrap();
    window.press("Return").unwrap();
    names.find("a: 58").unwrap();
    // A step, with the button; another frame, and out of the function.
    click("Step over");
    names.find("Frame add, adds.js:3").unwrap();
    names.find("sum: 98").unwrap();
    click("Frame later, adds.js:6");
    names.find("total: <uninitialized>").unwrap();
    click("Step out");
    names.find("total: 98").unwrap();
    click("Continue");
    wait(&window, "ended with code 0");
    names.find("total 98").unwrap();
    window.press("ctrl+q").unwrap();
    assert!(program.0.wait().unwrap().success());
}

#[test]
fn the_window_closes_while_the_run_stands_at_a_breakpoint() {
    let folder = Folder::new("close-paused");
    let file = folder.file("stands.js", "setTimeout(function later() {\n  debugger;\n}, 1);\n");
    let display = Display::start(1280, 800).unwrap();
    let mut program = Running::open(&display, &folder.0, &["--run", &file]);
    let window = display.window("Loopscope").unwrap();
    wait(&window, "paused");
    window.press("ctrl+q").unwrap();
    assert!(program.0.wait().unwrap().success());
}
