//! `loopscope profile`: files that other tools open, and what is said of them.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

use std::path::PathBuf;
use std::process::{Command, Output};

use loopscope_tests::program;
use serde_json::Value;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, script: &str) -> Self {
        let path = std::env::temp_dir().join(format!("loopscope-profile-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        std::fs::write(path.join("a.js"), script).unwrap();
        Self(path)
    }

    fn profile(&self, args: &[&str]) -> Output {
        Command::new(program::loopscope().unwrap())
            .arg("profile")
            .args(args)
            .current_dir(&self.0)
            .output()
            .unwrap()
    }

    fn json(&self, name: &str) -> Value {
        serde_json::from_str(&std::fs::read_to_string(self.0.join(name)).unwrap()).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_cpu_profile_names_the_function_that_takes_the_time() {
    let folder = Folder::new(
        "cpu",
        "function spin() { const end = Date.now() + 150; while (Date.now() < end); }\n\
         setTimeout(() => { spin(); console.log('done', process.argv[2]); process.exitCode = 3; }, 1);\n",
    );
    let output = folder.profile(&["a.js", "x"]);
    let said = text(&output.stderr);
    assert_eq!(text(&output.stdout), "done x\n", "{said}");
    assert_eq!(output.status.code(), Some(3));
    assert!(said.contains("the CPU profile is in a.cpuprofile"), "{said}");
    assert!(said.contains("spin  a.js:1"), "{said}");
    let profile = folder.json("a.cpuprofile");
    assert!(profile["nodes"].as_array().is_some_and(|nodes| !nodes.is_empty()));
}

#[test]
fn coverage_tells_the_lines_that_did_not_run() {
    let script = "function f(a) {\n  if (a) {\n    return 1;\n  }\n  return 2;\n}\nf(1);\n";
    let folder = Folder::new("coverage", script);
    let output = folder.profile(&["--coverage", "c.json", "a.js"]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("4 of 5"), "{said}");
    assert!(said.contains("a.js, all but 5"), "{said}");
    assert!(folder.json("c.json")["result"].is_array());
}

#[test]
fn memory_is_seen_also_when_the_script_exits_by_itself() {
    let script = "const kept = [];\nfunction fill() { for (let i = 0; i < 2e5; i++) kept.push({ i }); }\nfill();\nprocess.exit(4);\n";
    let folder = Folder::new("memory", script);
    let output = folder.profile(&["--allocations", "a.heapprofile", "a.js"]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(4), "{said}");
    assert!(said.contains("fill  a.js:2"), "{said}");
    assert!(folder.json("a.heapprofile")["head"].is_object());
}

#[test]
fn a_script_that_throws_has_its_profile_and_its_error() {
    let folder = Folder::new("throws", "throw new Error('lost');\n");
    let output = folder.profile(&["a.js"]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("Error: lost"), "{said}");
    assert!(folder.json("a.cpuprofile")["nodes"].is_array());
}

#[test]
fn a_file_that_cannot_be_written_is_said_before_the_run() {
    let folder = Folder::new("refused", "console.log('ran');\n");
    let output = folder.profile(&["--cpu", "/nowhere/at/all.cpuprofile", "a.js"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), "");
    assert!(text(&output.stderr).contains("cannot write /nowhere/at/all.cpuprofile"));
}

#[test]
fn a_heap_snapshot_holds_what_is_in_use_at_the_end() {
    let script = "class Kept {}\nglobalThis.kept = [new Kept()];\nconsole.log('done');\n";
    let folder = Folder::new("heap", script);
    let output = folder.profile(&["--heap-snapshot", "a.heapsnapshot", "a.js"]);
    let said = text(&output.stderr);
    assert_eq!((output.status.code(), &*text(&output.stdout)), (Some(0), "done\n"), "{said}");
    assert!(said.contains("the heap snapshot is in a.heapsnapshot: "), "{said}");
    let snapshot = folder.json("a.heapsnapshot");
    let strings = snapshot["strings"].as_array().unwrap();
    assert!(strings.iter().any(|one| one == "Kept"));
}
