//! Verifying: what the dated gazetteer says of a triple.

use std::fmt::Write;

use serde::Serialize;

use crate::document::Document;
use crate::gazetteer::{
    EntityId, Gazetteer, Interval, Kind, Membership, Office, PartialDate, Status, Tenure, vocabulary,
};
use crate::relate::{Modality, Polarity, Predicate, Triple};

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

/// A fact of the gazetteer that a triple can be held against.
struct Fact<'g> {
    held: Interval,
    text: String,
    source: &'g str,
    /// Whether it is what the triple asserts, or the same with another status.
    same: bool,
    /// Whether it is so to the word: a party has signed, but the row of the signature says it best.
    exact: bool,
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
        Predicate::AgreementWith | Predicate::AlliedWith | Predicate::OfficeOf => (Vec::new(), false),
        _ => (tenure_facts(triple, subject, object, gazetteer), false),
    };
    let (verdict, fact) = match judge(triple, &facts, at, closed) {
        // What the text dates later than the gazetteer reaches may have come about since.
        (Verdict::Contradicted | Verdict::NotYet | Verdict::StatusDiffers, _)
            if triple.modality == Modality::Asserted
                && told.is_some_and(|date| known_at(date, gazetteer) != date) =>
        {
            (Verdict::Unknown, None)
        }
        judged => judged,
    };
    let said = match (at, fact) {
        (Some(at), _) => Some(at.to_string()),
        (None, Some(fact)) if fact.held.to.is_none() => gazetteer.as_of().map(|date| date.to_string()),
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

fn judge<'f, 'g>(
    triple: &Triple<'_>,
    facts: &'f [Fact<'g>],
    at: Option<PartialDate>,
    closed: bool,
) -> (Verdict, Option<&'f Fact<'g>>) {
    if triple.status == Some(Status::Former) && triple.predicate_is_membership() {
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

/// The rows on subject and object, or on their predecessors and successors, and whether the list of members
/// is known to be complete.
fn membership_facts<'g>(
    triple: &Triple<'_>,
    subject: EntityId,
    object: EntityId,
    gazetteer: &'g Gazetteer,
) -> (Vec<Fact<'g>>, bool) {
    let mut facts = Vec::new();
    for of in with_relatives(object, gazetteer) {
        for row in gazetteer.memberships(subject).filter(|row| row.of == of) {
            // Another body's rows count only for the time when the one named did not exist.
            let fits = of == object
                || !gazetteer.entity(object).existed().may_overlap(&row.held)
                || row.status == Status::Signatory;
            let bearing = bearing(row, triple);
            if fits && bearing != Bearing::Nothing {
                facts.push(Fact {
                    held: until_withdrawal(row, gazetteer),
                    text: membership_text(row, triple, gazetteer),
                    source: gazetteer.membership_source(row),
                    same: bearing == Bearing::Same,
                    exact: triple.status == Some(row.status),
                });
            }
        }
    }
    let listed = matches!(
        triple.status,
        Some(
            Status::Member
                | Status::FoundingMember
                | Status::Signatory
                | Status::Ratified
                | Status::Party
                | Status::NotRatified
        )
    );
    // Who applied, associated or observed is not listed in full: silence says nothing.
    if !listed && triple.status != Some(Status::Former) && !facts.iter().any(|fact| fact.same) {
        facts.clear();
    }
    facts.sort_by_key(|fact| !fact.exact);
    (facts, listed && gazetteer.entity(object).is_complete())
}

/// When a row held. What was signed or ratified holds until the withdrawal, which is a row of its own.
fn until_withdrawal(row: &Membership, gazetteer: &Gazetteer) -> Interval {
    let act = matches!(row.status, Status::Signatory | Status::Ratified | Status::Party);
    let later = gazetteer
        .memberships(row.entity)
        .filter(|other| other.of == row.of && other.status == Status::Former);
    let withdrawal =
        later.filter_map(|other| other.held.from).find(|&date| row.held.from.is_none_or(|from| from < date));
    Interval { to: row.held.to.or(withdrawal.filter(|_| act)), ..row.held }
}

/// The body itself, then what it followed and what followed it, of the same kind.
fn with_relatives(object: EntityId, gazetteer: &Gazetteer) -> Vec<EntityId> {
    let view = gazetteer.entity(object);
    let relatives = view.predecessors().iter().chain(view.successors());
    let same_kind = relatives.copied().filter(|&key| gazetteer.entity(key).kind() == view.kind());
    std::iter::once(object).chain(same_kind).collect()
}

/// How a row bears on what a triple asserts.
#[derive(PartialEq)]
enum Bearing {
    /// It says the same.
    Same,
    /// It says that they belong together, as something else.
    OtherStatus,
    /// It tells only of an end, which the other rows tell too.
    Nothing,
}

fn bearing(row: &Membership, triple: &Triple<'_>) -> Bearing {
    use Status::{
        Applicant, Candidate, Former, FoundingMember, Member, NotRatified, Party, Ratified, Signatory,
    };
    let wanted = triple.status.unwrap_or(Member);
    let same = match wanted {
        Member => matches!(row.status, Member | FoundingMember),
        FoundingMember => row.status == FoundingMember || row.status == Member && row.founding,
        Former => matches!(row.status, Member | FoundingMember | Party | Ratified | Signatory),
        Signatory => matches!(row.status, Signatory | Ratified | Party),
        Ratified | Party | NotRatified => matches!(row.status, Ratified | Party),
        Applicant => matches!(row.status, Applicant | Candidate),
        other => row.status == other,
    };
    match (same, row.status) {
        (true, _) => Bearing::Same,
        (false, Former) => Bearing::Nothing,
        (false, _) => Bearing::OtherStatus,
    }
}

/// The row in the notation of the contract; the status where it is not the one asserted.
fn membership_text(row: &Membership, triple: &Triple<'_>, gazetteer: &Gazetteer) -> String {
    let (entity, of) = (gazetteer.entity(row.entity), gazetteer.entity(row.of));
    let mut text = format!("{} {} {} {}", triple.predicate, entity.code(), of.code(), row.held);
    if triple.status != Some(row.status) && !matches!(row.status, Status::Member | Status::Party) {
        let _ = write!(text, " {}", row.status);
    }
    text
}

fn tenure_facts<'g>(
    triple: &Triple<'_>,
    person: EntityId,
    of: EntityId,
    gazetteer: &'g Gazetteer,
) -> Vec<Fact<'g>> {
    let office = match triple.predicate {
        Predicate::HeadOfStateOf => Office::HeadOfState,
        Predicate::HeadOfGovernmentOf => Office::HeadOfGovernment,
        Predicate::MinisterOf => Office::Minister,
        _ => Office::HeadOfOrg,
    };
    let asked = |row: &Tenure| {
        row.office == office
            && triple
                .portfolio
                .as_deref()
                .is_none_or(|wanted| gazetteer.portfolios(row).any(|portfolio| portfolio == wanted))
    };
    // Another office says nothing of this one: the series of offices have gaps.
    let rows = gazetteer.tenures(person).filter(|row| row.of == of && asked(row));
    let mut facts: Vec<_> = rows
        .map(|row| Fact {
            held: held(row, triple),
            text: tenure_text(row, triple.predicate, gazetteer),
            source: gazetteer.tenure_source(row),
            same: true,
            exact: true,
        })
        .collect();
    facts.sort_by_key(|fact| fact.held.from);
    facts
}

/// For a former holder the fact holds from the end of the tenure on.
fn held(row: &Tenure, triple: &Triple<'_>) -> Interval {
    match triple.status {
        Some(Status::Former) if row.held.to.is_some() => Interval { from: row.held.to, to: None },
        Some(Status::Elect) => Interval { from: None, to: row.held.from },
        _ => row.held,
    }
}

fn tenure_text(row: &Tenure, predicate: Predicate, gazetteer: &Gazetteer) -> String {
    let (person, of) = (gazetteer.entity(row.person), gazetteer.entity(row.of));
    let portfolio: Vec<_> = gazetteer.portfolios(row).collect();
    let mut text = format!("{predicate} {} {} {}", person.code(), of.code(), row.held);
    if of.kind() != Kind::Organization && !portfolio.is_empty() {
        let _ = write!(text, " {}", portfolio.join(";"));
    }
    text
}

impl Triple<'_> {
    fn predicate_is_membership(&self) -> bool {
        matches!(self.predicate, Predicate::MemberOf | Predicate::PartyTo)
    }
}
