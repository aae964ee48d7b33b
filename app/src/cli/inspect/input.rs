//! Where commands come from: somebody who types, or a script on standard input.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use anyhow::{Context as _, Result};
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::history::DefaultHistory;
use rustyline::{Completer, Editor, Helper, Highlighter, Hinter, Validator};

use super::command::TABLE;

/// What is shown before a command.
const PROMPT: &str = "> ";

/// Commands, one line each.
pub enum Input {
    /// Typed, with history and completion.
    Typed(Box<Editor<Names, DefaultHistory>>),
    /// From a file or another program: each line is shown, so that the output reads as a conversation.
    Script(io::Lines<io::StdinLock<'static>>),
}

/// What may be typed at the moment.
#[derive(Default)]
pub struct Known {
    /// Variables, globals and words of the language, best first.
    pub names: Vec<String>,
    /// Files beside the script.
    pub files: Vec<String>,
}

/// Completes what is typed.
#[derive(Helper, Highlighter, Hinter, Validator, Completer)]
pub struct Names {
    #[rustyline(Completer)]
    completer: Words,
}

/// The words that a line may go on with.
pub struct Words(Known);

impl Words {
    /// Where the last word begins, and what it may become.
    fn of(&self, typed: &str) -> (usize, Vec<String>) {
        let begins = |names: &mut dyn Iterator<Item = &str>, word: &str, end: &str| -> Vec<String> {
            names.filter(|name| name.starts_with(word)).map(|name| format!("{name}{end}")).collect()
        };
        let Some((command, rest)) = typed.split_once(' ') else {
            return (0, begins(&mut TABLE.iter().map(|entry| entry.0), typed, " "));
        };
        let Some(entry) = TABLE.iter().find(|entry| entry.0 == command || entry.1 == command) else {
            return (typed.len(), Vec::new());
        };
        let is_part = |one: char| one.is_alphanumeric() || matches!(one, '_' | '$');
        let word = rest.rsplit(|one| !is_part(one)).next().unwrap_or_default();
        let start = typed.len() - word.len();
        let is_property = typed[..start].ends_with('.');
        match entry.2 {
            "EXPRESSION" if is_property || word.is_empty() => (start, Vec::new()),
            "EXPRESSION" => (start, begins(&mut self.0.names.iter().map(String::as_str), word, "")),
            "never|uncaught|all" => (start, begins(&mut entry.2.split('|'), word, "")),
            arguments if arguments.starts_with("[FILE:]") && !rest.contains([':', ' ']) => {
                (command.len() + 1, begins(&mut self.0.files.iter().map(String::as_str), rest, ":"))
            }
            _ => (typed.len(), Vec::new()),
        }
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

impl Input {
    /// Standard input.
    ///
    /// # Errors
    /// When the terminal cannot be used.
    pub fn new() -> Result<Self> {
        if !io::stdin().is_terminal() {
            return Ok(Self::Script(io::stdin().lock().lines()));
        }
        let mut editor =
            Editor::new().context("the terminal cannot be used; give the commands on standard input")?;
        editor.set_helper(Some(Names { completer: Words(Known::default()) }));
        Ok(Self::Typed(Box::new(editor)))
    }

    /// Says what may be typed now.
    pub fn know(&mut self, known: Known) {
        if let Self::Typed(editor) = self {
            editor.set_helper(Some(Names { completer: Words(known) }));
        }
    }

    /// Whether somebody types.
    pub fn is_typed(&self) -> bool {
        matches!(self, Self::Typed(_))
    }

    /// The next line; `None` at the end.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn line(&mut self) -> Result<Option<String>> {
        io::stdout().flush().context("the output cannot be written")?;
        match self {
            Self::Typed(editor) => match editor.readline(PROMPT) {
                Ok(line) => {
                    // A line that cannot be remembered can still be followed.
                    drop(editor.add_history_entry(&line));
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
        let words =
            Words(Known { names: list(&["total", "twice", "typeof"]), files: list(&["a.js", "b.js"]) });
        assert_eq!(words.of("thr"), (0, list(&["threads ", "thread "])));
        assert_eq!(words.of("p 1 + t"), (6, list(&["total", "twice", "typeof"])));
        assert_eq!(words.of("print to"), (6, list(&["total"])));
        assert_eq!(words.of("print total.t"), (12, Vec::new()));
        assert_eq!(words.of("b a"), (2, list(&["a.js:"])));
        assert_eq!(words.of("b a.js:1 if t"), (13, Vec::new()));
        assert_eq!(words.of("catch u"), (6, list(&["uncaught"])));
        assert_eq!(words.of("fly t"), (5, Vec::new()));
    }
}
