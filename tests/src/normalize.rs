//! Takes out of a program's output what differs from machine to machine and from program to program.

use std::path::Path;

use crate::process::Outcome;

/// Replaces, in the output of one run, what is not the script's doing:
///
/// | in the output | becomes |
/// | --- | --- |
/// | the script's folder, also as a `file:` URL | `<DIR>` |
/// | the folder for temporary files | `<TMP>` |
/// | the program's path | `<EXE>` |
/// | neighbouring stack lines of built-in modules (`at … (node:internal/…)`), and what `util.inspect` puts in the place of repeated ones | one line `at <INTERNAL>` |
/// | the place in a built-in module that an uncaught error begins with, its source line and caret | `<INTERNAL SOURCE>` |
/// | `Node.js v26.1.2` at a line's start | `<VERSION>` |
/// | the process id in `(node:1234)` | `<PID>` |
/// | the program's name in `` (Use `node --trace-…` `` | `node` |
#[derive(Debug)]
pub struct Normalizer {
    /// What to find and what to put there, in this order.
    replacements: Vec<(String, String)>,
}

impl Normalizer {
    /// For a run of `program` in the folder `dir` with temporary files in `tmp`.
    pub fn new(dir: &Path, tmp: &Path, program: &Path) -> Self {
        let mut replacements = Vec::new();
        for (path, name) in [(tmp, "<TMP>"), (dir, "<DIR>"), (program, "<EXE>")] {
            let path = path.to_string_lossy();
            replacements.push((format!("file://{}", percent_encoded(&path)), format!("file://{name}")));
            replacements.push((path.into_owned(), name.to_owned()));
        }
        if let Some(name) = program.file_name() {
            replacements.push((format!("(Use `{} ", name.to_string_lossy()), "(Use `node ".to_owned()));
        }
        Self { replacements }
    }

    /// `outcome` with its output normalised.
    pub fn outcome(&self, outcome: Outcome) -> Outcome {
        Outcome { stdout: self.text(&outcome.stdout), stderr: self.text(&outcome.stderr), exit: outcome.exit }
    }

    /// `text`, normalised.
    pub fn text(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (from, to) in &self.replacements {
            text = text.replace(from.as_str(), to);
        }
        lines(&text)
    }
}

/// The replacements that concern whole lines.
fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.split_inclusive('\n').peekable();
    let mut after_internal = false;
    while let Some(line) = lines.next() {
        let (content, end) = line.strip_suffix('\n').map_or((line, ""), |content| (content, "\n"));
        if let Some((indent, rest)) = internal_frame(content, after_internal) {
            if after_internal {
                if rest.is_empty() {
                    continue;
                }
                // What follows the last frame (` {` before an error's properties) belongs to the one line kept.
                out.truncate(out.trim_end_matches('\n').len());
                out.push_str(rest);
            } else {
                out.extend([indent, "at <INTERNAL>", rest]);
            }
            out.push_str(end);
            after_internal = true;
            continue;
        }
        after_internal = false;
        if is_internal_place(content) {
            out.push_str("<INTERNAL SOURCE>");
            // The source line and the line with the caret.
            lines.next();
            lines.next_if(|line| line.trim_start().starts_with('^'));
        } else if is_version(content) {
            out.push_str("<VERSION>");
        } else {
            out.push_str(&without_pid(content));
        }
        out.push_str(end);
    }
    out
}

/// For a stack line in a built-in module: its indentation and what follows the frame.
fn internal_frame(line: &str, after_internal: bool) -> Option<(&str, &str)> {
    let start = line.find(|c: char| c != ' ')?;
    if after_internal
        && line[start..].starts_with("... ")
        && line.ends_with(" lines matching cause stack trace ...")
    {
        return Some((&line[..start], ""));
    }
    let frame = line[start..].strip_prefix("at ")?;
    let place = match frame.rfind("(node:") {
        Some(at) => &frame[at + 1..],
        None => frame.strip_prefix("async ").unwrap_or(frame),
    };
    let rest = place.strip_prefix("node:")?;
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "/_-.:".contains(c));
    Some((&line[..start], rest.strip_prefix(')').unwrap_or(rest)))
}

/// Whether a line is `node:internal/modules/cjs/loader:1234`.
fn is_internal_place(line: &str) -> bool {
    let Some((module, number)) = line.strip_prefix("node:").and_then(|rest| rest.rsplit_once(':')) else {
        return false;
    };
    !module.contains(' ') && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a line is `Node.js v26.1.2`.
fn is_version(line: &str) -> bool {
    let Some(version) = line.strip_prefix("Node.js v") else { return false };
    version.starts_with(|c: char| c.is_ascii_digit()) && !version.contains(' ')
}

/// `line` with the process id in `(node:1234)` at its start replaced.
fn without_pid(line: &str) -> String {
    let rest = line.strip_prefix("(node:").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    match rest.and_then(|rest| rest.strip_prefix(')')) {
        Some(rest) => format!("(node:<PID>){rest}"),
        None => line.to_owned(),
    }
}

/// A path as it stands in a `file:` URL (WHATWG URL's path percent-encode set, and `%` itself as Node.js writes it).
fn percent_encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'!' | b'$'..=b';' | b'=' | b'@'..=b'_' | b'a'..=b'z' | b'|' | b'~'
                if byte != b'%' && byte != b'\\' =>
            {
                text.push(char::from(byte));
            }
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normalized(text: &str) -> String {
        let paths = ["/specs/a b", "/tmp/x", "/bin/prog"].map(Path::new);
        Normalizer::new(paths[0], paths[1], paths[2]).text(text)
    }

    #[test]
    fn paths_and_urls() {
        assert_eq!(normalized("/specs/a b/main.js"), "<DIR>/main.js");
        assert_eq!(normalized("file:///specs/a%20b/main.mjs\n"), "file://<DIR>/main.mjs\n");
        assert_eq!(normalized("/tmp/x/f /bin/prog"), "<TMP>/f <EXE>");
    }

    #[test]
    fn internal_stack_lines_collapse() {
        let stack = "Error: x\n    at f (<DIR>/main.js:1:2)\n    at Module._compile (node:internal/a:1:2)\n    \
                     at async node:internal/b:3:4 {\n  code: 1\n}\n    at Array.map (<anonymous>)\n    at node:events:1:2\n";
        let want = "Error: x\n    at f (<DIR>/main.js:1:2)\n    at <INTERNAL> {\n  code: 1\n}\n    \
                    at Array.map (<anonymous>)\n    at <INTERNAL>\n";
        assert_eq!(normalized(stack), want);
    }

    #[test]
    fn repeated_internal_stack_lines_collapse_too() {
        let stack = "Error: x\n    at <DIR>/main.js:1:2\n    at node:a:1:2\n    \
                     ... 5 lines matching cause stack trace ...\n    at node:b:1:2 {\n";
        assert_eq!(normalized(stack), "Error: x\n    at <DIR>/main.js:1:2\n    at <INTERNAL> {\n");
        let kept = "    at <DIR>/main.js:1:2\n    ... 5 lines matching cause stack trace ...\n";
        assert_eq!(normalized(kept), kept);
    }

    #[test]
    fn internal_source_version_and_process_id() {
        let text = "node:internal/modules/cjs/loader:12\n  throw err;\n  ^\n\nError: x\n\nNode.js v26.10.0\n";
        assert_eq!(normalized(text), "<INTERNAL SOURCE>\n\nError: x\n\n<VERSION>\n");
        assert_eq!(
            normalized("(node:12) Warning: x\n(Use `prog --trace-"),
            "(node:<PID>) Warning: x\n(Use `node --trace-"
        );
        assert_eq!(
            normalized("node: 12\n(node:x)\nNode.js v8 rocks"),
            "node: 12\n(node:x)\nNode.js v8 rocks"
        );
    }
}
