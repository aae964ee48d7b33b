//! What the window says to screen readers, written to a file: with it tests find things by their names, as
//! people do who cannot see where they are.

use std::fs;
use std::path::PathBuf;

use egui::accesskit::TreeUpdate;
use egui::{Context, FullOutput, Plugin};
use serde_json::{Value, json};

/// Writes the names whenever they change.
pub struct Names {
    file: PathBuf,
    written: String,
}

impl Names {
    /// Writes into `file`, whose content is replaced as a whole each time.
    pub fn into_file(file: PathBuf) -> Self {
        Self { file, written: String::new() }
    }
}

impl Plugin for Names {
    fn debug_name(&self) -> &'static str {
        "names"
    }

    fn setup(&mut self, context: &Context) {
        context.enable_accesskit();
    }

    fn output_hook(&mut self, context: &Context, output: &mut FullOutput) {
        // Nobody may have a screen reader, for which it is turned off then.
        context.enable_accesskit();
        let Some(update) = &output.platform_output.accesskit_update else { return };
        let text = listed(update, context.pixels_per_point());
        if text == self.written {
            return;
        }
        let beside = self.file.with_extension("part");
        if fs::write(&beside, &text).and_then(|()| fs::rename(&beside, &self.file)).is_ok() {
            self.written = text;
        }
    }
}

/// A line of JSON for each thing with a name or a value: where it is, in pixels of the window.
fn listed(update: &TreeUpdate, pixels: f32) -> String {
    let mut text = String::new();
    for (_, node) in &update.nodes {
        let (Some(bounds), name, value) = (node.bounds(), node.label(), node.value()) else { continue };
        if name.is_none() && value.is_none() {
            continue;
        }
        let at = [bounds.x0, bounds.y0, bounds.x1, bounds.y1];
        let at = at.map(|number| (number * f64::from(pixels)).round());
        let line: Value = json!({
            "role": format!("{:?}", node.role()),
            "name": name.or(value),
            "value": value,
            "at": at,
        });
        text.push_str(&line.to_string());
        text.push('\n');
    }
    text
}
