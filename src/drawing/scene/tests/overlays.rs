//! What overlays tell, and the legend.

use super::*;

#[test]
fn an_overlay_tells_the_figures_of_the_analysis() {
    let plant = plant()
        .zone("Z-NET", |zone| {
            zone.trust = Trust::External;
            zone.frame = Rect::new(600.0, 0.0, 240.0, 140.0);
        })
        .conduit("C-NET", "Z-NET", "Z-1", |_| ())
        .answer("Z-1", "SR 1.1", Status::NotMet, |_| ());
    let analysis = plant.analyse();
    let zone = Target::from(ZoneId::derived_from("Z-1"));
    let levels = analysis.target(zone).unwrap();
    let near = |overlay: Overlay| scene(&plant.project, &analysis, &look(overlay)).figure(&analysis, zone).near;
    assert_eq!(near(Overlay::Target), levels.target.unwrap().highest().to_string());
    assert_eq!(near(Overlay::Achieved), levels.achieved.lowest().unwrap().to_string());
    assert_eq!(near(Overlay::Proven), levels.evidenced.lowest().unwrap().to_string());
    assert_eq!(near(Overlay::Shortfall), format!("−{}", levels.worst_shortfall()));
    assert_eq!(near(Overlay::Trust), near(Overlay::Shortfall));
    let first = analysis.gaps.iter().find(|it| it.target == Some(zone)).unwrap();
    assert_eq!(near(Overlay::TopGap), format!("{:?}  {}", first.band, first.score));
    let exploitability = analysis.factors.exploitability(zone);
    assert_eq!(exploitability.hops, Some(1));
    assert_eq!(near(Overlay::Exposure), format!("E{}  1 hop", exploitability.value));
    let about = |subject: Subject, severity: Severity| {
        let open = analysis.findings.iter().filter(|it| it.set_aside.is_none() && it.severity() == severity);
        open.filter(|it| it.about.first() == Some(&subject)).count()
    };
    let counts = Severity::ALL.map(|severity| about(ZoneId::derived_from("Z-1").into(), severity));
    let expected: Vec<String> = counts
        .iter()
        .zip(["E", "W", "H"])
        .filter(|(count, _)| **count > 0)
        .map(|(count, sign)| format!("{sign}{count}"))
        .collect();
    assert_eq!(near(Overlay::Findings), expected.join(" "));
    assert_eq!(near(Overlay::Ownership), "A  Operations manager");
    assert_eq!(near(Overlay::Lifecycle), "1 of 1 unknown");
}

#[test]
fn levels_of_one_fr_are_told_where_one_is_chosen() {
    let plant = plant().sl_t_in("Z-1", Fr::Tre, 4);
    let analysis = plant.analyse();
    let view = DiagramView { overlay: Overlay::Target, fr: Some(Fr::Tre), ..DiagramView::whole_plant() };
    let scene = scene(&plant.project, &analysis, &Look { view, ..Look::printed() });
    let zone = ZoneId::derived_from("Z-1");
    assert_eq!(scene.figure(&analysis, zone.into()).text, "4");
    assert!(texts(&scene, zone).contains(&"FR 6  4".to_owned()));
}

#[test]
fn each_fr_has_its_cell_where_none_is_chosen() {
    let zone = ZoneId::derived_from("Z-1");
    let count =
        |overlay: Overlay, text: &str| texts(&drawn(&plant(), overlay), zone).iter().filter(|it| *it == text).count();
    assert!(count(Overlay::Target, "2") >= 7);
    for overlay in [Overlay::Achieved, Overlay::Proven, Overlay::Shortfall] {
        assert!(count(overlay, "?") >= 7, "nothing is answered");
    }
    let answered = |plant: Fixture, fr: usize| plant.answer("Z-1", &format!("SR {fr}.1"), Status::NotMet, |_| ());
    let answered = (1..=7).fold(plant(), answered);
    let achieved = texts(&drawn(&answered, Overlay::Achieved), zone);
    assert!(achieved.iter().filter(|it| *it == "0").count() >= 7);
    let short = texts(&drawn(&answered, Overlay::Shortfall), zone);
    assert!(short.iter().filter(|it| *it == "2").count() >= 7);
    let unset = texts(&drawn(&plant(), Overlay::Target), ZoneId::derived_from("Z-2"));
    assert!(unset.iter().any(|it| it == "–"));
}

#[test]
fn exposure_tells_the_easiest_paths_and_the_chokes() {
    let plant = Fixture::new()
        .zone("Z-NET", |zone| {
            zone.trust = Trust::External;
            zone.frame = Rect::new(0.0, 0.0, 240.0, 140.0);
        })
        .zone("Z-1", |zone| zone.frame = Rect::new(0.0, 300.0, 240.0, 140.0))
        .zone("Z-2", |zone| zone.frame = Rect::new(0.0, 600.0, 240.0, 140.0))
        .conduit("C-1", "Z-NET", "Z-1", |_| ())
        .conduit("C-2", "Z-1", "Z-2", |_| ())
        .conduit("C-3", "Z-2", "Z-1", |it| it.initiated_by = Initiator::From);
    let analysis = plant.analyse();
    let facts = Facts::of(&plant.project, &analysis, Overlay::Exposure);
    let id = |tag: &str| ConduitId::derived_from(tag);
    assert!(facts.is_on_path(id("C-1")) && facts.is_on_path(id("C-2")) && !facts.is_on_path(id("C-3")));
    assert!(facts.is_choke(id("C-1")) && !facts.is_choke(id("C-2")));
}

#[test]
fn roles_have_letters_and_nobody_a_hatch() {
    let plant = plant().conduit("C-2", "Z-1", "Z-2", |it| it.owner = "Network engineer".into());
    let analysis = plant.analyse();
    let scene = scene(&plant.project, &analysis, &look(Overlay::Ownership));
    let figure = |target: Target| scene.figure(&analysis, target);
    assert_eq!(figure(ConduitId::derived_from("C-2").into()).text, "A");
    assert_eq!(figure(ZoneId::derived_from("Z-1").into()).text, "B");
    let nobody = figure(ConduitId::derived_from("C-1").into());
    assert!(nobody.text == "?" && nobody.hatch.is_some());
    let words = legend_words(&plant, &look(Overlay::Ownership));
    for word in ["Network engineer", "Operations manager", "no owner"] {
        assert!(words.contains(&word.to_owned()), "{words:?}");
    }
}

#[test]
fn the_legend_holds_only_what_occurs() {
    let words = legend_words(&plant(), &Look::printed());
    for word in ["Operational", "nothing filters", "dual-homed", "logical boundary", "perimeter of the SUC"] {
        assert!(words.contains(&word.to_owned()), "{word} is missing: {words:?}");
    }
    for word in
        ["External", "physical boundary", "stateful firewall", "remote access on demand", "site or area", "locked"]
    {
        assert!(!words.contains(&word.to_owned()), "{word} does not occur: {words:?}");
    }
}

#[test]
fn names_on_a_tinted_zone_can_be_read() {
    for palette in Palette::all() {
        let least = if palette.name == "High contrast" { 7.0 } else { 4.5 };
        let fills = palette.levels.iter().chain(&palette.shortfalls).chain(&palette.bands).chain(&palette.roles);
        for &fill in fills.chain([&palette.good_soft, &palette.error_soft, &palette.sunken]) {
            let ground = palette.canvas.mixed(fill, OVERLAY_TINT);
            let contrast = palette.text.contrast(ground);
            assert!(contrast >= least, "{}: {ground}: {contrast}", palette.name);
        }
        for severity in Severity::ALL {
            let ground = palette.canvas.mixed(palette.severity(severity).0, SOFT_TINT);
            assert!(palette.text.contrast(ground) >= least, "{}: {severity:?}", palette.name);
            assert!(ground != palette.canvas, "{}: {severity:?} is seen", palette.name);
        }
    }
}
