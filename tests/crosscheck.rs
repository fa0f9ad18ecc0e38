//! Holds the dates of `data/memberships.csv` against the editions of the World Factbook.
//!
//! `../shared/facts` says which editions (1990 to 2025, one a year) listed a state as a member, an observer
//! and so on of an organisation. Where that folder is absent, the comparison is left out. It asks, to within
//! two years:
//!
//! * of what the Factbook lists in the editions Y1 to Y2: is there a row that covers Y1 to Y2?
//! * of a row that starts after 1992, in editions that name the organisation: does a listing begin with it?
//! * of a row whose holder is listed: do the listings end when the row does? And is a row that holds for
//!   three editions or more listed at all?
//!
//! Each difference has to stand in `tests/crosscheck_exceptions.csv` with a reason, and each exception has to
//! be one that is still found. `tests/crosscheck_orgs.csv` says which of the Factbook's tokens stand for
//! which organisation, and from which edition on where a token changed its meaning.
//!
//! A suspended member is a member. Only entities are looked at for which the Factbook has a list of
//! memberships: organisations (but for the EU) and Palestine have none.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// By how many years an edition may lag behind, or run ahead of, the day in the table.
const TOLERANCE: i32 = 2;
/// Editions that are missing between two listings which are still one.
const GAP: i32 = 2;
/// The beginnings of rows are compared after this year.
const AFTER: i32 = 1992;
/// A row that no edition lists may have fallen between editions if it held for fewer than these.
const ENOUGH: i32 = 3;

/// Codes of the Factbook that the list of country codes lacks.
const CODES: [(&str, &str); 5] = [
    ("EE", "org:EU"),
    ("KV", "state:XKX"),
    ("NT", "territory:ANT"),
    ("RI", "state:SRB"),
    ("YI", "state:SCG"),
];

/// Codes under which the Factbook's old editions list a predecessor: the first edition of the state itself.
const PREDECESSORS: [(&str, i32, &str); 3] =
    [("LO", 1993, "state:CSK"), ("RS", 1992, "state:SUN"), ("YI", 2003, "state:YUG")];

/// Entity, organisation and status.
type Key = (String, String, String);

/// A span of years or editions, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Years {
    first: i32,
    last: i32,
}

impl Years {
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
    /// The years of the row. What is open or unknown lies far away.
    fn years(&self) -> Years {
        let year = |date: &str| date.get(..4).map(|year| year.parse::<i32>().unwrap());
        Years { first: year(&self.from).unwrap_or(0), last: year(&self.to).unwrap_or(9999) }
    }

    fn end(&self) -> String {
        if self.to.is_empty() { "(open)".to_owned() } else { self.to.clone() }
    }
}

/// A row of the Factbook's intervals.
#[derive(Debug, Deserialize)]
struct Interval {
    fips: String,
    org: String,
    status: String,
    first_edition: i32,
    last_edition: i32,
}

/// What a token of the Factbook stands for, from an edition on.
#[derive(Debug, Deserialize)]
struct Token {
    token: String,
    of: String,
    first: Option<i32>,
}

/// What the Factbook says, in the terms of the table.
#[derive(Debug, Default)]
struct Facts {
    /// The editions that list an entity, joined and in order.
    listings: BTreeMap<Key, Vec<Years>>,
    /// The editions that name an organisation, joined and in order.
    eras: BTreeMap<String, Vec<Years>>,
    /// The entities that have a list of memberships.
    entities: BTreeSet<String>,
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
             data/memberships.csv, or if the Factbook is wrong add to tests/crosscheck_exceptions.csv, in \
             order:\n    {entity},{of},{field},{table},{facts},<reason>"
        )
    }

    fn stale(&self) -> String {
        let Self { entity, of, field, table, facts } = self;
        format!(
            "{entity} in {of}, {field}: the exception for {table} in the table and {facts} in the Factbook \
             no longer applies. Take the line out of tests/crosscheck_exceptions.csv, or bring its values up \
             to date:\n    {entity},{of},{field},{table},{facts}"
        )
    }
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn facts_folder() -> Option<PathBuf> {
    let folder = project().join("../shared/facts");
    folder.is_dir().then_some(folder)
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
    let rows: Vec<[String; 6]> = read(&project().join("tests/crosscheck_exceptions.csv"));
    let exception = |[entity, of, field, table, facts, reason]: [String; 6]| {
        (Difference { entity, of, field, table, facts }, reason)
    };
    rows.into_iter().map(exception).collect()
}

/// The status in the table that a status of the Factbook stands for, if the table has such a status.
fn status(of: &str, token_status: &str) -> Option<&'static str> {
    let words = token_status.to_lowercase();
    let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| words.starts_with(beginning));
    let member = if of.starts_with("treaty:") { "party" } else { "member" };
    Some(match words.as_str() {
        // Seats for a time, guests, signatures and trade agreements are no membership in the table.
        "temporary" | "non-permanent" | "guest" | "de facto" | "de facto member" | "signatory" => {
            return None;
        }
        "participant in some activities" => return None,
        // Special members of the Commonwealth are members; the OECD's special status was Yugoslavia's alone.
        "special" if of == "org:Commonwealth" => member,
        "special" => return None,
        _ if begins(&["free trade agreement", "membership pending"]) => return None,
        "member" | "new member" | "permanent" | "chinese taipei" | "taipei, china" | "2024" => member,
        _ if begins(&[
            "participating member",
            "as of 8 january 1993",
            "cape verde assumed",
            "reinstated",
        ]) =>
        {
            member
        }
        _ if begins(&["suspended", "us suspended", "excluded", "nonparticipant"]) => "suspended",
        _ if words.contains("partner") || begins(&["dialogue", "enhanced engagement"]) => "partner",
        _ if begins(&["applicant", "candidate", "acceding", "accession"]) => "candidate",
        _ if of == "org:CPLP" && begins(&["associate"]) => "observer",
        _ if begins(&["observer", "permanent observer"]) => "observer",
        _ if begins(&["associate", "member affiliate"]) => "associate",
        _ => panic!("{of}: which status is the Factbook's {token_status:?}? Add it to `status`."),
    })
}

/// The statuses that a listing speaks for.
fn spoken_for(of: &str, status: &'static str) -> Vec<&'static str> {
    match status {
        "suspended" if of.starts_with("treaty:") => vec!["party"],
        "suspended" => vec!["suspended", "member"],
        other => vec![other],
    }
}

/// Entities by FIPS code.
fn entities(facts: &Path) -> BTreeMap<String, String> {
    #[derive(Deserialize)]
    struct Country {
        #[serde(rename = "FIPS")]
        fips: String,
        #[serde(rename = "ISO3166-1-Alpha-3")]
        iso: String,
        is_independent: String,
    }
    #[derive(Deserialize)]
    struct Id {
        id: String,
    }
    let ids: Vec<Id> = read(&project().join("data/states.csv"));
    let by_code: BTreeMap<_, _> =
        ids.iter().filter_map(|row| Some((row.id.split_once(':')?.1, &row.id))).collect();
    let mut countries: Vec<Country> = read(&facts.join("country_codes.csv"));
    // Where a state shares its code with a part of it, the state comes last and stays.
    countries.sort_by_key(|country| country.is_independent == "Yes");
    let known = countries.iter().filter_map(|country| {
        let id = by_code.get(country.iso.as_str())?;
        Some((country.fips.trim().to_owned(), (*id).clone()))
    });
    known.chain(CODES.map(|(code, id)| (code.to_owned(), id.to_owned()))).collect()
}

/// Who is meant by a code in some editions: the state, its predecessor, or first the one and then the other.
fn holders(code: &str, years: Years, entity: &str) -> Vec<(String, Years)> {
    let Some(&(_, own, predecessor)) = PREDECESSORS.iter().find(|(old, ..)| *old == code) else {
        return vec![(entity.to_owned(), years)];
    };
    let before = Years { last: years.last.min(own - 1), ..years };
    let since = Years { first: years.first.max(own), ..years };
    [(predecessor, before), (entity, since)]
        .into_iter()
        .filter(|(_, years)| years.first <= years.last)
        .map(|(entity, years)| (entity.to_owned(), years))
        .collect()
}

/// Joins spans with no more than `gap` years from the end of one to the beginning of the next.
fn join(mut spans: Vec<Years>, gap: i32) -> Vec<Years> {
    spans.sort();
    let mut joined: Vec<Years> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(before) if span.first - before.last <= gap => before.last = before.last.max(span.last),
            _ => joined.push(span),
        }
    }
    joined
}

/// Reads what the Factbook says of the organisations that have a token.
fn facts(folder: &Path) -> Facts {
    let tokens: Vec<Token> = read(&project().join("tests/crosscheck_orgs.csv"));
    let tokens: BTreeMap<_, _> = tokens.iter().map(|token| (token.token.as_str(), token)).collect();
    let entities = entities(folder);
    let mut facts = Facts::default();
    for interval in read::<Interval>(&folder.join("factbook_membership_intervals.csv")) {
        let Some(token) = tokens.get(interval.org.as_str()) else { continue };
        let first = interval.first_edition.max(token.first.unwrap_or(0));
        let years = Years { first, last: interval.last_edition };
        if years.first > years.last {
            continue;
        }
        facts.eras.entry(token.of.clone()).or_default().push(years);
        let entity =
            entities.get(&interval.fips).unwrap_or_else(|| panic!("code {}: add it to CODES", interval.fips));
        for (entity, years) in holders(&interval.fips, years, entity) {
            facts.entities.insert(entity.clone());
            for status in status(&token.of, &interval.status)
                .map_or_else(Vec::new, |status| spoken_for(&token.of, status))
            {
                let key = (entity.clone(), token.of.clone(), status.to_owned());
                facts.listings.entry(key).or_default().push(years);
            }
        }
    }
    facts.listings.values_mut().for_each(|spans| *spans = join(std::mem::take(spans), GAP));
    facts.eras.values_mut().for_each(|spans| *spans = join(std::mem::take(spans), 1));
    facts
}

/// The rows of the table that can be compared. A row that goes on where another ends is one with it.
fn table(facts: &Facts) -> BTreeMap<Key, Vec<Row>> {
    let mut rows: Vec<Row> = read(&project().join("data/memberships.csv"));
    rows.retain(|row| {
        let compared = !matches!(row.status.as_str(), "signatory" | "ratified" | "former");
        compared && facts.eras.contains_key(&row.of) && facts.entities.contains(&row.entity)
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
        let unlisted = begins || editions(years, era) >= ENOUGH;
        let difference = || Difference::new(key, "row", value, "(not listed)".to_owned());
        return unlisted.then(difference).into_iter().collect();
    };
    let mut differences = Vec::new();
    if begins && !listings.iter().any(|listing| (listing.first - years.first).abs() <= TOLERANCE) {
        differences.push(Difference::new(key, "from", row.from.clone(), near[0].to_string()));
    }
    let named = era.iter().filter(|era| era.first <= years.last).map(|era| era.last.min(years.last)).max();
    if named.is_some_and(|named| last.last < named - TOLERANCE) {
        differences.push(Difference::new(key, "to", row.end(), last.to_string()));
    }
    differences
}

/// How many editions name an organisation within some years.
fn editions(years: Years, era: &[Years]) -> i32 {
    era.iter().map(|era| (era.last.min(years.last) - era.first.max(years.first) + 1).max(0)).sum()
}

/// Every difference between the table and the Factbook.
fn differences(table: &BTreeMap<Key, Vec<Row>>, facts: &Facts) -> BTreeSet<Difference> {
    let rows = |key| table.get(key).map_or(&[][..], Vec::as_slice);
    let listings = |key| facts.listings.get(key).map_or(&[][..], Vec::as_slice);
    let of_listings = facts.listings.iter().flat_map(|(key, spans)| {
        spans.iter().flat_map(move |&listing| listing_differences(key, listing, rows(key)))
    });
    let of_rows = table.iter().flat_map(|(key, rows)| {
        rows.iter().flat_map(move |row| row_differences(key, row, listings(key), &facts.eras[&key.1]))
    });
    of_listings.chain(of_rows).collect()
}

#[test]
fn memberships_agree_with_the_factbook() {
    let Some(folder) = facts_folder() else {
        println!("left out: there is no ../shared/facts to hold the memberships against");
        return;
    };
    let facts = facts(&folder);
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
fn exceptions_are_in_order_and_have_reasons() {
    let exceptions = exceptions();
    for pair in exceptions.windows(2) {
        assert!(pair[0].0 < pair[1].0, "out of order or twice: {:?}", pair[1].0);
    }
    for (difference, reason) in &exceptions {
        assert!(!reason.trim().is_empty(), "no reason: {difference:?}");
    }
}
