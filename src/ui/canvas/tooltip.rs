//! What is told of the conduit under the resting pointer: what it joins and what flows in it.

use egui::{Response, RichText};

use crate::drawing::scene::protocol_text;
use crate::model::{AssetId, ConduitId, Flow};
use crate::ui::context::Context;
use crate::ui::theme::strong;

/// No more flows than this are listed.
const MOST: usize = 12;

/// Shows it at the pointer.
pub(super) fn conduit(response: Response, ctx: &Context, id: ConduitId) {
    let Some(conduit) = ctx.project.conduits.get(id) else { return };
    response.on_hover_ui_at_pointer(|ui| {
        let end = |zone: Option<crate::model::ZoneId>| zone.map_or("?", |id| ctx.project.target_tag(id.into()));
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
