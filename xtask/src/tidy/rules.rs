//! What must not appear in which files, as a table of patterns.

use anyhow::{Context, Result};
use regex_lite::Regex;

use super::sources::Source;
use super::{Finding, blank};

/// The part of a file that a rule looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// All of it.
    Text,
    /// Rust without comments and strings.
    Code,
    /// The same without what is only compiled for tests.
    Program,
}

/// A pattern that must not appear. The patterns are written so that they do not match themselves.
struct Rule {
    name: &'static str,
    /// Pattern of the paths it is about.
    within: &'static str,
    /// Pattern of those paths among them that may; the empty pattern stands for none.
    except: &'static str,
    part: Part,
    pattern: &'static str,
    /// What to do instead.
    advice: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        name: "engine-without-window",
        within: r"^engine/.*\.rs$",
        except: "",
        part: Part::Code,
        pattern: r"\b(egui\w*|eframe|rfd|winit)::",
        advice: "the engine knows no window; send events and let `app` draw",
    },
    Rule {
        name: "engine-without-window",
        within: r"^engine/.*Cargo\.toml$",
        except: "",
        part: Part::Text,
        pattern: r"(?m)^(egui\w*|eframe|rfd|winit)\b",
        advice: "the engine knows no window; such a dependency belongs to `app`",
    },
    Rule {
        name: "v8-in-its-place",
        within: r"^(engine|app|tests)/.*\.rs$",
        except: r"^engine/runtime/src/(js|node|inspect)/",
        part: Part::Code,
        pattern: r"\bv8::",
        advice: "V8's types stay in js/, node/ and inspect/ of engine/runtime/src; pass plain data",
    },
    Rule {
        name: "world-behind-host",
        within: r"^engine/(protocol|runtime|trace)/src/.*\.rs$",
        // The programs write their own messages and exit; what scripts do goes through the host all the same.
        except: r"^engine/runtime/src/(host|bin)/|(^|[/_])tests\.rs$",
        part: Part::Program,
        pattern: r"\bstd::(fs|net)\b|\bstd::time::(\{[^}]*)?(Instant|SystemTime)\b|\b(Instant|SystemTime)::now\b|\buse std::\{[^;]*\b(fs|net)\b|\b(rand|fastrand|getrandom)::",
        advice: "files, sockets, the clock and chance are the host's: add a request to engine/runtime/src/host",
    },
    Rule {
        name: "looks-in-theme",
        within: r"^app/src/.*\.rs$",
        except: r"^app/src/theme/|^app/src/theme\.rs$|^app/src/film/raster\.rs$",
        part: Part::Program,
        pattern: r"\bColor32::(from_\w+|[A-Z_]{3,})|\bRgba::from_|\bhex_color!|\b(add_space|vec2|pos2|Vec2::new|Vec2::splat|Pos2::new|Stroke::new|Margin::same|Margin::symmetric|CornerRadius::same|FontId::new|FontId::monospace|FontId::proportional|set_min_width|set_min_height|set_max_width|set_width|set_height|min_width|min_height|default_width|default_height|desired_width)\(\s*-?([1-9]\d*(\.\d*)?|0?\.\d*[1-9]\d*)",
        advice: "colours and sizes are design tokens: write it in app/src/theme and use it by name",
    },
    Rule {
        name: "bounded-channels",
        within: r"\.rs$",
        except: "",
        part: Part::Code,
        pattern: r"\bunbounded(_channel)?\b|\bmpsc::(channel\b|\{[^}]*\bchannel\b)",
        advice: "an unbounded channel hides a slow consumer until memory runs out; use crossbeam_channel::bounded",
    },
    Rule {
        name: "named-threads",
        within: r"\.rs$",
        except: "",
        part: Part::Code,
        pattern: r"\bthread::spawn\b|\bBuilder::new\(\)\s*(\.stack_size\([^)]*\)\s*)?\.spawn(_scoped)?\b",
        advice: "name the thread: std::thread::Builder::new().name(…)",
    },
    Rule {
        name: "finished-work",
        within: r"\.(rs|js|mjs|cjs|ts|mts|cts)$",
        except: r"^tests/specs/",
        part: Part::Text,
        pattern: r"\b(todo|unimplemented)!\(|\b(TOD[O]|FIXM[E])\b|#\[ignore\b",
        advice: "finish it, or leave it out and say so in an issue",
    },
    Rule {
        name: "no-machine-paths",
        within: "",
        except: "",
        part: Part::Text,
        pattern: r#"(^|[^\w./~-])/(work|root)/|"resolved"\s*:\s*"http|artifactor[y]|index[.]crates[.]io"#,
        advice: "a path or host of one machine means nothing on another; make it relative or a variable",
    },
];

/// A rule with its patterns compiled.
pub struct Compiled {
    rule: &'static Rule,
    within: Regex,
    except: Option<Regex>,
    pattern: Regex,
}

impl Compiled {
    fn new(rule: &'static Rule) -> Result<Self> {
        let regex =
            |pattern| Regex::new(pattern).with_context(|| format!("the pattern {pattern} of {}", rule.name));
        let except = if rule.except.is_empty() { None } else { Some(regex(rule.except)?) };
        Ok(Self { rule, within: regex(rule.within)?, except, pattern: regex(rule.pattern)? })
    }

    fn is_about(&self, path: &str) -> bool {
        self.within.is_match(path) && !self.except.as_ref().is_some_and(|except| except.is_match(path))
    }
}

/// All rules.
pub fn compile() -> Result<Vec<Compiled>> {
    RULES.iter().map(Compiled::new).collect()
}

/// Where `file` breaks `rules`.
pub fn check(rules: &[Compiled], file: &Source) -> Vec<Finding> {
    let code =
        if file.path.ends_with(".rs") { blank::comments_and_strings(&file.text) } else { file.text.clone() };
    let program = blank::tests(&code);
    let mut findings = Vec::new();
    for Compiled { rule, pattern, .. } in rules.iter().filter(|rule| rule.is_about(&file.path)) {
        let part = match rule.part {
            Part::Text => &file.text,
            Part::Code => &code,
            Part::Program => &program,
        };
        findings.extend(pattern.find_iter(part).map(|found| Finding {
            path: file.path.clone(),
            // The end: a pattern may begin at the `use` of a long list.
            line: file.line_of(found.end().saturating_sub(1)),
            rule: rule.name,
            advice: rule.advice.to_owned(),
        }));
    }
    findings
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
