//! The look: the only place where a colour or a size is written.

mod fonts;
mod kinds;
mod palette;
mod style;

pub mod size;

pub use fonts::{STRONG, install as install_fonts};
pub use kinds::{Shape, ansi, change, phase_tint, shape, tint};
pub use palette::Palette;
pub use style::{INHERITED, apply, for_visuals, of};
