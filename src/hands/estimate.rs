//! What several people estimated, and how far they are apart.

pub use crate::analysis::estimates::{Spread, are_hidden, at, begins_hidden};

use crate::model::{Project, RatedAt, Risk};

/// The roles that could still estimate: who took part in the assessment or sits in a workshop.
pub fn missing_roles(project: &Project, risk: &Risk, at: RatedAt) -> Vec<String> {
    let people = project.scope.people.iter().map(|it| &it.role);
    let attending = project.workshops.values().flat_map(|it| &it.attendance).filter(|it| it.present).map(|it| &it.role);
    let mut roles: Vec<String> = people.chain(attending).filter(|it| !it.trim().is_empty()).cloned().collect();
    roles.sort();
    roles.dedup();
    roles.retain(|role| !self::at(risk, at).any(|(_, it)| it.by == *role));
    roles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Estimate;

    #[test]
    fn roles_that_estimated_are_not_asked_again() {
        let mut project = Project::default();
        let person = |role: &str| crate::model::Person { role: role.into(), ..Default::default() };
        std::sync::Arc::make_mut(&mut project.scope).people = vec![person("Operator"), person("Engineer"), person("")];
        let by = |role: &str, at| Estimate { by: role.into(), at, ..Estimate::default() };
        let estimates = vec![by("Operator", RatedAt::Current), by("Engineer", RatedAt::Residual)];
        let risk = Risk { estimates, ..Risk::default() };
        assert_eq!(missing_roles(&project, &risk, RatedAt::Current), ["Engineer"]);
    }
}
