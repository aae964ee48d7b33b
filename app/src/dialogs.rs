//! Dialogs for choosing files. They run on a thread of their own, so that the window goes on drawing.

mod failures;

use std::path::{Path, PathBuf};

use crossbeam_channel::{Receiver, bounded};

/// Extensions of scripts.
const EXTENSIONS: [&str; 6] = ["js", "mjs", "cjs", "ts", "mts", "cts"];

/// Extensions of profiles.
const PROFILES: [&str; 3] = ["cpuprofile", "heapprofile", "json"];

/// Extension of recordings.
const RECORDING: &str = "loopscope";

/// What a dialog is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// A file to open.
    Open,
    /// Where to save a file of this name.
    Save(String),
    /// Where to save a recording of this name.
    SaveRecording(String),
    /// A recording to compare with.
    OpenRecording,
    /// A profile to look at.
    OpenProfile,
    /// Where to save a profile of this name.
    SaveProfile(String),
    /// Where to save something else of this name.
    Export(String),
}

impl Ask {
    /// What stands above the dialog.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Open => "Open a script or a recording",
            Self::Save(_) => "Save the script",
            Self::SaveRecording(_) => "Save the recording",
            Self::OpenRecording => "Choose a recording to compare with",
            Self::OpenProfile => "Choose a profile",
            Self::SaveProfile(_) => "Save the profile",
            Self::Export(_) => "Export the run",
        }
    }

    /// The name that is proposed for what is to be saved; `None` when a file is to be opened.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Save(name) | Self::SaveRecording(name) | Self::SaveProfile(name) | Self::Export(name) => {
                Some(name)
            }
            Self::Open | Self::OpenRecording | Self::OpenProfile => None,
        }
    }

    /// Whether a file of this name is of the first kind that one chooses from, or all are.
    pub fn is_for(&self, name: &str) -> bool {
        let kinds = self.kinds();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        kinds.first().is_none_or(|(_, endings)| endings.contains(&ending))
    }

    /// Kinds of files to choose from: name and extensions of each.
    fn kinds(&self) -> Vec<(&'static str, Vec<&'static str>)> {
        let all = ("All files", vec!["*"]);
        let recordings = ("Recordings", vec![RECORDING]);
        match self {
            Self::Open => vec![
                ("Scripts and recordings", [&EXTENSIONS[..], &[RECORDING]].concat()),
                ("Scripts", EXTENSIONS.to_vec()),
                recordings,
                all,
            ],
            Self::SaveRecording(_) => vec![recordings],
            Self::OpenRecording => vec![recordings, all],
            Self::OpenProfile => vec![("Profiles", PROFILES.to_vec()), all],
            Self::Save(_) | Self::SaveProfile(_) | Self::Export(_) => Vec::new(),
        }
    }
}

/// What came of a dialog: the file that was chosen, or nothing when the user gave it up. The error says why none could be
/// shown.
pub type Answer = Result<Option<PathBuf>, String>;

/// Shows dialogs; tests answer without showing one.
pub trait Dialogs {
    /// Shows a dialog that begins in `folder`. The answer comes later.
    fn ask(&self, ask: Ask, folder: &Path, wake: Box<dyn Fn() + Send>) -> Receiver<Answer>;
}

/// The system's own dialogs.
pub struct SystemDialogs;

impl Dialogs for SystemDialogs {
    fn ask(&self, ask: Ask, folder: &Path, wake: Box<dyn Fn() + Send>) -> Receiver<Answer> {
        let (answer, answered) = bounded(1);
        failures::listen();
        let folder = folder.to_owned();
        let show = move || {
            let mut dialog = rfd::FileDialog::new().set_title(ask.title()).set_directory(&folder);
            for (name, extensions) in ask.kinds() {
                dialog = dialog.add_filter(name, &extensions);
            }
            let chosen = match ask.name() {
                Some(name) => dialog.set_file_name(name).save_file(),
                None => dialog.pick_file(),
            };
            let chosen = match (chosen, failures::take()) {
                (None, Some(failed)) => Err(failed),
                (chosen, _) => Ok(chosen),
            };
            // The window may have been closed meanwhile.
            drop(answer.send(chosen));
            wake();
        };
        // Without a thread there is no answer: the channel closes, which counts as a dialog that cannot be shown.
        drop(std::thread::Builder::new().name("dialog".to_owned()).spawn(show));
        answered
    }
}
