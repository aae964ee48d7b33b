//! What keeps the loop alive, and at the end which promises were never settled.

use egui::Ui;
use loopscope_protocol::state::{Keeper, duration};
use loopscope_protocol::{Nanos, PlaceId, TaskId};
use loopscope_trace::why::Held;

use super::row;
use crate::panel::View;
use crate::theme;

/// Rows of each list.
const ROWS: usize = 100;

/// Draws the lists.
pub fn show(view: &mut View, held: &[Held], unsettled: &[(TaskId, PlaceId, Nanos)], ui: &mut Ui) {
    let ended = view.state.ended.is_some();
    row::heading(if ended { "Why the loop ended" } else { "Why the loop is alive" }, ui);
    let text = view.state.why();
    ui.add(egui::Label::new(text).wrap());
    if !ended {
        for held in held.iter().take(ROWS) {
            keeper(view, held, ui);
        }
        more(held.len(), ui);
    }
    if !unsettled.is_empty() {
        row::heading("Never settled", ui);
        for (task, place, since) in unsettled.iter().take(ROWS) {
            let name = format!("await at {}", view.state.names.describe(*place));
            let note = format!("since {}", duration(*since));
            row::thing(view, (&name, &note), *place, *task, ui);
        }
        more(unsettled.len(), ui);
    }
}

fn keeper(view: &mut View, held: &Held, ui: &mut Ui) {
    let place = view.state.names.describe(held.place);
    let at = place.rsplit(' ').next().unwrap_or_default();
    let note = if at.is_empty() {
        format!("since {}", duration(held.since))
    } else {
        format!("{at}, since {}", duration(held.since))
    };
    match held.keeper {
        Keeper::Task(task) => match view.find(task) {
            Some(picked) => row::task(view, picked, &held.name, &note, ui),
            None => row::thing(view, (&held.name, &note), held.place, held.by, ui),
        },
        Keeper::Op(_) | Keeper::Handle(_) => row::thing(view, (&held.name, &note), held.place, held.by, ui),
    }
}

fn more(count: usize, ui: &mut Ui) {
    if count > ROWS {
        ui.colored_label(theme::of(ui).dim, format!("and {} more", count - ROWS));
    }
}
