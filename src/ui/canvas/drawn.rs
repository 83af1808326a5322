//! The drawing that is shown. It follows a change at once; a large one follows a drag
//! beside the window, so that the hand is never kept waiting, and may be a frame old. Where
//! following leaves conduits on ways that are not the best, it is drawn anew: a small plant
//! on the spot, a large one in the background, to be put in place when it is done. What is
//! shown in the end follows from the project alone, as in a saved picture.

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;

use super::CanvasState;
use crate::analysis::Analysis;
use crate::drawing::palette::Palette;
use crate::drawing::scene::{Look, Scene, scene};
use crate::model::{Layer, Project, Table};
use crate::task::{Poll, Task};
use crate::ui::context::Context;

/// So many conduits are routed within a frame.
const AT_ONCE: usize = 60;
/// What has more conduits or assets than this follows a drag beside the window.
const LARGE: (usize, usize) = (200, 800);
/// How long a frame waits for a drawing that follows: most are done by then.
const PATIENCE: Duration = Duration::from_millis(4);

/// The scene and what it was drawn from.
#[derive(Clone)]
pub(super) struct Drawn {
    revision: u64,
    pub scene: Arc<Scene>,
}

/// A scene being drawn in the background.
pub(super) struct Drawing {
    revision: u64,
    look: Look,
    as_of: Date,
    task: Task<Scene>,
}

impl CanvasState {
    /// The scene of the last frame.
    pub(super) fn scene(&self) -> Option<&Scene> {
        self.drawn.as_ref().map(|it| &*it.scene)
    }

    pub(super) fn look(&self, palette: &'static Palette) -> Look {
        Look { palette, view: self.view.clone() }
    }

    /// The scene, drawn anew only if what it shows has changed.
    pub(super) fn take_scene(&mut self, wake: &egui::Context, ctx: &Context) -> Drawn {
        let look = self.look(ctx.palette);
        let (revision, as_of) = (ctx.session.revision(), ctx.analysis.as_of);
        let current = |scene: Scene| Drawn { revision, scene: Arc::new(scene) };
        if let Some(scene) = self.take_fresh(revision, &look, as_of) {
            return current(scene);
        }
        let anew = || current(scene(ctx.project, ctx.analysis, &look));
        let Some(mut drawn) = self.drawn.take().filter(|it| *it.scene.look() == look) else {
            (self.following, self.spare) = (None, None);
            return anew();
        };
        // what is typed is drawn once the letters end
        if !ctx.session.is_settled() && !ctx.session.is_previewing() {
            return drawn;
        }
        let is_large = ctx.project.conduits.len() > LARGE.0 || ctx.project.assets.len() > LARGE.1;
        let is_trailing = self.drag.is_some() || self.following.is_some() || self.spare.is_some();
        if drawn.revision != revision && is_large && is_trailing {
            return self.follow_beside(wake, ctx, drawn);
        }
        let is_current = drawn.revision == revision;
        // only what a drag or an edit touches is drawn anew
        if !is_current {
            drawn.revision = revision;
            if !Arc::make_mut(&mut drawn.scene).follow(ctx.project, ctx.analysis) {
                return anew();
            }
        }
        if self.drag.is_none() {
            self.following = None;
            let spare = self.spare.take();
            if drawn.scene.has_followed() {
                if ctx.project.conduits.len() <= AT_ONCE {
                    return anew();
                }
                // one change may come after the other: only what has stood for a frame is drawn anew
                if !is_current {
                    wake.request_repaint();
                } else if self.fresh.is_none() {
                    self.fresh = Some(Drawing::anew(wake, ctx, look, spare));
                }
            }
        }
        drawn
    }

    /// Lets the drawing follow in the background, and gives the newest there is; once the
    /// hand has let go, nothing but that of the project as it is.
    fn follow_beside(&mut self, wake: &egui::Context, ctx: &Context, mut shown: Drawn) -> Drawn {
        loop {
            let is_begun = self.following.is_none();
            let following = match self.following.take() {
                Some(following) => following,
                None => Drawing::follow(wake, ctx, &shown.scene, self.spare.take()),
            };
            let patience = match (&self.drag, is_begun) {
                (None, _) => Duration::MAX,
                (Some(_), true) => PATIENCE,
                (Some(_), false) => Duration::ZERO,
            };
            match following.task.poll_for(patience) {
                Poll::Running => {
                    self.following = Some(following);
                    return shown;
                }
                Poll::Done(scene) if following.as_of == ctx.analysis.as_of => {
                    self.spare = Some(shown.scene);
                    shown = Drawn { revision: following.revision, scene: Arc::new(scene) };
                    if is_begun || shown.revision == ctx.session.revision() {
                        return shown;
                    }
                }
                Poll::Done(_) | Poll::Lost if is_begun => return shown,
                Poll::Done(_) | Poll::Lost => (),
            }
        }
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
                let (shown, gone) = if is_current {
                    (Some(scene), self.drawn.take().map(|it| it.scene))
                } else {
                    (None, Some(Arc::new(scene)))
                };
                // what a large drawing is made of takes more than a frame to give back
                drop(Task::spawn("Putting a drawing away", || (), move |_| drop(gone)));
                shown
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

    pub(super) fn keep_scene(&mut self, drawn: Drawn) {
        self.drawn = Some(drawn);
    }
}

impl Drawing {
    /// Draws everything anew. What is no longer needed goes there, for it takes a while.
    fn anew(wake: &egui::Context, ctx: &Context, look: Look, spare: Option<Arc<Scene>>) -> Self {
        let of = look.clone();
        Self::begin(wake, ctx, look, move |project, analysis| {
            drop(spare);
            scene(project, analysis, &of)
        })
    }

    /// Lets a scene follow: one that is no longer shown, or else a copy of the one that is.
    fn follow(wake: &egui::Context, ctx: &Context, shown: &Arc<Scene>, spare: Option<Arc<Scene>>) -> Self {
        let from = spare.unwrap_or_else(|| Arc::clone(shown));
        Self::begin(wake, ctx, shown.look().clone(), move |project, analysis| {
            let mut following = Arc::unwrap_or_clone(from);
            if !following.follow(project, analysis) {
                following = scene(project, analysis, &following.look().clone());
            }
            following
        })
    }

    fn begin(
        wake: &egui::Context,
        ctx: &Context,
        look: Look,
        draw: impl FnOnce(&Project, &Analysis) -> Scene + Send + 'static,
    ) -> Self {
        let (project, analysis) = (ctx.session.project().clone(), Arc::clone(ctx.session.analysis()));
        let (revision, as_of) = (ctx.session.revision(), ctx.analysis.as_of);
        let wake = wake.clone();
        let task = Task::spawn("Routing conduits", move || wake.request_repaint(), move |_| draw(&project, &analysis));
        Self { revision, look, as_of, task }
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
    fn frame(state: &mut CanvasState, session: &Session) -> Arc<Scene> {
        let (selection, actions) = (Selection::default(), Actions::default());
        let ctx = Context {
            session,
            project: session.project(),
            analysis: session.analysis(),
            catalogue: session.catalogue(),
            palette: Palette::light(),
            selection: &selection,
            answering: &Default::default(),
            view: View::Diagram,
            asked: None,
            now: jiff::civil::Time::midnight(),
            actions: &actions,
        };
        let drawn = state.take_scene(&egui::Context::default(), &ctx);
        let scene = Arc::clone(&drawn.scene);
        state.keep_scene(drawn);
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

    #[test]
    fn what_is_typed_is_drawn_once_the_letters_end() {
        let mut session = session(AT_ONCE / 2);
        let mut state = CanvasState::default();
        frame(&mut state, &session);
        let (id, zone) = session.project().zones.iter().next().map(|(id, it)| (id, it.clone())).unwrap();
        for name in ["R", "Re", "Renamed"] {
            let renamed = crate::model::Zone { name: name.into(), ..zone.clone() };
            session.apply_continuing(&Edit::Put(crate::edit::Item::Zone(id, renamed)), 1).unwrap();
            assert_eq!(frame(&mut state, &session).project.zones.get(id), Some(&zone));
        }
        session.settle();
        let shown = frame(&mut state, &session);
        assert_eq!(shown.project.zones.get(id).unwrap().name, "Renamed");
        assert!(is_as_drawn_anew(&shown, &session));
    }

    #[test]
    fn a_large_plant_follows_a_drag_beside_the_window_and_comes_to_what_is_drawn_anew() {
        let mut session = session(LARGE.0 + 10);
        let mut state = CanvasState::default();
        frame(&mut state, &session);
        let before = session.project().clone();
        state.drag = Some(super::super::Drag {
            gesture: crate::hands::gesture::Gesture::Refuse(String::new()),
            shown: before.clone(),
            before,
            from: crate::model::Point::default(),
            last: None,
            outcome: crate::hands::gesture::Outcome::default(),
            previews: true,
        });
        let until = |state: &mut CanvasState, session: &Session, is_reached: fn(&Scene, &Session) -> bool| {
            for _ in 0..6000 {
                let shown = frame(state, session);
                if is_reached(&shown, session) {
                    return shown;
                }
                std::thread::sleep(Duration::from_millis(5));
            }
            panic!("what is shown never comes to that");
        };
        let has_followed = |shown: &Scene, session: &Session| shown.project.zones == session.project().zones;
        // many steps of the hand, some of them seen
        for step in 0..12 {
            move_one(&mut session, 8.0);
            frame(&mut state, &session);
            if step % 3 == 0 {
                assert!(until(&mut state, &session, has_followed).has_followed());
            }
        }
        state.drag = None;
        let shown = until(&mut state, &session, has_followed_well);
        assert!(is_as_drawn_anew(&shown, &session));
        assert!(state.following.is_none() && state.spare.is_none() && state.fresh.is_none());
    }

    fn has_followed_well(shown: &Scene, session: &Session) -> bool {
        !shown.has_followed() && shown.project.zones == session.project().zones
    }
}
