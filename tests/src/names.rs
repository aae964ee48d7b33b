//! What the window says to screen readers, as `loopscope --names FILE` writes it: things are found by their names.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde::Deserialize;

use crate::display::{DisplayError, wait_for};

/// What a click brings is there by then, unless the click got lost.
const SOON: Duration = Duration::from_secs(3);

/// How often the file is read.
const GLANCE: Duration = Duration::from_millis(20);

/// Something with a name.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Named {
    /// What it is: `Button`, `Label`, `TextInput` …
    pub role: String,
    /// Its name.
    pub name: String,
    /// What is typed in it.
    pub value: Option<String>,
    /// Left, upper, right and lower edge, in pixels of the window.
    at: [f64; 4],
}

impl Named {
    /// Its middle, in pixels of the window.
    pub fn middle(&self) -> (i32, i32) {
        let [left, top, right, bottom] = self.at;
        (((left + right) / 2.0) as i32, ((top + bottom) / 2.0) as i32)
    }

    /// A point near its left edge: labels may be longer than what is seen of them.
    pub fn left(&self) -> (i32, i32) {
        (self.at[0] as i32 + 4, self.middle().1)
    }
}

/// The file in which the window writes names.
#[derive(Debug)]
pub struct Names(pub PathBuf);

impl Names {
    /// Everything that is shown; nothing before the first frame.
    pub fn all(&self) -> Vec<Named> {
        let text = std::fs::read_to_string(&self.0).unwrap_or_default();
        text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
    }

    /// The thing of this name, once it is there and no longer moves.
    ///
    /// # Errors
    /// When it does not appear.
    pub fn find(&self, name: &str) -> Result<Named, DisplayError> {
        self.find_where(name, |named| named.name == name)
    }

    /// Whether the thing of this name is there now or soon.
    pub fn is_soon(&self, name: &str) -> bool {
        let deadline = Instant::now() + SOON;
        loop {
            if self.all().iter().any(|named| named.name == name) {
                return true;
            }
            if Instant::now() >= deadline {
                return false;
            }
            std::thread::sleep(GLANCE);
        }
    }

    /// The thing that `fits`, once it is there and no longer moves; `what` names it when it does not appear.
    ///
    /// # Errors
    /// When it does not appear.
    pub fn find_where(&self, what: &str, fits: impl Fn(&Named) -> bool) -> Result<Named, DisplayError> {
        let mut before = None;
        wait_for(what, || {
            let found = self.all().into_iter().find(|named| fits(named));
            let is_still = found.is_some() && found == before;
            before = found;
            is_still.then(|| before.clone())?
        })
        .map_err(|error| {
            let shown: Vec<_> = self.all().into_iter().map(|named| named.name).collect();
            DisplayError::Late(format!("{error}; shown: {}", shown.join(" | ")))
        })
    }
}
