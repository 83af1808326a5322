//! The project's risk matrix: scales, levels, their words and colours, and the tolerable line.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::id::serde_as_text;
use super::rating::{Rating, RiskLevel};
use super::record::is_default;

/// A colour, written "#rrggbb".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Color(pub [u8; 3]);

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([red, green, blue]) = self;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl FromStr for Color {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("\"{text}\" is not a colour such as #d55e00");
        let figures = text.trim().strip_prefix('#').filter(|it| it.len() == 6).ok_or_else(wrong)?;
        // a number may have a sign, a colour has none
        let number = figures.chars().all(|it| it.is_ascii_hexdigit()).then(|| u32::from_str_radix(figures, 16));
        let number = number.and_then(Result::ok).ok_or_else(wrong)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

serde_as_text!(Color);

impl Color {
    /// Whether black is easier to read on it than white.
    pub fn is_light(self) -> bool {
        let linear = |channel: u8| {
            let share = f32::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        let Self([red, green, blue]) = self;
        // where the contrasts of black and of white are alike (WCAG 2)
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) > 0.179
    }
}

/// Colours of the four risk levels, told apart by people who see red and green alike, on a
/// screen and in print without colour.
const COLORS: [Color; 4] =
    [Color([0x9f, 0xc8, 0xe8]), Color([0xf0, 0xd5, 0x5a]), Color([0xe0, 0x82, 0x2a]), Color([0x9c, 0x1c, 0x3c])];

/// What a project calls a risk level, and the colour that it gives it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LevelStyle {
    /// The project's word; empty: the usual one.
    #[serde(skip_serializing_if = "is_default")]
    pub word: String,
    /// The project's colour; `None`: the usual one.
    #[serde(skip_serializing_if = "is_default")]
    pub color: Option<Color>,
}

/// The project's risk matrix: its scales' words, a risk level per cell, and the tolerable line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskMatrix {
    /// Words for the consequence scale, least first; as many as the scale has steps (3 to 6).
    pub consequence: Vec<String>,
    /// Words for the likelihood scale, least first; as many as the scale has steps (3 to 6).
    pub likelihood: Vec<String>,
    /// Risk by likelihood (outer) and consequence (inner), least first.
    pub levels: Vec<Vec<RiskLevel>>,
    /// The highest risk that may stay without an acceptance.
    pub tolerable: RiskLevel,
    /// The project's own words and colours for the four risk levels, lowest first.
    #[serde(default, skip_serializing_if = "is_default")]
    pub styles: [LevelStyle; 4],
}

/// Words of a scale where the project has none of its own.
fn usual_words(is_consequence: bool, steps: usize) -> &'static [&'static str] {
    match (is_consequence, steps) {
        (true, 3) => &["Minor", "Serious", "Catastrophic"],
        (true, 4) => &["Minor", "Serious", "Severe", "Catastrophic"],
        (true, 6) => &["Negligible", "Minor", "Moderate", "Serious", "Severe", "Catastrophic"],
        (true, _) => &["Negligible", "Minor", "Serious", "Severe", "Catastrophic"],
        (false, 3) => &["Unlikely", "Possible", "Likely"],
        (false, 4) => &["Remote", "Unlikely", "Possible", "Likely"],
        (false, 6) => &["Remote", "Unlikely", "Occasional", "Possible", "Likely", "Almost certain"],
        (false, _) => &["Remote", "Unlikely", "Possible", "Likely", "Almost certain"],
    }
}

impl Default for RiskMatrix {
    fn default() -> Self {
        let words = |is_consequence| usual_words(is_consequence, 5).iter().map(|&word| word.to_owned()).collect();
        let level = |product: usize| match product {
            0..=4 => RiskLevel::Low,
            5..=9 => RiskLevel::Medium,
            10..=16 => RiskLevel::High,
            _ => RiskLevel::Critical,
        };
        Self {
            consequence: words(true),
            likelihood: words(false),
            levels: (1..=5)
                .map(|likelihood| (1..=5).map(|consequence| level(likelihood * consequence)).collect())
                .collect(),
            tolerable: RiskLevel::Medium,
            styles: Default::default(),
        }
    }
}

impl RiskMatrix {
    /// The fewest and the most steps of a scale.
    pub const STEPS: std::ops::RangeInclusive<usize> = 3..=6;

    /// The risk of a cell; a rating beyond the scale counts as its last step.
    pub fn level(&self, consequence: Rating, likelihood: Rating) -> RiskLevel {
        let step = |rating: Rating, steps: usize| usize::from(rating.number()).min(steps).saturating_sub(1);
        self.levels
            .get(step(likelihood, self.levels.len()))
            .and_then(|row| row.get(step(consequence, row.len())))
            .copied()
            .unwrap_or_default()
    }

    /// A consequence of this matrix on the scale of 1 to 5 that priorities use:
    /// the ends stay the ends, the steps between are spread evenly and rounded.
    pub fn consequence_of_five(&self, consequence: Rating) -> u8 {
        consequence.spread(self.consequence.len(), 5).number()
    }

    /// A likelihood of this matrix on a scale of 1 to 5, spread in the same way.
    pub fn likelihood_of_five(&self, likelihood: Rating) -> u8 {
        likelihood.spread(self.likelihood.len(), 5).number()
    }

    /// A consequence on the scale of 1 to 5 as a step of this matrix.
    pub fn consequence_from_five(&self, consequence: Rating) -> Rating {
        consequence.spread(5, self.consequence.len())
    }

    /// A likelihood on the scale of 1 to 5 as a step of this matrix.
    pub fn likelihood_from_five(&self, likelihood: Rating) -> Rating {
        likelihood.spread(5, self.likelihood.len())
    }

    /// A consequence within its scale: one beyond it is its last step.
    pub fn consequence_within(&self, consequence: Rating) -> Rating {
        consequence.spread(self.consequence.len(), self.consequence.len())
    }

    /// A likelihood within its scale: one beyond it is its last step.
    pub fn likelihood_within(&self, likelihood: Rating) -> Rating {
        likelihood.spread(self.likelihood.len(), self.likelihood.len())
    }

    /// Whether its scales have 3 to 6 steps and each cell a level.
    pub fn is_complete(&self) -> bool {
        let fits = |steps: usize| Self::STEPS.contains(&steps);
        fits(self.consequence.len())
            && fits(self.likelihood.len())
            && self.levels.len() == self.likelihood.len()
            && self.levels.iter().all(|row| row.len() == self.consequence.len())
    }

    /// What the project calls a risk level.
    pub fn level_word(&self, level: RiskLevel) -> &str {
        self.styles.get(level as usize).map(|it| it.word.trim()).filter(|it| !it.is_empty()).unwrap_or(level.word())
    }

    /// The colour of a risk level.
    pub fn level_color(&self, level: RiskLevel) -> Color {
        let usual = COLORS.get(level as usize).copied().unwrap_or(Color([0; 3]));
        self.styles.get(level as usize).and_then(|it| it.color).unwrap_or(usual)
    }

    /// The word of a step of the consequence scale; a rating beyond it has the last step's.
    pub fn consequence_word(&self, consequence: Rating) -> &str {
        word_of(&self.consequence, consequence)
    }

    /// The word of a step of the likelihood scale; a rating beyond it has the last step's.
    pub fn likelihood_word(&self, likelihood: Rating) -> &str {
        word_of(&self.likelihood, likelihood)
    }

    /// The same with another level in a cell; nothing changes beyond the scales.
    #[must_use]
    pub fn with_level(mut self, consequence: Rating, likelihood: Rating, level: RiskLevel) -> Self {
        let row = self.levels.get_mut(usize::from(likelihood.number() - 1));
        if let Some(cell) = row.and_then(|row| row.get_mut(usize::from(consequence.number() - 1))) {
            *cell = level;
        }
        self
    }

    /// The same with so many steps each way, 3 to 6. Each new step has the word and the levels
    /// of the step that lies there when the old scale is spread over the new one; words that
    /// the project has not changed are the usual ones of the new size.
    #[must_use]
    pub fn with_steps(&self, consequence: usize, likelihood: usize) -> Self {
        let within = |steps: usize| steps.clamp(*Self::STEPS.start(), *Self::STEPS.end());
        let (consequence, likelihood) = (within(consequence), within(likelihood));
        let (old_consequence, old_likelihood) = (self.consequence.len(), self.likelihood.len());
        let there = |step: u8, from: usize, to: usize| Rating::new(step).map(|it| it.spread(from, to));
        let level = |at_likelihood: u8, at_consequence: u8| {
            let consequence = there(at_consequence, consequence, old_consequence)?;
            Some(self.level(consequence, there(at_likelihood, likelihood, old_likelihood)?))
        };
        let row = |at: u8| (1..=consequence as u8).map(|it| level(at, it).unwrap_or_default()).collect();
        Self {
            levels: (1..=likelihood as u8).map(row).collect(),
            consequence: words_with_steps(&self.consequence, true, consequence),
            likelihood: words_with_steps(&self.likelihood, false, likelihood),
            tolerable: self.tolerable,
            styles: self.styles.clone(),
        }
    }

    /// What is odd about it, a sentence each: levels that fall where a rating rises, words that
    /// are missing or stand twice, a line that everything or nothing crosses.
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        for (number, row) in self.levels.iter().enumerate() {
            for (at, pair) in row.windows(2).enumerate() {
                if let [lower, higher] = pair
                    && higher < lower
                {
                    let likelihood = named(&self.likelihood, number);
                    let (from, to) = (named(&self.consequence, at), named(&self.consequence, at + 1));
                    remarks.push(self.falls(
                        *lower,
                        *higher,
                        &format!("at likelihood {likelihood}"),
                        "consequence",
                        &from,
                        &to,
                    ));
                }
            }
        }
        for (number, pair) in self.levels.windows(2).enumerate() {
            let [lower, higher] = pair else { continue };
            for (at, (lower, higher)) in
                lower.iter().zip(higher).enumerate().filter(|(_, (lower, higher))| higher < lower)
            {
                let consequence = named(&self.consequence, at);
                let (from, to) = (named(&self.likelihood, number), named(&self.likelihood, number + 1));
                remarks.push(self.falls(
                    *lower,
                    *higher,
                    &format!("at consequence {consequence}"),
                    "likelihood",
                    &from,
                    &to,
                ));
            }
        }
        for (scale, words) in [("consequence", &self.consequence), ("likelihood", &self.likelihood)] {
            for (at, word) in words.iter().enumerate() {
                let word = word.trim();
                if word.is_empty() {
                    remarks.push(format!("Step {} of {scale} has no word", at + 1));
                } else if words.iter().take(at).any(|it| it.trim().eq_ignore_ascii_case(word)) {
                    remarks.push(format!("\"{word}\" stands twice on the scale of {scale}"));
                }
            }
        }
        for (at, level) in RiskLevel::ALL.iter().enumerate() {
            let word = self.level_word(*level);
            if RiskLevel::ALL.iter().take(at).any(|it| self.level_word(*it).eq_ignore_ascii_case(word)) {
                remarks.push(format!("Two risk levels are called \"{word}\""));
            }
        }
        let mut cells = self.levels.iter().flatten();
        if cells.clone().all(|level| *level <= self.tolerable) {
            remarks.push("Every risk is tolerable: no cell lies above the tolerable line".to_owned());
        } else if cells.all(|level| *level > self.tolerable) {
            remarks.push("No risk is tolerable: each cell lies above the tolerable line".to_owned());
        }
        remarks
    }

    fn falls(&self, lower: RiskLevel, higher: RiskLevel, place: &str, scale: &str, from: &str, to: &str) -> String {
        let (lower, higher) = (self.level_word(lower), self.level_word(higher));
        format!("The risk falls from {lower} to {higher} {place} where {scale} rises from {from} to {to}")
    }
}

fn word_of(words: &[String], rating: Rating) -> &str {
    let step = usize::from(rating.number()).min(words.len()).saturating_sub(1);
    words.get(step).map_or("", String::as_str)
}

fn named(words: &[String], at: usize) -> String {
    match words.get(at).map(|it| it.trim()) {
        Some(word) if !word.is_empty() => word.to_owned(),
        _ => (at + 1).to_string(),
    }
}

fn words_with_steps(words: &[String], is_consequence: bool, steps: usize) -> Vec<String> {
    if words.len() == steps {
        return words.to_vec();
    }
    let usual = usual_words(is_consequence, steps).iter().map(|&word| word.to_owned()).collect();
    if words.iter().map(String::as_str).eq(usual_words(is_consequence, words.len()).iter().copied()) {
        return usual;
    }
    // on a smaller scale each step has the word of the step that it comes from
    let word = |step: u8| Rating::new(step).map(|it| word_of(words, it.spread(steps, words.len())).to_owned());
    if steps < words.len() {
        return (1..=steps as u8).filter_map(word).collect();
    }
    let mut spread = vec![String::new(); steps];
    for (step, word) in (1..).zip(words) {
        let place = Rating::new(step).map(|it| usize::from(it.spread(words.len(), steps).number()) - 1);
        if let Some(slot) = place.and_then(|it| spread.get_mut(it)) {
            slot.clone_from(word);
        }
    }
    for (at, word) in spread.iter_mut().enumerate().filter(|(_, word)| word.is_empty()) {
        *word = format!("Step {}", at + 1);
    }
    spread
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_five(steps: usize) -> Vec<u8> {
        let matrix = RiskMatrix { consequence: vec![String::new(); steps], ..RiskMatrix::default() };
        (1..=steps as u8).map(|number| matrix.consequence_of_five(Rating::new(number).unwrap())).collect()
    }

    fn rating(number: u8) -> Rating {
        Rating::new(number).unwrap()
    }

    #[test]
    fn consequences_of_other_scales_are_spread_over_five() {
        assert_eq!(of_five(5), [1, 2, 3, 4, 5]);
        assert_eq!(of_five(3), [1, 3, 5]);
        assert_eq!(of_five(4), [1, 2, 4, 5]);
        assert_eq!(of_five(6), [1, 2, 3, 3, 4, 5]);
    }

    #[test]
    fn the_default_matrix_rises_with_both_scales() {
        let matrix = RiskMatrix::default();
        assert!(matrix.is_complete() && matrix.remarks().is_empty());
        assert_eq!(matrix.level(rating(1), rating(1)), RiskLevel::Low);
        assert_eq!(matrix.level(rating(5), rating(5)), RiskLevel::Critical);
    }

    #[test]
    fn a_matrix_of_any_size_keeps_its_corners_and_rises() {
        let matrix = RiskMatrix::default();
        for consequence in RiskMatrix::STEPS {
            for likelihood in RiskMatrix::STEPS {
                let other = matrix.with_steps(consequence, likelihood);
                assert!(other.is_complete(), "{consequence} by {likelihood}");
                assert_eq!(other.remarks(), Vec::<String>::new(), "{consequence} by {likelihood}");
                let corner = other.level(rating(consequence as u8), rating(likelihood as u8));
                assert_eq!((other.level(rating(1), rating(1)), corner), (RiskLevel::Low, RiskLevel::Critical));
            }
        }
        assert_eq!(matrix.with_steps(4, 3).with_steps(5, 5).consequence, matrix.consequence);
        assert_eq!(matrix.with_steps(5, 5), matrix);
        assert_eq!(matrix.with_steps(9, 1), matrix.with_steps(6, 3), "no scale has more or fewer");
    }

    #[test]
    fn the_projects_own_words_stay_where_their_steps_go() {
        let own = ["Keine", "Klein", "Mittel", "Groß", "Riesig"].map(str::to_owned).to_vec();
        let matrix = RiskMatrix { consequence: own, ..RiskMatrix::default() };
        assert_eq!(matrix.with_steps(6, 5).consequence, ["Keine", "Klein", "Step 3", "Mittel", "Groß", "Riesig"]);
        assert_eq!(matrix.with_steps(3, 5).consequence, ["Keine", "Mittel", "Riesig"]);
        assert_eq!(matrix.with_steps(3, 5).likelihood, matrix.likelihood);
    }

    #[test]
    fn a_level_that_falls_is_remarked() {
        let matrix = RiskMatrix::default().with_level(rating(4), rating(5), RiskLevel::Low);
        let remarks = matrix.remarks();
        assert_eq!(remarks.len(), 2, "{remarks:?}");
        assert_eq!(
            remarks[0],
            "The risk falls from high to low at likelihood Almost certain where consequence rises from Serious to Severe"
        );
        assert!(remarks[1].contains("where likelihood rises from Likely to Almost certain"), "{remarks:?}");
        let all = RiskMatrix { tolerable: RiskLevel::Critical, ..RiskMatrix::default() };
        assert!(all.remarks()[0].starts_with("Every risk is tolerable"));
        assert_eq!(RiskMatrix::default().with_level(rating(6), rating(6), RiskLevel::Low), RiskMatrix::default());
    }

    #[test]
    fn words_and_colours_are_the_projects_own_where_it_has_some() {
        let mut matrix = RiskMatrix::default();
        assert_eq!(matrix.level_word(RiskLevel::High), "high");
        let usual = matrix.level_color(RiskLevel::High);
        matrix.styles[2] = LevelStyle { word: "Orange".into(), color: Some("#FF8800".parse().unwrap()) };
        assert_eq!(matrix.level_word(RiskLevel::High), "Orange");
        assert_eq!(matrix.level_color(RiskLevel::High).to_string(), "#ff8800");
        assert_ne!(usual, matrix.level_color(RiskLevel::High));
        let text = ron::to_string(&matrix).unwrap();
        assert_eq!(ron::from_str::<RiskMatrix>(&text).unwrap(), matrix);
        assert!(!ron::to_string(&RiskMatrix::default()).unwrap().contains("styles"), "old files stay as they are");
        for wrong in ["ff8800", "#ff880", "#ff88001", "#gg8800", "#+f8800", "red", ""] {
            assert!(wrong.parse::<Color>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_usual_colours_differ_in_lightness_too() {
        let light = |level: RiskLevel| {
            let [red, green, blue] = RiskMatrix::default().level_color(level).0.map(f32::from);
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        let [low, medium, high, critical] = [0, 1, 2, 3].map(|at| light(RiskLevel::ALL[at]));
        assert!(
            (low - medium).abs() > 8.0 && medium - high > 40.0 && high - critical > 40.0,
            "{low} {medium} {high} {critical}"
        );
    }
}
