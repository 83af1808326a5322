//! The gap report as a PDF reader finds it.

#![cfg(test)]

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::LazyLock;

use jiff::civil::{Date, date};
use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};
use zonewright::analysis::{Analysis, Course, analyse};
use zonewright::catalogue::Catalogue;
use zonewright::model::*;
use zonewright::report::{self, Profile, Report};
use zonewright::samples::SAMPLES;

const TODAY: Date = date(2026, 11, 21);

fn analysed(project: &Project) -> Analysis {
    analyse(project, Catalogue::embedded(), TODAY)
}

fn written(project: &Project, profile: Profile) -> Report {
    report::write(project, Catalogue::embedded(), &analysed(project), profile, &mut |_| true).unwrap()
}

/// The full report of each sample, written once for all tests.
static FULL: LazyLock<Vec<(Project, Report)>> = LazyLock::new(|| {
    let projects = SAMPLES.iter().map(|sample| sample.open().unwrap());
    projects.map(|project| (project.clone(), written(&project, Profile::Full))).collect()
});

/// The samples with their full reports as a reader opens them.
fn full() -> impl Iterator<Item = (&'static Project, Read)> {
    FULL.iter().map(|(project, report)| (project, Read::new(report)))
}

/// A report as a reader opens it.
struct Read {
    pdf: Document,
    pages: Vec<ObjectId>,
}

impl Read {
    fn new(report: &Report) -> Self {
        let pdf = Document::load_mem(&report.pdf).unwrap();
        let pages = pdf.get_pages().into_values().collect();
        Self { pdf, pages }
    }

    fn catalog(&self, key: &str) -> &Object {
        self.pdf.catalog().unwrap().get(key.as_bytes()).unwrap()
    }

    fn dictionary(&self, id: ObjectId) -> &Dictionary {
        self.pdf.get_dictionary(id).unwrap()
    }

    /// All text, with one space wherever there is a gap or a line ends.
    fn text(&self) -> String {
        let numbers: Vec<u32> = self.pdf.get_pages().into_keys().collect();
        let chunks = self.pdf.extract_text_chunks(&numbers);
        let words: Vec<String> = chunks.into_iter().map(Result::unwrap).collect();
        words.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The page that a destination leads to.
    fn page_of(&self, entry: &Dictionary) -> ObjectId {
        let page = entry.get(b"Dest").and_then(Object::as_array).unwrap()[0].as_reference().unwrap();
        assert!(self.pages.contains(&page), "a destination leads to a page");
        page
    }

    /// The bookmarks under one, by level and title, checked on the way.
    fn bookmarks(&self, parent: ObjectId, level: usize, found: &mut Vec<(usize, String)>) {
        let (mut next, mut before) = (self.dictionary(parent).get(b"First").and_then(Object::as_reference).ok(), None);
        let mut last = None;
        while let Some(id) = next {
            let entry = self.dictionary(id);
            let reference = |key: &str| entry.get(key.as_bytes()).and_then(Object::as_reference).ok();
            assert_eq!((reference("Parent"), reference("Prev")), (Some(parent), before));
            self.page_of(entry);
            found.push((level, decode_text_string(entry.get(b"Title").unwrap()).unwrap()));
            self.bookmarks(id, level + 1, found);
            (before, last, next) = (Some(id), Some(id), reference("Next"));
        }
        assert_eq!(self.dictionary(parent).get(b"Last").and_then(Object::as_reference).ok(), last);
    }
}

#[test]
fn a_report_has_the_pages_that_it_says() {
    for (project, full) in FULL.iter() {
        let [management, audit] = [Profile::Management, Profile::Audit].map(|profile| written(project, profile));
        let reports = [&management, full, &audit];
        for report in reports {
            assert_eq!(report.warning, None, "every sign can be shown");
            assert_eq!(Read::new(report).pages.len(), report.pages);
        }
        let pages = reports.map(|report| report.pages);
        assert!(pages[0] >= 5 && pages.is_sorted_by(|shorter, longer| shorter < longer), "{pages:?}");
    }
}

#[test]
fn bookmarks_are_a_tree_that_opens_by_itself() {
    for (_, read) in full() {
        assert_eq!(read.catalog("PageMode").as_name().unwrap(), b"UseOutlines");
        let mut bookmarks = Vec::new();
        read.bookmarks(read.catalog("Outlines").as_reference().unwrap(), 1, &mut bookmarks);
        let chapters = bookmarks.iter().filter(|(level, _)| *level == 1).count();
        let sections = bookmarks.iter().filter(|(level, _)| *level == 2).count();
        assert!(chapters >= 8 && sections >= chapters, "{bookmarks:?}");
        let text = read.text();
        for (_, title) in &bookmarks {
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(&title), "the heading \"{title}\" stands on a page");
        }
    }
}

#[test]
fn a_reader_is_told_language_and_title() {
    for (project, read) in full() {
        assert_eq!(read.catalog("Lang").as_str().unwrap(), b"en-GB");
        let viewer = read.catalog("ViewerPreferences").as_dict().unwrap();
        assert!(viewer.get(b"DisplayDocTitle").and_then(Object::as_bool).unwrap());
        let info = read.dictionary(read.pdf.trailer.get(b"Info").and_then(Object::as_reference).unwrap());
        assert_eq!(decode_text_string(info.get(b"Title").unwrap()).unwrap(), project.info.title);
        assert_eq!(decode_text_string(info.get(b"Author").unwrap()).unwrap(), project.info.prepared_by);
        let metadata = read.pdf.get_object(read.catalog("Metadata").as_reference().unwrap()).unwrap();
        let packet = String::from_utf8(metadata.as_stream().unwrap().content.clone()).unwrap();
        assert!(packet.contains(&project.info.title) && packet.contains("2026-11-21T00:00:00Z"), "{packet}");
    }
}

#[test]
fn links_lead_from_page_to_page() {
    for (_, read) in full() {
        let mut led_to = BTreeSet::new();
        let mut links = 0;
        for &page in &read.pages {
            for link in read.pdf.get_page_annotations(page).unwrap() {
                assert_eq!(link.get(b"Subtype").and_then(Object::as_name).unwrap(), b"Link");
                let rect = link.get(b"Rect").and_then(Object::as_array).unwrap();
                let sides: Vec<f32> = rect.iter().map(|it| it.as_float().unwrap()).collect();
                assert!(sides[0] < sides[2] && sides[1] < sides[3], "a link has an area: {sides:?}");
                led_to.insert(read.page_of(link));
                links += 1;
            }
        }
        assert!(links > 100 && led_to.len() > 10, "{links} links to {} pages", led_to.len());
    }
}

#[test]
fn the_same_project_and_day_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for (sample, (project, first)) in SAMPLES.iter().zip(FULL.iter()) {
        assert!(written(project, Profile::Full).pdf == first.pdf, "{}", sample.id);
        // another process, whose hashes are seeded otherwise, writes no other
        let file = format!("{}/sample-projects/{}.zonewright", env!("CARGO_MANIFEST_DIR"), sample.id);
        let output = folder.path().join("report.pdf");
        let mut command = Command::new(env!("CARGO_BIN_EXE_zonewright"));
        command.args(["report", &file, "--as-of", "2026-11-21", "-o"]).arg(&output);
        assert!(command.status().unwrap().success());
        assert!(std::fs::read(&output).unwrap() == first.pdf, "{}", sample.id);
    }
}

#[test]
fn another_day_is_another_report() {
    let project = SAMPLES[0].open().unwrap();
    let catalogue = Catalogue::embedded();
    let on = |day| {
        let analysis = analyse(&project, catalogue, day);
        report::write(&project, catalogue, &analysis, Profile::Management, &mut |_| true).unwrap().pdf
    };
    assert!(on(TODAY) != on(date(2026, 11, 22)));
}

#[test]
fn a_report_can_be_stopped() {
    let project = SAMPLES[0].open().unwrap();
    let stopped = report::write(&project, Catalogue::embedded(), &analysed(&project), Profile::Full, &mut |_| false);
    assert!(matches!(stopped, Err(report::ReportError::Cancelled)));
}

#[test]
fn letters_of_all_europe_are_drawn_and_can_be_copied() {
    let names =
        ["Größe Käse süß", "Čerpací stanice žluťoučká", "Wtórne chłodzenie łąka", "Őrült erőmű", "Ισχύς Ω", "Ж насос"];
    let mut project = Project::default();
    for (number, name) in names.iter().enumerate() {
        let tag = format!("Z-{number}");
        let frame = Rect::new(number as f32 * 320.0, 0.0, 280.0, 200.0);
        let zone = Zone { tag: tag.clone(), name: (*name).to_owned(), frame, ..Zone::default() };
        project.zones.insert(ZoneId::derived_from(&tag), zone);
    }
    let report = written(&project, Profile::Full);
    assert_eq!(report.warning, None);
    let text = Read::new(&report).text();
    for name in names {
        assert!(text.contains(name), "\"{name}\" is not in\n{text}");
    }
    for letter in "äößčłőΩЖ".chars() {
        assert!(text.contains(letter), "{letter}");
    }
}

#[test]
fn a_sign_that_no_face_has_is_told() {
    let mut project = Project::default();
    std::sync::Arc::make_mut(&mut project.info).title = "Works 水".to_owned();
    assert!(written(&project, Profile::Full).warning.is_some_and(|it| it.contains("U+6C34")));
}

#[test]
fn every_gap_stands_in_the_full_report_in_rank_order() {
    let catalogue = Catalogue::embedded();
    for (project, read) in full() {
        let analysis = analysed(project);
        let text = read.text();
        let (_, mut rest) = text.rsplit_once("Gaps in rank order").unwrap();
        assert!(!analysis.gaps.is_empty());
        for (rank, gap) in analysis.gaps.iter().enumerate() {
            let title = gap.title(project, catalogue);
            let begins: Vec<&str> = title.split(' ').take(if title.contains(" RE ") { 5 } else { 3 }).collect();
            let begins = begins.join(" ");
            (_, rest) = rest.split_once(&begins).unwrap_or_else(|| panic!("gap {}, {begins}", rank + 1));
        }
        for requirement in analysis.gaps.iter().filter_map(|gap| gap.requirement) {
            assert!(text.contains(&requirement.to_string()), "{requirement}");
        }
    }
}

#[test]
fn the_handling_marking_stands_whole_on_every_page() {
    let marking = "CONFIDENTIAL: for the operator of the station, its certifier and the competent authority only; not to \
                   be copied, forwarded or stored outside of the assessment's own room, and to be destroyed after use";
    let mut project = SAMPLES[0].open().unwrap();
    let info = std::sync::Arc::make_mut(&mut project.info);
    info.marking = marking.to_owned();
    info.site = "Compressor station with a name as long as the road that leads to it ".repeat(3).trim().to_owned();
    let site = info.site.clone();
    let read = Read::new(&written(&project, Profile::Management));
    for number in read.pdf.get_pages().into_keys() {
        let chunks = read.pdf.extract_text_chunks(&[number]);
        let text = chunks.into_iter().map(Result::unwrap).collect::<Vec<_>>().join(" ");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(marking) && text.contains(&site), "page {number}: {text}");
    }
}

#[test]
fn no_word_or_date_of_a_narrow_column_is_torn() {
    for (_, read) in full() {
        let text = read.text();
        for torn in ["Standin g", "Recorde d", "2026-11-0 4", "Un iTool", "R emote", "Ch ange", "A CT-", "Ser vice "] {
            assert!(!text.contains(torn), "\"{torn}\"");
        }
    }
}

#[test]
fn the_drawing_bears_its_title_once() {
    for (_, read) in full() {
        assert_eq!(read.text().matches("Zones and conduits of ").count(), 1);
    }
}

#[test]
fn an_empty_project_counts_nothing_that_is_not_there() {
    let text = Read::new(&written(&Project::default(), Profile::Management)).text();
    assert!(text.contains("no asset recorded yet") && !text.contains("1 no "), "{text}");
}

#[test]
fn what_is_accepted_for_a_time_is_counted_apart() {
    use zonewright::analysis::Treatment;
    for (project, read) in full() {
        let analysis = analysed(project);
        let blocking = analysis.gaps.iter().filter(|it| it.blocks_closure);
        let accepted = blocking.filter(|it| matches!(it.treatment, Treatment::Accepted | Treatment::Both)).count();
        let text = read.text();
        match accepted {
            0 => assert!(!text.contains("formally accepted for a time")),
            1 => assert!(text.contains("1 of them is formally accepted for a time")),
            many => assert!(text.contains(&format!("{many} of them are formally accepted for a time"))),
        }
        assert!(!text.contains("The model itself"));
    }
}

#[test]
fn a_target_of_nothing_is_not_counted_as_reached() {
    for (project, read) in full() {
        let analysis = analysed(project);
        let asking = |it: &&std::sync::Arc<zonewright::analysis::TargetLevels>| {
            it.target.is_some_and(|wanted| Fr::ALL.into_iter().any(|fr| wanted[fr] > SecurityLevel::ZERO))
        };
        let all = analysis.targets.values().filter(asking).count();
        let reached = analysis.targets.values().filter(asking).filter(|it| it.worst_shortfall() == 0).count();
        let text = read.text();
        assert!(text.contains(&format!("{reached} of {all} zones and conduits with a target above 0")), "{text}");
    }
}

/// A workshop at which two requirements of a zone were gone through.
fn with_workshop() -> (Project, WorkshopId) {
    let mut project = SAMPLES[0].open().unwrap();
    let target: Target = project.zones.ids().next().unwrap().into();
    let at = |number: &str| WorkshopItem::Question(GapKey { target, requirement: number.parse().unwrap() });
    let id = WorkshopId::derived_from("first");
    let said = |kind, text: &str| LogEntry {
        kind,
        about: Some(at("SR 1.1")),
        text: text.into(),
        by: "Shift supervisor".into(),
        ..LogEntry::default()
    };
    let present = |role: &str, present| Attendee { role: role.into(), present, ..Attendee::default() };
    let mut workshop = Workshop {
        title: "Requirements, filter hall".into(),
        held_on: Some(date(2026, 11, 19)),
        last_on: Some(date(2026, 11, 20)),
        attendance: vec![present("Shift supervisor", true), present("Head of maintenance", false)],
        log: vec![
            said(LogKind::Decision, "Badges from May on"),
            said(LogKind::Dissent, "Nights are too short-handed for that"),
            said(LogKind::Parked, "Ask the supplier of the panels"),
        ],
        seconds: 4500,
        ..Workshop::default()
    };
    workshop.take(at("SR 1.1"), true);
    workshop.take(at("SR 1.2"), true);
    project.workshops.insert(id, workshop);
    (project, id)
}

#[test]
fn minutes_say_who_was_there_and_what_was_said() {
    let (project, id) = with_workshop();
    let write = || {
        let analysis = analysed(&project);
        report::write_minutes(&project, Catalogue::embedded(), &analysis, id, &mut |_| true).unwrap()
    };
    let minutes = write();
    assert_eq!(minutes, write(), "the same workshop gives the same bytes");
    let text = Read::new(&minutes).text();
    for part in [
        "Workshop minutes",
        "Requirements, filter hall",
        "2026-11-19 to 2026-11-20, not over yet",
        "1 h 15 min",
        "Head of maintenance",
        "Badges from May on",
        "Nights are too short-handed for that",
        "Ask the supplier of the panels",
        "SR 1.2",
        "Signatures",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let analysis = analysed(&project);
    let course = Course::new(&project, Catalogue::embedded(), &analysis, project.workshops.get(id).unwrap());
    let gone = format!("{} of {} items", course.gone_through(), course.len());
    assert!(course.gone_through() < course.len() && text.contains(&gone), "{gone} in {text}");
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} in {text}"));
    assert!(at("Badges from May on") < at("Signatures") && at("Signatures") < at("Annex: what was gone through"));
    assert!(text.contains("before the workshop, on"), "an answer of another day is marked");
    assert!(!text.contains("Contents") && !text.contains("Name"), "{text}");
    let analysis = analysed(&project);
    let gone = report::write_minutes(
        &project,
        Catalogue::embedded(),
        &analysis,
        WorkshopId::derived_from("other"),
        &mut |_| true,
    );
    assert!(gone.is_err());
}

#[test]
fn no_paper_tells_what_the_room_has_not_seen() {
    let mut project = SAMPLES[0].open().unwrap();
    let (of, mut risk) =
        project.risks.iter().find(|(_, it)| !it.estimates.is_empty()).map(|(id, it)| (id, it.clone())).unwrap();
    let (id, _) =
        project.workshops.iter().find(|(_, it)| it.taken.iter().any(|it| it.item == WorkshopItem::Risk(of))).unwrap();
    let papers = |project: &Project| {
        let analysis = analysed(project);
        let minutes = report::write_minutes(project, Catalogue::embedded(), &analysis, id, &mut |_| true).unwrap();
        [Read::new(&minutes).text(), Read::new(&written(project, Profile::Full)).text()]
    };
    let count = risk.estimates.len();
    let said = risk.estimates.iter().map(|it| it.reason.clone()).find(|it| !it.is_empty()).unwrap();
    let first = said.split(' ').take(3).collect::<Vec<_>>().join(" ");
    assert!(papers(&project)[0].contains(&first), "what was shown is told");
    risk.estimates.iter_mut().for_each(|it| it.hidden = true);
    project.risks.insert(of, risk);
    for text in papers(&project) {
        assert!(!text.contains(&first) && text.contains(&format!("{count} estimates not shown yet")));
    }
}

#[test]
fn what_workshops_settled_ends_in_the_report() {
    let (project, _) = with_workshop();
    let text = Read::new(&written(&project, Profile::Full)).text();
    for part in ["Workshops", "Badges from May on", "Nights are too short-handed", "Ask the supplier of the panels"] {
        assert!(text.contains(part), "{part}");
    }
}
