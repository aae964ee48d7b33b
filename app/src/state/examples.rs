//! The examples that come with the program: real scripts, which the window copies to the user's folder and opens.

use std::path::{Path, PathBuf};
use std::{fs, io};

use etcetera::{AppStrategy as _, AppStrategyArgs};

/// Names another folder for the copies.
pub const FOLDER_VARIABLE: &str = "LOOPSCOPE_DATA_DIR";

/// What an example is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chapter {
    /// How the loop works.
    Loop,
    /// What one builds with it.
    Programs,
}

impl Chapter {
    /// All chapters, in order.
    pub const ALL: [Self; 2] = [Self::Loop, Self::Programs];

    /// Title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Loop => "How the loop works",
            Self::Programs => "Programs that serve",
        }
    }
}

/// One example.
#[derive(Debug)]
pub struct Example {
    /// Name of its file.
    pub file: &'static str,
    /// Title.
    pub title: &'static str,
    /// What there is to see, in a sentence.
    pub about: &'static str,
    /// Where it stands.
    pub chapter: Chapter,
    /// The script.
    pub text: &'static str,
}

macro_rules! examples {
    ($($chapter:ident $file:literal $title:literal $about:literal;)*) => {
        &[$(Example {
            file: $file,
            title: $title,
            about: $about,
            chapter: Chapter::$chapter,
            text: include_str!(concat!("../../../assets/examples/", $file)),
        }),*]
    };
}

/// All examples, in the order of the gallery.
pub const EXAMPLES: &[Example] = examples! {
    Loop "first-look.js" "A first look"
        "A timer, a promise and a file: three kinds of waiting, and what the loop does with each.";
    Loop "order-of-queues.js" "Who comes first?"
        "Every queue gets one callback, made in the wrong order on purpose.";
    Loop "a-blocked-loop.js" "A blocked loop"
        "One long calculation makes every timer late. See by how much, and why.";
    Loop "at-the-same-time.js" "At the same time"
        "Five jobs one after the other, two at a time and all at once.";
    Loop "what-keeps-it-alive.js" "What keeps it alive"
        "Why a program ends, and why sometimes it does not.";
    Loop "where-errors-go.js" "Where errors go"
        "Which errors try and catch can see, and who gets the others.";
    Loop "stop-and-look.js" "Stop and look"
        "A program with a mistake: it stands still where the mistake shows, with its variables to look at.";
    Programs "http-api.js" "An HTTP API"
        "One thread answers many requests at once; clients come along to ask.";
    Programs "tcp-chat.js" "A chat over TCP"
        "A room with three people; every connection waits in the poll phase.";
    Programs "websocket-chat.js" "A chat over WebSockets"
        "Rooms on a server of nothing but node:http; requests become conversations of frames.";
    Programs "streaming-service.js" "A streaming service"
        "Rows made, compressed and sent no faster than they are read.";
    Programs "file-watcher.js" "A file watcher"
        "The system tells what changed, the thread pool reads it.";
    Programs "worker-pool.js" "A pool of workers"
        "Calculations on threads of their own; the loop goes on undisturbed.";
    Programs "cluster.js" "Several processes"
        "One port, three processes: connections are dealt to workers, and one that dies is replaced.";
};

/// Why an example cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum ExampleError {
    /// The system names no folder for the program's data.
    #[error(
        "The system names no folder for the examples. Set the variable {FOLDER_VARIABLE} to a folder of yours."
    )]
    NoFolder,
    /// The copy cannot be written.
    #[error(
        "The example cannot be copied to {0:?}: {1}. Set the variable {FOLDER_VARIABLE} to a folder of yours."
    )]
    Write(PathBuf, io::Error),
}

/// The folder for copies of examples, if the system has a place for it. Every version has its own, so that a newer
/// program neither overwrites what the user changed nor shows what is old.
pub fn folder() -> Option<PathBuf> {
    let data = match std::env::var_os(FOLDER_VARIABLE) {
        Some(folder) => PathBuf::from(folder),
        None => etcetera::choose_app_strategy(AppStrategyArgs {
            top_level_domain: "io".to_owned(),
            author: "loopscope".to_owned(),
            app_name: "Loopscope".to_owned(),
        })
        .ok()?
        .data_dir(),
    };
    Some(data.join(concat!("examples-", env!("CARGO_PKG_VERSION"))))
}

impl Example {
    /// The copy of the example in `folder`: what the user made of it, or a new one.
    ///
    /// # Errors
    /// When there is no such folder, or it cannot be written to.
    pub fn copy(&self, folder: Option<&Path>) -> Result<PathBuf, ExampleError> {
        let folder = folder.ok_or(ExampleError::NoFolder)?;
        let path = folder.join(self.file);
        if path.is_file() {
            return Ok(path);
        }
        let failed = |error| ExampleError::Write(path.clone(), error);
        fs::create_dir_all(folder).map_err(failed)?;
        // A copy that could not be finished must not pass for one the next time.
        let beside = path.with_extension("new");
        fs::write(&beside, self.text).and_then(|()| fs::rename(&beside, &path)).map_err(failed)?;
        Ok(path)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_gallery_has_every_example_once() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/examples");
        let files: BTreeSet<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        let listed: BTreeSet<_> = EXAMPLES.iter().map(|example| example.file.to_owned()).collect();
        assert_eq!(listed, files);
        assert_eq!(listed.len(), EXAMPLES.len());
    }

    #[test]
    fn a_changed_copy_is_kept() {
        let folder = std::env::temp_dir().join(format!("loopscope-examples-{}", std::process::id()));
        let example = &EXAMPLES[0];
        let path = example.copy(Some(&folder)).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), example.text);
        fs::write(&path, "// mine").unwrap();
        assert_eq!(example.copy(Some(&folder)).unwrap(), path);
        assert_eq!(fs::read_to_string(&path).unwrap(), "// mine");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn without_a_folder_it_is_said_what_to_do() {
        let failed = EXAMPLES[0].copy(None).unwrap_err().to_string();
        assert!(failed.contains(FOLDER_VARIABLE), "{failed}");
    }
}
