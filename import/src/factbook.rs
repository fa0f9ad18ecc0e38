//! Memberships from the editions of the World Factbook: from which edition to which one a state was listed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::{Context, Result};

use crate::Places;
use crate::date::before;
use crate::left_out::LeftOut;
use crate::merge::Proposal;
use crate::table::Table;

/// By how many years rows from elsewhere may differ before it is worth a report.
const SLACK: i16 = 2;
/// Editions that may be missing between two listings which are still one.
const GAP: i16 = 4;

/// Where the dates are in a row.
const FROM: usize = 3;
const TO: usize = 4;

const FACTS: [&str; 5] = ["fips", "org", "status", "first_edition", "last_edition"];

/// The first and the last edition that list something.
type Editions = (i16, i16);

/// Entity, organisation and status.
type Key = (String, String, String);

pub(crate) fn propose(places: &Places<'_>) -> Result<Vec<Proposal>> {
    let mut left_out = LeftOut::default();
    let listed = listed(places, &mut left_out)?;
    let (complete, known) = (complete(places)?, groups(&places.table("memberships.csv")?)?);
    let (coverage, ends) = (coverage(&listed), ends(places)?);
    let mut rows = Vec::new();
    for (key, editions) in listed {
        if complete.contains(&key.1) && !known.contains(&(key.0.clone(), key.1.clone())) {
            left_out.count(&format!("listed by the Factbook alone, of a list that is complete `{}`", key.1));
            continue;
        }
        let covered = &coverage[&(key.1.clone(), key.2.clone())];
        let ends = [ends.get(&key.0), ends.get(&key.1)];
        let held = joined(editions, covered).into_iter();
        rows.extend(held.filter_map(|editions| ended(row(&key, editions, covered), ends)));
    }
    Ok(vec![Proposal {
        table: "memberships.csv",
        source: "factbook-intervals".to_owned(),
        group: &["entity", "of"],
        scope: "of",
        compare: &["status", "from", "to"],
        columns: &["entity", "of", "status", "from", "to", "note"],
        rows,
        left_out: left_out.lines(),
        slack: Some(SLACK),
    }])
}

/// The editions that list an entity, by body and status.
fn listed(places: &Places<'_>, left_out: &mut LeftOut) -> Result<BTreeMap<Key, Vec<Editions>>> {
    let facts = places.fact("factbook_membership_intervals.csv")?;
    let (tokens, entities) = (Spans::tokens(places)?, Spans::codes(places)?);
    let statuses = places.mapping("factbook_statuses.csv")?;
    let (means, also) = (statuses.map("listed", "status")?, statuses.map("listed", "also")?);
    let mut listed: BTreeMap<Key, Vec<Editions>> = BTreeMap::new();
    for (index, [code, token, status, first, last]) in facts.fields(FACTS)?.enumerate() {
        let editions = (edition(&facts, index, first)?, edition(&facts, index, last)?);
        let bodies = tokens.during(token, editions);
        match means.get(status) {
            None => left_out.count(&format!("listed as `{status}`")),
            Some(_) if bodies.is_empty() => left_out.count(&format!("token `{token}`")),
            Some(means) => {
                let statuses = [*means, also[status]].into_iter().filter(|status| !status.is_empty());
                for (status, (of, editions)) in
                    statuses.flat_map(|status| bodies.iter().map(move |body| (status, body)))
                {
                    for (entity, editions) in entities.during(code, *editions) {
                        let key = (entity.to_owned(), (*of).to_owned(), status.to_owned());
                        listed.entry(key).or_default().push(editions);
                    }
                }
            }
        }
    }
    Ok(listed)
}

fn edition(facts: &Table, index: usize, text: &str) -> Result<i16> {
    text.parse().with_context(|| format!("{}: edition `{text}` is no year", facts.at(index)))
}

/// What a token or a code stood for, and in which editions.
struct Spans(HashMap<String, Vec<(String, Editions)>>);

impl Spans {
    /// The Factbook's tokens for organisations. Some changed their meaning over time.
    fn tokens(places: &Places<'_>) -> Result<Self> {
        let mut spans = Self(HashMap::new());
        spans.add(&places.mapping("factbook_organizations.csv")?, ["token", "of", "first", "last"])?;
        Ok(spans)
    }

    /// The Factbook's codes of countries; old editions list a predecessor under the code of today.
    fn codes(places: &Places<'_>) -> Result<Self> {
        let mut spans = Self(HashMap::new());
        spans.add(&places.mapping("factbook_codes.csv")?, ["code", "entity", "first", "last"])?;
        let (codes, states) = (places.fact("country_codes.csv")?, places.table("states.csv")?);
        let ids = states.map("iso3", "id")?;
        for [codes, iso] in codes.fields(["FIPS", "ISO3166-1-Alpha-3"])? {
            for code in codes.split(',').map(str::trim).filter(|code| !code.is_empty()) {
                if let (Some(id), false) = (ids.get(iso), spans.0.contains_key(code)) {
                    spans.0.insert(code.to_owned(), vec![((*id).to_owned(), (i16::MIN, i16::MAX))]);
                }
            }
        }
        Ok(spans)
    }

    fn add(&mut self, table: &Table, columns: [&str; 4]) -> Result<()> {
        for (index, [name, stands_for, first, last]) in table.fields(columns)?.enumerate() {
            let bound =
                |text: &str, open| if text.is_empty() { Ok(open) } else { edition(table, index, text) };
            let editions = (bound(first, i16::MIN)?, bound(last, i16::MAX)?);
            self.0.entry(name.to_owned()).or_default().push((stands_for.to_owned(), editions));
        }
        Ok(())
    }

    /// What a name stood for in these editions.
    fn during(&self, name: &str, (first, last): Editions) -> Vec<(&str, Editions)> {
        let spans = self.0.get(name).map_or(&[][..], Vec::as_slice);
        let cut = |(what, (from, to)): &'_ (String, Editions)| (first.max(*from), last.min(*to), what.len());
        let held =
            spans.iter().filter(|span| matches!(cut(span), (first, last, name) if first <= last && name > 0));
        held.map(|span| (span.0.as_str(), (cut(span).0, cut(span).1))).collect()
    }
}

/// Bodies whose list of members in the tables is complete.
fn complete(places: &Places<'_>) -> Result<BTreeSet<String>> {
    let table = places.table("organizations.csv")?;
    let complete = table.fields(["id", "complete"])?.filter(|[_, complete]| *complete == "yes");
    Ok(complete.map(|[id, _]| id.to_owned()).collect())
}

/// The days on which states and bodies ended.
fn ends(places: &Places<'_>) -> Result<HashMap<String, String>> {
    let (states, bodies) = (places.table("states.csv")?, places.table("organizations.csv")?);
    let ends = states.fields(["id", "to"])?.chain(bodies.fields(["id", "ended"])?);
    Ok(ends.filter(|[_, end]| !end.is_empty()).map(|fields| fields.map(str::to_owned).into()).collect())
}

/// A row that ends with its state or body; `None` where it would begin after that.
fn ended(mut row: Vec<String>, ends: [Option<&String>; 2]) -> Option<Vec<String>> {
    for end in ends.into_iter().flatten() {
        if row[TO].is_empty() || !before(&row[TO], end) {
            row[TO].clone_from(end);
        }
    }
    (row[TO].is_empty() || row[FROM].is_empty() || before(&row[FROM], &row[TO])).then_some(row)
}

/// The pairs of entity and body that the table has rows for.
fn groups(table: &Table) -> Result<BTreeSet<(String, String)>> {
    Ok(table.fields(["entity", "of"])?.map(|[entity, of]| (entity.to_owned(), of.to_owned())).collect())
}

/// The editions that list anybody, by body and status.
fn coverage(listed: &BTreeMap<Key, Vec<Editions>>) -> HashMap<(String, String), BTreeSet<i16>> {
    let mut coverage: HashMap<_, BTreeSet<i16>> = HashMap::new();
    for ((_, of, status), editions) in listed {
        let years = coverage.entry((of.clone(), status.clone())).or_default();
        years.extend(editions.iter().flat_map(|&(first, last)| first..=last));
    }
    coverage
}

/// Joins listings with but a few editions between them that could have named the state.
fn joined(mut editions: Vec<Editions>, covered: &BTreeSet<i16>) -> Vec<Editions> {
    editions.sort_unstable();
    let mut joined: Vec<Editions> = Vec::new();
    for (first, last) in editions {
        match joined.last_mut() {
            Some(before)
                if first <= before.1 + GAP || covered.range(before.1 + 1..first).next().is_none() =>
            {
                before.1 = before.1.max(last);
            }
            _ => joined.push((first, last)),
        }
    }
    joined
}

/// A row. Its beginning is known where the two editions before could have listed the state and did not; its end
/// where a later edition could have.
fn row((entity, of, status): &Key, (first, last): Editions, covered: &BTreeSet<i16>) -> Vec<String> {
    let known = (1..=2).all(|years| covered.contains(&(first - years)));
    let from = if known { first.to_string() } else { String::new() };
    let to = covered.range(last + 1..).next().map_or_else(String::new, ToString::to_string);
    let note = format!("listed in the editions of {first} to {last}");
    vec![entity.clone(), of.clone(), status.clone(), from, to, note]
}
