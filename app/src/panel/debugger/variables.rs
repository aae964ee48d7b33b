//! Watched expressions and the variables of the selected frame, as a tree whose inside is fetched when it is opened.

use egui::{FontFamily, FontId, Key, RichText, ScrollArea, Sense, TextEdit, Ui, Vec2};

use super::super::View;
use super::DebuggerMemory;
use crate::state::debugger::{Children, Debugger, Property, Shown};
use crate::theme::{self, size};

/// Scopes that are open at first.
const OPENED: [&str; 4] = ["block", "local", "catch", "eval"];

/// A row of the tree.
#[derive(Debug, Clone)]
struct Row {
    depth: usize,
    key: String,
    name: String,
    shown: Shown,
    /// Whether something is inside, and whether that is seen.
    open: Option<bool>,
    /// The scope it is a variable of.
    scope: Option<usize>,
    /// The object it is a property of.
    object: Option<String>,
    is_faint: bool,
    is_getter: bool,
}

/// Draws watched expressions and scopes.
pub fn show(view: &mut View, ui: &mut Ui) {
    let mut memory = std::mem::take(&mut view.memory.debugger);
    let rows = rows(view.debugger, &mut memory);
    watch_field(view, &mut memory, ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::both().id_salt("variables").auto_shrink(false).show_rows(
        ui,
        size::ROW_SMALL,
        rows.len(),
        |ui, range| {
            for row in &rows[range] {
                draw(view, &mut memory, row, ui);
            }
        },
    );
    view.memory.debugger = memory;
}

fn watch_field(view: &mut View, memory: &mut DebuggerMemory, ui: &mut Ui) {
    let edit =
        TextEdit::singleline(&mut memory.watch).hint_text("Watch an expression").desired_width(f32::INFINITY);
    let response = ui.add(edit);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Watch an expression"));
    if response.lost_focus()
        && ui.input(|input| input.key_pressed(Key::Enter))
        && !memory.watch.trim().is_empty()
    {
        view.watches.push(std::mem::take(&mut memory.watch));
        response.request_focus();
    }
}

/// The tree as rows.
fn rows(debugger: &mut Debugger, memory: &mut DebuggerMemory) -> Vec<Row> {
    let mut rows = Vec::new();
    for (index, (expression, value)) in debugger.watches().to_vec().into_iter().enumerate() {
        let shown = match value {
            Some(Ok(shown)) => shown,
            Some(Err(text)) => Shown { text, kind: "error".to_owned(), object: None },
            None => Shown { text: "…".to_owned(), kind: "null".to_owned(), object: None },
        };
        let key = format!("w{index}");
        let row = Row {
            depth: 0,
            name: expression,
            open: shown.object.is_some().then(|| memory.open.contains(&key)),
            shown,
            scope: None,
            object: None,
            is_faint: false,
            is_getter: false,
            key,
        };
        push(debugger, memory, row, None, &mut rows);
    }
    let Some((_, frame)) = debugger.frame() else { return rows };
    let frame = frame.clone();
    let plain = |name: &str, shown: Shown, key: &str| Row {
        depth: 0,
        key: key.to_owned(),
        name: name.to_owned(),
        open: shown.object.is_some().then_some(false),
        shown,
        scope: None,
        object: None,
        is_faint: true,
        is_getter: false,
    };
    if let Some(returns) = frame.returns {
        rows.push(plain("returns", returns, "returns"));
    }
    if frame.this.kind != "undefined" {
        let mut row = plain("this", frame.this, "this");
        row.open = row.open.map(|_| memory.open.contains("this"));
        push(debugger, memory, row, None, &mut rows);
    }
    for (index, scope) in frame.scopes.iter().enumerate() {
        let key = format!("s{index}");
        if OPENED.contains(&&*scope.kind) && memory.greeted.insert(key.clone()) {
            memory.open.insert(key.clone());
        }
        let name = match (&*scope.kind, &*scope.name) {
            (kind, "") => kind.to_owned(),
            (kind, name) => format!("{kind} of {name}"),
        };
        let is_open = memory.open.contains(&key);
        let shown = Shown { object: Some(scope.object.clone()), ..Shown::default() };
        rows.push(Row { open: Some(is_open), ..plain(&name, shown, &key) });
        if is_open {
            let children = debugger.variables(&scope.object).cloned();
            inside(debugger, memory, children, (1, &key), (Some(index), None), &mut rows);
        }
    }
    rows
}

/// A row and what is seen of its inside.
fn push(
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

fn inside(
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
        name: String::new(),
        shown: Shown { text, kind: kind.to_owned(), object: None },
        open: None,
        scope: None,
        object: None,
        is_faint: true,
        is_getter: false,
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

fn draw(view: &mut View, memory: &mut DebuggerMemory, row: &Row, ui: &mut Ui) {
    let palette = theme::of(ui);
    let font = FontId::new(size::CODE_SMALL, FontFamily::Monospace);
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
