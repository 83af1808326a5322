//! The inks of the room: whatever the window looks like, every text before it at 7 to 1 or better.

use std::sync::LazyLock;

use super::sizes::Sizes;
use crate::drawing::palette::{Color, Palette};
use crate::model::LogKind;

/// The colours before the room: whatever the window looks like, every text at 7 to 1 or better.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inks {
    pub palette: &'static Palette,
}

/// Palettes for what paints itself in large type, by how large the window is: each with the size
/// of type with which that keeps to [`LEAST`](super::sizes::LEAST).
static LARGE: LazyLock<Vec<(f32, Palette)>> = LazyLock::new(|| {
    let of = |palette: &'static Palette| {
        [0.5, 0.75, 1.0, 1.2, 1.4, 1.7, 2.0, 2.5]
            .map(|unit| (unit, Palette { type_size: unit * super::sizes::LEAST / 20.0, ..palette.clone() }))
    };
    Palette::all().into_iter().flat_map(of).collect()
});

/// Palettes for the scribe's part before the room, by the names of those of the window.
static BESIDE: LazyLock<Vec<(String, Palette)>> = LazyLock::new(|| {
    let of = |it: &'static Palette| {
        let mut palette = strengthened(Inks::of(it).palette);
        (palette.type_size, palette.line_weight) = (it.type_size, it.line_weight);
        (it.name.clone(), palette)
    };
    Palette::all().into_iter().map(of).collect()
});

/// A palette in which every text of a field, a link, a chip or a button that is chosen has 7 to 1.
fn strengthened(palette: &Palette) -> Palette {
    let mut strong = palette.clone();
    let (text, grounds) = (palette.text, [palette.window, palette.panel, palette.raised, palette.accent_soft]);
    for (ink, own) in [
        (&mut strong.text_weak, palette.window),
        (&mut strong.accent, palette.accent_soft),
        (&mut strong.error, palette.error_soft),
        (&mut strong.warning, palette.warning_soft),
        (&mut strong.hint, palette.hint_soft),
        (&mut strong.good, palette.good_soft),
    ] {
        let is_read = |it: &Color| grounds.into_iter().chain([own]).all(|ground| it.contrast(ground) >= 7.0);
        let weak = *ink;
        let mut mixed = (0..=10_u8).map(|share| weak.mixed(text, f32::from(share) / 10.0));
        *ink = mixed.find(is_read).unwrap_or(text);
    }
    strong
}

impl Inks {
    /// The palette for what paints itself in large type in a window of this size.
    pub fn large(self, sizes: Sizes) -> &'static Palette {
        let all = || LARGE.iter().filter(|(_, it)| it.name == self.palette.name);
        let fits = all().rfind(|(unit, _)| *unit <= sizes.unit + 0.01).or_else(|| all().next());
        fits.map_or(self.palette, |(_, it)| it)
    }

    /// The palette for what the scribe writes before the room: as large as in the window's own, and every
    /// text in it as strong as the room's.
    pub fn beside(palette: &'static Palette) -> &'static Palette {
        BESIDE.iter().find(|it| it.0 == palette.name).map_or(palette, |it| &it.1)
    }

    /// The window's own where they are strong enough, or else those for a projector.
    pub fn of(palette: &'static Palette) -> Self {
        let is_light = std::ptr::eq(palette, Palette::light());
        Self { palette: if is_light { Palette::projector() } else { palette } }
    }

    /// What everything stands on.
    pub fn ground(self) -> Color {
        self.palette.panel
    }

    /// Outlines on a picture, at 3 to 1.
    pub fn outline(self) -> Color {
        self.palette.text_weak
    }

    /// Text.
    pub fn text(self) -> Color {
        self.palette.text
    }

    /// A key as it is, and one that is chosen: what it stands on and its text.
    pub fn key(self, is_chosen: bool) -> (Color, Color) {
        if is_chosen { (self.palette.text, self.palette.panel) } else { (self.palette.sunken, self.palette.text) }
    }

    /// Something that has run out.
    pub fn warning(self) -> (Color, Color) {
        (self.palette.warning_soft, self.palette.text)
    }

    /// What was recorded about something.
    pub fn said(self, kind: LogKind) -> (Color, Color) {
        let fill = match kind {
            LogKind::Decision => self.palette.good_soft,
            LogKind::Dissent => self.palette.error_soft,
            LogKind::Parked | LogKind::Remark => self.palette.hint_soft,
        };
        (fill, self.palette.text)
    }

    /// Every text with what it stands on.
    #[cfg(test)]
    pub fn pairs(self) -> Vec<(Color, Color)> {
        let said = LogKind::ALL.iter().map(|&it| self.said(it));
        said.chain([(self.ground(), self.text()), self.key(false), self.key(true), self.warning()]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_room_reads_everything_at_seven_to_one() {
        for palette in Palette::all() {
            let beside = Inks::beside(palette);
            for (ground, ink) in Inks::of(palette).pairs().into_iter().chain(pairs_beside(beside)) {
                let contrast = ink.contrast(ground);
                assert!(contrast >= 7.0, "{}: {ink} on {ground}: {contrast}", palette.name);
            }
            assert_eq!(beside.type_size, palette.type_size, "{}: nothing of the scribe's is larger", palette.name);
            let inks = Inks::of(palette);
            assert!(inks.outline().contrast(inks.palette.canvas) >= 3.0, "{}", palette.name);
        }
    }

    /// Every text of the scribe's part with what it stands on: words, labels, hints, links, what is
    /// chosen, and chips.
    fn pairs_beside(palette: &Palette) -> Vec<(Color, Color)> {
        let grounds = [palette.window, palette.panel, palette.raised];
        let inks = [palette.text, palette.text_weak, palette.accent, palette.warning];
        let mut pairs: Vec<_> = grounds.into_iter().flat_map(|ground| inks.map(|ink| (ground, ink))).collect();
        pairs.extend([
            (palette.accent_soft, palette.accent),
            (palette.accent, palette.on_accent),
            (palette.sunken, palette.text),
            (palette.error_soft, palette.error),
            (palette.warning_soft, palette.warning),
            (palette.hint_soft, palette.hint),
            (palette.good_soft, palette.good),
        ]);
        pairs
    }
}
