//! What was unpacked last: going back and forth around a moment unpacks nothing twice.

use std::sync::Arc;

use loopscope_protocol::Event;
use loopscope_protocol::state::Keyframe;

/// Blocks of events and a keyframe that stay unpacked, by their numbers.
pub struct Unpacked {
    /// The block that was used last stands last.
    blocks: Vec<(usize, Arc<Vec<Event>>)>,
    most: usize,
    keyframe: Option<(usize, Arc<Keyframe>)>,
}

impl Unpacked {
    /// Nothing yet; at most so many blocks.
    pub fn new(most: usize) -> Self {
        Self { blocks: Vec::new(), most, keyframe: None }
    }

    /// A block that is unpacked.
    pub fn block(&mut self, number: usize) -> Option<Arc<Vec<Event>>> {
        let at = self.blocks.iter().position(|entry| entry.0 == number)?;
        let entry = self.blocks.remove(at);
        let events = Arc::clone(&entry.1);
        self.blocks.push(entry);
        Some(events)
    }

    /// Keeps a block that was not, in the place of the one that was not used for longest.
    pub fn keep_block(&mut self, number: usize, events: Vec<Event>) -> Arc<Vec<Event>> {
        if self.blocks.len() == self.most {
            self.blocks.remove(0);
        }
        let events = Arc::new(events);
        self.blocks.push((number, Arc::clone(&events)));
        events
    }

    /// The keyframe of this number, when it is the one that is unpacked.
    pub fn keyframe(&self, number: usize) -> Option<Arc<Keyframe>> {
        self.keyframe.as_ref().filter(|entry| entry.0 == number).map(|entry| Arc::clone(&entry.1))
    }

    /// Keeps a keyframe in the place of the other.
    pub fn keep_keyframe(&mut self, number: usize, keyframe: Keyframe) -> Arc<Keyframe> {
        let keyframe = Arc::new(keyframe);
        self.keyframe = Some((number, Arc::clone(&keyframe)));
        keyframe
    }
}
