//! What happened in the measured stretch.

use egui::{Align2, CornerRadius, FontFamily, FontId, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2};
use loopscope_protocol::Nanos;
use loopscope_protocol::state::{Names, duration};

use crate::state::timeline::Timeline;
use crate::theme::{self, size};

/// Words for what lies in a stretch.
pub fn words(timeline: &Timeline, names: &Names, (from, to): (Nanos, Nanos)) -> String {
    let mut count = 0;
    let mut longest: Option<(Nanos, String)> = None;
    for lane in &timeline.lanes {
        let sum = lane.sum(from..to);
        count += sum.count;
        let Some((index, length)) = sum.longest else { continue };
        if longest.as_ref().is_none_or(|(known, _)| length > *known)
            && let Some((_, _, run)) = lane.get(index)
        {
            let name = names.describe(run.callback);
            longest = Some((length, if name.is_empty() { run.kind.name().to_owned() } else { name }));
        }
    }
    let (ran, stood) = timeline.ran_and_stood(from..to);
    let idle = (to - from).saturating_sub(ran).saturating_sub(stood);
    let plural = if count == 1 { "" } else { "s" };
    let mut parts = vec![
        duration(to - from),
        format!("{count} callback{plural}"),
        format!("ran {}", duration(ran)),
        format!("idle {}", duration(idle)),
    ];
    if stood > 0 {
        parts.push(format!("stood still {}", duration(stood)));
    }
    if let Some((length, name)) = longest {
        parts.push(format!("longest {name}, {}", duration(length)));
    }
    parts.join("   ·   ")
}

/// Draws them at the bottom of the lanes; returns whether they are to go.
pub fn show(text: &str, lanes: Rect, ui: &Ui) -> bool {
    let palette = theme::of(ui);
    let font = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, palette.text);
    let around = 2.0 * size::NEAR + size::FAR;
    job.wrap =
        egui::text::TextWrapping::truncate_at_width((lanes.width() - around - 2.0 * size::NEAR).max(0.0));
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let wanted = Vec2::new(galley.size().x + around, size::ROW);
    let center = Pos2::new(lanes.center().x, lanes.bottom() - size::ROW / 2.0 - size::TIGHT);
    let rect = Rect::from_center_size(center, wanted);
    let painter = ui.painter();
    let round = CornerRadius::same(size::ROUND);
    painter.rect_filled(rect, round, palette.raised);
    painter.rect_stroke(rect, round, Stroke::new(size::LINE, palette.outline), StrokeKind::Inside);
    let at =
        Align2::LEFT_CENTER.anchor_size(Pos2::new(rect.left() + size::NEAR, rect.center().y), galley.size());
    painter.galley(at.min, galley, palette.text);
    let label = ui.interact(rect, ui.scope_id().with("sums"), Sense::hover());
    label.widget_info(|| egui::WidgetInfo::labeled(Role::Label, true, format!("Measured: {text}")));
    let side = Vec2::splat(size::FAR);
    let cross =
        Rect::from_center_size(Pos2::new(rect.right() - size::NEAR - size::TIGHT, rect.center().y), side);
    let close = ui.interact(cross, ui.scope_id().with("sums-close"), Sense::click());
    close.widget_info(|| egui::WidgetInfo::labeled(Role::Button, true, "Stop measuring"));
    let ink = if close.hovered() || close.has_focus() { palette.text } else { palette.dim };
    let arm = size::TIGHT * 0.9;
    for (from, to) in
        [(Vec2::new(-arm, -arm), Vec2::new(arm, arm)), (Vec2::new(-arm, arm), Vec2::new(arm, -arm))]
    {
        painter
            .line_segment([cross.center() + from, cross.center() + to], Stroke::new(size::LINE * 1.5, ink));
    }
    close.clicked()
}
