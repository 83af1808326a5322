//! What is done beside the canvas: names, views, layout, fixes, another project.

use zonewright::analysis::{Repair, analyse};
use zonewright::drawing::layout::{Extent, lay_out};
use zonewright::edit::{Edit, EditError, Item, Place};
use zonewright::generate::AS_OF;
use zonewright::hands::nest::nest;
use zonewright::hands::{lock, site};
use zonewright::model::*;

use crate::Driver;
use crate::check::{Allows, check};
use crate::pick::zones_of;

impl Driver {
    /// Names something, moves a zone by its inspector, gives it a site.
    pub fn rename(&mut self) {
        let project = self.project();
        let (Some(id), word) = (self.some_zone(&project), format!("Name {}", self.rng.u32(0..9))) else { return };
        let Some(zone) = project.zones.get(id) else { return };
        let put = |zone: Zone| Some(Edit::Put(Item::Zone(id, zone)));
        let edit = match self.rng.u32(0..5) {
            0 => put(Zone { name: word, ..zone.clone() }),
            1 => put(Zone { site: word, ..zone.clone() }),
            2 => site::renamed(&project, &zone.site, &word),
            3 => self.some_asset(&project).and_then(|asset| {
                let named = Asset { name: word, ..project.assets.get(asset)?.clone() };
                Some(Edit::Put(Item::Asset(asset, named)))
            }),
            _ => {
                let parent = self.some_zone(&project).filter(|it| *it != id && !lock::is_zone_locked(&project, *it));
                let parent = parent.filter(|_| !lock::is_zone_locked(&project, id));
                match parent.map(|it| nest(&project, &[id].into(), Some(it))) {
                    Some(Ok(edit)) => Some(edit),
                    Some(Err(EditError::ZoneInItself | EditError::TooDeep | EditError::InTheWay(_))) | None => None,
                    Some(Err(error)) => panic!("a zone that can't be put elsewhere: {error}"),
                }
            }
        };
        if let Some(edit) = edit {
            self.apply(&edit, &Allows::default());
        }
    }

    /// Keeps the view as it is under a name, or deletes one.
    pub fn work_on_views(&mut self) {
        let project = self.project();
        let ids: Vec<ViewId> = project.views.ids().collect();
        let edit = match self.rng.choice(&ids).filter(|_| self.rng.bool()) {
            Some(&id) => Edit::Remove([id.into()].into()),
            None => {
                // hidden is only what is there
                let hidden = self.desk.view.hidden.iter().copied().filter(|it| Subject::from(*it).exists_in(&project));
                let name = format!("View {}", ids.len());
                let view = DiagramView { name, hidden: hidden.collect(), ..self.desk.view.clone() };
                Edit::Put(Item::View(ViewId::random(), view))
            }
        };
        self.apply(&edit, &Allows::default());
    }

    /// Shows everything, or hides some zones, conduits and layers.
    pub fn change_view(&mut self) {
        let project = self.project();
        let mut view = DiagramView::whole_plant();
        if self.rng.bool() {
            let targets: Vec<Target> = project.targets().collect();
            view.hidden = (0..3).filter_map(|_| self.rng.choice(&targets).copied()).collect();
            view.hidden_layers = (0..2).map(|_| self.one_of(Layer::ALL)).collect();
        }
        self.desk.view = view;
    }

    /// Lays out all or what is selected, and keeps that or takes it back.
    pub fn lay_out(&mut self) {
        let project = self.project();
        let chosen = zones_of(&self.selection(&project));
        let extent = if chosen.is_empty() { Extent::All } else { Extent::Zones(chosen) };
        let frames = lay_out(&project, &extent, &mut |_| true).unwrap_or_default();
        self.preview(&Edit::Place(Place::Frames(frames.into_iter().collect())));
        if self.rng.bool() {
            self.desk.history.commit();
            self.done += 1;
            check(&project, self.desk.history.current(), &Allows::default(), "lay out");
        } else {
            self.desk.history.abort();
            assert!(self.desk.history.current().same(&project), "a layout taken back leaves the very same project");
        }
    }

    /// Mends what a finding says, by one of the fixes offered for it.
    pub fn mend(&mut self) {
        let project = self.project();
        let analysis = analyse(&project, self.catalogue, AS_OF);
        let repair = Repair { project: &project, catalogue: self.catalogue, analysis: &analysis };
        let findings: Vec<_> = analysis.findings.iter().collect();
        let fixes = self.rng.choice(&findings).map(|it| repair.fixes(it)).unwrap_or_default();
        if let Some(fix) = self.rng.choice(&fixes) {
            self.apply(&fix.edit, &Allows { mends: true, ..Allows::removal(&project, &fix.edit) });
        }
    }

    /// Goes to the other project; the clipboard comes along, what was cut here does not.
    pub fn change_project(&mut self) {
        std::mem::swap(&mut self.desk, &mut self.other);
        self.cut = None;
    }
}
