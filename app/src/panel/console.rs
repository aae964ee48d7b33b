//! The console: what the script wrote and what went wrong, each line with the callback it came from.

use std::collections::VecDeque;

use egui::{Align, CornerRadius, FontFamily, FontId, Layout, RichText, ScrollArea, Sense, Ui, Vec2};
use loopscope_protocol::state::LineKind;
use loopscope_protocol::{ConsoleStream, Nanos, TaskId};

use super::{View, layout};
use crate::state::ansi;
use crate::state::debugger::Said;
use crate::theme::{self, Palette, size};
use crate::widget::mark;

/// What the console remembers.
#[derive(Default)]
pub struct ConsoleMemory {
    /// Only lines that contain this are shown.
    filter: String,
    rows: Vec<Row>,
    /// Up to which entry of the log the rows go, counting those that were dropped.
    until: u64,
    /// The same for what breakpoints have said.
    said_until: u64,
    /// When the last of those rows was.
    said_last: Nanos,
    /// The filter with which they were made.
    filtered_by: String,
}

/// A row: a line of an entry of the log, or of what a breakpoint said.
#[derive(Debug, Clone, Copy)]
struct Row {
    /// When that was, by the run's clock.
    at: Nanos,
    of: Of,
    /// Number of the line in its text.
    line: usize,
}

/// What a row shows a line of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    /// The entry of the log with this number, counting those that were dropped.
    Entry(u64),
    /// What a breakpoint said, by its number.
    Said(u64),
}

/// Rows that are kept.
const ROWS_KEPT: usize = 100_000;

impl ConsoleMemory {
    /// Another run begins.
    pub fn forget_run(&mut self) {
        self.rows.clear();
        (self.until, self.said_until, self.said_last) = (0, 0, 0);
    }

    /// Adds the lines of a text, in front of what came later: what breakpoints say does not wait for the log.
    fn add(&mut self, at: Nanos, of: Of, text: &str) {
        let behind = self.rows.iter().rev().take_while(|row| row.at > at).count();
        let place = self.rows.len() - behind;
        let wanted = lines(text).enumerate().filter(|(_, text)| text.contains(&self.filter));
        let rows: Vec<_> = wanted.map(|(line, _)| Row { at, of, line }).collect();
        self.rows.splice(place..place, rows);
    }

    /// Adds the rows of what was written since the last frame.
    fn update(
        &mut self,
        view_log: &loopscope_protocol::state::Log,
        names: &loopscope_protocol::state::Names,
        said: &VecDeque<Said>,
        now: Nanos,
    ) {
        if self.filtered_by != self.filter {
            self.filtered_by.clone_from(&self.filter);
            self.forget_run();
        }
        let total = view_log.dropped + view_log.lines.len() as u64;
        let is_other =
            said.back().is_none_or(|last| last.number + 1 < self.said_until) && self.said_until > 0;
        if total < self.until || self.said_last > now || is_other {
            self.forget_run();
        }
        for number in self.until.max(view_log.dropped)..total {
            let Some(entry) = entry(view_log, number) else { continue };
            self.add(entry.at, Of::Entry(number), names.text(entry.text));
        }
        self.until = total;
        let new = said.partition_point(|said| said.number < self.said_until);
        for said in said.range(new..).take_while(|said| said.at <= now) {
            self.add(said.at, Of::Said(said.number), &said.text);
            (self.said_until, self.said_last) = (said.number + 1, self.said_last.max(said.at));
        }
        if self.rows.len() > ROWS_KEPT {
            self.rows.drain(..self.rows.len() - ROWS_KEPT);
        }
        let (log, said) = (view_log.dropped, said.front().map_or(0, |first| first.number));
        let is_gone = |row: &Row| match row.of {
            Of::Entry(number) => number < log,
            Of::Said(number) => number < said,
        };
        let gone = self.rows.iter().take_while(|row| is_gone(row)).count();
        self.rows.drain(..gone);
    }
}

fn entry(log: &loopscope_protocol::state::Log, number: u64) -> Option<&loopscope_protocol::state::Line> {
    log.lines.get(usize::try_from(number.checked_sub(log.dropped)?).ok()?)
}

fn said(all: &VecDeque<Said>, number: u64) -> Option<&Said> {
    all.get(usize::try_from(number.checked_sub(all.front()?.number)?).ok()?)
}

/// The lines of a text; the line break at its end begins no further one.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.strip_suffix('\n').unwrap_or(text).split('\n')
}

/// Draws the panel.
pub fn show(view: &mut View, ui: &mut Ui) {
    if view.progress.is_none() {
        layout::empty(ui, "What the script writes appears here.");
        return;
    }
    bar(view, ui);
    show_lines(view, ui);
}

/// Draws the lines alone.
pub fn show_lines(view: &mut View, ui: &mut Ui) {
    let (log, names) = (&view.state.log, &view.state.names);
    // What breakpoints say may be heard before the events around it.
    let now = if view.moment.is_some() { view.now() } else { Nanos::MAX };
    view.memory.console.update(log, names, view.said, now);
    let font = FontId::new(size::CODE, FontFamily::Monospace);
    let height = ui.fonts_mut(|fonts| fonts.row_height(&font)) + size::THICK;
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    let count = view.memory.console.rows.len();
    let failed = match view.progress {
        Some(crate::state::run::Progress::Failed(text)) => Some(text.clone()),
        _ => None,
    };
    if let Some(text) = failed {
        ui.horizontal_wrapped(|ui| {
            ui.add_space(size::NEAR);
            ui.colored_label(theme::of(ui).error, text);
        });
    }
    ScrollArea::both().id_salt("console").auto_shrink(false).stick_to_bottom(true).show_rows(
        ui,
        height,
        count,
        |ui, range| {
            for index in range {
                row(view, index, height, &font, ui);
            }
        },
    );
}

/// The field to filter with, and how much there is.
fn bar(view: &mut View, ui: &mut Ui) {
    let palette = theme::of(ui);
    ui.horizontal(|ui| {
        ui.add_space(size::NEAR);
        let field = egui::TextEdit::singleline(&mut view.memory.console.filter).hint_text("Filter");
        let field = field.desired_width(size::TOKEN_MOST).show(ui).response.response;
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Filter the console"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(size::NEAR);
            let text =
                ui.button(RichText::new("Copy").size(size::TEXT_SMALL)).on_hover_text("Copy all shown lines");
            if text.clicked() {
                ui.ctx().copy_text(all(view));
            }
            let dropped = view.state.log.dropped;
            if dropped > 0 {
                ui.colored_label(palette.dim, format!("{dropped} older writes are not kept"));
            }
        });
    });
}

/// All shown lines.
fn all(view: &View) -> String {
    let (log, names) = (&view.state.log, &view.state.names);
    let mut text = String::new();
    for row in &view.memory.console.rows {
        let whole = match row.of {
            Of::Entry(number) => entry(log, number).map(|entry| names.text(entry.text)),
            Of::Said(number) => said(view.said, number).map(|said| &*said.text),
        };
        if let Some(line) = whole.and_then(|whole| lines(whole).nth(row.line)) {
            text.push_str(&ansi::plain(line));
            text.push('\n');
        }
    }
    text
}

fn row(view: &mut View, index: usize, height: f32, font: &FontId, ui: &mut Ui) {
    let palette = theme::of(ui);
    let row = view.memory.console.rows[index];
    let state = view.state;
    let number = match row.of {
        Of::Entry(number) => number,
        Of::Said(number) => return said_row(view, number, row.line, height, font, ui),
    };
    let Some(entry) = entry(&state.log, number).copied() else { return };
    let content = lines(state.names.text(entry.text)).nth(row.line).unwrap_or("");
    let ink = match entry.kind {
        LineKind::Written(ConsoleStream::Stdout) => palette.text,
        LineKind::Written(ConsoleStream::Stderr) => palette.error,
        LineKind::Exception | LineKind::Rejection => palette.error,
    };
    let job = job(content, font, ink, palette);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let wanted = Vec2::new((galley.size().x + 2.0 * size::FAR).max(ui.available_width()), height);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, ansi::plain(content)));
    let new = view.moment.map_or(0, |moment| moment.changes.lines) as u64;
    let total = state.log.dropped + state.log.lines.len() as u64;
    if new > 0 && number + new >= total {
        let color = theme::change(palette, crate::state::moment::Change::Came);
        ui.painter().rect_filled(rect, CornerRadius::ZERO, color.gamma_multiply(0.25 * view.flash));
        let bar = egui::Rect::from_min_size(rect.min, Vec2::new(size::THICK, rect.height()));
        ui.painter().rect_filled(bar, CornerRadius::ZERO, color);
    }
    let is_picked = entry.task != TaskId::NONE && view.selection.emphasizes(entry.task);
    if is_picked {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, palette.selection.gamma_multiply(0.55));
    } else if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, palette.hovered.gamma_multiply(0.6));
    }
    let top = rect.center().y - galley.size().y / 2.0;
    ui.painter().galley(egui::Pos2::new(rect.left() + size::FAR, top), galley, ink);
    if matches!(entry.kind, LineKind::Exception | LineKind::Rejection) && row.line == 0 {
        let at = egui::Pos2::new(rect.left() + size::NEAR, rect.center().y);
        mark::error(ui.painter(), at, palette);
    }
    // Looking for callbacks that ran long ago takes a while.
    let wanted = response.hovered() || response.clicked();
    if let Some(picked) = Some(entry.task).filter(|_| wanted).and_then(|task| view.find(task)) {
        if response.hovered() {
            view.selection.hovered = Some(picked);
        }
        if response.clicked() {
            view.selection.selected = Some(picked);
            // An error leads to where it was made, which may be far from the callback and in another file.
            if matches!(entry.kind, LineKind::Exception | LineKind::Rejection)
                && let Some(at) = view.state.names.place(entry.place)
            {
                view.memory.go_to_spot(view.state.names.text(at.script), at.line);
            }
        }
        let place = view.state.names.describe(entry.place);
        let from = view.state.names.describe(picked.callback);
        if response.double_clicked() {
            view.selection.go_to_time(view.model, entry.at);
        }
        let hint = "A double click shows the loop when it was written.";
        response.on_hover_text(format!("{place}\nin {} {from}\n{hint}", picked.kind.name()));
    }
}

/// A row with what a breakpoint said: the mark of a breakpoint in front of it, a click goes there.
fn said_row(view: &mut View, number: u64, line: usize, height: f32, font: &FontId, ui: &mut Ui) {
    let palette = theme::of(ui);
    let Some(said) = said(view.said, number) else { return };
    let content = lines(&said.text).nth(line).unwrap_or("");
    let ink = if said.is_complaint { palette.error } else { palette.text };
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job(content, font, ink, palette)));
    let wanted = Vec2::new((galley.size().x + 2.0 * size::FAR).max(ui.available_width()), height);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, ansi::plain(content)));
    if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, palette.hovered.gamma_multiply(0.6));
    }
    let top = rect.center().y - galley.size().y / 2.0;
    ui.painter().galley(egui::Pos2::new(rect.left() + size::FAR, top), galley, ink);
    if line == 0 {
        let at = egui::Pos2::new(rect.left() + size::NEAR, rect.center().y);
        if said.is_complaint {
            mark::error(ui.painter(), at, palette);
        } else {
            ui.painter().add(mark::shape(at, size::MARK, theme::Shape::Diamond, palette.error));
        }
    }
    if said.path.is_empty() {
        return;
    }
    if response.clicked() {
        view.memory.go_to_spot(&said.path, said.place.line);
    }
    let name = said.path.rsplit(['/', '\\']).next().unwrap_or_default();
    response.on_hover_text(format!("Said by the breakpoint {name}:{}, not by the script.", said.place));
}

/// A line with the colours of its escape sequences.
fn job(content: &str, font: &FontId, ink: egui::Color32, palette: &Palette) -> egui::text::LayoutJob {
    let mut job = egui::text::LayoutJob::default();
    job.wrap.max_width = f32::INFINITY;
    for piece in ansi::pieces(content) {
        let color = piece.color.map_or(ink, |color| theme::ansi(palette, color));
        let color = if piece.dim { color.gamma_multiply(0.7) } else { color };
        let mut format = egui::TextFormat::simple(font.clone(), color);
        if piece.underlined {
            format.underline = egui::Stroke::new(size::LINE, color);
        }
        format.italics = piece.italic;
        job.append(piece.text, 0.0, format);
    }
    job
}
