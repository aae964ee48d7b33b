//! Two runs side by side: what happened in the same order, and where the order differs first.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use loopscope_protocol::state::Names;
use loopscope_protocol::{EventKind, Nanos, PlaceId, TaskId, TaskKind};

use crate::past::{On, Past, PastError};
use crate::recording::Source;
use crate::runs::{Run, Runs};
use crate::summary::each_readable;

/// Steps of a run that are compared; what comes later is not.
pub const MOST: usize = 200_000;

/// Steps behind the first difference for which the smallest difference is looked for: the time it takes grows with their
/// square.
const MOST_BEHIND: usize = 8_000;

/// A step: a callback that started, or a line on the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Nanos,
    /// The callback that started or wrote.
    pub task: TaskId,
    /// As people read it.
    pub text: String,
    /// What makes two steps the same one.
    key: String,
}

/// What stands side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Of the first run; `None` when only the second did this.
    pub left: Option<Step>,
    /// Of the second run; `None` when only the first did this.
    pub right: Option<Step>,
}

impl Row {
    /// Whether both runs did the same.
    pub fn is_same(&self) -> bool {
        self.left.is_some() && self.right.is_some()
    }
}

/// Two runs side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// All steps of both.
    pub rows: Vec<Row>,
    /// The first row in which they differ.
    pub first: Option<usize>,
    /// Whether a run has more steps than were compared.
    pub is_cut: bool,
}

/// A run with its scripts.
pub struct Side<'a> {
    /// The run.
    pub past: &'a dyn Past,
    /// Its scripts: a callback without a name is the same one when its line is.
    pub sources: &'a [Source],
}

/// Compares two runs.
///
/// # Errors
/// When their names cannot be read.
pub fn compare(left: &Side<'_>, right: &Side<'_>) -> Result<Comparison, PastError> {
    let (mut left, mut left_cut) = steps(left)?;
    let (mut right, mut right_cut) = steps(right)?;
    let same = left.iter().zip(&right).take_while(|(left, right)| left.key == right.key).count();
    for (steps, is_cut) in [(&mut left, &mut left_cut), (&mut right, &mut right_cut)] {
        *is_cut |= steps.len() > same + MOST_BEHIND;
        steps.truncate(same + MOST_BEHIND);
    }
    let keys = |steps: &[Step]| steps.iter().map(|step| step.key.clone()).collect::<Vec<_>>();
    let (left_keys, right_keys) = (keys(&left), keys(&right));
    let mut rows = Vec::new();
    let both = |left: &Step, right: &Step| Row { left: Some(left.clone()), right: Some(right.clone()) };
    let only_left = |step: &Step| Row { left: Some(step.clone()), right: None };
    let only_right = |step: &Step| Row { left: None, right: Some(step.clone()) };
    for op in capture_diff_slices(Algorithm::Myers, &left_keys, &right_keys) {
        match op {
            DiffOp::Equal { old_index, new_index, len } => {
                let pairs = left[old_index..old_index + len].iter().zip(&right[new_index..new_index + len]);
                rows.extend(pairs.map(|(left, right)| both(left, right)));
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                rows.extend(left[old_index..old_index + old_len].iter().map(only_left));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                rows.extend(right[new_index..new_index + new_len].iter().map(only_right));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                rows.extend(left[old_index..old_index + old_len].iter().map(only_left));
                rows.extend(right[new_index..new_index + new_len].iter().map(only_right));
            }
        }
    }
    let first = rows.iter().position(|row| !row.is_same());
    Ok(Comparison { rows, first, is_cut: left_cut || right_cut })
}

/// The steps of a run, and whether there are more.
fn steps(side: &Side<'_>) -> Result<(Vec<Step>, bool), PastError> {
    let names = side.past.names()?;
    let lines = Lines { names: &names, sources: side.sources };
    let mut runs = Runs::default();
    let mut on = On::default();
    let (mut steps, mut is_cut) = (Vec::new(), false);
    each_readable(side.past, &mut |number, event| {
        runs.take(number, event);
        // Which of two threads is first is no difference.
        if !on.is_main(event) {
            return;
        }
        let step = match event.kind {
            EventKind::TaskStarted { task } => runs.get(task).filter(|run| !is_main_module(run)).map(|run| {
                let place = if run.callback.is_some() { run.callback } else { run.site };
                let text = format!("{} {}", run.kind.name(), names.describe(place));
                let key = lines.key(run.kind, place);
                Step { at: event.at, task, text: text.trim_end().to_owned(), key }
            }),
            EventKind::Console { task, text, .. } => {
                let text = format!("» {}", names.text(text).trim_end());
                Some(Step { at: event.at, task, key: without_pid(&text), text })
            }
            EventKind::Exit { code, .. } => {
                let text = format!("exit with code {code}");
                Some(Step { at: event.at, task: TaskId::NONE, key: text.clone(), text })
            }
            _ => None,
        };
        if let Some(step) = step {
            if steps.len() < MOST {
                steps.push(step);
            } else {
                is_cut = true;
            }
        }
    });
    Ok((steps, is_cut))
}

/// Whether a run is that of the main script's module, which ran as the main script already when it was looked for.
fn is_main_module(run: &Run) -> bool {
    run.kind == TaskKind::ModuleEvaluation && !run.site.is_some()
}

/// What makes callbacks the same although their files and lines are other ones.
struct Lines<'a> {
    names: &'a Names,
    sources: &'a [Source],
}

impl Lines<'_> {
    fn key(&self, kind: TaskKind, place: PlaceId) -> String {
        if matches!(kind, TaskKind::MainScript | TaskKind::ModuleEvaluation) {
            return "script".to_owned();
        }
        let Some(known) = self.names.place(place) else { return kind.name().to_owned() };
        let function = self.names.text(known.function);
        if !function.is_empty() {
            return format!("{} {function}", kind.name());
        }
        let path = self.names.text(known.script);
        let source = self.sources.iter().find(|source| source.path == path);
        let line = source.and_then(|source| source.text.lines().nth((known.line as usize).checked_sub(1)?));
        match line {
            Some(line) => format!("{} | {}", kind.name(), line.trim()),
            None => format!("{} :{}", kind.name(), known.line),
        }
    }
}

impl Comparison {
    /// Side by side, in columns of `width` letters: rows around the differences, or all.
    pub fn text(&self, width: usize, all: bool) -> String {
        /// Rows that are the same beside a difference.
        const AROUND: usize = 3;
        let near = |index: usize| {
            let from = index.saturating_sub(AROUND);
            self.rows[from..self.rows.len().min(index + AROUND + 1)].iter().any(|row| !row.is_same())
        };
        let mut text = String::new();
        let mut skipped = 0;
        for (index, row) in self.rows.iter().enumerate() {
            if !all && !near(index) {
                skipped += 1;
                continue;
            }
            if std::mem::take(&mut skipped) > 0 {
                text.push_str("  ⋯\n");
            }
            let mark = match (&row.left, &row.right) {
                (Some(_), Some(_)) => ' ',
                (Some(_), None) => '<',
                _ => '>',
            };
            let left = row.left.as_ref().map_or("", |step| step.text.as_str());
            let right = row.right.as_ref().map_or("", |step| step.text.as_str());
            let line = format!("{mark} {} │ {}", fit(left, width), fit(right, width));
            text.push_str(line.trim_end());
            text.push('\n');
        }
        if skipped > 0 {
            text.push_str("  ⋯\n");
        }
        text
    }
}

/// A line of output without the number of the process, which warnings begin with: it is another one each time.
fn without_pid(line: &str) -> String {
    const BEGIN: &str = "» (node:";
    let number = line.strip_prefix(BEGIN).and_then(|rest| rest.split_once(')'));
    match number {
        Some((number, rest)) if number.bytes().all(|letter| letter.is_ascii_digit()) => {
            format!("{BEGIN}){rest}")
        }
        _ => line.to_owned(),
    }
}

/// Text in exactly so many letters, in one line.
fn fit(text: &str, width: usize) -> String {
    let mut letters: Vec<char> =
        text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if letters.len() > width {
        letters.truncate(width.saturating_sub(1));
        letters.push('…');
    }
    let mut fitted: String = letters.iter().collect();
    fitted.extend(std::iter::repeat_n(' ', width - letters.len()));
    fitted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_the_process_is_no_difference() {
        assert_eq!(without_pid("» (node:123) Warning: (node:5)"), "» (node:) Warning: (node:5)");
        for line in ["» (node:a) x", "» node:1) x", "» late (node:1)", "» (node:1"] {
            assert_eq!(without_pid(line), line);
        }
    }
}
