//! What is said while files are held over the window: that they can be dropped, and which is opened.

use egui::{Align2, Area, Context, Frame, Id, Order, RichText, Stroke, Vec2};

use crate::theme::{self, size};

/// Draws the hint over everything else while files are held over the window.
pub fn drop_hint(context: &Context) {
    let names = context.input(|input| {
        let files = input.raw.hovered_files.iter();
        files.map(|file| file.path.as_deref().map(name).unwrap_or_default()).collect::<Vec<_>>()
    });
    let Some(text) = words(&names) else { return };
    let id = Id::unique("drop hint");
    Area::new(id)
        .order(Order::Foreground)
        .anchor(Align2::CENTER_CENTER, Vec2::ZERO)
        .interactable(false)
        .show(context, |ui| {
            let palette = theme::of(ui);
            let frame = Frame::popup(ui.style())
                .inner_margin(size::FAR)
                .stroke(Stroke::new(size::THICK, palette.accent));
            frame.show(ui, |ui| ui.label(RichText::new(text).heading()));
        });
}

fn name(path: &std::path::Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// What dropping will do; nothing when no file is there.
fn words(names: &[String]) -> Option<String> {
    match names {
        [] => None,
        [one] if one.is_empty() => Some("Drop the file to open it".to_owned()),
        [one] => Some(format!("Drop to open {one}")),
        [first, ..] if first.is_empty() => Some("Drop the files: the first one is opened".to_owned()),
        [first, ..] => Some(format!("Drop to open {first}, the first of {} files", names.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_which_file_is_opened() {
        let names = |names: &[&str]| words(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(names(&[]), None);
        assert_eq!(names(&["a.js"]).as_deref(), Some("Drop to open a.js"));
        assert_eq!(names(&["a.js", "b.js"]).as_deref(), Some("Drop to open a.js, the first of 2 files"));
        assert_eq!(names(&[""]).as_deref(), Some("Drop the file to open it"));
    }
}
