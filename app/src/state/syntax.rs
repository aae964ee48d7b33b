//! Tells the parts of JavaScript and TypeScript apart, for colouring. Follows the lexical grammar of ECMAScript
//! (<https://tc39.es/ecma262/#sec-ecmascript-language-lexical-grammar>) as far as colours need it.

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Space, names that mean nothing special.
    Plain,
    /// Reserved words.
    Keyword,
    /// Strings, templates, regular expressions.
    String,
    /// Numbers and words for values.
    Number,
    /// Comments.
    Comment,
    /// Names before a parenthesis.
    Function,
    /// Names that begin like a class's.
    Type,
    /// Brackets and operators.
    Punctuation,
}

const KEYWORDS: &[&str] = &[
    "abstract",
    "as",
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "declare",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "export",
    "extends",
    "finally",
    "for",
    "from",
    "function",
    "get",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "namespace",
    "new",
    "of",
    "private",
    "protected",
    "public",
    "readonly",
    "return",
    "satisfies",
    "set",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "try",
    "type",
    "typeof",
    "using",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

const VALUES: &[&str] = &["Infinity", "NaN", "false", "null", "true", "undefined"];

/// Words after which a slash begins a regular expression.
const BEFORE_REGEX: &[&str] = &[
    "await",
    "case",
    "delete",
    "do",
    "else",
    "in",
    "instanceof",
    "new",
    "of",
    "return",
    "throw",
    "typeof",
    "void",
    "yield",
];

/// Calls `piece` with every piece of `source`: the offset behind it and what it is. The pieces follow each other
/// without gaps.
pub fn pieces(source: &str, mut piece: impl FnMut(usize, Kind)) {
    let mut lexer =
        Lexer { source, bytes: source.as_bytes(), at: 0, value_before: false, templates: Vec::new() };
    if source.starts_with("#!") {
        lexer.skip_line();
        piece(lexer.at, Kind::Comment);
    }
    while lexer.at < lexer.bytes.len() {
        let kind = lexer.next();
        piece(lexer.at, kind);
    }
}

struct Lexer<'a> {
    source: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// Whether the last token ended a value, so that a slash divides.
    value_before: bool,
    /// Open braces inside each open `${`.
    templates: Vec<usize>,
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn skip_while(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.at < self.bytes.len() && wanted(self.bytes[self.at]) {
            self.at += 1;
        }
    }

    fn skip_line(&mut self) {
        self.skip_while(|byte| byte != b'\n');
    }

    fn next(&mut self) -> Kind {
        let byte = self.peek(0);
        match byte {
            b if b.is_ascii_whitespace() => {
                self.skip_while(|byte| byte.is_ascii_whitespace());
                Kind::Plain
            }
            b'/' if self.peek(1) == b'/' => {
                self.skip_line();
                Kind::Comment
            }
            b'/' if self.peek(1) == b'*' => {
                let end = self.source[self.at + 2..].find("*/").map(|found| self.at + 2 + found + 2);
                self.at = end.unwrap_or(self.bytes.len());
                Kind::Comment
            }
            b'/' if !self.value_before => self.regex(),
            b'\'' | b'"' => self.string(byte),
            b'`' => self.template(),
            b if b.is_ascii_digit() || (b == b'.' && self.peek(1).is_ascii_digit()) => {
                self.skip_while(|byte| is_name_byte(byte) || byte == b'.');
                self.value(Kind::Number)
            }
            b if is_name_byte(b) || b == b'#' => self.name(),
            _ => self.punctuation(byte),
        }
    }

    fn value(&mut self, kind: Kind) -> Kind {
        self.value_before = true;
        kind
    }

    fn string(&mut self, quote: u8) -> Kind {
        self.at += 1;
        while self.at < self.bytes.len() {
            match self.bytes[self.at] {
                b'\\' => self.at += 2,
                b'\n' => break,
                byte => {
                    self.at += 1;
                    if byte == quote {
                        break;
                    }
                }
            }
        }
        self.land();
        self.value(Kind::String)
    }

    /// From a backtick or the brace that ends `${}` to the next `${` or the closing backtick.
    fn template(&mut self) -> Kind {
        self.at += 1;
        while self.at < self.bytes.len() {
            match self.bytes[self.at] {
                b'\\' => self.at += 2,
                b'`' => {
                    self.at += 1;
                    self.value_before = true;
                    return Kind::String;
                }
                b'$' if self.peek(1) == b'{' => {
                    self.at += 2;
                    self.templates.push(0);
                    self.value_before = false;
                    return Kind::String;
                }
                _ => self.at += 1,
            }
        }
        self.land();
        self.value(Kind::String)
    }

    fn regex(&mut self) -> Kind {
        let mut in_class = false;
        let mut end = self.at + 1;
        loop {
            match self.bytes.get(end) {
                None | Some(b'\n') => {
                    // No regular expression after all.
                    self.at += 1;
                    self.value_before = false;
                    return Kind::Punctuation;
                }
                Some(b'\\') => end += 1,
                Some(b'[') => in_class = true,
                Some(b']') => in_class = false,
                Some(b'/') if !in_class => break,
                Some(_) => {}
            }
            end += 1;
        }
        self.at = end + 1;
        self.land();
        self.skip_while(is_name_byte);
        self.value(Kind::String)
    }

    fn name(&mut self) -> Kind {
        let start = self.at;
        self.at += 1;
        self.skip_while(is_name_byte);
        let word = &self.source[start..self.at];
        let after_dot = self.source[..start].trim_end().ends_with('.');
        if !after_dot && VALUES.contains(&word) {
            return self.value(Kind::Number);
        }
        let rest = &self.source[self.at..];
        let called = rest.trim_start_matches([' ', '\t']).starts_with('(');
        if !after_dot && KEYWORDS.contains(&word) {
            // Words such as `of`, `get` and `type` are names where they are called.
            let is_name = called && matches!(word, "as" | "from" | "get" | "of" | "set" | "type");
            if !is_name {
                self.value_before = matches!(word, "this" | "super") && !BEFORE_REGEX.contains(&word);
                return Kind::Keyword;
            }
        }
        self.value_before = true;
        if called {
            Kind::Function
        } else if word.starts_with(|first: char| first.is_ascii_uppercase()) {
            Kind::Type
        } else {
            Kind::Plain
        }
    }

    fn punctuation(&mut self, byte: u8) -> Kind {
        match byte {
            b'{' => {
                if let Some(open) = self.templates.last_mut() {
                    *open += 1;
                }
            }
            b'}' => match self.templates.last_mut() {
                Some(0) => {
                    self.templates.pop();
                    return self.template();
                }
                Some(open) => *open -= 1,
                None => {}
            },
            _ => {}
        }
        self.at += 1;
        self.value_before = matches!(byte, b')' | b']' | b'}');
        Kind::Punctuation
    }

    /// Escapes skip bytes: what is skipped may end beyond the text or inside a character.
    fn land(&mut self) {
        self.at = self.at.min(self.bytes.len());
        while !self.source.is_char_boundary(self.at) {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(source: &str) -> Vec<(&str, Kind)> {
        let (mut found, mut from) = (Vec::new(), 0);
        pieces(source, |to, kind| {
            found.push((&source[from..to], kind));
            from = to;
        });
        assert_eq!(from, source.len());
        found.retain(|(text, _)| !text.trim().is_empty());
        found
    }

    #[test]
    fn slashes_are_told_apart() {
        assert_eq!(
            split("a = b / c / 2; x(/[/]\\/y/gi); return /z/"),
            [
                ("a", Kind::Plain),
                ("=", Kind::Punctuation),
                ("b", Kind::Plain),
                ("/", Kind::Punctuation),
                ("c", Kind::Plain),
                ("/", Kind::Punctuation),
                ("2", Kind::Number),
                (";", Kind::Punctuation),
                ("x", Kind::Function),
                ("(", Kind::Punctuation),
                ("/[/]\\/y/gi", Kind::String),
                (")", Kind::Punctuation),
                (";", Kind::Punctuation),
                ("return", Kind::Keyword),
                ("/z/", Kind::String),
            ]
        );
    }

    #[test]
    fn templates_nest() {
        assert_eq!(
            split("`a${ {b: `c${d}`} }e` + 1"),
            [
                ("`a${", Kind::String),
                ("{", Kind::Punctuation),
                ("b", Kind::Plain),
                (":", Kind::Punctuation),
                ("`c${", Kind::String),
                ("d", Kind::Plain),
                ("}`", Kind::String),
                ("}", Kind::Punctuation),
                ("}e`", Kind::String),
                ("+", Kind::Punctuation),
                ("1", Kind::Number),
            ]
        );
    }

    #[test]
    fn broken_text_is_split_to_its_end() {
        for source in
            ["'abc\\", "`ab${", "/* x", "/ab\\", "#!ab", "'\\é", "`\\é", "é(", "\u{feff}#x", "\"\\\u{10000}"]
        {
            split(source);
        }
    }
}
