//! The command line.

pub mod compare;
pub mod export;
pub mod filter;
mod frames;
pub mod inspect;
pub mod lint;
mod moment;
mod names;
pub mod profile;
mod progress;
pub mod record;
pub mod show;
pub mod trace;
pub mod window;

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand};

/// Runs JavaScript as Node.js does and shows live how it runs.
#[derive(Parser)]
#[command(name = "loopscope", version, args_conflicts_with_subcommands = true)]
pub struct Args {
    /// What to do; without it a window opens.
    #[command(subcommand)]
    pub action: Option<Action>,
    /// The window.
    #[command(flatten)]
    pub window: Window,
}

/// What the window begins with.
#[derive(ClapArgs)]
pub struct Window {
    /// The script to open, and behind it its arguments
    #[arg(value_name = "FILE", trailing_var_arg = true)]
    pub script: Vec<String>,
    /// Run it at once
    #[arg(long)]
    pub run: bool,
    /// Save a picture of the window to this file once the script has ended or stands at a breakpoint (or after --picture-after), and close it
    #[arg(long, value_name = "FILE")]
    pub picture: Option<PathBuf>,
    /// Take the picture after so many milliseconds, whether the script has ended or not
    #[arg(long, value_name = "MS", requires = "picture")]
    pub picture_after: Option<u64>,
    /// Run the script, count the frames that the window draws meanwhile for so many seconds, print the figures and close it
    #[arg(long, value_name = "SECONDS", conflicts_with = "picture", value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub frames: Option<u64>,
    /// Size of the window in points, such as 1280x800
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    pub size: Option<[f32; 2]>,
    /// Light or dark, whatever the settings say
    #[arg(long, value_name = "LOOK")]
    pub look: Option<LookArg>,
    /// Least time from one callback to the next in milliseconds
    #[arg(long, value_name = "MS")]
    pub slow: Option<u32>,
    /// Look at the stack every millisecond, so that the timeline tells which functions run inside the callbacks
    #[arg(long)]
    pub sample: bool,
    /// Write what the window says to screen readers, and where it is, to this file: for tests
    #[arg(long, value_name = "FILE", hide = true)]
    pub names: Option<PathBuf>,
    /// Neither read nor write settings
    #[arg(long)]
    pub no_settings: bool,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum LookArg {
    /// Dark
    Dark,
    /// Light
    Light,
}

/// What to do without a window.
#[derive(Subcommand)]
pub enum Action {
    /// Run a script as `node` does; takes node's options
    #[command(disable_help_flag = true)]
    Run {
        /// Options of node, the script and its arguments
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Run a script and write a line for everything that happens
    Trace(Trace),
    /// Run a script and record everything that happens in a file that opens later
    Record(RecordArgs),
    /// Show what is in a recording or trace
    #[command(visible_alias = "open-trace")]
    Show(ShowArgs),
    /// Run a script, or open a recording, and tell what in the run is worth a look: blocked loops, starved timers, forgotten promises
    Lint(LintArgs),
    /// Debug a script in the terminal: breakpoints, steps in the code and from callback to callback, queues, values
    Inspect(InspectArgs),
    /// Run a script and find where its time and memory go and which lines ran: profiles and coverage of V8
    Profile(profile::ProfileArgs),
    /// Compare two recordings: the first difference in order, side by side
    Compare(CompareArgs),
    /// Write a recording in another program's format, as a picture, or as a page that plays it
    Export(ExportArgs),
    /// Print a script that completes this command line in a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// What to trace and how.
#[derive(ClapArgs)]
pub struct Trace {
    /// The script, and behind it its arguments
    #[arg(value_name = "FILE", required = true, trailing_var_arg = true)]
    pub script: Vec<String>,
    /// Write the trace to this file instead of standard error
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write JSON lines, which programs can read; without it lines for people
    #[arg(long)]
    pub json: bool,
}

/// What to record and where to.
#[derive(ClapArgs)]
pub struct RecordArgs {
    /// The script
    #[arg(value_name = "FILE")]
    pub script: String,
    /// Where to write the recording; without it NAME.loopscope in the current folder
    #[arg(short, long, value_name = "OUT.loopscope")]
    pub output: Option<PathBuf>,
    /// Look at the stack now and then, so that the recording tells which functions ran inside the callbacks; every so many
    /// microseconds (--sample=200), 1000 without a number
    #[arg(long, value_name = "MICROSECONDS", num_args = 0..=1, require_equals = true, default_missing_value = "1000",
        value_parser = clap::value_parser!(u32).range(50..=1_000_000))]
    pub sample: Option<u32>,
    /// Arguments of the script
    #[arg(last = true)]
    pub args: Vec<String>,
}

/// What to debug.
#[derive(ClapArgs)]
pub struct InspectArgs {
    /// The script, and behind it its arguments
    #[arg(value_name = "FILE", required = true, trailing_var_arg = true)]
    pub script: Vec<String>,
}

/// What to compare.
#[derive(ClapArgs)]
pub struct CompareArgs {
    /// A recording
    #[arg(value_name = "A")]
    pub left: PathBuf,
    /// Another one
    #[arg(value_name = "B")]
    pub right: PathBuf,
    /// Print what is the same, too
    #[arg(long)]
    pub all: bool,
    /// Letters of a column
    #[arg(long, value_name = "LETTERS", default_value_t = 50, value_parser = clap::value_parser!(u16).range(10..))]
    pub width: u16,
}

/// What to export and how.
#[derive(ClapArgs)]
pub struct ExportArgs {
    /// A recording
    #[arg(value_name = "FILE")]
    pub recording: PathBuf,
    /// Chrome trace, the same with a row per kind for Perfetto, CPU profile of V8, picture, animated picture, or page
    /// that plays the run
    #[arg(long, value_name = "FORMAT")]
    pub format: export::FormatArg,
    /// Where to write it; without it standard output
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// Only from this time on, such as 250us, 12ms, 1.5s; a mere number is milliseconds
    #[arg(long, value_name = "TIME", value_parser = filter::parse_time)]
    pub from: Option<u64>,
    /// Only up to this time
    #[arg(long, value_name = "TIME", value_parser = filter::parse_time)]
    pub to: Option<u64>,
    /// Width and height of a PNG or GIF in pixels; without it a PNG is as high as all its rows
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = export::parse_size)]
    pub size: Option<(u16, u16)>,
    /// Most pictures of a GIF; a short run has one for each event
    #[arg(long, value_name = "NUMBER", default_value_t = loopscope::film::PICTURES, value_parser = clap::value_parser!(u32).range(2..=2000))]
    pub pictures: u32,
    /// A PNG or GIF on a dark ground
    #[arg(long)]
    pub dark: bool,
}

/// What to look at.
#[derive(ClapArgs)]
pub struct LintArgs {
    /// The script, or a recording of its run
    #[arg(value_name = "FILE", required_unless_present = "rules")]
    pub script: Option<String>,
    /// Rules that are not asked; may be given several times
    #[arg(long, value_name = "RULE", value_parser = lint::parse_rule)]
    pub allow: Vec<String>,
    /// Look at the stack every millisecond, so that a finding about a blocked loop names the function that took most of it
    #[arg(long)]
    pub sample: bool,
    /// Print all rules with their explanations
    #[arg(long)]
    pub rules: bool,
    /// Arguments of the script
    #[arg(last = true)]
    pub args: Vec<String>,
}

/// What to show, and what of it. Without further options: the run on one page.
#[derive(ClapArgs)]
pub struct ShowArgs {
    /// A recording, or a trace as JSON lines
    #[arg(value_name = "FILE")]
    pub recording: PathBuf,
    /// A line for everything that happened
    #[arg(long)]
    pub text: bool,
    /// The same as JSON lines, which programs can read
    #[arg(long, conflicts_with = "text")]
    pub json: bool,
    /// What happened and why, in sentences
    #[arg(long, conflicts_with_all = ["text", "json"])]
    pub words: bool,
    /// Which callbacks
    #[command(flatten)]
    pub filter: filter::Filter,
    /// Queues and pending I/O at a moment: a time such as 12ms, or #12 for the moment after 12 events
    #[arg(long, value_name = "TIME|#EVENT", conflicts_with_all = ["text", "json"])]
    pub at: Option<String>,
    /// Why a callback ran when it did, and who created it: its number, or the name of its function for the first one with
    /// that; with --at its last run before that moment
    #[arg(long, value_name = "TASK", conflicts_with_all = ["text", "json"])]
    pub why: Option<String>,
    /// What in the run is worth a look; `loopscope lint --rules` explains the rules
    #[arg(long, conflicts_with_all = ["text", "json", "at", "why"])]
    pub lint: bool,
    /// Rules that are not asked; may be given several times
    #[arg(long, value_name = "RULE", requires = "lint", value_parser = lint::parse_rule)]
    pub allow: Vec<String>,
}

fn parse_size(text: &str) -> Result<[f32; 2], String> {
    let parts =
        text.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    match parts {
        Some((width, height)) if width >= 100.0_f32 && height >= 100.0_f32 => Ok([width, height]),
        _ => Err("a size is written like 1280x800, at least 100x100".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_whole() {
        Args::command().debug_assert();
    }

    #[test]
    fn a_script_keeps_its_own_options() {
        let args = Args::parse_from(["loopscope", "--run", "a.js", "--slow", "x"]);
        assert!(args.window.run);
        assert_eq!(args.window.script, ["a.js", "--slow", "x"]);
        assert_eq!(args.window.slow, None);
    }

    #[test]
    fn sizes_are_read() {
        assert_eq!(parse_size("640x480"), Ok([640.0, 480.0]));
        assert!(parse_size("640").is_err());
        assert!(parse_size("1x1").is_err());
    }
}
