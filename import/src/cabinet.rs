//! Members of cabinets from Wikidata, 2000 to 2023.

use std::collections::{BTreeMap, HashMap, HashSet};

use anyhow::{Context, Result};

use crate::Places;
use crate::date::{days_after, is_date};
use crate::left_out::LeftOut;
use crate::merge::Proposal;
use crate::parties::Parties;
use crate::persons::{Persons, is_item};
use crate::portfolios::Positions;
use crate::scope::Scope;
use crate::table::Table;
use crate::terms::{Term, days, from_elsewhere, joined_by_person, proposals};

pub(crate) const SOURCE: &str = "wikidata-cabinet";
const FACTS: [&str; 6] = ["repo", "position", "person", "personID", "start", "end"];
/// The month of the first queries: an open term was seen until then.
const SEEN: &str = "2022-07";
const MINISTER: &str = "minister";
/// The length of a date to the month.
const MONTH: usize = 7;
/// Marks folders whose days cannot be trusted.
const TO_THE_MONTH: &str = "month";
/// Terms that began before this year are left out.
const EARLIEST: &str = "1960";
/// January 1st on both ends stands for days that are not known.
const NO_DAY: &str = "-01-01";
/// Days after which a later holder of the same title ends a term without an end.
const SUCCEEDED: i32 = 90;
/// Days that a term may have in common with one entered by hand.
const SHARED: i32 = 3;

/// A row of the fact file that speaks of an office the tables hold.
struct Row<'a> {
    iso: &'a str,
    position: &'a str,
    item: &'a str,
    label: &'a str,
    term: Term,
}

pub(crate) fn propose(places: &Places<'_>) -> Result<Vec<Proposal>> {
    let facts = places.fact("wikidata_cabinet_terms_2000_2023.csv")?;
    let folders = places.mapping("cabinet_folders.csv")?;
    let mut left_out = LeftOut::default();
    let rows = rows(places, &facts, &folders.map("folder", "iso3")?, &mut left_out)?;
    let precision = folders.map("iso3", "precision")?;
    let coarse = rows.iter().filter(|row| precision[row.iso] == TO_THE_MONTH).map(|row| row.term.of.clone());
    let coarse: HashSet<String> = coarse.collect();
    let mut persons = Persons::read(places)?;
    let mut titles: BTreeMap<(&str, &str), Vec<Term>> = BTreeMap::new();
    for mut row in rows {
        match persons.find(row.item, row.label) {
            Ok(person) => {
                row.term.person = person;
                titles.entry((row.iso, row.position)).or_default().push(row.term);
            }
            Err(why) => left_out.count(&why),
        }
    }
    let terms = titles.into_values().flat_map(succeeded).collect();
    let terms = joined_by_person(beside(terms, &from_elsewhere(places, &[SOURCE])?, &mut left_out));
    let terms = terms.into_iter().map(|term| told(term, &coarse)).collect();
    Ok(proposals(SOURCE, &persons, terms, left_out.lines()))
}

/// A term as it is told: to the month where days cannot be trusted, and until when it was seen.
fn told(mut term: Term, coarse: &HashSet<String>) -> Term {
    if term.office == MINISTER && term.to.is_empty() {
        term.seen = term.from.clone().max(SEEN.to_owned());
    }
    if term.office == MINISTER && coarse.contains(&term.of) {
        for date in [&mut term.from, &mut term.to] {
            date.truncate(MONTH);
        }
    }
    term
}

/// The rows of interest.
fn rows<'a>(
    places: &Places<'_>,
    facts: &'a Table,
    folders: &HashMap<&'a str, &'a str>,
    left_out: &mut LeftOut,
) -> Result<Vec<Row<'a>>> {
    let (positions, parties) = (Positions::read(places)?, Parties::read(places)?);
    let (scope, national, homes) = (Scope::read(places)?, National::read(places)?, homes(facts)?);
    let mut rows = Vec::new();
    for (index, [folder, position, label, item, start, end]) in facts.fields(FACTS)?.enumerate() {
        let iso = folders
            .get(folder)
            .with_context(|| format!("{}: folder `{folder}` is not mapped", facts.at(index)))?;
        let Some((office, portfolio)) = positions.office(iso, position).filter(|_| !iso.is_empty()) else {
            left_out.count("no position that the tables hold");
            continue;
        };
        let (from, to) = dates(start, end);
        let why = unusable(item, label, &from, &to)
            .or_else(|| scope.excludes(iso, &office, item))
            .or_else(|| national.excludes(iso, label, position))
            .or_else(|| homes.elsewhere(item, folder).then_some("listed mostly with another state"));
        if let Some(why) = why {
            left_out.count(why);
            continue;
        }
        let of = parties.entity(iso).with_context(|| facts.at(index))?.unwrap_or_default().to_owned();
        let term = Term { office, of, portfolio, from, to, ..Term::default() };
        rows.push(Row { iso, position, item, label, term });
    }
    Ok(rows)
}

/// How many rows each person has in each folder, and the most in any.
fn homes(facts: &Table) -> Result<Homes<'_>> {
    let mut homes = Homes::default();
    for [folder, item] in facts.fields(["repo", "personID"])? {
        let count = homes.counts.entry((item, folder)).or_default();
        *count += 1;
        let most = homes.most.entry(item).or_default();
        *most = (*most).max(*count);
    }
    Ok(homes)
}

#[derive(Default)]
struct Homes<'a> {
    counts: HashMap<(&'a str, &'a str), usize>,
    most: HashMap<&'a str, usize>,
}

impl Homes<'_> {
    /// Whether another folder has more rows of a person: here it is a position of the same name.
    fn elsewhere(&self, item: &str, folder: &str) -> bool {
        self.counts.get(&(item, folder)) < self.most.get(item)
    }
}

/// The dates of a term; one day in office ends on the next.
fn dates(start: &str, end: &str) -> (String, String) {
    let dated = |text: &str| if is_date(text) { text.to_owned() } else { String::new() };
    let (from, to) = (dated(start), dated(end));
    match (from.strip_suffix(NO_DAY), to.strip_suffix(NO_DAY)) {
        (Some(from), Some(to)) => (from.to_owned(), to.to_owned()),
        _ if from == to => (from, days_after(&to, 1).unwrap_or(to)),
        _ => (from, to),
    }
}

/// Why no term can be made of these fields.
fn unusable(item: &str, label: &str, from: &str, to: &str) -> Option<&'static str> {
    if !is_item(item) {
        return Some("no item");
    }
    if !label.chars().all(latin) {
        return Some("a name in other letters");
    }
    if from.is_empty() && to.is_empty() {
        return Some("no dates");
    }
    if !from.is_empty() && !to.is_empty() && format!("{to}-12-31").as_str() < from {
        return Some("ends before it begins");
    }
    (!from.is_empty() && from < EARLIEST).then_some("too early")
}

fn latin(letter: char) -> bool {
    matches!(letter, '\0'..='\u{24f}' | '\u{2b0}'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{201f}')
}

/// Whom the file mixes in with national ministers.
struct National {
    excluded: HashSet<[String; 3]>,
    /// States with a list of their national ministers.
    only: HashMap<String, HashSet<String>>,
}

impl National {
    fn read(places: &Places<'_>) -> Result<Self> {
        let mut national = Self { excluded: HashSet::new(), only: HashMap::new() };
        for fields in places.mapping("cabinet_exclusions.csv")?.fields(["state", "person", "position"])? {
            national.excluded.insert(fields.map(str::to_owned));
        }
        for [state, person] in places.mapping("cabinet_only.csv")?.fields(["state", "person"])? {
            national.only.entry(state.to_owned()).or_default().insert(person.to_owned());
        }
        Ok(national)
    }

    fn excludes(&self, state: &str, person: &str, position: &str) -> Option<&'static str> {
        let keys = [[state, person, position], [state, person, ""]].map(|key| key.map(str::to_owned));
        let outside = self.only.get(state).is_some_and(|only| !only.contains(person));
        (outside || keys.iter().any(|key| self.excluded.contains(key))).then_some("no national minister")
    }
}

/// Holders of one title: a term without an end ends where a later one begins.
fn succeeded(mut terms: Vec<Term>) -> Vec<Term> {
    terms.sort_by_key(|term| (term.start(), term.end()));
    for at in 0..terms.len() {
        let term = &terms[at];
        let next = terms[at + 1..].iter().find(|next| {
            next.person != term.person
                && !next.from.is_empty()
                && days(term.start(), next.start()) > SUCCEEDED
        });
        if let (true, false, Some(next)) = (term.to.is_empty(), term.from.is_empty(), next) {
            terms[at].to = next.from.clone();
        }
    }
    terms
}

/// Terms beside those from elsewhere: left out where the tables have the person in the office from there, ended
/// where somebody else was given the same portfolios from there.
fn beside(terms: Vec<Term>, elsewhere: &[Term], left_out: &mut LeftOut) -> Vec<Term> {
    let mut by_office: HashMap<(&str, &str), Vec<&Term>> = HashMap::new();
    for term in elsewhere {
        by_office.entry((&term.of, &term.office)).or_default().push(term);
    }
    let mut kept = Vec::new();
    for mut term in terms {
        let others = by_office.get(&(term.of.as_str(), term.office.as_str())).map_or(&[][..], Vec::as_slice);
        let shared = |other: &&&Term| {
            other.portfolio.split(';').any(|key| term.portfolio.split(';').any(|other| other == key))
        };
        let others: Vec<&&Term> = others.iter().filter(shared).collect();
        if others.iter().any(|other| other.person == term.person && other.meets(&term, -SHARED)) {
            left_out.count("held from elsewhere");
            continue;
        }
        let same = |other: &&&&Term| other.person != term.person && other.portfolio == term.portfolio;
        let next = others.iter().filter(same).find(|other| other.start() > term.start());
        if let (true, false, Some(next)) = (term.to.is_empty(), term.from.is_empty(), next) {
            term.to.clone_from(&next.from);
        }
        kept.push(term);
    }
    kept
}
