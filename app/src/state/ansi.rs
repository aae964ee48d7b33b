//! Escape sequences for colours in what scripts write (ECMA-48, "Select Graphic Rendition").

/// One of the sixteen colours of terminals, or an exact one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// Black, red, green, yellow, blue, magenta, cyan, white; then the bright ones.
    Named(u8),
    /// Red, green, blue.
    Exact(u8, u8, u8),
}

/// Text in one style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The text.
    pub text: &'a str,
    /// Its colour; `None` is the usual one.
    pub color: Option<Color>,
    /// Fainter than usual.
    pub dim: bool,
    /// Slanted.
    pub italic: bool,
    /// With a line below.
    pub underlined: bool,
}

/// The text without its escape sequences.
pub fn plain(text: &str) -> String {
    pieces(text).iter().map(|piece| piece.text).collect()
}

/// The text in pieces of one style each.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut style = Piece { text: "", color: None, dim: false, italic: false, underlined: false };
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        let (before, escape) = rest.split_at(at);
        if !before.is_empty() {
            pieces.push(Piece { text: before, ..style });
        }
        let length = sequence(escape);
        if let Some(codes) =
            escape[..length].strip_prefix("\u{1b}[").and_then(|codes| codes.strip_suffix('m'))
        {
            apply(&mut style, codes);
        }
        rest = &escape[length..];
    }
    if !rest.is_empty() {
        pieces.push(Piece { text: rest, ..style });
    }
    pieces
}

/// Length of the escape sequence at the start of `text`.
fn sequence(text: &str) -> usize {
    let Some(body) = text.strip_prefix("\u{1b}[") else { return 1 };
    body.find(|character: char| ('\u{40}'..='\u{7e}').contains(&character)).map_or(text.len(), |end| end + 3)
}

fn apply(style: &mut Piece, codes: &str) {
    let mut numbers = codes.split(';').map(|code| code.parse::<u8>().unwrap_or(0));
    while let Some(code) = numbers.next() {
        match code {
            0 => *style = Piece { color: None, dim: false, italic: false, underlined: false, ..*style },
            2 => style.dim = true,
            3 => style.italic = true,
            4 => style.underlined = true,
            22 => style.dim = false,
            23 => style.italic = false,
            24 => style.underlined = false,
            30..=37 => style.color = Some(Color::Named(code - 30)),
            90..=97 => style.color = Some(Color::Named(code - 90 + 8)),
            39 => style.color = None,
            38 => style.color = extended(&mut numbers),
            48 => drop(extended(&mut numbers)),
            _ => {}
        }
    }
}

/// The colour behind 38: `5;n` of 256 or `2;r;g;b`.
fn extended(numbers: &mut impl Iterator<Item = u8>) -> Option<Color> {
    match numbers.next()? {
        5 => {
            let number = numbers.next()?;
            Some(match number {
                0..16 => Color::Named(number),
                16..232 => {
                    let level = |part: u8| if part == 0 { 0 } else { 55 + part * 40 };
                    let cube = number - 16;
                    Color::Exact(level(cube / 36), level(cube / 6 % 6), level(cube % 6))
                }
                232.. => {
                    let gray = 8 + (number - 232) * 10;
                    Color::Exact(gray, gray, gray)
                }
            })
        }
        2 => Some(Color::Exact(numbers.next()?, numbers.next()?, numbers.next()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_begin_and_end() {
        let found: Vec<_> = pieces("a\u{1b}[33mb\u{1b}[39m\u{1b}[2mc\u{1b}[0m\u{1b}[38;5;196md")
            .iter()
            .map(|p| (p.text, p.color, p.dim))
            .collect();
        let yellow = Some(Color::Named(3));
        let red = Some(Color::Exact(255, 0, 0));
        assert_eq!(found, [("a", None, false), ("b", yellow, false), ("c", None, true), ("d", red, false)]);
    }

    #[test]
    fn broken_sequences_are_left_out() {
        assert_eq!(plain("a\u{1b}[2Jb\u{1b}c\u{1b}["), "abc");
        assert_eq!(plain("\u{1b}[38;5mx"), "x");
    }
}
