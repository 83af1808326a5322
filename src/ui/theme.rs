//! Fonts and looks of the window, from the same palette and faces as the diagram and the report.

use std::sync::Arc;

use egui::style::{Selection, WidgetVisuals};
use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, RichText, Shadow, Stroke, TextStyle,
    Theme, ThemePreference, Visuals,
};

use crate::drawing::palette::{Color, Palette};
use crate::text::Face;

/// The family of titles and what matters.
const SEMI_BOLD: &str = "semibold";

/// Which look the window has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Appearance {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// Every text at 7 to 1 or better.
    HighContrast,
    /// Light, with larger type and heavier lines, for a room.
    Projector,
}

impl Appearance {
    /// All of them in the order of the menu.
    pub const ALL: [Self; 5] = [Self::System, Self::Light, Self::Dark, Self::HighContrast, Self::Projector];

    /// What the menu and the preferences call it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::HighContrast => "high contrast",
            Self::Projector => "projector",
        }
    }

    /// The colours of the light theme under this appearance.
    fn light_palette(self) -> &'static Palette {
        match self {
            Self::System | Self::Light | Self::Dark => Palette::light(),
            Self::HighContrast => Palette::high_contrast(),
            Self::Projector => Palette::projector(),
        }
    }

    /// The one of this word; the system's for any other word.
    pub fn from_word(word: &str) -> Self {
        Self::ALL.into_iter().find(|it| it.word() == word).unwrap_or_default()
    }
}

/// Sets fonts and both looks; once, at the start.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts());
    // a desktop that does not say gets what projectors and paper show best
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
    for (theme, palette) in [(Theme::Light, Palette::light()), (Theme::Dark, Palette::dark())] {
        set_style(ctx, theme, palette);
        ctx.style_mut_of(theme, |style| {
            style.spacing.item_spacing = egui::vec2(8.0, 6.0);
            style.spacing.button_padding = egui::vec2(9.0, 4.0);
            style.spacing.interact_size.y = 26.0;
            style.spacing.menu_margin = egui::Margin::same(6);
            style.spacing.combo_width = 120.0;
            style.spacing.tooltip_width = 420.0;
            style.interaction.tooltip_delay = 0.4;
            // nothing moves by itself: an idle window costs nothing
            style.animation_time = 0.0;
            style.scroll_animation = egui::style::ScrollAnimation::none();
            // a list ends where it ends, and does not spring back
            style.spacing.scroll.kinetic.rubber_band = false;
        });
    }
}

/// Colours and sizes of type of a theme.
fn set_style(ctx: &Context, theme: Theme, palette: &'static Palette) {
    ctx.style_mut_of(theme, |style| {
        style.visuals = visuals(palette, theme == Theme::Dark);
        let size = |size: f32| size * palette.type_size;
        style.text_styles = [
            (TextStyle::Heading, FontId::new(size(20.0), FontFamily::Name(SEMI_BOLD.into()))),
            (TextStyle::Body, FontId::proportional(size(13.5))),
            (TextStyle::Button, FontId::proportional(size(13.5))),
            (TextStyle::Small, FontId::proportional(size(11.5))),
            (TextStyle::Monospace, FontId::monospace(size(12.5))),
            (style_of(STRONG), font(Face::SemiBold, size(13.5))),
            (style_of(TITLE), font(Face::SemiBold, size(15.5))),
        ]
        .into();
    });
}

/// Gives a part of the window the colours of a palette, in the type that it has.
pub fn dress(ui: &mut egui::Ui, palette: &Palette) {
    let is_dark = ui.visuals().dark_mode;
    *ui.visuals_mut() = visuals(palette, is_dark);
}

/// Where the context keeps which appearance was chosen.
fn chosen() -> egui::Id {
    egui::Id::unique("appearance")
}

/// Chooses the look.
pub fn choose(ctx: &Context, appearance: Appearance) {
    ctx.data_mut(|data| data.insert_temp(chosen(), appearance));
    // the toolkit has two themes: the further looks take the place of the light one
    set_style(ctx, Theme::Light, appearance.light_palette());
    ctx.set_theme(match appearance {
        Appearance::System => ThemePreference::System,
        Appearance::Light | Appearance::HighContrast | Appearance::Projector => ThemePreference::Light,
        Appearance::Dark => ThemePreference::Dark,
    });
}

/// The palette of the look in force.
pub fn palette(ctx: &Context) -> &'static Palette {
    match ctx.theme() {
        Theme::Light => ctx.data(|data| data.get_temp::<Appearance>(chosen())).unwrap_or_default().light_palette(),
        Theme::Dark => Palette::dark(),
    }
}

fn fonts() -> FontDefinitions {
    // egui's own families stay behind ours, for signs that ours lacks
    let mut fonts = FontDefinitions::default();
    for (name, face) in [("plex", Face::Regular), (SEMI_BOLD, Face::SemiBold)] {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(face.bytes())));
    }
    let fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let behind = |first: &str| std::iter::once(first.to_owned()).chain(fallback.iter().cloned()).collect::<Vec<_>>();
    fonts.families.insert(FontFamily::Proportional, behind("plex"));
    fonts.families.insert(FontFamily::Name(SEMI_BOLD.into()), behind(SEMI_BOLD));
    fonts
}

/// A colour as egui has it.
pub fn color32(color: Color) -> Color32 {
    Color32::from_rgba_unmultiplied(color.r, color.g, color.b, color.a)
}

/// The font of a face at a size.
pub fn font(face: Face, size: f32) -> FontId {
    match face {
        Face::Regular => FontId::proportional(size),
        Face::SemiBold => FontId::new(size, FontFamily::Name(SEMI_BOLD.into())),
    }
}

/// Text in the heavier face, at the size of running text.
pub fn strong(text: impl Into<String>) -> RichText {
    RichText::new(text).text_style(style_of(STRONG))
}

/// A heading inside a page.
pub fn title(text: impl Into<String>) -> RichText {
    RichText::new(text).text_style(style_of(TITLE))
}

/// Styles of type that the toolkit does not have by itself.
const STRONG: &str = "strong";
const TITLE: &str = "title";

fn style_of(name: &str) -> TextStyle {
    TextStyle::Name(name.into())
}

fn visuals(palette: &Palette, dark: bool) -> Visuals {
    let base = if dark { Visuals::dark() } else { Visuals::light() };
    let line = Stroke::new(palette.line_weight, color32(palette.line));
    let strong_line = Stroke::new(palette.line_weight, color32(palette.line_strong));
    let text = Stroke::new(1.0, color32(palette.text));
    let radius = CornerRadius::same(5);
    let widget = |fill: Color, edge: Stroke, ink: Stroke| WidgetVisuals {
        bg_fill: color32(fill),
        weak_bg_fill: color32(fill),
        bg_stroke: edge,
        corner_radius: radius,
        fg_stroke: ink,
        expansion: 0.0,
    };
    let accent = Stroke::new(1.5, color32(palette.accent));
    let mut visuals = Visuals {
        dark_mode: dark,
        override_text_color: None,
        weak_text_color: Some(color32(palette.text_weak)),
        hyperlink_color: color32(palette.accent),
        faint_bg_color: color32(palette.window),
        extreme_bg_color: color32(palette.raised),
        text_edit_bg_color: Some(color32(palette.raised)),
        code_bg_color: color32(palette.sunken),
        warn_fg_color: color32(palette.warning),
        error_fg_color: color32(palette.error),
        window_corner_radius: CornerRadius::same(8),
        window_fill: color32(palette.raised),
        window_stroke: strong_line,
        menu_corner_radius: CornerRadius::same(6),
        panel_fill: color32(palette.panel),
        selection: Selection {
            bg_fill: color32(palette.accent_soft),
            stroke: Stroke::new(1.0, color32(palette.accent)),
        },
        ..base
    };
    visuals.widgets.noninteractive = widget(palette.panel, line, text);
    visuals.widgets.inactive = widget(palette.raised, strong_line, text);
    visuals.widgets.hovered = widget(palette.sunken, strong_line, text);
    visuals.widgets.active = widget(palette.accent_soft, accent, text);
    visuals.widgets.open = widget(palette.sunken, strong_line, text);
    visuals.window_shadow = Shadow { offset: [0, 6], blur: 20, spread: 0, color: color32(palette.shadow) };
    visuals.popup_shadow = Shadow { offset: [0, 3], blur: 10, spread: 0, color: color32(palette.shadow) };
    visuals.text_cursor.blink = false;
    visuals.text_cursor.stroke = Stroke::new(2.0, color32(palette.accent));
    visuals.slider_trailing_fill = true;
    visuals.striped = false;
    visuals
}
