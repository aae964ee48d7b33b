//! Requests of HTTP: what they ask for, and what it is called once there is an answer.

use std::sync::Arc;

use loopscope_protocol::{HandleId, TextId};

use super::recent::Recent;

/// How many of the texts that may come again soon are remembered, and how many open requests stand in a table; a power of
/// two.
const ROOM: usize = 256;

/// What a request asks for: the text and its number.
struct Asked {
    id: TextId,
    text: Arc<str>,
}

/// The text of a request with the status of its answer.
struct Kept {
    asked: TextId,
    status: u16,
    /// The number of the whole text.
    whole: TextId,
}

/// How a request is called that was answered.
#[derive(Debug, PartialEq, Eq)]
pub enum Answered {
    /// By this text.
    Known(TextId),
    /// By this text, which has no number yet.
    New(String),
    /// There is no such request.
    Nothing,
}

/// The requests that are open.
pub struct Requests {
    open: Recent<HandleId, Asked, ROOM>,
    recent: Vec<Option<Kept>>,
}

impl Default for Requests {
    fn default() -> Self {
        let recent = std::iter::repeat_with(|| None).take(ROOM).collect();
        Self { open: Recent::default(), recent }
    }
}

impl Requests {
    /// A request begins.
    pub fn open(&mut self, request: HandleId, id: TextId, text: Arc<str>) {
        self.open.insert(request, Asked { id, text });
    }

    /// A request was answered. For a new text [`Requests::keep`] is told its number.
    pub fn answered(&self, request: HandleId, status: u16) -> Answered {
        let Some(asked) = self.open.get(request) else { return Answered::Nothing };
        match &self.recent[place(asked.id, status)] {
            Some(kept) if kept.asked == asked.id && kept.status == status => Answered::Known(kept.whole),
            _ => Answered::New([&asked.text, " → ", &status.to_string()].concat()),
        }
    }

    /// The number of the text of a request with the status of its answer.
    pub fn keep(&mut self, request: HandleId, status: u16, whole: TextId) {
        if let Some(asked) = self.open.get(request) {
            self.recent[place(asked.id, status)] = Some(Kept { asked: asked.id, status, whole });
        }
    }

    /// A request is over.
    pub fn close(&mut self, request: HandleId) {
        self.open.remove(request);
    }
}

fn place(asked: TextId, status: u16) -> usize {
    (asked.0 as usize).wrapping_mul(31).wrapping_add(usize::from(status)) % ROOM
}

#[cfg(test)]
mod tests {
    use super::{Answered, Requests};
    use loopscope_protocol::{HandleId, TextId};

    #[test]
    fn what_is_answered_again_in_the_same_way_has_its_text() {
        let (mut requests, first, second) = (Requests::default(), HandleId(1), HandleId(2));
        requests.open(first, TextId(5), "GET /".into());
        requests.open(second, TextId(5), "GET /".into());
        assert_eq!(requests.answered(first, 200), Answered::New("GET / → 200".to_owned()));
        requests.keep(first, 200, TextId(6));
        assert_eq!(requests.answered(second, 200), Answered::Known(TextId(6)));
        assert_eq!(requests.answered(second, 404), Answered::New("GET / → 404".to_owned()));
        requests.close(first);
        assert_eq!(requests.answered(first, 200), Answered::Nothing);
    }
}
