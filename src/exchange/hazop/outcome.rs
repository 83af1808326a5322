//! What each row of a worksheet would do, and the one edit that does it.

use std::collections::{BTreeMap, BTreeSet};

use super::matching::{self, Known, folded, matched};
use super::places::Names;
use super::row::{Category, Told};
use super::{HazopImport, OnConflict, Outcome, RowOutcome, RowResult};
use crate::edit::{Edit, Item, next_tags};
use crate::model::*;

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
            if told.goes_on_with(&above) && working.can_go_on() {
                told.complete_from(&above);
                told.rate_severity(self);
                above.severity = told.severity.clone().or(above.severity);
                if told.category != Category::Unnamed {
                    above.category = told.category.clone();
                }
                working.go_on(row.line, told);
            } else {
                told.continue_from(&above);
                told.rate_severity(self);
                above = told.clone();
                working.take(row.line, told);
            }
        }
        working.finish()
    }
}

/// A scenario that the worksheet says.
struct Found {
    /// The places of its rows.
    rows: Vec<usize>,
    known: Known,
    risk: Risk,
}

/// Whose tag a word is.
enum Tagged {
    One(AssetId),
    Nobody,
    /// Of several: what is said of that.
    Several(String),
}

/// A text of a scenario that rows add lines to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Text {
    Causes,
    Safeguards,
    More,
}

struct Working<'a> {
    import: &'a HazopImport,
    project: &'a Project,
    /// Assets by their tags; several where several have one.
    assets: BTreeMap<String, BTreeSet<AssetId>>,
    names: Names,
    /// Scenarios by what rows say of one and the same thing: their place in `risks`.
    alike: BTreeMap<[String; 4], usize>,
    /// Scenarios in the order of their rows.
    risks: Vec<Found>,
    /// Lines that texts of scenarios hold: the scenario's place, the text, the line.
    lines: BTreeSet<(usize, Text, String)>,
    /// The scenario of the row above, by its place in `risks`; none where that row is wrong.
    last: Option<usize>,
    /// How often each source was given.
    sources: BTreeMap<String, u32>,
    rows: Vec<RowOutcome>,
}

impl<'a> Working<'a> {
    fn new(import: &'a HazopImport, project: &'a Project) -> Self {
        let mut assets: BTreeMap<String, BTreeSet<AssetId>> = BTreeMap::new();
        for (id, asset) in project.assets.iter() {
            assets.entry(folded(&asset.tag)).or_default().insert(id);
        }
        Self {
            import,
            project,
            assets,
            names: Names::of(project),
            alike: BTreeMap::new(),
            risks: Vec::new(),
            lines: BTreeSet::new(),
            last: None,
            sources: BTreeMap::new(),
            rows: Vec::new(),
        }
    }

    /// Whether the row above has a scenario to go on with.
    fn can_go_on(&self) -> bool {
        self.last.is_some()
    }

    /// Takes a row that goes on with the scenario of the row above.
    fn go_on(&mut self, line: u64, mut told: Told) {
        let about = self.about(&mut told);
        if let Some(at) = self.last {
            self.join(at, line, told, about);
        }
    }

    fn take(&mut self, line: u64, mut told: Told) {
        let about = self.about(&mut told);
        let title = told.title();
        let consequence = told.consequences.worst();
        let row = |result| RowOutcome {
            line,
            tag: String::new(),
            about: Some(self.told_about(&about, &title)),
            result,
            doubts: Vec::new(),
        };
        if title.is_empty() || (told.consequence.is_empty() && consequence.is_none()) {
            let reason = match (told.deviation.is_empty() && told.cause.is_empty(), consequence) {
                (true, Some(_)) => "says how bad it is but not what happens",
                (true, None) => "says neither what happens nor how bad it is",
                (false, _) => "says a deviation but no consequence and no severity",
            };
            let wrong = row(RowResult::Wrong(reason.to_owned()));
            self.rows.push(RowOutcome { doubts: told.doubts, ..wrong });
            self.last = None;
            return;
        }
        let parts = [&told.node, &told.deviation, &told.cause, &told.consequence];
        let alike = parts.map(|it| folded(it));
        if let Some(&at) = self.alike.get(&alike) {
            self.last = Some(at);
            self.join(at, line, told, about);
            return;
        }
        let row = row(RowResult::New);
        let at = self.risks.len();
        let (targets, assets) = about;
        let mut risk = Risk {
            title,
            scenario: told.text(),
            targets,
            assets,
            countermeasures: told.safeguards.clone(),
            consequences: told.consequences.clone(),
            stage: if told.likelihood.is_some() { AssessmentStage::Detailed } else { AssessmentStage::Initial },
            source: self.source(line, &told),
            ..Risk::default()
        };
        *likelihood_mut(&mut risk, self.import.likelihood_at) = told.likelihood;
        self.note(at, Text::Causes, told.cause.lines());
        self.note(at, Text::Safeguards, told.safeguards.lines());
        self.note(at, Text::More, told.more.iter().flat_map(|it| it.lines()));
        self.note(at, Text::More, std::iter::once(also_row(&told.reference).as_str()));
        let known = Known::of(&self.import.study, &self.import.table.name, &told);
        self.alike.insert(alike, at);
        self.risks.push(Found { rows: vec![self.rows.len()], known, risk });
        self.rows.push(RowOutcome { doubts: told.doubts, ..row });
        self.last = Some(at);
    }

    /// Adds what a row says to a scenario: one row for each category, each cause or each safeguard.
    fn join(&mut self, at: usize, line: u64, mut told: Told, (targets, assets): (BTreeSet<Target>, BTreeSet<AssetId>)) {
        if !told.reference.is_empty() {
            told.more.push(also_row(&told.reference));
        }
        let causes = self.note(at, Text::Causes, told.cause.lines());
        let safeguards = self.note(at, Text::Safeguards, told.safeguards.lines());
        let mut more: Vec<String> = causes.into_iter().map(|it| format!("Also caused by: {it}")).collect();
        more.extend(self.note(at, Text::More, told.more.iter().flat_map(|it| it.lines())));
        let Some(Found { rows, risk, .. }) = self.risks.get_mut(at) else { return };
        for (one, other) in risk.consequences.ratings_mut().into_iter().zip(told.consequences.ratings()) {
            *one = (*one).max(other);
        }
        safeguards.iter().for_each(|it| add_line(&mut risk.countermeasures, it));
        more.iter().for_each(|it| add_line(&mut risk.scenario, it));
        risk.targets.extend(targets);
        risk.assets.extend(assets);
        let place = likelihood_mut(risk, self.import.likelihood_at);
        *place = (*place).max(told.likelihood);
        if told.likelihood.is_some() {
            risk.stage = AssessmentStage::Detailed;
        }
        let first = rows.first().and_then(|&it| self.rows.get(it)).map_or(line, |it| it.line);
        rows.push(self.rows.len());
        let result = RowResult::Joined(first);
        self.rows.push(RowOutcome { line, tag: String::new(), about: None, result, doubts: told.doubts });
    }

    /// Notes the lines of a text that a scenario does not hold yet, and says which they are.
    fn note<'l>(&mut self, at: usize, text: Text, lines: impl Iterator<Item = &'l str>) -> Vec<String> {
        let lines = lines.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
        lines.filter(|it| self.lines.insert((at, text, folded(it)))).collect()
    }

    /// Where it comes from, such as "HAZOP node 3.2, row 17 (study.csv)"; each once.
    fn source(&mut self, line: u64, told: &Told) -> String {
        let source = matching::source(&self.import.study, &self.import.table.name, line, told);
        let count = self.sources.entry(source.clone()).or_default();
        *count += 1;
        if *count == 1 { source } else { format!("{source} ({count})") }
    }

    /// The zones and assets that a row names; what is not there goes to the text.
    fn about(&self, told: &mut Told) -> (BTreeSet<Target>, BTreeSet<AssetId>) {
        let (mut targets, mut assets) = (BTreeSet::new(), BTreeSet::new());
        let place = |name: &str| self.import.place(&self.names, self.project, name);
        let (node, zone) = (place(&told.node), place(&told.zone));
        if node.len() > 1 {
            told.doubts.push(("node".into(), self.may_be(&told.node, &node)));
        }
        if zone.len() != 1 && !told.zone.is_empty() {
            let doubt = match zone.len() {
                0 => format!("\"{}\" is no zone of the project and went to the text: say which it is", told.zone),
                _ => self.may_be(&told.zone, &zone),
            };
            told.doubts.push(("zone".into(), doubt));
            told.more.push(format!("Zone: {}", told.zone));
        }
        for subject in [node, zone].into_iter().filter(|it| it.len() == 1).flatten() {
            targets.extend(subject.target());
            if let Subject::Asset(id) = subject {
                assets.insert(id);
            }
        }
        let (mut in_text, mut several) = (Vec::new(), BTreeSet::new());
        for tag in &told.equipment {
            match self.tagged(tag) {
                Tagged::One(id) => drop(assets.insert(id)),
                Tagged::Nobody => {
                    let doubt = format!("\"{tag}\" is no asset of the project and went to the text");
                    told.doubts.push(("equipment".into(), doubt));
                    in_text.push(tag.clone());
                }
                Tagged::Several(doubt) => {
                    told.doubts.push(("equipment".into(), format!("{doubt} and went to the text")));
                    in_text.push(tag.clone());
                }
            }
        }
        if !in_text.is_empty() {
            told.more.push(format!("Equipment: {}", in_text.join(", ")));
        }
        if self.import.in_text {
            let words = [&told.cause, &told.consequence].into_iter().flat_map(|it| words(it));
            for word in words.filter(|it| looks_like_tag(it)) {
                match self.tagged(word) {
                    Tagged::One(id) => drop(assets.insert(id)),
                    Tagged::Several(doubt) => drop(several.insert(doubt)),
                    Tagged::Nobody => (),
                }
            }
            told.doubts.extend(several.into_iter().map(|it| ("cause or consequence".into(), it)));
        }
        let zones = assets.iter().filter_map(|&id| self.project.assets.get(id)?.zone);
        targets.extend(zones.map(Target::from));
        (targets, assets)
    }

    /// The asset with a tag.
    fn tagged(&self, tag: &str) -> Tagged {
        let Some(found) = self.assets.get(&folded(tag)) else { return Tagged::Nobody };
        match found.first() {
            Some(&only) if found.len() == 1 => Tagged::One(only),
            _ => {
                let found = found.iter().map(|&it| Subject::from(it)).collect();
                let which = self.which(&found);
                Tagged::Several(format!(
                    "\"{tag}\" is the tag of {} assets, {which}: it is taken for none",
                    found.len()
                ))
            }
        }
    }

    /// That several are called so.
    fn may_be(&self, name: &str, found: &BTreeSet<Subject>) -> String {
        format!("\"{name}\" may be {}, and is taken for none: say which it is", self.which(found))
    }

    /// "P-1 in Z-DOSE or P-1 in Z-SIS": those of one tag are told apart by their zones.
    fn which(&self, found: &BTreeSet<Subject>) -> String {
        let tags: Vec<_> = found.iter().map(|&it| self.project.subject_tag(it)).collect();
        let zone = |it: Subject| match it {
            Subject::Asset(id) => self.project.zones.get(self.project.assets.get(id)?.zone?).map(|it| it.tag.as_str()),
            _ => None,
        };
        let mut named: Vec<String> = found
            .iter()
            .zip(&tags)
            .map(|(&it, tag)| match zone(it).filter(|_| tags.iter().filter(|other| *other == tag).count() > 1) {
                Some(zone) => format!("{tag} in {zone}"),
                None => tag.to_string(),
            })
            .collect();
        named.sort();
        named.join(" or ")
    }

    /// "LV-101, Z-DOSE: More level".
    fn told_about(&self, (targets, assets): &(BTreeSet<Target>, BTreeSet<AssetId>), title: &str) -> String {
        let mut tags: Vec<_> = targets.iter().map(|&it| self.project.target_tag(it).to_owned()).collect();
        tags.extend(assets.iter().filter_map(|&id| Some(self.project.assets.get(id)?.tag.clone())));
        tags.sort();
        let tags = if tags.is_empty() { "no zone".to_owned() } else { tags.join(", ") };
        format!("{tags}: {title}")
    }

    fn finish(mut self) -> Outcome {
        let found: Vec<_> = self.risks.iter().map(|it| (it.known.clone(), &it.risk)).collect();
        let there = matched(self.project, &found);
        let mut tags = next_tags("R-", self.project.risks.values().map(|it| &it.tag));
        let mut ids = BTreeSet::new();
        let mut edits = Vec::new();
        for (Found { rows, mut risk, .. }, there) in std::mem::take(&mut self.risks).into_iter().zip(there) {
            let before = there.and_then(|id| Some((id, self.project.risks.get(id)?)));
            let (tag, result) = match before {
                None => {
                    risk.tag = tags.next().unwrap_or_default();
                    let names =
                        std::iter::once(risk.source.clone()).chain((2..).map(|it| format!("{} {it}", risk.source)));
                    let mut free = names.map(|it| RiskId::derived_from(&it));
                    let id = free.find(|&it| !self.project.risks.contains(it) && ids.insert(it));
                    let id = id.unwrap_or_else(RiskId::random);
                    let tag = risk.tag.clone();
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
            for &row in &rows {
                if let Some(row) = self.rows.get_mut(row) {
                    row.tag.clone_from(&tag);
                }
            }
            if let Some(row) = rows.first().and_then(|&it| self.rows.get_mut(it)) {
                row.result = result;
            }
        }
        let mut outcome = Outcome {
            table: self.import.table.name.clone(),
            rows: self.rows,
            new_zones: Vec::new(),
            unknown_zones: BTreeMap::new(),
            edit: None,
        };
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

fn also_row(reference: &str) -> String {
    format!("Also row {reference}")
}

fn add_line(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
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
