//! A CPU profile in time: which functions were on the stack when, and the same added up.

use std::collections::HashMap;

use serde_json::Value;

use super::Function;

/// A function at a place of the tree of calls.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The function.
    pub function: Function,
    /// The one that called it.
    pub parent: Option<usize>,
    /// Those that it called.
    pub children: Vec<usize>,
    /// Time in the function itself, in microseconds.
    pub own: u64,
    /// Time in it and in what it called, in microseconds.
    pub total: u64,
}

/// A stretch of time in which a function was on the stack, in microseconds from the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// When it began.
    pub from: u64,
    /// When it ended.
    pub to: u64,
    /// The function, by its place in the tree.
    pub node: usize,
}

/// A CPU profile.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Flame {
    /// The tree of calls; parents come before their children.
    pub nodes: Vec<Node>,
    /// What was on the stack, by depth, in order of time.
    pub rows: Vec<Vec<Span>>,
    /// Length of the profile, in microseconds.
    pub end: u64,
    /// Time in which something ran, in microseconds.
    pub busy: u64,
    /// Those that nobody called, the one that took most first, without the time in which nothing ran.
    pub roots: Vec<usize>,
    /// All functions with the places at which they were called, the one that took most time itself first.
    pub heaviest: Vec<Group>,
}

/// What V8 calls the work of the garbage collector.
const COLLECTOR: &str = "(garbage collector)";

/// What V8 calls the time in which nothing runs.
const NOTHING: [&str; 2] = ["(idle)", "(root)"];

impl Flame {
    /// Reads V8's profile: `nodes` with `id`, `callFrame` and `children` (or `parent`), `samples` (ids) with `timeDeltas`
    /// (microseconds). `None` when it is none.
    pub fn read(profile: &Value) -> Option<Self> {
        let listed = profile["nodes"].as_array()?;
        let samples = profile["samples"].as_array()?;
        let places: HashMap<i64, usize> = listed
            .iter()
            .enumerate()
            .filter_map(|(index, node)| Some((node["id"].as_i64()?, index)))
            .collect();
        let mut nodes: Vec<_> = listed
            .iter()
            .map(|node| Node {
                function: Function::read(&node["callFrame"]),
                parent: node["parent"].as_i64().and_then(|id| places.get(&id).copied()),
                children: Vec::new(),
                own: 0,
                total: 0,
            })
            .collect();
        for (index, node) in listed.iter().enumerate() {
            for child in node["children"].as_array().into_iter().flatten() {
                if let Some(&child) =
                    child.as_i64().and_then(|id| places.get(&id)).filter(|child| **child != index)
                {
                    nodes[child].parent = Some(index);
                }
            }
        }
        let parents: Vec<_> = nodes.iter().map(|node| node.parent).collect();
        for (index, parent) in parents.into_iter().enumerate() {
            if let Some(parent) = parent {
                nodes[parent].children.push(index);
            }
        }
        let mut flame = Self { nodes, ..Self::default() };
        let deltas = profile["timeDeltas"].as_array().map_or(&[][..], Vec::as_slice);
        let delta =
            |index: usize| deltas.get(index).and_then(Value::as_i64).map_or(0, |delta| delta.max(0) as u64);
        let mut open: Vec<(usize, u64)> = Vec::new();
        let mut now = 0;
        for (index, sample) in samples.iter().enumerate() {
            let Some(&node) = sample.as_i64().and_then(|id| places.get(&id)) else { continue };
            // The first delta leads from the beginning to the first sample; a sample holds until the next one.
            let next = now + delta(index + 1);
            let mut stack = flame.stack(node);
            if flame.nodes[node].function.name == COLLECTOR {
                // It runs on top of what ran before it.
                let running = open.iter().map(|open| open.0).filter(|&at| !stack.contains(&at));
                stack = running.collect::<Vec<_>>().into_iter().chain([node]).collect();
            }
            let same = open.iter().zip(&stack).take_while(|(open, node)| open.0 == **node).count();
            flame.close(&mut open, same, now);
            open.extend(stack[same..].iter().map(|&node| (node, now)));
            flame.nodes[node].own += next - now;
            if !stack.is_empty() {
                flame.busy += next - now;
            }
            now = next;
        }
        flame.close(&mut open, 0, now);
        flame.end = now;
        flame.add_up();
        flame.roots = flame.find_roots();
        flame.heaviest = flame.find_heaviest();
        Some(flame)
    }

    /// The functions on the stack, outermost first; none while nothing runs.
    fn stack(&self, node: usize) -> Vec<usize> {
        let mut stack = Vec::new();
        let mut at = Some(node);
        while let Some(index) = at.filter(|_| stack.len() < self.nodes.len()) {
            if !NOTHING.contains(&&*self.nodes[index].function.name) {
                stack.push(index);
            }
            at = self.nodes[index].parent;
        }
        stack.reverse();
        // What the runtime does before it comes to the script says little.
        let first = stack.iter().position(|&index| !self.nodes[index].function.is_internal());
        stack.drain(..first.unwrap_or(0));
        stack
    }

    fn close(&mut self, open: &mut Vec<(usize, u64)>, depth: usize, now: u64) {
        for at in (depth..open.len()).rev() {
            let (node, from) = open[at];
            if self.rows.len() <= at {
                self.rows.resize(at + 1, Vec::new());
            }
            if now > from {
                self.rows[at].push(Span { from, to: now, node });
            }
        }
        open.truncate(depth);
    }

    /// What is inside of a function counts for it, too.
    fn add_up(&mut self) {
        for node in &mut self.nodes {
            node.total = node.own;
        }
        // From the leaves: a node is added when all of its children have been.
        let mut left: Vec<_> = self.nodes.iter().map(|node| node.children.len()).collect();
        let mut ready: Vec<_> = (0..left.len()).filter(|&index| left[index] == 0).collect();
        while let Some(index) = ready.pop() {
            if let Some(parent) = self.nodes[index].parent {
                self.nodes[parent].total += self.nodes[index].total;
                left[parent] -= 1;
                if left[parent] == 0 {
                    ready.push(parent);
                }
            }
        }
    }

    fn find_roots(&self) -> Vec<usize> {
        let is_top = |node: &Node| {
            let parent = node.parent.map(|parent| &*self.nodes[parent].function.name);
            !NOTHING.contains(&&*node.function.name) && parent.is_none_or(|parent| NOTHING.contains(&parent))
        };
        let mut left: Vec<_> = (0..self.nodes.len()).filter(|&index| is_top(&self.nodes[index])).collect();
        let mut found = Vec::new();
        let leads = self.lead_to_scripts();
        while let Some(index) = left.pop() {
            if self.nodes[index].function.is_internal() && leads[index] {
                left.extend(&self.nodes[index].children);
            } else {
                found.push(index);
            }
        }
        self.sorted(found)
    }

    /// Which functions are ones of scripts, or lead to one.
    fn lead_to_scripts(&self) -> Vec<bool> {
        let mut leads = vec![false; self.nodes.len()];
        for start in 0..self.nodes.len() {
            if self.nodes[start].function.is_internal() {
                continue;
            }
            let mut at = Some(start);
            while let Some(index) = at.filter(|&index| !leads[index]) {
                leads[index] = true;
                at = self.nodes[index].parent;
            }
        }
        leads
    }

    /// Those that a function called, the one that took most first.
    pub fn called(&self, node: usize) -> Vec<usize> {
        self.sorted(self.nodes[node].children.clone())
    }

    fn sorted(&self, mut nodes: Vec<usize>) -> Vec<usize> {
        nodes.retain(|&index| self.nodes[index].total > 0);
        nodes.sort_by_key(|&index| std::cmp::Reverse(self.nodes[index].total));
        nodes
    }

    fn find_heaviest(&self) -> Vec<Group> {
        let all = (0..self.nodes.len()).filter(|&index| {
            self.nodes[index].own > 0 && !NOTHING.contains(&&*self.nodes[index].function.name)
        });
        let mut groups = self.grouped(all.map(|index| (index, index)));
        // Calls of a function by itself count once.
        let mut totals: HashMap<&Function, u64> = HashMap::new();
        for (index, node) in self.nodes.iter().enumerate() {
            if !self.is_inside(index, &node.function) {
                *totals.entry(&node.function).or_default() += node.total;
            }
        }
        for group in &mut groups {
            group.total = totals.get(&group.function).copied().unwrap_or(group.own);
        }
        groups
    }

    /// Who called the functions of a group, as far as they led to its time.
    pub fn callers(&self, group: &Group) -> Vec<Group> {
        let pairs = group.pairs.iter().filter_map(|&(leaf, at)| {
            let parent = self.nodes[at].parent?;
            (!NOTHING.contains(&&*self.nodes[parent].function.name)).then_some((leaf, parent))
        });
        self.grouped(pairs)
    }

    /// Whether somebody called the functions of a group.
    pub fn is_called(&self, group: &Group) -> bool {
        let mut parents = group.pairs.iter().filter_map(|pair| self.nodes[pair.1].parent);
        parents.any(|parent| !NOTHING.contains(&&*self.nodes[parent].function.name))
    }

    fn grouped(&self, pairs: impl Iterator<Item = (usize, usize)>) -> Vec<Group> {
        let mut groups: HashMap<&Function, Group> = HashMap::new();
        for (leaf, at) in pairs {
            let function = &self.nodes[at].function;
            let new = || Group { function: function.clone(), own: 0, total: 0, pairs: Vec::new() };
            let group = groups.entry(function).or_insert_with(new);
            group.own += self.nodes[leaf].own;
            group.pairs.push((leaf, at));
        }
        let mut groups: Vec<_> = groups.into_values().collect();
        for group in &mut groups {
            group.total = group.own;
        }
        groups.sort_by(|a, b| b.own.cmp(&a.own).then_with(|| a.function.cmp(&b.function)));
        groups
    }

    fn is_inside(&self, place: usize, function: &Function) -> bool {
        let mut at = self.nodes[place].parent;
        let mut steps = 0;
        while let Some(index) = at.filter(|_| steps < self.nodes.len()) {
            if self.nodes[index].function == *function {
                return true;
            }
            at = self.nodes[index].parent;
            steps += 1;
        }
        false
    }
}

/// A function with what it took, wherever it was called.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The function.
    pub function: Function,
    /// Time of the functions that it led to; its own in the list of all.
    pub own: u64,
    /// Time in it and in what it called; the same as its own time further up.
    pub total: u64,
    /// The places in the tree: whose time it is, and where this function is above it.
    pairs: Vec<(usize, usize)>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn profile() -> Value {
        let node = |id: i64, name: &str, children: &[i64]| json!({ "id": id, "callFrame": { "functionName": name, "url": "file:///a.js", "lineNumber": id }, "children": children });
        json!({
            "nodes": [node(1, "(root)", &[2, 5]), node(2, "main", &[3, 4]), node(3, "parse", &[6]), node(4, "write", &[7]), node(5, "(idle)", &[]),
                node(6, "read", &[]), node(7, "read", &[])],
            "samples": [2, 3, 6, 5, 4, 7],
            "timeDeltas": [5, 10, 20, 30, 40, 50, 60],
        })
    }

    #[test]
    fn samples_become_stretches_of_time() {
        let flame = Flame::read(&profile()).unwrap();
        let spans = |row: usize| {
            let name = |span: &Span| flame.nodes[span.node].function.name.clone();
            flame.rows[row].iter().map(|span| (name(span), span.from, span.to)).collect::<Vec<_>>()
        };
        assert_eq!(spans(0), [("main".to_owned(), 0, 60), ("main".to_owned(), 100, 210)]);
        assert_eq!(spans(1), [("parse".to_owned(), 10, 60), ("write".to_owned(), 100, 210)]);
        assert_eq!(spans(2), [("read".to_owned(), 30, 60), ("read".to_owned(), 150, 210)]);
        assert_eq!((flame.end, flame.busy), (210, 170));
    }

    #[test]
    fn times_are_added_up_downwards_and_upwards() {
        let flame = Flame::read(&profile()).unwrap();
        let main = flame.roots.clone();
        let named = |index: &usize| (flame.nodes[*index].function.name.as_str(), flame.nodes[*index].total);
        assert_eq!(main.iter().map(named).collect::<Vec<_>>(), [("main", 170)]);
        assert_eq!(
            flame.called(main[0]).iter().map(named).collect::<Vec<_>>(),
            [("write", 110), ("parse", 50)]
        );
        let all = flame.heaviest.clone();
        let told = |group: &Group| (group.function.name.clone(), group.own);
        // The two places of `read` are two functions of that name: their lines differ.
        assert_eq!(told(&all[0]), ("read".to_owned(), 60));
        let callers = flame.callers(&all[0]);
        assert_eq!(told(&callers[0]), ("write".to_owned(), 60));
        assert_eq!(told(&flame.callers(&callers[0])[0]), ("main".to_owned(), 60));
    }

    #[test]
    fn what_is_no_profile_is_none_and_odd_ones_are_harmless() {
        assert!(Flame::read(&json!({})).is_none());
        let loops = json!({
            "nodes": [{ "id": 1, "callFrame": {}, "children": [2] }, { "id": 2, "callFrame": {}, "children": [1, 2, 9] }],
            "samples": [1, 2, 7, "x"], "timeDeltas": [1, -5, 3],
        });
        assert!(Flame::read(&loops).is_some());
    }
}
