//! The text field with its gutter.

use std::sync::Arc;

use egui::{
    Align2, CornerRadius, FontFamily, FontId, Galley, Margin, Pos2, Rect, ScrollArea, Shape, TextBuffer,
    TextEdit, Ui, Vec2,
};

use super::{Marks, colored, columns, gutter};
use crate::panel::View;
use crate::theme::{self, size};

/// Draws the editor.
pub fn show(view: &mut View, marks: &Marks, ui: &mut Ui) {
    let palette = theme::of(ui);
    let font = FontId::new(size::CODE, FontFamily::Monospace);
    let lines = view.document.text.matches('\n').count() + 1;
    let gutter = gutter::width(ui, &font, lines);
    ScrollArea::both().id_salt("code").auto_shrink(false).show(ui, |ui| {
        let background = ui.painter().add(Shape::Noop);
        let path = view.path();
        let before = view.document.text.clone();
        let job = &mut view.memory.code.job;
        let mut layouter = |ui: &Ui, text: &dyn TextBuffer, _width: f32| -> Arc<Galley> {
            let text = text.as_str();
            let fresh =
                job.as_ref().is_some_and(|(known, dark, _)| known == text && *dark == palette.is_dark);
            if !fresh {
                *job = Some((text.to_owned(), palette.is_dark, Arc::new(colored(text, size::CODE, palette))));
            }
            let made = job.as_ref().map(|(_, _, job)| job.as_ref().clone()).unwrap_or_default();
            ui.fonts_mut(|fonts| fonts.layout_job(made))
        };
        let margin = Margin {
            left: gutter.ceil() as i8 + size::NEAR as i8,
            right: size::NEAR as i8,
            top: size::NEAR as i8,
            bottom: size::NEAR as i8,
        };
        let output = TextEdit::multiline(&mut view.document.text)
            .id_salt(("code", view.document.generation))
            .code_editor()
            .font(font.clone())
            .frame(egui::Frame::new().inner_margin(margin))
            .desired_width(f32::INFINITY)
            .min_size(ui.available_size())
            .lock_focus(true)
            .layouter(&mut layouter)
            .show(ui);
        let response = output.response.response;
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Script"));
        if std::mem::take(&mut view.memory.code.wants_focus) {
            response.request_focus();
        }
        view.memory.code.is_changed |= response.changed() && view.debugger.is_live();
        if response.changed() {
            view.breakpoints.follow_edit(&path, &before, &view.document.text);
            view.breakpoints.note_edit(&path, &before, &view.document.text);
        }
        if let Some(range) = output.cursor_range {
            view.memory.code.cursor = Some(columns::at_cursor(&view.document.text, range.primary.index.0));
        }
        let frame = Frame { rect: response.rect, origin: output.galley_pos, galley: &output.galley, gutter };
        ui.painter().set(background, Shape::Vec(frame.backgrounds(marks, palette)));
        frame.values(view, ui);
        frame.columns(view, ui);
        frame.gutter(view, marks, &font, ui);
        frame.follow(view, marks, ui);
        let targets = view.debugger.targets().and_then(|targets| view.debugger.line_now(&path, targets.line));
        if let Some((_, bottom)) = targets.and_then(|line| frame.row(line)) {
            super::targets::show(view, Pos2::new(output.galley_pos.x, bottom), ui);
        }
        let texts = super::hover::Texts { galley: &output.galley, origin: output.galley_pos, gutter };
        super::hover::show(view, &texts, &response, output.cursor_range, ui);
    });
}

/// Where the text was drawn.
struct Frame<'a> {
    rect: Rect,
    origin: Pos2,
    galley: &'a Galley,
    gutter: f32,
}

impl Frame<'_> {
    /// Top and bottom of a line, counted from 1.
    fn row(&self, line: u32) -> Option<(f32, f32)> {
        // Lines are never wrapped: each is one row.
        let row = self.galley.rows.get(usize::try_from(line).ok()?.checked_sub(1)?)?;
        let rect = row.rect();
        Some((self.origin.y + rect.top(), self.origin.y + rect.bottom()))
    }

    fn band(&self, line: u32) -> Option<Rect> {
        let (top, bottom) = self.row(line)?;
        Some(Rect::from_x_y_ranges(self.rect.x_range(), top..=bottom))
    }

    fn backgrounds(&self, marks: &Marks, palette: &theme::Palette) -> Vec<Shape> {
        let shape = |(line, color)| {
            let rect = self.band(line)?;
            Some(Shape::rect_filled(rect, CornerRadius::ZERO, color))
        };
        gutter::bands(marks, palette).filter_map(shape).collect()
    }

    /// Lines that are seen, from 1, with where they are.
    fn seen(&self, ui: &Ui) -> Vec<(u32, Rect)> {
        let seen = ui.clip_rect().y_range();
        let first = self.galley.rows.partition_point(|row| self.origin.y + row.rect().bottom() < seen.min);
        let rows = self.galley.rows.iter().enumerate().skip(first);
        rows.map(|(index, row)| {
            (u32::try_from(index + 1).unwrap_or(u32::MAX), row.rect().translate(self.origin.to_vec2()))
        })
        .take_while(|(_, rect)| rect.top() <= seen.max)
        .collect()
    }

    /// Values of variables at the ends of the lines that use them.
    fn values(&self, view: &mut View, ui: &mut Ui) {
        if !view.debugger.stands_in_code() || view.moment.is_some() {
            return;
        }
        let path = view.path();
        let text = (view.document.generation, view.document.text.len());
        let inline = view.debugger.inline(&path, &view.document.text, text);
        for (line, rect) in self.seen(ui) {
            if let Some(values) = inline.get(&line) {
                super::inline::show(line, values, rect, ui);
            }
        }
    }

    /// Breakpoints in the middle of lines.
    fn columns(&self, view: &mut View, ui: &mut Ui) {
        let path = view.path();
        if view.breakpoints.of(&path).iter().all(|breakpoint| breakpoint.column == 0) {
            return;
        }
        for (line, rect) in self.seen(ui) {
            columns::show(view, &path, line, (self.galley, rect), ui);
        }
    }

    fn gutter(&self, view: &mut View, marks: &Marks, font: &FontId, ui: &mut Ui) {
        let palette = theme::of(ui);
        // The gutter stays where it is while the text scrolls sideways.
        let left = ui.clip_rect().left();
        let strip = Rect::from_x_y_ranges(left..=left + self.gutter, self.rect.y_range());
        ui.painter().rect_filled(strip, CornerRadius::ZERO, palette.surface);
        for (line, rect) in self.seen(ui) {
            let is_running = marks.running == Some(line);
            let color = if is_running { palette.text } else { palette.faint };
            let right = Pos2::new(strip.right() - size::NEAR, rect.center().y);
            ui.painter().text(right, Align2::RIGHT_CENTER, line, font.clone(), color);
            let cell = Rect::from_x_y_ranges(left..=left + size::GUTTER_MARKS, rect.y_range());
            gutter::show(view, marks, line, (cell, strip.right()), ui);
        }
    }

    /// Brings a line into view when the run stands still at another one than before, and the line of the error that
    /// ended it.
    fn follow(&self, view: &mut View, marks: &Marks, ui: &Ui) {
        let wanted = view.memory.code.take_wanted(marks, view.moment.is_some());
        if let Some(band) = wanted.and_then(|line| self.band(line)) {
            let left = Pos2::new(ui.clip_rect().left(), band.top());
            let rect = Rect::from_min_size(left, Vec2::new(size::LINE, band.height()));
            let seen = ui.clip_rect().y_range();
            if !seen.contains(rect.top()) || !seen.contains(rect.bottom()) {
                ui.scroll_to_rect(rect, Some(egui::Align::Center));
            }
        }
    }
}
