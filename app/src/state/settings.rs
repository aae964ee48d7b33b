//! What is remembered from one window to the next.

use std::path::{Path, PathBuf};
use std::{fs, io};

use etcetera::{AppStrategy as _, AppStrategyArgs};
use serde::{Deserialize, Serialize};

use super::debugger::{Breakpoints, Exceptions, FunctionBreakpoint, Ignored, LoopBreakpoint};

/// Files that are remembered.
const RECENT_KEPT: usize = 12;

/// Names another folder for the settings.
pub const FOLDER_VARIABLE: &str = "LOOPSCOPE_CONFIG_DIR";

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Look {
    /// As the system has it.
    #[default]
    System,
    /// Dark.
    Dark,
    /// Light.
    Light,
}

/// What is remembered. Fields that are missing in the file have their defaults.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light or dark.
    pub look: Look,
    /// The files that were open, newest first.
    pub recent: Vec<PathBuf>,
    /// Least time from one callback to the next in milliseconds; 0 is full speed.
    pub slowness: u32,
    /// Size of everything.
    pub zoom: f32,
    /// Where the panels are, as the layout wrote it.
    pub layout: Option<serde_json::Value>,
    /// Whether nothing moves by itself.
    pub reduced_motion: bool,
    /// Whether the stack is looked at now and then.
    pub sampling: bool,
    /// Rules that are not to say anything.
    pub silenced: Vec<String>,
    /// Breakpoints, by file.
    pub breakpoints: Breakpoints,
    /// Breakpoints on functions.
    pub functions: Vec<FunctionBreakpoint>,
    /// Scripts that steps pass over.
    pub ignored: Ignored,
    /// Breakpoints of the event loop.
    pub loop_breakpoints: Vec<LoopBreakpoint>,
    /// Which exceptions hold a run.
    pub exceptions: Exceptions,
    /// Watched expressions.
    pub watches: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            look: Look::default(),
            recent: Vec::new(),
            slowness: 0,
            zoom: 1.0,
            layout: None,
            reduced_motion: false,
            sampling: false,
            silenced: Vec::new(),
            breakpoints: Breakpoints::default(),
            functions: Vec::new(),
            ignored: Ignored::default(),
            loop_breakpoints: Vec::new(),
            exceptions: Exceptions::default(),
            watches: Vec::new(),
        }
    }
}

/// Why settings cannot be kept.
#[derive(Debug, thiserror::Error)]
#[error("the settings cannot be written to {0:?}: {1}")]
pub struct SettingsError(PathBuf, io::Error);

/// The file of the settings, if the system has a place for it.
pub fn file() -> Option<PathBuf> {
    let folder = match std::env::var_os(FOLDER_VARIABLE) {
        Some(folder) => PathBuf::from(folder),
        None => etcetera::choose_app_strategy(AppStrategyArgs {
            top_level_domain: "io".to_owned(),
            author: "loopscope".to_owned(),
            app_name: "Loopscope".to_owned(),
        })
        .ok()?
        .config_dir(),
    };
    Some(folder.join("settings.json"))
}

impl Settings {
    /// Reads the settings; what cannot be read has its default.
    pub fn load(file: Option<&Path>) -> Self {
        let text = file.and_then(|file| fs::read_to_string(file).ok());
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Writes them.
    ///
    /// # Errors
    /// When the system does not let it.
    pub fn save(&self, file: &Path) -> Result<(), SettingsError> {
        let failed = |error| SettingsError(file.to_owned(), error);
        let text = serde_json::to_string_pretty(self).map_err(io::Error::from).map_err(failed)?;
        fs::create_dir_all(file.parent().unwrap_or(Path::new("."))).map_err(failed)?;
        let beside = file.with_extension("json.new");
        fs::write(&beside, text).and_then(|()| fs::rename(&beside, file)).map_err(failed)
    }

    /// Puts a file at the top of the list.
    pub fn remember(&mut self, path: &Path) {
        self.recent.retain(|known| known != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(RECENT_KEPT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_the_window() {
        let folder = std::env::temp_dir().join(format!("loopscope-settings-{}", std::process::id()));
        let file = folder.join("deep/settings.json");
        let mut settings = Settings { look: Look::Light, slowness: 100, ..Settings::default() };
        settings.remember(Path::new("a.js"));
        settings.remember(Path::new("b.js"));
        settings.remember(Path::new("a.js"));
        settings.save(&file).unwrap();
        let loaded = Settings::load(Some(&file));
        assert_eq!(loaded, settings);
        assert_eq!(loaded.recent, [PathBuf::from("a.js"), PathBuf::from("b.js")]);
        fs::write(&file, "{ \"zoom\": 2.0 }").unwrap();
        assert_eq!(Settings::load(Some(&file)), Settings { zoom: 2.0, ..Settings::default() });
        fs::write(&file, "not json").unwrap();
        assert_eq!(Settings::load(Some(&file)), Settings::default());
        fs::remove_dir_all(&folder).unwrap();
    }
}
