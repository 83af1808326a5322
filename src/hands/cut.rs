//! Cutting, and putting a cut back with all that named it.

use std::collections::BTreeSet;

use crate::edit::{Edit, Fragment, Item};
use crate::model::*;

/// What cutting comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    /// What stands for it in the clipboard; it carries the answers too.
    pub text: String,
    /// Takes it out, with all that lies in it.
    pub edit: Edit,
    /// What goes with it and is not in the clipboard, each in a few words.
    pub lost: Vec<String>,
    /// The project as it was.
    before: Project,
    /// All that was taken out.
    gone: BTreeSet<Subject>,
}

/// Cuts out these with all that lies in them; `None` of nothing that can be cut.
pub fn cut(project: &Project, selected: &[Subject]) -> Option<Cut> {
    let fragment = Fragment::of(project, &selected.iter().copied().collect()).with_answers(project);
    if fragment.is_empty() {
        return None;
    }
    let text = fragment.to_text().ok()?.trim_end().to_owned();
    let subjects = subjects_of(&fragment);
    let edit = Edit::Several(format!("cut {}", fragment.summary()), vec![Edit::Remove(subjects.clone())]);
    let mut after = project.clone();
    edit.apply(&mut after).ok()?;
    let gone: BTreeSet<Subject> = project.subjects().filter(|it| !it.exists_in(&after)).collect();
    let lost = lost(project, &after, &gone.difference(&subjects).copied().collect());
    Some(Cut { text, edit, lost, before: project.clone(), gone })
}

/// All that a fragment holds.
fn subjects_of(fragment: &Fragment) -> BTreeSet<Subject> {
    let zones = fragment.zones.ids().map(Subject::Zone).chain(fragment.assets.ids().map(Subject::Asset));
    let lines = fragment.conduits.ids().map(Subject::Conduit).chain(fragment.flows.ids().map(Subject::Flow));
    zones.chain(lines).chain(fragment.notes.ids().map(Subject::Note)).collect()
}

/// What the clipboard does not hold: lines to what stays, and what was said elsewhere of what goes.
fn lost(before: &Project, after: &Project, lines: &BTreeSet<Subject>) -> Vec<String> {
    let counted = |count: usize, one: &str, more: &str| {
        let what = if count == 1 { one } else { more };
        (count > 0).then(|| format!("{count} {what}"))
    };
    let conduits = lines.iter().filter(|it| matches!(it, Subject::Conduit(_))).count();
    let flows = lines.iter().filter(|it| matches!(it, Subject::Flow(_))).count();
    let is_record = |it: &Subject| !matches!(it, Subject::Asset(_) | Subject::Flow(_)) && it.exists_in(after);
    let records = before.differences(after).into_iter().filter(is_record).count();
    let points = |it: &Project| it.scope.access_points.iter().filter(|it| it.conduit.is_some()).count();
    let decisions = |it: &Project| it.overrides.len() + it.set_aside.len() + points(it);
    let entries = records + decisions(before).saturating_sub(decisions(after));
    let said = [
        counted(conduits, "conduit to another zone", "conduits to other zones"),
        counted(flows, "flow to another asset", "flows to other assets"),
        counted(entries, "entry that names it", "entries that name it"),
    ];
    said.into_iter().flatten().collect()
}

impl Cut {
    /// Whether this text is the cut and nothing of it is there, so that pasting puts it back.
    pub fn is_put_back_by(&self, project: &Project, text: &str) -> bool {
        self.text.lines().eq(text.trim_end().lines()) && self.gone.iter().all(|it| !it.exists_in(project))
    }

    /// An edit that puts the cut in, and after it all that went with it, as far as what that
    /// names is still there.
    pub fn put_back(&self, project: &Project, edit: Edit) -> Edit {
        let label = edit.label(project);
        let mut back = Back { cut: self, now: project.clone(), edits: Vec::new() };
        back.apply(edit);
        back.lines();
        back.records();
        back.answers();
        back.decisions();
        Edit::Several(label, back.edits)
    }
}

/// A project into which a cut is put back.
struct Back<'c> {
    cut: &'c Cut,
    now: Project,
    edits: Vec<Edit>,
}

impl Back<'_> {
    /// Does what can be done.
    fn apply(&mut self, edit: Edit) {
        let mut after = self.now.clone();
        if edit.apply(&mut after).is_ok() && !after.same(&self.now) {
            self.now = after;
            self.edits.push(edit);
        }
    }

    fn was_cut(&self, subject: impl Into<Subject>) -> bool {
        self.cut.gone.contains(&subject.into())
    }

    /// Conduits and flows that led to what stayed, and second homes of assets that stayed.
    fn lines(&mut self) {
        let before = &self.cut.before;
        for (id, conduit) in before.conduits.iter().filter(|(id, _)| self.cut.gone.contains(&(*id).into())) {
            if !self.now.conduits.contains(id) {
                let line = Fragment { conduits: [(id, conduit.clone())].into_iter().collect(), ..Fragment::default() };
                let line = line.retagged(&self.now).conduits.get(id).cloned().unwrap_or_default();
                self.apply(Edit::Put(Item::Conduit(id, line)));
            }
        }
        for (id, flow) in before.flows.iter() {
            let conduit = flow.conduit.filter(|it| self.was_cut(*it));
            match self.now.flows.get(id) {
                None if self.was_cut(id) => self.apply(Edit::Put(Item::Flow(id, flow.clone()))),
                Some(now) if now.conduit.is_none() && conduit.is_some() => {
                    let flow = Flow { conduit, ..now.clone() };
                    self.apply(Edit::Put(Item::Flow(id, flow)));
                }
                _ => (),
            }
        }
        for (id, asset) in before.assets.iter().filter(|(_, it)| !it.other_zones.is_empty()) {
            let Some(now) = self.now.assets.get(id) else { continue };
            let mut there = now.clone();
            let zones = asset.other_zones.iter().copied().filter(|it| self.was_cut(*it) || self.was_cut(id));
            there.other_zones.extend(zones.filter(|it| Some(*it) != now.zone && self.now.zones.contains(*it)));
            self.apply(Edit::Put(Item::Asset(id, there)));
        }
    }

    /// What risks, the plan, the registers and views said of it.
    fn records(&mut self) {
        macro_rules! named_again {
            ($($table:ident, $kind:ident: $($field:ident by $of:expr),+;)*) => {$(
                for (id, earlier) in self.cut.before.$table.iter() {
                    let Some(now) = self.now.$table.get(id) else { continue };
                    let mut there = now.clone();
                    $(there.$field.extend(earlier.$field.iter().copied().filter(|it| {
                        let named: Subject = $of(it);
                        self.was_cut(named) && named.exists_in(&self.now)
                    }));)+
                    self.apply(Edit::Put(Item::$kind(id, there)));
                }
            )*};
        }
        let target = |it: &Target| Subject::from(*it);
        let asset = |it: &AssetId| Subject::from(*it);
        let gap = |it: &GapKey| Subject::from(it.target);
        named_again! {
            risks, Risk: targets by target, assets by asset;
            manual_findings, ManualFinding: targets by target, assets by asset;
            actions, Action: closes by gap;
            acceptances, Acceptance: gaps by gap;
            exceptions, Exception: assets by asset;
            vendor_access, VendorAccess: assets by asset;
            views, View: hidden by target;
        }
        for (id, earlier) in self.cut.before.vendor_access.iter() {
            let conduit = earlier.conduit.filter(|it| self.was_cut(*it));
            if let Some(now) = self.now.vendor_access.get(id).filter(|it| it.conduit.is_none() && conduit.is_some()) {
                let access = VendorAccess { conduit, ..now.clone() };
                self.apply(Edit::Put(Item::VendorAccess(id, access)));
            }
        }
    }

    /// Its answers, and those elsewhere that it was the source of.
    fn answers(&mut self) {
        for (target, answers) in self.cut.before.answers.iter() {
            for (&requirement, answer) in answers {
                let now = self.now.answer(target, requirement);
                let source = if let Status::Inherited(source) = answer.status { source } else { None };
                let is_unsourced = now.is_some_and(|it| it.status == Status::Inherited(None));
                let back = match now {
                    None if self.was_cut(target) => answer.clone(),
                    Some(now) if is_unsourced && source.is_some_and(|it| self.was_cut(it)) => {
                        Answer { status: answer.status, ..now.clone() }
                    }
                    _ => continue,
                };
                self.apply(Edit::Answer(vec![(GapKey { target, requirement }, back)]));
            }
        }
    }

    /// What was decided about it, and the access points that it was.
    fn decisions(&mut self) {
        let before = &self.cut.before;
        for (key, decided) in before.overrides.iter().filter(|(key, _)| self.cut.gone.contains(&key.target.into())) {
            if self.now.overrides.get(key).is_none() {
                self.apply(Edit::Decide(key, decided.clone()));
            }
        }
        let gone: BTreeSet<String> = self.cut.gone.iter().map(ToString::to_string).collect();
        for (key, reason) in before.set_aside.iter() {
            if key.split(' ').any(|id| gone.contains(id)) && !self.now.set_aside.contains_key(key) {
                self.apply(Edit::SetAside(key.clone(), Some(reason.clone())));
            }
        }
        let mut scope = (*self.now.scope).clone();
        for point in before.scope.access_points.iter().filter(|it| it.conduit.is_some_and(|id| self.was_cut(id))) {
            let without = AccessPoint { conduit: None, ..point.clone() };
            if let Some(now) = scope.access_points.iter_mut().find(|it| **it == without) {
                now.conduit = point.conduit.filter(|it| self.now.conduits.contains(*it));
            }
        }
        self.apply(Edit::Scope(scope));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::hands::clipboard::{Spot, paste};
    use crate::hands::fixture::{Drawn, plant};

    /// A plant in which everything that can names the zone, its conduit or its asset.
    fn named() -> Fixture {
        let [zone, inner] = ["Z-1", "Z-2"].map(ZoneId::derived_from);
        let (asset, conduit) = (AssetId::derived_from("A-1"), ConduitId::derived_from("C-1"));
        let plant = plant().asset("A-3", "plc", "Z-3", |it| it.other_zones = [inner].into());
        let plant = plant.flow("C-1", "A-1", "A-3", "https", |_| ()).flow("", "A-1", "A-2", "https", |_| ());
        let plant = plant.sl_t("Z-1", 2).answer("Z-1", "SR 1.1", Status::Met, |_| ());
        let plant = plant.answer("C-1", "SR 5.2", Status::NotMet, |_| ());
        let plant = plant.answer("Z-3", "SR 1.2", Status::Inherited(Some(inner.into())), |_| ());
        let gap = plant.gap("Z-1/SR 1.2");
        let plant = plant.risk("R-1", |it| (it.targets, it.assets) = ([zone.into()].into(), [asset].into()));
        let plant = plant.action("T-1", |it| it.closes = [gap].into());
        let mut plant = plant.acceptance("K-1", |it| it.gaps = [gap].into());
        let project = &mut plant.project;
        let access = VendorAccess { conduit: Some(conduit), assets: [asset].into(), ..VendorAccess::default() };
        project.vendor_access.insert(VendorAccessId::derived_from("V"), access);
        let exception = VulnerabilityException { assets: [asset].into(), ..VulnerabilityException::default() };
        project.exceptions.insert(ExceptionId::derived_from("X"), exception);
        let finding =
            ManualFinding { targets: [conduit.into()].into(), assets: [asset].into(), ..ManualFinding::default() };
        project.manual_findings.insert(ManualFindingId::derived_from("N"), finding);
        let view = DiagramView { hidden: [inner.into()].into(), ..DiagramView::whole_plant() };
        project.views.insert(ViewId::derived_from("Y"), view);
        let mut scope = Scope::default();
        scope.access_points.push(AccessPoint {
            name: "Modem".into(),
            conduit: Some(conduit),
            ..AccessPoint::default()
        });
        let decided = GapOverride {
            blocks_closure: Some(Override { value: true, reason: "So decided".into() }),
            ..GapOverride::default()
        };
        let aside = SetAside { reason: "Known".into(), ..SetAside::default() };
        let edits =
            [Edit::Scope(scope), Edit::Decide(gap, decided), Edit::SetAside(format!("A09 {conduit}"), Some(aside))];
        for edit in edits {
            edit.apply(project).unwrap();
        }
        assert_eq!(project.first_unresolved(), None);
        plant
    }

    fn spot<'a>(cut: Option<&'a Cut>, x: f32, y: f32) -> Spot<'a> {
        let at = Point::new(x, y);
        Spot { pointer: Some(at), middle: at, selected: &[], is_pasted: false, cut }
    }

    /// The project without where things lie.
    fn unplaced(project: &Project) -> Project {
        let mut project = project.clone();
        project.zones.change_where(|_| true, |it| it.frame = Rect::default());
        project
    }

    #[test]
    fn a_cut_that_is_pasted_back_loses_nothing() {
        let drawn = Drawn::of(&named());
        let cut = cut(&drawn.project, &[ZoneId::derived_from("Z-1").into()]).unwrap();
        assert_eq!(cut.lost, ["1 conduit to another zone", "1 flow to another asset", "11 entries that name it"]);
        let without = Drawn::of(&Fixture { project: drawn.after(&cut.edit) });
        let pasted = paste(&without.field(), &cut.text, &spot(Some(&cut), 0.0, 900.0)).unwrap().unwrap();
        let back = without.after(&pasted.edit);
        assert_ne!(back, drawn.project, "it lies elsewhere");
        assert_eq!(unplaced(&back), unplaced(&drawn.project));
        assert_eq!(pasted.selects, [ZoneId::derived_from("Z-1").into()]);
        let there = Drawn::of(&Fixture { project: back });
        let again = paste(&there.field(), &cut.text, &spot(Some(&cut), 0.0, 2000.0)).unwrap().unwrap();
        assert_eq!(there.after(&again.edit).zones.len(), 5, "pasted once more it is a copy");
    }

    #[test]
    fn what_was_changed_meanwhile_stays_changed() {
        let drawn = Drawn::of(&named());
        let cut = cut(&drawn.project, &[AssetId::derived_from("A-1").into()]).unwrap();
        let mut project = drawn.after(&cut.edit);
        project.assets.get_mut(AssetId::derived_from("A-2")).unwrap().tag = "A-1".into();
        project.risks.get_mut(RiskId::derived_from("R-1")).unwrap().targets.clear();
        let asset = AssetId::derived_from("A-3").into();
        Edit::Remove([asset].into()).apply(&mut project).unwrap();
        let without = Drawn::of(&Fixture { project });
        let pasted = paste(&without.field(), &cut.text, &spot(Some(&cut), 40.0, 60.0)).unwrap().unwrap();
        let back = without.after(&pasted.edit);
        let risk = back.risks.get(RiskId::derived_from("R-1")).unwrap();
        assert_eq!((risk.targets.len(), risk.assets.len()), (0, 1));
        assert_eq!(back.assets.get(AssetId::derived_from("A-1")).unwrap().tag, "A-2", "A-1 is another one now");
        assert_eq!(back.flows.len(), 1, "the one to what is gone stays away");
    }

    #[test]
    fn elsewhere_it_is_a_copy() {
        let drawn = Drawn::of(&named());
        let cut = cut(&drawn.project, &[ZoneId::derived_from("Z-1").into()]).unwrap();
        let without = Drawn::of(&Fixture { project: drawn.after(&cut.edit) });
        let pasted = paste(&without.field(), &cut.text, &spot(None, 0.0, 900.0)).unwrap().unwrap();
        assert!(!without.after(&pasted.edit).zones.contains(ZoneId::derived_from("Z-1")));
    }
}
