//! Findings: what is worth a look in the run, each with an explanation and the place it is about.

use egui::{
    Align, Button, CornerRadius, FontFamily, FontId, Frame, Layout, RichText, ScrollArea, Stroke, Ui,
};
use egui_material_icons::{MaterialIcon, icons};
use loopscope_protocol::PlaceId;
use loopscope_protocol::state::duration;
use loopscope_trace::lint::{Finding, RULES, Rule, Severity};

use super::{View, layout};
use crate::command::UiCommand;
use crate::state::findings::Findings;
use crate::theme::{self, Palette, size};

/// What the panel remembers.
#[derive(Default)]
pub struct FindingsMemory {
    /// Findings whose explanation is shown: rule and place.
    open: Vec<(&'static str, PlaceId)>,
}

fn is_silent(view: &View, finding: &Finding) -> bool {
    view.silenced.iter().any(|rule| rule == finding.rule)
}

/// How many findings are shown.
pub fn count(view: &View) -> usize {
    view.findings.list().iter().filter(|finding| !is_silent(view, finding)).count()
}

/// Draws the panel.
pub fn show(view: &mut View, ui: &mut Ui) {
    match view.findings {
        _ if view.progress.is_none() => {
            return layout::empty(
                ui,
                "What is worth a look in the run: late timers, blocked loops, lost promises.",
            );
        }
        Findings::None => return unasked(view, ui),
        Findings::Looking => return layout::empty(ui, "Looking at the run…"),
        Findings::Failed(text) => {
            ui.colored_label(theme::of(ui).error, text);
            return;
        }
        Findings::Found(_) => {}
    }
    let findings = view.findings;
    ScrollArea::vertical().id_salt("findings").auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(size::NEAR).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = size::TIGHT;
            if count(view) == 0 {
                ui.label(RichText::new("Nothing worth a look was found.").color(theme::of(ui).success));
            }
            let mut sorted: Vec<&Finding> = findings.list().iter().collect();
            sorted.sort_by_key(|finding| {
                (std::cmp::Reverse(rule(finding).map(|rule| rule.1.severity)), finding.at)
            });
            for finding in sorted {
                if !is_silent(view, finding) {
                    card(view, finding, ui);
                }
            }
            silenced(view, ui);
        });
    });
}

/// While the run goes on nobody looks unless asked.
fn unasked(view: &mut View, ui: &mut Ui) {
    ui.vertical_centered(|ui| {
        ui.add_space(size::FAR);
        ui.colored_label(theme::of(ui).dim, "The rules are asked when the run is over.");
        if ui.button("Look at the run so far").clicked() {
            view.commands.push(UiCommand::Look);
        }
    });
}

/// The rule of a finding, with its number.
fn rule(finding: &Finding) -> Option<(usize, &'static Rule)> {
    RULES.iter().enumerate().find(|(_, rule)| rule.id == finding.rule)
}

fn sign(severity: Severity, palette: &Palette) -> (MaterialIcon, egui::Color32) {
    match severity {
        Severity::Error => (icons::ICON_ERROR, palette.error),
        Severity::Warning => (icons::ICON_WARNING, palette.warning),
        Severity::Hint => (icons::ICON_LIGHTBULB, palette.accent),
    }
}

/// A finding; a click on its message goes there.
fn card(view: &mut View, finding: &Finding, ui: &mut Ui) {
    let palette = theme::of(ui);
    let Some((number, rule)) = rule(finding) else { return };
    let key = (finding.rule, finding.place);
    let is_open = view.memory.findings.open.contains(&key);
    let (icon, ink) = sign(rule.severity, palette);
    let frame = Frame::new()
        .fill(palette.card)
        .stroke(Stroke::new(size::LINE, palette.line))
        .corner_radius(CornerRadius::same(size::ROUND))
        .inner_margin(size::NEAR);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.label(RichText::from(icon).size(size::ICON).color(ink));
            let strong = FontId::new(size::TEXT, FontFamily::Name(theme::STRONG.into()));
            let title = RichText::new(capital(rule.title)).font(strong);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let quiet = small(icons::ICON_NOTIFICATIONS_OFF, &format!("Silence {}", rule.id), ui);
                if quiet.on_hover_text("This rule says nothing any more").clicked() {
                    view.commands.push(UiCommand::Silence(number));
                }
                let word = if is_open { "Hide the explanation" } else { "Explain" };
                if small(icons::ICON_HELP, word, ui).on_hover_text(word).clicked() {
                    toggle(&mut view.memory.findings.open, key);
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(egui::Label::new(title).truncate());
                });
            });
        });
        message(view, finding, ui);
        if is_open {
            ui.add(egui::Label::new(RichText::new(rule.explanation).color(palette.dim)).wrap());
        }
    });
}

fn small(icon: MaterialIcon, name: &str, ui: &mut Ui) -> egui::Response {
    let picture = RichText::from(icon).size(size::ICON_SMALL).color(theme::of(ui).dim);
    let response = ui.add(Button::new(picture).frame_when_inactive(false));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    response
}

fn toggle(open: &mut Vec<(&'static str, PlaceId)>, key: (&'static str, PlaceId)) {
    if open.contains(&key) {
        open.retain(|other| *other != key);
    } else {
        open.push(key);
    }
}

/// What happened and where, as one thing to click.
fn message(view: &mut View, finding: &Finding, ui: &mut Ui) {
    let palette = theme::of(ui);
    let names = &view.state.names;
    let times = if finding.count > 1 { format!(", {} times", finding.count) } else { String::new() };
    let text = format!("{}{times}.", capital(&finding.message));
    let at = format!("{}   at {}", names.describe(finding.place), duration(finding.at));
    let place = finding.place;
    let label = egui::Label::new(&text).wrap().sense(egui::Sense::click());
    let said = ui.add(label);
    said.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, text.clone()));
    let link = ui.link(RichText::new(at.trim()).size(size::TEXT_SMALL).color(palette.accent));
    let link = match names.place(place) {
        // Files in different folders may bear one name.
        Some(known) => link.on_hover_text(format!("{}:{}", names.text(known.script), known.line)),
        None => link,
    };
    if said.clicked() || link.clicked() {
        go(view, finding, place);
    }
    for other in &finding.others {
        let text = format!("see {}", view.state.names.describe(*other));
        // It can be clicked as the place itself can.
        if ui.link(RichText::new(text).size(size::TEXT_SMALL).color(palette.accent)).clicked() {
            go(view, finding, *other);
        }
    }
}

/// Shows the moment, the callback and the place of a finding in all views.
fn go(view: &mut View, finding: &Finding, place: PlaceId) {
    if let Some(place) = view.state.names.place(place) {
        let path = view.state.names.text(place.script);
        view.memory.go_to_spot(path, place.line);
    }
    view.selection.cursor = Some(finding.moment);
    if let Some(picked) = view.find(finding.task) {
        view.selection.selected = Some(picked);
        view.memory.reveal(&picked);
    }
}

/// The rules that say nothing, to give them their voice back.
fn silenced(view: &mut View, ui: &mut Ui) {
    if view.silenced.is_empty() {
        return;
    }
    ui.add_space(size::NEAR);
    ui.horizontal_wrapped(|ui| {
        ui.colored_label(theme::of(ui).dim, "Silenced:");
        for (number, rule) in RULES.iter().enumerate() {
            if view.silenced.iter().any(|silent| silent == rule.id) {
                let button = ui.button(RichText::new(rule.title).size(size::TEXT_SMALL));
                button.widget_info(|| {
                    egui::WidgetInfo::labeled(
                        egui::Role::Button,
                        true,
                        format!("Let {} speak again", rule.id),
                    )
                });
                let hint = format!("Let this rule speak again: {}", rule.id);
                if button.on_hover_text(hint).clicked() {
                    view.commands.push(UiCommand::Silence(number));
                }
            }
        }
    });
}

fn capital(text: &str) -> String {
    // Names of code keep their letters.
    let is_code = |word: &str| word.contains('.') || word.chars().any(char::is_uppercase);
    if text.split(' ').next().is_some_and(is_code) {
        return text.to_owned();
    }
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_keep_their_small_letters() {
        assert_eq!(capital("net.server [::]:80 was open"), "net.server [::]:80 was open");
        assert_eq!(capital("nextTick a.js:1 held the stack"), "nextTick a.js:1 held the stack");
        assert_eq!(capital("timeout a.js:1 held the stack"), "Timeout a.js:1 held the stack");
    }
}
