//! What was decided, doubted, put off and remarked in a workshop.

use egui::{RichText, Ui};

use super::{log_entry, workshop_edit};
use crate::edit::{Edit, Item, next_tag};
use crate::model::{
    Action as PlanAction, ActionId, Id, LogEntry, LogKind, Project, Workshop, WorkshopId, WorkshopItem,
};
use crate::ui::action::{Action, Selection, View};
use crate::ui::context::Context;
use crate::ui::widgets::{Field, Symbol, capital, card, chip, icon_button, multiline, singleline};

/// Which entries are shown.
#[derive(Default)]
pub struct Shown {
    kind: Option<LogKind>,
    unsettled: bool,
    wanted: String,
}

/// "SR 1.1 at Z-DOSE", "R-04 Loss of dosing".
pub fn item_words(project: &Project, item: WorkshopItem) -> String {
    match item {
        WorkshopItem::Question(key) => format!("{} at {}", key.requirement, project.target_tag(key.target)),
        WorkshopItem::Risk(id) => {
            project.risks.get(id).map_or(String::new(), |risk| format!("{} {}", risk.tag, risk.title))
        }
    }
}

/// Goes to what a workshop looked at.
pub fn go_to_item(ctx: &Context, item: WorkshopItem) {
    match item {
        WorkshopItem::Question(key) => {
            ctx.send(Action::GoTo(View::Requirements, Selection::answer(key.target, key.requirement)));
        }
        WorkshopItem::Risk(id) => ctx.go_to(View::Risk, id),
    }
}

/// The colours of a kind of entry.
pub fn kind_colors(ctx: &Context, kind: LogKind) -> (crate::drawing::palette::Color, crate::drawing::palette::Color) {
    let palette = ctx.palette;
    match kind {
        LogKind::Decision => (palette.good_soft, palette.good),
        LogKind::Dissent => (palette.error_soft, palette.error),
        LogKind::Parked => (palette.warning_soft, palette.warning),
        LogKind::Remark => (palette.hint_soft, palette.hint),
    }
}

pub(super) fn show(ui: &mut Ui, ctx: &Context, shown: &mut Shown, id: WorkshopId, workshop: &Workshop) {
    ui.horizontal_wrapped(|ui| {
        for &kind in LogKind::ALL {
            if ui.button(format!("Add {}", with_article(kind))).clicked() {
                ctx.edit(workshop_edit(id, workshop, |it| it.log.push(log_entry(ctx, kind, None))));
            }
        }
    });
    if workshop.log.is_empty() {
        ui.label(RichText::new("Nothing is recorded yet. In the session D, S, P and R write it down.").weak());
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.selectable_value(&mut shown.kind, None, format!("All {}", workshop.log.len()));
        for &kind in LogKind::ALL {
            let count = workshop.log.iter().filter(|it| it.kind == kind).count();
            ui.selectable_value(&mut shown.kind, Some(kind), format!("{} {count}", capital(plural(kind))));
        }
        ui.checkbox(&mut shown.unsettled, "Unsettled only");
        let field = egui::TextEdit::singleline(&mut shown.wanted).hint_text("Filter by word").desired_width(160.0);
        ui.add(field).accessible_name("Filter what was said");
    });
    let wanted = shown.wanted.to_lowercase();
    for (place, entry) in workshop.log.iter().enumerate() {
        let about = entry.about.map(|it| item_words(ctx.project, it)).unwrap_or_default();
        let is_wanted =
            wanted.is_empty() || format!("{} {} {about}", entry.text, entry.by).to_lowercase().contains(&wanted);
        let is_open = !shown.unsettled || is_unsettled(entry);
        if is_wanted && is_open && shown.kind.is_none_or(|it| it == entry.kind) {
            ui.push_id(("entry", place), |ui| one(ui, ctx, id, workshop, place));
        }
    }
}

/// Whether it waits to be dealt with: what was put off, and dissent.
pub fn is_unsettled(entry: &LogEntry) -> bool {
    matches!(entry.kind, LogKind::Parked | LogKind::Dissent) && !entry.settled
}

fn with_article(kind: LogKind) -> &'static str {
    match kind {
        LogKind::Decision => "a decision",
        LogKind::Dissent => "a dissent",
        LogKind::Parked => "to the parking lot",
        LogKind::Remark => "a remark",
    }
}

/// Several of a kind.
pub fn plural(kind: LogKind) -> &'static str {
    match kind {
        LogKind::Decision => "decisions",
        LogKind::Dissent => "dissent",
        LogKind::Parked => "parked",
        LogKind::Remark => "remarks",
    }
}

fn one(ui: &mut Ui, ctx: &Context, id: WorkshopId, workshop: &Workshop, place: usize) {
    let Some(entry) = workshop.log.get(place) else { return };
    let change = |change: &dyn Fn(&mut LogEntry)| {
        workshop_edit(id, workshop, |it| {
            if let Some(entry) = it.log.get_mut(place) {
                change(entry);
            }
        })
    };
    card(ui, ctx.palette, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            chip(ui, entry.kind.word(), kind_colors(ctx, entry.kind));
            if let Some(item) = entry.about {
                if ui.link(item_words(ctx.project, item)).on_hover_text("Go there").clicked() {
                    go_to_item(ctx, item);
                }
            } else {
                ui.label(RichText::new("the workshop as a whole").weak());
            }
            if let Some(at) = entry.at {
                ui.label(RichText::new(at.strftime("%Y-%m-%d %H:%M").to_string()).small().weak());
            }
            if matches!(entry.kind, LogKind::Parked | LogKind::Dissent) {
                let mut settled = entry.settled;
                if ui.checkbox(&mut settled, "Settled").changed() {
                    ctx.edit(change(&|entry| entry.settled = settled));
                }
            }
            if entry.kind == LogKind::Parked && !entry.settled && ui.button("Add to the plan").clicked() {
                add_to_plan(ctx, id, workshop, place);
            }
            if icon_button(ui, Symbol::Close, "Delete this entry", true, false).clicked() {
                ctx.edit(workshop_edit(id, workshop, |it| {
                    it.log.remove(place);
                }));
            }
        });
        let said = Field::new(ctx, "What was said");
        multiline(ui, said, &entry.text, 1, |it| change(&|entry| entry.text.clone_from(&it)));
        singleline(ui, Field::new(ctx, "Said by").hint("A role"), &entry.by, |it| {
            change(&|entry| entry.by.clone_from(&it))
        });
    });
}

/// What was put off becomes an action of the plan, and is dealt with here.
fn add_to_plan(ctx: &Context, id: WorkshopId, workshop: &Workshop, place: usize) {
    let Some(entry) = workshop.log.get(place) else { return };
    let action_id = ActionId::random();
    let tag = next_tag("ACT-", ctx.project.actions.values().map(|it| &it.tag));
    let is_gap = |item: &WorkshopItem| match item {
        WorkshopItem::Question(key) => ctx.analysis.gaps.iter().find_map(|gap| gap.key().filter(|it| it == key)),
        WorkshopItem::Risk(_) => None,
    };
    let action = PlanAction {
        tag,
        title: if entry.text.is_empty() { "Parked in a workshop".to_owned() } else { entry.text.clone() },
        notes: entry
            .about
            .map(|it| format!("Parked in a workshop: {}", item_words(ctx.project, it)))
            .unwrap_or_default(),
        closes: entry.about.as_ref().and_then(is_gap).into_iter().collect(),
        ..PlanAction::default()
    };
    let settled = workshop_edit(id, workshop, |it| {
        if let Some(entry) = it.log.get_mut(place) {
            entry.settled = true;
        }
    });
    let both = vec![Edit::Put(Item::Action(action_id, action)), settled];
    ctx.edit(Edit::Several("add what was parked to the plan".to_owned(), both));
    ctx.send(Action::Say("Added to the plan".to_owned()));
}

/// What workshops recorded about something, to be read where that stands. Shows nothing where they
/// recorded nothing.
pub fn said_about(ui: &mut Ui, ctx: &Context, item: WorkshopItem) {
    let said = super::ordered(ctx.project).into_iter().flat_map(|(id, workshop)| {
        let entries = workshop.log.iter().filter(move |it| it.about == Some(item) && !it.text.trim().is_empty());
        entries.map(move |entry| (id, workshop, entry))
    });
    let said: Vec<_> = said.collect();
    if said.is_empty() {
        return;
    }
    ui.add_space(12.0);
    ui.separator();
    ui.label(crate::ui::theme::title("Said in workshops"));
    for (place, (id, workshop, entry)) in said.into_iter().enumerate() {
        ui.push_id(("said", place), |ui| {
            ui.horizontal_wrapped(|ui| {
                chip(ui, entry.kind.word(), kind_colors(ctx, entry.kind));
                if is_unsettled(entry) {
                    ui.label(RichText::new("open").small().weak());
                }
                let words = super::workshop_title(workshop);
                if ui.link(words).on_hover_text("Go to the workshop").clicked() {
                    ctx.go_to(View::Workshop, id);
                }
            });
            let by = if entry.by.is_empty() { String::new() } else { format!(" ({})", entry.by) };
            ui.label(format!("{}{by}", entry.text.trim()));
        });
    }
}
