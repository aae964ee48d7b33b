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
