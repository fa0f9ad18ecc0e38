//! Entities: read first, since everything else points at them.

use std::path::{Path, PathBuf};

use super::load::{Loader, table, unknown};
use super::{Columns, EntityId, EntityRow, Kind, Package, Tables, optional, several};
use crate::{Error, Result};

const STATES: Columns<11> = Columns {
    names: [
        "id",
        "kind",
        "name",
        "wikidata",
        "from",
        "to",
        "successors",
        "parent",
        "iso2",
        "iso3",
        "iso_numeric",
    ],
    required: 3,
};
const ORGANIZATIONS: Columns<11> = Columns {
    names: [
        "id",
        "kind",
        "name",
        "wikidata",
        "signed",
        "in_force",
        "ended",
        "predecessor",
        "successor",
        "nouns",
        "complete",
    ],
    required: 3,
};
const PERSONS: Columns<3> = Columns { names: ["id", "name", "wikidata"], required: 2 };

/// An entity as read, before ids can be resolved.
#[derive(Default)]
pub(super) struct Draft {
    row: EntityRow,
    predecessors: Vec<String>,
    successors: Vec<String>,
    parent: String,
    place: (PathBuf, u64),
}

impl Loader {
    /// Reads the entities of a package. What a table has no column for stays as earlier packages have it.
    pub(super) fn entities(&mut self, package: &Package) -> Result<()> {
        self.own.clear();
        table(package, "states.csv", &STATES, |place, row| {
            let [id, kind, name, wikidata, from, to, successors, parent, codes @ ..] = row.fields();
            let [
                ..,
                has_wikidata,
                has_from,
                has_to,
                has_successors,
                has_parent,
                has_iso2,
                has_iso3,
                has_numeric,
            ] = row.has();
            let mut draft = self.draft(id, kind.parse()?, name, place)?;
            if has_wikidata {
                draft.row.wikidata = self.keep(wikidata);
            }
            if has_from {
                draft.row.existed.from = optional(from)?;
            }
            if has_to {
                draft.row.existed.to = optional(to)?;
            }
            if has_successors {
                draft.successors = several(successors).map(str::to_owned).collect();
            }
            if has_parent {
                parent.clone_into(&mut draft.parent);
            }
            if has_iso2 || has_iso3 || has_numeric {
                let codes = codes.into_iter().filter(|code| !code.is_empty());
                draft.row.words = codes.map(|code| self.keep(code)).collect();
            }
            self.drafts.insert(id.to_owned(), draft);
            Ok(())
        })?;
        table(package, "organizations.csv", &ORGANIZATIONS, |place, row| {
            let [id, kind, name, wikidata, signed, in_force, ended, predecessor, successor, nouns, complete] =
                row.fields();
            let [
                ..,
                has_wikidata,
                has_signed,
                has_in_force,
                has_ended,
                has_predecessor,
                has_successor,
                has_nouns,
                has_complete,
            ] = row.has();
            let mut draft = self.draft(id, kind.parse()?, name, place)?;
            if has_wikidata {
                draft.row.wikidata = self.keep(wikidata);
            }
            if has_signed || has_in_force {
                draft.row.existed.from = optional(signed)?.or(optional(in_force)?);
            }
            if has_ended {
                draft.row.existed.to = optional(ended)?;
            }
            if has_predecessor {
                draft.predecessors = several(predecessor).map(str::to_owned).collect();
            }
            if has_successor {
                draft.successors = several(successor).map(str::to_owned).collect();
            }
            if has_nouns {
                draft.row.words = several(nouns).map(|noun| self.keep(noun)).collect();
            }
            if has_complete {
                draft.row.complete = complete == "yes";
            }
            self.drafts.insert(id.to_owned(), draft);
            Ok(())
        })?;
        table(package, "persons.csv", &PERSONS, |place, row| {
            let [id, name, wikidata] = row.fields();
            let mut draft = self.draft(id, Kind::Person, name, place)?;
            if row.has()[2] {
                draft.row.wikidata = self.keep(wikidata);
            }
            self.drafts.insert(id.to_owned(), draft);
            Ok(())
        })
    }

    /// The entity as known so far, with the name and kind it has here.
    fn draft(&mut self, id: &str, kind: Kind, name: &str, place: (&Path, u64)) -> Result<Draft> {
        if !id.is_ascii() || !id.contains(':') {
            let message = format!("`{id}` is not an id: ASCII with a kind before a colon is allowed");
            return Err(Error::new(message));
        }
        if !self.own.insert(id.to_owned()) {
            return Err(Error::new(format!("`{id}` stands twice in this package: keep one row")));
        }
        let mut draft = self.drafts.remove(id).unwrap_or_default();
        if draft.row.kind.is_none() {
            draft.row.id = self.keep(id);
        }
        draft.row.name = self.keep(name);
        draft.row.kind = Some(kind);
        draft.place = (place.0.to_owned(), place.1);
        Ok(draft)
    }

    /// Takes the entities of tables that were read before as drafts again.
    pub(super) fn reopen(&mut self, tables: &Tables) {
        let id = |key: EntityId| tables.text(tables.entities[key.index()].id).to_owned();
        for row in &tables.entities {
            let draft = Draft {
                predecessors: row.predecessors.iter().map(|&key| id(key)).collect(),
                successors: row.successors.iter().map(|&key| id(key)).collect(),
                parent: row.parent.map(id).unwrap_or_default(),
                place: (PathBuf::new(), 0),
                row: EntityRow {
                    predecessors: Vec::new(),
                    successors: Vec::new(),
                    parent: None,
                    ..row.clone()
                },
            };
            self.drafts.insert(tables.text(row.id).to_owned(), draft);
        }
    }

    /// Sorts the entities by id and resolves what they say of each other.
    pub(super) fn settle(&mut self) {
        let mut drafts: Vec<_> = std::mem::take(&mut self.drafts).into_iter().collect();
        drafts.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        self.ids = drafts.iter().enumerate().map(|(at, (id, _))| (id.clone(), EntityId(at as u32))).collect();
        let mut links = Vec::new();
        for (at, (_, draft)) in drafts.into_iter().enumerate() {
            let Draft { mut row, predecessors, successors, parent, place } = draft;
            let mut known = |id: &String| self.known(id, &place);
            row.parent = Some(parent).filter(|id| !id.is_empty()).as_ref().and_then(&mut known);
            row.predecessors = predecessors.iter().filter_map(&mut known).collect();
            row.successors = successors.iter().filter_map(&mut known).collect();
            let key = EntityId(at as u32);
            links.extend(row.successors.iter().map(|&after| (key, after)));
            links.extend(row.predecessors.iter().map(|&before| (before, key)));
            self.entities.push(row);
        }
        for (before, after) in links {
            add(&mut self.entities[before.index()].successors, after);
            add(&mut self.entities[after.index()].predecessors, before);
        }
    }

    /// The entity of that id; the first one missing is remembered and reported at the end.
    fn known(&mut self, id: &str, place: &(PathBuf, u64)) -> Option<EntityId> {
        let found = self.ids.get(id).copied();
        if found.is_none() && self.missing.is_none() {
            self.missing = Some(unknown(id).at(&place.0, place.1));
        }
        found
    }
}

fn add(list: &mut Vec<EntityId>, id: EntityId) {
    if !list.contains(&id) {
        list.push(id);
    }
}
