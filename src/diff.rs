//! What changed between two gazetteers, in facts.

use std::collections::BTreeSet;
use std::fmt;

use crate::{Entity, Gazetteer, Interval, Kind, Membership, Name, Office, Status, Tenure};

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
/// Facts are entities with their codes, nouns and lineage, names, memberships and tenures. Sources, notes, the order of
/// rows, language tables, blockers and rules make no difference.
///
/// ```
/// use accede::{Gazetteer, diff};
/// let gazetteer = Gazetteer::builtin()?;
/// assert!(diff(gazetteer, gazetteer).is_empty());
/// # Ok::<(), accede::Error>(())
/// ```
pub fn diff(old: &Gazetteer, new: &Gazetteer) -> Vec<Change> {
    let shared = shared_codes(old).union(&shared_codes(new)).cloned().collect();
    let (old, new) = (facts(old, &shared), facts(new, &shared));
    let gone = old.difference(&new).map(|fact| Change { fact: fact.clone(), added: false });
    let fresh = new.difference(&old).map(|fact| Change { fact: fact.clone(), added: true });
    let mut changes: Vec<_> = gone.chain(fresh).collect();
    changes.sort();
    changes
}

/// Codes that several entities have, such as a state and an organisation: they are told by their ids.
fn shared_codes(gazetteer: &Gazetteer) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let codes =
        gazetteer.entities().filter(|entity| entity.kind() != Kind::Person).map(|entity| entity.code());
    codes.filter(|code| !seen.insert(*code)).map(str::to_owned).collect()
}

/// What a gazetteer says, told one by one.
struct Teller<'g> {
    gazetteer: &'g Gazetteer,
    shared: &'g BTreeSet<String>,
}

fn facts(gazetteer: &Gazetteer, shared: &BTreeSet<String>) -> BTreeSet<String> {
    let teller = Teller { gazetteer, shared };
    let mut facts = BTreeSet::new();
    for entity in gazetteer.entities() {
        facts.extend(teller.about(entity));
        facts.extend(gazetteer.names_of(entity.key()).map(|name| teller.name(entity, name)));
        facts.extend(gazetteer.memberships(entity.key()).map(|row| teller.membership(row)));
        facts.extend(gazetteer.tenures(entity.key()).map(|row| teller.tenure(row)));
    }
    facts
}

impl<'g> Teller<'g> {
    /// `SWE`, `NATO`; persons, and what shares its code, by the whole id.
    fn short(&self, entity: Entity<'g>) -> &'g str {
        let whole = entity.kind() == Kind::Person || self.shared.contains(entity.code());
        if whole { entity.id() } else { entity.code() }
    }

    fn about(&self, entity: Entity<'g>) -> Vec<String> {
        let short = self.short(entity);
        let item = entity.wikidata().map(|item| format!(", {item}")).unwrap_or_default();
        let (kind, name) = (entity.kind(), entity.name());
        let mut facts = vec![format!("{short} is the {kind} {name}{item}{}", when(entity.existed()))];
        let lineage = entity.predecessors().iter().map(|id| ("follows", id));
        for (what, &id) in lineage.chain(entity.parent().iter().map(|id| ("is part of", id))) {
            facts.push(format!("{short} {what} {}", self.short(self.gazetteer.entity(id))));
        }
        facts.extend(entity.words().map(|word| format!("{short} goes by \"{word}\"")));
        if entity.is_complete() {
            facts.push(format!("{short} has a complete list of members"));
        }
        facts
    }

    fn name(&self, entity: Entity<'g>, name: &Name) -> String {
        let mut marks = format!("{}, {}", name.form, name.case);
        for (mark, is_so) in [(", in context", name.needs_context), (", the common one", name.main)] {
            marks += if is_so { mark } else { "" };
        }
        let surface = self.gazetteer.surface(name);
        format!("{} is called \"{surface}\" ({marks}){}", self.short(entity), when(name.used))
    }

    fn membership(&self, row: &Membership) -> String {
        let of = self.gazetteer.entity(row.of);
        let predicate = if of.kind() == Kind::Treaty { "party_to" } else { "member_of" };
        let status = match row.status {
            Status::Member | Status::Party => String::new(),
            status => format!(" as {status}"),
        };
        let founding = if row.founding { " as a founder" } else { "" };
        let entity = self.short(self.gazetteer.entity(row.entity));
        format!("{entity} {predicate} {}{status}{founding}{}", self.short(of), when(row.held))
    }

    fn tenure(&self, row: &Tenure) -> String {
        let predicate = match row.office {
            Office::HeadOfState => "head_of_state_of",
            Office::HeadOfGovernment => "head_of_government_of",
            Office::Minister => "minister_of",
            Office::HeadOfOrg => "head_of_org",
            Office::Other | Office::Counterpart | Office::Honorific => "office_of",
        };
        let portfolios: Vec<_> = self.gazetteer.portfolios(row).collect();
        let portfolio =
            if portfolios.is_empty() { String::new() } else { format!(" ({})", portfolios.join(", ")) };
        let (person, of) = (self.gazetteer.entity(row.person), self.gazetteer.entity(row.of));
        let seen = row.seen.map(|seen| format!(", seen {seen}")).unwrap_or_default();
        format!("{} {predicate} {}{portfolio}{}{seen}", self.short(person), self.short(of), when(row.held))
    }
}

/// ` from 2024-03-07`
fn when(held: Interval) -> String {
    let from = held.from.map(|from| format!(" from {from}"));
    let to = held.to.map(|to| format!(" to {to}"));
    [from, to].into_iter().flatten().collect()
}
