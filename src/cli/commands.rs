//! What each command does.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use super::arguments::{self, Beginning, Command, DiagramLook, Drawing, Export, Import, free};
use super::print;
use crate::analysis::compare::{self, ThenNow};
use crate::analysis::{Severity, analyse};
use crate::catalogue::Catalogue;
use crate::drawing::Part;
use crate::drawing::scene::Look;
use crate::exchange::drawings::staging::Staging;
use crate::exchange::drawings::{self, DrawingKind};
use crate::exchange::{analysis_json, comparison, diagram, tables, tracker};
use crate::generate::{self, Size};
use crate::model::{Layer, Project, Subject, WorkshopId};
use crate::report::{self, Profile};
use crate::samples::SAMPLES;
use crate::store;

pub(super) type Failure = Box<dyn std::error::Error>;

/// Runs a command; what goes wrong is one message on standard error and exit 2.
pub(super) fn run(command: &Command) -> ExitCode {
    match execute(command) {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "zonewright: {error}");
            ExitCode::from(2)
        }
    }
}

/// The workshop that is called so, or the only one.
fn workshop(project: &Project, name: Option<&str>) -> Result<WorkshopId, String> {
    let labels = |ids: &[WorkshopId]| {
        ids.iter().map(|&id| format!("\"{}\"", project.workshop_label(id))).collect::<Vec<_>>().join(", ")
    };
    let all: Vec<WorkshopId> = project.workshops.ids().collect();
    let is_it = |&id: &WorkshopId| {
        let Some(workshop) = project.workshops.get(id) else { return false };
        let names = [workshop.name(), &workshop.name_and_day(), &project.workshop_label(id)];
        name.is_none_or(|it| names.iter().any(|name| it.trim().eq_ignore_ascii_case(name)))
    };
    let found: Vec<WorkshopId> = all.iter().copied().filter(is_it).collect();
    match (found.as_slice(), name) {
        _ if all.is_empty() => Err("the project holds no workshop".to_owned()),
        (&[id], _) => Ok(id),
        ([], name) => {
            Err(format!("there is no workshop called \"{}\", but {}", name.unwrap_or_default(), labels(&all)))
        }
        (several, None) => Err(format!("there are several workshops; name one by --workshop: {}", labels(several))),
        (several, Some(name)) => {
            let labels = labels(several);
            Err(format!("several workshops are called \"{name}\"; name one in full, or rename it: {labels}"))
        }
    }
}

/// Whoever reads our output has seen enough (`| head`): no failure of ours.
fn is_closed_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

fn execute(command: &Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Demo => demo(),
        Command::New { output: None, .. } => {
            let (own, errors) = arguments::own_templates();
            for error in errors {
                writeln!(std::io::stderr(), "zonewright: {error}")?;
            }
            std::io::stdout().write_all(print::beginnings(&own)?.as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
        Command::New { template, output: Some(output), force, .. } => {
            let output = free(output, *force)?;
            let project = match template {
                None => Project::default(),
                Some(Beginning::Template(template)) => template.open()?,
                Some(Beginning::Sample(sample)) => sample.open()?,
            };
            save(&project, output)
        }
        &Command::Generate { zones, conduits, assets, answers, conduit_answers, seed, ref output } => {
            let output = output.place()?;
            let [zones, conduits, assets, answers, conduit_answers] =
                [zones, conduits, assets, answers, conduit_answers].map(|it| it as usize);
            save(&generate::plant(Size { zones, conduits, assets, answers, conduit_answers }, seed), output)
        }
        Command::Analyze { file, json, day } => {
            let project = store::open(file)?;
            let catalogue = Catalogue::embedded();
            let analysis = analyse(&project, catalogue, day.date());
            let text = if *json {
                analysis_json::to_json(&project, catalogue, &analysis)?
            } else {
                print::analysis(&project, catalogue, &analysis)
            };
            std::io::stdout().write_all(text.as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Check { file, day } => {
            let project = store::open(file)?;
            let analysis = analyse(&project, Catalogue::embedded(), day.date());
            std::io::stdout().write_all(print::findings(&project, &analysis).as_bytes())?;
            let errors = analysis.open_findings(Severity::Error);
            Ok(ExitCode::from(u8::from(errors > 0)))
        }
        Command::Diff { old, new, json, old_as_of, day } => {
            let (then, now) = (store::open(old)?, store::open(new)?);
            let (catalogue, today) = (Catalogue::embedded(), day.date());
            let then_as_of = old_as_of.unwrap_or(today);
            let comparison = compare::compare_projects((&then, then_as_of), (&now, today), catalogue);
            let [old, new] = [old, new].map(|it| it.file_name().unwrap_or_default().to_string_lossy());
            let names = ThenNow { then: &*old, now: &*new };
            let text =
                if *json { comparison::to_json(&comparison, names)? } else { print::comparison(&comparison, names) };
            std::io::stdout().write_all(text.as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Report { file, output, profile, day } => {
            if !output.extension().is_some_and(|it| it.eq_ignore_ascii_case("pdf")) {
                return Err(format!("a report is written as .pdf: {}", output.display()).into());
            }
            let project = store::open(file)?;
            let catalogue = Catalogue::embedded();
            let analysis = analyse(&project, catalogue, day.date());
            let report = report::write(&project, catalogue, &analysis, *profile, &mut |_| true)?;
            if let Some(warning) = report.warning {
                writeln!(std::io::stderr(), "zonewright: {warning}")?;
            }
            store::replace(output, &report.pdf)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Minutes { file, output, workshop, day } => {
            if !output.extension().is_some_and(|it| it.eq_ignore_ascii_case("pdf")) {
                return Err(format!("minutes are written as .pdf: {}", output.display()).into());
            }
            let project = store::open(file)?;
            let id = self::workshop(&project, workshop.as_deref())?;
            let catalogue = Catalogue::embedded();
            let analysis = analyse(&project, catalogue, day.date());
            let minutes = report::write_minutes(&project, catalogue, &analysis, id, &mut |_| true)?;
            if let Some(warning) = minutes.warning {
                writeln!(std::io::stderr(), "zonewright: {warning}")?;
            }
            store::replace(output, &minutes.pdf)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Tracker { file, output, day } => {
            let project = store::open(file)?;
            let catalogue = Catalogue::embedded();
            let analysis = analyse(&project, catalogue, day.date());
            let bytes = tracker::for_file(&project, catalogue, &analysis, output)
                .map_err(|error| format!("{error}: {}", output.display()))?;
            store::replace(output, &bytes)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Diagram { file, output, look, day } => {
            let project = store::open(file)?;
            let analysis = analyse(&project, Catalogue::embedded(), day.date());
            let (look, part) = (self::look(&project, look)?, part(&project, &look.only)?);
            let bytes = diagram::for_file(&project, &analysis, (&look, &part), output)
                .map_err(|error| format!("{error}: {}", output.display()))?;
            store::replace(output, &bytes)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Import(Import::Assets(import)) => import.run(),
        Command::Import(Import::Hazop(import)) => import.run(),
        Command::Import(Import::Tables { folder, output }) => {
            let output = output.place()?;
            let imported = tables::import(folder)?;
            for warning in imported.warnings {
                writeln!(std::io::stderr(), "zonewright: {warning}")?;
            }
            save(&imported.project, output)
        }
        Command::Import(Import::Drawio(drawing)) => import_drawing(Some(DrawingKind::Drawio), drawing),
        Command::Import(Import::Graphml(drawing)) => import_drawing(Some(DrawingKind::Graphml), drawing),
        Command::Import(Import::Otm(drawing)) => import_drawing(Some(DrawingKind::Otm), drawing),
        Command::Import(Import::Vsdx(drawing)) => import_drawing(Some(DrawingKind::Vsdx), drawing),
        Command::Import(Import::Cset(drawing)) => import_drawing(Some(DrawingKind::Cset), drawing),
        Command::Import(Import::Drawing(drawing)) => import_drawing(None, drawing),
        Command::Export(Export::Tables { file, output, force }) => {
            if let Some(there) = tables::TABLES.iter().find_map(|it| free(&output.join(it), *force).err()) {
                return Err(there.into());
            }
            let project = store::open(file)?;
            tables::export(&project, output)?;
            for remark in tables::remarks(&project) {
                writeln!(std::io::stderr(), "zonewright: {remark}")?;
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Writes what the demo would show in the window into a folder, and names it.
pub fn write_demo() -> ExitCode {
    run(&Command::Demo)
}

fn demo() -> Result<ExitCode, Failure> {
    let sample = SAMPLES.first().ok_or("there is no sample")?;
    let (project, catalogue) = (sample.open()?, Catalogue::embedded());
    let today = jiff::Zoned::now().date();
    let analysis = analyse(&project, catalogue, today);
    let folder = std::env::current_dir()?.join("zonewright-demo");
    store::make_folder(&folder)?;
    let report = report::write(&project, catalogue, &analysis, Profile::Full, &mut |_| true)?;
    let name = |ending: &str| folder.join(format!("{}{ending}", sample.id));
    // somebody may have worked on it since
    let file = name(".zonewright");
    let is_kept = file.exists();
    if !is_kept {
        store::save(&project, &file)?;
    }
    store::replace(&name("-report.pdf"), &report.pdf)?;
    let tracker = name("-tracker.xlsx");
    store::replace(&tracker, &tracker::for_file(&project, catalogue, &analysis, &tracker)?)?;
    let diagram = name("-diagram.svg");
    store::replace(&diagram, &diagram::for_file(&project, &analysis, (&Look::printed(), &Part::All), &diagram)?)?;
    let mut out = std::io::stdout();
    writeln!(out, "{}: project, report, tracker and diagram are in {}", sample.title, folder.display())?;
    if is_kept {
        writeln!(out, "The project that was there is as it was.")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The look that was asked for.
fn look(project: &Project, asked: &DiagramLook) -> Result<Look, Failure> {
    let mut look = Look { palette: asked.appearance, ..Look::printed() };
    if let Some(name) = &asked.view {
        let named = project.views.values().find(|it| it.name.eq_ignore_ascii_case(name));
        let names = || project.views.values().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ");
        look.view = named.cloned().ok_or_else(|| match project.views.is_empty() {
            true => format!("the project has no view \"{name}\", nor any other"),
            false => format!("the project has no view \"{name}\"; it has {}", names()),
        })?;
    }
    if let Some(overlay) = asked.overlay {
        look.view.overlay = overlay;
    }
    look.view.fr = asked.fr.or(look.view.fr);
    if let Some(layers) = &asked.layers {
        look.view.hidden_layers = Layer::ALL.iter().copied().filter(|it| !layers.contains(it)).collect();
    }
    Ok(look)
}

/// What has these tags; everything where there are none.
fn part(project: &Project, tags: &[String]) -> Result<Part, Failure> {
    if tags.is_empty() {
        return Ok(Part::All);
    }
    let subject = |tag: &String| {
        let zones = project.zones.iter().map(|(id, it)| (&it.tag, Subject::from(id)));
        let conduits = project.conduits.iter().map(|(id, it)| (&it.tag, Subject::from(id)));
        let assets = project.assets.iter().map(|(id, it)| (&it.tag, Subject::from(id)));
        let found = zones.chain(conduits).chain(assets).find(|(it, _)| it.eq_ignore_ascii_case(tag.trim()));
        found.map(|(_, subject)| subject).ok_or_else(|| format!("no zone, conduit or asset has the tag \"{tag}\""))
    };
    Ok(Part::Only(tags.iter().map(subject).collect::<Result<_, _>>()?))
}

/// Imports a drawing as it is understood without anybody's help, and prints the report.
fn import_drawing(kind: Option<DrawingKind>, asked: &Drawing) -> Result<ExitCode, Failure> {
    let (path, output) = (asked.source.display(), asked.output.place()?);
    let (kind, drawing) =
        drawings::read_file(kind, &asked.source).map_err(|error| format!("not imported: {error}: {path}"))?;
    let mut staging = Staging::new(drawing);
    staging.lays_out_anew |= asked.lay_out;
    let pages = staging.drawing().pages.len();
    if !asked.page.is_empty() {
        let wanted: Vec<bool> = (0..pages).map(|page| asked.page.iter().any(|it| staging.is_page(page, it))).collect();
        if !wanted.contains(&true) {
            return Err(format!("not imported: it has no page \"{}\": {path}", asked.page.join("\", \"")).into());
        }
        wanted.into_iter().enumerate().for_each(|(page, taken)| staging.take_page(page, taken));
    }
    let (project, report) = staging.build();
    store::save(&project, output)?;
    let pages = if pages == 1 { "1 page".to_owned() } else { format!("{pages} pages") };
    writeln!(std::io::stdout(), "{}, {pages}: {path}\n{report}", kind.name())?;
    Ok(ExitCode::SUCCESS)
}

fn save(project: &Project, output: &Path) -> Result<ExitCode, Failure> {
    store::save(project, output)?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::{Id, Workshop};

    #[test]
    fn a_workshop_without_a_title_is_named_as_everywhere_else() {
        let mut project = Project::default();
        let mut add = |seed: &str, title: &str, day: i8| {
            let id = WorkshopId::derived_from(seed);
            let held_on = Some(date(2026, 11, day));
            project.workshops.insert(id, Workshop { title: title.to_owned(), held_on, ..Workshop::default() });
            id
        };
        let (first, second, titled) = (add("a", "", 19), add("b", "", 20), add("c", "Filter hall", 20));
        let found = |name: &str| workshop(&project, Some(name));
        assert_eq!(found(" filter HALL "), Ok(titled));
        assert_eq!((found("Workshop 2026-11-19"), found("Workshop 2026-11-20")), (Ok(first), Ok(second)));
        let several = found("Workshop").unwrap_err();
        assert!(
            several.contains("\"Workshop 2026-11-19\"") && several.contains("\"Workshop 2026-11-20\""),
            "{several}"
        );
        let none = found("Other").unwrap_err();
        assert!(none.contains("\"Filter hall\"") && !none.contains("\"\""), "{none}");
        assert!(workshop(&project, None).unwrap_err().starts_with("there are several workshops"));
        project.workshops.remove(second);
        assert_eq!(workshop(&project, Some("Workshop")), Ok(first));
    }

    #[test]
    fn workshops_of_one_day_are_told_apart_by_their_number() {
        let mut project = Project::default();
        for seed in ["morning", "afternoon"] {
            let held_on = Some(date(2026, 11, 19));
            project.workshops.insert(WorkshopId::derived_from(seed), Workshop { held_on, ..Workshop::default() });
        }
        let ids: Vec<WorkshopId> = project.workshops.ids().collect();
        let found = |name: Option<&str>| workshop(&project, name);
        assert_eq!(found(Some("Workshop 2026-11-19 (1)")), Ok(ids[0]));
        assert_eq!(found(Some("workshop 2026-11-19 (2)")), Ok(ids[1]));
        for name in [None, Some("Workshop"), Some("Workshop 2026-11-19")] {
            let several = found(name).unwrap_err();
            assert!(several.ends_with(": \"Workshop 2026-11-19 (1)\", \"Workshop 2026-11-19 (2)\""), "{several}");
        }
    }
}
