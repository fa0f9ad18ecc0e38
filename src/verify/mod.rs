//! Verifying: what the dated gazetteer says of a triple.

mod facts;
mod judge;
mod known;

use serde::Serialize;

use crate::document::Document;
use crate::gazetteer::{Gazetteer, PartialDate, Status, vocabulary};
use crate::relate::{Modality, Predicate, Triple};
use facts::{Fact, membership_facts, tenure_facts};
use judge::Asked;

pub use known::{Known, known};

vocabulary! {
    /// What the gazetteer says of an assertion.
    Verdict, "a verdict" {
        /// It held.
        Confirmed = "confirmed",
        /// It is known not to have held.
        Contradicted = "contradicted",
        /// It came to hold only later.
        NotYet = "not_yet",
        /// It had ceased to hold.
        NoLonger = "no_longer",
        /// They belonged together, but as something else.
        StatusDiffers = "status_differs",
        /// The gazetteer has nothing on it.
        Unknown = "unknown",
    }
}

/// A verdict with what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Check {
    /// The verdict.
    pub verdict: Verdict,
    /// The moment it was judged at: a date, or when the fact held where no date was known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The row it rests on: `party_to KAZ CST 1992-05-15..`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
    /// Where the row comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The predecessor or successor whose row it is, where it is not that of the body named: `org:OAU` for
    /// what is said of `org:AU`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
}

impl Check {
    fn unknown(at: Option<PartialDate>) -> Self {
        Self {
            verdict: Verdict::Unknown,
            at: at.map(|at| at.to_string()),
            fact: None,
            source: None,
            via: None,
        }
    }
}

/// Holds a triple against the gazetteer: at the time the text gives, else at the document's date, or the
/// gazetteer's own where that is earlier. Where none is known it is asked whether the fact ever held, and the
/// check says when.
///
/// A negated assertion is confirmed where the fact did not hold, a planned one where it did not hold yet or came
/// true at the time told. What is only thought of is not judged.
///
/// ```
/// use accede::{Document, Extractor, Verdict};
/// let extractor = Extractor::builtin()?;
/// let document = Document::new("Finland is a member of NATO.").with_date("2021-05-01".parse()?);
/// let extraction = extractor.extract(&document);
/// assert_eq!(extraction.checks[0].verdict, Verdict::NotYet);
/// # Ok::<(), accede::Error>(())
/// ```
pub fn verify(triple: &Triple<'_>, document: &Document<'_>, gazetteer: &Gazetteer) -> Check {
    // An office held "then" is judged at the time told of, which only the text may give.
    let then = triple.status == Some(Status::Then);
    let told = moment(triple);
    let at = told.or(document.date.filter(|_| !then).map(|date| known_at(date, gazetteer)));
    let (Some(subject), Some(object)) = (triple.subject.entity, triple.object.entity) else {
        return Check::unknown(at);
    };
    if triple.modality == Modality::Hypothetical {
        return Check::unknown(at);
    }
    let (facts, closed) = match triple.predicate {
        Predicate::MemberOf | Predicate::PartyTo => membership_facts(triple, subject, object, at, gazetteer),
        Predicate::AgreementWith | Predicate::AlliedWith | Predicate::OfficeOf | Predicate::Declared(_) => {
            (Vec::new(), false)
        }
        _ => (tenure_facts(triple, subject, object, at, gazetteer), false),
    };
    let asked = Asked {
        triple,
        at,
        told,
        written: document.date.map(|date| known_at(date, gazetteer)),
        closed,
        existed: gazetteer.entity(object).existed(),
    };
    let (verdict, fact) = asked.judge(&facts);
    let beyond = told.filter(|&date| known_at(date, gazetteer) != date);
    let (verdict, fact) = match beyond {
        Some(date) if triple.modality == Modality::Asserted && !outlives(fact, date) => {
            (Verdict::Unknown, None)
        }
        _ => (verdict, fact),
    };
    let said = match (at, fact) {
        (Some(at), _) => Some(at.to_string()),
        (None, Some(fact)) if fact.held.to.is_none() => {
            fact.seen.or(gazetteer.as_of()).map(|date| date.to_string())
        }
        (None, Some(fact)) => Some(fact.held.to_string()),
        (None, None) => None,
    };
    Check {
        verdict,
        at: said,
        fact: fact.map(|fact| fact.text.clone()),
        source: fact.map(|fact| fact.source.to_owned()),
        via: fact.and_then(|fact| fact.via).map(|of| gazetteer.entity(of).id().to_owned()),
    }
}

/// The moment the text speaks of.
fn moment(triple: &Triple<'_>) -> Option<PartialDate> {
    let time = triple.time;
    time.at.or(time.from).or(time.to)
}

/// A date, or the last one up to which the gazetteer is known to be right.
fn known_at(date: PartialDate, gazetteer: &Gazetteer) -> PartialDate {
    gazetteer.as_of().filter(|as_of| date.first_day() >= as_of.next_day()).unwrap_or(date)
}

/// Whether a fact is known for a moment later than the gazetteer's date: what is open or over may have changed
/// since, and what has a later end is fixed till then.
fn outlives(fact: Option<&Fact<'_>>, date: PartialDate) -> bool {
    fact.and_then(|fact| fact.held.to).is_some_and(|to| to.first_day() >= date.next_day())
}
