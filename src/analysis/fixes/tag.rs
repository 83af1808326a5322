//! Tags that tell things apart.

use super::super::Finding;
use super::draft::Draft;
use super::{Fix, Repair};
use crate::model::*;

/// Z11: of zones, conduits and assets with one tag all but the first get a number, and one
/// without a tag gets the next.
pub(in super::super) fn distinguish(repair: &Repair, finding: &Finding) -> Vec<Fix> {
    let told_apart = || {
        let mut draft = Draft::new(repair, finding);
        let mut names = Vec::new();
        let has_tag = finding.about.first().is_some_and(|&it| !repair.project.subject_tag(it).trim().is_empty());
        for &subject in finding.about.iter().skip(usize::from(has_tag)) {
            let tag = repair.project.subject_tag(subject).trim().to_owned();
            let free = match subject {
                Subject::Zone(_) if tag.is_empty() => draft.free_zone_tag("Z-NEW"),
                Subject::Conduit(_) if tag.is_empty() => draft.next_conduit_tag(),
                Subject::Asset(_) if tag.is_empty() => draft.next_asset_tag("A-"),
                Subject::Asset(_) => draft.next_asset_tag(&format!("{tag}-")),
                _ => draft.free_zone_tag(&tag),
            };
            let named = match subject {
                Subject::Zone(id) => &mut draft.project.zones.get_mut(id)?.tag,
                Subject::Conduit(id) => &mut draft.project.conduits.get_mut(id)?.tag,
                Subject::Asset(id) => &mut draft.project.assets.get_mut(id)?.tag,
                _ => return None,
            };
            named.clone_from(&free);
            names.push(free);
        }
        let what = if has_tag { "Call the other" } else { "Call it" };
        let what = if names.len() > 1 { "Call the others" } else { what };
        draft.finish(format!("{what} {}", names.join(", ")))
    };
    told_apart().into_iter().collect()
}
