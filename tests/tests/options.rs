//! Every option that `loopscope-node` takes has its effect: its name is where the runtime looks for it, or it is in the list
//! of those with none. What it does not take is a bad option.

use std::fs;
use std::path::{Path, PathBuf};

use loopscope_tests::program;

/// Where the names of options are.
const NAMES: &str = include_str!("../../engine/runtime/src/command_line/names.rs");

fn runtime() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../engine/runtime")
}

/// The names in one of the constants of [`NAMES`].
fn listed(constant: &str) -> Vec<&'static str> {
    let start = NAMES.find(&format!("const {constant}:")).expect("the constant is there");
    let text = NAMES[start..].split('"').nth(1).expect("its value is a string");
    text.split_ascii_whitespace().filter(|word| *word != "\\").collect()
}

/// The text of all sources in a folder but the file with the names.
fn sources(folder: &Path, all: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder with sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.file_name().is_some_and(|name| name != "names.rs") {
            all.push_str(&fs::read_to_string(&path).expect("a source"));
        }
    }
}

fn names(all: &str, option: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(|next: char| next == '-' || next.is_ascii_alphanumeric());
    all.match_indices(option).any(|(at, _)| ends(&all[at + option.len()..]))
}

#[test]
fn accepted_options_are_looked_for() {
    let mut all = String::new();
    sources(&runtime().join("js"), &mut all);
    sources(&runtime().join("src"), &mut all);
    let tells = |option: &str| {
        // Versions of TLS are put together from parts.
        names(&all, option)
            || names(&all, &option.replacen("--", "--no-", 1))
            || option.starts_with("--tls-m")
    };
    let silent: Vec<_> =
        listed("SWITCHES").into_iter().chain(listed("VALUES")).filter(|option| !tells(option)).collect();
    assert!(silent.is_empty(), "taken but nowhere used, and not in the lists of idle options: {silent:?}");
}

#[test]
fn idle_options_are_nowhere_used() {
    let mut all = String::new();
    sources(&runtime().join("js"), &mut all);
    let used: Vec<_> = listed("IDLE_SWITCHES")
        .into_iter()
        .chain(listed("IDLE_VALUES"))
        .filter(|option| names(&all, &format!("'{option}'")))
        .collect();
    assert!(used.is_empty(), "in the lists of idle options, but used: {used:?}");
}

#[test]
fn absent_features_cannot_be_switched_on() {
    let program = program::loopscope_node().unwrap_or_else(|error| panic!("{error}"));
    for option in listed("ABSENT") {
        let ask = |option: &str| {
            let output = std::process::Command::new(&program)
                .args([option, "-p", "1"])
                .env_remove("NODE_OPTIONS")
                .output()
                .expect("it runs");
            (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
        };
        let (code, error) = ask(option);
        assert_eq!(code, Some(9), "{option}");
        assert!(error.contains(&format!("bad option: {option}")), "{error}");
        if !option.starts_with("--no-") {
            assert_eq!(ask(&option.replacen("--", "--no-", 1)).0, Some(0), "no {option}");
        }
    }
}
