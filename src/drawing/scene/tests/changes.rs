//! What follows a change is what drawing anew gives.

use super::*;

#[test]
fn what_follows_a_move_is_what_drawing_anew_gives() {
    let mut plant = plant().asset("PLC", "plc", "Z-2", |_| ()).flow("C-1", "HIST", "PLC", "modbus_tcp", |_| ());
    let view = DiagramView { hidden_layers: [].into(), ..DiagramView::whole_plant() };
    let look = Look { view, ..Look::printed() };
    let analysis = plant.analyse();
    let mut followed = scene(&plant.project, &analysis, &look);
    for step in 1..4_u8 {
        let zone = plant.project.zones.get_mut(ZoneId::derived_from("Z-2")).unwrap();
        zone.frame = zone.frame.offset(37.0 * f32::from(step), 11.0);
        assert!(followed.follow(&plant.project, &analysis));
        let mut fresh = scene(&plant.project, &analysis, &look);
        // while a thing is dragged routes follow it, and are found anew when it is let go
        fresh.routing = Routing::default();
        let of = |scene: &Scene| -> Vec<Element> {
            let is_route = |it: &&Element| matches!(it.subject, Some(Subject::Conduit(_)));
            scene.elements.iter().filter(|it| !is_route(it) && it.subject.is_some()).cloned().collect()
        };
        assert_eq!(of(&followed), of(&fresh));
        assert_eq!(followed.places, fresh.places);
        let middle = plant.project.zones.get(ZoneId::derived_from("Z-2")).unwrap().frame.center();
        assert_eq!(followed.zones_at(middle), [ZoneId::derived_from("Z-2")]);
        let line = followed.routes()[&conduit()].points[0];
        assert_eq!(followed.lines_near(line, 1.0), [conduit()]);
    }
}

/// What each subject shows, but for the ways of conduits and what lies around them: those
/// follow a change and are not found from the beginning.
fn told(scene: &Scene) -> Vec<Element> {
    let is_meant = |it: &&Element| !matches!(it.subject, None | Some(Subject::Conduit(_)));
    scene.elements.iter().filter(is_meant).cloned().collect()
}

/// Plants one after the other, each a small change of the one before.
fn edited() -> Vec<(&'static str, Project)> {
    let plant = plant()
        .zone("Z-3", |zone| {
            zone.frame = Rect::new(400.0, 0.0, 400.0, 500.0);
            zone.site = "South".into();
        })
        .asset("PLC", "plc", "Z-2", |_| ())
        .flow("C-1", "HIST", "PLC", "modbus_tcp", |_| ());
    let [one, two, three] = ["Z-1", "Z-2", "Z-3"].map(ZoneId::derived_from);
    let [hist, plc] = ["HIST", "PLC"].map(AssetId::derived_from);
    let mut project = plant.project;
    let legend = Note { kind: NoteKind::Legend, frame: Rect::new(900.0, 0.0, 300.0, 300.0), ..Note::default() };
    project.notes.insert(NoteId::derived_from("N"), legend);
    let mut plants = vec![("as it was", project.clone())];
    let mut step = |what: &'static str, change: &dyn Fn(&mut Project)| {
        change(&mut project);
        plants.push((what, project.clone()));
    };
    step("a letter typed in a name", &|it| it.zones.get_mut(one).unwrap().name.push('x'));
    step("another tag", &|it| it.zones.get_mut(one).unwrap().tag = "Z-9".into());
    step("a zone into another", &|it| {
        let zone = it.zones.get_mut(two).unwrap();
        (zone.parent, zone.frame) = (Some(three), Rect::new(440.0, 80.0, 300.0, 200.0));
    });
    step("an asset into another zone", &|it| {
        let asset = it.assets.get_mut(plc).unwrap();
        (asset.zone, asset.place) = (Some(three), Some(Point::new(20.0, 320.0)));
    });
    step("a second home less", &|it| it.assets.get_mut(hist).unwrap().other_zones.clear());
    step("a conduit more", &|it| {
        let conduit = Conduit { tag: "C-2".into(), from: Some(one), to: Some(three), ..Conduit::default() };
        it.conduits.insert(ConduitId::derived_from("C-2"), conduit);
    });
    step("an end pulled to another zone", &|it| it.conduits.get_mut(conduit()).unwrap().to = Some(three));
    step("a copy of a zone", &|it| {
        let copy = Zone { tag: "Z-4".into(), frame: Rect::new(0.0, 600.0, 300.0, 200.0), ..Zone::default() };
        it.zones.insert(ZoneId::derived_from("Z-4"), copy);
    });
    let four = ZoneId::derived_from("Z-4");
    step("another zone of the site", &|it| {
        let frame = Rect::new(1400.0, 0.0, 300.0, 500.0);
        let zone = Zone { tag: "Z-5".into(), site: "South".into(), frame, ..Zone::default() };
        it.zones.insert(ZoneId::derived_from("Z-5"), zone);
    });
    step("a zone of none between them", &|it| {
        it.zones.get_mut(four).unwrap().frame = Rect::new(1000.0, 100.0, 200.0, 200.0);
    });
    step("and away again", &|it| it.zones.get_mut(four).unwrap().frame = Rect::new(0.0, 600.0, 300.0, 200.0));
    step("another trust", &|it| it.zones.get_mut(one).unwrap().trust = Trust::External);
    step("another order", &|it| it.zones.get_mut(one).unwrap().order = 7);
    step("an owner", &|it| it.zones.get_mut(three).unwrap().owner = "A role".into());
    step("an asset without support", &|it| it.assets.get_mut(plc).unwrap().supported = Known::No);
    step("a flow less", &|it| it.flows = Table::default());
    step("all but one gone", &|it| {
        it.conduits = Table::default();
        it.assets = Table::default();
        it.zones.retain(|id, _| id == one);
    });
    plants
}

#[test]
fn what_follows_an_edit_is_what_drawing_anew_gives() {
    let overlays = [Overlay::Trust, Overlay::Exposure, Overlay::Findings, Overlay::Lifecycle, Overlay::Ownership];
    for overlay in overlays {
        let view = DiagramView { hidden_layers: [].into(), overlay, ..DiagramView::whole_plant() };
        let look = Look { view, ..Look::printed() };
        let plants = edited();
        let mut analysis = Fixture { project: plants[0].1.clone() }.analyse();
        let mut followed = scene(&plants[0].1, &analysis, &look);
        for (what, project) in &plants {
            analysis = analyse_after(project, Catalogue::embedded(), TODAY, Some(&analysis));
            assert!(followed.follow(project, &analysis), "{overlay}: {what}");
            let fresh = scene(project, &analysis, &look);
            assert_eq!(followed.places, fresh.places, "{overlay}: {what}");
            assert_eq!(told(&followed), told(&fresh), "{overlay}: {what}");
            assert_eq!((&followed.perimeter, &followed.sites), (&fresh.perimeter, &fresh.sites), "{overlay}: {what}");
            let ways = |scene: &Scene| scene.routes().keys().copied().collect::<Vec<_>>();
            assert_eq!(ways(&followed), ways(&fresh), "{overlay}: {what}");
            let labels = |scene: &Scene| -> Vec<Subject> { scene.elements.subjects(Stratum::Labels).collect() };
            assert_eq!(labels(&followed), labels(&fresh), "{overlay}: {what}");
            let edge = Rect::new(-1e4, -1e4, 2e4, 2e4);
            assert_eq!(followed.zones_near(edge), fresh.zones_near(edge), "{overlay}: {what}");
        }
    }
}

#[test]
fn a_typed_letter_leaves_every_way_as_it_is() {
    let mut plant = plant();
    let mut scene = scene(&plant.project, &plant.analyse(), &Look::printed());
    let before = scene.routes()[&conduit()].clone();
    plant.project.zones.get_mut(ZoneId::derived_from("Z-1")).unwrap().name = "Other".into();
    plant.project.conduits.get_mut(conduit()).unwrap().name = "Other".into();
    assert!(scene.follow(&plant.project, &plant.analyse()));
    assert!(std::sync::Arc::ptr_eq(&before, &scene.routes()[&conduit()]) && !scene.has_followed());
}

#[test]
fn a_plant_that_went_each_its_own_way_is_drawn_from_the_beginning() {
    let place = |number: u16, step: f32| {
        move |zone: &mut Zone| {
            zone.frame = Rect::new(f32::from(number) * step, f32::from(number) * 10.0, 200.0, 100.0);
        }
    };
    let plant = |step: f32| {
        (0..20).fold(Fixture::new(), |plant, number| plant.zone(&format!("Z-{number}"), place(number, step)))
    };
    let (before, after) = (plant(300.0), plant(340.0));
    let mut scene = scene(&before.project, &before.analyse(), &Look::printed());
    assert!(!scene.follow(&after.project, &before.analyse()));
}

#[test]
fn many_zones_that_move_with_the_one_around_them_are_moved_and_not_drawn() {
    let outer = ZoneId::derived_from("Z-OUT");
    let mut plant = Fixture::new()
        .zone("Z-OUT", |zone| zone.frame = Rect::new(0.0, 0.0, 3200.0, 900.0))
        .zone("Z-FAR", |zone| zone.frame = Rect::new(5000.0, 0.0, 300.0, 200.0));
    for number in 0..30_u16 {
        let tag = format!("Z-{number:02}");
        plant = plant.zone(&tag, |zone| {
            zone.parent = Some(outer);
            zone.frame =
                Rect::new(40.0 + f32::from(number % 10) * 300.0, 80.0 + f32::from(number / 10) * 260.0, 240.0, 160.0);
        });
        plant = plant.asset(&format!("A-{number:02}"), "plc", &tag, |_| ());
    }
    for number in 0..29 {
        let [from, to] = [number, number + 1].map(|it| format!("Z-{it:02}"));
        plant = plant.conduit(&format!("C-{number:02}"), &from, &to, |_| ());
    }
    plant = plant.conduit("C-FAR", "Z-09", "Z-FAR", |_| ());
    let view = DiagramView { hidden_layers: [].into(), ..DiagramView::whole_plant() };
    let look = Look { view, ..Look::printed() };
    let mut project = plant.project.clone();
    let analysis = plant.analyse();
    let mut followed = scene(&project, &analysis, &look);
    let inside = followed.routes()[&ConduitId::derived_from("C-00")].clone();
    for id in project.zone_with_contents(outer) {
        let zone = project.zones.get_mut(id).unwrap();
        zone.frame = zone.frame.offset(64.0, 32.0);
    }
    assert!(followed.follow(&project, &analysis));
    let fresh = scene(&project, &analysis, &look);
    assert_eq!(followed.places, fresh.places);
    let (told, expected) = (told(&followed), told(&fresh));
    assert_eq!(told.len(), expected.len());
    let near = |a: &Rect, b: &Rect| a.grown(0.01).encloses(b) && b.grown(0.01).encloses(a);
    for (one, other) in told.iter().zip(&expected) {
        assert_eq!((one.subject, one.zoom, one.shapes.len()), (other.subject, other.zoom, other.shapes.len()));
        assert!(near(&one.bounds, &other.bounds), "{one:?} {other:?}");
        let mut shapes = one.shapes.iter().zip(&other.shapes);
        assert!(shapes.all(|(one, other)| near(&one.bounds(), &other.bounds())), "{one:?} {other:?}");
    }
    let moved: Vec<Point> = inside.points.iter().map(|it| it.offset(64.0, 32.0)).collect();
    assert_eq!(followed.routes()[&ConduitId::derived_from("C-00")].points, moved);
    let far = &followed.routes()[&ConduitId::derived_from("C-FAR")].points;
    assert_eq!(followed.lines_near(far[0], 1.0), [ConduitId::derived_from("C-FAR")]);
    let card = followed.places.cells[&AssetId::derived_from("A-07")].center();
    assert_eq!(followed.assets_at(card), [AssetId::derived_from("A-07")]);
}
