//! Cards: a title with chips in a line, and labelled facts over the whole width.

use super::figure::draw;
use super::flow::Flow;
use super::paragraph::{Lines, Setting};
use crate::drawing::shape::Stroke;
use crate::model::Point;
use crate::report::outline::{Card, Cell, Span};

/// Room for the labels.
const LABEL: f32 = 92.0;
/// White between a word and its chip, and between one chip and the next word.
const GAPS: (f32, f32) = (5.0, 16.0);
/// Height of the line of chips.
const CHIPS: f32 = 16.0;
/// White between facts.
const BETWEEN: f32 = 2.5;
/// A card is broken over pages only if it is higher than this part of a page.
const WHOLE: f32 = 0.3;
/// Lines of the first fact that stay with the title.
const FIRST_LINES: usize = 3;

fn setting(flow: &Flow) -> Setting {
    Setting { size: 8.5, leading: 11.8, color: flow.style.palette.text, strong: false }
}

fn title(flow: &Flow, card: &Card) -> Lines {
    let setting = Setting { size: 10.0, leading: 14.0, color: flow.style.palette.text, strong: true };
    flow.style.lines(&[Span::from(card.title.as_str())], setting, flow.body().width)
}

/// The facts, each with its label.
fn facts(flow: &Flow, card: &Card) -> Vec<(Lines, Lines)> {
    let setting = setting(flow);
    let weak = Setting { color: flow.style.palette.text_weak, ..setting };
    let fact = |(label, value): &(String, Vec<Span>)| {
        let label = flow.style.lines(&[Span::from(label.as_str())], weak, LABEL - 10.0);
        (label, flow.style.lines(value, setting, flow.body().width - LABEL))
    };
    card.facts.iter().map(fact).collect()
}

fn head(flow: &Flow, card: &Card) -> f32 {
    title(flow, card).height() + if card.chips.is_empty() { 2.0 } else { CHIPS + 2.0 }
}

/// The least room that a card needs where it begins: all of it unless it is long.
pub(super) fn least(flow: &Flow, card: &Card) -> f32 {
    let facts = facts(flow, card);
    let of = |(label, value): &(Lines, Lines)| label.height().max(value.height()) + BETWEEN;
    let all = head(flow, card) + facts.iter().map(of).sum::<f32>();
    if all < flow.body().height * WHOLE {
        return all;
    }
    let first = facts.first().map_or(0.0, |(_, value)| value.len().min(FIRST_LINES) as f32 * value.leading);
    head(flow, card) + first
}

/// Puts a card on the page and those after it.
pub(super) fn put(flow: &mut Flow, card: &Card) {
    let least = least(flow, card);
    flow.make_room(least);
    if let Some(anchor) = &card.anchor {
        flow.set_anchor(anchor);
    }
    let body = flow.body();
    let title = title(flow, card);
    title.put(&mut flow.page, Point::new(body.x, flow.y), body.width, false);
    flow.y += title.height();
    if !card.chips.is_empty() {
        chips(flow, card);
        flow.y += CHIPS;
    }
    flow.y += 2.0;
    for (label, mut value) in facts(flow, card) {
        flow.make_room(label.height().max(value.len().min(2) as f32 * value.leading));
        let (page, top) = (flow.pages.len(), flow.y);
        label.put(&mut flow.page, Point::new(body.x, flow.y), LABEL, false);
        flow.put_lines(&mut value, body.x + LABEL, body.width - LABEL);
        if flow.pages.len() == page {
            flow.y = flow.y.max(top + label.height());
        }
        flow.gap = BETWEEN;
    }
    flow.y += 6.0;
    flow.rule(flow.y, Stroke::solid(0.5, flow.style.palette.line));
    flow.gap = 9.0;
}

fn chips(flow: &mut Flow, card: &Card) {
    let setting = setting(flow);
    let weak = Setting { color: flow.style.palette.text_weak, ..setting };
    let (body, top) = (flow.body(), flow.y + (CHIPS - setting.leading) / 2.0);
    let mut x = body.x;
    for (label, cell) in &card.chips {
        let label = flow.style.lines(&[Span::from(label.as_str())], weak, body.width);
        label.put(&mut flow.page, Point::new(x, top), body.width, false);
        x += label.width() + GAPS.0;
        x += match cell {
            Cell::Text(spans) => {
                let lines = flow.style.lines(spans, setting, body.width);
                lines.put(&mut flow.page, Point::new(x, top), body.width, false);
                lines.width()
            }
            Cell::Drawing(drawing) => {
                let y = flow.y + (CHIPS - drawing.height) / 2.0;
                draw(&mut flow.page, drawing, Point::new(x, y), 1.0);
                drawing.width
            }
        };
        x += GAPS.1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::layout::lay_out;
    use crate::report::outline::{Block, Outline};

    #[test]
    fn a_short_card_stays_on_one_page_and_a_heading_with_it() {
        let fact = |label: &str| (label.to_owned(), vec!["What was found on site, and by whom. ".repeat(6).into()]);
        let card = Card {
            title: "R-01  Valve opened".into(),
            anchor: Some("card".into()),
            chips: vec![("Today".into(), "high".into())],
            facts: vec![fact("Scenario"), fact("Weak points"), fact("Last")],
        };
        for lines in 0..40 {
            let mut blocks = vec![Block::Paragraph(vec!["A line.".into()]); lines];
            blocks.push(Block::Heading { level: 2, text: "Detailed".into(), anchor: Some("heading".into()) });
            blocks.push(Block::Card(card.clone()));
            let document = lay_out(&Outline { blocks, ..Outline::default() }, &mut |_| true).expect("nobody stops it");
            let page = document.anchors["card"].page;
            assert_eq!(document.anchors["heading"].page, page, "after {lines} lines");
            assert_eq!(document.pages.len() - 1, page, "after {lines} lines");
        }
    }
}
