//! Pictures in time as an animated GIF: one palette for all, and of each picture only what has changed.

use std::collections::HashMap;
use std::io::Write;

use egui::Color32;
use gif::{DisposalMethod, Encoder, EncodingError, Frame, Repeat};

/// Colours of a palette; the last entry stands for "as before".
const COLOURS: usize = 255;

/// The entry that means "as before".
const SAME: u8 = 255;

/// How far apart two colours of the palette are at first, as a sum over the channels.
const APART: u32 = 1;

/// The colours of a film.
pub struct Colours {
    chosen: Vec<[u8; 3]>,
    known: HashMap<[u8; 3], u8>,
}

fn rgb(color: Color32) -> [u8; 3] {
    [color.r(), color.g(), color.b()]
}

fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    one.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(b))).sum()
}

impl Colours {
    /// The colours of some pictures: the most frequent ones, and none too near to another one.
    pub fn of<'a>(pictures: impl IntoIterator<Item = &'a [Color32]>) -> Self {
        let mut counts: HashMap<[u8; 3], u64> = HashMap::new();
        for picture in pictures {
            for same in picture.chunk_by(|one, other| one == other) {
                *counts.entry(rgb(same[0])).or_default() += same.len() as u64;
            }
        }
        let mut sorted: Vec<_> = counts.into_iter().collect();
        sorted.sort_unstable_by_key(|(color, count)| (std::cmp::Reverse(*count), *color));
        let mut apart = APART;
        let chosen = loop {
            let mut chosen: Vec<[u8; 3]> = Vec::new();
            for (color, _) in &sorted {
                if chosen.iter().all(|known| distance(*known, *color) >= apart) {
                    chosen.push(*color);
                    if chosen.len() > COLOURS {
                        break;
                    }
                }
            }
            if chosen.len() <= COLOURS {
                break chosen;
            }
            apart = apart + 1 + apart / 4;
        };
        Self { chosen, known: HashMap::new() }
    }

    /// The number of the colour that is nearest.
    fn number(&mut self, color: [u8; 3]) -> u8 {
        let chosen = &self.chosen;
        *self.known.entry(color).or_insert_with(|| {
            let nearest = (0..chosen.len()).min_by_key(|index| distance(chosen[*index], color));
            u8::try_from(nearest.unwrap_or(0)).unwrap_or(0)
        })
    }

    /// As the format wants them.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.chosen.concat();
        bytes.resize(3 * (COLOURS + 1), 0);
        bytes
    }
}

/// Writes a film, picture by picture.
pub struct Film<W: Write> {
    encoder: Encoder<W>,
    colours: Colours,
    width: usize,
    /// The last picture, in numbers of colours.
    last: Vec<u8>,
}

impl<W: Write> Film<W> {
    /// Begins a film that plays over and over.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(out: W, (width, height): (u16, u16), colours: Colours) -> Result<Self, EncodingError> {
        let mut encoder = Encoder::new(out, width, height, &colours.bytes())?;
        encoder.set_repeat(Repeat::Infinite)?;
        Ok(Self { encoder, colours, width: usize::from(width), last: Vec::new() })
    }

    /// Adds a picture that is seen for so many hundredths of a second.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&mut self, pixels: &[Color32], hundredths: u16) -> Result<(), EncodingError> {
        let mut before = Color32::default();
        let mut number = self.colours.number(rgb(before));
        let mut picture = Vec::with_capacity(pixels.len());
        for pixel in pixels {
            if *pixel != before {
                before = *pixel;
                number = self.colours.number(rgb(before));
            }
            picture.push(number);
        }
        let (left, top, right, bottom) = changed(&self.last, &picture, self.width);
        let is_first = self.last.is_empty();
        let mut part = Vec::with_capacity((right - left) * (bottom - top));
        for row in top..bottom {
            let from = row * self.width;
            let line = from + left..from + right;
            match is_first {
                true => part.extend_from_slice(&picture[line]),
                false => part.extend(
                    self.last[line.clone()]
                        .iter()
                        .zip(&picture[line])
                        .map(|(before, now)| if before == now { SAME } else { *now }),
                ),
            }
        }
        let size = |length: usize| u16::try_from(length).unwrap_or(u16::MAX);
        let frame = Frame {
            delay: hundredths,
            dispose: DisposalMethod::Keep,
            transparent: Some(SAME),
            left: size(left),
            top: size(top),
            width: size(right - left),
            height: size(bottom - top),
            buffer: part.into(),
            ..Frame::default()
        };
        self.last = picture;
        self.encoder.write_frame(&frame)
    }

    /// Ends the film.
    ///
    /// # Errors
    /// When its end cannot be written.
    pub fn finish(self) -> Result<(), EncodingError> {
        self.encoder.into_inner()?.flush()?;
        Ok(())
    }
}

/// The part in which a picture differs from the one before, at least one pixel: left, top, right, bottom.
fn changed(before: &[u8], picture: &[u8], width: usize) -> (usize, usize, usize, usize) {
    let height = picture.len() / width.max(1);
    if before.len() != picture.len() {
        return (0, 0, width, height);
    }
    let differs = |row: &usize| {
        let line = row * width..(row + 1) * width;
        before[line.clone()] != picture[line]
    };
    let (Some(top), Some(last)) = ((0..height).find(differs), (0..height).rfind(differs)) else {
        return (0, 0, 1.min(width), 1.min(height));
    };
    let (mut left, mut right) = (width, 0);
    for row in top..=last {
        let line = row * width..(row + 1) * width;
        let pairs = || before[line.clone()].iter().zip(&picture[line.clone()]);
        left = left.min(pairs().position(|(one, other)| one != other).unwrap_or(width));
        right = right.max(pairs().rposition(|(one, other)| one != other).map_or(0, |index| index + 1));
    }
    (left, top, right, last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: Color32 = Color32::RED;
    const BLUE: Color32 = Color32::BLUE;

    #[test]
    fn only_what_has_changed_is_written() {
        let first = vec![RED; 12];
        let mut second = first.clone();
        second[5] = BLUE;
        second[10] = BLUE;
        let mut bytes = Vec::new();
        let mut film = Film::new(&mut bytes, (4, 3), Colours::of([&first[..], &second[..]])).unwrap();
        film.add(&first, 10).unwrap();
        film.add(&second, 10).unwrap();
        film.add(&second, 200).unwrap();
        film.finish().unwrap();
        let mut options = gif::DecodeOptions::new();
        options.set_color_output(gif::ColorOutput::RGBA);
        let mut film = options.read_info(&bytes[..]).unwrap();
        let mut frames = Vec::new();
        while let Some(frame) = film.read_next_frame().unwrap() {
            frames.push((
                frame.left,
                frame.top,
                frame.width,
                frame.height,
                frame.delay,
                frame.buffer.to_vec(),
            ));
        }
        assert_eq!(frames.len(), 3);
        assert_eq!(frames[0].5, [255, 0, 0, 255].repeat(12));
        assert_eq!((frames[1].0, frames[1].1, frames[1].2, frames[1].3), (1, 1, 2, 2));
        let [none, blue] = [[0; 4], [0, 0, 255, 255]];
        let seen: Vec<[u8; 4]> = frames[1]
            .5
            .chunks(4)
            .map(|pixel| if pixel[3] == 0 { none } else { pixel.try_into().unwrap() })
            .collect();
        assert_eq!(seen, [blue, none, none, blue]);
        assert_eq!((frames[2].2, frames[2].3, frames[2].4), (1, 1, 200));
    }

    #[test]
    fn many_colours_become_as_many_as_a_palette_holds() {
        let picture: Vec<Color32> = (0..10_000_u32)
            .map(|number| Color32::from_rgb((number / 100) as u8, (number % 100) as u8, 7))
            .collect();
        let mut colours = Colours::of([&picture[..]]);
        assert!((150..=COLOURS).contains(&colours.chosen.len()), "{}", colours.chosen.len());
        let far = picture.iter().map(|pixel| {
            let number = colours.number(rgb(*pixel));
            distance(colours.chosen[usize::from(number)], rgb(*pixel))
        });
        assert!(far.max().unwrap() <= 16);
    }
}
