//! Days of tables that are half typed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::store::Unfinished;

/// What was typed as a day and is none yet.
#[derive(Serialize, Deserialize)]
pub struct DayDraft {
    pub table: String,
    pub row: usize,
    pub column: usize,
    /// The words of its row, by which it is found again when rows move.
    pub beside: Vec<String>,
    pub over: Option<Date>,
    #[serde(skip)]
    pub text: String,
}

/// Where days of tables are kept.
const DAY: &str = "day in a table";

impl DayDraft {
    /// For a copy that outlives a crash.
    pub fn unfinished(&self) -> Option<Unfinished> {
        let about = ron::to_string(self).ok()?;
        Some(Unfinished { place: DAY.to_owned(), about, text: self.text.clone(), over: String::new() })
    }

    /// What it was before a crash; `None` where something else was typed.
    pub fn of(unfinished: &Unfinished) -> Option<Self> {
        let draft: Self = (unfinished.place == DAY).then(|| ron::from_str(&unfinished.about).ok())??;
        Some(Self { text: unfinished.text.clone(), ..draft })
    }
}
