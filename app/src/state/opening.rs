//! A file with a run that is opened beside the window: traces of other programs have to be read whole for that.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};

use super::run::{Running, Wake};
use super::work::Work;

/// The work that this is, and what comes of it. Dropping it ends it.
pub struct Opening {
    path: PathBuf,
    work: Work,
    answer: Receiver<anyhow::Result<Running>>,
}

impl Opening {
    /// Begins to open a file.
    pub fn begin(path: &Path, wake: Wake) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let work = Work::new(format!("Opening {name}"));
        let (answer, answered) = bounded(1);
        let (theirs, file, failed) = (work.clone(), path.to_owned(), answer.clone());
        let opener = move || {
            let opened = Running::open(&file, &theirs, wake.clone());
            theirs.finish();
            // Nobody may want it any more.
            drop(answer.try_send(opened));
            wake();
        };
        if let Err(error) = std::thread::Builder::new().name("opener".to_owned()).spawn(opener) {
            work.finish();
            let failure = anyhow::anyhow!("{} cannot be opened: {error}", path.display());
            drop(failed.try_send(Err(failure)));
        }
        Self { path: path.to_owned(), work, answer: answered }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How far it is.
    pub fn work(&self) -> &Work {
        &self.work
    }

    /// What came of it, once that is known; waits at most this long.
    pub fn take(&self, patience: Duration) -> Option<anyhow::Result<Running>> {
        match self.answer.recv_timeout(patience) {
            Ok(opened) => Some(opened),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => {
                Some(Err(anyhow::anyhow!("{} cannot be opened: reading it failed", self.path.display())))
            }
        }
    }
}

impl Drop for Opening {
    fn drop(&mut self) {
        self.work.cancel();
    }
}
