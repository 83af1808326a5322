//! Who paints the window: the graphics card through OpenGL, or the processor.

use crate::store::{Preferences, Renderer};

/// Who paints, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Painting {
    /// The processor paints.
    pub by_processor: bool,
    /// What About says of it.
    pub why: String,
}

/// What is known of the machine before a window is opened.
#[derive(Clone, Debug, Default)]
pub(super) struct Machine {
    /// Why it has no graphics that are worth asking for; `None`: it may have.
    pub no_graphics: Option<String>,
    /// Why OpenGL was given up a moment ago, by the same start.
    pub given_up: Option<String>,
}

/// Who is to paint. A choice of the user's goes before all that is known; what failed once is not tried
/// again by this version of the program.
pub(super) fn choose(asked: Option<Renderer>, preferences: &Preferences, machine: &Machine) -> Painting {
    let processor = |why: String| Painting { by_processor: true, why };
    let card = |why: &str| Painting { by_processor: false, why: why.to_owned() };
    match (asked.unwrap_or_default(), preferences.renderer) {
        (Renderer::Cpu, _) => processor("asked for on the command line".to_owned()),
        (Renderer::Gl, _) => card("asked for on the command line"),
        (Renderer::Auto, Renderer::Cpu) if asked.is_none() => processor("chosen in the settings".to_owned()),
        (Renderer::Auto, Renderer::Gl) if asked.is_none() => card("chosen in the settings"),
        (Renderer::Auto, _) => {
            let known = machine.given_up.as_ref().or(machine.no_graphics.as_ref()).cloned();
            // whoever asks to find out does not ask for what was found before
            let earlier = remembered(preferences).filter(|_| asked.is_none());
            let known = known.or_else(|| earlier.map(|why| format!("{why}, as an earlier start found")));
            known.map_or_else(|| card("the machine has graphics of its own"), processor)
        }
    }
}

/// What an earlier start of this version found wrong with OpenGL.
fn remembered(preferences: &Preferences) -> Option<String> {
    preferences.no_gl.split_once(' ').filter(|(version, _)| *version == VERSION).map(|(_, why)| why.to_owned())
}

/// Keeps in mind why OpenGL was given up.
pub(super) fn remember(preferences: &mut Preferences, why: &str) {
    preferences.no_gl = format!("{VERSION} {why}");
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

#[cfg(test)]
mod tests {
    use super::*;

    fn check(asked: Option<Renderer>, preferences: &Preferences, machine: &Machine) -> (bool, String) {
        let painting = choose(asked, preferences, machine);
        (painting.by_processor, painting.why)
    }

    #[test]
    fn a_machine_with_graphics_uses_them_and_one_without_does_not_try() {
        let preferences = Preferences::default();
        assert!(!choose(None, &preferences, &Machine::default()).by_processor);
        let bare = Machine { no_graphics: Some("there is no graphics card".into()), given_up: None };
        assert_eq!(check(None, &preferences, &bare), (true, "there is no graphics card".to_owned()));
        assert!(choose(Some(Renderer::Auto), &preferences, &bare).by_processor);
    }

    #[test]
    fn what_is_asked_for_goes_before_the_setting_and_that_before_what_is_known() {
        let bare = Machine { no_graphics: Some("there is no graphics card".into()), given_up: None };
        let set = Preferences { renderer: Renderer::Gl, ..Preferences::default() };
        assert!(!choose(None, &set, &bare).by_processor);
        assert!(choose(Some(Renderer::Cpu), &set, &Machine::default()).by_processor);
        assert!(choose(Some(Renderer::Auto), &set, &bare).by_processor, "asked to find out by itself");
        let set = Preferences { renderer: Renderer::Cpu, ..Preferences::default() };
        assert_eq!(check(None, &set, &Machine::default()), (true, "chosen in the settings".to_owned()));
        assert!(!choose(Some(Renderer::Gl), &set, &bare).by_processor);
    }

    #[test]
    fn what_failed_once_is_not_tried_again_until_the_next_version() {
        let mut preferences = Preferences::default();
        remember(&mut preferences, "OpenGL is too old");
        let (by_processor, why) = check(None, &preferences, &Machine::default());
        assert!(by_processor && why == "OpenGL is too old, as an earlier start found");
        assert!(!choose(Some(Renderer::Auto), &preferences, &Machine::default()).by_processor);
        preferences.no_gl = "0.0.0 OpenGL is too old".to_owned();
        assert!(!choose(None, &preferences, &Machine::default()).by_processor);
    }
}
