//! Which callbacks are meant: filters of the command line.

use std::collections::HashSet;

use anyhow::{Result, bail};
use clap::Args;
use loopscope_protocol::state::Names;
use loopscope_protocol::{EventKind, Nanos, PlaceId, TaskId, TaskKind};
use loopscope_trace::Past;
use loopscope_trace::past::block::task_of;
use loopscope_trace::runs::{Run, Runs};
use loopscope_trace::summary::each_readable;

/// Filters.
#[derive(Args, Default)]
pub struct Filter {
    /// Only callbacks of this kind, such as timeout, interval, immediate, nextTick, microtask, promise, I/O; may be given several times
    #[arg(long, value_name = "KIND", value_parser = parse_kind)]
    pub kind: Vec<TaskKind>,
    /// Only callbacks whose function is in a file with this in its path
    #[arg(long, value_name = "TEXT")]
    pub file: Option<String>,
    /// Only from this time on, such as 250us, 12ms, 1.5s; a mere number is milliseconds
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub from: Option<Nanos>,
    /// Only up to this time
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub to: Option<Nanos>,
    /// Only callbacks that ran at least so long
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub longer_than: Option<Nanos>,
}

impl Filter {
    /// Whether single callbacks are chosen.
    pub fn picks_tasks(&self) -> bool {
        !self.kind.is_empty() || self.file.is_some() || self.longer_than.is_some()
    }

    /// Whether anything is filtered.
    pub fn is_set(&self) -> bool {
        self.picks_tasks() || self.from.is_some() || self.to.is_some()
    }

    /// Whether a callback is of the kind and in the file that are asked for.
    fn may_be(&self, names: &Names, kind: TaskKind, callback: PlaceId, site: PlaceId) -> bool {
        let place = if callback.is_some() { callback } else { site };
        (self.kind.is_empty() || self.kind.contains(&kind))
            && self.file.as_ref().is_none_or(|file| names.script(place).contains(file.as_str()))
    }

    /// Whether a run is meant.
    pub fn takes(&self, names: &Names, run: &Run) -> bool {
        self.may_be(names, run.kind, run.callback, run.site)
            && self.longer_than.is_none_or(|least| run.ran() >= least)
            && self.from.is_none_or(|from| run.ended >= from)
            && self.to.is_none_or(|to| run.started <= to)
    }

    /// The callbacks that are meant.
    ///
    /// # Errors
    /// When names cannot be read.
    pub fn tasks(&self, past: &dyn Past) -> Result<HashSet<TaskId>> {
        let names = past.names()?;
        let mut tasks = HashSet::new();
        let mut runs = Runs::default();
        each_readable(past, &mut |number, event| {
            if self.longer_than.is_none()
                && let EventKind::TaskCreated { task, kind, callback, site, .. } = event.kind
                && self.may_be(&names, kind, callback, site)
            {
                tasks.insert(task);
            }
            if self.longer_than.is_some()
                && let Some(run) = runs.take(number, event)
                && self.takes(&names, &run)
            {
                tasks.insert(run.task);
            }
        });
        Ok(tasks)
    }

    /// The moments between which something is to be shown.
    ///
    /// # Errors
    /// When the events around them cannot be read.
    pub fn range(&self, past: &dyn Past) -> Result<std::ops::Range<u64>> {
        let from = match self.from.and_then(|from| from.checked_sub(1)) {
            Some(before) => past.at_time(before)?,
            None => 0,
        };
        let to = match self.to {
            Some(to) => past.at_time(to)?,
            None => past.len(),
        };
        Ok(from..to)
    }
}

/// Whether an event is about one of these callbacks.
pub fn is_about(kind: &EventKind, tasks: &HashSet<TaskId>) -> bool {
    task_of(kind).is_some_and(|task| tasks.contains(&task))
}

fn parse_kind(text: &str) -> Result<TaskKind, String> {
    let plain = |text: &str| text.to_lowercase().replace([' ', '-', '_', '/'], "");
    TaskKind::ALL.into_iter().find(|kind| plain(kind.name()) == plain(text)).ok_or_else(|| {
        let names: Vec<_> = TaskKind::ALL.iter().map(|kind| kind.name()).collect();
        format!("there is no such kind; kinds are {}", names.join(", "))
    })
}

/// Reads `250us`, `12ms`, `1.5s`; a mere number is milliseconds.
pub fn parse_time(text: &str) -> Result<Nanos, String> {
    let units = [("ns", 1.0), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("", 1e6)];
    let unit = units.iter().find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, *factor)));
    let (number, factor) = unit.unwrap_or((text, 1e6));
    match number.trim().parse::<f64>() {
        Ok(number) if number >= 0.0 && number.is_finite() => Ok((number * factor).round() as Nanos),
        _ => Err("a time is written like 250us, 12ms or 1.5s".to_owned()),
    }
}

/// A moment: the time like [`parse_time`], or `#12` for the moment after the first 12 events.
///
/// # Errors
/// When it is neither, or the past cannot be read.
pub fn moment(past: &dyn Past, text: &str) -> Result<u64> {
    if let Some(number) = text.strip_prefix('#') {
        return match number.parse::<u64>() {
            Ok(number) if number <= past.len() => Ok(number),
            Ok(number) => bail!("there is no moment #{number}: the run has {} events", past.len()),
            Err(_) => bail!("a moment is a time such as 12ms, or #12 for the moment after 12 events"),
        };
    }
    match parse_time(text) {
        Ok(at) => Ok(past.at_time(at)?),
        Err(_) => bail!("a moment is a time such as 12ms, or #12 for the moment after 12 events"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_kinds_are_read() {
        assert_eq!(parse_time("250us"), Ok(250_000));
        assert_eq!(parse_time("12"), Ok(12_000_000));
        assert_eq!(parse_time("1.5s"), Ok(1_500_000_000));
        assert!(parse_time("soon").is_err());
        assert!(parse_time("-1").is_err());
        assert_eq!(parse_kind("io"), Ok(TaskKind::IoCompletion));
        assert_eq!(parse_kind("main-script"), Ok(TaskKind::MainScript));
        assert!(parse_kind("x").is_err_and(|text| text.contains("nextTick")));
    }
}
