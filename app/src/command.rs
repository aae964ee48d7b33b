//! Everything a user can ask for: one table for the menu, the toolbar, the palette and the keys.

mod held;
mod keys;
mod table;

use egui::KeyboardShortcut;
use egui_material_icons::MaterialIcon;

use crate::panel::PanelKind;
use crate::state::exporting::Export;
use crate::state::profile::Kind;
use crate::state::timeline::axis::AxisMode;
use crate::state::travel::Step;

pub use table::SPECS;

pub use held::hand_on;
pub use keys::{keys_text, take_keys, travelling};

/// What a user asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UiCommand {
    /// An empty text.
    New,
    /// Choose a file.
    Open,
    /// Open the file of this number in the list of recent ones.
    OpenRecent(usize),
    /// Show the examples.
    Examples,
    /// Open the example of this number.
    OpenExample(usize),
    /// Open the example of this number and run it.
    RunExample(usize),
    /// Write the text to its file.
    Save,
    /// Write the text to another file.
    SaveAs,
    /// Start the script, or go on.
    Run,
    /// Start the script, standing still before its first callback.
    RunPaused,
    /// Stand still before the next callback.
    Pause,
    /// To the next callback of any kind.
    StepTask,
    /// To the next callback that is no next tick or microtask.
    StepMacrotask,
    /// To the next phase in which something runs.
    StepPhase,
    /// To the next turn in which something runs.
    StepTurn,
    /// To the next line, over calls; over the callback that is about to start when the run stands between two.
    StepOver,
    /// Into the next call; into the callback that is about to start when the run stands between two.
    StepInto,
    /// Into a call of the line that is chosen.
    StepIntoChoice,
    /// To the end of the function.
    StepOut,
    /// To the line of the text cursor.
    RunToCursor,
    /// To where the next `await` of the selected frame's function resumes.
    RunToResume,
    /// To where the selected callback is scheduled, in another run.
    RunToScheduled,
    /// The selected frame's function from its beginning.
    RestartFrame,
    /// A breakpoint on the line of the text cursor, or none.
    ToggleBreakpoint,
    /// Other debuggers may attach, or not any more.
    Attachable,
    /// A breakpoint where the text cursor is, in the middle of its line, or not any more.
    ToggleColumnBreakpoint,
    /// No breakpoints any more.
    ClearBreakpoints,
    /// Look at a frame of the stack.
    ShowFrame(usize),
    /// Look at the thread of this number.
    ShowThread(u64),
    /// Take a profile of this kind, or end that.
    Profile(Kind),
    /// Choose a profile to look at.
    OpenProfile,
    /// Save the profile that is looked at.
    SaveProfile,
    /// Save a picture of the heap.
    HeapSnapshot,
    /// End the script.
    Stop,
    /// End the script and start it again.
    Restart,
    /// More time between callbacks.
    Slower,
    /// Less time between callbacks.
    Faster,
    /// The whole run fits into the timeline.
    TimelineFit,
    /// The timeline follows the end.
    TimelineFollow,
    /// Move the cursor through the past.
    Travel(Step),
    /// Play the past in the views, or stop that.
    PlayPast,
    /// Play the past from later to earlier, or stop that.
    PlayBack,
    /// Play it at the pace of this number.
    SetPace(usize),
    /// Show the loop as it is now.
    Live,
    /// Save the run so far.
    SaveRecording,
    /// Record the run while it goes on, or end that.
    Record,
    /// Look at the stack now and then, or no longer.
    Sample,
    /// Compare the run with a recording.
    Compare,
    /// Save the run in a format of other programs.
    Export(Export),
    /// End what was begun last of what goes on beside the window, such as an export.
    CancelWork,
    /// End the work of this number.
    CancelThis(u64),
    /// Mark the moment that is shown.
    AddNote,
    /// Show the next moment that was marked, or the one before.
    GoToNote(bool),
    /// Look for what is worth a look in the run so far.
    Look,
    /// A rule of this number is to say nothing, or to speak again.
    Silence(usize),
    /// Type what is to be found in the timeline.
    TimelineFind,
    /// Go to the next thing that was found in the timeline.
    TimelineNext,
    /// Go to the previous one.
    TimelinePrevious,
    /// Measure in the timeline from the moment that is shown to wherever that goes, or leave the stretch as it is.
    Measure,
    /// The measured stretch fills the timeline.
    ZoomToMeasured,
    /// The timeline's axis goes so, or by the clock if it does already.
    Axis(AxisMode),
    /// Nothing is selected.
    Deselect,
    /// Select the callback that scheduled the selected one.
    Cause,
    /// Select the first callback that the selected one scheduled.
    Effect,
    /// Find a command.
    Palette,
    /// Show the keys.
    Keys,
    /// The next look: system, dark, light.
    NextLook,
    /// Everything larger.
    ZoomIn,
    /// Everything smaller.
    ZoomOut,
    /// Everything in its natural size.
    ZoomReset,
    /// Movements on or off.
    ReducedMotion,
    /// Panels where they were at first.
    ResetLayout,
    /// Bring a panel to the front.
    Show(PanelKind),
    /// Close the window.
    Quit,
}

/// Part of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Files.
    File,
    /// The script.
    Run,
    /// Going through what happened.
    Time,
    /// What is seen.
    View,
}

impl Group {
    /// All parts, in order.
    pub const ALL: [Self; 4] = [Self::File, Self::Run, Self::Time, Self::View];

    /// Name in the menu.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Run => "Run",
            Self::Time => "Time",
            Self::View => "View",
        }
    }
}

/// How a command is shown.
#[derive(Clone, Copy)]
pub struct Spec {
    /// The command.
    pub command: UiCommand,
    /// What it is called.
    pub label: &'static str,
    /// What it does, in a sentence.
    pub hint: &'static str,
    /// Its key.
    pub keys: Option<KeyboardShortcut>,
    /// Its picture.
    pub icon: MaterialIcon,
    /// Where in the menu.
    pub group: Group,
}

impl UiCommand {
    /// How it is shown; `None` for those that take a number.
    pub fn spec(self) -> Option<&'static Spec> {
        SPECS.iter().find(|spec| spec.command == self)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_commands_share_a_key_or_a_name() {
        let keys: Vec<_> = SPECS.iter().filter_map(|spec| spec.keys).collect();
        let names: Vec<_> = SPECS.iter().map(|spec| spec.label).collect();
        assert_eq!(keys.iter().map(|key| format!("{key:?}")).collect::<HashSet<_>>().len(), keys.len());
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
    }
}
