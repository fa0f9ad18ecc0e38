//! The gazetteer: states, organisations, treaties and officials with dated names, memberships and terms.

mod entity;
mod language;
mod lookup;
mod slices;
mod tables;

use once_cell::sync::OnceCell;

pub use entity::Entity;
pub use language::Language;
pub(crate) use language::{Connector, GivenName, NameHead, Place, Sport, Title, Tongue};
pub use tables::{
    Case, EntityId, Form, Interval, Kind, Membership, Name, NameId, Office, Package, PartialDate, Status,
    Tenure,
};
pub(crate) use tables::{Text, is_long_enough, optional, several, vocabulary};

use crate::Result;
use slices::Slices;
use tables::Tables;

/// What is known: immutable tables, sorted, with everything looked up by small ids.
///
/// # Resource usage
/// The built-in gazetteer is read from a compact form, 8 MB within the program, on first use; that takes some
/// milliseconds, which `cargo bench` prints. The tables as text, 15 MB, are in the program too, for overlays.
///
/// ```
/// use accede::Gazetteer;
/// let gazetteer = Gazetteer::builtin()?;
/// let csto = gazetteer.find("org:CSTO").unwrap();
/// let members = |date: &str| gazetteer.members_on(csto, date.parse().unwrap()).count();
/// assert_eq!(members("2003-06-01"), 6);
/// assert_eq!(members("2009-01-01"), 7);
/// # Ok::<(), accede::Error>(())
/// ```
#[derive(Debug)]
pub struct Gazetteer {
    tables: Tables,
    slices: OnceCell<Slices>,
    language: Language,
    packages: Vec<Package>,
}

static BUILTIN: OnceCell<Gazetteer> = OnceCell::new();

impl Gazetteer {
    /// The gazetteer built into the crate, read on first use and shared from then on.
    ///
    /// # Errors
    /// If a table of the package is broken; the message names file and line.
    pub fn builtin() -> Result<&'static Self> {
        BUILTIN.get_or_try_init(|| Self::load(&[Package::Builtin]))
    }

    /// Reads packages, later ones adding to earlier ones.
    ///
    /// A later row replaces an earlier one that speaks of the same thing: an entity of that id; a name of that
    /// entity that folds alike; a membership of that entity, body and status at the same time; a tenure of that
    /// person, office, state or body, and portfolio at the same time. What a table has no column for stays as it
    /// was.
    ///
    /// Cost: some milliseconds for the built-in package, some tens with others on top of it.
    ///
    /// # Errors
    /// If a table cannot be read or is broken; the message names file, line and what is allowed.
    pub fn load(packages: &[Package]) -> Result<Self> {
        let tables = match packages {
            [Package::Builtin, overlays @ ..] => {
                let builtin = Tables::from_compact(
                    include_bytes!(concat!(env!("OUT_DIR"), "/tables.bin")),
                    include_str!(concat!(env!("OUT_DIR"), "/tables.txt")),
                )?;
                if overlays.is_empty() { Ok(builtin) } else { builtin.overlay(overlays) }
            }
            _ => Tables::load(packages),
        };
        Ok(Self {
            tables: tables?,
            slices: OnceCell::new(),
            language: Language::load(packages)?,
            packages: packages.to_vec(),
        })
    }

    /// Takes in the names that states and territories have in other languages.
    ///
    /// The built-in tables have those of `ar`, `es`, `fr`, `ru` and `zh`, from Unicode CLDR.
    ///
    /// # Errors
    /// If a table is broken, or if no package has names in a language.
    ///
    /// ```
    /// use accede::{Gazetteer, Package, Scanner};
    /// let gazetteer = Gazetteer::load(&[Package::Builtin])?.with_languages(&["fr", "zh"])?;
    /// let scanner = Scanner::new(&gazetteer);
    /// let text = "Le Kazakhstan et la Chine: 中国和哈萨克斯坦";
    /// let found: Vec<_> = scanner.scan(text).iter().map(|candidate| candidate.span.of(text)).collect();
    /// assert!(found.contains(&"Chine") && found.contains(&"中国") && found.contains(&"哈萨克斯坦"));
    /// # Ok::<(), accede::Error>(())
    /// ```
    pub fn with_languages(mut self, languages: &[&str]) -> Result<Self> {
        let mut known = std::collections::BTreeSet::new();
        for package in &self.packages {
            language::each(package, "foreign_names.csv", ["language"], 1, |[language]| {
                if !known.contains(language) {
                    known.insert(language.to_owned());
                }
                Ok(())
            })?;
            self.tables.add_foreign(package, languages)?;
            self.slices = OnceCell::new();
        }
        match languages.iter().find(|language| !known.contains(**language)) {
            None => Ok(self),
            Some(language) => {
                let known: Vec<_> = known.into_iter().collect();
                let message = format!("there are no names in `{language}`: {} are allowed", known.join(", "));
                Err(crate::Error::new(message))
            }
        }
    }

    /// Takes in folders of rule files, which add to the rules and families of the packages.
    ///
    /// They are read when a [`Relater`](crate::Relater) or [`Extractor`](crate::Extractor) is made.
    ///
    /// # Errors
    /// If a folder cannot be read.
    pub fn with_rules(mut self, dirs: &[std::path::PathBuf]) -> Result<Self> {
        let packages: Vec<_> = dirs.iter().cloned().map(Package::Rules).collect();
        self.tables.count_in(&packages)?;
        self.packages.extend(packages);
        Ok(self)
    }

    /// Version and hash of the data: `2026.11+8c1f…`.
    pub fn version(&self) -> &str {
        &self.tables.release.version
    }

    /// The date up to which open ends are known to be open.
    pub fn as_of(&self) -> Option<PartialDate> {
        self.tables.release.as_of
    }

    /// The words of the language that go with it.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// The packages it was read from.
    pub fn packages(&self) -> &[Package] {
        &self.packages
    }

    fn slices(&self) -> &Slices {
        self.slices.get_or_init(|| Slices::new(&self.tables))
    }

    pub(crate) fn text(&self, text: Text) -> &str {
        self.tables.text(text)
    }

    /// The text that names and rows are pieces of.
    pub(crate) fn arena(&self) -> &str {
        &self.tables.arena
    }

    /// The entity at a place.
    pub fn entity(&self, key: EntityId) -> Entity<'_> {
        Entity { gazetteer: self, key }
    }

    /// All entities, sorted by id.
    pub fn entities(&self) -> impl Iterator<Item = Entity<'_>> {
        (0..self.tables.entities.len() as u32).map(|at| self.entity(EntityId(at)))
    }

    /// The entity of an id. Cost: a binary search.
    pub fn find(&self, id: &str) -> Option<EntityId> {
        self.tables.find(id)
    }

    /// All names and blockers.
    pub fn names(&self) -> impl Iterator<Item = (NameId, &Name)> {
        self.tables.names.iter().enumerate().map(|(at, name)| (NameId(at as u32), name))
    }

    /// The names of an entity.
    pub fn names_of(&self, entity: EntityId) -> impl Iterator<Item = &Name> {
        let index = &self.tables.by_entity[self.slices().names.of(entity)];
        index.iter().map(|&at| &self.tables.names[at as usize])
    }

    /// The name at a place.
    pub fn name(&self, key: NameId) -> &Name {
        &self.tables.names[key.index()]
    }

    /// How a name is written.
    pub fn surface(&self, name: &Name) -> &str {
        self.text(name.surface)
    }

    /// All rows on who was what in an organisation or treaty.
    pub fn members(&self, of: EntityId) -> &[Membership] {
        &self.tables.memberships[self.slices().members.of(of)]
    }

    /// Those with status `member`, or `party` to a treaty, on a date.
    pub fn members_on(&self, of: EntityId, date: PartialDate) -> impl Iterator<Item = &Membership> {
        let counts = |status| matches!(status, Status::Member | Status::FoundingMember | Status::Party);
        self.members(of).iter().filter(move |row| counts(row.status) && self.held_on(row, date))
    }

    /// All rows on what an entity was in organisations and treaties.
    pub fn memberships(&self, entity: EntityId) -> impl Iterator<Item = &Membership> {
        let index = &self.tables.by_member[self.slices().memberships.of(entity)];
        index.iter().map(|&at| &self.tables.memberships[at as usize])
    }

    /// All rows on what an entity was in one organisation or treaty. Cost: a binary search among the entity's rows.
    pub fn memberships_in(&self, entity: EntityId, of: EntityId) -> impl Iterator<Item = &Membership> {
        let index = &self.tables.by_member[self.slices().memberships.of(entity)];
        let row = |at: u32| &self.tables.memberships[at as usize];
        let first = index.partition_point(|&at| row(at).of < of);
        index[first..].iter().map(move |&at| row(at)).take_while(move |row| row.of == of)
    }

    /// What an entity was in organisations and treaties on a date.
    pub fn memberships_of(&self, entity: EntityId, date: PartialDate) -> impl Iterator<Item = &Membership> {
        self.memberships(entity).filter(move |row| self.held_on(row, date))
    }

    /// Whether a row may have held at some time within `date`: neither side may be missing then.
    pub fn held_on(&self, row: &Membership, date: PartialDate) -> bool {
        let begun = Interval { from: self.earliest(row), ..row.held };
        begun.may_hold(date) && !self.entity(row.of).existed().is_over(date)
    }

    /// When a row began; where that is not known, when both sides were there.
    pub(crate) fn earliest(&self, row: &Membership) -> Option<PartialDate> {
        let life = |key| self.entity(key).existed().from;
        row.held.from.or_else(|| life(row.of).max(life(row.entity)))
    }

    /// All tenures of offices of a state or organisation.
    pub fn offices(&self, of: EntityId) -> &[Tenure] {
        &self.tables.tenures[self.slices().offices.of(of)]
    }

    /// Who held an office on a date; several where bounds are coarse.
    pub fn holder(&self, office: Office, of: EntityId, date: PartialDate) -> impl Iterator<Item = &Tenure> {
        self.offices(of).iter().filter(move |row| row.office == office && row.may_hold(date))
    }

    /// All tenures of a person.
    pub fn tenures(&self, person: EntityId) -> impl Iterator<Item = &Tenure> {
        let index = &self.tables.by_person[self.slices().tenures.of(person)];
        index.iter().map(|&at| &self.tables.tenures[at as usize])
    }

    /// The portfolios of a ministerial tenure: `foreign`, `defence`.
    pub fn portfolios(&self, tenure: &Tenure) -> impl Iterator<Item = &str> {
        several(self.text(tenure.portfolio))
    }

    /// Where a membership row comes from.
    pub fn membership_source(&self, row: &Membership) -> &str {
        self.text(row.source)
    }

    /// What is remarked on a membership row.
    pub fn membership_note(&self, row: &Membership) -> &str {
        self.text(row.note)
    }

    /// Where a tenure row comes from.
    pub fn tenure_source(&self, row: &Tenure) -> &str {
        self.text(row.source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn can_be_shared_between_threads() {
        fn assert_shared<T: Send + Sync>() {}
        assert_shared::<Gazetteer>();
    }
}
