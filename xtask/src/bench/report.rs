//! The measurements as a table.

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Which program a measurement is of.
#[derive(Clone, Copy)]
pub enum Sample {
    /// Node.js.
    Node,
    /// `loopscope-node`.
    Ours,
}

/// The measurements of one script, in milliseconds.
pub struct Row {
    /// The script.
    pub script: PathBuf,
    samples: [Vec<f64>; 2],
    failure: Option<String>,
}

impl Row {
    /// A row without measurements.
    pub fn new(script: &Path) -> Self {
        Self { script: script.to_owned(), samples: [Vec::new(), Vec::new()], failure: None }
    }

    /// The script's name.
    pub fn name(&self) -> String {
        self.script.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Adds one measurement or what kept it from being made.
    pub fn add(&mut self, sample: Sample, result: Result<f64, String>) {
        match result {
            Ok(time) => self.samples[sample as usize].push(time),
            Err(error) => {
                let program = match sample {
                    Sample::Node => "node",
                    Sample::Ours => "loopscope-node",
                };
                self.failure.get_or_insert(format!("{program}: {error}"));
            }
        }
    }

    /// Why the script did not run to its end, if it did not in one of the runs.
    pub fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }
}

/// One line per row: medians in milliseconds, with the spread from the quickest to the slowest run in brackets, and how
/// many times as long as Node.js `loopscope-node` took.
pub fn table(rows: &[Row], node_version: &str, rounds: usize) -> String {
    let mut text = format!(
        "{:<20} {:>24} {:>24} {:>7}\n",
        format!("ms, {rounds} rounds"),
        format!("node {node_version}"),
        "loopscope-node",
        "ratio"
    );
    for row in rows {
        let _ = match (&row.failure, spread(&row.samples[0]), spread(&row.samples[1])) {
            (None, Some(node), Some(ours)) => {
                writeln!(
                    text,
                    "{:<20} {:>24} {:>24} {:>7.2}",
                    row.name(),
                    node.shown(),
                    ours.shown(),
                    ours.median / node.median
                )
            }
            (failure, ..) => {
                writeln!(text, "{:<20} {}", row.name(), failure.as_deref().unwrap_or("not measured"))
            }
        };
    }
    text
}

/// Several measurements in short.
#[derive(Debug, PartialEq)]
struct Spread {
    least: f64,
    median: f64,
    most: f64,
}

impl Spread {
    fn shown(&self) -> String {
        format!("{:.1} ({:.1}–{:.1})", self.median, self.least, self.most)
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
        let mut good = Row::new(Path::new("b/good.js"));
        let mut bad = Row::new(Path::new("b/bad.js"));
        for time in [1.0, 2.0] {
            good.add(Sample::Node, Ok(time));
            good.add(Sample::Ours, Ok(2.0 * time));
            bad.add(Sample::Node, Ok(time));
            bad.add(Sample::Ours, Err(format!("ends {time}")));
        }
        let text = table(&[good, bad], "v26.0.0", 2);
        let lines: Vec<_> =
            text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        let expected = [
            "ms, 2 rounds node v26.0.0 loopscope-node ratio",
            "good 1.5 (1.0–2.0) 3.0 (2.0–4.0) 2.00",
            "bad loopscope-node: ends 1",
        ];
        assert_eq!(lines, expected);
    }
}
