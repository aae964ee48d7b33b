//! Files that are written beside the window: exports, and runs that are saved. Each goes on by itself, whatever the window shows meanwhile.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, TryRecvError, bounded};

use super::run::{News, Wake};
use super::work::Work;

/// How often one looks whether what was cancelled is over.
const LOOK: Duration = Duration::from_millis(2);

/// A file that is being written.
pub struct Job {
    path: PathBuf,
    work: Work,
    answer: Receiver<News>,
}

impl Job {
    /// Begins to write a file on a thread of its own; `doing` is a word such as "Exporting".
    pub fn begin(
        path: PathBuf,
        (doing, thread): (&str, &str),
        wake: Wake,
        write: impl FnOnce(&Work) -> News + Send + 'static,
    ) -> Self {
        let path = std::path::absolute(&path).unwrap_or(path);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let work = Work::new(format!("{doing} {name}"));
        let (answer, answered) = bounded(1);
        let (theirs, failed) = (work.clone(), answer.clone());
        let writer = move || {
            let news = write(&theirs);
            // Nobody may want to know any more.
            drop(answer.try_send(news));
            theirs.finish();
            wake();
        };
        if let Err(error) = std::thread::Builder::new().name(thread.to_owned()).spawn(writer) {
            work.finish();
            drop(failed.try_send(News::Failed(format!("{} cannot be written: {error}.", path.display()))));
        }
        Self { path, work, answer: answered }
    }
}

/// All files that are being written, in the order in which that began.
#[derive(Default)]
pub struct Jobs(Vec<Job>);

impl Jobs {
    /// One more.
    pub fn add(&mut self, job: Job) {
        self.0.push(job);
    }

    /// Whether a file is being written.
    pub fn has(&self, path: &Path) -> bool {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.0.iter().any(|job| job.path == path && !job.work.is_finished())
    }

    /// How far they are.
    pub fn works(&self) -> impl DoubleEndedIterator<Item = &Work> {
        self.0.iter().map(|job| &job.work).filter(|work| !work.is_finished())
    }

    /// What came of those that are over, once.
    pub fn take_news(&mut self) -> Vec<News> {
        let mut news = Vec::new();
        self.0.retain(|job| match job.answer.try_recv() {
            Ok(told) => {
                news.push(told);
                false
            }
            Err(TryRecvError::Empty) => true,
            Err(TryRecvError::Disconnected) => {
                news.push(News::Failed(format!("{} cannot be written.", job.path.display())));
                false
            }
        });
        news
    }

    /// Ends all of them, and waits at most so long until nothing is left of them on the disk.
    pub fn end(&mut self, patience: Duration) {
        let until = Instant::now() + patience;
        self.works().for_each(Work::cancel);
        while self.works().next().is_some() && Instant::now() < until {
            std::thread::sleep(LOOK);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn each_job_goes_on_by_itself_and_tells_what_came_of_it() {
        let mut jobs = Jobs::default();
        let (go, waits) = bounded::<()>(0);
        let begin = |name: &str, waits: Receiver<()>| {
            Job::begin(name.into(), ("Writing", "job"), Arc::new(|| {}), move |work| {
                let path = PathBuf::from(work.name());
                while waits.recv_timeout(LOOK).is_err() && !work.is_cancelled() {}
                if work.is_cancelled() { News::Failed("cancelled".to_owned()) } else { News::Saved(path) }
            })
        };
        jobs.add(begin("a.gif", waits.clone()));
        jobs.add(begin("b.gif", waits));
        let names: Vec<_> = jobs.works().map(|work| work.name().to_owned()).collect();
        assert_eq!(names, ["Writing a.gif", "Writing b.gif"]);
        assert!(jobs.has(Path::new("a.gif")) && !jobs.has(Path::new("c.gif")));
        jobs.works().next().unwrap().cancel();
        let news = |jobs: &mut Jobs| loop {
            match jobs.take_news() {
                news if news.is_empty() => std::thread::yield_now(),
                news => return news,
            }
        };
        assert_eq!(news(&mut jobs), [News::Failed("cancelled".to_owned())]);
        assert_eq!(jobs.works().count(), 1);
        go.send(()).unwrap();
        assert_eq!(news(&mut jobs), [News::Saved("Writing b.gif".into())]);
        assert_eq!((jobs.works().count(), jobs.take_news()), (0, Vec::new()));
    }

    #[test]
    fn what_is_ended_with_the_window_is_over_when_that_is_gone() {
        let mut jobs = Jobs::default();
        jobs.add(Job::begin("a.gif".into(), ("Writing", "job"), Arc::new(|| {}), |work| {
            while !work.is_cancelled() {
                std::thread::yield_now();
            }
            News::Failed(String::new())
        }));
        jobs.end(Duration::from_secs(60));
        assert_eq!(jobs.works().count(), 0);
    }
}
