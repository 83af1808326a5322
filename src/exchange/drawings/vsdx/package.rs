//! A package of the Open Packaging Conventions: parts in a ZIP archive, and what
//! they say of one another.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::super::xml::{self, Element};
use crate::exchange::drawings::DrawingError;

/// More than the XML of any drawing takes: beyond it somebody wants to fill the memory.
const MOST_BYTES: u64 = 128 << 20;
/// More parts than any drawing has.
const MOST_PARTS: usize = 20_000;

/// The XML parts of a package by their names: in lower case, without a slash in front.
#[derive(Debug, Default)]
pub(super) struct Package {
    parts: BTreeMap<String, Vec<u8>>,
}

/// A relationship of a part.
pub(super) struct Relationship {
    pub id: String,
    /// The last word of its type, such as `page`.
    pub kind: String,
    pub target: String,
}

impl Package {
    /// Unpacks what is XML.
    pub fn open(bytes: &[u8]) -> Result<Self, DrawingError> {
        let broken = |what: &dyn std::fmt::Display| DrawingError(format!("its ZIP archive is broken: {what}"));
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        if archive.len() > MOST_PARTS {
            return Err(DrawingError(format!("it holds more than {MOST_PARTS} parts, as no drawing does")));
        }
        let mut left = MOST_BYTES;
        let mut package = Self::default();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).map_err(|error| broken(&error))?;
            let Ok(name) = part.name().map(|name| normal(&name)) else { continue };
            if !name.ends_with(".xml") && !name.ends_with(".rels") {
                continue;
            }
            let mut unpacked = Vec::new();
            part.by_ref().take(left + 1).read_to_end(&mut unpacked).map_err(|error| broken(&error))?;
            left = left.checked_sub(unpacked.len() as u64).ok_or_else(|| {
                DrawingError(format!("it unpacks to more than {} MB, as no drawing does", MOST_BYTES >> 20))
            })?;
            package.parts.insert(name, unpacked);
        }
        Ok(package)
    }

    pub fn has(&self, part: &str) -> bool {
        self.parts.contains_key(part)
    }

    /// The names of all parts in a folder.
    pub fn names<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        self.parts.keys().map(String::as_str).filter(move |name| name.starts_with(folder))
    }

    /// A part as XML; nothing where there is no such part.
    pub fn xml(&self, part: &str) -> Option<Result<Element, DrawingError>> {
        let bytes = self.parts.get(part)?;
        Some(xml::read(bytes).map_err(|error| DrawingError(format!("its part {part} can't be read: {error}"))))
    }

    /// What a part refers to; the package itself is the part without a name.
    pub fn relationships(&self, part: &str) -> Vec<Relationship> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let Some(Ok(list)) = self.xml(&format!("{folder}{slash}_rels/{name}.rels")) else { return Vec::new() };
        let relationship = |it: &Element| {
            let kind = it.attribute("Type")?.rsplit('/').next().unwrap_or_default().to_owned();
            let target = resolved(folder, it.attribute("Target")?);
            Some(Relationship { id: it.attribute("Id")?.to_owned(), kind, target })
        };
        list.children_named("Relationship").filter_map(relationship).collect()
    }

    /// The first part that a part refers to by a kind of relationship, or else a usual one.
    pub fn related(&self, part: &str, kind: &str, usual: &str) -> String {
        let found = self.relationships(part).into_iter().find(|it| it.kind == kind && self.has(&it.target));
        found.map_or_else(|| usual.to_owned(), |it| it.target)
    }
}

fn normal(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// The name of the part that a target means, seen from a folder.
fn resolved(folder: &str, target: &str) -> String {
    if target.starts_with('/') {
        return normal(target);
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    let target = target.replace('\\', "/");
    for step in target.split('/') {
        match step {
            "" | "." => (),
            ".." => {
                steps.pop();
            }
            _ => steps.push(step),
        }
    }
    steps.join("/").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_seen_from_the_part_that_names_them() {
        assert_eq!(resolved("visio/pages", "../masters/Master1.xml"), "visio/masters/master1.xml");
        assert_eq!(resolved("visio/pages", "page1.xml"), "visio/pages/page1.xml");
        assert_eq!(resolved("visio", "/visio/pages/pages.xml"), "visio/pages/pages.xml");
        assert_eq!(resolved("", "../../visio/document.xml"), "visio/document.xml");
    }
}
