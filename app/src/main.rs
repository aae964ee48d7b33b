//! The program `loopscope`: the window, and the command line around the runtime.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::{CommandFactory as _, Parser as _};

mod cli;

use cli::{Action, Args};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args_os().map(|arg| arg.to_string_lossy().into_owned()).collect();
    // `loopscope run` takes node's options, which are not ours to read.
    if args.get(1).is_some_and(|first| first == "run") {
        return node(args);
    }
    match follow(Args::parse_from(args)) {
        Ok(code) => code,
        Err(failed) => {
            eprintln!("loopscope: {}", loopscope::state::failure::told(&failed));
            ExitCode::FAILURE
        }
    }
}

fn follow(args: Args) -> Result<ExitCode> {
    match args.action {
        Some(Action::Run { .. }) => Ok(node(std::env::args().collect())),
        Some(Action::Trace(trace)) => cli::trace::run(trace),
        Some(Action::Record(args)) => cli::record::run(args),
        Some(Action::Inspect(args)) => cli::inspect::run(args),
        Some(Action::Profile(args)) => cli::profile::run(args),
        Some(Action::Compare(args)) => cli::compare::run(&args),
        Some(Action::Export(args)) => cli::export::run(&args),
        Some(Action::Lint(args)) => cli::lint::run(args),
        Some(Action::Show(args)) => cli::show::run(&args),
        Some(Action::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "loopscope", &mut script);
            std::io::stdout().write_all(&script).context("the completions cannot be written")?;
            Ok(ExitCode::SUCCESS)
        }
        None => cli::window::open(args.window),
    }
}

/// `loopscope run …` is `loopscope-node …`.
fn node(args: Vec<String>) -> ExitCode {
    let code = loopscope_runtime::program::run("loopscope run", args.into_iter().skip(2).collect())
        .unwrap_or_else(|failed| {
            eprintln!("loopscope run: {failed}");
            failed.exit_code()
        });
    // Exit codes of scripts go up to 255; the system keeps the lower eight bits, as it does for node.
    std::process::exit(code)
}
