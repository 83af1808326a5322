//! What to start from: typical systems that the program carries, and the user's own
//! projects kept as templates. A template is a plant without an assessment.

mod build;
mod form;
mod strip;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

pub use strip::without_assessment;

use self::form::Form;
use crate::drawing::layout;
use crate::model::Project;
use crate::store::{self, StoreError};

/// Something to start from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// What the command line calls it: the file's name without the ending.
    pub id: String,
    /// What the plant is.
    pub title: String,
    /// The sector that it belongs to; empty for a user's own.
    pub sector: String,
    /// Its story in a sentence.
    pub story: String,
    /// Where it comes from.
    pub source: Source,
}

/// Where a template comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The program carries it.
    BuiltIn(&'static str),
    /// A project file in the user's folder of templates.
    Own(PathBuf),
}

/// Why a template can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// A file of the user's own.
    #[error(transparent)]
    Own(#[from] StoreError),
    /// One that the program carries, which the tests rule out.
    #[error("the template {0} can't be read: {1}")]
    BuiltIn(String, String),
}

macro_rules! built_in {
    ($($id:literal),* $(,)?) => {
        &[$(($id, include_str!(concat!("../../assets/templates/", $id, ".ron")))),*]
    };
}

/// The templates that the program carries, by sector as people look for them.
const BUILT_IN: &[(&str, &str)] = built_in![
    "water-treatment",
    "waste-water",
    "process-dcs",
    "scada-telemetry",
    "substation",
    "hydro-power",
    "wind-farm",
    "gas-compressor",
    "liquid-pipeline",
    "gas-plant",
    "pharma-batch",
    "food-beverage",
    "discrete-manufacturing",
    "building-automation",
    "rail-interlocking",
    "road-tunnel",
    "hospital",
];

/// The templates that the program carries.
pub fn built_in() -> &'static [Template] {
    static READ: LazyLock<Vec<Template>> = LazyLock::new(|| {
        let template = |&(id, text): &(&str, &'static str)| {
            let form = read(id, text).ok()?;
            let (title, sector, story) = (form.title, form.sector, form.story);
            Some(Template { id: id.to_owned(), title, sector, story, source: Source::BuiltIn(text) })
        };
        BUILT_IN.iter().filter_map(template).collect()
    });
    &READ
}

/// The template that the program carries under this name.
pub fn named(id: &str) -> Option<Template> {
    built_in().iter().find(|it| it.id == id).cloned()
}

/// The user's own templates in a folder, by title, and what is wrong with the files
/// that are none. A folder that is not there holds none.
pub fn own(folder: &Path) -> (Vec<Template>, Vec<StoreError>) {
    let mut templates = Vec::new();
    let mut errors = Vec::new();
    for path in store::files_in(folder, store::EXTENSION) {
        match store::open(&path) {
            Ok(project) => templates.push(own_template(&project, path)),
            Err(error) => errors.push(error),
        }
    }
    templates.sort_by_key(|it| it.title.to_lowercase());
    (templates, errors)
}

fn own_template(project: &Project, path: PathBuf) -> Template {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let title = [&project.info.title, &project.scope.name].into_iter().find(|it| !it.trim().is_empty());
    let title = title.unwrap_or(&stem).trim().to_owned();
    let story = first_sentence(&project.scope.description);
    Template { id: stem, title, sector: String::new(), story, source: Source::Own(path) }
}

fn first_sentence(text: &str) -> String {
    let text = text.trim();
    let end = text.match_indices(['.', '\n']).find(|(at, _)| {
        let rest = text.get(at + 1..).unwrap_or_default();
        rest.is_empty() || rest.starts_with(char::is_whitespace)
    });
    end.and_then(|(at, _)| text.get(..=at)).unwrap_or(text).trim().to_owned()
}

fn read(id: &str, text: &str) -> Result<Form, TemplateError> {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(text).map_err(|error| TemplateError::BuiltIn(id.to_owned(), error.to_string()))
}

impl Template {
    /// A fresh project that begins with it: everything placed, nothing answered.
    ///
    /// # Errors
    /// [`TemplateError`], which names the file and what is wrong with it.
    pub fn open(&self) -> Result<Project, TemplateError> {
        let mut project = self.unplaced()?;
        layout::place_unplaced(&mut project);
        Ok(project)
    }

    /// How many zones, conduits and assets it holds. Much cheaper than to open it, for
    /// nothing is laid out.
    ///
    /// # Errors
    /// [`TemplateError`], which names the file and what is wrong with it.
    pub fn counts(&self) -> Result<[usize; 3], TemplateError> {
        let project = self.unplaced()?;
        Ok([project.zones.len(), project.conduits.len(), project.assets.len()])
    }

    /// The plant, placed only if it is a user's own.
    fn unplaced(&self) -> Result<Project, TemplateError> {
        match &self.source {
            Source::BuiltIn(text) => {
                let form = read(&self.id, text)?;
                build::build(&form).map_err(|reason| TemplateError::BuiltIn(self.id.clone(), reason))
            }
            Source::Own(path) => Ok(without_assessment(&store::open(path)?)),
        }
    }

    /// Whether the user can delete it.
    pub fn own_file(&self) -> Option<&Path> {
        match &self.source {
            Source::BuiltIn(_) => None,
            Source::Own(path) => Some(path),
        }
    }
}
