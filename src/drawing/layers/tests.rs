use super::*;

/// Rows of these sizes, joined at random.
fn tangled(rows: &[usize], links: usize, seed: u64) -> Layers {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut layers = Layers::new(rows.len());
    for (row, &count) in rows.iter().enumerate() {
        for _ in 0..count {
            layers.add(row, rng.f32(), false);
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
    let at = |node: usize| layers.nodes[node].at;
    let mut total = 0;
    for row in 0..layers.rows.len() {
        let links = |row: usize| -> Vec<(i32, i32)> {
            let nodes = layers.rows[row].iter();
            nodes.flat_map(|&it| layers.nodes[it].links[DOWN].iter().map(move |&to| (at(it), at(to)))).collect()
        };
        let below = links(row);
        for (place, one) in below.iter().enumerate() {
            total += below[place + 1..].iter().filter(|it| (it.0 - one.0) * (it.1 - one.1) < 0).count();
        }
        for side in [UP, DOWN] {
            let of_row = layers.arcs.iter().filter(|it| it.side == side && layers.nodes[it.ends[0]].row == row);
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
        let straight = layers.arcs.iter().filter(|it| it.side == BESIDE && layers.nodes[it.ends[0]].row == row);
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
        layers.flip_arcs();
        assert_eq!(layers.crossings(), counted_slowly(&layers), "seed {seed}, arcs turned");
    }
}

#[test]
fn sifting_never_adds_a_crossing_and_gains_what_it_says() {
    for seed in 0..20 {
        let mut layers = tangled(&[5, 8, 8, 4], 40, seed);
        layers.sweep(8);
        layers.flip_arcs();
        for arc in layers.arcs.iter_mut().filter(|it| it.side == BESIDE) {
            arc.side = UP;
        }
        let mut before = layers.crossings();
        for round in 0..3 {
            for row in 0..4 {
                let gain = layers.sift_row(row, round, &mut 1_000_000);
                let after = layers.crossings();
                assert_eq!(before as i64 - after as i64, gain, "seed {seed}, row {row}");
                before = after;
            }
        }
    }
}

#[test]
fn what_can_be_drawn_without_crossings_is() {
    // three pairs given crosswise
    let mut layers = Layers::new(2);
    let above: Vec<_> = (0..3).map(|at| layers.add(0, at as f32, false)).collect();
    let below: Vec<_> = (0..3).map(|at| layers.add(1, -(at as f32), false)).collect();
    for (&a, &b) in above.iter().zip(&below) {
        layers.join(a, b, false);
    }
    layers.settle();
    assert_eq!(layers.crossings(), 3);
    layers.sift(10, &mut 100_000);
    assert_eq!(layers.crossings(), 0);
}

#[test]
fn fixed_nodes_keep_their_order_and_bends_find_their_gap() {
    let mut layers = Layers::new(3);
    let top = layers.add(0, 0.0, true);
    let walls = [layers.add(1, 0.0, true), layers.add(1, 1.0, true)];
    let foot = [layers.add(2, 0.0, true), layers.add(2, 2.0, true)];
    layers.join(walls[0], foot[0], false);
    layers.join(walls[1], foot[0], false);
    let Link::Chain(chain) = layers.join(top, foot[1], false) else { panic!("a chain") };
    layers.settle();
    layers.sift(5, &mut 100_000);
    assert!(layers.nodes[walls[0]].at < layers.nodes[walls[1]].at);
    assert_eq!(layers.crossings(), 0);
    assert_eq!(layers.nodes[chain[1]].at, 2, "right of both walls");
}
