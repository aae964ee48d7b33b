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

/// Completes the names of commands.
#[derive(Helper, Highlighter, Hinter, Validator, Completer)]
pub struct Names {
    #[rustyline(Completer)]
    completer: CommandNames,
}

/// The names of commands.
pub struct CommandNames;

impl Completer for CommandNames {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        position: usize,
        _: &rustyline::Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        let typed = &line[..position];
        let names = TABLE.iter().map(|entry| entry.0).filter(|name| name.starts_with(typed));
        Ok((0, names.map(|name| format!("{name} ")).collect()))
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
        editor.set_helper(Some(Names { completer: CommandNames }));
        Ok(Self::Typed(Box::new(editor)))
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
