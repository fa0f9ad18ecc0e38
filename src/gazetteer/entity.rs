//! Entities as users see them.

use super::tables::EntityRow;
use super::{EntityId, Gazetteer, Interval, Kind, PartialDate};

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
        &self.gazetteer.tables.entities[self.key.index()]
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

    /// The name it went by on a date.
    ///
    /// ```
    /// use accede::Gazetteer;
    /// let gazetteer = Gazetteer::builtin()?;
    /// let congo = gazetteer.entity(gazetteer.find("state:COD").unwrap());
    /// assert_eq!(congo.name_on("1985-06-01".parse()?), "Zaire");
    /// assert_eq!(congo.name_on("2005-06-01".parse()?), "Democratic Republic of the Congo");
    /// # Ok::<(), accede::Error>(())
    /// ```
    pub fn name_on(self, date: PartialDate) -> &'g str {
        let names = self.gazetteer.names_of(self.key).filter(|name| name.main && name.used.may_hold(date));
        let latest = names.max_by_key(|name| name.used.from);
        latest.map_or(self.name(), |name| self.gazetteer.surface(name))
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
