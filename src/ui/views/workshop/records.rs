//! What was decided, doubted, put off and remarked in a workshop.

use egui::{RichText, Ui};

use super::log::Log;
use super::{log_entry, workshop_edit};
use crate::analysis::proceedings::{Event, What, proceedings};
use crate::edit::{Edit, Item, next_tag};
use crate::model::{
    Action as PlanAction, ActionId, Id, LogEntry, LogKind, Project, Workshop, WorkshopId, WorkshopItem,
};
use crate::ui::action::{Action, Selection, View};
use crate::ui::context::Context;
use crate::ui::views::counted;
use crate::ui::widgets::{capital, chip};

/// Which entries are shown.
#[derive(Default)]
pub struct Shown {
    kind: Option<Kind>,
    unsettled: bool,
    wanted: String,
}

/// What may be shown alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// What was answered and rated.
    Answers,
    /// What was said.
    Said(LogKind),
}

impl Kind {
    fn of(event: &Event) -> Self {
        match event.what {
            What::Said(kind, _) => Self::Said(kind),
            What::Answer(_) | What::Rating => Self::Answers,
        }
    }
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
    if !workshop.closed {
        ui.horizontal_wrapped(|ui| {
            for &kind in LogKind::ALL {
                if ui.button(format!("Add {}", with_article(kind))).clicked() {
                    ctx.edit(workshop_edit(id, workshop, |it| it.log.push(log_entry(ctx, kind, None))));
                }
            }
        });
    }
    let events = proceedings(ctx.project, workshop);
    if events.is_empty() {
        ui.label(RichText::new("Nothing is recorded yet. In the session D, S, P and R write it down.").weak());
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.selectable_value(&mut shown.kind, None, format!("All {}", events.len()));
        let answered = events.iter().filter(|it| Kind::of(it) == Kind::Answers).count();
        ui.selectable_value(&mut shown.kind, Some(Kind::Answers), format!("Answers {answered}"));
        for &kind in LogKind::ALL {
            let count = workshop.log.iter().filter(|it| it.kind == kind).count();
            let words = format!("{} {count}", capital(plural(kind)));
            ui.selectable_value(&mut shown.kind, Some(Kind::Said(kind)), words);
        }
        ui.checkbox(&mut shown.unsettled, "Unsettled only");
        let field = egui::TextEdit::singleline(&mut shown.wanted).hint_text("Filter by word").desired_width(160.0);
        ui.add(field).accessible_name("Filter what was said");
    });
    let wanted = shown.wanted.to_lowercase();
    let is_shown = |event: &Event| {
        let about = event.about.map(|it| item_words(ctx.project, it)).unwrap_or_default();
        let is_wanted =
            wanted.is_empty() || format!("{} {} {about}", event.words, event.by).to_lowercase().contains(&wanted);
        let entry = match event.what {
            What::Said(_, place) => workshop.log.get(place),
            What::Answer(_) | What::Rating => None,
        };
        let is_open = !shown.unsettled || entry.is_some_and(is_unsettled);
        is_wanted && is_open && shown.kind.is_none_or(|it| it == Kind::of(event))
    };
    let events = events.into_iter().filter(is_shown);
    let (mut said, answered): (Vec<Event>, Vec<Event>) = events.partition(|it| Kind::of(it) != Kind::Answers);
    // what was settled and what was not comes first, each in the order of its time
    said.sort_by_key(|it| match it.what {
        What::Said(kind, _) => LogKind::ALL.iter().position(|it| *it == kind),
        What::Answer(_) | What::Rating => None,
    });
    let log = Log { ctx, id, workshop };
    match (said.is_empty(), answered.len()) {
        (true, 0) => {
            ui.label(RichText::new("Nothing of that sort was recorded.").weak());
        }
        (true, _) if shown.kind.is_none() && wanted.is_empty() => {
            let words = "Nothing was decided, doubted, parked or remarked yet: D, S, P and R write it down.";
            ui.label(RichText::new(words).weak());
        }
        (true, _) => (),
        (false, _) => log.show(ui, &said),
    }
    // answers are looked up seldom, and there may be many
    if answered.is_empty() {
        return;
    }
    let is_asked_for = shown.kind == Some(Kind::Answers) || !wanted.is_empty();
    if is_asked_for {
        ui.push_id("answers", |ui| log.show(ui, &answered));
        return;
    }
    let heading = counted(answered.len(), "answer or rating", "answers and ratings");
    let folded = egui::CollapsingHeader::new(heading).id_salt("answers");
    folded.show(ui, |ui| log.show(ui, &answered));
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

/// What was put off becomes an action of the plan, and is dealt with here.
pub(super) fn add_to_plan(ctx: &Context, id: WorkshopId, workshop: &Workshop, place: usize) {
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
