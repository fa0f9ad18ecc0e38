//! The tables of data packages, read into rows: what the crate's build and its users have in common.
//!
//! This module and what lies below it are compiled twice: into the library, and into `build.rs`, which puts
//! the built-in tables into their compact form.

mod compact;
mod date;
mod entities;
mod load;
mod package;
mod release;
mod rows;
mod surface;
mod table;
mod vocabulary;

pub(crate) use date::optional;
pub use date::{Interval, PartialDate};
pub use package::Package;
pub(crate) use release::Release;
pub use rows::{EntityId, Membership, Name, NameId, Tenure};
pub(crate) use rows::{EntityRow, Text};
pub(crate) use surface::is_long_enough;
pub(crate) use table::{Columns, read, several};
pub(crate) use vocabulary::vocabulary;
pub use vocabulary::{Case, Form, Kind, Office, Status};

use std::borrow::Cow;

use crate::Result;

/// What the tables of some packages say together.
#[derive(Debug)]
pub(crate) struct Tables {
    /// All text, in pieces that rows point to.
    pub(crate) arena: Cow<'static, str>,
    /// Sorted by id.
    pub(crate) entities: Vec<EntityRow>,
    pub(crate) names: Vec<Name>,
    /// Places in `names`, sorted by entity.
    pub(crate) by_entity: Vec<u32>,
    /// Sorted by organisation.
    pub(crate) memberships: Vec<Membership>,
    /// Places in `memberships`, sorted by member.
    pub(crate) by_member: Vec<u32>,
    /// Sorted by state or organisation.
    pub(crate) tenures: Vec<Tenure>,
    /// Places in `tenures`, sorted by person.
    pub(crate) by_person: Vec<u32>,
    pub(crate) release: Release,
}

impl Tables {
    /// Counts packages without tables in for the version.
    pub(crate) fn count_in(&mut self, packages: &[Package]) -> Result<()> {
        self.release = Release::of(Some(&self.release), packages)?;
        Ok(())
    }

    /// Reads what [`Self::compact`] made.
    pub(crate) fn from_compact(rows: &[u8], arena: &'static str) -> Result<Self> {
        compact::read(rows, arena)
    }

    /// The rows in a form that is read fast; they point into the arena.
    #[cfg(any(test, not(tables_built)))]
    pub(crate) fn compact(&self) -> Vec<u8> {
        compact::write(self)
    }

    /// Reads packages, later ones adding to and overriding earlier ones.
    pub(crate) fn load(packages: &[Package]) -> Result<Self> {
        load::load(None, packages)
    }

    /// The same on top of these tables.
    pub(crate) fn overlay(self, packages: &[Package]) -> Result<Self> {
        load::load(Some(self), packages)
    }

    /// Takes in the names that a package has in these languages.
    pub(crate) fn add_foreign(&mut self, package: &Package, languages: &[&str]) -> Result<()> {
        surface::add_foreign(self, package, languages)
    }

    /// The entity of an id. Cost: a binary search.
    pub(crate) fn find(&self, id: &str) -> Option<EntityId> {
        let found = self.entities.binary_search_by(|row| self.text(row.id).cmp(id));
        found.ok().map(|at| EntityId(at as u32))
    }

    pub(crate) fn text(&self, text: Text) -> &str {
        text.of(&self.arena)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compact_form_says_the_same() {
        let tables = Tables::load(&[Package::Builtin]).unwrap();
        let arena = String::leak(tables.arena.clone().into_owned());
        let again = Tables::from_compact(&tables.compact(), arena).unwrap();
        assert_eq!(format!("{tables:?}"), format!("{again:?}"));
    }

    #[test]
    fn what_is_cut_short_is_refused() {
        let tables = Tables::load(&[Package::Builtin]).unwrap();
        let rows = tables.compact();
        assert!(Tables::from_compact(&rows[..rows.len() - 1], "").is_err());
    }
}
