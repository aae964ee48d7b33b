//! The script's text: edited here, with line numbers, marks of waiting callbacks, and the running line.

mod breakpoints;
mod columns;
mod editor;
mod gutter;
mod hover;
mod inline;
mod marks;
mod targets;
mod viewer;

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Color32, FontFamily, FontId, TextFormat, Ui};
use loopscope_protocol::TaskId;

use super::View;
use crate::state::debugger::At;
use crate::state::syntax::{self, Kind};
use crate::theme::{self, Palette, size};

pub use marks::Marks;

/// Text larger than this is shown without being editable, a screenful at a time.
const EDITOR_MOST: usize = 512 << 10;

/// Why an edit changes nothing while the script runs.
const KEEPS_TEXT: &str = "The run keeps the text it began with: V8 cannot change code that runs. Edits count from the next run on.";

/// What the code panel remembers.
#[derive(Default)]
pub struct CodeMemory {
    /// The coloured text, with what it was made from.
    job: Option<(String, bool, Arc<LayoutJob>)>,
    /// The line that was last brought into view.
    followed: Option<u32>,
    /// The line that is to be brought into view.
    wanted: Option<u32>,
    /// The callback whose line was brought into view because it was selected.
    selected: Option<TaskId>,
    /// Where the text cursor is: its line, and the column of its word.
    cursor: Option<At>,
    /// The breakpoint whose condition or words are being edited.
    edited: Option<Edited>,
    /// The expression under the pointer.
    hover: hover::HoverMemory,
    /// The text was changed since the run began that goes on.
    is_changed: bool,
    /// The keyboard is to come to the text.
    wants_focus: bool,
    /// The lines of such a text that are seen.
    seen: std::ops::Range<usize>,
    /// Offsets of lines of a text that is only viewed.
    lines: Option<(usize, Vec<usize>)>,
}

/// A breakpoint whose condition or words are being edited.
struct Edited {
    at: At,
    /// Its fields have not been drawn yet.
    is_new: bool,
}

impl CodeMemory {
    /// The line in which the text cursor is, from 1.
    pub fn cursor_line(&self) -> Option<u32> {
        self.cursor.map(|at| at.line)
    }

    /// Where the text cursor is: its line, and the column at which its word begins.
    pub fn cursor_at(&self) -> Option<At> {
        self.cursor
    }

    /// Brings a line into view.
    pub fn go_to_line(&mut self, line: u32) {
        self.wanted = Some(line);
    }

    /// The line that is to come into view, once.
    fn take_wanted(&mut self, marks: &Marks, is_past: bool) -> Option<u32> {
        let stands = marks.paused || marks.in_code || is_past;
        let selected = marks.selected.filter(|(task, _)| self.selected != Some(*task)).map(|(_, line)| line);
        self.selected = marks.selected.map(|(task, _)| task);
        let wanted = match (self.wanted.take().or(selected), stands) {
            (Some(line), _) => Some(line),
            (None, true) => marks.running.filter(|line| self.followed != Some(*line)),
            (None, false) => marks.fatal.filter(|line| self.followed != Some(*line)),
        };
        self.followed = wanted.or(self.followed);
        wanted
    }

    /// The text is to have the keyboard.
    pub fn take_keyboard(&mut self) {
        self.wants_focus = true;
    }

    /// What is shown of the expression under the pointer goes away.
    pub fn dismiss(&mut self) {
        self.hover.dismiss();
    }

    /// Another run begins.
    pub fn forget_run(&mut self) {
        self.followed = None;
        self.is_changed = false;
    }
}

/// Draws the panel.
pub fn show(view: &mut View, ui: &mut Ui) {
    let marks = Marks::collect(view);
    if view.memory.code.is_changed && view.debugger.is_live() {
        let palette = theme::of(ui);
        egui::Frame::new().inner_margin(size::NEAR).show(ui, |ui| {
            let text = egui::RichText::new(KEEPS_TEXT).size(size::TEXT_SMALL).color(palette.dim);
            ui.add(egui::Label::new(text).wrap());
        });
    }
    if view.document.text.len() <= EDITOR_MOST && view.document.editable {
        editor::show(view, &marks, ui);
    } else {
        viewer::show(view, &marks, ui);
    }
}

fn color(palette: &Palette, kind: Kind) -> Color32 {
    match kind {
        Kind::Plain => palette.text,
        Kind::Keyword => palette.code_keyword,
        Kind::String => palette.code_string,
        Kind::Number => palette.code_number,
        Kind::Comment => palette.code_comment,
        Kind::Function => palette.code_function,
        Kind::Type => palette.code_type,
        Kind::Punctuation => palette.code_punctuation,
    }
}

/// The text of a line from a column on, which counts UTF-16 units from 1.
pub fn from_column(line: &str, column: u32) -> &str {
    let mut units = 1;
    let from = line.char_indices().find(|(_, character)| {
        let is_there = units >= column;
        units += u32::try_from(character.len_utf16()).unwrap_or(1);
        is_there
    });
    from.map_or("", |(at, _)| &line[at..])
}

/// Whether names, those of private fields included, are made of this.
fn is_word(one: char) -> bool {
    one.is_alphanumeric() || matches!(one, '_' | '$' | '#')
}

/// The coloured text; lines are never wrapped.
pub fn colored(text: &str, size: f32, palette: &Palette) -> LayoutJob {
    let mut job = LayoutJob::default();
    job.wrap.max_width = f32::INFINITY;
    let font = FontId::new(size, FontFamily::Monospace);
    let mut from = 0;
    syntax::pieces(text, |to, kind| {
        job.append(&text[from..to], 0.0, TextFormat::simple(font.clone(), color(palette, kind)));
        from = to;
    });
    job
}
