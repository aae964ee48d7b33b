//! `loopscope [FILE]`: the window.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow};
use eframe::{CreationContext, NativeOptions};
use egui::{ViewportBuilder, ViewportCommand};
use loopscope::app::{App, Begin};
use loopscope::dialogs::SystemDialogs;
use loopscope::state::examples;
use loopscope::state::run::Progress;
use loopscope::state::settings::{self, Look};
use loopscope::theme::size;
use loopscope_runtime::program;

use super::frames::Frames;
use super::names::Names;
use super::{LookArg, Window};

/// Frames that are drawn after the script has ended or stands still in the code before the picture is taken, so that everything stands still.
const SETTLE: u32 = 12;

/// Opens the window and returns when it is closed.
///
/// # Errors
/// When there is no display or no graphics.
pub fn open(window: Window) -> Result<ExitCode> {
    // V8 wants to be started before there are other threads.
    program::start_v8(&[])?;
    let viewport = ViewportBuilder::default()
        .with_title("Loopscope")
        .with_app_id("loopscope")
        .with_inner_size(window.size.unwrap_or(size::WINDOW))
        .with_min_inner_size(size::WINDOW_LEAST)
        .with_drag_and_drop(true);
    // Colours are flat: noise between the steps of a gradient would only cost time, most where no graphics card draws.
    let options = NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        dithering: false,
        ..NativeOptions::default()
    };
    let failed = Arc::new(std::sync::Mutex::new(None));
    let seen = Arc::clone(&failed);
    let create = move |creation: &CreationContext| -> Result<Box<dyn eframe::App>, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Box::new(Shell::new(creation, window, seen)))
    };
    eframe::run_native("loopscope", options, Box::new(create))
        .map_err(|failed| anyhow!("{failed}"))
        .context("the window cannot be opened; without a display use `loopscope run` or `loopscope trace`")?;
    let failed = failed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
    match failed {
        Some(text) => Err(anyhow!("{}", text as String)),
        None => Ok(ExitCode::SUCCESS),
    }
}

/// A picture that is to be taken.
struct Picture {
    file: PathBuf,
    after: Option<Duration>,
    began: Instant,
    frames: u32,
    asked: bool,
}

/// The window, and the picture or figures that the command line may want of it.
struct Shell {
    app: App,
    picture: Option<Picture>,
    frames: Option<Frames>,
    failed: Arc<std::sync::Mutex<Option<String>>>,
}

impl Shell {
    fn new(
        creation: &CreationContext,
        window: Window,
        failed: Arc<std::sync::Mutex<Option<String>>>,
    ) -> Self {
        let settings_file = if window.no_settings { None } else { settings::file() };
        let mut script = window.script.into_iter();
        let begin = Begin {
            file: script.next().map(PathBuf::from),
            args: script.collect(),
            run: window.run || window.frames.is_some(),
            examples: examples::folder(),
            settings_file,
            look: window.look.map(|look| match look {
                LookArg::Dark => Look::Dark,
                LookArg::Light => Look::Light,
            }),
            slowness: window.slow,
            sampling: window.sample,
            dialogs: Box::new(SystemDialogs),
        };
        // The folder changes with the run's.
        let absolute = |file: PathBuf| std::path::absolute(&file).unwrap_or(file);
        let picture = window.picture.map(|file| Picture {
            file: absolute(file),
            after: window.picture_after.map(Duration::from_millis),
            began: Instant::now(),
            frames: 0,
            asked: false,
        });
        if let Some(file) = window.names {
            creation.egui_ctx.add_plugin(Names::into_file(absolute(file)));
        }
        let frames = window.frames.map(|seconds| Frames::new(Duration::from_secs(seconds)));
        Self { app: App::new(&creation.egui_ctx, begin), picture, frames, failed }
    }

    /// Takes the picture when it is time, and closes the window once it is saved.
    fn picture(&mut self, context: &egui::Context) {
        let Some(picture) = &mut self.picture else { return };
        let is_time = match picture.after {
            Some(after) => picture.began.elapsed() >= after,
            None => {
                // A run that stands at a breakpoint goes on only when somebody says so, and here is nobody.
                let ended = self.app.running().is_none_or(|running| {
                    !matches!(running.progress(), Progress::Going | Progress::Reading(_))
                        || running.debugger().stands_in_code()
                });
                picture.frames = if ended { picture.frames + 1 } else { 0 };
                picture.frames >= SETTLE
            }
        };
        if is_time && !picture.asked {
            picture.asked = true;
            let (file, failed, window) = (picture.file.clone(), Arc::clone(&self.failed), context.clone());
            context.request_screenshot(move |image| {
                if let Err(text) = save(&image, &file) {
                    let mut slot = failed.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    *slot = Some(format!("{text:#}"));
                }
                window.send_viewport_cmd(ViewportCommand::Close);
            });
        }
        context.request_repaint();
    }

    /// Counts a frame, and closes the window once all were counted.
    fn count(&mut self, context: &egui::Context, work: Option<f32>) {
        let Some(frames) = &mut self.frames else { return };
        let goes = self.app.running().is_some_and(|running| running.progress() == Progress::Going);
        if frames.count(Instant::now(), goes, work.map(Duration::from_secs_f32)) {
            println!("{}", frames.told());
            self.frames = None;
            context.send_viewport_cmd(ViewportCommand::Close);
        }
    }
}

fn save(image: &egui::ColorImage, file: &std::path::Path) -> Result<()> {
    let [width, height] = image.size;
    let pixels: Vec<u8> = image.pixels.iter().flat_map(|pixel| pixel.to_array()).collect();
    image::save_buffer(file, &pixels, width as u32, height as u32, image::ColorType::Rgba8)
        .with_context(|| format!("the picture cannot be written to {}", file.display()))
}

impl eframe::App for Shell {
    fn logic(&mut self, context: &egui::Context, frame: &mut eframe::Frame) {
        self.app.logic(context, frame);
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        self.count(ui.ctx(), frame.info().cpu_usage);
        self.app.ui(ui, frame);
        self.picture(ui.ctx());
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        self.app.clear_color(visuals)
    }

    fn on_exit(&mut self, gl: Option<&eframe::glow::Context>) {
        self.app.on_exit(gl);
    }
}
