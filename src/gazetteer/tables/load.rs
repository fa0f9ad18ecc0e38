//! From tables to rows: entities first, then everything that points at them.

use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use super::surface::{BLOCKER, keep_in, surface_in};
use super::{
    Columns, EntityId, EntityRow, Interval, Kind, Membership, Name, Package, Release, Tables, Tenure, Text,
    optional, read, several,
};
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
    required: 8,
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
    required: 10,
};
const PERSONS: Columns<3> = Columns { names: ["id", "name", "wikidata"], required: 2 };
const NAMES: Columns<8> =
    Columns { names: ["entity", "surface", "form", "case", "from", "to", "context", "main"], required: 4 };
const PERSON_NAMES: Columns<3> = Columns { names: ["person", "surface", "form"], required: 3 };
const BLOCKERS: Columns<2> = Columns { names: ["surface", "case"], required: 2 };
const MEMBERSHIPS: Columns<8> =
    Columns { names: ["entity", "of", "status", "from", "to", "source", "note", "founding"], required: 6 };
const TENURES: Columns<8> =
    Columns { names: ["person", "office", "of", "portfolio", "from", "to", "source", "seen"], required: 7 };

/// Reads the packages one after the other.
pub(super) fn load(packages: &[Package]) -> Result<Tables> {
    let mut loader = Loader::default();
    for package in packages {
        loader.entities(package)?;
    }
    loader.settle();
    for package in packages {
        loader.names(package)?;
        loader.memberships(package)?;
        loader.tenures(package)?;
    }
    loader.finish(packages)
}

/// An entity as read, before ids can be resolved.
struct Draft {
    row: EntityRow,
    predecessors: Vec<String>,
    successors: Vec<String>,
    parent: String,
    place: (PathBuf, u64),
}

#[derive(Default)]
struct Loader {
    arena: String,
    common: FxHashMap<String, Text>,
    drafts: FxHashMap<String, Draft>,
    ids: FxHashMap<String, EntityId>,
    entities: Vec<EntityRow>,
    names: Vec<Name>,
    memberships: Vec<Membership>,
    tenures: Vec<Tenure>,
    missing: Option<Error>,
}

impl Loader {
    fn keep(&mut self, text: &str) -> Text {
        keep_in(&mut self.arena, text)
    }

    /// The same for what many rows say alike.
    fn keep_once(&mut self, text: &str) -> Text {
        if let Some(&kept) = self.common.get(text) {
            return kept;
        }
        let kept = self.keep(text);
        self.common.insert(text.to_owned(), kept);
        kept
    }

    fn entities(&mut self, package: &Package) -> Result<()> {
        table(package, "states.csv", &STATES, |place, row| {
            let [id, kind, name, wikidata, from, to, successors, parent, codes @ ..] = row;
            let row = EntityRow {
                words: codes
                    .into_iter()
                    .filter(|code| !code.is_empty())
                    .map(|code| self.keep(code))
                    .collect(),
                existed: Interval { from: optional(from)?, to: optional(to)? },
                ..self.entity(id, kind.parse()?, name, wikidata)
            };
            let successors = several(successors).map(str::to_owned).collect();
            self.draft(
                id,
                Draft {
                    row,
                    predecessors: Vec::new(),
                    successors,
                    parent: parent.to_owned(),
                    place: own(place),
                },
            )
        })?;
        table(package, "organizations.csv", &ORGANIZATIONS, |place, row| {
            let [id, kind, name, wikidata, signed, in_force, ended, predecessor, successor, nouns, complete] =
                row;
            let from = optional(signed)?.or(optional(in_force)?);
            let row = EntityRow {
                words: several(nouns).map(|noun| self.keep(noun)).collect(),
                existed: Interval { from, to: optional(ended)? },
                complete: complete == "yes",
                ..self.entity(id, kind.parse()?, name, wikidata)
            };
            let predecessors = several(predecessor).map(str::to_owned).collect();
            let successors = several(successor).map(str::to_owned).collect();
            self.draft(id, Draft { row, predecessors, successors, parent: String::new(), place: own(place) })
        })?;
        table(package, "persons.csv", &PERSONS, |place, [id, name, wikidata]| {
            let row = self.entity(id, Kind::Person, name, wikidata);
            let none = Vec::new;
            self.draft(
                id,
                Draft {
                    row,
                    predecessors: none(),
                    successors: none(),
                    parent: String::new(),
                    place: own(place),
                },
            )
        })
    }

    fn entity(&mut self, id: &str, kind: Kind, name: &str, wikidata: &str) -> EntityRow {
        let (id, name, wikidata) = (self.keep(id), self.keep(name), self.keep(wikidata));
        EntityRow { id, name, wikidata, kind: Some(kind), ..EntityRow::default() }
    }

    fn draft(&mut self, id: &str, draft: Draft) -> Result<()> {
        if !id.is_ascii() || !id.contains(':') {
            return Err(Error::new(format!(
                "`{id}` is not an id: ASCII with a kind before a colon is allowed"
            )));
        }
        self.drafts.insert(id.to_owned(), draft);
        Ok(())
    }

    /// Sorts the entities by id and resolves what they say of each other.
    fn settle(&mut self) {
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

    fn id(&self, id: &str) -> Result<EntityId> {
        self.ids.get(id).copied().ok_or_else(|| unknown(id))
    }

    fn names(&mut self, package: &Package) -> Result<()> {
        let before = self.names.len();
        for file in ["state_names.csv", "organization_names.csv"] {
            table(package, file, &NAMES, |_, [entity, surface, form, case, from, to, context, main]| {
                let (surface, folded) = surface_in(&mut self.arena, surface)?;
                let name = Name {
                    entity: Some(self.id(entity)?),
                    surface,
                    folded,
                    form: form.parse()?,
                    case: case.parse()?,
                    used: Interval { from: optional(from)?, to: optional(to)? },
                    needs_context: context == "yes",
                    main: main == "yes",
                };
                self.names.push(name);
                Ok(())
            })?;
        }
        table(package, "person_names.csv", &PERSON_NAMES, |_, [person, surface, form]| {
            let entity = Some(self.id(person)?);
            let (surface, folded) = surface_in(&mut self.arena, surface)?;
            self.names.push(Name { entity, surface, folded, form: form.parse()?, ..BLOCKER });
            Ok(())
        })?;
        table(package, "blockers.csv", &BLOCKERS, |_, [surface, case]| {
            let (surface, folded) = surface_in(&mut self.arena, surface)?;
            self.names.push(Name { surface, folded, case: case.parse()?, ..BLOCKER });
            Ok(())
        })?;
        let arena = std::mem::take(&mut self.arena);
        override_earlier(&mut self.names, before, |name| (name.entity, name.folded.of(&arena)));
        self.arena = arena;
        Ok(())
    }

    fn memberships(&mut self, package: &Package) -> Result<()> {
        let before = self.memberships.len();
        table(
            package,
            "memberships.csv",
            &MEMBERSHIPS,
            |_, [entity, of, status, from, to, source, note, founding]| {
                let row = Membership {
                    entity: self.id(entity)?,
                    of: self.id(of)?,
                    status: status.parse()?,
                    held: Interval { from: optional(from)?, to: optional(to)? },
                    founding: founding == "yes",
                    source: self.keep_once(source),
                    note: self.keep_once(note),
                };
                self.memberships.push(row);
                Ok(())
            },
        )?;
        let key = |row: &Membership| (row.entity, row.of, row.status);
        override_earlier(&mut self.memberships, before, key);
        Ok(())
    }

    fn tenures(&mut self, package: &Package) -> Result<()> {
        let before = self.tenures.len();
        table(
            package,
            "tenures.csv",
            &TENURES,
            |_, [person, office, of, portfolio, from, to, source, seen]| {
                let row = Tenure {
                    person: self.id(person)?,
                    office: office.parse()?,
                    of: self.id(of)?,
                    portfolio: self.keep_once(portfolio),
                    held: Interval { from: optional(from)?, to: optional(to)? },
                    seen: optional(seen)?,
                    source: self.keep_once(source),
                };
                self.tenures.push(row);
                Ok(())
            },
        )?;
        let arena = std::mem::take(&mut self.arena);
        override_earlier(&mut self.tenures, before, |row| {
            (row.person, row.office, row.of, row.portfolio.of(&arena))
        });
        self.arena = arena;
        Ok(())
    }

    fn finish(mut self, packages: &[Package]) -> Result<Tables> {
        if let Some(error) = self.missing {
            return Err(error);
        }
        self.memberships.sort_by_key(|row| (row.of, row.entity, row.held.from));
        self.tenures.sort_by_key(|row| (row.of, row.office, row.held.from));
        Ok(Tables {
            by_entity: sorted_index(&self.names, |name| name.entity),
            by_member: sorted_index(&self.memberships, |row| row.entity),
            by_person: sorted_index(&self.tenures, |row| row.person),
            arena: self.arena.into(),
            entities: self.entities,
            names: self.names,
            memberships: self.memberships,
            tenures: self.tenures,
            release: Release::of(packages)?,
        })
    }
}

/// A place that outlives the reading of its table.
fn own((file, line): (&Path, u64)) -> (PathBuf, u64) {
    (file.to_owned(), line)
}

pub(super) fn unknown(id: &str) -> Error {
    Error::new(format!(
        "there is no entity `{id}`: ids of states.csv, organizations.csv and persons.csv are allowed"
    ))
}

fn add(list: &mut Vec<EntityId>, id: EntityId) {
    if !list.contains(&id) {
        list.push(id);
    }
}

/// Rows of a later package replace those of earlier ones that speak of the same thing.
fn override_earlier<T, K: PartialEq + std::hash::Hash + Eq>(
    rows: &mut Vec<T>,
    before: usize,
    key: impl Fn(&T) -> K,
) {
    if before == 0 || before == rows.len() {
        return;
    }
    let fresh: FxHashSet<_> = rows[before..].iter().map(&key).collect();
    let replaced: Vec<_> = rows[..before].iter().map(|row| fresh.contains(&key(row))).collect();
    drop(fresh);
    let mut at = 0;
    rows.retain(|_| {
        at += 1;
        !replaced.get(at - 1).copied().unwrap_or(false)
    });
}

pub(super) fn sorted_index<T, K: Ord>(rows: &[T], key: impl Fn(&T) -> K) -> Vec<u32> {
    let mut index: Vec<_> = (0..rows.len() as u32).collect();
    index.sort_by_key(|&at| key(&rows[at as usize]));
    index
}

pub(super) fn table<const N: usize>(
    package: &Package,
    name: &str,
    columns: &Columns<N>,
    mut take: impl FnMut((&Path, u64), [&str; N]) -> Result<()>,
) -> Result<()> {
    let Some(text) = package.text(name)? else { return Ok(()) };
    let file = package.path(name);
    read(&file, &text, columns, |line, row| take((&file, line), row.fields()))
}
