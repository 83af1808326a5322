//! E33: steps that somebody stands by although errors are open.

use super::words::some_of;
use super::{Check, Found, Plant, Severity};
use crate::analysis::fixes;
use crate::model::ValidationStep;

pub(super) const CHECK: Check = Check {
    code: "E33",
    title: "Confirmed with errors open",
    severity: Severity::Warning,
    why: "A confirmation says that the step is in order; with an error open in it, it is the confirmation that an auditor will doubt.",
    detection: "The zone model, or a requirement of ZCR 1 to ZCR 3, is confirmed while an error about zones, conduits, partition, architecture or access is open; or the levels or actions, or a requirement of ZCR 4 to ZCR 7, while an error about the record is. Errors that are set aside do not count.",
    false_positives: "An error that came up after the confirmation, with a change of the drawing; confirm again once it is mended.",
    advice: "Mend the errors or set them aside with a reason, or take back the confirmation.",
    run,
    fixes: fixes::none,
};

fn run(plant: &Plant) -> Vec<Found> {
    let parts: [(&[char], &[ValidationStep], std::ops::RangeInclusive<u8>); 2] = [
        (&['Z', 'P', 'A', 'R'], &[ValidationStep::ZoneModel], 1..=3),
        (&['E'], &[ValidationStep::Levels, ValidationStep::Actions], 4..=7),
    ];
    let zcr: Vec<_> = plant.confirmed_zcr().collect();
    let mut found = Vec::new();
    for (families, steps, groups) in parts {
        let steps = steps.iter().filter(|it| plant.confirmation(**it).is_some()).map(|it| format!("the {it}"));
        let zcr = zcr.iter().filter(|it| groups.contains(&it.group())).map(ToString::to_string);
        let confirmed: Vec<_> = steps.chain(zcr).collect();
        if confirmed.is_empty() {
            continue;
        }
        for (subject, codes) in plant.open_errors(families) {
            let about = subject.map_or(String::new(), |it| format!(" about {}", plant.subject_tag(it)));
            // one for each error, so that a further one is told of although this was set aside
            found.extend(codes.into_iter().map(|code| Found {
                about: subject.into_iter().collect(),
                message: format!(
                    "Somebody stands by {} although an error is open{about} ({code})",
                    some_of(&confirmed)
                ),
                of: Some(code),
            }));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::messages;
    use super::CHECK;
    use crate::analysis::fixture::Fixture;
    use crate::model::{Confirmation, SetAside, ValidationStep};

    fn plant() -> Fixture {
        Fixture::new().zone("Z-1", |_| ()).conduit("C-1", "Z-1", "", |_| ())
    }

    #[test]
    fn nobody_stands_by_an_error() {
        assert!(messages(&CHECK, &plant()).is_empty());
        let levels = plant().confirmed(ValidationStep::Levels);
        assert!(messages(&CHECK, &levels).is_empty(), "the record is in order");
        let mut model = plant().confirmed(ValidationStep::ZoneModel);
        assert_eq!(
            messages(&CHECK, &model),
            ["Somebody stands by the zone model although an error is open about C-1 (Z05)"]
        );
        let errors = model.analyse();
        let key = errors.findings.iter().find(|it| it.check.code == "Z05").unwrap().key();
        Arc::make_mut(&mut model.project.set_aside)
            .insert(key, SetAside { reason: "Spare".into(), ..SetAside::default() });
        assert!(messages(&CHECK, &model).is_empty());
    }

    #[test]
    fn once_set_aside_an_error_elsewhere_is_still_told_of() {
        let mut plant = plant().confirmed(ValidationStep::ZoneModel);
        let found = plant.analyse().findings.iter().find(|it| it.check.code == "E33").unwrap().key();
        Arc::make_mut(&mut plant.project.set_aside).insert(found, SetAside::default());
        let open = |plant: &Fixture| {
            let analysis = plant.analyse();
            let open = analysis.findings.iter().filter(|it| it.check.code == "E33" && it.set_aside.is_none());
            open.map(|it| it.message.clone()).collect::<Vec<_>>()
        };
        assert!(open(&plant).is_empty());
        let more = plant.clone().conduit("C-2", "Z-1", "", |_| ());
        assert_eq!(open(&more), ["Somebody stands by the zone model although an error is open about C-2 (Z05)"]);
        let within = plant.clone().conduit("C-1", "Z-1", "Z-1", |_| ());
        let another = "Somebody stands by the zone model although an error is open about C-1 (Z06)";
        assert_eq!(open(&within), [another], "another error at the same place");
        assert!(open(&plant.confirmed(ValidationStep::Levels)).is_empty(), "what is decided about C-1 stays so");
    }

    #[test]
    fn a_requirement_of_the_path_counts_as_its_step() {
        let mut plant = plant();
        let confirmed = Confirmation { by: "Operations manager".into(), ..Confirmation::default() };
        Arc::make_mut(&mut plant.project.zcr).insert("ZCR 3.1".parse().unwrap(), confirmed);
        assert_eq!(messages(&CHECK, &plant), ["Somebody stands by ZCR 3.1 although an error is open about C-1 (Z05)"]);
    }
}
