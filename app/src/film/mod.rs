//! Runs as pictures: an animated GIF in which the panels play the run, and a still of the timeline. Drawn by the same
//! panels as in the window, without one.

mod encode;
mod raster;
mod stage;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::Range;

use egui::Color32;
use loopscope_trace::{Note, Past, PastError};

pub use stage::{Format, Scene, Stage, StageError, Stands};

use crate::panel::TimelineSetUp;
use crate::state::exporting::Draw;
use crate::state::settings::Look;
use crate::state::work::{Cancelled, Work};
use encode::Colours;

/// Pictures of a film when nobody says otherwise.
pub const PICTURES: u32 = 120;

/// Width and height when nobody says otherwise, in pixels.
pub const SIZE: (u16, u16) = (1000, 620);

/// How long a picture is seen, in hundredths of a second, and how long the last one is.
const SEEN: u16 = 12;
const LAST_SEEN: u16 = 250;

/// Pictures from which the colours are taken.
const SAMPLES: usize = 6;

/// Parts in a hundred of the work until the first picture, and until the colours are known.
const INDEXED: u64 = 10;
const SAMPLED: u64 = 15;

/// Why a film or picture could not be made.
#[derive(Debug, thiserror::Error)]
pub enum FilmError {
    /// The run cannot be read.
    #[error(transparent)]
    Past(#[from] PastError),
    /// It is not wanted any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// It cannot be written.
    #[error("the film cannot be written: {0}")]
    Gif(#[from] gif::EncodingError),
    /// The picture cannot be written.
    #[error("the picture cannot be written: {0}")]
    Png(#[from] image::ImageError),
}

impl From<StageError> for FilmError {
    fn from(failed: StageError) -> Self {
        match failed {
            StageError::Past(failed) => Self::Past(failed),
            StageError::Cancelled(cancelled) => Self::Cancelled(cancelled),
        }
    }
}

/// What a film or picture shows.
pub struct Shot<'a> {
    /// The script of the run.
    pub script: &'a str,
    /// Whether the run was read from a trace of real Node.
    pub attached: bool,
    /// Events of the run.
    pub range: Range<u64>,
    /// How it looks.
    pub format: Format,
    /// How far it is.
    pub work: &'a Work,
}

/// The moments that a film of so many pictures shows: every event when there are few, else some at equal distances.
fn moments(range: &Range<u64>, pictures: u32) -> Vec<u64> {
    let (from, events) = (range.start, range.end.saturating_sub(range.start));
    let steps = events.min(u64::from(pictures.max(2) - 1));
    (0..=steps)
        .map(|step| from + (u128::from(events) * u128::from(step) / u128::from(steps.max(1))) as u64)
        .collect()
}

/// Writes an animated GIF in which ring, queues, timeline and console play the run.
///
/// # Errors
/// When the run cannot be read, the film cannot be written, or the work is cancelled.
pub fn gif(past: Box<dyn Past>, shot: &Shot<'_>, pictures: u32, out: impl Write) -> Result<(), FilmError> {
    let (format, work) = (shot.format, shot.work);
    let mut stage = Stage::new(past, shot, INDEXED)?;
    let moments = moments(&shot.range, pictures);
    let mut samples: Vec<Vec<Color32>> = Vec::new();
    let apart = moments.len().div_ceil(SAMPLES).max(1);
    // The last moment shows most.
    for moment in moments.iter().rev().step_by(apart).rev() {
        work.go_on()?;
        samples.push(stage.picture(*moment, Scene::Everything)?.to_vec());
    }
    let colours = Colours::of(samples.iter().map(Vec::as_slice));
    drop(samples);
    let mut film = encode::Film::new(out, (format.width, format.height), colours)?;
    let all = moments.len() as u64;
    for (index, moment) in moments.iter().enumerate() {
        work.go_on()?;
        work.set(SAMPLED * all + (100 - SAMPLED) * index as u64, 100 * all);
        let is_last = index + 1 == moments.len();
        let pixels = stage.picture(*moment, Scene::Everything)?;
        film.add(pixels, if is_last { LAST_SEEN } else { SEEN })?;
    }
    Ok(film.finish()?)
}

/// Heights that a picture takes which is as high as the timeline.
const HEIGHTS: (u16, u16) = (200, 4096);

/// How a still shows the timeline.
#[derive(Debug, Clone, Default)]
pub struct Still {
    /// It is as high as all the rows are.
    pub fits: bool,
    /// How the timeline is set up.
    pub set_up: TimelineSetUp,
    /// What was noted about moments.
    pub notes: Vec<Note>,
}

/// Writes a PNG of the timeline.
///
/// # Errors
/// When the run cannot be read, the picture cannot be written, or the work is cancelled.
pub fn png(
    past: Box<dyn Past>,
    shot: &Shot<'_>,
    still: &Still,
    out: &mut (impl Write + io::Seek),
) -> Result<(), FilmError> {
    let mut stage = Stage::new(past, shot, 90)?;
    stage.set_up_timeline(&still.set_up, &still.notes);
    if still.fits {
        stage.fit_timeline(HEIGHTS.0, HEIGHTS.1);
    }
    let (width, height) = stage.size();
    let pixels = stage.picture(shot.range.end, Scene::Timeline)?;
    let bytes: Vec<u8> = pixels.iter().flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()]).collect();
    image::write_buffer_with_format(
        out,
        &bytes,
        width,
        height,
        image::ColorType::Rgb8,
        image::ImageFormat::Png,
    )?;
    Ok(())
}

/// A film, or a still of the timeline, as an export.
pub struct Film {
    /// The script of the run.
    pub script: String,
    /// Whether the run was read from a trace of real Node.
    pub attached: bool,
    /// Light or dark.
    pub look: Look,
    /// Width and height in pixels.
    pub size: (u16, u16),
    /// How many pictures at most.
    pub pictures: u32,
    /// One picture of the timeline instead of a film.
    pub still: Option<Still>,
}

impl Default for Film {
    fn default() -> Self {
        Self {
            script: String::new(),
            attached: false,
            look: Look::Light,
            size: SIZE,
            pictures: PICTURES,
            still: None,
        }
    }
}

impl Draw for Film {
    fn draw(
        &self,
        past: Box<dyn Past>,
        range: Range<u64>,
        work: &Work,
        out: &mut BufWriter<File>,
    ) -> anyhow::Result<()> {
        let (width, height) = self.size;
        let format = Format { width, height, look: self.look };
        let shot = Shot { script: &self.script, attached: self.attached, range, format, work };
        match &self.still {
            None => Ok(gif(past, &shot, self.pictures, out)?),
            Some(still) => Ok(png(past, &shot, still, out)?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_film_shows_every_event_of_a_short_run_and_equal_steps_of_a_long_one() {
        assert_eq!(moments(&(3..6), 100), [3, 4, 5, 6]);
        assert_eq!(moments(&(0..1000), 5), [0, 250, 500, 750, 1000]);
        assert_eq!(moments(&(7..7), 5), [7]);
    }
}
