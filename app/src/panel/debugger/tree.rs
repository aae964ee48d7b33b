//! A tree of values whose inside is fetched when it is opened: a row for each.

use egui::{FontFamily, FontId, Key, RichText, Sense, TextEdit, Ui, Vec2};

use super::super::View;
use super::DebuggerMemory;
use crate::state::debugger::{Children, Debugger, Property, Shown};
use crate::theme::{self, size};

/// A row of the tree.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// How deep inside of others.
    pub depth: usize,
    /// What it is known by from frame to frame: the way to it.
    pub key: String,
    /// What is before the colon.
    pub name: String,
    /// What is behind it.
    pub shown: Shown,
    /// Whether something is inside, and whether that is seen.
    pub open: Option<bool>,
    /// The scope it is a variable of.
    pub scope: Option<usize>,
    /// The object it is a property of.
    pub object: Option<String>,
    /// Whether it belongs to the language, or to the debugger, more than to the script.
    pub is_faint: bool,
    /// Whether its value is known only when it is asked for.
    pub is_getter: bool,
}

impl Row {
    /// A value that is no part of another one.
    pub fn root(key: &str, name: &str, shown: Shown, memory: &DebuggerMemory) -> Self {
        Self {
            key: key.to_owned(),
            name: name.to_owned(),
            open: shown.object.is_some().then(|| memory.open.contains(key)),
            shown,
            ..Self::default()
        }
    }
}

/// A row and what is seen of its inside.
pub fn push(
    debugger: &mut Debugger,
    memory: &DebuggerMemory,
    row: Row,
    range: Option<(u64, u64)>,
    rows: &mut Vec<Row>,
) {
    let (is_open, depth, key, shown) =
        (row.open == Some(true), row.depth, row.key.clone(), row.shown.clone());
    rows.push(row);
    if is_open {
        let children = debugger.children(&shown, range).cloned();
        inside(debugger, memory, children, (depth + 1, &key), (None, shown.object), rows);
    }
}

/// What is seen of the inside of something.
pub fn inside(
    debugger: &mut Debugger,
    memory: &DebuggerMemory,
    children: Option<Children>,
    (depth, key): (usize, &str),
    (scope, object): (Option<usize>, Option<String>),
    rows: &mut Vec<Row>,
) {
    let said = |text: String, kind: &str| Row {
        depth,
        key: format!("{key}/"),
        shown: Shown { text, kind: kind.to_owned(), object: None },
        is_faint: true,
        ..Row::default()
    };
    match children {
        None => {}
        Some(Children::Asked) => rows.push(said("…".to_owned(), "null")),
        Some(Children::Failed(text)) => rows.push(said(text, "error")),
        Some(Children::Known(all)) if all.is_empty() => rows.push(said("nothing".to_owned(), "null")),
        Some(Children::Known(all)) => {
            for property in all {
                let Property { name, shown, is_internal, getter, range } = property;
                let key = format!("{key}/{name}");
                let row = Row {
                    depth,
                    name,
                    open: shown.object.is_some().then(|| memory.open.contains(&key)),
                    shown,
                    scope,
                    object: object.clone(),
                    is_faint: is_internal || range.is_some(),
                    is_getter: getter.is_some(),
                    key,
                };
                push(debugger, memory, row, range, rows);
            }
        }
    }
}

/// Draws a row and takes clicks.
pub fn draw(view: &mut View, memory: &mut DebuggerMemory, row: &Row, ui: &mut Ui) {
    let palette = theme::of(ui);
    let font = FontId::new(size::CODE_SMALL, FontFamily::Monospace);
    // Lists are drawn a screenful at a time: each row has to be as high as the others.
    ui.spacing_mut().interact_size.y = size::ROW_SMALL;
    ui.horizontal(|ui| {
        ui.set_height(size::ROW_SMALL);
        ui.spacing_mut().item_spacing.x = size::TIGHT;
        ui.add_space(size::INDENT * row.depth as f32);
        twisty(row, ui);
        let can_change = !row.is_faint && (row.scope.is_some() || row.object.is_some());
        if let Some((key, text)) = &mut memory.edited
            && *key == row.key
        {
            ui.label(RichText::new(format!("{} =", row.name)).font(font.clone()));
            let response = ui.add(TextEdit::singleline(text).font(font).desired_width(f32::INFINITY));
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "New value"));
            response.request_focus();
            if ui.input(|input| input.key_pressed(Key::Enter)) {
                view.debugger.assign(row.scope, row.object.as_deref(), &row.name, text);
                memory.edited = None;
            } else if ui.input(|input| input.key_pressed(Key::Escape)) {
                memory.edited = None;
            }
            return;
        }
        let color = if row.is_faint { palette.dim } else { palette.code_type };
        let mut job = egui::text::LayoutJob::default();
        let format = |color| egui::TextFormat::simple(font.clone(), color);
        job.append(&row.name, 0.0, format(color));
        if !row.shown.text.is_empty() {
            let between = if row.name.is_empty() { "" } else { ": " };
            job.append(between, 0.0, format(palette.dim));
            let color = if row.shown.kind == "error" {
                palette.error
            } else {
                super::color(palette, &row.shown.kind)
            };
            job.append(&row.shown.text, 0.0, format(color));
        }
        let name = job.text.clone();
        let response = ui.add(egui::Label::new(job).selectable(false).extend().sense(Sense::click()));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name.clone()));
        if response.double_clicked() && can_change {
            memory.edited = Some((row.key.clone(), row.shown.text.clone()));
        } else if response.clicked() && row.is_getter {
            if let Some(object) = &row.object {
                view.debugger.run_getter(object, &row.name);
            }
        } else if response.clicked() && row.open.is_some() && !memory.open.remove(&row.key) {
            memory.open.insert(row.key.clone());
        }
        response.context_menu(|ui| {
            if can_change && ui.button("Change the value").clicked() {
                memory.edited = Some((row.key.clone(), row.shown.text.clone()));
                ui.close();
            }
            if ui.button("Copy").clicked() {
                ui.copy_text(row.shown.text.clone());
                ui.close();
            }
            if row.shown.object.is_some() && ui.button("Copy as JSON").clicked() {
                view.debugger.copy(&row.shown);
                ui.close();
            }
            let watched = row.key.strip_prefix('w').and_then(|index| index.parse::<usize>().ok());
            if let Some(index) = watched
                && ui.button("Watch no longer").clicked()
            {
                view.watches.remove(index);
                ui.close();
            } else if row.scope.is_some() && ui.button("Watch").clicked() {
                view.watches.push(row.name.clone());
                ui.close();
            }
        });
    });
}

/// The triangle before what can be opened.
fn twisty(row: &Row, ui: &mut Ui) {
    let palette = theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(size::MARK * 2.0), Sense::hover());
    let Some(open) = row.open else { return };
    let (center, side) = (rect.center(), size::MARK * 0.6);
    let points = if open {
        vec![
            center + Vec2::new(-side, -side / 2.0),
            center + Vec2::new(side, -side / 2.0),
            center + Vec2::new(0.0, side),
        ]
    } else {
        vec![
            center + Vec2::new(-side / 2.0, -side),
            center + Vec2::new(side, 0.0),
            center + Vec2::new(-side / 2.0, side),
        ]
    };
    ui.painter().add(egui::Shape::convex_polygon(points, palette.dim, egui::Stroke::NONE));
}
