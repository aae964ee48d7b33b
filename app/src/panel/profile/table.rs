//! A CPU profile as a table that opens: by what takes most, or by calls.

use egui::{Align2, FontFamily, FontId, Pos2, Rect, ScrollArea, Sense, Ui, Vec2};

use super::super::View;
use super::{go_to, millis};
use crate::state::profile::Function;
use crate::state::profile::flame::{Flame, Group};
use crate::theme::{self, size};

/// Most rows.
const ROWS_MOST: usize = 20_000;

/// A row.
struct Row {
    depth: usize,
    key: String,
    function: Function,
    own: u64,
    total: u64,
    /// Whether something is inside, and whether that is seen.
    open: Option<bool>,
}

/// Functions that take most, and who called them.
pub fn bottom_up(view: &mut View, flame: &Flame, ui: &mut Ui) {
    let mut rows = Vec::new();
    let mut left: Vec<(Group, usize, String)> =
        flame.heaviest.iter().rev().map(|group| (group.clone(), 0, String::from("u"))).collect();
    while let Some((group, depth, path)) = left.pop() {
        let key = format!("{path}/{}", group.function.text());
        let open = flame.is_called(&group).then(|| view.memory.profile.open.contains(&key));
        if open == Some(true) && rows.len() < ROWS_MOST {
            let callers = flame.callers(&group);
            left.extend(callers.into_iter().rev().map(|caller| (caller, depth + 1, key.clone())));
        }
        rows.push(Row { depth, key, function: group.function, own: group.own, total: group.total, open });
    }
    show(view, &rows, flame.busy, ui);
}

/// Functions by calls.
pub fn top_down(view: &mut View, flame: &Flame, ui: &mut Ui) {
    let mut rows = Vec::new();
    let mut left: Vec<_> = flame.roots.iter().rev().map(|&node| (node, 0, String::from("d"))).collect();
    while let Some((index, depth, path)) = left.pop() {
        let node = &flame.nodes[index];
        let key = format!("{path}/{index}");
        let called = flame.called(index);
        let open = (!called.is_empty()).then(|| view.memory.profile.open.contains(&key));
        if open == Some(true) && rows.len() < ROWS_MOST {
            left.extend(called.into_iter().rev().map(|node| (node, depth + 1, key.clone())));
        }
        rows.push(Row {
            depth,
            key,
            function: node.function.clone(),
            own: node.own,
            total: node.total,
            open,
        });
    }
    show(view, &rows, flame.busy, ui);
}

fn show(view: &mut View, rows: &[Row], busy: u64, ui: &mut Ui) {
    let palette = theme::of(ui);
    let small = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
    let (head, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), size::ROW_SMALL), Sense::hover());
    for (index, title) in ["Itself", "With calls"].into_iter().enumerate() {
        let right = head.left() + size::NUMBER * (index + 1) as f32;
        ui.painter().text(
            Pos2::new(right, head.center().y),
            Align2::RIGHT_CENTER,
            title,
            small.clone(),
            palette.dim,
        );
    }
    let left = head.left() + size::NUMBER * 2.0 + size::FAR;
    ui.painter().text(Pos2::new(left, head.center().y), Align2::LEFT_CENTER, "Function", small, palette.dim);
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().id_salt("table").auto_shrink(false).show_rows(
        ui,
        size::ROW_SMALL,
        rows.len(),
        |ui, range| {
            for row in &rows[range] {
                draw(view, row, busy, ui);
            }
        },
    );
}

fn draw(view: &mut View, row: &Row, busy: u64, ui: &mut Ui) {
    let palette = theme::of(ui);
    let wide = Vec2::new(ui.available_width(), size::ROW_SMALL);
    let (rect, response) = ui.allocate_exact_size(wide, Sense::click());
    let share = |micros: u64| micros as f64 / busy.max(1) as f64;
    let name =
        format!("{}: {} itself, {} with calls", row.function.text(), millis(row.own), millis(row.total));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name.clone()));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, size::ROUND_SMALL, palette.hovered);
    }
    let font = FontId::new(size::CODE_SMALL, FontFamily::Monospace);
    for (index, micros) in [row.own, row.total].into_iter().enumerate() {
        let right = rect.left() + size::NUMBER * (index + 1) as f32;
        let width = (size::NUMBER - size::NEAR) * share(micros).min(1.0) as f32;
        let bar = Rect::from_min_max(
            Pos2::new(right - size::NUMBER + size::NEAR, rect.top() + size::THICK),
            Pos2::new(right - size::NUMBER + size::NEAR + width, rect.bottom() - size::THICK),
        );
        ui.painter().rect_filled(bar, size::ROUND_SMALL, palette.accent.gamma_multiply(0.22));
        let text = format!("{}  {:>5.1} %", millis(micros), share(micros) * 100.0);
        let at = Pos2::new(right - size::TIGHT, rect.center().y);
        ui.painter().text(at, Align2::RIGHT_CENTER, text, font.clone(), palette.text);
    }
    let mut left = rect.left() + size::NUMBER * 2.0 + size::FAR + row.depth as f32 * size::INDENT;
    if let Some(open) = row.open {
        let mark = if open { "▾" } else { "▸" };
        let at = Pos2::new(left, rect.center().y);
        ui.painter().text(at, Align2::CENTER_CENTER, mark, font.clone(), palette.dim);
    }
    left += size::NEAR;
    let color = if row.function.is_internal() { palette.dim } else { palette.text };
    let at = Pos2::new(left, rect.center().y);
    ui.painter_at(rect).text(at, Align2::LEFT_CENTER, &row.function.name, font.clone(), color);
    let text = row.function.text();
    let place = text.strip_prefix(&row.function.name).unwrap_or_default().trim();
    let at = Pos2::new(rect.right() - size::FAR, rect.center().y);
    let place = ui.painter_at(rect).text(at, Align2::RIGHT_CENTER, place, font, palette.dim);
    if response.clicked() {
        let on_place =
            response.interact_pointer_pos().is_some_and(|at| place.expand(size::THICK).contains(at));
        let open = &mut view.memory.profile.open;
        if on_place || row.open.is_none() {
            go_to(view, &row.function);
        } else if !open.remove(&row.key) {
            open.insert(row.key.clone());
        }
    }
    response.on_hover_text(row.function.url.clone());
}
