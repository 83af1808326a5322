//! A sensor where nothing watches.

use super::super::Finding;
use super::super::findings::nested::level_of;
use super::super::findings::plant::zones_of;
use super::draft::Draft;
use super::{Fix, Repair};
use crate::model::*;

fn place(repair: &Repair, finding: &Finding, zone: ZoneId) -> Option<Fix> {
    let mut draft = Draft::new(repair, finding);
    let tag = draft.next_asset_tag("IDS-");
    let name = "Network monitoring sensor".to_owned();
    draft.add_asset(Asset { tag, name, kind: "ot_ids".to_owned(), zone: Some(zone), ..Asset::default() });
    draft.finish(format!("Place a sensor in {}", repair.project.target_tag(zone.into())))
}

/// A07, A10: in the zone, or behind the firewall, where that is ours to watch.
pub(in super::super) fn sensor_in_zone(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let (project, plant) = (repair.project, repair.plant());
    let zones: Vec<ZoneId> = match finding.about.first() {
        Some(&Subject::Zone(id)) => return place(repair, finding, id).into_iter().collect(),
        Some(&Subject::Asset(id)) => project.assets.get(id).into_iter().flat_map(zones_of).collect(),
        Some(&Subject::Conduit(id)) => {
            let ends = project.conduits.get(id).and_then(Conduit::ends);
            ends.into_iter().flat_map(|(from, to)| [from, to]).collect()
        }
        _ => Vec::new(),
    };
    let ours = zones.into_iter().filter_map(|id| Some((id, project.zones.get(id).filter(|it| !it.is_untrusted())?)));
    // behind the firewall is where the better protected side lies
    let mut ours: Vec<_> =
        ours.map(|(id, it)| (level_of(&plant, id).unwrap_or(PurdueLevel::L5), it.tag.as_str(), id)).collect();
    ours.sort_unstable();
    ours.into_iter().take(3).filter_map(|(.., zone)| place(repair, finding, zone)).collect()
}

/// A11: where most of the plant's traffic passes, going by the conduits of each zone.
pub(in super::super) fn sensor_for_plant(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let project = repair.project;
    let ours = project.zones.iter().filter(|(_, it)| {
        let is_office = it.trust == Trust::Enterprise || it.purdue >= Some(PurdueLevel::L4);
        !it.is_untrusted() && !is_office
    });
    let mut busiest: Vec<_> = ours
        .map(|(id, zone)| {
            let conduits = project.conduits.values().filter(|it| it.touches(id)).count();
            let assets = project.assets.values().filter(|it| it.zone == Some(id)).count();
            (std::cmp::Reverse((conduits, assets)), zone.tag.as_str(), id)
        })
        .collect();
    busiest.sort_unstable();
    busiest.into_iter().take(2).filter_map(|(.., zone)| place(repair, finding, zone)).collect()
}
