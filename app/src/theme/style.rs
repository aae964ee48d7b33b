//! The look of egui's own widgets.

use egui::style::{Selection, WidgetVisuals, Widgets};
use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle, Theme,
    Vec2, Visuals,
};

use super::{Palette, fonts, size};

/// Stands for the colour that whoever draws the text gives it.
pub const INHERITED: Color32 = Color32::PLACEHOLDER;

/// The palette of the theme that `ui` is drawn in.
pub fn of(ui: &egui::Ui) -> &'static Palette {
    for_visuals(ui.visuals())
}

/// The palette of the theme that `visuals` belong to.
pub fn for_visuals(visuals: &Visuals) -> &'static Palette {
    palette(if visuals.dark_mode { Theme::Dark } else { Theme::Light })
}

fn palette(theme: Theme) -> &'static Palette {
    match theme {
        Theme::Dark => &Palette::DARK,
        Theme::Light => &Palette::LIGHT,
    }
}

/// Gives both themes of `context` this look.
pub fn apply(context: &Context) {
    for theme in [Theme::Dark, Theme::Light] {
        let palette = palette(theme);
        context.set_style_of(theme, style(palette));
    }
}

fn style(palette: &Palette) -> Style {
    let mut style = Style { visuals: visuals(palette), ..Style::default() };
    let proportional = |points| FontId::new(points, FontFamily::Proportional);
    style.text_styles = [
        (TextStyle::Small, proportional(size::TEXT_SMALL)),
        (TextStyle::Body, proportional(size::TEXT)),
        (TextStyle::Button, proportional(size::TEXT)),
        (TextStyle::Heading, FontId::new(size::TEXT_TITLE, FontFamily::Name(fonts::STRONG.into()))),
        (TextStyle::Monospace, FontId::new(size::CODE, FontFamily::Monospace)),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = Vec2::new(size::NEAR, size::TIGHT);
    spacing.button_padding = Vec2::new(9.0, 4.0);
    spacing.interact_size = Vec2::new(40.0, size::BUTTON);
    spacing.menu_margin = Margin::same(6);
    spacing.combo_height = size::LIST;
    spacing.window_margin = Margin::same(14);
    spacing.scroll.bar_width = size::SCROLL_BAR;
    spacing.scroll.floating = true;
    spacing.icon_width = 16.0;
    style.interaction.selectable_labels = false;
    style.animation_time = 0.12;
    style
}

fn visuals(palette: &Palette) -> Visuals {
    let mut visuals = if palette.is_dark { Visuals::dark() } else { Visuals::light() };
    visuals.widgets = widgets(palette);
    visuals.selection =
        Selection { bg_fill: palette.selection, stroke: Stroke::new(size::LINE, palette.accent) };
    visuals.override_text_color = Some(palette.text);
    visuals.hyperlink_color = palette.accent;
    visuals.error_fg_color = palette.error;
    visuals.warn_fg_color = palette.warning;
    visuals.panel_fill = palette.surface;
    visuals.window_fill = palette.surface;
    visuals.extreme_bg_color = palette.raised;
    visuals.faint_bg_color = palette.raised;
    visuals.code_bg_color = palette.raised;
    visuals.window_stroke = Stroke::new(size::LINE, palette.outline);
    visuals.window_corner_radius = CornerRadius::same(10);
    visuals.menu_corner_radius = CornerRadius::same(size::ROUND);
    let shadow = Color32::from_black_alpha(if palette.is_dark { 120 } else { 40 });
    visuals.popup_shadow = Shadow { offset: [0, 6], blur: 20, spread: 0, color: shadow };
    visuals.window_shadow = Shadow { offset: [0, 12], blur: 40, spread: 0, color: shadow };
    visuals
}

fn widgets(palette: &Palette) -> Widgets {
    let look = |fill: Color32, outline: Color32, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(size::LINE, outline),
        corner_radius: CornerRadius::same(size::ROUND_SMALL + 1),
        fg_stroke: Stroke::new(size::LINE, text),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: look(palette.surface, palette.line, palette.text),
        inactive: look(palette.raised, Color32::TRANSPARENT, palette.text),
        hovered: look(palette.hovered, palette.outline, palette.text),
        active: look(palette.selection, palette.accent, palette.text),
        open: look(palette.hovered, palette.outline, palette.text),
    }
}
