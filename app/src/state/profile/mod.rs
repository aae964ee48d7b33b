//! Profiles of a run, taken by V8's inspector: where the time went, what was allocated, which lines ran.
//!
//! Nothing in here waits, sends or writes: [`Profiles`] makes requests of the Chrome DevTools Protocol (domains `Profiler`
//! and `HeapProfiler`) and takes its answers; what it has made is asked for at the end.

pub mod allocations;
pub mod coverage;
pub mod cpu;
pub mod flame;
pub mod heap;
pub mod shown;

use std::collections::HashMap;

use serde_json::{Value, json};

/// Name of the breakpoint of the loop that holds the run before it ends.
const END: &str = "profiles";

/// Bytes between two samples of the allocations, on average: V8's own default.
const ALLOCATION_INTERVAL: u32 = 32 * 1024;

/// What there is to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Where the time went: a `.cpuprofile`.
    Cpu,
    /// Which functions allocated what is still in use: a `.heapprofile`.
    Allocations,
    /// How often each part of each script ran: coverage as V8 writes it.
    Coverage,
    /// Everything that is in use: a `.heapsnapshot`.
    Heap,
}

impl Kind {
    /// In words, as the beginning of a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cpu => "The CPU profile",
            Self::Allocations => "The profile of allocations",
            Self::Coverage => "The coverage",
            Self::Heap => "The heap snapshot",
        }
    }

    /// What has to be asked before the run begins.
    pub fn begin(self) -> Vec<(&'static str, Value)> {
        match self {
            Self::Cpu => vec![("Profiler.enable", json!({})), ("Profiler.start", json!({}))],
            Self::Coverage => vec![
                ("Profiler.enable", json!({})),
                ("Profiler.startPreciseCoverage", json!({ "callCount": true, "detailed": true })),
            ],
            Self::Allocations => {
                let params = json!({ "samplingInterval": ALLOCATION_INTERVAL });
                vec![("HeapProfiler.startSampling", params)]
            }
            Self::Heap => Vec::new(),
        }
    }

    /// What is asked at the end; its answer is the profile.
    pub fn end(self) -> &'static str {
        match self {
            Self::Cpu => "Profiler.stop",
            Self::Allocations => "HeapProfiler.stopSampling",
            Self::Coverage => "Profiler.takePreciseCoverage",
            Self::Heap => "HeapProfiler.takeHeapSnapshot",
        }
    }
}

/// What came of a message.
#[derive(Debug, PartialEq)]
pub enum Heard {
    /// Nothing to do.
    Nothing,
    /// The run is about to end: ask for the profiles now.
    Ends,
    /// A part of a heap snapshot, in order.
    Part(String),
    /// A profile is complete; of a heap snapshot all parts have been told.
    Made(Kind, Value),
    /// A profile could not be taken: why.
    Failed(Kind, String),
}

/// The profiles of one run.
#[derive(Debug, Default)]
pub struct Profiles {
    wanted: Vec<Kind>,
    last: i64,
    /// What is being asked; the flag says whether the answer is the profile.
    waiting: HashMap<i64, (Kind, bool)>,
    asked: bool,
}

impl Profiles {
    /// Profiles of these kinds, and the requests to make of a run that waits before its first line: the last one lets it
    /// go.
    pub fn begin(kinds: &[Kind]) -> (Self, Vec<String>) {
        let mut wanted = kinds.to_vec();
        wanted.sort_unstable();
        wanted.dedup();
        let mut profiles = Self { wanted, ..Self::default() };
        let exit = json!([{ "id": END, "enabled": true, "when": { "type": "exit" } }]);
        let mut requests = vec![
            profiles.request("Loopscope.enable", &json!({}), None),
            profiles.request("Loopscope.setLoopBreakpoints", &json!({ "breakpoints": exit }), None),
        ];
        for kind in profiles.wanted.clone() {
            for (method, params) in kind.begin() {
                requests.push(profiles.request(method, &params, Some((kind, false))));
            }
        }
        requests.push(profiles.request("Runtime.runIfWaitingForDebugger", &json!({}), None));
        (profiles, requests)
    }

    fn request(&mut self, method: &str, params: &Value, waiting: Option<(Kind, bool)>) -> String {
        self.last += 1;
        if let Some(waiting) = waiting {
            self.waiting.insert(self.last, waiting);
        }
        json!({ "id": self.last, "method": method, "params": params }).to_string()
    }

    /// The requests that end the profiles; none the second time.
    pub fn end(&mut self) -> Vec<String> {
        if std::mem::replace(&mut self.asked, true) {
            return Vec::new();
        }
        let wanted = self.wanted.clone();
        wanted.into_iter().map(|kind| self.request(kind.end(), &json!({}), Some((kind, true)))).collect()
    }

    /// Whether everything that was asked for at the end is there or has failed.
    pub fn is_complete(&self) -> bool {
        self.asked && self.wanted.is_empty()
    }

    /// What is still to come.
    pub fn missing(&self) -> &[Kind] {
        &self.wanted
    }

    /// Takes a message of the inspector's.
    pub fn hear(&mut self, mut message: Value) -> Heard {
        if message["method"] == "Loopscope.paused" && message["params"]["reason"] == "exit" {
            return Heard::Ends;
        }
        if message["method"] == "HeapProfiler.addHeapSnapshotChunk" {
            let part = message["params"]["chunk"].take();
            return part.as_str().map_or(Heard::Nothing, |part| Heard::Part(part.to_owned()));
        }
        let Some((kind, is_last)) = message["id"].as_i64().and_then(|id| self.waiting.remove(&id)) else {
            return Heard::Nothing;
        };
        if let Some(error) = message.get("error") {
            let is_wanted = self.wanted.contains(&kind);
            self.wanted.retain(|wanted| *wanted != kind);
            let text = error["message"].as_str().unwrap_or("V8 gave no reason").to_owned();
            // What could not begin fails once, not again at the end.
            return if is_wanted { Heard::Failed(kind, text) } else { Heard::Nothing };
        }
        if !is_last {
            return Heard::Nothing;
        }
        self.wanted.retain(|wanted| *wanted != kind);
        let mut result = message["result"].take();
        match kind {
            Kind::Coverage => Heard::Made(kind, json!({ "result": result["result"].take() })),
            Kind::Cpu | Kind::Allocations => Heard::Made(kind, result["profile"].take()),
            Kind::Heap => Heard::Made(kind, Value::Null),
        }
    }
}

/// A function in the lists of profiles: its name and where it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Function {
    /// Name; V8's own word for what is no function, such as `(garbage collector)`.
    pub name: String,
    /// URL of its script; empty for what is no function of a script.
    pub url: String,
    /// Line, from 1; 0 when it has none.
    pub line: i64,
}

impl Function {
    /// Reads a `callFrame`.
    fn read(frame: &Value) -> Self {
        let text = |key: &str| frame[key].as_str().unwrap_or_default().to_owned();
        let mut name = text("functionName");
        if name.is_empty() {
            "(anonymous)".clone_into(&mut name);
        }
        Self { name, url: text("url"), line: frame["lineNumber"].as_i64().unwrap_or(-1) + 1 }
    }

    /// Whether it is part of V8 or of the runtime.
    pub fn is_internal(&self) -> bool {
        self.url.is_empty() || self.url.starts_with("node:")
    }

    /// Name and place, such as `parse  a.js:3`.
    pub fn text(&self) -> String {
        let file = self.url.rsplit('/').next().unwrap_or_default();
        match (file, self.line) {
            ("", _) => self.name.clone(),
            (file, 0) => format!("{}  {file}", self.name),
            (file, line) => format!("{}  {file}:{line}", self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(request: &str) -> i64 {
        serde_json::from_str::<Value>(request).unwrap()["id"].as_i64().unwrap()
    }

    #[test]
    fn profiles_begin_before_the_run_and_end_where_it_ends() {
        let (mut profiles, requests) = Profiles::begin(&[Kind::Coverage, Kind::Cpu]);
        assert!(requests.last().is_some_and(|last| last.contains("runIfWaitingForDebugger")));
        assert!(requests.iter().any(|request| request.contains("Profiler.start")));
        assert!(requests.iter().any(|request| request.contains(r#""type":"exit""#)));
        assert_eq!(profiles.hear(json!({ "id": 1, "result": {} })), Heard::Nothing);
        let paused = json!({ "method": "Loopscope.paused", "params": { "reason": "exit" } });
        assert_eq!(profiles.hear(paused), Heard::Ends);
        let asked = profiles.end();
        assert_eq!(asked.len(), 2);
        assert!(profiles.end().is_empty(), "once is enough");
        let answer = json!({ "id": id(&asked[0]), "result": { "profile": { "nodes": [] } } });
        assert_eq!(profiles.hear(answer), Heard::Made(Kind::Cpu, json!({ "nodes": [] })));
        assert!(!profiles.is_complete());
        assert_eq!(
            profiles.hear(json!({ "id": id(&asked[1]), "result": { "result": [] } })),
            Heard::Made(Kind::Coverage, json!({ "result": [] }))
        );
        assert!(profiles.is_complete());
    }

    #[test]
    fn a_heap_snapshot_comes_in_parts() {
        let (mut profiles, _) = Profiles::begin(&[Kind::Heap]);
        let asked = profiles.end();
        let part = json!({ "method": "HeapProfiler.addHeapSnapshotChunk", "params": { "chunk": "{}" } });
        assert_eq!(profiles.hear(part), Heard::Part("{}".to_owned()));
        let answer = json!({ "id": id(&asked[0]), "result": {} });
        assert_eq!(profiles.hear(answer), Heard::Made(Kind::Heap, Value::Null));
    }

    #[test]
    fn what_cannot_begin_fails_once() {
        let (mut profiles, requests) = Profiles::begin(&[Kind::Allocations]);
        let begun = requests.iter().find(|request| request.contains("startSampling")).unwrap();
        let refused = json!({ "id": id(begun), "error": { "message": "no" } });
        assert_eq!(profiles.hear(refused), Heard::Failed(Kind::Allocations, "no".to_owned()));
        assert!(profiles.end().is_empty());
        assert!(profiles.is_complete());
    }

    #[test]
    fn messages_that_are_none_are_passed_over() {
        let (mut profiles, _) = Profiles::begin(&[Kind::Cpu]);
        for message in [json!(null), json!([1]), json!({ "id": "x" }), json!({ "id": 99, "result": 1 })] {
            assert_eq!(profiles.hear(message), Heard::Nothing);
        }
    }
}
