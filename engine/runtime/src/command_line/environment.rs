//! The variable `NODE_OPTIONS` (<https://nodejs.org/api/cli.html#node_optionsoptions>).

use super::{UsageError, V8_OPTIONS, names, plain, split};

/// Cuts the variable's value into words: blanks separate them, double quotes hold together what has blanks, and inside of
/// those a backslash stands before a quote or a backslash.
///
/// # Errors
/// On a quote that does not end and on a backslash with nothing behind it.
pub fn words(value: &str) -> Result<Vec<String>, UsageError> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    let mut rest = value.chars();
    while let Some(character) = rest.next() {
        match character {
            '\\' if quoted => {
                let escaped = rest.next().ok_or(UsageError::Environment("invalid escape"))?;
                word.get_or_insert_default().push(escaped);
            }
            ' ' if !quoted => words.extend(word.take()),
            '"' => quoted = !quoted,
            other => word.get_or_insert_default().push(other),
        }
    }
    if quoted {
        return Err(UsageError::Environment("unterminated string"));
    }
    words.extend(word);
    Ok(words)
}

/// The variable's value in the text of a file for `--env-file`.
pub fn of_file(text: &str) -> Option<String> {
    let value = text.lines().rev().find_map(|line| {
        let line = line.trim_start();
        let line = line.strip_prefix("export ").unwrap_or(line).trim_start();
        line.strip_prefix("NODE_OPTIONS")?.trim_start().strip_prefix('=')
    })?;
    let value = value.trim();
    let quoted = ['"', '\'', '`'].iter().find_map(|&quote| value.strip_prefix(quote)?.split_once(quote));
    let value = quoted.map_or_else(|| value.split('#').next().unwrap_or_default().trim(), |(inner, _)| inner);
    Some(value.to_owned())
}

/// Names of the options that the variable may hold.
pub fn in_environment() -> impl Iterator<Item = &'static str> {
    names::IN_ENVIRONMENT.split_ascii_whitespace()
}

/// Refuses options that the variable may not hold.
pub(super) fn check(words: &[String]) -> Result<(), UsageError> {
    for word in words.iter().filter(|word| word.starts_with('-')) {
        let (name, value) = split(word);
        let plain = plain(name);
        let is_v8 = V8_OPTIONS.contains(&plain.as_str()) && plain != "--stack-size";
        if !is_v8 && !names::has(names::IN_ENVIRONMENT, &plain) {
            let equals = if value.is_some() { "=" } else { "" };
            return Err(UsageError::NotInEnvironment(format!("{name}{equals}")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_words_together() {
        assert_eq!(words("-r  \"./a b.js\" --title=x").unwrap(), ["-r", "./a b.js", "--title=x"]);
        assert_eq!(words(r#""--title=a \"b\\""#).unwrap(), [r#"--title=a "b\"#]);
        assert_eq!(words(""), Ok(Vec::new()));
    }

    #[test]
    fn files_can_hold_the_variable() {
        assert_eq!(of_file("A=1\nexport NODE_OPTIONS = '--title=a b' # x\n").as_deref(), Some("--title=a b"));
        assert_eq!(
            of_file("NODE_OPTIONS=--no-warnings # x\nNODE_OPTIONS2=y").as_deref(),
            Some("--no-warnings")
        );
        assert_eq!(of_file("X=1"), None);
    }

    #[test]
    fn what_does_not_end_is_refused() {
        assert_eq!(words("\"a").unwrap_err(), UsageError::Environment("unterminated string"));
        assert_eq!(words("\"a\\").unwrap_err(), UsageError::Environment("invalid escape"));
    }
}
