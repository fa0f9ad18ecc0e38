//! From tables to rows: entities first, then everything that points at them.

use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};

use super::entities::Draft;
use super::surface::{BLOCKER, keep_in, surface_in};
use super::table::Row;
use super::{
    Columns, EntityId, EntityRow, Interval, Membership, Name, Package, Release, Tables, Tenure, Text,
    optional, read,
};
use crate::{Error, Result};

const NAMES: Columns<8> =
    Columns { names: ["entity", "surface", "form", "case", "from", "to", "context", "main"], required: 4 };
const PERSON_NAMES: Columns<3> = Columns { names: ["person", "surface", "form"], required: 3 };
const BLOCKERS: Columns<2> = Columns { names: ["surface", "case"], required: 2 };
const MEMBERSHIPS: Columns<8> =
    Columns { names: ["entity", "of", "status", "from", "to", "source", "note", "founding"], required: 3 };
const TENURES: Columns<8> =
    Columns { names: ["person", "office", "of", "portfolio", "from", "to", "source", "seen"], required: 3 };

/// Reads packages one after the other, on top of `base`.
pub(super) fn load(base: Option<Tables>, packages: &[Package]) -> Result<Tables> {
    let mut loader = Loader::default();
    let release = Release::of(base.as_ref().map(|base| &base.release), packages)?;
    if let Some(base) = &base {
        loader.reopen(base);
    }
    let old_ids = base.map(|base| loader.take_rows(base));
    for package in packages {
        loader.entities(package)?;
    }
    loader.settle();
    if let Some(old_ids) = old_ids {
        loader.renumber(&old_ids)?;
    }
    for package in packages {
        loader.names(package)?;
        loader.memberships(package)?;
        loader.tenures(package)?;
    }
    loader.finish(release)
}

#[derive(Default)]
pub(super) struct Loader {
    arena: String,
    common: FxHashMap<String, Text>,
    pub(super) drafts: FxHashMap<String, Draft>,
    /// Ids that the package being read has given.
    pub(super) own: FxHashSet<String>,
    pub(super) ids: FxHashMap<String, EntityId>,
    pub(super) entities: Vec<EntityRow>,
    names: Vec<Name>,
    memberships: Vec<Membership>,
    tenures: Vec<Tenure>,
    pub(super) missing: Option<Error>,
}

impl Loader {
    pub(super) fn keep(&mut self, text: &str) -> Text {
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

    /// Takes over the rows of tables that were read before; gives the ids their places stood for.
    fn take_rows(&mut self, base: Tables) -> Vec<String> {
        let ids = base.entities.iter().map(|row| base.text(row.id).to_owned()).collect();
        self.names = base.names;
        self.memberships = base.memberships;
        self.tenures = base.tenures;
        self.arena = base.arena.into_owned() + &std::mem::take(&mut self.arena);
        ids
    }

    /// Points rows at the places that entities have now.
    fn renumber(&mut self, old_ids: &[String]) -> Result<()> {
        let places = old_ids.iter().map(|id| self.id(id)).collect::<Result<Vec<_>>>()?;
        let new = |key: EntityId| places[key.index()];
        for name in &mut self.names {
            name.entity = name.entity.map(new);
        }
        for row in &mut self.memberships {
            (row.entity, row.of) = (new(row.entity), new(row.of));
        }
        for row in &mut self.tenures {
            (row.person, row.of) = (new(row.person), new(row.of));
        }
        Ok(())
    }

    fn id(&self, id: &str) -> Result<EntityId> {
        self.ids.get(id).copied().ok_or_else(|| unknown(id))
    }

    fn names(&mut self, package: &Package) -> Result<()> {
        let before = self.names.len();
        for file in ["state_names.csv", "organization_names.csv"] {
            if package.text(file)?.is_none() {
                continue;
            }
            let earlier = self.dated_names(before);
            table(package, file, &NAMES, |_, row| {
                let [entity, surface, form, case, from, to, context, main] = row.fields();
                let (surface, folded) = surface_in(&mut self.arena, surface)?;
                let mut name = Name {
                    entity: Some(self.id(entity)?),
                    surface,
                    folded,
                    form: form.parse()?,
                    case: case.parse()?,
                    used: Interval { from: optional(from)?, to: optional(to)? },
                    needs_context: context == "yes",
                    main: main == "yes",
                };
                // What a table has no column for stays as it was.
                if let Some(known) = earlier.get(&(name.entity, folded.of(&self.arena).to_owned())) {
                    let [.., has_from, has_to, has_context, has_main] = row.has();
                    name.used.from = if has_from { name.used.from } else { known.used.from };
                    name.used.to = if has_to { name.used.to } else { known.used.to };
                    name.needs_context = if has_context { name.needs_context } else { known.needs_context };
                    name.main = if has_main { name.main } else { known.main };
                }
                self.names.push(name);
                Ok(())
            })?;
        }
        table(package, "person_names.csv", &PERSON_NAMES, |_, row| {
            let [person, surface, form] = row.fields();
            let entity = Some(self.id(person)?);
            let (surface, folded) = surface_in(&mut self.arena, surface)?;
            self.names.push(Name { entity, surface, folded, form: form.parse()?, ..BLOCKER });
            Ok(())
        })?;
        table(package, "blockers.csv", &BLOCKERS, |_, row| {
            let [surface, case] = row.fields();
            let (surface, folded) = surface_in(&mut self.arena, surface)?;
            self.names.push(Name { surface, folded, case: case.parse()?, ..BLOCKER });
            Ok(())
        })?;
        let arena = std::mem::take(&mut self.arena);
        override_earlier(
            &mut self.names,
            before,
            |name| (name.entity, name.folded.of(&arena)),
            |_| Interval::ALWAYS,
        );
        self.arena = arena;
        Ok(())
    }

    /// Names of earlier packages that a later table may have no columns for, by entity and folded form.
    fn dated_names(&self, before: usize) -> FxHashMap<(Option<EntityId>, String), Name> {
        let told = |name: &&Name| name.used != Interval::ALWAYS || name.needs_context || name.main;
        let names = self.names[..before].iter().filter(told);
        names.map(|name| ((name.entity, name.folded.of(&self.arena).to_owned()), name.clone())).collect()
    }

    fn memberships(&mut self, package: &Package) -> Result<()> {
        let before = self.memberships.len();
        table(package, "memberships.csv", &MEMBERSHIPS, |_, row| {
            let [entity, of, status, from, to, source, note, founding] = row.fields();
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
        })?;
        let key = |row: &Membership| (row.entity, row.of, row.status);
        override_earlier(&mut self.memberships, before, key, |row| row.held);
        Ok(())
    }

    fn tenures(&mut self, package: &Package) -> Result<()> {
        let before = self.tenures.len();
        table(package, "tenures.csv", &TENURES, |_, row| {
            let [person, office, of, portfolio, from, to, source, seen] = row.fields();
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
        })?;
        let arena = std::mem::take(&mut self.arena);
        let key = |row: &Tenure| (row.person, row.office, row.of, row.portfolio.of(&arena).to_owned());
        override_earlier(&mut self.tenures, before, key, |row| row.held);
        self.arena = arena;
        Ok(())
    }

    fn finish(mut self, release: Release) -> Result<Tables> {
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
            release,
        })
    }
}

pub(super) fn unknown(id: &str) -> Error {
    Error::new(format!(
        "there is no entity `{id}`: ids of states.csv, organizations.csv and persons.csv are allowed"
    ))
}

/// Rows of a later package replace those of earlier ones that speak of the same thing at the same time.
fn override_earlier<T, K: std::hash::Hash + Eq>(
    rows: &mut Vec<T>,
    before: usize,
    key: impl Fn(&T) -> K,
    held: impl Fn(&T) -> Interval,
) {
    if before == 0 || before == rows.len() {
        return;
    }
    let mut fresh: FxHashMap<K, Vec<Interval>> = FxHashMap::default();
    for row in &rows[before..] {
        fresh.entry(key(row)).or_default().push(held(row));
    }
    let said_anew = |row: &T| {
        fresh.get(&key(row)).is_some_and(|times| times.iter().any(|time| time.may_overlap(&held(row))))
    };
    let replaced: Vec<_> = rows[..before].iter().map(said_anew).collect();
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
    mut take: impl FnMut((&Path, u64), Row<'_, N>) -> Result<()>,
) -> Result<()> {
    let Some(text) = package.text(name)? else { return Ok(()) };
    let file = package.path(name);
    read(&file, &text, columns, |line, row| take((&file, line), row))
}
