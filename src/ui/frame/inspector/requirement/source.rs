//! Where an inherited answer comes from: a list to choose from, opened by the key that answers so.

use egui::{ComboBox, Id, Popup, RichText, Ui};

use crate::edit::Edit;
use crate::model::Target;
use crate::ui::action::Action;
use crate::ui::answering::{AnswerAction, AnswerText, take_wanted};
use crate::ui::context::Context;

/// Shows what is chosen; where a key asked for it, the list is open with the keyboard in it, and the
/// list of answers goes on once something is chosen.
pub(super) fn choice(
    ui: &mut Ui,
    ctx: &Context,
    (value, others): (Option<Target>, &[Target]),
    tag: impl Fn(Target) -> String,
    edit: impl FnOnce(Option<Target>) -> Edit,
) {
    let word = |it: Option<Target>| it.map_or("not set".to_owned(), &tag);
    let asked = Id::unique("the source of an answer is asked for by a key");
    let opens = take_wanted(ui, AnswerText::Source);
    let mut chosen = None;
    ui.vertical(|ui| {
        let label = ui.label(RichText::new("Inherited from").small().weak()).id;
        let list = ComboBox::from_id_salt("Inherited from")
            .selected_text(word(value))
            .width(ui.available_width().min(220.0))
            .truncate();
        // the list is there in the frame after it was opened
        let enters = ui.data(|data| data.get_temp::<bool>(asked)) == Some(true);
        let shown = list.show_ui(ui, |ui| {
            for (place, it) in std::iter::once(None).chain(others.iter().copied().map(Some)).enumerate() {
                let row = ui.selectable_label(it == value, word(it));
                if enters && place == others.len().min(1) {
                    row.request_focus();
                    ui.data_mut(|data| data.insert_temp(asked, false));
                }
                if row.gained_focus() {
                    row.scroll_to_me(None);
                }
                if row.clicked() {
                    chosen = Some(it);
                    ui.close();
                }
            }
        });
        let button = shown.response.labelled_by(label);
        let popup = button.id.with("popup");
        if opens {
            button.scroll_to_me(None);
            Popup::open_id(ui.ctx(), popup);
            ui.data_mut(|data| data.insert_temp(asked, true));
            ui.ctx().request_repaint();
        } else if !Popup::is_id_open(ui.ctx(), popup) && chosen.is_none() {
            ui.data_mut(|data| data.remove::<bool>(asked));
        }
    });
    if let Some(chosen) = chosen {
        if chosen != value {
            ctx.edit(edit(chosen));
        }
        let was_asked = ui.data_mut(|data| data.remove_temp::<bool>(asked)).is_some();
        if was_asked && chosen.is_some() {
            ctx.send(Action::Answers(AnswerAction::LeftText(true)));
        }
    }
}
