//! What files are chosen for, with their titles, endings and names.

use std::path::{Path, PathBuf};

use crate::report::Profile;
use crate::store;
use crate::ui::action::Export;

/// What a file is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A project to open.
    Open,
    /// A folder of tables to import.
    ImportTables,
    /// A drawing of another tool to import.
    ImportDrawing,
    /// A table of assets to import.
    ImportAssets,
    /// A worksheet of a HAZOP to import.
    ImportHazop,
    /// A file that proves an answer.
    Evidence,
    /// A project to compare with.
    Compare,
    /// Where to save the project.
    SaveAs,
    /// Where to export.
    Export(Export),
}

impl Purpose {
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Open => "Open project",
            Self::ImportTables => "Import a folder of tables",
            Self::ImportDrawing => "Import a drawing",
            Self::ImportAssets => "Import assets from a table",
            Self::ImportHazop => "Import consequences from a HAZOP",
            Self::Evidence => "Attach evidence",
            Self::Compare => "Compare with another project",
            Self::SaveAs => "Save project as",
            Self::Export(Export::Report(_)) => "Export report as PDF",
            Self::Export(Export::Tracker) => "Export tracker",
            Self::Export(Export::Diagram(_)) => "Export diagram",
            Self::Export(Export::Tables) => "Export tables into a folder",
            Self::Export(Export::Comparison) => "Export comparison",
            Self::Export(Export::Minutes(_)) => "Export minutes as PDF",
        }
    }

    pub(super) fn button(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::ImportTables | Self::ImportAssets | Self::ImportHazop | Self::ImportDrawing => "Import",
            Self::Evidence => "Attach",
            Self::Compare => "Compare with it",
            Self::SaveAs => "Save",
            Self::Export(_) => "Export",
        }
    }

    pub(super) fn is_folder(self) -> bool {
        matches!(self, Self::ImportTables | Self::Export(Export::Tables))
    }

    pub(super) fn is_written(self) -> bool {
        matches!(self, Self::SaveAs | Self::Export(_))
    }

    /// Endings of files, the usual one first.
    pub(super) fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Open | Self::Compare | Self::SaveAs => &[store::EXTENSION],
            Self::Export(Export::Report(_) | Export::Minutes(_)) => &["pdf"],
            Self::Export(Export::Tracker) => &["xlsx", "csv"],
            Self::Export(Export::Comparison) => &["xlsx", "csv", "json"],
            Self::Export(Export::Diagram(_)) => &crate::exchange::diagram::ENDINGS,
            Self::ImportDrawing => DRAWINGS,
            Self::ImportAssets | Self::ImportHazop => &["csv", "xlsx", "xlsm", "tsv", "txt"],
            Self::ImportTables | Self::Evidence | Self::Export(Export::Tables) => &[],
        }
    }

    /// Whether a name without one of the endings gets the usual one.
    pub(super) fn adds_extension(self) -> bool {
        self != Self::ImportDrawing
    }

    /// A name to begin with.
    pub(super) fn suggested_name(self, stem: &str) -> String {
        let name = match self {
            Self::Export(Export::Report(Profile::Management)) => format!("{stem}-management-report"),
            Self::Export(Export::Report(Profile::Audit)) => format!("{stem}-audit-report"),
            Self::Export(Export::Report(Profile::Full)) => format!("{stem}-gap-report"),
            Self::Export(Export::Tracker) => format!("{stem}-tracker"),
            Self::Export(Export::Diagram(_)) => format!("{stem}-diagram"),
            Self::Export(Export::Tables) => format!("{stem}-tables"),
            Self::Export(Export::Comparison) => format!("{stem}-comparison"),
            Self::Export(Export::Minutes(_)) => format!("{stem}-minutes"),
            Self::Open
            | Self::ImportTables
            | Self::ImportAssets
            | Self::ImportHazop
            | Self::Compare
            | Self::ImportDrawing
            | Self::SaveAs => stem.to_owned(),
            Self::Evidence => return String::new(),
        };
        match self.extensions().first() {
            Some(extension) => format!("{name}.{extension}"),
            None => name,
        }
    }

    /// What an ending stands for, for people.
    pub(super) fn format(ending: &str) -> &str {
        match ending {
            "svg" => "SVG",
            "png" => "PNG",
            "pdf" => "PDF",
            "drawio" => "draw.io",
            "graphml" => "GraphML (yEd)",
            "xlsx" => "Excel workbook",
            "csv" => "CSV",
            "json" => "JSON",
            other => other,
        }
    }

    /// Why a file can't be written there, where its ending is that of a format which we do not write.
    pub(super) fn refusal(self, path: &Path) -> Option<String> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        let extensions = self.extensions();
        let is_foreign = DRAWINGS.contains(&ending.as_str()) || OTHER_FORMATS.contains(&ending.as_str());
        let is_refused =
            self.is_written() && !extensions.is_empty() && is_foreign && !extensions.contains(&ending.as_str());
        let endings: Vec<String> = extensions.iter().map(|it| format!(".{it}")).collect();
        is_refused.then(|| format!("This is not written as .{ending}, but as {}.", endings.join(", ")))
    }

    /// The path with the usual ending where it has none of the allowed.
    pub fn with_extension(self, path: PathBuf) -> PathBuf {
        let extensions = self.extensions();
        let ending = path.extension().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default();
        match extensions.first() {
            Some(usual) if self.adds_extension() && !extensions.contains(&ending.as_str()) => {
                let mut name = path.into_os_string();
                name.push(".");
                name.push(usual);
                name.into()
            }
            _ => path,
        }
    }
}

/// Endings of drawings of other tools.
const DRAWINGS: &[&str] = &[
    "drawio", "graphml", "vsdx", "otm", "xml", "json", "yaml", "yml", "dio", "svg", "png", "vsdm", "vdx", "vsd",
    "csetd", "html", "graphmlz",
];

/// Endings that name a format, beside drawings and what we write.
const OTHER_FORMATS: &[&str] = &[
    "pdf",
    "xlsx",
    "xls",
    "csv",
    "docx",
    "doc",
    "pptx",
    "ppt",
    "odt",
    "ods",
    "odg",
    "txt",
    "zip",
    "jpg",
    "jpeg",
    "gif",
    "bmp",
    "tif",
    "tiff",
    "webp",
    "emf",
    "wmf",
    "eps",
    "dxf",
    "dwg",
    "vsdx",
    "zonewright",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_gets_the_ending_it_lacks() {
        let diagram = Purpose::Export(Export::Diagram(crate::ui::action::Extent::All));
        assert_eq!(diagram.with_extension("plant.png".into()), Path::new("plant.png"));
        assert_eq!(diagram.with_extension("plant".into()), Path::new("plant.svg"));
        assert_eq!(diagram.with_extension("plant v1.2".into()), Path::new("plant v1.2.svg"));
        assert_eq!(Purpose::Export(Export::Tables).with_extension("folder".into()), Path::new("folder"));
    }
}
