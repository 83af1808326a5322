//! Files that are no projects, are broken, or say what can't be: each is refused with
//! one sentence and exit 2, no command writes anything, and nothing ends in a panic.

#![cfg(test)]

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jiff::civil::date;
use tempfile::TempDir;
use zonewright::model::*;
use zonewright::samples::SAMPLES;
use zonewright::session::Session;
use zonewright::store;

const PROGRAM: &str = env!("CARGO_BIN_EXE_zonewright");

fn sample() -> Project {
    SAMPLES[0].open().unwrap()
}

/// A small project with one of each thing that the broken files below break.
fn plant() -> Project {
    let mut project = Project::default();
    let [outer, inner] = ["outer", "inner"].map(ZoneId::derived_from);
    let frame = Rect::new(10.5, 20.0, 300.0, 200.0);
    project.zones.insert(outer, Zone { tag: "Z-1".into(), frame, ..Zone::default() });
    project.zones.insert(inner, Zone { tag: "Z-2".into(), parent: Some(outer), frame, ..Zone::default() });
    let place = Some(Point::new(12.5, 40.0));
    let plc = Asset { tag: "PLC-1".into(), zone: Some(inner), place, criticality: Rating::new(3), ..Asset::default() };
    project.assets.insert(AssetId::derived_from("PLC-1"), plc);
    let level = TargetLevel { decided_on: Some(date(2026, 11, 21)), ..TargetLevel::default() };
    project.zones.get_mut(inner).unwrap().sl_t = Some(level);
    let met = Answer { status: Status::Met, notes: "Größe".into(), ..Answer::default() };
    let inherited = Answer { status: Status::Inherited(Some(outer.into())), ..Answer::default() };
    let answers = [("SR 1.1".parse().unwrap(), met), ("SR 1.2".parse().unwrap(), inherited)];
    project.answers.insert(inner.into(), answers.into());
    project
}

fn text() -> String {
    store::to_text(&plant()).unwrap()
}

/// The small project's text with one thing in place of another.
fn changed(from: &str, to: &str) -> String {
    let text = text();
    assert!(text.contains(from), "{from} is not in\n{text}");
    text.replacen(from, to, 1)
}

fn run(arguments: &[&Path]) -> Output {
    Command::new(PROGRAM).args(arguments).output().unwrap()
}

/// The one sentence of a command that failed.
fn sentence(ran: &Output) -> String {
    let said = String::from_utf8(ran.stderr.clone()).unwrap();
    assert_eq!(ran.status.code(), Some(2), "{said}");
    assert!(ran.stdout.is_empty(), "{}", String::from_utf8_lossy(&ran.stdout));
    assert!(said.starts_with("zonewright: ") && said.lines().count() == 1, "one sentence is said: {said}");
    assert!(!said.contains("panicked"), "{said}");
    said.trim_end().strip_prefix("zonewright: ").unwrap().to_owned()
}

/// A file in a folder of its own, and an empty folder to write to.
struct Bad {
    _folder: TempDir,
    file: PathBuf,
    out: PathBuf,
}

impl Bad {
    fn new(content: impl AsRef<[u8]>) -> Self {
        let bad = Self::nothing();
        fs::write(&bad.file, content).unwrap();
        bad
    }

    fn nothing() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (file, out) = (folder.path().join("bad.zonewright"), folder.path().join("out"));
        fs::create_dir(&out).unwrap();
        Self { _folder: folder, file, out }
    }

    /// The commands that read a project, each with its output.
    fn commands(&self) -> Vec<Vec<PathBuf>> {
        let words = |words: &str| words.split(' ').map(PathBuf::from).collect::<Vec<_>>();
        let to = |name: &str| vec![PathBuf::from("-o"), self.out.join(name)];
        let on_file = |command: &str, rest: Vec<PathBuf>| [words(command), vec![self.file.clone()], rest].concat();
        vec![
            on_file("analyze", Vec::new()),
            on_file("analyze", words("--json")),
            on_file("check", Vec::new()),
            on_file("report", to("report.pdf")),
            on_file("tracker", to("tracker.xlsx")),
            on_file("diagram", to("diagram.svg")),
            on_file("export tables", to("tables")),
        ]
    }

    /// What every command says of it alike.
    fn refused(&self) -> String {
        let opened = store::open(&self.file).expect_err("the store refuses it too").to_string();
        for command in self.commands() {
            let arguments: Vec<&Path> = command.iter().map(PathBuf::as_path).collect();
            assert_eq!(sentence(&run(&arguments)), opened, "{command:?}");
        }
        assert_eq!(fs::read_dir(&self.out).unwrap().count(), 0, "nothing is written");
        opened
    }
}

/// What the store says of a text, where the commands need not all be run.
fn damage(text: &str) -> String {
    store::from_text(text).expect_err("it is to be refused").to_string()
}

fn assert_says(said: &str, wanted: &str) {
    assert!(said.contains(wanted), "\"{wanted}\" is not in: {said}");
}

#[test]
fn a_good_file_is_not_refused() {
    let good = Bad::new(text());
    for command in good.commands() {
        let arguments: Vec<&Path> = command.iter().map(PathBuf::as_path).collect();
        let ran = run(&arguments);
        assert!(matches!(ran.status.code(), Some(0 | 1)), "{command:?}: {}", String::from_utf8_lossy(&ran.stderr));
    }
    assert_eq!(fs::read_dir(&good.out).unwrap().count(), 4);
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    let whole = store::to_text(&sample()).unwrap().into_bytes();
    let mut ends: Vec<usize> = (0..48).map(|part| whole.len() * part / 48).collect();
    ends.extend([1, 16, 17, 18, 30, 255, 256, 257, 4095, 4096, 8192, whole.len() - 3, whole.len() - 2]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cut.zonewright");
    for end in ends {
        fs::write(&file, &whole[..end]).unwrap();
        store::open(&file).map(|_| end).expect_err("a part is no project");
    }
    for end in [0, 30, 5000, whole.len() / 2, whole.len() - 2] {
        Bad::new(&whole[..end]).refused();
    }
}

#[test]
fn a_file_of_a_later_program_is_refused_for_that_reason() {
    for version in ["2", "99", "4294967295", "4294967296", "99999999999999999999999"] {
        let said = Bad::new(changed("zonewright: 1", &format!("zonewright: {version}"))).refused();
        assert_says(&said, "later version");
    }
}

#[test]
fn a_version_that_never_was_is_refused() {
    for version in ["0", "00", "-1", "one", "\"1\"", "1.5", "1e0", "0x1", "true", "()", ""] {
        Bad::new(changed("zonewright: 1", &format!("zonewright: {version}"))).refused();
    }
}

#[test]
fn an_id_that_leads_nowhere_is_named() {
    let outer = ZoneId::derived_from("outer").to_string();
    let stranger = ZoneId::derived_from("stranger").to_string();
    let conduit = ConduitId::derived_from("C-1").to_string();
    let evidence = EvidenceId::derived_from("EV-1").to_string();
    let cases = [
        (format!("parent: \"{outer}\""), format!("parent: \"{stranger}\""), &stranger),
        (format!("Inherited(\"{outer}\")"), format!("Inherited(\"{stranger}\")"), &stranger),
        (format!("Inherited(\"{outer}\")"), format!("Inherited(\"{conduit}\")"), &conduit),
        ("status: Met".to_owned(), format!("status: Met, evidence: [\"{evidence}\"]"), &evidence),
    ];
    for (from, to, missing) in cases {
        assert_says(&Bad::new(changed(&from, &to)).refused(), missing);
    }
}

/// Takes something out and leaves what names it.
fn torn_out(project: &Project, subject: Subject) -> Project {
    let mut torn = project.clone();
    macro_rules! tear {
        ($($kind:ident in $table:ident),*) => {
            match subject {
                $(Subject::$kind(id) => drop(torn.$table.remove(id)),)*
            }
        };
    }
    tear!(
        Zone in zones, Conduit in conduits, Asset in assets, Flow in flows, Evidence in evidence, Risk in risks,
        Action in actions, Acceptance in acceptances, VendorAccess in vendor_access, Exception in exceptions,
        ManualFinding in manual_findings, Measure in measures, Workshop in workshops, Baseline in baselines,
        Note in notes, View in views
    );
    torn
}

#[test]
fn whatever_is_torn_out_of_a_file_is_missed_where_it_is_named() {
    let mut whole = sample();
    whole.set_aside = Default::default();
    whole.baselines = Default::default();
    let (mut missed, mut unnamed) = (0, 0);
    for subject in whole.subjects().step_by(9) {
        let text = store::to_text(&torn_out(&whole, subject)).unwrap();
        if text.contains(&subject.to_string()) {
            assert_says(&damage(&text), &subject.to_string());
            missed += 1;
        } else {
            store::from_text(&text).unwrap();
            unnamed += 1;
        }
    }
    assert!(missed > 10 && unnamed > 0, "{missed} missed, {unnamed} named nowhere");
}

#[test]
fn a_requirement_that_the_standard_lacks_is_named() {
    for unknown in ["SR 1.99", "SR 1.1 RE 7"] {
        assert_says(&Bad::new(changed("\"SR 1.1\"", &format!("\"{unknown}\""))).refused(), unknown);
    }
    for nonsense in ["SR 9.1", "SR 1", "", "SR 1.1 RE 256"] {
        assert_says(&Bad::new(changed("\"SR 1.1\"", &format!("\"{nonsense}\""))).refused(), nonsense);
    }
}

#[test]
fn an_id_that_stands_twice_is_refused() {
    let text = text();
    let inner = ZoneId::derived_from("inner").to_string();
    let (before, rest) = text.split_once(&format!("\"{inner}\": (")).unwrap();
    let (zone, after) = rest.split_once("\n            ),\n").unwrap();
    let zone = format!("\"{inner}\": ({zone}\n            ),\n");
    let twice = format!("{before}{zone}{zone}{after}");
    assert_says(&Bad::new(twice).refused(), &inner);
}

#[test]
fn an_answer_or_a_field_that_stands_twice_is_refused() {
    let text = text();
    let line = text.lines().find(|line| line.contains("\"SR 1.1\": ")).unwrap();
    assert_says(&Bad::new(text.replacen(line, &format!("{line}\n{line}"), 1)).refused(), "SR 1.1");
    assert_says(&Bad::new(changed("tag: \"Z-1\",", "tag: \"Z-1\", tag: \"Z-3\",")).refused(), "tag");
}

#[test]
fn numbers_beyond_all_bounds_are_refused() {
    for number in ["NaN", "inf", "-inf", "1e39", "1e30", "-1e30", "1e999999999"] {
        for from in ["x: 10.5", "y: 20.0", "width: 300.0", "height: 200.0", "x: 12.5", "y: 40.0"] {
            let (field, _) = from.split_once(' ').unwrap();
            Bad::new(changed(from, &format!("{field} {number}"))).refused();
        }
    }
    for (from, to) in [
        ("width: 300.0", "width: 0.0"),
        ("height: 200.0", "height: -5.0"),
        ("criticality: 3", "criticality: 7"),
        ("criticality: 3", "criticality: 0"),
        ("criticality: 3", "criticality: 99999999999999999999999999"),
        ("2026-11-21", "2026-13-45"),
        ("2026-11-21", "99999-01-01"),
    ] {
        Bad::new(changed(from, to)).refused();
    }
}

#[test]
fn brackets_within_brackets_do_not_exhaust_the_program() {
    let deep = 200_000;
    let head = "(\n    zonewright: 1,\n    project: ";
    for bracket in ["(", "[", "{", "Some(", "/*", "(zones: ", "(scope: (assumptions: [", "(info: Some(", "{\"a\": "] {
        let said = Bad::new(format!("{head}{}", bracket.repeat(deep))).refused();
        assert!(said.len() < 1000, "{bracket}: the sentence repeats what it read");
    }
    for inside in ["tag: ", "parent: ", "sl_t: ", "frame: ", "trust: "] {
        for (open, close) in [("(", ")"), ("[", "]"), ("Some(", ")"), ("{\"a\": ", "}")] {
            let nested = format!("{inside}{}1{}, tag: \"Z-1\",", open.repeat(deep), close.repeat(deep));
            Bad::new(changed("tag: \"Z-1\",", &nested)).refused();
        }
    }
    // the version alone says that this can't be read; no bracket of it is looked at
    Bad::new(format!("{}zonewright: 1", "(".repeat(deep))).refused();
}

#[test]
fn other_kinds_of_files_are_no_projects() {
    let utf_16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text().encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let pdf = [&b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"[..], &[0; 5000]].concat();
    let foreign: [&[u8]; 9] = [
        b"",
        b"\n",
        &pdf,
        b"PK\x03\x04\x14\x00\x06\x00xl/workbook.xml",
        b"{\"zonewright\": 1, \"project\": {}}",
        b"tag,name\nZ-1,Dosing\n",
        b"(zonewright: 1)",
        &utf_16,
        &[0xff; 100_000],
    ];
    for content in foreign {
        assert_says(&Bad::new(content).refused(), "not a Zonewright project");
    }
}

#[test]
fn bytes_that_are_no_text_are_refused_wherever_they_stand() {
    let good = text().into_bytes();
    for at in [40, good.len() / 2, good.len() - 1] {
        for wrong in [&b"\xff\xfe"[..], b"\xc3", b"\xed\xa0\x80", b"\x00"] {
            let content = [&good[..at], wrong, &good[at..]].concat();
            Bad::new(content).refused();
        }
    }
}

#[test]
fn what_is_no_file_is_refused() {
    let missing = Bad::nothing();
    assert_says(&missing.refused(), "no such file");
    let folder = Bad::nothing();
    fs::create_dir(&folder.file).unwrap();
    assert_says(&folder.refused(), "folder");
    let mut under_a_file = Bad::new(text());
    under_a_file.file = under_a_file.file.join("plant.zonewright");
    under_a_file.refused();
}

/// 200 MB, all zero or all noise, with what stands before it.
fn large(head: &str, noise: bool) -> Bad {
    const MEGABYTES: usize = 200;
    let bad = Bad::nothing();
    let mut file = File::create(&bad.file).unwrap();
    file.write_all(head.as_bytes()).unwrap();
    if noise {
        let mut dice = fastrand::Rng::with_seed(62443);
        let mut block = vec![0; 1 << 20];
        dice.fill(&mut block);
        (0..MEGABYTES).for_each(|_| file.write_all(&block).unwrap());
    } else {
        file.set_len((MEGABYTES as u64) << 20).unwrap();
    }
    bad
}

#[test]
fn noise_is_refused_however_much_there_is() {
    for noise in [false, true] {
        assert_says(&large("", noise).refused(), "not a Zonewright project");
    }
}

#[test]
fn large_files_that_only_begin_as_projects_are_refused() {
    for noise in [false, true] {
        let bad = large(&text(), noise);
        let said = sentence(&run(&[Path::new("analyze"), &bad.file]));
        assert!(said.len() < 1000, "{said}");
    }
}

/// Runs a command in a shell that first limits what the program may use.
#[cfg(unix)]
fn run_limited(limit: &str, arguments: &[&Path]) -> Output {
    let script = format!("{limit}; exec \"$0\" \"$@\"");
    Command::new("sh").arg("-c").arg(script).arg(PROGRAM).args(arguments).output().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn noise_is_not_loaded_to_be_refused() {
    // in kilobytes: enough for a sample, far from enough for the file
    let limit = "ulimit -v 180000";
    let analyze = Path::new("analyze");
    let good = Bad::new(store::to_text(&sample()).unwrap());
    let ran = run_limited(limit, &[analyze, &good.file]);
    assert!(ran.status.success(), "a sample needs no more: {}", String::from_utf8_lossy(&ran.stderr));
    for noise in [false, true] {
        let bad = large("", noise);
        assert_says(&sentence(&run_limited(limit, &[analyze, &bad.file])), "not a Zonewright project");
    }
    let endless = Path::new("/dev/zero");
    assert_says(&sentence(&run_limited(limit, &[analyze, endless])), "not a Zonewright project");
}

/// The commands that write, with a place to write to.
fn writing(file: &Path, output: &Path) -> [Vec<PathBuf>; 5] {
    let with = |words: &[&str]| {
        let words = words.iter().map(PathBuf::from);
        words.chain([file.to_owned(), "-o".into(), output.to_owned()]).collect()
    };
    let new = vec!["new".into(), "-o".into(), output.to_owned()];
    [with(&["report"]), with(&["tracker"]), with(&["diagram"]), with(&["export", "tables"]), new]
}

fn refused_writing(command: &[PathBuf]) -> String {
    sentence(&run(&command.iter().map(PathBuf::as_path).collect::<Vec<_>>()))
}

#[test]
fn a_place_that_can_not_be_written_is_named_and_left_as_it_was() {
    let good = Bad::new(text());
    let before = fs::read(&good.file).unwrap();
    for ending in ["pdf", "xlsx", "svg"] {
        let under_a_file = good.file.join(format!("out.{ending}"));
        let in_no_folder = good.out.join("no").join("such").join(format!("folder.{ending}"));
        for (place, output) in [("a file", under_a_file), ("no folder", in_no_folder)] {
            for command in writing(&good.file, &output) {
                let kind = command[0].to_string_lossy().into_owned();
                let fits = match kind.as_str() {
                    "report" => ending == "pdf",
                    "tracker" => ending == "xlsx",
                    "diagram" => ending == "svg",
                    // tables make their folder
                    "export" => place == "a file",
                    _ => true,
                };
                if fits {
                    let said = refused_writing(&command);
                    assert_says(&said, &output.display().to_string());
                }
            }
        }
    }
    assert_eq!(fs::read(&good.file).unwrap(), before);
    assert_eq!(fs::read_dir(&good.out).unwrap().count(), 0);
}

#[test]
fn a_folder_or_a_read_only_file_is_not_replaced() {
    let good = Bad::new(text());
    let files = [("report.pdf", 0), ("tracker.xlsx", 1), ("diagram.svg", 2), ("new.zonewright", 4)];
    for (name, command) in files {
        let folder = good.out.join(format!("folder-{name}"));
        fs::create_dir(&folder).unwrap();
        assert_says(&refused_writing(&writing(&good.file, &folder)[command]), "folder");
        let kept = good.out.join(name);
        fs::write(&kept, "kept").unwrap();
        let mut permissions = fs::metadata(&kept).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&kept, permissions).unwrap();
        assert_says(
            &refused_writing(&writing(&good.file, &kept)[command]),
            if command == 4 { "there is a file" } else { "no permission" },
        );
        assert_eq!(fs::read(&kept).unwrap(), b"kept");
    }
    assert_eq!(fs::read_dir(&good.out).unwrap().count(), 8, "nothing lies beside them");
}

#[test]
fn an_ending_that_a_command_does_not_write_is_refused() {
    let good = Bad::new(text());
    for (command, name) in
        [(0, "report.doc"), (0, "report"), (1, "tracker.doc"), (1, "tracker"), (2, "diagram.bmp"), (2, "diagram")]
    {
        assert_says(&refused_writing(&writing(&good.file, &good.out.join(name))[command]), name);
    }
    assert_eq!(fs::read_dir(&good.out).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn a_disk_that_fills_up_leaves_the_old_file() {
    let good = Bad::new(store::to_text(&sample()).unwrap());
    for (name, command) in [("report.pdf", 0), ("tracker.xlsx", 1), ("diagram.svg", 2)] {
        let output = good.out.join(name);
        fs::write(&output, "old").unwrap();
        let command = &writing(&good.file, &output)[command];
        let arguments: Vec<&Path> = command.iter().map(PathBuf::as_path).collect();
        // no file may grow beyond a few kilobytes, and the program is told so instead of being ended
        let said = sentence(&run_limited("trap '' XFSZ; ulimit -f 8", &arguments));
        assert_says(&said, "could not write");
        assert_eq!(fs::read(&output).unwrap(), b"old");
    }
    assert_eq!(fs::read_dir(&good.out).unwrap().count(), 3, "no part of a file lies beside them");
}

#[cfg(unix)]
#[test]
fn what_is_there_is_replaced_only_when_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (plant, there, fresh, tables) =
        (at("plant.zonewright"), at("there.zonewright"), at("fresh.zonewright"), at("t"));
    store::save(&self::plant(), Path::new(&plant)).unwrap();
    let run = |arguments: &[&str]| Command::new(PROGRAM).args(arguments).output().unwrap();
    let ran = |arguments: &[&str]| assert!(run(arguments).status.success(), "{arguments:?}");
    ran(&["export", "tables", &plant, "-o", &tables]);
    ran(&["diagram", &plant, "-o", &at("plant.drawio")]);
    let (assets, drawing) = (at("t/assets.csv"), at("plant.drawio"));
    let makes: &[&[&str]] = &[
        &["new"],
        &["new", "--template", "gas-plant"],
        &["generate", "--zones", "3"],
        &["import", "tables", &tables],
        &["import", "drawing", &drawing],
        &["import", "drawio", &drawing],
        &["import", "assets", &assets],
        &["import", "assets", &assets, "--into", &plant],
    ];
    for make in makes {
        fs::write(&there, "hours of work").unwrap();
        let with = |more: &[&'static str]| {
            let output = ["-o", there.as_str()];
            let arguments: Vec<&str> = make.iter().copied().chain(output).chain(more.iter().copied()).collect();
            run(&arguments)
        };
        assert!(sentence(&with(&[])).contains("add --force to replace it"), "{make:?}");
        assert_eq!(fs::read_to_string(&there).unwrap(), "hours of work", "{make:?}");
        assert!(with(&["--force"]).status.success(), "{make:?}");
        assert!(store::open(Path::new(&there)).is_ok(), "{make:?}");
        let _ = fs::remove_file(&fresh);
        ran(&[*make, &["-o", &fresh]].concat());
    }
    fs::write(at("t/risks.csv"), "tag,title\nR-1,\"kept by hand\"\n").unwrap();
    assert!(sentence(&run(&["export", "tables", &plant, "-o", &tables])).contains("add --force"));
    assert!(fs::read_to_string(at("t/risks.csv")).unwrap().contains("kept by hand"));
    ran(&["export", "tables", &plant, "-o", &tables, "--force"]);
    assert!(!fs::read_to_string(at("t/risks.csv")).unwrap().contains("kept by hand"));
    // assets go into their own project without asking: that is what --into says
    ran(&["import", "assets", &assets, "--into", &plant]);
    ran(&["import", "assets", &assets, "--into", &plant, "-o", &plant]);
    ran(&["import", "assets", &assets, "--into", &plant, "-o", &there, "--dry-run"]);
}

#[test]
fn what_is_no_ordinary_file_is_never_replaced_by_one() {
    use std::os::unix::fs::FileTypeExt;
    let good = Bad::new(text());
    for (name, command) in [("report.pdf", 0), ("tracker.xlsx", 1), ("diagram.svg", 2), ("new.zonewright", 4)] {
        let socket = good.out.join(name);
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        refused_writing(&writing(&good.file, &socket)[command]);
        assert!(fs::metadata(&socket).unwrap().file_type().is_socket(), "{name} is still what it was");
    }
    assert_eq!(fs::read_dir(&good.out).unwrap().count(), 4);
}

#[test]
fn an_open_project_is_as_it_was_after_all_that_failed() {
    let mut session = Session::new(sample(), date(2026, 11, 21));
    let before = session.project().clone();
    let good = Bad::nothing();
    let failed = [
        store::open(&good.out).map(drop),
        store::open(&good.file).map(drop),
        store::save(session.project(), &good.out),
        store::save(session.project(), &good.out.join("no/such/folder.zonewright")),
    ];
    assert!(failed.iter().all(Result::is_err));
    let stranger = ZoneId::derived_from("stranger");
    let lost = zonewright::edit::Edit::Place(zonewright::edit::Place::Frames(vec![(stranger, Rect::default())]));
    assert!(session.apply(&lost).is_err() && session.preview(&lost).is_err());
    assert!(session.project().same(&before) && !session.is_dirty() && session.undo_label().is_none());
}

#[test]
fn tables_that_are_no_tables_make_no_project() {
    let folder = tempfile::tempdir().unwrap();
    let (tables, output) = (folder.path().join("tables"), folder.path().join("plant.zonewright"));
    let import = || sentence(&run(&[Path::new("import"), Path::new("tables"), &tables, Path::new("-o"), &output]));
    assert_says(&import(), "no such folder");
    fs::write(&tables, "tag\n").unwrap();
    assert_says(&import(), "folder");
    fs::remove_file(&tables).unwrap();
    fs::create_dir(&tables).unwrap();
    assert_says(&import(), "none of the tables");
    fs::create_dir(tables.join("zones.csv")).unwrap();
    import();
    assert!(!output.exists());
}
