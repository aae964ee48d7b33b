//! The panels: they draw the state and send commands.

mod code;
mod console;
mod gallery;
mod layout;
mod loop_view;
mod palette;
mod pending_io;
mod status;
mod timeline;
mod toolbar;

use serde::{Deserialize, Serialize};

use crate::state::document::Document;
use crate::state::model::Model;
use crate::state::run::Progress;
use crate::state::selection::Selection;

pub use gallery::gallery;
pub use layout::{Layout, default_layout, read_layout, show_panels, write_layout};
pub use palette::{Palette, keys_window};
pub use status::status;
pub use toolbar::{Toolbar, change_speed, speed, toolbar};

/// A panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PanelKind {
    /// The script's text.
    Code,
    /// Ring and lanes.
    Loop,
    /// Operations in flight.
    PendingIo,
    /// What happened when.
    Timeline,
    /// What the script wrote.
    Console,
}

impl PanelKind {
    /// All panels.
    pub const ALL: [Self; 5] = [Self::Code, Self::Loop, Self::PendingIo, Self::Timeline, Self::Console];

    /// Title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Code => "Code",
            Self::Loop => "Event loop",
            Self::PendingIo => "Pending I/O",
            Self::Timeline => "Timeline",
            Self::Console => "Console",
        }
    }
}

/// What the panels remember from frame to frame.
#[derive(Default)]
pub struct Memory {
    code: code::CodeMemory,
    loop_view: loop_view::LoopMemory,
    timeline: timeline::TimelineMemory,
    console: console::ConsoleMemory,
}

impl Memory {
    /// Another run begins.
    pub fn forget_run(&mut self) {
        self.loop_view = loop_view::LoopMemory::default();
        self.timeline.forget_run();
        self.console.forget_run();
        self.code.forget_run();
    }

    /// Another text is in the editor.
    pub fn forget_text(&mut self) {
        self.code = code::CodeMemory::default();
    }

    /// The whole run fits into the timeline.
    pub fn fit_timeline(&mut self) {
        self.timeline.fit();
    }

    /// The timeline goes to the next or the previous thing that fits what is looked for.
    pub fn jump_in_timeline(&mut self, forward: bool) {
        self.timeline.jump(forward);
    }

    /// What is looked for in the timeline can be typed.
    pub fn search_timeline(&mut self) {
        self.timeline.search();
    }

    /// Nothing is measured in the timeline.
    pub fn stop_measuring(&mut self) {
        self.timeline.stop_measuring();
    }

    /// The timeline follows the end.
    pub fn follow_timeline(&mut self) {
        self.timeline.follow();
    }
}

/// What a panel draws, and what it may point at and remember.
pub struct View<'a> {
    /// The run; empty before the first one.
    pub model: &'a Model,
    /// How far the run is; `None` before the first one.
    pub progress: Option<&'a Progress>,
    /// Script of the run as its places name it; empty before the first one.
    pub script: &'a str,
    /// The text in the editor.
    pub document: &'a mut Document,
    /// What all views point at.
    pub selection: &'a mut Selection,
    /// What the panels remember.
    pub memory: &'a mut Memory,
    /// Whether things may slide and pulse.
    pub motion: bool,
}
