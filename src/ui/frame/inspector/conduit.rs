//! A conduit: its ends, what stands in it, its flows.

use egui::{RichText, Ui};

use super::{findings, section, target, zones_by_tag};
use crate::edit::{Edit, Item};
use crate::model::{
    AssetId, Conduit, ConduitId, FilterPlace, Filtering, Flow, FlowId, Id, Initiator, RemoteAccess, ZoneId,
};
use crate::ui::action::{Action, View};
use crate::ui::context::Context;
use crate::ui::theme::title;
use crate::ui::widgets::{Field, choice, multiline, one_of_many, optional_choice, singleline, switch};

pub(super) fn show(ui: &mut Ui, ctx: &Context, id: ConduitId) {
    let Some(conduit) = ctx.project.conduits.get(id) else { return };
    let change = |change: &dyn Fn(&mut Conduit)| {
        let mut conduit = conduit.clone();
        change(&mut conduit);
        Edit::Put(Item::Conduit(id, conduit))
    };
    ui.label(title("Conduit"));
    singleline(ui, Field::new(ctx, "Tag"), &conduit.tag, |it| change(&|conduit| conduit.tag.clone_from(&it)));
    singleline(ui, Field::new(ctx, "Name"), &conduit.name, |it| change(&|conduit| conduit.name.clone_from(&it)));
    target::levels(ui, ctx, id.into());
    section(ui, "About");
    let zones = || zones_by_tag(ctx);
    let tag = |it: ZoneId| ctx.project.target_tag(it.into()).to_owned();
    ui.columns(2, |columns| {
        if let [left, right] = columns {
            one_of_many(left, Field::new(ctx, "From"), conduit.from, zones, tag, |it| {
                change(&|conduit| conduit.from = it)
            });
            one_of_many(right, Field::new(ctx, "To"), conduit.to, zones, tag, |it| change(&|conduit| conduit.to = it));
            let end = |zone: Option<ZoneId>| zone.map_or("?".to_owned(), tag);
            let opened_by = |it: Initiator| match it {
                Initiator::From => end(conduit.from),
                Initiator::To => end(conduit.to),
                Initiator::Both => "either side".to_owned(),
            };
            choice(left, Field::new(ctx, "Opened by"), conduit.initiated_by, Initiator::ALL, opened_by, |it| {
                change(&|conduit| conduit.initiated_by = it)
            });
            choice(
                right,
                Field::new(ctx, "Filtering"),
                conduit.filtering,
                Filtering::ALL,
                |it| it.to_string(),
                |it| change(&|conduit| conduit.filtering = it),
            );
            if conduit.is_filtered() {
                let stands = |it: FilterPlace| match it {
                    FilterPlace::Unstated => "not stated".to_owned(),
                    FilterPlace::From => format!("at {}", end(conduit.from)),
                    FilterPlace::To => format!("at {}", end(conduit.to)),
                    FilterPlace::Both => "at both ends".to_owned(),
                    FilterPlace::Gateway => "between, in a gateway or DMZ".to_owned(),
                };
                let field = Field::new(ctx, "Filter stands");
                choice(right, field, conduit.filter_place, FilterPlace::ALL, stands, |it| {
                    change(&|conduit| conduit.filter_place = it)
                });
            }
            choice(
                left,
                Field::new(ctx, "Remote access"),
                conduit.remote_access,
                RemoteAccess::ALL,
                |it| it.to_string(),
                |it| change(&|conduit| conduit.remote_access = it),
            );
        }
    });
    singleline(ui, Field::new(ctx, "Owner").hint("A role"), &conduit.owner, |it| {
        change(&|conduit| conduit.owner.clone_from(&it))
    });
    multiline(ui, Field::new(ctx, "Notes"), &conduit.notes, 3, |it| change(&|conduit| conduit.notes.clone_from(&it)));
    flows(ui, ctx, id, conduit);
    findings(ui, ctx, id.into());
    ui.add_space(12.0);
    ui.horizontal_wrapped(|ui| {
        if ui.button("Answer requirements").clicked() {
            ctx.go_to(View::Requirements, id);
        }
        if ui.button("Delete conduit").clicked() {
            ctx.edit(Edit::Remove([id.into()].into()));
            ctx.send(Action::Select(Default::default()));
        }
    });
}

fn flows(ui: &mut Ui, ctx: &Context, id: ConduitId, conduit: &Conduit) {
    section(ui, "Flows");
    let carried: Vec<_> = ctx.project.flows.iter().filter(|(_, it)| it.conduit == Some(id)).collect();
    if carried.is_empty() {
        ui.label(RichText::new("No flow is declared on this conduit yet.").weak());
    }
    let tag = |asset: Option<AssetId>| asset.and_then(|id| ctx.project.assets.get(id)).map_or("?", |it| &it.tag);
    for (flow_id, flow) in carried {
        let protocol = ctx.catalogue.protocol(&flow.protocol).map_or(flow.protocol.as_str(), |it| &it.name);
        let port = flow.port.map(|port| format!(" {port}")).unwrap_or_default();
        let arrow = if flow.both_ways { "↔" } else { "→" };
        let heading = format!("{} {arrow} {}   {protocol}{port}", tag(flow.from), tag(flow.to));
        ui.push_id(flow_id, |ui| {
            egui::CollapsingHeader::new(heading).show(ui, |ui| flow_fields(ui, ctx, conduit, flow_id, flow));
        });
    }
    if ui.button("Add flow").clicked() {
        let at_end = |zone: Option<ZoneId>| zone.and_then(|zone| assets_of(ctx, zone).into_iter().next());
        let flow = Flow { conduit: Some(id), from: at_end(conduit.from), to: at_end(conduit.to), ..Flow::default() };
        ctx.put(Item::Flow(FlowId::random(), flow));
    }
}

fn assets_of(ctx: &Context, zone: ZoneId) -> Vec<AssetId> {
    let inside = |it: &crate::model::Asset| it.zone == Some(zone) || it.other_zones.contains(&zone);
    let mut assets: Vec<_> = ctx.project.assets.iter().filter(|(_, it)| inside(it)).collect();
    assets.sort_by_key(|(_, it)| &it.tag);
    assets.into_iter().map(|(id, _)| id).collect()
}

fn flow_fields(ui: &mut Ui, ctx: &Context, conduit: &Conduit, id: FlowId, flow: &Flow) {
    let change = |change: &dyn Fn(&mut Flow)| {
        let mut flow = flow.clone();
        change(&mut flow);
        Edit::Put(Item::Flow(id, flow))
    };
    let assets = || conduit.from.into_iter().chain(conduit.to).flat_map(|zone| assets_of(ctx, zone)).collect();
    let tag = |it: AssetId| ctx.project.assets.get(it).map_or(String::new(), |it| it.tag.clone());
    one_of_many(ui, Field::new(ctx, "From asset"), flow.from, assets, tag, |it| change(&|flow| flow.from = it));
    one_of_many(ui, Field::new(ctx, "To asset"), flow.to, assets, tag, |it| change(&|flow| flow.to = it));
    let known: Vec<&str> = ctx.catalogue.protocols().iter().map(|it| it.id.as_str()).collect();
    let current = known.iter().copied().find(|it| *it == flow.protocol);
    let name = |id: &str| ctx.catalogue.protocol(id).map_or(id.to_owned(), |it| it.name.clone());
    optional_choice(ui, Field::new(ctx, "Protocol"), current, &known, name, |it| {
        let protocol = it.unwrap_or_default().to_owned();
        let port = ctx.catalogue.protocol(&protocol).and_then(|it| it.ports.first()).map(|&(_, port)| port);
        change(&|flow| {
            flow.protocol.clone_from(&protocol);
            flow.port = port.map(|port| crate::model::PortRange { first: port, last: port });
        })
    });
    singleline(ui, Field::new(ctx, "Protocol by name, if not in the list"), &flow.protocol, |it| {
        change(&|flow| flow.protocol.clone_from(&it))
    });
    switch(ui, ctx, "Data is asked for in both directions", flow.both_ways, |it| change(&|flow| flow.both_ways = it));
    if ui.button("Delete flow").clicked() {
        ctx.edit(Edit::Remove([id.into()].into()));
    }
}
