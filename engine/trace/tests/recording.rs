//! Recordings: what was written is read, and of damaged ones what can be read.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail like tests")]

mod common;

use std::io::{Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::{assert_same, definitions, events};
use loopscope_protocol::{
    Event, EventKind, Frame, LoopId, LoopState, Phase, PlaceId, PollTimeout, Queue, Record, Sample, Samples,
    TaskId, TaskKind, TextId,
};
use loopscope_trace::recording::save;
use loopscope_trace::sampled::bars;
use loopscope_trace::{History, Landmark, Meta, Note, Past, Recording, RecordingError, Source, Writer};
use proptest::prelude::*;

fn meta() -> Meta {
    Meta { program: "test".into(), script: vec!["a.js".into()], ..Meta::default() }
}

fn source() -> Source {
    Source { path: "text 1".into(), text: "let a = 1;\n".repeat(100) }
}

fn note() -> Note {
    Note { moment: 3, at: 5, text: "here".into() }
}

/// What was seen of the stack from a time on.
fn seen(from: u64) -> Samples {
    Samples {
        on: LoopId::MAIN,
        interval: 1000,
        from,
        to: from + 9000,
        frames: vec![Frame { caller: 0, place: PlaceId(1) }, Frame { caller: 1, place: PlaceId(2) }],
        samples: (0..9).map(|n| Sample { at: from + n * 1000, frame: (n % 3) as u32 }).collect(),
    }
}

/// A recording of these events, flushed after every `flush`th; closed properly or not.
fn written(events: &[Event], block: usize, flush: usize, close: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = Writer::with_block(&mut bytes, &meta(), block).unwrap();
    for record in definitions() {
        writer.record(&record).unwrap();
    }
    assert_eq!(writer.take_new_scripts(), ["text 1"]);
    writer.source(&source()).unwrap();
    for (index, event) in events.iter().enumerate() {
        writer.record(&Record::Event(*event)).unwrap();
        if index % flush == 0 {
            writer.flush().unwrap();
        }
    }
    writer.flush().unwrap();
    writer.record(&Record::Samples(Box::new(seen(0)))).unwrap();
    writer.notes(&[note()]).unwrap();
    if close {
        writer.finish().unwrap();
    } else {
        writer.flush().unwrap();
        drop(writer);
    }
    bytes
}

fn open(bytes: &[u8]) -> Recording<Cursor<&[u8]>> {
    Recording::open(Cursor::new(bytes)).unwrap()
}

fn folded(events: &[Event]) -> LoopState {
    let mut state = LoopState::default();
    for event in events {
        state.event(event);
    }
    state
}

/// Reads everything there is to read; only panics count.
fn read_all(recording: &Recording<Cursor<&[u8]>>) {
    drop(recording.notes());
    recording.sources();
    let len = recording.len();
    for n in [0, 1, len / 3, len / 2, len, u64::MAX] {
        drop(recording.state_at(n));
        drop(recording.event(n));
        drop(recording.time_of(n));
        drop(recording.next(n, Landmark::Turn));
        drop(recording.previous(n, Landmark::Callback));
        drop(recording.at_time(n));
    }
    recording.events(0..len).take(100_000).for_each(drop);
    for number in 0..recording.sampled().len().min(4) {
        if let Ok(samples) = recording.samples(number) {
            bars(&samples, &mut |_| None);
        }
    }
    recording.problems();
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn what_was_written_is_read(
        events in events(300),
        block in 1_usize..60,
        flush in 1_usize..80,
        close in any::<bool>(),
        jumps in prop::collection::vec(any::<prop::sample::Index>(), 1..8),
    ) {
        let bytes = written(&events, block, flush, close);
        let recording = open(&bytes);
        prop_assert_eq!(recording.problems(), Vec::<String>::new());
        prop_assert_eq!(recording.is_complete(), close);
        prop_assert_eq!(recording.meta(), &meta());
        prop_assert_eq!(recording.sources(), vec![source()]);
        prop_assert_eq!(recording.notes().unwrap(), vec![note()]);
        let names = recording.names().unwrap();
        prop_assert_eq!(names.text(TextId(3)), "text 3");
        let read = recording.events(0..recording.len()).map(|read| read.map(|read| read.1));
        prop_assert_eq!(&read.collect::<Result<Vec<_>, _>>().unwrap(), &events);
        for jump in jumps {
            let n = jump.index(events.len() + 1);
            assert_same(&folded(&events[..n]), &recording.state_at(n as u64).unwrap());
        }
        let mut again = Vec::new();
        save(&recording, &meta(), &[], &[], &mut again).unwrap();
        let again = open(&again);
        prop_assert_eq!(again.len(), events.len() as u64);
        assert_same(&recording.state_at(u64::MAX).unwrap(), &again.state_at(u64::MAX).unwrap());
    }

    #[test]
    fn a_recording_that_was_cut_off_opens_as_far_as_it_goes(
        events in events(200),
        block in 1_usize..60,
        flush in 1_usize..80,
        cut in any::<prop::sample::Index>(),
    ) {
        let bytes = written(&events, block, flush, true);
        let cut = cut.index(bytes.len() - 12) + 12;
        let recording = open(&bytes[..cut]);
        let len = usize::try_from(recording.len()).unwrap();
        assert_same(&folded(&events[..len]), &recording.state_at(len as u64).unwrap());
        read_all(&recording);
    }

    #[test]
    fn damaged_recordings_never_panic(
        events in events(120),
        block in 1_usize..60,
        close in any::<bool>(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let mut bytes = written(&events, block, 30, close);
        for (place, value) in damage {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        if let Ok(recording) = Recording::open(Cursor::new(bytes.as_slice())) {
            read_all(&recording);
        }
    }
}

/// The parts of a recording: where each begins.
fn frames(bytes: &[u8]) -> Vec<usize> {
    (0..bytes.len() - 4).filter(|&at| bytes[at..at + 4] == *b"\xf5fr\xa9").collect()
}

fn some_events(count: u64) -> Vec<Event> {
    use loopscope_protocol::{EventKind, GcKind};
    let event = |n| Event { at: n * 10, kind: EventKind::Gc { kind: GcKind::Scavenge, duration: n } };
    (0..count).map(event).collect()
}

#[test]
fn a_missing_part_is_told_and_the_rest_is_read() {
    let events = some_events(1000);
    let bytes = written(&events, 100, 10_000, false);
    // Parts are: what is known of the run, the script, definitions, events and keyframes in turns, notes.
    let frames = frames(&bytes);
    let (from, to) = (frames[6], frames[7]);
    let mut damaged = bytes[..from].to_vec();
    damaged.extend_from_slice(&bytes[to..]);
    let recording = open(&damaged);
    assert_eq!(recording.len(), 900, "{:?}", recording.problems());
    assert_eq!(recording.problems().len(), 1);
    let end = recording.state_at(900).unwrap();
    assert_eq!((end.now, end.collections.count), (9990, 1000), "keyframes count what is missing");
    read_all(&recording);
}

/// A window and `show` that asked for the end gave up all of such a recording.
#[test]
fn the_end_is_told_as_well_as_it_can_be_where_no_keyframe_stands_behind_the_damage() {
    // A state with so much in it is kept but seldom.
    let (none, mut events) = (PlaceId::NONE, Vec::new());
    let create =
        |task, kind| EventKind::TaskCreated { task, parent: TaskId::NONE, kind, callback: none, site: none };
    let first = TaskId(1);
    for kind in [
        create(first, TaskKind::NextTick),
        EventKind::TaskReady { task: first, queue: Queue::NextTick },
        EventKind::TaskStarted { task: first },
    ]
    .into_iter()
    .chain((2..299).map(|task| create(TaskId(task), TaskKind::Timeout)))
    {
        events.push(Event { at: events.len() as u64 * 10, kind });
    }
    let mut bytes = written(&events, 50, 10_000, true);
    let frames = frames(&bytes);
    let mut found = false;
    for (part, begin) in frames.iter().enumerate().take(8).skip(3) {
        let hurt = begin + 12..begin + 16;
        let whole: Vec<u8> = bytes[hurt.clone()].to_vec();
        bytes[hurt.clone()].fill(0x5a);
        let recording = open(&bytes);
        let last = loopscope_trace::summary::last_state(&recording).unwrap();
        assert_eq!((last.events, last.now), (300, 2990), "part {part}");
        if recording.state_at(300).is_err() {
            found = true;
            assert_eq!(last.stack, [], "what ran before the gap may have ended in it");
            last.check().unwrap();
        }
        let summed = loopscope_trace::summary::summarize(&recording).unwrap();
        assert_eq!(summed.last.now, 2990, "part {part}");
        bytes[hurt].copy_from_slice(&whole);
    }
    assert!(found, "no part is needed for the end");
}

#[test]
fn the_text_of_a_script_is_written_once_and_asked_for_no_more() {
    let mut bytes = Vec::new();
    let mut writer = Writer::new(&mut bytes, &meta()).unwrap();
    let told = Source { path: "text 1".to_owned(), text: "as it ran".to_owned() };
    for _ in 0..2 {
        writer.record(&Record::Source(Box::new(told.clone()))).unwrap();
    }
    for record in definitions() {
        writer.record(&record).unwrap();
    }
    assert!(writer.take_new_scripts().is_empty());
    writer.finish().unwrap();
    assert_eq!(open(&bytes).sources(), [told]);
}

/// What is said about it, and whether all events that it counts can be read.
fn told(bytes: &[u8]) -> (u64, bool, String) {
    let recording = open(bytes);
    let read = recording.events(0..recording.len()).all(|event| event.is_ok());
    assert!(read, "every event that is counted can be read: {:?}", recording.problems());
    (recording.len(), recording.is_complete(), recording.problems().join("\n"))
}

#[test]
fn where_a_file_breaks_and_what_comes_before_is_told() {
    let bytes = written(&some_events(1000), 100, 10_000, true);
    let frames = frames(&bytes);
    // In the middle of the sixth part; what is behind it looks like nothing that was recorded.
    let mut garbage = bytes.clone();
    garbage[frames[6] + 30..].fill(0x11);
    let (events, closed, problems) = told(&garbage);
    assert!((100..500).contains(&events) && events % 100 == 1 && !closed, "{events} {problems}");
    let begin = format!("the file breaks at byte {} of {}: ", frames[6], bytes.len());
    let end = format!("the {events} events before it, until {} µs, can", (events - 1) / 100);
    assert!(problems.starts_with(&begin) && problems.ends_with(&end), "{problems}");

    // As after a power failure: the file has its length, but its end was never written.
    let mut zeros = bytes[..frames[8]].to_vec();
    zeros.resize(bytes.len(), 0);
    let (_, _, problems) = told(&zeros);
    assert!(problems.contains(&format!("breaks at byte {} of", frames[8])), "{problems}");

    // Garbage in between: what lies behind is found again.
    let mut hole = bytes[..bytes.len() - 20].to_vec();
    hole[frames[6] + 30..frames[7] - 5].fill(0x11);
    assert!(open(&hole).problems().is_empty(), "only reading it tells");
    hole[frames[6] + 30..frames[7] + 20].fill(0x11);
    let (_, _, problems) = told(&hole);
    let begin = format!("bytes {} to {} are damaged and were passed over; the ", frames[6], frames[8] - 1);
    assert!(problems.starts_with(&begin), "{problems}");

    let (events, _, problems) = told(&bytes[..frames[8] + 40]);
    let words = format!(
        "in the middle of a part that begins at byte {}: what was recorded last is missing; the {events} events before it, until ",
        frames[8]
    );
    assert!(problems.contains(&words), "{problems}");
}

#[test]
fn what_stands_behind_the_end_is_no_damage() {
    let mut bytes = written(&some_events(1000), 100, 10_000, true);
    let end = bytes.len();
    bytes.extend([0x22; 77]);
    let (events, closed, problems) = told(&bytes);
    assert_eq!((events, closed), (1000, true));
    let words = format!("from byte {end} on, stands something else (77 bytes): all of its 1000 events");
    assert!(problems.contains(&words), "{problems}");
}

/// A file that somebody else may change.
#[derive(Clone)]
struct Shared(Arc<std::sync::Mutex<Vec<u8>>>, u64);

impl Read for Shared {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let bytes = self.0.lock().unwrap();
        let rest = bytes.get(self.1 as usize..).unwrap_or_default();
        let read = rest.len().min(into.len());
        into[..read].copy_from_slice(&rest[..read]);
        self.1 += read as u64;
        Ok(read)
    }
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.1 = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(back) => (self.0.lock().unwrap().len() as u64).saturating_add_signed(back),
            SeekFrom::Current(by) => self.1.saturating_add_signed(by),
        };
        Ok(self.1)
    }
}

#[test]
fn a_file_that_is_cut_off_while_it_is_open_is_told_of() {
    let bytes = written(&some_events(1000), 100, 10_000, true);
    let file = Shared(Arc::new(bytes.clone().into()), 0);
    let recording = Recording::open(file.clone()).unwrap();
    file.0.lock().unwrap().truncate(bytes.len() / 2);
    let failed = recording.load(9).unwrap_err().to_string();
    let words =
        format!("has cut the file off since it was opened (to {} of {} bytes)", bytes.len() / 2, bytes.len());
    assert!(failed.contains(&words) && failed.contains("events 801 to 900"), "{failed}");
    assert!(recording.load(0).is_ok());
}

#[test]
fn other_files_and_later_versions_are_refused() {
    let refused = |bytes: &[u8]| Recording::open(Cursor::new(bytes)).err().unwrap();
    assert!(matches!(refused(b""), RecordingError::NoRecording));
    assert!(matches!(refused(b"console.log(1); // a script"), RecordingError::NoRecording));
    let mut bytes = written(&some_events(3), 10, 10, true);
    bytes[8] = 9;
    assert!(matches!(refused(&bytes), RecordingError::Newer { found: 9 }));
    assert!(refused(&bytes).to_string().contains("newer Loopscope"));
}

#[test]
fn an_event_takes_few_bytes() {
    let count = 200_000;
    let bytes = written(&some_events(count), 16_384, 1 << 30, true);
    assert!(bytes.len() as u64 <= 12 * count, "{} bytes", bytes.len());
}

/// Recordings that were saved by earlier versions: one that is whole and one that was cut off. They must open for ever.
const CORPUS: [&[u8]; 2] =
    [include_bytes!("corpus/first-look.loopscope"), include_bytes!("corpus/cut-off.loopscope")];

#[test]
fn what_was_sampled_is_kept_with_the_run() {
    let mut history = History::with_sizes(Some(Box::new(Cursor::new(Vec::new()))), 1, 4);
    let mut bytes = Vec::new();
    let mut writer = Writer::new(&mut bytes, &meta()).unwrap();
    let event = |at| Record::Event(Event { at, kind: EventKind::Heap { used: at, total: at } });
    let samples = |from| Record::Samples(Box::new(seen(from)));
    let records: Vec<_> = definitions()
        .into_iter()
        .chain([
            event(1),
            samples(0),
            event(20_000),
            samples(10_000),
            event(30_000),
            event(31_000),
            event(32_000),
        ])
        .collect();
    for record in &records {
        writer.record(record).unwrap();
        history.apply(record);
    }
    writer.flush().unwrap();
    let cut = bytes.clone();
    let mut whole = Vec::new();
    save(&history, &meta(), &[], &[], &mut whole).unwrap();
    assert!(history.size().1 > 0, "the older parts are stored elsewhere");
    let (whole, cut) = (open(&whole), open(&cut));
    assert!(whole.is_complete() && !cut.is_complete());
    let pasts: [&dyn Past; 3] = [&history, &whole, &cut];
    for past in pasts {
        assert_eq!((past.sampled().len(), past.len()), (2, 5));
        assert_eq!(past.sampled()[1].from, 10_000);
        assert_eq!((past.samples(0).unwrap(), past.samples(1).unwrap()), (seen(0), seen(10_000)));
        assert!(past.samples(2).is_err());
    }
}

/// Counts the bytes that are read.
struct Counted<'a>(Cursor<&'a [u8]>, Arc<AtomicUsize>);

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.0.read(into)?;
        self.1.fetch_add(read, Ordering::Relaxed);
        Ok(read)
    }
}

impl Seek for Counted<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.0.seek(to)
    }
}

#[test]
fn opening_that_was_cancelled_reads_no_further() {
    let events: Vec<_> = (0..4000)
        .map(|turn| Event {
            at: turn,
            kind: EventKind::PhaseEntered {
                phase: Phase::Poll,
                turn: turn as u32,
                timeout: PollTimeout::Zero,
            },
        })
        .collect();
    // Without an index every frame is looked at; behind a damaged part every byte.
    let cut = written(&events, 1, 1, false);
    let mut damaged = cut.clone();
    damaged[2000..].fill(7);
    for bytes in [cut.as_slice(), &damaged] {
        let read = |looks: usize| {
            let count = Arc::new(AtomicUsize::new(0));
            let mut looked = 0;
            let input = Counted(Cursor::new(bytes), Arc::clone(&count));
            let opened = Recording::open_with_names(input, &mut |done, all| {
                looked += 1;
                assert!(done <= all && all == bytes.len() as u64);
                looked <= looks
            });
            (opened, count.load(Ordering::Relaxed))
        };
        let (opened, all) = read(usize::MAX);
        let opened = opened.ok().unwrap();
        let beside = opened.beside(Counted(Cursor::new(bytes), Arc::default()));
        assert_eq!((beside.len(), beside.names().unwrap().text_count()), (opened.len(), 7));
        let (ended, part) = read(0);
        assert!(matches!(ended, Err(RecordingError::Cancelled)));
        assert!(part * 2 < all, "{part} of {all} bytes were read");
    }
}

#[test]
fn recordings_of_earlier_versions_open() {
    let [whole, cut] = CORPUS.map(open);
    assert_eq!(whole.problems(), Vec::<String>::new());
    assert!(whole.is_complete() && !cut.is_complete());
    let end = whole.state_at(u64::MAX).unwrap();
    assert_eq!(end.contradictions, 0);
    assert_eq!(end.ended.map(|ended| ended.code), Some(0));
    assert!(whole.sources()[0].text.starts_with("// A first look"));
}

#[test]
fn what_was_saved_and_damaged_never_panics() {
    let mut seed = 1_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for bytes in CORPUS {
        for length in (0..bytes.len()).step_by(7) {
            if let Ok(recording) = Recording::open(Cursor::new(&bytes[..length])) {
                read_all(&recording);
            }
        }
        for _ in 0..400 {
            let mut damaged = bytes.to_vec();
            for _ in 0..=random(6) {
                let at = random(damaged.len());
                damaged[at] = random(256) as u8;
            }
            if let Ok(recording) = Recording::open(Cursor::new(damaged.as_slice())) {
                read_all(&recording);
            }
        }
    }
}
