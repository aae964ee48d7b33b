//! Dialogs for choosing files. They run on a thread of their own, so that the window goes on drawing.

use std::path::PathBuf;

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

/// Shows dialogs; tests answer without showing one.
pub trait Dialogs {
    /// Shows a dialog. The answer comes later; `None` when the user chose nothing.
    fn ask(&self, ask: Ask, wake: Box<dyn Fn() + Send>) -> Receiver<Option<PathBuf>>;
}

/// The system's own dialogs.
pub struct SystemDialogs;

impl Dialogs for SystemDialogs {
    fn ask(&self, ask: Ask, wake: Box<dyn Fn() + Send>) -> Receiver<Option<PathBuf>> {
        let (answer, answered) = bounded(1);
        let show = move || {
            let dialog = rfd::FileDialog::new();
            let chosen = match ask {
                Ask::Open => dialog
                    .set_title("Open a script or a recording")
                    .add_filter("Scripts and recordings", &[&EXTENSIONS[..], &[RECORDING]].concat())
                    .add_filter("Scripts", &EXTENSIONS)
                    .add_filter("Recordings", &[RECORDING])
                    .add_filter("All files", &["*"])
                    .pick_file(),
                Ask::SaveRecording(name) => dialog
                    .set_title("Save the recording")
                    .add_filter("Recordings", &[RECORDING])
                    .set_file_name(name)
                    .save_file(),
                Ask::OpenRecording => dialog
                    .set_title("Choose a recording to compare with")
                    .add_filter("Recordings", &[RECORDING])
                    .add_filter("All files", &["*"])
                    .pick_file(),
                Ask::OpenProfile => dialog
                    .set_title("Choose a profile")
                    .add_filter("Profiles", &PROFILES)
                    .add_filter("All files", &["*"])
                    .pick_file(),
                Ask::SaveProfile(name) => {
                    dialog.set_title("Save the profile").set_file_name(name).save_file()
                }
                Ask::Export(name) => dialog.set_title("Export the run").set_file_name(name).save_file(),
                Ask::Save(name) => dialog.set_title("Save the script").set_file_name(name).save_file(),
            };
            // The window may have been closed meanwhile.
            drop(answer.send(chosen));
            wake();
        };
        // Without a thread there is no answer: the channel closes, which counts as none.
        drop(std::thread::Builder::new().name("dialog".to_owned()).spawn(show));
        answered
    }
}
