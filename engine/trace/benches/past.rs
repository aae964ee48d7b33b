//! Figures of the past in memory and on disk: `cargo bench -p loopscope-trace --bench past -- EVENTS` (10 million without a
//! number). Prints what was measured; nothing here passes or fails.

mod common;

use std::fs::File;
use std::hint::black_box;
use std::io::BufWriter;
use std::time::Duration;

use common::{Clock, Run, names};
use loopscope_protocol::*;
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

fn main() {
    let events: u64 = std::env::args().filter_map(|arg| arg.parse().ok()).next().unwrap_or(10_000_000);
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
