//! Names in the text of a script: which variables a line uses, and which expression is under the pointer.

use std::ops::Range;

use crate::state::syntax::{self, Kind};

/// A name that may be a variable's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name<'a> {
    /// The name.
    pub text: &'a str,
    /// Line and column from 1, the column in UTF-16 units as V8 counts.
    pub place: (u32, u32),
    /// Whether it is called.
    pub is_called: bool,
}

/// A piece of the text that is neither blank nor a comment.
#[derive(Debug, Clone)]
struct Token {
    range: Range<usize>,
    kind: Kind,
}

fn tokens(source: &str) -> Vec<Token> {
    let (mut tokens, mut from) = (Vec::new(), 0);
    syntax::pieces(source, |to, kind| {
        let is_blank = source.as_bytes().get(from).is_none_or(u8::is_ascii_whitespace);
        if kind != Kind::Comment && !is_blank {
            tokens.push(Token { range: from..to, kind });
        }
        from = to;
    });
    tokens
}

/// The tokens of a text.
pub(super) struct Tokens<'a> {
    source: &'a str,
    all: Vec<Token>,
}

impl<'a> Tokens<'a> {
    /// Those of a text, without blanks and comments.
    pub(super) fn of(source: &'a str) -> Self {
        Self { source, all: tokens(source) }
    }

    /// The text of one; empty for what is behind all.
    pub(super) fn text(&self, index: usize) -> &'a str {
        self.all.get(index).map_or("", |token| &self.source[token.range.clone()])
    }

    /// Whether one is a name and no word of the language.
    pub(super) fn is_name(&self, index: usize) -> bool {
        self.all.get(index).is_some_and(|token| {
            matches!(token.kind, Kind::Plain | Kind::Function | Kind::Type)
                && self.text(index).starts_with(|first: char| {
                    first.is_alphanumeric() || matches!(first, '_' | '$' | '#') || !first.is_ascii()
                })
        })
    }

    /// Whether what is before the token is a dot that goes into an object; a spread's dots do not.
    pub(super) fn is_property(&self, index: usize) -> bool {
        let dots = (0..index).rev().take_while(|&at| self.text(at) == ".").count();
        dots == 1
    }

    /// Whether it names a property of an object that is written here.
    fn is_key(&self, index: usize) -> bool {
        self.text(index + 1) == ":" && index > 0 && matches!(self.text(index - 1), "{" | ",")
    }

    /// Where the expression begins of which the token is the end: `a.b[c].d` for `d`. `None` when it contains a call.
    fn head(&self, mut index: usize) -> Option<usize> {
        while self.is_property(index) {
            index = index.checked_sub(2)?;
            if self.text(index) == "?" {
                index = index.checked_sub(1)?;
            }
            while self.text(index) == "]" {
                let mut depth = 0;
                loop {
                    match self.text(index) {
                        "]" => depth += 1,
                        "[" => depth -= 1,
                        _ => {}
                    }
                    index = index.checked_sub(1)?;
                    if depth == 0 {
                        break;
                    }
                }
            }
            let is_this = matches!(self.text(index), "this" | "super");
            if !self.is_name(index) && !is_this {
                return None;
            }
        }
        Some(index)
    }
}

/// All names in a text that may be variables', in order.
pub fn names(source: &str) -> Vec<Name<'_>> {
    let tokens = Tokens::of(source);
    let mut found = Vec::new();
    let (mut line, mut start, mut at) = (1, 0, 0);
    for index in 0..tokens.all.len() {
        if !tokens.is_name(index) || tokens.is_property(index) || tokens.is_key(index) {
            continue;
        }
        let from = tokens.all[index].range.start;
        for (newline, _) in source[at..from].match_indices('\n') {
            line += 1;
            start = at + newline + 1;
        }
        at = from;
        let column = source[start..from].encode_utf16().count() + 1;
        found.push(Name {
            text: tokens.text(index),
            place: (line, u32::try_from(column).unwrap_or(u32::MAX)),
            is_called: tokens.text(index + 1) == "(",
        });
    }
    found
}

/// The expression around an offset that can be looked at: a name with the objects it is a property of. `None` for words
/// of the language, strings, comments and what contains a call.
pub fn expression_at(source: &str, offset: usize) -> Option<Range<usize>> {
    let tokens = Tokens::of(source);
    let index = tokens.all.iter().position(|token| token.range.contains(&offset))?;
    let is_this = tokens.text(index) == "this";
    if !is_this && (!tokens.is_name(index) || tokens.is_key(index)) {
        return None;
    }
    let head = tokens.head(index)?;
    Some(tokens.all[head].range.start..tokens.all[index].range.end)
}

/// Whether what was typed goes on: a bracket, a template or a comment is open, or an operator waits for its other side.
pub fn is_unfinished(source: &str) -> bool {
    let mut open = 0_i64;
    let (mut from, mut last, mut ends_open) = (0, "", false);
    syntax::pieces(source, |to, kind| {
        let text = &source[from..to];
        from = to;
        if text.trim().is_empty() {
            return;
        }
        ends_open = match kind {
            Kind::Comment => text.starts_with("/*") && !(text.len() >= 4 && text.ends_with("*/")),
            // A template that goes on ends with what begins an expression; one that is not closed with neither.
            Kind::String if text.starts_with(['`', '}']) => {
                let begins = text.starts_with('`');
                let goes_in = text.ends_with("${");
                match (begins, goes_in) {
                    (true, true) => open += 1,
                    (false, false) => open -= 1,
                    _ => {}
                }
                !(goes_in || text.len() > 1 && text.ends_with('`'))
            }
            _ => false,
        };
        if kind == Kind::Punctuation {
            match text {
                "(" | "[" | "{" => open += 1,
                ")" | "]" | "}" => open -= 1,
                _ => {}
            }
        }
        if kind != Kind::Comment {
            last = text;
        }
    });
    let before = source.trim_end();
    let is_postfix = before.ends_with("++") || before.ends_with("--");
    let waits = matches!(
        last,
        "=" | "+" | "-" | "*" | "%" | "&" | "|" | "^" | "?" | ":" | "," | "." | "<" | "=>" | "!" | "~"
    ) && !is_postfix;
    open > 0 || ends_open || waits || before.ends_with("=>")
}

/// Whether something is waited for outside of a function that was written there.
pub fn awaits(source: &str) -> bool {
    let tokens = Tokens::of(source);
    let is_await = |index: &usize| tokens.text(*index) == "await" && !tokens.is_property(*index);
    let starts_function = matches!(tokens.text(0), "async" | "function");
    !starts_function && (0..tokens.all.len()).any(|index| is_await(&index))
}

/// What is to be completed before an offset: the expression before the last dot, if there is one, and the part of the name
/// that was typed, which begins at the offset. `None` in strings, comments and numbers.
pub fn completing(source: &str, offset: usize) -> Option<(Option<&str>, usize)> {
    let before = source.get(..offset)?;
    let tokens = Tokens::of(before);
    let last = tokens.all.len().checked_sub(1);
    let Some(last) = last else { return before.trim().is_empty().then_some((None, offset)) };
    let ends_here = tokens.all[last].range.end == offset;
    let is_in_comment = {
        let (mut from, mut inside) = (0, false);
        syntax::pieces(before, |to, kind| {
            inside = kind == Kind::Comment && !before[from..to].ends_with("*/");
            from = to;
        });
        inside
    };
    if is_in_comment {
        return None;
    }
    let whole = |index: usize| {
        let head = tokens.head_of_value(index)?;
        Some(&before[tokens.all[head].range.start..tokens.all[index].range.end])
    };
    let dotted = |dot: usize| {
        let object = dot.checked_sub(1)?;
        let object = if tokens.text(object) == "?" { object.checked_sub(1)? } else { object };
        whole(object)
    };
    let is_word = tokens.is_name(last) || matches!(tokens.all[last].kind, Kind::Keyword | Kind::Number);
    if ends_here && is_word {
        let from = tokens.all[last].range.start;
        if before[from..].starts_with(|first: char| first.is_ascii_digit()) {
            return None;
        }
        if tokens.is_property(last) {
            return dotted(last - 1).map(|object| (Some(object), from));
        }
        return Some((None, from));
    }
    if tokens.text(last) == "." && tokens.is_property(last + 1) {
        return dotted(last).map(|object| (Some(object), offset));
    }
    // A string that is not closed is being typed.
    let in_string = tokens.all[last].kind == Kind::String && ends_here && {
        let text = tokens.text(last);
        let quote = text.chars().next().unwrap_or(' ');
        !(text.ends_with("${") || text.len() > 1 && text.ends_with(quote))
    };
    (!in_string).then_some((None, offset))
}

impl Tokens<'_> {
    /// As [`Tokens::head`] for a value that may also be a literal or end with a bracket; calls are part of it, since
    /// nothing is evaluated that has an effect.
    fn head_of_value(&self, mut index: usize) -> Option<usize> {
        loop {
            while matches!(self.text(index), "]" | ")" | "}") {
                let mut depth = 0;
                loop {
                    match self.text(index) {
                        "]" | ")" | "}" => depth += 1,
                        "[" | "(" | "{" => depth -= 1,
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                    index = index.checked_sub(1)?;
                }
                let before = index.checked_sub(1);
                let Some(before) = before else { return Some(index) };
                let applies = self.is_name(before)
                    || matches!(self.text(before), "]" | ")" | "this" | "super")
                    || self.all[before].kind == Kind::String;
                if !applies || self.text(index) == "{" {
                    return Some(index);
                }
                index = before;
            }
            let is_value = self.is_name(index)
                || matches!(self.text(index), "this" | "super")
                || matches!(self.all.get(index)?.kind, Kind::String | Kind::Number);
            if !is_value {
                return None;
            }
            if !self.is_property(index) {
                return Some(index);
            }
            index = index.checked_sub(2)?;
            if self.text(index) == "?" {
                index = index.checked_sub(1)?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at<'a>(source: &'a str, mark: &str) -> Option<&'a str> {
        expression_at(source, source.find(mark).unwrap()).map(|range| &source[range])
    }

    #[test]
    fn variables_are_told_from_properties_and_words() {
        let source = "const é = a.b + c(...list); // d\nlet o = { key: value, short };\n`${inner} out`";
        let found: Vec<_> =
            names(source).into_iter().map(|name| (name.text, name.place, name.is_called)).collect();
        let wanted = [
            ("é", (1, 7), false),
            ("a", (1, 11), false),
            ("c", (1, 17), true),
            ("list", (1, 22), false),
            ("o", (2, 5), false),
            ("value", (2, 16), false),
            ("short", (2, 23), false),
            ("inner", (3, 4), false),
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn the_expression_under_the_pointer_has_its_objects() {
        let source = "x = this.a?.b[i + 1].last + f(y).z + 'str' + [...spread] + { k: 1 }";
        assert_eq!(at(source, "a?"), Some("this.a"));
        assert_eq!(at(source, "b["), Some("this.a?.b"));
        assert_eq!(at(source, "i +"), Some("i"));
        assert_eq!(at(source, "last"), Some("this.a?.b[i + 1].last"));
        assert_eq!(at(source, "this"), Some("this"));
        assert_eq!(at(source, "f("), Some("f"));
        assert_eq!(at(source, "z "), None, "calls are not evaluated");
        assert_eq!(at(source, "str"), None);
        assert_eq!(at(source, "spread"), Some("spread"));
        assert_eq!(at(source, "k:"), None);
    }

    #[test]
    fn unfinished_text_goes_on() {
        for open in
            ["f(", "[1,", "{ a:", "`a", "`${", "`${a}", "/* x", "1 +", "(a) =>", "a.", "if (a) {", "x = "]
        {
            assert!(is_unfinished(open), "{open}");
        }
        for done in ["f()", "`a`", "`${a}b`", "a++", "i--", "'('", "/[(]/", "// (", "x = 1;", "[1][0]", ")"] {
            assert!(!is_unfinished(done), "{done}");
        }
    }

    #[test]
    fn what_is_to_be_completed() {
        let of = |text: &str| {
            completing(text, text.len())
                .map(|(object, from)| (object.map(str::to_owned), text[from..].to_owned()))
        };
        let some = |object: Option<&str>, part: &str| Some((object.map(str::to_owned), part.to_owned()));
        assert_eq!(of(""), some(None, ""));
        assert_eq!(of("con"), some(None, "con"));
        assert_eq!(of("a.b"), some(Some("a"), "b"));
        assert_eq!(of("x + a.b."), some(Some("a.b"), ""));
        assert_eq!(of("f(a?.b"), some(Some("a"), "b"));
        assert_eq!(of("list[0].na"), some(Some("list[0]"), "na"));
        assert_eq!(of("f(1).x"), some(Some("f(1)"), "x"));
        assert_eq!(of("[1, 2]."), some(Some("[1, 2]"), ""));
        assert_eq!(of("'text'."), some(Some("'text'"), ""));
        assert_eq!(of("[...ar"), some(None, "ar"));
        assert_eq!(of("'a.b"), None);
        assert_eq!(of("// a.b"), None);
        assert_eq!(of("12"), None);
    }
}
