//! The event loop: phases in libuv's order, without any knowledge of V8.
//!
//! The order is the one libuv documents for `uv_run` in its default mode since 1.45 (Node.js 20 and later): timers
//! once before the first turn, then every turn pending → idle/prepare → poll → check → closing → timers.
//! See <https://docs.libuv.org/en/v1.x/design.html#the-i-o-loop>.

mod turn;
mod work;

pub use turn::{End, alive, run};
pub use work::{NextTimer, Phase, Timeout, Work};
