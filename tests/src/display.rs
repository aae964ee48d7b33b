//! A screen that only memory holds: Xvfb with a window manager, for windows on machines without a display.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than Xvfb and a window need to appear on a busy machine.
const PATIENCE: Duration = Duration::from_secs(40);

/// The lowest number of a display: lower ones are used by people.
const FIRST_NUMBER: u32 = 100;

/// How many numbers processes choose from.
const NUMBERS: u32 = 30_000;

/// From one number to the next that is tried.
const STEP: usize = 7;

/// How many are tried.
const ATTEMPTS: usize = 20;

/// How often things are looked at that cannot be waited for.
const GLANCE: Duration = Duration::from_millis(20);

/// Why there is no screen, or no window on it.
#[derive(Debug, thiserror::Error)]
pub enum DisplayError {
    /// A program is missing or does not start.
    #[error("cannot start {program}: {error}\n`cargo xtask setup` installs it")]
    Start {
        /// Its name.
        program: &'static str,
        /// The reason.
        error: std::io::Error,
    },
    /// All numbers that were tried are taken.
    #[error("no display number is free from {0} on")]
    NoNumber(u32),
    /// Something did not happen in time.
    #[error("{0} did not happen within {seconds} s", seconds = PATIENCE.as_secs())]
    Late(String),
}

/// A screen. Dropping it ends the programs that make it.
#[derive(Debug)]
pub struct Display {
    number: u32,
    server: Child,
    manager: Option<Child>,
}

impl Display {
    /// A screen of this many pixels with a window manager, without which no window gets the keyboard.
    ///
    /// # Errors
    /// When Xvfb or openbox cannot be started.
    pub fn start(width: u32, height: u32) -> Result<Self, DisplayError> {
        // A number of its own for every process, and the next one when somebody has it. Xvfb can choose one itself,
        // but then takes no lock, and two that start together may share it.
        let first = FIRST_NUMBER + std::process::id() % NUMBERS;
        for number in (first..).step_by(STEP).take(ATTEMPTS) {
            if let Some(display) = Self::attempt(number, width, height)? {
                return Ok(display);
            }
        }
        Err(DisplayError::NoNumber(first))
    }

    /// A screen of this number; `None` when the number is taken.
    fn attempt(number: u32, width: u32, height: u32) -> Result<Option<Self>, DisplayError> {
        let start = |program| move |error| DisplayError::Start { program, error };
        // Without -noreset the server begins anew when its last client leaves, and turns away who comes meanwhile.
        let server = Command::new("Xvfb")
            .args([
                &format!(":{number}"),
                "-nolisten",
                "tcp",
                "-noreset",
                "-screen",
                "0",
                &format!("{width}x{height}x24"),
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(start("Xvfb"))?;
        let mut display = Self { number, server, manager: None };
        let answers = wait_for("an answer of Xvfb", || {
            if display.server.try_wait().is_ok_and(|ended| ended.is_some()) {
                return Some(false);
            }
            (display.owns_number() && display.xdotool(&["getdisplaygeometry"]).is_some()).then_some(true)
        })?;
        if !answers {
            return Ok(None);
        }
        // In the middle, where it begins, the pointer would lie on the window and raise its hints.
        display.xdotool(&["mousemove", &(width - 1).to_string(), &(height - 1).to_string()]);
        let mut manager = Command::new("openbox");
        display.lend(&mut manager);
        manager.stdout(Stdio::null()).stderr(Stdio::null());
        display.manager = Some(manager.spawn().map_err(start("openbox"))?);
        // A window that comes before it has taken over may never get the keyboard.
        wait_for("an answer of openbox", || display.xdotool(&["get_num_desktops"]))?;
        Ok(Some(display))
    }

    /// Whether the server that answers under the number is this one: its process stands in the lock file.
    fn owns_number(&self) -> bool {
        let lock = std::fs::read_to_string(format!("/tmp/.X{}-lock", self.number));
        lock.is_ok_and(|text| text.trim().parse() == Ok(self.server.id()))
    }

    /// Lets `command` show its windows here, drawn without a graphics card.
    pub fn lend(&self, command: &mut Command) {
        command
            .env("DISPLAY", format!(":{}", self.number))
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("WINIT_X11_SCALE_FACTOR", "1")
            .env_remove("WAYLAND_DISPLAY");
    }

    /// What xdotool prints for these arguments; `None` when it fails.
    fn xdotool(&self, arguments: &[&str]) -> Option<String> {
        let mut command = Command::new("xdotool");
        self.lend(&mut command);
        let output = command.args(arguments).stdin(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// The window whose title contains `title`, once it is there, with the keyboard's focus.
    ///
    /// # Errors
    /// When it does not appear.
    pub fn window(&self, title: &str) -> Result<Window<'_>, DisplayError> {
        wait_for(&format!("a window \"{title}\" with the focus"), || {
            let found = self.xdotool(&["search", "--onlyvisible", "--name", title])?;
            // The frame around it may bear the same title; only one of the two takes the focus.
            found.lines().rev().find_map(|id| {
                self.xdotool(&["windowactivate", id])?;
                (self.xdotool(&["getactivewindow"])? == id)
                    .then(|| Window { display: self, id: id.to_owned() })
            })
        })
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        for child in self.manager.iter_mut().chain([&mut self.server]) {
            // One that has ended already is what is wanted.
            drop(child.kill());
            drop(child.wait());
        }
    }
}

/// A window on a screen.
#[derive(Debug)]
pub struct Window<'a> {
    display: &'a Display,
    id: String,
}

impl Window<'_> {
    /// Its title.
    pub fn title(&self) -> Option<String> {
        self.display.xdotool(&["getwindowname", &self.id])
    }

    /// Waits until the title fits.
    ///
    /// # Errors
    /// When it does not in time.
    pub fn wait_for_title(&self, fits: impl Fn(&str) -> bool) -> Result<String, DisplayError> {
        let mut last = String::new();
        wait_for("the title", || {
            last = self.title()?;
            fits(&last).then(|| last.clone())
        })
        .map_err(|_| DisplayError::Late(format!("a change of the title \"{last}\"")))
    }

    /// Moves the pointer to a point of the window, in pixels from its upper left corner, and presses a button of the
    /// mouse `times` times: 1 is the left one, 3 the right one.
    pub fn click(&self, (x, y): (i32, i32), button: u8, times: u8) -> Option<String> {
        let (x, y) = (x.to_string(), y.to_string());
        self.display.xdotool(&["mousemove", "--window", &self.id, &x, &y])?;
        let (times, button) = (times.to_string(), button.to_string());
        self.display.xdotool(&["click", "--repeat", &times, "--delay", "60", &button])
    }

    /// Types a text, on the keyboard of the screen.
    pub fn type_text(&self, text: &str) -> Option<String> {
        self.display.xdotool(&["type", "--delay", "20", text])
    }

    /// Presses keys, written as xdotool has them (`ctrl+shift+p`), on the keyboard of the screen: they go to the
    /// window that has the focus.
    pub fn press(&self, keys: &str) -> Option<String> {
        self.display.xdotool(&["key", keys])
    }
}

/// Looks again and again until there is something.
///
/// # Errors
/// When there is nothing for too long.
pub fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> Result<T, DisplayError> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return Ok(found);
        }
        if Instant::now() >= deadline {
            return Err(DisplayError::Late(what.to_owned()));
        }
        std::thread::sleep(GLANCE);
    }
}
