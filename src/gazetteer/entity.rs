//! Entities, their names, memberships and tenures, as rows of immutable tables.

use super::{Case, Form, Gazetteer, Interval, Kind, Office, Status};

/// The place of an entity in its gazetteer. Ids of one gazetteer mean nothing in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(pub(crate) u32);

impl EntityId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// The place of a name in its gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameId(pub(crate) u32);

impl NameId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A piece of the gazetteer's arena of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Text {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

/// What is kept of an entity; [`Entity`] is the view that users see.
#[derive(Debug, Clone, Default)]
pub(crate) struct EntityRow {
    pub(crate) id: Text,
    pub(crate) name: Text,
    pub(crate) wikidata: Text,
    pub(crate) kind: Option<Kind>,
    pub(crate) existed: Interval,
    pub(crate) complete: bool,
    /// ISO codes of states, as written; nouns of organisations.
    pub(crate) words: Vec<Text>,
    pub(crate) predecessors: Vec<EntityId>,
    pub(crate) successors: Vec<EntityId>,
    pub(crate) parent: Option<EntityId>,
}

/// An entity of a gazetteer.
///
/// ```
/// use accede::{Gazetteer, Kind};
/// let gazetteer = Gazetteer::builtin()?;
/// let nato = gazetteer.entity(gazetteer.find("org:NATO").unwrap());
/// assert_eq!(nato.kind(), Kind::Organization);
/// assert_eq!(nato.name(), "North Atlantic Treaty Organization");
/// # Ok::<(), accede::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Entity<'g> {
    pub(crate) gazetteer: &'g Gazetteer,
    pub(crate) key: EntityId,
}

impl<'g> Entity<'g> {
    fn row(self) -> &'g EntityRow {
        &self.gazetteer.entities[self.key.index()]
    }

    /// Its place in the gazetteer.
    pub fn key(self) -> EntityId {
        self.key
    }

    /// The stable id: `state:KAZ`, `org:NATO`.
    pub fn id(self) -> &'g str {
        self.gazetteer.text(self.row().id)
    }

    /// The id without its kind: `KAZ`, `NATO`.
    pub fn code(self) -> &'g str {
        self.id().split_once(':').map_or(self.id(), |(_, code)| code)
    }

    /// The name records give.
    pub fn name(self) -> &'g str {
        self.gazetteer.text(self.row().name)
    }

    /// What it is.
    pub fn kind(self) -> Kind {
        self.row().kind.unwrap_or(Kind::Region)
    }

    /// The Wikidata item, where known.
    pub fn wikidata(self) -> Option<&'g str> {
        Some(self.gazetteer.text(self.row().wikidata)).filter(|item| !item.is_empty())
    }

    /// When it existed: independence, founding or signature to dissolution.
    pub fn existed(self) -> Interval {
        self.row().existed
    }

    /// Whether the gazetteer lists all its members, so that a state not listed is known not to be one.
    pub fn is_complete(self) -> bool {
        self.row().complete
    }

    /// ISO codes of a state or territory; the common nouns an organisation or treaty goes by.
    pub fn words(self) -> impl Iterator<Item = &'g str> {
        self.row().words.iter().map(|&word| self.gazetteer.text(word))
    }

    /// What it followed, directly.
    pub fn predecessors(self) -> &'g [EntityId] {
        &self.row().predecessors
    }

    /// What followed it, directly.
    pub fn successors(self) -> &'g [EntityId] {
        &self.row().successors
    }

    /// The state a territory belongs to.
    pub fn parent(self) -> Option<EntityId> {
        self.row().parent
    }
}

/// A surface form of an entity, or a longer string in which a name is not the entity.
#[derive(Debug, Clone)]
pub struct Name {
    /// Whose name it is; `None` for a blocker such as "New Mexico".
    pub entity: Option<EntityId>,
    pub(crate) surface: Text,
    /// How it stands for the entity.
    pub form: Form,
    /// How its letters must be written.
    pub case: Case,
    /// When it was in use.
    pub used: Interval,
    /// Whether it often means something else and needs evidence.
    pub needs_context: bool,
}

/// That an entity had a status in an organisation or treaty for a time.
#[derive(Debug, Clone)]
pub struct Membership {
    /// Who: a state, territory or organisation.
    pub entity: EntityId,
    /// In what: an organisation or treaty.
    pub of: EntityId,
    /// As what.
    pub status: Status,
    /// When.
    pub held: Interval,
    /// Whether it was there from the beginning.
    pub founding: bool,
    pub(crate) source: Text,
    pub(crate) note: Text,
}

/// That a person held an office for a time.
#[derive(Debug, Clone)]
pub struct Tenure {
    /// Who.
    pub person: EntityId,
    /// Which office.
    pub office: Office,
    /// Of which state or organisation.
    pub of: EntityId,
    pub(crate) portfolio: Text,
    /// When.
    pub held: Interval,
    pub(crate) source: Text,
}
