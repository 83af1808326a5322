//! Colours by role, from one table for each appearance.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer};

use crate::analysis::{Band, Severity};
use crate::catalogue::embedded;
use crate::model::{SecurityLevel, Trust};

/// A colour with its opacity, 0 to 255 each; not premultiplied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Opacity.
    pub a: u8,
}

impl Color {
    /// An opaque colour.
    pub const fn rgb(r: u8, g: u8, b: u8) -> Self {
        Self { r, g, b, a: 255 }
    }

    /// This colour mixed with another one: 0 is this one, 1 the other.
    pub fn mixed(self, other: Self, share: f32) -> Self {
        let mix = |one: u8, other: u8| (f32::from(one) + (f32::from(other) - f32::from(one)) * share).round() as u8;
        Self { r: mix(self.r, other.r), g: mix(self.g, other.g), b: mix(self.b, other.b), a: mix(self.a, other.a) }
    }
}

impl Color {
    /// The contrast with another colour after WCAG 2: 1 (none) to 21.
    pub fn contrast(self, other: Self) -> f32 {
        let luminance = |color: Self| {
            let linear = |channel: u8| {
                let share = f32::from(channel) / 255.0;
                if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)
        };
        let (one, other) = (luminance(self), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.r, self.g, self.b)?;
        if self.a == 255 { Ok(()) } else { write!(f, "{:02x}", self.a) }
    }
}

impl FromStr for Color {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("\"{text}\" is not a colour such as #0b6470 or #0b647022");
        let digits = text.strip_prefix('#').filter(|it| it.is_ascii()).ok_or_else(wrong)?;
        let pair = |at: usize| digits.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        let a = match digits.len() {
            6 => Some(255),
            8 => pair(6),
            _ => None,
        };
        match (pair(0), pair(2), pair(4), a) {
            (Some(r), Some(g), Some(b), Some(a)) => Ok(Self { r, g, b, a }),
            _ => Err(wrong()),
        }
    }
}

impl<'de> Deserialize<'de> for Color {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::model::id::from_text(deserializer)
    }
}

/// The colours of an appearance by role.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names are the roles")]
pub struct Palette {
    pub name: String,
    pub window: Color,
    pub panel: Color,
    pub raised: Color,
    pub sunken: Color,
    pub line: Color,
    pub line_strong: Color,
    pub text: Color,
    pub text_weak: Color,
    pub text_faint: Color,
    pub accent: Color,
    pub accent_soft: Color,
    pub on_accent: Color,
    pub focus: Color,
    pub error: Color,
    pub error_soft: Color,
    pub warning: Color,
    pub warning_soft: Color,
    pub hint: Color,
    pub hint_soft: Color,
    pub good: Color,
    pub good_soft: Color,
    pub levels: [Color; 5],
    pub on_levels: [Color; 5],
    pub shortfalls: [Color; 5],
    pub on_shortfalls: [Color; 5],
    pub bands: [Color; 4],
    pub on_bands: [Color; 4],
    pub zones: ZoneColors,
    pub canvas: Color,
    pub purdue: [Color; 2],
    pub purdue_text: Color,
    pub conduit: Color,
    pub conduit_weak: Color,
    pub conduit_remote: Color,
    pub label: Color,
    pub icon: Color,
    pub selection: Color,
    pub selection_fill: Color,
    pub guide: Color,
    pub shadow: Color,
    pub perimeter: Color,
    pub site: Color,
    pub flow: Color,
    pub roles: [Color; 8],
    pub on_roles: [Color; 8],
    /// How much larger than usual text is.
    pub type_size: f32,
    /// How much heavier than usual lines are.
    pub line_weight: f32,
}

/// Colours of zones by trust.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names are those of the trusts")]
pub struct ZoneColors {
    pub external: ZoneColor,
    pub enterprise: ZoneColor,
    pub operational: ZoneColor,
    pub safety: ZoneColor,
}

/// Colours of a zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZoneColor {
    /// Inside.
    pub fill: Color,
    /// Its edge.
    pub edge: Color,
}

static LIGHT: LazyLock<Palette> = LazyLock::new(|| embedded(include_str!("../../assets/theme/light.ron")));
static DARK: LazyLock<Palette> = LazyLock::new(|| embedded(include_str!("../../assets/theme/dark.ron")));
static HIGH_CONTRAST: LazyLock<Palette> =
    LazyLock::new(|| embedded(include_str!("../../assets/theme/high_contrast.ron")));
static PROJECTOR: LazyLock<Palette> = LazyLock::new(|| embedded(include_str!("../../assets/theme/projector.ron")));

impl Palette {
    /// For daylight and paper.
    pub fn light() -> &'static Self {
        &LIGHT
    }

    /// For dark rooms.
    pub fn dark() -> &'static Self {
        &DARK
    }

    /// For eyes that need it: every text at 7 to 1 or better.
    pub fn high_contrast() -> &'static Self {
        &HIGH_CONTRAST
    }

    /// For a room: light, with larger type and heavier lines.
    pub fn projector() -> &'static Self {
        &PROJECTOR
    }

    /// All of them.
    pub fn all() -> [&'static Self; 4] {
        [Self::light(), Self::dark(), Self::high_contrast(), Self::projector()]
    }

    /// The one of this name, in any letters and with "-" for spaces: "high-contrast".
    pub fn from_name(name: &str) -> Option<&'static Self> {
        Self::all().into_iter().find(|it| it.name.replace(' ', "-").eq_ignore_ascii_case(&name.replace(' ', "-")))
    }

    /// Fill and ink of the role at a place in the order of roles; they repeat when all are used.
    pub fn role(&self, place: usize) -> (Color, Color) {
        let at = place % self.roles.len();
        (self.roles.get(at).copied().unwrap_or_default(), self.on_roles.get(at).copied().unwrap_or_default())
    }

    /// Fill and ink of a level.
    pub fn level(&self, level: SecurityLevel) -> (Color, Color) {
        step(&self.levels, &self.on_levels, level.number())
    }

    /// Fill and ink of a shortfall of this many levels.
    pub fn shortfall(&self, levels: u8) -> (Color, Color) {
        step(&self.shortfalls, &self.on_shortfalls, levels)
    }

    /// Fill and ink of a band of urgency.
    pub fn band(&self, band: Band) -> (Color, Color) {
        step(&self.bands, &self.on_bands, band as u8)
    }

    /// Fill and ink of a severity.
    pub fn severity(&self, severity: Severity) -> (Color, Color) {
        match severity {
            Severity::Error => (self.error_soft, self.error),
            Severity::Warning => (self.warning_soft, self.warning),
            Severity::Hint => (self.hint_soft, self.hint),
        }
    }

    /// Colours of a zone of this trust.
    pub fn zone(&self, trust: Trust) -> ZoneColor {
        match trust {
            Trust::External => self.zones.external,
            Trust::Enterprise => self.zones.enterprise,
            Trust::Operational => self.zones.operational,
            Trust::Safety => self.zones.safety,
        }
    }
}

/// Fill and ink at a step of a scale, counted from 0; past its end, those of the last step.
fn step(fills: &[Color], inks: &[Color], at: u8) -> (Color, Color) {
    let at = |colors: &[Color]| colors.get(usize::from(at)).or(colors.last()).copied().unwrap_or_default();
    (at(fills), at(inks))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every ink that text has, with what it stands on.
    fn texts(palette: &Palette) -> Vec<(String, Color, Color)> {
        let mut pairs = Vec::new();
        let mut add = |what: &str, ink: Color, ground: Color| pairs.push((what.to_owned(), ink, ground));
        let grounds = [palette.window, palette.panel, palette.raised, palette.sunken, palette.canvas, palette.label];
        for ground in grounds {
            for (what, ink) in [
                ("text", palette.text),
                ("weak text", palette.text_weak),
                ("faint text", palette.text_faint),
                ("accent", palette.accent),
            ] {
                add(what, ink, ground);
            }
        }
        for trust in Trust::ALL {
            let ground = palette.zone(*trust).fill;
            add("text in a zone", palette.text, ground);
            add("weak text in a zone", palette.text_weak, ground);
            add("icon in a zone", palette.icon, ground);
        }
        for band in palette.purdue {
            add("names of bands", palette.purdue_text, band);
            add("the perimeter's name", palette.perimeter, band);
            add("a site's name", palette.site, band);
            add("a flow's protocol", palette.flow, band);
        }
        add("selected text", palette.accent, palette.accent_soft);
        add("text on accent", palette.on_accent, palette.accent);
        let scales = [
            (&palette.levels[..], &palette.on_levels[..]),
            (&palette.shortfalls, &palette.on_shortfalls),
            (&palette.bands, &palette.on_bands),
            (&palette.roles, &palette.on_roles),
        ];
        for (fills, inks) in scales {
            for (&fill, &ink) in fills.iter().zip(inks) {
                add("a figure", ink, fill);
            }
        }
        for severity in Severity::ALL {
            let (fill, ink) = palette.severity(severity);
            add("a severity", ink, fill);
            add("a severity", ink, palette.panel);
            add("a severity", ink, palette.raised);
        }
        add("good", palette.good, palette.good_soft);
        pairs
    }

    #[test]
    fn text_can_be_read_on_what_it_stands_on() {
        for palette in Palette::all() {
            let name = &palette.name;
            let least = if ["High contrast", "Projector"].contains(&name.as_str()) { 7.0 } else { 4.5 };
            for (what, ink, ground) in texts(palette) {
                // the names of sites are large and stand behind everything
                let least = if what == "a site's name" && least < 7.0 { 3.0 } else { least };
                let contrast = ink.contrast(ground);
                assert!(contrast >= least, "{name}: {what}: {ink} on {ground}: {contrast}");
            }
            for ground in [palette.window, palette.panel, palette.raised, palette.sunken] {
                assert!(palette.text.contrast(ground) >= 10.0, "{name}: running text on {ground}");
            }
        }
    }

    #[test]
    fn lines_stand_out_from_what_they_cross() {
        for palette in Palette::all() {
            let least = if palette.name == "High contrast" { 4.5 } else { 3.0 };
            let grounds = [palette.canvas, palette.purdue[0], palette.purdue[1]];
            for line in [palette.conduit, palette.conduit_weak, palette.conduit_remote, palette.perimeter, palette.flow]
            {
                for ground in grounds {
                    assert!(line.contrast(ground) >= least, "{}: {line} on {ground}", palette.name);
                }
            }
        }
    }

    #[test]
    fn an_appearance_is_known_by_its_name() {
        for palette in Palette::all() {
            assert_eq!(Palette::from_name(&palette.name.to_lowercase().replace(' ', "-")), Some(palette));
        }
        assert_eq!(Palette::from_name("sepia"), None);
    }

    #[test]
    fn levels_differ_in_lightness_and_not_by_hue_alone() {
        for palette in Palette::all() {
            for scale in [&palette.levels, &palette.shortfalls] {
                for pair in scale.windows(2) {
                    assert!(pair[0].contrast(pair[1]) >= 1.15, "{}: {} {}", palette.name, pair[0], pair[1]);
                }
            }
        }
    }

    #[test]
    fn a_colour_survives_its_text() {
        for text in ["#0b6470", "#0b647022"] {
            assert_eq!(text.parse::<Color>().unwrap().to_string(), text);
        }
        for wrong in ["", "0b6470", "#0b647", "#gggggg", "#äöü"] {
            assert!(wrong.parse::<Color>().is_err(), "{wrong}");
        }
    }
}
