//! How long a frame of the timeline takes to build: `cargo bench -p loopscope --bench timeline -- EVENTS` (10 million without
//! a number). Prints what was measured for each axis and several zooms; nothing here passes or fails.

#[path = "../../engine/trace/benches/common/mod.rs"]
mod common;

use std::time::Duration;

use common::{Clock, Run, names};
use egui::{Context, Pos2, RawInput, Rect, Vec2};
use loopscope::film::Stands;
use loopscope::panel::{Memory, timeline_picture};
use loopscope::state::model::Model;
use loopscope::state::moment::Moment;
use loopscope::state::timeline::axis::AxisMode;
use loopscope::theme;
use loopscope_protocol::{Event, LoopState};

/// Frames of which the median and the longest are told.
const FRAMES: usize = 40;

/// Events that are put into the timeline at once.
const PIECE: usize = 1 << 16;

/// Bytes of memory that the process has.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}

fn main() {
    let events: usize = std::env::args().filter_map(|arg| arg.parse().ok()).next().unwrap_or(10_000_000);
    let (mut model, mut state) = (Model::default(), LoopState::default());
    names().for_each(|record| state.apply(&record));
    let before = memory();
    let began = Clock::start();
    let mut run = Run::new(0).take(events);
    loop {
        let piece: Vec<Event> = run.by_ref().take(PIECE).collect();
        if piece.is_empty() {
            break;
        }
        model.index(&piece, &mut state);
    }
    println!(
        "{events} events indexed in {:?}, {} MB for the timeline",
        began.elapsed(),
        memory().saturating_sub(before) >> 20
    );
    let moment = Moment { number: state.events / 2, state, ..Moment::default() };
    let context = Context::default();
    theme::install_fonts(&context);
    theme::apply(&context);
    let size = Vec2::new(1600.0, 700.0);
    for axis in [AxisMode::Wall, AxisMode::Busy, AxisMode::Order] {
        for zoom in [1.0, 30.0, 1000.0, 100_000.0] {
            let mut memory = Memory::default();
            memory.set_axis(axis);
            let end = model.timeline.end;
            memory.zoom_timeline(&model.timeline, end, zoom, end / 2);
            let mut frames: Vec<Duration> = Vec::new();
            for frame in 0..FRAMES {
                let input = RawInput {
                    screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
                    time: Some(frame as f64 / 60.0),
                    ..RawInput::default()
                };
                let mut stands = Stands::default();
                let began = Clock::start();
                let mut output = context.run_ui(input, |ui| {
                    let mut view = stands.view(&model, &moment, &mut memory, "");
                    timeline_picture(&mut view, ui);
                });
                frames.push(began.elapsed());
                output.textures_delta.clear();
            }
            frames.sort_unstable();
            println!(
                "{axis:?}, zoom {zoom}: frame build {:?} in the middle, {:?} at most",
                frames[FRAMES / 2],
                frames[FRAMES - 1]
            );
        }
    }
}
