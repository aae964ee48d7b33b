//! Which threads of a trace have a loop: the main one and the workers of its process.

use std::collections::HashMap;

use loopscope_protocol::LoopId;

use super::entry::{Common, Entry, What};

/// Workers that are followed, as many as a run has loops that are kept.
const MOST: usize = 4096;

/// What a worker is called that has no name of its own.
const NAMELESS: &str = "WorkerThread";

/// A thread with a loop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// Its number in the trace.
    pub number: u32,
    /// Its loop.
    pub id: LoopId,
    /// Name of the worker, if it has one.
    pub name: String,
}

/// The threads with loops, the main one first and then the workers in the order in which they were started, and how many
/// callbacks ran elsewhere: in other processes. Workers are found by what ran on them, and numbered as their threads' names
/// tell (`[worker 2] name`), or else in the order in which they were first heard of.
pub fn find(entries: &[Entry], common: &Common) -> (Vec<Thread>, usize) {
    let (mut heard, mut is_heard) = (Vec::new(), vec![false; common.threads.len()]);
    let mut calls: HashMap<u32, usize> = HashMap::new();
    for entry in entries {
        if entry.what == What::Begins {
            *calls.entry(entry.thread).or_default() += 1;
        }
        let has_loop =
            matches!(entry.what, What::Begins | What::Created | What::Bootstrapped | What::LoopStarts);
        let known = is_heard.get_mut(entry.thread as usize).filter(|_| has_loop);
        if known.is_some_and(|known| !std::mem::replace(known, true)) {
            heard.push(entry.thread);
        }
    }
    let ids = |thread: u32| common.threads.get(thread as usize).copied().unwrap_or_default();
    let is_main = |thread: &&u32| ids(**thread).0 == ids(**thread).1 && calls.contains_key(*thread);
    let with_calls = |thread: &&u32| calls.contains_key(*thread);
    let Some(main) = heard.iter().find(is_main).or_else(|| heard.iter().find(with_calls)).copied() else {
        return (Vec::new(), 0);
    };
    let mut workers: Vec<_> = heard
        .iter()
        .filter(|thread| **thread != main && ids(**thread).0 == ids(main).0)
        .map(|&thread| {
            let (number, name) = common.thread_names.get(&ids(thread)).and_then(|name| worker(name)).unzip();
            (number.unwrap_or(u64::MAX), thread, name.unwrap_or_default())
        })
        .collect();
    // Those without a number stay as they were heard of.
    workers.sort_by_key(|worker| worker.0);
    workers.truncate(MOST);
    let mut threads = vec![Thread { number: main, id: LoopId::MAIN, name: String::new() }];
    threads.extend(workers.into_iter().zip(1..).map(|((_, number, name), id)| Thread {
        number,
        id: LoopId(id),
        name,
    }));
    let shown: usize = threads.iter().filter_map(|thread| calls.get(&thread.number)).sum();
    (threads, calls.values().sum::<usize>() - shown)
}

/// Number and name of a worker by the name of its thread.
fn worker(thread: &str) -> Option<(u64, String)> {
    let (number, name) = thread.strip_prefix("[worker ")?.split_once(']')?;
    let name = name.trim_start();
    Some((number.parse().ok()?, if name == NAMELESS { String::new() } else { name.to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_threads_tell_number_and_name_of_workers() {
        assert_eq!(worker("[worker 2] two]"), Some((2, "two]".to_owned())));
        assert_eq!(worker("[worker 12] WorkerThread"), Some((12, String::new())));
        assert_eq!(worker("PlatformWorkerThread"), None);
        assert_eq!(worker("[worker x] a"), None);
    }
}
