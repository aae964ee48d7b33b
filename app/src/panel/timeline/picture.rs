//! A picture of the timeline as it is on the screen.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use egui::{ColorImage, Context, Rect};

/// What came of it.
type Taken = Arc<Mutex<Option<Result<PathBuf, String>>>>;

/// A picture that is to be taken.
pub struct Picture {
    path: PathBuf,
    asked: bool,
    taken: Taken,
}

impl Picture {
    /// One that goes to this file.
    pub fn new(path: PathBuf) -> Self {
        Self { path, asked: false, taken: Taken::default() }
    }

    /// What came of it, once the screen has answered.
    pub fn taken(&self) -> Option<Result<PathBuf, String>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Asks the screen for what is in `area`, once.
    pub fn ask(&mut self, area: Rect, context: &Context) {
        if std::mem::replace(&mut self.asked, true) {
            return;
        }
        let (path, taken, window) = (self.path.clone(), Arc::clone(&self.taken), context.clone());
        let scale = context.pixels_per_point();
        context.request_screenshot(move |image| {
            let saved = save(&image.region(&area, Some(scale)), &path);
            *taken.lock().unwrap_or_else(PoisonError::into_inner) = Some(saved.map(|()| path));
            window.request_repaint();
        });
        context.request_repaint();
    }
}

fn save(image: &ColorImage, path: &std::path::Path) -> Result<(), String> {
    let [width, height] = image.size;
    let pixels: Vec<u8> = image.pixels.iter().flat_map(|pixel| pixel.to_array()).collect();
    let (width, height) = (u32::try_from(width).unwrap_or(0), u32::try_from(height).unwrap_or(0));
    image::save_buffer(path, &pixels, width, height, image::ColorType::Rgba8)
        .map_err(|failed| format!("The picture cannot be written to {}: {failed}.", path.display()))
}
