//! Choosing by typing, beside what is selected: the zone to join with, the asset that a flow
//! goes to, the type of a new asset; and the offer to draw a conduit that a flow needs.

use egui::{Area, Frame, Id, Key, Order, RichText, TextEdit, Ui, vec2};

use super::CanvasState;
use crate::edit::Edit;
use crate::hands::Field;
use crate::hands::join::{MissingConduit, flow_between, new_conduit};
use crate::hands::select::frame_of;
use crate::hands::walk::others_by_distance;
use crate::model::{AssetId, ConduitId, FlowId, Id as _, Point, Rect, Subject, ZoneId};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::theme::strong;
use crate::ui::widgets::scrolls_from;

/// A list to choose from.
pub(super) struct Picker {
    zone: ZoneId,
    of: Choice,
    wanted: String,
    chosen: usize,
    is_new: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Choice {
    Zones,
    AssetTypes,
    /// The assets that a flow from this one can go to.
    Assets(AssetId),
}

/// Something to choose.
struct Entry {
    text: String,
    weak: String,
    what: What,
}

/// What an entry stands for.
enum What {
    Zone(ZoneId),
    Kind(String),
    Asset(AssetId),
}

impl Picker {
    /// The zones that one can be joined with.
    pub fn of_zones(zone: ZoneId) -> Self {
        Self { zone, of: Choice::Zones, wanted: String::new(), chosen: 0, is_new: true }
    }

    /// The types of a new asset in a zone.
    pub fn of_asset_types(zone: ZoneId) -> Self {
        Self { zone, of: Choice::AssetTypes, wanted: String::new(), chosen: 0, is_new: true }
    }

    /// The assets that a flow from one in a zone can go to.
    pub fn of_assets(zone: ZoneId, from: AssetId) -> Self {
        Self { zone, of: Choice::Assets(from), wanted: String::new(), chosen: 0, is_new: true }
    }

    fn entries(&self, ctx: &Context, field: &Field) -> Vec<Entry> {
        let wanted = self.wanted.to_lowercase();
        let words: Vec<&str> = wanted.split_whitespace().collect();
        let answers = |text: &str| {
            let text = text.to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        match self.of {
            Choice::Zones => {
                let zones = others_by_distance(field, self.zone).into_iter();
                let entry = |id: ZoneId| {
                    let zone = field.project.zones.get(id)?;
                    Some(Entry { text: zone.tag.clone(), weak: zone.name.clone(), what: What::Zone(id) })
                };
                zones.filter_map(entry).filter(|it| answers(&format!("{} {}", it.text, it.weak))).collect()
            }
            Choice::AssetTypes => {
                let types = ctx.catalogue.asset_types().iter();
                let found = types.filter(|it| answers(&format!("{} {}", it.name, it.id)));
                let entry = |it: &crate::catalogue::AssetType| Entry {
                    text: it.name.clone(),
                    weak: String::new(),
                    what: What::Kind(it.id.clone()),
                };
                found.map(entry).collect()
            }
            Choice::Assets(from) => {
                let assets = field.shown.assets.iter().filter(|(id, it)| *id != from && it.zone.is_some());
                let found = assets.filter(|(_, it)| answers(&format!("{} {}", it.tag, it.name)));
                // those of the same zone first
                let mut found: Vec<_> = found.map(|(id, it)| ((it.zone != Some(self.zone), &it.tag, id), it)).collect();
                found.sort_by_key(|it| it.0);
                let entry = |((_, tag, id), it): ((bool, &String, AssetId), &crate::model::Asset)| Entry {
                    text: tag.clone(),
                    weak: it.name.clone(),
                    what: What::Asset(id),
                };
                found.into_iter().map(entry).collect()
            }
        }
    }
}

/// Does what follows from the choice; a flow may need a conduit first.
fn choose(
    ctx: &Context,
    state: &mut CanvasState,
    field: &Field,
    picker: &Picker,
    entry: &Entry,
) -> Option<MissingConduit> {
    match &entry.what {
        What::Zone(to) => {
            let id = ConduitId::random();
            ctx.edit(new_conduit(field.project, id, picker.zone, *to));
            ctx.select(id);
        }
        What::Kind(kind) => {
            super::drop::add_asset(ctx, state, kind, picker.zone, None);
        }
        What::Asset(to) => {
            let Choice::Assets(from) = picker.of else { return None };
            let id = FlowId::random();
            match flow_between(field.project, id, from, *to) {
                Ok((edit, carried_by)) => {
                    ctx.edit(edit);
                    // its conduit's inspector lists it
                    ctx.select(carried_by.map_or(Subject::from(id), Into::into));
                }
                Err(missing) => return Some(missing),
            }
        }
    }
    None
}

/// Shows the list; Enter chooses, Esc puts it away.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut CanvasState, field: &Field) {
    let Some(mut picker) = state.picker.take() else { return };
    let of_asset = if let Choice::Assets(from) = picker.of { field.cells.get(&from).copied() } else { None };
    let of_zone = || field.project.zones.get(picker.zone).map(|it| it.frame);
    let Some(frame) = of_asset.or_else(of_zone) else { return };
    let entries = picker.entries(ctx, field);
    picker.chosen = picker.chosen.min(entries.len().saturating_sub(1));
    let (up, down, enter, escape) = ui.input_mut(|input| {
        let mut take = |key: Key| input.consume_key(egui::Modifiers::NONE, key);
        (take(Key::ArrowUp), take(Key::ArrowDown), take(Key::Enter), take(Key::Escape))
    });
    if up {
        picker.chosen = picker.chosen.saturating_sub(1);
    } else if down {
        picker.chosen = (picker.chosen + 1).min(entries.len().saturating_sub(1));
    }
    let mut chosen = enter.then_some(picker.chosen);
    let mut keeps = !escape;
    let tag = field.project.target_tag(picker.zone.into());
    let heading = match picker.of {
        Choice::Zones => format!("Join {tag} with"),
        Choice::AssetTypes => format!("Add to {tag}"),
        Choice::Assets(from) => format!("Flow from {} to", field.project.subject_tag(from.into())),
    };
    let on_screen = state.camera.rect_to_screen(state.rect, frame);
    let place = egui::pos2(on_screen.left() + 16.0, on_screen.top() + 40.0);
    let room = state.rect.shrink(8.0);
    let place = place.clamp(room.min, (room.max - vec2(300.0, 280.0)).max(room.min));
    let area = Area::new(Id::unique("canvas picker")).order(Order::Foreground).fixed_pos(place);
    let response = area.show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).show(ui, |ui| {
            ui.set_width(280.0);
            ui.label(strong(heading));
            let hint = match picker.of {
                Choice::Zones => "Tag or name of a zone",
                Choice::AssetTypes => "Type of asset",
                Choice::Assets(_) => "Tag or name of an asset",
            };
            let field = TextEdit::singleline(&mut picker.wanted).hint_text(hint).desired_width(f32::INFINITY);
            let field = ui.add(field).accessible_name(hint);
            if field.changed() {
                picker.chosen = 0;
                chosen = None;
            }
            field.request_focus();
            let mut list = scrolls_from(200.0);
            if picker.is_new || field.changed() {
                list = list.vertical_scroll_offset(0.0);
            }
            list.auto_shrink([false, true]).show(ui, |ui| {
                for (place, entry) in entries.iter().enumerate() {
                    let is_chosen = place == picker.chosen;
                    let weak =
                        RichText::new(crate::text::Face::Regular.shortened(&entry.weak, 11.0, 130.0)).small().weak();
                    let button = egui::Button::new(entry.text.as_str())
                        .right_text(weak)
                        .selected(is_chosen)
                        .frame_when_inactive(is_chosen);
                    let row = ui.add_sized([ui.available_width(), 22.0], button);
                    if is_chosen && (up || down) {
                        row.scroll_to_me(None);
                    }
                    if row.clicked() {
                        chosen = Some(place);
                    }
                }
                if entries.is_empty() {
                    ui.label(RichText::new("Nothing of that name.").weak());
                }
            });
        });
    });
    let is_first = std::mem::take(&mut picker.is_new);
    keeps &= is_first || !response.response.clicked_elsewhere();
    state.aimed_at = match entries.get(picker.chosen).map(|it| &it.what) {
        Some(What::Zone(to)) => Some((picker.zone.into(), (*to).into())),
        Some(What::Asset(to)) => match picker.of {
            Choice::Assets(from) => Some((from.into(), (*to).into())),
            _ => None,
        },
        _ => None,
    };
    match chosen.and_then(|place| entries.get(place)) {
        Some(entry) => {
            let missing = choose(ctx, state, field, &picker, entry);
            state.offer = missing.map(|it| Offer::new(it, Point::new(frame.x, frame.bottom())));
            state.aimed_at = None;
        }
        None if keeps => state.picker = Some(picker),
        None => state.aimed_at = None,
    }
    if state.picker.is_none() {
        // the canvas takes the keys back
        ui.memory_mut(|memory| {
            if let Some(id) = memory.focused() {
                memory.surrender_focus(id);
            }
        });
    }
}

/// A flow drawn between zones that no conduit joins.
pub(super) struct Offer {
    missing: MissingConduit,
    at: Point,
    is_new: bool,
}

impl Offer {
    /// Asks what to do, at a place.
    pub fn new(missing: MissingConduit, at: Point) -> Self {
        Self { missing, at, is_new: true }
    }
}

/// Asks what to do about the missing conduit.
pub(super) fn show_offer(ui: &mut Ui, ctx: &Context, state: &mut CanvasState, field: &Field) {
    let Some(mut offer) = state.offer.take() else { return };
    let (near, far) = offer.missing.zones;
    let tag = |zone: ZoneId| field.project.target_tag(zone.into());
    let place = state.camera.to_screen(state.rect, offer.at);
    let room = state.rect.shrink(8.0);
    let place = place.clamp(room.min, (room.max - vec2(340.0, 130.0)).max(room.min));
    let mut done: Option<(Edit, Subject)> = None;
    let mut keeps = !ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Escape));
    let area = Area::new(Id::unique("canvas offer")).order(Order::Foreground).fixed_pos(place);
    let response = area.show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).show(ui, |ui| {
            ui.set_width(320.0);
            ui.label(strong(format!("No conduit joins {} and {}", tag(near), tag(far))));
            ui.label(RichText::new("A flow between zones goes over a conduit.").weak());
            ui.horizontal_wrapped(|ui| {
                let both = crate::ui::widgets::primary_button(ui, ctx.palette, "Draw conduit and flow");
                if offer.is_new {
                    both.request_focus();
                }
                if both.clicked() {
                    let (edit, conduit) = offer.missing.with_conduit(field.project);
                    done = Some((edit, conduit.into()));
                }
                if ui.button("Flow only").clicked() {
                    done = Some((offer.missing.alone(field.project), offer.missing.flow.into()));
                }
                keeps &= !ui.button("Cancel").clicked();
            });
        });
    });
    keeps &= std::mem::take(&mut offer.is_new) || !response.response.clicked_elsewhere();
    match done {
        Some((edit, subject)) => {
            ctx.edit(edit);
            ctx.select(subject);
        }
        None if keeps => state.offer = Some(offer),
        None => ctx.send(Action::Say("No flow was drawn".to_owned())),
    }
}

/// The zones or assets that the picker would join, for the drawing.
pub(super) fn aim(field: &Field, state: &CanvasState) -> Option<(Rect, Rect)> {
    let (from, to) = state.aimed_at?;
    Some((frame_of(field, from)?, frame_of(field, to)?))
}
