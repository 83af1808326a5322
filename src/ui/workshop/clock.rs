//! The clock of the room: how long it has worked, and how long it has been at one thing.

use std::time::Duration;

use egui::Ui;

/// Seconds after which it is kept in the project, so that a crash costs no more.
const KEPT_EVERY: f64 = 60.0;
/// A longer frame means that the machine slept.
const LONGEST: f64 = 10.0;

/// Runs while the room works.
pub(super) struct Clock {
    session: f64,
    at_place: f64,
    /// The room works.
    pub is_running: bool,
    /// When it ticked last.
    last: Option<f64>,
    kept: f64,
}

impl Clock {
    pub fn new(seconds: u32, at_place: u32) -> Self {
        let session = f64::from(seconds);
        Self { session, at_place: f64::from(at_place), is_running: true, last: None, kept: session }
    }

    /// Goes on. Returns whether it is time to keep it in the project.
    pub fn tick(&mut self, ui: &Ui, is_break: bool) -> bool {
        let now = ui.input(|input| input.time);
        let passed = self.last.replace(now).map_or(0.0, |last| (now - last).clamp(0.0, LONGEST));
        if !self.is_running || is_break {
            return false;
        }
        self.session += passed;
        self.at_place += passed;
        ui.ctx().request_repaint_after(Duration::from_millis(1000));
        let is_due = self.session - self.kept >= KEPT_EVERY;
        if is_due {
            self.kept = self.session;
        }
        is_due
    }

    /// The room comes to something else.
    pub fn arrive(&mut self) {
        self.at_place = 0.0;
        self.kept = self.session;
    }

    /// For the session and at the place.
    pub fn whole_seconds(&self) -> (u32, u32) {
        (self.session as u32, self.at_place as u32)
    }
}

/// "1:05", "2:10:30".
pub(super) fn words(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_told_in_hours_minutes_and_seconds() {
        assert_eq!([5, 65, 3600, 7830].map(words), ["0:05", "1:05", "1:00:00", "2:10:30"]);
    }
}
