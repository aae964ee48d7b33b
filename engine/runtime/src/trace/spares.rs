//! Room for records that is used again: fresh memory costs the system more than what is written into it.

use crossbeam_channel::{Receiver, Sender, bounded};
use loopscope_protocol::Record;

/// How much is kept.
const KEPT: usize = 16;

/// Gives empty batches to who makes records and takes them back from who has read them.
#[derive(Debug, Clone)]
pub struct Spares {
    give: Sender<Vec<Record>>,
    take: Receiver<Vec<Record>>,
}

impl Default for Spares {
    fn default() -> Self {
        let (give, take) = bounded(KEPT);
        Self { give, take }
    }
}

impl Spares {
    /// Takes a batch back that was read.
    pub fn give(&self, mut batch: Vec<Record>) {
        batch.clear();
        // There is enough when there is no room.
        drop(self.give.try_send(batch));
    }

    /// An empty batch, with room for `capacity` records unless it is a used one.
    pub fn take(&self, capacity: usize) -> Vec<Record> {
        self.take.try_recv().unwrap_or_else(|_| Vec::with_capacity(capacity))
    }
}
