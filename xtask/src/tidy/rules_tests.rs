//! For every rule, what it finds and what it leaves alone.

use std::collections::BTreeSet;

use super::*;

/// A file with the rule that it breaks and the lines where; without a rule, it breaks none.
struct Case(Option<(&'static str, &'static [usize])>, &'static str, &'static str);

const CASES: &[Case] = &[
    Case(Some(("engine-without-window", &[1])), "engine/trace/src/a.rs", "use egui::Ui;"),
    Case(
        Some(("engine-without-window", &[2])),
        "engine/trace/Cargo.toml",
        "[dependencies]\neframe.workspace = true",
    ),
    Case(None, "engine/trace/src/a.rs", "//! Never egui::Ui here.\nlet legui = \"egui::\";"),
    Case(None, "app/src/a.rs", "use egui::Ui;"),
    Case(Some(("v8-in-its-place", &[2])), "engine/runtime/src/host/a.rs", "fn f(\nscope: &v8::PinScope) {}"),
    Case(Some(("v8-in-its-place", &[1])), "app/src/a.rs", "use v8::Local;"),
    Case(None, "engine/runtime/src/js/a.rs", "use v8::Local;"),
    Case(None, "engine/runtime/src/host/a.rs", "/// Unlike `v8::Local`.\nfn f() { g(\"v8::\") }"),
    Case(Some(("world-behind-host", &[1])), "engine/runtime/src/js/a.rs", "use std::fs::File;"),
    Case(Some(("world-behind-host", &[2])), "engine/runtime/src/js/a.rs", "use std::{\n    fs,\n    io,\n};"),
    Case(
        Some(("world-behind-host", &[1])),
        "engine/runtime/src/node/a.rs",
        "let x = std::net::Ipv4Addr::UNSPECIFIED;",
    ),
    Case(
        Some(("world-behind-host", &[1])),
        "engine/protocol/src/a.rs",
        "use std::time::{Duration, Instant};",
    ),
    Case(
        Some(("world-behind-host", &[1, 2])),
        "engine/runtime/src/event_loop/a.rs",
        "Instant::now();\nrand::random()",
    ),
    Case(None, "engine/runtime/src/event_loop/a.rs", "use std::time::Duration;"),
    Case(None, "engine/runtime/src/host/real/a.rs", "use std::fs; Instant::now();"),
    Case(None, "engine/runtime/src/js/a.rs", "#[cfg(test)]\nmod tests {\n    use std::time::Instant;\n}"),
    Case(
        Some(("looks-in-theme", &[1, 2])),
        "app/src/panel/a.rs",
        "Color32::from_rgb(1, 2, 3);\nColor32::WHITE;",
    ),
    Case(Some(("looks-in-theme", &[1, 2])), "app/src/panel/a.rs", "ui.add_space(8.0);\nvec2(0.5, 1.0);"),
    Case(None, "app/src/panel/a.rs", "vec2(0.0, 0.0); ui.add_space(theme::GAP); fn f(c: Color32) {}"),
    Case(None, "app/src/theme/a.rs", "Color32::from_rgb(1, 2, 3); vec2(8.0, 1.0)"),
    Case(
        Some(("bounded-channels", &[1, 2])),
        "app/src/a.rs",
        "use crossbeam_channel::unbounded;\nunbounded()",
    ),
    Case(
        Some(("bounded-channels", &[1, 2])),
        "tests/a.rs",
        "mpsc::channel();\nuse std::sync::mpsc::{Sender, channel};",
    ),
    Case(None, "app/src/a.rs", "// never unbounded\ncrossbeam_channel::bounded(1); mpsc::sync_channel(1)"),
    Case(Some(("named-threads", &[1])), "tests/a.rs", "std::thread::spawn(f)"),
    Case(Some(("named-threads", &[1])), "tests/a.rs", "thread::Builder::new().stack_size(1 << 20).spawn(f)"),
    Case(None, "tests/a.rs", "thread::Builder::new().name(\"a\".into()).stack_size(1).spawn(f)"),
    Case(Some(("finished-work", &[1])), "app/src/a.rs", concat!("// TO", "DO: more")),
    Case(Some(("finished-work", &[1])), "engine/runtime/js/a.js", concat!("// FIX", "ME")),
    Case(Some(("finished-work", &[1, 2])), "app/src/a.rs", concat!("to", "do!()\n#[ig", "nore]")),
    Case(None, "tests/specs/a/b/main.js", concat!("// TO", "DO: part of the spec")),
    Case(None, "app/src/a.rs", "fn todo_list() {}"),
    Case(Some(("no-machine-paths", &[1])), "docs/a.md", concat!("see `/wo", "rk/x`")),
    Case(Some(("no-machine-paths", &[1])), "a/package-lock.json", concat!("\"resol", "ved\": \"https://x\"")),
    Case(Some(("no-machine-paths", &[1])), "Cargo.lock", concat!("index.crates", ".io")),
    Case(None, "docs/a.md", concat!("a/wo", "rk/b https://example.com/wo", "rk/ ./ro", "ot/x")),
];

#[test]
fn every_rule_finds_what_it_is_for_and_nothing_else() {
    let rules = compile().unwrap();
    for Case(expected, path, text) in CASES {
        let findings = check(&rules, &Source { path: (*path).to_owned(), text: (*text).to_owned() });
        let found: Vec<_> = findings.iter().map(|finding| (finding.rule, finding.line)).collect();
        let wanted: Vec<_> =
            expected.iter().flat_map(|(rule, lines)| lines.iter().map(|line| (*rule, *line))).collect();
        assert_eq!(found, wanted, "{path}: {text}");
    }
}

#[test]
fn every_rule_has_a_case() {
    let tested: BTreeSet<_> =
        CASES.iter().filter_map(|Case(expected, ..)| expected.map(|(rule, _)| rule)).collect();
    let all: BTreeSet<_> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(tested, all);
}
