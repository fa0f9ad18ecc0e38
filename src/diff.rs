//! What changed between two gazetteers, in facts.

use std::collections::BTreeSet;
use std::fmt;

use crate::{Entity, Gazetteer, Interval, Kind, Membership, Office, Status, Tenure};

/// A fact that one of two gazetteers holds and the other does not.
///
/// Displayed as `+ SWE member_of NATO from 2024-03-07`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The fact: `SWE member_of NATO from 2024-03-07`.
    pub fact: String,
    /// Whether the newer one holds it.
    pub added: bool,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", if self.added { '+' } else { '-' }, self.fact)
    }
}

/// Lists the facts that are in one of two gazetteers only, sorted by what they say.
///
/// Sources, notes and the order of rows make no difference.
///
/// ```
/// use accede::{Gazetteer, diff};
/// let gazetteer = Gazetteer::builtin()?;
/// assert!(diff(gazetteer, gazetteer).is_empty());
/// # Ok::<(), accede::Error>(())
/// ```
pub fn diff(old: &Gazetteer, new: &Gazetteer) -> Vec<Change> {
    let (old, new) = (facts(old), facts(new));
    let gone = old.difference(&new).map(|fact| Change { fact: fact.clone(), added: false });
    let fresh = new.difference(&old).map(|fact| Change { fact: fact.clone(), added: true });
    let mut changes: Vec<_> = gone.chain(fresh).collect();
    changes.sort();
    changes
}

fn facts(gazetteer: &Gazetteer) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    for entity in gazetteer.entities() {
        facts.insert(about(entity));
        for (what, ids) in [("follows", entity.predecessors()), ("is part of", entity.parent().as_slice())] {
            let others = ids.iter().map(|&id| gazetteer.entity(id));
            facts.extend(others.map(|other| format!("{} {what} {}", short(entity), short(other))));
        }
        for name in gazetteer.names_of(entity.key()) {
            let (surface, when) = (gazetteer.surface(name), when(name.used));
            facts.insert(format!("{} is called \"{surface}\" ({}){when}", short(entity), name.form));
        }
        facts.extend(gazetteer.memberships(entity.key()).map(|row| membership(gazetteer, row)));
        facts.extend(gazetteer.tenures(entity.key()).map(|row| tenure(gazetteer, row)));
    }
    facts
}

fn about(entity: Entity<'_>) -> String {
    let item = entity.wikidata().map(|item| format!(", {item}")).unwrap_or_default();
    format!("{} is the {} {}{item}{}", short(entity), entity.kind(), entity.name(), when(entity.existed()))
}

fn membership(gazetteer: &Gazetteer, row: &Membership) -> String {
    let of = gazetteer.entity(row.of);
    let predicate = if of.kind() == Kind::Treaty { "party_to" } else { "member_of" };
    let status = match row.status {
        Status::Member | Status::Party => String::new(),
        status => format!(" as {status}"),
    };
    let founding = if row.founding { " as a founder" } else { "" };
    let entity = short(gazetteer.entity(row.entity));
    format!("{entity} {predicate} {}{status}{founding}{}", short(of), when(row.held))
}

fn tenure(gazetteer: &Gazetteer, row: &Tenure) -> String {
    let predicate = match row.office {
        Office::HeadOfState => "head_of_state_of",
        Office::HeadOfGovernment => "head_of_government_of",
        Office::Minister => "minister_of",
        Office::HeadOfOrg => "head_of_org",
        Office::Other => "office_of",
    };
    let portfolios: Vec<_> = gazetteer.portfolios(row).collect();
    let portfolio =
        if portfolios.is_empty() { String::new() } else { format!(" ({})", portfolios.join(", ")) };
    let (person, of) = (gazetteer.entity(row.person), gazetteer.entity(row.of));
    format!("{} {predicate} {}{portfolio}{}", short(person), short(of), when(row.held))
}

/// `SWE`, `NATO`; persons by their whole id.
fn short(entity: Entity<'_>) -> &str {
    if entity.kind() == Kind::Person { entity.id() } else { entity.code() }
}

/// ` from 2024-03-07`
fn when(held: Interval) -> String {
    let from = held.from.map(|from| format!(" from {from}"));
    let to = held.to.map(|to| format!(" to {to}"));
    [from, to].into_iter().flatten().collect()
}
