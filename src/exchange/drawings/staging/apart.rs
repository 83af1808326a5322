//! Pushing frames apart, each staying before those that it was drawn before.

use crate::model::Rect;

/// A frame with what was drawn there, which says what lies before what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Framed {
    pub frame: Rect,
    pub drawn: Rect,
}

/// That one frame lies before another one, by so much from middle to middle at least.
struct Before {
    one: usize,
    next: usize,
    least: f32,
}

/// Where frames go so that none comes nearer to another than `gap`: what was drawn above,
/// below or beside something stays there, and nothing moves that has room.
pub(super) fn apart(all: &[Framed], gap: f32) -> Vec<Rect> {
    let (mut across, mut down) = (Vec::new(), Vec::new());
    for (one, first) in all.iter().enumerate() {
        for (next, second) in all.iter().enumerate().skip(one + 1) {
            let wide = (first.frame.width + second.frame.width) / 2.0 + gap;
            let high = (first.frame.height + second.frame.height) / 2.0 + gap;
            let (list, least, is_turned) = if is_across(first, second, (wide, high)) {
                (&mut across, wide, first.drawn.center().x > second.drawn.center().x)
            } else {
                (&mut down, high, first.drawn.center().y > second.drawn.center().y)
            };
            let (one, next) = if is_turned { (next, one) } else { (one, next) };
            list.push(Before { one, next, least });
        }
    }
    let order = |along: fn(&Rect) -> f32| {
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by(|one, next| {
            let at = |it: &usize| all.get(*it).map_or(0.0, |it| along(&it.drawn));
            at(one).total_cmp(&at(next)).then(one.cmp(next))
        });
        order
    };
    let xs: Vec<f32> = all.iter().map(|it| it.frame.center().x).collect();
    let ys: Vec<f32> = all.iter().map(|it| it.frame.center().y).collect();
    let xs = spread(&xs, &order(|it| it.center().x), across);
    let ys = spread(&ys, &order(|it| it.center().y), down);
    let places = xs.into_iter().zip(ys).zip(all);
    places.map(|((x, y), it)| it.frame.offset(x - it.frame.center().x, y - it.frame.center().y)).collect()
}

/// Whether two frames are kept apart from left to right, and not from top to bottom: as they
/// were drawn, or else where less has to be moved.
fn is_across(one: &Framed, next: &Framed, (wide, high): (f32, f32)) -> bool {
    let (a, b) = (&one.drawn, &next.drawn);
    let beside = (b.x - a.right()).max(a.x - b.right()) >= 0.0;
    let above = (b.y - a.bottom()).max(a.y - b.bottom()) >= 0.0;
    let (one, next) = (one.frame.center(), next.frame.center());
    let lacks = |needed: f32, there: f32| needed - there.abs();
    match (beside, above) {
        (true, false) => true,
        (false, true) => false,
        _ => lacks(wide, next.x - one.x) < lacks(high, next.y - one.y),
    }
}

/// Middles that keep what lies before what: half way between moving all that is too near
/// onwards and moving it back.
fn spread(wanted: &[f32], order: &[usize], mut all: Vec<Before>) -> Vec<f32> {
    let mut place = vec![0; wanted.len()];
    for (at, &it) in order.iter().enumerate() {
        if let Some(place) = place.get_mut(it) {
            *place = at;
        }
    }
    let at = |it: usize| place.get(it).copied().unwrap_or_default();
    let here = |of: &[f32], it: usize| of.get(it).copied().unwrap_or_default();
    let (mut onwards, mut back) = (wanted.to_vec(), wanted.to_vec());
    all.sort_by_key(|it| (at(it.next), at(it.one)));
    for it in &all {
        let least = here(&onwards, it.one) + it.least;
        if let Some(next) = onwards.get_mut(it.next) {
            *next = next.max(least);
        }
    }
    all.sort_by_key(|it| std::cmp::Reverse((at(it.one), at(it.next))));
    for it in &all {
        let most = here(&back, it.next) - it.least;
        if let Some(one) = back.get_mut(it.one) {
            *one = one.min(most);
        }
    }
    onwards.into_iter().zip(back).map(|(on, back)| f32::midpoint(on, back)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(x: f32, y: f32, drawn: (f32, f32), needed: (f32, f32)) -> Framed {
        let around = |(width, height): (f32, f32)| Rect::new(x - width / 2.0, y - height / 2.0, width, height);
        Framed { frame: around(needed), drawn: around(drawn) }
    }

    #[test]
    fn a_stack_keeps_its_order_however_little_room_it_had() {
        // seven levels drawn closely, in no order of theirs
        let rows = [3.0, 6.0, 0.0, 5.0, 1.0, 4.0, 2.0];
        let all: Vec<Framed> = rows.iter().map(|row| framed(100.0, row * 60.0, (280.0, 40.0), (200.0, 90.0))).collect();
        let placed = apart(&all, 29.0);
        for (one, row) in placed.iter().zip(rows) {
            for (next, other) in placed.iter().zip(rows).filter(|(_, other)| row < *other) {
                assert!(next.y - one.bottom() > 28.9, "{row} and {other}");
            }
            assert!((one.center().x - 100.0).abs() < 0.1, "none goes aside");
        }
        let middle = placed.iter().map(|it| it.center().y).sum::<f32>() / 7.0;
        assert!((middle - 180.0).abs() < 1.0, "as much up as down: {middle}");
    }

    #[test]
    fn what_has_room_stays_where_it_is() {
        let all = [
            framed(0.0, 0.0, (80.0, 60.0), (80.0, 60.0)),
            framed(300.0, 0.0, (80.0, 60.0), (80.0, 60.0)),
            framed(0.0, 200.0, (80.0, 60.0), (80.0, 60.0)),
        ];
        assert_eq!(apart(&all, 10.0), all.map(|it| it.frame));
    }

    #[test]
    fn what_was_drawn_one_upon_the_other_lies_side_by_side() {
        let all = [framed(0.0, 0.0, (80.0, 60.0), (80.0, 60.0)), framed(50.0, 5.0, (80.0, 60.0), (80.0, 60.0))];
        let [one, next] = apart(&all, 10.0).try_into().unwrap();
        assert!((next.x - one.right() - 10.0).abs() < 0.1 && one.y == 0.0 - 30.0);
        let same = [all[0]; 3];
        let placed = apart(&same, 10.0);
        for (at, one) in placed.iter().enumerate() {
            assert!(placed[at + 1..].iter().all(|it| !it.overlaps(one)));
        }
    }
}
