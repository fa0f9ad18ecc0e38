//! Checking a data package: what can be told wrong about its tables without knowing the world.
//!
//! The form of the tables is checked against `datapackage.json`, their facts against each other. What looks
//! wrong and is not stands in `exceptions.csv` with its reason.

mod descriptor;
mod entities;
mod exceptions;
mod facts;
mod files;
mod form;
mod heads;
mod rules;
mod sheet;
mod surfaces;

pub use rules::{check_rules, is_as_expected};

use std::collections::{HashMap, HashSet};

use crate::{Error, Gazetteer, Interval, Kind, Package, PartialDate, Result};
use descriptor::Descriptor;
use exceptions::Exceptions;
use sheet::{Row, Sheet};

/// Lists what is wrong with the tables of a package: form, unknown ids, impossible dates, holders at once.
///
/// Entities of `known` count as well; with it, the package is an overlay and may hold only some tables.
/// Each finding names file, line and row, and says what to do.
///
/// # Errors
/// If a file cannot be read, or `datapackage.json` is not one.
///
/// ```
/// use accede::{Gazetteer, Package, check};
/// let package = Package::Builtin;
/// assert!(check(&package, None)?.is_empty());
/// # Ok::<(), accede::Error>(())
/// ```
pub fn check(package: &Package, known: Option<&Gazetteer>) -> Result<Vec<Error>> {
    let descriptor = Descriptor::of(package)?;
    let mut checker = Checker {
        entities: HashMap::new(),
        names: known.map(surfaces::names_of).unwrap_or_default(),
        unread: HashSet::new(),
        as_of: descriptor.as_of()?,
        is_overlay: known.is_some(),
        exceptions: Exceptions::default(),
        findings: Vec::new(),
    };
    for entity in known.into_iter().flat_map(Gazetteer::entities) {
        let known = Known { life: entity.existed(), table: table_of(entity.kind()) };
        checker.entities.insert(entity.id().to_owned(), known);
    }
    let sheets = checker.read(package, &descriptor)?;
    checker.form(&descriptor, &sheets);
    checker.lives(&sheets);
    checker.memberships(&sheets);
    checker.tenures(&sheets);
    checker.heads(&sheets);
    checker.surfaces(&sheets);
    if checker.unread.is_empty() {
        checker.findings.extend(checker.exceptions.unused());
        checker.loads(package);
    }
    let mut findings = checker.findings;
    findings.sort_by(|a, b| (a.file(), a.line()).cmp(&(b.file(), b.line())));
    findings.dedup();
    Ok(findings)
}

/// The table that entities of a kind stand in.
fn table_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Organization | Kind::Treaty => "organizations",
        Kind::Person => "persons",
        Kind::State | Kind::Territory | Kind::Region => "states",
    }
}

/// The tables of a package, by their names in the descriptor.
#[derive(Default)]
struct Sheets(HashMap<String, Sheet>);

impl Sheets {
    fn get(&self, table: &str) -> Option<&Sheet> {
        self.0.get(table)
    }

    /// The rows of a table; none if the package does not have it.
    fn rows(&self, table: &str) -> impl Iterator<Item = Row<'_>> {
        self.get(table).into_iter().flat_map(Sheet::rows)
    }
}

/// What is known of an id.
#[derive(Clone, Copy)]
struct Known {
    life: Interval,
    /// The table it stands in.
    table: &'static str,
}

struct Checker {
    /// All ids there are.
    entities: HashMap<String, Known>,
    /// Names below an overlay, by their folded form, with the ids they stand for.
    names: HashMap<String, Vec<String>>,
    /// Tables that are missing, or so broken that nothing can be said of what points to them.
    unread: HashSet<String>,
    as_of: Option<PartialDate>,
    is_overlay: bool,
    exceptions: Exceptions,
    findings: Vec<Error>,
}

impl Checker {
    fn read(&mut self, package: &Package, descriptor: &Descriptor) -> Result<Sheets> {
        let mut sheets = Sheets::default();
        self.findings.extend(files::unknown(package, descriptor));
        for resource in &descriptor.resources {
            let file = package.path(&resource.path);
            let sheet = match package.text(&resource.path) {
                Ok(Some(text)) => Sheet::read(&file, &text, &mut self.findings),
                Ok(None) if self.is_overlay => continue,
                Ok(None) => {
                    let message = "datapackage.json lists this table and it is not there: add it";
                    self.findings.push(Error::new(message).at(&file, None));
                    None
                }
                Err(error) => {
                    self.findings.push(error);
                    None
                }
            };
            match sheet {
                Some(sheet) => {
                    sheets.0.insert(resource.name.clone(), sheet);
                }
                None => {
                    self.unread.insert(resource.name.clone());
                }
            }
        }
        for (table, from, to) in
            [("states", "from", "to"), ("organizations", "signed", "ended"), ("persons", "", "")]
        {
            for row in sheets.rows(table) {
                let mut life = row.interval(from, to).unwrap_or_default();
                life.from = life.from.or(row.date("in_force").ok().flatten());
                // What is impossible is found by itself, and not once more for all that points to it.
                let life = if entities::is_possible(life) { life } else { Interval::ALWAYS };
                self.entities.insert(row.get("id").to_owned(), Known { life, table });
            }
        }
        self.exceptions = Exceptions::of(sheets.rows("exceptions"));
        Ok(sheets)
    }

    /// When an entity existed; always if there is no such entity, which is found elsewhere.
    fn life(&self, id: &str) -> Interval {
        self.entities.get(id).map_or(Interval::ALWAYS, |known| known.life)
    }

    /// Keeps a finding about a row, unless it is an exception that has been explained.
    fn find(&mut self, check: &'static str, about: [&str; 2], row: Row<'_>, message: &str) {
        if !self.exceptions.explain(check, about) {
            let [entity, of] = about;
            let way_out = format!("or say why it is right in exceptions.csv: {check},{entity},{of}");
            self.findings.push(row.finding(format!("{message}, {way_out}")));
        }
    }
}
