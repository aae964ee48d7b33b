//! Breakpoints that hold only some of the times they are reached. V8 evaluates a condition there; that asks a function which
//! counts.

use super::leash;
use crate::js::ops::{Args, OpResult, Ret};
use crate::js::state::State;
use crate::js::{convert, ops};

/// The name, in the registry of symbols, of the function on the global object.
const NAME: &str = "loopscope.hit";

/// How a number of hits is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    Equal,
    More,
    AtLeast,
    Less,
    AtMost,
    Multiple,
}

/// Which hits hold the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HitCondition {
    rule: Rule,
    number: u64,
}

impl HitCondition {
    /// Reads `5`, `>= 5`, `> 5`, `== 5`, `= 5`, `< 5`, `<= 5` or `% 5`; a number alone means at least so many.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.find(|character: char| character.is_ascii_digit())?;
        let rule = match text[..digits].trim_end() {
            "" | ">=" => Rule::AtLeast,
            ">" => Rule::More,
            "=" | "==" | "===" => Rule::Equal,
            "<" => Rule::Less,
            "<=" => Rule::AtMost,
            "%" => Rule::Multiple,
            _ => return None,
        };
        let number = text[digits..].parse().ok().filter(|&number| number > 0 || rule != Rule::Multiple)?;
        Some(Self { rule, number })
    }

    /// Whether hit number `hits` holds the run.
    pub fn holds(self, hits: u64) -> bool {
        match self.rule {
            Rule::Equal => hits == self.number,
            Rule::More => hits > self.number,
            Rule::AtLeast => hits >= self.number,
            Rule::Less => hits < self.number,
            Rule::AtMost => hits <= self.number,
            Rule::Multiple => hits.is_multiple_of(self.number),
        }
    }
}

/// The counters of a run.
#[derive(Default)]
pub struct Hits {
    counters: Vec<(HitCondition, u64)>,
    is_installed: bool,
    /// Something was counted that clients were not told.
    is_news: bool,
}

impl Hits {
    /// A counter for a breakpoint; returns its number.
    pub fn add(&mut self, condition: HitCondition) -> usize {
        self.counters.push((condition, 0));
        self.counters.len() - 1
    }

    /// Counts a hit, and says whether it holds the run.
    fn hit(&mut self, number: usize) -> bool {
        let Some((condition, hits)) = self.counters.get_mut(number) else { return true };
        *hits += 1;
        self.is_news = true;
        condition.holds(*hits)
    }

    /// How often it has counted.
    pub fn of(&self, number: usize) -> u64 {
        self.counters.get(number).map_or(0, |counter| counter.1)
    }

    /// Whether something was counted since this was asked last.
    pub fn take_news(&mut self) -> bool {
        std::mem::take(&mut self.is_news)
    }

    /// Whether the function is in place, which it is from now on.
    pub fn begin(&mut self) -> bool {
        std::mem::replace(&mut self.is_installed, true)
    }
}

/// What V8 is to evaluate: whether `condition` (always, when empty) holds and then whether the hit does; `log` is evaluated
/// instead of standing still, see [`leash::log`].
pub fn expression(condition: &str, counter: usize, log: &str) -> String {
    let hit = format!("globalThis[Symbol.for('{NAME}')]({counter})");
    let mut all = if condition.is_empty() { hit } else { format!("(({condition}\n) && {hit})") };
    if !log.is_empty() {
        all = format!("({all} && {})", leash::log(log));
    }
    all
}

/// Puts the function that counts on the global object, where scripts do not see it by listing.
pub fn install(scope: &mut v8::PinScope) {
    extern "C" fn raw(info: *const v8::FunctionCallbackInfo) {
        // SAFETY: V8 hands a valid pointer to every callback.
        ops::enter(unsafe { &*info }, count);
    }
    let function = v8::Function::builder_raw(raw).constructor_behavior(v8::ConstructorBehavior::Throw);
    let Some(function) = function.build(scope) else { return };
    let name = convert::string(scope, NAME);
    let symbol = v8::Symbol::for_key(scope, name);
    let global = scope.get_current_context().global(scope);
    let hidden = v8::PropertyAttribute::DONT_ENUM;
    // A global object that takes no property leaves the breakpoint as one that always throws, which V8 takes for false.
    let _ = global.define_own_property(scope, symbol.into(), function.into(), hidden);
}

/// `(counter) → whether this hit holds the run`.
fn count(scope: &mut v8::PinScope, args: Args, ret: Ret) -> OpResult {
    let number = convert::number(args.get(0)) as usize;
    let holds =
        State::of(scope).any_inspector().is_some_and(|inspector| inspector.hits.borrow_mut().hit(number));
    ret.set_bool(holds);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(text: &str) -> Option<Vec<u64>> {
        let condition = HitCondition::parse(text)?;
        Some((1..=6).filter(|&hits| condition.holds(hits)).collect())
    }

    #[test]
    fn hits_are_counted_in_several_ways() {
        assert_eq!(held("5"), Some(vec![5, 6]));
        assert_eq!(held(">= 5"), held("5"));
        assert_eq!(held(">5"), Some(vec![6]));
        assert_eq!(held("== 3"), Some(vec![3]));
        assert_eq!(held("=3"), held("==3"));
        assert_eq!(held("<2"), Some(vec![1]));
        assert_eq!(held("<= 2"), Some(vec![1, 2]));
        assert_eq!(held(" % 3 "), Some(vec![3, 6]));
        for wrong in ["", "x", "% 0", "5x", "! 3", ">"] {
            assert_eq!(held(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_condition_comes_before_the_count() {
        assert_eq!(expression("", 2, ""), "globalThis[Symbol.for('loopscope.hit')](2)");
        assert_eq!(expression("a", 0, ""), "((a\n) && globalThis[Symbol.for('loopscope.hit')](0))");
        assert!(expression("a", 0, "`a`").ends_with("&& (__loopscope.logged = (`a`\n), false))"));
    }
}
