//! What several test files share: the extractor, and a short notation for triples and mentions.
// Each test file takes what it needs of this module.
#![allow(clippy::unwrap_used, dead_code)]

use accede::{Document, Extraction, Extractor, Modality, PartialDate, Polarity, Triple};
use once_cell::sync::Lazy;

/// The extractor with the built-in gazetteer.
pub static EXTRACTOR: Lazy<Extractor<'static>> = Lazy::new(|| Extractor::builtin().unwrap());

/// A triple in the notation of rules and test data: `ARM party_to CST signatory negated at=2000`.
pub fn notation(triple: &Triple<'_>, extraction: &Extraction<'_>, text: &str) -> String {
    let node = |node: accede::Node| match node.entity {
        Some(key) => EXTRACTOR.gazetteer().entity(key).code().to_owned(),
        None => extraction.resolution.mentions[node.mention].span.of(text).replace(char::is_whitespace, "_"),
    };
    let mut words = vec![node(triple.subject), triple.predicate.to_string(), node(triple.object)];
    words.extend(triple.status.map(|status| status.to_string()));
    words.extend(triple.portfolio.clone());
    if triple.polarity == Polarity::Negated {
        words.push("negated".to_owned());
    }
    if triple.modality != Modality::Asserted {
        words.push(triple.modality.to_string());
    }
    for (name, date) in [("from", triple.time.from), ("to", triple.time.to), ("at", triple.time.at)] {
        words.extend(date.map(|date| format!("{name}={date}")));
    }
    words.join(" ")
}

/// Whether a triple is what `expected` says. Dates that `expected` leaves out may be anything.
pub fn is_as_expected(found: &str, expected: &str) -> bool {
    let is_date = |word: &&str| word.contains('=');
    let without_dates =
        |text: &str| text.split(' ').filter(|word| !is_date(word)).map(str::to_owned).collect::<Vec<_>>();
    let dates_agree =
        expected.split(' ').filter(is_date).all(|date| found.split(' ').any(|word| word == date));
    let (mut found, expected) = (without_dates(found), without_dates(expected));
    // A portfolio may be left out too.
    if found.len() > expected.len() && expected.len() >= 3 && found[1] == "minister_of" {
        found.retain(|word| expected.contains(word));
    }
    dates_agree && found == expected
}

/// Reads a text written on a day.
pub fn extract<'t>(text: &'t str, date: Option<&str>) -> (Document<'t>, Extraction<'static>) {
    let mut document = Document::new(text);
    document.date = date.map(|date| date.parse::<PartialDate>().unwrap());
    let extraction = EXTRACTOR.extract(&document);
    (document, extraction)
}
