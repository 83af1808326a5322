//! The drawing that is shown. It follows a change at once; where that leaves conduits on
//! ways that are not the best, it is drawn anew: a small plant on the spot, a large one in
//! the background, to be put in place when it is done. What is shown in the end follows
//! from the project alone, as in a saved picture.

use std::sync::Arc;

use jiff::civil::Date;

use super::CanvasState;
use crate::drawing::palette::Palette;
use crate::drawing::scene::{Look, Scene, scene};
use crate::model::{Layer, Project, Table};
use crate::task::{Poll, Task};
use crate::ui::context::Context;

/// So many conduits are routed within a frame.
const AT_ONCE: usize = 60;

/// The scene and what it was drawn from.
pub(super) struct Drawn {
    revision: u64,
    scene: Scene,
}

/// A scene being drawn anew in the background.
pub(super) struct Fresh {
    revision: u64,
    look: Look,
    as_of: Date,
    task: Task<Scene>,
}

impl CanvasState {
    /// The scene of the last frame.
    pub(super) fn scene(&self) -> Option<&Scene> {
        self.drawn.as_ref().map(|it| &it.scene)
    }

    pub(super) fn look(&self, palette: &'static Palette) -> Look {
        Look { palette, view: self.view.clone() }
    }

    /// The scene, drawn anew only if what it shows has changed.
    pub(super) fn take_scene(&mut self, wake: &egui::Context, ctx: &Context) -> Scene {
        let look = self.look(ctx.palette);
        let (revision, as_of) = (ctx.session.revision(), ctx.analysis.as_of);
        if let Some(scene) = self.take_fresh(revision, &look, as_of) {
            return scene;
        }
        let anew = || scene(ctx.project, ctx.analysis, &look);
        let Some(mut drawn) = self.drawn.take().filter(|it| *it.scene.look() == look) else { return anew() };
        let is_current = drawn.revision == revision;
        // only what a drag or an edit touches is drawn anew
        if !is_current && !drawn.scene.follow(ctx.project, ctx.analysis) {
            return anew();
        }
        if drawn.scene.has_followed() && self.drag.is_none() {
            if ctx.project.conduits.len() <= AT_ONCE {
                return anew();
            }
            // one change may come after the other: only what has stood for a frame is drawn anew
            if !is_current {
                wake.request_repaint();
            } else if self.fresh.is_none() {
                self.fresh = Some(Fresh::begin(wake, ctx, look));
            }
        }
        drawn.scene
    }

    /// What has been drawn in the background, if that is what is to be shown now.
    fn take_fresh(&mut self, revision: u64, look: &Look, as_of: Date) -> Option<Scene> {
        let fresh = self.fresh.take()?;
        match fresh.task.poll() {
            Poll::Running => {
                self.fresh = Some(fresh);
                None
            }
            Poll::Done(scene) => {
                let is_current = fresh.revision == revision && fresh.look == *look && fresh.as_of == as_of;
                is_current.then_some(scene)
            }
            Poll::Lost => None,
        }
    }

    /// As much of the shown project as is drawn, for what is hidden in a layer is not hit.
    pub(super) fn hittable(&self, scene: &Scene) -> Project {
        let mut project = scene.project.clone();
        if self.view.hidden_layers.contains(&Layer::Notes) {
            project.notes = Table::default();
        }
        if self.view.hidden_layers.contains(&Layer::Conduits) {
            project.conduits = Table::default();
        }
        project
    }

    pub(super) fn keep_scene(&mut self, ctx: &Context, scene: Scene) {
        self.drawn = Some(Drawn { revision: ctx.session.revision(), scene });
    }
}

impl Fresh {
    fn begin(wake: &egui::Context, ctx: &Context, look: Look) -> Self {
        let (project, analysis) = (ctx.session.project().clone(), Arc::clone(ctx.session.analysis()));
        let (revision, as_of) = (ctx.session.revision(), ctx.analysis.as_of);
        let (wake, of) = (wake.clone(), look.clone());
        let draw = move |_: &crate::task::Progress| scene(&project, &analysis, &of);
        Self { revision, look, as_of, task: Task::spawn("Routing conduits", move || wake.request_repaint(), draw) }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::edit::{Edit, Place};
    use crate::generate::{self, Size};
    use crate::session::Session;
    use crate::ui::action::{Actions, Selection, View};

    /// What the canvas shows of a session in a frame.
    fn frame(state: &mut CanvasState, session: &Session) -> Scene {
        let (selection, actions) = (Selection::default(), Actions::default());
        let ctx = Context {
            session,
            project: session.project(),
            analysis: session.analysis(),
            catalogue: session.catalogue(),
            palette: Palette::light(),
            selection: &selection,
            view: View::Diagram,
            actions: &actions,
        };
        let scene = state.take_scene(&egui::Context::default(), &ctx);
        state.keep_scene(&ctx, scene.clone());
        scene
    }

    fn session(conduits: usize) -> Session {
        let size = Size { zones: 24, conduits, assets: 60, answers: 0, conduit_answers: 0 };
        Session::new(generate::plant(size, 7), jiff::civil::date(2026, 6, 15))
    }

    fn move_one(session: &mut Session, dx: f32) {
        let zone = session.project().zones.ids().next().unwrap();
        session.apply(&Edit::Place(Place::Move { zones: [zone].into(), dx, dy: 24.0 })).unwrap();
    }

    fn is_as_drawn_anew(shown: &Scene, session: &Session) -> bool {
        let anew = scene(session.project(), session.analysis(), shown.look());
        shown.routes() == anew.routes() && shown.elements.iter().eq(anew.elements.iter())
    }

    #[test]
    fn a_small_plant_is_drawn_anew_at_once() {
        let mut session = session(AT_ONCE / 2);
        let mut state = CanvasState::default();
        frame(&mut state, &session);
        move_one(&mut session, 32.0);
        let shown = frame(&mut state, &session);
        assert!(!shown.has_followed() && is_as_drawn_anew(&shown, &session));
    }

    #[test]
    fn a_large_plant_follows_and_comes_to_what_is_drawn_anew() {
        let mut session = session(AT_ONCE + 10);
        let mut state = CanvasState::default();
        frame(&mut state, &session);
        for dx in [32.0, 64.0] {
            move_one(&mut session, dx);
            let shown = frame(&mut state, &session);
            let zone = session.project().zones.iter().next().unwrap();
            assert!(shown.has_followed() && shown.project.zones.get(zone.0) == Some(zone.1));
        }
        // what is renamed is shown at once too
        let (id, zone) = session.project().zones.iter().next().map(|(id, it)| (id, it.clone())).unwrap();
        let renamed = crate::model::Zone { name: "Renamed".into(), ..zone };
        session.apply(&Edit::Put(crate::edit::Item::Zone(id, renamed))).unwrap();
        assert_eq!(frame(&mut state, &session).project.zones.get(id).unwrap().name, "Renamed");
        let mut shown = frame(&mut state, &session);
        for _ in 0..6000 {
            if !shown.has_followed() {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
            shown = frame(&mut state, &session);
        }
        assert!(!shown.has_followed() && is_as_drawn_anew(&shown, &session));
        assert!(state.fresh.is_none(), "nothing more is to be done");
    }
}
