//! Where the panels are: tiles that can be moved, resized and stacked.

use egui::{Align2, Color32, CornerRadius, Frame, Margin, Stroke, TextStyle, Ui, Visuals, WidgetText};
use egui_tiles::{Behavior, SimplificationOptions, TabState, Tile, TileId, Tiles, Tree, UiResponse};

use super::{
    PanelKind, View, charts, code, console, debugger, evaluate, findings, loop_view, pending_io, profile,
    timeline, why,
};
use crate::theme::{self, size};

/// The arrangement of the panels.
pub type Layout = Tree<PanelKind>;

/// Shares of the window that the parts have at first: code beside loop, and both above timeline and console.
const CODE_SHARE: f32 = 0.38;
const UPPER_SHARE: f32 = 0.62;
const LOOP_SHARE: f32 = 0.62;
const TIMELINE_SHARE: f32 = 0.6;

/// The arrangement at first.
pub fn default_layout() -> Layout {
    let mut tiles = Tiles::default();
    let mut tabs = |kinds: &[PanelKind]| {
        let panes = kinds.iter().map(|kind| tiles.insert_pane(*kind)).collect();
        tiles.insert_tab_tile(panes)
    };
    let code = tabs(&[PanelKind::Code]);
    let ring = tabs(&[PanelKind::Loop]);
    let io = tabs(&[PanelKind::PendingIo, PanelKind::Why]);
    let timeline = tabs(&[PanelKind::Timeline, PanelKind::Debugger, PanelKind::Charts, PanelKind::Profile]);
    let console = tabs(&[PanelKind::Console, PanelKind::Evaluate, PanelKind::Findings]);
    let right = split(&mut tiles, false, [(ring, LOOP_SHARE), (io, 1.0 - LOOP_SHARE)]);
    let upper = split(&mut tiles, true, [(code, CODE_SHARE), (right, 1.0 - CODE_SHARE)]);
    let lower = split(&mut tiles, true, [(timeline, TIMELINE_SHARE), (console, 1.0 - TIMELINE_SHARE)]);
    let root = split(&mut tiles, false, [(upper, UPPER_SHARE), (lower, 1.0 - UPPER_SHARE)]);
    Tree::new(egui::Id::unique("panels"), root, tiles)
}

fn split(tiles: &mut Tiles<PanelKind>, horizontal: bool, parts: [(TileId, f32); 2]) -> TileId {
    let direction =
        if horizontal { egui_tiles::LinearDir::Horizontal } else { egui_tiles::LinearDir::Vertical };
    let mut linear = egui_tiles::Linear::new(direction, parts.map(|part| part.0).to_vec());
    for (tile, share) in parts {
        linear.shares.set_share(tile, share);
    }
    tiles.insert_container(linear)
}

/// A remembered arrangement, if it holds every panel once; panels that are new in this version are put behind those
/// that they belong to.
pub fn read_layout(value: &serde_json::Value) -> Option<Layout> {
    let mut layout: Layout = serde_json::from_value(value.clone()).ok()?;
    let mut found: Vec<PanelKind> = layout
        .tiles
        .tiles()
        .filter_map(|tile| match tile {
            Tile::Pane(kind) => Some(*kind),
            Tile::Container(_) => None,
        })
        .collect();
    for kind in PanelKind::ALL {
        if !found.contains(&kind) {
            let beside = layout.tiles.find_pane(&beside(kind))?;
            let parent = layout.tiles.parent_of(beside)?;
            let pane = layout.tiles.insert_pane(kind);
            match layout.tiles.get_mut(parent)? {
                Tile::Container(egui_tiles::Container::Tabs(tabs)) => tabs.add_child(pane),
                _ => return None,
            }
            found.push(kind);
        }
    }
    found.sort_by_key(|kind| *kind as usize);
    (found == PanelKind::ALL).then_some(layout)
}

/// The panel behind which a new one is put.
fn beside(kind: PanelKind) -> PanelKind {
    match kind {
        PanelKind::Why => PanelKind::PendingIo,
        PanelKind::Charts | PanelKind::Profile => PanelKind::Timeline,
        PanelKind::Findings => PanelKind::Console,
        _ => PanelKind::Code,
    }
}

/// An arrangement for remembering.
pub fn write_layout(layout: &Layout) -> Option<serde_json::Value> {
    serde_json::to_value(layout).ok()
}

/// Draws the panels where `layout` has them.
pub fn show_panels(layout: &mut Layout, view: View, ui: &mut Ui) {
    let alone = alone(&layout.tiles);
    layout.ui(&mut Panels { view, alone }, ui);
}

/// Panels whose title stands alone. While titles are drawn their container is not among the tiles, so this is found out before.
fn alone(tiles: &Tiles<PanelKind>) -> Vec<TileId> {
    let lists = tiles.tiles().filter_map(|tile| match tile {
        Tile::Container(egui_tiles::Container::Tabs(tabs)) => Some(&tabs.children),
        _ => None,
    });
    lists.filter(|children| children.len() == 1).flatten().copied().collect()
}

struct Panels<'a> {
    view: View<'a>,
    /// Tiles whose title stands alone.
    alone: Vec<TileId>,
}

impl Behavior<PanelKind> for Panels<'_> {
    fn pane_ui(&mut self, ui: &mut Ui, _tile: TileId, pane: &mut PanelKind) -> UiResponse {
        let palette = theme::of(ui);
        let round = CornerRadius { nw: 0, ne: 0, sw: size::ROUND, se: size::ROUND };
        Frame::new().fill(palette.surface).corner_radius(round).inner_margin(Margin::ZERO).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            let view = &mut self.view;
            match pane {
                PanelKind::Code => code::show(view, ui),
                PanelKind::Loop => loop_view::show(view, ui),
                PanelKind::PendingIo => pending_io::show(view, ui),
                PanelKind::Timeline => timeline::show(view, ui),
                PanelKind::Console => console::show(view, ui),
                PanelKind::Why => why::show(view, ui),
                PanelKind::Charts => charts::show(view, ui),
                PanelKind::Findings => findings::show(view, ui),
                PanelKind::Debugger => debugger::show(view, ui),
                PanelKind::Evaluate => evaluate::show(view, ui),
                PanelKind::Profile => profile::show(view, ui),
            }
        });
        UiResponse::None
    }

    fn tab_title_for_pane(&mut self, pane: &PanelKind) -> WidgetText {
        let title = match pane {
            PanelKind::Code => {
                let document = &self.view.document;
                format!("{}{}", document.name(), if document.is_dirty() { " ●" } else { "" })
            }
            PanelKind::Findings => match findings::count(&self.view) {
                0 => pane.title().to_owned(),
                count => format!("{} {count}", pane.title()),
            },
            other => other.title().to_owned(),
        };
        egui::RichText::new(title).text_style(TextStyle::Body).color(theme::INHERITED).into()
    }

    fn simplification_options(&self) -> SimplificationOptions {
        SimplificationOptions { all_panes_must_have_tabs: true, ..SimplificationOptions::default() }
    }

    fn tab_bar_height(&self, _style: &egui::Style) -> f32 {
        size::TAB
    }

    fn gap_width(&self, _style: &egui::Style) -> f32 {
        size::GAP
    }

    fn min_size(&self) -> f32 {
        size::PANEL_LEAST
    }

    fn tab_bar_color(&self, visuals: &Visuals) -> Color32 {
        theme::for_visuals(visuals).surface
    }

    fn tab_bg_color(
        &self,
        visuals: &Visuals,
        _: &Tiles<PanelKind>,
        tile: TileId,
        state: &TabState,
    ) -> Color32 {
        let palette = theme::for_visuals(visuals);
        // A title alone needs no sign that it is the one in front.
        let is_alone = self.alone.contains(&tile);
        if state.active && !is_alone { palette.hovered } else { palette.surface }
    }

    fn tab_outline_stroke(&self, _: &Visuals, _: &Tiles<PanelKind>, _: TileId, _: &TabState) -> Stroke {
        Stroke::NONE
    }

    fn tab_bar_hline_stroke(&self, visuals: &Visuals) -> Stroke {
        Stroke::new(size::LINE, theme::for_visuals(visuals).line)
    }

    fn tab_text_color(
        &self,
        visuals: &Visuals,
        _: &Tiles<PanelKind>,
        _: TileId,
        state: &TabState,
    ) -> Color32 {
        let palette = theme::for_visuals(visuals);
        if state.active { palette.text } else { palette.dim }
    }

    fn drag_preview_color(&self, visuals: &Visuals) -> Color32 {
        theme::for_visuals(visuals).selection.gamma_multiply(0.5)
    }

    fn dragged_overlay_color(&self, visuals: &Visuals) -> Color32 {
        theme::for_visuals(visuals).base.gamma_multiply(0.5)
    }
}

/// What a panel says while it has nothing to show.
pub fn empty(ui: &Ui, text: &str) {
    let palette = theme::of(ui);
    let font = TextStyle::Body.resolve(ui.style());
    ui.painter().text(ui.max_rect().center(), Align2::CENTER_CENTER, text, font, palette.dim);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layout_is_read_as_it_was_written() {
        let layout = default_layout();
        let value = write_layout(&layout).unwrap();
        assert_eq!(write_layout(&read_layout(&value).unwrap()), Some(value));
    }

    /// Titles beside each other say which one is in front; those that stand alone need not.
    #[test]
    fn the_title_in_front_of_others_is_told_from_one_that_stands_alone() {
        let layout = default_layout();
        let mut kinds: Vec<_> = alone(&layout.tiles)
            .into_iter()
            .filter_map(|tile| layout.tiles.get_pane(&tile).copied())
            .collect();
        kinds.sort_by_key(|kind| *kind as usize);
        assert_eq!(kinds, [PanelKind::Code, PanelKind::Loop]);
    }

    #[test]
    fn new_panels_are_put_behind_those_they_belong_to() {
        let mut tiles = Tiles::default();
        let old =
            [PanelKind::Code, PanelKind::Loop, PanelKind::PendingIo, PanelKind::Timeline, PanelKind::Console];
        let tabs = old.map(|kind| {
            let pane = tiles.insert_pane(kind);
            tiles.insert_tab_tile(vec![pane])
        });
        let root = tiles.insert_horizontal_tile(tabs.to_vec());
        let written = write_layout(&Tree::new(egui::Id::unique("panels"), root, tiles)).unwrap();
        let layout = read_layout(&written).unwrap();
        let parent = |kind| layout.tiles.parent_of(layout.tiles.find_pane(&kind).unwrap()).unwrap();
        assert_eq!(parent(PanelKind::Charts), parent(PanelKind::Timeline));
        assert_eq!(parent(PanelKind::Findings), parent(PanelKind::Console));
    }

    #[test]
    fn a_layout_without_all_panels_is_not_taken() {
        let mut tiles = Tiles::default();
        let pane = tiles.insert_pane(PanelKind::Code);
        let lonely = Tree::new(egui::Id::unique("panels"), pane, tiles);
        assert!(read_layout(&write_layout(&lonely).unwrap()).is_none());
        assert!(read_layout(&serde_json::json!({"root": 3})).is_none());
    }
}
