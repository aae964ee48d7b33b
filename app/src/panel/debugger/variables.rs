//! Watched expressions and the variables of the selected frame.

use egui::{Key, ScrollArea, TextEdit, Ui};

use super::super::View;
use super::DebuggerMemory;
use super::tree::{self, Of, RETURNS, Row};
use crate::state::debugger::{Debugger, Scope, Shown, Watch};

/// Scopes that are open at first.
const OPENED: [&str; 4] = ["block", "local", "catch", "eval"];

/// Draws watched expressions and scopes.
pub fn show(view: &mut View, ui: &mut Ui) {
    let mut memory = std::mem::take(&mut view.memory.debugger);
    let rows = rows(view.debugger, &mut memory);
    watch_field(view, &mut memory, ui);
    let area = ScrollArea::both().id_salt("variables").auto_shrink(false);
    tree::list(view, &mut memory, &rows, area, ui);
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

/// Under what a scope is known to be open: its kind, and how many of that kind are around it. In another frame, or in a block,
/// there may be more or fewer scopes inside.
fn key_of(scopes: &[Scope], index: usize) -> String {
    let kind = &scopes[index].kind;
    let around = scopes[index + 1..].iter().filter(|scope| scope.kind == *kind).count();
    format!("s {kind} {around}")
}

/// The tree as rows.
fn rows(debugger: &mut Debugger, memory: &mut DebuggerMemory) -> Vec<Row> {
    let mut rows = Vec::new();
    for (index, Watch { expression, value, .. }) in debugger.watches().to_vec().into_iter().enumerate() {
        let shown = match value {
            Some(Ok(shown)) => shown,
            Some(Err(text)) => Shown::said(text, "error"),
            None => Shown::said("…", "null"),
        };
        let row = Row {
            path: Some(format!("({expression})")),
            ..Row::root(&format!("w{index}"), &expression, shown, memory)
        };
        tree::push(debugger, memory, row, None, &mut rows);
    }
    let unhandled = debugger.paused().and_then(|paused| paused.unhandled.clone());
    if let Some(unhandled) = unhandled {
        let row = Row { is_faint: true, ..Row::root("rejected", "reason", unhandled.reason, memory) };
        tree::push(debugger, memory, row, None, &mut rows);
    }
    let thrown = debugger.paused().and_then(|paused| paused.thrown.clone());
    if let Some(thrown) = thrown {
        let row = Row { is_faint: true, ..Row::root("thrown", "exception", thrown, memory) };
        tree::push(debugger, memory, row, None, &mut rows);
    }
    let Some((_, frame)) = debugger.frame() else { return rows };
    let frame = frame.clone();
    if let Some(returns) = frame.returns {
        let row = Row { is_faint: true, ..Row::root(RETURNS, "returns", returns, memory) };
        tree::push(debugger, memory, row, None, &mut rows);
    }
    if frame.this.kind != "undefined" {
        let row = Row {
            is_faint: true,
            path: Some("this".to_owned()),
            ..Row::root("this", "this", frame.this, memory)
        };
        tree::push(debugger, memory, row, None, &mut rows);
    }
    if let Some(arguments) = frame.arguments {
        let path = Some("arguments".to_owned());
        let row = Row { is_faint: true, path, ..Row::root("arguments", "arguments", arguments, memory) };
        tree::push(debugger, memory, row, None, &mut rows);
    }
    for (index, scope) in frame.scopes.iter().enumerate() {
        let key = key_of(&frame.scopes, index);
        if OPENED.contains(&&*scope.kind) && memory.greeted.insert(key.clone()) {
            memory.open.insert(key.clone());
        }
        let name = match (&*scope.kind, &*scope.name) {
            (kind, "") => kind.to_owned(),
            (kind, name) => format!("{kind} of {name}"),
        };
        let shown = Shown { object: Some(scope.object.clone()), ..Shown::default() };
        let row = Row { is_faint: true, ..Row::root(&key, &name, shown, memory) };
        let is_open = row.open == Some(true);
        rows.push(row);
        if is_open {
            let receiver = Some(scope.object.clone());
            let of = Of { scope: Some(index), receiver, node: scope.object.clone(), ..Of::default() };
            let children = match &*scope.kind {
                "global" => debugger.globals(&scope.object).cloned(),
                _ => debugger.variables(&scope.object).cloned(),
            };
            tree::inside(debugger, memory, children, (1, &key), &of, &mut rows);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_stays_so_where_there_are_fewer_scopes_inside() {
        let scopes = |kinds: &[&str]| -> Vec<String> {
            let scope = |kind: &&str| Scope {
                kind: (*kind).to_owned(),
                name: String::new(),
                object: String::new(),
                reach: None,
            };
            let scopes: Vec<_> = kinds.iter().map(scope).collect();
            (0..scopes.len()).map(|index| key_of(&scopes, index)).collect()
        };
        let inner = scopes(&["block", "block", "local", "closure", "closure", "global"]);
        let outer = scopes(&["local", "closure", "global"]);
        assert_eq!(outer, [&inner[2], &inner[4], &inner[5]].map(String::as_str));
        assert_eq!(inner.iter().collect::<std::collections::HashSet<_>>().len(), inner.len());
    }
}
