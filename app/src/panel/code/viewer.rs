//! A large text, a screenful at a time, not to be edited.

use egui::{Align2, CornerRadius, FontFamily, FontId, Pos2, Rect, ScrollArea, Sense, Ui, Vec2};

use super::{Marks, colored};
use crate::panel::View;
use crate::theme::{self, size};

/// Characters of a line that are shown.
const LINE_MOST: usize = 2000;

/// Draws the viewer.
pub fn show(view: &mut View, marks: &Marks, ui: &mut Ui) {
    let palette = theme::of(ui);
    let font = FontId::new(size::CODE, FontFamily::Monospace);
    let text = &view.document.text;
    let known = view.memory.code.lines.take().filter(|(length, _)| *length == text.len());
    let lines = known.map_or_else(|| starts(text), |(_, lines)| lines);
    let digit = ui.fonts_mut(|fonts| fonts.glyph_width(&font, '0'));
    let gutter = size::GUTTER_MARKS + digit * lines.len().to_string().len() as f32 + size::NEAR;
    let height = ui.fonts_mut(|fonts| fonts.row_height(&font));
    ui.horizontal(|ui| {
        ui.add_space(size::NEAR);
        let note = match text.len() >> 20 {
            _ if view.document.recorded => "From a recording: as it was when it ran.".to_owned(),
            size => format!("{size} MB: shown without being editable. It runs all the same."),
        };
        ui.colored_label(palette.dim, note);
    });
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::both().id_salt("viewer").auto_shrink(false).show_rows(ui, height, lines.len(), |ui, rows| {
        for index in rows {
            let from = lines[index];
            let to = lines.get(index + 1).map_or(text.len(), |next| next - 1);
            let line: String = text[from..to].chars().take(LINE_MOST).collect();
            let galley = ui.fonts_mut(|fonts| fonts.layout_job(colored(&line, size::CODE, palette)));
            let wanted = Vec2::new(gutter + galley.size().x + size::FAR, height);
            let (rect, _) = ui.allocate_exact_size(wanted, Sense::hover());
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            if marks.running == Some(number) {
                let band = Rect::from_x_y_ranges(ui.clip_rect().x_range(), rect.y_range());
                ui.painter().rect_filled(band, CornerRadius::ZERO, palette.running);
            }
            let right = Pos2::new(rect.left() + gutter - size::NEAR, rect.center().y);
            ui.painter().text(right, Align2::RIGHT_CENTER, number, font.clone(), palette.faint);
            ui.painter().galley(Pos2::new(rect.left() + gutter, rect.top()), galley, palette.text);
        }
    });
    view.memory.code.lines = Some((view.document.text.len(), lines));
}

/// Offsets at which lines begin.
fn starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}
