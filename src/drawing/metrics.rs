//! Sizes of the drawing in canvas units; one place for all of them.

/// Height of a zone's title strip.
pub const ZONE_HEADER: f32 = 34.0;
/// Space between a zone's edge and what lies in it.
pub const ZONE_PADDING: f32 = 14.0;
/// The smallest width of a zone.
pub const ZONE_MIN_WIDTH: f32 = 200.0;
/// The smallest height of a zone.
pub const ZONE_MIN_HEIGHT: f32 = 90.0;
/// Space between neighbouring zones, wide enough for a few conduits.
pub const ZONE_GAP: f32 = 72.0;
/// Space between zones of neighbouring Purdue levels.
pub const LEVEL_GAP: f32 = 88.0;
/// Space between zones that lie in the same zone.
pub const INNER_GAP: f32 = 56.0;
/// Width of the cell that an asset is drawn in.
pub const ASSET_WIDTH: f32 = 92.0;
/// Height of the cell that an asset is drawn in.
pub const ASSET_HEIGHT: f32 = 62.0;
/// Size of an asset's icon.
pub const ASSET_ICON: f32 = 30.0;
/// Height of what docks at a zone that has no cell for it.
pub const DOCK_HEIGHT: f32 = 18.0;
/// Text size of zone names.
pub const ZONE_TEXT: f32 = 14.0;
/// Text size of asset tags and conduit labels.
pub const SMALL_TEXT: f32 = 11.0;
/// The grid that moved things snap to.
pub const GRID: f32 = 8.0;
