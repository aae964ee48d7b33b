//! Percent-encoding (<https://url.spec.whatwg.org/#percent-encoded-bytes>).

/// Which characters are escaped, by the part of a URL. Each set contains all that is no printable ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EscapeSet {
    /// Nothing more.
    Control,
    /// The fragment.
    Fragment,
    /// The query.
    Query,
    /// The query of a special scheme.
    SpecialQuery,
    /// Segments of a path.
    Path,
    /// User name and password.
    UserInfo,
}

impl EscapeSet {
    fn contains(self, character: char) -> bool {
        if !(' '..='~').contains(&character) {
            return true;
        }
        match self {
            Self::Control => false,
            Self::Fragment => matches!(character, ' ' | '"' | '<' | '>' | '`'),
            Self::Query => matches!(character, ' ' | '"' | '#' | '<' | '>'),
            Self::SpecialQuery => matches!(character, ' ' | '"' | '#' | '<' | '>' | '\''),
            Self::Path => {
                matches!(character, ' ' | '"' | '#' | '<' | '>' | '?' | '^' | '`' | '{' | '}')
            }
            Self::UserInfo => {
                Self::Path.contains(character)
                    || matches!(character, '/' | ':' | ';' | '=' | '@' | '[' | '\\' | ']' | '|')
            }
        }
    }
}

/// Appends `character`, escaped when it is in `set`.
pub fn push(out: &mut String, character: char, set: EscapeSet) {
    if !set.contains(character) {
        out.push(character);
        return;
    }
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for &byte in character.encode_utf8(&mut [0; 4]).as_bytes() {
        out.push('%');
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
}

/// `text` with the characters of `set` escaped.
pub fn escape(text: &str, set: EscapeSet) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        push(&mut out, character, set);
    }
    out
}

/// The bytes of `text`, with `%` and two digits standing for a byte.
pub fn unescape(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let digit = |index: usize| bytes.get(index).and_then(|&byte| char::from(byte).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        match (bytes[index], digit(index + 1), digit(index + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or_default());
                index += 3;
            }
            (byte, _, _) => {
                out.push(byte);
                index += 1;
            }
        }
    }
    out
}
