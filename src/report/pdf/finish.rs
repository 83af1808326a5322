//! What printpdf leaves out or gets wrong, put right in its document: nested
//! bookmarks that open by themselves, links, language, metadata, and an identity
//! that follows from the content.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::{About, PdfError};
use crate::report::layout::{Bookmark, Document, Place};

/// Puts the document right and writes it.
pub(super) fn finish(mut pdf: lopdf::Document, document: &Document, about: &About) -> Result<Vec<u8>, PdfError> {
    let failed = |error: lopdf::Error| PdfError::Write(error.to_string());
    let pages: Vec<ObjectId> = pdf.get_pages().into_values().collect();
    for (page, laid_out) in pages.iter().zip(&document.pages) {
        let links = laid_out.links.iter().filter_map(|(frame, anchor)| {
            let place = document.anchors.get(anchor)?;
            let (bottom, top) = (laid_out.height - frame.bottom(), laid_out.height - frame.y);
            Some(Object::Dictionary(dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => vec![real(frame.x), real(bottom), real(frame.right()), real(top)],
                "Border" => vec![Object::Integer(0), Object::Integer(0), Object::Integer(0)],
                "Dest" => destination(*place, &pages, document),
            }))
        });
        // readers look for annotations only as objects of their own
        let links: Vec<Object> = links.map(|link| Object::Reference(pdf.add_object(link))).collect();
        let page = pdf.get_object_mut(*page).and_then(Object::as_dict_mut).map_err(failed)?;
        page.set("Annots", links);
        page.set("Tabs", "S");
    }
    let outlines = outlines(&mut pdf, document, &pages);
    let metadata = pdf.add_object(xmp(about));
    let catalog = pdf.catalog_mut().map_err(failed)?;
    catalog.set("Outlines", outlines);
    catalog.set("PageMode", "UseOutlines");
    catalog.set("Lang", Object::string_literal("en-GB"));
    catalog.set("Metadata", metadata);
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    let info = pdf.add_object(info(about));
    if let Ok(old) = pdf.trailer.get(b"Info").and_then(Object::as_reference) {
        pdf.objects.remove(&old);
    }
    pdf.trailer.set("Info", info);
    pdf.version = "1.7".to_owned();
    pdf.prune_objects();
    pdf.renumber_objects();
    pdf.compress();
    // the identity follows from what is in the file
    pdf.trailer.set("ID", vec![Object::string_literal(""), Object::string_literal("")]);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).map_err(|error| PdfError::Write(error.to_string()))?;
    let digest: Vec<u8> = Sha256::digest(&bytes).iter().copied().take(16).collect();
    let identity = Object::String(digest, StringFormat::Hexadecimal);
    pdf.trailer.set("ID", vec![identity.clone(), identity]);
    bytes.clear();
    pdf.save_to(&mut bytes).map_err(|error| PdfError::Write(error.to_string()))?;
    Ok(bytes)
}

fn real(value: f32) -> Object {
    Object::Real((value * 100.0).round() / 100.0)
}

fn destination(place: Place, pages: &[ObjectId], document: &Document) -> Object {
    let Some(&page) = pages.get(place.page) else { return Object::Null };
    let height = document.pages.get(place.page).map_or(0.0, |page| page.height);
    let top = real((height - place.y + 12.0).min(height));
    Object::Array(vec![Object::Reference(page), "XYZ".into(), Object::Null, top, Object::Null])
}

/// The tree of bookmarks: chapters closed or open as they have few or many sections.
fn outlines(pdf: &mut lopdf::Document, document: &Document, pages: &[ObjectId]) -> ObjectId {
    let root = pdf.new_object_id();
    let ids: Vec<ObjectId> = document.bookmarks.iter().map(|_| pdf.new_object_id()).collect();
    let parents = parents(&document.bookmarks);
    let mut children: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (place, parent) in parents.iter().enumerate() {
        children.entry(*parent).or_default().push(place);
    }
    let id = |place: usize| ids.get(place).copied().unwrap_or(root);
    for (place, bookmark) in document.bookmarks.iter().enumerate() {
        let parent = parents.get(place).copied().flatten();
        let siblings = children.get(&parent).map_or(&[][..], Vec::as_slice);
        let at = siblings.iter().position(|&it| it == place).unwrap_or(0);
        let mut entry = dictionary! {
            "Title" => text(&bookmark.title),
            "Parent" => parent.map_or(root, id),
            "Dest" => destination(bookmark.place, pages, document),
        };
        if let Some(&before) = at.checked_sub(1).and_then(|at| siblings.get(at)) {
            entry.set("Prev", id(before));
        }
        if let Some(&next) = siblings.get(at + 1) {
            entry.set("Next", id(next));
        }
        set_children(&mut entry, children.get(&Some(place)), &id, false);
        pdf.set_object(id(place), entry);
    }
    let mut entry = dictionary! { "Type" => "Outlines" };
    set_children(&mut entry, children.get(&None), &id, true);
    pdf.set_object(root, entry);
    root
}

fn set_children(entry: &mut Dictionary, children: Option<&Vec<usize>>, id: &dyn Fn(usize) -> ObjectId, open: bool) {
    if let Some([first, ..]) = children.map(Vec::as_slice)
        && let Some(last) = children.and_then(|it| it.last())
    {
        let count = children.map_or(0, Vec::len) as i64;
        entry.set("First", id(*first));
        entry.set("Last", id(*last));
        entry.set("Count", if open { count } else { -count });
    }
}

/// The bookmark that each one lies under.
fn parents(bookmarks: &[Bookmark]) -> Vec<Option<usize>> {
    let mut above: Vec<(u8, usize)> = Vec::new();
    let mut parents = Vec::new();
    for (place, bookmark) in bookmarks.iter().enumerate() {
        while above.last().is_some_and(|(level, _)| *level >= bookmark.level) {
            above.pop();
        }
        parents.push(above.last().map(|(_, place)| *place));
        above.push((bookmark.level, place));
    }
    parents
}

/// A text string: plain where it is ASCII, else UTF-16.
fn text(text: &str) -> Object {
    if text.is_ascii() {
        return Object::string_literal(text);
    }
    let bytes = [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

fn info(about: &About) -> Dictionary {
    let day = about.day.strftime("D:%Y%m%d000000Z").to_string();
    dictionary! {
        "Title" => text(&about.title),
        "Author" => text(&about.author),
        "Subject" => text(&about.subject),
        "Creator" => text(PRODUCER),
        "Producer" => text(PRODUCER),
        "CreationDate" => Object::string_literal(day.as_str()),
        "ModDate" => Object::string_literal(day.as_str()),
    }
}

const PRODUCER: &str = concat!("Zonewright ", env!("CARGO_PKG_VERSION"));

/// The same facts as XMP, where newer readers look for them.
fn xmp(about: &About) -> lopdf::Stream {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let packet = format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>\n\
         <dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n\
         <dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>\n\
         <xmp:CreateDate>{day}T00:00:00Z</xmp:CreateDate><xmp:ModifyDate>{day}T00:00:00Z</xmp:ModifyDate>\n\
         <xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool><pdf:Producer>{PRODUCER}</pdf:Producer>\n\
         </rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>",
        escaped(&about.title),
        escaped(&about.author),
        day = about.day,
    );
    let entries = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    lopdf::Stream::new(entries, packet.into_bytes()).with_compression(false)
}
