//! Moving through time with wheel, drag and keys.

use egui::{Key, PointerButton, Pos2, Rect, Response, Ui};
use loopscope_protocol::Nanos;

use super::TimelineMemory;
use super::scale::{Scale, Shown};
use crate::theme::size;

/// How much a step of the wheel zooms.
const WHEEL: f32 = 0.004;

/// How much a key zooms.
const KEY_ZOOM: f64 = 1.25;

/// What a drag that has begun does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Drag {
    /// It moves the shown stretch and the lanes.
    Pan,
    /// It moves the cursor.
    Scrub,
    /// It marks what is to fill the view, from here.
    Zoom(Pos2),
    /// It measures, from this moment.
    Measure(Nanos),
}

/// Where things are.
pub struct Areas {
    /// The ruler.
    pub ruler: Rect,
    /// The lanes without their names.
    pub lanes: Rect,
    /// How much higher the lanes are than their room.
    pub overflow: f32,
}

/// What the user asked for beside another stretch.
#[derive(Debug, Default)]
pub struct Asked {
    /// Move the cursor to this point on the screen.
    pub cursor: Option<f32>,
    /// The box that is being drawn for zooming: both ends.
    pub zoom_box: Option<(f32, f32)>,
}

/// Follows wheel, drag and keys.
pub fn follow(
    memory: &mut TimelineMemory,
    response: &Response,
    areas: &Areas,
    scale: &Scale,
    end: f64,
    ui: &Ui,
) -> Asked {
    let mut asked = Asked::default();
    let (mut zoom, mut pan, mut about) = (1.0, 0.0, 0.5);
    if response.hovered() {
        let (scroll, pinch, held) =
            ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta(), input.modifiers.command));
        zoom = f64::from(pinch);
        if held && pinch == 1.0 {
            zoom = f64::from((scroll.y * WHEEL).exp());
        } else if !held {
            pan = -f64::from(scroll.x) * scale.per_point;
            if areas.overflow > 0.0 {
                memory.scroll -= scroll.y;
            } else {
                // There is nothing to scroll up and down.
                pan -= f64::from(scroll.y) * scale.per_point;
            }
        }
        if let Some(pointer) = response.hover_pos() {
            about = f64::from((pointer.x - areas.lanes.left()) / areas.lanes.width());
        }
    }
    if let Some(pointer) = response.interact_pointer_pos() {
        drag(memory, response, areas, scale, pointer, &mut pan, &mut asked, ui);
    }
    if let (Some(Drag::Zoom(_)), Some((left, right))) = (memory.drag, asked.zoom_box)
        && response.drag_stopped()
    {
        asked.zoom_box = None;
        if right - left > size::TIGHT {
            let (from, to) = (scale.position(left), scale.position(right));
            memory.shown = Shown::chosen(from, to - from, end, scale.axis.mode(), false);
        }
    }
    if response.drag_stopped() {
        memory.drag = None;
    }
    if response.has_focus() {
        ui.input(|input| {
            let pressed = |key| input.num_presses(key) as i32;
            zoom *= KEY_ZOOM.powi(
                pressed(Key::Plus) + pressed(Key::Equals) + pressed(Key::ArrowUp)
                    - pressed(Key::Minus)
                    - pressed(Key::ArrowDown),
            );
        });
    }
    if response.double_clicked() && !memory.over_something {
        memory.shown = Shown::Whole;
    } else if zoom != 1.0 || pan != 0.0 {
        let length = scale.length();
        let wanted = length / zoom;
        let from = scale.from + (length - wanted) * about + pan;
        memory.shown = Shown::chosen(from, wanted, end, scale.axis.mode(), pan >= 0.0);
    }
    memory.scroll = memory.scroll.clamp(0.0, areas.overflow.max(0.0));
    asked
}

#[expect(clippy::too_many_arguments, reason = "they are what a drag is made of")]
fn drag(
    memory: &mut TimelineMemory,
    response: &Response,
    areas: &Areas,
    scale: &Scale,
    pointer: Pos2,
    pan: &mut f64,
    asked: &mut Asked,
    ui: &Ui,
) {
    if response.drag_started() {
        let origin = ui.input(|input| input.pointer.press_origin()).unwrap_or(pointer);
        let shift = ui.input(|input| input.modifiers.shift);
        memory.drag = Some(if !response.dragged_by(PointerButton::Primary) {
            Drag::Pan
        } else if areas.ruler.contains(origin) {
            Drag::Measure(scale.time(origin.x))
        } else if shift {
            Drag::Zoom(origin)
        } else {
            Drag::Scrub
        });
    }
    let x = pointer.x.clamp(areas.lanes.left(), areas.lanes.right());
    match memory.drag {
        Some(Drag::Pan) => {
            *pan -= f64::from(response.drag_delta().x) * scale.per_point;
            memory.scroll -= response.drag_delta().y;
        }
        Some(Drag::Scrub) => asked.cursor = Some(x),
        Some(Drag::Zoom(origin)) => asked.zoom_box = Some((origin.x.min(x), origin.x.max(x))),
        Some(Drag::Measure(origin)) => {
            let here = scale.time(x);
            memory.measures_from = None;
            memory.measured = Some((origin.min(here), origin.max(here)));
        }
        None => {}
    }
}
