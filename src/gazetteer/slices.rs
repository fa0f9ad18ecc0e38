//! Which part of each table belongs to an entity.

use std::ops::Range;

use super::tables::{EntityId, Tables};

/// For each table and entity where its rows begin, in the table or in an index of it; one more than there are
/// entities. Made on first use, in less time than a short text takes.
#[derive(Debug)]
pub(super) struct Slices {
    /// In `Tables::memberships`, by organisation or treaty.
    pub(super) members: Starts,
    /// In `Tables::by_member`.
    pub(super) memberships: Starts,
    /// In `Tables::tenures`, by state or organisation.
    pub(super) offices: Starts,
    /// In `Tables::by_person`.
    pub(super) tenures: Starts,
    /// In `Tables::by_entity`.
    pub(super) names: Starts,
}

impl Slices {
    pub(super) fn new(tables: &Tables) -> Self {
        let starts =
            |keys: &mut dyn Iterator<Item = Option<EntityId>>| Starts::new(tables.entities.len(), keys);
        Self {
            members: starts(&mut tables.memberships.iter().map(|row| Some(row.of))),
            memberships: starts(&mut tables.memberships.iter().map(|row| Some(row.entity))),
            offices: starts(&mut tables.tenures.iter().map(|row| Some(row.of))),
            tenures: starts(&mut tables.tenures.iter().map(|row| Some(row.person))),
            names: starts(&mut tables.names.iter().map(|name| name.entity)),
        }
    }
}

/// Where the rows of each entity begin in a table or index sorted by entity; rows of nobody come first.
#[derive(Debug)]
pub(super) struct Starts(Box<[u32]>);

impl Starts {
    fn new(entities: usize, keys: &mut dyn Iterator<Item = Option<EntityId>>) -> Self {
        let mut starts = vec![0; entities + 1];
        for key in keys {
            match key {
                Some(key) => starts[key.index() + 1] += 1,
                None => starts[0] += 1,
            }
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self(starts.into())
    }

    /// The rows of an entity.
    #[inline]
    pub(super) fn of(&self, key: EntityId) -> Range<usize> {
        self.0[key.index()] as usize..self.0[key.index() + 1] as usize
    }
}
