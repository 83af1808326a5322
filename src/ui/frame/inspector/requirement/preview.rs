//! A small picture of carried evidence, made beside the window.

use std::sync::{Arc, Mutex};

use egui::{ColorImage, Id, RichText, TextureHandle, TextureOptions, Ui};

use crate::exchange::evidence;
use crate::model::Attachment;
use crate::task::{Poll, Task};
use crate::ui::context::Context;

/// The longer side of a small picture, in pixels.
const LONGEST: u32 = 640;
/// The height that it takes at most, in points.
const HEIGHT: f32 = 180.0;

type Pixels = Option<(u32, u32, Vec<u8>)>;

/// A picture on its way.
enum Small {
    UnderWay(Task<Pixels>),
    There(TextureHandle),
    /// It is no picture.
    None,
}

/// Shows it, where it is a picture. Returns whether that is all: it is not on its way any more.
pub(super) fn show(ui: &mut Ui, ctx: &Context, sha256: &str, file: &Attachment) -> bool {
    if !matches!(evidence::kind(&file.name), "screenshot" | "photo") {
        return true;
    }
    let id = Id::unique(("small picture", sha256));
    let known: Option<Arc<Mutex<Small>>> = ui.data(|data| data.get_temp(id));
    let small = known.unwrap_or_else(|| {
        let (file, wake) = (file.clone(), ui.ctx().clone());
        let work =
            Task::spawn("Reading picture", move || wake.request_repaint(), move |_| evidence::preview(&file, LONGEST));
        let small = Arc::new(Mutex::new(Small::UnderWay(work)));
        ui.data_mut(|data| data.insert_temp(id, Arc::clone(&small)));
        small
    });
    let Ok(mut small) = small.lock() else { return true };
    if let Small::UnderWay(task) = &*small {
        match task.poll() {
            Poll::Running => {
                ui.label(RichText::new("Reading the picture…").small().weak());
            }
            Poll::Done(Some((width, height, rgba))) => {
                let image = ColorImage::from_rgba_unmultiplied([width as usize, height as usize], &rgba);
                *small = Small::There(ui.ctx().load_texture(sha256, image, TextureOptions::LINEAR));
            }
            Poll::Done(None) | Poll::Lost => *small = Small::None,
        }
    }
    if let Small::There(texture) = &*small {
        let most = egui::vec2(ui.available_width(), HEIGHT);
        let name = format!("Picture of {}", file.name);
        let edge = egui::Stroke::new(1.0, crate::ui::theme::color32(ctx.palette.line));
        let image = egui::Image::new(texture).max_size(most).alt_text(name);
        let response = ui.add(image);
        ui.painter().rect_stroke(response.rect, 0.0, edge, egui::StrokeKind::Inside);
    }
    !matches!(&*small, Small::UnderWay(_))
}
