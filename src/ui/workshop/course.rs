//! The course of a workshop from one frame to the next: made anew only where something else than an
//! answer has changed.

use std::rc::Rc;
use std::sync::Arc;

use crate::analysis::Course;
use crate::model::{Agenda, Conduit, ConduitId, Project, Settings, Table, Workshop, Zone, ZoneId};
use crate::ui::context::Context;

/// A course, and what it was made from.
#[derive(Default)]
pub(super) struct KnownCourse(Option<Known>);

struct Known {
    revision: u64,
    basis: Basis,
    course: Rc<Course>,
}

/// What decides which questions there are, and not how they are answered.
struct Basis {
    zones: Table<ZoneId, Zone>,
    conduits: Table<ConduitId, Conduit>,
    settings: Arc<Settings>,
    agenda: Agenda,
    is_over: bool,
}

impl KnownCourse {
    /// The course as the project stands.
    pub fn of(&mut self, ctx: &Context, workshop: &Workshop) -> Rc<Course> {
        let revision = ctx.session.revision();
        if let Some(known) = self.0.as_ref().filter(|it| it.revision == revision) {
            return Rc::clone(&known.course);
        }
        let kept = self.0.take().filter(|it| it.basis.is_of(ctx.project, workshop)).and_then(|it| {
            let mut course = it.course;
            let has_kept_up =
                Rc::get_mut(&mut course).is_some_and(|it| it.keep_up(ctx.catalogue, ctx.analysis, workshop));
            has_kept_up.then_some(course)
        });
        let anew = || Rc::new(Course::new(ctx.project, ctx.catalogue, ctx.analysis, workshop));
        let course = kept.unwrap_or_else(anew);
        self.0 = Some(Known { revision, basis: Basis::of(ctx.project, workshop), course: Rc::clone(&course) });
        course
    }
}

impl Basis {
    fn of(project: &Project, workshop: &Workshop) -> Self {
        Self {
            zones: project.zones.clone(),
            conduits: project.conduits.clone(),
            settings: Arc::clone(&project.settings),
            agenda: workshop.agenda.clone(),
            is_over: workshop.closed,
        }
    }

    fn is_of(&self, project: &Project, workshop: &Workshop) -> bool {
        let is_same = self.zones.same(&project.zones) && self.conduits.same(&project.conduits);
        is_same
            && Arc::ptr_eq(&self.settings, &project.settings)
            && self.is_over == workshop.closed
            && self.agenda == workshop.agenda
    }
}
