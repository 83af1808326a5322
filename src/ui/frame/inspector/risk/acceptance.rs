//! Whether somebody lives with what remains of a scenario: who, why, and until when.

use egui::{CollapsingHeader, RichText, Ui};

use super::super::section;
use crate::edit::{Edit, Item, next_tag};
use crate::model::{Acceptance, AcceptanceId, Id, RatedAt, Risk, RiskId, RiskLevel};
use crate::ui::context::Context;
use crate::ui::widgets::{Field, chip, date_field, multiline, optional_choice, pick, risk_word, singleline};

pub(super) fn show(ui: &mut Ui, ctx: &Context, id: RiskId, risk: &Risk) {
    section(ui, "Acceptance of what remains");
    let named: Vec<(AcceptanceId, &Acceptance)> =
        ctx.project.acceptances.iter().filter(|(_, it)| it.risks.contains(&id)).collect();
    for (acceptance, it) in &named {
        one(ui, ctx, id, *acceptance, it);
    }
    if named.is_empty() {
        ui.label(RichText::new("Nobody has accepted it.").weak());
    }
    ui.horizontal_wrapped(|ui| {
        if ui.button("Accept the residual risk…").clicked() {
            let matrix = &ctx.project.settings.matrix;
            let residual = risk.level(RatedAt::Residual, matrix).or_else(|| risk.level(RatedAt::Current, matrix));
            let acceptance = Acceptance {
                tag: next_tag("RA-", ctx.project.acceptances.values().map(|it| &it.tag)),
                risks: [id].into(),
                residual,
                countermeasures: risk.countermeasures.clone(),
                accepted_on: Some(ctx.analysis.as_of),
                expires_on: ctx.analysis.as_of.checked_add(jiff::Span::new().years(1)).ok(),
                review_every_months: Some(6),
                ..Acceptance::default()
            };
            ctx.edit(Edit::Put(Item::Acceptance(AcceptanceId::random(), acceptance)).named("accept residual risk"));
        }
        let others = || {
            let mut others: Vec<_> = ctx.project.acceptances.iter().filter(|(_, it)| !it.risks.contains(&id)).collect();
            others.sort_by_key(|(_, it)| &it.tag);
            others.into_iter().map(|(id, it)| (format!("{}  {}", it.tag, it.reason), (id, it))).collect()
        };
        if !ctx.project.acceptances.is_empty()
            && let Some((acceptance, it)) =
                pick(ui, "Add to an acceptance", "No further acceptance is recorded.", others)
        {
            let mut it = it.clone();
            it.risks.insert(id);
            ctx.put(Item::Acceptance(acceptance, it));
        }
    });
}

/// An acceptance, to be read at a glance and written below.
fn one(ui: &mut Ui, ctx: &Context, id: RiskId, acceptance: AcceptanceId, it: &Acceptance) {
    let palette = ctx.palette;
    ui.horizontal_wrapped(|ui| {
        let (word, colors) = if it.is_expired(ctx.analysis.as_of) {
            ("expired", (palette.warning_soft, palette.warning))
        } else if it.accepted_by.is_empty() {
            ("nobody named", (palette.error_soft, palette.error))
        } else {
            ("accepted", (palette.good_soft, palette.good))
        };
        chip(ui, word, colors);
        let by = if it.accepted_by.is_empty() { String::new() } else { format!(" by {}", it.accepted_by) };
        let until = it.expires_on.map(|day| format!(" until {day}")).unwrap_or_default();
        ui.label(format!("{}{by}{until}", it.tag));
    });
    let change = |change: &dyn Fn(&mut Acceptance)| {
        let mut it = it.clone();
        change(&mut it);
        Edit::Put(Item::Acceptance(acceptance, it))
    };
    ui.push_id(acceptance, |ui| {
        let header = CollapsingHeader::new(format!("Describe {}", it.tag)).default_open(it.accepted_by.is_empty());
        header.show(ui, |ui| {
            singleline(ui, Field::new(ctx, "Accepted by").hint("A role that may decide it"), &it.accepted_by, |text| {
                change(&|it| it.accepted_by.clone_from(&text))
            });
            let field = Field::new(ctx, "Why it can't be closed now");
            multiline(ui, field, &it.reason, 2, |text| change(&|it| it.reason.clone_from(&text)));
            let field = Field::new(ctx, "What stands in until then");
            multiline(ui, field, &it.countermeasures, 2, |text| change(&|it| it.countermeasures.clone_from(&text)));
            let matrix = &ctx.project.settings.matrix;
            let word = |level: RiskLevel| risk_word(matrix, level);
            optional_choice(ui, Field::new(ctx, "What remains"), it.residual, RiskLevel::ALL, word, |level| {
                change(&|it| it.residual = level)
            });
            ui.horizontal_wrapped(|ui| {
                date_field(ui, Field::new(ctx, "Accepted on"), acceptance, it.accepted_on, |day| {
                    change(&|it| it.accepted_on = day)
                });
                date_field(ui, Field::new(ctx, "Valid until"), acceptance, it.expires_on, |day| {
                    change(&|it| it.expires_on = day)
                });
            });
            let months = [None, Some(1), Some(3), Some(6), Some(12)];
            let word = |it: Option<u32>| it.map_or("never".to_owned(), |it| format!("every {it} months"));
            let known = it.review_every_months;
            let months: Vec<Option<u32>> =
                months.into_iter().chain((!months.contains(&known)).then_some(known)).collect();
            crate::ui::widgets::choice(ui, Field::new(ctx, "Review"), known, &months, word, |months| {
                change(&|it| it.review_every_months = months)
            });
            ui.horizontal_wrapped(|ui| {
                if (it.risks.len() > 1 || !it.gaps.is_empty()) && ui.button("Take this scenario out of it").clicked() {
                    ctx.edit(change(&|it| {
                        it.risks.remove(&id);
                    }));
                }
                if ui.button(format!("Delete {}", it.tag)).clicked() {
                    ctx.edit(Edit::Remove([acceptance.into()].into()));
                }
            });
        });
    });
}
