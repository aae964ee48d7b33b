//! A picture of the timeline: a row per kind of callback, phases, threads of the pool, a scale.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

use loopscope_protocol::state::duration;
use loopscope_protocol::{EventKind, LoopId, Nanos, Outcome, TaskKind};

use super::{Drawn, ExportError, Part, frame_name, title};
use crate::past::On;
use crate::runs::{Run, Runs};
use crate::sampled::{self, Callbacks};

/// Width of the rows, in the picture's units.
const WIDTH: f64 = 1180.0;
const LEFT: f64 = 110.0;
const ROW: f64 = 22.0;
const BAR: f64 = 16.0;
const TOP: f64 = 34.0;

/// Callbacks that would be narrower than this are drawn together with their neighbours.
const LEAST: f64 = 0.8;

/// Rows from top to bottom with their colours: Okabe and Ito's, which colour-blind people tell apart.
const ROWS: [(&str, &str); 8] = [
    ("script", "#8a8a8a"),
    ("next ticks", "#d55e00"),
    ("promises", "#cc79a7"),
    ("timers", "#e69f00"),
    ("I/O", "#0072b2"),
    ("immediates", "#009e73"),
    ("close", "#56b4e9"),
    ("other", "#8a8a8a"),
];

/// Letters of a row's name that there is room for.
const NAME: usize = 15;

/// Height of a row of functions that were seen on the stack.
const SEEN_ROW: f64 = 14.0;

/// Colour of such functions.
const SEEN: &str = "#8a8a8a";

/// The row of a run; workers have one each, behind those of the kinds.
fn row_of(run: &Run, workers: &mut Vec<LoopId>) -> usize {
    let on = run.task.on();
    if on != LoopId::MAIN {
        let known = workers.iter().position(|other| *other == on);
        return ROWS.len()
            + known.unwrap_or_else(|| {
                workers.push(on);
                workers.len() - 1
            });
    }
    row_of_kind(run.kind)
}

fn row_of_kind(kind: TaskKind) -> usize {
    match kind {
        TaskKind::MainScript | TaskKind::ModuleEvaluation => 0,
        TaskKind::NextTick => 1,
        TaskKind::Microtask | TaskKind::PromiseReaction => 2,
        TaskKind::Timeout | TaskKind::Interval => 3,
        TaskKind::IoCompletion => 4,
        TaskKind::Immediate => 5,
        TaskKind::Close => 6,
        TaskKind::Message | TaskKind::Signal | TaskKind::Finalizer => 7,
    }
}

/// A bar, or several that are too narrow to tell apart.
struct Bar {
    from: f64,
    to: f64,
    count: u64,
    text: String,
    color: &'static str,
    threw: bool,
}

/// See the module.
pub fn write(part: &Part<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let drawn = Drawn::of(part)?;
    let scale = (WIDTH - LEFT) / drawn.span();
    let x = |at: Nanos| LEFT + at.saturating_sub(drawn.from) as f64 * scale;
    let mut runs = Runs::default();
    let mut rows: Vec<Vec<Bar>> = ROWS.iter().map(|_| Vec::new()).collect();
    let mut pool: BTreeMap<u16, (Option<Nanos>, Vec<Bar>)> = BTreeMap::new();
    let mut waits = Vec::new();
    let mut workers: Vec<LoopId> = Vec::new();
    let is_sampled = !part.past.sampled().is_empty();
    let mut callbacks = Callbacks::default();
    let mut on = On(part.past.state_at(part.range.start)?.on);
    part.past.each(part.range.clone(), &mut |number, event| {
        // Threads of the pool of the main thread's loop.
        let is_main = on.is_main(event);
        match event.kind {
            _ if !is_main => {}
            EventKind::SlotTaken { slot, .. } => pool.entry(slot).or_default().0 = Some(event.at),
            EventKind::SlotFreed { slot } => {
                let entry = pool.entry(slot).or_default();
                if let Some(since) = entry.0.take() {
                    let took = || duration(event.at.saturating_sub(since));
                    add(&mut entry.1, (x(since), x(event.at)), took, "#0072b2", false);
                }
            }
            _ => {}
        }
        let Some(run) = runs.take(number, event) else { return };
        let row = row_of(&run, &mut workers);
        let text = || {
            let waited = run.started.saturating_sub(run.ready);
            format!(
                "#{} {} · {} · waited {}",
                run.task,
                title(&drawn.names, &run),
                duration(run.length()),
                duration(waited)
            )
        };
        let threw = run.outcome == Outcome::Threw;
        rows.resize_with(rows.len().max(row + 1), Vec::new);
        if is_sampled {
            callbacks.take(&run);
        }
        let color = ROWS[row_of_kind(run.kind)].1;
        add(&mut rows[row], (x(run.started), x(run.ended)), text, color, threw);
        let waited_from = run.due.unwrap_or(run.ready);
        if x(run.started) - x(waited_from) > 3.0 && waits.len() < 5000 {
            waits.push((row, x(waited_from), x(run.started)));
        }
    })?;
    let used: Vec<usize> = (0..rows.len()).filter(|row| !rows[*row].is_empty()).collect();
    let seen = seen(part, &drawn, &callbacks, &x)?;
    let height = TOP + (used.len() + pool.len()) as f64 * ROW + seen.len() as f64 * SEEN_ROW + 10.0;
    // A state costs a look into the past.
    let last = (!workers.is_empty()).then(|| part.past.state_at(part.range.end)).transpose()?;
    let mut svg = String::new();
    head(&mut svg, height, &part.meta.script.join(" "));
    ticks(&mut svg, &drawn, height);
    for (index, row) in used.iter().enumerate() {
        let y = TOP + index as f64 * ROW;
        let (name, color) = match ROWS.get(*row) {
            Some((name, color)) => ((*name).to_owned(), *color),
            None => {
                let worker = workers[*row - ROWS.len()];
                (last.as_ref().map_or_else(String::new, |last| last.name_worker(worker)), ROWS[0].1)
            }
        };
        label(&mut svg, y, &name);
        for (_, from, to) in waits.iter().filter(|wait| wait.0 == *row) {
            // Writing into memory cannot fail.
            let _ = writeln!(
                svg,
                "<path class='wait' d='M{from:.2} {0:.2}H{to:.2}' stroke='{1}'/>",
                y + BAR / 2.0,
                color
            );
        }
        // A trace of Node does not tell where the main script begins and ends.
        let inferred = *row == 0 && part.meta.is_attached();
        bars(&mut svg, (y, BAR), &rows[*row], inferred);
    }
    let mut y = TOP + used.len() as f64 * ROW;
    for (depth, row) in seen.iter().enumerate() {
        if depth == 0 {
            label(&mut svg, y, "sampled");
        }
        bars(&mut svg, (y, SEEN_ROW - 1.0), row, true);
        y += SEEN_ROW;
    }
    for (slot, (_, bars_of)) in &pool {
        label(&mut svg, y, &format!("thread {slot}"));
        bars(&mut svg, (y, BAR), bars_of, false);
        y += ROW;
    }
    svg.push_str("</svg>\n");
    out.write_all(svg.as_bytes())?;
    Ok(())
}

/// What was seen of the main thread's stack, by depth.
fn seen(
    part: &Part<'_>,
    drawn: &Drawn,
    callbacks: &Callbacks,
    x: &dyn Fn(Nanos) -> f64,
) -> Result<Vec<Vec<Bar>>, ExportError> {
    let mut rows: Vec<Vec<Bar>> = Vec::new();
    for (number, head) in part.past.sampled().iter().enumerate() {
        if head.on != LoopId::MAIN || head.to < drawn.from || head.from > drawn.to {
            continue;
        }
        let samples = part.past.samples(number)?;
        for bar in sampled::bars(&samples, &mut |at| callbacks.at(head.on, at)) {
            if bar.start < drawn.from || bar.end > drawn.to {
                continue;
            }
            rows.resize_with(rows.len().max(bar.depth + 1), Vec::new);
            let text = || {
                let (name, length) = (frame_name(&drawn.names, bar.place), duration(bar.end - bar.start));
                format!("{name} · sampled {} times · about {length}", bar.count)
            };
            add(&mut rows[bar.depth], (x(bar.start), x(bar.end)), text, SEEN, false);
        }
    }
    Ok(rows)
}

fn add(
    bars: &mut Vec<Bar>,
    (from, to): (f64, f64),
    text: impl Fn() -> String,
    color: &'static str,
    threw: bool,
) {
    let narrow = to - from < LEAST;
    if let Some(last) = bars.last_mut()
        && narrow
        && from - last.to < LEAST
        && (last.count > 1 || last.to - last.from < LEAST)
    {
        last.to = last.to.max(to);
        last.count += 1;
        last.threw |= threw;
        return;
    }
    bars.push(Bar { from, to: to.max(from), count: 1, text: text(), color, threw });
}

fn head(svg: &mut String, height: f64, script: &str) {
    let _ = writeln!(
        svg,
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {} {height}' font-family='system-ui, sans-serif' \
         font-size='11' role='img'>\n<title>{}</title>\n<style>\n\
         .back{{fill:#fff}}.ink{{fill:#333}}.grid{{stroke:#ddd}}.wait{{stroke-width:2;stroke-dasharray:2 2;opacity:.6}}\
         .threw{{stroke:#c00;stroke-width:1.5}}.inferred{{fill-opacity:.3;stroke-dasharray:4 3}}\n\
         @media (prefers-color-scheme:dark){{.back{{fill:#17181c}}.ink{{fill:#ccc}}.grid{{stroke:#34363d}}}}\n</style>\n\
         <rect class='back' width='100%' height='100%'/>",
        WIDTH + 10.0,
        escape(&format!("Timeline of {script}"))
    );
}

/// A scale with at most ten steps of a round size.
fn ticks(svg: &mut String, drawn: &Drawn, height: f64) {
    let span = drawn.span();
    let rough = span / 9.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power).into_iter().find(|step| *step >= rough);
    let step = step.unwrap_or(rough).max(1.0);
    let mut at = 0.0;
    while at <= span {
        let x = LEFT + at / span * (WIDTH - LEFT);
        let _ = writeln!(
            svg,
            "<path class='grid' d='M{x:.1} 20V{height}'/><text class='ink' x='{x:.1}' y='14' text-anchor='middle'>{}</text>",
            duration((drawn.from as f64 + at) as Nanos)
        );
        at += step;
    }
}

fn label(svg: &mut String, y: f64, text: &str) {
    let _ = writeln!(
        svg,
        "<text class='ink' x='{}' y='{:.1}' text-anchor='end'>{}</text>",
        LEFT - 8.0,
        y + BAR - 4.0,
        escape(&if text.chars().count() > NAME {
            format!("{}…", text.chars().take(NAME).collect::<String>())
        } else {
            text.to_owned()
        })
    );
}

fn bars(svg: &mut String, (y, high): (f64, f64), bars: &[Bar], inferred: bool) {
    for bar in bars {
        let text = if bar.count > 1 { format!("{} in a row", bar.count) } else { bar.text.clone() };
        let colour = bar.color;
        let class = match (bar.threw, inferred) {
            (true, _) => " class='threw'".to_owned(),
            (_, true) => format!(" class='inferred' stroke='{colour}'"),
            _ => String::new(),
        };
        let width = (bar.to - bar.from).max(LEAST);
        let _ = writeln!(
            svg,
            "<rect{class} x='{:.2}' y='{y:.1}' width='{width:.2}' height='{high}' fill='{colour}'><title>{}</title></rect>",
            bar.from,
            escape(&text)
        );
    }
}

/// Text as it may stand in XML.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\'' => escaped.push_str("&#39;"),
            '"' => escaped.push_str("&quot;"),
            // XML knows no other control characters.
            '\n' | '\t' => escaped.push(letter),
            letter if letter.is_control() => escaped.push('\u{fffd}'),
            letter => escaped.push(letter),
        }
    }
    escaped
}
