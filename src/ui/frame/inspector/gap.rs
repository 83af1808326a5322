//! A gap: what was found, where its priority comes from, what is done about it.

use egui::{RichText, Ui};

use super::section;
use crate::analysis::Gap;
use crate::analysis::gaps::consequence_of;
use crate::edit::{Edit, Item, next_tag};
use crate::model::{
    Action as PlanAction, ActionId, Classification, GapKey, GapOverride, Id, ManualFinding, ManualFindingId, Override,
    Rating, RequirementId, Target,
};
use crate::ui::action::{Action, Selection, View};
use crate::ui::context::Context;
use crate::ui::theme::title;
use crate::ui::widgets::{Field, band_chip, choice, fact, multiline, one_of_many, scrolls_from, singleline, switch};

/// Shows the gap of a requirement at a target.
pub(super) fn show(ui: &mut Ui, ctx: &Context, target: Target, id: RequirementId) {
    let key = GapKey { target, requirement: id };
    let Some((rank, gap)) = ctx.analysis.gaps.iter().enumerate().find(|(_, it)| it.key() == Some(key)) else {
        super::requirement::show(ui, ctx, target, id);
        return;
    };
    heading(ui, ctx, rank, gap);
    factors(ui, ctx, gap);
    decide(ui, ctx, key);
    treatment(ui, ctx, gap);
    if let Some(requirement) = ctx.catalogue.requirement(id) {
        section(ui, "Where nothing can be patched or replaced");
        ui.label(&requirement.fallback);
    }
    ui.add_space(10.0);
    ui.horizontal_wrapped(|ui| {
        if ui.button("Open the answer").clicked() {
            ctx.send(Action::GoTo(View::Requirements, Selection::answer(target, id)));
        }
        if ui.button("Show in diagram").clicked() {
            ctx.go_to(View::Diagram, target);
        }
    });
}

fn heading(ui: &mut Ui, ctx: &Context, rank: usize, gap: &Gap) {
    ui.horizontal_wrapped(|ui| ui.label(title(gap.title(ctx.project, ctx.catalogue))));
    ui.horizontal_wrapped(|ui| {
        band_chip(ui, ctx.palette, gap.band, Some(gap.score));
        ui.label(RichText::new(format!("rank {} of {}", rank + 1, ctx.analysis.gaps.len())).small().weak());
    });
    if let Some(target) = gap.target {
        fact(ui, "Where", format!("{} {}", ctx.project.target_tag(target), ctx.project.target_name(target)));
    }
    let found = gap.found(ctx.project);
    if !found.is_empty() {
        ui.add_space(4.0);
        ui.label(found);
    }
    fact(ui, "Closing it takes", gap.kind.word());
    let blocks = if gap.blocks_closure { ", blocks closure" } else { "" };
    fact(ui, "Class", format!("{}{blocks}", gap.classification));
}

/// The three factors and where each comes from.
fn factors(ui: &mut Ui, ctx: &Context, gap: &Gap) {
    section(ui, "Where the priority comes from");
    let consequence = consequence_of(ctx.project, &ctx.analysis.factors, gap);
    let exploitability = gap.target.map(|target| ctx.analysis.factors.exploitability(target));
    let product = u32::from(gap.consequence) * u32::from(gap.exploitability) * u32::from(gap.audit_impact);
    ui.label(format!(
        "C {} × E {} × A {} = {product} of 75, so {} of 100",
        gap.consequence, gap.exploitability, gap.audit_impact, gap.score
    ));
    fact(ui, "C", consequence.describe(ctx.project));
    fact(ui, "E", exploitability.map_or("set by the team".to_owned(), |it| it.describe(ctx.project)));
    fact(ui, "A", format!("{} gap", gap.classification));
    fact(ui, "Shortfall of its FR", gap.shortfall.to_string());
}

/// Values put in place of the computed ones, each with a reason.
fn decide(ui: &mut Ui, ctx: &Context, key: GapKey) {
    let decided = ctx.project.overrides.get(key).cloned().unwrap_or_default();
    let is_decided = decided != GapOverride::default();
    let of = Decisions { ctx, key, decided };
    egui::CollapsingHeader::new("Decide otherwise").default_open(is_decided).show(ui, |ui| {
        let ratings: Vec<Rating> = (1..=5).filter_map(Rating::new).collect();
        let impacts: Vec<Rating> = (1..=3).filter_map(Rating::new).collect();
        of.one(ui, "Classification", Classification::ALL, |all| &mut all.classification);
        of.one(ui, "Blocks closure", &[true, false], |all| &mut all.blocks_closure);
        of.one(ui, "Consequence C", &ratings, |all| &mut all.consequence);
        of.one(ui, "Exploitability E", &ratings, |all| &mut all.exploitability);
        of.one(ui, "Audit impact A", &impacts, |all| &mut all.audit_impact);
    });
}

/// What the team has decided of a gap.
struct Decisions<'a> {
    ctx: &'a Context<'a>,
    key: GapKey,
    decided: GapOverride,
}

impl Decisions<'_> {
    /// One value with its reason.
    fn one<T: Copy + PartialEq + std::fmt::Display>(
        &self,
        ui: &mut Ui,
        label: &str,
        choices: &[T],
        part: impl Fn(&mut GapOverride) -> &mut Option<Override<T>>,
    ) {
        let ctx = self.ctx;
        let value = part(&mut self.decided.clone()).take();
        let with = |it: Option<Override<T>>| {
            let mut decided = self.decided.clone();
            *part(&mut decided) = it;
            Edit::Decide(self.key, decided)
        };
        let current = value.as_ref().map(|it| it.value);
        let reason = value.map(|it| it.reason).unwrap_or_default();
        let word = |it: Option<T>| it.map_or("as computed".to_owned(), |it| it.to_string());
        let all: Vec<Option<T>> = std::iter::once(None).chain(choices.iter().copied().map(Some)).collect();
        choice(ui, Field::new(ctx, label), current, &all, word, |it| {
            with(it.map(|value| Override { value, reason: reason.clone() }))
        });
        if let Some(value) = current {
            let field =
                Field { ctx, label: &format!("Why {}", label.to_lowercase()), hint: "The reason stands in the report" };
            singleline(ui, field, &reason, |reason| with(Some(Override { value, reason })));
        }
    }
}

/// Actions and acceptances, and a new action.
fn treatment(ui: &mut Ui, ctx: &Context, gap: &Gap) {
    section(ui, "Treatment");
    let actions: Vec<_> = ctx.project.actions.iter().filter(|(_, it)| gap.is_closed_by(it)).collect();
    for (id, action) in &actions {
        ui.horizontal_wrapped(|ui| {
            if ui.link(format!("{}  {}", action.tag, action.title)).clicked() {
                ctx.go_to(View::Plan, *id);
            }
            ui.label(RichText::new(action.status.word()).small().weak());
        });
    }
    let accepted: Vec<_> = ctx.project.acceptances.values().filter(|it| gap.is_named_by(it)).collect();
    for it in &accepted {
        let expired = if it.is_expired(ctx.analysis.as_of) { " (expired)" } else { "" };
        let until = it.expires_on.map(|day| format!(" until {day}")).unwrap_or_default();
        ui.label(format!("{}  accepted by {}{until}{expired}", it.tag, it.accepted_by));
    }
    if actions.is_empty() && accepted.is_empty() {
        ui.label(RichText::new("Untreated").color(crate::ui::theme::color32(ctx.palette.error)));
    }
    ui.horizontal_wrapped(|ui| {
        if ui.button("New action").clicked() {
            new_action(ctx, &[*gap]);
        }
        ui.menu_button("Add to an action", |ui| {
            let mut open: Vec<_> =
                ctx.project.actions.iter().filter(|(_, it)| !it.is_finished() && !gap.is_closed_by(it)).collect();
            open.sort_by_key(|(_, it)| &it.tag);
            if open.is_empty() {
                ui.label(RichText::new("No further action is open.").weak());
            }
            scrolls_from(320.0).show(ui, |ui| {
                for (id, action) in open {
                    if ui.button(format!("{}  {}", action.tag, action.title)).clicked() {
                        ctx.put(Item::Action(id, closing(action, &[*gap])));
                        ui.close();
                    }
                }
            });
        });
    });
}

/// The action with these gaps added to those it closes.
pub fn closing(action: &PlanAction, gaps: &[Gap]) -> PlanAction {
    let mut action = action.clone();
    for gap in gaps {
        match (gap.manual, gap.key()) {
            (Some(id), _) => {
                action.findings.insert(id);
            }
            (None, Some(key)) => {
                action.closes.insert(key);
            }
            (None, None) => (),
        }
    }
    action
}

/// Plans a new action for these gaps and shows it.
pub fn new_action(ctx: &Context, gaps: &[Gap]) {
    let id = ActionId::random();
    let tag = next_tag("ACT-", ctx.project.actions.values().map(|it| &it.tag));
    let title = match gaps {
        [only] => format!("Close {}", only.title(ctx.project, ctx.catalogue)),
        [first, ..] => format!("Close {} and {} more", first.title(ctx.project, ctx.catalogue), gaps.len() - 1),
        [] => String::new(),
    };
    let action = closing(&PlanAction { tag, title, ..PlanAction::default() }, gaps);
    ctx.put(Item::Action(id, action));
    ctx.go_to(View::Plan, id);
}

/// A finding written by hand.
pub(super) fn manual(ui: &mut Ui, ctx: &Context, id: ManualFindingId) {
    let Some(finding) = ctx.project.manual_findings.get(id) else { return };
    let change = |change: &dyn Fn(&mut ManualFinding)| {
        let mut finding = finding.clone();
        change(&mut finding);
        Edit::Put(Item::ManualFinding(id, finding))
    };
    ui.label(title("Manual finding"));
    singleline(ui, Field::new(ctx, "Tag"), &finding.tag, |it| change(&|finding| finding.tag.clone_from(&it)));
    singleline(ui, Field::new(ctx, "Title"), &finding.title, |it| change(&|finding| finding.title.clone_from(&it)));
    multiline(ui, Field::new(ctx, "What was seen"), &finding.notes, 4, |it| {
        change(&|finding| finding.notes.clone_from(&it))
    });
    singleline(ui, Field::new(ctx, "Source").hint("Audit report, walk-down…"), &finding.source, |it| {
        change(&|finding| finding.source.clone_from(&it))
    });
    choice(
        ui,
        Field::new(ctx, "Classification"),
        finding.classification,
        Classification::ALL,
        |it| it.to_string(),
        |it| change(&|finding| finding.classification = it),
    );
    let targets = || {
        let mut targets: Vec<Target> = ctx.project.targets().collect();
        targets.sort_by_key(|&it| ctx.project.target_tag(it));
        targets
    };
    let tag = |it: Target| ctx.project.target_tag(it).to_owned();
    one_of_many(ui, Field::new(ctx, "Zone or conduit"), finding.targets.first().copied(), targets, tag, |it| {
        change(&|finding| finding.targets = it.into_iter().collect())
    });
    switch(ui, ctx, "Closed", finding.closed, |it| change(&|finding| finding.closed = it));
    let gaps = ctx.analysis.gaps.iter().enumerate().find(|(_, gap)| gap.manual == Some(id));
    if let Some((_, gap)) = gaps {
        factors(ui, ctx, gap);
        treatment(ui, ctx, gap);
    }
    ui.add_space(10.0);
    if ui.button("Delete finding").clicked() {
        ctx.edit(Edit::Remove([id.into()].into()));
        ctx.send(Action::Select(Default::default()));
    }
}
