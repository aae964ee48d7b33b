//! The stream: definitions and events.

use serde::{Deserialize, Serialize};

use crate::event::Event;
use crate::ids::{PlaceId, TextId};
use crate::samples::Samples;

/// A place in source text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Path or URL of the script; empty when V8 knows none.
    pub script: TextId,
    /// Name of the function; empty for anonymous ones and top-level code.
    pub function: TextId,
    /// Line, from 1; 0 when unknown.
    pub line: u32,
    /// Column in UTF-16 units, from 1; 0 when unknown.
    pub column: u32,
}

/// A script as it was when it ran.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// As places name it.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// One element of the stream. Ids are defined before they are used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Record {
    /// Defines a text.
    Text {
        /// Its number.
        id: TextId,
        /// The text.
        text: Box<str>,
    },
    /// Defines a source place.
    Place {
        /// Its number.
        id: PlaceId,
        /// The place.
        place: Place,
    },
    /// Something happened.
    Event(Event),
    /// What was seen of the stack meanwhile. Comes some time later.
    Samples(Box<Samples>),
    /// A text that scripts were made from, as their source map has it. Comes before the first place in it.
    Source(Box<Source>),
}
