//! What views ask for. A view changes nothing itself: it sends actions, and the app
//! carries them out after the frame.

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::Arc;

use crate::analysis::{ScopePart, Severity};
use crate::drawing::Preset;
use crate::edit::Edit;
use crate::model::{
    BaselineId, EvidenceId, Fr, GapKey, Layer, NoteKind, Overlay, RequirementId, SetAside, Subject, Target,
    ValidationStep, ViewId, WorkshopId, ZcrId,
};
use crate::report::Profile;
use crate::templates::Template;
use crate::ui::answering::AnswerAction;
use crate::ui::library::LibraryAction;
use crate::ui::views::{RiskAction, TakeOver};

/// A step of the work, a page of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// What is done, what blocks, what is next.
    #[default]
    Overview,
    /// The requirements of IEC 62443-3-2 in their order.
    Path,
    /// The system under consideration.
    Scope,
    /// Zones and conduits.
    Diagram,
    /// What could happen, how bad and how likely.
    Risk,
    /// Answers and levels.
    Requirements,
    /// Sessions with the people of the plant.
    Workshop,
    /// What falls short.
    Gaps,
    /// What is to be done.
    Plan,
    /// What is handed over.
    Report,
    /// Two states of the assessment side by side.
    Compare,
}

impl View {
    /// All views in the order of the work.
    pub const ALL: [Self; 11] = [
        Self::Overview,
        Self::Path,
        Self::Scope,
        Self::Diagram,
        Self::Risk,
        Self::Requirements,
        Self::Workshop,
        Self::Gaps,
        Self::Plan,
        Self::Report,
        Self::Compare,
    ];

    /// What the rail calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Path => "ZCR path",
            Self::Scope => "Scope",
            Self::Diagram => "Diagram",
            Self::Risk => "Risk",
            Self::Requirements => "Requirements",
            Self::Workshop => "Workshop",
            Self::Gaps => "Gaps",
            Self::Plan => "Plan",
            Self::Report => "Report",
            Self::Compare => "Compare",
        }
    }
}

/// A stop of the ZCR path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Waypoint {
    /// A requirement of IEC 62443-3-2.
    Requirement(ZcrId),
    /// A step of validation before remediation.
    Step(ValidationStep),
}

/// What is selected, in every view at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// What is selected, the first the most important.
    pub subjects: Vec<Subject>,
    /// The requirement of the selected target that is looked at.
    pub requirement: Option<RequirementId>,
}

impl Selection {
    /// One subject.
    pub fn of(subject: impl Into<Subject>) -> Self {
        Self { subjects: vec![subject.into()], requirement: None }
    }

    /// A requirement at a target.
    pub fn answer(target: Target, requirement: RequirementId) -> Self {
        Self { subjects: vec![target.into()], requirement: Some(requirement) }
    }

    /// The only subject, if there is exactly one.
    pub fn only(&self) -> Option<Subject> {
        match self.subjects.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The only target, if there is exactly one subject and it is one.
    pub fn target(&self) -> Option<Target> {
        self.only()?.target()
    }

    /// Whether a subject is among the selected.
    pub fn contains(&self, subject: impl Into<Subject>) -> bool {
        self.subjects.contains(&subject.into())
    }
}

/// Something to be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// The gap report.
    Report(Profile),
    /// The tracker as a workbook.
    Tracker,
    /// The diagram, or a part of it, as a picture or a drawing of another tool, as the file's name says.
    Diagram(Extent),
    /// The project as a folder of tables.
    Tables,
    /// The comparison that is shown.
    Comparison,
    /// The minutes of a workshop.
    Minutes(WorkshopId),
}

/// What workshop mode is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkshopAction {
    /// Hold this workshop, or the one looked at last; where one is held, leave it.
    Start(Option<WorkshopId>),
    /// Go back to the page.
    Leave,
    /// Show the room's view in a window of its own, or in the only one.
    SecondWindow,
    /// Export the minutes of the workshop looked at last.
    Minutes,
}

/// What a page is asked for from elsewhere, such as by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageAction {
    /// Keep the assessment as it stands today.
    TakeBaseline,
    /// Name, date and delete baselines.
    Baselines,
    /// Compare with this one.
    CompareWith(BaselineId),
    /// Prepare a workshop.
    NewWorkshop,
    /// Plan something.
    NewAction,
    /// Write down a finding of an audit.
    NewFinding,
    /// Take over many answers for the selected targets.
    TakeOver(TakeOver),
    /// Show all targets side by side.
    Targets,
}

impl PageAction {
    /// The page that does it.
    pub const fn view(self) -> View {
        match self {
            Self::TakeBaseline | Self::Baselines | Self::CompareWith(_) => View::Compare,
            Self::NewWorkshop => View::Workshop,
            Self::NewAction => View::Plan,
            Self::NewFinding => View::Gaps,
            Self::TakeOver(_) | Self::Targets => View::Requirements,
        }
    }
}

/// What to do about the window and files.
#[derive(Clone, Debug, PartialEq)]
pub enum FileAction {
    /// Begin an empty project.
    New,
    /// Ask for a project file and open it.
    Open,
    /// Open this file.
    OpenPath(PathBuf),
    /// Open a sample by its place among the samples.
    OpenSample(usize),
    /// Offer the unsaved work that other windows left behind.
    OfferRecovered,
    /// Go on with the work in this copy, which is offered.
    OpenRecovered(PathBuf),
    /// Begin a project with a template.
    OpenTemplate(Box<Template>),
    /// Build a project from a folder of tables.
    ImportTables,
    /// Ask for a drawing of another tool and show what is understood of it.
    ImportDrawing,
    /// Show what is understood of this drawing.
    ImportDrawingPath(PathBuf),
    /// Import the drawing on the staging screen as a new project.
    ImportStaged,
    /// Import the drawing on the staging screen beside what the open project holds.
    ImportBeside,
    /// Take assets from a table into the open project.
    ImportAssets,
    /// Take consequences from a worksheet of a HAZOP into the open project.
    ImportHazop,
    /// Take assets from this table.
    ImportAssetsPath(PathBuf),
    /// Take consequences from this worksheet of a HAZOP.
    ImportHazopPath(PathBuf),
    /// Attach these files to answers as evidence.
    AttachFiles(Vec<PathBuf>, Vec<GapKey>),
    /// Attach a pasted picture to answers as evidence.
    AttachPicture(Arc<egui::ColorImage>, Vec<GapKey>),
    /// Open what a piece of evidence is.
    OpenEvidence(EvidenceId),
    /// Ask for a project file to compare with, and read it.
    OpenToCompare,
    /// Save; asks for a place where there is none.
    Save,
    /// Ask for a place and save there.
    SaveAs,
    /// Ask for a place and export there.
    Export(Export),
    /// Take a file out of the recent ones.
    Forget(PathBuf),
    /// End the program, asking about unsaved work.
    Quit,
}

/// What a view asks for.
#[derive(Clone, Debug)]
pub enum Action {
    /// Change the project as one step.
    Edit(Edit),
    /// Change the project while something is typed or turned; one key is one step.
    Type(Edit, egui::Id),
    /// Change the project without a step to take back, as a clock does.
    Quietly(Edit),
    /// Hold a workshop.
    Workshop(WorkshopAction),
    /// What is typed next is a new step.
    EndTyping,
    /// Show a drag under way.
    Preview(Edit),
    /// End a drag as one step.
    Commit,
    /// Take a drag back.
    Abort,
    /// Take the last step back.
    Undo,
    /// Do the step taken back last again.
    Redo,
    /// Select.
    Select(Selection),
    /// Go to a view.
    Go(View),
    /// Go to a view and select there.
    GoTo(View, Selection),
    /// Go to where it is said why the SL-T of a target is what it is, for all FRs.
    SayWhy(Target),
    /// Go to a stop of the ZCR path.
    Waypoint(Waypoint),
    /// Go to a part of the scope.
    ScopePart(ScopePart),
    /// Go back to where one was.
    Back,
    /// Go forward again.
    Forward,
    /// Open or close the finder.
    Finder(bool),
    /// Show the findings of a severity in their list.
    ShowFindings(Severity),
    /// Go to the next finding in the diagram, or to the one before.
    NextFinding(bool),
    /// Ask why a finding is to be set aside.
    AskSetAside(String),
    /// Set a finding aside or take it back.
    SetAside(String, Option<SetAside>),
    /// Goes to the diagram with a tool in hand.
    Draw(super::canvas::Tool),
    /// Lay out everything, or what is selected, and show that to be kept or taken back.
    LayOut(bool),
    /// Goes to the diagram and does this there.
    Canvas(super::canvas::Command),
    /// Goes to the first field of the inspector.
    EnterInspector,
    /// Says something in the status bar.
    Say(String),
    /// Show the whole diagram, or what is selected.
    Fit(bool),
    /// Put the diagram, or a part of it, into the clipboard as an image.
    CopyPicture(Extent),
    /// Something in the diagram's own workspace.
    Diagram(DiagramAction),
    /// Keep in mind that this command was chosen in the finder.
    Chose(String),
    /// Choose the look.
    Appearance(super::theme::Appearance),
    /// Choose who paints the window from the next start on.
    Renderer(crate::store::Renderer),
    /// Show or hide the inspector.
    Inspector(bool),
    /// Show or hide help for this screen.
    Help(bool),
    /// Show or hide About.
    About(bool),
    /// Files and the window.
    File(FileAction),
    /// Answers, their texts and evidence.
    Answers(AnswerAction),
    /// Templates and parts.
    Library(LibraryAction),
    /// Goes to the Risk page and does this there.
    Risk(RiskAction),
    /// Goes to its page and does this there.
    Page(PageAction),
    /// Open a file or folder outside the program.
    Reveal(PathBuf),
    /// Cancel the background job.
    CancelJob,
    /// Put the notice away.
    Dismiss,
}

/// How much of the diagram a picture shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// Everything.
    #[default]
    All,
    /// What is selected, with what lies in it.
    Selection,
    /// What is seen.
    Seen,
}

/// What the diagram's workspace is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum DiagramAction {
    /// Select, and move there if it can't be seen.
    Fly(Selection),
    /// Show or hide the outline.
    Outline,
    /// Open the bar that finds in the diagram.
    Find,
    /// Fly to what was found, or jump there.
    Motion,
    /// Show one of the project's views, or the whole plant.
    View(Option<ViewId>),
    /// Add a view from a preset, or from what is shown.
    NewView(Option<Preset>),
    /// Hide what is selected in the view.
    HideSelection,
    /// Leave only what is selected and its neighbours in the view.
    OnlySelection,
    /// Hide nothing in the view any more.
    ShowAll,
    /// Put a note, a title or a legend into the middle.
    AddNote(NoteKind),
    /// Show a layer, or leave it out.
    Layer(Layer),
    /// What the colours tell.
    Colours(Overlay),
    /// The FR that the colours tell of; `None`: the worst.
    ColoursOf(Option<Fr>),
    /// Show or hide the list of asset types and parts.
    Parts,
}

/// Actions sent during a frame.
#[derive(Debug, Default)]
pub struct Actions(RefCell<Vec<Action>>);

impl Actions {
    /// Asks for something.
    pub fn send(&self, action: Action) {
        self.0.borrow_mut().push(action);
    }

    /// Takes everything asked for.
    pub fn take(&self) -> Vec<Action> {
        self.0.take()
    }
}
