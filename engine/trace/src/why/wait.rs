//! What a callback waited for while it could have run.

use std::collections::BTreeMap;

use loopscope_protocol::state::{Names, duration};
use loopscope_protocol::{EventKind, Nanos, PlaceId, TaskId, TaskKind};

use super::life::Life;
use crate::past::{On, Past, PastError};
use crate::sampled::hottest;

/// A wait that needs no reason, in nanoseconds.
const SHORT: Nanos = 200_000;

/// A wait that needs none if nobody held the stack: the loop's clock counts milliseconds.
const UNEXPLAINED: Nanos = 2_000_000;

/// Holders that are named one by one.
const NAMED: usize = 3;

/// A callback that held the stack meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// Its task.
    pub task: TaskId,
    /// What kind.
    pub kind: TaskKind,
    /// The function.
    pub callback: PlaceId,
    /// How long, within the wait; what ran inside of it does not count.
    pub held: Nanos,
    /// Whether it was running when the wait began.
    pub ran_before: bool,
    /// From when to when it was on the stack within the wait.
    pub on_stack: (Nanos, Nanos),
    /// The function that most of that was spent in, as far as the stack was sampled; none when it is the callback itself.
    pub mostly: PlaceId,
}

/// What a callback waited for while it could have run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// Since when it could have run.
    pub since: Nanos,
    /// How long it waited.
    pub waited: Nanos,
    /// Whether its timer was due meanwhile, in contrast to being in a queue.
    pub is_timer: bool,
    /// How much of that the run stood still, at breakpoints or because it was paused: nobody held the stack then.
    pub stood: Nanos,
    /// Who held the stack meanwhile, in order.
    pub holders: Vec<Holder>,
}

/// What a task waited for; `None` when it never started.
///
/// # Errors
/// When the past cannot be read.
pub fn wait(past: &dyn Past, life: &Life) -> Result<Option<Wait>, PastError> {
    let (Some(since), Some(started)) = (life.could_start(), life.started) else { return Ok(None) };
    let waited = started.1.saturating_sub(since);
    let from = match life.ready {
        Some((ready, _)) if ready.1 <= since => ready.0,
        _ => past.at_time(since)?,
    };
    let from = from.min(started.0).max(life.created.0);
    let state = past.state_at(from)?;
    let mut on = On(state.on);
    let before = state.home(life.task);
    // Tasks on the stack with the time they have held it since the wait began.
    let mut known: BTreeMap<TaskId, (TaskKind, PlaceId)> = BTreeMap::new();
    for (id, task) in &before.tasks {
        known.insert(*id, (task.kind, if task.callback.is_some() { task.callback } else { task.site }));
    }
    let mut stack: Vec<usize> = Vec::new();
    let mut holders: Vec<Holder> = Vec::new();
    let end = started.1;
    let hold = |holders: &mut Vec<Holder>,
                known: &BTreeMap<TaskId, (TaskKind, PlaceId)>,
                task: TaskId,
                at: Nanos| {
        let (kind, callback) = known.get(&task).copied().unwrap_or((TaskKind::MainScript, PlaceId::NONE));
        let (on_stack, mostly) = ((at.max(since), end), PlaceId::NONE);
        holders.push(Holder { task, kind, callback, held: 0, ran_before: false, on_stack, mostly });
        holders.len() - 1
    };
    for task in &before.stack {
        let index = hold(&mut holders, &known, *task, since);
        holders[index].ran_before = true;
        stack.push(index);
    }
    let mut now = since;
    let mut stands = before.stood.since().is_some();
    let mut stood: Nanos = 0;
    past.each(from..started.0, &mut |_, event| {
        if on.of(event) != Some(life.task.on()) {
            return;
        }
        let held = event.at.saturating_sub(now);
        if stands {
            stood = stood.saturating_add(held);
        } else if let Some(&top) = stack.last() {
            holders[top].held = holders[top].held.saturating_add(held);
        }
        now = now.max(event.at);
        match event.kind {
            EventKind::Paused { .. } => stands = true,
            EventKind::Resumed => stands = false,
            EventKind::TaskCreated { task, kind, callback, site, .. } => {
                known.insert(task, (kind, if callback.is_some() { callback } else { site }));
            }
            EventKind::TaskStarted { task } => {
                stands = false;
                let index = hold(&mut holders, &known, task, event.at);
                stack.push(index);
            }
            EventKind::TaskEnded { task, .. } => {
                if let Some(at) = stack.iter().rposition(|index| holders[*index].task == task) {
                    holders[stack[at]].on_stack.1 = event.at;
                    stack.truncate(at);
                }
            }
            _ => {}
        }
    })?;
    let rest = started.1.saturating_sub(now);
    if stands {
        stood = stood.saturating_add(rest);
    } else if let Some(&top) = stack.last() {
        holders[top].held = holders[top].held.saturating_add(rest);
    }
    let unheld = waited.saturating_sub(stood);
    if !past.sampled().is_empty() {
        let names = past.names()?;
        for holder in holders.iter_mut().filter(|holder| holder.held >= SHORT && holder.held >= unheld / 5) {
            let stretch = holder.on_stack.0..holder.on_stack.1;
            let place = hottest(past, &names, life.task.on(), &stretch);
            let other = place.filter(|place| names.describe(*place) != names.describe(holder.callback));
            holder.mostly = other.unwrap_or_default();
        }
    }
    Ok(Some(Wait { since, waited, is_timer: life.armed.is_some(), stood, holders }))
}

impl Wait {
    /// The wait in words.
    pub fn text(&self, names: &Names) -> String {
        let verb = if self.is_timer { "due" } else { "ready" };
        if self.waited < SHORT || self.waited < UNEXPLAINED && self.named().is_empty() {
            return match self.behind() {
                None => format!("started {} after it was {verb}", duration(self.waited)),
                Some(rest) => {
                    format!("started {} after it was {verb}; {rest} ran first", duration(self.waited))
                }
            };
        }
        let named = self.named();
        let mut text = format!("{verb} for {}", duration(self.waited));
        if self.stood > 0 {
            text.push_str(&format!(", {} of which the run stood still", duration(self.stood)));
        }
        if named.is_empty() && self.stood < self.waited / 2 {
            let held = self.holders.iter().fold(0, |sum: Nanos, holder| sum.saturating_add(holder.held));
            let idle = self.waited.saturating_sub(held).saturating_sub(self.stood);
            if idle > self.waited / 2 {
                text.push_str(" while nothing ran: the system woke the loop late, or the run was held");
            }
        }
        for (index, holder) in named.iter().enumerate() {
            let place = names.describe(holder.callback);
            let name =
                if place.is_empty() { holder.kind.name().to_owned() } else { spoken(&place, holder.kind) };
            let joint = match (index, self.stood) {
                (0, 0) => " because",
                (0, _) => ", and because",
                _ => ", then",
            };
            text = format!("{text}{joint} {name} held the stack for {}", duration(holder.held));
            if holder.mostly.is_some() {
                let place = names.describe(holder.mostly);
                let function = match place.split_once(' ') {
                    Some((function, at)) => format!("`{function}()` at {at}"),
                    None => place,
                };
                text.push_str(&format!(", most of it in {function}"));
            }
        }
        match self.behind() {
            Some(rest) if named.is_empty() => format!("{text}; {rest} ran first"),
            Some(rest) => format!("{text}; then {rest} ran first"),
            None => text,
        }
    }

    /// Holders that explain a good part of the wait, in order.
    pub fn named(&self) -> Vec<&Holder> {
        let least = self.waited.saturating_sub(self.stood) / 5;
        // What a debugger held explains the wait, not those who ran for a moment beside that.
        let is_told = |held: Nanos| held >= least && (self.stood == 0 || held >= UNEXPLAINED);
        let mut longest: Vec<(usize, &Holder)> =
            self.holders.iter().enumerate().filter(|entry| is_told(entry.1.held)).collect();
        longest.sort_by_key(|entry| std::cmp::Reverse(entry.1.held));
        longest.truncate(NAMED);
        longest.sort_by_key(|entry| entry.0);
        longest.into_iter().map(|entry| entry.1).collect()
    }

    /// The others, counted by kind.
    fn behind(&self) -> Option<String> {
        let named: Vec<TaskId> = if self.waited < SHORT {
            Vec::new()
        } else {
            self.named().iter().map(|holder| holder.task).collect()
        };
        let mut counts: BTreeMap<TaskKind, u64> = BTreeMap::new();
        for holder in self.holders.iter().filter(|holder| !holder.ran_before && !named.contains(&holder.task))
        {
            *counts.entry(holder.kind).or_default() += 1;
        }
        let micro: u64 = counts.iter().filter(|entry| entry.0.is_micro()).map(|entry| entry.1).sum();
        let mut parts: Vec<String> = Vec::new();
        if micro > 0 {
            let ticks = counts.get(&TaskKind::NextTick).copied().unwrap_or(0);
            if ticks > 0 {
                parts.push(super::count(ticks, "next tick"));
            }
            if micro > ticks {
                parts.push(super::count(micro - ticks, "microtask"));
            }
        }
        for (kind, number) in counts.iter().filter(|entry| !entry.0.is_micro()) {
            parts.push(super::count(*number, kind.name()));
        }
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

/// `parse app.js:12` as `parse() at app.js:12`.
fn spoken(place: &str, kind: TaskKind) -> String {
    match place.split_once(' ') {
        Some((event, _)) if kind == TaskKind::Event => format!("the event `{event}`"),
        Some((function, at)) => format!("`{function}()` at {at}"),
        None => format!("the {} at {place}", kind.name()),
    }
}
