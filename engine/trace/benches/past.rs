//! Figures of the past in memory and on disk: `cargo bench -p loopscope-trace --bench past -- EVENTS` (10 million without a
//! number). Prints what was measured; nothing here passes or fails.

mod common;

use std::fs::File;
use std::hint::black_box;
use std::io::BufWriter;
use std::time::Duration;

use common::{Clock, Run, names};
use loopscope_protocol::*;
use loopscope_trace::node_trace::read_node_trace;
use loopscope_trace::{History, Landmark, Meta, Past, Recording, Writer};

fn rate(events: u64, took: Duration) -> String {
    format!("{:.1} million events a second", events as f64 / took.as_secs_f64() / 1e6)
}

fn jumps(past: &dyn Past, what: &str) {
    let (mut seed, mut longest, mut sum) = (1_u64, Duration::ZERO, Duration::ZERO);
    let count = 200;
    for _ in 0..count {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(99);
        let began = Clock::start();
        black_box(past.state_at((seed >> 20) % past.len()).ok());
        let took = began.elapsed();
        longest = longest.max(took);
        sum += took;
    }
    println!("{what}: state at any moment {:?} on average, {longest:?} at most", sum / count);
    let middle = past.len() / 2;
    let began = Clock::start();
    for landmark in [Landmark::Callback, Landmark::Turn, Landmark::Phase] {
        black_box(past.next(middle, landmark).ok());
        black_box(past.previous(middle, landmark).ok());
    }
    println!("{what}: six steps to landmarks {:?}", began.elapsed());
}

/// Makes up a trace of Node with timers, as long as is asked for.
struct Timers {
    number: u64,
    text: Vec<u8>,
    given: usize,
    left: u64,
}

impl std::io::Read for Timers {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        if self.given == self.text.len() {
            if self.left == 0 {
                return Ok(0);
            }
            self.text.clear();
            self.given = 0;
            let (number, id) = (self.number, self.number + 2);
            let start = if number == 0 { "{\"traceEvents\":[" } else { "" };
            let common =
                "\"pid\":7,\"tid\":7,\"tts\":1,\"dur\":0,\"tdur\":0,\"cat\":\"node,node.async_hooks\"";
            let data = "\"args\":{\"data\":{\"triggerAsyncId\":1,\"executionAsyncId\":1}}";
            self.text.extend(format!("{start}{{{common},\"ts\":{},\"ph\":\"b\",\"name\":\"Timeout\",\"id\":\"0x{id:x}\",{data}}},", number * 90).bytes());
            for (ph, after) in [("b", 40), ("e", 55)] {
                let at = number * 90 + after;
                self.text.extend(format!("{{{common},\"ts\":{at},\"ph\":\"{ph}\",\"name\":\"Timeout_CALLBACK\",\"id\":\"0x{id:x}\",\"args\":{{}}}},").bytes());
            }
            self.number += 1;
            self.left = self.left.saturating_sub(self.text.len() as u64);
            if self.left == 0 {
                self.text.extend(b"{}]}");
            }
        }
        let length = bytes.len().min(self.text.len() - self.given);
        bytes[..length].copy_from_slice(&self.text[self.given..self.given + length]);
        self.given += length;
        Ok(length)
    }
}

fn node_trace(megabytes: u64) {
    let began = Clock::start();
    let input = || Timers { number: 0, text: Vec::new(), given: 0, left: megabytes << 20 };
    drop(std::io::copy(&mut input(), &mut std::io::sink()));
    let making = began.elapsed();
    let began = Clock::start();
    match read_node_trace(input()) {
        Ok(read) => println!(
            "a trace of Node of {megabytes} MB: {} events of the run after {:?}",
            read.history.len(),
            began.elapsed().saturating_sub(making)
        ),
        Err(failed) => println!("{failed}"),
    }
}

fn main() {
    let events: u64 = std::env::args().filter_map(|arg| arg.parse().ok()).next().unwrap_or(10_000_000);
    // 500 MB for 10 million events.
    node_trace((events / 20_000).clamp(1, 500));
    for waiting in [0, 20_000] {
        println!("== {events} events, {waiting} timers that wait");
        let began = Clock::start();
        let mut sum = 0_u64;
        for event in Run::new(waiting).take(events as usize) {
            sum = sum.wrapping_add(event.at);
        }
        let making = began.elapsed();
        black_box(sum);

        if events <= 20_000_000 {
            let mut history = History::default();
            names().for_each(|record| history.apply(&record));
            let began = Clock::start();
            for event in Run::new(waiting).take(events as usize) {
                history.apply(&Record::Event(event));
            }
            let took = began.elapsed().saturating_sub(making);
            let (memory, _) = history.size();
            println!(
                "in memory: {}, {:.2} bytes an event",
                rate(events, took),
                memory as f64 / events as f64
            );
            jumps(&history, "in memory");
        }

        let path = std::env::temp_dir().join(format!("loopscope-bench-{}.loopscope", std::process::id()));
        let Ok(file) = File::create(&path) else { return eprintln!("no temporary file") };
        let Ok(mut writer) = Writer::new(BufWriter::new(file), &Meta::default()) else { return };
        let began = Clock::start();
        for record in names().chain(Run::new(waiting).take(events as usize).map(Record::Event)) {
            if let Err(failed) = writer.record(&record) {
                return eprintln!("{failed}");
            }
        }
        let Ok((_, bytes)) = writer.finish() else { return };
        let took = began.elapsed().saturating_sub(making);
        println!("on disk: {}, {:.2} bytes an event", rate(events, took), bytes as f64 / events as f64);
        let began = Clock::start();
        let opened = File::open(&path).map(Recording::open);
        let took = began.elapsed();
        if let Ok(Ok(recording)) = opened {
            println!("on disk: opened in {took:?}");
            jumps(&recording, "on disk");
        }
        drop(std::fs::remove_file(&path));
    }
}
