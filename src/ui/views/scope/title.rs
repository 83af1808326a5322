//! The title page, and what the system is.

use egui::Ui;

use super::{ScopeState, part, scope_edit};
use crate::analysis::ScopePart;
use crate::edit::Edit;
use crate::model::ProjectInfo;
use crate::ui::context::Context;
use crate::ui::widgets::{Field, card, date_field, is_below_dialog, multiline, singleline};

/// Shows the title page.
pub(super) fn page(ui: &mut Ui, ctx: &Context, state: &mut ScopeState) {
    part(ui, ctx, state, ScopePart::TitlePage, "Title page", "", |ui, _, turned| {
        card(ui, ctx.palette, |ui| fields(ui, ctx, turned));
    });
}

fn fields(ui: &mut Ui, ctx: &Context, turned: bool) {
    let info = &ctx.project.info;
    let change = |change: &dyn Fn(&mut ProjectInfo)| {
        let mut info = (**info).clone();
        change(&mut info);
        Edit::Info(info)
    };
    let title = Field::new(ctx, "Title").hint("Cyber security assessment of …");
    let title = singleline(ui, title, &info.title, |it| change(&|info| info.title.clone_from(&it)));
    // a project that nobody has touched yet waits for its title
    let is_fresh = ctx.session.file().is_none() && !ctx.session.is_dirty() && info.title.is_empty();
    let waits = is_fresh && ui.memory(|memory| memory.focused().is_none()) && !is_below_dialog(ui);
    if waits || turned {
        title.request_focus();
    }
    let dates = |ui: &mut Ui| {
        ui.horizontal(|ui| {
            date_field(ui, Field::new(ctx, "Assessed from"), "project", info.assessed_from, |it| {
                change(&|info| info.assessed_from = it)
            });
            date_field(ui, Field::new(ctx, "Assessed to"), "project", info.assessed_to, |it| {
                change(&|info| info.assessed_to = it)
            });
        });
    };
    ui.columns(2, |columns| {
        if let [left, right] = columns {
            singleline(left, Field::new(ctx, "Organisation"), &info.organisation, |it| {
                change(&|info| info.organisation.clone_from(&it))
            });
            singleline(right, Field::new(ctx, "Site"), &info.site, |it| change(&|info| info.site.clone_from(&it)));
            singleline(left, Field::new(ctx, "Prepared by"), &info.prepared_by, |it| {
                change(&|info| info.prepared_by.clone_from(&it))
            });
            singleline(right, Field::new(ctx, "Marking").hint("Confidential"), &info.marking, |it| {
                change(&|info| info.marking.clone_from(&it))
            });
            singleline(left, Field::new(ctx, "Edition").hint("1.0"), &info.edition, |it| {
                change(&|info| info.edition.clone_from(&it))
            });
            if right.available_width() > 250.0 * ctx.palette.type_size {
                dates(right);
            }
        }
    });
    if ui.available_width() <= 510.0 * ctx.palette.type_size {
        dates(ui);
    }
    multiline(
        ui,
        Field::new(ctx, "Statement").hint("What management should read first, in your words"),
        &info.statement,
        4,
        |it| change(&|info| info.statement.clone_from(&it)),
    );
}

/// Shows what the system is and where it ends.
pub(super) fn system(ui: &mut Ui, ctx: &Context, state: &mut ScopeState) {
    let scope = &ctx.project.scope;
    part(ui, ctx, state, ScopePart::System, "System under consideration", "", |ui, state, turned| {
        card(ui, ctx.palette, |ui| {
            let name = Field::new(ctx, "Name").hint("What the system is called");
            let name = singleline(ui, name, &scope.name, |it| scope_edit(ctx, |scope| scope.name = it));
            let description = multiline(ui, Field::new(ctx, "What it does"), &scope.description, 3, |it| {
                scope_edit(ctx, |scope| scope.description = it)
            });
            if turned {
                let first = if scope.name.trim().is_empty() { &name } else { &description };
                first.request_focus();
            }
            let turned = state.turned(ui, ScopePart::Perimeter);
            let perimeter = Field::new(ctx, "Perimeter").hint("Where it ends: buildings, networks, firewalls");
            let perimeter =
                multiline(ui, perimeter, &scope.perimeter, 3, |it| scope_edit(ctx, |scope| scope.perimeter = it));
            if turned {
                perimeter.request_focus();
            }
        });
    });
}
