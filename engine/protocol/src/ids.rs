//! Numbers that name things in the stream.

use serde::{Deserialize, Serialize};

/// Nanoseconds since the start of the run.
pub type Nanos = u64;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        pub struct $name(pub $inner);

        impl $name {
            /// Stands for "none"; real ids count from 1.
            pub const NONE: Self = Self(0);

            /// Whether this is a real id.
            pub fn is_some(self) -> bool {
                self != Self::NONE
            }
        }
    };
}

id! {
    /// A callback from its creation to its end.
    TaskId(u64)
}
id! {
    /// An operation of the host in flight.
    OpId(u64)
}
id! {
    /// A long-lived thing that can keep the loop alive (server, socket, watcher).
    HandleId(u64)
}
id! {
    /// A text that was defined by [`crate::Record::Text`].
    TextId(u32)
}
id! {
    /// A source place that was defined by [`crate::Record::Place`].
    PlaceId(u32)
}

/// A loop of a run: the main thread's, or that of a worker. Its callbacks, operations and handles carry it in the upper bits
/// of their ids, so that ids are unique in the whole run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct LoopId(pub u16);

/// Bits of an id below those that name the loop.
const NUMBER_BITS: u32 = 48;

impl LoopId {
    /// The main thread's.
    pub const MAIN: Self = Self(0);

    /// The ids of what belongs to this loop follow this number.
    pub fn base(self) -> u64 {
        u64::from(self.0) << NUMBER_BITS
    }
}

impl TaskId {
    /// The loop it runs on.
    pub fn on(self) -> LoopId {
        LoopId((self.0 >> NUMBER_BITS) as u16)
    }

    /// Its number on that loop.
    pub fn number(self) -> u64 {
        self.0 & ((1 << NUMBER_BITS) - 1)
    }
}

impl std::fmt::Display for TaskId {
    /// As people write it: `12`, or `2:12` on the loop of worker 2.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.on() {
            LoopId::MAIN => write!(formatter, "{}", self.0),
            LoopId(on) => write!(formatter, "{on}:{}", self.number()),
        }
    }
}

impl std::str::FromStr for TaskId {
    type Err = std::num::ParseIntError;

    /// Reads what its `Display` writes.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            None => text.parse().map(Self),
            Some((on, number)) => {
                let number = number.parse::<u64>()? & ((1 << NUMBER_BITS) - 1);
                Ok(Self(LoopId(on.parse()?).base() | number))
            }
        }
    }
}
