//! Going through the past: where the cursor is, how it steps, how it plays.

use loopscope_protocol::Nanos;
use loopscope_trace::{Landmark, Past, PastError};

use super::moment::Moment;

/// How fast the past is played.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pace {
    /// Events a second.
    Events(f64),
    /// Callbacks a second.
    Callbacks(f64),
    /// A part of real time.
    Clock(f64),
}

impl Pace {
    /// What can be chosen.
    pub const ALL: [Self; 9] = [
        Self::Events(2.0),
        Self::Events(10.0),
        Self::Events(100.0),
        Self::Callbacks(2.0),
        Self::Callbacks(20.0),
        Self::Clock(0.001),
        Self::Clock(0.01),
        Self::Clock(0.1),
        Self::Clock(1.0),
    ];

    /// Its name.
    pub fn name(self) -> String {
        match self {
            Self::Events(rate) => format!("{rate} events/s"),
            Self::Callbacks(rate) => format!("{rate} callbacks/s"),
            Self::Clock(1.0) => "real time".to_owned(),
            Self::Clock(part) => format!("1/{:.0} of real time", 1.0 / part),
        }
    }
}

/// A step of the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// To the next or previous event.
    Event(bool),
    /// To the next or previous start of a callback.
    Callback(bool),
    /// To the next or previous turn.
    Turn(bool),
    /// To the beginning.
    First,
    /// To the end, while the run may go on.
    Last,
}

/// How the past is gone through.
#[derive(Debug)]
pub struct Travel {
    /// How fast it is played.
    pub pace: Pace,
    playing: bool,
    /// Whether it is played from later to earlier.
    backwards: bool,
    /// Parts of a step, or nanoseconds, that have not been played.
    carried: f64,
    moment: Option<Moment>,
    /// When the moment was reached, in seconds of the window's clock.
    reached: f64,
}

impl Default for Travel {
    fn default() -> Self {
        Self {
            pace: Pace::Events(10.0),
            playing: false,
            backwards: false,
            carried: 0.0,
            moment: None,
            reached: 0.0,
        }
    }
}

impl Travel {
    /// Another run begins.
    pub fn forget_run(&mut self) {
        *self = Self { pace: self.pace, ..Self::default() };
    }

    /// The moment that is shown; `None` for now.
    pub fn moment(&self) -> Option<&Moment> {
        self.moment.as_ref()
    }

    /// When it was reached, in seconds of the window's clock.
    pub fn reached(&self) -> f64 {
        self.reached
    }

    /// Whether it is being played.
    pub fn is_playing(&self) -> bool {
        self.playing
    }

    /// Whether it is being played from later to earlier.
    pub fn is_playing_back(&self) -> bool {
        self.playing && self.backwards
    }

    /// Plays from later to earlier, or stops that. From the beginning it goes on at the end.
    pub fn toggle_back(&mut self, cursor: &mut Option<u64>, past: &dyn Past) {
        self.carried = 0.0;
        self.playing = !self.is_playing_back();
        self.backwards = true;
        if self.playing && cursor.is_none_or(|at| at == 0 || at > past.len()) {
            *cursor = Some(past.len());
        }
    }

    /// Plays or stops. From now, a run that is over is played from its beginning.
    pub fn toggle(&mut self, cursor: &mut Option<u64>, past: &dyn Past, is_over: bool) {
        self.carried = 0.0;
        self.playing = !self.playing || self.backwards;
        self.backwards = false;
        if self.playing && cursor.is_none_or(|at| at >= past.len()) {
            if is_over {
                *cursor = Some(0);
            } else {
                // The run goes on by itself: the view stands still.
                self.playing = false;
                *cursor = Some(past.len());
            }
        }
    }

    /// Stops playing.
    pub fn stop(&mut self) {
        self.playing = false;
    }

    /// Where a step leads: `None` is now.
    ///
    /// # Errors
    /// When the past cannot be read that far.
    pub fn step(
        &mut self,
        cursor: Option<u64>,
        step: Step,
        past: &dyn Past,
    ) -> Result<Option<u64>, PastError> {
        self.playing = false;
        let here = cursor.unwrap_or(past.len());
        let go = |landmark, forward| {
            if forward {
                past.next(here, landmark)
            } else {
                Ok(Some(past.previous(here, landmark)?.unwrap_or(0)))
            }
        };
        match step {
            Step::Event(forward) => go(Landmark::Event, forward),
            Step::Callback(forward) => go(Landmark::Callback, forward),
            Step::Turn(forward) => go(Landmark::Turn, forward),
            Step::First => Ok(Some(0)),
            Step::Last => Ok(Some(past.len())),
        }
        .map(|to| to.or(cursor.map(|_| past.len())))
    }

    /// Moves the cursor on while it is played; `seconds` have gone by. At a part of real time it also goes on between two
    /// events, to a `time` in its moment.
    ///
    /// # Errors
    /// When the past cannot be read that far; it is played no further.
    pub fn play(
        &mut self,
        cursor: &mut Option<u64>,
        time: &mut Option<(u64, Nanos)>,
        seconds: f64,
        past: &dyn Past,
    ) -> Result<(), PastError> {
        if !self.playing {
            return Ok(());
        }
        let Some(here) = *cursor else {
            self.playing = false;
            return Ok(());
        };
        let here = here.min(past.len());
        let played = match self.pace {
            Pace::Events(rate) => {
                let steps = self.whole(rate * seconds);
                Ok(if self.backwards { here.saturating_sub(steps) } else { (here + steps).min(past.len()) })
            }
            Pace::Callbacks(rate) => self.played_callbacks(here, rate * seconds, past),
            Pace::Clock(part) => self.played_clock(here, time, part * seconds * 1e9, past),
        };
        match played {
            Ok(to) => {
                *cursor = Some(to);
                self.playing = if self.backwards { to > 0 } else { to < past.len() };
                Ok(())
            }
            Err(failed) => {
                self.playing = false;
                Err(failed)
            }
        }
    }

    fn played_callbacks(&mut self, here: u64, more: f64, past: &dyn Past) -> Result<u64, PastError> {
        let mut to = here;
        for _ in 0..self.whole(more) {
            to = match self.backwards {
                true => past.previous(to, Landmark::Callback)?.unwrap_or(0),
                false => past.next(to, Landmark::Callback)?.unwrap_or(past.len()),
            };
        }
        Ok(to)
    }

    /// `more` nanoseconds go by.
    fn played_clock(
        &mut self,
        here: u64,
        time: &mut Option<(u64, Nanos)>,
        more: f64,
        past: &dyn Past,
    ) -> Result<u64, PastError> {
        let from = match *time {
            Some((moment, at)) if moment == here => at,
            _ => past.time_of(here)?,
        };
        let more = self.whole(more);
        let to = if self.backwards { from.saturating_sub(more) } else { (from + more).min(past.end()) };
        let reached = past.at_time(to)?;
        // At one time there may be several events: none is come back to.
        let reached = if self.backwards { reached.min(here) } else { reached.max(here) };
        *time = Some((reached, to));
        Ok(if self.backwards && to == 0 { 0 } else { reached })
    }

    /// Takes the whole part of what has not been played.
    fn whole(&mut self, more: f64) -> u64 {
        self.carried += more;
        let whole = self.carried.floor();
        self.carried -= whole;
        whole as u64
    }

    /// Shows the moment at the cursor, at the `time` in it that was chosen, or now. `clock` is the window's, in seconds.
    pub fn follow(&mut self, cursor: Option<u64>, time: Option<(u64, Nanos)>, past: &dyn Past, clock: f64) {
        let Some(number) = cursor else {
            self.moment = None;
            return;
        };
        let is_shown = self.moment.as_ref().is_some_and(|moment| moment.number == number.min(past.len()));
        if !is_shown {
            let known = self.moment.take();
            self.moment = Some(Moment::at(past, number, known));
            self.reached = clock;
        }
        if let Some(moment) = &mut self.moment {
            moment.set_time(time.filter(|time| time.0 == moment.number).map(|time| time.1));
        }
    }
}

#[cfg(test)]
mod tests {
    use loopscope_protocol::{Event, EventKind, Outcome, Record, TaskId};
    use loopscope_trace::History;

    use super::*;

    fn history() -> History {
        let mut history = History::default();
        for number in 1..=100 {
            let task = TaskId(number);
            let (at, returned) = (number * 1_000_000, Outcome::Returned);
            for kind in [EventKind::TaskStarted { task }, EventKind::TaskEnded { task, outcome: returned }] {
                history.apply(&Record::Event(Event { at, kind }));
            }
        }
        history
    }

    #[test]
    fn steps_go_to_events_and_callbacks_and_stop_at_the_ends() {
        let (past, mut travel) = (history(), Travel::default());
        let mut go = |cursor, step| travel.step(cursor, step, &past).unwrap();
        assert_eq!(go(None, Step::Event(false)), Some(199));
        assert_eq!(go(Some(10), Step::Event(true)), Some(11));
        assert_eq!(go(Some(10), Step::Callback(true)), Some(11));
        assert_eq!(go(Some(11), Step::Callback(true)), Some(13));
        assert_eq!(go(Some(11), Step::Callback(false)), Some(9));
        assert_eq!(go(Some(0), Step::Event(false)), Some(0));
        assert_eq!(go(Some(200), Step::Event(true)), Some(200));
        assert_eq!(go(None, Step::Event(true)), None, "now stays now");
        assert_eq!((go(Some(5), Step::First), go(Some(5), Step::Last)), (Some(0), Some(200)));
    }

    #[test]
    fn the_past_is_played_at_every_pace_until_its_end() {
        for (pace, after_a_second) in
            [(Pace::Events(10.0), 10), (Pace::Callbacks(2.0), 3), (Pace::Clock(0.01), 20)]
        {
            let (past, mut cursor, mut time) = (history(), None, None);
            let mut travel = Travel { pace, ..Travel::default() };
            travel.toggle(&mut cursor, &past, true);
            assert_eq!((cursor, travel.is_playing()), (Some(0), true));
            for _ in 0..50 {
                travel.play(&mut cursor, &mut time, 0.02, &past).unwrap();
            }
            assert_eq!(cursor, Some(after_a_second), "{pace:?}");
            for _ in 0..200 {
                travel.play(&mut cursor, &mut time, 1.0, &past).unwrap();
            }
            assert_eq!((cursor, travel.is_playing()), (Some(200), false), "{pace:?}");
        }
    }

    #[test]
    fn the_past_is_played_backwards_at_every_pace_until_its_beginning() {
        for (pace, after_a_second) in
            [(Pace::Events(10.0), 190), (Pace::Callbacks(2.0), 197), (Pace::Clock(0.01), 180)]
        {
            let (past, mut cursor, mut time) = (history(), None, None);
            let mut travel = Travel { pace, ..Travel::default() };
            travel.toggle_back(&mut cursor, &past);
            assert_eq!((cursor, travel.is_playing_back()), (Some(200), true));
            for _ in 0..50 {
                travel.play(&mut cursor, &mut time, 0.02, &past).unwrap();
            }
            assert_eq!(cursor, Some(after_a_second), "{pace:?}");
            for _ in 0..200 {
                travel.play(&mut cursor, &mut time, 1.0, &past).unwrap();
            }
            assert_eq!((cursor, travel.is_playing()), (Some(0), false), "{pace:?}");
        }
    }

    #[test]
    fn playing_turns_round_and_each_way_stops_itself() {
        let (past, mut cursor, mut time, mut travel) = (history(), Some(50), None, Travel::default());
        travel.toggle(&mut cursor, &past, true);
        travel.toggle_back(&mut cursor, &past);
        travel.play(&mut cursor, &mut time, 1.0, &past).unwrap();
        assert_eq!((cursor, travel.is_playing_back()), (Some(40), true));
        travel.toggle(&mut cursor, &past, true);
        travel.play(&mut cursor, &mut time, 1.0, &past).unwrap();
        assert_eq!((cursor, travel.is_playing(), travel.is_playing_back()), (Some(50), true, false));
        travel.toggle(&mut cursor, &past, true);
        assert!(!travel.is_playing());
    }

    #[test]
    fn a_run_that_goes_on_is_stopped_in_the_view() {
        let (past, mut cursor, mut travel) = (history(), None, Travel::default());
        travel.toggle(&mut cursor, &past, false);
        assert_eq!((cursor, travel.is_playing()), (Some(200), false));
    }
    #[test]
    fn at_a_part_of_real_time_the_cursor_goes_through_a_long_callback() {
        let (past, mut travel) = (history(), Travel { pace: Pace::Clock(0.001), ..Travel::default() });
        let (mut cursor, mut time) = (Some(20), Some((20, 10_200_000)));
        travel.toggle(&mut cursor, &past, true);
        travel.play(&mut cursor, &mut time, 0.1, &past).unwrap();
        assert_eq!((cursor, time), (Some(20), Some((20, 10_300_000))), "from where it was");
        travel.follow(cursor, time, &past, 0.0);
        assert_eq!(travel.moment().unwrap().state.now, 10_300_000);
        travel.toggle_back(&mut cursor, &past);
        travel.play(&mut cursor, &mut time, 0.2, &past).unwrap();
        assert_eq!((cursor, time), (Some(20), Some((20, 10_100_000))));
        travel.play(&mut cursor, &mut time, 0.2, &past).unwrap();
        assert_eq!((cursor, time), (Some(18), Some((18, 9_900_000))));
        // Another moment has a time of its own.
        travel.follow(Some(20), time, &past, 0.0);
        assert_eq!(travel.moment().unwrap().state.now, 10_000_000);
    }
}
