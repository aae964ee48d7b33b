//! The measurements as a table.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::measure::{Measured, Program};

/// How many of the programs must run every script: Node.js, `loopscope-node` and the watched run; the others are only
/// compared with.
const COMPARED: usize = 3;

/// The measurements of one script.
pub struct Row {
    /// The script.
    pub script: PathBuf,
    /// What it measures in.
    unit: &'static str,
    /// A list for each program.
    samples: Vec<Vec<f64>>,
    /// Why the script did not run to its end with a program.
    failures: Vec<Option<String>>,
}

impl Row {
    /// A row without measurements.
    pub fn new(script: &Path, programs: usize) -> Self {
        Self {
            script: script.to_owned(),
            unit: "ms",
            samples: vec![Vec::new(); programs],
            failures: vec![None; programs],
        }
    }

    /// The script's name.
    pub fn name(&self) -> String {
        self.script.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Adds one measurement of a program or what kept it from being made.
    pub fn add(&mut self, program: usize, result: Result<Measured, String>) {
        match result {
            Ok(measured) => {
                self.unit = measured.unit;
                self.samples[program].push(measured.value);
            }
            Err(error) => {
                self.failures[program].get_or_insert(error);
            }
        }
    }

    /// Whether the script did not run to its end in a run that counts.
    pub fn has_failed(&self, programs: &[Program]) -> bool {
        self.failures.iter().take(COMPARED.min(programs.len())).any(Option::is_some)
    }

    /// The measurements with a program.
    fn spread(&self, program: usize) -> Option<Spread> {
        if self.failures[program].is_some() { None } else { spread(&self.samples[program]) }
    }
}

/// One line per row: medians, with the spread from the least to the most in brackets for those that must run;
/// behind all but the first, how many times as much it took as the program that it is held against: `loopscope-node` for the
/// watched run, Node.js for the others. Failures follow.
pub fn table(rows: &[Row], programs: &[Program], rounds: usize) -> String {
    let mut text = format!("{:<23}", format!("{rounds} rounds"));
    for (index, program) in programs.iter().enumerate() {
        text += &format!(" {:>width$}", program.name, width = width(index));
        if program.against.is_some() {
            text += "  ratio";
        }
    }
    text.push('\n');
    for row in rows {
        let mut line = format!("{:<20} {}", row.name(), row.unit);
        for (index, program) in programs.iter().enumerate() {
            let spread = row.spread(index);
            let shown =
                spread.as_ref().map_or_else(|| "-".to_owned(), |spread| spread.shown(index < COMPARED));
            let _ = write!(line, " {shown:>width$}", width = width(index));
            if let Some(against) = program.against {
                let other = row.spread(against);
                let ratio = other.as_ref().zip(spread.as_ref()).map(|(other, own)| own.median / other.median);
                let _ = write!(
                    line,
                    " {:>6}",
                    ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}"))
                );
            }
        }
        text += &line;
        text.push('\n');
    }
    for row in rows {
        for (program, failure) in programs.iter().zip(&row.failures) {
            if let Some(failure) = failure {
                let _ = writeln!(text, "{} with {}: {failure}", row.name(), program.name);
            }
        }
    }
    text
}

/// How wide the column of a program is.
fn width(program: usize) -> usize {
    if program < COMPARED { 24 } else { 10 }
}

/// Several measurements in short.
#[derive(Debug, PartialEq)]
struct Spread {
    least: f64,
    median: f64,
    most: f64,
}

impl Spread {
    fn shown(&self, with_range: bool) -> String {
        if with_range {
            format!("{:.1} ({:.1}–{:.1})", self.median, self.least, self.most)
        } else {
            format!("{:.1}", self.median)
        }
    }
}

/// `None` without measurements.
fn spread(times: &[f64]) -> Option<Spread> {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let median = match sorted.len() {
        0 => return None,
        odd if odd % 2 == 1 => sorted[middle],
        _ => (sorted[middle - 1] + sorted[middle]) / 2.0,
    };
    Some(Spread { least: sorted[0], median, most: *sorted.last()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_or_the_mean_of_both_middles() {
        assert_eq!(spread(&[3.0, 1.0, 2.0]), Some(Spread { least: 1.0, median: 2.0, most: 3.0 }));
        assert_eq!(spread(&[4.0, 1.0, 2.0, 3.0]), Some(Spread { least: 1.0, median: 2.5, most: 4.0 }));
        assert_eq!(spread(&[]), None);
    }

    #[test]
    fn the_table_has_ratios_and_says_what_failed() {
        let program = |name: &str, against| Program {
            name: name.to_owned(),
            path: name.into(),
            arguments: Vec::new(),
            against,
        };
        let programs = [
            program("node", None),
            program("ours", Some(0)),
            program("watched", Some(1)),
            program("bun", Some(0)),
        ];
        let mut good = Row::new(Path::new("b/good.js"), 4);
        let mut bad = Row::new(Path::new("b/bad.js"), 4);
        for value in [1.0, 2.0] {
            let ok = |value| Ok(Measured { value, unit: "MB" });
            good.add(0, ok(value));
            good.add(1, ok(2.0 * value));
            good.add(2, ok(3.0 * value));
            good.add(3, Err("no".to_owned()));
            bad.add(0, ok(value));
            bad.add(1, Err(format!("ends {value}")));
            bad.add(2, ok(value));
            bad.add(3, ok(value));
        }
        assert!(bad.has_failed(&programs) && !good.has_failed(&programs));
        let text = table(&[good, bad], &programs, 2);
        let lines: Vec<_> =
            text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        let expected = [
            "2 rounds node ours ratio watched ratio bun ratio",
            "good MB 1.5 (1.0–2.0) 3.0 (2.0–4.0) 2.00 4.5 (3.0–6.0) 1.50 - -",
            "bad MB 1.5 (1.0–2.0) - - 1.5 (1.0–2.0) - 1.5 1.00",
            "good with bun: no",
            "bad with ours: ends 1",
        ];
        assert_eq!(lines, expected);
    }
}
