//! The templates: each is a believable plant that can be worked on at once.

#![cfg(test)]

use std::collections::BTreeSet;

use jiff::civil::date;
use zonewright::analysis::{Severity, analyse};
use zonewright::catalogue::Catalogue;
use zonewright::drawing::palette::Palette;
use zonewright::drawing::{Thumbnail, asset_places, layout};
use zonewright::model::*;
use zonewright::store;
use zonewright::templates::{self, Template, without_assessment};

/// The plant of the screenshots; the others are small.
const LARGE: &str = "gas-plant";

fn each(look: impl Fn(&Template, &Project)) {
    let all = templates::built_in();
    assert!(all.len() >= 16, "{}", all.len());
    for template in all {
        let project = template.open().unwrap_or_else(|error| panic!("{}: {error}", template.id));
        look(template, &project);
    }
}

#[test]
fn every_template_opens_is_saved_and_opens_again() {
    each(|template, project| {
        let text = store::to_text(project).unwrap();
        assert_eq!(store::from_text(&text).unwrap(), *project, "{}", template.id);
        assert!(template.story.ends_with('.') && !template.sector.is_empty(), "{}", template.id);
        assert_eq!(project.info.title, template.title, "an open template is named after it");
    });
    let titles: BTreeSet<_> = templates::built_in().iter().map(|it| it.title.as_str()).collect();
    assert_eq!(titles.len(), templates::built_in().len());
}

#[test]
fn a_template_is_drawn_the_same_each_time() {
    let drawn = |project: &Project| Thumbnail::of_project(project, Palette::light(), (1280.0, 800.0));
    let assert_same = |template: &Template, project: &Project| {
        let again = template.open().unwrap();
        assert!(project.zones.ids().next() != again.zones.ids().next(), "{}: its ids are fresh", template.id);
        assert!(drawn(project) == drawn(&again), "{}", template.id);
    };
    each(assert_same);
    let folder = tempfile::tempdir().unwrap();
    let plant = with_other_ids(&templates::named(LARGE).unwrap().open().unwrap());
    store::save(&plant, &folder.path().join("own.zonewright")).unwrap();
    let (own, refused) = templates::own(folder.path());
    assert!(own.len() == 1 && refused.is_empty());
    assert_same(&own[0], &own[0].open().unwrap());
}

#[test]
fn a_template_has_the_size_of_a_small_plant() {
    each(|template, project| {
        let (zones, assets) = if template.id == LARGE { (30..=40, 130..=170) } else { (7..=16, 20..=60) };
        assert!(zones.contains(&project.zones.len()), "{}: {} zones", template.id, project.zones.len());
        assert!(assets.contains(&project.assets.len()), "{}: {} assets", template.id, project.assets.len());
    });
}

#[test]
fn nothing_overlaps_and_what_is_nested_lies_inside() {
    each(|template, project| {
        for (id, zone) in project.zones.iter() {
            let parent = zone.parent.and_then(|it| project.zones.get(it));
            assert!(parent.is_none_or(|it| it.frame.encloses(&zone.frame)), "{}: {}", template.id, zone.tag);
            let beside = project.zones.iter().filter(|(other, it)| *other != id && it.parent == zone.parent);
            for (_, other) in beside {
                assert!(!zone.frame.overlaps(&other.frame), "{}: {} and {}", template.id, zone.tag, other.tag);
            }
        }
        assert!(asset_places(project).more.is_empty(), "{}: all assets are drawn", template.id);
    });
}

#[test]
fn every_target_has_a_proposed_level_with_a_reason_and_no_answer() {
    each(|template, project| {
        for target in project.targets() {
            let level = project.target_level(target);
            let reason = level.map(|it| it.reason.as_str()).unwrap_or_default();
            assert!(!reason.is_empty(), "{}: {}", template.id, project.target_tag(target));
            assert!(level.is_some_and(|it| it.decided_by.is_empty()), "a proposal is decided by nobody yet");
        }
        assert!(project.zones.values().all(|it| it.consequence.is_some() && !it.owner.is_empty()), "{}", template.id);
        assert!(project.answers.is_empty() && project.risks.is_empty() && project.evidence.is_empty());
        let vectors: BTreeSet<_> = project
            .zones
            .values()
            .filter_map(|it| it.sl_t.as_ref())
            .collect::<Vec<_>>()
            .iter()
            .map(|it| it.levels.to_string())
            .collect();
        assert!(vectors.len() >= 4, "{}: proposals differ by FR and zone", template.id);
    });
}

#[test]
fn findings_have_something_to_say_and_no_error_is_the_model_s() {
    let mut codes_of = Vec::new();
    each(|template, project| {
        let analysis = analyse(project, Catalogue::embedded(), date(2026, 11, 22));
        let wrong: Vec<_> = analysis
            .findings
            .iter()
            .filter(|it| it.check.code.starts_with('Z') && it.severity() != Severity::Hint)
            .map(|it| format!("{} {}", it.check.code, it.message))
            .collect();
        assert_eq!(wrong, Vec::<String>::new(), "{}", template.id);
        let codes: BTreeSet<_> = analysis.findings.iter().map(|it| it.check.code).collect();
        assert!(codes.len() >= 4 && analysis.findings.len() >= 8, "{}: {codes:?}", template.id);
    });
    templates::built_in().iter().for_each(|template| {
        let analysis = analyse(&template.open().unwrap(), Catalogue::embedded(), date(2026, 11, 22));
        let serious = analysis.findings.iter().filter(|it| it.severity() != Severity::Hint);
        codes_of.push(serious.map(|it| it.check.code).collect::<BTreeSet<_>>());
    });
    let kinds: BTreeSet<_> = codes_of.iter().cloned().collect();
    assert!(kinds.len() >= 8, "the weak spots are not the same everywhere: {kinds:?}");
}

#[test]
fn what_is_drawn_is_used() {
    each(|template, project| {
        for (id, conduit) in project.conduits.iter() {
            let carries = project.flows.values().any(|it| it.conduit == Some(id));
            assert!(carries, "{}: {} carries no flow", template.id, conduit.tag);
        }
        let scope = &project.scope;
        assert!(!scope.description.is_empty() && !scope.perimeter.is_empty() && !scope.services.is_empty());
        assert!(scope.access_points.len() >= 2, "{}", template.id);
        assert!(scope.people.is_empty(), "{}: nobody is invented", template.id);
    });
}

#[test]
fn two_projects_from_one_template_share_no_id() {
    let template = templates::named("substation").unwrap();
    let (one, other) = (template.open().unwrap(), template.open().unwrap());
    assert!(one.zones.ids().all(|id| !other.zones.contains(id)));
    assert!(one.assets.ids().all(|id| !other.assets.contains(id)));
}

#[test]
fn a_project_kept_as_a_template_leaves_its_assessment_behind() {
    let sample = zonewright::samples::SAMPLES[0].open().unwrap();
    let kept = without_assessment(&sample);
    assert_eq!(kept.first_unresolved(), None);
    assert_eq!((kept.zones.len(), kept.conduits.len()), (sample.zones.len(), sample.conduits.len()));
    assert_eq!((kept.assets.len(), kept.flows.len()), (sample.assets.len(), sample.flows.len()));
    assert!(kept.answers.is_empty() && kept.evidence.is_empty() && kept.risks.is_empty() && kept.actions.is_empty());
    assert!(kept.acceptances.is_empty() && kept.vendor_access.is_empty() && kept.measures.is_empty());
    assert!(kept.scope.people.is_empty() && kept.scope.documents.is_empty());
    assert!(kept.info.organisation.is_empty() && kept.info.assessed_from.is_none());
    assert!(kept.assets.values().all(|it| it.addresses.is_empty()));
    let decided = |it: &Project| it.targets().filter_map(|target| it.target_level(target).cloned()).collect::<Vec<_>>();
    assert_eq!(decided(&kept).len(), decided(&sample).len(), "SL-T stay");
    assert!(decided(&kept).iter().all(|it| it.decided_by.is_empty() && it.decided_on.is_none()));
    assert_eq!(kept.scope.access_points.len(), sample.scope.access_points.len());
    assert!(kept.zones.ids().all(|id| !sample.zones.contains(id)));
    let frames =
        |it: &Project| it.zones.values().map(|it| (it.tag.clone(), it.frame.x, it.frame.y)).collect::<Vec<_>>();
    let (mut now, mut before) = (frames(&kept), frames(&sample));
    now.sort_by(|one, other| one.0.cmp(&other.0));
    before.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(now, before, "and everything stands where it stood");
}

#[test]
fn a_broken_file_of_the_user_names_itself_and_hides_no_other() {
    let folder = tempfile::tempdir().unwrap();
    assert!(templates::own(&folder.path().join("none")).0.is_empty());
    let good = zonewright::samples::SAMPLES[1].open().unwrap();
    store::save(&good, &folder.path().join("good.zonewright")).unwrap();
    let text = store::to_text(&good).unwrap();
    let cut: String = text.chars().take(text.len() / 2).collect();
    std::fs::write(folder.path().join("broken.zonewright"), cut).unwrap();
    std::fs::write(folder.path().join("read me.txt"), "no template").unwrap();
    let (own, errors) = templates::own(folder.path());
    let [template] = own.as_slice() else { panic!("{own:?}") };
    assert_eq!(template.title, good.info.title);
    let opened = template.open().unwrap();
    assert!(opened.answers.is_empty() && opened.zones.len() == good.zones.len());
    let [error] = errors.as_slice() else { panic!("{errors:?}") };
    let error = error.to_string();
    assert!(error.contains("line") && error.contains("broken.zonewright"), "{error}");
}

/// The same project with its zones and conduits in another order of ids.
fn with_other_ids(project: &Project) -> Project {
    let mut text = store::to_text(project).unwrap();
    for id in project.zones.ids() {
        text = text.replace(&id.to_string(), &ZoneId::random().to_string());
    }
    for id in project.conduits.ids() {
        text = text.replace(&id.to_string(), &ConduitId::random().to_string());
    }
    store::from_text(&text).unwrap()
}

#[test]
fn a_template_lies_the_same_each_time_whatever_its_ids_are() {
    let places = |project: &Project| {
        let tag = |id| project.zones.get(id).map(|it| it.tag.clone());
        layout::arrange(project)
            .into_iter()
            .map(|(id, frame)| format!("{:?} {frame:?}", tag(id)))
            .collect::<BTreeSet<_>>()
    };
    each(|template, project| {
        assert_eq!(places(project), places(&with_other_ids(project)), "{}", template.id);
    });
}

#[test]
fn a_reason_that_names_a_neighbour_is_true_until_the_neighbour_changes() {
    use zonewright::model::reasons::{Sentence, read};
    let stale = |project: &Project| {
        let analysis = analyse(project, Catalogue::embedded(), date(2026, 11, 21));
        analysis.findings.of("E34").map(|it| it.message.clone()).collect::<Vec<_>>()
    };
    let mut told = 0;
    each(|template, project| assert_eq!(stale(project), Vec::<String>::new(), "{}", template.id));
    for template in templates::built_in() {
        let mut project = template.open().unwrap();
        let leans = |level: &TargetLevel| match read(&level.reason) {
            Some(Sentence::Others { tags, is_certain: true, .. }) => Some(tags.to_owned()),
            _ => None,
        };
        let named = project.conduits.values().find_map(|it| it.sl_t.as_ref().and_then(leans));
        let Some(zone) = named.and_then(|tag| project.zones.iter().find(|it| it.1.tag == tag).map(|it| it.0)) else {
            continue;
        };
        project.zones.get_mut(zone).unwrap().sl_t.as_mut().unwrap().levels = SlVector::uniform(SecurityLevel::ZERO);
        told += usize::from(!stale(&project).is_empty());
    }
    assert!(told > 5, "told in {told} templates");
}
