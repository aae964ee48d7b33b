//! A few small pictures of the window in both themes. `UPDATE_SNAPSHOTS=1` makes them anew.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test as assertions do")]

use std::path::PathBuf;

use crossbeam_channel::{Receiver, bounded};
use egui::{Key, Modifiers, Vec2};
use egui_kittest::{Harness, SnapshotOptions};
use loopscope::app::{App, Begin};
use loopscope::dialogs::{Ask, Dialogs};
use loopscope::state::settings::Look;
use loopscope::theme;

/// Differences in colour that no one sees; software renderers differ by processor.
const THRESHOLD: f32 = 2.0;

/// Pixels that may differ more: edges of letters.
const PIXELS: usize = 400;

struct NoDialogs;

impl Dialogs for NoDialogs {
    fn ask(&self, _ask: Ask, _wake: Box<dyn Fn() + Send>) -> Receiver<Option<PathBuf>> {
        bounded(0).1
    }
}

fn window(look: Look) -> Harness<'static, Option<App>> {
    let mut begin = Some(Begin {
        file: None,
        args: Vec::new(),
        run: false,
        settings_file: None,
        examples: None,
        look: Some(look),
        slowness: None,
        dialogs: Box::new(NoDialogs),
    });
    let draw = move |ui: &mut egui::Ui, app: &mut Option<App>| {
        let context = ui.ctx().clone();
        app.get_or_insert_with(|| App::new(&context, begin.take().unwrap())).draw(ui);
    };
    let mut harness = Harness::builder()
        .with_size(Vec2::new(900.0, 560.0))
        .with_context_setup(theme::install_fonts)
        .wgpu()
        .build_ui_state(draw, None);
    harness.run_steps(4);
    harness
}

fn compare(mut harness: Harness<'static, Option<App>>, name: &str) {
    let options = SnapshotOptions::new().threshold(THRESHOLD).max_failed_pixels(PIXELS);
    harness.snapshot_options(name, &options);
}

#[test]
fn the_window_at_first_in_dark() {
    compare(window(Look::Dark), "first-dark");
}

#[test]
fn the_window_at_first_in_light() {
    compare(window(Look::Light), "first-light");
}

#[test]
fn the_palette_of_commands() {
    let mut harness = window(Look::Dark);
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    harness.run_steps(6);
    compare(harness, "palette-dark");
}
