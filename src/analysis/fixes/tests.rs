//! Every fix mends what it is offered for, in one step that can be taken back.

use std::collections::BTreeSet;

use super::*;
use crate::analysis::findings::CHECKS;
use crate::analysis::fixture::{Fixture, TODAY};
use crate::analysis::{Severity, analyse};
use crate::history::History;
use crate::model::*;

fn analysed(project: &Project) -> Analysis {
    analyse(project, Catalogue::embedded(), TODAY)
}

fn errors(analysis: &Analysis) -> BTreeSet<String> {
    analysis.findings.iter().filter(|it| it.severity() == Severity::Error).map(Finding::key).collect()
}

/// The labels of the fixes offered for a check's findings, after trying each out.
fn tried(code: &str, plant: &Fixture) -> Vec<String> {
    let analysis = plant.analyse();
    let project = &plant.project;
    let repair = Repair { project, catalogue: Catalogue::embedded(), analysis: &analysis };
    let mut labels = Vec::new();
    let findings: Vec<_> = analysis.findings.iter().filter(|it| it.check.code == code).collect();
    assert!(!findings.is_empty(), "{code} finds nothing");
    for finding in findings {
        let fixes = repair.fixes(finding);
        assert_eq!(fixes, repair.fixes(finding), "{code}: the same fix is the same edit");
        for Fix { label, edit } in fixes {
            let mut history = History::new(project.clone());
            assert_eq!(history.apply(&edit), Ok(true), "{label}");
            let mended = history.current().clone();
            assert_eq!(mended.first_unresolved(), None, "{label}");
            let after = analysed(&mended);
            let key = finding.key();
            assert!(after.findings.iter().all(|it| it.key() != key), "{label} leaves {}", finding.message);
            let new: Vec<_> = errors(&after).difference(&errors(&analysis)).cloned().collect();
            assert!(new.is_empty(), "{label} brings {new:?}");
            let (undone, _) = history.undo().expect("a step");
            assert_eq!(undone.to_lowercase(), label.to_lowercase());
            assert_eq!(history.current(), project, "{label}");
            labels.push(label);
        }
    }
    labels
}

/// An office, a control zone at level 2 and a DMZ, each with an asset, and a sensor.
fn plant() -> Fixture {
    let zone = |tag: &str, trust: Trust, level: PurdueLevel, y: f32| {
        let tag = tag.to_owned();
        move |plant: Fixture| {
            plant.zone(&tag, |zone| {
                (zone.trust, zone.purdue) = (trust, Some(level));
                zone.frame = Rect::new(0.0, y, 320.0, 160.0);
            })
        }
    };
    let plant = zone("Z-OFFICE", Trust::Enterprise, PurdueLevel::L4, 0.0)(Fixture::new());
    let plant = zone("Z-SITE", Trust::Operational, PurdueLevel::L3, 300.0)(plant);
    let plant = zone("Z-CTRL", Trust::Operational, PurdueLevel::L2, 600.0)(plant);
    let plant = plant.asset("ERP", "erp", "Z-OFFICE", |_| ()).asset("HIST", "historian", "Z-SITE", |_| ());
    let plant = plant.asset("PLC", "plc", "Z-CTRL", |_| ()).asset("HMI", "hmi", "Z-CTRL", |_| ());
    let plant = plant.asset("IDS", "ot_ids", "Z-SITE", |_| ());
    let filtered = |conduit: &mut Conduit| conduit.filtering = Filtering::Stateful;
    let plant = plant.conduit("C-01", "Z-OFFICE", "Z-SITE", filtered).conduit("C-02", "Z-SITE", "Z-CTRL", filtered);
    plant.flow("C-01", "HIST", "ERP", "https", |_| ()).flow("C-02", "HIST", "PLC", "opcua", |_| ())
}

fn reaching(zones: &'static [&'static str]) -> impl FnOnce(&mut Asset) {
    move |asset| asset.other_zones = zones.iter().map(|tag| ZoneId::derived_from(tag)).collect()
}

#[test]
fn what_nothing_filters_gets_a_firewall() {
    let outside = plant().zone("Z-NET", |zone| zone.trust = Trust::External);
    let open = outside.conduit("C-03", "Z-NET", "Z-SITE", |_| ());
    let put = ["Put a firewall into C-03", "Put an application filter into C-03"];
    assert_eq!(tried("A02", &open), put);
    let between = |change: fn(&mut Conduit)| plant().zone("Z-2", |_| ()).conduit("C-03", "Z-SITE", "Z-2", change);
    assert_eq!(tried("A09", &between(|_| ())), put);
    assert_eq!(tried("A03", &between(|_| ()).sl_t("Z-SITE", 2).sl_t("Z-2", 3)), put);
    assert_eq!(tried("A13", &between(|it| it.remote_access = RemoteAccess::OnDemand)), put);
}

#[test]
fn a_dmz_comes_between_the_office_and_control() {
    let straight = plant().conduit("C-03", "Z-OFFICE", "Z-CTRL", |conduit| conduit.initiated_by = Initiator::From);
    let straight =
        straight.flow("C-03", "ERP", "PLC", "modbus_tcp", |_| ()).flow("C-03", "HMI", "ERP", "https", |_| ());
    assert_eq!(tried("A01", &straight), ["Put a new DMZ into C-03"]);
    let there = straight.zone("Z-DMZ", |zone| {
        zone.purdue = Some(PurdueLevel::Dmz);
        zone.frame = Rect::new(500.0, 0.0, 300.0, 200.0);
    });
    assert_eq!(tried("A01", &there), ["Lead C-03 through Z-DMZ", "Put a new DMZ into C-03"]);
}

#[test]
fn answers_and_flows_outlive_the_dmz() {
    let plant = plant().conduit("C-03", "Z-OFFICE", "Z-CTRL", |_| ()).flow("C-03", "ERP", "PLC", "modbus_tcp", |_| ());
    let plant = plant.answer("C-03", "SR 5.2", Status::Met, |_| ());
    let analysis = plant.analyse();
    let repair = Repair { project: &plant.project, catalogue: Catalogue::embedded(), analysis: &analysis };
    let finding = analysis.findings.iter().find(|it| it.check.code == "A01").unwrap();
    let mut project = plant.project.clone();
    repair.fixes(finding)[0].edit.apply(&mut project).unwrap();
    assert_eq!(project.answers, plant.project.answers);
    let flows = |project: &Project| project.flows.values().filter(|it| it.protocol == "modbus_tcp").count();
    assert_eq!((flows(&plant.project), flows(&project)), (1, 2));
    assert!(analysed(&project).findings.iter().all(|it| it.check.code != "Z09"));
    let conduit = project.conduits.get(ConduitId::derived_from("C-03")).unwrap();
    assert!(conduit.touches(ZoneId::derived_from("Z-OFFICE")), "the outer half is the one that was assessed");
}

#[test]
fn what_needs_a_zone_of_its_own_gets_one() {
    let with = |kind: &str, change: fn(&mut Asset)| {
        let plant = plant().asset("X", kind, "Z-CTRL", change);
        plant.flow("", "X", "PLC", "opcua", |_| ()).flow("C-02", "HIST", "X", "https", |_| ())
    };
    assert_eq!(tried("P01", &with("office_pc", |_| ())), ["Move X to a zone of its own, behind a DMZ"]);
    assert_eq!(tried("P02", &with("sis_controller", |_| ())), ["Move X to a zone of its own"]);
    assert_eq!(tried("P03", &with("vendor_laptop", |_| ())), ["Move X to a zone of its own"]);
    assert_eq!(tried("P04", &with("wireless_ap", |_| ())), ["Move X to a zone of its own"]);
    assert_eq!(tried("P05", &with("rtu", |asset| asset.external = true)), ["Move X to a zone of its own"]);
    assert_eq!(tried("A14", &with("internet", |_| ())), ["Move X to a zone of its own, behind a DMZ"]);
    let alone = plant().asset("PC-1", "office_pc", "Z-CTRL", |_| ()).asset("PC-2", "office_pc", "Z-CTRL", |_| ());
    assert_eq!(tried("P01", &alone), ["Move 2 assets to a zone of their own"]);
}

#[test]
fn a_conduit_that_only_what_moves_uses_follows_it() {
    let plant = plant().asset("SIS", "sis_controller", "Z-CTRL", |_| ()).conduit("C-03", "Z-SITE", "Z-CTRL", |_| ());
    let plant = plant.flow("C-03", "SIS", "HIST", "opcua", |_| ()).flow("", "SIS", "PLC", "opcua", |_| ());
    let analysis = plant.analyse();
    let repair = Repair { project: &plant.project, catalogue: Catalogue::embedded(), analysis: &analysis };
    let finding = analysis.findings.iter().find(|it| it.check.code == "P02").unwrap();
    let mut project = plant.project.clone();
    repair.fixes(finding)[0].edit.apply(&mut project).unwrap();
    let safe = project.assets.get(AssetId::derived_from("SIS")).unwrap().zone.unwrap();
    let zone = project.zones.get(safe).unwrap();
    assert_eq!((zone.tag.as_str(), zone.trust), ("Z-CTRL-SAFE", Trust::Safety));
    assert!(project.conduits.get(ConduitId::derived_from("C-03")).unwrap().touches(safe));
    assert_eq!(project.conduits.len(), plant.project.conduits.len() + 1, "a new one to the PLC");
    assert!(project.zones.iter().all(|(id, it)| id == safe || !it.frame.overlaps(&zone.frame)));
}

#[test]
fn a_conduit_that_follows_is_filtered_and_led_through_a_dmz() {
    let outside = plant().asset("NET", "internet", "Z-SITE", |_| ()).conduit("C-9", "Z-SITE", "Z-OFFICE", |_| ());
    let outside = outside.flow("C-9", "NET", "ERP", "https", |_| ());
    assert_eq!(tried("A14", &outside), ["Move NET to a zone of its own, behind a firewall"]);
    let plc = plant().zone("Z-PLC", |zone| zone.purdue = Some(PurdueLevel::L1)).asset("PLC-2", "plc", "Z-PLC", |_| ());
    let office = plc.asset("PC", "office_pc", "Z-CTRL", |_| ()).conduit("C-5", "Z-CTRL", "Z-PLC", |_| ());
    let office = office.flow("C-5", "PC", "PLC-2", "https", |_| ());
    assert_eq!(tried("P01", &office), ["Move PC to a zone of its own, behind a DMZ"]);
    let diode = plant().asset("NET", "internet", "Z-SITE", |_| ());
    let diode = diode.conduit("C-9", "Z-SITE", "Z-OFFICE", |it| it.filtering = Filtering::OneWay);
    tried("A14", &diode.flow("C-9", "NET", "ERP", "https", |_| ()));
}

#[test]
fn a_flow_is_not_carried_against_a_one_way_device() {
    let diode = plant().zone("Z-2", |_| ()).asset("SRV", "server", "Z-2", |_| ());
    let diode = diode.conduit("C-03", "Z-SITE", "Z-2", |it| it.filtering = Filtering::OneWay);
    let back = diode.flow("", "SRV", "HIST", "https", |_| ());
    assert_eq!(tried("Z09", &back), ["Draw a conduit with a firewall from Z-2 to Z-SITE"]);
}

#[test]
fn a_new_tag_follows_one_of_any_length() {
    let zeros = format!("C-{}999", "0".repeat(70_000));
    let plant = plant().conduit(&zeros, "Z-SITE", "Z-CTRL", |it| it.filtering = Filtering::Stateful);
    assert_eq!(tried("A01", &plant.conduit("C-03", "Z-OFFICE", "Z-CTRL", |_| ())), ["Put a new DMZ into C-03"]);
}

#[test]
fn a_one_way_device_is_turned_only_where_nothing_speaks_against_it() {
    let diode = |from: &str, to: &str| plant().conduit("C-03", from, to, |it| it.filtering = Filtering::OneWay);
    let turn = "Turn the one-way device in C-03 round";
    let wrong = diode("Z-OFFICE", "Z-SITE");
    assert_eq!(tried("A16", &wrong), [turn]);
    assert_eq!(tried("A16", &wrong.clone().flow("C-03", "HIST", "ERP", "https", |_| ())), [turn]);
    assert_eq!(tried("A16", &wrong.flow("C-03", "ERP", "HIST", "https", |_| ())), [""; 0]);
    let right = diode("Z-SITE", "Z-OFFICE").flow("C-03", "ERP", "HIST", "https", |_| ());
    assert_eq!(tried("A04", &right), ["Make what stands in C-03 a firewall"]);
    let device = plant().asset("DIODE", "data_diode", "Z-SITE", reaching(&["Z-OFFICE"]));
    let device = device.flow("", "HIST", "DIODE", "https", |it| it.both_ways = true);
    assert_eq!(tried("A04", &device), ["Make DIODE a firewall"]);
}

#[test]
fn what_has_a_foot_in_two_zones_stands_in_one() {
    let dual =
        plant().asset("SRV", "historian", "Z-SITE", reaching(&["Z-CTRL"])).flow("", "SRV", "PLC", "opcua", |_| ());
    assert_eq!(tried("A05", &dual), ["Let SRV stand in Z-SITE alone", "Let SRV stand in Z-CTRL alone"]);
    let switch = plant().asset("SW", "switch", "Z-SITE", reaching(&["Z-CTRL"]));
    assert_eq!(tried("A12", &switch).len(), 2);
    let outside = plant().zone("Z-NET", |zone| zone.trust = Trust::External);
    let modem = outside.asset("MODEM", "router", "Z-SITE", reaching(&["Z-NET"]));
    assert_eq!(tried("A14", &modem), ["Let MODEM stand in Z-SITE alone", "Let MODEM stand in Z-NET alone"]);
}

#[test]
fn something_watches() {
    assert_eq!(
        tried("A07", &plant().sl_t("Z-CTRL", 2).flow("", "PLC", "HMI", "ntp", |_| ())),
        ["Place a sensor in Z-CTRL"]
    );
    let unwatched = plant().zone("Z-A", |_| ()).zone("Z-B", |_| ()).asset("FW", "firewall", "Z-A", |_| ());
    let unwatched = unwatched.conduit("C-03", "Z-A", "Z-B", |it| it.filtering = Filtering::Stateful);
    assert_eq!(tried("A10", &unwatched), ["Place a sensor in Z-A"]);
    let between = unwatched.asset("FW", "switch", "Z-A", |_| ());
    assert_eq!(tried("A10", &between), ["Place a sensor in Z-A", "Place a sensor in Z-B"]);
    let outer = plant().zone("Z-NET", |zone| zone.trust = Trust::External).zone("Z-A", |_| ());
    let outer = outer.asset("FW", "firewall", "Z-NET", reaching(&["Z-A"]));
    assert_eq!(tried("A10", &outer), ["Place a sensor in Z-A"], "what lies outside is not ours to watch");
    let homeless = plant().zone("Z-A", |_| ()).asset("FW", "firewall", "", reaching(&["Z-A"]));
    assert_eq!(tried("A10", &homeless), ["Place a sensor in Z-A"]);
    let blind = plant().asset("IDS", "switch", "Z-SITE", |_| ());
    assert_eq!(tried("A11", &blind), ["Place a sensor in Z-SITE", "Place a sensor in Z-CTRL"]);
}

#[test]
fn protocols_change_to_their_secure_form() {
    let open = plant().flow("C-02", "HIST", "PLC", "modbus_tcp", |_| ());
    assert_eq!(tried("A08", &open), ["Change the flows over C-02 to Modbus/TCP Security"]);
    let outside = open.zone("Z-SITE", |zone| zone.untrusted = true);
    assert_eq!(tried("A15", &outside), ["Change the flows over C-02 to Modbus/TCP Security"]);
    let none =
        plant().flow("C-02", "HIST", "PLC", "modbus_tcp", |_| ()).flow("C-02", "HIST", "PLC", "bacnet_ip", |_| ());
    assert!(tried("A08", &none).len() <= 1);
}

#[test]
fn the_upper_levels_of_a_flat_zone_move_out() {
    let flat = plant().asset("MES", "mes", "Z-CTRL", |_| ()).flow("", "MES", "PLC", "opcua", |_| ());
    assert_eq!(tried("A06", &flat), ["Move MES to a zone of its own"]);
    assert_eq!(tried("A06", &flat.asset("PC", "erp", "Z-CTRL", |_| ())).len(), 1);
}

#[test]
fn levels_follow_from_those_around() {
    let inner = plant().zone("Z-IN", |zone| zone.parent = Some(ZoneId::derived_from("Z-SITE")));
    assert_eq!(
        tried("Z12", &inner.sl_t("Z-SITE", 3).sl_t("Z-IN", 1)),
        ["Raise the SL-T of Z-IN to that of Z-SITE around it"]
    );
    let weak = plant().sl_t("Z-SITE", 3).sl_t("Z-CTRL", 2).sl_t("C-02", 1);
    assert_eq!(tried("Z13", &weak), ["Raise the SL-T of C-02 to the lower of its zones"]);
    assert_eq!(tried("Z03", &plant()).len(), 3);
    let labels = tried("Z04", &plant().sl_t("Z-SITE", 3).sl_t("Z-CTRL", 2).sl_t("C-01", 1));
    assert_eq!(labels[0], "Give C-02 the lower target of its zones, SL 2");
    let owned = plant().zone("Z-IN", |zone| {
        zone.parent = Some(ZoneId::derived_from("Z-SITE"));
        zone.owner.clear();
    });
    assert_eq!(tried("Z02", &owned), ["Name Operations manager, who answers for the zone around"]);
}

/// The plant with something said of an SL-T, and what the fix of this number makes of it.
fn fixed(code: &str, plant: &Fixture, target: &str, which: usize, say: impl Fn(&mut TargetLevel)) -> TargetLevel {
    let (mut plant, target) = (plant.clone(), plant.target(target));
    let mut level = plant.project.target_level(target).unwrap().clone();
    say(&mut level);
    Edit::SetTargetLevel(vec![target], Some(level)).apply(&mut plant.project).unwrap();
    tried(code, &plant);
    let analysis = plant.analyse();
    let repair = Repair { project: &plant.project, catalogue: Catalogue::embedded(), analysis: &analysis };
    let found = analysis.findings.of(code).find(|it| it.about.first() == Some(&target.into())).expect("found");
    let mut project = plant.project.clone();
    repair.fixes(found)[which].edit.apply(&mut project).unwrap();
    project.target_level(target).unwrap().clone()
}

fn to(level: u8) -> SecurityLevel {
    SecurityLevel::new(level).unwrap()
}

#[test]
fn what_people_wrote_of_an_sl_t_stays_when_it_is_put_right() {
    let weak = plant().sl_t("Z-SITE", 3).sl_t("Z-CTRL", 3).sl_t("C-02", 4);
    for target in ["Z-SITE", "C-02"] {
        let level = fixed("E27", &weak, target, 0, |level| {
            level.reason = "Board decision 12".into();
            level.reason_for = Some(SlVector::uniform(to(0)));
            level.give_deviation(Fr::Dc, "No confidential data");
        });
        let kept = ["Board decision 12\nUntil 2026-06-15 DC was", "No confidential data"];
        assert!(kept.iter().all(|it| level.reason.contains(it)), "{target}: {}", level.reason);
        assert_eq!(level.reason_for, Some(SlVector::uniform(to(0))), "{target}");
    }
}

#[test]
fn what_raises_some_frs_says_nothing_of_the_others() {
    let weak = plant().sl_t("Z-SITE", 3).sl_t("Z-CTRL", 3).sl_t("C-02", 3).sl_t_in("C-02", Fr::Dc, 1);
    let weak = weak.sl_t_in("C-02", Fr::Uc, 4);
    let given_for = SlVector::uniform(to(2));
    let of_people = fixed("Z13", &weak, "C-02", 0, |level| {
        level.reason = "Corporate rule 7".into();
        level.reason_for = Some(given_for);
    });
    let mut raised_only = given_for;
    raised_only[Fr::Dc] = to(3);
    assert_eq!(of_people.reason, "Corporate rule 7 Raised to the lower of its zones.");
    assert_eq!(of_people.reason_for, Some(raised_only));
    let silent = fixed("Z13", &weak, "C-02", 0, |level| level.reason.clear());
    assert_eq!(silent.deviations, [(Fr::Dc, "Raised to the lower of its zones.".to_owned())].into());
    assert_eq!((silent.reason.as_str(), silent.reason_for), ("", None));
}

#[test]
fn an_fr_that_says_why_stays_when_the_others_follow_a_neighbour() {
    let raised = plant().sl_t("Z-CTRL", 3).sl_t("C-02", 2).sl_t_in("C-02", Fr::Dc, 1);
    let say = |level: &mut TargetLevel| {
        level.reason = "As Z-CTRL, which it leads into.".into();
        level.give_deviation(Fr::Dc, "No confidential data");
    };
    let followed = fixed("E34", &raised, "C-02", 0, say);
    assert_eq!(followed.levels.to_string(), "3-3-3-1-3-3-3");
    assert!(followed.explains(Fr::Dc) && followed.reason == "As Z-CTRL, which it leads into.");

    let followed = fixed("E34", &raised, "C-02", 0, |level| level.reason = "As Z-CTRL.".into());
    assert_eq!((followed.levels.to_string().as_str(), followed.reason.as_str()), ("3-3-3-3-3-3-3", "As Z-CTRL."));
}

#[test]
fn flows_find_their_conduit() {
    let stray = plant().flow("", "HMI", "HIST", "https", |_| ()).flow("", "PLC", "HIST", "https", |_| ());
    assert_eq!(tried("Z09", &stray), ["Carry the flows over C-02"]);
    let apart =
        plant().zone("Z-FAR", |_| ()).asset("RTU", "rtu", "Z-FAR", |_| ()).flow("", "HMI", "RTU", "dnp3", |_| ());
    assert_eq!(tried("Z09", &apart), ["Draw a conduit with a firewall from Z-CTRL to Z-FAR"]);
}

#[test]
fn what_is_idle_or_unclear_is_tidied_up() {
    assert_eq!(tried("Z01", &plant().zone("Z-EMPTY", |_| ())), ["Delete Z-EMPTY"]);
    assert_eq!(tried("Z05", &plant().conduit("C-03", "Z-SITE", "", |_| ())), ["Delete C-03"]);
    assert_eq!(tried("Z06", &plant().conduit("C-03", "Z-SITE", "Z-SITE", |_| ())), ["Delete C-03"]);
    let twice = plant().asset("B", "plc", "Z-CTRL", |asset| asset.tag = "PLC".into());
    assert_eq!(tried("Z11", &twice), ["Call the other PLC-01"]);
    let untagged = plant().zone("Z-X", |zone| zone.tag.clear());
    assert_eq!(tried("Z11", &untagged), ["Call it Z-NEW"]);
    let homeless = plant().asset("NEW", "plc", "", |asset| asset.addresses = vec!["10.0.2.9".into()]);
    let homeless = homeless.asset("PLC", "plc", "Z-CTRL", |asset| asset.addresses = vec!["10.0.2.1".into()]);
    assert_eq!(tried("Z07", &homeless), ["Put NEW into Z-CTRL"]);
}

#[test]
fn what_the_record_contradicts_is_put_right() {
    let from = Status::Inherited(Some(ZoneId::derived_from("Z-SITE").into()));
    let claimed = plant().answer("Z-SITE", "SR 1.3 RE 1", Status::NotMet, |_| ());
    let claimed = claimed.answer("Z-CTRL", "SR 1.3", from, |_| ()).answer("Z-CTRL", "SR 1.3 RE 1", Status::Met, |_| ());
    assert_eq!(tried("E17", &claimed), ["Inherit SR 1.3 RE 1 from Z-SITE too"]);
    let dismissed = plant().answer("Z-CTRL", "SR 7.3", Status::NotApplicable, |_| ());
    assert_eq!(tried("E18", &dismissed), ["Ask SR 7.3 again at Z-CTRL"]);
    let nowhere = plant().risk("R-1", |it| it.assets = [AssetId::derived_from("PLC")].into());
    assert_eq!(tried("E23", &nowhere), ["Name Z-CTRL, where its assets stand"]);
    assert_eq!(tried("E23", &plant().risk("R-1", |_| ())), [""; 0]);
    let closed = plant().answer("Z-CTRL", "SR 7.3", Status::Met, |_| ());
    let key = closed.gap("Z-CTRL/SR 7.3");
    let alone = closed.clone().acceptance("RA-1", |it| it.gaps = [key].into());
    assert_eq!(tried("E25", &alone), ["Delete RA-1, which accepts nothing any more"]);
    let open = closed.gap("Z-CTRL/SR 1.1");
    assert_eq!(
        tried("E25", &closed.acceptance("RA-1", |it| it.gaps = [key, open].into())),
        ["Take what is closed out of RA-1"]
    );
    let low = plant().zone("Z-1", |it| it.consequence = Rating::new(2)).risk("R-1", |it| {
        it.targets = [ZoneId::derived_from("Z-1").into()].into();
        it.consequences.safety = Rating::new(4);
    });
    assert_eq!(tried("E30", &low), ["Raise the consequence of Z-1 to 4 (Severe)"]);
    assert_eq!(tried("E27", &plant().sl_t("Z-SITE", 4)).len(), 1);
}

#[test]
fn every_check_about_partition_and_architecture_offers_a_fix() {
    let nothing: fn(&Repair, &Finding) -> Vec<Fix> = none;
    for check in CHECKS.iter().filter(|it| it.code.starts_with(['P', 'A'])) {
        assert!(!std::ptr::fn_addr_eq(check.fixes, nothing), "{}", check.code);
    }
}
