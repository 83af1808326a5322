//! Tables of assets and worksheets of a HAZOP: read in the background, shown, and taken in.

use std::path::PathBuf;

use egui::Context as EguiContext;

use super::{App, JobResult, Notice};
use crate::exchange::assets::Table;
use crate::exchange::hazop;
use crate::ui::action::Action;
use crate::ui::table_import::Decided;

impl App {
    pub(super) fn read_asset_table(&mut self, ctx: &EguiContext, file: PathBuf) {
        self.spawn(ctx, "Reading table", move |_| {
            let table = Table::read(&file, None);
            JobResult::AssetTable(table.map_err(|error| format!("{error}: {}", file.display())), file)
        });
    }

    pub(super) fn read_hazop_table(&mut self, ctx: &EguiContext, file: PathBuf) {
        self.spawn(ctx, "Reading table", move |_| {
            let table = hazop::read(&file, None);
            JobResult::HazopTable(table.map_err(|error| format!("{error}: {}", file.display())), file)
        });
    }

    /// Shows what a worksheet of a HAZOP would do, and does it when asked to.
    pub(super) fn show_hazop_table(&mut self, ctx: &EguiContext) {
        let (Some(waiting), Some(session)) = (&mut self.hazop_table, &self.session) else { return };
        match waiting.show(ctx, session) {
            Decided::Open => return,
            Decided::Cancelled => drop(waiting.keep()),
            Decided::Import(edit, summary) => {
                waiting.keep();
                self.actions.send(Action::Edit(*edit));
                self.notice = Some(Notice::good(format!("Imported: {summary}")));
            }
        }
        self.hazop_table = None;
    }

    /// Shows what a table of assets would do, and does it when asked to.
    pub(super) fn show_asset_table(&mut self, ctx: &EguiContext) {
        let (Some(waiting), Some(session)) = (&mut self.asset_table, &self.session) else { return };
        match waiting.show(ctx, session) {
            Decided::Open => return,
            Decided::Cancelled => drop(waiting.keep()),
            Decided::Import(edit, summary) => {
                waiting.keep();
                self.actions.send(Action::Edit(*edit));
                // zones that came with it are in sight
                self.states.canvas.fit(false);
                self.notice = Some(Notice::good(format!("Imported: {summary}")));
            }
        }
        self.asset_table = None;
    }
}
