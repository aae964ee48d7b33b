//! Recordings on the command line: causes and lints of real runs, files that were cut off, what is said about mistakes.
//!
//! `tests/why/NAME`: a script, the callback that is asked about in its first line, and `expected.txt`: parts of the answer in
//! order, times replaced by `…`; `words.txt` has parts of the run told in sentences. `tests/lints/RULE`: a script that must trigger the rule and one that must not;
//! `tests/quiet`: programs with which nothing is wrong.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use loopscope_tests::program;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("loopscope-rec-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(program::loopscope().unwrap());
    command.args(args).stdin(Stdio::null());
    command
}

fn loopscope(args: &[&str]) -> Output {
    command(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[track_caller]
fn shown(args: &[&str]) -> String {
    let output = loopscope(args);
    assert!(output.status.success(), "{args:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// Folders of tests, in order.
fn folders(kind: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(kind);
    let mut folders: Vec<_> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

#[test]
fn causes_are_those_of_the_script() {
    let times = regex_lite::Regex::new(r"\d+(\.\d+)? (ns|µs|ms|s)\b").unwrap();
    let folder = Folder::new("why");
    for case in folders("why") {
        let mut scripts = ["main.js", "main.mjs"].into_iter().map(|name| case.join(name));
        let script = scripts.find(|path| path.is_file()).unwrap();
        let source = std::fs::read_to_string(&script).unwrap();
        let task = source.lines().next().unwrap().strip_prefix("// why: ").unwrap().to_owned();
        let out = folder.file("run.loopscope");
        assert!(loopscope(&["record", script.to_str().unwrap(), "-o", &out]).status.success());
        let told = |args: &[&str], expected: &str| {
            let Ok(expected) = std::fs::read_to_string(case.join(expected)) else { return };
            let answer = shown(&[&["show", &out], args].concat());
            let answer = times.replace_all(&answer, "…");
            let mut rest = answer.as_ref();
            for part in expected.lines() {
                let Some((_, after)) = rest.split_once(part) else {
                    panic!("{}: “{part}” is missing, or in another order, in\n{answer}", case.display());
                };
                rest = after;
            }
        };
        told(&["--why", &task], "expected.txt");
        told(&["--words"], "words.txt");
    }
}

#[test]
fn each_lint_speaks_when_it_must_and_only_then() {
    for case in folders("lints") {
        let rule = case.file_name().unwrap().to_str().unwrap();
        for (script, must) in [("yes.js", true), ("no.js", false)] {
            let path = case.join(script);
            let said = text(&loopscope(&["lint", path.to_str().unwrap()]).stderr);
            let tag = format!("[{rule}]");
            assert_eq!(said.contains(&tag), must, "{}:\n{said}", path.display());
            if must {
                let said = text(&loopscope(&["lint", "--allow", rule, path.to_str().unwrap()]).stderr);
                assert!(!said.contains(&tag), "{} is not silenced:\n{said}", path.display());
            }
        }
    }
}

/// Rules that a machine may trigger that is busy with something else.
const OF_TIME: [&str; 4] = ["loop-blocked", "late-timer", "starved", "pool-exhausted"];

#[test]
fn programs_as_people_write_them_are_not_found_fault_with() {
    for script in folders("quiet").iter().filter(|path| path.is_file()) {
        let mut args = vec!["lint"];
        args.extend(OF_TIME.iter().flat_map(|rule| ["--allow", rule]));
        args.push(script.to_str().unwrap());
        let output = loopscope(&args);
        let said = text(&output.stderr);
        assert!(output.status.success(), "{}:\n{said}", script.display());
        assert!(said.ends_with("nothing to complain about\n"), "{}:\n{said}", script.display());
    }
}

#[test]
fn a_recording_is_found_fault_with_as_the_run_of_its_script_is() {
    let folder = Folder::new("lint-recorded");
    let lints = Path::new(env!("CARGO_MANIFEST_DIR")).join("lints/never-settled");
    for (script, code, said) in [("yes.js", 1, "[never-settled]"), ("no.js", 0, "nothing to complain about")]
    {
        let (script, file) = (lints.join(script), folder.file("run.loopscope"));
        assert!(loopscope(&["record", "-o", &file, script.to_str().unwrap()]).status.success());
        let allowed = OF_TIME.iter().flat_map(|rule| ["--allow", rule]);
        let args: Vec<&str> = ["lint", &file].into_iter().chain(allowed).collect();
        let output = loopscope(&args);
        assert!(text(&output.stdout).contains(said), "{output:?}");
        assert_eq!(output.status.code(), Some(code), "{output:?}");
        let refused = loopscope(&["lint", &file, "--sample"]);
        assert!(text(&refused.stderr).contains("was recorded"), "{refused:?}");
    }
}

#[test]
fn every_lint_has_scripts_that_try_it() {
    let rules = shown(&["lint", "--rules"]);
    let rules = rules.lines().filter_map(|line| line.split_once(" (")).map(|(id, _)| id.to_owned());
    let mut rules: Vec<String> =
        rules.filter(|id| id.chars().all(|c| c == '-' || c.is_ascii_lowercase())).collect();
    rules.sort();
    let tried = folders("lints");
    let mut tried: Vec<&str> = tried.iter().map(|case| case.file_name().unwrap().to_str().unwrap()).collect();
    tried.sort_unstable();
    assert_eq!(rules, tried);
}

#[test]
fn a_comment_silences_a_lint_at_its_place() {
    let folder = Folder::new("ignore");
    let script = folder.file("a.js");
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("lints/never-settled/yes.js"));
    let text = text.unwrap().replace("  await", "  // loopscope-ignore never-settled: on purpose\n  await");
    std::fs::write(&script, text).unwrap();
    let said = text_of_lint(&script);
    assert!(said.contains("nothing to complain about"), "{said}");
}

fn text_of_lint(script: &str) -> String {
    text(&loopscope(&["lint", script]).stderr)
}

const SCRIPT: &str = "\
const fs = require('node:fs');
fs.readFile(__filename, function read() { console.log('read', process.argv.slice(2)); });
setTimeout(function later() { process.exitCode = 3; }, 20);
";

#[test]
fn a_recording_shows_the_run() {
    let folder = Folder::new("show");
    let (script, out) = (folder.file("a.js"), folder.file("a.loopscope"));
    std::fs::write(&script, SCRIPT).unwrap();
    let run = loopscope(&["record", &script, "-o", &out, "--", "x", "-y"]);
    assert_eq!(text(&run.stdout), "read [ 'x', '-y' ]\n");
    assert_eq!(run.status.code(), Some(3));
    assert!(text(&run.stderr).contains("events recorded in"), "{}", text(&run.stderr));

    let summary = shown(&["show", &out]);
    for part in ["a.js x -y", "Ended with code 3", "fs.readFile", "timeout later a.js:3", "I/O read a.js:2"] {
        assert!(summary.contains(part), "{part} is missing in\n{summary}");
    }
    let timers = shown(&["show", &out, "--kind", "timeout"]);
    assert!(
        timers.lines().count() >= 4 && timers.lines().all(|line| line.contains("timeout later")),
        "{timers}"
    );
    assert_eq!(shown(&["show", &out, "--text", "--file", "no such file"]), "");
    let json = shown(&["show", &out, "--json"]);
    std::fs::write(folder.file("a.jsonl"), &json).unwrap();
    let again = shown(&["show", &folder.file("a.jsonl"), "--text"]);
    assert_eq!(again, shown(&["show", &out, "--text"]));
    let moment = shown(&["show", &out, "--at", "#20"]);
    assert!(moment.starts_with("moment #20 at "), "{moment}");
}

/// How high the picture of a recording is of which no size was asked for.
fn picture_height(recording: &str) -> u32 {
    let output = loopscope(&["export", recording, "--format", "png"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    u32::from_be_bytes(output.stdout[20..24].try_into().unwrap())
}

#[test]
fn films_and_pictures_are_drawn_without_a_window() {
    let folder = Folder::new("film");
    let (script, out) = (folder.file("app.js"), folder.file("app.loopscope"));
    std::fs::write(&script, "setTimeout(() => console.log('late'), 2);\n").unwrap();
    shown(&["record", &script, "-o", &out]);
    let (film, picture) = (folder.file("app.gif"), folder.file("app.png"));
    let small = ["--size", "400x300"];
    shown(&[&["export", &out, "--format", "gif", "-o", &film, "--pictures", "3"], &small[..]].concat());
    let film = std::fs::read(&film).unwrap();
    assert_eq!(&film[..10], b"GIF89a\x90\x01\x2c\x01");
    assert_eq!(film.last(), Some(&0x3b), "the film has an end");
    shown(&[&["export", &out, "--format", "png", "-o", &picture, "--dark"], &small[..]].concat());
    let picture = std::fs::read(&picture).unwrap();
    assert_eq!(&picture[..8], b"\x89PNG\r\n\x1a\n");
    assert_eq!(&picture[16..24], [0, 0, 1, 0x90, 0, 0, 1, 0x2c]);
    // As high as its rows are.
    assert!((200..320).contains(&picture_height(&out)), "{}", picture_height(&out));
    let bad = loopscope(&["export", &out, "--format", "gif", "--size", "7x7"]);
    assert!(text(&bad.stderr).contains("from 320x200"), "{}", text(&bad.stderr));
}

/// A slice of a trace.
struct Slice {
    /// Process and thread.
    row: (u64, u64),
    from: f64,
    to: f64,
    name: String,
}

/// The slices of a trace, row by row, in the order in which readers sort them: each must lie inside of or behind the one before.
#[track_caller]
fn nested(events: &[serde_json::Value]) -> Vec<Slice> {
    let number = |event: &serde_json::Value, key: &str| event[key].as_f64().unwrap();
    let slice = |event: &serde_json::Value| Slice {
        row: (event["pid"].as_u64().unwrap(), event["tid"].as_u64().unwrap()),
        from: number(event, "ts"),
        to: number(event, "ts") + number(event, "dur"),
        name: event["name"].as_str().unwrap().to_owned(),
    };
    let mut slices: Vec<Slice> = events.iter().filter(|event| event["ph"] == "X").map(slice).collect();
    slices.sort_by(|a, b| a.row.cmp(&b.row).then(a.from.total_cmp(&b.from)));
    let mut open: Vec<&Slice> = Vec::new();
    for slice in &slices {
        while open.last().is_some_and(|last| last.row != slice.row || last.to <= slice.from) {
            open.pop();
        }
        let outer = open.last();
        assert!(
            slice.from <= slice.to && outer.is_none_or(|outer| slice.to <= outer.to),
            "{} {}–{} ends behind {:?}",
            slice.name,
            slice.from,
            slice.to,
            outer.map(|outer| (&outer.name, outer.to))
        );
        open.push(slice);
    }
    slices
}

#[test]
fn slices_of_a_trace_lie_inside_each_other_on_every_row() {
    let folder = Folder::new("rows");
    let (script, out) = (folder.file("a.js"), folder.file("a.loopscope"));
    std::fs::write(
        &script,
        "const { Worker, isMainThread } = require('node:worker_threads');\n\
         const busy = () => { for (let end = performance.now() + 6; performance.now() < end;) JSON.stringify([end]); };\n\
         function work(left) { busy(); Promise.resolve().then(busy); if (left) setImmediate(work, left - 1); }\n\
         if (isMainThread) { new Worker(__filename); new Worker(__filename); }\n\
         setTimeout(work, 1, 4);\n",
    )
    .unwrap();
    loopscope(&["record", "--sample=500", &script, "-o", &out]);
    for part in [&[][..], &["--from", "60ms"]] {
        let args = [&["export", &out, "--format", "chrome"], part].concat();
        let trace: serde_json::Value = serde_json::from_str(&shown(&args)).unwrap();
        let events = trace["traceEvents"].as_array().unwrap();
        assert!(events.iter().all(|event| event["ph"] != "B" && event["ph"] != "E"));
        let mut rows: Vec<(u64, u64)> = nested(events).iter().map(|slice| slice.row).collect();
        rows.dedup();
        let loops = rows.iter().filter(|row| row.1 == 1).count();
        assert!(loops == 3 && rows.len() > 6, "{rows:?}");
    }
}

#[test]
fn exports_are_what_their_readers_expect() {
    let folder = Folder::new("export");
    let (script, out) = (folder.file("a.js"), folder.file("a.loopscope"));
    // A text that would end the data of a page too early.
    std::fs::write(&script, format!("{SCRIPT}console.log('</script><b>&');\n")).unwrap();
    loopscope(&["record", &script, "-o", &out]);
    for format in ["chrome", "perfetto-json"] {
        let trace: serde_json::Value =
            serde_json::from_str(&shown(&["export", &out, "--format", format])).unwrap();
        let events = trace["traceEvents"].as_array().unwrap();
        let of = |phase: &str| events.iter().filter(|event| event["ph"] == phase).collect::<Vec<_>>();
        assert!(of("B").is_empty() && of("E").is_empty(), "DevTools would match them across rows");
        let slices = nested(events);
        assert!(slices.iter().any(|slice| slice.name == "read a.js:2"));
        assert_eq!((of("b").len(), of("e").len()), (1, 1));
        // Every arrow that ends has begun before, inside a slice of its row, and so does its end.
        let inside = |arrow: &serde_json::Value| {
            let at = arrow["ts"].as_f64().unwrap();
            slices.iter().any(|slice| slice.row.1 == arrow["tid"] && slice.from <= at && at <= slice.to)
        };
        assert!(!of("f").is_empty());
        for end in of("f") {
            let begin = *of("s").iter().find(|begin| begin["id"] == end["id"]).unwrap();
            assert!(begin["ts"].as_f64() <= end["ts"].as_f64() && inside(begin) && inside(end), "{end}");
        }
    }
    let profile: serde_json::Value =
        serde_json::from_str(&shown(&["export", &out, "--format", "cpuprofile"])).unwrap();
    let ids: Vec<_> = profile["nodes"].as_array().unwrap().iter().map(|node| node["id"].clone()).collect();
    let samples = profile["samples"].as_array().unwrap();
    assert!(samples.iter().all(|sample| ids.contains(sample)));
    assert_eq!(samples.len(), profile["timeDeltas"].as_array().unwrap().len());
    let svg = shown(&["export", &out, "--format", "svg"]);
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n") && svg.contains("read a.js:2"), "{svg}");
    let page = shown(&["export", &out, "--format", "html"]);
    assert_eq!(page.matches("</script>").count(), 2, "the page's own two");
    assert!(!page.contains("http://") && !page.contains("https://"), "nothing comes from the network");
    let (_, data) = page.split_once("id=\"data\">").unwrap();
    let data: serde_json::Value = serde_json::from_str(data.split_once("</script>").unwrap().0).unwrap();
    assert!(data["texts"].as_array().unwrap().contains(&"</script><b>&\n".into()));
    let part = folder.file("none.html");
    let failed = loopscope(&["export", "/no/such", "--format", "html", "-o", &part]);
    assert!(!failed.status.success() && !Path::new(&part).exists());
}

/// What a page holds of sampled functions: the depth at which each was seen first, and of which loops.
fn page_data(page: &str) -> (HashMap<String, u64>, Vec<u64>) {
    let (_, data) = page.split_once("id=\"data\">").unwrap();
    let data: serde_json::Value = serde_json::from_str(data.split_once("</script>").unwrap().0).unwrap();
    let name = |place: &serde_json::Value| {
        let text = data["places"][place.as_u64().unwrap() as usize - 1][1].as_u64().unwrap();
        text.checked_sub(1).map_or("", |at| data["texts"][at as usize].as_str().unwrap()).to_owned()
    };
    let (mut depths, mut loops) = (HashMap::new(), Vec::new());
    for seen in data["sampled"].as_array().unwrap() {
        depths.entry(name(&seen[4])).or_insert(seen[1].as_u64().unwrap());
        loops.push(seen[0].as_u64().unwrap());
        assert!(seen[2].as_f64() < seen[3].as_f64(), "{seen}");
    }
    loops.sort_unstable();
    loops.dedup();
    (depths, loops)
}

#[test]
fn functions_inside_callbacks_are_recorded_and_exported_when_the_stack_is_sampled() {
    let folder = Folder::new("sample");
    let (script, out) = (folder.file("a.js"), folder.file("a.loopscope"));
    std::fs::write(
        &script,
        "function inner(until) { while (Date.now() < until) JSON.stringify([until]); }\n\
         function outer() { inner(Date.now() + 120); }\n\
         setTimeout(function late() { outer(); }, 5);\nsetTimeout(function other() {}, 20);\n",
    )
    .unwrap();
    assert!(loopscope(&["record", "--sample=500", &script, "-o", &out]).status.success());
    let page = shown(&["show", &out]);
    let (_, sampled) = page.split_once("\nsampled ").expect("the page tells of it");
    assert!(sampled.contains("inner a.js:1"), "{page}");
    let trace: serde_json::Value =
        serde_json::from_str(&shown(&["export", &out, "--format", "chrome"])).unwrap();
    let events = trace["traceEvents"].as_array().unwrap();
    let slices = nested(events);
    let all = |name: &'static str| slices.iter().filter(move |slice| slice.name.starts_with(name));
    // What was sampled has a row of its own, and lies within what called it. A busy machine may leave gaps.
    let callback = all("late a.js:3").next().unwrap();
    let holds = |outer: &Slice, inner: &Slice| outer.from <= inner.from && inner.to <= outer.to;
    assert!(all("outer").all(|outer| outer.row.1 != callback.row.1 && holds(callback, outer)));
    let inside = |inner: &Slice| all("outer").any(|outer| outer.row == inner.row && holds(outer, inner));
    assert!(all("inner").next().is_some() && all("inner").all(inside), "{trace}");
    let found = shown(&["show", &out, "--lint"]);
    assert!(found.contains("late a.js:3 held the stack for"), "{found}");
    assert!(found.contains("waited, most of it in inner a.js:1 [loop-blocked]"), "{found}");
    let why = shown(&["show", &out, "--why", "other"]);
    assert!(why.contains("because `late()` at a.js:3 held the stack for"), "{why}");
    assert!(why.contains(", most of it in `inner()` at a.js:1"), "{why}");
    // JSON lines tell the same.
    let lines = folder.file("a.jsonl");
    std::fs::write(&lines, shown(&["show", &out, "--json"])).unwrap();
    assert!(shown(&["show", &lines]).contains("inner a.js:1"));
    let profile: serde_json::Value =
        serde_json::from_str(&shown(&["export", &out, "--format", "cpuprofile"])).unwrap();
    let nodes = profile["nodes"].as_array().unwrap();
    let named = |name: &str| {
        nodes
            .iter()
            .find(|node| node["callFrame"]["functionName"] == name)
            .unwrap_or_else(|| panic!("no {name} in {nodes:?}"))
    };
    let calls = |caller: &serde_json::Value, called: &serde_json::Value| {
        caller["children"].as_array().unwrap().contains(&called["id"])
    };
    let (late, outer, inner) = (named("late (timeout)"), named("outer"), named("inner"));
    assert!(calls(late, outer) && calls(outer, inner), "{nodes:?}");
    // The drawing and the page show them below the callbacks.
    let svg = shown(&["export", &out, "--format", "svg"]);
    assert!(svg.contains(">sampled</text>") && svg.contains("inner a.js:1 · sampled: seen "), "{svg}");
    let (depths, _) = page_data(&shown(&["export", &out, "--format", "html"]));
    assert_eq!((depths.get("outer"), depths.get("inner")), (Some(&1), Some(&2)), "{depths:?}");
    // However the script ends.
    for ending in ["process.exit(3)", "throw new Error('over')"] {
        let text = format!(
            "function busy(until) {{ while (Date.now() < until) JSON.stringify([until]); }}\nsetTimeout(() => {{ busy(Date.now() + 120); {ending}; }}, 5);\n"
        );
        std::fs::write(&script, text).unwrap();
        loopscope(&["record", "--sample=500", &script, "-o", &out]);
        let page = shown(&["show", &out]);
        assert!(
            page.split_once("\nsampled ").is_some_and(|(_, seen)| seen.contains("busy a.js:1")),
            "{ending}: {page}"
        );
    }
    // Without the option nothing of this is there.
    loopscope(&["record", &script, "-o", &out]);
    assert!(!shown(&["show", &out]).contains("\nsampled "));
}

/// What a browser makes of a page; `None` where there is none.
fn browse(address: &str, profile: &str) -> Option<String> {
    let browser = ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(|name| {
        let args =
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000", "--dump-dom"];
        let mut command = Command::new(name);
        command.args(args).arg(format!("--user-data-dir={profile}")).arg(address);
        command.stdin(Stdio::null()).output().ok()
    })?;
    Some(text(&browser.stdout))
}

#[test]
fn the_page_plays_the_run_in_a_browser() {
    let folder = Folder::new("page");
    let (script, out, page) = (folder.file("a.js"), folder.file("a.loopscope"), folder.file("a.html"));
    std::fs::write(
        &script,
        "setTimeout(function late() { console.log('it is late'); }, 30); console.log('begins');\n",
    )
    .unwrap();
    loopscope(&["record", &script, "-o", &out]);
    loopscope(&["export", &out, "--format", "html", "-o", &page]);
    // What stands behind the # is the moment in milliseconds.
    let Some(end) = browse(&format!("file://{page}#999999"), &folder.file("profile")) else {
        return eprintln!("no browser to try the page with");
    };
    for words in ["Ended with code 0", ">it is late</div>", "The loop has ended", "data-theme=\"light\""] {
        assert!(end.contains(words), "{words} is not in {end}");
    }
    let start = browse(&format!("file://{page}"), &folder.file("profile")).unwrap();
    assert!(start.contains("The start.") && !start.contains(">begins</div>"), "{start}");
}

#[test]
fn the_page_plays_the_loops_of_workers() {
    let folder = Folder::new("worker-page");
    let (script, out, page) = (folder.file("a.js"), folder.file("a.loopscope"), folder.file("a.html"));
    std::fs::write(
        &script,
        "const { Worker, isMainThread, parentPort } = require('worker_threads');\n\
         if (isMainThread) {\n  new Worker(__filename, { name: '<zip>' }).on('message', (said) => console.log(said));\n  new Worker('0', { eval: true });\n\
         } else {\n  setInterval(function packs() {}, 1e6);\n  parentPort.postMessage('packed');\n  setTimeout(() => process.exit(), 5);\n}\n",
    )
    .unwrap();
    loopscope(&["record", &script, "-o", &out]);
    let said = shown(&["show", &out]);
    assert!(said.contains("the text of its script is kept"), "once is enough: {said}");
    loopscope(&["export", &out, "--format", "html", "-o", &page]);
    let browse = |place: &str| browse(&format!("file://{page}#{place}"), &folder.file("profile"));
    let Some(end) = browse("999999") else {
        return eprintln!("no browser to try the page with");
    };
    for words in [">main thread</button>", ">&lt;zip&gt;</button>", ">worker 2</button>", ">packed</div>"] {
        assert!(end.contains(words), "{words} is not in {end}");
    }
    let worker = browse("999999:1").unwrap();
    assert!(
        worker.contains("aria-pressed=\"true\" class=\"dim\" title=\"It has ended\">&lt;zip&gt;</button>"),
        "{worker}"
    );
}

#[test]
fn page_and_drawing_show_what_was_sampled_on_the_loops_of_workers() {
    let folder = Folder::new("sampled-worker");
    let (script, out, page) = (folder.file("a.js"), folder.file("a.loopscope"), folder.file("a.html"));
    std::fs::write(
        &script,
        "const { Worker, isMainThread } = require('worker_threads');\n\
         function busy() { for (const until = Date.now() + 60; Date.now() < until;) JSON.stringify([until]); }\n\
         if (isMainThread) {\n  new Worker(__filename, { name: 'packer' }).on('exit', function gone() { busy(); });\n\
         } else setTimeout(function packs() { busy(); }, 5);\n",
    )
    .unwrap();
    assert!(loopscope(&["record", "--sample=500", &script, "-o", &out]).status.success());
    let svg = shown(&["export", &out, "--format", "svg"]);
    assert_eq!(svg.matches(">sampled</text>").count(), 2, "one for each loop: {svg}");
    let (main, worker) = svg.split_once(">packer</text>").expect("the rows of the worker follow its name");
    for (rows, callback) in [(main, "gone"), (worker, "packs")] {
        assert!(
            rows.contains(&format!("{callback} a.js:")) && rows.contains("busy a.js:2 · sampled"),
            "{svg}"
        );
    }
    loopscope(&["export", &out, "--format", "html", "-o", &page]);
    assert!(picture_height(&out) > 320, "rows of both loops: {}", picture_height(&out));
    let said = shown(&["show", &out]);
    assert_eq!(
        said.matches("busy a.js:2").count(),
        1,
        "functions are those of the script, whoever runs them: {said}"
    );
    assert_eq!(page_data(&std::fs::read_to_string(&page).unwrap()).1, [0, 1]);
    let Some(dom) = browse(&format!("file://{page}#999999:1"), &folder.file("profile")) else {
        return eprintln!("no browser to try the page with");
    };
    let rows = "aria-description=\"Rows: main thread, sampled, script, timers, ";
    assert!(dom.contains(rows), "{dom}");
}

#[test]
fn runs_are_compared_by_what_they_did() {
    let folder = Folder::new("compare");
    let script = "Promise.resolve().then(function p() { console.log('p'); });\n\
                  process.nextTick(function t() { console.log('t'); });\n";
    let record = |name: &str, text: &str| {
        let (script, out) = (folder.file(name), folder.file(&format!("{name}.loopscope")));
        std::fs::write(&script, text).unwrap();
        loopscope(&["record", &script, "-o", &out]);
        out
    };
    let common = record("a.js", script);
    let again = record("b.js", &format!("// Another line.\n{script}"));
    let module = record("c.mjs", script);
    let same = loopscope(&["compare", &common, &again]);
    assert_eq!(same.status.code(), Some(0), "{}", text(&same.stdout));
    assert!(text(&same.stdout).contains("no difference"), "{}", text(&same.stdout));
    let other = loopscope(&["compare", &common, &module]);
    let said = text(&other.stdout);
    assert_eq!(other.status.code(), Some(1), "{said}");
    let first = "the first difference is step 2: A goes on with nextTick t a.js:2 at ";
    assert!(said.contains(first) && said.contains(", B with promise c.mjs:1 at "), "{said}");
    assert!(said.contains("» p"), "{said}");
}

#[test]
fn a_recording_survives_kill() {
    let folder = Folder::new("kill");
    let (script, out) = (folder.file("a.js"), folder.file("a.loopscope"));
    std::fs::write(&script, "setInterval(function tick() { console.log('tick'); }, 2);\n").unwrap();
    let mut child = command(&["record", &script, "-o", &out]).stdout(Stdio::null()).spawn().unwrap();
    let limit = Instant::now() + Duration::from_secs(20);
    // Something must have been written before the end can be sudden.
    while std::fs::metadata(&out).map_or(0, |file| file.len()) < 4000 {
        assert!(Instant::now() < limit, "nothing is written");
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let summary = shown(&["show", &out]);
    assert!(summary.contains("not closed properly") && summary.contains("interval tick a.js:1"), "{summary}");
}

#[test]
fn what_happened_a_while_before_the_end_is_in_the_recording() {
    let folder = Folder::new("sudden");
    let (script, out) = (folder.file("a.js"), folder.file("a.loopscope"));
    std::fs::write(&script, "let n = 0; setInterval(function tick() { console.log('tick', ++n); }, 5);\n")
        .unwrap();
    let mut child = command(&["record", &script, "-o", &out]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
    let number = |line: &str| line.trim_end().rsplit(' ').next().and_then(|word| word.parse::<u32>().ok());
    let mut told: Vec<(Instant, u32)> = Vec::new();
    while told.first().is_none_or(|first| first.0.elapsed() < Duration::from_millis(1500)) {
        told.push((Instant::now(), number(&lines.next().unwrap().unwrap()).unwrap()));
    }
    child.kill().unwrap();
    let killed = Instant::now();
    child.wait().unwrap();
    // A tenth of a second is lost at most; a machine that is busy gets some more.
    let long_ago = told.iter().rev().find(|tick| killed - tick.0 > Duration::from_millis(500)).unwrap().1;
    let text = shown(&["show", &out, "--json"]);
    let ticks = text.lines().filter_map(|line| line.split_once("tick "));
    let kept = ticks.filter_map(|(_, rest)| rest.split('\\').next()?.parse::<u32>().ok()).max();
    assert!(kept.is_some_and(|kept| kept >= long_ago), "{kept:?} of {long_ago}");
}

#[cfg(unix)]
#[test]
fn a_disk_that_is_full_ends_the_recording_and_not_the_script() {
    let folder = Folder::new("full");
    let (script, out) = (folder.file("a.js"), folder.file("a.loopscope"));
    std::fs::write(
        &script,
        "let n = 0; setInterval(function tick() { console.log('tick', ++n); if (n === 900) process.exit(7); }, 1);\n",
    )
    .unwrap();
    // A file may have 4 KB; without the signal a write fails as on a full disk.
    let program = command(&[]).get_program().to_owned();
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -f 8; trap '' XFSZ; exec \"$0\" record \"$1\" -o \"$2\""]);
    let run = shell.arg(program).args([&script, &out]).stdin(Stdio::null()).output().unwrap();
    let said = text(&run.stderr);
    assert_eq!(run.status.code(), Some(7), "{said}");
    assert!(text(&run.stdout).ends_with("tick 900\n"), "the script went on");
    assert!(said.contains("the recording ends here") && said.contains("holds a part of the run"), "{said}");
    assert!(shown(&["show", &out]).contains("interval tick a.js:1"));
    let nothing = loopscope(&["record", &script, "-o", "/dev/full"]);
    let said = text(&nothing.stderr);
    assert!(!nothing.status.success() && said.matches("No space left").count() == 1, "{said}");
}

#[test]
fn what_the_runtime_arms_for_itself_is_no_unfinished_business_of_the_script() {
    let folder = Folder::new("own-timers");
    let (script, out) = (folder.file("main.js"), folder.file("run.loopscope"));
    let source = "\
        const http = require('http');\n\
        const server = http.createServer((request, response) => response.end('x'));\n\
        server.listen(0, () => http.get({ port: server.address().port }, (response) => {\n\
          response.resume().on('end', () => server.close());\n\
        }));\n";
    let run = |more: &str| {
        std::fs::write(&script, format!("{source}{more}")).unwrap();
        assert!(loopscope(&["record", &script, "-o", &out]).status.success());
        (shown(&["show", &out]), shown(&["show", &out, "--text"]))
    };
    let (page, events) = run("");
    assert!(events.contains("timeout socketTimeout node:net"), "{events}");
    assert!(events.contains("timeout forgetDate node:http"), "{events}");
    assert!(page.contains("nothing was left that keeps the loop alive.\n"), "{page}");
    assert!(!page.contains("\ntimeout "), "the script has set no timer\n{page}");
    assert!(page.contains("\nof the runtime "), "{page}");
    // A timer of the script's is told.
    let (page, _) = run("setTimeout(() => {}, 60_000).unref();\n");
    assert!(page.contains("loop alive; 1 timer never fired.\n"), "{page}");
    assert!(page.contains("\ntimeout                1         0 "), "{page}");
    // What listens to an event of the process is the script's.
    let (page, _) = run("process.on('exit', () => {});\n");
    assert!(page.contains("\nevent                  1         1 "), "{page}");
}

#[test]
fn an_interrupted_recording_is_closed() {
    let folder = Folder::new("interrupt");
    let (script, out) = (folder.file("a.js"), folder.file("a.loopscope"));
    std::fs::write(
        &script,
        "console.log('up'); setTimeout(function hang() { while (true); }, 1); setTimeout(() => {}, 2);\n",
    )
    .unwrap();
    let mut child = command(&["record", &script, "-o", &out]).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(child.stdout.take().unwrap()), &mut line)
        .unwrap();
    std::thread::sleep(Duration::from_millis(300));
    // SAFETY: the child is ours and was not waited for.
    unsafe { libc::kill(i32::try_from(child.id()).unwrap(), libc::SIGINT) };
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let summary = shown(&["show", &out]);
    assert!(summary.contains("it was stopped") && !summary.contains("not closed properly"), "{summary}");
    assert!(shown(&["show", &out, "--lint"]).contains("timeout hang a.js:1 held the stack for"));
}

/// A recording of which nothing but the beginning was written, and of which there is far more to read than anyone waits for. It
/// takes no room on the disk.
fn endless(folder: &Folder) -> String {
    let (script, out) = (folder.file("a.js"), folder.file("endless.loopscope"));
    std::fs::write(&script, SCRIPT).unwrap();
    assert_eq!(loopscope(&["record", &script, "-o", &out]).status.code(), Some(3));
    let file = std::fs::OpenOptions::new().write(true).open(&out).unwrap();
    let begun = file.metadata().unwrap().len();
    // Without its end, so that all of it has to be looked through.
    file.set_len(begun - 20).unwrap();
    file.set_len(64 << 30).unwrap();
    out
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_ends_the_reading_of_a_large_recording() {
    let folder = Folder::new("endless");
    let out = endless(&folder);
    for args in [&["show", &out][..], &["export", &out, "--format", "svg"], &["compare", &out, &out]] {
        let mut child = command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let id = child.id();
        let takes = |kind: &str| {
            let taken = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
            let taken = taken.lines().find_map(|line| line.strip_prefix(kind)).unwrap().trim().to_owned();
            u64::from_str_radix(&taken, 16).unwrap() & 2 != 0
        };
        let limit = Instant::now() + Duration::from_secs(20);
        while !takes("SigCgt:") {
            assert!(Instant::now() < limit && child.try_wait().unwrap().is_none(), "Ctrl+C is not awaited");
            std::thread::sleep(Duration::from_millis(5));
        }
        // SAFETY: the child is ours and was not waited for.
        unsafe { libc::kill(i32::try_from(id).unwrap(), libc::SIGINT) };
        let output = child.wait_with_output().unwrap();
        let said = text(&output.stderr);
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(130), String::new()), "{said}");
        assert!(said.contains("endless.loopscope was not read to its end: it was cancelled"), "{said}");
    }
}

#[test]
fn a_recording_says_what_of_it_can_be_read_and_where_it_breaks() {
    let folder = Folder::new("breaks");
    let (script, out) = (folder.file("a.js"), folder.file("a.loopscope"));
    std::fs::write(&script, SCRIPT).unwrap();
    loopscope(&["record", &script, "-o", &out]);
    let bytes = std::fs::read(&out).unwrap();
    let mut garbage = bytes[..bytes.len() - 40].to_vec();
    let from = garbage.len();
    garbage.extend("no frame ".repeat(1000).into_bytes());
    std::fs::write(&out, &garbage).unwrap();
    let shown = loopscope(&["show", &out]);
    let (page, said) = (text(&shown.stdout), text(&shown.stderr));
    assert!(shown.status.success() && page.contains("timeout later a.js:3"), "{page}");
    let events =
        regex_lite::Regex::new(r"still being written: (\d+) events until [\d.]+ ms can be read").unwrap();
    let events = events.captures(&page).map(|found| found[1].to_owned()).unwrap();
    assert!(said.contains(&format!("the {events} events before it, until ")), "{said}");
    let breaks =
        regex_lite::Regex::new(&format!(r"the file breaks at byte (\d+) of {}: ", garbage.len())).unwrap();
    let breaks: usize = breaks.captures(&said).unwrap()[1].parse().unwrap();
    assert!(breaks <= from && from - breaks < 4000, "{said}");

    let mut newer = bytes.clone();
    newer[8] = 9;
    std::fs::write(&out, &newer).unwrap();
    let said = text(&loopscope(&["show", &out]).stderr);
    assert!(said.contains("has format version 9") && said.contains("newer Loopscope"), "{said}");
}

#[test]
fn mistakes_are_told_in_words() {
    let folder = Folder::new("mistakes");
    let (script, empty) = (folder.file("a.js"), folder.file("empty"));
    std::fs::write(&script, "1\n").unwrap();
    std::fs::write(&empty, "").unwrap();
    for (args, words) in [
        (&["show", &script][..], "neither a recording"),
        (&["show", &empty], "is empty"),
        (&["show", "/no/such/file"], "cannot open /no/such/file"),
        (&["record", &script, "-o", "/no/such/folder/x"], "name another file with -o"),
        (&["show", &script, "--kind", "nothing"], "kinds are timeout"),
        (&["lint", &script, "--allow", "nothing"], "rules are loop-blocked"),
    ] {
        let output = loopscope(args);
        assert!(!output.status.success());
        let said = text(&output.stderr);
        assert!(said.contains(words), "{args:?}: {said}");
    }
}
