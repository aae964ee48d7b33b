//! Profiles of the run that is debugged: begun and ended by hand, or ended by the end of the run.

use serde_json::{Value, json};

use super::{Debugger, Purpose};
use crate::state::profile::Kind;

/// Name of the breakpoint of the loop that holds the run before it ends, so that a profile is whole.
pub(super) const END: &str = "profiles";

/// Scripts whose texts are fetched for coverage.
const SCRIPTS_MOST: usize = 500;

/// Profiles that are being taken, and those that are there.
#[derive(Default)]
pub(super) struct Profiling {
    recording: Option<Kind>,
    /// It has been asked to end.
    ends: bool,
    /// The run was held at its end only for the profile.
    holds: bool,
    made: Option<(Kind, Value)>,
    /// Coverage whose scripts' texts are being fetched, and how many are missing.
    coverage: Option<(Value, usize)>,
    /// The pieces of a heap snapshot so far.
    snapshot: Option<String>,
    whole_snapshot: Option<String>,
    /// The run is to go on from between two callbacks.
    goes_on: bool,
}

impl Profiling {
    /// Whether the run is to be held at its end.
    pub(super) fn waits_for_end(&self) -> bool {
        self.recording.is_some()
    }
}

impl Debugger {
    /// What is being recorded.
    pub fn recording(&self) -> Option<Kind> {
        self.profiling.recording
    }

    /// Begins a profile.
    pub fn start_profile(&mut self, kind: Kind) {
        if self.profiling.recording.is_some() || self.is_over {
            return;
        }
        self.profiling.recording = Some(kind);
        self.profiling.ends = false;
        for (method, params) in kind.begin() {
            self.ask(method, params, Purpose::Begun);
        }
        self.send_loop_breakpoints();
    }

    /// Ends it; the profile is there soon.
    pub fn stop_profile(&mut self) {
        let Some(kind) = self.profiling.recording else { return };
        if !std::mem::replace(&mut self.profiling.ends, true) {
            self.ask(kind.end(), json!({}), Purpose::Profile(kind));
        }
    }

    /// A profile that is there, once.
    pub fn take_profile(&mut self) -> Option<(Kind, Value)> {
        self.profiling.made.take()
    }

    /// Takes a picture of the heap.
    pub fn take_heap_snapshot(&mut self) {
        if self.profiling.snapshot.is_none() {
            self.profiling.snapshot = Some(String::new());
            self.ask("HeapProfiler.takeHeapSnapshot", json!({ "reportProgress": false }), Purpose::Snapshot);
        }
    }

    /// Whether a picture of the heap is being taken.
    pub fn takes_snapshot(&self) -> bool {
        self.profiling.snapshot.is_some()
    }

    /// A picture of the heap that is there, once: what belongs into a `.heapsnapshot`.
    pub fn take_snapshot(&mut self) -> Option<String> {
        self.profiling.whole_snapshot.take()
    }

    /// Whether the run is to go on that was held for a profile, once.
    pub fn take_going_on(&mut self) -> bool {
        std::mem::take(&mut self.profiling.goes_on)
    }

    pub(super) fn hear_chunk(&mut self, params: &Value) {
        if let (Some(snapshot), Some(chunk)) = (&mut self.profiling.snapshot, params["chunk"].as_str()) {
            snapshot.push_str(chunk);
        }
    }

    pub(super) fn hear_snapshot(&mut self) {
        self.profiling.whole_snapshot = self.profiling.snapshot.take();
    }

    pub(super) fn fail_profile(&mut self, text: &str) {
        self.problem = Some(format!("The profile cannot be taken: {text}"));
        self.profiling.snapshot = None;
        self.finish_profile(None);
    }

    pub(super) fn hear_profile(&mut self, kind: Kind, mut result: Value) {
        if kind == Kind::Allocations {
            self.name_scripts(&mut result["profile"]["head"]);
        }
        match kind {
            Kind::Cpu | Kind::Allocations => self.finish_profile(Some((kind, result["profile"].take()))),
            // Taken by itself, at any time.
            Kind::Heap => self.finish_profile(None),
            Kind::Coverage => {
                self.ask("Profiler.stopPreciseCoverage", json!({}), Purpose::Nothing);
                let scripts = result["result"].take();
                let ids: Vec<_> = scripts
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter(|script| {
                        script["url"].as_str().is_some_and(|url| !url.is_empty() && !url.starts_with("node:"))
                    })
                    .filter_map(|script| script["scriptId"].as_str().map(str::to_owned))
                    .take(SCRIPTS_MOST)
                    .collect();
                self.profiling.coverage = Some((json!({ "result": scripts, "sources": {} }), ids.len()));
                for script in ids {
                    let purpose = Purpose::Covered(script.clone());
                    self.ask("Debugger.getScriptSource", json!({ "scriptId": script }), purpose);
                }
                self.finish_coverage();
            }
        }
    }

    /// Puts the scripts into a profile of allocations that V8 has forgotten: nothing of them is in use any more.
    fn name_scripts(&self, head: &mut Value) {
        let mut nodes = vec![head];
        while let Some(node) = nodes.pop() {
            let Some(node) = node.as_object_mut() else { continue };
            if let Some(frame) = node.get_mut("callFrame").filter(|frame| frame["url"] == "")
                && let Some(path) = frame["scriptId"].as_str().and_then(|script| self.scripts.get(script))
            {
                frame["url"] = path.as_str().into();
            }
            nodes.extend(node.get_mut("children").and_then(Value::as_array_mut).into_iter().flatten());
        }
    }

    /// The text of a script in the coverage; without one, its file is read.
    pub(super) fn hear_covered(&mut self, script: &str, mut text: Value) {
        if let Some((coverage, missing)) = &mut self.profiling.coverage {
            *missing -= 1;
            coverage["sources"][script] = text.take();
            self.finish_coverage();
        }
    }

    fn finish_coverage(&mut self) {
        if let Some((coverage, _)) = self.profiling.coverage.take_if(|(_, missing)| *missing == 0) {
            self.finish_profile(Some((Kind::Coverage, coverage)));
        }
    }

    fn finish_profile(&mut self, made: Option<(Kind, Value)>) {
        let profiling = &mut self.profiling;
        profiling.recording = None;
        profiling.made = made.or(profiling.made.take());
        profiling.goes_on |= std::mem::take(&mut profiling.holds);
        self.send_loop_breakpoints();
    }

    /// The run stands between two callbacks. Whether it does so only for a profile.
    pub(super) fn ends_profile(&mut self, params: &Value) -> bool {
        if self.profiling.recording.is_none() || params["reason"] != "exit" {
            return false;
        }
        self.stop_profile();
        self.profiling.holds = params["breakpointId"] == END;
        self.profiling.holds
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Breakpoints, Exceptions};
    use super::*;

    fn asked(debugger: &mut Debugger) -> Vec<Value> {
        debugger.take_requests().iter().map(|text| serde_json::from_str(text).unwrap()).collect()
    }

    fn of(requests: &[Value], method: &str) -> Value {
        let found = requests.iter().find(|request| request["method"] == method);
        found.cloned().unwrap_or_else(|| panic!("{method} was not asked"))
    }

    #[test]
    fn a_profile_ends_with_the_run_which_goes_on_then() {
        let mut debugger = Debugger::attach(&Breakpoints::default(), Exceptions::Never, &[]);
        asked(&mut debugger);
        debugger.start_profile(Kind::Cpu);
        let begun = asked(&mut debugger);
        let stop = &of(&begun, "Loopscope.setLoopBreakpoints")["params"]["breakpoints"][0];
        assert_eq!((&stop["id"], &stop["when"]["type"]), (&json!(END), &json!("exit")));
        debugger.hear(
            json!({ "method": "Loopscope.paused", "params": { "reason": "exit", "breakpointId": END } }),
        );
        assert!(debugger.paused().is_none(), "it stands for the profile only");
        let ended = of(&asked(&mut debugger), "Profiler.stop");
        assert!(!debugger.take_going_on());
        debugger.hear(json!({ "id": ended["id"], "result": { "profile": { "nodes": [] } } }));
        assert!(debugger.take_going_on());
        assert_eq!(debugger.take_profile(), Some((Kind::Cpu, json!({ "nodes": [] }))));
        assert_eq!(debugger.recording(), None);
    }

    #[test]
    fn allocations_have_scripts_that_v8_has_forgotten() {
        let mut debugger = Debugger::attach(&Breakpoints::default(), Exceptions::Never, &[]);
        debugger.hear(
            json!({ "method": "Debugger.scriptParsed", "params": { "scriptId": "7", "url": "file:///a.js" } }),
        );
        debugger.start_profile(Kind::Allocations);
        asked(&mut debugger);
        debugger.stop_profile();
        let ended = asked(&mut debugger);
        let node = |script: &str, children: Value| {
            let frame = json!({ "functionName": "f", "scriptId": script, "url": "", "lineNumber": -1 });
            json!({ "callFrame": frame, "children": children })
        };
        let head = node("0", json!([node("7", json!([])), node("9", json!([]))]));
        debugger.hear(json!({ "id": ended[0]["id"], "result": { "profile": { "head": head } } }));
        let (_, profile) = debugger.take_profile().unwrap();
        let url = |index: usize| profile["head"]["children"][index]["callFrame"]["url"].clone();
        assert_eq!((url(0), url(1)), (json!("/a.js"), json!("")));
    }

    #[test]
    fn coverage_has_the_texts_of_its_scripts() {
        let mut debugger = Debugger::attach(&Breakpoints::default(), Exceptions::Never, &[]);
        debugger.start_profile(Kind::Coverage);
        asked(&mut debugger);
        debugger.stop_profile();
        debugger.stop_profile();
        let requests = asked(&mut debugger);
        assert_eq!(requests.len(), 1, "once is enough");
        let scripts =
            json!([{ "scriptId": "7", "url": "file:///a.js" }, { "scriptId": "1", "url": "node:fs" }]);
        debugger.hear(json!({ "id": requests[0]["id"], "result": { "result": scripts } }));
        assert!(debugger.take_profile().is_none());
        let source = of(&asked(&mut debugger), "Debugger.getScriptSource");
        debugger.hear(json!({ "id": source["id"], "result": { "scriptSource": "a;" } }));
        let (_, profile) = debugger.take_profile().unwrap();
        assert_eq!(profile["sources"], json!({ "7": "a;" }));
    }
}
