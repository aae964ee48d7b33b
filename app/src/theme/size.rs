//! Sizes in points, and the times of movements.

/// Space inside a small thing.
pub const TIGHT: f32 = 4.0;
/// Space between things that belong together.
pub const NEAR: f32 = 8.0;
/// Space between things that do not.
pub const FAR: f32 = 16.0;
/// Between two panels.
pub const GAP: f32 = 6.0;
/// Width of lines.
pub const LINE: f32 = 1.0;
/// Width of lines that are to be seen from afar.
pub const THICK: f32 = 2.0;
/// Rounding of bars that lie close to each other, in whole points.
pub const ROUND_TINY: u8 = 2;
/// Rounding of small things, in whole points.
pub const ROUND_SMALL: u8 = 4;
/// Rounding of panels and cards, in whole points.
pub const ROUND: u8 = 7;

/// Text.
pub const TEXT: f32 = 13.0;
/// Text that says less.
pub const TEXT_SMALL: f32 = 11.5;
/// What small text is never smaller than.
pub const TEXT_LEAST: f32 = 9.0;
/// Titles of parts.
pub const TEXT_TITLE: f32 = 15.0;
/// Code.
pub const CODE: f32 = 13.0;
/// Code in tables and tokens.
pub const CODE_SMALL: f32 = 11.5;
/// Icons in buttons.
pub const ICON: f32 = 18.0;
/// Icons in small buttons.
pub const ICON_SMALL: f32 = 16.0;

/// Height of the toolbar.
pub const TOOLBAR: f32 = 44.0;
/// Height of the status line.
pub const STATUS: f32 = 28.0;
/// Height of the titles of panels.
pub const TAB: f32 = 30.0;
/// Least width and height of a panel.
pub const PANEL_LEAST: f32 = 120.0;
/// Height of buttons.
pub const BUTTON: f32 = 28.0;
/// Height of buttons in panels.
pub const BUTTON_SMALL: f32 = 24.0;
/// Height from which the threads of a run scroll.
pub const THREADS: f32 = 88.0;
/// Width of the fields of a breakpoint.
pub const BREAKPOINT: f32 = 280.0;
/// Width of the field for a part of a path or address.
pub const FIELD: f32 = 120.0;
/// How far what is inside of something stands to the right of it.
pub const INDENT: f32 = 14.0;
/// Width of a column of numbers with their shares.
pub const NUMBER: f32 = 132.0;
/// Room for the ways to look at a CPU profile.
pub const SIGHTS: f32 = 250.0;
/// Height of a row in a list.
pub const ROW: f32 = 24.0;
/// Height of a row in a tree.
pub const ROW_SMALL: f32 = 20.0;
/// Width of a scroll bar.
pub const SCROLL_BAR: f32 = 8.0;

/// Width of the palette of commands.
pub const PALETTE_WIDTH: f32 = 560.0;
/// Height of the palette's list.
pub const PALETTE_LIST: f32 = 360.0;
/// Space above the palette.
pub const PALETTE_TOP: f32 = 72.0;
/// Height of the list of keys.
pub const KEYS_LIST: f32 = 480.0;
/// Width of the keys in that list.
pub const KEY_COLUMN: f32 = 130.0;
/// Height from which lists of choices scroll.
pub const LIST: f32 = 480.0;
/// Width of menus.
pub const MENU: f32 = 240.0;
/// Width of the button that is most likely wanted.
pub const PRIMARY: f32 = 96.0;
/// Width of the choice of speeds.
pub const SPEED: f32 = 140.0;
/// Room from which the choice of speeds has its name beside it.
pub const SPEED_NAMED: f32 = 300.0;
/// Room that the rest of the toolbar wants before it says more.
pub const ROOMY: f32 = 420.0;
/// Width of dialogs.
pub const DIALOG: f32 = 420.0;

/// Width of the gallery of examples.
pub const GALLERY: f32 = 680.0;
/// Room that the window keeps around the gallery's list.
pub const GALLERY_AROUND: f32 = 170.0;
/// Least height of a card in it.
pub const CARD: f32 = 66.0;

/// Height of a token.
pub const TOKEN: f32 = 24.0;
/// Most a token is wide.
pub const TOKEN_MOST: f32 = 190.0;
/// A chip: a token without words.
pub const CHIP: f32 = 12.0;
/// Radius of the mark of what a step changed.
pub const BADGE: f32 = 6.0;
/// Radius of a kind's mark.
pub const MARK: f32 = 4.5;
/// Least side of the ring.
pub const RING_LEAST: f32 = 150.0;
/// Most a side of the ring is long.
pub const RING_MOST: f32 = 420.0;
/// Room beside the ring for the names of phases.
pub const RING_NAMES: f32 = 46.0;
/// Width of the ring's band, as a part of its radius.
pub const RING_BAND: f32 = 0.22;
/// Gap between two phases on the ring, in radians.
pub const RING_GAP: f32 = 0.035;

/// Height of a row of the timeline.
pub const TRACK: f32 = 20.0;
/// Height of a row of functions that were seen on the stack.
pub const TRACK_SEEN: f32 = 16.0;
/// Height of the bar above the timeline's ruler.
pub const TRACK_BAR: f32 = 30.0;
/// Width of the choice of paces.
pub const PACE: f32 = 96.0;
/// Side of the flag of a note.
pub const FLAG: f32 = 11.0;
/// Width of the field for a note.
pub const NOTE: f32 = 320.0;
/// Height of the words of notes between the timeline's ruler and its lanes.
pub const NOTE_WORDS: f32 = 18.0;
/// Most width of a note's words on the timeline.
pub const NOTE_SHOWN: f32 = 160.0;
/// Most width of the line of a callback's life.
pub const LIFE: f32 = 460.0;
/// Most width of a row with words at its right end: farther away nobody sees what they belong to.
pub const NOTED: f32 = 560.0;
/// The window in which runs are compared.
pub const COMPARE: [f32; 2] = [760.0, 460.0];
/// Height of a chart.
pub const CHART: f32 = 84.0;
/// Height of the strip that shows the whole run.
pub const OVERVIEW: f32 = 24.0;
/// Room for the buttons at the right end of the bar above the timeline's ruler.
pub const AXIS_BUTTONS: f32 = 136.0;
/// Least and most width of the field for what is looked for.
pub const SEARCH_LEAST: f32 = 110.0;
/// Most width of that field.
pub const SEARCH_MOST: f32 = 280.0;
/// Height of the timeline's ruler.
pub const RULER: f32 = 22.0;
/// Width of the names of the timeline's rows.
pub const TRACK_NAME: f32 = 92.0;
/// Room that a label on the ruler wants.
pub const RULER_STEP: f32 = 90.0;
/// Width of the button that leads back to now.
pub const LIVE: f32 = 40.0;
/// Least width at which a slice bears its name.
pub const SLICE_NAME: f32 = 34.0;

/// Width from which slices have round corners.
pub const ROUNDED: f32 = 5.0;

/// Width of the bar of marks beside line numbers.
pub const GUTTER_MARKS: f32 = 18.0;

/// Most width and height of what is shown of a value under the pointer.
pub const HOVER: [f32; 2] = [460.0, 260.0];
/// How long the pointer rests on a name before its value is shown, in seconds.
pub const HOVER_DELAY: f64 = 0.3;
/// How far the pointer may be beside what belongs to it.
pub const HOVER_MARGIN: f32 = 8.0;

/// The window when it is first opened.
pub const WINDOW: [f32; 2] = [1280.0, 800.0];
/// The smallest window.
pub const WINDOW_LEAST: [f32; 2] = [760.0, 480.0];

/// Pixels across a picture of the timeline at most.
pub const PICTURE_WIDEST: u16 = 4096;

/// How much a command zooms, and how far.
pub const ZOOM_STEP: f32 = 0.1;
/// The smallest zoom.
pub const ZOOM_LEAST: f32 = 0.5;
/// The largest zoom.
pub const ZOOM_MOST: f32 = 3.0;

/// How long a token takes to its new place, in seconds.
pub const MOVE: f32 = 0.18;
/// How long what a step changed is lit, in seconds.
pub const FLASH: f32 = 1.2;
/// How long a pulse is seen, in seconds.
pub const PULSE: f32 = 0.45;
/// Width of the bar that shows how far an export is.
pub const WORK: f32 = 90.0;
/// How often it is drawn anew.
pub const WORK_SEEN: std::time::Duration = std::time::Duration::from_millis(100);
