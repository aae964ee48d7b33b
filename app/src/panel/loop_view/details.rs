//! One line about what is pointed at: where it comes from, what it waited for, when it ran.

use egui::{FontFamily, FontId, Pos2, Rect, Role, Sense, Ui, Vec2};
use loopscope_protocol::state::{Stage, duration};

use super::lanes::text;
use crate::command::UiCommand;
use crate::panel::{PanelKind, View};
use crate::state::selection::Picked;
use crate::theme::{self, size};
use crate::widget::mark;

/// Draws the line into `strip`.
pub fn show(view: &mut View, picked: &Picked, strip: Rect, ui: &Ui) {
    let palette = theme::of(ui);
    let words = words(view, picked);
    let middle = Pos2::new(strip.left() + size::NEAR, strip.top() + size::ROW / 2.0 - size::TIGHT);
    mark::kind(ui.painter(), middle, size::MARK, picked.kind, palette);
    let font = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
    let mut job = egui::text::LayoutJob::simple_singleline(words.clone(), font, palette.text);
    let left = middle.x + size::NEAR + size::TIGHT;
    job.wrap = egui::text::TextWrapping::truncate_at_width((strip.right() - left - size::NEAR).max(0.0));
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let at = Pos2::new(left, middle.y - galley.size().y / 2.0);
    let rect = Rect::from_min_size(at, Vec2::new(galley.size().x, galley.size().y));
    ui.painter().galley(at, galley, palette.text);
    let response = ui.interact(rect, ui.scope_id().with("details"), Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Label, true, format!("Selected: {words}")));
    let response = response.on_hover_text("Show why, with its causes");
    if response.clicked() {
        view.selection.selected = Some(*picked);
        view.commands.push(UiCommand::Show(PanelKind::Why));
    }
}

fn words(view: &View, picked: &Picked) -> String {
    let state = view.state;
    // What has no name and no place is called by its kind.
    let named = |picked: &Picked| {
        let (kind, text) = (picked.kind.name(), text(view, picked));
        if text == kind { text } else { format!("{kind} {text}") }
    };
    let mut parts = vec![named(picked)];
    // What ended keeps its origin in the timeline.
    let known = view.find(picked.task).unwrap_or(*picked);
    if let Some(parent) = view.find(known.parent) {
        let names = &state.names;
        let file = names.script(known.site);
        let site = names.place(known.site).map(|place| match file.rsplit(['/', '\\']).next() {
            // What runs may have called a function of another file, or of a text that it was made from.
            Some(name) if file != names.script(parent.callback) => format!(" in {name}:{}", place.line),
            _ => format!(" in line {}", place.line),
        });
        let by = named(&parent);
        parts.push(format!("scheduled by {by}{}", site.unwrap_or_default()));
    }
    if let Some(entry) = state.tasks.get(&picked.task).filter(|_| picked.ran.is_none()) {
        parts.push(match entry.stage {
            Stage::Waiting => "waits".to_owned(),
            Stage::Armed { due } => format!("due at {}", duration(due)),
            Stage::Ready { since, .. } => {
                format!("ready for {}", duration(view.now().saturating_sub(since)))
            }
            Stage::Running { since } => {
                format!("runs for {}", duration(view.runs_for(since)))
            }
        });
        if !entry.refd {
            parts.push("does not keep the loop alive".to_owned());
        }
    }
    if let Some((start, end)) = picked.ran {
        let timeline = &view.model.timeline;
        let timeline = timeline.on(picked.task.on()).unwrap_or(timeline);
        parts.push(format!("ran at {} for {}", duration(start), timeline.ran_for(start, end)));
    }
    parts.join("   ·   ")
}
