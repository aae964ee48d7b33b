//! A tree of values whose inside is fetched when it is opened: a row for each.

use egui::text::{CCursor, CCursorRange, LayoutJob};
use egui::{EventFilter, FontFamily, FontId, Key, Rect, Response, ScrollArea, Sense, TextEdit, Ui, Vec2};

use super::super::View;
use super::DebuggerMemory;
use crate::state::debugger::{Children, Debugger, Part, Place, Property, Shown};
use crate::theme::{self, size};

/// What the row of the value that a function returns is known by.
pub const RETURNS: &str = "returns";

/// A value that is being changed, or a watched expression.
pub struct Edit {
    /// The row.
    key: String,
    /// What is typed.
    text: String,
    /// It has not been drawn yet.
    is_new: bool,
}

impl Edit {
    fn new(row: &Row, text: String) -> Self {
        Self { key: row.key.clone(), text, is_new: true }
    }
}

/// A getter that has not run.
#[derive(Debug, Clone, PartialEq)]
pub struct Getter {
    /// V8's name for it.
    function: String,
    /// The object whose property it is to give.
    receiver: String,
    /// Under what the property is known.
    node: String,
}

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
    /// An expression for it in the selected frame.
    pub path: Option<String>,
    /// Whether it belongs to the language, or to the debugger, more than to the script.
    pub is_faint: bool,
    /// What has to be asked for its value, when that is not known yet.
    pub getter: Option<Getter>,
    /// Whether it cannot be changed from outside of its class.
    pub is_private: bool,
    /// The object that it is looked up in, when it is of a class of that.
    pub receiver: Option<String>,
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

    /// What gets another value when this is changed.
    fn place(&self) -> Option<Place> {
        if self.key == RETURNS {
            return Some(Place::Returned);
        }
        if self.is_faint || self.is_private || self.name.starts_with("Symbol(") {
            return None;
        }
        let name = self.name.clone();
        match (self.scope, &self.object) {
            (Some(scope), _) => Some(Place::Variable { scope, name }),
            (None, Some(object)) => Some(Place::Property { object: object.clone(), name }),
            (None, None) => None,
        }
    }

    /// Number of the watched expression that it is.
    fn watch(&self) -> Option<usize> {
        self.key.strip_prefix('w')?.parse().ok()
    }

    /// What is typed at first when the value is changed.
    fn draft(&self) -> String {
        let literal = self.shown.literal().filter(|_| self.getter.is_none());
        literal.or_else(|| self.path.clone()).unwrap_or_default()
    }
}

/// The expression for a property of an object.
fn property_of(object: &str, name: &str) -> String {
    let is_word = |text: &str| text.chars().all(|one| one.is_alphanumeric() || matches!(one, '_' | '$'));
    let is_number = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    match name.strip_prefix('#').unwrap_or(name) {
        _ if is_number => format!("{object}[{name}]"),
        bare if !bare.is_empty() && is_word(bare) && !bare.starts_with(|one: char| one.is_ascii_digit()) => {
            format!("{object}.{name}")
        }
        _ => format!("{object}[{}]", serde_json::Value::from(name)),
    }
}

/// A row and what is seen of its inside.
pub fn push(
    debugger: &mut Debugger,
    memory: &DebuggerMemory,
    row: Row,
    range: Option<Part>,
    rows: &mut Vec<Row>,
) {
    let is_open = row.open == Some(true);
    let (depth, key, shown, path) = (row.depth, row.key.clone(), row.shown.clone(), row.path.clone());
    // What a class has is a matter of the object that is of the class.
    let receiver = row.receiver.clone().filter(|_| row.is_faint && row.name == "[[Prototype]]");
    rows.push(row);
    if is_open {
        let children = debugger.children(&shown, range).cloned();
        let node = shown.object.as_deref().map(|object| Debugger::node(object, range)).unwrap_or_default();
        let of =
            Of { scope: None, receiver: receiver.or(shown.object.clone()), object: shown.object, node, path };
        inside(debugger, memory, children, (depth + 1, &key), &of, rows);
    }
}

/// What rows are inside of.
#[derive(Default)]
pub struct Of {
    /// The scope whose variables they are.
    pub scope: Option<usize>,
    /// The object whose properties they are.
    pub object: Option<String>,
    /// An expression for it.
    pub path: Option<String>,
    /// The object whose getters run, when it is that of a class.
    pub receiver: Option<String>,
    /// Under what they are known.
    pub node: String,
}

/// What is seen of the inside of something.
pub fn inside(
    debugger: &mut Debugger,
    memory: &DebuggerMemory,
    children: Option<Children>,
    (depth, key): (usize, &str),
    of: &Of,
    rows: &mut Vec<Row>,
) {
    let said = |text: String, kind: &str| Row {
        depth,
        key: format!("{key}/"),
        shown: Shown::said(text, kind),
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
                let Property { name, shown, is_internal, getter, is_private, range } = property;
                let key = format!("{key}/{name}");
                let path = match (of.scope, &of.path) {
                    _ if is_internal => None,
                    // A part of the global scope.
                    (Some(_), _) if range.is_some() => Some("globalThis".to_owned()),
                    (None, path) if range.is_some() => path.clone(),
                    (Some(_), _) => Some(name.clone()),
                    (None, path) => path.as_deref().map(|path| property_of(path, &name)),
                };
                let row = Row {
                    depth,
                    // What is in a list of entries is what the list was opened for.
                    open: shown
                        .object
                        .is_some()
                        .then(|| memory.open.contains(&key) != (is_internal && name == "[[Entries]]")),
                    name,
                    shown,
                    scope: of.scope,
                    object: of.object.clone(),
                    path,
                    is_faint: is_internal || range.is_some(),
                    getter: getter.zip(of.receiver.clone()).map(|(function, receiver)| Getter {
                        function,
                        receiver,
                        node: of.node.clone(),
                    }),
                    is_private,
                    receiver: of.receiver.clone(),
                    key,
                };
                push(debugger, memory, row, range, rows);
            }
        }
    }
}

/// Draws the rows that are seen, and one more at each end, so that the arrow keys find it.
pub fn list(view: &mut View, memory: &mut DebuggerMemory, rows: &[Row], area: ScrollArea, ui: &mut Ui) {
    ui.spacing_mut().item_spacing.y = 0.0;
    area.show_viewport(ui, |ui, seen| {
        ui.set_height(rows.len() as f32 * size::ROW_SMALL);
        let at = |y: f32| (y / size::ROW_SMALL).floor().max(0.0) as usize;
        let (first, last) = (at(seen.top()).saturating_sub(1), (at(seen.bottom()) + 2).min(rows.len()));
        let Some(rows) = rows.get(first..last) else { return };
        let top = ui.max_rect().top() + first as f32 * size::ROW_SMALL;
        let rest = Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=f32::INFINITY);
        ui.scope_builder(egui::UiBuilder::new().max_rect(rest), |ui| {
            for row in rows {
                draw(view, memory, row, ui);
            }
        });
    });
}

/// Where the text of a row begins.
fn indent(row: &Row) -> f32 {
    size::INDENT * row.depth as f32 + size::MARK * 2.0 + size::TIGHT
}

/// The room that the widest of these rows wants.
pub fn width(rows: &[Row], ui: &Ui) -> f32 {
    let font = FontId::new(size::CODE_SMALL, FontFamily::Monospace);
    let digit = ui.fonts_mut(|fonts| fonts.glyph_width(&font, '0'));
    let length = |row: &Row| (row.name.chars().count() + row.shown.text.chars().count() + 2) as f32;
    rows.iter().map(|row| indent(row) + digit * length(row) + size::TIGHT).fold(0.0, f32::max)
}

/// Draws a row and takes clicks and keys.
pub fn draw(view: &mut View, memory: &mut DebuggerMemory, row: &Row, ui: &mut Ui) {
    let palette = theme::of(ui);
    let font = FontId::new(size::CODE_SMALL, FontFamily::Monospace);
    let id = ui.scope_id().with(("value", &row.key));
    let is_edited = memory.edited.as_ref().is_some_and(|edit| edit.key == row.key);
    let left = indent(row);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(line(row, is_edited, font.clone(), palette)));
    let wide = ui.available_width().max(left + galley.size().x + size::TIGHT);
    let (_, rect) = ui.allocate_space(Vec2::new(wide, size::ROW_SMALL));
    let response = ui.interact(rect, id, Sense::click());
    if !is_edited {
        let name = galley.text().to_owned();
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name.clone()));
        if let Some(open) = row.open {
            ui.ctx().accesskit_node_builder(id, |node| node.set_expanded(open));
        }
    }
    if response.hovered() || response.has_focus() || is_edited {
        let seen = rect.intersect(ui.clip_rect());
        ui.painter().rect_filled(seen, size::ROUND_SMALL, palette.hovered);
    }
    let mark = rect.left() + size::INDENT * row.depth as f32;
    twisty(
        row,
        Rect::from_min_size(egui::pos2(mark, rect.top()), Vec2::new(size::MARK * 2.0, rect.height())),
        ui,
    );
    let text = egui::pos2(rect.left() + left, rect.center().y - galley.size().y / 2.0);
    let end = text.x + galley.size().x;
    ui.painter().galley(text, galley, palette.text);
    if is_edited {
        let room = Rect::from_x_y_ranges(
            end + size::TIGHT..=rect.right().min(ui.clip_rect().right()),
            rect.y_range(),
        );
        edit(view, memory, row, (room, &response), ui);
        return;
    }
    clicks(view, memory, row, &response);
    if response.gained_focus() {
        // Only up or down: a row is often wider than what is seen, and its beginning is to stay.
        let left = ui.clip_rect().left();
        let seen = Rect::from_x_y_ranges(left..=left + size::LINE, rect.y_range());
        ui.scroll_to_rect(seen, None);
    }
    if response.has_focus() {
        keys(view, memory, row, &response, ui);
    }
    response.context_menu(|ui| menu(view, memory, row, ui));
}

/// What stands in a row: while its value is changed, only the name.
fn line(row: &Row, is_edited: bool, font: FontId, palette: &theme::Palette) -> LayoutJob {
    let color = if row.is_faint { palette.dim } else { palette.code_type };
    let mut job = LayoutJob::default();
    let format = |color| egui::TextFormat::simple(font.clone(), color);
    if is_edited {
        let name = if row.watch().is_some() { "watch" } else { &row.name };
        job.append(&format!("{name} ="), 0.0, format(palette.dim));
        return job;
    }
    job.append(&row.name, 0.0, format(color));
    if !row.shown.text.is_empty() {
        let between = if row.name.is_empty() { "" } else { ": " };
        job.append(between, 0.0, format(palette.dim));
        let color =
            if row.shown.kind == "error" { palette.error } else { super::color(palette, &row.shown.kind) };
        job.append(&row.shown.text, 0.0, format(color));
    }
    job
}

/// The field in which a value, or a watched expression, is changed.
fn edit(
    view: &mut View,
    memory: &mut DebuggerMemory,
    row: &Row,
    (room, response): (Rect, &Response),
    ui: &mut Ui,
) {
    let Some(edit) = &mut memory.edited else { return };
    let id = response.id.with("edit");
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(room));
    inside.spacing_mut().interact_size.y = room.height();
    let field = TextEdit::singleline(&mut edit.text)
        .id(id)
        .font(FontId::new(size::CODE_SMALL, FontFamily::Monospace))
        .margin(Vec2::new(size::TIGHT, 0.0))
        .align(egui::Align2::LEFT_CENTER)
        .desired_width(room.width())
        .min_size(room.size());
    let output = field.show(&mut inside);
    let field = output.response.response;
    let name = if row.watch().is_some() { "Watched expression" } else { "New value" };
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
    if std::mem::take(&mut edit.is_new) {
        field.request_focus();
        let mut state = output.state;
        let all = CCursorRange::two(CCursor::new(0), CCursor::new(edit.text.chars().count()));
        state.cursor.set_char_range(Some(all));
        state.store(ui.ctx(), id);
        return;
    }
    if !field.lost_focus() {
        return;
    }
    let text = std::mem::take(&mut edit.text).trim().to_owned();
    memory.edited = None;
    if !ui.input(|input| input.key_pressed(Key::Enter)) {
        return;
    }
    response.request_focus();
    match (row.watch(), row.place()) {
        (Some(index), _) if text.is_empty() => {
            view.watches.remove(index);
        }
        (Some(index), _) => view.watches[index] = text,
        (None, Some(place)) if !text.is_empty() => view.debugger.assign(place, &text),
        _ => {}
    }
}

/// Begins to change what stands in a row.
fn begin_edit(memory: &mut DebuggerMemory, row: &Row) {
    if row.watch().is_some() {
        memory.edited = Some(Edit::new(row, row.name.clone()));
    } else if row.place().is_some() {
        memory.edited = Some(Edit::new(row, row.draft()));
    }
}

fn toggle(memory: &mut DebuggerMemory, row: &Row) {
    if row.open.is_some() && !memory.open.remove(&row.key) {
        memory.open.insert(row.key.clone());
    }
}

/// Opens or closes what has an inside; asks a getter.
fn activate(view: &mut View, memory: &mut DebuggerMemory, row: &Row) {
    match &row.getter {
        Some(Getter { function, receiver, node }) => view.debugger.run_getter(receiver, function, node),
        None => toggle(memory, row),
    }
}

fn clicks(view: &mut View, memory: &mut DebuggerMemory, row: &Row, response: &Response) {
    if response.double_clicked() && (row.watch().is_some() || row.place().is_some()) {
        begin_edit(memory, row);
    } else if response.clicked() {
        response.request_focus();
        activate(view, memory, row);
    }
}

/// Right and left open and close, F2 changes, Delete ends watching.
fn keys(view: &mut View, memory: &mut DebuggerMemory, row: &Row, response: &Response, ui: &Ui) {
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key| ui.input(|input| input.modifiers.is_none() && input.key_pressed(key));
    if pressed(Key::ArrowRight) && row.open == Some(false)
        || pressed(Key::ArrowLeft) && row.open == Some(true)
    {
        toggle(memory, row);
    } else if pressed(Key::F2) {
        begin_edit(memory, row);
    } else if let Some(index) = row.watch().filter(|_| pressed(Key::Delete)) {
        view.watches.remove(index);
    }
}

fn menu(view: &mut View, memory: &mut DebuggerMemory, row: &Row, ui: &mut Ui) {
    let watch = row.watch();
    let chosen = |text: &str, ui: &mut Ui| {
        let is_chosen = ui.button(text).clicked();
        if is_chosen {
            ui.close();
        }
        is_chosen
    };
    if watch.is_some() && chosen("Change the expression", ui)
        || row.place().is_some() && chosen("Change the value", ui)
    {
        begin_edit(memory, row);
    }
    if chosen("Copy", ui) {
        let content = row.shown.content.as_deref();
        ui.copy_text(content.unwrap_or(&row.shown.text).to_owned());
    }
    if row.shown.object.is_some() && chosen("Copy as JSON", ui) {
        view.debugger.copy(&row.shown);
    }
    if let Some(path) = &row.path
        && watch.is_none()
    {
        if chosen("Copy the expression", ui) {
            ui.copy_text(path.clone());
        }
        if chosen("Watch", ui) && !view.watches.contains(path) {
            view.watches.push(path.clone());
        }
    }
    if let Some(index) = watch
        && chosen("Evaluate again", ui)
    {
        view.debugger.watch_again(index);
    }
    if let Some(index) = watch
        && chosen("Watch no longer", ui)
    {
        view.watches.remove(index);
    }
}

/// The triangle before what can be opened.
fn twisty(row: &Row, rect: Rect, ui: &Ui) {
    if let Some(open) = row.open {
        triangle(rect.center(), open, theme::of(ui).dim, ui);
    }
}

/// A triangle that points down at what is open.
pub fn triangle(center: egui::Pos2, open: bool, color: egui::Color32, ui: &Ui) {
    let side = size::MARK * 0.6;
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
    ui.painter().add(egui::Shape::convex_polygon(points, color, egui::Stroke::NONE));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_expressions() {
        assert_eq!(property_of("a", "b"), "a.b");
        assert_eq!(property_of("a.b", "0"), "a.b[0]");
        assert_eq!(property_of("this", "#hidden"), "this.#hidden");
        assert_eq!(property_of("a", "x-y"), "a[\"x-y\"]");
        assert_eq!(property_of("a", "1x"), "a[\"1x\"]");
    }

    #[test]
    fn what_is_long_is_changed_by_its_expression() {
        let row = |text: &str, kind: &str, object: Option<&str>| Row {
            path: Some("a.b".to_owned()),
            shown: Shown {
                text: text.into(),
                kind: kind.into(),
                object: object.map(str::to_owned),
                content: None,
            },
            ..Row::default()
        };
        assert_eq!(row("4", "number", None).draft(), "4");
        assert_eq!(row("{ … }", "object", Some("o")).draft(), "a.b");
    }
}
