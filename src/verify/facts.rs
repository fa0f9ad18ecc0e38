//! What the gazetteer holds on the two sides of a triple.

use std::fmt::Write;

use jiff::ToSpan;

use crate::gazetteer::{
    EntityId, Gazetteer, Interval, Kind, Membership, Office, PartialDate, Status, Tenure,
};
use crate::relate::{Polarity, Predicate, Triple};

/// A fact of the gazetteer that a triple can be held against.
pub(super) struct Fact<'g> {
    pub(super) held: Interval,
    pub(super) text: String,
    pub(super) source: &'g str,
    /// The predecessor or successor it was found with, where it is not the body named.
    pub(super) via: Option<EntityId>,
    /// As what it was.
    pub(super) status: Option<Status>,
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
    at: Option<PartialDate>,
    gazetteer: &'g Gazetteer,
) -> (Vec<Fact<'g>>, bool) {
    // What began with a successor began after the body named: it does not tell what was to come of that, nor
    // against who is said not to have been in that or to have left it.
    let denied = triple.polarity == Polarity::Negated || triple.status == Some(Status::Former);
    let ahead = |of, held: &Interval| {
        let later = gazetteer.entity(object).successors().contains(&of);
        later && (denied || at.is_some_and(|at| held.is_ahead(at)))
    };
    let mut facts = Vec::new();
    for of in with_relatives(object, gazetteer) {
        for row in gazetteer.memberships_in(subject, of) {
            let held = begun(until_withdrawal(row, gazetteer), row, gazetteer);
            let held = if of == object { Some(held) } else { outside_of(object, row, held, gazetteer) };
            let bearing = bearing(row, triple);
            if let Some(held) = held.filter(|held| bearing != Bearing::Nothing && !ahead(of, held)) {
                facts.push(Fact {
                    held: since_founding(held, triple),
                    text: membership_text(row, triple, gazetteer),
                    source: gazetteer.membership_source(row),
                    via: Some(of).filter(|&of| of != object),
                    status: Some(row.status),
                    same: bearing == Bearing::Same,
                    exact: triple.status == Some(row.status),
                    seen: None,
                });
            }
        }
    }
    let former = triple.status == Some(Status::Former);
    if former {
        let ends = gazetteer.memberships_in(subject, object).filter(|row| row.status == Status::Former);
        facts.extend(ends.map(|row| Fact {
            held: Interval { from: None, to: row.held.from },
            text: membership_text(row, triple, gazetteer),
            source: gazetteer.membership_source(row),
            via: None,
            status: Some(row.status),
            same: true,
            exact: true,
            seen: None,
        }));
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
    if !listed && !former && !facts.iter().any(|fact| fact.same) {
        facts.clear();
    }
    // Who ratified later may have signed before, where no row tells of the signature.
    let mut complete = (listed || former) && gazetteer.entity(object).is_complete();
    if triple.status == Some(Status::Signatory) && !facts.iter().any(|fact| fact.exact) {
        let before = facts.len();
        facts.retain(|fact| !at.is_some_and(|at| fact.held.is_ahead(at)));
        complete &= facts.len() == before;
    }
    facts.sort_by_key(|fact| !fact.exact);
    (facts, complete)
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

/// Who founded a body stays its founder after leaving it.
fn since_founding(held: Interval, triple: &Triple<'_>) -> Interval {
    match triple.status {
        Some(Status::FoundingMember) => Interval { to: None, ..held },
        _ => held,
    }
}

/// The body itself, then what it followed and what followed it: an organisation may follow a treaty. What goes on
/// beside a body of its kind has not been followed by it: a protocol adds to its treaty.
fn with_relatives(object: EntityId, gazetteer: &Gazetteer) -> impl Iterator<Item = EntityId> {
    let view = gazetteer.entity(object);
    let before = view.predecessors().iter().copied().filter(move |&key| {
        let other = gazetteer.entity(key);
        other.kind() != view.kind() || other.existed().to.is_some()
    });
    std::iter::once(object).chain(before).chain(view.successors().iter().copied())
}

/// Another body's row counts only for the time when the one named had no members of its own: before its first
/// members, or after its end. Who signed or founded what came before has done so for good.
fn outside_of(object: EntityId, row: &Membership, held: Interval, gazetteer: &Gazetteer) -> Option<Interval> {
    if row.status == Status::Signatory || row.founding && row.status == Status::Member {
        return Some(held);
    }
    let view = gazetteer.entity(object);
    if view.predecessors().contains(&row.of) {
        let first = gazetteer.members(object).iter().filter_map(|row| row.held.from).min();
        let begun = first.max(view.existed().from);
        let to = held.to.into_iter().chain(begun).min();
        return Some(Interval { to, ..held }).filter(|held| held.from.is_none() || held.from < held.to);
    }
    let ended = view.existed().to?;
    let from = held.from.max(Some(ended));
    Some(Interval { from, ..held }).filter(|held| held.to.is_none_or(|to| Some(to) > held.from))
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
        // What follows a treaty has its parties for members.
        Member => matches!(row.status, Member | FoundingMember | Party),
        FoundingMember => row.status == FoundingMember || row.status == Member && row.founding,
        Former => matches!(row.status, Member | FoundingMember | Party | Ratified | Signatory),
        Signatory => matches!(row.status, Signatory | Ratified | Party),
        Ratified | Party | NotRatified => matches!(row.status, Ratified | Party | Member),
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
    let differs = triple.status != Some(row.status) || row.status == Status::Former;
    if differs && !matches!(row.status, Status::Member | Status::Party) {
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
    let rows: Vec<_> =
        gazetteer.tenures(person).filter(|row| row.of == of && asked(row) && reaches(row, at)).collect();
    let fact = |row: &'g Tenure, held, same| Fact {
        held,
        text: tenure_text(row, triple.predicate, gazetteer),
        source: gazetteer.tenure_source(row),
        via: None,
        status: triple.status,
        same,
        exact: same,
        seen: row.seen,
    };
    let elect = triple.status == Some(Status::Elect);
    let mut facts: Vec<_> = rows.iter().map(|row| fact(row, row.held, !elect)).collect();
    if elect {
        facts.extend(rows.iter().map(|row| fact(row, before(row), true)));
    }
    facts.sort_by_key(|fact| fact.held.from);
    facts
}

/// Whether a row tells of this moment: one whose end is not known says nothing of what came after it was seen.
fn reaches(row: &Tenure, at: Option<PartialDate>) -> bool {
    at.is_none_or(|at| row.may_hold(at) || !row.held.may_hold(at))
}

/// When somebody may have been elected to an office that begins with a tenure: in the year before it.
fn before(row: &Tenure) -> Interval {
    let year = |from: PartialDate| from.first_day().checked_sub(1.year()).ok().map(PartialDate::from_day);
    Interval { from: row.held.from.and_then(year), to: row.held.from }
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
