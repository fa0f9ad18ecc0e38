//! The rows of the tables as they are kept, with ids resolved to places.

use super::{Case, Form, Interval, Kind, Office, PartialDate, Status};

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

impl Text {
    /// The piece of this arena.
    pub(crate) fn of(self, arena: &str) -> &str {
        &arena[self.start as usize..(self.start + self.len) as usize]
    }
}

/// What is kept of an entity; `Entity` is the view that users see.
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

/// A surface form of an entity, or a longer string in which a name is not the entity.
#[derive(Debug, Clone)]
pub struct Name {
    /// Whose name it is; `None` for a blocker such as "New Mexico".
    pub entity: Option<EntityId>,
    pub(crate) surface: Text,
    /// The surface as names and text are compared.
    pub(crate) folded: Text,
    /// How it stands for the entity.
    pub form: Form,
    /// How its letters must be written.
    pub case: Case,
    /// When it was in use.
    pub used: Interval,
    /// Whether it often means something else and needs evidence.
    pub needs_context: bool,
    /// Whether it is a former name that was the common one of its time: "Zaire", "Burma".
    pub main: bool,
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
    /// Where the end is not known: until when it is known to have held.
    pub seen: Option<PartialDate>,
    pub(crate) source: Text,
}

impl Tenure {
    /// Whether it may have been held at some time within `at`. One whose end is not known may not, as far as
    /// the gazetteer can say, after it was last seen.
    pub fn may_hold(&self, at: PartialDate) -> bool {
        let unseen =
            self.held.to.is_none() && self.seen.is_some_and(|seen| at.first_day() >= seen.next_day());
        self.held.may_hold(at) && !unseen
    }
}
