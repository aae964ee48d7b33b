//! Watched expressions: evaluated whenever the run comes to stand, and when another frame is looked at.

use std::time::Instant;

use serde_json::Value;

use super::{Debugger, Purpose, Shown, console, outcome};

/// A watched expression.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Watch {
    /// The expression.
    pub expression: String,
    /// Its value once it is known; why there is none.
    pub value: Option<Result<Shown, String>>,
    /// It took too long: it would hold up every step.
    is_ended: bool,
}

impl Watch {
    /// One that has not been evaluated.
    pub(super) fn new(expression: &str) -> Self {
        Self { expression: expression.to_owned(), ..Self::default() }
    }
}

impl Debugger {
    /// Watched expressions with their values.
    pub fn watches(&self) -> &[Watch] {
        &self.watches
    }

    /// Watches these expressions; those that were watched before keep their values, and what is open of them stays open.
    pub fn set_watches(&mut self, watches: &[String]) {
        let known = std::mem::take(&mut self.watches);
        let find = |wanted: &String| known.iter().find(|watch| watch.expression == *wanted).cloned();
        self.watches = watches.iter().map(|one| find(one).unwrap_or_else(|| Watch::new(one))).collect();
        self.evaluate_those(|watch| watch.value.is_none());
    }

    /// Evaluates one again that took too long.
    pub fn watch_again(&mut self, index: usize) {
        if let Some(watch) = self.watches.get_mut(index) {
            *watch = Watch::new(&watch.expression);
        }
        self.evaluate_those(|watch| watch.value.is_none());
    }

    pub(super) fn evaluate_watches(&mut self) {
        self.evaluate_those(|_| true);
    }

    /// Evaluates some of them; none while the script runs.
    fn evaluate_those(&mut self, is_wanted: impl Fn(&Watch) -> bool) {
        if self.paused.is_none() {
            return;
        }
        let wanted = self.watches.iter().filter(|watch| !watch.is_ended && is_wanted(watch));
        let wanted: Vec<_> = wanted.map(|watch| watch.expression.clone()).collect();
        for expression in wanted {
            self.evaluate_for(&expression, false, Purpose::Watch(expression.clone()));
        }
    }

    /// An expression was evaluated.
    pub(super) fn hear_watch(&mut self, expression: &str, result: &Value) {
        for watch in self.watches.iter_mut().filter(|watch| watch.expression == expression) {
            watch.value = Some(outcome(result));
        }
    }

    /// It could not be.
    pub(super) fn fail_watch(&mut self, expression: &str, text: String, since: Instant) {
        let ended = console::ended(&text, since).map(|why| format!("{why}, and is not evaluated again"));
        for watch in self.watches.iter_mut().filter(|watch| watch.expression == expression) {
            watch.is_ended = ended.is_some();
            watch.value = Some(Err(ended.clone().unwrap_or_else(|| text.clone())));
        }
    }

    /// The run goes on: values are of no moment any more.
    pub(super) fn forget_watched(&mut self) {
        for watch in self.watches.iter_mut().filter(|watch| !watch.is_ended) {
            watch.value = None;
        }
    }
}
