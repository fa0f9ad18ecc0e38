//! What the gazetteer holds on the two sides of a triple.

use std::fmt::Write;

use crate::gazetteer::{
    EntityId, Gazetteer, Interval, Kind, Membership, Office, PartialDate, Status, Tenure,
};
use crate::relate::{Predicate, Triple};

/// A fact of the gazetteer that a triple can be held against.
pub(super) struct Fact<'g> {
    pub(super) held: Interval,
    pub(super) text: String,
    pub(super) source: &'g str,
    /// Whether it is what the triple asserts, or the same with another status.
    pub(super) same: bool,
    /// Whether it is so to the word: a party has signed, but the row of the signature says it best.
    pub(super) exact: bool,
    /// Where the end is not known: until when it is known to have held.
    pub(super) seen: Option<PartialDate>,
}

/// The rows on subject and object, or on their predecessors and successors, and whether the list of members
/// is known to be complete.
pub(super) fn membership_facts<'g>(
    triple: &Triple<'_>,
    subject: EntityId,
    object: EntityId,
    gazetteer: &'g Gazetteer,
) -> (Vec<Fact<'g>>, bool) {
    let mut facts = Vec::new();
    for of in with_relatives(object, gazetteer) {
        for row in gazetteer.memberships_in(subject, of) {
            // Another body's rows count only for the time when the one named did not exist.
            let fits = of == object
                || !gazetteer.entity(object).existed().may_overlap(&row.held)
                || row.status == Status::Signatory;
            let bearing = bearing(row, triple);
            if fits && bearing != Bearing::Nothing {
                facts.push(Fact {
                    held: begun(until_withdrawal(row, gazetteer), row, gazetteer),
                    text: membership_text(row, triple, gazetteer),
                    source: gazetteer.membership_source(row),
                    same: bearing == Bearing::Same,
                    exact: triple.status == Some(row.status),
                    seen: None,
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
    let later = gazetteer.memberships_in(row.entity, row.of).filter(|other| other.status == Status::Former);
    let withdrawal =
        later.filter_map(|other| other.held.from).find(|&date| row.held.from.is_none_or(|from| from < date));
    Interval { to: row.held.to.or(withdrawal.filter(|_| act)), ..row.held }
}

/// Nothing held before both sides were there, where a row does not say when it began.
fn begun(held: Interval, row: &Membership, gazetteer: &Gazetteer) -> Interval {
    Interval { from: gazetteer.earliest(row), ..held }
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

pub(super) fn tenure_facts<'g>(
    triple: &Triple<'_>,
    person: EntityId,
    of: EntityId,
    at: Option<PartialDate>,
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
    let rows = gazetteer.tenures(person).filter(|row| row.of == of && asked(row) && reaches(row, at));
    let mut facts: Vec<_> = rows
        .map(|row| Fact {
            held: held(row, triple),
            text: tenure_text(row, triple.predicate, gazetteer),
            source: gazetteer.tenure_source(row),
            same: true,
            exact: true,
            seen: row.seen,
        })
        .collect();
    facts.sort_by_key(|fact| fact.held.from);
    facts
}

/// Whether a row tells of this moment: one whose end is not known says nothing of what came after it was seen.
fn reaches(row: &Tenure, at: Option<PartialDate>) -> bool {
    at.is_none_or(|at| row.may_hold(at) || !row.held.may_hold(at))
}

/// For somebody elected the fact holds until the tenure begins.
fn held(row: &Tenure, triple: &Triple<'_>) -> Interval {
    match triple.status {
        Some(Status::Elect) => Interval { from: None, to: row.held.from },
        _ => row.held,
    }
}

fn tenure_text(row: &Tenure, predicate: Predicate<'_>, gazetteer: &Gazetteer) -> String {
    let (person, of) = (gazetteer.entity(row.person), gazetteer.entity(row.of));
    let portfolio: Vec<_> = gazetteer.portfolios(row).collect();
    let mut text = format!("{predicate} {} {} {}", person.code(), of.code(), row.held);
    if of.kind() != Kind::Organization && !portfolio.is_empty() {
        let _ = write!(text, " {}", portfolio.join(";"));
    }
    text
}
