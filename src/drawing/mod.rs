//! The diagram as data: where things are placed, what is drawn, and the writers
//! of pictures. The canvas, SVG, PNG and PDF paint one and the same drawing.

mod dense;
mod grid;
pub mod hull;
pub mod icons;
mod layers;
pub mod layout;
pub mod levels;
pub mod metrics;
pub mod pages;
pub mod palette;
mod picture;
mod place;
mod png;
mod presets;
pub mod risk_level;
pub mod route;
pub mod scene;
pub mod shape;
mod shown;
mod spread;
mod svg;
mod thumbnail;

pub use picture::{Part, Picture, frame_around};
pub use place::{AssetPlaces, asset_places, cell_at, free_cells};
pub use png::{Pixels, PngError, icon_sheet, to_pixels, to_png};
pub use presets::{Preset, free_view_name, only_with_neighbours, view_named};
pub use shown::{hidden_zones, shown};
pub use svg::to_svg;
pub use thumbnail::Thumbnail;
