//! The sectors of NIS2, to say what a service is in regulatory words.

use serde::Deserialize;

/// A sector of Directive (EU) 2022/2555, Annex I or II.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sector {
    /// "I" (high criticality) or "II" (other critical sectors).
    pub annex: String,
    /// Its short name.
    pub name: String,
    /// Its subsectors, where it has any.
    pub subsectors: Vec<String>,
}

impl Sector {
    /// What a service of it may be called: one line for each subsector, or one for the whole.
    pub fn wordings(&self) -> Vec<String> {
        let Self { annex, name, subsectors } = self;
        match subsectors.as_slice() {
            [] => vec![format!("{name} (NIS2, Annex {annex})")],
            several => several.iter().map(|it| format!("{name}: {it} (NIS2, Annex {annex})")).collect(),
        }
    }
}

pub(super) fn embedded() -> Vec<Sector> {
    super::embedded(include_str!("../../assets/catalogue/nis2_sectors.ron"))
}

#[cfg(test)]
mod tests {
    use crate::catalogue::Catalogue;

    #[test]
    fn both_annexes_are_there_with_words_for_a_service() {
        let sectors = Catalogue::embedded().sectors();
        let of = |annex: &str| sectors.iter().filter(|it| it.annex == annex).count();
        assert_eq!((of("I"), of("II")), (11, 7));
        let words: Vec<_> = sectors.iter().flat_map(super::Sector::wordings).collect();
        assert!(words.contains(&"Drinking water (NIS2, Annex I)".to_owned()));
        assert!(words.contains(&"Energy: Gas (NIS2, Annex I)".to_owned()));
    }
}
