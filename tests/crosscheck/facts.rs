//! What the editions of the Factbook say, in the terms of the project's own tables.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::{Key, Years, project, read, year};

/// Editions that are missing between two listings which are still one.
const GAP: i32 = 2;

/// A row of the Factbook's intervals.
#[derive(Debug, Deserialize)]
struct Interval {
    fips: String,
    org: String,
    status: String,
    first_edition: i32,
    last_edition: i32,
}

/// A row of `orgs.csv`: what a token of the Factbook stands for in some editions, and in which of them the
/// list is whole. Outside of those a listing counts, and that somebody is not listed says nothing.
#[derive(Debug, Deserialize)]
struct Token {
    token: String,
    of: String,
    first: Option<i32>,
    last: Option<i32>,
    whole_first: Option<i32>,
    whole_last: Option<i32>,
}

/// A row of `codes.csv`: whom a code of the Factbook stands for in some editions.
#[derive(Debug, Deserialize)]
struct Code {
    code: String,
    entity: String,
    first: Option<i32>,
    last: Option<i32>,
}

/// A row of `statuses.csv`: the statuses in the table that a status of the Factbook speaks for.
#[derive(Debug, Deserialize)]
struct Status {
    words: String,
    of: String,
    statuses: String,
}

/// What the Factbook says, in the terms of the table.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// The editions that list an entity, joined and in order.
    pub(crate) listings: BTreeMap<Key, Vec<Years>>,
    /// The editions that list anybody with a status in an organisation and whose lists are whole, joined and
    /// in order.
    pub(crate) eras: BTreeMap<(String, String), Vec<Years>>,
    /// The entities that have a list of memberships.
    pub(crate) entities: BTreeSet<String>,
}

impl Facts {
    /// Reads what the Factbook says of the organisations that have a token.
    pub(crate) fn read(folder: &Path) -> Self {
        let tokens: Vec<Token> = read(&tables().join("orgs.csv"));
        let (codes, statuses, ends) = (codes(folder), Statuses::read(), ends());
        let intervals: Vec<Interval> = read(&folder.join("factbook_membership_intervals.csv"));
        for Token { token, .. } in &tokens {
            let known = intervals.iter().any(|interval| interval.org == *token);
            assert!(known, "tests/crosscheck/orgs.csv: the Factbook has no token {token}");
        }
        let mut facts = Self::default();
        for interval in intervals {
            let editions = Years { first: interval.first_edition, last: interval.last_edition };
            for token in tokens.iter().filter(|token| token.token == interval.org) {
                let Some(meant) = editions.within(token.first, token.last) else { continue };
                let Some(years) = meant.within(None, ends.get(&token.of).copied()) else { continue };
                let statuses = statuses.of(&token.of, &interval.status);
                for (entity, years) in holders(&codes, &interval.fips, years) {
                    facts.list(entity, token, &statuses, years);
                }
            }
        }
        facts.listings.values_mut().for_each(|spans| *spans = join(std::mem::take(spans), GAP));
        facts.eras.values_mut().for_each(|spans| *spans = join(std::mem::take(spans), 1));
        facts
    }

    fn list(&mut self, entity: &str, token: &Token, statuses: &[&str], years: Years) {
        self.entities.insert(entity.to_owned());
        for status in statuses {
            let key = (entity.to_owned(), token.of.clone(), (*status).to_owned());
            self.listings.entry(key).or_default().push(years);
            let era = self.eras.entry((token.of.clone(), (*status).to_owned())).or_default();
            era.extend(years.within(token.whole_first, token.whole_last));
        }
    }
}

/// The folder of the Factbook's editions, where it is present.
pub(crate) fn folder() -> Option<PathBuf> {
    let folder = project().join("../shared/facts");
    folder.is_dir().then_some(folder)
}

/// The folder of this test's own tables.
pub(crate) fn tables() -> PathBuf {
    project().join("tests/crosscheck")
}

/// `statuses.csv` by words and organisation.
struct Statuses(BTreeMap<(String, String), String>);

impl Statuses {
    fn read() -> Self {
        let rows: Vec<Status> = read(&tables().join("statuses.csv"));
        Self(rows.into_iter().map(|row| ((row.words, row.of), row.statuses)).collect())
    }

    /// The statuses that the Factbook's words speak for: those of the organisation before those of all.
    fn of(&self, of: &str, words: &str) -> Vec<&str> {
        let words = words.to_lowercase();
        let row = |of: &str| self.0.get(&(words.clone(), of.to_owned()));
        let statuses = row(of).or_else(|| row("")).unwrap_or_else(|| {
            panic!("{of}: which status is the Factbook's {words:?}? Add it to tests/crosscheck/statuses.csv.")
        });
        statuses.split(';').filter(|status| !status.is_empty()).collect()
    }
}

/// Whom each code stands for, and in which editions: `codes.csv`, then the list of country codes.
fn codes(facts: &Path) -> BTreeMap<String, Vec<Code>> {
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
    let mut codes: BTreeMap<String, Vec<Code>> = BTreeMap::new();
    for code in read::<Code>(&tables().join("codes.csv")) {
        codes.entry(code.code.clone()).or_default().push(code);
    }
    let ids: Vec<Id> = read(&project().join("data/states.csv"));
    let by_code: BTreeMap<_, _> =
        ids.iter().filter_map(|row| Some((row.id.split_once(':')?.1, &row.id))).collect();
    let mut countries: Vec<Country> = read(&facts.join("country_codes.csv"));
    // Where a state shares its code with a part of it, the state comes first and stays.
    countries.sort_by_key(|country| country.is_independent != "Yes");
    for Country { fips, iso, .. } in countries {
        let Some(&entity) = by_code.get(iso.as_str()) else { continue };
        let code = fips.trim().to_owned();
        codes
            .entry(code.clone())
            .or_insert_with(|| vec![Code { code, entity: entity.clone(), first: None, last: None }]);
    }
    codes
}

/// Who is meant by a code in some editions: the state, its predecessor, or first the one and then the other.
fn holders<'a>(
    codes: &'a BTreeMap<String, Vec<Code>>,
    code: &str,
    years: Years,
) -> impl Iterator<Item = (&'a str, Years)> {
    let rows = codes.get(code);
    let rows = rows.unwrap_or_else(|| panic!("code {code}: add it to tests/crosscheck/codes.csv"));
    rows.iter().filter_map(move |row| Some((row.entity.as_str(), years.within(row.first, row.last)?)))
}

/// The years in which organisations ended.
fn ends() -> BTreeMap<String, i32> {
    #[derive(Deserialize)]
    struct Organization {
        id: String,
        ended: String,
    }
    let rows: Vec<Organization> = read(&project().join("data/organizations.csv"));
    rows.into_iter().filter_map(|row| Some((row.id, year(&row.ended)?))).collect()
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
