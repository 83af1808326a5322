//! The columns of the register: what each says of a scenario, and what it is sorted by.

use std::cmp::Ordering;

use egui::{RichText, Ui};
use egui_extras::Column;

use super::filter::{actions, is_accepted, is_tolerable, tolerable_at, tolerable_words};
use crate::hands::rate;
use crate::model::{AssessmentStage, RatedAt, Risk, RiskId};
use crate::ui::context::Context;
use crate::ui::theme::{color32, strong};
use crate::ui::widgets::{chip, risk_chip, risk_word};

/// What stands in a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    #[default]
    Tag,
    Title,
    Where,
    Worst,
    Unmitigated,
    Current,
    Residual,
    Tolerable,
    Accepted,
    Actions,
    Owner,
}

impl Part {
    pub const ALL: [Self; 11] = [
        Self::Tag,
        Self::Title,
        Self::Where,
        Self::Worst,
        Self::Unmitigated,
        Self::Current,
        Self::Residual,
        Self::Tolerable,
        Self::Accepted,
        Self::Actions,
        Self::Owner,
    ];

    /// The most telling ones in this much room.
    pub fn in_room(width: f32) -> &'static [Self] {
        match width {
            ..640.0 => &[Self::Tag, Self::Title, Self::Current, Self::Residual],
            640.0..900.0 => {
                &[Self::Tag, Self::Title, Self::Unmitigated, Self::Current, Self::Residual, Self::Tolerable]
            }
            900.0..1240.0 => &[
                Self::Tag,
                Self::Title,
                Self::Where,
                Self::Unmitigated,
                Self::Current,
                Self::Residual,
                Self::Tolerable,
                Self::Actions,
            ],
            _ => &Self::ALL,
        }
    }

    /// Its heading.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Tag => "Tag",
            Self::Title => "Scenario",
            Self::Where => "Where",
            Self::Worst => "Worst",
            Self::Unmitigated => "Unmitigated",
            Self::Current => "Today",
            Self::Residual => "After the plan",
            Self::Tolerable => "Tolerable",
            Self::Accepted => "Accepted",
            Self::Actions => "Actions",
            Self::Owner => "Owner",
        }
    }

    /// What the heading means.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Tag | Self::Title | Self::Owner => "Sort",
            Self::Where => "Zones and conduits that it touches",
            Self::Worst => "The worst consequence with nothing against it",
            Self::Unmitigated => "The risk with nothing against it",
            Self::Current => "The risk as things stand today",
            Self::Residual => "The risk after the planned actions",
            Self::Tolerable => "From when on it may stay without an acceptance",
            Self::Accepted => "Whether an acceptance in force names it",
            Self::Actions => "How many actions treat it",
        }
    }

    pub fn column(self, scale: f32) -> Column {
        let fixed = |width: f32| Column::initial(width * scale).at_least(44.0).clip(true);
        match self {
            Self::Tag => fixed(62.0),
            // takes what the others leave, whatever their widths
            Self::Title => Column::remainder().at_least(130.0).clip(true).resizable(false),
            Self::Where | Self::Unmitigated => fixed(92.0),
            Self::Worst => fixed(84.0),
            Self::Current => fixed(64.0),
            Self::Residual | Self::Tolerable => fixed(102.0),
            Self::Accepted => fixed(72.0),
            Self::Actions => fixed(58.0),
            Self::Owner => fixed(100.0),
        }
    }

    /// What it says in words, for the clipboard.
    pub fn text(self, ctx: &Context, id: RiskId, risk: &Risk) -> String {
        let matrix = &ctx.project.settings.matrix;
        let level = |at| risk.level(at, matrix).map(|it| risk_word(matrix, it)).unwrap_or_default();
        let yes = |it: bool| if it { "yes" } else { "no" }.to_owned();
        match self {
            Self::Tag => risk.tag.clone(),
            Self::Title => risk.title.clone(),
            Self::Where => places(ctx, risk).join(", "),
            Self::Worst => risk.consequences.worst().map(|it| rate::name(&matrix.consequence, it)).unwrap_or_default(),
            Self::Unmitigated => level(RatedAt::Unmitigated),
            Self::Current => level(RatedAt::Current),
            Self::Residual => level(RatedAt::Residual),
            Self::Tolerable => tolerable_words(ctx.project, risk).unwrap_or_default(),
            Self::Accepted => yes(is_accepted(ctx.project, id, ctx.analysis.as_of)),
            Self::Actions => actions(ctx.project, risk).to_string(),
            Self::Owner => risk.owner.clone(),
        }
    }

    /// Which of two scenarios comes first: what needs most first, words in their order.
    pub fn order(self, ctx: &Context, one: (RiskId, &Risk), other: (RiskId, &Risk)) -> Ordering {
        let matrix = &ctx.project.settings.matrix;
        let level = |at: RatedAt| other.1.level(at, matrix).cmp(&one.1.level(at, matrix));
        let accepted = |it: (RiskId, &Risk)| is_accepted(ctx.project, it.0, ctx.analysis.as_of);
        let by_part = match self {
            Self::Tag => Ordering::Equal,
            Self::Title => one.1.title.to_lowercase().cmp(&other.1.title.to_lowercase()),
            Self::Where => places(ctx, one.1).cmp(&places(ctx, other.1)),
            Self::Worst => other.1.consequences.worst().cmp(&one.1.consequences.worst()),
            Self::Unmitigated => level(RatedAt::Unmitigated),
            Self::Current => level(RatedAt::Current),
            Self::Residual => level(RatedAt::Residual),
            Self::Tolerable => {
                let rank = |risk| {
                    let now = tolerable_at(ctx.project, risk, RatedAt::Current) == Some(true);
                    match is_tolerable(ctx.project, risk) {
                        Some(false) => 0,
                        None => 1,
                        Some(true) => 2 + u8::from(now),
                    }
                };
                rank(one.1).cmp(&rank(other.1))
            }
            Self::Accepted => accepted(other).cmp(&accepted(one)),
            Self::Actions => actions(ctx.project, one.1).cmp(&actions(ctx.project, other.1)),
            Self::Owner => one.1.owner.to_lowercase().cmp(&other.1.owner.to_lowercase()),
        };
        by_part.then_with(|| tag_order(&one.1.tag).cmp(&tag_order(&other.1.tag)))
    }

    /// Shows it.
    pub fn show(self, ui: &mut Ui, ctx: &Context, id: RiskId, risk: &Risk) {
        let (palette, matrix) = (ctx.palette, &ctx.project.settings.matrix);
        let text = |ui: &mut Ui, text: RichText| {
            ui.add(egui::Label::new(text).truncate().selectable(false));
        };
        let has_likelihood = risk.stage == AssessmentStage::Detailed;
        let level = |ui: &mut Ui, at| {
            if has_likelihood {
                risk_chip(ui, palette, matrix, risk.level(at, matrix));
            }
        };
        match self {
            Self::Tag => {
                let is_named =
                    ctx.selection.subjects.iter().filter_map(|it| it.target()).any(|it| risk.targets.contains(&it));
                let tag = if is_named {
                    strong(format!("• {}", risk.tag)).color(color32(palette.accent))
                } else {
                    strong(&risk.tag)
                };
                text(ui, tag);
            }
            Self::Title => {
                if risk.stage == AssessmentStage::Initial {
                    chip(ui, "initial", (palette.hint_soft, palette.hint));
                }
                let is_blank = risk.title.trim().is_empty();
                text(ui, if is_blank { RichText::new("untitled").weak() } else { RichText::new(&risk.title) });
            }
            Self::Unmitigated if !has_likelihood => {
                let worst = risk.consequences.worst().map(|it| rate::name(&matrix.consequence, it));
                text(ui, RichText::new(worst.unwrap_or("–".to_owned())));
            }
            Self::Unmitigated => level(ui, RatedAt::Unmitigated),
            Self::Current => level(ui, RatedAt::Current),
            Self::Residual => level(ui, RatedAt::Residual),
            Self::Tolerable => {
                let [now, then] = [RatedAt::Current, RatedAt::Residual].map(|at| tolerable_at(ctx.project, risk, at));
                let shown = match (now, then.or(now)) {
                    _ if !has_likelihood => None,
                    (_, Some(false)) => Some(chip(ui, "above", (palette.error_soft, palette.error))),
                    (Some(true), _) => Some(chip(ui, "today", (palette.good_soft, palette.good))),
                    (_, Some(true)) => Some(chip(ui, rate::moment(RatedAt::Residual), (palette.sunken, palette.text))),
                    (_, None) => {
                        text(ui, RichText::new("–").weak());
                        None
                    }
                };
                if let Some((shown, words)) = shown.zip(tolerable_words(ctx.project, risk)) {
                    shown.on_hover_text(words);
                }
            }
            Self::Accepted => {
                if is_accepted(ctx.project, id, ctx.analysis.as_of) {
                    chip(ui, "accepted", (palette.hint_soft, palette.hint));
                }
            }
            Self::Actions => match actions(ctx.project, risk) {
                _ if !has_likelihood => (),
                0 if is_tolerable(ctx.project, risk) == Some(false) => {
                    chip(ui, "none", (palette.warning_soft, palette.warning));
                }
                count => text(ui, RichText::new(count.to_string())),
            },
            Self::Where | Self::Worst | Self::Owner => text(ui, RichText::new(self.text(ctx, id, risk))),
        }
    }
}

/// The tags of what it touches.
fn places<'a>(ctx: &Context<'a>, risk: &Risk) -> Vec<&'a str> {
    let mut tags: Vec<&str> = risk.targets.iter().map(|&it| ctx.project.target_tag(it)).collect();
    tags.sort_unstable();
    tags
}

/// What tags are sorted by, so that R-9 comes before R-10.
pub(super) fn tag_order(tag: &str) -> (&str, u64, usize) {
    let stem = tag.trim_end_matches(|it: char| it.is_ascii_digit());
    let figures = tag.strip_prefix(stem).unwrap_or_default();
    (stem, figures.parse().unwrap_or(0), figures.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_in_the_order_of_their_numbers() {
        let mut tags = ["R-10", "R-9", "HAZ-2", "R-", "R-009", "99999999999999999999999"];
        tags.sort_by(|one, next| tag_order(one).cmp(&tag_order(next)));
        assert_eq!(tags, ["99999999999999999999999", "HAZ-2", "R-", "R-9", "R-009", "R-10"]);
    }
}
