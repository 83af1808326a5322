//! What each row of a worksheet would do, and the one edit that does it.

use std::collections::{BTreeMap, BTreeSet};

use super::row::Told;
use super::{HazopImport, OnConflict, RowRemark, Weight};
use crate::edit::{Edit, Item, next_tag};
use crate::model::*;

/// What a row does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowResult {
    /// Adds a scenario.
    New,
    /// Adds its severity to the scenario of the row in this line.
    Joined(u64),
    /// Changes these parts of a scenario that is there.
    Updated(Vec<&'static str>),
    /// Says what is there already.
    Same,
    /// Would change these parts, but is to leave the scenario as it is.
    Skipped(Vec<&'static str>),
    /// Would change these parts, which stops the import.
    Conflict(Vec<&'static str>),
    /// Can't be taken: why.
    Wrong(String),
}

/// A row and what it does.
#[derive(Clone, Debug, PartialEq)]
pub struct RowOutcome {
    /// Its line in the table.
    pub line: u64,
    /// The tag of its scenario.
    pub tag: String,
    /// The title of its scenario.
    pub title: String,
    /// The worst consequence that it says.
    pub consequence: Option<Rating>,
    /// The tags of zones and assets that it names.
    pub about: Vec<String>,
    /// What it does.
    pub result: RowResult,
    /// Cells that could not be taken as they stand: column, and what became of them.
    pub doubts: Vec<(String, String)>,
}

/// What a worksheet would do to a project.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The table's name.
    pub table: String,
    /// Row by row.
    pub rows: Vec<RowOutcome>,
    /// The one edit that does it; nothing where the import stops, or nothing would change.
    pub edit: Option<Edit>,
}

impl Outcome {
    /// How many rows do what.
    pub fn count(&self, is: impl Fn(&RowResult) -> bool) -> usize {
        self.rows.iter().filter(|row| is(&row.result)).count()
    }

    /// Whether something stops the import.
    pub fn is_stopped(&self) -> bool {
        self.rows.iter().any(|row| matches!(row.result, RowResult::Conflict(_)))
    }

    /// The counts in a sentence.
    pub fn summary(&self) -> String {
        let new = self.count(|it| *it == RowResult::New);
        let updated = self.count(|it| matches!(it, RowResult::Updated(_)));
        let same = self.count(|it| *it == RowResult::Same);
        let mut parts = vec![format!("{new} new"), format!("{updated} updated"), format!("{same} unchanged")];
        let more = [
            (self.count(|it| matches!(it, RowResult::Joined(_))), "joined with another row"),
            (self.count(|it| matches!(it, RowResult::Skipped(_))), "skipped"),
            (self.count(|it| matches!(it, RowResult::Conflict(_))), "in conflict"),
            (self.count(|it| matches!(it, RowResult::Wrong(_))), "with errors"),
        ];
        parts.extend(more.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")));
        parts.join(", ")
    }

    /// What becomes of each row, in their order.
    pub fn row_remarks(&self) -> Vec<RowRemark> {
        let mut remarks = Vec::new();
        for row in &self.rows {
            let (tag, line) = (&row.tag, row.line);
            let (weight, what) = match &row.result {
                RowResult::New => {
                    let about = if row.about.is_empty() { "no zone".to_owned() } else { row.about.join(", ") };
                    (Weight::Told, format!("{tag} added, about {about}: {}", row.title))
                }
                RowResult::Joined(first) => (Weight::Told, format!("joined with line {first} in {tag}")),
                RowResult::Updated(parts) => (Weight::Told, format!("{tag} updated in {}", parts.join(", "))),
                RowResult::Same => (Weight::Told, format!("{tag} says so already")),
                RowResult::Skipped(parts) => {
                    (Weight::Told, format!("{tag} was left as it is; it differs in {}", parts.join(", ")))
                }
                RowResult::Conflict(parts) => {
                    (Weight::Conflict, format!("{tag} is there already and differs in {}", parts.join(", ")))
                }
                RowResult::Wrong(reason) => (Weight::Wrong, reason.clone()),
            };
            remarks.push(RowRemark { weight, line, column: None, what });
            remarks.extend(row.doubts.iter().map(|(column, doubt)| RowRemark {
                weight: Weight::Doubt,
                line,
                column: Some(column.clone()),
                what: doubt.clone(),
            }));
        }
        remarks
    }

    /// What becomes of each row, with table, line and column.
    pub fn remarks(&self) -> Vec<String> {
        let remarks = self.row_remarks().into_iter();
        remarks.map(|it| format!("{}, {}: {}", self.table, it.place(), it.what)).collect()
    }
}

impl HazopImport {
    /// Works out what the worksheet would do to a project.
    pub fn outcome(&self, project: &Project) -> Outcome {
        let mut working = Working::new(self, project);
        let mut above = Told::default();
        for row in &self.table.rows {
            let mut told = Told::of(self, row);
            if !told.says_anything {
                continue;
            }
            told.continue_from(&above);
            above = told.clone();
            working.take(row.line, told);
        }
        working.finish()
    }
}

struct Working<'a> {
    import: &'a HazopImport,
    project: &'a Project,
    assets: BTreeMap<String, AssetId>,
    zones: BTreeMap<String, ZoneId>,
    by_source: BTreeMap<&'a str, RiskId>,
    /// Scenarios by what rows say of one and the same thing: their row, and their place in `risks`.
    alike: BTreeMap<[String; 5], usize>,
    /// Scenarios in the order of their rows: the row's place, the id if it is there, and what it says.
    risks: Vec<(usize, Option<RiskId>, Risk)>,
    sources: BTreeSet<String>,
    rows: Vec<RowOutcome>,
}

impl<'a> Working<'a> {
    fn new(import: &'a HazopImport, project: &'a Project) -> Self {
        let names = project.zones.iter().map(|(id, zone)| (folded(&zone.name), id));
        let tags = project.zones.iter().map(|(id, zone)| (folded(&zone.tag), id));
        Self {
            import,
            project,
            assets: project.assets.iter().map(|(id, asset)| (folded(&asset.tag), id)).collect(),
            zones: names.chain(tags).filter(|(name, _)| !name.is_empty()).collect(),
            by_source: project.risks.iter().map(|(id, it)| (it.source.as_str(), id)).collect(),
            alike: BTreeMap::new(),
            risks: Vec::new(),
            sources: BTreeSet::new(),
            rows: Vec::new(),
        }
    }

    fn take(&mut self, line: u64, mut told: Told) {
        let targets_and_assets = self.about(&mut told);
        let about = self.tags(&targets_and_assets);
        let title = told.title();
        let consequence = told.consequences.worst();
        let row = |tag: String, result, doubts| RowOutcome {
            line,
            tag,
            title: title.clone(),
            consequence,
            about,
            result,
            doubts,
        };
        if told.consequence.is_empty() && consequence.is_none() {
            let reason = match told.deviation.is_empty() && told.cause.is_empty() {
                true => "says neither what happens nor how bad it is",
                false => "says a deviation but no consequence and no severity",
            };
            self.rows.push(row(String::new(), RowResult::Wrong(reason.to_owned()), told.doubts));
            return;
        }
        let parts = [&told.node, &told.reference, &told.deviation, &told.cause, &told.consequence];
        let known = parts.map(|it| folded(it));
        let (targets, assets) = targets_and_assets;
        if let Some(&at) = self.alike.get(&known)
            && let Some((first, _, risk)) = self.risks.get_mut(at)
        {
            // one row for each category, or for each safeguard
            for (one, other) in risk.consequences.ratings_mut().into_iter().zip(told.consequences.ratings()) {
                *one = (*one).max(other);
            }
            if !told.safeguards.is_empty() && !risk.countermeasures.contains(&told.safeguards) {
                risk.countermeasures = joined(&risk.countermeasures, &told.safeguards);
            }
            for line in &told.more {
                if !risk.scenario.lines().any(|it| it == line) {
                    risk.scenario = joined(&risk.scenario, line);
                }
            }
            risk.targets.extend(targets);
            risk.assets.extend(assets);
            let place = likelihood_mut(risk, self.import.likelihood_at);
            *place = (*place).max(told.likelihood);
            if told.likelihood.is_some() {
                risk.stage = AssessmentStage::Detailed;
            }
            let first = self.rows.get(*first).map_or(line, |it| it.line);
            self.rows.push(row(String::new(), RowResult::Joined(first), told.doubts));
            return;
        }
        let source = self.source(line, &told);
        let mut risk = Risk {
            title: title.clone(),
            scenario: told.text(),
            targets,
            assets,
            countermeasures: told.safeguards.clone(),
            consequences: told.consequences.clone(),
            stage: if told.likelihood.is_some() { AssessmentStage::Detailed } else { AssessmentStage::Initial },
            source,
            ..Risk::default()
        };
        *likelihood_mut(&mut risk, self.import.likelihood_at) = told.likelihood;
        let there = self.by_source.get(risk.source.as_str()).copied();
        self.alike.insert(known, self.risks.len());
        self.risks.push((self.rows.len(), there, risk));
        self.rows.push(row(String::new(), RowResult::New, told.doubts));
    }

    /// Where it comes from, such as "HAZOP node 3.2, row 17"; each once.
    fn source(&mut self, line: u64, told: &Told) -> String {
        let study = self.import.study.trim();
        let node = if told.node.is_empty() { String::new() } else { format!(" node {},", told.node) };
        let row = if told.reference.is_empty() { line.to_string() } else { told.reference.clone() };
        let source = format!("{study}{node} row {row}");
        let names = std::iter::once(source.clone()).chain((2..).map(|number| format!("{source} ({number})")));
        let source = names.into_iter().find(|it| !self.sources.contains(it)).unwrap_or(source);
        self.sources.insert(source.clone());
        source
    }

    /// The zones and assets that a row names; what is not there goes to the text.
    fn about(&self, told: &mut Told) -> (BTreeSet<Target>, BTreeSet<AssetId>) {
        let (mut targets, mut assets) = (BTreeSet::new(), BTreeSet::new());
        if !told.zone.is_empty() {
            match self.zones.get(&folded(&told.zone)) {
                Some(&id) => drop(targets.insert(Target::from(id))),
                None => {
                    told.doubts.push((
                        "zone".into(),
                        format!("\"{}\" is no zone of the project and went to the text", told.zone),
                    ));
                    told.more.push(format!("Zone: {}", told.zone));
                }
            }
        }
        let mut unknown = Vec::new();
        for tag in &told.equipment {
            match self.assets.get(&folded(tag)) {
                Some(&id) => drop(assets.insert(id)),
                None => unknown.push(tag.clone()),
            }
        }
        if !unknown.is_empty() {
            let unknown = unknown.join(", ");
            told.doubts
                .push(("equipment".into(), format!("\"{unknown}\" is no asset of the project and went to the text")));
            told.more.push(format!("Equipment: {unknown}"));
        }
        if self.import.in_text {
            let words = [&told.cause, &told.consequence].into_iter().flat_map(|it| words(it));
            assets.extend(words.filter(|it| looks_like_tag(it)).filter_map(|it| self.assets.get(&folded(it)).copied()));
        }
        let zones = assets.iter().filter_map(|&id| self.project.assets.get(id)?.zone);
        targets.extend(zones.map(Target::from));
        (targets, assets)
    }

    fn tags(&self, (targets, assets): &(BTreeSet<Target>, BTreeSet<AssetId>)) -> Vec<String> {
        let mut tags: Vec<_> = targets.iter().map(|&it| self.project.target_tag(it).to_owned()).collect();
        tags.extend(assets.iter().filter_map(|&id| Some(self.project.assets.get(id)?.tag.clone())));
        tags.sort();
        tags
    }

    fn finish(mut self) -> Outcome {
        let mut taken = self.project.risks.clone();
        let mut edits = Vec::new();
        for (at, there, mut risk) in std::mem::take(&mut self.risks) {
            let before = there.and_then(|id| Some((id, self.project.risks.get(id)?)));
            let (tag, result) = match before {
                None => {
                    risk.tag = next_tag("R-", taken.values().map(|it| &it.tag));
                    let names =
                        std::iter::once(risk.source.clone()).chain((2..).map(|it| format!("{} {it}", risk.source)));
                    let id = names.map(|it| RiskId::derived_from(&it)).find(|it| !taken.contains(*it));
                    let id = id.unwrap_or_else(RiskId::random);
                    let tag = risk.tag.clone();
                    taken.insert(id, risk.clone());
                    edits.push(Edit::Put(Item::Risk(id, risk)));
                    (tag, RowResult::New)
                }
                Some((id, before)) => {
                    let (updated, changed) = updated(before, &risk, self.import.likelihood_at);
                    let result = match self.import.on_conflict {
                        _ if changed.is_empty() => RowResult::Same,
                        OnConflict::Stop => RowResult::Conflict(changed),
                        OnConflict::Skip => RowResult::Skipped(changed),
                        OnConflict::Update => {
                            edits.push(Edit::Put(Item::Risk(id, updated)));
                            RowResult::Updated(changed)
                        }
                    };
                    (before.tag.clone(), result)
                }
            };
            let line = self.rows.get(at).map_or(0, |it| it.line);
            for row in self.rows.iter_mut().filter(|it| it.result == RowResult::Joined(line)) {
                row.tag.clone_from(&tag);
            }
            if let Some(row) = self.rows.get_mut(at) {
                (row.tag, row.result) = (tag, result);
            }
        }
        let mut outcome = Outcome { table: self.import.table.name.clone(), rows: self.rows, edit: None };
        if !outcome.is_stopped() && !edits.is_empty() {
            outcome.edit = Some(Edit::Several(format!("Import consequences from {}", outcome.table), edits));
        }
        outcome
    }
}

fn likelihood_mut(risk: &mut Risk, at: RatedAt) -> &mut Option<Rating> {
    match at {
        RatedAt::Unmitigated => &mut risk.unmitigated,
        RatedAt::Current => &mut risk.current,
        RatedAt::Residual => &mut risk.residual,
    }
}

/// The scenario with what the row fills in, and what changes by it.
fn updated(there: &Risk, told: &Risk, likelihood_at: RatedAt) -> (Risk, Vec<&'static str>) {
    let mut risk = there.clone();
    let mut changed = Vec::new();
    let texts: [(&'static str, &mut String, &String); 3] = [
        ("title", &mut risk.title, &told.title),
        ("scenario", &mut risk.scenario, &told.scenario),
        ("countermeasures", &mut risk.countermeasures, &told.countermeasures),
    ];
    for (name, field, value) in texts {
        if !value.is_empty() && field != value {
            field.clone_from(value);
            changed.push(name);
        }
    }
    let ratings = risk.consequences.ratings_mut().into_iter().zip(told.consequences.ratings());
    for ((place, rating), name) in ratings.zip(Consequences::CATEGORIES) {
        if rating.is_some() && *place != rating {
            *place = rating;
            changed.push(name);
        }
    }
    let likelihood = *likelihood_mut(&mut told.clone(), likelihood_at);
    let place = likelihood_mut(&mut risk, likelihood_at);
    if likelihood.is_some() && *place != likelihood {
        *place = likelihood;
        risk.stage = AssessmentStage::Detailed;
        changed.push("likelihood");
    }
    if !told.targets.is_subset(&risk.targets) {
        risk.targets.extend(&told.targets);
        changed.push("targets");
    }
    if !told.assets.is_subset(&risk.assets) {
        risk.assets.extend(&told.assets);
        changed.push("assets");
    }
    (risk, changed)
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

fn joined(text: &str, more: &str) -> String {
    if text.is_empty() { more.to_owned() } else { format!("{text}\n{more}") }
}

/// Words of a sentence, without the signs around them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let signs = |it: char| it.is_whitespace() || matches!(it, ',' | ';' | ':' | '(' | ')' | '/' | '"' | '.');
    text.split(signs).filter(|it| !it.is_empty())
}

/// Whether a word may be a tag and is no word of a sentence by chance.
fn looks_like_tag(word: &str) -> bool {
    word.len() >= 3 && word.chars().any(|it| it.is_ascii_digit()) && word.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests;
