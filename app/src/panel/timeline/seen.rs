//! Functions that were seen on the stack, below the callbacks in which they were: flames, of which only looks at the stack tell.
//! They are drawn as what is inferred is: pale, in a dashed frame.

use egui::Rect;
use loopscope_protocol::PlaceId;
use loopscope_protocol::state::{Names, duration};

use super::lanes::Source;
use super::rows::Group;
use super::slices::{Canvas, Hit, Look};
use crate::state::selection::Picked;
use crate::state::timeline::{Seen, Span};
use crate::theme;

/// A row of functions that were called over as many others; all of them when the rows are folded into one.
pub fn row(source: &mut Source, canvas: &mut Canvas, row: Rect, depth: usize) {
    let timeline = source.timeline;
    let tracks = if source.folded.has(Group::Seen) {
        &timeline.sampled[..1]
    } else {
        &timeline.sampled[depth..=depth]
    };
    let (model, palette) = (source.model, canvas.palette);
    let names = &model.state().names;
    let finder = &mut *source.finder;
    for track in tracks {
        canvas.track(
            row,
            track,
            |piece, named| {
                let seen = &piece.item;
                let fits = match piece.count {
                    1 => finder.filter().is_none_or(|filter| filter.seen(seen, piece.span.length(), names)),
                    _ => !finder.is_active() || finder.has_between(piece.span.start, piece.span.end),
                };
                let color =
                    if names.is_own(seen.place) { theme::tint(palette, seen.kind) } else { palette.sync };
                let name = if named { short(seen.place, names) } else { String::new() };
                Some(Look { ink: palette.text, name, fits, inferred: true, ..Look::plain(color) })
            },
            |seen, span| hit(seen, span, names, Picked::find(model, seen.task)),
        );
    }
}

/// A function by its name, if it has one.
fn short(place: PlaceId, names: &Names) -> String {
    let function = names.place(place).map_or("", |place| names.text(place.function));
    if function.is_empty() { names.describe(place) } else { function.to_owned() }
}

fn hit(seen: &Seen, span: Span, names: &Names, picked: Option<Picked>) -> Hit {
    let times = match seen.count {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    };
    let text = format!(
        "{}\nsampled: seen on the stack {times} from {} on\nfor about {}; one looked every {}",
        names.describe(seen.place).trim_end(),
        duration(span.start),
        duration(span.length()),
        duration(seen.interval),
    );
    Hit { picked, text, span }
}
