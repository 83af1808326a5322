//! Styles of draw.io: `key=value` pairs and bare names.

/// A style taken apart.
#[derive(Debug, Default)]
pub(super) struct Style {
    names: Vec<String>,
    pairs: Vec<(String, String)>,
}

impl Style {
    pub(super) fn read(text: &str) -> Self {
        let mut style = Self::default();
        // embedded pictures hold semicolons of their own
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            match part.split_once('=') {
                Some((key, value)) => style.pairs.push((key.trim().to_owned(), value.trim().to_owned())),
                None => style.names.push(part.to_owned()),
            }
        }
        style
    }

    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.pairs.iter().rev().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// Whether a switch is on.
    pub(super) fn is_on(&self, key: &str) -> bool {
        self.get(key) == Some("1")
    }

    /// Whether it is built on a named style.
    pub(super) fn has_name(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    fn number(&self, key: &str) -> Option<f32> {
        self.get(key)?.parse().ok().filter(|it: &f32| it.is_finite())
    }

    /// Whether it stands on its side.
    pub(super) fn is_turned(&self) -> bool {
        self.number("rotation").is_some_and(|degrees| (45.0..135.0).contains(&degrees.rem_euclid(180.0)))
    }

    /// Its shape.
    pub(super) fn shape(&self) -> Option<&str> {
        self.get("shape")
    }

    /// Whether it is made to hold others.
    pub(super) fn is_container(&self) -> bool {
        let is_group_of_stencil = self.shape().is_some_and(|shape| shape.starts_with("mxgraph.") && is_group(shape));
        self.is_on("container") || self.has_name("swimlane") || self.shape() == Some("swimlane") || is_group_of_stencil
    }

    /// Whether an arrow stands at an end of a line.
    pub(super) fn has_arrow(&self, key: &str, usual: bool) -> bool {
        const NO_ARROWS: [&str; 8] = ["none", "oval", "circle", "dash", "cross", "box", "halfCircle", "baseDash"];
        let is_band = ["link", "wire", "pipe", "filledEdge"].iter().any(|band| self.shape() == Some(band));
        match self.get(key) {
            _ if is_band => false,
            None => usual,
            Some(arrow) => !NO_ARROWS.contains(&arrow) && !arrow.starts_with("ER") && !arrow.starts_with("diamond"),
        }
    }

    /// Words for the looks of a shape: the stencil, the picture, or the plain shape.
    pub(super) fn hint(&self) -> String {
        let detail = ["resIcon", "prIcon", "grIcon", "prType", "networkShape", "appIcon", "type"];
        let detail = detail.iter().find_map(|key| self.get(key)).map(stencil);
        if let Some(image) = self.get("image") {
            return picture(image);
        }
        match self.shape() {
            Some("image") | None => (),
            Some(shape) if shape.starts_with("mxgraph.") || shape.starts_with("stencil(") => {
                let base = stencil(shape);
                return match detail {
                    Some(detail) if detail.starts_with(base.split('/').next().unwrap_or_default()) => detail,
                    Some(detail) => format!("{base}/{detail}"),
                    None => base,
                };
            }
            Some(shape) => {
                let detail = detail.map(|it| format!("/{it}")).unwrap_or_default();
                return format!("{}{detail}", spaced(shape));
            }
        }
        const NAMED: [&str; 14] = [
            "swimlane",
            "text",
            "group",
            "ellipse",
            "rhombus",
            "triangle",
            "hexagon",
            "cylinder",
            "line",
            "image",
            "icon",
            "label",
            "doubleEllipse",
            "actor",
        ];
        if self.has_name("swimlane") && self.get("childLayout") == Some("stackLayout") {
            return "list".to_owned();
        }
        if let Some(named) = NAMED.iter().find(|name| self.has_name(name)) {
            return spaced(named);
        }
        if self.get("fillColor") == Some("none") && self.get("strokeColor") == Some("none") {
            return "text".to_owned();
        }
        let is_dashed = self.is_on("dashed");
        let is_rounded = self.is_on("rounded");
        match (is_dashed, is_rounded) {
            (true, _) => "dashed rectangle".to_owned(),
            (false, true) => "rounded rectangle".to_owned(),
            (false, false) => "rectangle".to_owned(),
        }
    }
}

fn is_group(shape: &str) -> bool {
    let last = shape.rsplit('.').next().unwrap_or_default();
    last.starts_with("group") || last == "box" && shape.contains("ibm")
}

/// `mxgraph.cisco.routers.atm_router` as "cisco/routers/atm router".
fn stencil(name: &str) -> String {
    if name.starts_with("stencil(") {
        return "drawn by hand".to_owned();
    }
    let name = name.strip_prefix("mxgraph.").unwrap_or(name);
    name.split('.').map(spaced).collect::<Vec<_>>().join("/")
}

/// `partialRectangle` and `partial_rectangle` as "partial rectangle".
fn spaced(name: &str) -> String {
    let mut words = String::new();
    let mut was_small = false;
    for letter in name.chars().take(60) {
        if letter == '_' || letter == '-' {
            words.push(' ');
        } else {
            if letter.is_uppercase() && was_small {
                words.push(' ');
            }
            words.extend(letter.to_lowercase());
        }
        was_small = letter.is_lowercase();
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `img/lib/clip_art/computers/Netbook_128x128.png` as "computers/netbook".
fn picture(path: &str) -> String {
    if path.starts_with("data:") {
        return "embedded picture".to_owned();
    }
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let is_size =
        |word: &str| word.split_once('x').is_some_and(|(a, b)| [a, b].iter().all(|it| it.parse::<u32>().is_ok()));
    let words = spaced(stem).split(' ').filter(|word| !is_size(word)).collect::<Vec<_>>().join(" ");
    match parts.next() {
        Some(folder) if !folder.is_empty() && !folder.contains(':') => format!("{}/{words}", spaced(folder)),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_names_the_stencil_or_the_picture() {
        let hint = |style: &str| Style::read(style).hint();
        assert_eq!(hint("shape=mxgraph.cisco.routers.atm_router;html=1"), "cisco/routers/atm router");
        assert_eq!(
            hint("image;html=1;image=img/lib/clip_art/computers/Server_Rack_128x128.png"),
            "computers/server rack"
        );
        assert_eq!(hint("shape=mxgraph.aws4.resourceIcon;resIcon=mxgraph.aws4.ec2"), "aws4/ec2");
        assert_eq!(hint("shape=partialRectangle"), "partial rectangle");
        assert_eq!(hint("text;html=1"), "text");
        assert_eq!(hint("image;image=data:image/png,iVBORw0KGgo="), "embedded picture");
        assert_eq!(hint("rounded=1;whiteSpace=wrap"), "rounded rectangle");
        assert_eq!(hint(""), "rectangle");
    }

    #[test]
    fn a_line_points_where_its_arrow_stands() {
        let points = |style: &str| {
            let style = Style::read(style);
            (style.has_arrow("startArrow", false), style.has_arrow("endArrow", true))
        };
        assert_eq!(points(""), (false, true), "a line of draw.io has an arrow at its end unless it says otherwise");
        assert_eq!(points("endArrow=none"), (false, false));
        assert_eq!(points("endArrow=classic;startArrow=block"), (true, true));
        assert_eq!(points("endArrow=ERmany;startArrow=oval"), (false, false));
        assert_eq!(points("shape=link"), (false, false));
    }
}
