//! What laying out and routing cost, and how good they are: `cargo bench --bench layout`.
//!
//! With arguments, `cargo bench --bench layout -- MODEL.json OUT.json`, it lays out a
//! plant of the layout recipe and writes what its metrics read, so that the same
//! figures judge other engines too; `benches/layout.md` holds them.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark prints, and ends where there is nothing to measure"
)]

use std::collections::HashMap;
use std::path::Path;
use std::time::Instant;

use serde_json::{Map, Value, json};
use zonewright::drawing::asset_places;
use zonewright::drawing::layout::{Extent, lay_out};
use zonewright::drawing::route::Routing;
use zonewright::generate::{Size, plant};
use zonewright::model::{Asset, AssetId, Conduit, ConduitId, Id, Project, Rect, Zone, ZoneId};

/// Zones, assets, conduits, and the seconds that laying out may take.
const PLANTS: [(usize, usize, usize, f32); 3] =
    [(30, 300, 60, 1.0), (300, 3_000, 900, 1.0), (1_000, 20_000, 5_000, 10.0)];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    if let [model, out] = arguments.as_slice() {
        of_model(Path::new(model), Path::new(out));
        return;
    }
    for (zones, assets, conduits, budget) in PLANTS {
        let size = Size { zones, conduits, assets, answers: 0, conduit_answers: 0 };
        let project = plant(size, 1);
        println!("Generated plant: {zones} zones, {assets} assets, {conduits} conduits");
        let (project, seconds) = laid_out(project);
        println!("  {:<38} {:>9.1} ms   budget {:>6.0} ms", "layout", seconds * 1e3, budget * 1e3);
        let (routing, seconds) = timed(|| Routing::of(&project, |_| 70.0));
        println!("  {:<38} {:>9.1} ms", "all routes", seconds * 1e3);
        let crossings: usize = routing.routes().values().map(|it| it.jumps.len()).sum();
        let corners: usize = routing.routes().values().map(|it| it.points.len().saturating_sub(2)).sum();
        println!("  {crossings} crossings, {corners} corners");
        drag(&project, &routing);
    }
}

/// Moves some zones a step each, as a drag does.
fn drag(project: &Project, routing: &Routing) {
    let mut times = Vec::new();
    let mut most = 0;
    for zone in project.zones.ids().step_by(project.zones.len() / 20) {
        let mut moved = project.clone();
        for id in project.zone_with_contents(zone) {
            if let Some(zone) = moved.zones.get_mut(id) {
                zone.frame = zone.frame.offset(40.0, 24.0);
            }
        }
        let (new, seconds) = timed(|| routing.updated(&moved, |_| 70.0));
        most = most.max(new.changed().len());
        times.push(seconds);
    }
    times.sort_by(f32::total_cmp);
    let [middle, last] = [times[times.len() / 2], times[times.len() - 1]].map(|it| it * 1e3);
    println!("  {:<38} {middle:>9.2} ms   at most {last:.2} ms, {most} routes changed", "one zone moved");
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f32) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed().as_secs_f32())
}

fn laid_out(mut project: Project) -> (Project, f32) {
    let (frames, seconds) = timed(|| lay_out(&project, &Extent::All, &mut |_| true).expect("nobody calls it off"));
    for (id, frame) in frames {
        project.zones.get_mut(id).expect("a zone").frame = frame;
    }
    (project, seconds)
}

/// Lays out a model of the recipe.
fn of_model(model: &Path, out: &Path) {
    let text = std::fs::read_to_string(model).expect("the model can be read");
    let model: Value = serde_json::from_str(&text).expect("the model is JSON");
    let list = |key: &str| model[key].as_array().cloned().unwrap_or_default();
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let mut project = Project::default();
    for zone in list("zones") {
        let tag = text(&zone, "id");
        let level = format!("{}", zone["level"].as_f64().unwrap_or_default());
        let frame = Rect::default();
        let zone = Zone { tag: tag.clone(), purdue: level.parse().ok(), frame, ..Zone::default() };
        project.zones.insert(ZoneId::derived_from(&tag), zone);
    }
    for asset in list("assets") {
        let tag = text(&asset, "id");
        let zone = Some(ZoneId::derived_from(&text(&asset, "zone")));
        project.assets.insert(AssetId::derived_from(&tag), Asset { tag, zone, ..Asset::default() });
    }
    for conduit in list("conduits") {
        let tag = text(&conduit, "id");
        let [from, to] = ["from", "to"].map(|end| Some(ZoneId::derived_from(&text(&conduit, end))));
        project.conduits.insert(ConduitId::derived_from(&tag), Conduit { tag, from, to, ..Conduit::default() });
    }
    let (project, layout) = laid_out(project);
    let (routing, route) = timed(|| Routing::of(&project, |_| 70.0));
    let frame = |it: Rect| json!([it.x, it.y, it.width, it.height]);
    let zones: Map<_, _> = project.zones.values().map(|it| (it.tag.clone(), frame(it.frame))).collect();
    let cells: HashMap<AssetId, Rect> = asset_places(&project).cells.into_iter().collect();
    let cell = |id: AssetId, it: &Asset| (it.tag.clone(), frame(cells.get(&id).copied().unwrap_or_default()));
    let assets: Map<_, _> = project.assets.iter().map(|(id, it)| cell(id, it)).collect();
    let edges: Map<_, _> = routing
        .routes()
        .iter()
        .map(|(&id, route)| {
            let tag = project.conduits.get(id).map(|it| it.tag.clone()).unwrap_or_default();
            (tag, route.points.iter().map(|it| json!([it.x, it.y])).collect())
        })
        .collect();
    let seconds = (f64::from(layout + route) * 1e3).round() / 1e3;
    let result = json!({ "engine": "zonewright", "wall_s": seconds, "zones": zones, "assets": assets, "edges": edges });
    std::fs::write(out, result.to_string()).expect("the layout can be written");
    println!("laid out in {layout:.3} s, routed in {route:.3} s");
}
