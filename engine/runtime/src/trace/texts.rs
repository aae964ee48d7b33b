//! Texts that have a number already.

use std::hash::BuildHasher;
use std::sync::Arc;

use loopscope_protocol::TextId;
use rustc_hash::{FxBuildHasher, FxHashMap};

/// How many of the texts that may come again soon are remembered; a power of two.
const ROOM: usize = 256;

/// Longer ones are not remembered: they hardly come again, and comparing them costs time.
const LONGEST: usize = 200;

/// The texts of a run. Names come again and again and are all kept. Of what operations and requests are about, there is no
/// end, so only what came lately is.
pub struct Texts {
    last: u32,
    names: FxHashMap<Arc<str>, TextId>,
    recent: Vec<Option<(Arc<str>, TextId)>>,
}

impl Default for Texts {
    fn default() -> Self {
        Self { last: 0, names: FxHashMap::default(), recent: vec![None; ROOM] }
    }
}

/// A text with its number.
pub struct Numbered {
    /// The number.
    pub id: TextId,
    /// The text.
    pub text: Arc<str>,
    /// Whether nobody knows the number yet.
    pub is_new: bool,
}

impl Texts {
    /// The number of the last text; they count from 1.
    pub fn last(&self) -> u32 {
        self.last
    }

    /// The next number.
    pub fn next(&mut self) -> TextId {
        self.last += 1;
        TextId(self.last)
    }

    /// The number of a name.
    pub fn name(&mut self, text: &str) -> Numbered {
        if let Some((known, &id)) = self.names.get_key_value(text) {
            return Numbered { id, text: Arc::clone(known), is_new: false };
        }
        let (id, text) = (self.next(), Arc::<str>::from(text));
        self.names.insert(Arc::clone(&text), id);
        Numbered { id, text, is_new: true }
    }

    /// The number of a text that may come again soon.
    pub fn recent(&mut self, text: &str) -> Numbered {
        if text.len() > LONGEST {
            return Numbered { id: self.next(), text: text.into(), is_new: true };
        }
        let place = FxBuildHasher.hash_one(text) as usize % ROOM;
        if let Some((known, id)) = &self.recent[place]
            && **known == *text
        {
            return Numbered { id: *id, text: Arc::clone(known), is_new: false };
        }
        let (id, text) = (self.next(), Arc::<str>::from(text));
        self.recent[place] = Some((Arc::clone(&text), id));
        Numbered { id, text, is_new: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_comes_again_has_the_number_it_had() {
        let mut texts = Texts::default();
        let name = texts.name("fs.open");
        let first = texts.recent("/tmp/a");
        assert!(name.is_new && first.is_new && name.id != first.id);
        let (name_again, again) = (texts.name("fs.open"), texts.recent("/tmp/a"));
        assert!(!name_again.is_new && !again.is_new);
        assert_eq!((name_again.id, again.id, &*again.text), (name.id, first.id, "/tmp/a"));
        let long = "x".repeat(LONGEST + 1);
        assert_ne!(texts.recent(&long).id, texts.recent(&long).id);
    }

    #[test]
    fn what_had_to_make_room_gets_another_number() {
        let mut texts = Texts::default();
        let first: Vec<TextId> = (0..10 * ROOM).map(|number| texts.recent(&number.to_string()).id).collect();
        let mut again = 0;
        for (number, id) in first.iter().enumerate() {
            let found = texts.recent(&number.to_string());
            assert_eq!(found.is_new, found.id != *id);
            again += usize::from(!found.is_new);
        }
        assert!(again <= ROOM && texts.recent.len() == ROOM);
    }
}
