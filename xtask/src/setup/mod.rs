//! `cargo xtask setup`: what building and testing need, each only when it is missing.

mod npm;
mod packages;
mod tools;
mod v8;

use anyhow::{Result, bail};

use crate::project::Project;

/// A part of the set-up.
struct Part {
    name: &'static str,
    install: fn(&Project) -> Result<()>,
}

/// The parts in the order in which they need each other: a linker before anything is compiled.
const PARTS: &[Part] = &[
    Part { name: "packages", install: packages::install },
    Part { name: "v8", install: v8::install },
    Part { name: "tools", install: tools::install },
    Part { name: "npm", install: npm::install },
];

/// Sets up the parts that `arguments` name, or all.
pub fn chore(project: &Project, arguments: &[String]) -> Result<()> {
    if let Some(stranger) = arguments.iter().find(|argument| PARTS.iter().all(|part| part.name != *argument))
    {
        let names: Vec<_> = PARTS.iter().map(|part| part.name).collect();
        bail!("`{stranger}` is no part of the set-up; there are: {}", names.join(", "));
    }
    let wanted =
        |part: &&Part| arguments.is_empty() || arguments.iter().any(|argument| argument == part.name);
    PARTS.iter().filter(wanted).try_for_each(|part| (part.install)(project))
}
