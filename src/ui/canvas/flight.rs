//! A short way from one part of the drawing to another, so that one sees where it lies.

use egui::Ui;

use super::camera::Camera;

/// How long it takes, in seconds.
const SECONDS: f64 = 0.2;

/// A camera on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Flight {
    from: Camera,
    to: Camera,
    /// When it began, by the window's clock.
    began: f64,
}

impl Flight {
    /// Begins now.
    pub fn begin(ui: &Ui, from: Camera, to: Camera) -> Self {
        Self { from, to, began: ui.input(|input| input.time) }
    }

    /// Where the camera is now; `None` when it has arrived. Asks for the next frame until then.
    pub fn camera(self, ui: &Ui) -> Option<Camera> {
        let share = ((ui.input(|input| input.time) - self.began) / SECONDS) as f32;
        if share >= 1.0 {
            return None;
        }
        ui.ctx().request_repaint();
        Some(between(self.from, self.to, share.max(0.0)))
    }

    /// Where it leads.
    pub fn goal(self) -> Camera {
        self.to
    }
}

/// Slow at both ends; zoom by equal factors, and the place so that the way is straight on the screen.
fn between(from: Camera, to: Camera, share: f32) -> Camera {
    let eased = share * share * (3.0 - 2.0 * share);
    let zoom = from.zoom * (to.zoom / from.zoom).powf(eased);
    // the nearer the zoom is to that of the goal, the more of the way is done
    let way = if (from.zoom - to.zoom).abs() < 1e-4 {
        eased
    } else {
        (1.0 / from.zoom - 1.0 / zoom) / (1.0 / from.zoom - 1.0 / to.zoom)
    };
    let mix = |one: f32, other: f32| one + (other - one) * way;
    let center = crate::model::Point::new(mix(from.center.x, to.center.x), mix(from.center.y, to.center.y));
    Camera { center, zoom }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Point;

    #[test]
    fn a_flight_begins_where_one_is_and_ends_where_one_wants_to_be() {
        let from = Camera { center: Point::new(0.0, 0.0), zoom: 0.4 };
        let to = Camera { center: Point::new(800.0, -200.0), zoom: 1.2 };
        assert_eq!(between(from, to, 0.0), from);
        let end = between(from, to, 1.0);
        assert!((end.zoom - to.zoom).abs() < 1e-4 && (end.center.x - to.center.x).abs() < 0.1);
        let middle = between(from, to, 0.5);
        assert!((0.4..1.2).contains(&middle.zoom) && (0.0..800.0).contains(&middle.center.x));
    }
}
