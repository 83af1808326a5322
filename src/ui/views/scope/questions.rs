//! The five scoping questions, each with what a good answer holds.

use egui::{RichText, Ui};

use super::{ScopeState, mark, scope_edit};
use crate::analysis::{ScopePart, scoping::says};
use crate::model::Scope;
use crate::ui::context::Context;
use crate::ui::theme::{strong, title};
use crate::ui::widgets::{Field, card, chip, multiline_of};

/// A question of the scope.
struct Question {
    part: ScopePart,
    question: &'static str,
    /// What a good answer holds.
    help: &'static str,
    read: fn(&Scope) -> &String,
    write: fn(&mut Scope) -> &mut String,
}

const QUESTIONS: [Question; 5] = [
    Question {
        part: ScopePart::RegulatedService,
        question: "Which regulated or critical service does it support?",
        help: "The service by name, who depends on it and how many, and after how long an outage is felt.",
        read: |scope| &scope.regulated_service,
        write: |scope| &mut scope.regulated_service,
    },
    Question {
        part: ScopePart::Dependencies,
        question: "Which assets, networks, flows and third parties does that need?",
        help: "What the service stops without: controllers, networks, power, data from others, vendors who reach in.",
        read: |scope| &scope.dependencies,
        write: |scope| &mut scope.dependencies,
    },
    Question {
        part: ScopePart::Constraints,
        question: "Which safety, availability and operational constraints limit controls?",
        help: "What must never be delayed or locked out, when the plant may stand still, what validation or warranty forbids.",
        read: |scope| &scope.constraints,
        write: |scope| &mut scope.constraints,
    },
    Question {
        part: ScopePart::Duties,
        question: "Which legal, contractual and sector duties apply?",
        help: "Laws and regulations with who watches over them, contracts with customers, sector rules; or that none applies.",
        read: |scope| &scope.duties,
        write: |scope| &mut scope.duties,
    },
    Question {
        part: ScopePart::ManagementBoundary,
        question: "What is inside the management system, and what is an outside dependency with supplier controls?",
        help: "Which policies reach this system, and for each outside service who answers for it and by which contract.",
        read: |scope| &scope.management_boundary,
        write: |scope| &mut scope.management_boundary,
    },
];

/// Shows them.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut ScopeState) {
    let scope = &ctx.project.scope;
    ui.add_space(16.0);
    ui.horizontal_wrapped(|ui| {
        ui.label(title("Five scoping questions"));
        let answered = QUESTIONS.iter().filter(|it| says((it.read)(scope))).count();
        ui.label(RichText::new(format!("{answered} of 5 answered")).weak());
    });
    card(ui, ctx.palette, |ui| {
        for (place, it) in QUESTIONS.iter().enumerate() {
            if place > 0 {
                ui.add_space(10.0);
            }
            let turned = state.turned(ui, it.part);
            let text = (it.read)(scope);
            let label = ui
                .horizontal_top(|ui| {
                    mark(ui, ctx, says(text));
                    ui.add(egui::Label::new(strong(it.question)).wrap())
                })
                .inner;
            ui.horizontal_top(|ui| {
                let palette = ctx.palette;
                if says(text) {
                    chip(ui, "answered", (palette.good_soft, palette.good));
                } else {
                    chip(ui, "open", (palette.sunken, palette.text_weak));
                }
                ui.add(egui::Label::new(RichText::new(it.help).weak()).wrap());
            });
            let answer = multiline_of(ui, Field::new(ctx, ""), label.id, text, 2, |text| {
                scope_edit(ctx, |scope| *(it.write)(scope) = text)
            });
            if turned {
                answer.request_focus();
            }
        }
    });
}
