//! Breakpoints in the middle of a line: set where the text cursor is, shown in the text in front of what they hold.

use egui::{Galley, Pos2, Rect, Sense, Stroke, Ui, Vec2};

use super::super::View;
use super::{breakpoints, is_word};
use crate::state::debugger::{At, Breakpoint};
use crate::theme::{self, size};

/// Where a breakpoint at the text cursor is: the line from 1, and the column from 1 in UTF-16 units of the word in which the
/// cursor, which is that many characters from the beginning, is.
pub fn at_cursor(text: &str, cursor: usize) -> At {
    let offset = text.char_indices().nth(cursor).map_or(text.len(), |found| found.0);
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[start..offset];
    let head = before.trim_end_matches(is_word);
    // Between two words V8 takes the next place anyway.
    let column = head.encode_utf16().count() + 1;
    let line = text[..start].matches('\n').count() + 1;
    At { line: u32::try_from(line).unwrap_or(u32::MAX), column: u32::try_from(column).unwrap_or(u32::MAX) }
}

/// Draws those of a line, whose text is a row of the galley at `rect`, and takes clicks.
pub fn show(view: &mut View, path: &str, line: u32, (galley, rect): (&Galley, Rect), ui: &mut Ui) {
    let is_here = |one: &&Breakpoint| one.line == line && one.column > 0;
    let here: Vec<Breakpoint> = view.breakpoints.of(path).iter().filter(is_here).cloned().collect();
    for breakpoint in here {
        let at = breakpoint.at();
        let column = view.debugger.column(path, at).unwrap_or(at.column);
        let Some((left, right)) = place(galley, line, column) else { continue };
        let word = Rect::from_x_y_ranges(rect.left() + left..=rect.left() + right, rect.y_range());
        draw(view, path, &breakpoint, word, ui);
    }
}

/// From where to where the word at a column goes in its row.
fn place(galley: &Galley, line: u32, column: u32) -> Option<(f32, f32)> {
    let glyphs = &galley.rows.get(usize::try_from(line).ok()?.checked_sub(1)?)?.row.glyphs;
    let mut units = 1;
    let index = glyphs.iter().position(|glyph| {
        let is_there = units >= column;
        units += u32::try_from(glyph.chr.len_utf16()).unwrap_or(1);
        is_there
    });
    let Some(index) = index else {
        // Behind the end of the line.
        let end = glyphs.last().map_or(0.0, |glyph| glyph.pos.x + glyph.advance_width);
        return Some((end, end + size::NEAR));
    };
    let rest = glyphs[index..].iter();
    let last = rest.take_while(|glyph| is_word(glyph.chr)).last().unwrap_or(&glyphs[index]);
    Some((glyphs[index].pos.x, last.pos.x + last.advance_width))
}

/// A line below the word with a disc at its beginning.
fn draw(view: &mut View, path: &str, breakpoint: &Breakpoint, word: Rect, ui: &mut Ui) {
    let palette = theme::of(ui);
    let at = breakpoint.at();
    let is_hopeless = view.debugger.is_hopeless(path, at);
    let y = word.bottom() - size::LINE;
    let center = Pos2::new(word.left(), y - size::LINE);
    let cell = Rect::from_center_size(center, Vec2::new(size::MARK * 2.0, size::MARK * 2.0));
    let response = ui.interact(cell, ui.scope_id().with(("column", at.line, at.column)), Sense::click());
    let about = breakpoints::about(view, path, breakpoint);
    let role = egui::Role::Button;
    response.widget_info(|| egui::WidgetInfo::selected(role, true, true, about.clone()));
    ui.painter().line_segment(
        [Pos2::new(word.left(), y), Pos2::new(word.right(), y)],
        Stroke::new(size::LINE * 1.5, palette.error),
    );
    let radius = if response.hovered() { size::MARK } else { size::MARK * 0.75 };
    breakpoints::mark(ui, center, radius, breakpoint, is_hopeless, palette);
    if response.clicked() {
        view.breakpoints.remove(path, at);
    }
    breakpoints::fields(view, path, at, &response);
    response.context_menu(|ui| breakpoints::menu(view, path, at, Some(breakpoint), ui));
    response.on_hover_text(about);
}

/// Where a breakpoint could be added at the text cursor, when that is on this line.
pub fn here(view: &View, line: u32) -> Option<At> {
    let at = view.memory.code.cursor_at().filter(|at| at.line == line)?;
    view.breakpoints.at(&view.path(), at).is_none().then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_breakpoint_at_the_text_cursor_is_in_front_of_its_word() {
        let text = "first\né = add(square(1), square(2));\n";
        let at = |wanted: &str, more: usize| {
            let offset = text.find(wanted).unwrap() + more;
            at_cursor(text, text[..offset].chars().count()).to_string()
        };
        assert_eq!(at("add", 2), "2:5");
        assert_eq!(at("square(2", 0), "2:20");
        assert_eq!(at("square(2", 6), "2:20");
        assert_eq!(at("= add", 0), "2:3");
        assert_eq!(at_cursor(text, 0).to_string(), "1:1");
        assert_eq!(at_cursor(text, 999).to_string(), "3:1");
    }
}
