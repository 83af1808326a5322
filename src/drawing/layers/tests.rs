use super::*;

/// Rows of these sizes, joined at random.
fn tangled(rows: &[usize], links: usize, seed: u64) -> Layers {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut layers = Layers::new(rows.len());
    for (row, &count) in rows.iter().enumerate() {
        for _ in 0..count {
            layers.add((row, (row + 1).min(rows.len() - 1)), rng.f32(), false);
        }
    }
    let count = layers.nodes.len();
    for _ in 0..links {
        let (a, b) = (rng.usize(..count), rng.usize(..count));
        if a != b {
            layers.join(a, b, true);
        }
    }
    layers.settle();
    layers
}

/// Counted pair by pair.
fn counted_slowly(layers: &Layers) -> u64 {
    let at = |node: usize| layers.at(node);
    let is_arc = |it: &Line, row: usize| it.ends.iter().all(|&end| layers.nodes[end].row == row);
    let mut total = 0;
    for row in 0..layers.rows.len() {
        let links = |row: usize| -> Vec<(i32, i32)> {
            let nodes = layers.rows[row].iter();
            nodes.flat_map(|&it| layers.near(it, DOWN).iter().map(move |&to| (at(it), at(to)))).collect()
        };
        let below = links(row);
        for (place, one) in below.iter().enumerate() {
            total += below[place + 1..].iter().filter(|it| (it.0 - one.0) * (it.1 - one.1) < 0).count();
        }
        for side in [UP, DOWN] {
            let of_row = layers.lines.iter().filter(|it| it.side == side && is_arc(it, row));
            let arcs: Vec<_> =
                of_row.map(|it| (at(it.ends[0]).min(at(it.ends[1])), at(it.ends[0]).max(at(it.ends[1])))).collect();
            for (place, one) in arcs.iter().enumerate() {
                let crosses = |it: &&(i32, i32)| {
                    (one.0 < it.0 && it.0 < one.1) != (one.0 < it.1 && it.1 < one.1) && {
                        let shared = [it.0, it.1].iter().any(|end| *end == one.0 || *end == one.1);
                        !shared
                    }
                };
                total += arcs[place + 1..].iter().filter(crosses).count();
                let beside: Vec<i32> = match side {
                    UP if row > 0 => links(row - 1).iter().map(|it| it.1).collect(),
                    DOWN => below.iter().map(|it| it.0).collect(),
                    _ => Vec::new(),
                };
                total += beside.iter().filter(|it| one.0 < **it && **it < one.1).count();
            }
        }
        let straight = layers.lines.iter().filter(|it| it.side == BESIDE && is_arc(it, row));
        for arc in straight {
            let (a, b) = (at(arc.ends[0]), at(arc.ends[1]));
            total += layers.rows[row].iter().filter(|&&it| a.min(b) < at(it) && at(it) < a.max(b)).count();
        }
    }
    total as u64
}

#[test]
fn crossings_are_counted_as_pair_by_pair() {
    for seed in 0..20 {
        let mut layers = tangled(&[4, 6, 5, 3], 30, seed);
        assert_eq!(layers.crossings(), counted_slowly(&layers), "seed {seed}");
        layers.turn_arcs();
        assert_eq!(layers.crossings(), counted_slowly(&layers), "seed {seed}, arcs turned");
    }
}

#[test]
fn sifting_never_adds_a_crossing_and_gains_what_it_says() {
    for seed in 0..20 {
        let mut layers = tangled(&[5, 8, 8, 4], 40, seed);
        layers.sweep(8);
        let before = layers.crossings();
        let gain = layers.sift(&mut 1_000_000);
        assert_eq!(before as i64 - layers.crossings() as i64, gain, "seed {seed}");
        assert!(gain >= 0);
    }
}

#[test]
fn every_change_adds_what_it_says_and_can_be_taken_back() {
    for seed in 0..20 {
        let mut rng = fastrand::Rng::with_seed(seed);
        let mut layers = tangled(&[5, 8, 8, 4], 40, seed);
        for change in 0..40 {
            let before = layers.crossings() as i64;
            let rows = layers.snapshot();
            let mut added = 0;
            for _ in 0..rng.usize(1..4) {
                let item = rng.usize(..25);
                let (first, last) = layers.nodes[item].span;
                let row = first + last - layers.nodes[item].row;
                added += if rng.bool() && first < last {
                    layers.change_row(item, row, rng.f32(), &mut 0)
                } else {
                    layers.jump(item, rng.f32())
                };
            }
            assert_eq!(layers.crossings() as i64, before + added, "seed {seed}, change {change}");
            let added = added - layers.sift_waiting(&mut 1_000_000);
            assert_eq!(layers.crossings() as i64, before + added, "seed {seed}, change {change}, sifted");
            assert_eq!(layers.crossings(), counted_slowly(&layers));
            if rng.bool() {
                layers.undo();
                assert_eq!(layers.snapshot(), rows);
                assert_eq!(layers.crossings() as i64, before);
            } else {
                layers.keep();
            }
        }
    }
}

#[test]
fn what_can_be_drawn_without_crossings_is() {
    // three pairs given crosswise
    let mut layers = Layers::new(2);
    let above: Vec<_> = (0..3).map(|at| layers.add((0, 0), at as f32, false)).collect();
    let below: Vec<_> = (0..3).map(|at| layers.add((1, 1), -(at as f32), false)).collect();
    for (&a, &b) in above.iter().zip(&below) {
        layers.join(a, b, false);
    }
    layers.settle();
    assert_eq!(layers.crossings(), 3);
    layers.sift(&mut 100_000);
    assert_eq!(layers.crossings(), 0);
}

#[test]
fn fixed_nodes_keep_their_order_and_bends_find_their_gap() {
    let mut layers = Layers::new(3);
    let top = layers.add((0, 0), 0.0, true);
    let walls = [layers.add((1, 1), 0.0, true), layers.add((1, 1), 1.0, true)];
    let foot = [layers.add((2, 2), 0.0, true), layers.add((2, 2), 2.0, true)];
    layers.join(walls[0], foot[0], false);
    layers.join(walls[1], foot[0], false);
    let line = layers.join(top, foot[1], false);
    layers.settle();
    let Link::Chain(chain) = layers.link(line) else { panic!("a chain") };
    layers.sift(&mut 100_000);
    assert!(layers.at(walls[0]) < layers.at(walls[1]));
    assert_eq!(layers.crossings(), 0);
    assert_eq!(layers.at(chain[1]), 2, "right of both walls");
}
