//! Renaming in place: a field over what is renamed.

use egui::{Id, Key, TextEdit, Ui};

use super::{CanvasState, bounds_of};
use crate::drawing::scene::Scene;
use crate::edit::{Edit, Item};
use crate::hands::site;
use crate::model::{Project, Rect, Subject};
use crate::ui::context::Context;
use crate::ui::widgets::take_keys;

/// A name being typed.
pub(super) struct Rename {
    subject: Subject,
    /// It is the name of this site, in which the zone stands.
    of_site: Option<String>,
    text: String,
    is_new: bool,
}

impl Rename {
    /// Begins with the name that a subject has: a zone's name, a conduit's and an asset's tag.
    pub fn begin(project: &Project, subject: Subject) -> Option<Self> {
        let text = match subject {
            Subject::Zone(id) => project.zones.get(id)?.name.clone(),
            Subject::Conduit(id) => project.conduits.get(id)?.tag.clone(),
            Subject::Asset(id) => project.assets.get(id)?.tag.clone(),
            _ => return None,
        };
        Some(Self { subject, of_site: None, text, is_new: true })
    }

    /// Begins with the name of a site.
    pub fn begin_site(project: &Project, site: &str) -> Option<Self> {
        let zone = site::first_zone(project, site)?;
        Some(Self { subject: zone.into(), of_site: Some(site.to_owned()), text: site.to_owned(), is_new: true })
    }

    /// Whether another name was typed than stands there.
    pub fn says_something_new(&self, project: &Project) -> bool {
        let name = match &self.of_site {
            Some(site) => Some(site.clone()),
            None => Self::begin(project, self.subject).map(|it| it.text),
        };
        name.is_some_and(|it| it != self.text.trim())
    }

    /// What the name that was typed comes to.
    pub fn edit(&self, project: &Project) -> Option<Edit> {
        let text = self.text.trim().to_owned();
        if let Some(site) = &self.of_site {
            return site::renamed(project, site, &text);
        }
        let item = match self.subject {
            Subject::Zone(id) => Item::Zone(id, crate::model::Zone { name: text, ..project.zones.get(id)?.clone() }),
            Subject::Conduit(id) => {
                Item::Conduit(id, crate::model::Conduit { tag: text, ..project.conduits.get(id)?.clone() })
            }
            Subject::Asset(id) => Item::Asset(id, crate::model::Asset { tag: text, ..project.assets.get(id)?.clone() }),
            _ => return None,
        };
        Some(Edit::Put(item))
    }
}

/// Shows the field; Enter and leaving keep the name, Esc takes it back.
pub(super) fn show(ui: &mut Ui, ctx: &Context, state: &mut CanvasState, scene: &Scene, rect: egui::Rect) {
    let Some(rename) = &mut state.rename else { return };
    let zoom = state.camera.zoom;
    let of_site = |name: &str| scene.site_names(zoom).find(|it| it.0 == name).map(|it| it.1);
    let place = match rename.subject {
        _ if rename.of_site.is_some() => rename.of_site.as_deref().and_then(of_site),
        Subject::Conduit(id) => {
            scene.routes().get(&id).map(|route| Rect::new(route.label.x - 60.0, route.label.y - 12.0, 120.0, 24.0))
        }
        subject => bounds_of(ctx.project, scene, subject),
    };
    let Some(place) = place else {
        state.rename = None;
        return;
    };
    let on_screen = state.camera.rect_to_screen(rect, place);
    // as wide as what is renamed, and wide enough for what is there
    let needed = crate::text::Face::Regular.width(&rename.text, 13.5) + 52.0;
    let width = on_screen.width().max(needed).clamp(140.0, 420.0);
    let frame = egui::Rect::from_min_size(on_screen.left_top(), egui::vec2(width, 28.0));
    if rename.show(ui, ctx, frame) {
        state.rename = None;
    }
}

impl Rename {
    /// What is being renamed; nothing where it is a site.
    pub fn subject(&self) -> Option<Subject> {
        Some(self.subject).filter(|_| self.of_site.is_none())
    }

    /// The site that is being renamed.
    pub fn site(&self) -> Option<&str> {
        self.of_site.as_deref()
    }

    /// Shows the field there; returns whether it is done with.
    pub fn show(&mut self, ui: &mut Ui, ctx: &Context, frame: egui::Rect) -> bool {
        let field = TextEdit::singleline(&mut self.text).id(Id::unique("rename")).margin(egui::vec2(8.0, 5.0));
        // zones show their names, all else its tag: the field says which it is
        let is_tag = self.of_site.is_none() && !matches!(self.subject, Subject::Zone(_));
        let response = ui.put(frame, field).accessible_name(if is_tag { "New tag" } else { "New name" });
        if std::mem::take(&mut self.is_new) {
            take_keys(ui, &response, self.text.chars().count());
        }
        if is_tag {
            let (at, font) = (frame.right_center() - egui::vec2(8.0, 0.0), egui::TextStyle::Small.resolve(ui.style()));
            ui.painter().text(at, egui::Align2::RIGHT_CENTER, "tag", font, ui.visuals().weak_text_color());
        }
        let escaped = ui.input(|input| input.key_pressed(Key::Escape));
        if response.lost_focus()
            && !escaped
            && let Some(edit) = self.edit(ctx.session.project())
        {
            ctx.edit(edit);
        }
        escaped || response.lost_focus()
    }
}
