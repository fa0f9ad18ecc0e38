//! Verifying: what the dated gazetteer says of a triple.

mod facts;
mod known;

use serde::Serialize;

use crate::document::Document;
use crate::gazetteer::{Gazetteer, PartialDate, Status, vocabulary};
use crate::relate::{Modality, Polarity, Predicate, Triple};
use facts::{Fact, membership_facts, tenure_facts};

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
}

impl Check {
    fn unknown(at: Option<PartialDate>) -> Self {
        Self { verdict: Verdict::Unknown, at: at.map(|at| at.to_string()), fact: None, source: None }
    }
}

/// Holds a triple against the gazetteer: at the time the text gives, else at the document's date, or the
/// gazetteer's own where that is earlier. Where none is known it is asked whether the fact ever held, and the
/// check says when.
///
/// A negated assertion is confirmed where the fact did not hold, a planned one where it did not hold yet.
/// What is only thought of is not judged.
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
        Predicate::MemberOf | Predicate::PartyTo => membership_facts(triple, subject, object, gazetteer),
        Predicate::AgreementWith | Predicate::AlliedWith | Predicate::OfficeOf | Predicate::Declared(_) => {
            (Vec::new(), false)
        }
        _ => (tenure_facts(triple, subject, object, at, gazetteer), false),
    };
    let (verdict, fact) = judge(triple, &facts, at, closed);
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

fn judge<'f, 'g>(
    triple: &Triple<'_>,
    facts: &'f [Fact<'g>],
    at: Option<PartialDate>,
    closed: bool,
) -> (Verdict, Option<&'f Fact<'g>>) {
    if triple.status == Some(Status::Former) {
        let (verdict, fact) = judge_former(triple, facts, at);
        return match (triple.polarity, verdict) {
            (Polarity::Affirmed, _) | (_, Verdict::Unknown) => (verdict, fact),
            // "has not left"
            (Polarity::Negated, Verdict::Confirmed) => (Verdict::Contradicted, fact),
            (Polarity::Negated, _) => (Verdict::Confirmed, fact),
        };
    }
    let (verdict, fact) = holds(facts, at, closed);
    if triple.modality == Modality::Planned {
        return match verdict {
            Verdict::NotYet => (Verdict::Confirmed, fact),
            Verdict::Contradicted | Verdict::NoLonger => (Verdict::Unknown, fact),
            Verdict::Confirmed => (Verdict::StatusDiffers, fact),
            other => (other, fact),
        };
    }
    if triple.polarity == Polarity::Affirmed {
        return (verdict, fact);
    }
    match verdict {
        Verdict::Confirmed => (Verdict::Contradicted, fact),
        Verdict::Unknown => (Verdict::Unknown, fact),
        _ => (Verdict::Confirmed, fact),
    }
}

/// Whether one of the facts held at the moment, or ever if none is given.
fn holds<'f, 'g>(
    facts: &'f [Fact<'g>],
    at: Option<PartialDate>,
    closed: bool,
) -> (Verdict, Option<&'f Fact<'g>>) {
    let same = || facts.iter().filter(|fact| fact.same);
    let Some(at) = at else {
        return match same().max_by_key(|fact| (fact.exact, fact.held.to.is_none(), fact.held.from)) {
            Some(fact) => (Verdict::Confirmed, Some(fact)),
            None if !facts.is_empty() => (Verdict::StatusDiffers, facts.last()),
            None => (if closed { Verdict::Contradicted } else { Verdict::Unknown }, None),
        };
    };
    if let Some(fact) = same().find(|fact| fact.held.may_hold(at)) {
        return (Verdict::Confirmed, Some(fact));
    }
    if let Some(fact) = facts.iter().find(|fact| !fact.same && fact.held.may_hold(at)) {
        return (Verdict::StatusDiffers, Some(fact));
    }
    if let Some(fact) = same().rfind(|fact| fact.held.is_over(at)) {
        return (Verdict::NoLonger, Some(fact));
    }
    if let Some(fact) = same().find(|fact| fact.held.is_ahead(at)) {
        return (Verdict::NotYet, Some(fact));
    }
    (if closed || !facts.is_empty() { Verdict::Contradicted } else { Verdict::Unknown }, facts.last())
}

/// Something that is said to be over: confirmed where it had ended, too early where it had not.
fn judge_former<'f, 'g>(
    triple: &Triple<'_>,
    facts: &'f [Fact<'g>],
    at: Option<PartialDate>,
) -> (Verdict, Option<&'f Fact<'g>>) {
    let over = |fact: &&Fact<'_>| match at {
        Some(at) => fact.held.to.is_some_and(|to| to.first_day() < at.next_day()),
        None => fact.held.to.is_some(),
    };
    let ended = facts.iter().rev().filter(|fact| fact.same).find(over);
    let running = facts
        .iter()
        .filter(|fact| fact.same)
        .find(|fact| at.map_or(fact.held.to.is_none(), |at| fact.held.may_hold(at)));
    let planned = triple.modality == Modality::Planned;
    match (ended, running) {
        (Some(fact), None) if planned => (Verdict::NoLonger, Some(fact)),
        (Some(fact), _) => (Verdict::Confirmed, Some(fact)),
        (None, Some(fact)) if planned || fact.held.to.is_some() => {
            (if planned { Verdict::Confirmed } else { Verdict::NotYet }, Some(fact))
        }
        (None, Some(fact)) => (Verdict::Contradicted, Some(fact)),
        (None, None) => (Verdict::Unknown, None),
    }
}
