//! The keyboard alone reaches everything, from the page on.

use std::collections::BTreeSet;

use egui::{Key, Modifiers, Rect};
use zonewright::ui::action::View;

use crate::support::{Window, find, press, water_works};

/// What has the keyboard: its number, and where it stands.
fn focused(window: &Window) -> Option<(u64, Rect)> {
    let id = window.ctx.memory(egui::Memory::focused)?;
    Some((id.value(), window.ctx.read_response(id)?.rect))
}

#[test]
fn tab_goes_through_every_page_and_the_frame_around_it() {
    for view in View::ALL.into_iter().filter(|it| *it != View::Diagram) {
        let mut window = water_works();
        find(&mut window, &format!("Go to {}", view.name()));
        let mut passed = BTreeSet::new();
        for number in 0..40 {
            press(&mut window, Modifiers::NONE, Key::Tab);
            let (id, rect) =
                focused(&window).unwrap_or_else(|| panic!("{view:?}: nothing has the keyboard after {number}"));
            if number == 0 {
                let page = Rect::everything_right_of(160.0).intersect(Rect::everything_below(40.0));
                assert!(page.contains_rect(rect), "{view:?}: Tab begins at {rect:?}");
            }
            let screen = window.ctx.content_rect();
            assert!(screen.contains(rect.center()), "{view:?}: {rect:?} has the keyboard out of sight");
            passed.insert(id);
        }
        assert!(passed.len() >= 20, "{view:?}: {}", passed.len());
    }
}
