//! "Break when…": breakpoints of the event loop, and the row with which one is added.

use egui::{ComboBox, DragValue, RichText, TextEdit, Ui};
use loopscope_protocol::TaskKind;

use super::super::View;
use crate::state::debugger::{LoopBreakpoint, QUEUE_NAMES, When};
use crate::theme::{self, size};

/// What can be chosen first: the words, and the values it begins with.
fn sorts() -> [(&'static str, When); 4] {
    [
        ("a callback starts", When::Task { kind: String::new(), target: String::new() }),
        ("a queue is long", When::Queue { queue: QUEUE_NAMES[0].0.to_owned(), longer_than: 10 }),
        ("a callback blocks", When::Blocked { ms: 50 }),
        ("the program is about to end", When::Exit),
    ]
}

fn words(when: &When) -> &'static str {
    let same = |sort: &&(&str, When)| std::mem::discriminant(&sort.1) == std::mem::discriminant(when);
    sorts().iter().find(same).map_or("", |sort| sort.0)
}

/// Draws the list.
pub fn show(view: &mut View, ui: &mut Ui) {
    let gone = super::entries(ui, |ui| rows(view, ui));
    if let Some(index) = gone {
        view.loop_breakpoints.remove(index);
    }
    ui.horizontal_wrapped(|ui| {
        let when = view.memory.debugger.when.get_or_insert_with(|| sorts()[0].1.clone());
        choose("Break when", words(when), ui, |ui| {
            for (name, fresh) in sorts() {
                if ui.selectable_label(words(when) == name, name).clicked() {
                    *when = fresh;
                }
            }
        });
        fields(when, ui);
        let add = ui.button("Add");
        add.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Add the loop breakpoint"));
        super::follow(&add, add.clicked(), ui);
        if add.clicked() {
            let new = LoopBreakpoint { enabled: true, when: when.clone() };
            if !view.loop_breakpoints.iter().any(|known| known.when == new.when) {
                view.loop_breakpoints.push(new);
            }
        }
    });
}

/// Draws those that there are. The number of one that is to go.
fn rows(view: &mut View, ui: &mut Ui) -> Option<usize> {
    let mut gone = None;
    for index in 0..view.loop_breakpoints.len() {
        let palette = theme::of(ui);
        let breakpoint = &mut view.loop_breakpoints[index];
        let name = format!("Break when {}", breakpoint.when);
        let is_gone = super::removable(&name, ui, |ui| {
            let check = ui.checkbox(&mut breakpoint.enabled, breakpoint.when.to_string());
            let enabled = breakpoint.enabled;
            check.widget_info(|| {
                egui::WidgetInfo::selected(egui::Role::CheckBox, true, enabled, name.clone())
            });
        });
        if is_gone {
            gone = Some(index);
        }
        if let Some(fault) = view.debugger.loop_fault(index) {
            let text = RichText::new(fault).size(size::TEXT_SMALL).color(palette.error);
            ui.add(egui::Label::new(text).wrap());
        }
    }
    gone
}

fn fields(when: &mut When, ui: &mut Ui) {
    match when {
        When::Task { kind, target } => {
            let any = "any kind";
            let shown = if kind.is_empty() { any } else { kind.as_str() }.to_owned();
            choose("Kind of callback", &shown, ui, |ui| {
                ui.selectable_value(kind, String::new(), any);
                for one in TaskKind::ALL {
                    ui.selectable_value(kind, one.name().to_owned(), one.name());
                }
            });
            let edit = TextEdit::singleline(target).hint_text("path or address").desired_width(size::FIELD);
            let response = ui.add(edit);
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Part of the path or address")
            });
        }
        When::Queue { queue, longer_than } => {
            choose("Queue", &queue.clone(), ui, |ui| {
                for (one, _) in QUEUE_NAMES {
                    ui.selectable_value(queue, one.to_owned(), one);
                }
            });
            ui.label("longer than");
            ui.add(DragValue::new(longer_than));
        }
        When::Blocked { ms } => {
            ui.label("longer than");
            ui.add(DragValue::new(ms).range(1..=u32::MAX).suffix(" ms"));
        }
        When::Exit => {}
    }
}

/// A choice with an accessible name.
fn choose(name: &str, shown: &str, ui: &mut Ui, choices: impl FnOnce(&mut Ui)) {
    let response = ComboBox::from_id_salt(name).selected_text(shown).show_ui(ui, choices).response;
    let about = format!("{name}: {shown}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, about.clone()));
}
