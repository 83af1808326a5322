//! Colours of four bytes, and what they come to over others.
//!
//! Colours are as egui has them: sRGB, multiplied by their alpha, blended as they are. Alpha and green
//! stand in one word, red and blue in another, so that two bytes are worked out at a time.

use egui::Color32;

/// Two bytes of four, with room for a carry above each.
const LANES: u32 = 0x00ff_00ff;

/// A colour as `0xAARRGGBB`.
pub(super) type Packed = u32;

/// Nothing drawn.
pub(super) const CLEAR: Packed = 0;
/// White, fully there.
pub(super) const WHITE: Packed = 0xffff_ffff;

/// The colour with its bytes in our order.
#[inline]
pub(super) fn packed(colour: Color32) -> Packed {
    let [r, g, b, a] = colour.to_array();
    u32::from_be_bytes([a, r, g, b])
}

/// Each lane times `by`, as parts of 255, rounded.
#[inline(always)]
fn scaled_lanes(lanes: u32, by: u32) -> u32 {
    let product = lanes * by + 0x0080_0080;
    ((product + ((product >> 8) & LANES)) >> 8) & LANES
}

/// Each lane, and 255 where it went beyond.
#[inline(always)]
fn saturated(lanes: u32) -> u32 {
    let beyond = (lanes >> 8) & 0x0001_0001;
    (lanes | (beyond * 0xff)) & LANES
}

/// The colour over another.
#[inline(always)]
pub(super) fn over(colour: Packed, below: Packed) -> Packed {
    let rest = 255 - (colour >> 24);
    let rb = scaled_lanes(below & LANES, rest) + (colour & LANES);
    let ag = scaled_lanes((below >> 8) & LANES, rest) + ((colour >> 8) & LANES);
    saturated(rb) | (saturated(ag) << 8)
}

/// The colour covered in part: `cover` of 255.
#[inline(always)]
pub(super) fn covered(colour: Packed, cover: u32) -> Packed {
    scaled_lanes(colour & LANES, cover) | (scaled_lanes((colour >> 8) & LANES, cover) << 8)
}

/// Each part of the one times the same part of the other.
#[inline(always)]
pub(super) fn times(colour: Packed, texel: Packed) -> Packed {
    let cover = texel & 0xff;
    if texel == cover * 0x0101_0101 {
        return covered(colour, cover);
    }
    let part = |shift: u32| {
        let product = ((colour >> shift) & 0xff) * ((texel >> shift) & 0xff) + 0x80;
        (((product + (product >> 8)) >> 8) & 0xff) << shift
    };
    part(24) | part(16) | part(8) | part(0)
}

/// Between two colours: `at` of 256 from the first to the second.
#[inline(always)]
pub(super) fn between(first: Packed, second: Packed, at: u32) -> Packed {
    let lanes = |first: u32, second: u32| (((first * (256 - at) + second * at) + 0x0080_0080) >> 8) & LANES;
    lanes(first & LANES, second & LANES) | (lanes((first >> 8) & LANES, (second >> 8) & LANES) << 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_parts(colour: Packed, below: Packed) -> Packed {
        let rest = f64::from(255 - (colour >> 24)) / 255.0;
        let bytes = colour
            .to_be_bytes()
            .iter()
            .zip(below.to_be_bytes())
            .map(|(&colour, below)| (f64::from(colour) + f64::from(below) * rest).round().min(255.0) as u8)
            .collect::<Vec<_>>();
        u32::from_be_bytes(bytes.try_into().unwrap())
    }

    #[test]
    fn blending_rounds_as_real_numbers_do() {
        let mut random = fastrand::Rng::with_seed(5);
        for _ in 0..200_000 {
            let (colour, below) = (random.u32(..), random.u32(..));
            assert_eq!(over(colour, below), by_parts(colour, below), "{colour:08x} over {below:08x}");
        }
    }

    #[test]
    fn what_is_fully_there_hides_and_what_is_clear_shows_all() {
        assert_eq!(over(0xff12_3456, 0xffab_cdef), 0xff12_3456);
        assert_eq!(over(CLEAR, 0xffab_cdef), 0xffab_cdef);
        assert_eq!(over(0x00ff_0000, 0xff80_0000), 0xffff_0000, "added light stops at white");
    }

    #[test]
    fn a_texel_scales_each_part() {
        assert_eq!(times(0x8040_2010, WHITE), 0x8040_2010);
        assert_eq!(times(0xffff_ffff, 0x8040_2010), 0x8040_2010);
        assert_eq!(times(0xff80_4000, 0x8080_8080), 0x8040_2000);
        assert_eq!(between(0xff00_0000, 0xffff_ffff, 128) & 0xff, 128);
        assert_eq!(between(0x1234_5678, 0xffff_ffff, 0), 0x1234_5678);
    }

    #[test]
    fn parts_stand_in_their_order() {
        assert_eq!(packed(Color32::from_rgba_premultiplied(1, 2, 3, 4)), 0x0401_0203);
    }
}
