//! What is told of what is under the resting pointer: what a conduit joins and what flows
//! in it, which zones a site has.

use egui::{Response, RichText};

use crate::drawing::scene::protocol_text;
use crate::hands::site;
use crate::model::{AssetId, ConduitId, Flow, ZoneId};
use crate::ui::context::Context;
use crate::ui::theme::strong;

/// No more flows than this are listed.
const MOST: usize = 12;

/// Shows it at the pointer.
pub(super) fn conduit(response: Response, ctx: &Context, id: ConduitId) {
    let Some(conduit) = ctx.project.conduits.get(id) else { return };
    response.on_hover_ui_at_pointer(|ui| {
        let end = |zone: Option<ZoneId>| zone.map_or("?", |id| ctx.project.target_tag(id.into()));
        ui.label(strong(format!("{}  {}", conduit.tag, conduit.name)));
        ui.label(RichText::new(format!("{} and {}", end(conduit.from), end(conduit.to))).weak());
        let flows: Vec<&Flow> = ctx.project.flows.values().filter(|it| it.conduit == Some(id)).collect();
        if flows.is_empty() {
            ui.label(RichText::new("No flow is declared on it").weak());
        }
        for flow in flows.iter().take(MOST) {
            let tag = |asset: Option<AssetId>| {
                asset.and_then(|id| ctx.project.assets.get(id)).map_or("?", |it| it.tag.as_str())
            };
            let arrow = if flow.both_ways { "↔" } else { "→" };
            ui.label(format!("{} {arrow} {}   {}", tag(flow.from), tag(flow.to), protocol_text(flow)));
        }
        if flows.len() > MOST {
            ui.label(RichText::new(format!("and {} more", flows.len() - MOST)).weak());
        }
    });
}

/// Shows what a site is and what can be done with its name.
pub(super) fn of_site(response: Response, ctx: &Context, zone: ZoneId) {
    let Some(name) = site::site_of(ctx.project, zone) else { return };
    response.on_hover_ui_at_pointer(|ui| {
        let count = ctx.project.zones.values().filter(|it| it.site == name).count();
        ui.label(strong(name));
        ui.label(RichText::new(crate::ui::views::counted(count, "zone", "zones")).weak());
        ui.label("Click selects them, a drag moves them, a double-click renames the site");
    });
}
