//! Two runs side by side, with their differences in order.

use egui::{
    Align, CornerRadius, FontFamily, FontId, Layout, Pos2, Rect, RichText, Role, ScrollArea, Sense, Ui, Vec2,
};
use loopscope_protocol::state::duration;
use loopscope_protocol::{Nanos, TaskId};
use loopscope_trace::compare::{Comparison, Row, Step};

use super::loop_view::words;
use crate::state::comparing::Comparing;
use crate::theme::{self, size};

/// What the window remembers.
#[derive(Debug, Default)]
pub struct CompareMemory {
    /// The difference that was gone to.
    current: Option<usize>,
    /// The row that is to be brought into view.
    wanted: Option<usize>,
}

/// What the user asked for in the window.
#[derive(Debug, Default)]
pub struct CompareAsked {
    /// It is to be closed.
    pub close: bool,
    /// All views are to show this callback at this time.
    pub go: Option<(TaskId, Nanos)>,
}

/// Draws the window, if something is compared. `name` is what the present run is called.
pub fn compare(
    comparing: &Comparing,
    name: &str,
    memory: &mut CompareMemory,
    context: &egui::Context,
) -> CompareAsked {
    let mut asked = CompareAsked::default();
    if matches!(comparing, Comparing::None) {
        return asked;
    }
    let mut open = true;
    egui::Window::new("Compare")
        .open(&mut open)
        .collapsible(false)
        .pivot(egui::Align2::CENTER_CENTER)
        .default_pos(context.content_rect().center())
        .default_size(Vec2::new(size::COMPARE[0], size::COMPARE[1]))
        .show(context, |ui| match comparing {
            Comparing::None => {}
            Comparing::Working => {
                ui.colored_label(theme::of(ui).dim, "The runs are being compared…");
            }
            Comparing::Failed(text) => {
                ui.colored_label(theme::of(ui).error, text);
            }
            Comparing::Done(file, comparison) => {
                let other = file.file_name().unwrap_or_default().to_string_lossy();
                done(comparison, (name, &other), memory, &mut asked, ui);
            }
        });
    asked.close = !open;
    asked
}

/// The rows in which differences begin.
fn differences(comparison: &Comparison) -> Vec<usize> {
    let differs = |index: usize| !comparison.rows[index].is_same();
    (0..comparison.rows.len())
        .filter(|&index| differs(index) && (index == 0 || !differs(index - 1)))
        .collect()
}

fn done(
    comparison: &Comparison,
    names: (&str, &str),
    memory: &mut CompareMemory,
    asked: &mut CompareAsked,
    ui: &mut Ui,
) {
    let palette = theme::of(ui);
    let found = differences(comparison);
    if memory.current.is_none() && !found.is_empty() {
        (memory.current, memory.wanted) = (Some(0), found.first().copied());
    }
    ui.horizontal(|ui| {
        let text = match found.len() {
            0 => RichText::new("Both ran the same in the same order.").color(palette.success),
            1 => RichText::new("They differ in one place."),
            count => RichText::new(format!("They differ in {count} places.")),
        };
        ui.label(text);
        if let Some(current) = memory.current.filter(|_| found.len() > 1) {
            ui.colored_label(palette.dim, format!("{} of {}", current + 1, found.len()));
        }
        if comparison.is_cut {
            ui.colored_label(palette.dim, "Only the beginning of the runs is compared.");
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let last = found.len().saturating_sub(1);
            let current = memory.current.unwrap_or(0);
            if ui.add_enabled(current < last, egui::Button::new("Next difference")).clicked() {
                (memory.current, memory.wanted) = (Some(current + 1), found.get(current + 1).copied());
            }
            if ui.add_enabled(current > 0, egui::Button::new("Previous difference")).clicked() {
                (memory.current, memory.wanted) = (Some(current - 1), found.get(current - 1).copied());
            }
        });
    });
    ui.add_space(size::TIGHT);
    heading(names, ui);
    rows(comparison, memory, asked, ui);
}

fn heading((left, right): (&str, &str), ui: &mut Ui) {
    let wanted = Vec2::new(ui.available_width(), size::ROW);
    let (rect, _) = ui.allocate_exact_size(wanted, Sense::hover());
    let strong = FontId::new(size::TEXT_SMALL, FontFamily::Name(theme::STRONG.into()));
    for (name, part) in [(left, half(rect, false)), (right, half(rect, true))] {
        let at = Pos2::new(part.left() + size::NEAR, part.center().y);
        ui.painter().text(at, egui::Align2::LEFT_CENTER, name, strong.clone(), theme::of(ui).dim);
    }
}

fn half(rect: Rect, right: bool) -> Rect {
    let middle = rect.center().x;
    if right {
        Rect::from_min_max(Pos2::new(middle + size::THICK, rect.top()), rect.max)
    } else {
        Rect::from_min_max(rect.min, Pos2::new(middle - size::THICK, rect.bottom()))
    }
}

fn rows(comparison: &Comparison, memory: &mut CompareMemory, asked: &mut CompareAsked, ui: &mut Ui) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical().id_salt("compare").auto_shrink(false);
    if let Some(row) = memory.wanted.take() {
        // Some of what was the same before is seen as well.
        area = area.vertical_scroll_offset((row as f32 - BEFORE).max(0.0) * size::ROW);
    }
    area.show_rows(ui, size::ROW, comparison.rows.len(), |ui, range| {
        for index in range {
            if row(&comparison.rows[index], ui) {
                // What only the other run did has its place behind what this one did before.
                let steps = comparison.rows[..=index].iter().rev().filter_map(|row| row.left.as_ref());
                asked.go = steps.map(|step| (step.task, step.at)).next();
            }
        }
    });
}

/// Rows above the one that was gone to.
const BEFORE: f32 = 4.0;

/// A row; returns whether it was clicked.
fn row(row: &Row, ui: &mut Ui) -> bool {
    let palette = theme::of(ui);
    let wanted = Vec2::new(ui.available_width(), size::ROW);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    let text = |step: &Option<Step>| step.as_ref().map_or("nothing", |step| step.text.as_str()).to_owned();
    let spoken = if row.is_same() {
        text(&row.left)
    } else {
        format!("{} here, {} there", text(&row.left), text(&row.right))
    };
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Button, true, spoken.clone()));
    if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, palette.hovered);
    }
    for (step, part, color) in
        [(&row.left, half(rect, false), palette.error), (&row.right, half(rect, true), palette.success)]
    {
        let Some(step) = step else { continue };
        if !row.is_same() {
            let round = CornerRadius::same(size::ROUND_SMALL);
            ui.painter().rect_filled(part.shrink(size::LINE), round, color.gamma_multiply(0.22));
        }
        let small = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
        let right = Pos2::new(part.right() - size::NEAR, part.center().y);
        let time =
            ui.painter().text(right, egui::Align2::RIGHT_CENTER, duration(step.at), small, palette.dim);
        let inside =
            Rect::from_x_y_ranges(part.left() + size::NEAR..=time.left() - size::NEAR, part.y_range());
        words(ui.painter(), &step.text, inside, palette.text);
    }
    response.clicked()
}
