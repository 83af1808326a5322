//! An asset: what it is, where it stands, how it is connected.

use egui::Ui;

use super::{findings, section, zones_by_tag};
use crate::edit::{Edit, Item};
use crate::model::{Asset, AssetId, Known, ZoneId};
use crate::ui::context::Context;
use crate::ui::theme::title;
use crate::ui::widgets::{Field, choice, multiline, one_of_many, optional_choice, optional_rating, singleline, switch};

pub(super) fn show(ui: &mut Ui, ctx: &Context, id: AssetId) {
    let Some(asset) = ctx.project.assets.get(id) else { return };
    let change = |change: &dyn Fn(&mut Asset)| {
        let mut asset = asset.clone();
        change(&mut asset);
        Edit::Put(Item::Asset(id, asset))
    };
    ui.label(title("Asset"));
    singleline(ui, Field::new(ctx, "Tag"), &asset.tag, |it| change(&|asset| asset.tag.clone_from(&it)));
    singleline(ui, Field::new(ctx, "Name"), &asset.name, |it| change(&|asset| asset.name.clone_from(&it)));
    let types: Vec<&str> = ctx.catalogue.asset_types().iter().map(|it| it.id.as_str()).collect();
    let current = types.iter().copied().find(|it| *it == asset.kind);
    let name = |id: &str| ctx.catalogue.asset_type(id).map_or(id.to_owned(), |it| it.name.clone());
    optional_choice(ui, Field::new(ctx, "Type"), current, &types, name, |it| {
        change(&|asset| it.unwrap_or_default().clone_into(&mut asset.kind))
    });
    let tag = |it: ZoneId| ctx.project.target_tag(it.into()).to_owned();
    one_of_many(
        ui,
        Field::new(ctx, "Zone"),
        asset.zone,
        || zones_by_tag(ctx),
        tag,
        |it| {
            change(&|asset| {
                asset.zone = it;
                asset.place = None;
            })
        },
    );
    let further = || zones_by_tag(ctx).into_iter().filter(|it| asset.zone != Some(*it)).collect();
    let second = asset.other_zones.first().copied();
    one_of_many(ui, Field::new(ctx, "Also connected to (dual-homed)"), second, further, tag, |it| {
        change(&|asset| asset.other_zones = it.into_iter().collect())
    });
    section(ui, "Details");
    singleline(ui, Field::new(ctx, "Addresses").hint("Several with semicolons"), &asset.addresses.join("; "), |it| {
        let addresses: Vec<String> = it.split(';').map(|part| part.trim_start().to_owned()).collect();
        let addresses = if addresses.iter().all(String::is_empty) { Vec::new() } else { addresses };
        change(&|asset| asset.addresses.clone_from(&addresses))
    });
    ui.columns(2, |columns| {
        if let [left, right] = columns {
            singleline(left, Field::new(ctx, "Maker"), &asset.vendor, |it| {
                change(&|asset| asset.vendor.clone_from(&it))
            });
            singleline(right, Field::new(ctx, "Model"), &asset.model, |it| {
                change(&|asset| asset.model.clone_from(&it))
            });
            singleline(left, Field::new(ctx, "Version"), &asset.version, |it| {
                change(&|asset| asset.version.clone_from(&it))
            });
            choice(
                right,
                Field::new(ctx, "Still supported"),
                asset.supported,
                Known::ALL,
                |it| it.to_string(),
                |it| change(&|asset| asset.supported = it),
            );
            optional_rating(left, Field::new(ctx, "Criticality"), asset.criticality, |it| {
                change(&|asset| asset.criticality = it)
            });
            singleline(right, Field::new(ctx, "Owner").hint("A role"), &asset.owner, |it| {
                change(&|asset| asset.owner.clone_from(&it))
            });
        }
    });
    switch(ui, ctx, "Connected only for a while", asset.temporary, |it| change(&|asset| asset.temporary = it));
    switch(ui, ctx, "Connected by radio", asset.wireless, |it| change(&|asset| asset.wireless = it));
    switch(ui, ctx, "Connected from outside", asset.external, |it| change(&|asset| asset.external = it));
    multiline(ui, Field::new(ctx, "Notes"), &asset.notes, 3, |it| change(&|asset| asset.notes.clone_from(&it)));
    findings(ui, ctx, id.into());
    ui.add_space(12.0);
    if ui.button("Delete asset").clicked() {
        ctx.delete(&[id.into()]);
    }
}
