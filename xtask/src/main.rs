//! The project's chores: `cargo xtask CHORE`. One file per chore; this one only picks.

mod bench;
mod ci;
mod process;
mod project;
mod run;
mod screenshots;
mod setup;
mod specs;
mod test;
mod tidy;

use std::process::ExitCode;

use anyhow::{Result, bail};
use project::Project;

/// Something to do with the project.
struct Chore {
    name: &'static str,
    /// What may stand behind the name, for the help.
    arguments: &'static str,
    about: &'static str,
    run: fn(&Project, &[String]) -> Result<()>,
}

const CHORES: &[Chore] = &[
    Chore {
        name: "setup",
        arguments: "[packages] [v8] [tools] [npm]",
        about: "Install what building and testing need and is missing",
        run: setup::chore,
    },
    Chore {
        name: "run",
        arguments: "[FILE [ARGS…]]",
        about: "Set up, then open the window and run a script or an example in it",
        run: run::chore,
    },
    Chore {
        name: "test",
        arguments: "[NEXTEST-ARGS…]",
        about: "Set up, then run all tests",
        run: test::chore,
    },
    Chore {
        name: "ci",
        arguments: "",
        about: "Every check a change must pass, with the time each takes",
        run: ci::chore,
    },
    Chore { name: "tidy", arguments: "", about: "Check the rules of ARCHITECTURE.md", run: tidy::chore },
    Chore {
        name: "bench",
        arguments: "[--rounds N] [--save FILE] [FILTER…] | --frames [FILTER…] | --time",
        about: "Time scripts with loopscope-node and Node.js, the window's frames, or the timeline and recordings",
        run: bench::chore,
    },
    Chore {
        name: "screenshots",
        arguments: "[FILTER…]",
        about: "Make the pictures in screenshots/ from real runs",
        run: screenshots::chore,
    },
    Chore {
        name: "specs",
        arguments: "[--bless] [FILTER…]",
        about: "Run the specs with Node.js 26 and compare, or rewrite what is expected",
        run: specs::chore,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match pick(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn pick(arguments: &[String]) -> Result<()> {
    let Some((name, rest)) = arguments.split_first().filter(|(name, _)| !is_help(name)) else {
        print!("{}", help());
        return Ok(());
    };
    let Some(chore) = CHORES.iter().find(|chore| chore.name == name) else {
        bail!("there is no chore `{name}`\n\n{}", help());
    };
    (chore.run)(&Project::find()?, rest)
}

fn is_help(argument: &str) -> bool {
    matches!(argument, "help" | "--help" | "-h")
}

fn help() -> String {
    let mut text = "Usage: cargo xtask CHORE\n\n".to_owned();
    for Chore { name, arguments, about, .. } in CHORES {
        text += &format!("  {:<46} {about}\n", format!("{name} {arguments}"));
    }
    text
}
