//! Reports what happens in a run: makes the records, keeps texts and places defined once, and lets an observer hold
//! the run before a callback starts. Knows nothing of V8.

mod calls;
mod merge;
mod observer;
mod places;
mod progress;
mod recent;
mod requests;
mod spares;
mod texts;
mod tracer;

pub use calls::{Callback, Calls, Told};
pub use merge::{Joined, Joining, Sink};
pub use observer::{Moment, Observer, Sampling, Waited, step_ends};
pub use places::{Asker, CallSite, DEPTH, Depth, DirectCall, FRAMES, PlaceKey, Places};
pub use recent::Recent;
pub use spares::Spares;
pub use tracer::{Held, Tracer};
