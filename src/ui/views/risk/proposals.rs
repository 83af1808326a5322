//! Scenarios that the library proposes for what is drawn: taken or refused one by one, and the
//! whole library to take from by hand.

use std::cell::OnceCell;
use std::rc::Rc;

use egui::{Key, Modifiers, RichText, Sense, TextEdit, Ui};

use crate::analysis::proposals::take;
use crate::analysis::{Proposal, Proposals};
use crate::catalogue::Scenario;
use crate::edit::{Edit, Item, next_tag};
use crate::hands::rate;
use crate::model::{Consequences, Id, Risk, RiskId, RiskMatrix, SetAside, Subject, Target, ZoneId};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::kept::Kept;
use crate::ui::theme::{color32, strong, title};
use crate::ui::views::counted;
use crate::ui::widgets::{
    Draft, capital, chip, dialog, dialog_width, focus_ring, is_below_dialog, is_left, presses, primary_button, section,
};

/// What the list remembers.
#[derive(Default)]
pub(super) struct Offers {
    /// What is proposed for the project at a revision.
    offered: Kept<u64, Rc<Offered>>,
    /// How high each card is, in this width; 0 where that is not known.
    heights: (f32, Vec<f32>),
    /// Which of the open ones is looked at.
    here: usize,
    /// It is scrolled to when it is shown next.
    scrolls: bool,
    /// The one that is about to be refused, and why.
    refusing: Option<(String, String)>,
    /// A word that the scenarios of the library must have.
    wanted: String,
    browses: bool,
}

/// What is proposed, and how many zones would get a higher consequence by it, once that was asked for.
struct Offered {
    proposals: Proposals<'static>,
    rising: OnceCell<usize>,
}

impl Offers {
    /// What is proposed now.
    fn offered(&mut self, ctx: &Context) -> Rc<Offered> {
        let offered = self.offered.get(ctx.session.analyses(), || {
            Rc::new(Offered { proposals: ctx.analysis.proposals(ctx.catalogue), rising: OnceCell::new() })
        });
        Rc::clone(offered)
    }

    /// Asks why this one is refused, with what was typed for it before.
    fn begin_to_refuse(&mut self, ctx: &egui::Context, key: &str) {
        self.refusing = Some((key.to_owned(), Draft::of("refuse", key).text(ctx, "")));
    }

    /// Shows what answers to these words in the library.
    pub fn browse(&mut self, words: &str) {
        self.browses = true;
        words.clone_into(&mut self.wanted);
    }

    /// How many wait for an answer.
    pub fn open(&mut self, ctx: &Context) -> usize {
        self.offered(ctx).proposals.open.len()
    }

    /// How high a card is, where that is known and it is not the one looked at.
    fn height(&mut self, ui: &Ui, place: usize) -> Option<f32> {
        let width = ui.available_width();
        if self.heights.0 != width {
            self.heights = (width, Vec::new());
        }
        self.heights.1.get(place).copied().filter(|it| *it > 0.0 && place != self.here)
    }

    fn note_height(&mut self, place: usize, height: f32) {
        if self.heights.1.len() <= place {
            self.heights.1.resize(place + 1, 0.0);
        }
        if let Some(it) = self.heights.1.get_mut(place) {
            *it = if place == self.here { 0.0 } else { height };
        }
    }
}

/// Shows it.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut Offers) {
    let offered = state.offered(ctx);
    let proposals = &offered.proposals;
    state.here = state.here.min(proposals.open.len().saturating_sub(1));
    ui.horizontal_wrapped(|ui| {
        ui.selectable_value(&mut state.browses, false, format!("Proposed {}", proposals.open.len()));
        ui.selectable_value(
            &mut state.browses,
            true,
            format!("Browse the library {}", ctx.catalogue.scenarios().len()),
        );
    });
    if state.browses {
        library(ui, ctx, state);
    } else {
        keyboard(ui, ctx, state, proposals);
        proposed(ui, ctx, state, &offered);
    }
    ask_reason(ui, ctx, state);
}

fn proposed(ui: &mut Ui, ctx: &Context, state: &mut Offers, offered: &Offered) {
    let proposals = &offered.proposals;
    if proposals.open.is_empty() {
        let text = if ctx.project.zones.is_empty() {
            "Nothing is drawn yet. Scenarios are proposed for zones, conduits and assets."
        } else {
            "Nothing further is proposed for what is drawn."
        };
        ui.add_space(8.0);
        ui.label(RichText::new(text).weak());
    } else {
        let rising = *offered.rising.get_or_init(|| rising(ctx, proposals).len());
        ui.horizontal_wrapped(|ui| {
            let text = "Enter takes the one looked at, R refuses it, arrows go on.";
            ui.label(RichText::new(text).small().weak());
            let all = format!("Take all {}", proposals.open.len());
            if ui.button(all).on_hover_text("One step, which can be undone").clicked()
                && let Some(edit) = take(ctx.project, &proposals.open)
            {
                ctx.edit(edit);
            }
        });
        if rising > 0 {
            let zones = counted(rising, "zone", "zones");
            let text = format!("The library's usual consequences would raise the consequence (C) of {zones}.");
            let hint = "Rate the scenarios you take as bad as they are here; what is not rated counts as 3.";
            ui.label(RichText::new(text).color(color32(ctx.palette.warning))).on_hover_text(hint);
        }
    }
    let scrolls = std::mem::take(&mut state.scrolls);
    egui::ScrollArea::vertical().id_salt("proposals").auto_shrink([false, false]).show(ui, |ui| {
        for (place, proposal) in proposals.open.iter().enumerate() {
            let is_here = place == state.here;
            let room = |height| egui::Rect::from_min_size(ui.cursor().min, egui::vec2(ui.available_width(), height));
            let hidden = state.height(ui, place).map(room).filter(|it| !ui.is_rect_visible(*it));
            let response = match hidden {
                Some(room) => hidden_card(ui, proposal, room),
                None => card(ui, ctx, state, proposal, is_here),
            };
            state.note_height(place, response.rect.height());
            if is_here && scrolls {
                response.scroll_to_me(None);
            }
            if response.clicked() || response.gained_focus() {
                state.here = place;
            }
        }
        if !proposals.refused.is_empty() {
            section(ui, "Refused", |ui| {
                for proposal in &proposals.refused {
                    refused(ui, ctx, proposal);
                }
            });
        }
    });
}

/// The zones whose consequence would rise if all that is proposed were taken as the library has it.
fn rising(ctx: &Context, proposals: &Proposals) -> std::collections::BTreeSet<ZoneId> {
    let matrix = &ctx.project.settings.matrix;
    let of_zone = |it: &Target| ctx.analysis.factors.consequence(*it).value;
    let raised = proposals.open.iter().flat_map(|proposal| {
        let rated = proposal.scenario.consequences.ratings().into_iter().flatten();
        let worst = rated.map(|it| matrix.consequence_of_five(matrix.consequence_from_five(it))).max();
        proposal.targets.iter().filter(move |it| worst > Some(of_zone(it))).filter_map(|it| it.zone())
    });
    raised.collect()
}

/// One proposal: what, where, why, how bad, by what and against what.
fn card(ui: &mut Ui, ctx: &Context, state: &mut Offers, proposal: &Proposal<'static>, is_here: bool) -> egui::Response {
    let palette = ctx.palette;
    let scenario = proposal.scenario;
    let (width, edge) = if is_here { (2.0, palette.accent) } else { (1.0, palette.line) };
    let frame = egui::Frame::new()
        .fill(color32(palette.raised))
        .stroke(egui::Stroke::new(width, color32(edge)))
        .corner_radius(8.0)
        .inner_margin(12.0);
    let shown = frame.show(ui, |ui| {
        // beside the bar that scrolls
        ui.set_width(ui.available_width() - 10.0);
        ui.add(egui::Label::new(title(&scenario.title)).wrap().selectable(false));
        places(ui, ctx, proposal, is_here);
        ui.add(egui::Label::new(format!("{}.", capital(&proposal.why))).wrap().selectable(false));
        if is_here {
            ui.scope(|ui| facts(ui, ctx, scenario));
            ui.add_space(4.0);
            ui.horizontal_wrapped(|ui| {
                if primary_button(ui, palette, "Take").on_hover_text("Enter").clicked() {
                    take_one(ctx, state, proposal);
                }
                if ui.button("Refuse…").on_hover_text("R").clicked() {
                    state.begin_to_refuse(ui.ctx(), &proposal.key);
                }
            });
        }
    });
    // what stands on the one looked at keeps its clicks
    let response = if is_here {
        shown.response
    } else {
        ui.interact(shown.response.rect, ui.scope_id().with(("proposal", &proposal.key)), Sense::click())
    };
    named(&response, proposal, is_here);
    focus_ring(ui, &response);
    ui.add_space(2.0);
    response
}

/// One that is out of sight keeps its place.
fn hidden_card(ui: &mut Ui, proposal: &Proposal, room: egui::Rect) -> egui::Response {
    ui.advance_cursor_after_rect(room);
    let response = ui.interact(room, ui.scope_id().with(("proposal", &proposal.key)), Sense::click());
    named(&response, proposal, false);
    ui.add_space(2.0);
    response
}

fn named(response: &egui::Response, proposal: &Proposal, is_here: bool) {
    response.widget_info(|| {
        let name = format!("Proposal {}", proposal.scenario.title);
        egui::WidgetInfo::selected(egui::Role::Button, true, is_here, name)
    });
}

/// So many places of a proposal are named.
const NAMED: usize = 10;

/// Where it would be.
fn places(ui: &mut Ui, ctx: &Context, proposal: &Proposal, is_here: bool) {
    let targets = proposal.targets.iter().map(|&it| Subject::from(it));
    let mut all: Vec<Subject> = targets.chain(proposal.assets.iter().map(|&it| it.into())).collect();
    let count = all.len();
    let order = |one: &Subject, other: &Subject| {
        let place = |it: &Subject| (it.target().is_none(), ctx.project.subject_tag(*it));
        place(one).cmp(&place(other))
    };
    // of very many only the first ones are put in order
    if count > NAMED {
        all.select_nth_unstable_by(NAMED, order);
        all.truncate(NAMED);
    }
    all.sort_by(order);
    ui.horizontal_wrapped(|ui| {
        for &subject in &all {
            let tag = ctx.project.subject_tag(subject);
            if !is_here {
                ui.add(egui::Label::new(RichText::new(tag).color(color32(ctx.palette.accent))).selectable(false));
            } else if ui.link(tag).on_hover_text("Show it in the inspector").clicked() {
                ctx.select(subject);
            }
        }
        if count > NAMED {
            ui.label(RichText::new(format!("and {} more", count - NAMED)).weak());
        }
    });
}

/// What the library says of a scenario.
fn facts(ui: &mut Ui, ctx: &Context, scenario: &Scenario) {
    let matrix = &ctx.project.settings.matrix;
    ui.spacing_mut().interact_size.y = 0.0;
    ui.label(&scenario.scenario);
    let line = |ui: &mut Ui, name: &str, text: String| {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(name).weak());
            ui.label(text);
        });
    };
    line(ui, "Threat source", scenario.threat_source.clone());
    line(ui, "Weak points", scenario.weak_points.clone());
    line(ui, "Usual consequences", consequences(matrix, scenario));
    let likely = matrix.likelihood_from_five(scenario.likelihood);
    line(ui, "Usual likelihood", format!("{}, with nothing against it", rate::name(&matrix.likelihood, likely)));
    let techniques = scenario.techniques.iter().map(|it| technique(ctx, it));
    line(ui, "ATT&CK for ICS", techniques.collect::<Vec<_>>().join(", "));
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("Countered by").weak());
        for id in &scenario.requirements {
            let name = ctx.catalogue.requirement(*id).map_or("", |it| &it.title);
            chip(ui, &id.to_string(), (ctx.palette.sunken, ctx.palette.text)).on_hover_text(name);
        }
    });
}

/// A technique by its number and name.
fn technique(ctx: &Context, id: &str) -> String {
    ctx.catalogue.technique(id).map_or(id.to_owned(), |it| format!("{} {}", it.id, it.name))
}

/// "safety Severe, operations Serious".
fn consequences(matrix: &RiskMatrix, scenario: &Scenario) -> String {
    let rated = Consequences::CATEGORIES.iter().zip(scenario.consequences.ratings());
    let named = rated.filter_map(|(category, rating)| {
        let rating = matrix.consequence_from_five(rating?);
        Some(format!("{category} {}", rate::name(&matrix.consequence, rating)))
    });
    named.collect::<Vec<_>>().join(", ")
}

fn take_one(ctx: &Context, state: &mut Offers, proposal: &Proposal) {
    if let Some(edit) = take(ctx.project, [proposal]) {
        ctx.edit(edit);
        state.scrolls = true;
    }
}

/// One that was refused, with the reason.
fn refused(ui: &mut Ui, ctx: &Context, proposal: &Proposal) {
    ui.horizontal_wrapped(|ui| {
        ui.label(strong(&proposal.scenario.title));
        let again = ui.small_button("Propose again");
        if again.accessible_name(format!("Propose {} again", proposal.scenario.title)).clicked() {
            ctx.edit(Edit::Refuse(proposal.key.clone(), None));
        }
    });
    places(ui, ctx, proposal, true);
    if let Some(reason) = &proposal.refused {
        let day = reason.on.map(|it| format!(" ({it})")).unwrap_or_default();
        ui.label(RichText::new(format!("{}{day}", reason.reason)).weak());
    }
    ui.add_space(6.0);
}

/// Asks why one is refused.
fn ask_reason(ui: &Ui, ctx: &Context, state: &mut Offers) {
    let Some((key, reason)) = &mut state.refusing else { return };
    let is_typed = !reason.trim().is_empty();
    let mut is_done = false;
    let modal = dialog(ui.ctx(), "refuse").show(ui.ctx(), |ui| {
        ui.set_width(dialog_width(ui, 420.0));
        ui.label(title("Refuse this proposal"));
        let label = ui.label("Why does it not count here? The reason stands below the proposals.");
        let field = TextEdit::singleline(reason).hint_text("Not reachable from there…").desired_width(f32::INFINITY);
        let field = ui.add(field).labelled_by(label.id);
        // before the keys are given back to it
        let enters = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if ui.memory(|memory| memory.focused().is_none()) {
            field.request_focus();
        }
        ui.horizontal(|ui| {
            let is_given = !reason.trim().is_empty();
            let button = ui.add_enabled(is_given, egui::Button::new("Refuse"));
            if is_given && (button.clicked() || enters) {
                let given =
                    SetAside { reason: reason.trim().to_owned(), on: Some(ctx.analysis.as_of), ..SetAside::default() };
                ctx.edit(Edit::Refuse(key.clone(), Some(given)));
                reason.clear();
                is_done = true;
            }
            is_done |= ui.button("Cancel").clicked();
        });
    });
    // with each letter, so that a crash loses nothing
    Draft::of("refuse", key.as_str()).keep(ui.ctx(), reason, "");
    if is_done || is_left(&modal, is_typed) {
        state.refusing = None;
        state.scrolls = true;
    }
}

/// Every scenario of the library, to be taken for what is selected.
fn library(ui: &mut Ui, ctx: &Context, state: &mut Offers) {
    let targets: Vec<Target> = ctx.selection.subjects.iter().filter_map(|it| it.target()).collect();
    let at: Vec<&str> = targets.iter().map(|&it| ctx.project.target_tag(it)).collect();
    ui.horizontal_wrapped(|ui| {
        let field = TextEdit::singleline(&mut state.wanted).hint_text("Find in the library").desired_width(200.0);
        ui.add(field).accessible_name("Find in the library");
        let text = match at.is_empty() {
            true => "Taken for no zone: choose one elsewhere, or name it afterwards.".to_owned(),
            false => format!("Taken for {}.", at.join(", ")),
        };
        ui.label(RichText::new(text).small().weak());
    });
    let words: Vec<String> = state.wanted.split_whitespace().map(str::to_lowercase).collect();
    let is_meant = |it: &&Scenario| {
        let text = format!("{} {} {} {}", it.title, it.scenario, it.threat_source, it.techniques.join(" "));
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let meant: Vec<&Scenario> = ctx.catalogue.scenarios().iter().filter(is_meant).collect();
    if meant.is_empty() {
        ui.label(RichText::new("Nothing in the library answers to these words.").weak());
    }
    egui::ScrollArea::vertical().id_salt("library").auto_shrink([false, false]).show(ui, |ui| {
        for scenario in meant {
            let taken = ctx.project.risks.values().filter(|it| it.template == scenario.id).count();
            ui.horizontal(|ui| {
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
                    let button = ui.button("Take");
                    if button.accessible_name(format!("Take {}", scenario.title)).clicked() {
                        take_by_hand(ctx, scenario, &targets);
                    }
                    if taken > 0 {
                        let text = format!("taken {}", counted(taken, "time", "times"));
                        chip(ui, &text, (ctx.palette.sunken, ctx.palette.text_weak));
                    }
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Min), |ui| {
                        egui::CollapsingHeader::new(&scenario.title).id_salt(&scenario.id).show(ui, |ui| {
                            facts(ui, ctx, scenario);
                        });
                    });
                });
            });
        }
    });
}

/// A scenario of the library as one of the project's own.
fn take_by_hand(ctx: &Context, scenario: &'static Scenario, targets: &[Target]) {
    let assets = ctx.selection.subjects.iter().filter_map(|it| match it {
        Subject::Asset(id) => Some(*id),
        _ => None,
    });
    let proposal = Proposal {
        key: String::new(),
        scenario,
        targets: targets.iter().copied().collect(),
        assets: assets.collect(),
        why: String::new(),
        refused: None,
    };
    let id = RiskId::random();
    let tag = next_tag("R-", ctx.project.risks.values().map(|it| &it.tag));
    let risk = Risk { tag: tag.clone(), ..proposal.risk(ctx.project) };
    ctx.edit(Edit::Put(Item::Risk(id, risk)).named(format!("take scenario {tag} from the library")));
    ctx.send(Action::Say(format!("{tag}: {} is in the register", scenario.title)));
}

fn keyboard(ui: &Ui, ctx: &Context, state: &mut Offers, proposals: &Proposals<'static>) {
    if ui.ctx().text_edit_focused() || is_below_dialog(ui) || egui::Popup::is_any_open(ui.ctx()) {
        return;
    }
    let pressed = |key: Key| presses(ui, Modifiers::NONE, key) > 0;
    let last = proposals.open.len().saturating_sub(1);
    for (key, to) in [
        (Key::ArrowDown, (state.here + 1).min(last)),
        (Key::ArrowUp, state.here.saturating_sub(1)),
        (Key::Home, 0),
        (Key::End, last),
    ] {
        if pressed(key) {
            (state.here, state.scrolls) = (to, true);
        }
    }
    let Some(proposal) = proposals.open.get(state.here) else { return };
    // a button that has the keys takes Enter itself
    if ui.memory(|memory| memory.focused().is_none()) && pressed(Key::Enter) {
        take_one(ctx, state, proposal);
    }
    if pressed(Key::R) {
        state.begin_to_refuse(ui.ctx(), &proposal.key);
    }
}
