//! Functions by what they allocated, and scripts by which of their lines ran.

use std::collections::BTreeMap;

use egui::{Align2, FontFamily, FontId, Pos2, Rect, ScrollArea, Sense, Ui, Vec2};

use super::super::View;
use super::go_to;
use crate::state::profile::Function;
use crate::state::profile::coverage::Lines;
use crate::state::profile::heap::Class;
use crate::theme::{self, size};

/// Parts that did not run which are named.
const NAMED: usize = 12;

/// Bytes in words.
fn bytes(count: u64) -> String {
    match count {
        0..1024 => format!("{count} B"),
        1024..1_048_576 => format!("{:.1} KiB", count as f64 / 1024.0),
        _ => format!("{:.1} MiB", count as f64 / 1_048_576.0),
    }
}

/// What is on a line of a list.
struct Line<'a> {
    number: String,
    share: f64,
    name: &'a str,
    more: String,
    is_faint: bool,
    about: String,
}

/// Draws the functions that allocated what is in use.
pub fn allocations(view: &mut View, list: &[(Function, u64)], ui: &mut Ui) {
    let all: u64 = list.iter().map(|entry| entry.1).sum();
    super::super::debugger::title(
        &format!(
            "About {} still in use when the recording ended, by the function that allocated it",
            bytes(all)
        ),
        ui,
    );
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().id_salt("allocations").auto_shrink(false);
    area.show_rows(ui, size::ROW_SMALL, list.len(), |ui, range| {
        for (function, size) in &list[range] {
            let text = function.text();
            let line = Line {
                number: bytes(*size),
                share: *size as f64 / all.max(1) as f64,
                name: &function.name,
                more: text.strip_prefix(&function.name).unwrap_or_default().trim().to_owned(),
                is_faint: function.is_internal(),
                about: format!("{text}: {}", bytes(*size)),
            };
            if draw(&line, ui) {
                go_to(view, function);
            }
        }
    });
}

/// Draws the classes of what is in use.
pub fn heap(classes: &[Class], ui: &mut Ui) {
    let all: u64 = classes.iter().map(|class| class.bytes).sum();
    super::super::debugger::title(
        &format!("{} in use, by the class of the objects, without what they refer to", bytes(all)),
        ui,
    );
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().id_salt("heap").auto_shrink(false);
    area.show_rows(ui, size::ROW_SMALL, classes.len(), |ui, range| {
        for class in &classes[range] {
            draw(
                &Line {
                    number: bytes(class.bytes),
                    share: class.bytes as f64 / all.max(1) as f64,
                    name: &class.name,
                    more: format!("×{}", class.count),
                    is_faint: class.is_internal(),
                    about: format!("{}: {} objects, {}", class.name, class.count, bytes(class.bytes)),
                },
                ui,
            );
        }
    });
}

/// Draws the scripts whose lines were counted.
pub fn coverage(view: &mut View, files: &BTreeMap<String, Lines>, ui: &mut Ui) {
    super::super::debugger::title("Lines that ran; they are marked beside the code, too", ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    let all: Vec<_> = files.iter().collect();
    let area = ScrollArea::vertical().id_salt("coverage").auto_shrink(false);
    area.show_rows(ui, size::ROW_SMALL, all.len(), |ui, range| {
        for (path, lines) in &all[range] {
            let (ran, with_code) = lines.ran();
            let missed = lines.missed();
            let part = |&(first, last): &(usize, usize)| {
                if first == last { first.to_string() } else { format!("{first}–{last}") }
            };
            let mut named: Vec<_> = missed.iter().take(NAMED).map(part).collect();
            if missed.len() > NAMED {
                named.push("…".to_owned());
            }
            let share = ran as f64 / with_code.max(1) as f64;
            let name = path.rsplit('/').next().unwrap_or(path);
            let line = Line {
                number: format!("{:.1} %", share * 100.0),
                share,
                name,
                more: if named.is_empty() { String::new() } else { format!("all but {}", named.join(", ")) },
                is_faint: path.contains("/node_modules/"),
                about: format!("{path}: {ran} of {with_code} lines ran"),
            };
            if draw(&line, ui) {
                let first = missed.first().map_or(1, |part| part.0);
                view.memory.go_to_spot(path, u32::try_from(first).unwrap_or(1));
            }
        }
    });
}

/// Draws a line. Whether it was clicked.
fn draw(line: &Line, ui: &mut Ui) -> bool {
    let palette = theme::of(ui);
    let wide = Vec2::new(ui.available_width(), size::ROW_SMALL);
    let (rect, response) = ui.allocate_exact_size(wide, Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, line.about.clone()));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, size::ROUND_SMALL, palette.hovered);
    }
    let font = FontId::new(size::CODE_SMALL, FontFamily::Monospace);
    let right = rect.left() + size::NUMBER;
    let width = (size::NUMBER - size::NEAR) * line.share.min(1.0) as f32;
    let bar = Rect::from_min_max(
        Pos2::new(right - size::NUMBER + size::NEAR, rect.top() + size::THICK),
        Pos2::new(right - size::NUMBER + size::NEAR + width, rect.bottom() - size::THICK),
    );
    ui.painter().rect_filled(bar, size::ROUND_SMALL, palette.accent.gamma_multiply(0.22));
    let at = Pos2::new(right - size::TIGHT, rect.center().y);
    ui.painter().text(at, Align2::RIGHT_CENTER, &line.number, font.clone(), palette.text);
    let color = if line.is_faint { palette.dim } else { palette.text };
    let painter = ui.painter_at(rect);
    let at = Pos2::new(right + size::FAR, rect.center().y);
    let name = painter.text(at, Align2::LEFT_CENTER, line.name, font.clone(), color);
    let at = Pos2::new(name.right() + size::NEAR, rect.center().y);
    painter.text(at, Align2::LEFT_CENTER, &line.more, font, palette.dim);
    response.on_hover_text(&line.about).clicked()
}
