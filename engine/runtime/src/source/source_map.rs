//! Source maps (<https://tc39.es/ecma426/>): where in the text that a script was made from its places lie, and back.

use serde::Deserialize;

/// Why a map cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MapError {
    /// The text is no JSON, or not of this shape.
    #[error("the source map is no valid JSON: {0}")]
    Json(String),
    /// A mapping is broken off or too large.
    #[error("the source map has a mapping that cannot be read in line {0}")]
    Mapping(u32),
    /// Maps lie in each other too deeply.
    #[error("the source map has sections in sections")]
    Nested,
}

/// A place in a text: line and column in UTF-16 units, from 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// Most places of a part of a script that are looked through for where it comes from.
const REACH_MOST: usize = 50_000;

/// A place in the script and the one that it was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    made: At,
    /// Number of the source and the place there; `None` for what was made from nothing.
    from: Option<(usize, At)>,
    /// Number of the name that stands there.
    name: Option<usize>,
}

/// A source map.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceMap {
    /// Names of the sources, with their root.
    pub sources: Vec<String>,
    /// Their texts, as far as the map has them.
    pub contents: Vec<Option<String>>,
    /// Names that were replaced.
    names: Vec<String>,
    /// In the order of the script.
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Plain {
    #[serde(default)]
    sections: Option<Vec<Section>>,
    #[serde(default)]
    source_root: Option<String>,
    #[serde(default)]
    sources: Vec<Option<String>>,
    #[serde(default)]
    sources_content: Vec<Option<String>>,
    #[serde(default)]
    names: Vec<serde_json::Value>,
    #[serde(default)]
    mappings: String,
}

#[derive(Deserialize)]
struct Section {
    offset: Offset,
    map: Plain,
}

#[derive(Deserialize, Clone, Copy)]
struct Offset {
    line: u32,
    column: u32,
}

impl SourceMap {
    /// Reads a map; one with sections is put together.
    ///
    /// # Errors
    /// When the text is no map.
    pub fn parse(text: &str) -> Result<Self, MapError> {
        // Servers may put this in front, so that nobody takes it for a script.
        let text =
            text.strip_prefix(")]}'").map_or(text, |rest| rest.split_once('\n').map_or("", |pair| pair.1));
        let plain: Plain = serde_json::from_str(text).map_err(|wrong| MapError::Json(wrong.to_string()))?;
        let mut map = Self::default();
        match plain.sections {
            Some(sections) => {
                for section in sections {
                    if section.map.sections.is_some() {
                        return Err(MapError::Nested);
                    }
                    map.add(section.map, section.offset)?;
                }
            }
            None => map.add(plain, Offset { line: 0, column: 0 })?,
        }
        map.entries.sort_by_key(|entry| entry.made);
        Ok(map)
    }

    fn add(&mut self, plain: Plain, offset: Offset) -> Result<(), MapError> {
        let first = self.sources.len();
        let root = plain.source_root.as_deref().map(|root| root.trim_end_matches('/')).unwrap_or_default();
        for (index, source) in plain.sources.into_iter().enumerate() {
            let source = source.unwrap_or_default();
            self.sources.push(if root.is_empty() { source } else { format!("{root}/{source}") });
            self.contents.push(plain.sources_content.get(index).cloned().flatten());
        }
        let known = self.sources.len() - first;
        let first_name = self.names.len();
        self.names.extend(plain.names.iter().map(|name| name.as_str().unwrap_or_default().to_owned()));
        let (mut source, mut line, mut column, mut name) = (0_i64, 0_i64, 0_i64, 0_i64);
        for (number, text) in plain.mappings.split(';').enumerate() {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let wrong = || MapError::Mapping(number + 1);
            let mut made = if number == 0 { i64::from(offset.column) } else { 0 };
            for segment in text.split(',').filter(|segment| !segment.is_empty()) {
                let fields = decode(segment).ok_or_else(wrong)?;
                made += fields.first().copied().unwrap_or(0);
                let mut from = None;
                if let [_, to_source, to_line, to_column, ..] = *fields {
                    source += to_source;
                    line += to_line;
                    column += to_column;
                    let index = usize::try_from(source).ok().filter(|&index| index < known);
                    let at = At {
                        line: u32::try_from(line).map_err(|_| wrong())?,
                        column: u32::try_from(column).map_err(|_| wrong())?,
                    };
                    from = Some((first + index.ok_or_else(wrong)?, at));
                }
                let named = fields.get(4).and_then(|to_name| {
                    name += to_name;
                    let index = first_name + usize::try_from(name).ok()?;
                    (index < self.names.len()).then_some(index)
                });
                let made = At {
                    line: number.saturating_add(offset.line),
                    column: u32::try_from(made).map_err(|_| wrong())?,
                };
                self.entries.push(Entry { made, from, name: named });
            }
        }
        Ok(())
    }

    /// The number of the source and the place there that a place in the script was made from.
    pub fn original(&self, made: At) -> Option<(usize, At)> {
        let after = self.entries.partition_point(|entry| entry.made <= made);
        let entry = self.entries.get(after.checked_sub(1)?)?;
        entry.from.filter(|_| entry.made.line == made.line)
    }

    /// Whether it tells names that were replaced.
    pub fn has_names(&self) -> bool {
        !self.names.is_empty()
    }

    /// The places in the script where a name was replaced, with the name before.
    pub fn named(&self) -> impl Iterator<Item = (At, &str)> {
        self.entries.iter().filter_map(|entry| Some((entry.made, &*self.names[entry.name?])))
    }

    /// From where to where in a source a part of the script was made; `None` when nothing of it was made from that source, or
    /// when it is too large a part to look through.
    pub fn reach(&self, source: usize, [from, to]: [At; 2]) -> Option<[At; 2]> {
        let index = |at: At| self.entries.partition_point(|entry| entry.made < at);
        let part = self.entries.get(index(from)..index(to)).filter(|part| part.len() <= REACH_MOST)?;
        let places = || part.iter().filter_map(|entry| entry.from.filter(|from| from.0 == source));
        let (first, last) = (places().map(|from| from.1).min()?, places().map(|from| from.1).max()?);
        Some([first, last])
    }

    /// Where a line of a source begins in the script; when nothing was made from it, the next one from which something was.
    pub fn made_from(&self, source: usize, line: u32, column: u32) -> Option<At> {
        let of_source = self.entries.iter().filter_map(|entry| {
            let (index, at) = entry.from?;
            (index == source && at >= At { line, column }).then_some((at, entry.made))
        });
        of_source.min().map(|found| found.1)
    }
}

/// The numbers of a segment such as `AAgBC`.
fn decode(segment: &str) -> Option<Vec<i64>> {
    let mut numbers = Vec::with_capacity(5);
    let (mut number, mut shift) = (0_i64, 0);
    for byte in segment.bytes() {
        let digit = i64::from(digit(byte)?);
        if shift > 30 {
            return None;
        }
        number |= (digit & 31) << shift;
        if digit & 32 != 0 {
            shift += 5;
        } else {
            numbers.push(if number & 1 == 1 { -(number >> 1) } else { number >> 1 });
            (number, shift) = (0, 0);
        }
    }
    (shift == 0).then_some(numbers)
}

fn digit(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}

/// The bytes behind Base64; characters that are none of its digits are skipped.
fn base64(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for digit in text.bytes().filter_map(digit) {
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}

fn percent_decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    bytes
}

/// The text in a `data:` URL; `None` for other URLs.
pub fn inline_text(url: &str) -> Option<String> {
    let (head, data) = url.strip_prefix("data:")?.split_once(',')?;
    let bytes = if head.ends_with(";base64") { base64(data) } else { percent_decoded(data) };
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, column: u32) -> At {
        At { line, column }
    }

    #[test]
    fn places_are_found_both_ways() {
        // Two lines of the script: the first from line 3 of a.ts, the second from line 1 of b.ts at its column 4.
        let text =
            r#"{"version":3,"sourceRoot":"src/","sources":["a.ts","b.ts"],"mappings":"AAEA,IAAI;ACFI,K"}"#;
        let map = SourceMap::parse(text).expect("a map");
        assert_eq!(map.sources, ["src/a.ts", "src/b.ts"]);
        assert_eq!(map.original(at(0, 2)), Some((0, at(2, 0))));
        assert_eq!(map.original(at(0, 4)), Some((0, at(2, 4))));
        assert_eq!(map.original(at(1, 3)), Some((1, at(0, 8))));
        assert_eq!(map.original(at(1, 5)), None, "made from nothing");
        assert_eq!(map.original(at(2, 0)), None);
        assert_eq!(map.made_from(0, 0, 0), Some(at(0, 0)), "the next line that something was made from");
        assert_eq!(map.made_from(0, 3, 0), None);
    }

    #[test]
    fn a_part_of_the_script_is_found_in_each_source() {
        let text =
            r#"{"version":3,"sourceRoot":"src/","sources":["a.ts","b.ts"],"mappings":"AAEA,IAAI;ACFI,K"}"#;
        let map = SourceMap::parse(text).expect("a map");
        assert_eq!(map.reach(0, [at(0, 1), at(1, 9)]), Some([at(2, 4), at(2, 4)]));
        assert_eq!(map.reach(0, [at(0, 0), at(1, 9)]), Some([at(2, 0), at(2, 4)]));
        assert_eq!(map.reach(1, [at(0, 0), at(1, 9)]), Some([at(0, 8), at(0, 8)]));
        assert_eq!(map.reach(1, [at(0, 0), at(1, 0)]), None);
    }

    #[test]
    fn names_are_told_where_they_were_replaced() {
        let text =
            r#"{"version":3,"names":["first","second"],"sources":["a"],"mappings":"AAAAA,GAAGC,EAAE"}"#;
        let map = SourceMap::parse(text).expect("a map");
        assert_eq!(map.named().collect::<Vec<_>>(), [(at(0, 0), "first"), (at(0, 3), "second")]);
    }

    #[test]
    fn sections_lie_behind_each_other() {
        let section = |line: u32, source: &str| {
            format!(
                r#"{{"offset":{{"line":{line},"column":0}},"map":{{"version":3,"sources":["{source}"],"mappings":"AAAA"}}}}"#
            )
        };
        let text = format!(r#"{{"version":3,"sections":[{},{}]}}"#, section(0, "a"), section(7, "b"));
        let map = SourceMap::parse(&text).expect("a map");
        assert_eq!(map.original(at(7, 2)), Some((1, at(0, 0))));
    }

    #[test]
    fn what_is_broken_is_told() {
        assert!(matches!(SourceMap::parse("x"), Err(MapError::Json(_))));
        let with =
            |mappings: &str| SourceMap::parse(&format!(r#"{{"sources":["a"],"mappings":"{mappings}"}}"#));
        assert_eq!(with("A!AA"), Err(MapError::Mapping(1)));
        assert_eq!(with("AAAA;ACAA"), Err(MapError::Mapping(2)), "no such source");
        assert_eq!(with("AADA"), Err(MapError::Mapping(1)), "before the first line");
        assert_eq!(with("gggggggggggggg"), Err(MapError::Mapping(1)));
    }

    #[test]
    fn maps_in_urls_are_read() {
        assert_eq!(inline_text("data:application/json;base64,eyJhIjoxfQ=="), Some(r#"{"a":1}"#.to_owned()));
        assert_eq!(inline_text("data:application/json,%7B%7D"), Some("{}".to_owned()));
        assert_eq!(inline_text("a.js.map"), None);
    }
}
