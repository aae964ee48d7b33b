//! Texts and source places that the stream has defined.

use std::sync::Arc;

use super::shared::Shared;
use crate::ids::{PlaceId, TextId};
use crate::record::Place;

/// Definitions by number. The engine numbers from 1 without gaps. Copies share what is defined.
#[derive(Debug, Clone, Default)]
pub struct Names {
    texts: Shared<Arc<str>>,
    places: Shared<Place>,
}

impl Names {
    /// The text behind a number; empty for [`TextId::NONE`] and for numbers that were not defined.
    pub fn text(&self, id: TextId) -> &str {
        index(id.0).and_then(|index| self.texts.get(index)).map_or("", |text| &**text)
    }

    /// Number of texts; the last one has this number.
    pub fn text_count(&self) -> u32 {
        u32::try_from(self.texts.len()).unwrap_or(u32::MAX)
    }

    /// Number of places; the last one has this number.
    pub fn place_count(&self) -> u32 {
        u32::try_from(self.places.len()).unwrap_or(u32::MAX)
    }

    /// The place behind a number.
    pub fn place(&self, id: PlaceId) -> Option<&Place> {
        self.places.get(index(id.0)?)
    }

    /// Path of the script of a place; empty when there is none.
    pub fn script(&self, id: PlaceId) -> &str {
        self.place(id).map_or("", |place| self.text(place.script))
    }

    /// Whether a place is in a script of the user's rather than in the runtime's own.
    pub fn is_own(&self, id: PlaceId) -> bool {
        let script = self.script(id);
        !script.is_empty() && !script.starts_with("node:")
    }

    /// Whether a place stands for the runtime itself, such as `socketTimeout node:net`.
    pub fn is_runtimes(&self, id: PlaceId) -> bool {
        self.script(id).starts_with("node:")
    }

    /// A place as people write it: `name file.js:3`, or `file.js:3` without a function name; empty for no place.
    pub fn describe(&self, id: PlaceId) -> String {
        let Some(place) = self.place(id) else { return String::new() };
        let path = self.text(place.script);
        let file =
            if path.starts_with("node:") { path } else { path.rsplit(['/', '\\']).next().unwrap_or(path) };
        let at = if place.line == 0 { file.to_owned() } else { format!("{file}:{}", place.line) };
        match self.text(place.function) {
            "" => at,
            function => format!("{function} {at}"),
        }
    }

    /// Takes a definition; false when its number does not follow the last one.
    pub fn define_text(&mut self, id: TextId, text: &str) -> bool {
        let follows = index(id.0) == Some(self.texts.len());
        if follows {
            self.texts.push(text.into());
        }
        follows
    }

    /// Takes a definition; false when its number does not follow the last one.
    pub fn define_place(&mut self, id: PlaceId, place: &Place) -> bool {
        let follows = index(id.0) == Some(self.places.len());
        if follows {
            self.places.push(place.clone());
        }
        follows
    }
}

fn index(id: u32) -> Option<usize> {
    usize::try_from(id).ok()?.checked_sub(1)
}
