//! Which lines of a script ran, from V8's coverage.

use serde_json::Value;

/// The lines of a script.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// How often each line ran, from line 1; `None` for lines without code.
    pub counts: Vec<Option<u64>>,
}

impl Lines {
    /// Lines that ran, and lines with code.
    pub fn ran(&self) -> (usize, usize) {
        let with_code = self.counts.iter().flatten();
        (with_code.clone().filter(|count| **count > 0).count(), with_code.count())
    }

    /// Lines that did not run, as first and last line of each part.
    pub fn missed(&self) -> Vec<(usize, usize)> {
        let mut parts: Vec<(usize, usize)> = Vec::new();
        let mut goes_on = false;
        for (index, count) in self.counts.iter().enumerate() {
            match (count, parts.last_mut()) {
                (Some(0), Some(part)) if goes_on => part.1 = index + 1,
                (Some(0), _) => {
                    parts.push((index + 1, index + 1));
                    goes_on = true;
                }
                (Some(_), _) => goes_on = false,
                // A line without code neither begins nor ends a part.
                (None, _) => {}
            }
        }
        parts
    }

    /// Reads a script's entry of V8's coverage: `functions` with `ranges` of `startOffset`, `endOffset` (in UTF-16 units)
    /// and `count`. Inner ranges come after the ones around them and are what counts. A line counts as often as the part
    /// of it that ran least; a line of nothing but blanks, closing brackets or a comment has no code.
    pub fn read(script: &Value, source: &str) -> Self {
        let mut ranges: Vec<(usize, usize, u64)> = Vec::new();
        for function in script["functions"].as_array().into_iter().flatten() {
            for range in function["ranges"].as_array().into_iter().flatten() {
                let offset = |key: &str| range[key].as_u64().and_then(|offset| usize::try_from(offset).ok());
                if let (Some(start), Some(end)) = (offset("startOffset"), offset("endOffset")) {
                    ranges.push((start, end, range["count"].as_u64().unwrap_or(0)));
                }
            }
        }
        // The longest first, so that what is inside is written over what is around it.
        ranges.sort_by_key(|&(start, end, _)| std::cmp::Reverse(end.saturating_sub(start)));
        let length = source.encode_utf16().count();
        let mut units: Vec<u64> = vec![0; length];
        for (start, end, count) in ranges {
            if let Some(part) = units.get_mut(start.min(length)..end.min(length)) {
                part.fill(count);
            }
        }
        let mut counts = Vec::new();
        let mut at = 0;
        for line in source.split('\n') {
            let is_code = |unit: u16| {
                char::from_u32(u32::from(unit))
                    .is_none_or(|unit| !unit.is_whitespace() && !"{}()[];,".contains(unit))
            };
            let line_units = line.encode_utf16().enumerate();
            let text = line.trim_start();
            let has_code = !["//", "/*", "*"].iter().any(|mark| text.starts_with(mark));
            let least = line_units
                .filter(|&(_, unit)| has_code && is_code(unit))
                .filter_map(|(index, _)| units.get(at + index).copied())
                .min();
            counts.push(least);
            at += line.encode_utf16().count() + 1;
        }
        Self { counts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lines_count_by_the_innermost_range() {
        let source = "// é 😀\nfunction f(a) {\n  if (a) {\n    return 1;\n  }\n  return 2;\n}\nf(1);\n";
        let units: Vec<_> = source.encode_utf16().collect();
        let find = |text: &str| {
            String::from_utf16_lossy(&units).find(text).map(|at| source[..at].encode_utf16().count()).unwrap()
        };
        let range = |start: usize, end: usize, count: u64| json!({ "startOffset": start, "endOffset": end, "count": count });
        let script = json!({ "functions": [
            { "ranges": [range(0, units.len(), 1)] },
            { "ranges": [range(find("function"), find("f(1)") - 1, 7), range(find("return 2") - 2, find("f(1)") - 2, 0)] },
        ] });
        let lines = Lines::read(&script, source);
        assert_eq!(lines.counts, [None, Some(7), Some(7), Some(7), None, Some(0), None, Some(1), None]);
        assert_eq!(lines.ran(), (4, 5));
        assert_eq!(lines.missed(), [(6, 6)]);
    }

    #[test]
    fn ranges_beyond_the_text_and_odd_ones_are_harmless() {
        let range = |start: i64, end: i64| json!({ "startOffset": start, "endOffset": end, "count": 1 });
        let script = json!({ "functions": [{ "ranges": [range(0, 900), range(5, 2), range(-1, 3), range(800, 900)] }, 3] });
        assert_eq!(Lines::read(&script, "a\nb").ran(), (2, 2));
        assert_eq!(Lines::read(&json!(null), "a\nb").ran(), (0, 2));
    }

    #[test]
    fn missed_lines_are_told_in_parts() {
        let counts = vec![Some(1), Some(0), None, Some(0), Some(2), Some(0)];
        assert_eq!(Lines { counts }.missed(), [(2, 4), (6, 6)]);
    }
}
