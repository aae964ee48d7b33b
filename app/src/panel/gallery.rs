//! The gallery: every example as a card, to open or to run at once.

use egui::{Align, Id, Layout, Modal, RichText, ScrollArea, Sense, Stroke, Ui, UiBuilder, Vec2};
use egui_material_icons::icons;

use crate::command::UiCommand;
use crate::state::examples::{Chapter, EXAMPLES, Example};
use crate::theme::{self, STRONG, size};

/// Cards beside each other.
const COLUMNS: usize = 2;

/// Draws the gallery while it is open; returns what was chosen, which closes it.
pub fn gallery(open: &mut bool, context: &egui::Context) -> Option<UiCommand> {
    if !*open {
        return None;
    }
    let mut chosen = None;
    let style = context.style_of(context.theme());
    let frame = egui::Frame::popup(&style).inner_margin(size::FAR);
    let modal = Modal::new(Id::unique("gallery")).frame(frame).show(context, |ui| {
        ui.set_width(size::GALLERY);
        ui.horizontal(|ui| {
            ui.heading("Examples");
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let close = egui::Button::new(RichText::from(icons::ICON_CLOSE).size(size::ICON));
                let close = ui.add(close.frame_when_inactive(false));
                close
                    .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Close the gallery"));
                close.clicked()
            })
            .inner
        })
        .inner
        .then(|| *open = false);
        ui.colored_label(
            theme::of(ui).dim,
            "Real scripts on the real runtime. Each is copied to your folder, so change what you like.",
        );
        let most = (context.content_rect().height() - size::GALLERY_AROUND).max(size::PANEL_LEAST);
        ScrollArea::vertical().max_height(most).show(ui, |ui| {
            for chapter in Chapter::ALL {
                chosen = cards(chapter, ui).or(chosen);
            }
        });
    });
    if chosen.is_some() || modal.should_close() {
        *open = false;
    }
    chosen
}

fn cards(chapter: Chapter, ui: &mut Ui) -> Option<UiCommand> {
    let mut chosen = None;
    let indices: Vec<_> = (0..EXAMPLES.len()).filter(|index| EXAMPLES[*index].chapter == chapter).collect();
    if indices.is_empty() {
        return None;
    }
    ui.add_space(size::NEAR);
    let title = RichText::new(chapter.title()).family(egui::FontFamily::Name(STRONG.into()));
    ui.label(title.color(theme::of(ui).dim));
    for row in indices.chunks(COLUMNS) {
        ui.columns(COLUMNS, |columns| {
            for (index, ui) in row.iter().zip(columns) {
                chosen = card(*index, &EXAMPLES[*index], ui).or(chosen);
            }
        });
    }
    chosen
}

fn card(index: usize, example: &Example, ui: &mut Ui) -> Option<UiCommand> {
    let palette = theme::of(ui);
    let builder = UiBuilder::new().id_salt(example.file).sense(Sense::click());
    let inner = ui.scope_builder(builder, |ui| {
        let response = ui.response();
        let is_lit = response.hovered() || response.has_focus();
        let edge = if response.has_focus() { palette.accent } else { palette.line };
        let frame = egui::Frame::new()
            .fill(if is_lit { palette.hovered } else { palette.raised })
            .stroke(Stroke::new(size::LINE, edge))
            .corner_radius(size::ROUND)
            .inner_margin(size::NEAR);
        frame
            .show(ui, |ui| {
                ui.set_min_size(Vec2::new(ui.available_width(), size::CARD));
                ui.horizontal(|ui| {
                    ui.label(RichText::new(example.title).family(egui::FontFamily::Name(STRONG.into())));
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| run_button(example, ui)).inner
                })
                .inner
                .then_some(UiCommand::RunExample(index))
                .or_else(|| {
                    // Columns stretch their lines to their width; these begin at the left and end where they end.
                    ui.with_layout(Layout::top_down(Align::LEFT), |ui| {
                        ui.colored_label(palette.dim, example.about);
                    });
                    None
                })
            })
            .inner
    });
    let response = inner.response;
    response.widget_info(|| {
        let name = format!("Open the example {}", example.title);
        egui::WidgetInfo::labeled(egui::Role::Button, true, name)
    });
    inner.inner.or_else(|| response.clicked().then_some(UiCommand::OpenExample(index)))
}

fn run_button(example: &Example, ui: &mut Ui) -> bool {
    let palette = theme::of(ui);
    let icon = RichText::from(icons::ICON_PLAY_ARROW).size(size::ICON).color(palette.accent);
    let button = egui::Button::new(icon).frame_when_inactive(false).min_size(Vec2::splat(size::BUTTON));
    let response = ui.add(button);
    response.widget_info(|| {
        let name = format!("Run the example {}", example.title);
        egui::WidgetInfo::labeled(egui::Role::Button, true, name)
    });
    response.on_hover_text("Open and run").clicked()
}
