//! A large text, a screenful at a time, not to be edited.

use egui::{Align2, CornerRadius, FontFamily, FontId, Pos2, Rect, ScrollArea, Sense, Ui, Vec2};

use super::{Marks, colored, gutter};
use crate::panel::View;
use crate::state::debugger::At;
use crate::theme::{self, size};

/// Characters of a line that are shown.
const LINE_MOST: usize = 2000;

/// Draws the viewer.
pub fn show(view: &mut View, marks: &Marks, ui: &mut Ui) {
    let palette = theme::of(ui);
    let font = FontId::new(size::CODE, FontFamily::Monospace);
    let length = view.document.text.len();
    let known = view.memory.code.lines.take().filter(|known| known.0 == length);
    let lines = known.map_or_else(|| starts(&view.document.text), |(_, lines)| lines);
    let gutter = gutter::width(ui, &font, lines.len());
    let height = ui.fonts_mut(|fonts| fonts.row_height(&font));
    ui.horizontal(|ui| {
        ui.add_space(size::NEAR);
        let note = match length >> 20 {
            _ if view.document.recorded => "From a recording: as it was when it ran.".to_owned(),
            _ if view.document.made => "In no file: as the run has it.".to_owned(),
            size => format!("{size} MB: shown without being editable. It runs all the same."),
        };
        ui.colored_label(palette.dim, note);
    });
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::both().id_salt("viewer").auto_shrink(false);
    if let Some(line) = view.memory.code.take_wanted(marks, view.moment.is_some()) {
        // The first and the last line may be seen in part.
        let seen = &view.memory.code.seen;
        if !(seen.start + 1..seen.end.saturating_sub(1)).contains(&(line as usize)) {
            let middle = (ui.available_height() - height) / 2.0;
            area = area.vertical_scroll_offset(((line as f32 - 1.0) * height - middle).max(0.0));
        }
    }
    area.show_rows(ui, height, lines.len(), |ui, rows| {
        view.memory.code.seen = rows.start + 1..rows.end + 1;
        for index in rows {
            let from = lines[index];
            let to = lines.get(index + 1).map_or(length, |next| next - 1);
            let line: String = view.document.text[from..to].chars().take(LINE_MOST).collect();
            let galley = ui.fonts_mut(|fonts| fonts.layout_job(colored(&line, size::CODE, palette)));
            let wanted = Vec2::new(gutter + galley.size().x + size::FAR, height);
            let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let name = format!("Line {number}");
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ListItem, true, name.clone()));
            if response.clicked() {
                // For breakpoints and what goes to the line: nothing is typed here.
                view.memory.code.cursor = Some(At { line: number, column: 1 });
            }
            let band = Rect::from_x_y_ranges(ui.clip_rect().x_range(), rect.y_range());
            let cursor = (view.memory.code.cursor_line() == Some(number)).then_some(palette.hovered);
            let marked = gutter::bands(marks, palette).filter(|entry| entry.0 == number).map(|entry| entry.1);
            for color in cursor.into_iter().chain(marked) {
                ui.painter().rect_filled(band, CornerRadius::ZERO, color);
            }
            let right = Pos2::new(rect.left() + gutter - size::NEAR, rect.center().y);
            let ink = if marks.running == Some(number) { palette.text } else { palette.faint };
            ui.painter().text(right, Align2::RIGHT_CENTER, number, font.clone(), ink);
            ui.painter().galley(Pos2::new(rect.left() + gutter, rect.top()), galley, palette.text);
            let cell = Rect::from_x_y_ranges(rect.left()..=rect.left() + size::GUTTER_MARKS, rect.y_range());
            gutter::show(view, marks, number, (cell, rect.left() + gutter), ui);
        }
    });
    view.memory.code.lines = Some((length, lines));
}

/// Offsets at which lines begin.
fn starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}
