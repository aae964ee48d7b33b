//! Makes the index again from the heads of the frames: after a crash, or when a file is damaged.

use std::io::{self, Read, Seek, SeekFrom};

use loopscope_protocol::state::duration;

use super::RecordingError;
use super::format::{
    EVENTS_HEAD_MOST, EventsHead, HEAD, HEADER, Head, Kind, MARK, MOST_EVENTS, SamplesHead, TRAILER, Zipped,
    frame, index_offset,
};
use super::index::Index;
use crate::past::Block;

/// Bytes that are looked through at once for the next frame.
const STRIDE: usize = 64 << 10;

/// Frames between two looks at whether it is still wanted.
const LOOK: u32 = 256;

/// Problems that are told one by one.
const PROBLEMS: usize = 8;

/// What a scan found.
#[derive(Debug, Default)]
pub struct Scanned {
    pub index: Index,
    pub problems: Vec<String>,
    /// Whether it was closed, whatever stands behind its end.
    pub closed: bool,
    /// Events that are missing so far.
    missing: u64,
    /// The last part that was taken for a good one by its head.
    last: Option<(Kind, u64)>,
}

impl Scanned {
    fn problem(&mut self, text: String) {
        if self.problems.len() < PROBLEMS {
            self.problems.push(text);
        }
    }

    /// Number of events so far.
    fn events(&self) -> u64 {
        self.index.blocks.last().map_or(0, Block::after)
    }

    /// What can be read so far.
    fn readable(&self) -> String {
        match self.index.blocks.last() {
            Some(last) => format!("the {} events before it, until {}, can", last.after(), duration(last.end)),
            None => "no event comes before it".to_owned(),
        }
    }

    /// Where the damage begins that was noticed at `offset`: in the part before, when its checksum is wrong. That one is not
    /// counted then.
    fn breaks_at(&mut self, input: &mut (impl Read + Seek), file: u64, offset: u64) -> u64 {
        match self.last.take() {
            Some((kind, before)) if frame(input, file, before, kind).is_err() => {
                self.index.forget(before);
                before
            }
            _ => offset,
        }
    }

    /// Bytes `from` to `next` of `file` were passed over.
    fn damaged(&mut self, from: u64, next: u64, file: u64) {
        let before = self.readable();
        self.problem(match (next == file, self.closed) {
            (true, true) => format!(
                "behind the end of the recording, from byte {from} on, stands something else ({} bytes): all of its {} events can be read",
                file - from,
                self.events()
            ),
            (true, false) => format!("the file breaks at byte {from} of {file}: nothing behind it can be read; {before}"),
            (false, _) => format!("bytes {from} to {} are damaged and were passed over; {before}", next - 1),
        });
    }
}

/// Goes through a file of `file` bytes. `watch` hears now and then how many of them are behind, and may end it.
///
/// # Errors
/// When it cannot be read, or is not wanted any more.
pub fn scan(
    input: &mut (impl Read + Seek),
    file: u64,
    watch: &mut dyn FnMut(u64) -> bool,
) -> Result<Scanned, RecordingError> {
    let mut scanned = Scanned::default();
    let (mut offset, mut frames) = (HEADER, 0_u32);
    while offset < file {
        frames += 1;
        if frames.is_multiple_of(LOOK) && !watch(offset) {
            return Err(RecordingError::Cancelled);
        }
        let bytes = read(input, offset, HEAD + EVENTS_HEAD_MOST)?;
        let head = Head::read(&bytes);
        let end = head.map(|head| offset + HEAD as u64 + u64::from(head.length));
        match (head, end) {
            (Some(head), Some(end)) if end <= file => {
                let payload = &bytes[HEAD..bytes.len().min(HEAD + head.length as usize)];
                take(&mut scanned, head, offset, payload);
                offset = end;
            }
            (Some(_), _) => {
                let next = next_mark(input, offset + 1, file, watch)?;
                let from = scanned.breaks_at(input, file, offset);
                if next == file && from == offset {
                    let before = scanned.readable();
                    scanned.problem(format!(
                        "the file ends in the middle of a part that begins at byte {offset}: what was recorded last is missing; {before}"
                    ));
                } else {
                    scanned.damaged(from, next, file);
                }
                offset = next;
            }
            (None, _) if is_trailer(&bytes) => {
                scanned.closed = true;
                offset += TRAILER;
            }
            (None, _) => {
                let next = next_mark(input, offset + 1, file, watch)?;
                let from = scanned.breaks_at(input, file, offset);
                scanned.damaged(from, next, file);
                offset = next;
            }
        }
    }
    Ok(scanned)
}

fn is_trailer(bytes: &[u8]) -> bool {
    bytes.first_chunk().is_some_and(|bytes| index_offset(bytes).is_some())
}

fn read(input: &mut (impl Read + Seek), offset: u64, most: usize) -> io::Result<Vec<u8>> {
    input.seek(SeekFrom::Start(offset))?;
    let mut bytes = Vec::with_capacity(most);
    input.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Where the next mark is; the end of the file when there is none.
fn next_mark(
    input: &mut (impl Read + Seek),
    mut offset: u64,
    file: u64,
    watch: &mut dyn FnMut(u64) -> bool,
) -> Result<u64, RecordingError> {
    while offset < file {
        if !watch(offset) {
            return Err(RecordingError::Cancelled);
        }
        let bytes = read(input, offset, STRIDE)?;
        if let Some(at) = bytes.windows(MARK.len()).position(|window| window == MARK) {
            return Ok(offset + at as u64);
        }
        if bytes.len() < STRIDE {
            break;
        }
        // A mark may lie across the border.
        offset += (STRIDE - MARK.len() + 1) as u64;
    }
    Ok(file)
}

fn take(scanned: &mut Scanned, head: Head, offset: u64, payload: &[u8]) {
    let kind = Kind::from_number(head.kind);
    scanned.last = kind.map(|kind| (kind, offset));
    let index = &mut scanned.index;
    match kind {
        Some(Kind::Meta) => index.meta = index.meta.or(Some(offset)),
        Some(Kind::Notes) => index.notes = Some(offset),
        Some(Kind::Definitions) => index.definitions.push(offset),
        Some(Kind::Source) => index.sources.push(offset),
        Some(Kind::Keyframe) => {
            let moment = postcard::take_from_bytes::<Zipped>(payload).ok().map(|(zipped, _)| zipped.moment);
            let moment = moment.and_then(|moment| moment.checked_sub(scanned.missing));
            if let Some(moment) = moment
                && index.blocks.last().is_some_and(|block| block.after() >= moment)
                && index.keyframes.last().is_none_or(|last| last.0 <= moment)
            {
                index.keyframes.push((moment, offset));
            }
        }
        Some(Kind::Samples) => {
            if let Ok((head, _)) = postcard::take_from_bytes::<SamplesHead>(payload) {
                index.sampled.push(head.sampled);
                index.looks.push(offset);
            }
        }
        Some(Kind::Events) => take_events(scanned, offset, payload),
        Some(Kind::Index) | None => {}
    }
}

fn take_events(scanned: &mut Scanned, offset: u64, payload: &[u8]) {
    let head = postcard::take_from_bytes::<EventsHead>(payload).ok().map(|read| read.0);
    let Some(mut block) =
        head.map(|head| head.block).filter(|block| (1..=MOST_EVENTS).contains(&block.count))
    else {
        return scanned.problem(format!("the events at byte {offset} are damaged and were passed over"));
    };
    let before = scanned.index.blocks.last().cloned().unwrap_or_default();
    // What follows is numbered as if nothing were missing; keyframes count on.
    if block.first != before.after() + scanned.missing {
        scanned.problem(format!(
            "events are missing after number {}: the next part begins at {}",
            before.after(),
            block.first
        ));
        scanned.missing = block.first.saturating_sub(before.after());
    }
    block.first = before.after();
    block.end = block.end.max(before.end);
    block.start = block.start.max(before.end).min(block.end);
    block.last_task = block.last_task.max(before.last_task);
    scanned.index.blocks.push(block);
    scanned.index.offsets.push(offset);
}
