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
    /// Only those with a gate at or below the target.
    pub demanded: bool,
    /// Only those of an FR.
    pub fr: Option<Fr>,
}

/// Which requirements are listed, of whatever FR.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Show {
    #[default]
    All,
    /// Nobody knows: the open questions among what is demanded.
    Open,
    Gaps,
    Unproven,
    /// To be looked at again, or with a remark that is open.
    Review,
}

impl Show {
    /// All of them with their words and keys.
    pub const ALL: [(Self, &'static str, Key); 5] = [
        (Self::All, "All", Key::A),
        (Self::Open, "Open", Key::O),
        (Self::Gaps, "Gaps", Key::G),
        (Self::Unproven, "Not proven", Key::P),
        (Self::Review, "To review", Key::R),
    ];

    /// Those in scope of one target, by its levels and by what is to be reviewed there.
    pub fn among(self, levels: &TargetLevels, to_review: RequirementSet) -> RequirementSet {
        let standing = &levels.standing;
        match self {
            Self::All => levels.scope,
            Self::Open => levels.scope.without(standing.satisfied).without(standing.violated),
            Self::Gaps => levels.gaps(),
            Self::Unproven => (levels.scope & standing.satisfied).without(standing.proven),
            Self::Review => levels.scope & to_review,
        }
    }
}

impl Filter {
    /// What a key chooses: what is listed, where A lists all that there is, or D whether only what is demanded.
    pub fn with_key(self, key: Key) -> Option<Self> {
        if key == DEMANDED {
            return Some(Self { demanded: !self.demanded, ..self });
        }
        let show = Show::ALL.into_iter().find(|it| it.2 == key)?.0;
        Some(self.showing(show))
    }

    fn showing(self, show: Show) -> Self {
        Self { show, demanded: self.demanded && show != Show::All, ..self }
    }
}

/// Lists only what is demanded, and all again.
const DEMANDED: Key = Key::D;

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
            let wanted = filter.showing(show);
            let count = listing.shown(ctx, wanted).count();
            let choice = ui.selectable_label(filter.show == show, format!("{word} {count}"));
            if choice.on_hover_text(format!("Key {}", key.name())).clicked() {
                *filter = wanted;
            }
        }
        ui.separator();
        let count = listing.shown(ctx, Filter { demanded: true, ..*filter }).count();
        let choice = ui.selectable_label(filter.demanded, format!("Demanded {count}"));
        let hint = format!("Only what has a gate at or below the SL-T\nKey {}", DEMANDED.name());
        if choice.on_hover_text(hint).clicked() {
            filter.demanded = !filter.demanded;
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
    use crate::analysis::fixture::Fixture;
    use crate::model::Status;

    #[test]
    fn what_is_open_and_demanded_are_the_open_questions() {
        let plant = Fixture::new().zone("Z-1", |_| ()).sl_t("Z-1", 2).answer("Z-1", "SR 1.1", Status::Met, |_| ());
        let plant = plant.answer("Z-1", "SR 1.2", Status::NotMet, |_| ());
        let analysis = plant.analyse();
        let levels = analysis.target(plant.target("Z-1")).unwrap();
        let open = Show::Open.among(levels, RequirementSet::EMPTY);
        assert_eq!(open & levels.demanded, levels.open_questions());
        assert!(open.len() > levels.open_questions().len(), "some have a gate above SL 2");
        assert_eq!(Show::Gaps.among(levels, RequirementSet::EMPTY).len(), 1);
    }

    #[test]
    fn what_is_demanded_is_chosen_beside_what_is_listed() {
        let with = |keys: &[Key]| keys.iter().try_fold(Filter::default(), |it, key| it.with_key(*key)).unwrap();
        assert_eq!(with(&[Key::O, Key::D]), Filter { show: Show::Open, demanded: true, fr: None });
        assert_eq!(with(&[Key::D, Key::P]), Filter { show: Show::Unproven, demanded: true, fr: None });
        assert_eq!(with(&[Key::G, Key::D, Key::D]), Filter { show: Show::Gaps, demanded: false, fr: None });
        assert_eq!(with(&[Key::O, Key::D, Key::A]), Filter::default(), "all");
        assert_eq!(Filter::default().with_key(Key::F), None);
    }

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
