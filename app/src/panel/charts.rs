//! Charts: loop delay, utilization, queues, memory and handles over time, beside the same cursor as all views.

use egui::{Align2, Color32, FontFamily, FontId, Pos2, ScrollArea, Sense, Ui, Vec2b};
use egui_plot::{AxisHints, GridMark, Line, Plot, PlotPoints, VLine, VPlacement};
use loopscope_protocol::Nanos;
use loopscope_protocol::state::duration;

use super::{View, layout};
use crate::state::timeline::Timeline;
use crate::state::timeline::series::Series;
use crate::theme::{self, size};
use loopscope_trace::axis;

/// How much a step of the wheel zooms.
const WHEEL: f32 = 0.004;

/// Room above the highest value, as a part of it.
const ABOVE: f64 = 1.12;

/// Up to which part of a chart's height there is room for the words of a line.
const TOP_MOST: f64 = 0.93;

/// Most lines of a grid.
const MARKS: usize = 64;

/// A line of a chart.
struct Curve {
    name: &'static str,
    color: Color32,
    points: Vec<[f64; 2]>,
    /// Its value at the cursor, or at the end.
    value: f64,
}

/// A chart.
struct Chart {
    title: &'static str,
    hint: &'static str,
    unit: &'static str,
    curves: Vec<Curve>,
}

/// Draws the panel.
pub fn show(view: &mut View, ui: &mut Ui) {
    if view.progress.is_none() {
        layout::empty(ui, "How late the loop is, and how much it has to do.");
        return;
    }
    let timeline = &view.model.timeline;
    let end = timeline.end.max(view.model.state().now).max(1);
    let window = view.memory.timeline.seen(timeline, end);
    let at = view.moment.map_or(end, |moment| moment.state.now);
    let most = ui.available_width().max(1.0) as usize;
    let charts = all(view, &window, at, most, ui);
    let mut asked = Asked::default();
    ScrollArea::vertical().id_salt("charts").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = size::NEAR;
        ui.add_space(size::TIGHT);
        for (index, chart) in charts.iter().enumerate() {
            let top = index == 0;
            draw(chart, top, &window, view.moment.map(|moment| moment.state.now), &mut asked, ui);
        }
    });
    follow(view, &asked, &window, end);
}

/// What the user asked for in a chart.
#[derive(Debug, Default)]
struct Asked {
    /// Move the cursor to this time.
    cursor: Option<Nanos>,
    /// Zoom by this factor around that time.
    zoom: Option<(f64, Nanos)>,
    /// Move by this part of what is seen.
    pan: f64,
}

fn follow(view: &mut View, asked: &Asked, window: &std::ops::Range<Nanos>, end: Nanos) {
    let timeline = &view.model.timeline;
    if let Some(at) = asked.cursor {
        view.selection.go_to_time(view.model, at);
    }
    if asked.zoom.is_some() || asked.pan != 0.0 {
        let (zoom, about) = asked.zoom.unwrap_or((1.0, window.start));
        view.memory.timeline.move_by(timeline, end, (zoom, asked.pan), about);
    }
}

fn all(view: &View, window: &std::ops::Range<Nanos>, at: Nanos, most: usize, ui: &Ui) -> Vec<Chart> {
    let palette = theme::of(ui);
    let timeline = &view.model.timeline;
    let charts = &timeline.charts;
    let curve = |name, color, series: &Series| Curve {
        name,
        color,
        points: series
            .points(window.clone(), most)
            .into_iter()
            .map(|(at, value)| [at as f64, f64::from(value)])
            .collect(),
        value: f64::from(series.at(at)),
    };
    let mut shown = vec![
        Chart {
            title: "Loop delay",
            hint: "How long callbacks waited although they could have run",
            unit: "ms",
            curves: vec![curve("delay", palette.error, &charts.delay)],
        },
        Chart {
            title: "Utilization",
            hint: "The part of the time in which JavaScript ran",
            unit: "%",
            curves: vec![utilization(timeline, window, at, most, palette.accent)],
        },
        Chart {
            title: "Queues",
            hint: "Callbacks that could run and wait for the stack",
            unit: "",
            curves: vec![
                curve("ready", palette.io, &charts.ready),
                curve("next ticks", palette.next_tick, &charts.next_ticks),
                curve("microtasks", palette.promise, &charts.microtasks),
            ],
        },
        Chart {
            title: "Waiting outside",
            hint: "What the script waits for: timers, operations, sockets and servers",
            unit: "",
            curves: vec![
                curve("timers", palette.timer, &charts.timers),
                curve("operations", palette.io, &charts.operations),
                curve("handles", palette.close, &charts.handles),
            ],
        },
    ];
    if !charts.heap_used.is_empty() {
        shown.push(Chart {
            title: "Heap",
            hint: "Memory of JavaScript values",
            unit: "MB",
            curves: vec![
                curve("in all", palette.sync, &charts.heap_total),
                curve("in use", palette.success, &charts.heap_used),
            ],
        });
    }
    shown
}

/// The part of each stretch in which something was on the stack.
fn utilization(
    timeline: &Timeline,
    window: &std::ops::Range<Nanos>,
    at: Nanos,
    most: usize,
    color: Color32,
) -> Curve {
    let length = (window.end - window.start).max(1);
    let stretches = (most / 4).clamp(1, 200) as Nanos;
    let width = (length / stretches).max(1);
    let busy = |from: Nanos| {
        let (ran, stood) = timeline.ran_and_stood(from..from + width);
        let lasted = width.saturating_sub(stood).max(1);
        100.0 * (ran as f64 / lasted as f64).min(1.0)
    };
    let mut points = Vec::new();
    for number in 0..stretches {
        let from = window.start + number * width;
        if from > timeline.end {
            break;
        }
        points.push([(from + width / 2) as f64, busy(from)]);
    }
    Curve { name: "running", color, points, value: busy(at.saturating_sub(width)) }
}

/// A step of 1, 2 or 5 times a power of ten that fits two or three times below `top`.
fn nice(top: f64) -> f64 {
    let power = 10_f64.powf((top / 2.0).log10().floor());
    let step = [5.0, 2.0, 1.0].into_iter().find(|factor| factor * power <= top / 2.0).unwrap_or(1.0) * power;
    step.max(1.0)
}

/// Lines of the grid, one every `step`.
fn marks((from, to): (f64, f64), step: f64) -> Vec<GridMark> {
    let first = (from / step).ceil().max(0.0) as u64;
    let all = (first..).map(|number| number as f64 * step).take_while(|value| *value <= to).take(MARKS);
    all.map(|value| GridMark { value, step_size: step }).collect()
}

fn number(value: f64) -> String {
    if value >= 100.0 || value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

/// Draws a chart; the one at the `top` says the times.
fn draw(
    chart: &Chart,
    top: bool,
    window: &std::ops::Range<Nanos>,
    cursor: Option<Nanos>,
    asked: &mut Asked,
    ui: &mut Ui,
) {
    let palette = theme::of(ui);
    title(chart, ui);
    let highest =
        chart.curves.iter().flat_map(|curve| &curve.points).map(|point| point[1]).fold(0.0, f64::max);
    let most = if chart.unit == "%" { 100.0 } else { highest.max(1.0) } * ABOVE;
    let step = if chart.unit == "%" { 50.0 } else { nice(most) };
    let length = window.end - window.start;
    let columns = (ui.available_width() / size::RULER_STEP) as usize;
    let column = axis::step(length, columns);
    let unit = chart.unit;
    let edge = window.end as f64 - length as f64 * f64::from(size::FAR / ui.available_width().max(1.0));
    let font = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
    // Labels stand where there is room for them, and do not fade before.
    let labels = |hints: AxisHints<'static>| {
        let hints = hints.label_spacing(egui::Rangef::new(size::TIGHT, size::NEAR));
        hints.tick_label_font(font.clone()).tick_label_color(palette.dim)
    };
    let times = labels(AxisHints::new_x()).placement(VPlacement::Top).formatter(move |mark, _| {
        // What would be cut off is left out.
        if mark.value > edge { String::new() } else { axis::label(mark.value.max(0.0) as u64, column) }
    });
    let values = labels(AxisHints::new_y()).min_thickness(size::TRACK_NAME - size::NEAR);
    let values = values.formatter(move |mark, _| {
        // Close to the upper edge it would lie on the times.
        if mark.value > most * TOP_MOST { String::new() } else { format!("{} {unit}", number(mark.value)) }
    });
    let plot = Plot::new(chart.title)
        .height(if top { size::CHART + size::RULER } else { size::CHART })
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .show_axes(Vec2b::new(top, true))
        .custom_x_axes(vec![times])
        .custom_y_axes(vec![values])
        .show_grid(Vec2b::new(true, true))
        .grid_color(palette.outline)
        .grid_spacing(egui::Rangef::new(size::THICK, size::FAR))
        .x_grid_spacer(move |input| marks(input.bounds, column as f64))
        .y_grid_spacer(move |input| marks(input.bounds, step))
        .label_formatter(|_| None)
        .sense(Sense::click_and_drag());
    let shown = plot.show(ui, |plot| {
        plot.set_plot_bounds_x(window.start as f64..=window.end as f64);
        plot.set_plot_bounds_y(0.0..=most);
        for curve in &chart.curves {
            let points = PlotPoints::new(curve.points.clone());
            // There are as few points as there is room for. A band between high and low would go on to the next point,
            // however far away that is.
            let line = Line::new(curve.name, points).color(curve.color).width(size::LINE).allow_band(false);
            plot.line(line.fill(0.0));
        }
        if let Some(cursor) = cursor {
            plot.vline(VLine::new("cursor", cursor as f64).color(palette.accent).width(size::THICK));
        }
    });
    let response = shown.response;
    let spoken: Vec<String> = chart
        .curves
        .iter()
        .map(|curve| format!("{} {} {}", curve.name, number(curve.value), chart.unit))
        .collect();
    let text = format!("{}: {}", chart.title, spoken.join(", "));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, text.clone()));
    let time = |at: Pos2| shown.transform.value_from_position(at).x.max(0.0) as Nanos;
    if let Some(at) = response.interact_pointer_pos()
        && (response.clicked() || response.dragged_by(egui::PointerButton::Primary))
    {
        asked.cursor = Some(time(at));
    } else if response.dragged() {
        asked.pan -= f64::from(response.drag_delta().x / response.rect.width());
    }
    if let Some(at) = response.hover_pos() {
        let (scroll, held) = ui.input(|input| (input.smooth_scroll_delta(), input.modifiers.command));
        let pinch = ui.input(egui::InputState::zoom_delta);
        if held || pinch != 1.0 {
            let zoom = if pinch == 1.0 { (scroll.y * WHEEL).exp() } else { pinch };
            asked.zoom = Some((f64::from(zoom), time(at)));
        } else {
            asked.pan -= f64::from(scroll.x / response.rect.width());
        }
        let at = duration(time(at));
        response.on_hover_text_at_pointer(format!("{}\n{at}", chart.hint));
    }
}

/// Name of the chart, and of its curves with their present values.
fn title(chart: &Chart, ui: &mut Ui) {
    let palette = theme::of(ui);
    let wanted = egui::Vec2::new(ui.available_width(), size::FAR);
    let (rect, _) = ui.allocate_exact_size(wanted, Sense::hover());
    let strong = FontId::new(size::TEXT_SMALL, FontFamily::Name(theme::STRONG.into()));
    let left = Pos2::new(rect.left() + size::NEAR, rect.center().y);
    let mut x = ui.painter().text(left, Align2::LEFT_CENTER, chart.title, strong, palette.text).right();
    let font = FontId::new(size::TEXT_SMALL, FontFamily::Proportional);
    for curve in &chart.curves {
        x += size::FAR;
        ui.painter().circle_filled(Pos2::new(x, left.y), size::MARK * 0.8, curve.color);
        let text = format!("{} {} {}", curve.name, number(curve.value), chart.unit);
        let at = Pos2::new(x + size::NEAR, left.y);
        x = ui.painter().text(at, Align2::LEFT_CENTER, text.trim_end(), font.clone(), palette.dim).right();
    }
}
