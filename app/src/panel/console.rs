//! The console: what the script wrote and what went wrong, each line with the callback it came from.

use egui::{Align, CornerRadius, FontFamily, FontId, Layout, RichText, ScrollArea, Sense, Ui, Vec2};
use loopscope_protocol::state::LineKind;
use loopscope_protocol::{ConsoleStream, TaskId};

use super::{View, layout};
use crate::state::ansi;
use crate::theme::{self, Palette, size};

/// What the console remembers.
#[derive(Default)]
pub struct ConsoleMemory {
    /// Only lines that contain this are shown.
    filter: String,
    rows: Vec<Row>,
    /// Up to which entry of the log the rows go, counting those that were dropped.
    until: u64,
    /// The filter with which they were made.
    filtered_by: String,
}

/// A row: a line of an entry of the log.
#[derive(Debug, Clone, Copy)]
struct Row {
    /// Number of the entry, counting those that were dropped.
    entry: u64,
    /// Number of the line in the entry's text.
    line: usize,
}

/// Rows that are kept.
const ROWS_KEPT: usize = 100_000;

impl ConsoleMemory {
    /// Another run begins.
    pub fn forget_run(&mut self) {
        self.rows.clear();
        self.until = 0;
    }

    /// Adds the rows of what was written since the last frame.
    fn update(
        &mut self,
        view_log: &loopscope_protocol::state::Log,
        names: &loopscope_protocol::state::Names,
    ) {
        if self.filtered_by != self.filter {
            self.filtered_by.clone_from(&self.filter);
            self.forget_run();
        }
        let total = view_log.dropped + view_log.lines.len() as u64;
        if total < self.until {
            self.forget_run();
        }
        for number in self.until.max(view_log.dropped)..total {
            let Some(entry) = entry(view_log, number) else { continue };
            let text = names.text(entry.text);
            for (line, content) in lines(text).enumerate() {
                if self.filter.is_empty() || content.contains(&self.filter) {
                    self.rows.push(Row { entry: number, line });
                }
            }
        }
        self.until = total;
        if self.rows.len() > ROWS_KEPT {
            self.rows.drain(..self.rows.len() - ROWS_KEPT);
        }
        let gone = self.rows.partition_point(|row| row.entry < view_log.dropped);
        self.rows.drain(..gone);
    }
}

fn entry(log: &loopscope_protocol::state::Log, number: u64) -> Option<&loopscope_protocol::state::Line> {
    log.lines.get(usize::try_from(number.checked_sub(log.dropped)?).ok()?)
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
    view.memory.console.update(log, names);
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
        if let Some(line) =
            entry(log, row.entry).and_then(|entry| lines(names.text(entry.text)).nth(row.line))
        {
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
    let Some(entry) = entry(&state.log, row.entry).copied() else { return };
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
    if new > 0 && row.entry + new >= total {
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
        crate::widget::mark::error(ui.painter(), at, palette);
    }
    // Looking for callbacks that ran long ago takes a while.
    let wanted = response.hovered() || response.clicked();
    if let Some(picked) = Some(entry.task).filter(|_| wanted).and_then(|task| view.find(task)) {
        if response.hovered() {
            view.selection.hovered = Some(picked);
        }
        if response.clicked() {
            view.selection.selected = Some(picked);
        }
        let place = view.state.names.describe(entry.place);
        let from = view.state.names.describe(picked.callback);
        if response.double_clicked() {
            // What cannot be read is told of with the moment.
            view.selection.cursor = Some(view.model.moment_at(entry.at));
        }
        let hint = "A double click shows the loop when it was written.";
        response.on_hover_text(format!("{place}\nin {} {from}\n{hint}", picked.kind.name()));
    }
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
