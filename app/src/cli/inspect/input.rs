//! Where commands come from: somebody who types, or a script on standard input.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use loopscope::state::debugger::names;
use loopscope::state::settings;
use loopscope_protocol::{QUEUE_NAMES, TaskKind};
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{CompletionType, Config, Editor, Helper, Highlighter, Hinter, Validator};

use super::command::TABLE;

/// What is shown before a command.
const PROMPT: &str = "> ";

/// Commands that are remembered.
const REMEMBERED: usize = 1000;

/// Commands, one line each.
pub enum Input {
    /// Typed, with history and completion.
    Typed(Box<Editor<Names, FileHistory>>, Option<PathBuf>),
    /// From a file or another program: each line is shown, so that the output reads as a conversation.
    Script(io::Lines<io::StdinLock<'static>>),
}

/// What is asked for when a word is to be completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted<'a> {
    /// Variables, globals and words of the language.
    Names,
    /// Properties of what an expression stands for.
    Properties(&'a str),
    /// Files beside the script.
    Files,
    /// Places with breakpoints, as they are typed.
    Breakpoints,
}

/// Says what there is, best first.
pub type Known = Box<dyn Fn(Wanted) -> Vec<String>>;

/// Completes what is typed.
#[derive(Helper, Highlighter, Hinter, Validator, rustyline::Completer)]
pub struct Names {
    #[rustyline(Completer)]
    completer: Words,
}

/// The words that a line may go on with.
pub struct Words(Known);

impl Words {
    /// Where the last word begins, and what it may become.
    fn of(&self, typed: &str) -> (usize, Vec<String>) {
        let Some((command, rest)) = typed.split_once(' ') else {
            return (0, beginning(TABLE.iter().map(|entry| entry.0), typed, " "));
        };
        let Some(entry) = TABLE.iter().find(|entry| entry.0 == command || entry.1 == command) else {
            return (typed.len(), Vec::new());
        };
        let arguments = entry.2;
        let at = command.len() + 1;
        let expression = |from: usize| self.of_expression(typed, from);
        match entry.0 {
            "delete" => (at, beginning((self.0)(Wanted::Breakpoints).iter().map(String::as_str), rest, "")),
            "break-on" => {
                let word = rest.rsplit(' ').next().unwrap_or_default();
                (typed.len() - word.len(), beginning(after_break_on(rest).into_iter(), word, " "))
            }
            _ if arguments == "EXPRESSION" => expression(at),
            _ if arguments == "never|uncaught|all" => (at, beginning(arguments.split('|'), rest, "")),
            _ if arguments.starts_with("[FILE:]") => {
                if let Some(place) = rest.find(" if ") {
                    expression(at + place + 4)
                } else if let Some(brace) = rest.rfind('{').filter(|_| entry.0 == "log") {
                    expression(at + brace + 1)
                } else if rest.contains([':', ' ']) {
                    (typed.len(), Vec::new())
                } else {
                    (at, beginning((self.0)(Wanted::Files).iter().map(String::as_str), rest, ":"))
                }
            }
            _ => (typed.len(), Vec::new()),
        }
    }

    /// What the expression may go on with that begins at an offset.
    fn of_expression(&self, typed: &str, from: usize) -> (usize, Vec<String>) {
        let expression = &typed[from..];
        let Some((object, begin)) = names::completing(expression, expression.len()) else {
            return (typed.len(), Vec::new());
        };
        let word = &expression[begin..];
        let all = match object {
            Some(object) => (self.0)(Wanted::Properties(object)),
            None if word.is_empty() => Vec::new(),
            None => (self.0)(Wanted::Names),
        };
        (from + begin, beginning(all.iter().map(String::as_str), word, ""))
    }
}

/// Those of the names that begin with a word, with something behind them.
fn beginning<'a>(names: impl Iterator<Item = &'a str>, word: &str, end: &str) -> Vec<String> {
    names.filter(|name| name.starts_with(word)).map(|name| format!("{name}{end}")).collect()
}

/// What the last word of `break-on` may be.
fn after_break_on(rest: &str) -> Vec<&'static str> {
    match rest.split(' ').collect::<Vec<_>>()[..] {
        [_] => {
            let own = ["queue", "blocked", "exit", "io"];
            let kinds = TaskKind::ALL.iter().map(|kind| kind.name()).filter(|name| !name.contains(' '));
            own.into_iter().chain(kinds).collect()
        }
        ["queue", _] => QUEUE_NAMES.iter().map(|entry| entry.0).collect(),
        _ => Vec::new(),
    }
}

impl Completer for Words {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        position: usize,
        _: &rustyline::Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        Ok(self.of(&line[..position]))
    }
}

/// Where commands are remembered from one time to the next.
fn history_file() -> Option<PathBuf> {
    let file = settings::file()?.with_file_name("inspect-history");
    // Without a folder, nothing is remembered.
    std::fs::create_dir_all(file.parent()?).ok()?;
    Some(file)
}

impl Input {
    /// Whether somebody is going to type.
    pub fn is_typed() -> bool {
        io::stdin().is_terminal()
    }

    /// Standard input; who types is helped by what is known.
    ///
    /// # Errors
    /// When the terminal cannot be used.
    pub fn new(known: Known) -> Result<Self> {
        if !Self::is_typed() {
            return Ok(Self::Script(io::stdin().lock().lines()));
        }
        let config = Config::builder().completion_type(CompletionType::List);
        let config = config.max_history_size(REMEMBERED).and_then(|config| config.history_ignore_dups(true));
        let config = config.context("the terminal cannot be used")?.build();
        let mut editor = Editor::with_config(config)
            .context("the terminal cannot be used; give the commands on standard input")?;
        editor.set_helper(Some(Names { completer: Words(known) }));
        let file = history_file();
        if let Some(file) = &file {
            // There is none the first time.
            drop(editor.load_history(file));
        }
        Ok(Self::Typed(Box::new(editor), file))
    }

    /// The next line; `None` at the end.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn line(&mut self) -> Result<Option<String>> {
        io::stdout().flush().context("the output cannot be written")?;
        match self {
            Self::Typed(editor, file) => match editor.readline(PROMPT) {
                Ok(line) => {
                    let is_new = editor.add_history_entry(&line).unwrap_or(false);
                    if let Some(file) = file.as_deref().filter(|_| is_new) {
                        // A line that cannot be remembered can still be followed.
                        drop(editor.append_history(file));
                    }
                    Ok(Some(line))
                }
                // Only the line is given up.
                Err(ReadlineError::Interrupted) => self.line(),
                Err(ReadlineError::Eof) => Ok(None),
                Err(failed) => Err(failed).context("the commands cannot be read"),
            },
            Self::Script(lines) => {
                let line = lines.next().transpose().context("the commands cannot be read")?;
                if let Some(line) = &line {
                    println!("{PROMPT}{line}");
                }
                Ok(line)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_completed_by_what_the_command_takes() {
        let list = |all: &[&str]| all.iter().map(|&one| one.to_owned()).collect::<Vec<_>>();
        let words = Words(Box::new(move |wanted| match wanted {
            Wanted::Names => list(&["total", "twice", "typeof"]),
            Wanted::Properties("total") => list(&["title", "toString"]),
            Wanted::Properties(_) => Vec::new(),
            Wanted::Files => list(&["a.js", "b.js"]),
            Wanted::Breakpoints => list(&["a.js:3", "a.js:12"]),
        }));
        assert_eq!(words.of("thr"), (0, list(&["threads ", "thread "])));
        assert_eq!(words.of("p 1 + t"), (6, list(&["total", "twice", "typeof"])));
        assert_eq!(words.of("print to"), (6, list(&["total"])));
        assert_eq!(words.of("print total.t"), (12, list(&["title", "toString"])));
        assert_eq!(words.of("print total."), (12, list(&["title", "toString"])));
        assert_eq!(words.of("print 'to"), (9, Vec::new()), "in a text");
        assert_eq!(words.of("b a"), (2, list(&["a.js:"])));
        assert_eq!(words.of("b a.js:1 if tw"), (12, list(&["twice"])));
        assert_eq!(words.of("log 3 n is {total.t"), (18, list(&["title", "toString"])));
        assert_eq!(words.of("delete a.js:1"), (7, list(&["a.js:12"])));
        assert_eq!(words.of("catch u"), (6, list(&["uncaught"])));
        assert_eq!(words.of("break-on q"), (9, list(&["queue "])));
        assert_eq!(words.of("bo queue next"), (9, list(&["nextTick "])));
        assert_eq!(words.of("fly t"), (5, Vec::new()));
    }
}
