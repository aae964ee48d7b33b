//! Rules that a pattern cannot say.

use super::Finding;
use super::sources::Source;

/// The most lines a file of source may have.
const MAX_LINES: usize = 800;
/// What says, with a reason behind it, why a file is longer. It stands in one of the first [`REASON_LINES`] lines.
const LONG_BECAUSE: &str = "Long because ";
const REASON_LINES: usize = 10;
/// Endings of source files.
const SOURCE: [&str; 8] = [".rs", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".py"];

/// Where `file` breaks one of these rules.
pub fn check(file: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |line, rule, advice| findings.push(Finding { path: file.path.clone(), line, rule, advice });
    if let Some(lines) = too_long(file) {
        add(
            lines,
            "file-length",
            format!(
                "{lines} lines; split it by purpose, or say `{LONG_BECAUSE}…` in its first {REASON_LINES} lines"
            ),
        );
    }
    if lacks_strict(file) {
        add(1, "strict-built-ins", "a built-in module begins with the line 'use strict';".to_owned());
    }
    for line in own_versions(file) {
        add(
            line,
            "versions-once",
            "write the version in the root Cargo.toml, here `NAME.workspace = true`".to_owned(),
        );
    }
    for line in wildcards(file) {
        add(line, "versions-once", "name a version instead of `*`".to_owned());
    }
    findings
}

/// The number of lines, if there are too many and the file does not say why.
fn too_long(file: &Source) -> Option<usize> {
    let lines = file.text.lines().count();
    let says_why = || file.text.lines().take(REASON_LINES).any(|line| line.contains(LONG_BECAUSE));
    (SOURCE.iter().any(|ending| file.path.ends_with(ending)) && lines > MAX_LINES && !says_why())
        .then_some(lines)
}

fn lacks_strict(file: &Source) -> bool {
    file.path.starts_with("engine/runtime/js/")
        && file.path.ends_with(".js")
        && file.text.lines().next() != Some("'use strict';")
}

/// Lines of a crate's manifest with a dependency that does not come from the workspace's table.
fn own_versions(file: &Source) -> Vec<usize> {
    // Fuzz targets need a nightly compiler and stand outside of the workspace.
    if !file.path.ends_with("/Cargo.toml") || file.path == "fuzz/Cargo.toml" {
        return Vec::new();
    }
    dependencies(&file.text)
        .filter(|(_, entry)| !entry.contains("workspace = true") && !entry.contains(".workspace"))
        .map(|(line, _)| line)
        .collect()
}

/// Lines of the root manifest with a dependency in any version.
fn wildcards(file: &Source) -> Vec<usize> {
    if file.path != "Cargo.toml" {
        return Vec::new();
    }
    dependencies(&file.text).filter(|(_, entry)| entry.contains("\"*\"")).map(|(line, _)| line).collect()
}

/// The lines, with their numbers from 1, in a manifest's tables of dependencies.
fn dependencies(manifest: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut inside = false;
    manifest.lines().enumerate().filter_map(move |(index, line)| {
        if let Some(table) = line.strip_prefix('[') {
            inside = table.trim_end_matches(']').ends_with("dependencies");
            return None;
        }
        (inside && line.contains('=') && !line.starts_with('#')).then_some((index + 1, line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<(&'static str, usize)> {
        let findings = check(&Source { path: path.to_owned(), text: text.to_owned() });
        findings.iter().map(|finding| (finding.rule, finding.line)).collect()
    }

    #[test]
    fn long_files_say_why() {
        let long = "x\n".repeat(MAX_LINES + 1);
        assert_eq!(found("app/src/a.rs", &long), [("file-length", MAX_LINES + 1)]);
        assert_eq!(found("app/src/a.rs", &long[2..]), []);
        assert_eq!(found("app/src/a.rs", &format!("//! Long because it is one table.\n{long}")), []);
        assert_eq!(found("Cargo.lock", &long), []);
    }

    #[test]
    fn built_ins_are_strict() {
        let path = "engine/runtime/js/internal/a.js";
        assert_eq!(found(path, "// a\n'use strict';\n"), [("strict-built-ins", 1)]);
        assert_eq!(found(path, "'use strict';\n"), []);
        assert_eq!(found("assets/examples/a.js", "// a\n"), []);
    }

    #[test]
    fn versions_stand_in_the_root_manifest() {
        let crate_manifest = "[package]\nversion = \"1\"\n[dependencies]\na.workspace = true\n\
             b = { workspace = true, features = [\"c\"] }\nd = \"1\"\n[target.'cfg(unix)'.dev-dependencies]\ne = { path = \"e\" }\n\
             [[bin]]\nname = \"f\"\n";
        assert_eq!(found("app/Cargo.toml", crate_manifest), [("versions-once", 6), ("versions-once", 8)]);
        let root = "[workspace.dependencies]\na = \"1\"\nb = \"*\"\n";
        assert_eq!(found("Cargo.toml", root), [("versions-once", 3)]);
    }
}
