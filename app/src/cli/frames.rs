//! `loopscope --frames SECONDS FILE`: how many frames the window draws while a script runs.

use std::time::{Duration, Instant};

/// The frames of a window since its script began.
pub struct Frames {
    /// How long to count.
    length: Duration,
    begun: Option<Instant>,
    last: Option<Instant>,
    /// From the begin of each frame to the begin of the next.
    gaps: Vec<Duration>,
    /// What the window itself worked for each frame: its panels, and what it told the graphics driver.
    works: Vec<Duration>,
}

impl Frames {
    /// Nothing counted yet.
    pub fn new(length: Duration) -> Self {
        Self { length, begun: None, last: None, gaps: Vec::new(), works: Vec::new() }
    }

    /// Counts a frame that begins now; `work` is what the one before took, where that is known. Says whether all was
    /// counted: the time is over, or the script is.
    pub fn count(&mut self, now: Instant, goes: bool, work: Option<Duration>) -> bool {
        if !goes {
            return self.begun.is_some();
        }
        let begun = *self.begun.get_or_insert(now);
        if let Some(last) = self.last.replace(now) {
            self.gaps.push(now - last);
            self.works.extend(work);
        }
        now - begun >= self.length
    }

    /// The figures as one line.
    pub fn told(&self) -> String {
        let whole: Duration = self.gaps.iter().sum();
        if self.gaps.is_empty() {
            return "no frames: the script was over at once".to_owned();
        }
        let rate = self.gaps.len() as f64 / whole.as_secs_f64();
        format!(
            "{} frames in {:.1} s, {rate:.1} a second; from one to the next {}; work of the window for each {}",
            self.gaps.len(),
            whole.as_secs_f64(),
            spread(&self.gaps),
            spread(&self.works)
        )
    }
}

/// Median, 95th percentile and most in milliseconds.
fn spread(times: &[Duration]) -> String {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let at = |part: f64| {
        let index = ((sorted.len() as f64 - 1.0) * part).round() as usize;
        sorted.get(index).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    };
    format!("median {:.1} ms, 95 % {:.1} ms, most {:.1} ms", at(0.5), at(0.95), at(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_frames_while_the_script_runs_count() {
        let begin = Instant::now();
        let at = |ms: u64| begin + Duration::from_millis(ms);
        let mut frames = Frames::new(Duration::from_millis(40));
        assert!(!frames.count(at(0), false, None));
        assert!(!frames.count(at(100), true, Some(Duration::from_millis(5))));
        assert!(!frames.count(at(110), true, Some(Duration::from_millis(2))));
        assert!(!frames.count(at(130), true, Some(Duration::from_millis(3))));
        assert!(frames.count(at(140), true, Some(Duration::from_millis(4))));
        assert_eq!(
            frames.told(),
            "3 frames in 0.0 s, 75.0 a second; from one to the next median 10.0 ms, 95 % 20.0 ms, most 20.0 ms; \
             work of the window for each median 3.0 ms, 95 % 4.0 ms, most 4.0 ms"
        );
    }

    #[test]
    fn a_script_that_is_over_ends_the_count() {
        let mut frames = Frames::new(Duration::from_secs(9));
        assert!(!frames.count(Instant::now(), true, None));
        assert!(frames.count(Instant::now(), false, None));
        assert_eq!(frames.told(), "no frames: the script was over at once");
    }
}
