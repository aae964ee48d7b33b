//! What is known of tasks by their numbers. Most tasks end soon after they were created, so the last ones stand in a table
//! of their own that needs no search.

use loopscope_protocol::TaskId;
use rustc_hash::FxHashMap;

/// Entries of the table; a power of two.
const ROOM: usize = 1024;

/// A map from tasks to values.
pub struct Recent<T> {
    table: Vec<Option<(TaskId, T)>>,
    /// Those that had to make room.
    others: FxHashMap<TaskId, T>,
}

impl<T> Default for Recent<T> {
    fn default() -> Self {
        Self { table: std::iter::repeat_with(|| None).take(ROOM).collect(), others: FxHashMap::default() }
    }
}

fn place(task: TaskId) -> usize {
    usize::try_from(task.0 % ROOM as u64).unwrap_or(0)
}

impl<T> Recent<T> {
    /// Keeps the value of a task that has none yet.
    pub fn insert(&mut self, task: TaskId, value: T) {
        if let Some((other, value)) = self.table[place(task)].replace((task, value)) {
            self.others.insert(other, value);
        }
    }

    /// The value of a task.
    pub fn get(&self, task: TaskId) -> Option<&T> {
        match &self.table[place(task)] {
            Some((found, value)) if *found == task => Some(value),
            _ => self.others.get(&task),
        }
    }

    /// The value of a task, to be changed.
    pub fn get_mut(&mut self, task: TaskId) -> Option<&mut T> {
        match &mut self.table[place(task)] {
            Some((found, value)) if *found == task => Some(value),
            _ => self.others.get_mut(&task),
        }
    }

    /// Takes the value of a task out.
    pub fn remove(&mut self, task: TaskId) -> Option<T> {
        let entry = &mut self.table[place(task)];
        if entry.as_ref().is_some_and(|(found, _)| *found == task) {
            return entry.take().map(|(_, value)| value);
        }
        // Nothing to search for is what there mostly is.
        if self.others.is_empty() { None } else { self.others.remove(&task) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_whether_they_are_recent_or_not() {
        let mut values = Recent::default();
        let last = 5 * ROOM as u64;
        for number in 0..last {
            values.insert(TaskId(number), number * 2);
        }
        for number in (0..last).rev() {
            assert_eq!(values.get(TaskId(number)), Some(&(number * 2)));
            *values.get_mut(TaskId(number)).unwrap() += 1;
            assert_eq!(values.remove(TaskId(number)), Some(number * 2 + 1));
            assert_eq!((values.remove(TaskId(number)), values.get(TaskId(number))), (None, None));
        }
        assert!(values.others.is_empty() && values.table.iter().all(Option::is_none));
    }
}
