//! A drawing of the timeline: the rows that the window shows, with those of workers below those of the main thread.

mod rows;

use std::fmt::Write as _;
use std::io::Write;

use loopscope_protocol::{EventKind, LoopId, Nanos};

use self::rows::{Bar, KINDS, LEAST, Loop, Loops, Row};
use super::{Drawn, ExportError, Part, flames};
use crate::axis;
use crate::past::On;
use crate::runs::Runs;
use crate::sampled::Callbacks;

/// Width of the rows, in the picture's units.
const WIDTH: f64 = 1180.0;
const LEFT: f64 = 110.0;
const ROW: f64 = 22.0;
const BAR: f64 = 16.0;
const TOP: f64 = 34.0;

/// Height of a row of functions that were seen on the stack.
const SEEN_ROW: f64 = 14.0;

/// So many workers are drawn with all their rows; of more each has one.
const WHOLE_WORKERS: usize = 3;

/// Letters of a row's name that there is room for.
const NAME: usize = 15;

/// A letter on a bar takes about so much room, and a name needs room for this many.
const LETTER: f64 = 6.0;
const LETTERS: f64 = 4.0;

/// How a row is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// As what happened.
    Told,
    /// Paler: what lasts long and is not on the stack.
    Beside,
    /// Pale, in a dashed frame: what was inferred.
    Inferred,
}

/// Draws one row below the other.
struct Drawing {
    svg: String,
    y: f64,
}

/// See the module.
pub fn write(part: &Part<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let drawn = Drawn::of(part)?;
    let names = &drawn.names;
    let scale = (WIDTH - LEFT) / drawn.span();
    let x = |at: Nanos| LEFT + at.clamp(drawn.from, drawn.to).saturating_sub(drawn.from) as f64 * scale;
    let begin = part.past.state_at(part.range.start)?;
    let (mut runs, mut callbacks, mut loops) =
        (Runs::from_state(&begin), Callbacks::default(), Loops::default());
    loops.on(LoopId::MAIN).know(&begin);
    for (on, worker) in &begin.workers {
        loops.on(*on).know(&worker.state);
    }
    let mut on = On(begin.on);
    part.past.each(part.range.clone(), &mut |number, event| {
        let Some(on) = on.of(event) else { return };
        loops.on(on).event(event, names, &x);
        if matches!(event.kind, EventKind::Exit { .. }) && on != LoopId::MAIN {
            loops.on(on).close(event.at, (names, &x));
        }
        if let Some(run) = runs.take(number, event) {
            callbacks.take(&run);
            loops.on(run.task.on()).run(&run, names, &x);
        }
    })?;
    loops.0.values_mut().for_each(|rows| rows.goes_on(drawn.to));
    for run in runs.unfinished(drawn.to) {
        callbacks.take(&run);
        loops.on(run.task.on()).run(&run, names, &x);
    }
    for (on, depths) in flames::seen(part, &drawn, &callbacks)? {
        loops.on(on).see(&depths, names, &x);
    }
    loops.0.values_mut().for_each(|rows| rows.close(drawn.to, (names, &x)));
    let last = part.past.state_at(part.range.end)?;
    let mut drawing = Drawing { svg: String::new(), y: TOP };
    let workers = loops.0.len().saturating_sub(1);
    for (on, rows) in &loops.0 {
        if *on == LoopId::MAIN {
            drawing.main(rows, part.meta.is_attached());
        } else {
            drawing.worker(rows, &last.name_worker(*on), workers <= WHOLE_WORKERS);
        }
    }
    if drawing.svg.is_empty() {
        let words = "Nothing ran in this part of the run.";
        let _ = writeln!(drawing.svg, "<text class='ink' x='{LEFT}' y='{:.1}'>{words}</text>", TOP + BAR);
        drawing.y += ROW;
    }
    let mut head = String::new();
    begins(&mut head, drawing.y + 10.0, &part.meta.script.join(" "));
    ticks(&mut head, &drawn, drawing.y + 4.0);
    out.write_all(head.as_bytes())?;
    out.write_all(drawing.svg.as_bytes())?;
    out.write_all(b"</svg>\n")?;
    Ok(())
}

impl Drawing {
    fn main(&mut self, rows: &Loop, attached: bool) {
        self.row("phases", &rows.phases, Style::Beside);
        self.group("stack", &rows.stack, Style::Told);
        self.seen(rows);
        self.rest(rows, attached);
        self.row("output", &rows.output, Style::Told);
    }

    /// A worker begins with its stack, which bears its name.
    fn worker(&mut self, rows: &Loop, name: &str, whole: bool) {
        // Writing into memory cannot fail.
        let _ = writeln!(self.svg, "<path class='edge' d='M0 {:.1}H{}'/>", self.y - 2.0, WIDTH + 10.0);
        let nothing = [Row::default()];
        let stack = if rows.stack.is_empty() { &nothing[..] } else { &rows.stack };
        self.label(name, ROW);
        for row in if whole { stack } else { &stack[..1] } {
            self.bars(row, BAR, Style::Told);
            self.y += ROW;
        }
        if whole {
            self.seen(rows);
            self.row("phases", &rows.phases, Style::Beside);
            self.rest(rows, false);
        }
    }

    fn rest(&mut self, rows: &Loop, attached: bool) {
        for (number, name) in KINDS.into_iter().enumerate() {
            for (from, to) in &rows.waits[number] {
                let color = rows.kinds[number].0.first().map_or("", |bar| bar.color);
                let y = self.y + BAR / 2.0;
                let _ =
                    writeln!(self.svg, "<path class='wait' d='M{from:.2} {y:.1}H{to:.2}' stroke='{color}'/>");
            }
            // A trace of Node does not tell where the main script begins and ends.
            let style = if attached && number == 0 { Style::Inferred } else { Style::Told };
            self.row(name, &rows.kinds[number], style);
        }
        for (slot, (_, row)) in &rows.slots {
            self.row(&format!("pool thread {slot}"), row, Style::Beside);
        }
        self.group("operations", &rows.ops.rows, Style::Beside);
        self.hidden(rows.ops.hidden);
        self.group("handles", &rows.handles.rows, Style::Beside);
        self.hidden(rows.handles.hidden);
        self.row("garbage", &rows.garbage, Style::Told);
    }

    fn row(&mut self, name: &str, row: &Row, style: Style) {
        self.group(name, std::slice::from_ref(row), style);
    }

    /// Rows under one name, those that hold something.
    fn group(&mut self, name: &str, rows: &[Row], style: Style) {
        let mut name = Some(name);
        for row in rows.iter().filter(|row| !row.0.is_empty()) {
            if let Some(name) = name.take() {
                self.label(name, ROW);
            }
            self.bars(row, BAR, style);
            self.y += ROW;
        }
    }

    /// Functions lie close to those that called them.
    fn seen(&mut self, rows: &Loop) {
        if !rows.seen.is_empty() {
            self.label("sampled", SEEN_ROW + 4.0);
        }
        for row in &rows.seen {
            self.bars(row, SEEN_ROW - 1.0, Style::Inferred);
            self.y += SEEN_ROW;
        }
        self.y += if rows.seen.is_empty() { 0.0 } else { ROW - BAR };
    }

    /// How many more there were at the same time.
    fn hidden(&mut self, count: u64) {
        if count > 0 {
            let y = self.y + 8.0;
            let _ = writeln!(
                self.svg,
                "<text class='ink' x='{LEFT}' y='{y:.1}'>and {count} more at the same time as those above</text>"
            );
            self.y += ROW - 6.0;
        }
    }

    fn label(&mut self, name: &str, height: f64) {
        let name = shorten(name, NAME);
        let _ = writeln!(
            self.svg,
            "<text class='ink' x='{}' y='{:.1}' text-anchor='end'>{}</text>",
            LEFT - 8.0,
            self.y + (height - (ROW - BAR)) / 2.0 + 4.0,
            escape(&name)
        );
    }

    fn bars(&mut self, row: &Row, high: f64, style: Style) {
        let y = self.y;
        for bar in &row.0 {
            let text = if bar.count > 1 { format!("{} in a row", bar.count) } else { bar.text.clone() };
            let color = bar.color;
            let class = match (bar.threw, style) {
                (true, _) => " class='threw'".to_owned(),
                (_, Style::Inferred) => format!(" class='inferred' stroke='{color}'"),
                (_, Style::Beside) => " class='beside'".to_owned(),
                (_, Style::Told) => String::new(),
            };
            let width = (bar.to - bar.from).max(LEAST);
            let _ = writeln!(
                self.svg,
                "<rect{class} x='{:.2}' y='{y:.1}' width='{width:.2}' height='{high}' fill='{color}'><title>{}</title></rect>",
                bar.from,
                escape(&text)
            );
            for (from, to) in &bar.stood {
                let _ = writeln!(
                    self.svg,
                    "<rect class='stood' x='{from:.2}' y='{y:.1}' width='{:.2}' height='{high}'/>",
                    to - from
                );
            }
            self.name(bar, width, high, style);
        }
    }

    /// Writes the name of a bar onto it, as far as there is room.
    fn name(&mut self, bar: &Bar, width: f64, high: f64, style: Style) {
        let ((from, to), stood) = widest((bar.from, bar.from + width), &bar.stood);
        let room = (to - from - 6.0) / LETTER;
        if room < LETTERS || bar.count > 1 || bar.name.is_empty() {
            return;
        }
        let class = match style {
            _ if stood => "on dark",
            Style::Told if bar.color == "#0072b2" => "on white",
            Style::Told => "on black",
            // The bar is pale.
            Style::Beside | Style::Inferred => "on dark",
        };
        let _ = writeln!(
            self.svg,
            "<text class='{class}' x='{:.2}' y='{:.1}'>{}</text>",
            from + 3.0,
            self.y + high / 2.0 + 3.5,
            escape(&shorten(&bar.name, room as usize))
        );
    }
}

/// The part of a bar that has most room for a name, and whether the run stood still there.
fn widest((left, right): (f64, f64), stood: &[(f64, f64)]) -> ((f64, f64), bool) {
    let mut best = ((left, left), false);
    let mut from = left;
    let ends = stood.iter().map(|part| (*part, true)).chain([((right, right), false)]);
    for (part, is_part) in ends {
        for (part, stood) in [((from, part.0), false), (part, is_part)] {
            if part.1 - part.0 > best.0.1 - best.0.0 {
                best = (part, stood);
            }
        }
        from = part.1;
    }
    best
}

fn begins(svg: &mut String, height: f64, script: &str) {
    let _ = writeln!(
        svg,
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {} {height}' font-family='system-ui, sans-serif' \
         font-size='11' role='img'>\n<title>{}</title>\n<style>\n\
         .back{{fill:#fff}}.ink{{fill:#333}}.grid{{stroke:#ddd}}.edge{{stroke:#aaa}}\
         .wait{{stroke-width:2;stroke-dasharray:2 2;opacity:.6}}.threw{{stroke:#c00;stroke-width:1.5}}\
         .beside{{fill-opacity:.4}}.inferred{{fill-opacity:.3;stroke-dasharray:4 3}}\
         .stood{{fill:url(#stood);pointer-events:none}}.pale{{fill:#fff;fill-opacity:.8}}\
         .on{{font-size:10px;pointer-events:none}}.white{{fill:#fff}}.black{{fill:#111}}.dark{{fill:#333}}\n\
         @media (prefers-color-scheme:dark){{.back{{fill:#17181c}}.ink{{fill:#ccc}}.grid{{stroke:#34363d}}\
         .edge{{stroke:#5a5d66}}.dark{{fill:#ddd}}.pale{{fill:#17181c}}}}\n</style>\n\
         <defs><pattern id='stood' width='6' height='6' patternUnits='userSpaceOnUse' patternTransform='rotate(45)'>\
         <rect class='pale' width='5' height='6'/></pattern></defs>\n\
         <rect class='back' width='100%' height='100%'/>",
        WIDTH + 10.0,
        escape(&format!("Timeline of {script}"))
    );
}

/// A scale with some ten steps of a round size.
fn ticks(svg: &mut String, drawn: &Drawn, bottom: f64) {
    let step = axis::step(drawn.to.saturating_sub(drawn.from), 9);
    let mut at = drawn.from.div_ceil(step).checked_mul(step);
    while let Some(time) = at.filter(|at| *at <= drawn.to) {
        let x = LEFT + (time - drawn.from) as f64 / drawn.span() * (WIDTH - LEFT);
        let _ = writeln!(
            svg,
            "<path class='grid' d='M{x:.1} 20V{bottom}'/><text class='ink' x='{x:.1}' y='14' text-anchor='middle'>{}</text>",
            axis::label(time, step)
        );
        at = time.checked_add(step);
    }
}

/// A text as far as there is room for it.
fn shorten(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    format!("{}…", text.chars().take(letters.saturating_sub(1)).collect::<String>().trim_end())
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
