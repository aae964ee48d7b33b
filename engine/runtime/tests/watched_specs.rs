//! Every spec script can be watched, and what it reports fits together. What the scripts print is checked elsewhere,
//! unwatched.

mod watched;

use std::path::{Path, PathBuf};

use loopscope_runtime::options::Options;
use watched::{follow, start_with};

fn folders(parent: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(parent).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

#[test]
fn every_spec_reports_what_fits_together() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/specs");
    let root = root.canonicalize().expect("the specs are there");
    let mut failed = Vec::new();
    // One after the other: scripts may change the current folder of the process.
    for spec in folders(&root).iter().flat_map(|area| folders(area)) {
        let main = ["js", "mjs", "cjs", "ts", "mts", "cts"]
            .map(|extension| spec.join("main").with_extension(extension));
        let Some(main) = main.into_iter().find(|path| path.is_file()) else { continue };
        if spec.join("spec.json").is_file() {
            // It wants options, input or an environment of its own.
            continue;
        }
        let text = std::fs::read_to_string(&main).unwrap_or_default();
        if text.contains("execPath") && text.contains("--test") {
            // The program that it starts with that option is this very test, and so on without end.
            continue;
        }
        let path = main.to_string_lossy().into_owned();
        let run = std::panic::catch_unwind(|| follow(start_with(Options::file(path, Vec::new())), |_, _| {}));
        if run.is_err() {
            failed.push(spec.display().to_string());
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}
