//! Holds the dates of `data/memberships.csv` against the editions of the World Factbook.
//!
//! `../shared/facts` says which editions (1990 to 2025, one a year) listed a state as a member, an observer
//! and so on of an organisation. Where that folder is absent, the comparison is left out. It asks, to within
//! two years:
//!
//! * of what the Factbook lists in the editions Y1 to Y2: is there a row that covers Y1 to Y2?
//! * of a row, in editions after 1992 that name anybody with its status in its organisation: does a listing
//!   begin with it, or with the first of these editions?
//! * of a row whose holder is listed: do the listings end when the row does? And is a row that holds for
//!   three editions or more listed at all?
//!
//! Each difference has to stand in `exceptions.csv` with a reason, and each exception has to be one that is
//! still found. A row with an empty `from` began at an unknown time: it may cover any listing, and it need not
//! be listed. What the Factbook lists after an organisation has ended is left out. Only entities are looked at
//! for which the Factbook has a list of memberships: organisations (but for the EU) and Palestine have none.
//!
//! The names and words are in tables beside this file:
//!
//! * `orgs.csv`: which token of the Factbook stands for which organisation, between the editions `first` and
//!   `last` where it changed its meaning. `whole_first` and `whole_last` bound the editions whose lists are
//!   whole, where others are fragments. Outside of them a listing is still held against the rows, but that
//!   somebody is missing says nothing. A token can stand for several organisations.
//! * `codes.csv`: whom a code stands for that the list of country codes lacks, or whom it stood for before.
//! * `statuses.csv`: the statuses in the table that the Factbook's words speak for (none, where the table does
//!   not hold such a status; a suspended member is also a member), in any organisation or in one.
//! * `exceptions.csv`: the differences that are explained.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use facts::Facts;

mod facts;

/// By how many years an edition may lag behind, or run ahead of, the day in the table.
const TOLERANCE: i32 = 2;
/// The beginnings of rows are compared after this year.
const AFTER: i32 = 1992;
/// A row that no edition lists may have fallen between editions if it held for fewer than these.
const ENOUGH: i32 = 3;

/// Entity, organisation and status.
type Key = (String, String, String);

/// A span of years or editions, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Years {
    first: i32,
    last: i32,
}

impl Years {
    /// The part of the span between two years, if there is one.
    fn within(self, first: Option<i32>, last: Option<i32>) -> Option<Years> {
        let first = first.map_or(self.first, |first| self.first.max(first));
        let last = last.map_or(self.last, |last| self.last.min(last));
        (first <= last).then_some(Years { first, last })
    }

    /// Whether two spans lie within the tolerance of each other.
    fn near(self, other: Years) -> bool {
        self.first <= other.last + TOLERANCE && self.last >= other.first - TOLERANCE
    }
}

impl std::fmt::Display for Years {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.first, self.last)
    }
}

/// A row of `data/memberships.csv`.
#[derive(Debug, Clone, Deserialize)]
struct Row {
    entity: String,
    of: String,
    status: String,
    from: String,
    to: String,
}

impl Row {
    /// The years of the row. What is open or unknown lies far away; what ends with New Year's Day held to
    /// the end of the year before.
    fn years(&self) -> Years {
        let last = |last| if self.to.ends_with("-01-01") { last - 1 } else { last };
        Years { first: year(&self.from).unwrap_or(0), last: year(&self.to).map_or(9999, last) }
    }

    fn end(&self) -> String {
        if self.to.is_empty() { "(open)".to_owned() } else { self.to.clone() }
    }
}

/// Where the table and the Factbook say different things.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Difference {
    entity: String,
    of: String,
    field: String,
    table: String,
    facts: String,
}

impl Difference {
    fn new((entity, of, status): &Key, what: &str, table: String, facts: String) -> Self {
        Self { entity: entity.clone(), of: of.clone(), field: format!("{status} {what}"), table, facts }
    }

    fn found(&self) -> String {
        let Self { entity, of, field, table, facts } = self;
        format!(
            "{entity} in {of}, {field}: the table has {table}, the Factbook {facts}. Correct \
             data/memberships.csv, or if the Factbook is wrong add to tests/crosscheck/exceptions.csv, in \
             order:\n    {entity},{of},{field},{table},{facts},<reason>"
        )
    }

    fn stale(&self) -> String {
        let Self { entity, of, field, table, facts } = self;
        format!(
            "{entity} in {of}, {field}: the exception for {table} in the table and {facts} in the Factbook \
             no longer applies. Take the line out of tests/crosscheck/exceptions.csv, or bring its values up \
             to date:\n    {entity},{of},{field},{table},{facts}"
        )
    }
}

/// The year of a date in the tables, if it is known.
fn year(date: &str) -> Option<i32> {
    date.get(..4).map(|year| year.parse().unwrap())
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read<T: DeserializeOwned>(path: &Path) -> Vec<T> {
    let mut reader =
        csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    reader
        .deserialize()
        .map(|row| row.unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        .collect()
}

/// The exceptions with their reasons, in the order of the file.
fn exceptions() -> Vec<(Difference, String)> {
    let rows: Vec<[String; 6]> = read(&facts::tables().join("exceptions.csv"));
    let exception = |[entity, of, field, table, facts, reason]: [String; 6]| {
        (Difference { entity, of, field, table, facts }, reason)
    };
    rows.into_iter().map(exception).collect()
}

/// The rows of the table that can be compared. A row that goes on where another ends is one with it.
fn table(facts: &Facts) -> BTreeMap<Key, Vec<Row>> {
    let mut rows: Vec<Row> = read(&project().join("data/memberships.csv"));
    rows.retain(|row| {
        let named = facts.eras.contains_key(&(row.of.clone(), row.status.clone()));
        named && facts.entities.contains(&row.entity)
    });
    rows.sort_by(|a, b| a.from.cmp(&b.from));
    let mut table: BTreeMap<Key, Vec<Row>> = BTreeMap::new();
    for row in rows {
        let of_key = table.entry((row.entity.clone(), row.of.clone(), row.status.clone())).or_default();
        match of_key.last_mut() {
            Some(before) if !before.to.is_empty() && before.to == row.from => before.to = row.to,
            _ => of_key.push(row),
        }
    }
    table
}

/// What is wrong with the rows for a listing: nothing if one of them covers it.
fn listing_differences(key: &Key, listing: Years, rows: &[Row]) -> Vec<Difference> {
    let faults = |row: &Row| {
        let mut faults = Vec::new();
        if row.years().first > listing.first + TOLERANCE {
            faults.push(Difference::new(key, "from", row.from.clone(), listing.to_string()));
        }
        if row.years().last < listing.last - TOLERANCE {
            faults.push(Difference::new(key, "to", row.end(), listing.to_string()));
        }
        faults
    };
    let near = rows.iter().filter(|row| row.years().near(listing));
    near.map(faults)
        .min_by_key(Vec::len)
        .unwrap_or_else(|| vec![Difference::new(key, "row", "(no row)".to_owned(), listing.to_string())])
}

/// What is wrong with a row for the listings and for the editions that name its organisation.
fn row_differences(key: &Key, row: &Row, listings: &[Years], era: &[Years]) -> Vec<Difference> {
    let years = row.years();
    let begins =
        years.first > AFTER && era.iter().any(|era| era.first <= years.first && years.first < era.last);
    let near: Vec<_> = listings.iter().copied().filter(|listing| listing.near(years)).collect();
    let Some(last) = near.last() else {
        let value = format!("{}..{}", row.from, row.to);
        let unlisted = begins || (!row.from.is_empty() && editions(years, era) >= ENOUGH);
        let difference = || Difference::new(key, "row", value, "(not listed)".to_owned());
        return unlisted.then(difference).into_iter().collect();
    };
    let mut differences = Vec::new();
    let asked = first_asked(years, era).filter(|_| !row.from.is_empty());
    let late = asked.is_some_and(|asked| near[0].first > asked + TOLERANCE);
    let begun = |listing: &Years| (listing.first - years.first).abs() <= TOLERANCE;
    if late || (begins && !listings.iter().any(begun)) {
        differences.push(Difference::new(key, "from", row.from.clone(), near[0].to_string()));
    }
    let named = era.iter().filter(|era| era.first <= years.last).map(|era| era.last.min(years.last)).max();
    if named.is_some_and(|named| last.last < named - TOLERANCE) {
        differences.push(Difference::new(key, "to", row.end(), last.to_string()));
    }
    differences
}

/// The first edition in which a row should be listed: that of its beginning, or the first that is whole.
fn first_asked(years: Years, era: &[Years]) -> Option<i32> {
    let begin = years.first.max(AFTER);
    era.iter().filter(|era| era.last > begin).map(|era| era.first.max(begin)).min()
}

/// How many editions name an organisation within some years.
fn editions(years: Years, era: &[Years]) -> i32 {
    era.iter().map(|era| (era.last.min(years.last) - era.first.max(years.first) + 1).max(0)).sum()
}

/// Every difference between the table and the Factbook.
fn differences(table: &BTreeMap<Key, Vec<Row>>, facts: &Facts) -> BTreeSet<Difference> {
    let rows = |key| table.get(key).map_or(&[][..], Vec::as_slice);
    let listings = |key| facts.listings.get(key).map_or(&[][..], Vec::as_slice);
    let era = |(_, of, status): &Key| &facts.eras[&(of.clone(), status.clone())];
    let of_listings = facts.listings.iter().flat_map(|(key, spans)| {
        spans.iter().flat_map(move |&listing| listing_differences(key, listing, rows(key)))
    });
    let of_rows = table.iter().flat_map(|(key, rows)| {
        rows.iter().flat_map(move |row| row_differences(key, row, listings(key), era(key)))
    });
    of_listings.chain(of_rows).collect()
}

#[test]
fn memberships_agree_with_the_factbook() {
    let Some(folder) = facts::folder() else {
        println!("left out: there is no ../shared/facts to hold the memberships against");
        return;
    };
    let facts = Facts::read(&folder);
    let table = table(&facts);
    let found = differences(&table, &facts);
    let excepted: BTreeSet<_> = exceptions().into_iter().map(|(difference, _)| difference).collect();
    let listings: usize = facts.listings.values().map(Vec::len).sum();
    let rows: usize = table.values().map(Vec::len).sum();
    println!("{listings} listings, {rows} rows, {} differences, {} exceptions", found.len(), excepted.len());
    let new = found.difference(&excepted).map(Difference::found);
    let stale = excepted.difference(&found).map(Difference::stale);
    let wrong: Vec<_> = new.chain(stale).collect();
    assert!(wrong.is_empty(), "{} to look at\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn exceptions_have_reasons() {
    for (difference, reason) in exceptions() {
        assert!(!reason.trim().is_empty(), "no reason: {difference:?}");
    }
}

#[test]
fn tables_are_in_order() {
    for name in ["codes.csv", "exceptions.csv", "orgs.csv", "statuses.csv"] {
        let rows: Vec<Vec<String>> = read(&facts::tables().join(name));
        for pair in rows.windows(2) {
            assert!(pair[0] < pair[1], "{name}: out of order or twice: {:?}", pair[1]);
        }
    }
}
