//! Several things: what they are, and what can be set for all of them. Where they differ, a field says so.

use egui::{RichText, Ui};

use super::{risk, target};
use crate::edit::{Edit, Item};
use crate::model::{Boundary, PurdueLevel, Rating, Risk, RiskId, Subject, Trust, Zone, ZoneId};
use crate::ui::context::Context;
use crate::ui::theme::title;
use crate::ui::views::counted;
use crate::ui::widgets::{Field, choice, singleline};

/// What a field says where those selected differ.
pub(super) const VARIOUS: &str = "various";

pub(super) fn show(ui: &mut Ui, ctx: &Context, subjects: &[Subject]) {
    ui.label(title(format!("{} selected", subjects.len())));
    for subject in subjects.iter().take(12) {
        ui.label(RichText::new(format!("{} {}", subject.kind(), ctx.project.subject_tag(*subject))).weak());
    }
    if subjects.len() > 12 {
        ui.label(RichText::new(format!("and {} more", subjects.len() - 12)).weak());
    }
    let zones: Vec<(ZoneId, &Zone)> = subjects
        .iter()
        .filter_map(|it| if let Subject::Zone(id) = it { Some((*id, ctx.project.zones.get(*id)?)) } else { None })
        .collect();
    if !zones.is_empty() && zones.len() == subjects.len() {
        ui.add_space(10.0);
        ui.label(title("For all of them"));
        fields(ui, ctx, &zones);
    }
    let risks: Vec<(RiskId, &Risk)> = subjects
        .iter()
        .filter_map(|it| if let Subject::Risk(id) = it { Some((*id, ctx.project.risks.get(*id)?)) } else { None })
        .collect();
    if !risks.is_empty() && risks.len() == subjects.len() {
        ui.add_space(10.0);
        ui.label(title("For all of them"));
        risk::fields_of_several(ui, ctx, &risks);
    }
    let targets: Vec<_> = subjects.iter().filter_map(|it| it.target()).collect();
    if !targets.is_empty() {
        ui.add_space(10.0);
        let whose = counted(targets.len(), "zone or conduit", "zones and conduits");
        ui.label(title(format!("Target of {whose}")));
        target::set_for_several(ui, ctx, &targets);
    }
    ui.add_space(12.0);
    if ui.button("Delete all").clicked() {
        ctx.delete(subjects);
    }
}

/// What several zones have in common, to be changed for all.
fn fields(ui: &mut Ui, ctx: &Context, zones: &[(ZoneId, &Zone)]) {
    let for_all = |what: &str, change: &dyn Fn(&mut Zone)| {
        let edits = zones.iter().map(|(id, zone)| {
            let mut zone = (*zone).clone();
            change(&mut zone);
            Edit::Put(Item::Zone(*id, zone))
        });
        Edit::Several(format!("change {what} of {} zones", zones.len()), edits.collect())
    };
    ui.columns(2, |columns| {
        if let [left, right] = columns {
            let level = shared(zones, |it| it.purdue);
            choice_for_all(left, Field::new(ctx, "Purdue level"), level, &or_none(PurdueLevel::ALL), not_set, |it| {
                for_all("Purdue level", &|zone| zone.purdue = it)
            });
            let trust = shared(zones, |it| it.trust);
            choice_for_all(
                right,
                Field::new(ctx, "Trust"),
                trust,
                Trust::ALL,
                |it| it.to_string(),
                |it| for_all("trust", &|zone| zone.trust = it),
            );
            let consequence = shared(zones, |it| it.consequence);
            let ratings: Vec<Rating> = (1..=5).filter_map(Rating::new).collect();
            let field = Field::new(ctx, "Consequence (initial)");
            choice_for_all(left, field, consequence, &or_none(&ratings), not_set, |it| {
                for_all("consequence", &|zone| zone.consequence = it)
            });
            let boundary = shared(zones, |it| it.boundary);
            choice_for_all(
                right,
                Field::new(ctx, "Boundary"),
                boundary,
                Boundary::ALL,
                |it| it.to_string(),
                |it| for_all("boundary", &|zone| zone.boundary = it),
            );
        }
    });
    let owner = shared(zones, |it| &it.owner);
    let hint = if owner.is_some() { "A role" } else { VARIOUS };
    singleline(ui, Field::new(ctx, "Owner").hint(hint), owner.map_or("", |it| it), |owner| {
        for_all("owner", &|zone| zone.owner.clone_from(&owner))
    });
    let site = shared(zones, |it| &it.site);
    let hint = if site.is_some() { "" } else { VARIOUS };
    singleline(ui, Field::new(ctx, "Site or area").hint(hint), site.map_or("", |it| it), |site| {
        for_all("site", &|zone| zone.site.clone_from(&site))
    });
}

/// What all of them have; `None` where they differ.
pub(super) fn shared<'a, T, V: PartialEq>(items: &[(T, &'a Zone)], value: impl Fn(&'a Zone) -> V) -> Option<V> {
    alike(items.iter().map(|(_, zone)| value(zone)))
}

/// The value that all are; `None` where they differ.
pub(super) fn alike<V: PartialEq>(values: impl IntoIterator<Item = V>) -> Option<V> {
    let mut values = values.into_iter();
    let first = values.next()?;
    values.all(|it| it == first).then_some(first)
}

fn or_none<T: Copy>(values: &[T]) -> Vec<Option<T>> {
    std::iter::once(None).chain(values.iter().copied().map(Some)).collect()
}

fn not_set<T: ToString>(value: Option<T>) -> String {
    value.map_or("not set".to_owned(), |it| it.to_string())
}

/// One of a few words for all; where they differ, none is chosen.
fn choice_for_all<T: Copy + PartialEq>(
    ui: &mut Ui,
    field: Field,
    value: Option<T>,
    choices: &[T],
    word: impl Fn(T) -> String,
    edit: impl FnOnce(T) -> Edit,
) {
    let choices: Vec<Option<T>> = choices.iter().copied().map(Some).collect();
    let word = |it: Option<T>| it.map_or(VARIOUS.to_owned(), &word);
    choice(ui, field, value, &choices, word, |it| match it {
        Some(it) => edit(it),
        None => Edit::Several(String::new(), Vec::new()),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_no_common_value() {
        assert_eq!(alike([2, 2, 2]), Some(2));
        assert_eq!(alike([2, 3, 2]), None);
        assert_eq!(alike([None, Some(1)]), None, "not set is a value too");
        assert_eq!(alike([None::<u8>, None]), Some(None));
        assert_eq!(alike(Vec::<u8>::new()), None);
    }
}
