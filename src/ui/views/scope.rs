//! The system under consideration, the title page, who took part, what was read.

use egui::{RichText, Ui};

use crate::edit::Edit;
use crate::model::{AccessPoint, ConduitId, Document, OutageWindow, Person, ProjectInfo, Scope, Service, Settings};
use crate::ui::context::Context;
use crate::ui::widgets::{
    Field, card, date_field, is_below_dialog, multiline, optional_choice, page, section, singleline,
};

/// Shows it.
pub fn scope(ui: &mut Ui, ctx: &Context) {
    page(ui, "scope", "Scope", "What is assessed, for whom, and within which limits (IEC 62443-3-2, ZCR 1).", |ui| {
        ui.set_max_width(ui.available_width().min(980.0));
        title_page(ui, ctx);
        system(ui, ctx);
        questions(ui, ctx);
        services(ui, ctx);
        access_points(ui, ctx);
        people(ui, ctx);
        documents(ui, ctx);
        assumptions(ui, ctx);
        outages(ui, ctx);
    });
}

fn title_page(ui: &mut Ui, ctx: &Context) {
    let info = &ctx.project.info;
    let change = |change: &dyn Fn(&mut ProjectInfo)| {
        let mut info = (**info).clone();
        change(&mut info);
        Edit::Info(info)
    };
    section(ui, "Title page", |ui| {
        card(ui, ctx.palette, |ui| {
            let title = Field::new(ctx, "Title").hint("Cyber security assessment of …");
            let title = singleline(ui, title, &info.title, |it| change(&|info| info.title.clone_from(&it)));
            // a project that nobody has touched yet waits for its title
            let is_fresh = ctx.session.file().is_none() && !ctx.session.is_dirty() && info.title.is_empty();
            if is_fresh && ui.memory(|memory| memory.focused().is_none()) && !is_below_dialog(ui) {
                title.request_focus();
            }
            ui.columns(2, |columns| {
                if let [left, right] = columns {
                    singleline(left, Field::new(ctx, "Organisation"), &info.organisation, |it| {
                        change(&|info| info.organisation.clone_from(&it))
                    });
                    singleline(right, Field::new(ctx, "Site"), &info.site, |it| {
                        change(&|info| info.site.clone_from(&it))
                    });
                    singleline(left, Field::new(ctx, "Prepared by"), &info.prepared_by, |it| {
                        change(&|info| info.prepared_by.clone_from(&it))
                    });
                    singleline(right, Field::new(ctx, "Marking").hint("Confidential"), &info.marking, |it| {
                        change(&|info| info.marking.clone_from(&it))
                    });
                    singleline(left, Field::new(ctx, "Edition").hint("1.0"), &info.edition, |it| {
                        change(&|info| info.edition.clone_from(&it))
                    });
                    right.horizontal(|ui| {
                        date_field(ui, Field::new(ctx, "Assessed from"), info.assessed_from, |it| {
                            change(&|info| info.assessed_from = it)
                        });
                        date_field(ui, Field::new(ctx, "Assessed to"), info.assessed_to, |it| {
                            change(&|info| info.assessed_to = it)
                        });
                    });
                }
            });
            multiline(
                ui,
                Field::new(ctx, "Statement").hint("What management should read first, in your words"),
                &info.statement,
                4,
                |it| change(&|info| info.statement.clone_from(&it)),
            );
        });
    });
}

/// An edit that changes the scope.
fn scope_edit(ctx: &Context, change: impl FnOnce(&mut Scope)) -> Edit {
    let mut scope = (*ctx.project.scope).clone();
    change(&mut scope);
    Edit::Scope(scope)
}

fn system(ui: &mut Ui, ctx: &Context) {
    let scope = &ctx.project.scope;
    section(ui, "System under consideration", |ui| {
        card(ui, ctx.palette, |ui| {
            singleline(ui, Field::new(ctx, "Name").hint("What the system is called"), &scope.name, |it| {
                scope_edit(ctx, |scope| scope.name = it)
            });
            multiline(ui, Field::new(ctx, "What it does"), &scope.description, 3, |it| {
                scope_edit(ctx, |scope| scope.description = it)
            });
            multiline(
                ui,
                Field::new(ctx, "Perimeter").hint("Where it ends: buildings, networks, firewalls"),
                &scope.perimeter,
                3,
                |it| scope_edit(ctx, |scope| scope.perimeter = it),
            );
        });
    });
}

fn questions(ui: &mut Ui, ctx: &Context) {
    let scope = &ctx.project.scope;
    section(ui, "Five scoping questions", |ui| {
        card(ui, ctx.palette, |ui| {
            multiline(
                ui,
                Field::new(ctx, "Which regulated or critical service does it support?"),
                &scope.regulated_service,
                2,
                |it| scope_edit(ctx, |scope| scope.regulated_service = it),
            );
            multiline(
                ui,
                Field::new(ctx, "Which assets, networks, flows and third parties does that need?"),
                &scope.dependencies,
                2,
                |it| scope_edit(ctx, |scope| scope.dependencies = it),
            );
            multiline(
                ui,
                Field::new(ctx, "Which safety, availability and operational constraints limit controls?"),
                &scope.constraints,
                2,
                |it| scope_edit(ctx, |scope| scope.constraints = it),
            );
            multiline(
                ui,
                Field::new(ctx, "Which legal, contractual and sector duties apply?"),
                &scope.duties,
                2,
                |it| scope_edit(ctx, |scope| scope.duties = it),
            );
            let field = Field::new(
                ctx,
                "What is inside the management system, and what is an outside dependency with supplier controls?",
            );
            multiline(ui, field, &scope.management_boundary, 2, |it| {
                scope_edit(ctx, |scope| scope.management_boundary = it)
            });
        });
    });
}

/// A list of small records, each in a card that can be removed, and a button for one more.
fn records<T: Clone + Default + 'static>(
    ui: &mut Ui,
    ctx: &Context,
    heading: &str,
    add: &str,
    records: &[T],
    list: fn(&mut Scope) -> &mut Vec<T>,
    fields: impl Fn(&mut Ui, &T, &dyn Fn(T) -> Edit),
) {
    section(ui, heading, |ui| {
        for (place, record) in records.iter().enumerate() {
            ui.push_id((heading, place), |ui| {
                card(ui, ctx.palette, |ui| {
                    fields(ui, record, &|changed| {
                        scope_edit(ctx, |scope| {
                            if let Some(record) = list(scope).get_mut(place) {
                                *record = changed;
                            }
                        })
                    });
                    if ui.small_button("Remove").clicked() {
                        ctx.edit(scope_edit(ctx, |scope| {
                            if place < list(scope).len() {
                                list(scope).remove(place);
                            }
                        }));
                    }
                });
            });
        }
        if ui.button(add).clicked() {
            ctx.edit(scope_edit(ctx, |scope| list(scope).push(T::default())));
        }
    });
}

fn services(ui: &mut Ui, ctx: &Context) {
    let list = &ctx.project.scope.services;
    records(
        ui,
        ctx,
        "Services it supports",
        "Add service",
        list,
        |scope| &mut scope.services,
        |ui, it: &Service, edit| {
            singleline(ui, Field::new(ctx, "Service"), &it.name, |name| edit(Service { name, ..it.clone() }));
            multiline(ui, Field::new(ctx, "Why it matters, and to whom"), &it.notes, 2, |notes| {
                edit(Service { notes, ..it.clone() })
            });
        },
    );
}

fn access_points(ui: &mut Ui, ctx: &Context) {
    let list = &ctx.project.scope.access_points;
    let mut conduits: Vec<ConduitId> = ctx.project.conduits.ids().collect();
    conduits.sort_by_key(|&it| ctx.project.target_tag(it.into()));
    let tag = |it: ConduitId| ctx.project.target_tag(it.into()).to_owned();
    records(
        ui,
        ctx,
        "Access points",
        "Add access point",
        list,
        |scope| &mut scope.access_points,
        |ui, it: &AccessPoint, edit| {
            singleline(ui, Field::new(ctx, "Access point"), &it.name, |name| edit(AccessPoint { name, ..it.clone() }));
            optional_choice(ui, Field::new(ctx, "Conduit"), it.conduit, &conduits, tag, |conduit| {
                edit(AccessPoint { conduit, ..it.clone() })
            });
            multiline(ui, Field::new(ctx, "How it is used"), &it.notes, 2, |notes| {
                edit(AccessPoint { notes, ..it.clone() })
            });
        },
    );
}

fn people(ui: &mut Ui, ctx: &Context) {
    let list = &ctx.project.scope.people;
    records(
        ui,
        ctx,
        "Who took part",
        "Add participant",
        list,
        |scope| &mut scope.people,
        |ui, it: &Person, edit| {
            ui.columns(3, |columns| {
                if let [first, second, third] = columns {
                    singleline(first, Field::new(ctx, "Role"), &it.role, |role| edit(Person { role, ..it.clone() }));
                    singleline(second, Field::new(ctx, "Organisation"), &it.organisation, |organisation| {
                        edit(Person { organisation, ..it.clone() })
                    });
                    singleline(third, Field::new(ctx, "Name (if names are kept)"), &it.name, |name| {
                        edit(Person { name, ..it.clone() })
                    });
                }
            });
            singleline(ui, Field::new(ctx, "What they brought in"), &it.notes, |notes| {
                edit(Person { notes, ..it.clone() })
            });
        },
    );
}

fn documents(ui: &mut Ui, ctx: &Context) {
    let list = &ctx.project.scope.documents;
    records(
        ui,
        ctx,
        "Documents reviewed",
        "Add document",
        list,
        |scope| &mut scope.documents,
        |ui, it: &Document, edit| {
            ui.columns(3, |columns| {
                if let [first, second, third] = columns {
                    singleline(first, Field::new(ctx, "Document"), &it.title, |title| {
                        edit(Document { title, ..it.clone() })
                    });
                    singleline(second, Field::new(ctx, "Reference"), &it.reference, |reference| {
                        edit(Document { reference, ..it.clone() })
                    });
                    date_field(third, Field::new(ctx, "Dated"), it.dated, |dated| {
                        edit(Document { dated, ..it.clone() })
                    });
                }
            });
        },
    );
}

fn assumptions(ui: &mut Ui, ctx: &Context) {
    let list = &ctx.project.scope.assumptions;
    records(
        ui,
        ctx,
        "Assumptions",
        "Add assumption",
        list,
        |scope| &mut scope.assumptions,
        |ui, it: &String, edit| {
            multiline(ui, Field::new(ctx, "What was taken for granted"), it, 1, edit);
        },
    );
}

fn outages(ui: &mut Ui, ctx: &Context) {
    let settings = &ctx.project.settings;
    let change = |change: &dyn Fn(&mut Settings)| {
        let mut settings = (**settings).clone();
        change(&mut settings);
        Edit::Settings(settings)
    };
    section(ui, "Outage windows and currency", |ui| {
        ui.label(RichText::new("When the plant stands still; actions that need it are planned into them.").weak());
        for (place, window) in settings.outages.iter().enumerate() {
            ui.push_id(("outage", place), |ui| {
                ui.horizontal(|ui| {
                    ui.scope(|ui| {
                        ui.set_width(300.0);
                        singleline(ui, Field::new(ctx, "Window"), &window.name, |it| {
                            change(&|settings| set(settings, place, |window| window.name.clone_from(&it)))
                        });
                    });
                    date_field(ui, Field::new(ctx, "First day"), window.start, |it| {
                        change(&|settings| set(settings, place, |window| window.start = it))
                    });
                    date_field(ui, Field::new(ctx, "Last day"), window.end, |it| {
                        change(&|settings| set(settings, place, |window| window.end = it))
                    });
                    if ui.small_button("Remove").clicked() {
                        ctx.edit(change(&|settings| {
                            if place < settings.outages.len() {
                                settings.outages.remove(place);
                            }
                        }));
                    }
                });
            });
        }
        if ui.button("Add outage window").clicked() {
            ctx.edit(change(&|settings| settings.outages.push(OutageWindow::default())));
        }
        ui.scope(|ui| {
            ui.set_width(120.0);
            singleline(ui, Field::new(ctx, "Currency of costs").hint("EUR"), &settings.currency, |it| {
                change(&|settings| settings.currency.clone_from(&it))
            });
        });
    });
}

fn set(settings: &mut Settings, place: usize, change: impl FnOnce(&mut OutageWindow)) {
    if let Some(window) = settings.outages.get_mut(place) {
        change(window);
    }
}
