//! The window without a display, found by its accessible names.

#![allow(dead_code, reason = "not every test file needs all of it")]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, bounded};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, HarnessBuilder};
use loopscope::app::{App, Begin, background};
use loopscope::dialogs::{Answer, Ask, Dialogs};
use loopscope::state::run::Progress;
use loopscope::state::settings::Look;
use loopscope::theme;
use loopscope_protocol::TaskKind;

/// Whether the run stands still in the code.
pub fn stands(app: &App) -> bool {
    app.running().is_some_and(|run| run.debugger().stands_in_code())
}

/// The line at which the selected frame stands.
pub fn line(app: &App) -> u32 {
    app.running().unwrap().debugger().frame().map_or(0, |(_, frame)| frame.spot.line)
}

/// Longer than any of these runs takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// Answers dialogs at once with a path, or says that there is none.
pub struct Answers {
    path: Arc<Mutex<Option<PathBuf>>>,
    fails: Arc<AtomicBool>,
}

impl Dialogs for Answers {
    fn ask(&self, _ask: Ask, _folder: &Path, wake: Box<dyn Fn() + Send>) -> Receiver<Answer> {
        let (answer, answered) = bounded(1);
        let fails = self.fails.load(Ordering::Relaxed);
        let path = self.path.lock().unwrap().clone();
        answer.send(if fails { Err("no dialog".to_owned()) } else { Ok(path) }).unwrap();
        wake();
        answered
    }
}

/// The window.
pub struct Window {
    pub harness: Harness<'static, Option<App>>,
    pub answer: Arc<Mutex<Option<PathBuf>>>,
    /// Whether the system shows no dialogs.
    pub has_no_dialogs: Arc<AtomicBool>,
}

impl Window {
    pub fn open(file: Option<&Path>) -> Self {
        Self::open_with(file, None)
    }

    /// One of another size.
    pub fn sized(file: Option<&Path>, size: [f32; 2]) -> Self {
        Self::build(file, None, None, |builder| builder.with_size(egui::Vec2::from(size)))
    }

    /// One of another size and look that can be drawn.
    pub fn drawn(file: Option<&Path>, size: [f32; 2], look: Look) -> Self {
        Self::build(file, None, Some(look), |builder| builder.with_size(egui::Vec2::from(size)).wgpu())
    }

    /// `examples` is the folder for copies of examples.
    pub fn open_with(file: Option<&Path>, examples: Option<&Path>) -> Self {
        Self::build(file, examples, None, |builder| builder.with_size(egui::Vec2::new(1280.0, 800.0)))
    }

    fn build(
        file: Option<&Path>,
        examples: Option<&Path>,
        look: Option<Look>,
        set_up: impl FnOnce(HarnessBuilder<Option<App>>) -> HarnessBuilder<Option<App>>,
    ) -> Self {
        loopscope_runtime::program::start_v8(&[]).unwrap();
        let answer = Arc::new(Mutex::new(None));
        let has_no_dialogs = Arc::new(AtomicBool::new(false));
        let dialogs = Answers { path: Arc::clone(&answer), fails: Arc::clone(&has_no_dialogs) };
        let mut begin = Some(Begin {
            file: file.map(Path::to_path_buf),
            args: Vec::new(),
            run: false,
            settings_file: None,
            examples: examples.map(Path::to_path_buf),
            look,
            slowness: None,
            sampling: false,
            dialogs: Box::new(dialogs),
        });
        let draw = move |ui: &mut egui::Ui, app: &mut Option<App>| {
            let context = ui.ctx().clone();
            let app = app.get_or_insert_with(|| App::new(&context, begin.take().unwrap()));
            app.prepare(&context);
            ui.painter().rect_filled(ui.max_rect(), 0.0, background(ui.visuals()));
            app.draw(ui);
        };
        let builder = Harness::builder().with_context_setup(theme::install_fonts);
        let harness = set_up(builder).build_ui_state(draw, None);
        let mut window = Self { harness, answer, has_no_dialogs };
        window.harness.run_steps(3);
        window
    }

    pub fn app(&self) -> &App {
        self.harness.state().as_ref().unwrap()
    }

    pub fn app_mut(&mut self) -> &mut App {
        self.harness.state_mut().as_mut().unwrap()
    }

    /// Clicks on a thing where it stays: what comes in meanwhile may still move it.
    pub fn click(&mut self, name: &str) {
        let mut before = None;
        for _ in 0..50 {
            let now = self.harness.get_by_label(name).rect();
            if before.replace(now) == Some(now) {
                break;
            }
            self.harness.step();
        }
        self.harness.get_by_label(name).click();
        self.harness.run_steps(3);
    }

    /// Scrolls a thing into view: the pointer cannot click on what is outside of it.
    pub fn reach(&mut self, name: &str) {
        self.harness.get_by_label(name).scroll_to_me();
        self.harness.run_steps(3);
    }

    /// Draws until something with this name is there.
    pub fn sees(&mut self, name: &str) {
        self.look_for(name, |harness| harness.query_by_label(name).is_some());
    }

    /// Draws until something is there whose name has this part.
    pub fn sees_part(&mut self, part: &str) {
        self.look_for(part, |harness| harness.query_all_by_label_contains(part).next().is_some());
    }

    fn look_for(&mut self, what: &str, is_there: impl Fn(&Harness<'static, Option<App>>) -> bool) {
        for _ in 0..500 {
            if is_there(&self.harness) {
                return;
            }
            self.harness.step();
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("'{what}' is not shown");
    }

    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run_steps(3);
    }

    /// Types into what has the keyboard.
    pub fn type_text(&mut self, text: &str) {
        self.harness.event(egui::Event::Text(text.to_owned()));
        self.harness.run_steps(3);
    }

    /// Keeps a picture under this name in the folder `LOOPSCOPE_PICTURES`, if there is one.
    pub fn picture(&mut self, name: &str) {
        if let Some(folder) = std::env::var_os("LOOPSCOPE_PICTURES") {
            let path = Path::new(&folder).join(format!("{name}.png"));
            self.harness.render().unwrap().save(path).unwrap();
        }
    }

    /// Draws until `done` says so.
    pub fn until(&mut self, what: &str, done: impl Fn(&App) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !done(self.app()) {
            assert!(Instant::now() < deadline, "{what} takes too long");
            self.harness.step();
            std::thread::yield_now();
        }
        self.harness.run_steps(2);
    }

    pub fn until_ended(&mut self) -> i32 {
        self.until("the script", |app| app.running().is_some_and(|run| run.progress() != Progress::Going));
        match self.app().running().unwrap().progress() {
            Progress::Ended(code) => code,
            other => panic!("{other:?}"),
        }
    }

    pub fn until_paused(&mut self) {
        self.until("pausing", |app| app.running().is_some_and(|run| run.model().state().paused.is_some()));
    }

    /// Kind of the callback before which the run stands still.
    pub fn next_kind(&self) -> TaskKind {
        let model = self.app().running().unwrap().model();
        let (_, task) = model.state().paused.unwrap();
        model.state().tasks[&task].kind
    }
}

/// A folder that is gone after the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("loopscope-window-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path.canonicalize().unwrap())
    }

    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}
