//! Triples in one line, as examples of rules write them.

use super::triple::{Modality, Node, Polarity, Triple};
use crate::gazetteer::Gazetteer;
use crate::resolve::Resolution;

/// A triple in the notation of rules: `ARM party_to CST signatory negated at=2000`.
///
/// Subject and object are what comes after the colon of their ids, or their words joined by `_`.
pub fn notation(triple: &Triple<'_>, resolution: &Resolution, gazetteer: &Gazetteer, text: &str) -> String {
    let node = |node: Node| match node.entity {
        Some(key) => gazetteer.entity(key).code().to_owned(),
        None => resolution.mentions[node.mention].span.of(text).replace(char::is_whitespace, "_"),
    };
    let mut words = vec![node(triple.subject), triple.predicate.to_string(), node(triple.object)];
    words.extend(triple.status.map(|status| status.to_string()));
    words.extend(triple.portfolio.clone());
    if triple.polarity == Polarity::Negated {
        words.push(Polarity::Negated.to_string());
    }
    if triple.modality != Modality::Asserted {
        words.push(triple.modality.to_string());
    }
    for (name, date) in [("from", triple.time.from), ("to", triple.time.to), ("at", triple.time.at)] {
        words.extend(date.map(|date| format!("{name}={date}")));
    }
    words.join(" ")
}
