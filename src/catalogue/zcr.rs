//! The requirements of IEC 62443-3-2: what each needs, and where it is answered.

use serde::Deserialize;

use crate::model::ZcrId;

/// A zone and conduit requirement of IEC 62443-3-2.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZcrRequirement {
    /// Its number.
    pub id: ZcrId,
    /// The clause that it stands in, such as "4.4.3".
    pub clause: String,
    /// Where in the program it is answered.
    pub answered_in: AnsweredIn,
    /// Its short title.
    pub title: String,
    /// What it asks for, in our own words.
    pub summary: String,
    /// What has to be there, in a few points.
    pub needs: Vec<String>,
}

/// Where in the program a requirement of IEC 62443-3-2 is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum AnsweredIn {
    /// In the scope.
    Scope,
    /// In the diagram.
    Diagram,
    /// Among the risk scenarios.
    Risk,
    /// Among targets and answers.
    Requirements,
    /// In the plan.
    Plan,
    /// In the report.
    Report,
    /// Along the path itself.
    Path,
}

/// The table as it is embedded.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Zcr {
    /// Titles of the groups, ZCR 1 to ZCR 7.
    pub groups: Vec<String>,
    /// All 32 requirements in the order of the standard.
    pub requirements: Vec<ZcrRequirement>,
}

pub(super) fn embedded() -> Zcr {
    super::embedded(include_str!("../../assets/catalogue/zcr.ron"))
}

#[cfg(test)]
mod tests {
    use crate::catalogue::Catalogue;

    #[test]
    fn there_are_32_requirements_in_seven_groups() {
        let catalogue = Catalogue::embedded();
        let all = catalogue.zcr();
        assert_eq!(all.len(), 32);
        assert!(all.is_sorted_by(|one, next| one.id < next.id), "in the order of the standard, none twice");
        let of_group = |group: u8| all.iter().filter(|it| it.id.group() == group).count();
        assert_eq!((1..=7).map(of_group).collect::<Vec<_>>(), [1, 1, 6, 1, 13, 9, 1]);
        assert!((1..=7).all(|group| !catalogue.zcr_group(group).is_empty()));
        for it in all {
            assert!(!it.title.is_empty() && it.summary.ends_with('.'), "{}", it.id);
            assert!((2..=4).contains(&it.needs.len()), "{}", it.id);
            assert_eq!(catalogue.zcr_requirement(it.id), Some(it));
        }
        assert_eq!(catalogue.zcr_requirement("ZCR 5.99".parse().unwrap()), None);
    }
}
