//! Rectangles of whole pixels.

/// A rectangle of pixels: from `left` and `top` up to, without, `right` and `bottom`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// The first column.
    pub left: u32,
    /// The first row.
    pub top: u32,
    /// The column after the last.
    pub right: u32,
    /// The row after the last.
    pub bottom: u32,
}

impl Area {
    /// All pixels of a surface of this width and height.
    pub fn whole([width, height]: [u32; 2]) -> Self {
        Self { left: 0, top: 0, right: width, bottom: height }
    }

    /// What lies in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let (left, top) = (self.left.max(other.left), self.top.max(other.top));
        Self { left, top, right: self.right.min(other.right).max(left), bottom: self.bottom.min(other.bottom).max(top) }
    }

    /// Whether it holds no pixel.
    pub fn is_empty(self) -> bool {
        self.left >= self.right || self.top >= self.bottom
    }

    /// Whether they have a pixel in common.
    pub fn meets(self, other: Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Columns.
    pub fn width(self) -> u32 {
        self.right.saturating_sub(self.left)
    }

    /// Rows.
    pub fn height(self) -> u32 {
        self.bottom.saturating_sub(self.top)
    }

    /// How many pixels it holds.
    pub fn pixels(self) -> usize {
        self.width() as usize * self.height() as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_apart_have_nothing_in_common() {
        let (a, b) = (Area { left: 0, top: 0, right: 4, bottom: 4 }, Area { left: 4, top: 1, right: 9, bottom: 2 });
        assert!(!a.meets(b) && a.and(b).is_empty());
        assert_eq!(a.and(b).pixels(), 0);
        assert_eq!(b.pixels(), 5);
        assert_eq!(Area::whole([9, 9]).and(b), b);
    }
}
