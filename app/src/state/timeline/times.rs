//! The times of very many moments in few bytes, for finding the number of a moment by its time and back.

use loopscope_protocol::Nanos;

/// Most moments in a block.
const BLOCK: usize = 1 << 12;

/// A stretch of moments whose times are kept as distances from its first one.
#[derive(Debug, Clone, Copy)]
struct Block {
    /// Number of its first moment.
    first: usize,
    /// Time of its first moment.
    base: Nanos,
}

/// Times that never go back, four bytes each.
#[derive(Debug, Default)]
pub struct Times {
    blocks: Vec<Block>,
    distances: Vec<u32>,
    last: Nanos,
}

impl Times {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.distances.is_empty()
    }

    /// Adds a moment; one that is earlier than the last counts as the same time.
    pub fn push(&mut self, at: Nanos) {
        let at = at.max(self.last);
        self.last = at;
        let index = self.distances.len();
        let fits = self.blocks.last().filter(|block| index - block.first < BLOCK);
        let distance = fits.and_then(|block| u32::try_from(at - block.base).ok());
        if distance.is_none() {
            self.blocks.push(Block { first: index, base: at });
        }
        self.distances.push(distance.unwrap_or(0));
    }

    /// The time of a moment; that of the last one for numbers behind it.
    pub fn get(&self, index: usize) -> Nanos {
        let Some(distance) = self.distances.get(index) else { return self.last };
        let block = self.blocks.partition_point(|block| block.first <= index).saturating_sub(1);
        self.blocks[block].base + Nanos::from(*distance)
    }

    /// How many moments are earlier than `at`.
    pub fn before(&self, at: Nanos) -> usize {
        let next = self.blocks.partition_point(|block| block.base < at);
        let Some(block) = next.checked_sub(1).map(|index| self.blocks[index]) else { return 0 };
        let end = self.blocks.get(next).map_or(self.distances.len(), |block| block.first);
        block.first + rank(&self.distances[block.first..end], at - block.base)
    }
}

/// How many distances, which never go back, are less than `limit`. Times mostly go on evenly: looking near where it would
/// be then costs a fraction of the memory that is looked at otherwise, and a frame asks for thousands of numbers.
fn rank(distances: &[u32], limit: Nanos) -> usize {
    const NEAR: usize = 32;
    let is_less = |distance: &u32| Nanos::from(*distance) < limit;
    let whole = Nanos::from(distances.last().copied().unwrap_or(0)).max(1);
    let guess = (limit.min(whole) * distances.len() as u64 / whole) as usize;
    let from = guess.saturating_sub(NEAR);
    let to = (guess + NEAR).min(distances.len());
    let begins_before = from == 0 || is_less(&distances[from - 1]);
    let ends_behind = to == distances.len() || !is_less(&distances[to]);
    match (begins_before, ends_behind) {
        (true, true) => from + distances[from..to].partition_point(is_less),
        (true, false) => to + distances[to..].partition_point(is_less),
        (false, _) => distances[..from].partition_point(is_less),
    }
}

/// Events whose times are all kept.
const ALL_KEPT: usize = 1 << 20;

/// Of those behind them every so many is kept.
const EVERY: usize = 64;

/// The times of the events of a run: all of them, and of very many some of those at the end.
#[derive(Debug, Default)]
pub struct Moments {
    first: Times,
    rest: Times,
    count: usize,
}

impl Moments {
    /// How many events there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Adds an event.
    pub fn push(&mut self, at: Nanos) {
        if self.count < ALL_KEPT {
            self.first.push(at);
        } else if self.count.is_multiple_of(EVERY) {
            self.rest.push(at);
        }
        self.count += 1;
    }

    /// The moment at which something that happened at `at` has happened.
    pub fn number(&self, at: Nanos) -> usize {
        let before = self.first.before(at);
        let number = if before < ALL_KEPT { before } else { before + self.rest.before(at) * EVERY };
        (number + 1).min(self.count)
    }

    /// The time at a moment.
    pub fn time(&self, number: usize) -> Nanos {
        let Some(last) = number.min(self.count).checked_sub(1) else { return 0 };
        match last.checked_sub(ALL_KEPT) {
            Some(behind) if !self.rest.is_empty() => self.rest.get(behind / EVERY),
            _ => self.first.get(last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_counted_however_they_lie() {
        let even: Vec<u32> = (0..4096).map(|number| number * 700).collect();
        let uneven: Vec<u32> =
            (0..4096_u32).map(|number| number / 7 * number / 3 * (number % 5 / 4 + 1) / 2).collect();
        let mut uneven = uneven;
        uneven.sort_unstable();
        let late: Vec<u32> =
            (0..4096).map(|number| if number < 4000 { 3 } else { u32::MAX - 4096 + number }).collect();
        let same = vec![0; 100];
        for distances in [even, uneven, late, same, vec![5], Vec::new()] {
            let limits = distances.iter().map(|at| Nanos::from(*at)).flat_map(|at| [at, at + 1]);
            for limit in limits.chain([0, 1, Nanos::from(u32::MAX), Nanos::MAX]) {
                let wanted = distances.partition_point(|at| Nanos::from(*at) < limit);
                assert_eq!(rank(&distances, limit), wanted, "{limit}");
            }
        }
    }

    #[test]
    fn moments_are_found_by_their_time() {
        let mut times = Times::default();
        let mut known: Vec<Nanos> = Vec::new();
        for number in 0_u64..20_000 {
            // Some at one time, some far apart.
            let at = (number / 3) * 7 + (number / 5000) * 20_000_000_000;
            times.push(at);
            known.push(at);
        }
        assert_eq!(times.distances.len(), known.len());
        for (index, at) in known.iter().enumerate() {
            assert_eq!(times.get(index), *at);
        }
        for at in known.iter().step_by(37).flat_map(|at| [at.saturating_sub(1), *at, at + 1]) {
            assert_eq!(times.before(at), known.partition_point(|known| *known < at), "{at}");
        }
        assert_eq!(times.before(Nanos::MAX), known.len());
    }

    #[test]
    fn time_never_goes_back() {
        let mut times = Times::default();
        [5, 3, 9].into_iter().for_each(|at| times.push(at));
        assert_eq!([times.get(0), times.get(1), times.get(2)], [5, 5, 9]);
        assert_eq!(times.before(5), 0);
        assert_eq!(times.before(6), 2);
    }
}
