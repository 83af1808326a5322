//! Sites and areas: the zones that bear the same name of one belong together.

use std::collections::BTreeSet;

use super::select::outermost;
use crate::edit::{Edit, Item};
use crate::model::{Project, Subject, Zone, ZoneId};

/// The site of a zone, if it names one.
pub fn site_of(project: &Project, zone: ZoneId) -> Option<&str> {
    project.zones.get(zone).map(|it| it.site.as_str()).filter(|it| !it.trim().is_empty())
}

/// The zones of a site.
fn zones_of(project: &Project, site: &str) -> BTreeSet<ZoneId> {
    project.zones.iter().filter(|(_, it)| it.site.trim() == site.trim()).map(|(id, _)| id).collect()
}

/// A zone that stands in a site: the same one each time.
pub fn first_zone(project: &Project, site: &str) -> Option<ZoneId> {
    zones_of(project, site).first().copied()
}

/// The zones of a zone's site that lie in no other zone of it, itself included.
pub fn zones_beside(project: &Project, zone: ZoneId) -> Vec<Subject> {
    let zones = site_of(project, zone).map(|site| zones_of(project, site)).unwrap_or_default();
    outermost(project, &zones).into_iter().map(Into::into).collect()
}

/// What is selected with all zones of its sites; nothing where no site is named.
pub fn with_sites(project: &Project, selected: &[Subject]) -> Vec<Subject> {
    let sites: BTreeSet<&str> = selected
        .iter()
        .filter_map(|it| match it {
            Subject::Zone(id) => site_of(project, *id),
            Subject::Asset(id) => site_of(project, project.assets.get(*id)?.zone?),
            _ => None,
        })
        .collect();
    let zones: BTreeSet<ZoneId> = sites.iter().flat_map(|site| zones_of(project, site)).collect();
    outermost(project, &zones).into_iter().map(Into::into).collect()
}

/// Gives a site another name, at all its zones; an empty one takes them out of it.
pub fn renamed(project: &Project, site: &str, name: &str) -> Option<Edit> {
    let name = name.trim();
    let zones = zones_of(project, site).into_iter();
    let items = zones.filter_map(|id| Some((id, Zone { site: name.to_owned(), ..project.zones.get(id)?.clone() })));
    let edits: Vec<Edit> = items.map(|(id, zone)| Edit::Put(Item::Zone(id, zone))).collect();
    (name != site && !edits.is_empty()).then(|| Edit::Several(format!("rename site {site}"), edits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::scene::Scene;
    use crate::hands::fixture::{Drawn, hand, plant, zone};
    use crate::hands::gesture::{Gesture, Tool};
    use crate::hands::hit::{Grips, Hit, hit};
    use crate::hands::{Hand, Held};
    use crate::model::{Id, Point, Rect};

    /// Two zones of a site, one of them with a zone in it, and a third zone elsewhere.
    fn two_sites() -> Drawn {
        let mut fixture = plant().zone("Z-4", |zone| zone.frame = Rect::new(0.0, 500.0, 400.0, 200.0));
        for (tag, site) in [("Z-1", "North"), ("Z-2", "North"), ("Z-4", "North"), ("Z-3", "South")] {
            let id = ZoneId::derived_from(tag);
            let zone = fixture.project.zones.get(id).unwrap().clone();
            fixture.project.zones.insert(id, Zone { site: site.into(), ..zone });
        }
        Drawn::of(&fixture)
    }

    fn name_at(scene: &Scene, name: &str) -> Point {
        let middle = scene.site_names(1.0).find(|it| it.0 == name).expect("the name is drawn").1.center();
        Point::new(middle.x.round(), middle.y.round())
    }

    fn zones(tags: &[&str]) -> Vec<Subject> {
        tags.iter().map(|tag| ZoneId::derived_from(tag).into()).collect::<BTreeSet<Subject>>().into_iter().collect()
    }

    #[test]
    fn the_name_of_a_site_stands_for_its_zones() {
        let drawn = two_sites();
        let under = hit(&drawn.field(), name_at(&drawn.scene, "North"), 1.0, &Grips::default());
        assert!(matches!(under, Hit::Site(_)), "{under:?}");
        let mut subjects = under.subjects(&drawn.project);
        subjects.sort();
        assert_eq!(subjects, zones(&["Z-1", "Z-4"]), "Z-2 lies in Z-1");
    }

    #[test]
    fn a_site_moved_by_its_name_takes_its_zones_along() {
        let drawn = two_sites();
        let field = drawn.field();
        let at = name_at(&drawn.scene, "North");
        let under = hit(&field, at, 1.0, &Grips::default());
        let from = hand(at.x, at.y);
        let mut gesture = Gesture::begin(&field, Tool::Select, under, &[], &from);
        let held = Held { command: true, ..Held::default() };
        let outcome = gesture.at(&field, &Hand { held, ..hand(at.x - 40.0, at.y - 24.0) });
        let after = drawn.after(&outcome.edit.expect("they move"));
        for tag in ["Z-1", "Z-2", "Z-4"] {
            assert_eq!(zone(&after, tag).frame, zone(&drawn.project, tag).frame.offset(-40.0, -24.0), "{tag}");
        }
        assert_eq!(zone(&after, "Z-3").frame, zone(&drawn.project, "Z-3").frame);
        let mut selected = outcome.selects.unwrap();
        selected.sort();
        assert_eq!(selected, zones(&["Z-1", "Z-4"]));
    }

    #[test]
    fn a_site_is_renamed_at_all_its_zones() {
        let drawn = two_sites();
        let after = drawn.after(&renamed(&drawn.project, "North", " Works ").unwrap());
        assert!(["Z-1", "Z-2", "Z-4"].iter().all(|tag| zone(&after, tag).site == "Works"));
        assert_eq!(zone(&after, "Z-3").site, "South");
        assert_eq!(renamed(&drawn.project, "North", "North"), None);
        assert_eq!(renamed(&drawn.project, "Nowhere", "North"), None);
    }

    #[test]
    fn from_a_zone_or_asset_all_of_its_site_is_selected() {
        let drawn = two_sites();
        let asset = crate::model::AssetId::derived_from("A-1");
        let mut subjects = with_sites(&drawn.project, &[asset.into()]);
        subjects.sort();
        assert_eq!(subjects, zones(&["Z-1", "Z-4"]));
        assert!(with_sites(&Drawn::of(&plant()).project, &zones(&["Z-1"])).is_empty());
    }
}
