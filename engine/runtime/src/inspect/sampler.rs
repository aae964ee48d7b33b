//! The stack of the script, looked at every now and then by V8's own profiler, for those who watch the run.
//!
//! V8 hands a profile out when it is ended: it is ended and begun anew about once a second, when the loop is about to sleep or
//! the watcher asks for records in the middle of a callback, and at the end of the run. Beginning anew takes V8 longer the more
//! functions there are (it goes through all of them), tens of milliseconds in large programs: there it happens more seldom, so
//! that it is a hundredth of the time, and while the loop would sleep anyway if possible.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use loopscope_protocol::{Frame, LoopId, Nanos, PlaceId, Sample, Samples};
use serde::Deserialize;
use v8::inspector::{Channel, StringView, V8Inspector, V8InspectorClientTrustLevel, V8InspectorSession};

use super::{GROUP, strings};
use crate::js::originals::Original;
use crate::js::trace::{name_original, script_path};
use crate::source::source_map::At;
use crate::trace::Tracer;

/// A profile is ended when it is so old, in nanoseconds, and so many times as old as beginning anew takes.
const PATIENCE: (Nanos, Nanos) = (1_000_000_000, 100);

/// One that the loop is about to sleep on for long, when it is so old: nobody would hear of it until it is awake again.
const SLEEPY: (Nanos, Nanos) = (250_000_000, 25);

/// A sleep of the loop that is long for those who watch, in nanoseconds.
const LONG: Nanos = 100_000_000;

/// How often V8 can look, in microseconds.
const INTERVALS: std::ops::RangeInclusive<u32> = 50..=1_000_000;

/// Frames of a stretch: V8 makes one for every way that led to a function.
const FRAMES: usize = 1 << 20;

/// Beginnings of the URLs of the runtime's own scripts.
const INTERNAL: &str = "node:";

/// What V8 answers, last first.
struct Answers(Rc<RefCell<String>>);

impl v8::inspector::ChannelImpl for Answers {
    fn send_response(&self, _call_id: i32, message: v8::UniquePtr<v8::inspector::StringBuffer>) {
        if let Some(message) = message.as_ref() {
            *self.0.borrow_mut() = strings::text(&message.string());
        }
    }

    fn send_notification(&self, _message: v8::UniquePtr<v8::inspector::StringBuffer>) {}

    fn flush_protocol_notifications(&self) {}
}

/// A function as V8 tells it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// V8's number of its script, which tells scripts of one name apart.
    pub script: i32,
    /// URL or path of the script.
    pub url: String,
    /// Line, from 0.
    line: i64,
    /// Column, from 0.
    column: i64,
    /// Its name.
    pub name: String,
}

impl Key {
    /// Where it begins.
    pub fn at(&self) -> At {
        let number = |number: i64| u32::try_from(number).unwrap_or(0);
        At { line: number(self.line), column: number(self.column) }
    }

    /// The place of one that was made from nothing else.
    fn define(&self, tracer: &mut Tracer) -> PlaceId {
        let number = |number: i64| u32::try_from(number + 1).unwrap_or(0);
        let script = script_path(self.url.clone());
        tracer.place_once(&script, &self.name, number(self.line), number(self.column))
    }
}

/// The places of functions that were seen. They are defined once.
pub type Known = HashMap<Key, PlaceId>;

/// A profile that is being taken.
pub struct Sampler {
    session: V8InspectorSession,
    answers: Rc<RefCell<String>>,
    interval: u32,
    /// When it began, on the run's clock.
    began: Nanos,
}

impl Sampler {
    /// Begins to look at the stack every so many microseconds; it is `now` on the run's clock.
    pub fn begin(v8: &V8Inspector, micros: u32, now: impl Fn() -> Nanos) -> Self {
        let answers = Rc::<RefCell<String>>::default();
        let channel = Channel::new(Box::new(Answers(Rc::clone(&answers))));
        let trust = V8InspectorClientTrustLevel::FullyTrusted;
        let session = v8.connect(GROUP, channel, StringView::empty(), trust);
        let mut sampler = Self { session, answers, interval: micros, began: 0 };
        sampler.ask("Profiler.enable", "{}");
        let micros = micros.clamp(*INTERVALS.start(), *INTERVALS.end());
        sampler.ask("Profiler.setSamplingInterval", &format!(r#"{{"interval":{micros}}}"#));
        // V8 notes its own time first of all when it begins.
        sampler.began = now();
        sampler.ask("Profiler.start", "{}");
        sampler
    }

    fn ask(&self, method: &str, params: &str) {
        let request = format!(r#"{{"id":1,"method":"{method}","params":{params}}}"#);
        self.session.dispatch_protocol_message(StringView::from(request.as_bytes()));
    }

    /// How often it looks, in microseconds.
    pub fn interval(&self) -> u32 {
        self.interval
    }

    /// Whether it is time to hear what was seen, at a time of the run's clock, when beginning anew takes `cost` nanoseconds. The
    /// loop is about to sleep for `rest` nanoseconds, or does not.
    pub fn is_due(&self, now: Nanos, rest: Nanos, cost: Nanos) -> bool {
        due_at(now.saturating_sub(self.began), rest, cost)
    }

    /// Ends it; tells what was seen but in the times in which the run stood still. `None` when V8 made nothing of it. `original`
    /// tells what functions were made from.
    pub fn end(
        self,
        stood: &[Range<Nanos>],
        known: &mut Known,
        tracer: &mut Tracer,
        original: impl Fn(&Key) -> Option<Original>,
    ) -> Option<Samples> {
        #[derive(Deserialize)]
        struct Answer {
            result: Taken,
        }
        #[derive(Deserialize)]
        struct Taken {
            profile: Profile,
        }
        self.ask("Profiler.stop", "{}");
        let answer: Answer = serde_json::from_str(&self.answers.take()).ok()?;
        Some(answer.result.profile.samples(self.began, self.interval, stood, &mut |function| {
            *known.entry(function).or_insert_with_key(|function| match original(function) {
                Some(original) => name_original(tracer, original),
                None => function.define(tracer),
            })
        }))
    }
}

/// Whether a profile of this age is to be ended, see [`Sampler::is_due`].
fn due_at(age: Nanos, rest: Nanos, cost: Nanos) -> bool {
    let is_old = |(least, times): (Nanos, Nanos), parts: Nanos| {
        age >= least.max(cost.saturating_mul(times)).saturating_mul(parts)
    };
    let sleeps_long = rest >= LONG.max(cost.saturating_mul(2));
    // Where it would not disturb it is done at the first opportunity, elsewhere when none has come for long.
    sleeps_long && is_old(SLEEPY, 1) || rest > cost && is_old(PATIENCE, 1) || is_old(PATIENCE, 2)
}

/// What is looked at of a profile; see the domain `Profiler` of the protocol.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Profile {
    nodes: Vec<Node>,
    /// Microseconds on V8's clock.
    start_time: f64,
    end_time: f64,
    #[serde(default)]
    samples: Vec<u32>,
    #[serde(default)]
    time_deltas: Vec<f64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Node {
    id: u32,
    call_frame: CallFrame,
    #[serde(default)]
    children: Vec<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CallFrame {
    function_name: String,
    #[serde(default)]
    script_id: String,
    url: String,
    line_number: i64,
    column_number: i64,
}

impl CallFrame {
    /// Whether it stands for no function: the root, waiting, the engine itself.
    fn is_none(&self) -> bool {
        let name = &*self.function_name;
        self.url.is_empty() && matches!(name, "(root)" | "(program)" | "(idle)" | "(garbage collector)")
    }

    fn key(&self) -> Key {
        Key {
            script: self.script_id.parse().unwrap_or(0),
            url: self.url.clone(),
            line: self.line_number,
            column: self.column_number,
            name: self.function_name.clone(),
        }
    }

    /// Whether it is of a script of the user's.
    fn is_own(&self) -> bool {
        !self.url.is_empty() && !self.url.starts_with(INTERNAL)
    }
}

impl Profile {
    /// What was seen. Stacks begin with the first function of the script's.
    fn samples(
        &self,
        began: Nanos,
        interval: u32,
        stood: &[Range<Nanos>],
        place: &mut dyn FnMut(Key) -> PlaceId,
    ) -> Samples {
        let by_id: HashMap<u32, &Node> = self.nodes.iter().map(|node| (node.id, node)).collect();
        // Frames of ours by nodes of V8's: the ones that call come first.
        let (mut frames, mut numbers) = (Vec::new(), HashMap::new());
        let mut by_script = HashSet::new();
        let mut open: Vec<(u32, u32)> = self.nodes.first().map(|root| (root.id, 0)).into_iter().collect();
        while let Some((id, caller)) = open.pop() {
            let Some(node) = by_id.get(&id).filter(|_| !numbers.contains_key(&id)) else { continue };
            let function = &node.call_frame;
            // Of what the runtime does by itself only what the script called is told, not what that called in turn.
            let is_told = function.is_own() || caller > 0 && by_script.contains(&caller);
            let counts = is_told && !function.is_none() && frames.len() < FRAMES;
            let number = if counts {
                frames.push(Frame { caller, place: place(function.key()) });
                let number = u32::try_from(frames.len()).unwrap_or(0);
                if function.is_own() {
                    by_script.insert(number);
                }
                number
            } else {
                caller
            };
            numbers.insert(id, number);
            open.extend(node.children.iter().rev().map(|child| (*child, number)));
        }
        let nanos = |micros: f64| (micros.max(0.0) * 1000.0) as Nanos;
        let to = began + nanos(self.end_time - self.start_time);
        let mut at = 0.0;
        let mut samples = Vec::with_capacity(self.samples.len());
        for (node, delta) in self.samples.iter().zip(&self.time_deltas) {
            at += delta;
            let at = (began + nanos(at)).min(to);
            if !stood.iter().any(|stood| stood.contains(&at)) {
                samples.push(Sample { at, frame: numbers.get(node).copied().unwrap_or(0) });
            }
        }
        samples.sort_by_key(|sample| sample.at);
        let interval = Nanos::from(interval) * 1000;
        Samples { on: LoopId::MAIN, interval, from: began, to, frames, samples }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(id: u32, name: &str, url: &str, children: &[u32]) -> serde_json::Value {
        let frame = serde_json::json!({ "functionName": name, "scriptId": "1", "url": url,
            "lineNumber": 2, "columnNumber": 0 });
        serde_json::json!({ "id": id, "callFrame": frame, "hitCount": 1, "children": children })
    }

    #[test]
    fn profiles_are_seldom_begun_anew_where_that_takes_long() {
        let (ms, cost) = (1_000_000, 40_000_000);
        let due = |age: u64, rest: Nanos, cost| due_at(age * ms, rest, cost);
        assert_eq!([200, 300].map(|age| due(age, Nanos::MAX, 0)), [false, true]);
        assert_eq!([900, 1100].map(|age| due(age, 5 * ms, ms)), [false, true]);
        assert_eq!([1100, 2100].map(|age| due(age, 0, ms)), [false, true]);
        assert_eq!([900, 1100].map(|age| due(age, Nanos::MAX, cost)), [false, true]);
        assert_eq!([3900, 4100].map(|age| due(age, 50 * ms, cost)), [false, true]);
        assert_eq!([4100, 8100].map(|age| due(age, 10 * ms, cost)), [false, true]);
    }

    #[test]
    fn stacks_begin_with_the_script_and_times_are_those_of_the_run() {
        let profile = serde_json::json!({
            "nodes": [
                node(1, "(root)", "", &[2, 3, 7]),
                node(2, "(idle)", "", &[]),
                node(3, "listOnTimeout", "node:internal/timers", &[4, 6]),
                node(4, "late", "file:///x/a.js", &[5]),
                node(5, "stringify", "", &[8]),
                node(8, "helper", "node:internal/x", &[9]),
                node(9, "toJSON", "file:///x/a.js", &[]),
                node(6, "run", "node:internal/tasks", &[]),
                node(7, "(garbage collector)", "", &[]),
            ],
            "startTime": 5000.0, "endTime": 9000.0,
            "samples": [2, 4, 5, 6, 7, 4],
            "timeDeltas": [100, 1000, 1000, -200, 500, 600],
        });
        let profile: Profile = serde_json::from_value(profile).unwrap();
        let mut seen = Vec::new();
        let stood = [2_900_000..3_100_000, 0..1];
        let samples = profile.samples(70, 1000, &stood, &mut |key| {
            seen.push(key.name);
            PlaceId(seen.len() as u32)
        });
        assert_eq!(seen, ["late", "stringify", "toJSON"]);
        let frames: Vec<_> = samples.frames.iter().map(|frame| (frame.caller, frame.place.0)).collect();
        assert_eq!(frames, [(0, 1), (1, 2), (2, 3)]);
        let found: Vec<_> = samples.samples.iter().map(|sample| (sample.at, sample.frame)).collect();
        // The last one fell into a time in which the run stood still.
        assert_eq!(found, [(100_070, 0), (1_100_070, 1), (1_900_070, 0), (2_100_070, 2), (2_400_070, 0)]);
        assert_eq!((samples.from, samples.to, samples.is_sound()), (70, 4_000_070, true));
    }
}
