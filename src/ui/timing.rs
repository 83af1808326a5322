//! What the last frames cost, part by part; F12 shows and hides it. Nothing is measured while it is hidden.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use egui::{Align2, Area, Context, Frame, Grid, Id, Key, Modifiers, Order, RichText, vec2};

use super::theme::strong;

/// As many frames are looked at.
const FRAMES: usize = 120;
/// After so many the panel has the size of what stands in it, and goes on to change in each.
const SETTLED: usize = 3;

/// A part of a frame, and what it took.
type Part = (&'static str, Duration);

#[derive(Clone, Default)]
struct Times {
    is_shown: bool,
    /// When the last part ended.
    since: Option<Instant>,
    now: Vec<Part>,
    frames: VecDeque<Vec<Part>>,
    /// How much of the window was painted again in the last frame.
    share: Option<f32>,
}

fn with<T>(ctx: &Context, change: impl FnOnce(&mut Times) -> T) -> T {
    ctx.data_mut(|data| change(data.get_temp_mut_or_default(Id::NULL)))
}

/// A frame begins. F12 shows or hides what frames cost.
pub(super) fn begin(ctx: &Context) {
    let is_asked = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::F12));
    with(ctx, |times| {
        if is_asked {
            *times = Times { is_shown: !times.is_shown, ..Times::default() };
        }
        if !times.is_shown {
            return;
        }
        let frame = std::mem::take(&mut times.now);
        if !frame.is_empty() {
            times.frames.push_back(frame);
        }
        let beyond = times.frames.len().saturating_sub(FRAMES);
        times.frames.drain(..beyond);
        times.since = Some(Instant::now());
    });
}

/// A part of the frame has ended.
pub(super) fn ended(ctx: &Context, part: &'static str) {
    with(ctx, |times| {
        if let Some(since) = times.since.filter(|_| times.is_shown) {
            let now = Instant::now();
            times.now.push((part, now - since));
            times.since = Some(now);
        }
    });
}

/// How much of the window was painted again.
pub(super) fn painted(ctx: &Context, share: f32) {
    with(ctx, |times| times.share = Some(share));
}

/// Whether each frame shows other figures than the one before, which are no reason for one more.
pub(super) fn keeps_changing(ctx: &Context) -> bool {
    with(ctx, |times| times.is_shown && times.frames.len() >= SETTLED)
}

/// Shows it over the lower right of the window.
pub(super) fn show(ctx: &Context) {
    let Times { is_shown, frames, share, .. } =
        with(ctx, |times| if times.is_shown { times.clone() } else { Times::default() });
    if !is_shown {
        return;
    }
    Area::new(Id::unique("frame times"))
        .order(Order::Tooltip)
        .anchor(Align2::RIGHT_BOTTOM, vec2(-12.0, -44.0))
        .interactable(false)
        .show(ctx, |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.label(strong(format!("The last {} frames, in milliseconds", frames.len())));
                Grid::new("times").num_columns(3).spacing(vec2(18.0, 2.0)).show(ui, |ui| {
                    row(ui, "", "median", "worst");
                    for (part, times) in by_part(&frames) {
                        let (median, worst) = median_and_worst(times);
                        row(ui, part, &format!("{median:.2}"), &format!("{worst:.2}"));
                    }
                });
                ui.label(match share {
                    Some(share) => format!("{:.1} % of the window was painted again", share * 100.0),
                    None => "What OpenGL paints is not counted".to_owned(),
                });
            });
        });
}

fn row(ui: &mut egui::Ui, part: &str, median: &str, worst: &str) {
    ui.label(part);
    for figure in [median, worst] {
        ui.label(RichText::new(figure).monospace());
    }
    ui.end_row();
}

/// The milliseconds of each part in each frame, in the order of the last frame, and of all together.
fn by_part(frames: &VecDeque<Vec<Part>>) -> Vec<(&'static str, Vec<f64>)> {
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    let sum = |frame: &Vec<Part>, part: Option<&str>| {
        frame
            .iter()
            .filter(|(name, _)| part.is_none_or(|part| part == *name))
            .map(|(_, time)| milliseconds(*time))
            .sum()
    };
    let mut parts: Vec<&'static str> = Vec::new();
    for (name, _) in frames.back().into_iter().flatten() {
        if !parts.contains(name) {
            parts.push(name);
        }
    }
    let all = ("All", frames.iter().map(|frame| sum(frame, None)).collect());
    parts
        .into_iter()
        .map(|part| (part, frames.iter().map(|frame| sum(frame, Some(part))).collect()))
        .chain([all])
        .collect()
}

fn median_and_worst(mut times: Vec<f64>) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    (times.get(times.len() / 2).copied().unwrap_or_default(), times.last().copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_added_up_by_frame_and_all_of_them_together() {
        let ms = Duration::from_millis;
        let frames = VecDeque::from([
            vec![("Page", ms(4)), ("Painting", ms(1))],
            vec![("Page", ms(2)), ("Painting", ms(1)), ("Page", ms(3))],
        ]);
        let parts = by_part(&frames);
        assert_eq!(parts.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["Page", "Painting", "All"]);
        assert_eq!(parts[0].1, [4.0, 5.0]);
        assert_eq!(median_and_worst(parts[2].1.clone()), (6.0, 6.0));
    }

    #[test]
    fn nothing_is_measured_until_it_is_shown() {
        let ctx = Context::default();
        begin(&ctx);
        ended(&ctx, "Page");
        assert!(with(&ctx, |times| times.now.is_empty()));
    }
}
