//! What the gazetteer asserts between the entities of a document and the text does not.

use rustc_hash::FxHashMap;

use super::{Check, verify};
use crate::document::{Document, Span};
use crate::gazetteer::{EntityId, Gazetteer, Kind, Membership, Office, PartialDate, Status, Tenure};
use crate::relate::{Modality, Node, Polarity, Predicate, Time, Triple};
use crate::resolve::Resolution;

/// What stands in place of a rule's name.
const RULE: &str = "known";

/// Triples that only the gazetteer asserts, with the facts they rest on.
#[derive(Debug, Default)]
pub struct Known {
    /// Their evidence is the mention of the subject.
    pub triples: Vec<Triple<'static>>,
    /// The fact of each.
    pub checks: Vec<Check>,
}

/// The memberships and offices between entities that the document names, as they were at its date, or as they
/// are where it has none. Pairs that the text speaks of in the same way are left out.
///
/// ```
/// use accede::{Document, Extractor, known};
/// let extractor = Extractor::builtin()?;
/// let document = Document::new("Finland hosted a meeting with NATO.").with_date("2024-05-01".parse()?);
/// let extraction = extractor.extract(&document);
/// let known = known(&document, &extraction.resolution, &extraction.triples, extractor.gazetteer());
/// assert_eq!((extraction.triples.len(), known.triples.len()), (0, 1));
/// assert_eq!(known.checks[0].fact.as_deref(), Some("member_of FIN NATO 2023-04-04.."));
/// # Ok::<(), accede::Error>(())
/// ```
pub fn known(
    document: &Document<'_>,
    resolution: &Resolution,
    said: &[Triple<'_>],
    gazetteer: &Gazetteer,
) -> Known {
    let mut named: FxHashMap<EntityId, Node> = FxHashMap::default();
    let mut order = Vec::new();
    for (mention, found) in resolution.mentions.iter().enumerate().filter(|(_, found)| found.counts()) {
        let Some(entity) = found.entity else { continue };
        named.entry(entity).or_insert_with(|| {
            order.push(entity);
            Node { entity: Some(entity), mention, kind: found.kind }
        });
    }
    let mut known: Vec<Triple<'static>> = Vec::new();
    for entity in order {
        let subject = named[&entity];
        let mut add = |object: EntityId, predicate, status, portfolio: Option<&str>| {
            let Some(&object) = named.get(&object) else { return };
            let triple = triple(subject, predicate, object, status, portfolio, resolution);
            if !said.iter().chain(&known).any(|other| is_same(other, &triple)) {
                known.push(triple);
            }
        };
        if subject.kind == Kind::Person {
            for row in gazetteer.tenures(entity).filter(|row| is_in_office(row, document.date)) {
                let portfolios: Vec<_> = gazetteer.portfolios(row).collect();
                let portfolio = Some(portfolios.join(";")).filter(|portfolio| !portfolio.is_empty());
                if let Some(predicate) = predicate_of(row.office) {
                    add(row.of, predicate, Status::Current, portfolio.as_deref());
                }
            }
        } else {
            let mut rows: Vec<_> = gazetteer
                .memberships(entity)
                .filter(|row| is_member(row, document.date, gazetteer))
                .collect();
            rows.sort_by_key(|row| (row.of, rank(row.status)));
            rows.dedup_by_key(|row| row.of);
            for row in rows {
                let is_treaty = gazetteer.entity(row.of).kind() == Kind::Treaty;
                let predicate = if is_treaty { Predicate::PartyTo } else { Predicate::MemberOf };
                add(row.of, predicate, row.status, None);
            }
        }
    }
    let checks = known.iter().map(|triple| verify(triple, document, gazetteer)).collect();
    Known { triples: known, checks }
}

fn triple(
    subject: Node,
    predicate: Predicate<'static>,
    object: Node,
    status: Status,
    portfolio: Option<&str>,
    resolution: &Resolution,
) -> Triple<'static> {
    let evidence = resolution.mentions.get(subject.mention).map_or(Span::default(), |mention| mention.span);
    Triple {
        subject,
        predicate,
        object,
        status: Some(status),
        polarity: Polarity::Affirmed,
        modality: Modality::Asserted,
        event: None,
        time: Time::default(),
        portfolio: portfolio.map(str::to_owned),
        office: None,
        attributed_to: None,
        rule: RULE,
        score: 1.0,
        evidence,
    }
}

fn is_same(a: &Triple<'_>, b: &Triple<'_>) -> bool {
    (a.subject.entity, a.predicate, a.object.entity) == (b.subject.entity, b.predicate, b.object.entity)
}

fn is_member(row: &Membership, date: Option<PartialDate>, gazetteer: &Gazetteer) -> bool {
    let held = match date {
        Some(date) => gazetteer.held_on(row, date),
        None => row.held.to.is_none() && gazetteer.entity(row.of).existed().to.is_none(),
    };
    held && !matches!(row.status, Status::Former | Status::NotRatified)
}

fn is_in_office(row: &Tenure, date: Option<PartialDate>) -> bool {
    date.map_or(row.held.to.is_none() && row.seen.is_none(), |date| row.may_hold(date))
}

fn predicate_of(office: Office) -> Option<Predicate<'static>> {
    match office {
        Office::HeadOfState => Some(Predicate::HeadOfStateOf),
        Office::HeadOfGovernment => Some(Predicate::HeadOfGovernmentOf),
        Office::Minister => Some(Predicate::MinisterOf),
        Office::HeadOfOrg => Some(Predicate::HeadOfOrg),
        _ => None,
    }
}

/// The status that says most comes first.
fn rank(status: Status) -> u8 {
    match status {
        Status::Suspended => 0,
        Status::Party | Status::Member => 1,
        Status::FoundingMember | Status::Ratified => 2,
        Status::Signatory => 3,
        _ => 4,
    }
}
