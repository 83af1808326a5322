//! An action of the plan.

use egui::{RichText, Ui};

use super::section;
use crate::edit::{Edit, Item};
use crate::model::{Action as PlanAction, ActionId, ActionStatus, GapKey, Wave};
use crate::ui::action::{Action, Selection, View};
use crate::ui::context::Context;
use crate::ui::theme::title;
use crate::ui::widgets::{
    Field, band_chip, choice, date_field, multiline, optional_choice, scrolls_from, singleline, switch,
};

pub(super) fn show(ui: &mut Ui, ctx: &Context, id: ActionId) {
    let Some(action) = ctx.project.actions.get(id) else { return };
    let change = |change: &dyn Fn(&mut PlanAction)| {
        let mut action = action.clone();
        change(&mut action);
        Edit::Put(Item::Action(id, action))
    };
    ui.label(title("Action"));
    singleline(ui, Field::new(ctx, "Tag"), &action.tag, |it| change(&|action| action.tag.clone_from(&it)));
    singleline(ui, Field::new(ctx, "What is to be done"), &action.title, |it| {
        change(&|action| action.title.clone_from(&it))
    });
    multiline(ui, Field::new(ctx, "How, and what to mind"), &action.notes, 4, |it| {
        change(&|action| action.notes.clone_from(&it))
    });
    singleline(ui, Field::new(ctx, "Owner").hint("A role"), &action.owner, |it| {
        change(&|action| action.owner.clone_from(&it))
    });
    ui.columns(2, |columns| {
        if let [left, right] = columns {
            singleline(left, Field::new(ctx, "Effort").hint("5 days"), &action.effort, |it| {
                change(&|action| action.effort.clone_from(&it))
            });
            let currency = &ctx.project.settings.currency;
            let label = if currency.is_empty() { "Cost".to_owned() } else { format!("Cost in {currency}") };
            singleline(right, Field::new(ctx, &label), &action.cost, |it| {
                change(&|action| action.cost.clone_from(&it))
            });
            date_field(left, Field::new(ctx, "Start"), id, action.start, |it| change(&|action| action.start = it));
            date_field(right, Field::new(ctx, "Due"), id, action.due, |it| change(&|action| action.due = it));
            choice(
                left,
                Field::new(ctx, "Status"),
                action.status,
                ActionStatus::ALL,
                |it| it.to_string(),
                |it| change(&|action| action.status = it),
            );
            let follows = action.wave(ctx.analysis.as_of);
            let all: Vec<Option<Wave>> = std::iter::once(None).chain(Wave::ALL.iter().copied().map(Some)).collect();
            let word = |it: Option<Wave>| it.map_or(format!("by its dates: {follows}"), |it| it.to_string());
            choice(right, Field::new(ctx, "Wave"), action.wave, &all, word, |it| change(&|action| action.wave = it));
        }
    });
    switch(ui, ctx, "The plant must stand still for it", action.outage, |it| change(&|action| action.outage = it));
    if action.outage {
        let windows: Vec<&str> = ctx.project.settings.outages.iter().map(|it| it.name.as_str()).collect();
        let current = windows.iter().copied().find(|it| *it == action.outage_window);
        optional_choice(ui, Field::new(ctx, "Outage window"), current, &windows, str::to_owned, |it| {
            change(&|action| it.unwrap_or_default().clone_into(&mut action.outage_window))
        });
    }
    depends(ui, ctx, id, action, &change);
    closes(ui, ctx, action, &change);
    ui.add_space(12.0);
    if ui.button("Delete action").clicked() {
        ctx.edit(Edit::Remove([id.into()].into()));
        ctx.send(Action::Select(Default::default()));
    }
}

type Change<'a> = dyn Fn(&dyn Fn(&mut PlanAction)) -> Edit + 'a;

fn depends(ui: &mut Ui, ctx: &Context, id: ActionId, action: &PlanAction, change: &Change) {
    section(ui, "Comes after");
    for &before in &action.depends_on {
        let Some(other) = ctx.project.actions.get(before) else { continue };
        ui.horizontal_wrapped(|ui| {
            if ui.link(format!("{}  {}", other.tag, other.title)).clicked() {
                ctx.select(before);
            }
            if ui.small_button("Remove").clicked() {
                ctx.edit(change(&|action| {
                    action.depends_on.remove(&before);
                }));
            }
        });
    }
    let mut others: Vec<_> =
        ctx.project.actions.iter().filter(|(it, _)| *it != id && !action.depends_on.contains(it)).collect();
    others.sort_by_key(|(_, it)| &it.tag);
    ui.menu_button("Add an action that comes before", |ui| {
        scrolls_from(320.0).show(ui, |ui| {
            for (other, it) in others {
                if ui.button(format!("{}  {}", it.tag, it.title)).clicked() {
                    ctx.edit(change(&|action| {
                        action.depends_on.insert(other);
                    }));
                    ui.close();
                }
            }
        });
    });
}

fn closes(ui: &mut Ui, ctx: &Context, action: &PlanAction, change: &Change) {
    section(ui, "Gaps it closes");
    if action.closes.is_empty() && action.findings.is_empty() {
        ui.label(RichText::new("None yet. Choose a gap and add it to this action.").weak());
        if ui.button("Choose gaps").clicked() {
            ctx.send(Action::Go(View::Gaps));
        }
    }
    for &key in &action.closes {
        ui.horizontal_wrapped(|ui| {
            match ctx.analysis.gaps.iter().find(|gap| gap.key() == Some(key)) {
                Some(gap) => {
                    band_chip(ui, ctx.palette, gap.band, None);
                }
                None => {
                    ui.label(RichText::new("no gap").small().weak());
                }
            }
            link(ui, ctx, key);
            if ui.small_button("Remove").clicked() {
                ctx.edit(change(&|action| {
                    action.closes.remove(&key);
                }));
            }
        });
    }
    for id in &action.findings {
        if let Some(finding) = ctx.project.manual_findings.get(*id)
            && ui.link(format!("{}  {}", finding.tag, finding.title)).clicked()
        {
            ctx.go_to(View::Gaps, *id);
        }
    }
}

fn link(ui: &mut Ui, ctx: &Context, key: GapKey) {
    let requirement = ctx.catalogue.requirement(key.requirement).map_or("", |it| &it.title);
    let text = format!("{}  {} {requirement}", ctx.project.target_tag(key.target), key.requirement);
    if ui.link(text).clicked() {
        ctx.send(Action::GoTo(View::Gaps, Selection::answer(key.target, key.requirement)));
    }
}
