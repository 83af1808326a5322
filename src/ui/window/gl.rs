//! The window painted by the graphics card, through OpenGL.

use egui::{Context, ViewportBuilder};

use super::{Refusal, machine};
use crate::ui::app::App;

/// Drawn by software: what the app is not made for.
#[derive(Debug, thiserror::Error)]
#[error("OpenGL is drawn by software")]
struct BySoftware;

/// Opens the window and stays until it is closed. `takes_any`: also an OpenGL that draws by software.
///
/// # Errors
/// [`Refusal`], before anything is seen.
pub(super) fn run(
    viewport: ViewportBuilder,
    takes_any: bool,
    begin: impl FnOnce(&Context) -> App + 'static,
) -> Result<(), Refusal> {
    let result = eframe::run_native(
        "Zonewright",
        eframe::NativeOptions { viewport, ..Default::default() },
        Box::new(move |creation| {
            if !takes_any && machine::draws_by_software() {
                return Err(Box::new(BySoftware));
            }
            Ok(Box::new(begin(&creation.egui_ctx)))
        }),
    );
    match result {
        Ok(()) => Ok(()),
        Err(eframe::Error::AppCreation(why)) => Err(Refusal::Graphics(why.to_string())),
        Err(eframe::Error::NoGlutinConfigs(..)) => {
            Err(Refusal::Graphics("no OpenGL was found that draws into a window".to_owned()))
        }
        Err(error @ (eframe::Error::Glutin(_) | eframe::Error::OpenGL(_))) => Err(Refusal::Graphics(error.to_string())),
        Err(error) => Err(Refusal::Window(error.to_string())),
    }
}
