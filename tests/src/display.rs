//! A screen that only memory holds: Xvfb with a window manager, for windows on machines without a display.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than Xvfb and a window need to appear on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often a screen is tried.
const ATTEMPTS: u32 = 10;

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
    /// Xvfb ended before it said which display it is.
    #[error("Xvfb says no display number: {0}")]
    NoNumber(String),
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
        // Two that start at the same moment can both believe that they have a number; only one then answers.
        let mut last = None;
        for _ in 0..ATTEMPTS {
            let display = Self::attempt(width, height)?;
            if display.xdotool(&["getdisplaygeometry"]) == Some(format!("{width} {height}")) {
                return Ok(display);
            }
            last = Some(display.number);
        }
        Err(DisplayError::NoNumber(format!("display {last:?} does not answer")))
    }

    fn attempt(width: u32, height: u32) -> Result<Self, DisplayError> {
        let start = |program| move |error| DisplayError::Start { program, error };
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", &format!("{width}x{height}x24")])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(start("Xvfb"))?;
        let mut line = String::new();
        if let Some(output) = server.stdout.take() {
            // An error leaves the line empty, which is one, too.
            drop(BufReader::new(output).read_line(&mut line));
        }
        let Ok(number) = line.trim().parse() else {
            drop(server.kill());
            drop(server.wait());
            return Err(DisplayError::NoNumber(line));
        };
        let mut display = Self { number, server, manager: None };
        let mut manager = Command::new("openbox");
        display.lend(&mut manager);
        manager.stdout(Stdio::null()).stderr(Stdio::null());
        display.manager = Some(manager.spawn().map_err(start("openbox"))?);
        Ok(display)
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
            let id = found.lines().last()?.to_owned();
            self.xdotool(&["windowactivate", &id])?;
            (self.xdotool(&["getactivewindow"])? == id).then_some(Window { display: self, id })
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

    /// Presses keys, written as xdotool has them (`ctrl+shift+p`).
    pub fn press(&self, keys: &str) -> Option<String> {
        self.display
            .xdotool(&["key", "--window", &self.id, keys])
            .or_else(|| self.display.xdotool(&["key", keys]))
    }

    /// Asks the window to close, as its frame's button does.
    pub fn close(&self) -> Option<String> {
        self.display.xdotool(&["windowquit", &self.id])
    }
}

/// Looks again and again until there is something.
fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> Result<T, DisplayError> {
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
