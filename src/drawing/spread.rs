//! Places in a row: as near to the wishes as the space between them allows.

/// Where something in a row would like to stand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wish {
    pub(super) at: f32,
    /// The least distance from the one before it.
    pub(super) after: f32,
    /// How many others it outweighs.
    pub(super) weight: usize,
}

/// Moves wishes apart, in the order given, and between `start` and `stop`, so that
/// the sum of all moves is as small as can be; as many as can get exactly what they
/// wish. The distances must fit between `start` and `stop`.
pub(super) fn spread(wishes: &[Wish], start: f32, stop: f32) -> Vec<f32> {
    let mut offsets = Vec::with_capacity(wishes.len());
    let mut offset = 0.0;
    for (at, wish) in wishes.iter().enumerate() {
        offset += if at == 0 { 0.0 } else { wish.after };
        offsets.push(offset);
    }
    let last = (stop - offset).max(start);
    let mut blocks: Vec<Block> = Vec::new();
    for (wish, offset) in wishes.iter().zip(&offsets) {
        let mut block = Block { wishes: vec![wish.at - offset; wish.weight.max(1)], count: 1 };
        while let Some(before) = blocks.pop_if(|it| it.middle() > block.middle()) {
            block = before.joined(block);
        }
        blocks.push(block);
    }
    let middles = blocks.iter().flat_map(|it| std::iter::repeat_n(it.middle().min(last).max(start), it.count));
    middles.zip(offsets).map(|(middle, offset)| middle + offset).collect()
}

/// The same with equal distances, which get smaller where there is no room for them.
pub(super) fn spread_evenly(wishes: &[f32], start: f32, stop: f32, gap: f32) -> Vec<f32> {
    let between = wishes.len().saturating_sub(1).max(1) as f32;
    let gap = gap.min(((stop - start) / between).max(0.0));
    let wishes: Vec<Wish> = wishes.iter().map(|&at| Wish { at, after: gap, weight: 1 }).collect();
    spread(&wishes, start, stop)
}

/// Neighbours that stand shoulder to shoulder; their wishes less their offsets, sorted.
struct Block {
    wishes: Vec<f32>,
    count: usize,
}

impl Block {
    fn middle(&self) -> f32 {
        self.wishes.get((self.wishes.len() - 1) / 2).copied().unwrap_or_default()
    }

    fn joined(mut self, mut next: Self) -> Self {
        self.wishes.append(&mut next.wishes);
        self.wishes.sort_by(f32::total_cmp);
        self.count += next.count;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_far_enough_apart_are_met() {
        assert_eq!(spread_evenly(&[5.0, 30.0, 60.0], 0.0, 100.0, 12.0), [5.0, 30.0, 60.0]);
    }

    #[test]
    fn equal_wishes_stand_side_by_side_and_one_is_met() {
        let places = spread_evenly(&[50.0; 3], 0.0, 100.0, 12.0);
        assert_eq!(places, [38.0, 50.0, 62.0]);
    }

    #[test]
    fn the_heavier_wish_is_met() {
        let wishes = [Wish { at: 50.0, after: 0.0, weight: 1 }, Wish { at: 52.0, after: 20.0, weight: 3 }];
        assert_eq!(spread(&wishes, 0.0, 100.0), [32.0, 52.0]);
    }

    #[test]
    fn places_stay_inside_and_get_nearer_where_there_is_no_room() {
        let places = spread_evenly(&[0.0; 30], 0.0, 100.0, 12.0);
        assert!(places.is_sorted() && places.iter().all(|it| (0.0..=100.5).contains(it)), "{places:?}");
        assert!(places.windows(2).all(|pair| pair[1] - pair[0] > 3.0), "{places:?}");
        assert_eq!(spread_evenly(&[500.0], 0.0, 100.0, 12.0), [100.0]);
        assert!(spread_evenly(&[], 0.0, 100.0, 12.0).is_empty());
    }
}
