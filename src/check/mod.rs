//! Checking a data package: what can be told wrong about its tables without knowing the world.
//!
//! The form of the tables is checked against `datapackage.json`, their facts against each other. What looks
//! wrong and is not stands in `exceptions.csv` with its reason.

mod descriptor;
mod exceptions;
mod facts;
mod form;
mod heads;
mod sheet;
mod surfaces;

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
        existed: HashMap::new(),
        states: HashSet::new(),
        as_of: descriptor.as_of()?,
        is_overlay: known.is_some(),
        exceptions: Exceptions::default(),
        findings: Vec::new(),
    };
    for entity in known.into_iter().flat_map(Gazetteer::entities) {
        checker.existed.insert(entity.id().to_owned(), entity.existed());
        if matches!(entity.kind(), Kind::State | Kind::Territory) {
            checker.states.insert(entity.id().to_owned());
        }
    }
    let sheets = checker.read(package, &descriptor)?;
    checker.form(&descriptor, &sheets);
    checker.memberships(&sheets);
    checker.tenures(&sheets);
    checker.heads(&sheets);
    checker.surfaces(&sheets);
    checker.findings.extend(checker.exceptions.unused());
    let mut findings = checker.findings;
    findings.sort_by(|a, b| (a.file(), a.line()).cmp(&(b.file(), b.line())));
    Ok(findings)
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

struct Checker {
    /// All ids there are, with the time each existed.
    existed: HashMap<String, Interval>,
    /// Those of states and territories.
    states: HashSet<String>,
    as_of: Option<PartialDate>,
    is_overlay: bool,
    exceptions: Exceptions,
    findings: Vec<Error>,
}

impl Checker {
    fn read(&mut self, package: &Package, descriptor: &Descriptor) -> Result<Sheets> {
        let mut sheets = Sheets::default();
        for resource in &descriptor.resources {
            let Some(text) = package.text(&resource.path)? else { continue };
            match Sheet::read(&package.path(&resource.path), &text) {
                Ok(sheet) => {
                    self.findings.extend(sheet.canonical(&text));
                    sheets.0.insert(resource.name.clone(), sheet);
                }
                Err(error) => self.findings.push(error),
            }
        }
        for (table, from, to) in
            [("states", "from", "to"), ("organizations", "signed", "ended"), ("persons", "", "")]
        {
            for row in sheets.rows(table) {
                let mut existed = row.interval(from, to).unwrap_or_default();
                existed.from = existed.from.or(row.date("in_force").ok().flatten());
                self.existed.insert(row.get("id").to_owned(), existed);
            }
        }
        self.states.extend(sheets.rows("states").map(|row| row.get("id").to_owned()));
        self.exceptions = Exceptions::of(sheets.rows("exceptions"));
        Ok(sheets)
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
