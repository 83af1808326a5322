//! What is done, what blocks, what is next; and all findings.

use std::rc::Rc;
use std::sync::Arc;

use egui::{RichText, Ui};

use crate::analysis::{Aims, Analysis, Answered, Band, Finding, Gap, Severity, Treatment, validation};
use crate::model::Subject;
use crate::text::Face;
use crate::ui::action::{Action, View, Waypoint};
use crate::ui::context::Context;
use crate::ui::kept::Kept;
use crate::ui::theme::{color32, font, strong};
use crate::ui::views::finding_row;
use crate::ui::views::{counted, percent};
use crate::ui::widgets::{capital, card, chip, page, pressable, primary_button, section};

/// What the page remembers.
#[derive(Default)]
pub struct OverviewState {
    severity: Option<Severity>,
    shows_set_aside: bool,
    wanted: String,
    /// The list of findings is to be scrolled to.
    turns_to_findings: bool,
    facts: Kept<u64, Rc<Facts>>,
    listed: Kept<(u64, Option<Severity>, bool, String), Rc<Listed>>,
}

/// What the page counts, at a revision.
struct Facts {
    untreated: usize,
    /// Gaps of the two most urgent bands.
    urgent: [usize; 2],
    without_target: usize,
    answered: Answered,
    satisfied: usize,
    proven: usize,
    /// How many targets above 0 are reached.
    aims: Aims,
}

impl Facts {
    fn of(analysis: &Analysis) -> Self {
        let gaps = |is: &dyn Fn(&Gap) -> bool| analysis.gaps.iter().filter(|it| is(it)).count();
        let mut facts = Self {
            untreated: gaps(&|it| it.treatment == Treatment::Untreated),
            urgent: [gaps(&|it| it.band == Band::P1), gaps(&|it| it.band == Band::P2)],
            without_target: 0,
            answered: analysis.answered(),
            satisfied: 0,
            proven: 0,
            aims: analysis.aims(),
        };
        for levels in analysis.targets.values() {
            facts.satisfied += (levels.demanded & levels.standing.satisfied).len();
            facts.proven += (levels.demanded & levels.standing.proven).len();
            facts.without_target += usize::from(levels.target.is_none());
        }
        facts
    }
}

/// The first findings under a filter, and how many there are.
struct Listed {
    first: Vec<Arc<Finding>>,
    count: usize,
}

impl OverviewState {
    /// Lists the findings of a severity, whatever was filtered before.
    pub fn show_findings(&mut self, severity: Severity) {
        *self = Self { severity: Some(severity), turns_to_findings: true, ..Self::default() };
    }
}

/// How many findings stand on the page at first.
const SHOWN: usize = 200;

/// Shows it.
pub fn overview(ui: &mut Ui, ctx: &Context, state: &mut OverviewState) {
    page(ui, "overview", "Overview", "How far the assessment is, what blocks it, what comes next.", |ui| {
        let facts = Rc::clone(state.facts.get(ctx.session.analyses(), || Rc::new(Facts::of(ctx.analysis))));
        next_step(ui, ctx, &facts);
        parked(ui, ctx);
        figures(ui, ctx, &facts);
        section(ui, "Validation before remediation", |ui| steps(ui, ctx));
        if std::mem::take(&mut state.turns_to_findings) {
            ui.scroll_to_cursor(Some(egui::Align::TOP));
        }
        section(ui, "All findings", |ui| findings(ui, ctx, state));
    });
}

/// The one thing to do next, with a button that leads there.
fn next_step(ui: &mut Ui, ctx: &Context, facts: &Facts) {
    let project = ctx.project;
    let &Facts { untreated, without_target, answered, .. } = facts;
    let open = answered.open();
    let errors = ctx.analysis.open_findings(Severity::Error);
    let (text, view, button) = if project.scope.name.is_empty() {
        ("Say what the system under consideration is and where it ends.".to_owned(), View::Scope, "Describe the scope")
    } else if project.zones.is_empty() {
        ("Draw the zones and the conduits that join them.".to_owned(), View::Diagram, "Draw the plant")
    } else if project.assets.is_empty() {
        ("Put assets into the zones.".to_owned(), View::Diagram, "Add assets")
    } else if without_target > 0 {
        let verb = if without_target == 1 { "has" } else { "have" };
        let count = counted(without_target, "zone or conduit", "zones and conduits");
        (format!("{count} {verb} no target (SL-T) yet."), View::Diagram, "Set targets")
    } else if open > 0 {
        let verb = if open == 1 { "waits" } else { "wait" };
        let count = counted(open, "demanded requirement", "demanded requirements");
        (format!("{count} {verb} for an answer."), View::Requirements, "Answer requirements")
    } else if untreated > 0 {
        let verb = if untreated == 1 { "has" } else { "have" };
        let count = counted(untreated, "gap", "gaps");
        (format!("{count} {verb} neither an action nor an acceptance."), View::Gaps, "Plan actions")
    } else if errors > 0 {
        let verb = if errors == 1 { "is" } else { "are" };
        let count = counted(errors, "error", "errors");
        (format!("{count} in the model {verb} left, listed below."), View::Diagram, "Look at the diagram")
    } else if answered.demanded == 0 {
        ("No target (SL-T) demands anything: hand over the report.".to_owned(), View::Report, "Write the report")
    } else {
        (
            "Everything demanded is answered and every gap treated: hand over the report.".to_owned(),
            View::Report,
            "Write the report",
        )
    };
    card(ui, ctx.palette, |ui| {
        ui.set_width(ui.available_width());
        let is_wide = ui.available_width() > 600.0;
        ui.horizontal(|ui| {
            ui.label(strong("Next"));
            if is_wide {
                ui.label(text);
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| lead(ui, ctx, button, view));
            } else {
                ui.add(egui::Label::new(text).wrap());
            }
        });
        if !is_wide {
            lead(ui, ctx, button, view);
        }
    });
}

/// What workshops put off and nobody has dealt with yet.
fn parked(ui: &mut Ui, ctx: &Context) {
    let of = |it: &crate::model::Workshop| it.parked().count();
    let all: usize = ctx.project.workshops.values().map(of).sum();
    if all > 0 {
        let verb = if all == 1 { "waits" } else { "wait" };
        let words = format!("{} from workshops {verb}", counted(all, "parked item", "parked items"));
        if ui.link(words).clicked() {
            let fullest = ctx.project.workshops.iter().max_by_key(|(_, it)| of(it)).map(|(id, _)| id);
            if let Some(id) = fullest {
                ctx.go_to(View::Workshop, id);
            }
        }
    }
}

fn lead(ui: &mut Ui, ctx: &Context, button: &str, view: View) {
    if primary_button(ui, ctx.palette, button).clicked() {
        // a target is set in the inspector of its zone or conduit
        match without_target(ctx) {
            Some(target) if view == View::Diagram => ctx.go_to(view, target),
            _ => ctx.send(Action::Go(view)),
        }
    }
}

/// The first zone or conduit, by tag, that has no target yet.
fn without_target(ctx: &Context) -> Option<Subject> {
    let without = ctx.analysis.targets.iter().filter(|(_, levels)| levels.target.is_none()).map(|(&target, _)| target);
    without.min_by_key(|&target| (target.conduit().is_some(), ctx.project.target_tag(target))).map(Into::into)
}

/// How much the figures rest on.
fn so_far(analysis: &Analysis, answered: Answered) -> String {
    match answered {
        Answered { demanded: 0, .. } if analysis.has_all_targets() => {
            "No target demands anything: there is nothing to count.".to_owned()
        }
        Answered { demanded: 0, .. } => "No target demands anything yet: there is nothing to count.".to_owned(),
        Answered { answered: 0, .. } => "Not assessed: nothing that the targets demand is answered yet.".to_owned(),
        _ => format!("Of what the targets demand: {}.", answered.words()),
    }
}

fn figures(ui: &mut Ui, ctx: &Context, facts: &Facts) {
    let palette = ctx.palette;
    let ([first, second], aims, answered) = (facts.urgent, facts.aims, facts.answered);
    // where nothing is answered there is no figure: a zero would read as a result
    let none = || "–".to_owned();
    let share = |part: usize| {
        let share = answered.known(part).and_then(|it| percent(it, answered.demanded));
        share.map_or_else(none, |it| format!("{it} %"))
    };
    let gaps = |count: usize, label, meaning, color| match answered.known(count) {
        None => (none(), label, meaning, palette.text_weak, View::Gaps),
        Some(0) => ("0".to_owned(), label, meaning, palette.text, View::Gaps),
        Some(count) => (count.to_string(), label, meaning, color, View::Gaps),
    };
    let figures = [
        gaps(first, "gaps P1", "The most urgent band", palette.bands[0]),
        gaps(second, "gaps P2", "The second band", palette.bands[1]),
        gaps(facts.untreated, "gaps untreated", "Neither an action nor an acceptance treats them", palette.error),
        (
            if answered.demanded == 0 { none() } else { answered.open().to_string() },
            "open questions",
            "Demanded by a target and not answered yet",
            palette.hint,
            View::Requirements,
        ),
        (
            share(facts.satisfied),
            "satisfied",
            "Share of all demanded requirements that are satisfied",
            palette.accent,
            View::Requirements,
        ),
        (
            share(facts.proven),
            "proven",
            "Share of all demanded requirements that current evidence proves",
            palette.accent,
            View::Requirements,
        ),
        (
            answered.known(aims.reached).map_or_else(none, |it| format!("{it} of {}", aims.all())),
            "targets reached",
            "Zones and conduits that reach their target in each FR",
            palette.accent,
            View::Requirements,
        ),
        (
            if aims.all() == 0 { none() } else { aims.open.to_string() },
            "targets open",
            "Zones and conduits that are known to fall short nowhere, but are not assessed to the end",
            palette.hint,
            View::Requirements,
        ),
    ];
    ui.add_space(10.0);
    ui.label(RichText::new(so_far(ctx.analysis, answered)).weak());
    ui.add_space(2.0);
    let (room, gap) = (ui.available_width(), ui.spacing().item_spacing.x);
    let fits = |columns: &usize| room / *columns as f32 >= 124.0;
    let columns = [8, 4, 3].into_iter().find(fits).unwrap_or(2);
    // what is left of a column inside the card's margins and edge
    let width = (room + gap) / columns as f32 - gap - 30.0;
    for row in figures.chunks(columns) {
        ui.horizontal(|ui| {
            for (figure, label, meaning, color, view) in row {
                let response = ui.scope(|ui| {
                    card(ui, palette, |ui| {
                        ui.set_width(width);
                        ui.label(RichText::new(figure).font(font(Face::SemiBold, 24.0)).color(color32(*color)));
                        ui.label(RichText::new(*label).small().weak());
                    });
                });
                let response = pressable(ui, &response.response);
                response
                    .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{figure} {label}")));
                if response.has_focus() {
                    let stroke = ui.visuals().selection.stroke;
                    ui.painter().rect_stroke(response.rect, 8.0, stroke, egui::StrokeKind::Inside);
                }
                let response = response.on_hover_text(*meaning).on_hover_cursor(egui::CursorIcon::PointingHand);
                if response.clicked() {
                    ctx.send(Action::Go(*view));
                }
            }
        });
    }
}

/// The four steps in short; each leads to where it is confirmed.
fn steps(ui: &mut Ui, ctx: &Context) {
    let palette = ctx.palette;
    let steps = ctx.analysis.steps(ctx.catalogue);
    let early = validation::out_of_order(steps, !ctx.project.actions.is_empty());
    ui.label(
        RichText::new("Auditors expect this order. The program shows what is open and warns; it never blocks.").weak(),
    );
    let is_wide = ui.available_width() > 680.0 * palette.type_size;
    egui::Grid::new("steps").num_columns(3).spacing([14.0, 8.0]).show(ui, |ui| {
        for (number, state) in steps.iter().enumerate() {
            let name = format!("{}  {}", number + 1, capital(state.step.word()));
            if ui.link(strong(name)).on_hover_text("Look at it and confirm it on the ZCR path").clicked() {
                ctx.send(Action::Waypoint(Waypoint::Step(state.step)));
            }
            let open: Vec<_> = state.open.iter().map(crate::analysis::Open::words).collect();
            let open = if open.is_empty() { "nothing open".to_owned() } else { open.join(", ") };
            ui.label(RichText::new(open).weak());
            match &state.confirmed {
                Some(it) => {
                    let day = it.on.map(|day| format!(", {day}")).unwrap_or_default();
                    let whole = format!("confirmed {}{day}", it.by);
                    let shown = if is_wide { whole.as_str() } else { "confirmed" };
                    let response = chip(ui, shown, (palette.good_soft, palette.good));
                    if !is_wide {
                        response.on_hover_text(whole.as_str());
                    }
                }
                None if early.contains(&state.step) => {
                    chip(ui, "later work has begun", (palette.warning_soft, palette.warning));
                }
                None => {
                    chip(ui, "not confirmed", (palette.sunken, palette.text_weak));
                }
            }
            ui.end_row();
        }
    });
}

fn findings(ui: &mut Ui, ctx: &Context, state: &mut OverviewState) {
    let all = &ctx.analysis.findings;
    if all.is_empty() {
        ui.label(RichText::new("Nothing found. The checks run by themselves with every change.").weak());
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let open: usize = Severity::ALL.into_iter().map(|it| all.open(it)).sum();
        ui.selectable_value(&mut state.severity, None, format!("All {open}"));
        for severity in Severity::ALL {
            let count = ctx.analysis.open_findings(severity);
            ui.selectable_value(
                &mut state.severity,
                Some(severity),
                counted(count, severity.word(), &format!("{}s", severity.word())),
            );
        }
        let aside = all.len() - open;
        ui.checkbox(&mut state.shows_set_aside, format!("{aside} set aside"));
        let field =
            egui::TextEdit::singleline(&mut state.wanted).hint_text("Filter by tag, code or word").desired_width(200.0);
        ui.add(field).accessible_name("Filter findings");
    });
    let wanted = state.wanted.to_lowercase();
    let (severity, shows_set_aside) = (state.severity, state.shows_set_aside);
    let asked = (ctx.session.analyses(), severity, shows_set_aside, wanted.clone());
    let listed = state.listed.get(asked, || {
        let has_words = |it: &Finding| format!("{} {}", it.check.code, it.message).to_lowercase().contains(&wanted);
        let is_listed = |it: &&Arc<Finding>| {
            (shows_set_aside || it.set_aside.is_none())
                && severity.is_none_or(|severity| it.severity() == severity)
                && (wanted.is_empty() || has_words(it))
        };
        let mut listed: Vec<&Arc<Finding>> = all.shared().filter(is_listed).collect();
        listed.sort_by_key(|it| it.severity());
        Rc::new(Listed { count: listed.len(), first: listed.into_iter().take(SHOWN).map(Arc::clone).collect() })
    });
    for finding in &listed.first {
        finding_row(ui, ctx, finding);
    }
    if listed.count > SHOWN {
        ui.label(RichText::new(format!("{} more; filter to see them.", listed.count - SHOWN)).weak());
    }
}
