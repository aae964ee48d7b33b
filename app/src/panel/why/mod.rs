//! Why: the selected callback with its causes, what it waited for and what it led to; and what keeps the loop alive.

mod alive;
mod life;
mod row;

use egui::{FontFamily, FontId, RichText, ScrollArea, Ui};
use loopscope_protocol::state::Names;
use loopscope_protocol::{Nanos, PlaceId, TaskId};
use loopscope_trace::why::{self, Begun, Held, Life, Order, Verdict, Why, begun};

use super::{View, layout};
use crate::state::selection::Picked;
use crate::theme::{self, size};

/// Least time between two explanations of a callback that goes on, in seconds.
const AGAIN: f64 = 0.5;

/// Causes that are listed before the rest is folded.
const CAUSES: usize = 24;

/// What is explained: the callback, the moment until which, and the moment at which the loop is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Asked {
    task: Option<TaskId>,
    until: u64,
    moment: u64,
}

/// What the panel remembers.
#[derive(Default)]
pub struct WhyMemory {
    asked: Option<Asked>,
    /// When it was explained, in seconds of the window's clock.
    explained: f64,
    why: Option<Why>,
    /// What it created, with names.
    created: Vec<(Picked, String)>,
    /// The callback with which it may change places.
    rival: Option<(Picked, String)>,
    held: Vec<Held>,
    unsettled: Vec<(TaskId, PlaceId, Nanos)>,
    problem: Option<String>,
}

/// Draws the panel.
pub fn show(view: &mut View, ui: &mut Ui) {
    if view.progress.is_none() {
        layout::empty(ui, "Why callbacks ran, and what keeps the loop alive.");
        return;
    }
    explain(view, ui);
    let memory = std::mem::take(&mut view.memory.why);
    ScrollArea::vertical().id_salt("why").auto_shrink(false).show(ui, |ui| {
        egui::Frame::new().inner_margin(size::NEAR).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = size::THICK;
            if let Some(problem) = &memory.problem {
                ui.colored_label(theme::of(ui).error, problem);
            }
            match &memory.why {
                Some(why) => task(view, why, &memory, ui),
                None => {
                    ui.colored_label(theme::of(ui).dim, "Select a callback to see why it ran.");
                }
            }
            alive::show(view, &memory.held, &memory.unsettled, ui);
        });
    });
    view.memory.why = memory;
}

/// Finds out what is to be said, when something else is asked or the run has gone on.
fn explain(view: &mut View, ui: &Ui) {
    let past = view.model.past();
    let moment = view.moment.map_or(past.len(), |moment| moment.number);
    let selected = view.selection.selected;
    let until = match selected.and_then(|picked| picked.ran) {
        Some((_, ended)) => past.at_time(ended).unwrap_or(moment),
        None => moment,
    };
    let asked = Asked { task: selected.map(|picked| picked.task), until, moment };
    let clock = ui.input(|input| input.time);
    let memory = &mut view.memory.why;
    if memory.asked == Some(asked) {
        return;
    }
    let is_same = memory.asked.is_some_and(|known| known.task == asked.task);
    if is_same && view.moment.is_none() && clock - memory.explained < AGAIN {
        // A run that goes on is looked at now and then.
        ui.request_repaint_after(std::time::Duration::from_secs_f64(AGAIN));
        return;
    }
    (memory.asked, memory.explained, memory.problem) = (Some(asked), clock, None);
    let mut told = |failed: loopscope_trace::PastError| memory.problem = Some(failed.to_string());
    let found = asked.task.map_or(Ok(None), |task| why::why(past, task, until));
    let found = found.map_err(&mut told).unwrap_or_default();
    let held = why::holders(past, moment).map_err(&mut told).unwrap_or_default();
    let named = |task: TaskId| {
        let life = why::life(past, task, past.len()).ok().flatten()?;
        Some((picked(&life), life.name(&view.state.names)))
    };
    memory.created = found.iter().flat_map(|why| &why.children).filter_map(|child| named(child.0)).collect();
    memory.rival = found.as_ref().and_then(|why| named(why.order.as_ref()?.rival?));
    (memory.why, memory.held) = (found, held);
    memory.unsettled = if view.state.ended.is_some() { why::unsettled(view.state) } else { Vec::new() };
}

/// A callback of which the life is known.
pub fn picked(life: &Life) -> Picked {
    let ran = match (life.started, life.ended) {
        (Some(started), Some(ended)) => Some((started.1, ended.1)),
        _ => None,
    };
    let Life { task, kind, callback, site, parent, .. } = *life;
    Picked { task, kind, callback, site, parent, ran }
}

/// Everything about the selected callback.
fn task(view: &mut View, why: &Why, memory: &WhyMemory, ui: &mut Ui) {
    let names = view.state.names.clone();
    let life = &why.life;
    row::title(view, &picked(life), &life.name(&names), ui);
    if let Some((at, moment)) = life::show(life, view.model.timeline.inferred, ui) {
        match moment {
            Some(moment) => view.selection.cursor = Some(moment),
            None => view.selection.go_to_time(view.model, at),
        }
    }
    ui.add_space(size::TIGHT);
    for text in sentences(why, &names) {
        paragraph(&text, ui);
    }
    if let Some(order) = &why.order {
        verdict(view, order, memory.rival.as_ref(), ui);
    }
    causes(view, why, &names, ui);
    if let Some(by) = &why.settled_by {
        row::heading("Its promise was settled by", ui);
        row::task(view, picked(by), &by.name(&names), "", ui);
    }
    created(view, why, &memory.created, ui);
}

/// What it waited for, with a capital and a full stop.
fn sentences(why: &Why, names: &Names) -> Vec<String> {
    let wait = why.wait.as_ref().map(|wait| sentence(&wait.text(names)));
    let never = match (why.life.started, why.life.cancelled) {
        (None, Some(_)) => Some("It was cancelled before it ran.".to_owned()),
        (None, None) => Some("It has not run.".to_owned()),
        _ => None,
    };
    wait.into_iter().chain(never).collect()
}

fn sentence(text: &str) -> String {
    // The marks around code are for plain text.
    let text = text.replace('`', "");
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

fn paragraph(text: &str, ui: &mut Ui) {
    ui.add(egui::Label::new(text).wrap());
}

/// Whether its place in the order is certain.
fn verdict(view: &mut View, order: &Order, rival: Option<&(Picked, String)>, ui: &mut Ui) {
    let palette = theme::of(ui);
    let (word, ink) = match order.verdict {
        Verdict::Guaranteed => ("Guaranteed", palette.success),
        Verdict::Luck => ("Luck", palette.warning),
    };
    ui.horizontal_wrapped(|ui| {
        let strong = FontId::new(size::TEXT_SMALL, FontFamily::Name(theme::STRONG.into()));
        let badge = RichText::new(word).font(strong).color(ink).background_color(palette.raised);
        ui.label(badge).widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::Label, true, format!("Its place in the order: {word}"))
        });
        ui.label(sentence(&order.reason));
    });
    if let Some((rival, name)) = rival {
        row::task(view, *rival, name, "may change places with it", ui);
    }
}

/// Who created it, up to the main script.
fn causes(view: &mut View, why: &Why, names: &Names, ui: &mut Ui) {
    if why.causes.is_empty() {
        return;
    }
    row::heading("Created by", ui);
    let mut child = &why.life;
    for cause in why.causes.iter().take(CAUSES) {
        let at = names.describe(child.site);
        let note = match begun(child, cause) {
            Begun::Sent => "sent it".to_owned(),
            Begun::Opened => "opened its source".to_owned(),
            Begun::Created if at.is_empty() => String::new(),
            Begun::Created => format!("at {}", at.rsplit(' ').next().unwrap_or(&at)),
        };
        row::task(view, picked(cause), &cause.name(names), &note, ui);
        child = cause;
    }
    let rest = why.causes.len().saturating_sub(CAUSES);
    if rest > 0 || why.more_causes {
        let more = if why.more_causes { "and so on".to_owned() } else { format!("and {rest} more") };
        ui.colored_label(theme::of(ui).dim, more);
    }
}

/// What it created.
fn created(view: &mut View, why: &Why, children: &[(Picked, String)], ui: &mut Ui) {
    if children.is_empty() {
        return;
    }
    row::heading(&format!("It created {}", why.child_count), ui);
    for (child, name) in children {
        row::task(view, *child, name, "", ui);
    }
    let rest = why.child_count.saturating_sub(children.len() as u64);
    if rest > 0 {
        ui.colored_label(theme::of(ui).dim, format!("and {rest} more"));
    }
}
