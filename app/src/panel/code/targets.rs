//! The choice among the calls of a line that can be stepped into.

use egui::{Area, Frame, Key, Order, Pos2, RichText, Ui};

use super::super::View;
use super::{from_column, is_word};
use crate::theme::{self, size};

/// Characters of a call's arguments that are shown.
const ARGUMENTS_MOST: usize = 32;

/// Draws the choice below the line, whose text begins at `at`.
pub fn show(view: &mut View, at: Pos2, ui: &Ui) {
    let Some(targets) = view.debugger.targets().cloned() else { return };
    let palette = theme::of(ui);
    let lines: Vec<&str> = view.document.text.split('\n').collect();
    let mut chosen = None;
    Area::new(egui::Id::unique("calls to step into")).order(Order::Foreground).fixed_pos(at).show(
        ui.ctx(),
        |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.label(RichText::new("Step into").size(size::TEXT_SMALL).color(palette.dim));
                ui.set_max_width(size::BREAKPOINT);
                let mut has_focus = false;
                let mut first = None;
                for (index, target) in targets.calls.iter().enumerate() {
                    let line = view.debugger.line_now(&view.path(), target.place.0);
                    let line = line.and_then(|line| lines.get((line as usize).checked_sub(1)?));
                    let name = line.map(|line| called(line, target.place.1)).unwrap_or_default();
                    let text = RichText::new(&name).monospace().size(size::CODE_SMALL);
                    let wide = egui::Vec2::new(ui.available_width(), size::BUTTON_SMALL);
                    let button = ui.add(egui::Button::new(text).min_size(wide));
                    button.widget_info(|| {
                        let about = format!("Step into {name}");
                        egui::WidgetInfo::labeled(egui::Role::Button, true, about)
                    });
                    has_focus |= button.has_focus();
                    if button.clicked() {
                        chosen = Some(index);
                    }
                    first.get_or_insert(button);
                }
                if let Some(first) = first.filter(|_| !has_focus) {
                    first.request_focus();
                }
            });
        },
    );
    if let Some(index) = chosen {
        view.debugger.step_into(index);
    } else if ui.input(|input| input.key_pressed(Key::Escape)) {
        view.debugger.forget_targets();
    }
}

/// The name of what is called at a column, which counts UTF-16 units from 1.
fn called(line: &str, column: u32) -> String {
    let rest = from_column(line, column).trim_start_matches(['.', '?', ' ']);
    let rest = rest.strip_prefix("new ").unwrap_or(rest);
    let name: String = rest.chars().take_while(|one| is_word(*one)).collect();
    if name.is_empty() {
        return "(a function)".to_owned();
    }
    let given = rest.strip_prefix(&*name).unwrap_or_default();
    name + &arguments(given)
}

/// What is between the brackets of a call, which tells calls of one function apart; cut when it is long.
fn arguments(text: &str) -> String {
    if !text.starts_with('(') {
        return String::new();
    }
    let mut depth = 0;
    let mut cut = String::new();
    for (count, one) in text.chars().enumerate() {
        match one {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        if count == ARGUMENTS_MOST {
            return cut + "…)";
        }
        cut.push(one);
        if depth == 0 {
            break;
        }
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_named_by_what_stands_there() {
        assert_eq!(called("x = add(é.sum(1));", 5), "add(é.sum(1))");
        assert_eq!(called("x = add(é.sum(1));", 11), "sum(1)");
        let long = format!("f([1], '{}')", "x".repeat(40));
        assert_eq!(called(&long, 1), format!("f([1], '{}…)", "x".repeat(25)));
        assert_eq!(called("new Set()", 1), "Set()");
        assert_eq!(called("(() => 1)()", 1), "(a function)");
        assert_eq!(called("a", 9), "(a function)");
    }
}
