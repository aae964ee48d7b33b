//! Values of variables at the end of a line.

use egui::text::LayoutJob;
use egui::{FontFamily, FontId, Pos2, Rect, Sense, TextFormat, Ui, Vec2};

use super::super::debugger;
use crate::state::debugger::Beside;
use crate::theme::{self, Palette, size};

/// Characters of a value that are shown.
const VALUE_MOST: usize = 48;

/// Draws them behind the text of the line, which is at `rect`.
pub fn show(line: u32, values: &[Beside], rect: Rect, ui: &mut Ui) {
    let palette = theme::of(ui);
    let mut left = rect.right() + size::FAR;
    for beside in values {
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(words(beside, palette)));
        let inside = Vec2::new(size::TIGHT, 0.0);
        let pill = Rect::from_min_size(
            Pos2::new(left, rect.top() + size::LINE),
            Vec2::new(galley.size().x + 2.0 * inside.x, rect.height() - 2.0 * size::LINE),
        );
        if pill.left() > ui.clip_rect().right() {
            break;
        }
        let response = ui.interact(pill, ui.scope_id().with(("beside", line, &beside.name)), Sense::hover());
        let about = format!("Line {line}: {} is {}", beside.name, beside.shown.text);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, about.clone()));
        ui.painter().rect_filled(pill, size::ROUND_SMALL, palette.raised);
        if beside.is_changed {
            let bar =
                Rect::from_min_max(pill.left_top(), Pos2::new(pill.left() + size::THICK, pill.bottom()));
            ui.painter().rect_filled(bar, 0.0, palette.warning);
        }
        let top = pill.center().y - galley.size().y / 2.0;
        ui.painter().galley(Pos2::new(pill.left() + inside.x, top), galley, palette.text);
        left = pill.right() + size::TIGHT;
        response.on_hover_text_at_pointer(about);
    }
}

fn words(beside: &Beside, palette: &Palette) -> LayoutJob {
    let font = FontId::new(size::CODE_SMALL, FontFamily::Monospace);
    let mut job = LayoutJob::default();
    job.wrap.max_width = f32::INFINITY;
    job.append(&format!("{} = ", beside.name), 0.0, TextFormat::simple(font.clone(), palette.dim));
    let mut text: String = beside.shown.text.chars().take(VALUE_MOST).collect();
    if text.len() < beside.shown.text.len() {
        text.push('…');
    }
    let color = debugger::color(palette, &beside.shown.kind);
    job.append(&text, 0.0, TextFormat::simple(font, color));
    job
}
