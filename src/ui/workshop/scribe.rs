//! What the scribe sees and writes: beside the room's view, or in a window of its own.

use egui::{Frame, Margin, RichText, ScrollArea, Ui};

use super::keys::Seat;
use super::{Mode, Stage, answer, clock, line, rating};
use crate::model::{Answer, GapKey, Known, LogKind, Status, Target, WorkshopItem};
use crate::ui::action::{Action, WorkshopAction};
use crate::ui::context::Context;
use crate::ui::theme::{color32, strong, title};
use crate::ui::views::answers::{STATUSES, status_word};
use crate::ui::views::{
    answering, is_unsettled, item_words, kind_colors, plural, present, workshop_edit, workshop_title,
};
use crate::ui::widgets::{
    Field, Symbol, capital, chip, drop_down, icon_button, multiline, one_of_many, section, switch,
};

/// From this width on two columns stand side by side.
const TWO_FROM: f32 = 760.0;
/// What comes next, as many as can be of use.
const NEXT: usize = 6;

/// The scribe's own window.
pub(super) fn whole(ui: &mut Ui, ctx: &Context, mode: &mut Mode, stage: &Stage) {
    let bar = Frame::new().fill(color32(ctx.palette.window)).inner_margin(Margin::symmetric(12, 6));
    egui::Panel::top("scribe bar").frame(bar).show(ui, |ui| strip(ui, ctx, mode, stage));
    Frame::new().inner_margin(Margin { left: 16, right: 8, top: 8, bottom: 8 }).show(ui, |ui| {
        if ui.available_width() < TWO_FROM {
            column(ui, ctx, mode, stage);
            return;
        }
        ui.columns(2, |columns| {
            if let [left, right] = columns {
                scroll(left, "answer", |ui| now(ui, ctx, mode, stage));
                scroll(right, "room", |ui| around(ui, ctx, mode, stage));
            }
        });
    });
}

/// All of it in one column.
pub(super) fn column(ui: &mut Ui, ctx: &Context, mode: &mut Mode, stage: &Stage) {
    scroll(ui, "scribe", |ui| {
        now(ui, ctx, mode, stage);
        around(ui, ctx, mode, stage);
    });
}

fn scroll(ui: &mut Ui, id: &str, contents: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical().id_salt(id).auto_shrink([false, false]).show(ui, |ui| {
        Frame::new().inner_margin(Margin { right: 14, bottom: 16, ..Margin::ZERO }).show(ui, |ui| {
            // columns would justify its text
            ui.vertical(contents);
        });
    });
}

/// One slim line: where the room is, what is written down, and how to get on.
pub(super) fn strip(ui: &mut Ui, ctx: &Context, mode: &mut Mode, stage: &Stage) {
    if mode.line.is_some() {
        // large enough to be read by those who check what is written about them
        let size = (ui.ctx().content_rect().height() / 34.0).clamp(14.0, 30.0);
        ui.vertical(|ui| {
            // nothing else moves while it is open
            ui.set_min_height(mode.strip_height);
            line::show(ui, ctx, mode, stage, size);
        });
        return;
    }
    let seat = mode.own_seat();
    let whole = ui.horizontal_wrapped(|ui| {
        if icon_button(ui, Symbol::Back, "Previous", true, false).clicked()
            && let Some(place) = stage.course.previous(stage.room_at)
        {
            mode.go(ctx, place, seat);
        }
        if icon_button(ui, Symbol::Forward, "Next", true, false).clicked()
            && let Some(place) = stage.course.next(stage.room_at)
        {
            mode.go(ctx, place, seat);
        }
        ui.separator();
        for (letter, kind) in
            [("D", LogKind::Decision), ("S", LogKind::Dissent), ("P", LogKind::Parked), ("R", LogKind::Remark)]
        {
            let button = egui::Button::new(format!("{}  {letter}", capital(kind.word())));
            let button = ui.add_enabled(!stage.workshop.closed, button);
            if button.on_hover_text("Write it down").clicked() {
                mode.write_down(ctx, stage, kind, seat);
            }
        }
        ui.separator();
        if stage.workshop.closed {
            let again = ui.button("Take it up again");
            if again.on_hover_text("It is over: its days and its time stand until it is taken up").clicked() {
                mode.take_up(ctx, stage);
            }
        }
        ui.menu_button("More", |ui| more(ui, ctx, mode, stage));
        if ui.button("Leave  Esc").on_hover_text("Everything is kept").clicked() {
            ctx.send(Action::Workshop(WorkshopAction::Leave));
        }
        if mode.is_alone {
            let words = "This desktop gives no second window, so the room sees this one.";
            ui.label(RichText::new(words).color(color32(ctx.palette.warning)));
        }
    });
    if seat == Seat::Scribe
        && let Some(said) = &mode.said
    {
        ui.label(RichText::new(&said.words).color(color32(ctx.palette.text)));
    }
    mode.strip_height = whole.response.rect.height();
}

/// What is seldom asked of the mode.
fn more(ui: &mut Ui, ctx: &Context, mode: &mut Mode, stage: &Stage) {
    let word = if mode.clock.is_running { "Pause" } else { "Go on" };
    if !stage.workshop.closed && ui.button(format!("{word}  T")).clicked() {
        mode.clock.is_running = !mode.clock.is_running;
        mode.keep(ctx, Some(stage.room_at));
    }
    let blank = ui.add(egui::Button::new("Blank  B").selected(mode.is_blank));
    if blank.on_hover_text("The room sees nothing").clicked() {
        mode.is_blank = !mode.is_blank;
    }
    if !mode.has_second && ui.add(egui::Button::new("Scribe  L").selected(mode.shows_scribe)).clicked() {
        mode.shows_scribe = !mode.shows_scribe;
    }
    let second = ui.add(egui::Button::new("Second window  F7").selected(mode.has_second));
    if second.on_hover_text("One window for the room, one for the scribe").clicked() {
        ctx.send(Action::Workshop(WorkshopAction::SecondWindow));
    }
    if ui.button("Keys  ?").clicked() {
        mode.shows_keys = !mode.shows_keys;
    }
}

/// What is spoken of, and what is said about it.
fn now(ui: &mut Ui, ctx: &Context, mode: &mut Mode, stage: &Stage) {
    let at = stage.course.position(stage.place).unwrap_or_default();
    let (session, here) = mode.clock.whole_seconds();
    let words = format!("{} of {}   {}   {}", at + 1, stage.course.len(), clock::words(here), clock::words(session));
    ui.label(RichText::new(words).weak());
    let is_over = stage.workshop.closed;
    // a part of its own, so that what is typed below keeps its field
    ui.vertical(|ui| {
        if stage.place != stage.room_at {
            let on = item_words(ctx.project, stage.room_at);
            let words = format!("The room has gone on to {on}. Esc leaves the text and follows.");
            ui.label(RichText::new(words).color(color32(ctx.palette.warning)));
        }
        if is_over {
            ui.label(RichText::new(super::IS_OVER).color(color32(ctx.palette.warning)));
        }
    });
    match stage.place {
        WorkshopItem::Question(key) => question(ui, ctx, mode, stage, key),
        WorkshopItem::Risk(id) => rating::show(ui, ctx, mode, stage, id),
    }
    section(ui, "Said about this", |ui| {
        let mut is_empty = true;
        for (place, entry) in stage.workshop.log.iter().enumerate().filter(|(_, it)| it.about == Some(stage.place)) {
            is_empty = false;
            let contents = |ui: &mut Ui| said(ui, ctx, mode, stage, place, entry.kind);
            ui.push_id(("said", place), |ui| ui.add_enabled_ui(!is_over, contents));
        }
        if is_empty {
            ui.label(RichText::new("Nothing yet. D decision, S dissent, P parked, R remark.").weak());
        }
    });
}

fn question(ui: &mut Ui, ctx: &Context, mode: &mut Mode, stage: &Stage, key: GapKey) {
    let Some(requirement) = ctx.catalogue.requirement(key.requirement) else { return };
    let project = ctx.project;
    let place = format!("{}  {}", project.target_tag(key.target), project.target_name(key.target));
    ui.label(title(place));
    ui.label(strong(format!("{}  {}", requirement.id, requirement.title)));
    ui.label(&requirement.question);
    let answer = project.answer(key.target, key.requirement).cloned().unwrap_or_default();
    ui.add_space(4.0);
    ui.add_enabled_ui(!stage.workshop.closed, |ui| {
        ui.horizontal_wrapped(|ui| {
            for (number, status) in STATUSES {
                let is_chosen = std::mem::discriminant(&answer.status) == std::mem::discriminant(&status);
                let text = format!("{number}  {}", status_word(status));
                if ui.add(egui::Button::new(text).selected(is_chosen)).clicked() && !is_chosen {
                    mode.answer(ctx, stage, key, status, mode.own_seat());
                }
            }
        });
        texts(ui, ctx, mode, stage, key, &answer);
    });
    ui.collapsing("What to look for", |ui| {
        ui.label(&requirement.look_for);
        for evidence in &requirement.evidence {
            ui.label(format!("•  {evidence}"));
        }
    });
}

/// What is written to an answer, and who gave it.
fn texts(ui: &mut Ui, ctx: &Context, mode: &Mode, stage: &Stage, key: GapKey, answer: &Answer) {
    let project = ctx.project;
    let room = (mode.id, stage.workshop);
    let change = |change: &dyn Fn(&mut Answer)| {
        let mut answer = answer.clone();
        change(&mut answer);
        answer::with_taken(ctx, room, key, answer)
    };
    ui.push_id(key, |ui| {
        match answer.status {
            Status::Compensated => {
                let field = Field::new(ctx, "Countermeasure").hint("What stands in for it");
                multiline(ui, field, &answer.countermeasure, 2, |it| change(&|all| all.countermeasure.clone_from(&it)));
            }
            Status::NotApplicable => {
                let field = Field::new(ctx, "Justification").hint("Why it does not concern this place");
                multiline(ui, field, &answer.justification, 2, |it| change(&|all| all.justification.clone_from(&it)));
            }
            Status::Inherited(source) => {
                let others = || {
                    let mut others: Vec<Target> = project.targets().filter(|it| *it != key.target).collect();
                    others.sort_by_key(|&it| project.target_tag(it));
                    others
                };
                let tag = |it: Target| project.target_tag(it).to_owned();
                one_of_many(ui, Field::new(ctx, "Inherited from"), source, others, tag, |it| {
                    change(&|all| all.status = Status::Inherited(it))
                });
            }
            _ => (),
        }
        let notes = Field::new(ctx, "Notes").hint("What was seen and said; the room does not see it");
        multiline(ui, notes, &answer.notes, 3, |it| change(&|all| all.notes.clone_from(&it)));
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new("Capability").small().weak());
            for (known, word) in [(Known::Yes, "Y  yes"), (Known::No, "N  no"), (Known::Unknown, "U  unknown")] {
                if ui.add(egui::Button::new(word).selected(answer.capable == known)).clicked() {
                    answer::set_capable(ctx, room, key, known);
                }
            }
            switch(ui, ctx, "Look at it again", answer.review, |it| change(&|all| all.review = it));
        });
        if answer.status != Status::NotAssessed {
            let all = stage.workshop.answered_by();
            ui.horizontal_wrapped(|ui| {
                let day = answer.answered_on.map_or_else(|| " by".to_owned(), |it| format!(" on {it}, by"));
                ui.label(RichText::new(format!("Answered{day}")).small().weak());
                let nobody = if all.is_empty() { "nobody in particular" } else { all.as_str() };
                if let Some(by) = speaker(ui, "Answered by", stage, &answer.answered_by, (&all, nobody)) {
                    ctx.edit(change(&|all| all.answered_by.clone_from(&by)));
                }
            });
        }
    });
}

/// Who said something, to be chosen from those who are here. Returns who was chosen.
fn speaker(ui: &mut Ui, name: &str, stage: &Stage, by: &str, (nobody, words): (&str, &str)) -> Option<String> {
    let mut chosen = by.to_owned();
    let shown = if by.is_empty() { format!("{}…", name.to_lowercase()) } else { by.to_owned() };
    let combo =
        egui::ComboBox::from_id_salt(name).selected_text(shown).truncate().width(ui.available_width().min(240.0));
    let all = || {
        let speakers = stage.workshop.speakers().filter(|it| *it != nobody).map(|it| (it.to_owned(), it.to_owned()));
        std::iter::once((nobody.to_owned(), words.to_owned())).chain(speakers).collect()
    };
    drop_down(ui, combo, &mut chosen, all).accessible_name(name);
    (chosen != by).then_some(chosen)
}

/// An entry of the log that can be written on.
fn said(ui: &mut Ui, ctx: &Context, mode: &Mode, stage: &Stage, place: usize, kind: LogKind) {
    let Some(entry) = stage.workshop.log.get(place) else { return };
    ui.horizontal_wrapped(|ui| {
        chip(ui, kind.word(), kind_colors(ctx, kind));
        if is_unsettled(entry) {
            ui.label(RichText::new("open").small().weak());
        }
        if let Some(by) = speaker(ui, "Said by", stage, &entry.by, ("", "nobody in particular")) {
            ctx.edit(workshop_edit(mode.id, stage.workshop, |it| {
                if let Some(entry) = it.log.get_mut(place) {
                    entry.by.clone_from(&by);
                }
            }));
        }
    });
    multiline(ui, Field::new(ctx, "What was said"), &entry.text, 1, |text| {
        workshop_edit(mode.id, stage.workshop, |it| {
            if let Some(entry) = it.log.get_mut(place) {
                entry.text.clone_from(&text);
            }
        })
    });
}

/// What comes next, who is there, and what was put off.
fn around(ui: &mut Ui, ctx: &Context, mode: &mut Mode, stage: &Stage) {
    ui.label(title(workshop_title(stage.workshop)));
    section(ui, "Next", |ui| {
        let at = stage.course.position(stage.room_at).unwrap_or_default();
        let mut chosen = None;
        for stop in stage.course.stops().iter().skip(at + 1).take(NEXT) {
            let words = item_words(ctx.project, stop.item);
            let words = if stop.is_open { words } else { format!("{words}  (answered)") };
            if ui.link(words).clicked() {
                chosen = Some(stop.item);
            }
        }
        if at + 1 >= stage.course.len() {
            ui.label(RichText::new("This is the last one.").weak());
        }
        let open = stage.course.next_open(stage.room_at);
        if open.is_some() && ui.button("Next open  O").clicked() {
            chosen = open;
        }
        if let Some(place) = chosen {
            mode.go(ctx, place, mode.own_seat());
        }
    });
    let is_over = stage.workshop.closed;
    section(ui, "Who is here", |ui| {
        if stage.workshop.attendance.is_empty() {
            ui.label(RichText::new("Nobody is invited: do that on the workshop's page (F6).").weak());
        }
        ui.add_enabled_ui(!is_over, |ui| {
            for (place, attendee) in stage.workshop.attendance.iter().enumerate() {
                let who = if attendee.role.is_empty() { &attendee.name } else { &attendee.role };
                ui.push_id(("came", place), |ui| present(ui, ctx, mode.id, stage.workshop, place, who));
            }
            let roles: Vec<String> = stage.workshop.present().map(str::to_owned).collect();
            answering(ui, ctx, mode.id, stage.workshop, &roles);
        });
    });
    for kind in [LogKind::Parked, LogKind::Dissent, LogKind::Decision] {
        let entries: Vec<_> = stage.workshop.log.iter().filter(|it| it.kind == kind && !it.settled).collect();
        if entries.is_empty() {
            continue;
        }
        section(ui, &format!("{} {}", capital(plural(kind)), entries.len()), |ui| {
            for entry in entries.into_iter().rev() {
                let about = entry.about.map(|it| item_words(ctx.project, it)).unwrap_or_default();
                ui.label(&entry.text);
                ui.label(RichText::new(about).small().weak());
            }
        });
    }
}
