//! What a position of a cabinet is: a head's, a national minister's with portfolios, or none that the tables hold.

use std::collections::HashMap;

use anyhow::{Context, Result};
use regex::Regex;

use crate::Places;
use crate::table::Table;

/// Most portfolios that one position has.
const MOST: usize = 4;
/// Letters of a title that no rule explains, up to which the rules are believed.
const UNEXPLAINED: usize = 24;
/// The same, beside a portfolio of the rank `first`.
const UNEXPLAINED_BESIDE_FIRST: usize = 60;

/// An office and the portfolios that go with it.
pub(crate) type Office = (String, String);

/// The rules that tell positions apart.
pub(crate) struct Positions {
    /// Whole titles, by state.
    special: HashMap<(String, String), String>,
    /// Patterns by kind and state (empty: any); no pattern for a state means that nothing matches there.
    patterns: HashMap<(String, String), Option<Regex>>,
    /// Rules on the words of a title, in order, with the portfolios they tell.
    words: Vec<Words>,
}

/// A rule on the words of a title.
struct Words {
    pattern: Regex,
    portfolios: String,
    /// Whether its portfolios go before those of other rules.
    first: bool,
}

/// What a rule found in a title.
struct Hit<'a> {
    at: usize,
    rule: &'a Words,
    weak: bool,
}

impl Positions {
    pub(crate) fn read(places: &Places<'_>) -> Result<Self> {
        let mut special = HashMap::new();
        for fields in places.mapping("cabinet_positions.csv")?.fields(["state", "position", "portfolios"])? {
            let [state, position, portfolios] = fields.map(str::to_owned);
            special.insert((state, position), portfolios);
        }
        let mut patterns = HashMap::new();
        let table = places.mapping("cabinet_patterns.csv")?;
        for (index, [kind, state, pattern]) in table.fields(["kind", "state", "pattern"])?.enumerate() {
            let regex = (!pattern.is_empty()).then(|| regex(&table, index, pattern)).transpose()?;
            patterns.insert((kind.to_owned(), state.to_owned()), regex);
        }
        let table = places.mapping("cabinet_portfolios.csv")?;
        let mut words = Vec::new();
        for (index, [pattern, portfolios, rank]) in
            table.fields(["pattern", "portfolios", "rank"])?.enumerate()
        {
            let pattern = regex(&table, index, pattern)?;
            words.push(Words { pattern, portfolios: portfolios.to_owned(), first: rank == "first" });
        }
        Ok(Self { special, patterns, words })
    }

    fn pattern(&self, kind: &str, state: &str) -> Option<&Regex> {
        let own = self.patterns.get(&(kind.to_owned(), state.to_owned()));
        own.or_else(|| self.patterns.get(&(kind.to_owned(), String::new())))?.as_ref()
    }

    fn matches(&self, kind: &str, state: &str, position: &str) -> bool {
        self.pattern(kind, state).is_some_and(|pattern| pattern.is_match(position))
    }

    /// The office of a position, if it is one that the tables hold.
    pub(crate) fn office(&self, state: &str, position: &str) -> Option<Office> {
        for office in ["head_of_state", "head_of_government"] {
            if self.matches(office, state, position) {
                return Some((office.to_owned(), String::new()));
            }
        }
        let portfolios = match self.special.get(&(state.to_owned(), position.to_owned())) {
            Some(portfolios) => portfolios.clone(),
            None => self.minister(state, position)?,
        };
        (!portfolios.is_empty()).then(|| ("minister".to_owned(), portfolios))
    }

    fn minister(&self, state: &str, position: &str) -> Option<String> {
        if self.matches("junior", state, position) {
            return None;
        }
        let what = self.pattern("minister", state)?.captures(position)?.name("what")?.as_str();
        if self.matches("unmapped", state, what) {
            return None;
        }
        let title = what.to_lowercase().replace('&', "and");
        let (hits, left) = self.hits(&title, state);
        let first = hits.first()?.rule.first;
        let most = if first { UNEXPLAINED_BESIDE_FIRST } else { UNEXPLAINED };
        (self.unexplained(&left, state) <= most).then(|| portfolios(&hits))
    }

    /// What the rules find in a title, in the order in which it counts, and the title without it.
    fn hits(&self, title: &str, state: &str) -> (Vec<Hit<'_>>, String) {
        let mut hits = Vec::new();
        let mut left = title.to_owned();
        for rule in &self.words {
            let Some(hit) = rule.pattern.find(&left) else { continue };
            if !rule.portfolios.is_empty() {
                hits.push(Hit { at: hit.start(), rule, weak: self.matches("weak", state, hit.as_str()) });
            }
            let blank = |hit: &regex::Captures<'_>| "#".repeat(hit[0].len());
            left = rule.pattern.replace_all(&left, blank).into_owned();
        }
        if hits.iter().any(|hit| !hit.weak) {
            hits.retain(|hit| !hit.weak);
        }
        hits.sort_by_key(|hit| (!hit.rule.first, hit.at));
        (hits, left)
    }

    /// How many letters of a title no rule explains, but for words that say nothing.
    fn unexplained(&self, left: &str, state: &str) -> usize {
        let left = left.replace('#', " ");
        let left = self
            .pattern("filler", state)
            .map_or(left.clone(), |filler| filler.replace_all(&left, " ").into());
        let words = left.split(|c: char| !c.is_ascii_lowercase()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" ").len()
    }
}

/// The portfolios of what was found, each once.
fn portfolios(hits: &[Hit<'_>]) -> String {
    let mut keys: Vec<&str> = Vec::new();
    for key in hits.iter().flat_map(|hit| hit.rule.portfolios.split(';')) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys[..keys.len().min(MOST)].join(";")
}

fn regex(table: &Table, index: usize, pattern: &str) -> Result<Regex> {
    Regex::new(pattern).with_context(|| format!("{}: `{pattern}` is no pattern", table.at(index)))
}
