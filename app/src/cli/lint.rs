//! `loopscope lint`: runs a script and tells what in its run is worth a look, or looks at one that was recorded.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::PoisonError;

use anyhow::{Result, bail, ensure};
use loopscope::state::open::is_run;
use loopscope::state::store::Temporary;
use loopscope_protocol::{Event, EventKind, Record};
use loopscope_runtime::options::Options;
use loopscope_runtime::program;
use loopscope_runtime::trace::{Observer, Sampling};
use loopscope_trace::lint::{Finding, RULES, Severity, lint, rule};
use loopscope_trace::{History, Past, Source};

use super::LintArgs;
use super::progress;
use super::record::{Reach, read_script, stop_on_interrupt};

/// Runs the script and prints what was found on standard error, which it does not share with the script's output, or on
/// standard output what is found in a recording. The exit code is the script's; 1 when that is 0 and there is more than
/// hints.
///
/// # Errors
/// When the runtime cannot start or the recording cannot be read.
pub fn run(args: LintArgs) -> Result<ExitCode> {
    if args.rules {
        io::stdout().write_all(rules().as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let Some(script) = args.script else { bail!("name a script to run") };
    if is_run(Path::new(&script)) {
        ensure!(
            args.args.is_empty() && !args.sample,
            "{script} was recorded: it takes no arguments, and its stack was looked at then or not at all"
        );
        return recorded(Path::new(&script), &args.allow);
    }
    program::start_v8(&[])?;
    let options = Options::file(script, args.args);
    let allow = args.allow;
    let reach = Reach::default();
    stop_on_interrupt(&reach)?;
    let sampling = Sampling::every(if args.sample { Sampling::USUAL } else { 0 });
    let watch = Watch { history: History::new(Temporary::store()), allow, sampling };
    let watch = move || Some(Box::new(watch) as Box<dyn Observer>);
    let code = program::execute_with(options, watch, move |stopper| {
        *reach.lock().unwrap_or_else(PoisonError::into_inner) = Some(stopper);
    })?;
    std::process::exit(code)
}

/// Prints what is worth a look in a recording.
fn recorded(path: &Path, allow: &[String]) -> Result<ExitCode> {
    let Some(opened) = progress::open(path)? else { return Ok(progress::interrupted()) };
    let findings = print(&*opened.past, &opened.sources, allow, &mut io::stdout().lock())?;
    Ok(ExitCode::from(u8::from(is_more_than_hints(&findings))))
}

/// Whether something is found that is more than a hint.
fn is_more_than_hints(findings: &[Finding]) -> bool {
    let severity = |finding: &Finding| rule(finding.rule).map(|rule| rule.severity);
    findings.iter().any(|finding| severity(finding) > Some(Severity::Hint))
}

/// All rules with their explanations.
fn rules() -> String {
    let mut text = String::new();
    for rule in RULES {
        text.push_str(&format!("{} ({}): {}\n", rule.id, rule.severity.name(), rule.title));
        text.push_str(&format!("    {}\n", rule.explanation));
    }
    text.push_str(
        "A comment `loopscope-ignore RULE` on the line of a finding or the one above silences it there.\n",
    );
    text
}

/// The name of a rule.
pub fn parse_rule(text: &str) -> Result<String, String> {
    match rule(text) {
        Some(_) => Ok(text.to_owned()),
        None => {
            let ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
            Err(format!("there is no such rule; rules are {}", ids.join(", ")))
        }
    }
}

/// Prints what is worth a look; returns it.
///
/// # Errors
/// When the past cannot be read or the output cannot be written.
pub fn print(
    past: &dyn Past,
    sources: &[Source],
    allow: &[String],
    out: &mut impl Write,
) -> Result<Vec<Finding>> {
    let findings = lint(past, sources, allow)?;
    let names = past.names()?;
    for finding in &findings {
        writeln!(out, "{}", finding.text(&names))?;
        if let Some(rule) = rule(finding.rule) {
            writeln!(out, "    {}", rule.explanation)?;
        }
    }
    if findings.is_empty() {
        writeln!(out, "nothing to complain about")?;
    }
    Ok(findings)
}

/// Gathers the run and speaks at its end.
struct Watch {
    history: History,
    allow: Vec<String>,
    sampling: Sampling,
}

impl Watch {
    /// Prints what was found; whether there is more than hints.
    fn report(&self) -> Result<bool> {
        let names = self.history.names()?;
        let mut paths: Vec<String> = (1..=names.place_count())
            .map(|id| names.script(loopscope_protocol::PlaceId(id)).to_owned())
            .collect();
        paths.sort_unstable();
        paths.dedup();
        let sources: Vec<Source> =
            paths.into_iter().filter_map(|path| Some(Source { text: read_script(&path)?, path })).collect();
        let findings = print(&self.history, &sources, &self.allow, &mut io::stderr().lock())?;
        Ok(is_more_than_hints(&findings))
    }
}

impl Observer for Watch {
    fn sampling(&self) -> Sampling {
        self.sampling.clone()
    }

    fn records(&mut self, batch: &mut Vec<Record>) {
        let mut code = None;
        for record in batch.drain(..) {
            if let Record::Event(Event { kind: EventKind::Exit { code: exit, .. }, .. }) = &record {
                code = Some(*exit);
            }
            self.history.apply(&record);
        }
        // The process ends right after its last event.
        let Some(code) = code else { return };
        match self.report() {
            Ok(true) if code == 0 => std::process::exit(1),
            Ok(_) => {}
            Err(failed) => eprintln!("loopscope: the run cannot be looked at: {failed}"),
        }
    }
}
