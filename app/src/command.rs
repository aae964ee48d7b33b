//! Everything a user can ask for: one table for the menu, the toolbar, the palette and the keys.

mod keys;

use egui::{Key, KeyboardShortcut, Modifiers};
use egui_material_icons::{MaterialIcon, icons};

use crate::panel::PanelKind;
use crate::state::exporting::Export;
use crate::state::travel::Step;

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
    /// To the next line, over calls; to the next callback when the run stands between two.
    StepOver,
    /// Into the next call; to the next task when the run stands between two callbacks.
    StepInto,
    /// Into a call of the line that is chosen.
    StepIntoChoice,
    /// To the end of the function.
    StepOut,
    /// To the line of the text cursor.
    RunToCursor,
    /// The selected frame's function from its beginning.
    RestartFrame,
    /// A breakpoint on the line of the text cursor, or none.
    ToggleBreakpoint,
    /// No breakpoints any more.
    ClearBreakpoints,
    /// Look at a frame of the stack.
    ShowFrame(usize),
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
    /// Play it at the pace of this number.
    SetPace(usize),
    /// Show the loop as it is now.
    Live,
    /// Save the run so far.
    SaveRecording,
    /// Record the run while it goes on, or end that.
    Record,
    /// Compare the run with a recording.
    Compare,
    /// Save the run in a format of other programs.
    Export(Export),
    /// End what goes on beside the window, such as an export.
    CancelWork,
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

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

const fn key(modifiers: Modifiers, key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(modifiers, key))
}

const fn spec(
    command: UiCommand,
    group: Group,
    label: &'static str,
    hint: &'static str,
    keys: Option<KeyboardShortcut>,
    icon: MaterialIcon,
) -> Spec {
    Spec { command, label, hint, keys, icon, group }
}

use Group::{File, Run, Time, View};

/// Every command but those that take a number, in the order of the menu.
pub const SPECS: &[Spec] = &[
    spec(UiCommand::New, File, "New", "Start with an empty text", key(CTRL, Key::N), icons::ICON_NOTE_ADD),
    spec(
        UiCommand::Open,
        File,
        "Open…",
        "Choose a script to open",
        key(CTRL, Key::O),
        icons::ICON_FOLDER_OPEN,
    ),
    spec(
        UiCommand::Examples,
        File,
        "Examples…",
        "Choose a script that came with the program",
        key(CTRL, Key::E),
        icons::ICON_AUTO_STORIES,
    ),
    spec(UiCommand::Save, File, "Save", "Write the text to its file", key(CTRL, Key::S), icons::ICON_SAVE),
    spec(
        UiCommand::SaveAs,
        File,
        "Save as…",
        "Write the text to another file",
        key(CTRL_SHIFT, Key::S),
        icons::ICON_SAVE_AS,
    ),
    spec(
        UiCommand::SaveRecording,
        File,
        "Save recording…",
        "Keep the run so far in a file that can be opened and shared",
        key(CTRL_SHIFT, Key::R),
        icons::ICON_ARCHIVE,
    ),
    spec(
        UiCommand::Compare,
        File,
        "Compare with a recording…",
        "Show this run and another one side by side, with their differences in order",
        None,
        icons::ICON_COMPARE,
    ),
    spec(
        UiCommand::Export(Export::Perfetto),
        File,
        "Export for Perfetto…",
        "Save the run for ui.perfetto.dev, with a row for each kind of callback",
        None,
        icons::ICON_EXPORT_NOTES,
    ),
    spec(
        UiCommand::Export(Export::Chrome),
        File,
        "Export a Chrome trace…",
        "Save the run for chrome://tracing and the Firefox Profiler",
        None,
        icons::ICON_EXPORT_NOTES,
    ),
    spec(
        UiCommand::Export(Export::Profile),
        File,
        "Export a CPU profile…",
        "Save the callbacks of the run as a .cpuprofile",
        None,
        icons::ICON_EXPORT_NOTES,
    ),
    spec(
        UiCommand::Export(Export::Svg),
        File,
        "Export the timeline as SVG…",
        "Save what the timeline shows as a drawing",
        None,
        icons::ICON_IMAGE,
    ),
    spec(
        UiCommand::Export(Export::Png),
        File,
        "Export the timeline as PNG…",
        "Save the timeline as it is on the screen",
        None,
        icons::ICON_IMAGE,
    ),
    spec(
        UiCommand::Export(Export::Page),
        File,
        "Export a web page…",
        "Save what the timeline shows as a page that plays it, without a network",
        None,
        icons::ICON_PUBLIC,
    ),
    spec(
        UiCommand::Export(Export::Gif),
        File,
        "Export an animated GIF…",
        "Save what the timeline shows as a picture in which ring, queues, timeline and console play it",
        None,
        icons::ICON_GIF_BOX,
    ),
    spec(
        UiCommand::CancelWork,
        File,
        "Cancel the export",
        "End the export that goes on; nothing is left of it",
        None,
        icons::ICON_CANCEL,
    ),
    spec(UiCommand::Quit, File, "Quit", "Close the window", key(CTRL, Key::Q), icons::ICON_LOGOUT),
    spec(
        UiCommand::Run,
        Run,
        "Run",
        "Run the script, or go on when it is paused",
        key(Modifiers::NONE, Key::F5),
        icons::ICON_PLAY_ARROW,
    ),
    spec(
        UiCommand::RunPaused,
        Run,
        "Run, paused at the start",
        "Start the script and stand still before its first callback",
        key(CTRL, Key::F5),
        icons::ICON_PLAY_PAUSE,
    ),
    spec(
        UiCommand::Pause,
        Run,
        "Pause",
        "Stand still before the next callback",
        key(Modifiers::NONE, Key::F6),
        icons::ICON_PAUSE,
    ),
    spec(
        UiCommand::ToggleBreakpoint,
        Run,
        "Breakpoint on this line",
        "Stand still when the line of the text cursor is reached, or not any more",
        key(Modifiers::NONE, Key::F9),
        icons::ICON_STOP_CIRCLE,
    ),
    spec(
        UiCommand::StepOver,
        Run,
        "Step over",
        "To the next line, over calls; between two callbacks to the next one",
        key(Modifiers::NONE, Key::F10),
        icons::ICON_STEP_OVER,
    ),
    spec(
        UiCommand::StepInto,
        Run,
        "Step into",
        "Into the next call; between two callbacks to the next task",
        key(Modifiers::NONE, Key::F11),
        icons::ICON_STEP_INTO,
    ),
    spec(
        UiCommand::StepIntoChoice,
        Run,
        "Step into a chosen call…",
        "Choose which call of the line to step into",
        key(Modifiers::ALT, Key::F11),
        icons::ICON_LOGIN,
    ),
    spec(
        UiCommand::StepOut,
        Run,
        "Step out",
        "To the end of the function",
        key(Modifiers::SHIFT, Key::F11),
        icons::ICON_STEP_OUT,
    ),
    spec(
        UiCommand::RunToCursor,
        Run,
        "Run to the cursor",
        "Go on until the line of the text cursor is reached",
        key(CTRL, Key::F9),
        icons::ICON_KEYBOARD_TAB,
    ),
    spec(
        UiCommand::RestartFrame,
        Run,
        "Frame again",
        "Begin the selected frame's function again",
        None,
        icons::ICON_RESTART_ALT,
    ),
    spec(
        UiCommand::ClearBreakpoints,
        Run,
        "Remove all breakpoints",
        "Take the breakpoints of all files away",
        key(CTRL_SHIFT, Key::F9),
        icons::ICON_BLOCK,
    ),
    spec(
        UiCommand::StepTask,
        Run,
        "Step to the next callback",
        "Go on to the next callback of any kind, next ticks and microtasks included",
        key(Modifiers::NONE, Key::F8),
        icons::ICON_STEP,
    ),
    spec(
        UiCommand::StepMacrotask,
        Run,
        "Step to the next task",
        "Go on to the next callback that is no next tick or microtask",
        key(Modifiers::SHIFT, Key::F8),
        icons::ICON_REDO,
    ),
    spec(
        UiCommand::StepPhase,
        Run,
        "Step to the next phase",
        "Go on to the next phase in which a callback runs",
        key(CTRL, Key::F10),
        icons::ICON_SKIP_NEXT,
    ),
    spec(
        UiCommand::StepTurn,
        Run,
        "Step to the next turn",
        "Go on to the next turn of the loop in which a callback runs",
        key(CTRL, Key::F11),
        icons::ICON_CYCLE,
    ),
    spec(
        UiCommand::Stop,
        Run,
        "Stop",
        "End the script, wherever it is",
        key(Modifiers::SHIFT, Key::F5),
        icons::ICON_STOP,
    ),
    spec(
        UiCommand::Restart,
        Run,
        "Restart",
        "End the script and run it again",
        key(CTRL_SHIFT, Key::F5),
        icons::ICON_REPLAY,
    ),
    spec(
        UiCommand::Record,
        Run,
        "Record",
        "Write the run into a file while it goes on, or stop that; it survives a crash",
        None,
        icons::ICON_RADIO_BUTTON_CHECKED,
    ),
    spec(
        UiCommand::Slower,
        Run,
        "Slower",
        "More time between callbacks",
        key(CTRL_SHIFT, Key::Comma),
        icons::ICON_SPEED,
    ),
    spec(
        UiCommand::Faster,
        Run,
        "Faster",
        "Less time between callbacks",
        key(CTRL_SHIFT, Key::Period),
        icons::ICON_BOLT,
    ),
    spec(
        UiCommand::Travel(Step::Event(false)),
        Time,
        "Back one event",
        "Show the loop as it was before the last event",
        key(Modifiers::NONE, Key::ArrowLeft),
        icons::ICON_CHEVRON_LEFT,
    ),
    spec(
        UiCommand::Travel(Step::Event(true)),
        Time,
        "Forward one event",
        "Show the loop after the next event",
        key(Modifiers::NONE, Key::ArrowRight),
        icons::ICON_CHEVRON_RIGHT,
    ),
    spec(
        UiCommand::Travel(Step::Callback(false)),
        Time,
        "Back one callback",
        "Show the loop when the callback before started",
        key(CTRL, Key::ArrowLeft),
        icons::ICON_KEYBOARD_DOUBLE_ARROW_LEFT,
    ),
    spec(
        UiCommand::Travel(Step::Callback(true)),
        Time,
        "Forward one callback",
        "Show the loop when the next callback started",
        key(CTRL, Key::ArrowRight),
        icons::ICON_KEYBOARD_DOUBLE_ARROW_RIGHT,
    ),
    spec(
        UiCommand::Travel(Step::Turn(false)),
        Time,
        "Back one turn",
        "Show the loop when the turn before began",
        key(Modifiers::SHIFT, Key::ArrowLeft),
        icons::ICON_UNDO,
    ),
    spec(
        UiCommand::Travel(Step::Turn(true)),
        Time,
        "Forward one turn",
        "Show the loop when the next turn began",
        key(Modifiers::SHIFT, Key::ArrowRight),
        icons::ICON_REDO,
    ),
    spec(
        UiCommand::Travel(Step::First),
        Time,
        "To the beginning of the run",
        "Show the loop before anything happened",
        key(Modifiers::NONE, Key::Home),
        icons::ICON_FIRST_PAGE,
    ),
    spec(
        UiCommand::Travel(Step::Last),
        Time,
        "To the end of the run",
        "Show the loop after everything so far, and stay there",
        key(Modifiers::NONE, Key::End),
        icons::ICON_LAST_PAGE,
    ),
    spec(
        UiCommand::PlayPast,
        Time,
        "Play the run in the views",
        "Play what happened, or stop that; the script is not run again",
        key(Modifiers::NONE, Key::Space),
        icons::ICON_SLOW_MOTION_VIDEO,
    ),
    spec(
        UiCommand::Live,
        Time,
        "Back to now",
        "Show the loop as it is now",
        key(CTRL, Key::End),
        icons::ICON_UPDATE,
    ),
    spec(
        UiCommand::AddNote,
        Time,
        "Note about this moment…",
        "Mark the moment that is shown, with words if wanted",
        key(CTRL, Key::M),
        icons::ICON_BOOKMARK_ADD,
    ),
    spec(
        UiCommand::GoToNote(false),
        Time,
        "Previous note",
        "Show the marked moment before this one",
        key(Modifiers::ALT, Key::ArrowLeft),
        icons::ICON_BOOKMARK,
    ),
    spec(
        UiCommand::GoToNote(true),
        Time,
        "Next note",
        "Show the marked moment after this one",
        key(Modifiers::ALT, Key::ArrowRight),
        icons::ICON_BOOKMARKS,
    ),
    spec(
        UiCommand::Look,
        Time,
        "Look for problems",
        "Ask all rules about the run so far; at its end this happens by itself",
        None,
        icons::ICON_TROUBLESHOOT,
    ),
    spec(
        UiCommand::TimelineFit,
        Time,
        "Fit the timeline",
        "Show the whole run in the timeline",
        key(CTRL_SHIFT, Key::F),
        icons::ICON_FIT_WIDTH,
    ),
    spec(
        UiCommand::TimelineFollow,
        Time,
        "Follow the end of the timeline",
        "Keep the newest part of the run in view",
        key(CTRL_SHIFT, Key::E),
        icons::ICON_LAST_PAGE,
    ),
    spec(
        UiCommand::TimelineFind,
        Time,
        "Find in the timeline…",
        "Look for callbacks and operations by name, kind, file or duration",
        key(CTRL_SHIFT, Key::Slash),
        icons::ICON_MANAGE_SEARCH,
    ),
    spec(
        UiCommand::TimelineNext,
        Time,
        "Next match in the timeline",
        "Go to the next thing that fits what is looked for",
        key(Modifiers::NONE, Key::F3),
        icons::ICON_ARROW_DOWNWARD,
    ),
    spec(
        UiCommand::TimelinePrevious,
        Time,
        "Previous match in the timeline",
        "Go to the previous thing that fits what is looked for",
        key(Modifiers::SHIFT, Key::F3),
        icons::ICON_ARROW_UPWARD,
    ),
    spec(
        UiCommand::Cause,
        Time,
        "Go to the cause",
        "Select the callback that scheduled the selected one",
        key(Modifiers::NONE, Key::OpenBracket),
        icons::ICON_ARROW_BACK,
    ),
    spec(
        UiCommand::Effect,
        Time,
        "Go to the effect",
        "Select the first callback that the selected one scheduled",
        key(Modifiers::NONE, Key::CloseBracket),
        icons::ICON_ARROW_FORWARD,
    ),
    spec(
        UiCommand::Palette,
        View,
        "Find a command…",
        "Type a part of a command's name",
        key(CTRL_SHIFT, Key::P),
        icons::ICON_SEARCH,
    ),
    spec(UiCommand::Keys, View, "Keys", "Show all keys", key(Modifiers::NONE, Key::F1), icons::ICON_KEYBOARD),
    spec(
        UiCommand::Show(PanelKind::Code),
        View,
        "Show the code",
        "Bring the code to the front",
        key(CTRL, Key::Num1),
        icons::ICON_CODE,
    ),
    spec(
        UiCommand::Show(PanelKind::Loop),
        View,
        "Show the loop",
        "Bring the ring and the lanes to the front",
        key(CTRL, Key::Num2),
        icons::ICON_CYCLE,
    ),
    spec(
        UiCommand::Show(PanelKind::PendingIo),
        View,
        "Show pending I/O",
        "Bring the operations in flight to the front",
        key(CTRL, Key::Num3),
        icons::ICON_HOURGLASS_TOP,
    ),
    spec(
        UiCommand::Show(PanelKind::Timeline),
        View,
        "Show the timeline",
        "Bring the timeline to the front",
        key(CTRL, Key::Num4),
        icons::ICON_VIEW_TIMELINE,
    ),
    spec(
        UiCommand::Show(PanelKind::Console),
        View,
        "Show the console",
        "Bring the console to the front",
        key(CTRL, Key::Num5),
        icons::ICON_TERMINAL,
    ),
    spec(
        UiCommand::Deselect,
        View,
        "Select nothing",
        "Point at no callback",
        key(Modifiers::NONE, Key::Escape),
        icons::ICON_DESELECT,
    ),
    spec(
        UiCommand::Show(PanelKind::Why),
        View,
        "Show why",
        "Bring the causes of the selected callback to the front",
        key(CTRL, Key::Num6),
        icons::ICON_HELP,
    ),
    spec(
        UiCommand::Show(PanelKind::Charts),
        View,
        "Show the charts",
        "Bring delay, queues, memory and handles over time to the front",
        key(CTRL, Key::Num7),
        icons::ICON_MONITORING,
    ),
    spec(
        UiCommand::Show(PanelKind::Findings),
        View,
        "Show the findings",
        "Bring what is worth a look in the run to the front",
        key(CTRL, Key::Num8),
        icons::ICON_FACT_CHECK,
    ),
    spec(
        UiCommand::Show(PanelKind::Debugger),
        View,
        "Show the debugger",
        "Bring stack, variables and breakpoints to the front",
        key(CTRL, Key::Num9),
        icons::ICON_BUG_REPORT,
    ),
    spec(
        UiCommand::Show(PanelKind::Evaluate),
        View,
        "Evaluate…",
        "Evaluate expressions in the run",
        key(CTRL, Key::J),
        icons::ICON_FUNCTION,
    ),
    spec(
        UiCommand::NextLook,
        View,
        "Change the look",
        "Dark, light, or as the system has it",
        key(CTRL_SHIFT, Key::L),
        icons::ICON_CONTRAST,
    ),
    spec(
        UiCommand::ReducedMotion,
        View,
        "Reduced motion",
        "Nothing slides or pulses by itself",
        None,
        icons::ICON_ANIMATION,
    ),
    spec(UiCommand::ZoomIn, View, "Zoom in", "Everything larger", key(CTRL, Key::Plus), icons::ICON_ZOOM_IN),
    spec(
        UiCommand::ZoomOut,
        View,
        "Zoom out",
        "Everything smaller",
        key(CTRL, Key::Minus),
        icons::ICON_ZOOM_OUT,
    ),
    spec(
        UiCommand::ZoomReset,
        View,
        "Natural size",
        "Everything in its natural size",
        key(CTRL, Key::Num0),
        icons::ICON_CROP_FREE,
    ),
    spec(
        UiCommand::ResetLayout,
        View,
        "Reset the layout",
        "Panels where they were at first",
        None,
        icons::ICON_DASHBOARD,
    ),
];

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
