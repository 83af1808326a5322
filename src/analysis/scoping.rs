//! How far the scope is described, and what the drawing suggests for it.

use std::collections::BTreeSet;

use super::open::ScopePart;
use crate::model::{ConduitId, Project};

/// Whether a text says anything.
pub fn says(text: &str) -> bool {
    !text.trim().is_empty()
}

/// Each part of the scope, and whether it says what it is there for.
pub type Parts = [(ScopePart, bool); ScopePart::ALL.len()];

/// How far the scope is described.
pub fn parts(project: &Project) -> Parts {
    ScopePart::ALL.map(|part| (part, is_described(project, part)))
}

fn is_described(project: &Project, part: ScopePart) -> bool {
    let scope = &project.scope;
    match part {
        ScopePart::TitlePage => says(&project.info.title) && says(&project.info.organisation),
        ScopePart::System => says(&scope.name) && says(&scope.description),
        ScopePart::Perimeter => says(&scope.perimeter),
        ScopePart::RegulatedService => says(&scope.regulated_service),
        ScopePart::Dependencies => says(&scope.dependencies),
        ScopePart::Constraints => says(&scope.constraints),
        ScopePart::Duties => says(&scope.duties),
        ScopePart::ManagementBoundary => says(&scope.management_boundary),
        ScopePart::Services => scope.services.iter().any(|it| says(&it.name)),
        ScopePart::AccessPoints => {
            scope.access_points.iter().any(|it| says(&it.name)) && unnamed(project).next().is_none()
        }
        ScopePart::Sites => scope.sites.iter().any(|it| says(&it.name)) && unlisted_sites(project).is_empty(),
        ScopePart::People => scope.people.iter().any(|it| says(&it.role)),
        ScopePart::Documents => scope.documents.iter().any(|it| says(&it.title)),
        ScopePart::Assumptions => scope.assumptions.iter().any(|it| says(it)),
    }
}

/// The conduits that cross the perimeter and that no access point names, by tag.
pub fn suggested_access_points(project: &Project) -> Vec<ConduitId> {
    let mut unnamed: Vec<ConduitId> = unnamed(project).collect();
    unnamed.sort_by_key(|&it| (project.target_tag(it.into()), it));
    unnamed
}

fn unnamed(project: &Project) -> impl Iterator<Item = ConduitId> {
    let named: BTreeSet<ConduitId> = project.scope.access_points.iter().filter_map(|it| it.conduit).collect();
    project.conduits_leaving().filter(move |it| !named.contains(it))
}

/// The sites that zones name and the scope does not list, in the order of the alphabet.
pub fn unlisted_sites(project: &Project) -> Vec<&str> {
    let listed: BTreeSet<&str> = project.scope.sites.iter().map(|it| it.name.trim()).collect();
    let drawn: BTreeSet<&str> = project.zones.values().map(|it| it.site.trim()).filter(|it| !it.is_empty()).collect();
    drawn.difference(&listed).copied().collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::model::{AccessPoint, Id, Scope, Site, Trust};

    fn plant() -> Fixture {
        let plant = Fixture::new().zone("Z-IN", |it| it.site = "Hall 1".into());
        let plant = plant.zone("Z-OTHER", |it| it.site = "Hall 2".into());
        let plant = plant.zone("Z-OUT", |it| it.trust = Trust::External);
        plant
            .conduit("C-2", "Z-OUT", "Z-IN", |_| ())
            .conduit("C-1", "Z-OTHER", "Z-OUT", |_| ())
            .conduit("C-3", "Z-IN", "Z-OTHER", |_| ())
            .conduit("C-4", "Z-IN", "", |_| ())
    }

    #[test]
    fn conduits_across_the_perimeter_are_suggested_until_they_are_named() {
        let mut plant = plant();
        let conduit = ConduitId::derived_from;
        assert_eq!(suggested_access_points(&plant.project), [conduit("C-1"), conduit("C-2")]);
        let point =
            AccessPoint { name: "Remote access".into(), conduit: Some(conduit("C-1")), ..AccessPoint::default() };
        plant.project.scope = Arc::new(Scope { access_points: vec![point], ..Scope::default() });
        assert_eq!(suggested_access_points(&plant.project), [conduit("C-2")]);
    }

    #[test]
    fn sites_that_are_drawn_are_offered_until_they_are_listed() {
        let mut plant = plant();
        assert_eq!(unlisted_sites(&plant.project), ["Hall 1", "Hall 2"]);
        let hall = Site { name: "Hall 1 ".into(), ..Site::default() };
        plant.project.scope = Arc::new(Scope { sites: vec![hall], ..Scope::default() });
        assert_eq!(unlisted_sites(&plant.project), ["Hall 2"]);
    }

    #[test]
    fn blanks_describe_nothing() {
        let mut plant = Fixture::new();
        let count = |plant: &Fixture| parts(&plant.project).iter().filter(|(_, is_described)| *is_described).count();
        assert_eq!(count(&plant), 0);
        let blank = Scope { perimeter: "  ".into(), assumptions: vec![" ".into()], ..Scope::default() };
        plant.project.scope = Arc::new(blank.clone());
        assert_eq!(count(&plant), 0);
        plant.project.scope = Arc::new(Scope { perimeter: "The fence".into(), duties: "None".into(), ..blank });
        assert_eq!(count(&plant), 2);
    }
}
