//! Which heads of state and of government are of interest, and whose they are: the tables `heads_*.csv`.

use std::collections::{BTreeMap, HashMap, HashSet};

use anyhow::{Result, bail};

use crate::Places;
use crate::date::{first_day, is_date};
use crate::table::Table;
use crate::terms::{Term, by_office, in_turn, joined_by_person, without};

/// January 1st stands for a day that is not known.
const NO_DAY: &str = "-01-01";

/// Which terms are of interest, and whose they are.
pub(crate) struct Scope {
    /// By item, code of the state and office (empty: any): why a term is left out.
    excluded: HashMap<[String; 3], String>,
    /// By code and office (empty: any): the items that are let through, and why the others are not.
    only: HashMap<(String, String), (Vec<String>, String)>,
    /// By code and office: the office whose holders these are.
    same_as: HashMap<(String, String), String>,
    /// Times of an office in which the terms of the file are wrong.
    cuts: Vec<Term>,
    /// Codes of states whose terms do begin on January 1st.
    exact: HashSet<String>,
    /// Offices that several hold at once.
    collegial: HashSet<(String, String)>,
    /// By entity: the day until which terms belong to another, and which.
    earlier: HashMap<String, (String, String)>,
    since: HashMap<String, String>,
}

impl Scope {
    pub(crate) fn read(places: &Places<'_>) -> Result<Self> {
        let mut scope = Self {
            excluded: HashMap::new(),
            only: HashMap::new(),
            same_as: HashMap::new(),
            cuts: Vec::new(),
            exact: HashSet::new(),
            collegial: HashSet::new(),
            earlier: HashMap::new(),
            since: HashMap::new(),
        };
        for fields in
            places.mapping("heads_exclusions.csv")?.fields(["wikidata", "iso3", "office", "reason"])?
        {
            let [item, iso, office, reason] = fields.map(str::to_owned);
            scope.excluded.insert([item, iso, office], reason);
        }
        for fields in places.mapping("heads_entities.csv")?.fields(["entity", "since", "earlier"])? {
            let [entity, since, earlier] = fields.map(str::to_owned);
            if earlier.is_empty() {
                scope.since.insert(entity, since);
            } else {
                scope.earlier.insert(entity, (since, earlier));
            }
        }
        scope.offices(&places.mapping("heads_offices.csv")?)?;
        Ok(scope)
    }

    fn offices(&mut self, table: &Table) -> Result<()> {
        for (index, fields) in table.fields(["state", "office", "rule", "items", "reason"])?.enumerate() {
            let [state, office, rule, items, reason] = fields.map(str::to_owned);
            match rule.as_str() {
                "only" => {
                    let items = items.split(';').map(str::to_owned).collect();
                    self.only.insert((state, office), (items, reason));
                }
                "as" => drop(self.same_as.insert((state, items), office)),
                "cut" => {
                    let (from, to) = items.split_once('/').unwrap_or((&items, ""));
                    let (from, to) = (from.to_owned(), to.to_owned());
                    self.cuts.push(Term { office, of: state, from, to, ..Term::default() });
                }
                "exact" => drop(self.exact.insert(state)),
                "collegial" => drop(self.collegial.insert((state, office))),
                _ => bail!("{}: rule `{rule}` is none of only, as, cut, exact, collegial", table.at(index)),
            }
        }
        Ok(())
    }

    /// A date of the fact file; `None` where it cannot be read.
    pub(crate) fn date(&self, iso: &str, text: &str) -> Option<String> {
        let date = text.split('T').next().unwrap_or_default();
        match date.strip_suffix(NO_DAY) {
            _ if date.is_empty() => Some(String::new()),
            _ if !is_date(date) => None,
            Some(year) if !self.exact.contains(iso) => Some(year.to_owned()),
            _ => Some(date.to_owned()),
        }
    }

    pub(crate) fn excludes(&self, iso: &str, office: &str, item: &str) -> Option<&str> {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let excluded = [[item, iso, office], [item, iso, ""], [item, "", ""]];
        let excluded = excluded.iter().find_map(|key| self.excluded.get(&key.map(str::to_owned)));
        if self.same_as.iter().any(|((state, _), other)| (state.as_str(), other.as_str()) == (iso, office)) {
            return Some("the holders of another office are those of this one");
        }
        let only = self.only.get(&pair(iso, office)).or_else(|| self.only.get(&pair(iso, "")));
        let outside = only.filter(|(items, _)| !items.iter().any(|only| only == item));
        excluded.or(outside.map(|(_, reason)| reason)).map(String::as_str)
    }

    /// The entity that a term belongs to, by its end.
    pub(crate) fn entity<'a>(&'a self, entity: &'a str, to: &str) -> &'a str {
        match self.earlier.get(entity) {
            Some((since, earlier)) if first_day(to).is_some_and(|end| Some(end) <= first_day(since)) => {
                earlier
            }
            _ => entity,
        }
    }

    /// Whether a term ended before the state began.
    pub(crate) fn too_early(&self, entity: &str, to: &str) -> bool {
        let since = self.since.get(entity).and_then(|since| first_day(since));
        since.zip(first_day(to)).is_some_and(|(since, end)| end <= since)
    }

    /// The office that the holders of this one have besides.
    pub(crate) fn also(&self, iso: &str, office: &str) -> Option<&str> {
        self.same_as.get(&(iso.to_owned(), office.to_owned())).map(String::as_str)
    }

    /// Joins terms of the same person, and makes the holders of each office follow each other.
    pub(crate) fn in_turn(
        &self,
        terms: Vec<Term>,
        elsewhere: &BTreeMap<(String, String), Vec<Term>>,
    ) -> Vec<Term> {
        let mut all = Vec::new();
        for (office, mut terms) in by_office(joined_by_person(terms)) {
            let cuts = self.cuts.iter().filter(|cut| (&cut.of, &cut.office) == (&office.0, &office.1));
            let cuts: Vec<&Term> = cuts.collect();
            terms = terms.into_iter().flat_map(|term| without(term, &cuts)).collect();
            if self.collegial.contains(&office) {
                all.extend(terms);
            } else {
                all.extend(in_turn(terms, elsewhere.get(&office).map_or(&[][..], Vec::as_slice)));
            }
        }
        all
    }
}
