//! The command line of `loopscope`, as far as it opens no window.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

use std::path::PathBuf;
use std::process::{Command, Output};

use loopscope_tests::program;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("loopscope-cli-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn script(&self) -> String {
        let path = self.0.join("a.js");
        let text = "setTimeout(function later() { console.log('later', process.argv.slice(2)); process.exitCode = 3; }, 5);\n";
        std::fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn loopscope(args: &[&str]) -> Output {
    Command::new(program::loopscope().unwrap()).args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn run_is_loopscope_node() {
    let folder = Folder::new("run");
    let script = folder.script();
    let ours = loopscope(&["run", "--no-warnings", &script, "--run", "x"]);
    let node = Command::new(program::loopscope_node().unwrap())
        .args(["--no-warnings", &script, "--run", "x"])
        .output()
        .unwrap();
    assert_eq!(text(&ours.stdout), "later [ '--run', 'x' ]\n");
    assert_eq!(ours, node);
    assert_eq!(ours.status.code(), Some(3));
}

#[test]
fn scripts_that_start_themselves_again_get_the_windowless_program() {
    let output = loopscope(&["run", "-p", "require('path').basename(process.execPath)"]);
    assert_eq!(text(&output.stdout).trim(), "loopscope-node");
}

#[test]
fn a_trace_for_people_goes_beside_the_output() {
    let folder = Folder::new("trace");
    let output = loopscope(&["trace", &folder.script(), "x"]);
    assert_eq!(text(&output.stdout), "later [ 'x' ]\n");
    assert_eq!(output.status.code(), Some(3));
    let trace = text(&output.stderr);
    for part in ["> #1 main script a.js:1", "timeout later a.js:1", "= Ended with code 3"] {
        assert!(trace.contains(part), "{part} is missing in\n{trace}");
    }
}

#[test]
fn a_trace_for_programs_is_json_lines() {
    let folder = Folder::new("json");
    let file = folder.0.join("trace.jsonl");
    let output = loopscope(&["trace", "--json", "-o", file.to_str().unwrap(), &folder.script()]);
    assert_eq!(text(&output.stderr), "");
    let lines: Vec<serde_json::Value> = std::fs::read_to_string(&file)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[0]["format"], "loopscope-trace");
    assert_eq!(lines.last().unwrap()["Event"]["kind"]["Exit"]["code"], 3);
}

#[test]
fn what_cannot_be_traced_says_why() {
    let output = loopscope(&["trace", "-o", "/nowhere/at/all", "a.js"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("cannot write the trace to /nowhere/at/all"));
    let output = loopscope(&["trace"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn shells_can_complete_the_command_line() {
    for shell in ["bash", "zsh", "fish"] {
        let output = loopscope(&["completions", shell]);
        assert!(text(&output.stdout).contains("completions"), "{shell}");
    }
}
