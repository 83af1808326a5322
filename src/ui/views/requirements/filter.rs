//! Which requirements are listed, and the keys that choose.

use egui::{Align2, Key, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use super::listing::Listing;
use crate::analysis::TargetLevels;
use crate::catalogue::RequirementSet;
use crate::model::Fr;
use crate::text::Face;
use crate::ui::context::Context;
use crate::ui::theme::{color32, font};
use crate::ui::widgets::cell;

/// Which requirements are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub show: Show,
    /// Only those of an FR.
    pub fr: Option<Fr>,
}

/// Which requirements are listed, of whatever FR.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Show {
    #[default]
    All,
    /// With a gate at or below the target.
    Demanded,
    /// Nobody knows.
    Open,
    Gaps,
    Unproven,
    /// To be looked at again, or with a remark that is open.
    Review,
}

impl Show {
    /// All of them with their words and keys.
    pub const ALL: [(Self, &'static str, Key); 6] = [
        (Self::All, "All", Key::A),
        (Self::Demanded, "Demanded", Key::D),
        (Self::Open, "Open", Key::O),
        (Self::Gaps, "Gaps", Key::G),
        (Self::Unproven, "Not proven", Key::P),
        (Self::Review, "To review", Key::R),
    ];

    /// Those of one target, as far as its levels tell; what is to be reviewed its answers tell.
    pub fn among(self, levels: &TargetLevels) -> RequirementSet {
        let standing = &levels.standing;
        match self {
            Self::All => levels.scope,
            Self::Demanded => levels.demanded,
            Self::Open => levels.scope.without(standing.satisfied).without(standing.violated),
            Self::Gaps => levels.gaps(),
            Self::Unproven => (levels.scope & standing.satisfied).without(standing.proven),
            Self::Review => RequirementSet::EMPTY,
        }
    }
}

/// The FR before or after, with all of them between the last and the first.
pub(super) fn neighbour(fr: Option<Fr>, back: bool) -> Option<Fr> {
    let number = fr.map_or(0, Fr::number);
    Fr::from_number((number + if back { 7 } else { 1 }) % 8)
}

/// The choices, each with its count and key.
pub(super) fn bar(ui: &mut Ui, ctx: &Context, filter: &mut Filter, listing: &Listing) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        for (show, word, key) in Show::ALL {
            let count = listing.shown(ctx, Filter { show, ..*filter }).count();
            let choice = ui.selectable_value(&mut filter.show, show, format!("{word} {count}"));
            choice.on_hover_text(format!("Key {}", key.name()));
        }
    });
}

/// The FRs as heads over the figures below them: one is chosen by a click, all by another.
pub(super) fn heads(ui: &mut Ui, ctx: &Context, filter: &mut Filter) {
    ui.horizontal(|ui| {
        cell(ui, super::why::name_width(ctx), |ui| ui.label(RichText::new("FR").small().weak()));
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            for fr in Fr::ALL {
                head(ui, ctx, filter, fr);
            }
        });
        ui.add_space(6.0);
        match filter.fr {
            Some(fr) => {
                if ui.link("All FRs").on_hover_text("Keys: arrow left and right").clicked() {
                    filter.fr = None;
                }
                ui.add(egui::Label::new(RichText::new(fr.name()).small().weak()).truncate());
            }
            None => {
                ui.add(egui::Label::new(RichText::new("A head lists that FR alone").small().weak()).truncate());
            }
        }
    });
}

fn head(ui: &mut Ui, ctx: &Context, filter: &mut Filter, fr: Fr) {
    let (rect, response) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::click());
    let is_chosen = filter.fr == Some(fr);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, fr.code()));
    let palette = ctx.palette;
    let (fill, ink) = match (is_chosen, response.hovered()) {
        (true, _) => (Some(palette.accent_soft), palette.accent),
        (false, true) => (Some(palette.sunken), palette.text),
        (false, false) => (None, palette.text_weak),
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, 3.0, color32(fill));
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 3.0, ui.visuals().selection.stroke, egui::StrokeKind::Outside);
    }
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, fr.code(), font(Face::SemiBold, 9.5), color32(ink));
    let response = response.on_hover_text(format!("{fr}: {}\nCtrl+{}", fr.name(), fr.number()));
    if response.clicked() {
        filter.fr = if is_chosen { None } else { Some(fr) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_round_through_all_frs() {
        let mut at = None;
        let mut passed = Vec::new();
        for _ in 0..8 {
            at = neighbour(at, false);
            passed.push(at.map_or(0, Fr::number));
        }
        assert_eq!(passed, [1, 2, 3, 4, 5, 6, 7, 0]);
        assert_eq!(neighbour(None, true), Some(Fr::Ra));
        assert_eq!(neighbour(Some(Fr::Iac), true), None);
    }
}
