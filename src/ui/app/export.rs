//! Writing reports, trackers, diagrams and tables in the background.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context as EguiContext;

use super::{App, JobResult};
use crate::analysis::compare::ThenNow;
use crate::drawing::to_pixels;
use crate::exchange::{comparison, diagram, tables, tracker};
use crate::report::{self, ReportError};
use crate::store;
use crate::ui::action::{Export, Extent};
use crate::ui::theme;

/// Pixels for a canvas unit of an image in the clipboard: sharp in slides and mails.
const CLIPBOARD_SCALE: f32 = 1.5;

/// What an export says when it was cancelled.
pub(super) const CANCELLED: &str = "cancelled";

impl App {
    /// Writes what was asked for in the background.
    pub(super) fn export_to(&mut self, ctx: &EguiContext, export: Export, path: PathBuf) {
        let Some(session) = &mut self.session else { return };
        session.settle();
        let (project, analysis) = (session.project().clone(), Arc::clone(session.analysis()));
        let catalogue = session.catalogue();
        let (wake, label) = (ctx.clone(), label(export));
        let extent = if let Export::Diagram(extent) = export { extent } else { Extent::All };
        let compared = self.states.compare.exported(session);
        let canvas = &self.states.canvas;
        let (look, part) = (canvas.picture_look(theme::palette(ctx)), canvas.part(extent, &self.selection));
        self.spawn(ctx, label, move |progress| {
            let mut told = 0.0;
            let mut go_on = |share: f32| {
                if share - told > 0.02 {
                    told = share;
                    wake.request_repaint();
                }
                progress.report(share)
            };
            let written = match export {
                Export::Report(profile) => match report::write(&project, catalogue, &analysis, profile, &mut go_on) {
                    Ok(report) => put(&path, &report.pdf).map(|()| report.warning),
                    Err(ReportError::Cancelled) => Err(CANCELLED.to_owned()),
                    Err(error) => Err(error.to_string()),
                },
                Export::Minutes(id) => match report::write_minutes(&project, catalogue, &analysis, id, &mut go_on) {
                    Ok(report) => put(&path, &report.pdf).map(|()| report.warning),
                    Err(ReportError::Cancelled) => Err(CANCELLED.to_owned()),
                    Err(error) => Err(error.to_string()),
                },
                Export::Tracker => {
                    let bytes = tracker::for_file(&project, catalogue, &analysis, &path);
                    bytes.map_err(|error| error.to_string()).and_then(|bytes| put(&path, &bytes)).map(|()| None)
                }
                Export::Diagram(_) => {
                    let bytes = diagram::for_file(&project, &analysis, (&look, &part), &path);
                    bytes.map_err(|error| error.to_string()).and_then(|bytes| put(&path, &bytes)).map(|()| None)
                }
                Export::Comparison => match compared {
                    Some((pair, names)) => {
                        let names = ThenNow { then: names.then.as_str(), now: names.now.as_str() };
                        let bytes = comparison::for_file(&pair.comparison(catalogue), names, &path);
                        bytes.map_err(|error| error.to_string()).and_then(|bytes| put(&path, &bytes)).map(|()| None)
                    }
                    None => Err("there is nothing to compare with yet: take a baseline first".to_owned()),
                },
                Export::Tables => {
                    let remarks = tables::remarks(&project);
                    let told = (!remarks.is_empty()).then(|| remarks.join(". "));
                    tables::export(&project, &path).map_err(|error| error.to_string()).map(|()| told)
                }
            };
            JobResult::Exported(written, path)
        });
    }

    /// Draws the diagram, or a part of it, to be put into the clipboard.
    pub(super) fn copy_picture(&mut self, ctx: &EguiContext, extent: Extent) {
        let Some(session) = &self.session else { return };
        if extent == Extent::Selection && self.selection.subjects.is_empty() {
            self.inform("Nothing is selected to be copied as an image");
            return;
        }
        let (project, analysis) = (session.project().clone(), Arc::clone(session.analysis()));
        let canvas = &self.states.canvas;
        let (look, part) = (canvas.picture_look(theme::palette(ctx)), canvas.part(extent, &self.selection));
        self.spawn(ctx, "Drawing diagram", move |_| {
            let picture = diagram::picture(&project, &analysis, &look, &part);
            JobResult::Drawn(to_pixels(&picture, CLIPBOARD_SCALE).map_err(|error| error.to_string()))
        });
    }
}

fn label(export: Export) -> &'static str {
    match export {
        Export::Report(_) => "Writing report",
        Export::Tracker => "Writing tracker",
        Export::Diagram(_) => "Drawing diagram",
        Export::Tables => "Writing tables",
        Export::Comparison => "Writing comparison",
        Export::Minutes(_) => "Writing minutes",
    }
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), String> {
    store::replace(path, bytes).map_err(|error| error.to_string())
}
