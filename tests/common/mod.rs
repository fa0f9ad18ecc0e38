//! What several test files share: the extractor, and a short notation for triples and mentions.
// Each test file takes what it needs of this module.
#![allow(clippy::unwrap_used, dead_code)]

use accede::{Document, Extraction, Extractor, PartialDate, Triple};
use once_cell::sync::Lazy;

/// The extractor with the built-in gazetteer.
pub static EXTRACTOR: Lazy<Extractor<'static>> = Lazy::new(|| Extractor::builtin().unwrap());

/// A triple in the notation of rules and test data: `ARM party_to CST signatory negated at=2000`.
pub fn notation(triple: &Triple<'_>, extraction: &Extraction<'_>, text: &str) -> String {
    accede::notation(triple, &extraction.resolution, EXTRACTOR.gazetteer(), text)
}

/// Reads a text written on a day.
pub fn extract<'t>(text: &'t str, date: Option<&str>) -> (Document<'t>, Extraction<'static>) {
    let mut document = Document::new(text);
    document.date = date.map(|date| date.parse::<PartialDate>().unwrap());
    let extraction = EXTRACTOR.extract(&document);
    (document, extraction)
}
