//! The status bar: findings by severity, what is selected, zoom, the background job.

use egui::{Align, Label, Layout, ProgressBar, RichText, Ui};

use crate::analysis::Severity;
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::theme::color32;
use crate::ui::widgets::chip_button;

/// Shows it. `message` is what was done last, `job` what runs in the background and the share done.
pub fn status(ui: &mut Ui, ctx: &Context, message: &str, job: Option<(&str, f32)>, zoom: Option<f32>) {
    ui.horizontal(|ui| {
        for severity in Severity::ALL {
            let count = ctx.analysis.open_findings(severity);
            if count > 0 {
                let word = if count == 1 { severity.word().to_owned() } else { format!("{}s", severity.word()) };
                let label = format!("{count} {word}");
                let response = chip_button(ui, &label, ctx.palette.severity(severity));
                if response.on_hover_text(format!("List the {}s", severity.word())).clicked() {
                    ctx.send(Action::ShowFindings(severity));
                }
            }
        }
        ui.label(RichText::new(selected(ctx)).small().weak());
        if !message.is_empty() {
            ui.separator();
            ui.add(Label::new(RichText::new(message).small()).truncate());
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(zoom) = zoom {
                ui.label(RichText::new(format!("{:.0} %", zoom * 100.0)).small().weak());
            }
            if let Some((label, share)) = job {
                if ui.small_button("Cancel").clicked() {
                    ctx.send(Action::CancelJob);
                }
                let bar = ProgressBar::new(share).desired_width(140.0).desired_height(8.0);
                ui.add(bar.fill(color32(ctx.palette.accent)));
                ui.label(RichText::new(format!("{label}…")).small());
            }
        });
    });
}

fn selected(ctx: &Context) -> String {
    let project = ctx.project;
    match ctx.selection.subjects.as_slice() {
        [] => String::new(),
        [only] => {
            let requirement = ctx.selection.requirement.map(|id| format!(", {id}")).unwrap_or_default();
            format!("{} {}{requirement}", only.kind(), project.subject_tag(*only))
        }
        several => format!("{} selected", several.len()),
    }
}
