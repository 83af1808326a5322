//! Shapes behind the ones that they lie in.

use super::DrawnShape;

/// Deeper than anybody nests; what lies deeper lies in itself, or is meant to do harm.
const DEEPEST_SHAPE: usize = 500;

/// What sorting shapes came to.
pub(super) struct Sorted {
    /// The new place of each shape, by its old one.
    pub places: Vec<usize>,
    /// How many shapes lay in themselves, or too deep, and now lie in nothing.
    pub freed: usize,
}

/// Puts each shape behind the one that it lies in; the order is kept otherwise.
pub(super) fn sort(shapes: &mut Vec<DrawnShape>) -> Sorted {
    let mut freed = 0;
    for at in 0..shapes.len() {
        if depth(shapes, at).is_none()
            && let Some(shape) = shapes.get_mut(at)
        {
            shape.parent = None;
            freed += 1;
        }
    }
    let depths: Vec<usize> = (0..shapes.len()).map(|at| depth(shapes, at).unwrap_or_default()).collect();
    let mut order: Vec<usize> = (0..shapes.len()).collect();
    order.sort_by_key(|&at| depths.get(at).copied());
    let mut places = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        if let Some(place) = places.get_mut(old) {
            *place = new;
        }
    }
    let mut taken: Vec<Option<DrawnShape>> = std::mem::take(shapes).into_iter().map(Some).collect();
    shapes.extend(order.iter().filter_map(|&old| taken.get_mut(old)?.take()));
    for shape in shapes {
        shape.parent = shape.parent.and_then(|old| places.get(old).copied());
    }
    Sorted { places, freed }
}

/// In how many others a shape lies.
fn depth(shapes: &[DrawnShape], at: usize) -> Option<usize> {
    let mut depth = 0;
    let mut inner = at;
    while let Some(outer) = shapes.get(inner).and_then(|it| it.parent) {
        depth += 1;
        if depth > DEEPEST_SHAPE {
            return None;
        }
        inner = outer;
    }
    Some(depth)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(parents: &[Option<usize>]) -> Vec<DrawnShape> {
        let shape = |(key, &parent): (usize, &Option<usize>)| DrawnShape {
            key: key.to_string(),
            parent,
            ..DrawnShape::default()
        };
        parents.iter().enumerate().map(shape).collect()
    }

    #[test]
    fn what_holds_others_comes_first() {
        let mut shapes = shapes(&[Some(2), None, Some(1)]);
        let sorted = sort(&mut shapes);
        assert_eq!(shapes.iter().map(|it| it.key.as_str()).collect::<Vec<_>>(), ["1", "2", "0"]);
        assert_eq!(shapes.iter().map(|it| it.parent).collect::<Vec<_>>(), [None, Some(0), Some(1)]);
        assert_eq!((sorted.places, sorted.freed), (vec![2, 0, 1], 0));
    }

    #[test]
    fn a_circle_is_opened() {
        let mut shapes = shapes(&[Some(1), Some(0), Some(2)]);
        let sorted = sort(&mut shapes);
        assert_eq!(sorted.freed, 2);
        assert!(shapes.iter().enumerate().all(|(at, it)| it.parent.is_none_or(|outer| outer < at)));
    }
}
